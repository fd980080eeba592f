"""Where each person's talk stands; survives restarts, forgotten after a day."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from storage.tx import Tx


async def set_talk(tx: Tx, account_id: int, step: str, memo: dict[str, Any], now: datetime) -> None:
    """The next free text belongs to this step."""
    await tx.do(
        """insert into talk (account_id, step, memo, since) values (:account_id, :step, :memo, :now)
           on conflict (account_id) do update set step = excluded.step, memo = excluded.memo, since = excluded.since""",
        {"account_id": account_id, "step": step, "memo": memo, "now": now},
    )


async def begin(tx: Tx, account_id: int, step: str, memo: dict[str, Any], now: datetime) -> None:
    """Wait for the next free text at this step, unless the person is in the middle of something."""
    await tx.do(
        """insert into talk (account_id, step, memo, since) values (:account_id, :step, :memo, :now)
           on conflict (account_id) do nothing""",
        {"account_id": account_id, "step": step, "memo": memo, "now": now},
    )


async def end(tx: Tx, account_id: int) -> None:
    """The talk is over."""
    await tx.do("delete from talk where account_id = :account_id", {"account_id": account_id})


async def prune(tx: Tx, before: datetime) -> None:
    """Forget talks that nobody went on with."""
    await tx.do("delete from talk where since < :before", {"before": before})
