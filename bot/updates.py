"""What we read of Telegram's updates: their shapes, everything else is passed over; and JSON made fit to be kept."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Annotated, TypeVar

import msgspec
from msgspec import Meta, Struct, field, json

from bot.entities import Entity

T = TypeVar("T")
Whole = Annotated[int, Meta(ge=-(2**63), le=2**63 - 1)]
"""A number that a database can keep."""
Small = Annotated[int, Meta(ge=0, le=2**31 - 1)]

_ESCAPES = re.compile(
    r"\\\\|\\u[dD][89abAB][\da-fA-F]{2}\\u[dD][c-fC-F][\da-fA-F]{2}|\\u(?:0000|[dD][89a-fA-F][\da-fA-F]{2})"
)
"""A backslash, a character in two halves, and what no text may hold: a NUL, half a character."""
_NONE = "\ufffd"


class User(Struct, frozen=True):
    id: Whole
    first_name: str = ""
    language_code: str = ""
    is_bot: bool = False


class Chat(Struct, frozen=True):
    id: Whole
    type: str = "private"
    title: str = ""


class File(Struct, frozen=True):
    file_id: str
    file_unique_id: str = ""
    file_size: Whole = 0
    file_name: str = ""
    duration: Small = 0


class Place(Struct, frozen=True):
    latitude: float
    longitude: float


class Origin(Struct, frozen=True):
    type: str = ""


class MessageIn(Struct, frozen=True):
    """What we read of a message."""

    chat: Chat
    message_id: Whole = 0
    date: int = 0
    edit_date: int = 0
    from_: User | None = field(default=None, name="from")
    text: str = ""
    entities: list[Entity] = []
    caption: str = ""
    caption_entities: list[Entity] = []
    forward_origin: Origin | None = None
    media_group_id: str = ""
    photo: list[File] = []
    voice: File | None = None
    video: File | None = None
    document: File | None = None
    audio: File | None = None
    sticker: File | None = None
    animation: File | None = None
    video_note: File | None = None
    location: Place | None = None
    new_chat_members: list[User] = []
    left_chat_member: User | None = None
    migrate_to_chat_id: Whole | None = None


class Query(Struct, frozen=True):
    id: str
    from_: User = field(name="from")
    message: MessageIn | None = None
    data: str = ""


class Standing(Struct, frozen=True):
    status: str = ""
    can_pin_messages: bool = False


class Change(Struct, frozen=True):
    """The bot's own standing in a chat changed."""

    chat: Chat
    from_: User = field(name="from")
    date: int = 0
    new_chat_member: Standing = Standing()


class Update(Struct, frozen=True):
    """What we read of an update; everything else is passed over."""

    update_id: Whole
    message: MessageIn | None = None
    edited_message: MessageIn | None = None
    callback_query: Query | None = None
    my_chat_member: Change | None = None


class Head(Struct, frozen=True):
    """Just enough to know the chat."""

    class Chatty(Struct, frozen=True):
        class Id(Struct, frozen=True):
            id: Whole = 0

        chat: Id = Id()
        from_: Id = field(default=Id(), name="from")

    update_id: Whole
    message: Chatty | None = None
    edited_message: Chatty | None = None
    callback_query: Chatty | None = None
    my_chat_member: Chatty | None = None


class Outline(Struct, frozen=True):
    """The little that must be right for somebody to be answered: who it was, and where."""

    class Spoken(Struct, frozen=True):
        chat: Chat
        from_: Head.Chatty.Id = field(name="from")

    class Tapped(Struct, frozen=True):
        id: str
        from_: Head.Chatty.Id = field(name="from")

    message: Spoken | None = None
    callback_query: Tapped | None = None


def _reader(kind: type[T]) -> Callable[[str | bytes], T]:
    decode = json.Decoder(kind).decode

    def read(raw: str | bytes) -> T:
        try:
            return decode(raw)
        except RecursionError:  # msgspec's word for brackets in brackets in brackets
            raise msgspec.DecodeError("nested too deeply") from None

    return read


head_in = _reader(Head)
update_in = _reader(Update)
outline_in = _reader(Outline)


def text_of(raw: bytes) -> str:
    """The JSON as text that every database keeps: a NUL or half a character, escaped or not, becomes the sign for what
    cannot be read."""
    text = raw.decode("utf-8", "replace").replace("\0", _NONE)
    if "\\u0000" not in text and "\\ud" not in text and "\\uD" not in text:
        return text
    return _ESCAPES.sub(lambda found: _NONE if len(found[0]) == 6 else found[0], text)
