"""How the machine does, in numbers and without a word of anybody: for operator and administrators (SCH-12)."""

from __future__ import annotations

from datetime import datetime, timedelta

from msgspec import Struct

from chat.messages import Lines, When, lines, say
from storage import dues, inbox, outages, outbox, waits
from storage.outages import Trouble
from storage.tx import Tx
from storage.waits import Queue

STANDS_STILL = timedelta(minutes=3)
"""A clock that has not struck for so long raises the alarm."""


class State(Struct, frozen=True, kw_only=True):
    """What stands on the card. `tick` and `backup` are the times of the last ones."""

    tick: datetime | None
    waiting: int
    dead: int
    to_send: int
    failed: int
    uncertain: int
    oldest_due: datetime | None
    backup: datetime | None
    intake: datetime | None = None
    inbox: Queue = Queue(0, None)
    outbox: Queue = Queue(0, None)
    errands: int = 0
    documents: int = 0
    troubles: tuple[Trouble, ...] = ()

    def stands_still(self, now: datetime) -> bool:
        """Whether the clock has stopped."""
        return self.tick is not None and now - self.tick > STANDS_STILL


async def look(tx: Tx, now: datetime) -> State:
    """Read it all from the database: it is true whichever process is asked."""
    counts = await outbox.counts(tx, now - timedelta(days=1))
    late = [due.at for due in await dues.next_times(tx, 1) if due.at <= now]
    return State(
        tick=await outages.pulse(tx, "tick"), waiting=await inbox.waiting(tx), dead=len(await inbox.dead(tx)),
        to_send=counts.get("new", 0) + counts.get("sending", 0), failed=counts.get("failed", 0),
        uncertain=counts.get("uncertain", 0), oldest_due=late[0] if late else None,
        backup=await outages.pulse(tx, "backup"), intake=await outages.pulse(tx, "intake"),
        inbox=await waits.of_inbox(tx, now), outbox=await waits.of_outbox(tx, now),
        errands=(await waits.of_errands(tx, now)).count, documents=(await waits.of_documents(tx, now)).count,
        troubles=tuple(await outages.troubles(tx)),
    )  # fmt: skip


def numbers(state: State, now: datetime) -> dict[str, float]:
    """The same for a machine that watches (desk/metrics.py); what has never been is left out."""
    ages = {
        "tick_age_seconds": state.tick, "intake_age_seconds": state.intake, "backup_age_seconds": state.backup,
    }  # fmt: skip
    return {
        "inbox_waiting": state.inbox.count, "inbox_oldest_seconds": _age(state.inbox.since, now),
        "inbox_dead": state.dead, "outbox_waiting": state.outbox.count,
        "outbox_oldest_seconds": _age(state.outbox.since, now), "outbox_uncertain": state.uncertain,
        "outbox_failed": state.failed, "errands_waiting": state.errands, "documents_waiting": state.documents,
        "due_oldest_seconds": _age(state.oldest_due, now), "troubles": len(state.troubles),
        **{name: _age(at, now) for name, at in ages.items() if at is not None},
    }  # fmt: skip


def _age(since: datetime | None, now: datetime) -> float:
    return max(0.0, (now - since).total_seconds()) if since else 0.0


def card(state: State, now: datetime) -> Lines:
    """The card: what is wrong comes first."""
    seconds = round((now - state.tick).total_seconds()) if state.tick else 0
    return lines(
        say("machine-stands-still", minutes=seconds // 60) if state.stands_still(now) else say("machine-well"),
        say("machine-tick", seconds=seconds) if state.tick else say("machine-no-tick"),
        say("machine-waiting", inbox=state.waiting, outbox=state.to_send),
        say("machine-due", at=When(state.oldest_due)) if state.oldest_due else None,
        say("machine-troubles", failed=state.failed, uncertain=state.uncertain, dead=state.dead),
        *(say(f"machine-trouble-{trouble.name}") for trouble in state.troubles[:3]),
        say("machine-backup", at=When(state.backup)) if state.backup else say("machine-no-backup"),
    )
