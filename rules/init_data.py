"""The initData with which a Mini App says who opened it: read and checked as Telegram signs it (telegram.md §7)."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from datetime import datetime, timedelta
from urllib.parse import parse_qsl

import msgspec
from msgspec import Struct

LIVES = timedelta(hours=24)
"""Telegram for computers hands out old initData after the app is opened again; so long it may open one session."""
AHEAD = timedelta(seconds=60)
"""So far our clock may lag behind Telegram's; what lies further in the future is forged or a clock is wrong."""
MOST_CHARS, MOST_FIELDS = 8192, 32


class Forged(Exception):
    """Not signed with our bot's token, or no initData at all; the words are for the log, not for people."""


class Person(Struct, frozen=True):
    """Who opened the app, as Telegram says."""

    id: int
    first_name: str = ""
    language_code: str = ""
    is_bot: bool = False


class InitData(Struct, frozen=True):
    """What Telegram has signed. `signed_at` is epoch seconds by Telegram's clock; `hash` tells it from all others."""

    person: Person
    signed_at: int
    hash: str


def key_of(token: str) -> bytes:
    """The key of a bot's initData: HMAC with the key "WebAppData" over the token, not the other way round."""
    return hmac.new(b"WebAppData", token.encode(), hashlib.sha256).digest()


def read(raw: str, key: bytes) -> InitData:
    """What stands in initData that is signed with this key; Forged for everything else.

    All fields but `hash` are signed, the field `signature` too.
    """
    fields = _fields(raw)
    given = fields.pop("hash", "")
    check = "\n".join(f"{name}={value}" for name, value in sorted(fields.items()))
    right = hmac.new(key, check.encode(), hashlib.sha256).hexdigest()
    if not hmac.compare_digest(right.encode(), given.encode()):
        raise Forged("wrong hash")
    return InitData(_person(fields), _signed_at(fields), given)


def _fields(raw: str) -> dict[str, str]:
    if len(raw) > MOST_CHARS:
        raise Forged("too long")
    try:
        raw.encode()  # a form in UTF-7 may bring half a character
        pairs = parse_qsl(raw, keep_blank_values=True, strict_parsing=True, max_num_fields=MOST_FIELDS, errors="strict")
    except ValueError:  # UnicodeError is one too
        raise Forged("cannot be read") from None
    fields = dict(pairs)
    if len(fields) != len(pairs):
        raise Forged("a field stands twice")
    return fields


def _person(fields: Mapping[str, str]) -> Person:
    try:
        person = msgspec.json.decode(fields.get("user", ""), type=Person)
    except (msgspec.MsgspecError, RecursionError):
        raise Forged("no user") from None
    if not 0 < person.id < 2**52 or person.is_bot:
        raise Forged("no person")
    return person


def _signed_at(fields: Mapping[str, str]) -> int:
    words = fields.get("auth_date", "")
    if not (words.isascii() and words.isdecimal() and len(words) < 12):
        raise Forged("no auth_date")
    return int(words)


def is_alive(signed_at: datetime, now: datetime) -> bool:
    """Whether initData of this moment may still open a session: not older than a day, not of the future."""
    return signed_at - AHEAD <= now <= signed_at + LIVES
