"""A message as a person sees it on the phone: the shape that the page draws and tests read."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from simulator.model import Dialog, Json, Message, Person
from simulator.render import html_of

if TYPE_CHECKING:
    from simulator.core import Telegram

FILES = ("photo", "voice", "video", "audio", "document", "sticker", "animation", "video_note")
OTHERS = ("location", "venue", "contact", "poll")


def kind_of(body: Json) -> str:
    """What kind of message it is; "service" for what nobody wrote."""
    for kind in ("text", *FILES[:-2], "venue", *OTHERS):
        if kind in body:
            return kind
    if "animation" in body or "video_note" in body:
        return "video"
    return "service"


def shown(sim: Telegram, dialog: Dialog, message: Message) -> Json:
    """What the page needs to draw a message."""
    body = message.body
    kind = kind_of(body)
    words: str = body.get("text") or body.get("caption") or ""
    marks = body.get("entities") or body.get("caption_entities") or []
    view: Json = {
        "message_id": message.id, "chat": dialog.chat, "kind": kind, "date": body["date"], "stamp": message.stamp,
        "from": {"id": message.sender, "name": body["from"]["first_name"]},
        "html": html_of(words, marks), "entities": marks,
        "text": body.get("text", ""), "caption": body.get("caption", ""), "inline_keyboard": keyboard(body),
    }  # fmt: skip
    if kind == "service":
        view["service"] = service_of(body)
        view["text"] = SERVICE[view["service"]["what"]].format(**view["service"])
        view["html"] = escape(view["text"])
    else:
        add_media(sim, view, body, kind)
    add_signs(view, message, body)
    return view


def keyboard(body: Json) -> list[list[Json]]:
    """The inline keyboard under a message."""
    rows: list[list[Json]] = body.get("reply_markup", {}).get("inline_keyboard", [])
    return rows


def add_signs(view: Json, message: Message, body: Json) -> None:
    """What stands around the words: edited, silent, pinned, reply, origin, reactions."""
    if message.reworded:
        view["edit_date"] = message.reworded
    if message.silent:
        view["silent"] = True
    if message.pinned:
        view["pinned"] = True
    if message.unsent:
        view["pending"] = True
    if "media_group_id" in body:
        view["album"] = body["media_group_id"]
    if "reply_to_message" in body:
        view["reply_to"] = short(body["reply_to_message"])
    if "forward_origin" in body:
        view["forward"] = {"name": origin_name(body["forward_origin"])}
    if message.reactions:
        view["reactions"] = [{"emoji": emoji} for emoji in dict.fromkeys(message.reactions.values())]


def short(body: Json) -> Json:
    """Enough of a message to quote it."""
    sender = body.get("from", {})
    name = {"id": sender.get("id"), "name": sender.get("first_name", "")}
    return {"message_id": body["message_id"], "from": name, "kind": kind_of(body),
            "text": body.get("text", ""), "caption": body.get("caption", "")}  # fmt: skip


def origin_name(origin: Json) -> str:
    """Who wrote a forwarded message first."""
    user, chat = origin.get("sender_user", {}), origin.get("chat") or origin.get("sender_chat") or {}
    return str(user.get("first_name") or origin.get("sender_user_name") or chat.get("title") or "?")


def add_media(sim: Telegram, view: Json, body: Json, kind: str) -> None:
    """The file, place, card or poll of a message."""
    for name in OTHERS:
        if name in body:
            view[name] = body[name]
    held = next((body[name] for name in FILES if name in body), None)
    if held is None:
        return
    piece = held[-1] if isinstance(held, list) else held
    view["file"] = file_shown(sim, piece)


def file_shown(sim: Telegram, piece: dict[str, Any]) -> Json:
    """A file as the page links to it."""
    stored = sim.world.files.get(piece["file_id"])
    view: Json = {"file_id": piece["file_id"], "size": piece.get("file_size", 0), "duration": piece.get("duration", 0)}
    if stored is not None:
        view |= {"name": stored.name, "mime": stored.mime, "width": stored.width, "height": stored.height}
    return view


SERVICE = {
    "joined": "{names} 加入了群组", "left": "{names} 离开了群组", "added": "{who} 邀请 {names} 加入了群组",
    "removed": "{who} 移出了 {names}", "pinned": "{who} 置顶了一条消息", "created": "{who} 创建了群组",
    "upgraded": "群组已升级为超级群", "topic": "{who} 创建了话题「{names}」", "data": "写入了数据", "": "",
}  # fmt: skip
"""What Telegram writes in the middle of the chat; the page has the same lines in its languages."""


def service_of(body: Json) -> Json:
    """What a message that nobody wrote tells: `what` of SERVICE, `who` did it, and `names`."""
    who, what, names = body["from"], "", ""
    if came := body.get("new_chat_members"):
        what = "joined" if came[0]["id"] == who["id"] else "added"
        names = "、".join(one["first_name"] for one in came)
    elif gone := body.get("left_chat_member"):
        what, names = "left" if gone["id"] == who["id"] else "removed", gone["first_name"]
    elif topic := body.get("forum_topic_created"):
        what, names = "topic", topic["name"]
    else:
        signs = {
            "pinned_message": "pinned", "group_chat_created": "created", "migrate_to_chat_id": "upgraded",
            "migrate_from_chat_id": "upgraded", "web_app_data": "data",
        }  # fmt: skip
        what = next((word for sign, word in signs.items() if sign in body), "")
    return {"what": what, "who": who["first_name"], "names": names}


def seen_by(sim: Telegram, person: Person, dialog: Dialog, before: int | None, limit: int) -> list[Json]:
    """A page of a conversation as it stands on a person's phone; offline it stays as it was."""
    page = dialog.page(before, limit)
    if person.offline:
        upto = person.seen.get(str(dialog.bot or dialog.chat), 0)
        page = dialog.page(min(before or upto + 1, upto + 1), limit)
    views = [shown(sim, dialog, message) for message in page]
    if before is None and person.waiting:
        views += [
            one["shown"] for one in person.waiting if one["place"] == (dialog.bot or dialog.chat) and one["shown"]
        ]
    return views
