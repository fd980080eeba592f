"""The sender's card of a notice: a bar while it is being sent, then who has it and who has read it (BC-02, BC-09)."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from actions.notice_words import text_of
from actions.notices import excerpt
from actions.post import show
from chat.messages import Button, Lines, Message, Rows, Say, button, lines, say
from rules.notices import (
    ASKED,
    ON_ITS_WAY,
    PAUSED,
    QUEUED,
    RECALLED,
    SENDING,
    SENT,
    Audience,
    bar,
    seconds_to_send,
)
from rules.roles import ADMIN, CLASS_TEACHER, LECTURER, SCHOOL_LEADER
from storage import accounts, cards, cohorts, notice_copies, notices, places, sessions, stirs
from storage import notice_people as ledger
from storage.accounts import Reader
from storage.notice_people import Counts
from storage.notices import Notice
from storage.tx import Tx

PAINT_EVERY = timedelta(seconds=2)
LATER = timedelta(seconds=10)
PIN_WITHIN = timedelta(minutes=5)
"""So long after it began the group's copy is looked for to be pinned."""
LONG = 5
"""From so many seconds on the card says how long it will still take."""
NAMES = frozenset({CLASS_TEACHER, ADMIN})
"""Who sees the ledger by name; lecturers and school leaders see numbers (section 3)."""
WRITERS = NAMES | {LECTURER, SCHOOL_LEADER}
"""Who holds such cards."""


def key_of(notice_id: int, account_id: int) -> str:
    return f"notice:{notice_id}:{account_id}"


async def present(tx: Tx, notice: Notice, to: Reader, now: datetime) -> None:
    """Send somebody the card, at the foot of the chat; from then on it keeps itself up to date."""
    await cards.lift(tx, key_of(notice.id, to.account_id))
    await show(tx, key_of(notice.id, to.account_id), to, await compose(tx, notice, to, now), now)


async def paint_stirred(tx: Tx, now: datetime, every: timedelta = LATER) -> bool:
    """Bring the cards of all notices up to date about which something changed; whether there was any."""
    await stirs.gather(tx, "notice")
    found = await notices.stirred(tx, now - min(every, PAINT_EVERY))
    painted = False
    for notice in found:
        if notice.painted_at is None or notice.painted_at <= now - _rest(notice, now, every):
            await paint(tx, notice, now)
            painted = True
    return painted


def _rest(notice: Notice, now: datetime, every: timedelta) -> timedelta:
    """How long a card stays as it is. While a notice is being sent it moves often, and less often the longer that
    takes: each change of the card costs one copy its place."""
    if notice.state != SENDING or notice.begun_at is None:
        return every
    return min(every, max(PAINT_EVERY, (now - notice.begun_at) / 4))


async def paint(tx: Tx, notice: Notice, now: datetime) -> None:
    """Everybody who looks at this notice sees it as it stands."""
    await notices.set_painted(tx, notice.id, now)
    readers = {r.account_id: r for cohort_id in notice.cohorts for r in await cards.holders(
        tx, f"notice:{notice.id}:", cohort_id, WRITERS, now, also=notice.sender)}  # fmt: skip
    for reader in readers.values():
        await show(tx, key_of(notice.id, reader.account_id), reader, await compose(tx, notice, reader, now), now)
    await paint_group(tx, notice, now)


async def compose(tx: Tx, notice: Notice, to: Reader, now: datetime) -> Message:
    """The card in the reader's language, with the buttons that the reader may use."""
    counts = await ledger.counts(tx, notice.id)
    me = await accounts.who(tx, to.account_id, now)
    roles = me.roles if me is not None and me.cohort_id in notice.cohorts else frozenset[str]()
    own = to.account_id == notice.sender
    text = lines(
        say(f"notices-card-{notice.level}", called=excerpt(notice)),
        say("notices-card-to", audience=await audience_words(tx, notice, to.lang), name=notice.sender_name,
            at=notice.begun_at or notice.go_at or now),
        *_state_lines(notice, counts, await _per_second(tx, notice), to.voice.zone),
        _read_line(notice, counts),
        *(await _choice_lines(tx, notice, counts)),
        say("notices-corrected", at=notice.corrected_at) if notice.corrected_at else None,
        await _gone_line(tx, notice),
    )  # fmt: skip
    return Message(text, rows_of(notice, counts, own=own, by_name=bool(roles & NAMES)))


