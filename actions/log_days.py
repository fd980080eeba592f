"""How a day stands with its logs: in numbers, who is missing, reminding, paper, hours of one's own (LOG-10, LOG-19)."""

from __future__ import annotations

from datetime import datetime, timedelta

from msgspec import Struct, structs

from actions import leaves
from actions import logs as deeds
from actions.access import access_cohort_of, access_member_by_id, need, need_class
from actions.people import in_rows, who_where
from actions.post import push
from chat.events import Event, Media, Text
from chat.messages import Lines, Message, Refusal, Rows, Say, button, lines, say
from rules.logs import RETURNED, Window, promise
from rules.roles import CLASS_TEACHER, LEADERS, TRAINEE
from rules.settings import Settings
from storage import audits, log_reviews, logs, members, outbox
from storage.accounts import Me
from storage.cohorts import Cohort
from storage.logs import Log
from storage.members import Addressee, Member
from storage.tx import Tx

PAGE = 10
NAMES = 6


class Standing(Struct, frozen=True, kw_only=True):
    """A day of a class: who has handed in, who has not. `away` are on leave and owe nothing."""

    window: Window
    people: list[Addressee]
    logs: dict[int, Log]
    away: set[int]
    drafts: set[int]
    """Who has written something and not handed it in."""

    @property
    def missing(self) -> list[Addressee]:
        """Without a log, or with a draft only; a log that was returned is not missing (LOG-07)."""
        return [p for p in self.people if p.member_id not in self.away and not self._has(p)]

    def _has(self, person: Addressee) -> bool:
        log = self.logs.get(person.member_id)
        return log is not None and log.version > 0

    def of(self, *states: str) -> int:
        """How many logs of these people stand so."""
        return sum(self.logs[p.member_id].state in states for p in self.people if p.member_id in self.logs)

    @property
    def handed_in(self) -> int:
        return sum(self._has(p) for p in self.people)

    @property
    def late(self) -> int:
        return sum(log.was == "late" for log in self.logs.values() if log.version)


async def standing(tx: Tx, cohort: Cohort, window: Window, now: datetime) -> Standing:
    """Read a day of a class."""
    people = [p for p in await members.addressees(tx, cohort.id, now) if TRAINEE in p.role_set]
    return Standing(
        window=window, people=people, logs=await logs.of_cohort_day(tx, cohort.id, window.day),
        away=await leaves.on_leave_at(tx, cohort.id, min(now, window.due_at)),
        drafts=await logs.drafts_of(tx, cohort.id, window.day),
    )  # fmt: skip


async def windows_of(tx: Tx, cohort: Cohort) -> tuple[Window, ...]:
    return await deeds.windows_of(tx, cohort.id, cohort.rules.log, cohort.timezone)


async def today(tx: Tx, cohort: Cohort, now: datetime) -> Window | None:
    """The day that teachers look at: the last whose window has opened."""
    found = [w for w in await windows_of(tx, cohort) if w.opens_at <= now]
    return found[-1] if found else None


async def window_of(tx: Tx, cohort: Cohort, day: int) -> Window:
    found = next((w for w in await windows_of(tx, cohort) if w.day == day), None)
    if found is None:
        raise Refusal("refusals-not-here")
    return found


def numbers_line(day: Standing) -> Say:
    """「已交38（迟交2） 未交10 待阅20 退回1」."""
    return say("logs-numbers", count=len(day.people), handed=day.handed_in, late=day.late, missing=len(day.missing),
               waiting=day.of("submitted", "late"), returned=day.of(RETURNED))  # fmt: skip


