"""What people send besides words: pictures, voices, files, places, cards, and albums of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from simulator.call import Upload
from simulator.forwards import album_id
from simulator.model import Dialog, Json, Message, Person
from simulator.people import place, post
from simulator.refusal import NotPossible
from simulator.wording import Wording

if TYPE_CHECKING:
    from simulator.core import Telegram

KINDS = ("photo", "voice", "video", "audio", "document", "sticker")
ALBUM_MOST = 10


def send(
    sim: Telegram, person: Person, chat: int | None, kind: str, files: list[Upload], fields: Json
) -> list[Message]:
    """Send something; an album becomes one message for each file, with the words under the first."""
    dialog = place(sim, person, chat)
    reply_to = int(fields.get("reply_to") or 0)
    if kind in ("location", "contact"):
        return [post(sim, person, dialog, card(person, kind, fields), reply_to)]
    if not files:
        raise NotPossible("no file came")
    words = caption_of(fields).caption()
    if kind == "album":
        return album(sim, person, dialog, contents(sim, files, str(fields.get("of") or "")), words, reply_to)
    if kind not in KINDS:
        raise NotPossible(f"cannot send {kind}")
    return [post(sim, person, dialog, {**media(sim, files[0], kind, fields), **words}, reply_to)]


def caption_of(fields: Json) -> Wording:
    """The words that go with a file: `caption`, `parse_mode`, `caption_entities` (a list, or one as JSON)."""
    marks = fields.get("caption_entities")
    if isinstance(marks, str):
        try:
            marks = msgspec.json.decode(marks) if marks else None
        except msgspec.DecodeError as wrong:
            raise NotPossible(f"not JSON: {wrong}") from wrong
    return Wording(str(fields.get("caption") or ""), str(fields.get("parse_mode") or ""), marks)


def contents(sim: Telegram, files: list[Upload], of: str) -> list[Json]:
    """The media of an album: all of one kind when it is named, else pictures and videos by what they are."""
    if of not in ("", "photo", "video", "document", "audio"):
        raise NotPossible(f"no album can hold {of}")
    kinds = [of or ("video" if file.mime.startswith("video/") else "photo") for file in files]
    return [media(sim, file, kind, {}) for file, kind in zip(files, kinds, strict=True)]


def album(
    sim: Telegram, person: Person, dialog: Dialog, pieces: list[Json], words: Json, reply_to: int
) -> list[Message]:
    """Several files that belong together; more than ten make more albums, and a single one is none."""
    sent: list[Message] = []
    for at in range(0, len(pieces), ALBUM_MOST):
        some = pieces[at : at + ALBUM_MOST]
        together = {"media_group_id": album_id()} if len(some) > 1 else {}
        for n, piece in enumerate(some, at):
            sent.append(post(sim, person, dialog, {**piece, **(words if n == 0 else {}), **together}, reply_to))
    return sent


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


def media(sim: Telegram, file: Upload, kind: str, fields: Json) -> Json:
    """The Bot API's view of a file that was just sent."""
    file_id = sim.files.add(file.data, kind, file.name, file.mime, lasts(fields))
    return media_view(sim, file_id, kind, fields)


def lasts(fields: dict[str, Any]) -> int:
    """How many seconds a sound or video lasts, as its sender says."""
    try:
        return max(0, min(86400, int(float(fields.get("duration") or 0))))
    except (TypeError, ValueError):
        return 0


def media_view(sim: Telegram, file_id: str, kind: str, fields: dict[str, Any]) -> Json:
    """The Bot API's view of a stored file under the name of its kind."""
    stored = sim.world.files[file_id]
    piece: Json = {"file_id": file_id, "file_unique_id": stored.unique, "file_size": stored.size}
    if kind == "photo":
        return {"photo": sizes(piece, stored.width or 800, stored.height or 600)}
    if kind == "sticker":
        form = {"type": "regular", "width": 512, "height": 512, "is_animated": False, "is_video": False}
        return {"sticker": {**piece, **form}}
    piece["mime_type"] = stored.mime
    if kind != "voice" and stored.name:
        piece["file_name"] = stored.name
    if kind in ("voice", "audio", "video", "animation"):
        piece["duration"] = stored.duration or 2
    if kind == "audio":
        piece |= {name: str(fields[name]) for name in ("title", "performer") if fields.get(name)}
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
