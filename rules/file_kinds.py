"""What a file is, by its first bytes; what its sender calls it is not believed (telegram.md §7.7)."""

from __future__ import annotations

_STARTS: tuple[tuple[bytes, str], ...] = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"BM", "image/bmp"),
    (b"II*\0", "image/tiff"),
    (b"MM\0*", "image/tiff"),
    (b"OggS", "audio/ogg"),
    (b"ID3", "audio/mpeg"),
    (b"\xff\xfb", "audio/mpeg"),
    (b"%PDF-", "application/pdf"),
    (b"PK\x03\x04", "application/zip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole"),
    (b"\x1aE\xdf\xa3", "video/webm"),
)
PICTURES = frozenset({"image/jpeg", "image/png", "image/gif", "image/bmp", "image/tiff", "image/webp", "image/heic"})
UNKNOWN = "application/octet-stream"


def kind_of(data: bytes) -> str:
    """The kind of a file as a media type; `application/octet-stream` where its beginning says nothing."""
    for start, kind in _STARTS:
        if data.startswith(start):
            return kind
    if data[:4] == b"RIFF" and data[8:12] in (b"WEBP", b"WAVE"):
        return "image/webp" if data[8:12] == b"WEBP" else "audio/wav"
    if data[4:8] == b"ftyp":
        brand = data[8:12]
        return (
            "image/heic"
            if brand in (b"heic", b"heix", b"mif1", b"msf1")
            else "audio/mp4"
            if brand[:3] == b"M4A"
            else "video/mp4"
        )
    return "text/plain" if _is_text(data[:2048]) else UNKNOWN


def _is_text(data: bytes) -> bool:
    if not data or b"\0" in data:
        return False
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as broken:
        return broken.start > len(data) - 4 and len(data) == 2048
    return True
