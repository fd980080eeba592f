"""What a request of the desk brings to prove that it is ours: cookie, a form's proof, where it came from."""

from __future__ import annotations

import hmac
import secrets
from hashlib import sha256
from urllib.parse import urlsplit

from aiohttp import web

from actions import desk_sessions as deeds
from texts.render import Voice, voice

ZONE = "Asia/Shanghai"
"""For people whom we do not know."""


def cookie_name() -> str:
    """With https only ours, for this host alone."""
    return "__Host-desk" if deeds.origin().startswith("https:") else "desk"


def csrf_of(token: str) -> str:
    """What a form must bring to prove that it is ours; masked anew each time, so that compression tells nothing."""
    mask = secrets.token_bytes(16)
    return (mask + _xor(mask, _csrf(token))).hex()


def csrf_fits(token: str, given: str) -> bool:
    """Whether a form's proof belongs to the session."""
    try:
        raw = bytes.fromhex(given)
    except ValueError:
        return False
    return len(raw) == 32 and hmac.compare_digest(_xor(raw[:16], raw[16:]), _csrf(token))


def _csrf(token: str) -> bytes:
    return hmac.new(token.encode(), b"desk form", sha256).digest()[:16]


def _xor(a: bytes, b: bytes) -> bytes:
    return bytes(x ^ y for x, y in zip(a, b, strict=True))


def is_ours(request: web.Request) -> bool:
    """Whether a form comes from a page of ours."""
    given = request.headers.get("Origin")
    if given is None:
        return request.headers.get("Sec-Fetch-Site") == "same-origin"
    return given == deeds.origin()


def speak_to(request: web.Request) -> Voice:
    """Somebody whom we do not know, by the browser's languages."""
    return voice("en" if request.headers.get("Accept-Language", "").lower().startswith("en") else "zh", ZONE)


def came_from(request: web.Request) -> str:
    """The page of ours from which a form came; "" when that is not known."""
    try:
        parts = urlsplit(request.headers.get("Referer", ""))
    except ValueError:  # no address at all: "http://["
        return ""
    if f"{parts.scheme}://{parts.netloc}" != deeds.origin() or not parts.path.startswith("/desk/"):
        return ""
    return parts.path + (f"?{parts.query}" if parts.query else "")