async def _per_second(tx: Tx, notice: Notice) -> int:
    return (await cohorts.get(tx, notice.cohort_id)).rules.messages.telegram.overall_per_s


def _state_lines(notice: Notice, counts: Counts, per_second: int, zone: ZoneInfo) -> list[Say | None]:
    """How far it has come, then in words whatever is not simply sent."""
    to_send = counts.tried + counts.waiting
    seconds = round(seconds_to_send(counts.waiting, per_second))
    sending = notice.state in (SENDING, PAUSED)
    return [
        say("notices-state-queued", at=notice.go_at, day=notice.go_at.astimezone(zone).date())
        if notice.state == QUEUED and notice.go_at else None,
        say("notices-bar", bar=bar(counts.tried, to_send), done=counts.tried, of=to_send) if sending else None,
        say("notices-seconds", seconds=seconds) if notice.state == SENDING and seconds >= LONG else None,
        say("notices-state-paused") if notice.state == PAUSED else None,
        say("notices-state-recalled") if notice.state == RECALLED else None,
        say("notices-state-expired") if notice.state == "expired" else None,
        say("notices-sent", sent=counts.sent, card=counts.on_card) if notice.state != QUEUED else None,
        _left_line(counts),
        _trouble_line(counts),
    ]  # fmt: skip


async def _gone_line(tx: Tx, notice: Notice) -> Say | None:
    """After a recall: how many phones it is gone from, and how many still show it, as far as is known (BC-08)."""
    if notice.state != RECALLED:
        return None
    gone, stays = await notice_copies.after_recall(tx, notice.id)
    return say("notices-card-gone", gone=gone, stays=stays) if gone or stays else None


def _left_line(counts: Counts) -> Say | None:
    """Who was left out, by reason; None where nobody was."""
    parts = [
        say(f"notices-count-{name}", count=n)
        for name, n in (("unbound", counts.unbound), ("blocked", counts.blocked), ("on_leave", counts.on_leave))
        if n
    ]
    return say("notices-left", parts=parts) if parts else None


def _trouble_line(counts: Counts) -> Say | None:
    parts = [
        say(f"notices-count-{name}", count=n)
        for name, n in (("uncertain", counts.uncertain), ("failed", counts.failed), ("expired", counts.expired))
        if n
    ]
    return say("notices-trouble", parts=parts) if parts else None


def _read_line(notice: Notice, counts: Counts) -> Say | None:
    if notice.level not in ASKED and not notice.choices:
        return None
    return say("notices-read-count", read=counts.read, of=counts.read + counts.unread)


async def _choice_lines(tx: Tx, notice: Notice, counts: Counts) -> list[Say]:
    """The options with their live counts, and how many have not chosen yet."""
    if not notice.choices:
        return []
    chosen = await ledger.choice_counts(tx, notice.id)
    made = [say("notices-choice-count", label=label, count=chosen.get(n, 0)) for n, label in enumerate(notice.choices)]
    rest = counts.read + counts.unread - sum(chosen.values())
    return [*made, say("notices-choice-none", count=max(0, rest))]


def rows_of(notice: Notice, counts: Counts, *, own: bool, by_name: bool) -> Rows:
    """What can be done about it now: the lists for those who see names; the sender, and class staff, change it."""
    id, rows = notice.id, list[tuple[Button, ...]]()
    asked = notice.level in ASKED or bool(notice.choices)
    first: list[Button] = []
    if by_name and notice.state != QUEUED:
        first += [button("notices-names-unread", "nnames", id, "unread", 0)] if asked else []
        first.append(button("notices-names", "nnames", id, "all", 0))
    rows.append(tuple(first))
    if (own or by_name) and notice.state in ON_ITS_WAY:
        rows.append(_again_row(notice, counts, by_name))
    if own or (by_name and notice.state != QUEUED):  # what waits is a draft of its writer's
        rows += _change_rows(notice)
    return tuple(rows)


