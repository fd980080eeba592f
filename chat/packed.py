"""Words that are said later: a text as data in JSON, with its times and dates, still in no language."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from msgspec import json

from chat.messages import Lines, Rich, Say, When


def pack(text: Say | Lines) -> str:
    """A text as it is kept until it is said."""
    return json.encode(_out(text)).decode()


def unpack(body: str) -> Say | Lines:
    """A text that was kept; ValueError for anything else."""
    found = _in(json.decode(body))
    if not isinstance(found, Say | Lines):
        raise ValueError("no text")
    return found


def _out(value: Any) -> Any:
    match value:
        case Say(key, args):
            return {"say": key, "with": {name: _out(arg) for name, arg in args.items()}}
        case Lines(parts, gap):
            return {"lines": [_out(part) for part in parts], "gap": gap}
        case Rich(html):
            return {"html": html}
        case When(at):
            return {"when": at.isoformat()}
        case datetime():
            return {"at": value.isoformat()}
        case date():
            return {"date": value.isoformat()}
        case timedelta():
            return {"seconds": value.total_seconds()}
        case list() | tuple():
            return [_out(part) for part in value]
        case None | bool() | int() | float() | str():
            return value
    raise ValueError(f"a {type(value).__name__} cannot be kept")


def _in(value: Any) -> Any:
    match value:
        case {"say": key, "with": args}:
            return Say(key, {name: _in(arg) for name, arg in args.items()})
        case {"lines": parts, "gap": gap}:
            return Lines(tuple(_in(part) for part in parts), gap)
        case {"html": html}:
            return Rich(html)
        case {"when": at}:
            return When(datetime.fromisoformat(at))
        case {"at": at}:
            return datetime.fromisoformat(at)
        case {"date": day}:
            return date.fromisoformat(day)
        case {"seconds": seconds}:
            return timedelta(seconds=seconds)
        case list():
            return [_in(part) for part in value]
    return value
