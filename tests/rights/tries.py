"""How an act is tried by a way in, and how one sees from the database that it happened."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

Form = str | dict[str, Any]


class Tries(Struct, frozen=True):
    """How an act is tried. `facts` gives lines `person|what stands`; `signs` are words by the person they are about."""

    does: dict[str, tuple[Form, ...]] = {}
    more: str = ""
    facts: str = ""
    signs: dict[str, str] = {}
    things: tuple[str, ...] = ("S22", "T08")
    """What the ways of `more` are tried with."""
    only: dict[str, str] = {}
    """Ways of `does` that show it to some only, though others may use them: by column."""
    proved: str = ""
    """The test that tries its ways in the chat already."""

    @property
    def ways(self) -> list[str]:
        return [*self.does, *self.more.split(", ")] if self.more else list(self.does)


def log_facts(fields: str, more: str = "") -> str:
    return f"select m.ref || '|' || json_array({fields}) from log l join member m on m.id = l.member_id {more}"


def leave_facts(fields: str, where: str = "true") -> str:
    return f"""select m.ref || '|' || json_array(v.id, {fields}) from leave v join member m on m.id = v.member_id
        where {where}"""


def step_facts(chain: str) -> str:
    return leave_facts(
        "v.step, v.state in ('approved', 'refused', 'need_material')",
        f"""v.chain = '{chain}' and m.ref <> 'T12'
        and (v.step > 0 or v.state in ('approved', 'refused', 'need_material'))""",
    )


def mark_facts(where: str) -> str:
    return f"""select m.ref || '|' || json_array(k.roll_id, k.status) from mark k join member m on m.id = k.member_id
        join roll r on r.id = k.roll_id join session s on s.id = r.session_id where m.cohort_id = 1 and {where}"""


def claim_facts(where: str) -> str:
    return f"""select m.ref || '|' || json_array(c.id, c.state) from claim c join member m on m.id = c.member_id
        where {where}"""


def each(*ids: str, **fields: Any) -> tuple[Form, ...]:
    """A form of the desk for each of these."""
    return tuple({"id": id, **fields} for id in ids)
