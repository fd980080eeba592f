"""Reads the sections of the settings from plain data, and says every mistake at once (RULE-1)."""

from __future__ import annotations

import re
import types
import unicodedata
from collections.abc import Mapping
from datetime import datetime, time
from typing import Any, TypeVar, get_args

import msgspec
from msgspec import inspect

from rules.problems import Problem, error
from rules.settings_parts import Part, Span

P = TypeVar("P", bound=Part)
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?")
_SPAN = re.compile(r"\s*[-~\u2013\u2014]\s*")
_SHOWN = 40


class _Wrong(Exception):
    """A value that cannot be taken: the text id and its variables. An empty key means it is said already."""

    def __init__(self, key: str = "", **args: str | int) -> None:
        super().__init__(key)
        self.key, self.text_args = key, args


def read_part(kind: type[P], data: Mapping[str, Any], file: str) -> tuple[P, list[Problem]]:
    """Read all below `kind`. What is wrong keeps its default and becomes a problem (column = key path)."""
    reader = _Reader(file)
    part = reader.struct(kind, data, "")
    assert isinstance(part, kind)
    return part, reader.problems


class _Reader:
    """One reading of one file; gathers the problems on the way."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []

    def struct(self, kind: type[Part], data: Mapping[str, Any], path: str) -> Part:
        """Read a table; `path` ends with a dot or is empty."""
        fields = {f.encode_name: f for f in msgspec.structs.fields(kind)}
        values: dict[str, Any] = {}
        for name, value in data.items():
            if name not in fields:
                self._say(f"{path}{name}", _Wrong("classfile-setting-unknown"))
                continue
            try:
                values[fields[name].name] = self._value(fields[name].type, value, f"{path}{name}")
            except _Wrong as wrong:
                self._say(f"{path}{name}", wrong)
        missing = [name for name, f in fields.items() if f.required and f.name not in values]
        if unsaid := [name for name in missing if name not in data]:
            raise _Wrong("classfile-setting-incomplete", missing=", ".join(unsaid))
        if missing:
            raise _Wrong
        return kind(**values)

    def _say(self, path: str, wrong: _Wrong) -> None:
        if wrong.key:
            self.problems.append(error(self.file, 0, path, wrong.key, path=path, **wrong.text_args))

    def _value(self, kind: Any, value: Any, path: str) -> Any:
        if isinstance(kind, types.UnionType):
            kind = next(arm for arm in get_args(kind) if arm is not types.NoneType)
        info = inspect.type_info(kind)
        if isinstance(info, inspect.TimeType):
            return _time(value)
        if isinstance(info, inspect.StructType):
            return self._table(info.cls, value, path)
        if isinstance(info, inspect.VarTupleType):
            return self._list(get_args(kind)[0], value, path)
        if isinstance(info, inspect.DictType):
            return self._dict(get_args(kind)[1], value, path)
        return _plain(kind, info, value)

    def _table(self, kind: type[Any], value: Any, path: str) -> Part:
        if kind is Span and isinstance(value, str):
            return _span(value)
        if not isinstance(value, Mapping):
            raise _mistyped("table", value)
        return self.struct(kind, value, f"{path}.")

    def _list(self, kind: Any, value: Any, path: str) -> tuple[Any, ...]:
        if not isinstance(value, list | tuple):
            raise _mistyped("list", value)
        values, before = [], len(self.problems)
        for number, each in enumerate(value, 1):
            try:
                values.append(self._value(kind, each, f"{path}[{number}]"))
            except _Wrong as wrong:
                self._say(f"{path}[{number}]", wrong)
        if len(self.problems) > before:
            raise _Wrong  # half a list would be worse than the default
        return tuple(values)

    def _dict(self, kind: Any, value: Any, path: str) -> dict[str, Any]:
        if not isinstance(value, Mapping):
            raise _mistyped("table", value)
        return {name: self._value(kind, each, f"{path}.{name}") for name, each in value.items()}


def _plain(kind: Any, info: inspect.Type, value: Any) -> Any:
    """A number, a text, yes or no, or one of a few words."""
    try:
        return msgspec.convert(value, kind)
    except (msgspec.ValidationError, TypeError):
        pass
    if isinstance(info, inspect.LiteralType):
        raise _Wrong("classfile-setting-choice", value=_shown(value), choices=" / ".join(map(str, info.values)))
    if isinstance(info, inspect.IntType) and isinstance(value, int) and not isinstance(value, bool):
        raise _out_of_range(info, value)
    if isinstance(info, inspect.FloatType):
        if isinstance(value, int | float) and not isinstance(value, bool):
            raise _out_of_range(info, value)
        raise _mistyped("number", value)
    kinds = {inspect.IntType: "whole", inspect.BoolType: "bool"}
    raise _mistyped(kinds.get(type(info), "text"), value)


def _out_of_range(info: inspect.IntType | inspect.FloatType, value: float) -> _Wrong:
    low = info.ge if info.ge is not None else "…"
    high = next((bound for bound in (info.le, info.lt) if bound is not None), "…")
    return _Wrong("classfile-setting-range", value=_shown(value), low=str(low), high=str(high))


def _mistyped(kind: str, value: Any) -> _Wrong:
    return _Wrong("classfile-setting-type", kind=kind, value=_shown(value))


def _shown(value: Any) -> str:
    words = {True: "true", False: "false"}[value] if isinstance(value, bool) else str(value)
    return words if len(words) <= _SHOWN else words[:_SHOWN] + "…"


def _time(value: Any) -> time:
    """A time of day: `22:30`, `22：30`, or a time of TOML or of a spreadsheet; no zone, no seconds lost."""
    if isinstance(value, time) and value.tzinfo is None:
        return value
    if isinstance(value, datetime):
        return value.time()
    if isinstance(value, str) and (found := _CLOCK.fullmatch(unicodedata.normalize("NFKC", value).strip())):
        hour, minute, second = (int(part or 0) for part in found.groups())
        if hour < 24 and minute < 60 and second < 60:
            return time(hour, minute, second)
    raise _mistyped("time", value)


def _span(value: str) -> Span:
    """`08:30-12:00`."""
    ends = _SPAN.split(unicodedata.normalize("NFKC", value).strip())
    if len(ends) != 2:
        raise _mistyped("span", value)
    return Span(start=_time(ends[0]), end=_time(ends[1]))
