"""What people send besides words: pictures, voices, files, places, cards."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any

from simulator.call import Upload
from simulator.entities import find_entities
from simulator.model import Dialog, Json, Message, Person
from simulator.people import place, post
from simulator.refusal import NotPossible

if TYPE_CHECKING:
    from simulator.core import Telegram

KINDS = ("photo", "voice", "video", "audio", "document", "sticker")


def send(
    sim: Telegram, person: Person, chat: int | None, kind: str, files: list[Upload], fields: Json
) -> list[Message]:
    """Send something; an album becomes one message for each picture."""
    dialog = place(sim, person, chat)
    reply_to = int(fields.get("reply_to") or 0)
    if kind in ("location", "contact"):
        return [post(sim, person, dialog, card(person, kind, fields), reply_to)]
    if not files:
        raise NotPossible("no file came")
    words = caption(str(fields.get("caption") or ""))
    if kind == "album":
        return album(sim, person, dialog, files, words)
    if kind not in KINDS:
        raise NotPossible(f"cannot send {kind}")
    return [post(sim, person, dialog, {**media(sim, files[0], kind, fields), **words}, reply_to)]


def caption(text: str) -> Json:
    """A caption with what Telegram finds in it."""
    text = text.strip()
    if not text:
        return {}
    marks = find_entities(text, [])
    return {"caption": text, "caption_entities": marks} if marks else {"caption": text}


def card(person: Person, kind: str, fields: Json) -> Json:
    """A place or one's own contact card."""
    if kind == "contact":
        return {
            "contact": {
                "phone_number": f"+86139{person.id % 10**8:08d}",
                "first_name": person.name,
                "user_id": person.id,
            }
        }
    try:
        return {"location": {"latitude": float(fields["latitude"]), "longitude": float(fields["longitude"])}}
    except (KeyError, TypeError, ValueError) as wrong:
        raise NotPossible("latitude and longitude are needed") from wrong


def album(sim: Telegram, person: Person, dialog: Dialog, files: list[Upload], words: Json) -> list[Message]:
    """Several pictures that belong together; the words stand under the first."""
    number = str(secrets.randbelow(9 * 10**16) + 10**16)
    sent: list[Message] = []
    for at, file in enumerate(files[:10]):
        kind = "video" if file.mime.startswith("video/") else "photo"
        content = {**media(sim, file, kind, {}), **(words if at == 0 else {}), "media_group_id": number}
        sent.append(post(sim, person, dialog, content))
    return sent


def media(sim: Telegram, file: Upload, kind: str, fields: Json) -> Json:
    """The Bot API's view of a file that was just sent."""
    file_id = sim.files.add(file.data, kind, file.name, file.mime)
    return media_view(sim, file_id, kind, fields)


def media_view(sim: Telegram, file_id: str, kind: str, fields: dict[str, Any]) -> Json:
    """The Bot API's view of a stored file under the name of its kind."""
    stored = sim.world.files[file_id]
    piece: Json = {"file_id": file_id, "file_unique_id": stored.unique, "file_size": stored.size}
    if kind == "photo":
        return {"photo": sizes(piece, stored.width or 800, stored.height or 600)}
    if kind == "sticker":
        return {
            "sticker": {
                **piece,
                "type": "regular",
                "width": 512,
                "height": 512,
                "is_animated": False,
                "is_video": False,
            }
        }
    piece["mime_type"] = stored.mime
    if kind != "voice" and stored.name:
        piece["file_name"] = stored.name
    if kind in ("voice", "audio", "video", "animation"):
        piece["duration"] = int(float(fields.get("duration") or 2))
    if kind in ("video", "animation"):
        piece |= {"width": stored.width or 640, "height": stored.height or 360}
    return {kind: piece, "document": piece} if kind == "animation" else {kind: piece}


def sizes(piece: Json, width: int, height: int) -> list[Json]:
    """A photo in two sizes, the whole one last."""
    small = max(width, height) / 320
    whole = {**piece, "width": width, "height": height}
    if small <= 1:
        return [whole]
    thumb = {**piece, "file_unique_id": piece["file_unique_id"] + "s", "file_size": min(piece["file_size"], 9000)}
    return [{**thumb, "width": int(width / small), "height": int(height / small)}, whole]
