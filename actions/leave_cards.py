"""How a leave is shown: to those who decide, as a card that is edited in place; to the person; to the group's leaders,
who never see kind or reason (LEAVE-04, LEAVE-07)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from zoneinfo import ZoneInfo

from msgspec import Struct

from actions import leaves as deeds
from actions import ledgers
from actions.leaves import KINDS, STATES
from actions.people import in_rows, who_where
from actions.post import post, show
from chat.messages import Button, Lines, Message, Rows, Say, button, lines, say
from rules.leaves import WITHDRAW, Stretch, deciders, needs_letter, touches, unit_is_told
from rules.outcomes import Balance, Limits, shown
from rules.roles import ADMIN, CLASS_TEACHER, SCHOOL_LEADER
from storage import cards, cohorts, leaves, sessions
from storage.cohorts import Cohort
from storage.leaves import PAPER, SELF, Holder, Leave, LeaveEvent
from storage.members import Member
from storage.outbox import CARD
from storage.sessions import Session
from storage.tx import Tx

ROLES = {CLASS_TEACHER: "leaves-role-class_teacher", ADMIN: "leaves-role-admin",
         SCHOOL_LEADER: "leaves-role-school_leader"}  # fmt: skip
ACTS = {
    "agree": "leaves-did-agree", "refuse": "leaves-did-refuse", "ask_material": "leaves-did-ask_material",
    "give_material": "leaves-did-give_material", "hand_on": "leaves-did-hand_on", "withdraw": "leaves-did-withdraw",
    "come_back": "leaves-did-come_back", "check_in": "leaves-did-check_in", "confirm": "leaves-did-confirm",
}  # fmt: skip
"""Acts that stand on the card, each as a line."""
NOTICES = {"short_notice": "leaves-notice-short", "back_fill": "leaves-notice-back"}
TITLES = 3
LAST_ACTS = 3
WIDE = "　"


class Seen(Struct, frozen=True):
    """All that a card is made from."""

    leave: Leave
    cohort: Cohort
    member: Member
    missed: list[Session]
    """What it costs: as it was asked for, and after 销假 as it came to, like its hours."""
    limits: Limits
    events: list[LeaveEvent]
    people: list[Holder]

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.cohort.timezone)


async def look(tx: Tx, leave: Leave, now: datetime) -> Seen:
    """Read what a card is made from."""
    cohort, member = await deeds.cohort_of(tx, leave), await deeds.member_of(tx, leave)
    table = await sessions.of_cohort(tx, leave.cohort_id)
    allowed = ledgers.bounds(cohort, cohort.rules, member, table)
    return Seen(leave, cohort, member, _missed(leave, table, cohort), allowed, await leaves.events_of(tx, leave.id),
                await leaves.holders(tx, leave.cohort_id, now))  # fmt: skip


def _missed(leave: Leave, table: list[Session], cohort: Cohort) -> list[Session]:
    if leave.kind == WITHDRAW:
        return []
    when = deeds.counted(leave) if leave.state == "closed" else leave.stretch
    return [session for session in table if touches(when, session, cohort.rules)]


def span(when: Stretch, zone: str) -> Say:
    """From when to when, with the day; the second day only where it is another."""
    first, last = (at.astimezone(ZoneInfo(zone)).date() for at in (when.starts_at, when.ends_at))
    if first == last:
        return say("leaves-span", day=first, start=when.starts_at, end=when.ends_at)
    return say("leaves-span-days", day=first, start=when.starts_at, last=last, end=when.ends_at)


def titles(missed: list[Session], lang: str) -> Lines | Say:
    """The sessions that a leave touches."""
    if not missed:
        return say("leaves-missed-none")
    names = [say("leaves-title", title=s.title_in(lang)) for s in missed[:TITLES]]
    more = len(missed) - len(names)
    return say("leaves-missed-more" if more else "leaves-missed", titles=names, more=more)


def hours_line(balance: Balance) -> Say:
    """「本次2学时，累计2，上限6.85，还可4.85」, for the person and the approver alike (ATT-08)."""
    return say("leaves-hours", asked=balance.asked, total=balance.total, limit=shown(balance.limits.strictest),
               left=shown(balance.left))  # fmt: skip


def warning(balance: Balance, near: bool) -> Lines | Say | None:
    """What passing a limit means, in plain words; both limits where both are passed (LEAVE-03)."""
    passed = balance.limits.passed(balance.total)
    certificate = balance.limits.certificate
    found = [
        say("leaves-over-withdrawal", limit=shown(balance.limits.withdrawal)) if "withdrawal" in passed else None,
        say("leaves-over-certificate", limit=shown(certificate)) if certificate and "certificate" in passed else None,
    ]
    if passed:
        return lines(*found)
    return say("leaves-near", left=shown(balance.left)) if near else None


def balance_of(seen: Seen) -> Balance:
    """The hours as they stood when the request was sent."""
    return Balance(seen.leave.hours, seen.leave.total, seen.limits)


def card(seen: Seen, holder: Holder, head: Say | None = None) -> Message:
    """The card of a leave for somebody who has a say: what is asked, what was decided, what to do."""
    leave, lang = seen.leave, holder.lang
    balance = balance_of(seen)
    text = lines(
        head,
        say("leaves-card", who=who_where(seen.member), kind=say(KINDS[leave.kind]),
            notice=say(NOTICES[leave.notice]) if leave.notice in NOTICES else ""),
        _where(seen) if leave.kind != WITHDRAW else None,
        titles(seen.missed, lang) if leave.kind != WITHDRAW else None,
        say("leaves-reason", reason=leave.reason) if leave.reason else None,
        hours_line(balance) if leave.kind != WITHDRAW else None,
        warning(balance, False) if balance.asked else None,
        _given(seen),
        *story(seen),
        _now(seen, holder),
    )  # fmt: skip
    return Message(text, _buttons(seen, holder))


def _where(seen: Seen) -> Lines:
    """When and where to, in one line."""
    place = say("leaves-place", place=seen.leave.place) if seen.leave.place else None
    return lines(span(seen.leave.stretch, seen.cohort.timezone), place, gap=WIDE)


def _given(seen: Seen) -> Lines | None:
    """Papers, and who entered it, in one line."""
    both = [part for part in (_papers(seen), _source(seen)) if part is not None]
    return lines(*both, gap=WIDE) if both else None


def _papers(seen: Seen) -> Say | None:
    leave = seen.leave
    if needs_letter(leave.kind, seen.cohort.rules):
        return say("leaves-letter-here") if leave.letter else say("leaves-letter-none")
    return say("leaves-proof-seen") if leave.proof_seen else None


def _source(seen: Seen) -> Say | None:
    if seen.leave.source == SELF:
        return None
    name = next((p.name for p in seen.people if p.member_id == seen.leave.entered_by), "")
    return say("leaves-by-paper" if seen.leave.source == PAPER else "leaves-by-phone", name=name)


def story(seen: Seen, most: int = LAST_ACTS) -> list[Say]:
    """What was decided so far, so that each sees the earlier steps."""
    told = [e for e in seen.events if e.act in ACTS][-most:]
    return [say(ACTS[e.act], who=who_did(seen, e), at=e.at, words=e.words) for e in told]


def who_did(seen: Seen, event: LeaveEvent) -> Say:
    if event.who is None:
        return say("leaves-who-clock")
    if event.who == seen.member.account_id:
        return say("leaves-who", role="", name=seen.member.name)
    name = next((p.name for p in seen.people if p.account_id == event.who), "")
    role = say(ROLES[event.role]) if event.role in ROLES else ""
    return say("leaves-who", role=role, name=name)


def state_line(seen: Seen) -> Say:
    """Where a leave stands, in one line."""
    leave = seen.leave
    if leave.state == "pending":
        roles = [say(ROLES[r]) for r in ROLES if r in deciders(leave.standing)]
        return say("leaves-waits", roles=roles)
    if leave.state == "away" and leave.overdue:
        return say("leaves-overdue-line", due=leave.ends_at)
    return say("leaves-stands", state=say(STATES[leave.state]))


def _now(seen: Seen, holder: Holder) -> Lines:
    leave = seen.leave
    phone = seen.member.phone if leave.state == "away" and leave.overdue else ""
    unit = leave.state in deeds.GRANTED and ADMIN in holder.role_set and unit_is_told(leave.chain.split())
    return lines(
        state_line(seen),
        say("leaves-phone", phone=phone) if phone else None,
        say("leaves-tell-unit") if unit else None,
    )


def _buttons(seen: Seen, holder: Holder) -> Rows:
    leave, roles = seen.leave, holder.role_set
    cells: list[Button] = []
    if roles & deciders(leave.standing):
        cells += [button("leaves-yes", "leaveyes", leave.id, leave.step),
                  button("leaves-no", "leaveno", leave.id, leave.step),
                  button("leaves-material", "leaveproof", leave.id, leave.step)]  # fmt: skip
        if CLASS_TEACHER in roles and leave.chain.split()[leave.step] == CLASS_TEACHER and not leave.handed_on:
            cells.append(button("leaves-hand-on", "leavehand", leave.id, leave.step))
    if CLASS_TEACHER in roles:
        if leave.state == "need_material":
            cells.append(button("leaves-material-here", "leavegiven", leave.id))
        if leave.state in ("away", "returned"):
            cells.append(button("leaves-confirm", "leavedone", leave.id))
        if leave.kind == "sick" and not leave.proof_seen and leave.state in deeds.GRANTED:
            cells.append(button("leaves-seen", "leaveseen", leave.id))
        if leave.state == "approved" and leave.kind != WITHDRAW:
            cells.append(button("leaves-undo", "leaveundo", leave.id))
    return in_rows(cells)


def card_key(leave_id: int, account_id: int) -> str:
    return f"leave:{leave_id}:{account_id}"


async def shown_at(tx: Tx, leave: Leave, account_id: int) -> int | None:
    """The message in which somebody's card of a leave stands."""
    found = await cards.get(tx, card_key(leave.id, account_id))
    return found.message_id if found else None


