"""A shelf: a place outside of the database where contents stand, a folder that programs share or an S3 bucket (ADR 39).

Every object has a name of its own that is never used again, so nothing is ever written over, and what no row names
can never be named again. A row says where its content stands: "" in the database, else `folder:<key>` or `s3:<key>`.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Protocol

from msgspec import Struct

KEY = re.compile(r"(\d{1,18})/([0-9a-f]{64}-[0-9a-f]{16}|\.part-\w+)")
"""What is ours to drop: contents by class, and files that were never finished. All else on a shelf is somebody's."""
OWNER = "tongxue-owner"
"""The object that names the bot to which a shelf belongs."""


class Away(Exception):
    """The shelf cannot be used now; the words say why, without anybody's key. It may be tried again."""


class Foreign(Away):
    """The shelf is another bot's: two on one shelf would drop one another's contents."""

    def __init__(self, owner: str) -> None:
        super().__init__(f"it belongs to bot {owner}")
        self.owner = owner


class Missing(Exception):
    """The shelf answers, and there is no such object."""


class Kept(Struct, frozen=True):
    """What stands on a shelf, by the shelf's own clock."""

    key: str
    size: int
    modified: datetime


class Shelf(Protocol):
    """Blocking: it is used in threads (bot/contents.py). All of it raises Away; `get` raises Missing too."""

    kind: str
    """`folder` or `s3`."""

    def put(self, key: str, content: bytes) -> None:
        """Write an object: wholly, on disk when this returns, or not at all."""

    def get(self, key: str) -> bytes:
        """Read an object."""

    def remove(self, keys: Sequence[str]) -> None:
        """Remove objects; those that are not there are removed already."""

    def list(self) -> Iterator[Sequence[Kept]]:
        """All that stands there, in portions, those of one class together."""


def new_key(cohort_id: int, hash: str) -> str:
    """A name that nothing had before."""
    return f"{cohort_id}/{hash}-{secrets.token_hex(8)}"


def try_out(shelf: Shelf, owner: str, size: int = 16) -> None:
    """See whose the shelf is, then write, read and remove an object of so many bytes: Away when it is not to be used.

    A full shelf takes small ones for a long time yet; so whoever asks whether it takes a photo says how large it is.
    """
    key, said = f"0/.part-{secrets.token_hex(8)}", secrets.token_bytes(size)
    claim(shelf, owner)
    shelf.put(key, said)
    try:
        if shelf.get(key) != said:
            raise Away("reads other bytes than were written")
    except Missing:
        raise Away("does not find what was written") from None
    finally:
        shelf.remove([key])


def claim(shelf: Shelf, owner: str) -> None:
    """See that a shelf is ours; one that nobody has becomes so."""
    try:
        found = shelf.get(OWNER).decode(errors="replace").strip()
    except Missing:
        shelf.put(OWNER, owner.encode())
        return
    if found != owner:
        raise Foreign(found[:20])
