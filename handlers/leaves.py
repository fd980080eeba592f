"""[请假/外出]: the form in four taps, one's own leaves, [撤回] and [我已返回] (ATT-08, ATT-10, UI-02)."""

from __future__ import annotations

from actions import leave_steps as steps
from actions import leaves as deeds
from actions.access import access_leave_by_id, need_trainee
from actions.leave_cards import look as looked
from actions.leave_cards import span, state_line
from actions.leaves import KINDS
from chat.events import Event, Media, Tap, Text
from chat.messages import Button, Message, Refusal, Reply, Rows, Say, button, lines, say
from chat.turns import on_command, on_step, on_tap, on_word
from handlers import leave_forms, menus
from handlers.leave_forms import MATERIAL, ask_next
from handlers.turns import Turn
from rules.leaves import WITHDRAW, may_withdraw, needs_letter
from rules.roles import TEACHERS, TRAINEES
from storage import accounts, leaves
from storage.leaves import Leave

OPEN = ("pending", "need_material", "approved", "away", "returned")
SHOWN = 4


async def menu(turn: Turn, said: Event) -> Reply:
    """Own leaves that are not over; what was begun and not sent; else the kinds."""
    own = await leaves.of_member(turn.tx, need_trainee(turn.me), OPEN)
    told = [await _own_line(turn, leave) for leave in own[-SHOWN:]]
    rows: list[tuple[Button, ...]] = [row for leave in own[-SHOWN:] if (row := _own_buttons(turn, leave))]
    draft = await leaves.draft_of(turn.tx, turn.me.member_id)
    if draft is not None and (draft.place or draft.reason or (draft.starts_at and draft.kind != WITHDRAW)):
        when = span(draft.stretch, turn.me.zone) if draft.starts_at and draft.kind != WITHDRAW else ""
        ask: Say = say("leaves-draft", kind=say(KINDS[draft.kind]), when=when)
        rows.append((button("leaves-go-on", "leavego", draft.id), button("leaves-anew", "leaveanew")))
    else:
        ask = say("leaves-which")
        rows += leave_forms.kind_rows()
    return Reply(lines(say("leaves-own") if told else None, *told, ask), tuple(rows), edit=isinstance(said, Tap))


async def _own_line(turn: Turn, leave: Leave) -> Say:
    seen = await looked(turn.tx, leave, turn.now)
    when = span(leave.stretch, turn.me.zone) if leave.kind != WITHDRAW else ""
    return say("leaves-own-line", kind=say(KINDS[leave.kind]), when=when, state=state_line(seen))


def _own_buttons(turn: Turn, leave: Leave) -> tuple[Button, ...]:
    """What one can do about an own leave now."""
    row: list[Button] = []
    if leave.state == "need_material":
        row.append(button("leaves-give", "leavegive", leave.id))
    begun = leave.state in ("approved", "away") and not may_withdraw(leave.stretch, turn.now)
    if begun and leave.kind != WITHDRAW:
        row.append(button("menu-return", "leaveback"))
    elif leave.state in ("pending", "need_material", "approved"):
        row.append(button("leaves-withdraw", "leaveundo", leave.id))
    return tuple(row)


async def anew(turn: Turn, said: Tap) -> Reply:
    """[重写]: the draft is thrown away."""
    draft = await leaves.draft_of(turn.tx, need_trainee(turn.me))
    if draft is not None:
        await leaves.remove_draft(turn.tx, draft.id)
    return Reply(say("leaves-which"), leave_forms.kind_rows(), edit=True)


async def go_on(turn: Turn, said: Tap) -> Reply:
    """[继续]: the next thing that is missing, or the preview."""
    return await ask_next(turn, await access_leave_by_id(turn.tx, turn.me, said.number()))


async def more(turn: Turn, said: Tap) -> Reply:
    """[更多]: leaving the class for good, with what it means."""
    rows: Rows = ((button(KINDS[WITHDRAW], "leavekind", WITHDRAW),), (button("leaves-back-to-kinds", "leavemenu"),))
    return Reply(say("leaves-more-how"), rows, edit=True)


async def give(turn: Turn, said: Tap) -> Reply:
    """[补材料]: waits for what was asked for."""
    leave = await access_leave_by_id(turn.tx, turn.me, said.number())
    if leave.state != "need_material":
        raise Refusal("leaves-not-now", state=await steps.present_state(turn.tx, leave, turn.now))
    return Reply(say(await _wanted(turn, leave)), then=MATERIAL, memo={"id": leave.id})


