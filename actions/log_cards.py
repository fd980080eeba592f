"""What a log looks like: the questions of the day, the draft's quiet card, the preview, what the writer sees later."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from actions.log_advice import chars
from actions.logs import MARKS, Desk, raw_text, standing
from actions.post import show
from chat.messages import Lines, Message, Rows, Say, button, lines, say
from rules.log_texts import SLOTS, cut
from rules.logs import ACCEPTED, EARLY, LATE, RETURNED, STARRED, SUBMITTED, Window
from storage import cards, log_prompts, logs
from storage.accounts import Me
from storage.log_prompts import Prompt
from storage.logs import KEPT, LOST, OVER, Count, Log, Part
from storage.tx import Tx

ASKS = {"learned": "logs-ask-learned", "puzzle": "logs-ask-puzzle", "action": "logs-ask-action"}
"""The questions where a class has none of its own."""
SLOT_NAMES = {"learned": "logs-slot-learned", "puzzle": "logs-slot-puzzle", "action": "logs-slot-action"}
THINGS = {
    "photo": "logs-count-photo", "voice": "logs-count-voice", "video": "logs-count-video",
    "video_note": "logs-count-video", "animation": "logs-count-video", "document": "logs-count-document",
    "audio": "logs-count-document", "paper": "logs-count-paper",
}  # fmt: skip
STATES = {
    SUBMITTED: "logs-state-submitted", LATE: "logs-state-late", RETURNED: "logs-state-returned",
    ACCEPTED: "logs-state-accepted", STARRED: "logs-state-starred", "draft": "logs-state-draft",
}  # fmt: skip
MOODS = {"good": "logs-mood-good", "ok": "logs-mood-ok", "low": "logs-mood-low"}
WHYS = {
    "photos": "logs-over-photos", "size": "logs-over-size", "seconds": "logs-over-seconds", "kind": "logs-over-kind",
}  # fmt: skip
SHOWN = 1200
"""So many characters of a log stand on a screen; the rest behind a button."""


async def questions(tx: Tx, me: Me, day: int) -> list[Lines]:
    """The three questions of a day, each with its number; those of the class, else the usual ones."""
    own = {p.part: p for p in await log_prompts.of_cohort(tx, me.cohort_id, day)}
    return [
        Lines((say("logs-question", mark=MARKS[slot], words=_words(own.get(slot), slot, me.lang)),)) for slot in SLOTS
    ]


def _words(prompt: Prompt | None, slot: str, lang: str) -> str | Say:
    return prompt.words(lang) if prompt is not None else say(ASKS[slot])


def hours_line(window: Window, log: Log | None, now: datetime) -> Say:
    """Till when, or from when on, it may be handed in."""
    if log is not None and log.state == RETURNED and log.return_until is not None:
        return say("logs-until-return", day=log.return_until.date(), until=log.return_until)
    opens = log.opens_at if log is not None and log.opens_at else window.opens_at
    if window.judge(now) == EARLY and now < opens:
        return say("logs-opens", opens=opens)
    return say("logs-until" if now <= window.due_at else "logs-until-late", due=window.due_at, ends=window.ends_at)


def slot_buttons(log: Log) -> Rows:
    """Which question the next words answer; whoever does not care need not tap."""
    return (tuple(button(say(SLOT_NAMES[slot], mark=MARKS[slot]), "logslot", log.id, slot) for slot in SLOTS),)


async def paint_draft(tx: Tx, me: Me, log: Log, now: datetime) -> None:
    """Say quietly what is in the draft: one message, edited in place however much is sent (LOG-03)."""
    counts = await logs.counts_of(tx, log.id)
    head = say("logs-draft" if not log.version else "logs-draft-again", day=log.day)
    text = lines(head, counted(counts), _over(counts), say("logs-draft-how"))
    await show(tx, _key(log, me), me.reader, Message(text, silent=True), now)


async def lift_draft(tx: Tx, me: Me, log: Log) -> None:
    """The card comes anew at the foot of the chat with the next part."""
    await cards.lift(tx, _key(log, me))


def _key(log: Log, me: Me) -> str:
    return f"log:{log.id}:{me.account_id}"


def counted(counts: Iterable[Count]) -> Lines:
    """「文字2段137字　照片3张」."""
    found: Counter[str] = Counter()
    letters = words = 0
    for c in counts:
        if c.state not in (KEPT, LOST):
            continue
        letters += c.chars or 0
        words += c.n if c.kind == "text" else 0
        if c.kind in THINGS:
            found[THINGS[c.kind]] += c.n
    first = say("logs-count-text", count=words, chars=str(letters)) if letters else None
    parts = [first, *(say(key, count=n) for key, n in found.items())]
    return Lines(tuple(parts) if any(parts) else (say("logs-count-none"),), "　")


def _over(counts: Iterable[Count]) -> Say | None:
    photos = sum(c.n for c in counts if c.state == OVER and c.kind == "photo")
    return say("logs-over-count", count=photos) if photos else None


async def preview(tx: Tx, log: Log, desk: Desk, now: datetime) -> Message:
    """The log as the teacher will read it, with mood and the choice who reads."""
    parts = standing(await logs.parts_of(tx, log.id))
    window = desk.window(log.day)
    text = lines(
        say("logs-preview", day=log.day, chars=str(chars(raw_text(parts)))),
        body(parts, SHOWN),
        things(parts),
        say("logs-lost") if any(p.state == LOST for p in parts) else None,
        hours_line(window, log, now),
    )
    return Message(text, (*own_buttons(log), *((((button("logs-take-out", "logparts", log.id)),),) if parts else ())))


def own_buttons(log: Log) -> Rows:
    """Mood (one tap, may be left out) and [只给班主任看]."""
    moods = tuple(
        button(say("logs-chosen", words=say(key)) if log.mood == mood else say(key), "logmood", log.id, mood)
        for mood, key in MOODS.items()
    )
    private = button("logs-is-private" if log.private else "logs-not-private", "logprivate", log.id)
    return moods, (private,)


def body(parts: Iterable[Part], most: int) -> Lines | None:
    """The words of a log, each question's number before its answer."""
    found, left = [], most
    for part in (p for p in parts if p.body):
        if left <= 0:
            break
        words = cut(part.body, left)
        found.append(
            say("logs-part", mark=MARKS[part.slot], words=words)
            if part.slot in MARKS
            else say("logs-words", words=words)
        )
        left -= len(part.body)
    return lines(*found) if found else None


def things(parts: Iterable[Part]) -> Lines | None:
    """How many photos and the like."""
    found = Counter(THINGS[p.kind] for p in parts if p.kind in THINGS)
    return Lines(tuple(say(key, count=n) for key, n in found.items()), "　") if found else None


def numbered(parts: list[Part]) -> Lines:
    """All parts with numbers, to take some out."""
    return lines(
        say("logs-take-out-which"),
        *(say("logs-numbered", number=n, what=_what(p)) for n, p in enumerate(parts, 1)),
    )


def _what(part: Part) -> str | Say:
    return cut(part.body, 24) if part.body else say(THINGS.get(part.kind, "logs-count-document"), count=1)


def state_line(log: Log) -> Say:
    """Where a log stands, for its writer."""
    return say("logs-own-line", day=log.day, state=say(STATES[log.state]))
