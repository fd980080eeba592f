"""Personal data go: one person's by `tongxue forget`, a class's when its time is over (XC-07, CLASS-03)."""

from __future__ import annotations

from datetime import datetime

from msgspec import structs

from actions.access import own_member
from actions.people import who_where
from actions.post import post
from chat.messages import Lines, Message, Refusal, lines, say
from rules import erasure as rules
from rules.days import class_date
from storage import accounts, audits, cohorts, dues, erasure, logs, members
from storage.accounts import Me
from storage.cohorts import Cohort
from storage.members import Member
from storage.tx import Tx


async def find(tx: Tx, cohort: Cohort, who: str) -> Member:
    """The one person that a seat number, an id of the file or a name means."""
    wanted = who.strip().removesuffix("号")
    people = await members.of_cohort(tx, cohort.id)
    for found in (
        [m for m in people if wanted.isdigit() and m.seat_no == int(wanted)],
        [m for m in people if m.ref == wanted],
        [m for m in people if m.name == wanted],
    ):
        if len(found) > 1:
            raise Refusal("erasure-several", who=wanted, seats=", ".join(str(m.seat_no or m.ref) for m in found))
        if found:
            return found[0]
    raise Refusal("erasure-nobody", who=wanted)


async def look(tx: Tx, cohort: Cohort, member: Member) -> Lines:
    """What forgetting somebody takes away, and what stays by the school's archive rule."""
    found = await erasure.counts(tx, await erasure.of_member(tx, cohort.id, member.id))
    return lines(
        who_where(member),
        say("erasure-goes", messages=found["messages"], logs=found["logs"], questions=found["questions"],
            notices=found["notices"]),
        say("erasure-stays", marks=found["marks"], leaves=found["leaves"], claims=found["claims"]),
    )  # fmt: skip


async def forget(tx: Tx, cohort: Cohort, member: Member, now: datetime, who: int | None = None) -> None:
    """Forget a person; the audit says which seat, and no name."""
    await erasure.erase(tx, await erasure.of_member(tx, cohort.id, member.id), now)
    await audits.add(tx, now, "forget", f"member:{member.id}", who=who, cohort_id=cohort.id)


async def erase_class(tx: Tx, cohort: Cohort, now: datetime) -> None:
    """The time of a class is over: it stays as numbers."""
    await erasure.erase(tx, await erasure.of_class(tx, cohort.id), now)
    await cohorts.set_state(tx, cohort.id, "erased")
    await dues.drop_new(tx, cohort.id)
    await audits.add(tx, now, "erase", f"class:{cohort.key}", cohort_id=cohort.id, old=cohort.state, new="erased")


async def nightly(tx: Tx, now: datetime) -> list[str]:
    """Erase what is due and say beforehand what will be; gives the keys of the classes that are erased now.

    Whether somebody has closed the class does not matter: the people in it were promised a day.
    """
    gone: list[str] = []
    for cohort in await cohorts.all(tx):
        days = cohort.rules.privacy.delete_after_class_days
        today = class_date(now, cohort.timezone, cohort.rules.messages.day_turns_at)
        if cohort.state == "erased" or not rules.is_near(cohort.last_day, days, today):
            continue
        if rules.is_due(cohort.last_day, days, today):
            await erase_class(tx, cohort, now)
            await _tell(tx, cohort, "erasure-done", now)
            gone.append(cohort.key)
        else:
            await _tell(tx, cohort, "erasure-soon", now)
    return gone


async def _tell(tx: Tx, cohort: Cohort, key: str, now: datetime) -> None:
    day = rules.erased_on(cohort.last_day, cohort.rules.privacy.delete_after_class_days)
    for admin in await accounts.admins(tx):
        title = cohort.title_in(admin.lang)
        text = say(key, title=title, day=day) if key == "erasure-soon" else say(key, title=title)
        await post(tx, admin, Message(text), now, once=f"{key}:{cohort.id}:{admin.account_id}")


async def overdue(tx: Tx, now: datetime) -> list[str]:
    """The classes whose data should be gone and are not: the night has not come through."""
    return [
        c.key for c in await cohorts.all(tx)
        if c.state != "erased" and rules.is_due(c.last_day, c.rules.privacy.delete_after_class_days + 2,
                                                class_date(now, c.timezone))
    ]  # fmt: skip


async def optional_of(tx: Tx, me: Me) -> dict[str, int]:
    """What a person may have deleted at any time: moods, and facts that no rule needs."""
    member = await own_member(tx, me)
    return {
        "moods": sum(bool(mood) for mood in (await logs.moods_of(tx, member.id)).values()),
        "facts": rules.optional_in(member.facts),
    }


async def delete_optional(tx: Tx, me: Me, now: datetime) -> None:
    """Delete it; a second time changes nothing."""
    member = await own_member(tx, me)
    for log in await logs.of_member(tx, member.id):
        if log.mood:
            await logs.set_mood(tx, log.id, "")
    await members.set_roster(tx, structs.replace(member, facts=rules.without_optional(member.facts)))
    await audits.add(tx, now, "delete-optional", f"member:{member.id}", who=me.account_id, cohort_id=member.cohort_id)


def as_wished(before: Member | None, wanted: Member) -> Member:
    """What an import may write of somebody: not what the person had deleted, and nothing of who was forgotten."""
    if before is None or not (before.facts.get(rules.DECLINED) or before.facts.get(rules.ERASED)):
        return wanted
    if before.facts.get(rules.DECLINED):
        return structs.replace(wanted, facts=rules.without_optional(wanted.facts))
    blank = dict.fromkeys(("phone", "street", "community", "dorm_room", "bus", "note"), "")
    return structs.replace(wanted, name=before.name, facts=before.facts, **blank)
