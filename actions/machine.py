"""How the machine does, in numbers and without a word of anybody: for operator and administrators (SCH-12)."""

from __future__ import annotations

from datetime import datetime, timedelta

from msgspec import Struct

from chat.messages import Lines, When, lines, say
from storage import dues, inbox, outages, outbox
from storage.tx import Tx

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
        backup=await outages.pulse(tx, "backup"),
    )  # fmt: skip


def card(state: State, now: datetime) -> Lines:
    """The card: what is wrong comes first."""
    seconds = round((now - state.tick).total_seconds()) if state.tick else 0
    return lines(
        say("machine-stands-still", minutes=seconds // 60) if state.stands_still(now) else say("machine-well"),
        say("machine-tick", seconds=seconds) if state.tick else say("machine-no-tick"),
        say("machine-waiting", inbox=state.waiting, outbox=state.to_send),
        say("machine-due", at=When(state.oldest_due)) if state.oldest_due else None,
        say("machine-troubles", failed=state.failed, uncertain=state.uncertain, dead=state.dead),
        say("machine-backup", at=When(state.backup)) if state.backup else say("machine-no-backup"),
    )
