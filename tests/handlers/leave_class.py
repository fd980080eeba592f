"""The class of the cast as the plays about leave need it: 48 hours, a deputy class teacher and a school leader."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from msgspec import structs

from actions import joining
from rules.settings import Settings
from rules.settings_attendance import HoursPart
from storage import accounts, cohorts, leaves, marks, members, rolls, sessions
from storage.leaves import Leave, LeaveEvent
from storage.members import Member
from storage.tx import Tx
from tests.cast import ACCOUNTS, DAY_1
from tests.stage import ZONE, Stage

ACCOUNTS |= {"Duan": 107, "Hua": 108}
"""Deputy class teacher and school leader on duty."""
EVE = datetime.combine(DAY_1, time(7, 30), ZONE)


async def furnish(stage: Stage, total: int = 48) -> Stage:
    """Give the class its hours, its deputy and its school leader."""

    async def work(tx: Tx) -> None:
        cohort = await cohorts.by_key(tx, "spring")
        assert cohort is not None
        text = cohorts.settings_text(Settings(hours=HoursPart(total=total)))
        await cohorts.put(tx, structs.replace(cohort, settings=text), EVE)
        for name, ref, called, role, facts in (
            ("Duan", "S08", "段老师", "class_teacher", {"deputy": True}),
            ("Hua", "S09", "华主任", "school_leader", {}),
        ):
            await members.add(tx, Member(cohort_id=cohort.id, ref=ref, name=called, roles=role, facts=facts))
            member = await members.by_ref(tx, cohort.id, ref)
            assert member is not None
            await accounts.meet(tx, ACCOUNTS[name], name, EVE)
            me = await accounts.who(tx, ACCOUNTS[name], EVE)
            assert me is not None
            await joining.bind(tx, me, (await joining.link_for(tx, member.id, EVE)).token, EVE)

    await stage.store.work(work)
    await stage.settle()
    stage.clear()
    return stage


async def asks_sick(stage: Stage, name: str = "Tina", when: str = "社区党建") -> None:
    """Sick leave in four taps: kind, when, where to, [提交请假]."""
    await stage.says(name, "请假/外出")
    await stage.taps(name, "病假")
    await stage.taps(name, when)
    await stage.taps(name, "在宿舍休息")
    await stage.says(name, "提交请假")


async def asks(stage: Stage, kind: str, when: str, name: str = "Tina", why: str = "孩子发烧要接回家") -> None:
    """Any leave, typed."""
    await stage.says(name, "请假")
    await stage.taps(name, kind)
    await stage.says(name, when)
    await stage.says(name, "回家，一个人")
    await stage.says(name, why)


async def leaves_of(stage: Stage, ref: str = "T02") -> list[Leave]:
    """All leaves of somebody, drafts too."""

    async def work(tx: Tx) -> list[Leave]:
        return await tx.all(
            Leave,
            """select v.* from leave v join member m on m.id = v.member_id join cohort c on c.id = v.cohort_id
               where m.ref = :ref and c.key = 'spring' order by v.id""",
            {"ref": ref},
        )

    return await stage.store.work(work)


async def leave_of(stage: Stage, ref: str = "T02") -> Leave:
    """The newest leave of somebody."""
    return (await leaves_of(stage, ref))[-1]


async def events_of(stage: Stage, id: int) -> list[LeaveEvent]:
    return await stage.store.work(lambda tx: leaves.events_of(tx, id))


async def marks_of(stage: Stage, ref: str = "T02") -> dict[str, str]:
    """Somebody's marks by session."""

    async def work(tx: Tx) -> dict[str, str]:
        cohort = await cohorts.by_key(tx, "spring")
        assert cohort is not None
        member = await members.by_ref(tx, cohort.id, ref)
        assert member is not None
        refs = {s.id: s.ref for s in await sessions.of_cohort(tx, cohort.id)}
        return {refs[m.session_id]: m.status for m in await marks.of_member(tx, member.id)}

    return await stage.store.work(work)


async def closes(stage: Stage, ref: str) -> None:
    """A list is closed, whatever stands in it."""

    async def work(tx: Tx) -> None:
        cohort = await cohorts.by_key(tx, "spring")
        assert cohort is not None
        session = next(s for s in await sessions.of_cohort(tx, cohort.id) if s.ref == ref)
        roll = await rolls.of_session(tx, session.id)
        assert roll is not None
        await rolls.close(tx, roll.id, 105, "", stage.clock.now())

    await stage.store.work(work)


async def photo(stage: Stage, name: str, file_id: str = "letter-1") -> None:
    """Somebody sends a photo."""
    sizes: list[dict[str, Any]] = [
        {"file_id": file_id, "file_unique_id": f"u-{file_id}", "width": 90, "height": 90, "file_size": 1000}
    ]
    await stage.sends(name, photo=sizes)
