"""The files that people and bots send: their bytes, kept in memory and, with a state file, on disk."""

from __future__ import annotations

import hashlib
import mimetypes
import struct
from pathlib import Path

from simulator.model import Stored, World
from simulator.refusal import NotPossible

EXTENSION = {"photo": "jpg", "voice": "oga", "video": "mp4", "audio": "mp3", "sticker": "webp", "animation": "mp4"}
FOLDER = {"photo": "photos", "voice": "voice", "video": "videos", "audio": "music", "sticker": "stickers"}
MIME = {
    "photo": "image/jpeg",
    "voice": "audio/ogg",
    "video": "video/mp4",
    "audio": "audio/mpeg",
    "sticker": "image/webp",
}


class FileStore:
    """Keeps the bytes; what is known of each file stands in the world."""

    def __init__(self, world: World, folder: Path | None = None) -> None:
        self.world, self.folder = world, folder
        self._bytes: dict[str, bytes] = {}

    def add(self, data: bytes, kind: str, name: str = "", mime: str = "", duration: int = 0) -> str:
        """Keep a file and give its file_id."""
        number = self.world.next_file
        self.world.next_file += 1
        unique = "AQAD" + hashlib.sha1(data + kind.encode()).hexdigest()[:12]
        file_id = f"{kind[:2].upper()}AC{number:06d}{unique}"
        extension = Path(name).suffix.lstrip(".") or EXTENSION.get(kind, "bin")
        mime = mime or mimetypes.guess_type(name)[0] or MIME.get(kind, "application/octet-stream")
        path = f"{FOLDER.get(kind, 'documents')}/file_{number}.{extension}"
        width, height = picture_size(data)
        self.world.files[file_id] = Stored(unique, path, len(data), name, mime, kind, width, height, duration)
        self._bytes[file_id] = data
        self._write(file_id, data)
        return file_id

    def read(self, file_id: str) -> bytes | None:
        """The bytes of a file."""
        if file_id not in self.world.files:
            return None
        if file_id not in self._bytes and self.folder is not None and (self.folder / file_id).exists():
            self._bytes[file_id] = (self.folder / file_id).read_bytes()
        return self._bytes.get(file_id)

    def lose(self, file_id: str, gone: bool = True) -> None:
        """Let a file_id become worth nothing to bots (or good again); phones still have the picture."""
        if file_id not in self.world.files:
            raise NotPossible("no such file")
        self.world.files[file_id].gone = gone

    def by_path(self, path: str) -> str | None:
        """The file_id of the file with this file_path."""
        return next((number for number, stored in self.world.files.items() if stored.path == path), None)

    def _write(self, file_id: str, data: bytes) -> None:
        if self.folder is not None:
            self.folder.mkdir(parents=True, exist_ok=True)
            (self.folder / file_id).write_bytes(data)


def picture_size(data: bytes) -> tuple[int, int]:
    """Width and height of a PNG, GIF or JPEG; 0 for anything else."""
    if data[:8] == b"\x89PNG\r\n\x1a\n" and len(data) >= 24:
        width, height = struct.unpack(">II", data[16:24])
        return int(width), int(height)
    if data[:3] == b"GIF" and len(data) >= 10:
        width, height = struct.unpack("<HH", data[6:10])
        return int(width), int(height)
    return jpeg_size(data) if data[:2] == b"\xff\xd8" else (0, 0)


def jpeg_size(data: bytes) -> tuple[int, int]:
    """Width and height of a JPEG, found in its frame header."""
    at = 2
    while at + 9 < len(data) and data[at] == 0xFF:
        marker, length = data[at + 1], int.from_bytes(data[at + 2 : at + 4], "big")
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return int(width), int(height)
        at += 2 + length
    return 0, 0
