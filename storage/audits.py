"""The audit: who did what, when, old, new, why. Only ever added to (XC-05)."""

from __future__ import annotations

from datetime import datetime

from storage.tx import Tx


async def add(
    tx: Tx, now: datetime, act: str, about: str, *, who: int | None = None, cohort_id: int | None = None,
    old: str = "", new: str = "", why: str = "",
) -> None:  # fmt: skip
    """Write one line. `who` is an account id; None is the machine or the command line."""
    await tx.do(
        """insert into audit (at, cohort_id, who, act, about, old, new, why)
           values (:now, :cohort_id, :who, :act, :about, :old, :new, :why)""",
        {"now": now, "cohort_id": cohort_id, "who": who, "act": act, "about": about, "old": old, "new": new,
         "why": why},
    )  # fmt: skip
