"""What people do, as plain values: one class for each kind of event that Telegram can bring."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct


def number_of(word: str) -> int:
    """A number out of the wild; 0 for whatever is none."""
    return int(word) if word.isdecimal() and len(word) < 16 else 0


class Event(Struct, frozen=True, kw_only=True):
    """One thing that somebody did in one chat, at the time Telegram received it (RULE-4)."""

    chat_id: int
    account_id: int
    at: datetime
    message_id: int = 0
    first_name: str = ""
    lang: str = "zh"
    private: bool = True


class Command(Event, frozen=True, kw_only=True):
    """`/name args`, also a deep link (`/start token`)."""

    name: str
    args: str = ""


class Text(Event, frozen=True, kw_only=True):
    """Free text, before anybody has decided what it means (UI-01)."""

    text: str
    forwarded: bool = False
    html: str = ""
    """The same with its formatting as safe markup; empty where there is none."""


class Word(Event, frozen=True, kw_only=True):
    """A word of the reply keyboard, or one of its synonyms, by its text id."""

    key: str


class Tap(Event, frozen=True, kw_only=True):
    """A button under a message: the verb and its arguments say all by themselves."""

    query_id: str
    verb: str
    args: tuple[str, ...] = ()

    def number(self, at: int = 0) -> int:
        """A number among the arguments; 0 for whatever is none, which is nobody's id."""
        return number_of(self.args[at]) if at < len(self.args) else 0


class Media(Event, frozen=True, kw_only=True):
    """A photo, voice, video, document, sticker or other file, known by its file_id."""

    kind: str
    file_id: str
    unique_id: str = ""
    size: int = 0
    seconds: int = 0
    file_name: str = ""
    caption: str = ""
    album: str = ""
    forwarded: bool = False
    html: str = ""
    """The caption with its formatting; empty where there is none."""


class Location(Event, frozen=True, kw_only=True):
    """A shared place; kept nowhere (RULE-6)."""

    latitude: float
    longitude: float


class Edited(Event, frozen=True, kw_only=True):
    """A person changed an earlier message."""

    text: str
    html: str = ""


class Blocked(Event, frozen=True, kw_only=True):
    """The person stopped the bot."""


class Unblocked(Event, frozen=True, kw_only=True):
    """The person took the bot back."""


class Joined(Event, frozen=True, kw_only=True):
    """The bot was added to a group, or taken out of it (`here` is then false); `may_pin`: as one who may pin."""

    here: bool = True
    title: str = ""
    may_pin: bool = False


class Moved(Event, frozen=True, kw_only=True):
    """A group became a supergroup and has another chat id from now on."""

    new_chat_id: int


class Unknown(Event, frozen=True, kw_only=True):
    """Something that this bot does not understand: a new kind of update, a dice, a story."""

    kind: str = ""
