"""What may happen to a notice after it has gone: stop, go on, send again, told by telephone (BC-02, BC-03)."""

from __future__ import annotations

from datetime import datetime

from msgspec import structs

from actions import notice_people, notice_reading
from actions.notices import post_copies
from chat.messages import Refusal, When, say
from rules.notices import PAUSED, SENDING, SENT, begins, move
from storage import cohorts, notice_copies
from storage import notice_people as ledger
from storage import notices as stored
from storage.accounts import Me
from storage.notice_people import Row
from storage.notices import Notice
from storage.tx import Tx

AGAIN = ("failed", "uncertain")


async def step(tx: Tx, me: Me | None, notice: Notice, event: str, now: datetime) -> Notice:
    """Move a notice on by an event of section 21; refused with the present state where it has no sense."""
    to = move(notice.state, event)
    if to is None or not await stored.set_state(tx, notice.id, notice.state, to):
        raise Refusal("notices-not-now", state=say(f"notices-is-{notice.state}"))
    await stored.add_event(tx, notice.id, event, now, who=me.account_id if me else None, old=notice.state, new=to)
    await stored.stir(tx, notice.id, now)
    return structs.replace(notice, state=to)


async def pause(tx: Tx, me: Me | None, notice: Notice, now: datetime, trouble: str = "") -> Notice:
    """Stop: what has not gone yet is held (BC-03)."""
    notice = await step(tx, me, notice, "pause", now)
    await notice_copies.set_state(tx, notice.id, ("new",), "held")
    await stored.set_trouble(tx, notice.id, trouble)
    return notice


async def resume(tx: Tx, me: Me, notice: Notice, now: datetime) -> Notice:
    """Go on with what was held."""
    if notice.state != PAUSED:
        raise Refusal("notices-not-now", state=say(f"notices-is-{notice.state}"))
    notice = await step(tx, me, notice, "resume", now)
    await notice_copies.set_state(tx, notice.id, ("held",), "new", not_before=await _morning(tx, notice, now))
    await stored.set_trouble(tx, notice.id, "")
    return notice


async def _morning(tx: Tx, notice: Notice, now: datetime) -> datetime | None:
    """When copies go that are sent on in the night; None: at once (BC-06)."""
    cohort = await cohorts.get(tx, notice.cohort_id)
    at = begins(now, notice.level, cohort.rules, cohort.timezone)
    return at if at > now else None


# ---- again ------------------------------------------------------------------


async def again(tx: Tx, me: Me, notice: Notice, now: datetime) -> int:
    """[仅补发失败]: copies that failed, and people who can be reached now and could not before. Uncertain ones are not
    touched: a person chooses those by name (SCH-03). How many."""
    _need_alive(notice, now)
    morning = await _morning(tx, notice, now)
    count = await notice_copies.set_state(tx, notice.id, ("failed",), "new", current=True, not_before=morning)
    count += await _now_reached(tx, notice, now)
    if count:
        await _sending(tx, me, notice, "again", now)
    return count


def _need_alive(notice: Notice, now: datetime) -> None:
    """Something can be sent again while it lives and is not stopped: that needs [继续] first."""
    if notice.state not in (SENDING, SENT):
        raise Refusal("notices-not-now", state=say(f"notices-is-{notice.state}"))
    if notice.life_until is not None and notice.life_until < now:
        raise Refusal("notices-too-late", at=When(notice.life_until))


async def _sending(tx: Tx, me: Me, notice: Notice, act: str, now: datetime, member_id: int | None = None) -> None:
    await stored.add_event(tx, notice.id, act, now, who=me.account_id, member_id=member_id)
    await stored.set_state(tx, notice.id, SENT, SENDING)
    await stored.stir(tx, notice.id, now)


async def _now_reached(tx: Tx, notice: Notice, now: datetime) -> int:
    """Those left out who have bound a seat since, took the bot back, or are back from leave."""
    before = {r.member_id: r for r in await ledger.of_notice(tx, notice.id)}
    out = {m for m, row in before.items() if row.state in ("unbound", "blocked", "on_leave") and row.read_at is None}
    found = [r for r in await notice_people.recipients(tx, notice, now, now) if r.person.member_id in out]
    ready = [r for r in found if not r.left_out]
    for one in ready:
        row = before[one.person.member_id]
        await ledger.set_left_out(tx, row.id, "", one.person.account_id)
    stuck = [before[r.person.member_id].id for r in ready if before[r.person.member_id].state == "blocked"]
    morning = await _morning(tx, notice, now)
    for id in stuck:
        await notice_copies.set_state(tx, notice.id, ("unreachable",), "new", id, current=True, not_before=morning)
    await post_copies(tx, notice, ready, now)
    return len(ready)


async def resend(tx: Tx, me: Me, notice: Notice, row: Row, now: datetime) -> bool:
    """[补发] for one person whose copy is uncertain or failed; False when it is on its way already."""
    _need_alive(notice, now)
    morning = await _morning(tx, notice, now)
    if not await notice_copies.set_state(tx, notice.id, AGAIN, "new", row.id, current=True, not_before=morning):
        return False
    await _sending(tx, me, notice, "resend", now, row.member_id)
    return True


async def arrived(tx: Tx, me: Me, notice: Notice, row: Row, now: datetime) -> bool:
    """[算已送到]: the person has it, whatever the network said."""
    if not await notice_copies.set_state(tx, notice.id, ("uncertain",), "sent", row.id, current=True):
        return False
    await stored.add_event(tx, notice.id, "arrived", now, who=me.account_id, member_id=row.member_id)
    await stored.stir(tx, notice.id, now)
    return True


async def told(tx: Tx, me: Me, notice: Notice, row: Row, now: datetime) -> bool:
    """[已电话告知]: read, by a call of staff, or of the leader when it is urgent (XC-04)."""
    if not await notice_reading.note_read(tx, notice, row.member_id, now, "phone", by=me.member_id or None):
        return False
    await stored.add_event(tx, notice.id, "told", now, who=me.account_id, member_id=row.member_id)
    await notice_reading.show_keys(tx, notice, row.member_id, now)
    await stored.stir(tx, notice.id, now)
    return True