def _again_row(notice: Notice, counts: Counts, by_name: bool) -> tuple[Button, ...]:
    """What can be sent again: what failed; to whoever joined, or came back, since. Not while it is stopped."""
    id, row = notice.id, list[Button]()
    if counts.failed + counts.uncertain and by_name:
        row.append(button("notices-troubled", "nnames", id, "trouble", 0))
    if notice.state == PAUSED:
        return tuple(row)
    if counts.failed:
        row.append(button("notices-again", "nagain", id))
    elif counts.unbound + counts.blocked + counts.on_leave:
        row.append(button("notices-again-later", "nagain", id))
    return tuple(row)


def _change_rows(notice: Notice) -> list[tuple[Button, ...]]:
    id = notice.id
    if notice.state == QUEUED:
        return [(button("notices-take-back", "nback", id), button("notices-now", "nnow", id))]
    fix = (button("notices-correct", "nfix", id), button("notices-recall", "nrecall", id))
    if notice.state == SENDING:
        return [(button("notices-pause", "npause", id), fix[1])]
    if notice.state == PAUSED:
        return [(button("notices-resume", "nresume", id), fix[1])]
    if notice.state == SENT:
        rest = [(button("notices-save-template", "nkeep", id),)] if notice.kind == "notice" else []
        return [fix, *rest]
    return [fix] if notice.state == "expired" else []


async def audience_words(tx: Tx, notice: Notice, lang: str) -> Lines | Say:
    """To whom, in words."""
    if notice.scope:
        titles = [(await cohorts.get(tx, id)).title_in(lang) for id in notice.scope]
        return say("notices-to-classes", titles=titles)
    return await _to(tx, notice, notice.audience, lang)


async def _to(tx: Tx, notice: Notice, audience: Audience, lang: str) -> Say:
    match audience.kind:
        case "groups":
            return say("notices-to-groups", groups=[str(n) for n in audience.numbers])
        case "bus":
            return say("notices-to-bus", buses=list(audience.words))
        case "floor":
            return say("notices-to-floor", floors=list(audience.words))
        case "roles":
            return say("notices-to-roles", roles=[say(f"notices-role-{word}") for word in audience.words])
        case "picked" if notice.kind == "change":
            return say("notices-to-touched", count=len(audience.numbers))
        case "picked":
            return say("notices-to-picked", count=len(audience.numbers))
        case "session":
            table = {s.id: s for s in await sessions.of_cohort(tx, notice.cohort_id)}
            titles = [table[id].title_in(lang) for id in audience.numbers if id in table]
            return say("notices-to-session", titles=titles)
        case "site":
            known = {
                p.ref: (p.name_en if lang == "en" else "") or p.name for p in await places.sites(tx, notice.cohort_id)
            }
            return say("notices-to-site", sites=[known.get(ref, ref) for ref in audience.words])
        case "unread":
            return say("notices-to-unread")
        case "nolog":
            return say("notices-to-nolog", days=[str(day) for day in audience.numbers])
        case "unmarked":
            return say("notices-to-unmarked")
    return say("notices-to-class")


# ---- the group's copy ------------------------------------------------------------------


async def paint_group(tx: Tx, notice: Notice, now: datetime) -> None:
    """One pinned copy in the group of the class, with a counter and no names (BC-05)."""
    group = await cohorts.group_of(tx, notice.cohort_id)
    if not notice.to_group or group.group_chat_id is None or notice.begun_at is None:
        return
    counts = await ledger.counts(tx, notice.id)
    reader = Reader(group.group_chat_id, "zh", (await cohorts.get(tx, notice.cohort_id)).timezone)
    await show(tx, f"group:{notice.id}", reader, group_message(notice, counts), now)
    card = await cards.get(tx, f"group:{notice.id}")
    if card is not None and card.message_id is not None:
        await notices.pin(tx, notice.id, card.chat_id, card.message_id, now)
    elif now - notice.begun_at < PIN_WITHIN:  # it is pinned when it stands there
        await notices.stir(tx, notice.id, now)


def group_message(notice: Notice, counts: Counts) -> Message:
    """The words and a number; nothing is asked here, and nobody is named."""
    asked = notice.level in ASKED
    text = say("notices-group-recalled") if notice.state == "recalled" else text_of(notice, "zh", {}, group=True)
    count = say("notices-group-read", read=counts.read, of=counts.read + counts.unread) if asked else None
    return Message(lines(text, count if notice.state != "recalled" else None), silent=notice.level != "urgent")
