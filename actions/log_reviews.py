"""Reading logs: the next of the queue, 已阅, 回复, ⭐, 退回, and taking it back in time (LOG-06 … LOG-08)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from msgspec import Struct, structs

from actions.access import need_class
from actions.log_answers import REASONS, REPLY, RETURN, once_of, tell
from chat.messages import Lines, Refusal, Say, button, lines, say
from rules.logs import RETURNED, STARRED, UNDO, WAITING, after_review, may_return
from rules.roles import CLASS_TEACHER, TRAINEE
from rules.settings import Settings
from rules.settings_talk import Log as Numbers
from storage import audits, joint_items, log_reviews, logs, members, outbox
from storage.accounts import Me
from storage.cohorts import rules_of
from storage.log_reviews import Review, Reviewed
from storage.logs import Log
from storage.members import Member
from storage.tx import Tx

READ, STAR = "read", "star"
KIND_WORDS = {
    "too_short": "logs-kind-short", "copied": "logs-kind-copied", "off_topic": "logs-kind-topic",
    "contains_private_data": "logs-kind-private", "empty_talk": "logs-kind-empty",
}  # fmt: skip
LONGEST = 800
"""So long may an answer be, and still be one message, also under a voice note."""


async def access_log_by_id(tx: Tx, me: Me, id: int) -> Log:
    """A log that was handed in, for its author and the class teachers of its class: nobody else (LOG-17)."""
    log = await logs.get(tx, id)
    if log is None:
        raise Refusal("refusals-not-here")
    own = log.member_id == me.member_id and TRAINEE in me.roles
    teacher = CLASS_TEACHER in me.class_roles.split() and log.cohort_id == me.cohort_id and log.version > 0
    if not own and not teacher:
        raise Refusal("refusals-not-here")
    return log


async def note_denied(tx: Tx, me: Me, id: int, now: datetime) -> None:
    """Somebody tried to open a log that is not for him (AT-29); only where there is one, so that nothing fills up."""
    log = await logs.get(tx, id)
    if log is not None and log.member_id != me.member_id:
        await audits.add(tx, now, "log-denied", f"log:{id}", who=me.account_id, cohort_id=log.cohort_id)


async def numbers_of(tx: Tx, me: Me) -> Settings:
    """The numbers of the reader's class."""
    return await rules_of(tx, need_class(me), me.settings_mark)


async def take_next(tx: Tx, me: Me, now: datetime) -> Log | None:
    """The next log for this reader, reserved for him; None when nothing waits (LOG-06)."""
    numbers = (await numbers_of(tx, me)).log
    long_ago = now - timedelta(hours=numbers.unread_first_hours)
    log = await log_reviews.next_waiting(tx, me.cohort_id, me.account_id, now, long_ago)
    if log is None:
        return None
    until = now + timedelta(minutes=numbers.claim_min)
    if not await log_reviews.claim(tx, log.id, me.account_id, until, now):
        raise Refusal("logs-try-again")
    await log_reviews.put_back(tx, me.cohort_id, me.account_id, log.id)
    return structs.replace(log, claimed_by=me.account_id, claimed_until=until)


async def skip(tx: Tx, me: Me, log: Log, now: datetime) -> Log | None:
    """[下一篇] without a word: this one stays unread and comes again after the others."""
    numbers = (await numbers_of(tx, me)).log
    await log_reviews.put_last(tx, log.id, me.account_id, now + timedelta(minutes=numbers.claim_min))
    return await take_next(tx, me, now)


async def open_one(tx: Tx, me: Me, log: Log, now: datetime) -> Log:
    """A log that the reader chose; while another has it before him it is shown, and says who reads."""
    if log.state not in WAITING:
        return log
    until = now + timedelta(minutes=(await numbers_of(tx, me)).log.claim_min)
    if await log_reviews.claim(tx, log.id, me.account_id, until, now):
        return structs.replace(log, claimed_by=me.account_id, claimed_until=until)
    return log


async def reader_name(tx: Tx, log: Log) -> str:
    """Who has a log before him."""
    own = await members.of_account(tx, log.claimed_by or 0)
    return next((m.name for m in own if m.cohort_id == log.cohort_id), "")


def is_taken(log: Log, me: Me, now: datetime) -> bool:
    """Whether somebody else has it before him now."""
    claimed = log.claimed_by is not None and log.claimed_by != me.account_id
    return bool(claimed and log.claimed_until and log.claimed_until >= now and log.state in WAITING)


class Act(Struct, frozen=True, kw_only=True):
    """What a reader does with one version of a log."""

    kind: str
    version: int
    body: str = ""
    voice: str = ""
    reason: str = ""


async def review(tx: Tx, me: Me, log: Log, act: Act, now: datetime) -> Review:
    """Carry a review out; the writer gets one message, and only for an answer or a return (LOG-08)."""
    rules = await numbers_of(tx, me)
    if is_taken(log, me, now):
        raise Refusal("logs-taken", name=await reader_name(tx, log), until=log.claimed_until)
    if act.version != log.version:
        raise Refusal("logs-newer", buttons=((button("logs-open-new", "logopen", log.id),),))
    state = after_review(log.state, act.kind)
    if state is None or (act.kind == REPLY and log.answered_at is not None):
        raise Refusal("logs-was-reviewed", state=await stands(tx, log))
    await _check(tx, log, act, rules.log, now)
    until = now + timedelta(hours=rules.log.return_hours) if act.kind == RETURN else None
    made = Review(log_id=log.id, version=log.version, kind=act.kind, member_id=me.member_id, body=act.body,
                  voice=act.voice, reason=act.reason, until=until, at=now, before=_before(log))  # fmt: skip
    if not await log_reviews.set_reviewed(tx, _reviewed(log, made, state)):
        raise Refusal("logs-try-again")
    await log_reviews.set_known(tx, log.member_id)
    made = structs.replace(made, id=await log_reviews.add(tx, made))
    if act.kind in (REPLY, RETURN):
        await tell(tx, me, log, made, rules, now)
    if act.kind == RETURN:
        await audits.add(tx, now, "log-return", f"log:{log.id}", who=me.account_id, cohort_id=log.cohort_id,
                         old=log.state, new=RETURNED, why=act.reason)  # fmt: skip
    return made


