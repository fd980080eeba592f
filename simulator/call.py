"""One Bot API call as it came in, and how to read its parameters whatever way they were sent."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl

import msgspec
from aiohttp import web

from simulator.refusal import Refusal, bad


class Upload(msgspec.Struct):
    """A file that came with a call."""

    name: str
    data: bytes
    mime: str


class Call:
    """The method (lower case) and its parameters; nested values may be JSON strings or already objects."""

    __slots__ = ("files", "method", "params")

    def __init__(self, method: str, params: dict[str, Any], files: dict[str, Upload] | None = None) -> None:
        self.method, self.params, self.files = method, params, files or {}

    def has(self, name: str) -> bool:
        """Whether a parameter was given at all."""
        return self.params.get(name) is not None

    def text(self, name: str) -> str:
        """A parameter as a string, "" without it."""
        value = self.params.get(name)
        if value is None:
            return ""
        if isinstance(value, str):
            return value
        if isinstance(value, bool):
            return "true" if value else "false"
        return str(value)

    def integer(self, name: str, default: int = 0) -> int:
        """A parameter as a whole number; the default without it or when it is none."""
        value = self.params.get(name)
        try:
            return default if value is None or value == "" else int(float(value))
        except (TypeError, ValueError):
            return default

    def number(self, name: str) -> float:
        """A parameter as a number, 0 without it."""
        try:
            return float(self.params.get(name) or 0)
        except (TypeError, ValueError):
            return 0.0

    def flag(self, name: str) -> bool:
        """A parameter as yes or no."""
        return str(self.params.get(name, "")).lower() in ("true", "yes", "1")

    def tree(self, name: str, what: str = "") -> Any:
        """A parameter as JSON; None without it."""
        value = self.params.get(name)
        if not isinstance(value, str):
            return value
        if not value:
            return None
        try:
            return msgspec.json.decode(value)
        except msgspec.DecodeError as wrong:
            raise bad(f"can't parse {what or name} JSON object") from wrong


async def read_call(request: web.Request, method: str) -> Call:
    """Read a request in any of the four ways: query, form, JSON, multipart."""
    params: dict[str, Any] = dict(request.query) if request.query_string else {}
    files: dict[str, Upload] = {}
    if request.method == "POST" and request.body_exists:
        kind = request.content_type
        if kind == "application/json":
            params |= from_json(await request.read())
        elif kind == "multipart/form-data":
            await read_parts(request, params, files)
        else:
            params |= dict(parse_qsl((await request.read()).decode("utf-8", "replace"), keep_blank_values=True))
    return Call(method, params, files)


def from_json(body: bytes) -> dict[str, Any]:
    """The parameters of a JSON body."""
    if not body:
        return {}
    try:
        data = msgspec.json.decode(body)
    except msgspec.DecodeError as wrong:
        raise Refusal(400, "can't parse JSON object") from wrong
    if not isinstance(data, dict):
        raise bad("object expected as JSON request body")
    return data


async def read_parts(request: web.Request, params: dict[str, Any], files: dict[str, Upload]) -> None:
    """The parameters and files of a multipart body."""
    form = await request.post()
    for name, value in form.items():
        if isinstance(value, web.FileField):
            files[name] = Upload(value.filename or name, value.file.read(), value.content_type)
            value.file.close()
        else:
            params[name] = value.decode() if isinstance(value, (bytes, bytearray)) else value
