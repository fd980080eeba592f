"""A folder as a shelf: on this machine, or shared by several over the network.

Written with the standard library, for a file must be on the disk before its name is, and the folder itself is never
made anew: where a network folder is away, nothing may land on the disk beneath it.
"""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from storage.shelf import Away, Kept, Missing

PART = ".part-"


class Folder:
    """The contents of each class in a folder of its own beneath."""

    kind = "folder"

    def __init__(self, root: Path) -> None:
        self.root = root

    def put(self, key: str, content: bytes) -> None:
        """First the bytes, then the name, then the folder's own page: whoever sees the name sees all of it."""
        path = self.root / key
        with self._in_words():
            if path.parent != self.root and not path.parent.is_dir():
                with contextlib.suppress(FileExistsError):
                    path.parent.mkdir(mode=0o700)
                _settle(self.root)
            _write(path, content)
            _settle(path.parent)

    def get(self, key: str) -> bytes:
        with self._in_words():
            try:
                return (self.root / key).read_bytes()
            except FileNotFoundError:
                self.root.stat()  # no folder at all is something else
                raise Missing(key) from None

    def remove(self, keys: Sequence[str]) -> None:
        with self._in_words():
            self.root.stat()
            for key in keys:
                (self.root / key).unlink(missing_ok=True)

    def list(self) -> Iterator[Sequence[Kept]]:
        with self._in_words():
            names = sorted(entry.name for entry in os.scandir(self.root) if entry.is_dir(follow_symlinks=False))
            for name in names:
                yield [Kept(f"{name}/{one.name}", *about) for one, about in _files(self.root / name)]

    @contextlib.contextmanager
    def _in_words(self) -> Iterator[None]:
        try:
            yield
        except OSError as wrong:
            raise Away(f"{self.root}: {wrong.strerror or type(wrong).__name__}") from None


def _write(path: Path, content: bytes) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=PART)
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def _settle(folder: Path) -> None:
    """Have the names in a folder on the disk; some network folders cannot say so, and do it at once."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        with contextlib.suppress(OSError):
            os.fsync(handle)
    finally:
        os.close(handle)


def _files(folder: Path) -> Iterator[tuple[os.DirEntry[str], tuple[int, datetime]]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            with contextlib.suppress(FileNotFoundError):  # removed by another program meanwhile
                if entry.is_file(follow_symlinks=False):
                    about = entry.stat()
                    yield entry, (about.st_size, datetime.fromtimestamp(about.st_mtime, UTC))
