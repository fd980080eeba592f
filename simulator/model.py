"""What the simulated Telegram remembers: people, bots, groups, conversations, messages."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from typing import Any

import msgspec

Json = dict[str, Any]


class Message(msgspec.Struct, omit_defaults=True):
    """One message; `body` is what the Bot API shows of it."""

    id: int
    sender: int
    body: Json
    stamp: int = 0
    silent: bool = False
    has_keyboard: bool = False
    pinned: bool = False
    unsent: bool = False
    reworded: int = 0
    reactions: dict[int, str] = {}
    votes: dict[int, list[int]] = {}


class Dialog(msgspec.Struct, omit_defaults=True):
    """A conversation: a person's private chat with one bot, or a group."""

    chat: int
    card: Json
    bot: int = 0
    started: bool = False
    blocked: bool = False
    messages: dict[int, Message] = {}
    ids: list[int] = []
    keyboards: dict[int, Json] = {}
    last_id: int = 0

    def page(self, before: int | None, limit: int) -> list[Message]:
        """The newest messages with an id below `before`, oldest first."""
        at = len(self.ids) if before is None else bisect_left(self.ids, before)
        found: list[Message] = []
        while at > 0 and len(found) < limit:
            at -= 1
            message = self.messages.get(self.ids[at])
            if message is not None:
                found.append(message)
        return found[::-1]

    def newest_first(self) -> Iterator[Message]:
        """All messages from the newest back."""
        for number in reversed(self.ids):
            message = self.messages.get(number)
            if message is not None:
                yield message


class Person(msgspec.Struct, omit_defaults=True):
    """Somebody with a phone."""

    id: int
    name: str
    lang: str = "zh"
    note: str = ""
    link: str | dict[str, str] = ""
    username: str = ""
    shown: bool = True
    offline: bool = False
    deactivated: bool = False
    home: int = 0
    seen: dict[str, int] = {}
    waiting: list[Json] = []


class Member(msgspec.Struct, omit_defaults=True):
    """How somebody stands in a group."""

    status: str = "member"
    rights: Json = {}
    tag: str = ""


class Group(msgspec.Struct, omit_defaults=True):
    """A group or supergroup with its members, people and bots alike."""

    id: int
    title: str
    dialog: Dialog
    kind: str = "group"
    members: dict[int, Member] = {}
    moved_to: int = 0
    deleted: bool = False
    muted: bool = False
    topics: dict[int, Json] = {}
    links: dict[str, Json] = {}
    asking: dict[int, Json] = {}


class Account(msgspec.Struct, omit_defaults=True):
    """A bot as BotFather and its own calls have set it up."""

    id: int
    token: str
    username: str
    name: str
    revoked: bool = False
    privacy: bool = True
    inline: bool = False
    last_message: int = 0
    dialogs: dict[int, Dialog] = {}
    commands: dict[str, list[Json]] = {}
    menus: dict[int, Json] = {}
    words: dict[str, str] = {}
    polls: dict[str, tuple[int, int]] = {}

    def card(self) -> Json:
        """The bot as a User."""
        return {
            "id": self.id,
            "is_bot": True,
            "first_name": self.words.get("name:", self.name),
            "username": self.username,
        }


class Stored(msgspec.Struct, omit_defaults=True):
    """A file that somebody sent; its bytes lie elsewhere."""

    unique: str
    path: str
    size: int
    name: str = ""
    mime: str = "application/octet-stream"
    kind: str = "document"
    width: int = 0
    height: int = 0
    duration: int = 0
    gone: bool = False


class World(msgspec.Struct, omit_defaults=True):
    """Everything together."""

    people: dict[int, Person] = {}
    bots: dict[int, Account] = {}
    groups: dict[int, Group] = {}
    files: dict[str, Stored] = {}
    next_person: int = 5_100_000_001
    next_group: int = 4_100_000
    next_file: int = 1
    stamp: int = 0


def user_card(person: Person) -> Json:
    """A person as a User."""
    card: Json = {"id": person.id, "is_bot": False, "first_name": person.name, "language_code": person.lang}
    if person.username:
        card["username"] = person.username
    return card


def private_card(person: Person) -> Json:
    """A person as the Chat that a bot sees."""
    card: Json = {"id": person.id, "type": "private", "first_name": person.name}
    if person.username:
        card["username"] = person.username
    return card


def group_card(group: Group) -> Json:
    """A group as a Chat."""
    card: Json = {"id": group.id, "type": group.kind, "title": group.title}
    if group.kind == "supergroup" and group.topics:
        card["is_forum"] = True
    return card
