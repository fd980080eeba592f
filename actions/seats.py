"""Everybody's link and code, as they are handed out (XC-01)."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from actions import classes
from actions.joining import link_for
from storage import audits, members
from storage.cohorts import Cohort
from storage.tx import Tx


class Seat(Struct, frozen=True):
    """What stands on one slip of paper. `code` and `link` are empty once the seat is bound."""

    person_id: str
    name: str
    role: str
    code: str
    link: str
    group_no: int | None = None
    seat_no: int | None = None
    title: str = ""


async def hand_out(tx: Tx, cohort: Cohort, root: str, now: datetime) -> list[Seat]:
    """The links of a class, each beginning with `root` (`https://t.me/<bot>`).

    With the links out, registration is open: a draft moves on.
    """
    if cohort.state == "draft":
        await classes.move(tx, cohort.id, "registration", now)
    found: list[Seat] = []
    for member in await members.of_cohort(tx, cohort.id):
        link = None if member.account_id else await link_for(tx, member.id, now)
        found.append(
            Seat(
                person_id=member.ref,
                name=member.name,
                role=member.roles.split()[0] if member.roles else "",
                code=(link.code or "") if link else "",
                link=f"{root}?start={link.token}" if link else "",
                group_no=member.group_no,
                seat_no=member.seat_no,
                title=cohort.title,
            )
        )
    await audits.add(tx, now, "hand-out", f"class:{cohort.key}", cohort_id=cohort.id, new=str(len(found)))
    return found
