"""Passing messages on: what a forward carries, and who is named as its author."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from simulator.delivery import is_service
from simulator.model import Json, Message, Person
from simulator.people import place, post
from simulator.refusal import NotPossible

if TYPE_CHECKING:
    from simulator.core import Telegram

OUTER = (
    "message_id", "from", "chat", "date", "reply_markup", "reply_to_message", "edit_date", "media_group_id",
    "message_thread_id", "is_topic_message", "effect_id", "has_protected_content", "sender_tag",
)  # fmt: skip
CHANNEL = -1_000_000_700_000


def album_id() -> str:
    """A new name for messages that belong together."""
    return str(secrets.randbelow(9 * 10**16) + 10**16)


def content_of(body: Json) -> Json:
    """The content of a message without where and when it was written."""
    return {name: value for name, value in body.items() if name not in OUTER and name != "forward_origin"}


def forwarded(body: Json, origin: Json | None = None) -> Json:
    """The content of a message with its origin, as forwarding carries it; a forward keeps its first one."""
    first = body.get("forward_origin") or origin
    usual: Json = {"type": "user", "sender_user": body["from"], "date": body["date"]}
    return {**content_of(body), "forward_origin": first or usual}


def hidden_origin(body: Json) -> Json:
    """The origin of an author who does not let forwards lead back to them."""
    return {"type": "hidden_user", "sender_user_name": body["from"]["first_name"], "date": body["date"]}


def channel_origin(body: Json, title: str) -> Json:
    """The origin of a post in a channel of this name."""
    chat = {"id": CHANNEL, "type": "channel", "title": title}
    return {"type": "channel", "chat": chat, "message_id": body["message_id"], "date": body["date"]}


def together(bodies: list[Json]) -> list[Json]:
    """For each message the new album that it goes into: what was an album stays one."""
    names = [body.get("media_group_id") for body in bodies]
    new = {name: album_id() for name in names if name and names.count(name) > 1}
    return [{"media_group_id": new[name]} if name in new else {} for name in names]


def forward(
    sim: Telegram,
    person: Person,
    to: int | None,
    from_chat: int | None,
    numbers: list[int],
    *,
    hidden: bool = False,
    channel: str = "",
) -> list[Message]:
    """Pass messages on, as they are; `hidden` or a `channel` change whom they say they come from."""
    source, target = place(sim, person, from_chat), place(sim, person, to)
    found = [source.messages.get(number) for number in numbers]
    bodies = [message.body for message in found if message is not None and not is_service(message.body)]
    if not bodies or len(bodies) < len(numbers):
        raise NotPossible("this message is gone")
    if any(body.get("has_protected_content") for body in bodies):
        raise NotPossible("this message may not be forwarded")
    sent: list[Message] = []
    for body, album in zip(bodies, together(bodies), strict=True):
        origin = channel_origin(body, channel) if channel else hidden_origin(body) if hidden else None
        sent.append(post(sim, person, target, {**forwarded(body, origin), **album}))
    return sent
