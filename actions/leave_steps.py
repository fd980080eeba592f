"""What becomes of a request: agreed, refused, taken back, back again, 销假. Every step is an event, and of two people
who decide at once the first wins (LEAVE-04, ATT-09, ATT-10)."""

from __future__ import annotations

from datetime import datetime, timedelta

from msgspec import structs

from actions import leave_cards as shown
from actions import leave_notes as notes
from actions import leaves as deeds
from actions import ledgers
from actions.access import roles_in
from chat.messages import Keyboard, Lines, Message, Refusal, button, lines, say
from rules import leaves as rules_of_leave
from rules.leaves import SYSTEM, WITHDRAW, deciders, next_state
from rules.roles import CLASS_TEACHER, TRAINEE
from storage import audits, dues, leaves, members, notice_copies, outbox, talks
from storage.accounts import Me
from storage.dues import Due
from storage.leaves import Leave, LeaveEvent, Moved
from storage.tx import Tx

NUDGE, START, OVERDUE = "leave-nudge", "leave-start", "leave-overdue"
KEPT = timedelta(days=14)
"""So long a thing of the clock may be late; each looks at the leave again (SCH-08)."""
DECISIONS = ("agree", "refuse")


async def advance(
    tx: Tx, leave: Leave, act: str, role: str, now: datetime, *, who: int | None, words: str = "",
    at: Moved | None = None,
) -> Leave:  # fmt: skip
    """Move a leave on along section 21, once: refuses what its state does not allow, and who comes second."""
    new = next_state(leave.standing, act, role)
    if new is None or not await leaves.set_standing(tx, leave.id, leave.standing, new, at or Moved()):
        raise Refusal("leaves-not-now", state=await present_state(tx, leave, now))
    await _note(tx, leave, act, role, leave.state, new.state, now, who=who, words=words)
    return await leaves.get(tx, leave.id) or leave


async def _note(
    tx: Tx, leave: Leave, act: str, role: str, old: str, new: str, now: datetime, *, who: int | None, words: str = ""
) -> None:  # fmt: skip
    """Write an act down: the chain of the leave, and the audit (XC-05)."""
    step = leave.step if act in DECISIONS else None
    event = LeaveEvent(leave_id=leave.id, at=now, who=who, act=act, step=step, role=role, old=old, new=new, words=words)
    await leaves.add_event(tx, event)
    await audits.add(tx, now, f"leave-{act}", f"leave:{leave.id}", who=who, cohort_id=leave.cohort_id, old=old,
                     new=new, why=words)  # fmt: skip


async def present_state(tx: Tx, leave: Leave, now: datetime) -> Lines:
    """How a leave stands now, and who decided last: the answer to whoever comes second."""
    fresh = await leaves.get(tx, leave.id) or leave
    seen = await shown.look(tx, fresh, now)
    return lines(*shown.story(seen)[-1:], shown.state_line(seen))


def deciding_role(me: Me, leave: Leave) -> str | None:
    """The role in which somebody may decide the present step; nobody decides the own leave."""
    may = deciders(leave.standing) & roles_in(me, leave.cohort_id)
    if not may or me.member_id == leave.member_id:
        return None
    own = leave.chain.split()[leave.step]
    return own if own in may else min(may)


def need_teacher(me: Me, leave: Leave) -> None:
    """Only a class teacher of that class."""
    if CLASS_TEACHER not in roles_in(me, leave.cohort_id):
        raise Refusal("refusals-no-right")


def own_or_teacher(me: Me, leave: Leave) -> str:
    """The role in which one acts: for oneself, or as class teacher for somebody."""
    if me.member_id == leave.member_id:
        return TRAINEE
    need_teacher(me, leave)
    return CLASS_TEACHER


async def need_decider(tx: Tx, me: Me, leave: Leave, now: datetime) -> str:
    """The role in which one decides; else a refusal that says how things stand."""
    role = deciding_role(me, leave)
    if role is None:
        raise Refusal("leaves-not-now", state=await present_state(tx, leave, now))
    return role


async def wait_for_decision(tx: Tx, leave: Leave, now: datetime) -> None:
    """A step begins: its deciders are asked at once, and reminded while they are silent (ATT-09)."""
    await shown.ask(tx, leave, now)
    cohort, people = await deeds.cohort_of(tx, leave), await leaves.holders(tx, leave.cohort_id, now)
    chosen = await shown.handed_to(tx, leave, people)
    deputy = any(shown.is_second(person, chosen) for person in people)
    planned = rules_of_leave.nudges(now, leave.chain.split()[leave.step], cohort.rules, deputy)
    stamp = round(now.timestamp())
    await dues.put(
        tx,
        [Due(cohort_id=leave.cohort_id, kind=NUDGE, what=f"{leave.id}:{leave.step}:{number}:{nudge.to}:{stamp}",
             at=nudge.at, until=nudge.at + KEPT) for number, nudge in enumerate(planned)],
    )  # fmt: skip