async def head(tx: Tx, me: Me, now: datetime) -> Lines:
    """The first lines of 批日志: the day in numbers, the promises, what waits too long (LOG-14, LOG-18)."""
    cohort = await access_cohort_of(tx, me)
    window = await today(tx, cohort, now)
    if window is None:
        return lines(say("logs-none-yet"))
    day = await standing(tx, cohort, window, now)
    found = await log_reviews.promises(tx, cohort.id, window.day)
    never = await log_reviews.never_answered(tx, cohort.id)
    old = await log_reviews.long_unread(tx, cohort.id, now - timedelta(hours=cohort.rules.log.unread_alarm_hours))
    names = [p for p in day.people if p.member_id in set(never)]
    return lines(
        say("logs-day", day=window.day, date=window.date), numbers_line(day),
        say("logs-promises", answered=found.answered, stars=found.stars,
            wanted=promise(found.handed_in, cohort.rules.log.teacher_must_reply_share),
            most=cohort.rules.log.star_limit_per_day),
        say("logs-never-answered", count=len(never), names=[who_where(p) for p in names[:3]]) if names else None,
        say("logs-alarm", count=old, hours=cohort.rules.log.unread_alarm_hours) if old else None,
    )  # fmt: skip


async def rows(tx: Tx, me: Me, now: datetime) -> Rows:
    """[未交名单] and [一键提醒]."""
    cohort = await access_cohort_of(tx, me)
    window = await today(tx, cohort, now)
    if window is None:
        return ()
    return ((button("logs-missing", "logmissing", window.day), button("logs-remind", "logremind", window.day)),)


async def overview(tx: Tx, me: Me, now: datetime) -> Lines:
    """For others than class teachers: a leader sees who is missing in the own group, the office numbers (DASH-05)."""
    cohort = await access_cohort_of(tx, me)
    window = await today(tx, cohort, now)
    if window is None:
        return lines(say("logs-none-yet"))
    day = await standing(tx, cohort, window, now)
    first = say("logs-day", day=window.day, date=window.date)
    if not me.roles & LEADERS:
        return lines(first, say("logs-only-numbers", count=len(day.people), handed=day.handed_in,
                                missing=len(day.missing)))  # fmt: skip
    own = [p for p in day.missing if p.group_no == me.group_no]
    names = [say("logs-name", name=p.name, seat=p.seat_no or 0) for p in own]
    return lines(first, say("logs-own-missing", count=len(own), names=names) if own else say("logs-own-all"))


