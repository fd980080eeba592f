"""How the simulator says no, in Telegram's words."""

from __future__ import annotations

from typing import Any

PREFIX = {
    400: "Bad Request",
    401: "Unauthorized",
    403: "Forbidden",
    404: "Not Found",
    409: "Conflict",
    413: "Request Entity Too Large",
    429: "Too Many Requests",
    500: "Internal Server Error",
    502: "Bad Gateway",
    504: "Gateway Timeout",
}


class Refusal(Exception):
    """A Bot API call that is answered with an error; `text` comes after the code's own prefix."""

    def __init__(self, code: int, text: str = "", **parameters: Any) -> None:
        super().__init__(code, text)
        self.code = code
        self.description = f"{PREFIX.get(code, 'Bad Request')}: {text}" if text else PREFIX.get(code, "Bad Request")
        self.parameters = parameters


class NotPossible(Exception):
    """Something that a person cannot do on their phone just now; told on the page in these words."""


def bad(text: str) -> Refusal:
    """A 400 with this text."""
    return Refusal(400, text)


def forbidden(text: str) -> Refusal:
    """A 403 with this text."""
    return Refusal(403, text)