async def agree(tx: Tx, me: Me, leave: Leave, now: datetime) -> Leave:
    """[同意]: the next step is asked, or the leave is approved."""
    role = await need_decider(tx, me, leave, now)
    last = next_state(leave.standing, "agree", role)
    moved = Moved(decided_at=now) if last and last.state == "approved" else Moved(step_at=now)
    leave = await advance(tx, leave, "agree", role, now, who=me.account_id, at=moved)
    if leave.state == "approved":
        return await _approved(tx, leave, now, me.account_id)
    await wait_for_decision(tx, leave, now)
    seen = await shown.look(tx, leave, now)
    await notes.tell(tx, leave, Message(lines(*shown.story(seen)[-1:], shown.state_line(seen)), silent=True), now)
    return leave


async def _approved(tx: Tx, leave: Leave, now: datetime, who: int) -> Leave:
    if leave.kind == WITHDRAW:
        return await _leave_class(tx, leave, now, who)
    cohort, when = await deeds.cohort_of(tx, leave), leave.stretch
    await deeds.settle_marks(tx, cohort, leave.member_id, now)
    await ledgers.warn(tx, cohort, [leave.member_id], now)
    course = await deeds.course_of(tx, leave.cohort_id)
    alarm = rules_of_leave.overdue_at(when.ends_at, course.ends_at, cohort.rules) if course else None
    planned = [(START, when.starts_at)] + ([(OVERDUE, alarm)] if alarm else [])
    await dues.put(tx, [Due(cohort_id=leave.cohort_id, kind=kind, what=str(leave.id), at=at, until=at + KEPT)
                        for kind, at in planned])  # fmt: skip
    if when.ends_at <= now:
        await notes.tell(tx, leave, Message(say("leaves-granted-past", when=shown.span(when, cohort.timezone))), now)
    else:
        await notes.tell(tx, leave, await notes.exit_pass(tx, leave, now), now, urgent=True)
        await notes.tell_leaders(tx, leave, now, "leaves-is-away")
    if when.starts_at <= now:
        leave = await start(tx, leave, now)
        if when.ends_at <= now:
            leave = await back_as_seen(tx, leave, now)
    await shown.paint(tx, leave, now)
    return leave


async def _leave_class(tx: Tx, leave: Leave, now: datetime, who: int) -> Leave:
    """A withdrawal (退班) is approved: the seat keeps its past, the person gets a last word and nothing more."""
    member = await deeds.member_of(tx, leave)
    for other in await leaves.of_member(tx, member.id, ("pending", "need_material", "approved")):
        if other.id != leave.id:
            await shown.paint(tx, await advance(tx, other, "withdraw", TRAINEE, now, who=who), now)
    await deeds.settle_marks(tx, await deeds.cohort_of(tx, leave), member.id, now)
    if member.account_id is not None:
        await notice_copies.withdraw(tx, member.account_id)
        await outbox.forget_chat(tx, member.account_id, "withdrawn")
        await talks.end(tx, member.account_id)
        title = (await deeds.cohort_of(tx, leave)).title
        await notes.tell(tx, leave, Message(say("leaves-farewell", title=title), keyboard=Keyboard()), now)
    await members.set_left(tx, member.id, now)
    await shown.paint(tx, leave, now)
    return leave


async def refuse(tx: Tx, me: Me, leave: Leave, sentence: str, now: datetime) -> Leave:
    """[不同意]: with a sentence, which the person reads (LEAVE-04)."""
    role = await need_decider(tx, me, leave, now)
    words = " ".join(sentence.split())
    if not 2 <= len(words) <= 200:
        raise Refusal("leaves-why-not-short")
    leave = await advance(tx, leave, "refuse", role, now, who=me.account_id, words=words, at=Moved(decided_at=now))
    await notes.tell(
        tx, leave, Message(say("leaves-refused", words=words), ((button("leaves-again", "leavemenu"),),)), now
    )
    await shown.paint(tx, leave, now)
    return leave


async def ask_material(tx: Tx, me: Me, leave: Leave, now: datetime) -> Leave:
    """[要材料]: the person is asked for the letter, the proof on paper, or more words."""
    role = await need_decider(tx, me, leave, now)
    leave = await advance(tx, leave, "ask_material", role, now, who=me.account_id)
    cohort = await deeds.cohort_of(tx, leave)
    letter = rules_of_leave.needs_letter(leave.kind, cohort.rules)
    key = "leaves-wants-letter" if letter else "leaves-wants-proof" if leave.kind == "sick" else "leaves-wants-words"
    rows = ((button("leaves-give", "leavegive", leave.id),),)
    await notes.tell(tx, leave, Message(say(key), rows), now)
    await shown.paint(tx, leave, now)
    return leave


async def give_material(tx: Tx, me: Me, leave: Leave, now: datetime, *, photo: str = "", words: str = "") -> Leave:
    """What was asked for is there; the same step is decided anew."""
    role = own_or_teacher(me, leave)
    if photo:
        await leaves.set_letter(tx, leave.id, photo)
    leave = await advance(tx, leave, "give_material", role, now, who=me.account_id, words=words, at=Moved(step_at=now))
    await wait_for_decision(tx, leave, now)
    return leave


