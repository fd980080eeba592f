"""What people get to see, as data: words by their text id, buttons, keyboards, replies."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from msgspec import Struct, field

from chat.words import Item

Rows = tuple[tuple["Button", ...], ...]


class Say(Struct, frozen=True):
    """A text by its id in `texts/`, with its variables; it becomes words in the reader's language."""

    key: str
    args: dict[str, Any] = field(default_factory=dict)


def say(key: str, /, **args: Any) -> Say:
    """Name a text: `say("checkins-done", name=…)`."""
    return Say(key, args)


class Rich(Struct, frozen=True):
    """Words of a person with markup that we made ourselves out of Telegram's formatting: as safe as our own texts."""

    html: str


class When(Struct, frozen=True):
    """A moment that needs its day beside the clock (SCH-09), in the reader's zone."""

    at: datetime


class Lines(Struct, frozen=True):
    """Several texts below each other; an empty one (None) is left out."""

    parts: tuple[Say | Lines | None, ...]
    gap: str = "\n"


def lines(*parts: Say | Lines | None, gap: str = "\n") -> Lines:
    """Put texts below each other."""
    return Lines(tuple(parts), gap)


class Button(Struct, frozen=True):
    """A button under a message. It says all by itself: a verb and its arguments, at most 64 bytes.

    `url` leads to a page instead; `app` opens that page inside Telegram.
    """

    label: Say
    verb: str = ""
    args: tuple[str | int, ...] = ()
    url: str = ""
    app: bool = False

    @property
    def data(self) -> str:
        """The callback data on the wire: `verb:arg:arg`."""
        return ":".join((self.verb, *map(str, self.args)))


def button(label: Say | str, verb: str, *args: str | int) -> Button:
    """Make a button: `button("rolls-mark", "mark", roll_id, member_id)`."""
    return Button(Say(label) if isinstance(label, str) else label, verb, args)


class Keyboard(Struct, frozen=True):
    """The big buttons in place of the phone's keyboard: rows of text ids; no rows take the keyboard away."""

    rows: tuple[tuple[Say, ...], ...] = ()
    hint: Say | None = None


class Message(Struct, frozen=True):
    """Something to be said to one person, in whatever language that person reads. `media` come with it: one file with
    the text as its caption, or several as an album before the text."""

    text: Say | Lines
    buttons: Rows = ()
    keyboard: Keyboard | None = None
    silent: bool = False
    photo: str = ""
    media: tuple[Item, ...] = ()


class Reply(Struct, frozen=True):
    """What a handler gives back. `then` names the step that waits for the next free text; none ends the talk, unless
    it is an `aside`: done with one word in the middle of something else, which goes on (已读, 签到).

    `edit` puts the text in place of the tapped message; `toast` is the small line over the chat after a tap.
    `more` are further messages to the same person, each in its own bubble. `commands` are accounts whose role or
    language has just changed: their menu of commands is made anew.
    """

    text: Say | Lines | None = None
    buttons: Rows = ()
    keyboard: Keyboard | None = None
    then: str | None = None
    memo: dict[str, Any] = field(default_factory=dict)
    toast: Say | None = None
    alert: bool = False
    edit: bool = False
    silent: bool = False
    more: tuple[Message, ...] = ()
    commands: tuple[int, ...] = ()
    aside: bool = False


class Refusal(Exception):
    """An expected "no", in words that say the next step; what was half done is undone (UI-08).

    `counts` names a kind of attempt that is counted all the same: wrong codes, wrong digits.
    """

    def __init__(self, key: str, /, buttons: Rows = (), counts: str = "", **args: Any) -> None:
        super().__init__(key)
        self.say = Say(key, args)
        self.buttons = buttons
        self.counts = counts
