"""Pictures made safe and small: drawn anew, so that place, camera and whatever else was hidden in them is gone.

Blocking: call it in a thread.
"""

from __future__ import annotations

import hashlib
import io
import warnings

from msgspec import Struct
from PIL import Image, ImageOps

from rules.file_kinds import PICTURES, kind_of

SIDE, QUALITY = 1600, 82
SMALL_SIDE, SMALL_QUALITY = 720, 68
MOST_PIXELS, MOST_DRAWN = 60_000_000, 25_000_000
"""So many a picture may have, and so many it may have once it is unpacked: a JPEG is unpacked small, of all others each
pixel takes up to eleven bytes on the way, and a file of 60 kB may unpack to sixty million."""
FORMATS = ("JPEG", "PNG", "GIF", "BMP", "TIFF", "WEBP")


class Kept(Struct, frozen=True, kw_only=True):
    """A file as it is kept: what it is, and for pictures a small one for documents."""

    hash: str
    kind: str
    content: bytes
    small: bytes | None = None
    width: int = 0
    height: int = 0


def prepared(data: bytes) -> Kept:
    """A file ready to be kept. Of a picture that cannot be drawn anew nothing is kept: it might hide a place."""
    kind = kind_of(data)
    if kind not in PICTURES:
        return Kept(hash=_hash(data), kind=kind, content=data)
    try:
        return _drawn(data)
    except Exception:  # Pillow raises whatever a damaged picture makes it stumble over
        return Kept(hash=_hash(data), kind="broken", content=b"")


def _drawn(data: bytes) -> Kept:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        Image.init()
        with Image.open(io.BytesIO(data), formats=FORMATS) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                raise ValueError("too many pixels")
            opened.draft("RGB", (SIDE, SIDE))  # a JPEG of 12 megapixels is read at half its size: three times as fast
            if opened.width * opened.height > MOST_DRAWN:
                raise ValueError("too many pixels to unpack")
            picture = ImageOps.exif_transpose(opened) or opened
            picture = _flat(picture)
    picture.thumbnail((SIDE, SIDE))
    content = _jpeg(picture, QUALITY)
    width, height = picture.size
    picture.thumbnail((SMALL_SIDE, SMALL_SIDE))
    small = _jpeg(picture, SMALL_QUALITY)
    return Kept(hash=_hash(content), kind="image/jpeg", content=content, small=small, width=width, height=height)


def _flat(picture: Image.Image) -> Image.Image:
    """On white where it is transparent."""
    if picture.mode in ("RGBA", "LA", "P"):
        picture = picture.convert("RGBA")
        ground = Image.new("RGB", picture.size, "white")
        ground.paste(picture, mask=picture.getchannel("A"))
        return ground
    return picture.convert("RGB")


def _jpeg(picture: Image.Image, quality: int) -> bytes:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=quality, optimize=True)
    return out.getvalue()


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
