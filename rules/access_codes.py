"""The digits on the screen (ATT-19) and the codes that bind a seat (XC-01)."""

from __future__ import annotations

import hmac
import re
import unicodedata
from datetime import datetime

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # 32 characters without 0, O, 1, I
LENGTH = 8
_DASHES = re.compile(r"[\s\-_\u2010-\u2015\u2212]+")


def code(secret: bytes | str, list_id: int, minute: int, digits: int = 4) -> str:
    """The digits that stand on the screen for a list in one minute, zero padded (ATT-19)."""
    key = secret.encode() if isinstance(secret, str) else secret
    digest = hmac.digest(key, f"{list_id}:{minute}".encode(), "sha256")
    return str(int.from_bytes(digest[:8], "big") % 10**digits).zfill(digits)


def minute_of(at: datetime, seconds: int = 60) -> int:
    """The number of the minute (or of another step of `seconds`) that an aware moment lies in."""
    return int(at.timestamp() // seconds)


def fits(
    typed: str,
    secret: bytes | str,
    list_id: int,
    at: datetime,
    *,
    steps: int = 2,
    seconds: int = 60,
    digits: int = 4,
    outage: tuple[datetime, datetime] | None = None,
) -> bool:
    """Whether the digits were valid at `at`, the time of the message (ATT-19).

    The current code and the `steps - 1` before it are valid; so is, for a whole gap of the bot (`outage`,
    both ends included), the code that stood on the screen when the gap began.
    """
    now = minute_of(at, seconds)
    minutes = [now - back for back in range(steps)]
    if outage is not None and outage[0] <= at <= outage[1]:
        minutes.append(minute_of(outage[0], seconds))
    found = [hmac.compare_digest(typed.encode(), code(secret, list_id, m, digits).encode()) for m in minutes]
    return any(found)


def seat_code(random_bytes: bytes) -> str:
    """Turn at least 8 random bytes into a code for typing: 8 characters without 0, O, 1, I (XC-01)."""
    if len(random_bytes) < LENGTH:
        raise ValueError(f"a seat code needs {LENGTH} random bytes, not {len(random_bytes)}")
    return "".join(ALPHABET[byte % len(ALPHABET)] for byte in random_bytes[:LENGTH])


def normal_code(text: str) -> str | None:
    """A seat code as somebody typed it, made plain; None where it is none. No guessing (XC-01, UI-03)."""
    plain = _DASHES.sub("", unicodedata.normalize("NFKC", text))
    if not plain.isascii():
        return None
    plain = plain.upper()
    return plain if len(plain) == LENGTH and set(plain) <= set(ALPHABET) else None


def digits(text: str, count: int = 4) -> str | None:
    """Exactly four digits, full width and blanks forgiven; None for anything else (UI-01, UI-03)."""
    plain = "".join(unicodedata.normalize("NFKC", text).split())
    return plain if len(plain) == count and plain.isascii() and plain.isdigit() else None