async def hand_on(tx: Tx, me: Me | None, leave: Leave, now: datetime) -> Leave:
    """[转教务], or nobody answered (None): the administrator may decide the class teacher's step too."""
    if me:
        need_teacher(me, leave)
    who, role = (me.account_id, CLASS_TEACHER) if me else (None, SYSTEM)
    leave = await advance(tx, leave, "hand_on", role, now, who=who)
    await shown.ask(tx, leave, now, say("leaves-handed-on"))
    return leave


async def withdraw(tx: Tx, me: Me, leave: Leave, now: datetime) -> Leave:
    """[撤回]: an undecided request at any time, an approved one before it starts (section 21)."""
    role = own_or_teacher(me, leave)
    if leave.state == "approved" and not rules_of_leave.may_withdraw(leave.stretch, now):
        raise Refusal("leaves-has-begun")
    granted = leave.state == "approved"
    leave = await advance(tx, leave, "withdraw", role, now, who=me.account_id, at=Moved(closed_at=now))
    if granted:
        await deeds.settle_marks(tx, await deeds.cohort_of(tx, leave), leave.member_id, now)
        await notes.tell_leaders(tx, leave, now, "leaves-is-staying")
    if role == CLASS_TEACHER:
        await notes.tell(tx, leave, Message(say("leaves-undone-for-you")), now)
    await shown.paint(tx, leave, now)
    return leave


async def start(tx: Tx, leave: Leave, now: datetime) -> Leave:
    """The leave begins."""
    return await advance(tx, leave, "start", SYSTEM, now, who=None)


async def come_back(tx: Tx, me: Me, leave: Leave, at: datetime, now: datetime) -> Leave:
    """[我已返回], at the time of the message; the class teachers confirm (销假)."""
    if me.member_id != leave.member_id:
        raise Refusal("refusals-not-here")
    return await _back(tx, leave, "come_back", at, now, me.account_id)


async def _back(tx: Tx, leave: Leave, act: str, at: datetime, now: datetime, who: int | None, words: str = "") -> Leave:
    if leave.state == "approved" and leave.stretch.starts_at <= at:
        leave = await start(tx, leave, now)
    leave = await advance(tx, leave, act, TRAINEE, now, who=who, words=words, at=Moved(back_at=at))
    await deeds.settle_marks(tx, await deeds.cohort_of(tx, leave), leave.member_id, now)
    people = await leaves.holders(tx, leave.cohort_id, now)
    await shown.paint(tx, leave, now, shown.with_role(people, CLASS_TEACHER), say("leaves-back-head", at=at))
    await notes.tell_leaders(tx, leave, now, "leaves-is-back")
    return leave


async def running(tx: Tx, member_id: int, at: datetime) -> list[Leave]:
    """A person's leaves that have begun and are not over by a return."""
    found = await leaves.of_member(tx, member_id, ("approved", "away"))
    return [leave for leave in found if leave.kind != WITHDRAW and leave.stretch.starts_at <= at]


async def come_back_by_check_in(tx: Tx, me: Me, at: datetime, now: datetime) -> bool:
    """Who checks in is here: a leave that runs ends with it (ATT-10). Whether there was one."""
    found = await running(tx, me.member_id, at)
    for leave in found:
        await _back(tx, leave, "check_in", at, now, me.account_id)
    return bool(found)


async def back_as_seen(tx: Tx, leave: Leave, now: datetime) -> Leave:
    """Somebody who was called in a list after the end of the leave is back, whoever called (SCH-08)."""
    end = leave.stretch.ends_at
    if leave.state == "away" and await deeds.seen_since(tx, leave, end):
        return await _back(tx, leave, "check_in", end, now, None)
    return leave


async def confirm(tx: Tx, me: Me, leave: Leave, now: datetime) -> Leave:
    """销假: the class teacher confirms the return, or notes it now for who forgot; the hours are fixed."""
    need_teacher(me, leave)
    back = leave.back_at or now
    leave = await advance(tx, leave, "confirm", CLASS_TEACHER, now, who=me.account_id,
                          at=Moved(closed_at=now, back_at=back))  # fmt: skip
    cohort = await deeds.cohort_of(tx, leave)
    hours = await deeds.served_hours(tx, cohort, leave)
    await leaves.set_hours(tx, leave.id, hours)
    leave = structs.replace(leave, hours=hours)
    await deeds.settle_marks(tx, cohort, leave.member_id, now)
    await notes.tell(tx, leave, Message(say("leaves-closed", at=back, hours=hours), silent=True), now)
    await shown.paint(tx, leave, now)
    return leave


async def see_proof(tx: Tx, me: Me, leave: Leave, now: datetime) -> None:
    """[已看证明]: ticked, nothing is photographed (LEAVE-01)."""
    need_teacher(me, leave)
    if leave.kind != "sick" or leave.state not in rules_of_leave.COUNTED:
        raise Refusal("leaves-not-now", state=await present_state(tx, leave, now))
    if await leaves.set_proof_seen(tx, leave.id):
        await _note(tx, leave, "proof", CLASS_TEACHER, leave.state, leave.state, now, who=me.account_id)
    await shown.paint(tx, await leaves.get(tx, leave.id) or leave, now)
