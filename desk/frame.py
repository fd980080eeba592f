"""How pages of the desk are drawn: the frame around them, words in the reader's language, files with their headers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape
from msgspec import Struct

from chat.messages import Lines, Say, When, say
from texts.render import Voice, day_words, voice

PAGES = Path(__file__).parent / "pages"
KINDS = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
LOCALES = {"zh": "zh-CN", "en": "en-GB"}


def csp(frames: str = "'none'") -> str:
    """Nothing from elsewhere, nothing inline; `frames` says who may show the page inside of theirs."""
    return (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; media-src 'self'; "
        f"connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors {frames}"
    )


HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Robots-Tag": "noindex",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}

_jinja = Environment(
    loader=FileSystemLoader(PAGES), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
)


class Link(Struct, frozen=True):
    """A line of the navigation, or a class to change to."""

    to: str
    label: str
    here: bool = False


@cache
def mark_of(name: str) -> str:
    """A short mark of what stands in a file of ours: browsers keep each version for ever."""
    return blake2b((PAGES / name).read_bytes(), digest_size=6).hexdigest()


def file(name: str) -> str:
    """The address of a stylesheet or script."""
    return f"/desk/look/{name}?v={mark_of(name)}"


def files() -> frozenset[str]:
    """The stylesheets, scripts and signs that the desk gives away."""
    return frozenset(p.name for p in PAGES.iterdir() if p.suffix in KINDS)


def broken(text: str) -> Markup:
    """Lines of a person's text as lines, everything else escaped."""
    return Markup("<br>").join(escape(line) for line in text.split("\n"))


@cache
def fixed(lang: str, key: str) -> tuple[Markup, str]:
    """A text without variables, with markup and without: a matrix asks for the same few a thousand times."""
    speak = voice(lang, "UTC")
    return Markup(speak.html(Say(key)).replace("\n", "<br>")), speak.plain(Say(key))


class Speaker:
    """What templates may ask of a voice."""

    def __init__(self, speak: Voice) -> None:
        self.speak = speak

    def say(self, key: str, **args: Any) -> Markup:
        """A text of ours by its id."""
        return self.words(Say(key, args)) if args else fixed(self.speak.lang, key)[0]

    def plain(self, what: str | Say | Lines, **args: Any) -> str:
        """The same without markup: for attributes and titles."""
        if isinstance(what, str):
            return self.speak.plain(Say(what, args)) if args else fixed(self.speak.lang, what)[1]
        return self.speak.plain(what)

    def words(self, what: Say | Lines | str | None) -> Markup:
        """Words that the page was given; plain strings of people are escaped."""
        if what is None:
            return Markup()
        if isinstance(what, str):
            return broken(what)
        return Markup(self.speak.html(what).replace("\n", "<br>"))  # our own texts, whose variables are escaped

    def clock(self, at: datetime | None) -> str:
        return "" if at is None else f"{at.astimezone(self.speak.zone):%H:%M}"

    def when(self, at: datetime | None) -> str:
        """The time with its day."""
        return "" if at is None else self.speak.plain(say("desk-when", at=When(at)))

    def day(self, day: date) -> str:
        return day_words(day, self.speak.lang)

    def values(self) -> dict[str, Any]:
        """Under these names they stand in templates."""
        lang = LOCALES[self.speak.lang]
        return {"say": self.say, "plain": self.plain, "words": self.words, "clock": self.clock, "when": self.when,
                "day": self.day, "lang": lang, "file": file}  # fmt: skip


def draw(template: str, speak: Voice, values: Mapping[str, Any], piece: bool = False) -> str:
    """A page in one language; as a `piece` only the part that may change."""
    base = "desk_piece.html" if piece else "desk_frame.html"
    return _jinja.get_template(template).render({**Speaker(speak).values(), "base": base, **values})
