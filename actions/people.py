"""How people are shown on lists of staff (UI-04)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from chat.messages import Button, Lines, Rows, say


class Person(Protocol):
    """Whoever has a name and a place in the class: a member, an addressee, a line of a ledger."""

    @property
    def name(self) -> str: ...
    @property
    def group_no(self) -> int | None: ...
    @property
    def seat_no(self) -> int | None: ...


def who_where(member: Person) -> Lines:
    """A person as staff lists show him: name, group, seat; whoever has no seat by the name."""
    if not member.seat_no:
        return Lines((say("rolls-person-only", name=member.name),))
    return Lines((say("rolls-person", name=member.name, group=member.group_no or 0, seat=member.seat_no or 0),))


def in_rows(cells: Iterable[Button], wide: int = 2) -> Rows:
    """Buttons next to each other, so many a row."""
    found = tuple(cells)
    return tuple(found[i : i + wide] for i in range(0, len(found), wide))