async def _wanted(turn: Turn, leave: Leave) -> str:
    if needs_letter(leave.kind, (await deeds.cohort_of(turn.tx, leave)).rules):
        return "leaves-send-letter"
    return "leaves-send-proof" if leave.kind == "sick" else "leaves-send-words"


async def material(turn: Turn, said: Event) -> Reply:
    """What was asked for: a photo of the letter, or words; the proof of an illness is shown on paper only."""
    leave = await access_leave_by_id(turn.tx, turn.me, turn.talk.number("id"))
    again = Reply(say(await _wanted(turn, leave)), then=MATERIAL, memo=turn.talk.memo)
    photo = said.file_id if isinstance(said, Media) and said.kind == "photo" and leave.kind != "sick" else ""
    words = " ".join(said.text.split())[:200] if isinstance(said, Text) else ""
    letter = needs_letter(leave.kind, (await deeds.cohort_of(turn.tx, leave)).rules)
    if not photo and (letter or not words):
        return again
    await steps.give_material(turn.tx, turn.me, leave, turn.now, photo=photo, words=words)
    return Reply(say("leaves-given"), keyboard=menus.keyboard(turn.me))


async def undo(turn: Turn, said: Tap) -> Reply:
    """[撤回]: asks once more; staff may do it for somebody who telephones."""
    leave = await access_leave_by_id(turn.tx, turn.me, said.number())
    when = span(leave.stretch, turn.me.zone) if leave.starts_at and leave.kind != WITHDRAW else ""
    text = say("leaves-undo-sure", kind=say(KINDS[leave.kind]), when=when)
    return Reply(text, ((button("leaves-undo-yes", "leaveundoyes", leave.id),),))


async def undo_now(turn: Turn, said: Tap) -> Reply:
    """The request is taken back; whatever it had set is undone."""
    leave = await access_leave_by_id(turn.tx, turn.me, said.number())
    await steps.withdraw(turn.tx, turn.me, leave, turn.now)
    return Reply(say("leaves-undone"), edit=True)


async def back(turn: Turn, said: Event) -> Reply:
    """[我已返回], by the time of the message (RULE-4)."""
    own = await leaves.of_member(turn.tx, need_trainee(turn.me), ("approved", "returned"))
    running = await steps.running(turn.tx, turn.me.member_id, said.at)
    for leave in running:
        await steps.come_back(turn.tx, turn.me, leave, said.at, turn.now)
    me = await accounts.who(turn.tx, turn.me.account_id, turn.now) or turn.me
    keys = menus.keyboard(me)
    if running:
        return Reply(say("leaves-welcome", at=said.at), keyboard=keys)
    coming = next((leave for leave in own if leave.state == "approved" and leave.kind != WITHDRAW), None)
    if coming is not None:
        undo_it = ((button("leaves-withdraw", "leaveundo", coming.id),),)
        soon = Message(say("leaves-not-begun", when=span(coming.stretch, me.zone)), undo_it)
        return Reply(soon.text, soon.buttons)
    last = next((leave for leave in reversed(own) if leave.state == "returned"), None)
    return Reply(say("leaves-back-already", at=last.back_at) if last else say("leaves-not-away"), keyboard=keys)


ROUTES = (
    on_word("menu-leave", menu, who=TRAINEES),
    on_command("leave", menu, who=TRAINEES, about="leaves-about"),
    on_word("menu-return", back, who=TRAINEES),
    on_command("back", back, who=TRAINEES, about="leaves-back-about"),
    on_tap("leaveback", back, who=TRAINEES),
    on_tap("leavemenu", menu, who=TRAINEES),
    on_tap("leavemore", more, who=TRAINEES),
    on_tap("leavego", go_on, who=TRAINEES),
    on_tap("leaveanew", anew, who=TRAINEES),
    on_tap("leavegive", give, who=TRAINEES),
    on_step(MATERIAL, material, who=TRAINEES),
    on_tap("leaveundo", undo, who=TRAINEES | TEACHERS),
    on_tap("leaveundoyes", undo_now, who=TRAINEES | TEACHERS),
    *leave_forms.ROUTES,
)
