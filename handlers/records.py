"""[我的记录]: one's own marks so far, and what is kept about one (CLASS-07, CLASS-06)."""

from __future__ import annotations

from actions.access import need_trainee
from chat.events import Event, Tap
from chat.messages import Reply, button, lines, say
from chat.turns import on_command, on_tap, on_word
from handlers.turns import Turn
from rules.roles import ANYBODY, TRAINEES
from storage import marks, sessions

LAST = 10


async def mine(turn: Turn, said: Event) -> Reply:
    """The last ten lists with one's own mark, newest below."""
    member_id = need_trainee(turn.me)
    found = {m.session_id: m for m in await marks.of_member(turn.tx, member_id)}
    table = await sessions.of_cohort(turn.tx, turn.me.cohort_id)
    called = [s for s in table if s.required and s.mode != "none" and not s.cancelled]
    due = [s for s in called if s.id in found or s.starts_at <= turn.now]
    parts = [
        say(
            "records-line",
            icon=say(f"status-icon-{found[s.id].status if s.id in found else 'unmarked'}"),
            day=s.day,
            at=s.starts_at,
            title=s.title_in(turn.me.lang),
        )
        for s in due[-LAST:]
    ]
    here = sum(m.status in ("present", "late", "early_leave", "class_duty") for m in found.values())
    head = say("records-head", name=turn.me.name, here=here, count=len(due))
    text = lines(head, *parts) if parts else say("records-none", name=turn.me.name)
    return Reply(text, ((button("records-privacy", "privacy"),),))


async def privacy(turn: Turn, said: Tap) -> Reply:
    """What is kept, why, who sees it, until when."""
    return Reply(say("joining-consent"))


ROUTES = (
    on_word("menu-record", mine, who=TRAINEES),
    on_command("record", mine, who=TRAINEES, about="records-about"),
    on_tap("privacy", privacy, who=ANYBODY),
)
