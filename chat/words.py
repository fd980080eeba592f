"""A message as it will be sent: rendered words and markup, still without any word of Telegram's API."""

from __future__ import annotations

from msgspec import Struct


class Key(Struct, frozen=True, omit_defaults=True):
    """A button under a message."""

    label: str
    data: str = ""
    url: str = ""
    app: bool = False


class Item(Struct, frozen=True):
    """A file by its file id: `kind` is photo, video, document, voice, audio or animation."""

    kind: str
    file_id: str


class Words(Struct, frozen=True, omit_defaults=True):
    """What the outbox keeps: HTML text, buttons or a reply keyboard, perhaps files by their file ids.

    `bare` takes the reply keyboard away; `commands` (name, line) are a chat's menu, for a parcel of kind `menu`.
    """

    text: str
    buttons: tuple[tuple[Key, ...], ...] = ()
    keyboard: tuple[tuple[str, ...], ...] = ()
    hint: str = ""
    silent: bool = False
    photo: str = ""
    bare: bool = False
    commands: tuple[tuple[str, str], ...] = ()
    media: tuple[Item, ...] = ()
