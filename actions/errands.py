"""Files that people send: asked for now, fetched after the commit, looked at in a transaction of its own."""

from __future__ import annotations

from datetime import datetime

from chat.messages import Refusal
from storage import errands
from storage.accounts import Me
from storage.errands import Errand
from storage.tx import Tx


async def ask(tx: Tx, me: Me, kind: str, file_id: str, file_name: str, now: datetime) -> None:
    """Have a file fetched; what comes of it is told in a message."""
    wanted = Errand(account_id=me.account_id, kind=kind, file_id=file_id, file_name=file_name[:100], made_at=now)
    await errands.add(tx, wanted)


async def access_errand_by_id(tx: Tx, me: Me, id: int) -> Errand:
    """A fetched file of the speaker that nothing was done with yet."""
    errand = await errands.get(tx, id)
    if errand is None or errand.account_id != me.account_id or errand.state != "fetched":
        raise Refusal("classes-file-gone")
    return errand


async def forget(tx: Tx, errand: Errand) -> None:
    """The person does not want it."""
    await errands.set_done(tx, errand.id, "declined")
