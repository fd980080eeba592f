"""The desk's small language: a `Visit` comes in, a `Page` or a `Done` goes out; `page` and `deed` make the table."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Any

from msgspec import Struct, structs

from actions.desk_sessions import need_fresh
from chat.messages import Lines, Say, say
from storage.accounts import Me
from storage.desk_sessions import DeskSession
from storage.tx import Tx
from texts.render import Voice

Words = Say | Lines


class Upload(Struct, frozen=True):
    """A file that somebody chose in a form."""

    name: str
    content: bytes


class Visit(Struct, frozen=True, kw_only=True):
    """All that a page may know: the open transaction, who comes, with what values, now. The desk's `Turn`.

    `values` are those of the path, the query and the form, the path's first; nothing of them is trusted.
    """

    tx: Tx
    me: Me
    now: datetime
    session: DeskSession
    path: str = ""
    values: Mapping[str, tuple[str, ...]] = {}
    files: Mapping[str, tuple[Upload, ...]] = {}
    disk: tuple[int, int] | None = None
    """Free and all of the disk with the data, in GB, where it is known."""
    trouble: Words | None = None
    """Why a form could not be done, when its page is shown again."""

    @property
    def speak(self) -> Voice:
        """How to speak to who comes."""
        return self.me.voice

    def word(self, name: str, most: int = 200) -> str:
        """One value, without blanks around it; "" when there is none, cut where it is too long for one line."""
        return self.text(name, most).replace("\n", " ")

    def text(self, name: str, most: int = 20_000) -> str:
        """Free text of several lines, as a person would type it."""
        found = self.values.get(name, ("",))[0].replace("\r\n", "\n").replace("\x00", "")
        return found.strip()[:most]

    def all(self, name: str) -> tuple[str, ...]:
        """Every value of a name: ticked boxes."""
        return self.values.get(name, ())[:1000]

    def number(self, name: str = "id") -> int:
        """A number; 0 for whatever is none, which is nobody's id."""
        return number_of(self.values.get(name, ("",))[0])

    def numbers(self, name: str) -> list[int]:
        """All numbers of a name."""
        return [n for n in map(number_of, self.all(name)) if n]

    def day(self, name: str = "day") -> date | None:
        """A date like 2027-03-15 of our times; None for whatever is none."""
        try:
            found = date.fromisoformat(self.word(name, 10))
        except ValueError:
            return None
        return found if 2000 <= found.year <= 2200 else None

    def need_fresh(self) -> None:
        """For what cannot be taken back: refuses who has not signed in or confirmed lately."""
        need_fresh(self.session, self.now)


def number_of(word: str) -> int:
    """A number out of the wild; 0 for whatever is none."""
    return int(word) if word.isascii() and word.isdecimal() and len(word) < 16 else 0


class Page(Struct, frozen=True):
    """What one gets to see: a template with its values. `live` are topics on which the piece is fetched anew."""

    template: str
    title: Words
    values: Mapping[str, Any] = {}
    live: tuple[str, ...] = ()
    status: int = 200


KEYS_OF_THE_CHAT = frozenset({"refusals-not-here", "help-old-button"})
"""Refusals that send one to keys which the desk does not have."""


def at_the_desk(words: Words) -> Words:
    """A refusal as the desk says it."""
    return say("desk-gone") if isinstance(words, Say) and words.key in KEYS_OF_THE_CHAT else words


def not_here(words: Words) -> Page:
    """In place of a page: what is not there, or not one's own."""
    what = at_the_desk(words)
    return Page("desk_refused.html", what, {"what": what, "can_confirm": False, "signed_in": True}, status=404)


class Done(Struct, frozen=True):
    """After a deed: where to go on, and what to say there once."""

    to: str
    toast: Words | None = None


class Given(Struct, frozen=True):
    """A file. `inline` only for pictures and sound that we made ourselves or checked. `place`: where its content
    stands, if not here; it is fetched after the transaction."""

    name: str
    content: bytes = b""
    kind: str = "application/octet-stream"
    inline: bool = False
    keep: int = 0
    """Seconds for which the browser may keep it."""
    place: str = ""


Answer = Page | Done | Given
Handler = Callable[[Visit], Awaitable[Answer]]


class Way(Struct, frozen=True):
    """One address of the desk. `nav` is its word in the navigation, `again` shows the form anew after a refusal."""

    method: str
    path: str
    handler: Handler
    who: frozenset[str]
    nav: str = ""
    again: Handler | None = None
    most: int = 1 << 20
    """Bytes that a form may bring."""

    @property
    def key(self) -> str:
        return f"{self.method} {self.path}"


PATH = re.compile(r"/desk(/[a-z0-9_-]+|/\{[a-z]+\})+")


def page(path: str, handler: Handler, *, who: Iterable[str], nav: str = "") -> Way:
    """A page, or a file to look at: `page("/desk/rolls/{id}", show, who=CALLERS)`."""
    return Way("GET", path, handler, frozenset(who), nav)


def deed(path: str, handler: Handler, *, who: Iterable[str], again: Handler | None = None, most: int = 1 << 20) -> Way:
    """Something that a form does: `deed("/desk/rolls/{id}/close", close, who=TEACHERS, again=show)`."""
    return Way("POST", path, handler, frozenset(who), again=again, most=most)


def table(*features: Iterable[Way]) -> dict[str, Way]:
    """Put the features' ways into one table; an address used twice, or a strange one, is an error at start."""
    found: dict[str, Way] = {}
    shapes: dict[str, Way] = {}
    for way in (w for feature in features for w in feature):
        shape = f"{way.method} {re.sub(r'{[a-z]+}', '{}', way.path)}"
        if not PATH.fullmatch(way.path):
            raise ValueError(f"no address of the desk: {way.path}")
        if shape in shapes:
            raise ValueError(f"two ways for {way.key}: {shapes[shape].handler} and {way.handler}")
        shapes[shape] = found[way.key] = way
    return found


def with_trouble(visit: Visit, tx: Tx, trouble: Words) -> Visit:
    """The same visit, to show its form again with the reason on top."""
    return structs.replace(visit, tx=tx, trouble=trouble)