async def paint(tx: Tx, leave: Leave, now: datetime, fresh: Collection[int] = (), head: Say | None = None) -> None:
    """Bring the cards of a leave up to date; for the accounts in `fresh` it comes anew, at the foot of the chat."""
    seen = await look(tx, leave, now)
    have = await leaves.carded(tx, leave.id)
    for holder in seen.people:
        if holder.account_id in fresh:
            await cards.lift(tx, card_key(leave.id, holder.account_id))
        elif holder.account_id not in have:
            continue
        message = card(seen, holder, head if holder.account_id in fresh else None)
        await show(tx, card_key(leave.id, holder.account_id), holder.reader, message, now)


def with_role(people: list[Holder], *roles: str) -> set[int]:
    """The accounts that hold one of these roles."""
    return {p.account_id for p in people if p.role_set & set(roles)}


async def handed_to(tx: Tx, leave: Leave, people: list[Holder]) -> int | None:
    """The class teacher to whom the class was handed over, if still there."""
    chosen = await cohorts.in_charge(tx, leave.cohort_id)
    return chosen if any(p.member_id == chosen and CLASS_TEACHER in p.role_set for p in people) else None


def is_second(person: Holder, chosen: int | None) -> bool:
    """Whether somebody is the class teacher who is reminded second: not the one in charge after a handover (`chosen`),
    else the deputy (ROLE-04)."""
    return CLASS_TEACHER in person.role_set and (person.is_deputy if chosen is None else person.member_id != chosen)


