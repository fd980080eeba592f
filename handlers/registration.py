"""The registration desk in the chat: a seat number or a part of the name, then one tap (ATT-23)."""

from __future__ import annotations

from actions import joining
from actions import registration as deeds
from actions.access import access_called_by_id, access_roll_by_id
from actions.people import in_rows
from chat.events import Tap, Text
from chat.messages import Lines, Reply, Rows, button, say
from chat.turns import on_tap
from handlers.turns import Turn
from rules.roles import ADMIN, CLASS_TEACHER
from storage import marks, members
from storage.marks import UNMARKED
from storage.members import Member
from storage.rolls import Roll

STAFF = frozenset({CLASS_TEACHER, ADMIN})
MOST = 12


async def search(turn: Turn, said: Text) -> Reply | None:
    """Free text of staff while the desk is open: one person, some to choose from, or None when it names nobody."""
    roll = await deeds.open_desk(turn.tx, turn.me, turn.now)
    found = await deeds.find(turn.tx, roll, said.text) if roll else []
    if roll is None or not found:
        return None
    if len(found) == 1:
        text, rows = await _panel(turn, roll, found[0])
        return Reply(text, rows)
    cells = [button(say("rolls-person", name=p.name, group=p.group_no or 0, seat=p.seat_no or 0), "desk", roll.id, p.id)
             for p in found[:MOST]]  # fmt: skip
    return Reply(say("registration-which", count=len(found)), in_rows(cells, 1))


async def person(turn: Turn, said: Tap) -> Reply:
    """One person, and what may be done (`desk:<list>:<member>[:<here|key|paper>]`)."""
    roll = await access_roll_by_id(turn.tx, turn.me, said.number())
    member = await access_called_by_id(turn.tx, turn.me, said.number(1))
    act = said.args[2] if len(said.args) > 2 else ""
    if act == "here":
        await deeds.tick(turn.tx, turn.me, roll, member, turn.now)
    elif act == "key":
        await deeds.give_key(turn.tx, turn.me, member, turn.now)
    elif act == "paper":
        await deeds.on_paper(turn.tx, turn.me, member, turn.now)
    text, rows = await _panel(turn, roll, await members.get(turn.tx, member.id) or member)
    return Reply(text, rows, edit=bool(act), toast=say("registration-noted") if act else None)


async def _panel(turn: Turn, roll: Roll, member: Member) -> tuple[Lines, Rows]:
    mark = await marks.get(turn.tx, roll.id, member.id)
    link = None if member.account_id or member.paper_at else await joining.link_for(turn.tx, member.id, turn.now)
    key = button("registration-take-key" if member.key_at else "registration-give-key", "desk", roll.id, member.id,
                 "key")  # fmt: skip
    paper = button("registration-by-phone" if member.paper_at else "registration-on-paper", "desk", roll.id, member.id,
                   "paper")  # fmt: skip
    here = (button("registration-tick", "desk", roll.id, member.id, "here"),)
    rows = ((here,) if mark is None or mark.status == UNMARKED else ()) + (
        (key,) if member.account_id else (key, paper),
    )
    return deeds.about(member, mark, link), rows


ROUTES = (on_tap("desk", person, who=STAFF),)
