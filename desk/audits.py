"""[操作记录]: the audit of a class, with a filter (XC-05)."""

from __future__ import annotations

from actions import audits as deeds
from chat.messages import Say, say
from desk.visits import Page, Visit, Way, page
from rules.roles import ADMIN, CLASS_TEACHER
from texts.render import keys_of

READERS = frozenset({CLASS_TEACHER, ADMIN})


async def show(visit: Visit) -> Page:
    """Fifty lines; `kind` and `q` choose, `before` goes back in time."""
    kind, words = visit.word("kind", 20), visit.word("q", 50)
    found, more = await deeds.look(visit.tx, visit.me, kind, words, visit.number("before"))
    lines = [(line, _act(line.act)) for line in found]
    kinds = [(k, _act(k)) for k in deeds.KINDS]
    values = {"lines": lines, "more": more, "kind": kind, "q": words, "kinds": kinds}
    return Page("audits.html", say("desk-audits"), values)


def _act(act: str) -> Say | str:
    """The name of an act; one that has no name yet stands as it is."""
    key = f"desk-act-{act}"
    if key in keys_of("zh"):
        return Say(key)
    return act


WAYS: tuple[Way, ...] = (page("/desk/audits", show, who=READERS, nav="desk-audits"),)
