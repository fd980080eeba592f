"""Writing a daily log: a draft that keeps whatever is sent, advice, handing in (LOG-01 … LOG-04, LOG-13, LOG-15)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from msgspec import Struct, structs

from actions import log_advice
from actions.access import need_trainee
from chat.events import Media, Text
from chat.messages import Refusal
from rules.days import class_date
from rules.log_texts import slot_of
from rules.logs import EARLY, RETURNED, WAITING, Days, Window, day_of, hand_in, may_change, windows
from rules.settings_talk import Log as Numbers
from storage import audits, errands, logs
from storage.accounts import Me
from storage.cohorts import rules_of
from storage.errands import Errand
from storage.logs import GONE, KEPT, LOST, OVER, HandedIn, Log, Part, Version
from storage.tx import Tx

MARKS = {"learned": "①", "puzzle": "②", "action": "③"}
FILE_LIMIT = 20 * 2**20
"""Telegram gives a bot no larger files."""
FILES = frozenset({"photo", "voice", "video", "document", "audio", "animation", "video_note"})
ERRAND = "log"
"""The kind of errand that fetches what was sent for a log."""


class Desk(Struct, frozen=True, kw_only=True):
    """What a writer has before him: the numbers, the windows of all days, the own logs by day."""

    numbers: Numbers
    windows: tuple[Window, ...]
    logs: dict[int, Log]
    zone: str

    def window(self, day: int) -> Window:
        """The window of a day; a day that the timetable has no longer cannot be written for."""
        found = next((w for w in self.windows if w.day == day), None)
        if found is None:
            raise Refusal("logs-no-day")
        return found

    def days(self, at: datetime) -> Days | None:
        """The day that a message of this moment belongs to."""
        done = {day for day, log in self.logs.items() if log.version and log.state != RETURNED}
        return day_of(at, self.windows, done, self.zone)


async def windows_of(tx: Tx, cohort_id: int, numbers: Numbers, zone: str) -> tuple[Window, ...]:
    """The windows of all days of a class."""
    days = {day: class_date(at, zone) for day, at in (await logs.days(tx, cohort_id)).items()}
    return tuple(windows(days, numbers, zone))


async def desk_of(tx: Tx, me: Me) -> Desk:
    """What the speaker may write for; refuses who is no trainee of a class that goes on."""
    member = need_trainee(me)
    numbers = (await rules_of(tx, me.cohort_id, me.settings_mark)).log
    return Desk(
        numbers=numbers, windows=await windows_of(tx, me.cohort_id, numbers, me.zone),
        logs={log.day: log for log in await logs.of_member(tx, member)}, zone=me.zone,
    )  # fmt: skip


def chosen(desk: Desk, at: datetime) -> Days:
    """The day to write for now, or a refusal that says when."""
    days = desk.days(at)
    due = [log for log in desk.logs.values() if _is_running(log, at) or _is_reopened(desk, log, at)]
    if due and (days is None or days.window.day not in {log.day for log in due}):
        return Days(desk.window(due[0].day), days.window if days else None)
    if days is not None:
        return days
    coming = next((w for w in desk.windows if w.opens_at > at), None)
    if coming is not None:
        raise Refusal("logs-not-yet", day=coming.date, opens=coming.opens_at)
    raise Refusal("logs-class-is-over")


def _is_running(log: Log, at: datetime) -> bool:
    return log.state == RETURNED and log.return_until is not None and at <= log.return_until


def _is_reopened(desk: Desk, log: Log, at: datetime) -> bool:
    """Whether the class teacher opened a day for this person that is over for all others."""
    return not log.version and log.closes_at is not None and desk.window(log.day).ends_at < at <= log.closes_at


async def begin(tx: Tx, me: Me, day: int, now: datetime) -> Log:
    """The draft of a day of the speaker's."""
    return await logs.begin(tx, Log(cohort_id=me.cohort_id, member_id=me.member_id, day=day, made_at=now))


async def access_own_log(tx: Tx, me: Me, id: int) -> Log:
    """A log of the speaker's own."""
    log = await logs.get(tx, id)
    if log is None or log.member_id != need_trainee(me):
        raise Refusal("refusals-not-here")
    return log