async def _check(tx: Tx, log: Log, act: Act, numbers: Numbers, now: datetime) -> None:
    if act.kind == STAR:
        stars = (await log_reviews.promises(tx, log.cohort_id, log.day)).stars
        if stars >= numbers.star_limit_per_day:
            raise Refusal("logs-stars-used", most=numbers.star_limit_per_day, day=log.day)
    if act.kind == REPLY and not act.voice and not 1 <= len(act.body) <= LONGEST:
        raise Refusal("logs-reply-length", most=LONGEST)
    if act.kind == RETURN:
        if act.reason not in REASONS or not 1 <= len(act.body) <= LONGEST:
            raise Refusal("logs-return-words", most=LONGEST)
        ends = await logs.class_ends(tx, log.cohort_id) or now
        match may_return(log.returns, now + timedelta(hours=numbers.return_hours), ends, numbers):
            case "often":
                raise Refusal("logs-returned-often", times=numbers.max_returns)
            case "last_day":
                raise Refusal("logs-return-last-day")


_KEPT = ("state", "read_by", "returns", "reason")
_TIMES = ("read_at", "answered_at", "starred_at", "return_until")


def _before(log: Log) -> dict[str, Any]:
    """How the log stood, for taking the review back."""
    times = {name: getattr(log, name).isoformat() if getattr(log, name) else None for name in _TIMES}
    return {name: getattr(log, name) for name in _KEPT} | times


def _reviewed(log: Log, made: Review, state: str) -> Reviewed:
    return Reviewed(
        id=log.id, version=log.version, old=log.state, state=state,
        read_at=made.at, read_by=made.member_id,
        answered_at=made.at if made.kind == REPLY else log.answered_at,
        starred_at=made.at if state == STARRED and made.kind == STAR else log.starred_at,
        returns=log.returns + (made.kind == RETURN), return_until=made.until, reason=made.reason,
    )  # fmt: skip


async def take_back(tx: Tx, me: Me, review_id: int, now: datetime) -> Log:
    """[撤回] within five minutes: the log stands as before, and the writer never hears of it."""
    made = await log_reviews.get(tx, review_id)
    log = await access_log_by_id(tx, me, made.log_id if made else 0)
    assert made is not None
    if made.member_id != me.member_id:
        raise Refusal("logs-undo-own")
    if made.undone_at is not None:
        raise Refusal("logs-undone-already")
    last = (await log_reviews.of_log(tx, log.id))[-1]
    if now > made.at + UNDO or last.id != made.id or log.version != made.version:
        raise Refusal("logs-undo-late")
    posted = made.kind in (REPLY, RETURN) and await _was_posted(tx, made)
    if posted and not await log_reviews.take_back(tx, once_of(made)):
        raise Refusal("logs-undo-late")
    await log_reviews.set_undone(tx, made.id, now)
    back = _restored(log, made)
    if not await log_reviews.set_reviewed(tx, back):
        raise Refusal("logs-try-again")
    await log_reviews.set_known(tx, log.member_id)
    await audits.add(tx, now, "log-undo", f"log:{log.id}", who=me.account_id, cohort_id=log.cohort_id, old=log.state,
                     new=back.state)  # fmt: skip
    return await open_one(tx, me, await access_log_by_id(tx, me, log.id), now)


async def _was_posted(tx: Tx, made: Review) -> bool:
    return await outbox.posted(tx, once_of(made)) or await joint_items.known(tx, once_of(made))


def _restored(log: Log, made: Review) -> Reviewed:
    kept = made.before
    times = {name: datetime.fromisoformat(kept[name]) if kept.get(name) else None for name in _TIMES}
    return Reviewed(id=log.id, version=log.version, old=log.state, state=kept["state"], read_by=kept["read_by"],
                    returns=kept["returns"], reason=kept["reason"], **times)  # fmt: skip


async def stands(tx: Tx, log: Log) -> Say:
    """How a log stands, for a reader who came second."""
    who = await members.get(tx, log.read_by) if log.read_by else None
    name = who.name if who else ""
    match log.state:
        case "returned":
            return say("logs-stands-returned", name=name, at=log.read_at)
        case "draft":
            return say("logs-stands-draft")
        case "submitted" | "late":
            return say("logs-stands-waiting")
    key = "logs-stands-answered" if log.answered_at else "logs-stands-star" if log.starred_at else "logs-stands-read"
    return say(key, name=name, at=log.read_at)


async def why_returned(tx: Tx, log: Log) -> Lines:
    """Why a log came back, for its writer."""
    last = next((r for r in reversed(await log_reviews.of_log(tx, log.id)) if r.kind == RETURN), None)
    if last is None:
        return lines(None)
    who = await members.get(tx, last.member_id)
    return lines(say("logs-came-back", reason=say(REASONS[last.reason])),
                 say("logs-told-words", name=who.name if who else "", words=last.body))  # fmt: skip


async def author_of(tx: Tx, log: Log) -> Member:
    """Who wrote it."""
    member = await members.get(tx, log.member_id)
    if member is None:
        raise LookupError(f"log {log.id} has no author")
    return member
