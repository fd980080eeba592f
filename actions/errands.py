"""Files that people send: asked for now, fetched and read after the commit, looked at in a transaction of its own."""

from __future__ import annotations

from datetime import datetime
from typing import TypeVar

from msgspec import DecodeError, json

from chat.messages import Refusal
from storage import errands
from storage.accounts import Me
from storage.errands import Errand
from storage.tx import Tx

T = TypeVar("T")


def packed(read: object) -> str:
    """What was read of a file, as an errand keeps it."""
    return json.encode(read).decode()


def unpacked(kind: type[T], errand: Errand) -> T:
    """What an errand keeps. Was it kept by another version of this program, the file must be sent once more."""
    try:
        return json.decode(errand.data, type=kind)
    except DecodeError:
        raise Refusal("classes-file-old") from None


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