def why_not(log: Log, window: Window, at: datetime) -> Refusal | None:
    """Why nothing can be added or changed any more, in words; None where it can."""
    if may_change(log.stand, window, at):
        return None
    match hand_in(log.stand, window, at):
        case "read":
            return Refusal("logs-is-read", day=log.day)
        case "due":
            return Refusal("logs-is-due", day=log.day, due=window.due_at)
        case "expired":
            return Refusal("logs-return-over", day=log.day)
    return Refusal("logs-is-over", day=log.day, ends=window.ends_at)


class Kept(Struct, frozen=True, kw_only=True):
    """What became of something that was sent: kept (`id` 0: it was there already), or why it is not in the log."""

    id: int = 0
    why: str = ""


async def keep_text(tx: Tx, log: Log, said: Text, slot: str = "") -> Kept:
    """Words for the log; a mark in front of them says which question they answer."""
    named, body = slot_of(said.text)
    part = Part(log_id=log.id, message_id=said.message_id or None, slot=named or slot, body=body, at=said.at)
    return Kept(id=await logs.add_part(tx, part) or 0)


async def keep_media(tx: Tx, me: Me, log: Log, said: Media, numbers: Numbers) -> Kept:
    """A photo, voice note or file for the log: known by its file id at once, fetched after the commit (LOG-03).

    More than a log takes is remembered too, but does not stand in it.
    """
    why = await _too_much(tx, log, said, numbers)
    kind = said.kind if said.kind in FILES else "document"
    part = Part(
        log_id=log.id, message_id=said.message_id or None, kind=kind, slot=slot_of(said.caption)[0],
        body=slot_of(said.caption)[1], file_id=said.file_id, file_name=said.file_name[:100], size=said.size,
        seconds=said.seconds, album=said.album, state=OVER if why else KEPT, at=said.at,
    )  # fmt: skip
    id = await logs.add_part(tx, part)
    if id is not None and not why:
        wanted = Errand(account_id=me.account_id, kind=ERRAND, file_id=said.file_id, ref=id, made_at=said.at,
                        file_name=said.file_name[:100])  # fmt: skip
        await errands.add(tx, wanted)
    return Kept(id=id or 0, why=why if id is not None else "")


async def _too_much(tx: Tx, log: Log, said: Media, numbers: Numbers) -> str:
    if said.kind not in FILES:
        return "kind"
    if said.size > FILE_LIMIT:
        return "size"
    if said.kind in ("voice", "video_note") and said.seconds > numbers.voice_s:
        return "seconds"
    if said.kind == "photo":
        kept = sum(c.n for c in await logs.counts_of(tx, log.id) if c.kind == "photo" and c.state == KEPT)
        return "photos" if kept >= numbers.photos else ""
    return ""


async def edit(tx: Tx, me: Me, message_id: int, text: str, now: datetime) -> Log | None:
    """An edited message changes the draft (LOG-03); None where that message is in no log."""
    part = await logs.part_of_message(tx, me.member_id, message_id) if me.member_id else None
    if part is None:
        return None
    log = await logs.get(tx, part.log_id)
    assert log is not None
    if no := why_not(log, (await desk_of(tx, me)).window(log.day), now):
        raise no
    named, body = slot_of(text)
    await logs.set_body(tx, part.id, named or part.slot, body)
    return log


async def take_out(tx: Tx, me: Me, part_id: int, now: datetime, *, back: bool = False) -> Log:
    """Take a part out of the log, or put it back; Telegram tells a bot nothing of deleted messages."""
    part = await logs.part(tx, part_id)
    log = await access_own_log(tx, me, part.log_id if part else 0)
    assert part is not None
    if part.state not in (KEPT, GONE, LOST):
        raise Refusal("refusals-not-here")
    if no := why_not(log, (await desk_of(tx, me)).window(log.day), now):
        raise no
    await logs.set_part_state(tx, part.id, KEPT if back else GONE)
    return log


def standing(parts: Iterable[Part]) -> list[Part]:
    """What stands in the log."""
    return [p for p in parts if p.state in (KEPT, LOST) and (p.kind != "text" or p.body)]


def raw_text(parts: Iterable[Part]) -> str:
    """The words of a log as they are compared and counted."""
    return "\n".join(p.body for p in parts if p.body)


def marked_text(parts: Iterable[Part]) -> str:
    """The words of a log as they are read: each question's number before its answer."""
    return "\n".join(f"{MARKS.get(p.slot, '')}{' ' if p.slot in MARKS else ''}{p.body}" for p in parts if p.body)


