"""Pictures are drawn anew: without place, of a decent size; files are what they are, not what they are called."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from actions.pictures import prepared
from rules.file_kinds import kind_of


def jpeg_with_place(size: tuple[int, int] = (3000, 2000), turned: int = 1) -> bytes:
    picture = Image.new("RGB", size, "red")
    exif = picture.getexif()
    exif[0x0112] = turned
    exif[0x010F] = "SecretCamera"
    place = exif.get_ifd(0x8825)
    place[1], place[2] = "N", (26.0, 35.0, 30.0)
    out = io.BytesIO()
    picture.save(out, "JPEG", exif=exif)
    return out.getvalue()


def test_a_photo_loses_its_place_and_keeps_its_look() -> None:
    data = jpeg_with_place(turned=6)
    assert b"SecretCamera" in data
    kept = prepared(data)
    assert kept.kind == "image/jpeg" and b"SecretCamera" not in kept.content and b"Exif" not in kept.content
    with Image.open(io.BytesIO(kept.content)) as again:
        assert not again.getexif() and again.size == (kept.width, kept.height)
        assert again.height > again.width, "it stands as it was held"
        assert max(again.size) <= 1600
    assert kept.small is not None
    with Image.open(io.BytesIO(kept.small)) as small:
        assert max(small.size) <= 800


@pytest.mark.parametrize("mode", ["RGBA", "P", "LA", "L", "CMYK", "1"])
def test_every_kind_of_picture(mode: str) -> None:
    out = io.BytesIO()
    form = "JPEG" if mode == "CMYK" else "PNG"
    Image.new(mode, (40, 30)).save(out, form)
    assert prepared(out.getvalue()).kind == "image/jpeg"


def test_what_only_says_that_it_is_a_picture() -> None:
    whole = jpeg_with_place()
    assert prepared(b"\xff\xd8\xff" + b"x" * 100).kind == "broken"
    assert prepared(whole[: len(whole) // 2]).kind == "broken"
    assert prepared(b"\xff\xd8\xff").content == b""


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.7 x", "application/pdf"), (b"PK\x03\x04x", "application/zip"), (b"OggS\0", "audio/ogg"),
        (b"\0\0\0\x18ftypmp42", "video/mp4"), (b"\0\0\0\x18ftypheic", "image/heic"),
        (b"\0\0\0\x18ftypM4A ", "audio/mp4"),
        (b"RIFF\0\0\0\0WEBP", "image/webp"), ("你好".encode(), "text/plain"), (b"", "application/octet-stream"),
        (b"\0\x01\x02", "application/octet-stream"), (b"<svg onload=x>", "text/plain"),
    ],
)  # fmt: skip
def test_kinds_by_their_first_bytes(data: bytes, kind: str) -> None:
    assert kind_of(data) == kind
    assert prepared(data).kind in (kind, "broken")


def test_the_same_file_has_the_same_hash() -> None:
    assert prepared(b"%PDF-1").hash == prepared(b"%PDF-1").hash != prepared(b"%PDF-2").hash
