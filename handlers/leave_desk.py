"""[请假审批]: what waits for a decision, who is away, and the decisions (LEAVE-04, ATT-09, ATT-10)."""

from __future__ import annotations

from actions import leave_cards as shown
from actions import leave_steps as steps
from actions import leaves as deeds
from actions.access import access_leave_by_id, need, need_class, roles_in
from actions.leaves import KINDS
from actions.people import who_where
from chat.events import Event, Tap, Text
from chat.messages import Button, Refusal, Reply, Rows, Say, button, lines, say
from chat.turns import on_command, on_step, on_tap, on_word
from handlers.turns import Turn
from rules.leaves import WITHDRAW, deciders
from rules.roles import STAFF, TEACHERS
from storage import leaves
from storage.leaves import Leave
from texts.render import voice

REFUSE = "leaves-refuse"
PAGE = 8
REASONS = ("leaves-no-course", "leaves-no-talk", "leaves-no-unit")
"""Sentences that often fit a refusal, one tap each."""


async def waiting(turn: Turn, said: Event) -> Reply:
    """The list: undecided first, mine on top, then who is away with the time of return."""
    cohort_id = need_class(turn.me)
    undecided = [one for many in (await deeds.pending_of(turn.tx, cohort_id)).values() for one in many]
    undecided.sort(key=lambda leave: (not _mine(turn, leave), leave.stretch.starts_at, leave.id))
    away = await deeds.away_now(turn.tx, cohort_id, None, turn.now)
    parts: list[tuple[Say, Button | None]] = []
    for leave in undecided:
        who = who_where(await deeds.member_of(turn.tx, leave))
        when = shown.span(leave.stretch, turn.me.zone) if leave.kind != WITHDRAW else ""
        state = shown.state_line(await shown.look(turn.tx, leave, turn.now))
        about = say("leaves-line", who=who, kind=say(KINDS[leave.kind]), when=when, state=state)
        parts.append((about, button(say("leaves-look", who=who), "leave", leave.id)))
    for person in away:
        late = person.overdue or person.ends_at < turn.now
        who = who_where(person.member)
        key = "leaves-line-late" if late else "leaves-line-away"
        about = say(key, who=who, end=person.ends_at, day=person.ends_at.astimezone(turn.me.voice.zone).date(),
                    phone=person.member.phone)  # fmt: skip
        parts.append((about, button(say("leaves-look", who=who), "leave", person.leave_id)))
    return _page(parts, len(undecided), len(away), said.number() if isinstance(said, Tap) else 0, said)