class Handing(Struct, frozen=True, kw_only=True):
    """What came of [提交日志]: handed in, or hints that stand before it."""

    log: Log
    window: Window
    hints: tuple[str, ...] = ()
    again: bool = False
    """Nothing has changed since it was handed in."""


async def submit(tx: Tx, me: Me, log: Log, at: datetime, *, sure: bool = False) -> Handing:
    """Hand the draft in at the moment of the message (RULE-4). Hints come first unless the writer is sure (LOG-15)."""
    desk = await desk_of(tx, me)
    window = desk.window(log.day)
    parts = standing(await logs.parts_of(tx, log.id))
    if log.version and log.state != RETURNED and await _is_same(tx, log, parts):
        return Handing(log=log, window=window, again=True)
    state = hand_in(log.stand, window, at)
    if state == EARLY:
        raise Refusal("logs-too-early", opens=log.opens_at or window.opens_at)
    if state not in WAITING:
        raise why_not(log, window, at) or Refusal("logs-is-over", day=log.day, ends=window.ends_at)
    if not parts:
        raise Refusal("logs-empty")
    text = raw_text(parts)
    hints = log_advice.about_text(text, [p.slot for p in parts if p.body], desk.numbers, media=_media(parts))
    alike = await log_advice.alike(tx, log, text, at, desk.numbers)
    hints = (*hints, *alike)
    if hints and not sure:
        return Handing(log=log, window=window, hints=hints)
    done = await _hand_in(tx, log, parts, state, hints, at)
    return Handing(log=done, window=window, hints=hints)


def _media(parts: Iterable[Part]) -> bool:
    return any(p.kind in ("voice", "video", "video_note", "audio", "document") for p in parts)


async def _is_same(tx: Tx, log: Log, parts: list[Part]) -> bool:
    """Whether what stands in the log is what was handed in last."""
    last = (await logs.versions_of(tx, log.id))[-1]
    return last.body == marked_text(parts) and last.parts == tuple(p.id for p in parts)


async def _hand_in(
    tx: Tx, log: Log, parts: list[Part], state: str, flags: tuple[str, ...], at: datetime, **by: Any
) -> Log:  # fmt: skip
    """Write the next version down; both readers and checks see it from now on."""
    text, found = raw_text(parts), log_advice.prints(raw_text(parts))
    made = HandedIn(
        id=log.id, old_version=log.version, state=state, text=text, chars=log_advice.chars(text), flags=flags,
        grams=found.grams, sketch=found.sketch, at=at, **by,
    )  # fmt: skip
    if not await logs.set_handed_in(tx, made):
        raise Refusal("logs-try-again")
    await logs.add_version(tx, Version(log_id=log.id, no=log.version + 1, body=marked_text(parts),
                                       parts=tuple(p.id for p in parts), state=state, at=at,
                                       source=by.get("source", "self")))  # fmt: skip
    done = await logs.get(tx, log.id)
    assert done is not None
    return done


async def on_paper(tx: Tx, me: Me, log: Log, parts: list[Part], now: datetime) -> Log:
    """The teacher enters a log that came on paper, with a photo, typed, or only ticked (LOG-19, RULE-5)."""
    if log.version and log.source == "self":
        raise Refusal("logs-paper-there")
    if not parts:
        await logs.add_part(tx, Part(log_id=log.id, kind="paper", at=now))
        parts = standing(await logs.parts_of(tx, log.id))
    done = await _hand_in(tx, log, parts, "submitted", (), now, source="paper", entered_by=me.member_id)
    await audits.add(tx, now, "log-paper", f"log:{log.id}", who=me.account_id, cohort_id=log.cohort_id,
                     new=str(len(parts)))  # fmt: skip
    return done


async def note(tx: Tx, me: Me, said: Text, body: str) -> Log:
    """「记一笔」 from anywhere: a line for the draft of the day, whatever the talk is about."""
    desk = await desk_of(tx, me)
    days = chosen(desk, said.at)
    window = days.other if days.other is not None and days.window.date < class_date(said.at, desk.zone) else days.window
    log = await begin(tx, me, window.day, said.at)
    if no := why_not(log, window, said.at):
        raise no
    await keep_text(tx, log, structs.replace(said, text=body))
    return log
