"""What we read of Telegram's updates: their shapes, everything else is passed over."""

from __future__ import annotations

from msgspec import Struct, field, json

from bot.entities import Entity


class User(Struct, frozen=True):
    id: int
    first_name: str = ""
    language_code: str = ""
    is_bot: bool = False


class Chat(Struct, frozen=True):
    id: int
    type: str = "private"
    title: str = ""


class File(Struct, frozen=True):
    file_id: str
    file_unique_id: str = ""
    file_size: int = 0
    file_name: str = ""
    duration: int = 0


class Place(Struct, frozen=True):
    latitude: float
    longitude: float


class Origin(Struct, frozen=True):
    type: str = ""


class MessageIn(Struct, frozen=True):
    """What we read of a message."""

    chat: Chat
    message_id: int = 0
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
    migrate_to_chat_id: int | None = None


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

    update_id: int
    message: MessageIn | None = None
    edited_message: MessageIn | None = None
    callback_query: Query | None = None
    my_chat_member: Change | None = None


class Head(Struct, frozen=True):
    """Just enough to know the chat."""

    class Chatty(Struct, frozen=True):
        class Id(Struct, frozen=True):
            id: int = 0

        chat: Id = Id()
        from_: Id = field(default=Id(), name="from")

    update_id: int
    message: Chatty | None = None
    edited_message: Chatty | None = None
    callback_query: Chatty | None = None
    my_chat_member: Chatty | None = None


head_in = json.Decoder(Head).decode
update_in = json.Decoder(Update).decode
