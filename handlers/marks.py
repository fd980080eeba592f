"""One mark in full: where it comes from, every change of it, and changing it with a reason (ATT-11)."""

from __future__ import annotations

from actions import marks as deeds
from actions import rolls
from actions.access import access_called_by_id, access_roll_by_id
from actions.marks import state_of
from actions.people import in_rows, who_where
from actions.rollcalls import TIME_CHECK
from chat.events import Event, Tap, Text
from chat.messages import Keyboard, Lines, Refusal, Reply, button, lines, say
from chat.turns import on_step, on_tap
from handlers import menus
from handlers.turns import Turn
from rules.attendance import STATUSES, needs_reason
from rules.roles import TEACHERS
from storage import marks
from storage.marks import UNMARKED, Mark
from storage.members import Member
from storage.rolls import Roll

WHY = "mark-why"
REASONS = 4
HISTORY = 5
ORDER = ("present", "late", "early_leave", "class_duty", "absent", "unmarked", "leave_personal", "leave_sick",
         "leave_official")  # fmt: skip
BACK = Keyboard(((say("menu-back"),),))


async def fix(turn: Turn, said: Tap) -> Reply:
    """All of one mark, and the statuses it may be given (`fix:<list>:<member>`)."""
    roll = await access_roll_by_id(turn.tx, turn.me, said.number())
    member = await access_called_by_id(turn.tx, turn.me, said.number(1))
    mark = await marks.get(turn.tx, roll.id, member.id)
    now = mark.status if mark else UNMARKED
    cells = [
        button(say("marks-status", icon=say(f"status-icon-{s}"), status=say(f"status-{s}")), "fixto", roll.id,
               member.id, s)
        for s in ORDER if s != now
    ]  # fmt: skip
    back = button("rolls-back-to-group", "rollgrid", roll.id, member.group_no or 0, "e", 0)
    return Reply(await _about(turn, roll, member, mark), (*in_rows(cells, 3), (back,)), edit=True)


async def _about(turn: Turn, roll: Roll, member: Member, mark: Mark | None) -> Lines:
    """Who, what stands and from where, what other sources said, and the last changes."""
    others = [e for e in await marks.evidence_of(turn.tx, roll.id) if e.member_id == member.id]
    changes = await marks.events_of(turn.tx, roll.id, member.id)
    now = mark.status if mark else UNMARKED
    return lines(
        say("marks-who", who=who_where(member), title=roll.title_in(turn.me.lang)),
        say("marks-now", status=say(f"status-{now}")) if mark is None
        else say("marks-now-from", status=say(f"status-{now}"), source=say(f"marks-source-{mark.source}"), at=mark.at),
        say("marks-time-check") if mark is not None and TIME_CHECK in mark.flags else None,
        *(say("marks-other", status=say(f"status-{e.status}"), source=say(f"marks-source-{e.source}"), at=e.at)
          for e in others[-HISTORY:]),
        *(say("marks-event", at=c.at, old=say(f"status-{c.old}"), new=say(f"status-{c.new}"), reason=c.reason)
          for c in changes[-HISTORY:] if c.old != c.new),
    )  # fmt: skip


async def fix_to(turn: Turn, said: Tap) -> Reply:
    """A status was chosen: done where no reason is needed, else the reason is asked (`fixto:<list>:<member>:<s>`)."""
    roll = await access_roll_by_id(turn.tx, turn.me, said.number())
    member = await access_called_by_id(turn.tx, turn.me, said.number(1))
    status = _status(said)
    mark = await marks.get(turn.tx, roll.id, member.id)
    if not needs_reason("decide", mark.status if mark else UNMARKED, state_of(roll, turn.now)):
        return await _done(turn, roll, member, status, "", edit=True)
    quick = [button(f"marks-reason-{n}", "fixwhy", roll.id, member.id, status, n) for n in range(1, REASONS + 1)]
    text = say("marks-ask-why", who=who_where(member), status=say(f"status-{status}"))
    return Reply(text, in_rows(quick), edit=True, then=WHY,
                 memo={"roll": roll.id, "member": member.id, "status": status})  # fmt: skip


async def fix_why(turn: Turn, said: Tap) -> Reply:
    """One of the usual reasons (`fixwhy:<list>:<member>:<status>:<n>`)."""
    roll = await access_roll_by_id(turn.tx, turn.me, said.number())
    member = await access_called_by_id(turn.tx, turn.me, said.number(1))
    number = said.number(3)
    if not 1 <= number <= REASONS:
        raise Refusal("refusals-not-here")
    reason = turn.me.voice.plain(say(f"marks-reason-{number}"))
    return await _done(turn, roll, member, _status(said), reason, edit=True)


async def why(turn: Turn, said: Event) -> Reply:
    """The reason in own words."""
    roll = await access_roll_by_id(turn.tx, turn.me, turn.talk.number("roll"))
    member = await access_called_by_id(turn.tx, turn.me, turn.talk.number("member"))
    reason = said.text.strip() if isinstance(said, Text) else ""
    if len(reason) < 2:
        return Reply(say("marks-why"), keyboard=BACK, then=WHY, memo=turn.talk.memo)
    return await _done(turn, roll, member, _known(turn.talk.word("status")), reason[:200], edit=False)


async def _done(turn: Turn, roll: Roll, member: Member, status: str, reason: str, edit: bool) -> Reply:
    await deeds.decide(turn.tx, turn.me, roll, member, status, turn.now, reason=reason)
    await rolls.paint(turn.tx, roll, turn.now, only_shown=True)
    key = "marks-done-told" if roll.closed_at is not None and member.account_id else "marks-done"
    text = say(key, who=who_where(member), status=say(f"status-{status}"))
    if edit:
        back = button("rolls-back-to-group", "rollgrid", roll.id, member.group_no or 0, "e", 0)
        return Reply(text, ((back,),), edit=True)
    return Reply(text, keyboard=menus.keyboard(turn.me))


def _status(said: Tap) -> str:
    return _known(said.args[2] if len(said.args) > 2 else "")


def _known(status: str) -> str:
    if status not in STATUSES:
        raise Refusal("refusals-not-here")
    return status


ROUTES = (
    on_tap("fix", fix, who=TEACHERS),
    on_tap("fixto", fix_to, who=TEACHERS),
    on_tap("fixwhy", fix_why, who=TEACHERS),
    on_step(WHY, why, who=TEACHERS),
)
