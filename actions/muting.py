"""Whether a trainee wants optional reminders: before a check-in, of the log, of an unusual tomorrow (SCH-11)."""

from __future__ import annotations

from actions.access import need_trainee
from storage import accounts
from storage.accounts import Me
from storage.tx import Tx


async def is_muted(tx: Tx, me: Me) -> bool:
    """Whether optional reminders are switched off."""
    need_trainee(me)
    return await accounts.is_muted(tx, me.account_id)


async def mute(tx: Tx, me: Me, muted: bool) -> None:
    """Switch them off, or on again; urgent notices, those to acknowledge and the bus call come in any case."""
    need_trainee(me)
    await accounts.set_muted(tx, me.account_id, muted)
