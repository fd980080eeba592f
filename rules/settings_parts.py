"""What the sections of the settings are made of (RULE-1)."""

from __future__ import annotations

from datetime import time
from typing import Annotated

from msgspec import Meta, Struct

Minutes = Annotated[int, Meta(ge=0, le=24 * 60)]
Seconds = Annotated[int, Meta(ge=0, le=24 * 3600)]
Hours = Annotated[int, Meta(ge=0, le=2000)]
Days = Annotated[int, Meta(ge=0, le=3650)]
Count = Annotated[int, Meta(ge=0, le=10_000)]
Some = Annotated[int, Meta(ge=1, le=10_000)]
Share = Annotated[float, Meta(ge=0, le=1)]
Points = Annotated[int, Meta(ge=0, le=100)]
Words = tuple[str, ...]


class Part(Struct, frozen=True, kw_only=True):
    """A section of the settings: every field has a default, its name is the key in `rules.toml`."""


class Span(Part, frozen=True, kw_only=True):
    """A part of the day, written `08:30-12:00`."""

    start: time
    end: time
