"""Sending pictures, voices, videos and files; getting files back."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from simulator.attachments import lasts, media_view
from simulator.call import Call, Upload
from simulator.entities import caption_text
from simulator.methods.edits import CAPTION, WORDS, change, own
from simulator.methods.sending import post
from simulator.model import Account, Json
from simulator.places import find, may_send
from simulator.refusal import bad
from simulator.shown import FILES, kind_of

if TYPE_CHECKING:
    from simulator.core import Telegram

RIGHTS = {
    "photo": "photos", "voice": "voice notes", "video": "videos", "audio": "music", "document": "documents",
    "animation": "GIFs", "sticker": "stickers",
}  # fmt: skip
PHOTO_MOST = 10 * 1024 * 1024
DOWNLOAD_MOST = 20 << 20
WORDLESS = ("sticker",)
WRONG_FILE = "wrong file identifier/HTTP URL specified"


def send_media(kind: str) -> Any:
    """The method that sends one kind of file."""

    def method(sim: Telegram, bot: Account, call: Call) -> Json:
        dialog = find(sim, bot, call)
        words = {} if kind in WORDLESS else caption_of(call)
        may_send(sim, bot, dialog, RIGHTS[kind])
        content = {**piece(sim, call, kind, call.text(kind), call.files.get(kind)), **words}
        return post(sim, bot, dialog, content, call)

    return method


def caption_of(call: Call) -> Json:
    """The caption of a call."""
    return caption_text(call.text("caption"), call.text("parse_mode"), call.tree("caption_entities"))


def piece(sim: Telegram, call: Call, kind: str, given: str, upload: Upload | None, fields: Json | None = None) -> Json:
    """The media of a message: a file sent along, or one that is known by its file_id."""
    if upload is None and given.startswith("attach://"):
        upload = call.files.get(given[9:])
        if upload is None:
            raise bad(WRONG_FILE)
    if upload is None and not given:
        raise bad(f"there is no {kind} in the request")
    fields = call.params if fields is None else fields
    file_id = known(sim, given, kind) if upload is None else taken(sim, upload, kind, lasts(fields))
    return media_view(sim, file_id, kind, fields)


def known(sim: Telegram, file_id: str, kind: str) -> str:
    """A file_id that is good for this kind of message."""
    stored = sim.world.files.get(file_id)
    if stored is None:
        raise bad(wrong_file(file_id))
    if stored.kind != kind:
        raise bad(f"can't use file of type {stored.kind.capitalize()} as {kind.capitalize()}")
    if stored.gone:
        raise bad(WRONG_FILE)
    return file_id


def wrong_file(given: str) -> str:
    """Why something is no file_id."""
    if given.startswith(("http://", "https://")):
        return "failed to get HTTP URL content"
    if re.fullmatch(r"[A-Za-z0-9_-]{20,}", given):
        return "wrong remote file identifier specified: can't unserialize it. Wrong last symbol"
    return WRONG_FILE


def taken(sim: Telegram, upload: Upload, kind: str, duration: int = 0) -> str:
    """Keep a file that came with a call, if it is fit for its kind."""
    if not upload.data:
        raise bad("file must be non-empty")
    if kind == "photo" and len(upload.data) > PHOTO_MOST:
        raise bad(
            f"file of size {len(upload.data)} bytes is too big for a photo; the maximum size is {PHOTO_MOST} bytes"
        )
    file_id = sim.files.add(upload.data, kind, upload.name, "" if kind == "photo" else upload.mime, duration)
    stored = sim.world.files[file_id]
    low, high = sorted((stored.width, stored.height))
    if kind == "photo" and low and (low + high > 10_000 or high / low > 20):
        raise bad("PHOTO_INVALID_DIMENSIONS")
    return file_id


def item_content(sim: Telegram, call: Call, item: Json) -> Json:
    """The content of one InputMedia."""
    words = caption_text(item.get("caption") or "", item.get("parse_mode") or "", item.get("caption_entities"))
    return {**piece(sim, call, str(item["type"]), str(item.get("media") or ""), None, item), **words}


def edit_message_media(sim: Telegram, bot: Account, call: Call) -> Json:
    """Another picture or file in place of the old one."""
    dialog = find(sim, bot, call)
    item: Any = call.tree("media")
    if not isinstance(item, dict) or item.get("type") not in ("photo", "video", "document", "audio", "animation"):
        raise bad("can't parse InputMedia: InputMedia type is invalid")
    message = own(dialog, bot, call)
    check_kind(message.body, str(item["type"]))
    return change(sim, dialog, message, item_content(sim, call, item), (*FILES, *CAPTION, *WORDS), call)


def check_kind(old: Json, new: str) -> None:
    """Refuse a change that would break an album: files stay files, sounds stay sounds."""
    if "media_group_id" not in old:
        return
    if new == "animation":
        raise bad("message content type can't be used in an album")
    if new not in old and {new, kind_of(old)} & {"document", "audio"}:
        raise bad("can't change media type in the album")


def get_file(sim: Telegram, bot: Account, call: Call) -> Json:
    """Where a file can be fetched."""
    file_id = call.text("file_id")
    if not file_id:
        raise bad("file_id not specified")
    stored = sim.world.files.get(file_id)
    if stored is None:
        raise bad("invalid file_id")
    if stored.gone:
        raise bad("wrong file_id or the file is temporarily unavailable")
    if stored.size > DOWNLOAD_MOST:
        raise bad("file is too big")
    return {"file_id": file_id, "file_unique_id": stored.unique, "file_size": stored.size, "file_path": stored.path}