def _page(parts: list[tuple[Say, Button | None]], undecided: int, away: int, page: int, said: Event) -> Reply:
    if not parts:
        return Reply(say("leaves-none"), edit=isinstance(said, Tap))
    first = min(page, (len(parts) - 1) // PAGE) * PAGE
    shown_now = parts[first : first + PAGE]
    text = lines(say("leaves-list", undecided=undecided, away=away), *(about for about, _ in shown_now))
    rows: list[tuple[Button, ...]] = [(cell,) for _, cell in shown_now if cell is not None]
    if len(parts) > PAGE:
        pages = range(0, len(parts), PAGE)
        rows.append(
            tuple(button(say("leaves-page", page=n + 1), "leaves", n) for n, at in enumerate(pages) if at != first)
        )
    return Reply(text, tuple(rows), edit=isinstance(said, Tap))


def _mine(turn: Turn, leave: Leave) -> bool:
    return bool(deciders(leave.standing) & turn.me.roles)


async def look(turn: Turn, said: Tap) -> Reply:
    """One request, at the foot of the chat, with its buttons."""
    leave = await _staff_leave(turn, said.number())
    await shown.paint(turn.tx, leave, turn.now, {turn.me.account_id})
    return Reply()


async def _staff_leave(turn: Turn, id: int) -> Leave:
    leave = await access_leave_by_id(turn.tx, turn.me, id)
    if not roles_in(turn.me, leave.cohort_id) & STAFF:
        need(turn.me)
    return leave


async def agree(turn: Turn, said: Tap) -> Reply:
    """[同意]; the second tap, of the same or another, is answered with how things stand."""
    leave = await _staff_leave(turn, said.number())
    if not _is_open(turn, leave, said):
        return await _as_it_stands(turn, leave, said)
    done = await steps.agree(turn.tx, turn.me, leave, turn.now)
    reply = await _as_it_stands(turn, done, said)
    member = await deeds.member_of(turn.tx, done)
    if done.kind != WITHDRAW or done.state != "approved" or member.account_id is None:
        return reply
    return Reply(reply.text, reply.buttons, edit=reply.edit, toast=reply.toast, commands=(member.account_id,))


def _is_open(turn: Turn, leave: Leave, said: Tap) -> bool:
    """Whether the step that stands on the button is still the one, and the speaker's to decide."""
    return leave.step == said.number(1) and steps.deciding_role(turn.me, leave) is not None


async def _as_it_stands(turn: Turn, leave: Leave, said: Tap) -> Reply:
    """The present state in the small window; an old copy of the card is brought up to date where it is."""
    seen = await shown.look(turn.tx, leave, turn.now)
    last = shown.story(seen)[-1:]
    toast = say("leaves-toast", state=lines(*last, shown.state_line(seen)))
    if said.message_id == await shown.shown_at(turn.tx, leave, turn.me.account_id):
        await shown.paint(turn.tx, leave, turn.now)
        return Reply(toast=toast)
    holder = next((p for p in seen.people if p.account_id == turn.me.account_id), None)
    if holder is None:
        return Reply(toast=toast)
    message = shown.card(seen, holder)
    return Reply(message.text, message.buttons, edit=True, toast=toast)


async def refuse(turn: Turn, said: Tap) -> Reply:
    """[不同意]: wants a sentence; three usual ones are a tap away."""
    leave = await _staff_leave(turn, said.number())
    if not _is_open(turn, leave, said):
        return await _as_it_stands(turn, leave, said)
    rows: Rows = tuple((button(key, "leavenowhy", leave.id, leave.step, n),) for n, key in enumerate(REASONS))
    who = who_where(await deeds.member_of(turn.tx, leave))
    return Reply(say("leaves-ask-sentence", who=who), rows, then=REFUSE, memo={"id": leave.id, "step": leave.step})


async def refuse_with(turn: Turn, said: Tap) -> Reply:
    """A usual sentence (`leavenowhy:<leave>:<step>:<n>`)."""
    leave = await _staff_leave(turn, said.number())
    if not _is_open(turn, leave, said):
        return await _as_it_stands(turn, leave, said)
    sentence = voice("zh", turn.me.zone).plain(say(REASONS[min(said.number(2), len(REASONS) - 1)]))
    await steps.refuse(turn.tx, turn.me, leave, sentence, turn.now)
    return Reply(say("leaves-refused-done"), edit=True)


async def sentence(turn: Turn, said: Event) -> Reply:
    """Why not, typed."""
    leave = await _staff_leave(turn, turn.talk.number("id"))
    if not isinstance(said, Text) or len(said.text.strip()) < 2:
        return Reply(say("leaves-why-not-short"), then=REFUSE, memo=turn.talk.memo)
    if leave.step != turn.talk.memo.get("step"):
        raise Refusal("leaves-not-now", state=await steps.present_state(turn.tx, leave, turn.now))
    await steps.refuse(turn.tx, turn.me, leave, said.text[:200], turn.now)
    return Reply(say("leaves-refused-done"))


async def want_material(turn: Turn, said: Tap) -> Reply:
    """[要材料]."""
    leave = await _staff_leave(turn, said.number())
    if _is_open(turn, leave, said):
        leave = await steps.ask_material(turn.tx, turn.me, leave, turn.now)
    return await _as_it_stands(turn, leave, said)


async def material_here(turn: Turn, said: Tap) -> Reply:
    """[材料已交]: what was asked for was handed over on paper."""
    leave = await _staff_leave(turn, said.number())
    if leave.state == "need_material":
        leave = await steps.give_material(turn.tx, turn.me, leave, turn.now)
    return await _as_it_stands(turn, leave, said)


async def hand_on(turn: Turn, said: Tap) -> Reply:
    """[转教务]."""
    leave = await _staff_leave(turn, said.number())
    if _is_open(turn, leave, said) and not leave.handed_on:
        leave = await steps.hand_on(turn.tx, turn.me, leave, turn.now)
    return await _as_it_stands(turn, leave, said)


async def confirm(turn: Turn, said: Tap) -> Reply:
    """[确认销假]; for who forgot to report back it says that he is back now."""
    leave = await _staff_leave(turn, said.number())
    if leave.state in ("away", "returned"):
        leave = await steps.confirm(turn.tx, turn.me, leave, turn.now)
    return await _as_it_stands(turn, leave, said)


async def see_proof(turn: Turn, said: Tap) -> Reply:
    """[已看证明]."""
    leave = await _staff_leave(turn, said.number())
    await steps.see_proof(turn.tx, turn.me, leave, turn.now)
    return await _as_it_stands(turn, await leaves.get(turn.tx, leave.id) or leave, said)


ROUTES = (
    on_word("menu-leaves", waiting, who=STAFF),
    on_command("leaves", waiting, who=STAFF, about="leaves-list-about"),
    on_tap("leaves", waiting, who=STAFF),
    on_tap("leave", look, who=STAFF),
    on_tap("leaveyes", agree, who=STAFF),
    on_tap("leaveno", refuse, who=STAFF),
    on_tap("leavenowhy", refuse_with, who=STAFF),
    on_step(REFUSE, sentence, who=STAFF),
    on_tap("leaveproof", want_material, who=STAFF),
    on_tap("leavegiven", material_here, who=TEACHERS),
    on_tap("leavehand", hand_on, who=TEACHERS),
    on_tap("leavedone", confirm, who=TEACHERS),
    on_tap("leaveseen", see_proof, who=TEACHERS),
)