async def ask(tx: Tx, leave: Leave, now: datetime, head: Say | None = None) -> None:
    """Put a request before everybody who may decide its step now, with the letter; all of them at once."""
    people = await leaves.holders(tx, leave.cohort_id, now)
    wanted = with_role(people, *deciders(leave.standing))
    for person in people:
        if person.account_id in wanted and leave.letter:
            letter = needs_letter(leave.kind, (await deeds.cohort_of(tx, leave)).rules)
            key = "leaves-letter-of" if letter else "leaves-photo-of"
            photo = Message(say(key, who=who_where(await deeds.member_of(tx, leave))), photo=leave.letter)
            once = f"letter:{leave.id}:{leave.letter}:{person.account_id}"
            await post(tx, person.reader, photo, now, once=once, priority=CARD)
    await paint(tx, leave, now, wanted, head)
    if wanted:
        return
    missing = [say(ROLES[r]) for r in ROLES if r in deciders(leave.standing)]
    for person in people:
        if person.role_set & {CLASS_TEACHER, ADMIN}:
            words = Message(say("leaves-nobody", who=who_where(await deeds.member_of(tx, leave)), roles=missing))
            await post(tx, person.reader, words, now, once=f"leave-nobody:{leave.id}:{leave.step}:{person.account_id}")
