"""Sending albums: several messages that belong together, in one call."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from simulator.call import Call
from simulator.forwards import album_id
from simulator.methods.media import RIGHTS, WRONG_FILE, item_content
from simulator.methods.sending import add, surroundings
from simulator.model import Account, Json
from simulator.places import find, may_send
from simulator.refusal import Refusal, bad
from simulator.telling import show

if TYPE_CHECKING:
    from simulator.core import Telegram

MOST = 10
KINDS = ("photo", "video", "document", "audio")


def send_media_group(sim: Telegram, bot: Account, call: Call) -> list[Json]:
    """An album of two to ten; a single one is sent as an ordinary message, as Telegram does. Keyboards are not read."""
    dialog = find(sim, bot, call)
    items: Any = call.tree("media")
    if items is None:
        raise bad('parameter "media" is required')
    if not isinstance(items, list) or not all(isinstance(one, dict) for one in items):
        raise bad("can't parse media JSON object")
    check(items)
    may_send(sim, bot, dialog, RIGHTS[items[0]["type"]])
    contents = [content(sim, call, item, n) for n, item in enumerate(items, 1)]
    around = surroundings(sim, dialog, call)
    sim.floods.spend(bot.id, dialog.chat, len(items))
    if len(items) > 1:
        around["media_group_id"] = album_id()
    sent = []
    for one in contents:
        message = add(sim, bot, dialog, {**one, **around}, call.flag("disable_notification"))
        show(sim, dialog, message)
        sent.append(message.body)
    return sent


def check(items: list[Json]) -> None:
    """Refuse an album that Telegram would refuse."""
    for item in items:
        if item.get("type") == "animation":
            raise bad("can't parse InputMedia: type \"animation\" can't be used in sendMediaGroup")
        if item.get("type") not in KINDS:
            raise bad(f'can\'t parse InputMedia: type "{item.get("type", "")}" is unsupported')
    if not items:
        raise bad("there are no messages to send")
    if len(items) > MOST:
        raise bad("too many messages to send as an album")
    kinds = [str(item["type"]) for item in items]
    for alone in ("document", "audio"):
        if alone in kinds and len(set(kinds)) > 1:
            raise bad(f"{alone} can't be mixed with other media types")


def content(sim: Telegram, call: Call, item: Json, n: int) -> Json:
    """The content of the n-th item; a file that vanished is told with its place, as Telegram's servers do."""
    media = str(item.get("media") or "")
    if not media or (media.startswith("attach://") and media[9:] not in call.files):
        raise bad("can't parse InputMedia: media not found")
    stored = sim.world.files.get(media)
    if stored is not None and stored.gone:
        words = WRONG_FILE[0].upper() + WRONG_FILE[1:]
        raise Refusal(400, f'failed to send message #{n} with the error message "{words}"')
    return item_content(sim, call, item)
