"""The one small way to talk SQL, the same on SQLite and PostgreSQL: `one`, `first`, `all`, `do`, `many`.

Statements carry named parameters (`:name`). Instants go in and come out as aware UTC datetimes and are stored as
whole milliseconds since 1970; tuples, lists, dicts and structs are stored as JSON text; enums by their value.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import UTC, date, datetime, time
from enum import Enum
from functools import lru_cache
from typing import Any, Protocol, TypeVar, get_args, get_type_hints

import msgspec

T = TypeVar("T")
Params = Mapping[str, Any] | msgspec.Struct | None
Work = Callable[["Tx"], Awaitable[T]]

_NAME = re.compile(r"(?<![:\w']):([a-z_][a-z0-9_]*)")
_PLAIN = frozenset({int, float, str, bytes, bool, type(None)})


def is_clash(wrong: BaseException) -> bool:
    """Whether two programs waited for one another and the database undid one of them: all of that transaction may be
    done again as it was."""
    return getattr(wrong, "sqlstate", "") in ("40P01", "40001")


class Tx(Protocol):
    """An open transaction."""

    postgres: bool
    memory: dict[str, Any]
    """What this process keeps of the database for speed only; everything in it can be read again."""

    async def one(self, kind: type[T], sql: str, params: Params = None) -> T:
        """The one row there must be; LookupError if there is none."""

    async def first(self, kind: type[T], sql: str, params: Params = None) -> T | None:
        """The first row, or None."""

    async def all(self, kind: type[T], sql: str, params: Params = None) -> list[T]:
        """Every row, as structs of `kind` (columns by name) or plain values (the first column)."""

    async def do(self, sql: str, params: Params = None) -> None:
        """Run a statement that gives nothing back."""

    async def many(self, sql: str, rows: Iterable[Params]) -> None:
        """Run one statement for many rows."""

    def apart(self) -> AbstractAsyncContextManager[None]:
        """A stretch that is undone alone when it fails (a savepoint)."""


class Store(Protocol):
    """A database that runs work, each in one transaction of its own."""

    postgres: bool
    memory: dict[str, Any]
    """What this process keeps of the database for speed only: the search's index. Work that is undone leaves it as it
    was."""

    async def work(self, work: Work[T]) -> T:
        """Run `work` in a transaction: committed when it returns, undone when it raises, never cancelled half way."""

    @property
    def number(self) -> int:
        """What this program is known by among those on the database; 0 where there is one only."""

    async def alone(self) -> bool:
        """Say that this program runs on the database; whether no other does."""

    async def polls(self) -> bool:
        """Whether this program is the one of those on the database that takes Telegram's updates by polling."""

    def hear(self, what: str, ring: Callable[[], None]) -> None:
        """Ring when another program on the database tells of this."""

    def tell(self, what: str) -> None:
        """Wake the other programs on the database."""

    async def close(self) -> None:
        """Let what runs end, then close."""


KEPT = 4000
"""So many statements are remembered in each form: all that stand in our code, with room for those that name rows."""


@lru_cache(KEPT)
def names_of(sql: str) -> tuple[str, ...]:
    """The parameters of a statement in the order in which they stand in it."""
    return tuple(_NAME.findall(sql))


@lru_cache(KEPT)
def for_sqlite(sql: str) -> str:
    """The statement with `?` for each parameter."""
    return _NAME.sub("?", sql)


@lru_cache(KEPT)
def for_postgres(sql: str) -> str:
    """The statement with `$1`, `$2` … for its parameters, each name numbered once."""
    numbers = {name: i + 1 for i, name in enumerate(dict.fromkeys(names_of(sql)))}
    return _NAME.sub(lambda m: f"${numbers[m[1]]}", sql)


def outgoing(value: Any) -> Any:
    """A Python value as the database keeps it."""
    if isinstance(value, datetime):
        return round(value.timestamp() * 1000)
    if type(value) in _PLAIN:
        return value
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, int | str):
        return value
    return msgspec.json.encode(value).decode()


def values_of(params: Params, names: Sequence[str]) -> list[Any]:
    """The parameters of these names, out of a mapping or a struct, as the database keeps them."""
    if params is None:
        return []
    found = [params[n] for n in names] if type(params) is dict else [getattr(params, n) for n in names]
    return [value if type(value) in _PLAIN else outgoing(value) for value in found]


def instant(ms: int | None) -> datetime | None:
    """Milliseconds since 1970 as an aware UTC time."""
    return None if ms is None else datetime.fromtimestamp(ms / 1000, UTC)


def _strip(hint: Any) -> Any:
    """`X | None` as X."""
    inner = [a for a in get_args(hint) if a is not type(None)]
    return inner[0] if len(inner) == 1 and type(None) in get_args(hint) else hint


def _reader(hint: Any) -> Callable[[Any], Any] | None:
    """How a stored value of a field with this type comes back; None where it may stay as it is."""
    kind = _strip(hint)
    if kind is datetime:
        return instant
    if kind is date:
        return lambda v: None if v is None else date.fromisoformat(v)
    if kind is time:
        return lambda v: None if v is None else time.fromisoformat(v)
    if kind is bool:
        return lambda v: None if v is None else bool(v)
    if kind in (int, str, float, bytes, Any):
        return None
    if isinstance(kind, type) and issubclass(kind, Enum):
        return lambda v: None if v is None else kind(v)
    decode = msgspec.json.Decoder(kind).decode
    return lambda v: None if v is None else decode(v)


def row_reader(kind: type[T], columns: tuple[str, ...]) -> Callable[[Sequence[Any]], T]:
    """What turns a row into a struct by column name (columns it does not know are passed over), or a plain value."""
    if not issubclass(kind, msgspec.Struct):
        read = _reader(kind)
        return (lambda row: row[0]) if read is None else (lambda row: read(row[0]))
    hints = get_type_hints(kind)
    fields = [(name, i, _reader(hints[name])) for i, name in enumerate(columns) if name in hints]

    def make(row: Sequence[Any]) -> T:
        return kind(**{name: row[i] if read is None else read(row[i]) for name, i, read in fields})

    return make