async def missing(tx: Tx, me: Me, day: int, page: int, now: datetime) -> Message:
    """Who has not handed in, by pages."""
    cohort = await access_cohort_of(tx, me)
    window = await window_of(tx, cohort, day)
    found = (await standing(tx, cohort, window, now)).missing
    pages = max(1, -(-len(found) // PAGE))
    at = min(page, pages - 1)
    cells = [
        button(say("logs-cell", seat=p.seat_no or 0, name=p.name), "logwho", p.member_id, day)
        for p in found[at * PAGE : (at + 1) * PAGE]
    ]
    turns = [button(say("logs-page", page=n + 1), "logmissing", day, n) for n in range(pages) if n != at and pages > 1]
    text = say("logs-missing-head", day=day, count=len(found)) if found else say("logs-missing-none", day=day)
    return Message(text, (*in_rows(cells), *in_rows(turns, 5)))


async def remind(tx: Tx, me: Me, day: int, now: datetime) -> int:
    """Remind those without a log, once for each day; nobody who is on leave (LOG-10). Gives how many were reminded."""
    cohort = await access_cohort_of(tx, me)
    window = await window_of(tx, cohort, day)
    if now > window.ends_at:
        raise Refusal("logs-remind-over", day=day)
    if now < window.opens_at:
        raise Refusal("logs-remind-early", opens=window.opens_at)
    found = await standing(tx, cohort, window, now)
    count = 0
    for person in found.missing:
        count += await send_reminder(tx, cohort, found, person, now, key="hand", until=window.ends_at)
    if count:
        await audits.add(tx, now, "log-remind", f"class:{cohort.key}", who=me.account_id, cohort_id=cohort.id,
                         new=f"day {day}: {count}")  # fmt: skip
    return count


async def send_reminder(
    tx: Tx, cohort: Cohort, day: Standing, person: Addressee, now: datetime, *, key: str, until: datetime
) -> bool:  # fmt: skip
    """Remind one person; with a draft it says that a tap will do (LOG-05). False where it could not be sent."""
    if person.account_id is None or person.blocked_at is not None:
        return False
    once = f"log-reminder:{key}:{cohort.id}:{day.window.day}:{person.member_id}"
    if await outbox.posted(tx, once):
        return False
    rules: Settings = cohort.rules
    return await push(tx, person.reader, rules, reminder(day, person, now), now, once=once, not_after=until,
                      member_id=person.member_id)  # fmt: skip


def reminder(day: Standing, person: Addressee, now: datetime) -> Message:
    """What the reminder says."""
    draft = person.member_id in day.drafts
    if now > day.window.due_at:
        return Message(say("logs-reminder-late", day=day.window.day, ends=day.window.ends_at))
    key = "logs-reminder-draft" if draft else "logs-reminder"
    return Message(say(key, day=day.window.day, due=day.window.due_at))


async def writer(tx: Tx, me: Me, member_id: int) -> Member:
    """A trainee of the class teacher's class."""
    need(me, CLASS_TEACHER)
    member = await access_member_by_id(tx, me, member_id)
    if TRAINEE not in member.role_set:
        raise Refusal("refusals-not-here")
    return member


async def person(tx: Tx, me: Me, member_id: int, day: int, now: datetime) -> Message:
    """What can be done for one who has not handed in."""
    member = await writer(tx, me, member_id)
    drafts = await logs.drafts_of(tx, member.cohort_id, day)
    state = say("logs-who-draft") if member.id in drafts else say("logs-who-none")
    rows = ((button("logs-paper", "logpaper", member.id, day), button("logs-hours", "loghours", member.id, day)),)
    return Message(lines(say("logs-who", who=who_where(member), day=day), state), rows)


async def reopen(tx: Tx, me: Me, member_id: int, day: int, now: datetime) -> datetime:
    """Let one person hand in from now on, for as long as a returned log has (LOG-04, LOG-13); the person is told."""
    member = await writer(tx, me, member_id)
    cohort = await access_cohort_of(tx, me)
    window = await window_of(tx, cohort, day)
    log = await logs.begin(tx, Log(cohort_id=cohort.id, member_id=member.id, day=day, made_at=now))
    until = max(window.ends_at, now + timedelta(hours=cohort.rules.log.return_hours))
    await logs.set_hours(tx, log.id, min(now, log.opens_at or now), until)
    await audits.add(tx, now, "log-hours", f"log:{log.id}", who=me.account_id, cohort_id=cohort.id,
                     new=until.isoformat())  # fmt: skip
    to = next(
        (p for p in await members.addressees(tx, cohort.id, now) if p.member_id == member.id and p.account_id), None
    )
    if to is not None:
        message = Message(
            say("logs-open-for-you", day=day, date=until.astimezone(to.reader.voice.zone).date(), until=until)
        )
        once = f"log-hours:{log.id}:{round(until.timestamp())}"
        await push(tx, to.reader, cohort.rules, message, now, once=once, not_after=until)
    return until


async def enter_paper(tx: Tx, me: Me, member_id: int, day: int, said: Event | None, now: datetime) -> Log:
    """A log on paper: with a photo, typed, or only ticked; it counts the same (LOG-19)."""
    member = await writer(tx, me, member_id)
    cohort = await access_cohort_of(tx, me)
    await window_of(tx, cohort, day)
    log = await logs.begin(tx, Log(cohort_id=need_class(me), member_id=member.id, day=day, made_at=now))
    if isinstance(said, Text):  # the number of a message is one of the teacher's chat, not of the writer's
        await deeds.keep_text(tx, log, structs.replace(said, message_id=0))
    elif isinstance(said, Media):
        kept = await deeds.keep_media(tx, me, log, structs.replace(said, message_id=0), cohort.rules.log)
        if kept.why:
            raise Refusal("logs-over-size" if kept.why == "size" else "logs-over-photos")
    return await deeds.on_paper(tx, me, log, deeds.standing(await logs.parts_of(tx, log.id)), now)
