"""How people are shown on lists of staff (UI-04)."""

from __future__ import annotations

from collections.abc import Iterable

from chat.messages import Button, Lines, Rows, say
from storage.members import Addressee, Member


def who_where(member: Member | Addressee) -> Lines:
    """A person as staff lists show him: name, group, seat."""
    return Lines((say("rolls-person", name=member.name, group=member.group_no or 0, seat=member.seat_no or 0),))


def in_rows(cells: Iterable[Button], wide: int = 2) -> Rows:
    """Buttons next to each other, so many a row."""
    found = tuple(cells)
    return tuple(found[i : i + wide] for i in range(0, len(found), wide))
