"""The reader's screen: one log with author, flags, hints and photos; how the day stands (LOG-06, LOG-18, LOG-20)."""

from __future__ import annotations

from datetime import datetime
from html import escape

from msgspec import json, structs

from actions import log_advice, log_cards, log_reviews
from actions.log_reviews import author_of, is_taken, reader_name, stands
from actions.logs import marked_text, standing
from actions.people import who_where
from chat.messages import Button, Message, Rich, Rows, Say, button, lines, say
from chat.words import Item, Words
from rules.log_texts import Change, changes
from rules.logs import WAITING, promise
from rules.settings_talk import Log as Numbers
from storage import log_reviews as reviews
from storage import logs, outbox, questions
from storage.accounts import Me
from storage.logs import Log, Part
from storage.outbox import ANSWER, Parcel
from storage.tx import Tx
from texts.press import press

ALBUMS = ("photo", "video")
DIFF_SHOWN = 2500


async def screen(tx: Tx, me: Me, log: Log, now: datetime, *, whole: bool = False) -> Message:
    """One log as a reader sees it, with everything that can be done about it."""
    author = await author_of(tx, log)
    numbers = (await log_reviews.numbers_of(tx, me)).log
    parts = await parts_of_version(tx, log)
    shown = log_cards.body(parts, 100_000 if whole else log_cards.SHOWN)
    late = say("logs-read-late") if log.was == "late" or log.state == "late" else None
    head = say("logs-read-head", who=who_where(author), day=log.day, at=log.handed_at, chars=str(log.chars))
    text = lines(
        head,
        late,
        log_advice.flag_line(log.flags),
        _signs(log),
        await question_line(tx, log),
        shown or say("logs-read-no-words"),
        log_cards.things(parts),
        say("logs-read-guide") if log.state in WAITING else await stands(tx, log),
        say("logs-read-taken", name=await reader_name(tx, log), until=log.claimed_until)
        if is_taken(log, me, now) else await _promise_line(tx, me, log, numbers),
    )  # fmt: skip
    rows = _buttons(log, me, now)
    extra = _extra(log, parts, whole)
    return Message(text, (*rows, extra) if extra else rows)


async def question_line(tx: Tx, log: Log) -> Say | None:
    """「困惑已转为第12问」: the question that came out of it (LOG-09)."""
    asked = await questions.of_log(tx, log.id) if log.asked else None
    return say("logs-became-question", no=asked.no) if asked is not None else None


def _signs(log: Log) -> Say | None:
    """Low mood, private, on paper, a further version: each in a word."""
    found = [
        *([say(log_cards.MOODS[log.mood])] if log.mood in log_cards.MOODS else []),
        *([say("logs-sign-private")] if log.private else []),
        *([say("logs-sign-paper")] if log.source == "paper" else []),
        *([say("logs-sign-version", no=log.version)] if log.version > 1 else []),
    ]
    return say("logs-signs", signs=found) if found else None


async def _promise_line(tx: Tx, me: Me, log: Log, numbers: Numbers) -> Say:
    """How many of the day are answered, wanted, starred, waiting (LOG-18)."""
    found = await reviews.promises(tx, log.cohort_id, log.day)
    wanted = promise(found.handed_in, numbers.teacher_must_reply_share)
    waiting = await logs.waiting_of(tx, log.cohort_id)
    return say("logs-promise", answered=found.answered, wanted=wanted, stars=found.stars,
               most=numbers.star_limit_per_day, waiting=waiting)  # fmt: skip


def _buttons(log: Log, me: Me, now: datetime) -> Rows:
    if is_taken(log, me, now):
        return ((button("logs-next", "lognext", log.id),),)
    args = (log.id, log.version)
    read, reply = button("logs-read", "logread", *args), button("logs-reply", "logreply", *args)
    star, back = button("logs-star", "logstar", *args), button("logs-return", "logreturn", *args)
    following = button("logs-next", "lognext", log.id)
    if log.state in WAITING:
        return (read, reply), (star, back, following)
    late: list[Button] = [] if log.answered_at or log.state == "returned" else [reply]
    if log.state == "accepted":
        late.append(star)
    return (*((tuple(late),) if late else ()), (following,))


def _extra(log: Log, parts: list[Part], whole: bool) -> tuple[Button, ...]:
    """The whole text, the files, the version before."""
    found = []
    if not whole and sum(len(p.body) for p in parts) > log_cards.SHOWN:
        found.append(button("logs-whole", "logopen", log.id, "whole"))
    if any(p.file_id for p in parts):
        found.append(button("logs-files", "logfiles", log.id))
    if log.version > 1:
        found.append(button("logs-compare", "logdiff", log.id))
    return tuple(found)


async def parts_of_version(tx: Tx, log: Log) -> list[Part]:
    """What was handed in last; what the writer changes after that is not the reader's yet."""
    kept = {p.id: p for p in await logs.parts_of(tx, log.id)}
    found = await logs.versions_of(tx, log.id)
    last = [kept[id] for id in found[-1].parts if id in kept] if found else standing(kept.values())
    return _as_handed_in(last, found[-1].body if found else "")


def _as_handed_in(parts: list[Part], body: str) -> list[Part]:
    """The parts with the words that were handed in, should they have been edited since."""
    if not parts or not body or marked_text(parts) == body:
        return parts
    return [
        Part(log_id=parts[0].log_id, body=body, at=parts[0].at),
        *(structs.replace(p, body="") for p in parts if p.kind != "text"),
    ]


async def send_files(tx: Tx, me: Me, log: Log, now: datetime) -> int:
    """Photos and films as albums, voice notes and documents each by itself, by their file ids, to the reader."""
    parts = [p for p in await parts_of_version(tx, log) if p.file_id]
    caption = press(Message(say("logs-file-of", who=who_where(await author_of(tx, log)), day=log.day)), me.voice)[0]
    albums = [p for p in parts if p.kind in ALBUMS]
    pages = [albums[i : i + 10] for i in range(0, len(albums), 10)]
    groups = [*pages, *([p] for p in parts if p.kind not in ALBUMS)]
    parcels = []
    for group in groups:
        items = tuple(Item(p.kind, p.file_id) for p in group)
        kind, body = "album" if len(items) > 1 else "say", json.encode(_with(caption, items)).decode()
        parcels.append(Parcel(chat_id=me.account_id, body=body, kind=kind, priority=ANSWER, made_at=now))
    await outbox.add(tx, parcels)
    return len(parts)


def _with(words: Words, items: tuple[Item, ...]) -> Words:
    return structs.replace(words, media=items, silent=True)


async def compared(tx: Tx, log: Log) -> Message:
    """The last two versions in one text: what went is struck out, what came is underlined."""
    found = await logs.versions_of(tx, log.id)
    head = say("logs-diff-head", old=found[-2].no, new=found[-1].no)
    if found[-2].body == found[-1].body:
        return Message(lines(head, say("logs-diff-same")))
    pieces = changes(found[-2].body[:DIFF_SHOWN], found[-1].body[:DIFF_SHOWN])
    return Message(lines(head, _diff(pieces)))


def _diff(pieces: list[Change]) -> Say:
    return say("logs-diff", text=Rich("".join(_marked(p) for p in pieces)))


def _marked(piece: Change) -> str:
    text = escape(piece.text, quote=False)
    return f"<s>{text}</s>" if piece.kind == "gone" else f"<u>{text}</u>" if piece.kind == "new" else text
