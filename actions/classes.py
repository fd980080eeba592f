"""A class from files into the database: all or nothing, repeatable, told as a difference (CLASS-01, CLASS-03)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from msgspec import Struct, structs

from actions import change_notices, clock, daycards, question_break, question_states, question_together, timetable_steps
from actions.change_notices import IMPORT, TOLD_IN, Proposed
from actions.change_words import Changed, Wording
from actions.classfiles import Reading, read_workbook
from actions.differences import Difference, differ, never
from actions.erasure import as_wished
from actions.errands import packed, unpacked
from actions.leaves import GRANTED, settle_marks
from actions.log_prompts import import_prompts
from actions.post import post
from actions.timetables import import_timetable
from chat.messages import Lines, Message, Refusal, say
from rules.classfile import ClassFile, Problem, Staff, Trainee
from storage import audits, cohorts, errands, leaves, logs, members, places, rolls, session_events
from storage.accounts import Me
from storage.cohorts import Cohort
from storage.errands import Errand
from storage.members import Member
from storage.places import Group, Place
from storage.session_events import Change, kept
from storage.tx import Tx

ERRAND = "workbook"
FROZEN = ("closed", "erased")
NEXT = {"draft": "registration", "registration": "running", "running": "closing", "closing": "closed"}
ROSTER = ("name", "roles", "lang", "group_no", "seat_no", "bus", "dorm_room", "street", "community", "phone", "note",
          "facts")  # fmt: skip


class Report(Struct, frozen=True, kw_only=True):
    """What an import did, or would do."""

    title: str = ""
    first_day: date = date.min
    last_day: date = date.min
    cohort_id: int = 0
    state: str = ""
    problems: tuple[Problem, ...] = ()
    differences: tuple[Difference, ...] = ()
    changes: tuple[Changed, ...] = ()
    """Sessions of a class that has seen its timetable already, as they were and as they are, in order of time."""
    wording: Wording = Wording("UTC", {})

    @property
    def errors(self) -> list[Problem]:
        return [p for p in self.problems if p.severity == "error"]

    @property
    def is_same(self) -> bool:
        """Whether the file says what is stored already."""
        return not any(d.new or d.changed or d.gone for d in self.differences)


class _Undo(Exception):
    def __init__(self, report: Report) -> None:
        super().__init__()
        self.report = report


async def preview(tx: Tx, file: ClassFile, now: datetime) -> Report:
    """What an import would do: it is done, and undone."""
    try:
        async with tx.apart():
            raise _Undo(await bring_in(tx, file, now))
    except _Undo as undone:
        return undone.report


async def bring_in(tx: Tx, file: ClassFile, now: datetime, who: int | None = None) -> Report:
    """Make the class, or bring it up to date by ids. Nobody with records is dropped; `who` is an account id."""
    old = await cohorts.by_key(tx, file.key)
    if old is not None and old.state in FROZEN:
        raise Refusal("classes-frozen", title=old.title)
    cohort = await _cohort(tx, file, old, now)
    names = (await change_notices.wording_of(tx, cohort)).names
    differences = (
        await _rooms(tx, cohort, file),
        await _sites(tx, cohort, file),
        await _groups(tx, cohort, file),
        await _people(tx, cohort, file, now),
        *([await import_prompts(tx, cohort, file)] if file.log_prompts else []),
    )
    timetable, changes = await import_timetable(tx, cohort, file)
    await _record(tx, cohort, changes if old else [], now, who)
    await clock.replan(tx, cohort.id, now)
    for member_id in sorted({o.member_id for o in await leaves.of_cohort(tx, cohort.id, GRANTED)}):
        await settle_marks(tx, cohort, member_id, now)  # sessions moved: a leave may cost others now
    report = Report(
        title=cohort.title, first_day=cohort.first_day, last_day=cohort.last_day, cohort_id=cohort.id,
        state=cohort.state, differences=(*differences, timetable),
        changes=tuple(changes) if cohort.state in TOLD_IN else (),
        wording=Wording(cohort.timezone, {**names, **(await change_notices.wording_of(tx, cohort)).names}),
    )  # fmt: skip
    if old is None or not report.is_same or old != cohort:
        new = "; ".join(f"{d.table} +{d.new} ~{d.changed} -{d.gone}" for d in differences)
        await audits.add(tx, now, "import", f"class:{file.key}", who=who, cohort_id=cohort.id, new=new)
        await daycards.show_cards(tx, cohort.id, now, only_shown=True)
    return report


async def _record(tx: Tx, cohort: Cohort, changes: list[Changed], now: datetime, who: int | None) -> None:
    """The history of each session, its list, and what was set off for its old time."""
    for one in changes:
        change = Change(cohort_id=cohort.id, session_id=one.session.id, at=now, who=who, act="import",
                        old=kept(one.before), new=kept(one.after))  # fmt: skip
        await session_events.add(tx, change)
        await timetable_steps.settle_list(tx, cohort, one)
        await question_break.follow(tx, cohort, one.session, now)
        await question_together.follow(tx, cohort, one.session, now)
    await timetable_steps.free_reminders(tx, cohort, changes, now)


async def tell_changes(tx: Tx, me: Me, report: Report, now: datetime) -> Proposed:
    """Propose one notice of all that an import changed in the timetable (BC-16)."""
    told = [one for one in report.changes if one.parts]
    if not told:
        return Proposed()
    return await change_notices.propose(tx, me, await cohorts.get(tx, report.cohort_id), IMPORT, told, now)


async def _cohort(tx: Tx, file: ClassFile, old: Cohort | None, now: datetime) -> Cohort:
    wanted = Cohort(
        id=0, key=file.key, title=file.title, title_en=file.title_en, state=old.state if old else "draft",
        timezone=file.timezone, first_day=file.first_day, last_day=file.last_day, term=file.term,
        settings=cohorts.settings_text(file.settings),
    )  # fmt: skip
    return structs.replace(wanted, id=await cohorts.put(tx, wanted, now))


async def _rooms(tx: Tx, cohort: Cohort, file: ClassFile) -> Difference:
    async def put(place: Place) -> None:
        await places.put_room(tx, place)

    async def remove(place: Place) -> bool:
        await places.remove_room(tx, cohort.id, place.ref)
        return True

    new = {
        r.room_id: Place(cohort_id=cohort.id, ref=r.room_id, name=r.name_zh, name_en=r.name_en,
                         facts=_facts(site_ref=r.site_id, floor=r.floor, capacity=r.capacity, use=r.use_zh))
        for r in file.rooms
    }  # fmt: skip
    return await differ("rooms", {p.ref: p for p in await places.rooms(tx, cohort.id)}, new, put, remove)


async def _sites(tx: Tx, cohort: Cohort, file: ClassFile) -> Difference:
    async def put(place: Place) -> None:
        await places.put_site(tx, place)

    async def remove(place: Place) -> bool:
        await places.remove_site(tx, cohort.id, place.ref)
        return True

    new = {}
    for s in file.sites:
        facts = {k: v for k, v in structs.asdict(s).items() if k not in ("row", "site_id", "name_zh", "name_en")}
        new[s.site_id] = Place(cohort_id=cohort.id, ref=s.site_id, name=s.name_zh, name_en=s.name_en,
                               facts=_facts(**facts))  # fmt: skip
    return await differ("sites", {p.ref: p for p in await places.sites(tx, cohort.id)}, new, put, remove)


async def _groups(tx: Tx, cohort: Cohort, file: ClassFile) -> Difference:
    async def put(group: Group) -> None:
        await places.put_group(tx, group)

    async def remove(group: Group) -> bool:
        await places.remove_group(tx, cohort.id, group.group_no)
        return True

    new = {
        g.group_no: Group(
            cohort_id=cohort.id, group_no=g.group_no, name=g.name_zh, name_en=g.name_en, leader_ref=g.leader_id,
            deputy_ref=g.deputy_id, room_ref=g.discussion_room,
            facts=_facts(bus=g.bus, topic=g.topic_zh, topic_en=g.topic_en, facilitator_ref=g.facilitator_id),
        )
        for g in file.groups
    }  # fmt: skip
    return await differ("groups", {g.group_no: g for g in await places.groups(tx, cohort.id)}, new, put, remove)


async def _people(tx: Tx, cohort: Cohort, file: ClassFile, now: datetime) -> Difference:
    stored = {m.ref: m for m in await members.of_cohort(tx, cohort.id)}
    wanted = [*(_trainee(cohort, file, t) for t in file.trainees), *(_staff(cohort, s) for s in file.staff),
              *(Member(cohort_id=cohort.id, ref=lec.lecturer_id, name=lec.name, roles="lecturer", lang=lec.lang,
                       phone=lec.phone, facts=_facts(org=lec.org_zh, title=lec.title_zh, teaches=list(lec.teaches)))
                for lec in file.lecturers)]  # fmt: skip
    new = {m.ref: as_wished(stored.get(m.ref), m) for m in wanted}
    moving = [m.id for ref, m in stored.items() if m.seat_no and (ref not in new or new[ref].seat_no != m.seat_no)]
    await members.clear_seats(tx, moving)
    with_marks = await members.with_records(tx, cohort.id) | set(await logs.exists_of(tx, cohort.id))
    begun = await rolls.last_bell(tx, cohort.id, now)
    joined = now if begun and stored else None  # who comes into a class that has begun is not expected before (ATT-17)

    async def put(member: Member) -> None:
        before = stored.get(member.ref)
        if before is None:
            await members.add(tx, structs.replace(member, joined_at=joined))
        else:
            await members.set_roster(tx, structs.replace(member, id=before.id))

    async def remove(member: Member) -> bool:
        if member.account_id is not None or member.id in with_marks:
            await members.set_seat(tx, member.id, member.seat_no)
            return False
        await members.remove(tx, member.id)
        return True

    # Those who go leave first, so that their seats are free for others.
    gone = await differ("people", {r: m for r, m in stored.items() if r not in new}, {}, put, remove)
    stay = {r: _roster(m) for r, m in stored.items() if r in new}
    rest = await differ("people", stay, {r: _roster(m) for r, m in new.items()}, lambda key: put(new[key[0]]), never)
    return structs.replace(rest, gone=gone.gone, kept=gone.kept)


def _roster(member: Member) -> tuple[Any, ...]:
    """What the roster says of a person, ready to be compared; the id of the file first."""
    return (member.ref, *(getattr(member, name) for name in ROSTER))


def _trainee(cohort: Cohort, file: ClassFile, t: Trainee) -> Member:
    facts = _facts(
        gender=t.gender, birth_year=t.birth_year, post=t.post, party_member=t.party_member, diet=t.diet,
        years_in_community=t.years_in_community, dorm_bed=t.dorm_bed, emergency_contact=t.emergency_contact,
        class_role=t.class_role,
    )  # fmt: skip
    return Member(
        cohort_id=cohort.id, ref=t.trainee_id, name=t.name, roles=" ".join(file.roles_of(t)), lang=t.lang,
        group_no=t.group_no, seat_no=t.seat_no, bus=t.bus, dorm_room=t.dorm_room, street=t.street,
        community=t.community, phone=t.phone, note=t.telegram_note, facts=facts,
    )  # fmt: skip


def _staff(cohort: Cohort, s: Staff) -> Member:
    facts = _facts(role=s.role_zh, role_en=s.role_en, duty=s.duty_zh, deputy=s.deputy)
    return Member(cohort_id=cohort.id, ref=s.staff_id, name=s.name, roles=s.role, lang=s.lang, phone=s.phone,
                  facts=facts)  # fmt: skip


def _facts(**found: Any) -> dict[str, Any]:
    """Only what is known."""
    return {name: value for name, value in found.items() if value not in ("", None, [], ())}


def read_fetched(data: bytes, name: str) -> str:
    """Read a workbook that was sent. Blocking, up to seconds: in a thread, and in no transaction."""
    return packed(read_workbook(data, name))


async def import_fetched(tx: Tx, errand: Errand, now: datetime, who: int | None) -> Report:
    """Import the workbook that was sent; its problems stop it."""
    reading = unpacked(Reading, errand)
    if reading.classfile is None:
        return Report(problems=tuple(reading.problems))
    await errands.set_done(tx, errand.id, "done")
    return await bring_in(tx, reading.classfile, now, who)


async def preview_fetched(tx: Tx, errand: Errand, now: datetime) -> Report:
    """What importing the workbook that was sent would do."""
    reading = unpacked(Reading, errand)
    if reading.classfile is None:
        return Report(problems=tuple(reading.problems))
    return structs.replace(await preview(tx, reading.classfile, now), problems=tuple(reading.problems))


def problem_line(problem: Problem) -> Lines:
    """A problem as a person reads it: where, and what to do."""
    where = say(problem.place, file=problem.file, row=str(problem.row), column=problem.column)
    return Lines((where, say(problem.key, **problem.args)), " ")


async def move(tx: Tx, cohort_id: int, state: str, now: datetime, who: int | None = None) -> Cohort:
    """Move a class to its next state (CLASS-03); any other step is refused with the present state."""
    cohort = next((c for c in await cohorts.all(tx) if c.id == cohort_id), None)
    if cohort is None:
        raise Refusal("refusals-not-here")
    if NEXT.get(cohort.state) != state:
        raise Refusal("classes-not-from", title=cohort.title, state=say(f"classes-state-{cohort.state}"))
    if state == "closed":
        await question_states.need_none_open(tx, cohort)
    await cohorts.set_state(tx, cohort.id, state)
    await clock.replan(tx, cohort.id, now)
    await audits.add(tx, now, "class-state", f"class:{cohort.key}", who=who, cohort_id=cohort.id, old=cohort.state,
                     new=state)  # fmt: skip
    return cohort


async def tell(tx: Tx, me: Me, message: Message, now: datetime) -> None:
    """Tell somebody what came of a file."""
    await post(tx, me.reader, message, now, priority=0)
