"""Words about the handbook to others: to who approves that something waits, to the author what became of a text."""

from __future__ import annotations

from datetime import datetime

from actions import joint
from actions.post import post
from chat.messages import Message, Say, button, lines, say
from rules.log_texts import cut
from rules.roles import TRAINEE
from storage import accounts, cohorts, members
from storage.handbook_versions import Version
from storage.members import Addressee
from storage.tx import Tx

TITLE = 40


def title_of(version: Version) -> str:
    """A text by its question."""
    return cut(version.content.q_zh, TITLE)


async def tell_reviewers(tx: Tx, version: Version, now: datetime) -> int:
    """Every administrator but the author gets the text with a button to look at it; gives how many there are."""
    message = Message(
        say("handbook-told-review", name=version.author_name, title=title_of(version)),
        ((button("handbook-look", "hbopen", version.id),),),
        silent=True,
    )
    return await _tell_others(tx, version.author, message, f"handbook-review:{version.id}", now)


async def tell_author(tx: Tx, version: Version, key: str, now: datetime, **args: str | int) -> None:
    """What became of a text; a trainee hears it within the day's budget (SCH-13)."""
    to = await accounts.reader(tx, version.author)
    if to is None:
        return
    what: Say = Say(key, {"title": title_of(version), **args})
    once = f"{key}:{version.id}:{now.timestamp():.0f}"
    person = await _trainee(tx, version.author, now)
    if person is not None:
        rules = (await cohorts.get(tx, person[0])).rules
        await joint.tell(tx, person[1], rules, lines(what), now, once=once)
    else:
        await post(tx, to, Message(what, silent=True), now, once=once)


async def _trainee(tx: Tx, account_id: int, now: datetime) -> tuple[int, Addressee] | None:
    """The seat of a trainee, by the newest class."""
    for seat in await members.of_account(tx, account_id):
        if TRAINEE in seat.role_set and seat.left_at is None:
            people = await members.addressees(tx, seat.cohort_id, now)
            return next(((seat.cohort_id, p) for p in people if p.member_id == seat.id), None)
    return None


async def tell_import(tx: Tx, author: int, name: str, count: int, now: datetime) -> None:
    """Every administrator but the one who brought them in hears that so many entries wait."""
    waits = say("handbook-told-import", name=name, count=count)
    message = Message(waits, ((button("handbook-drafts", "hbdrafts"),),), silent=True)
    await _tell_others(tx, author, message, f"handbook-import:{author}", now)


async def _tell_others(tx: Tx, author: int, message: Message, what: str, now: datetime) -> int:
    """Every administrator but the one whose texts they are is told; gives how many."""
    others = [admin for admin in await accounts.admins(tx) if admin.account_id != author]
    for admin in others:
        await post(tx, admin, message, now, once=f"{what}:{now.timestamp():.0f}:{admin.account_id}")
    return len(others)
