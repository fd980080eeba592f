"""Where contents of media stand for this program: asked in a few threads of their own, never inside a transaction.

What is in the database is read there; this is about shelves (storage/shelf.py): the one that the configuration names,
and the one before it, as long as some contents still stand there.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

from bot.config import Config, Media, kind_of
from storage import shelf as shelves
from storage.shelf import Away, Kept, Missing, Shelf

T = TypeVar("T")
Seen = Callable[[str, str, float], None]
"""Told of each thing that was done: what, how it went, seconds."""

LONGEST = 90.0
"""Seconds after which a shelf that says nothing is away: a network folder may hang for ever."""
THREADS = 4
PORTION = 500


class Contents:
    """The shelves of one program, by kind; without any everything stands in the database."""

    def __init__(
        self, at: Shelf | None = None, before: Shelf | None = None, owner: str = "", seen: Seen | None = None
    ) -> None:
        self.at, self.owner, self._seen = at, owner, seen
        self._by_kind = {one.kind: one for one in (before, at) if one is not None}
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="shelf") if self._by_kind else None

    @property
    def kind(self) -> str:
        """Where new contents go: `folder`, `s3`, or "" for the database."""
        return self.at.kind if self.at is not None else ""

    def knows(self, place: str) -> bool:
        """Whether a content that stands there can be asked for at all."""
        return not place or place.partition(":")[0] in self._by_kind

    async def put(self, cohort_id: int, hash: str, content: bytes) -> str:
        """Write a content; gives its place for the row. Nobody knows of it until the row is committed."""
        at = self.at
        if at is None:
            return ""
        key = shelves.new_key(cohort_id, hash)
        await self._do("put", lambda: at.put(key, content))
        return f"{at.kind}:{key}"

    async def get(self, place: str) -> bytes:
        """Read a content by its place; Away or Missing."""
        shelf, key = self._find(place)
        return await self._do("get", lambda: shelf.get(key))

    async def remove(self, places: Iterable[str]) -> None:
        """Remove contents that no row names any more."""
        found: dict[str, list[str]] = {}
        for place in places:
            found.setdefault(place.partition(":")[0], []).append(place)
        for several in found.values():
            shelf, _ = self._find(several[0])
            keys = [place.partition(":")[2] for place in several]
            for at in range(0, len(keys), PORTION):
                await self._remove(shelf, keys[at : at + PORTION])

    async def _remove(self, shelf: Shelf, keys: Sequence[str]) -> None:
        await self._do("remove", lambda: shelf.remove(keys))

    async def standing_on(self, shelf: Shelf) -> AsyncIterator[Sequence[Kept]]:
        """All that stands on a shelf, in portions."""
        portions = iter(shelf.list())
        while (found := await self._do("list", lambda: next(portions, None))) is not None:
            yield found

    @property
    def known(self) -> list[Shelf]:
        """Every shelf that is configured."""
        return list(self._by_kind.values())

    async def try_out(self, shelf: Shelf, size: int = 16) -> None:
        """See that a shelf is ours and takes an object of so many bytes: Away when not."""
        await self._do("try", lambda: shelves.try_out(shelf, self.owner, size))

    async def claim(self, shelf: Shelf) -> None:
        """See that a shelf is ours."""
        await self._do("try", lambda: shelves.claim(shelf, self.owner))

    def _find(self, place: str) -> tuple[Shelf, str]:
        kind, _, key = place.partition(":")
        shelf = self._by_kind.get(kind)
        if shelf is None:
            raise Away(f"no {kind} is configured")
        return shelf, key

    async def _do(self, what: str, work: Callable[[], T]) -> T:
        begun, went = time.perf_counter(), "away"
        try:
            found = await asyncio.wait_for(asyncio.get_running_loop().run_in_executor(self._threads, work), LONGEST)
            went = "done"
            return found
        except TimeoutError:
            raise Away("says nothing") from None
        except Missing:
            went = "missing"
            raise
        finally:
            if self._seen is not None:
                self._seen(what, went, time.perf_counter() - begun)

    def close(self) -> None:
        """Wait for nothing any more; what is at hand is ended by its own time limit."""
        if self._threads is not None:
            self._threads.shutdown(wait=False, cancel_futures=True)


def contents_of(config: Config, seen: Seen | None = None) -> Contents:
    """The shelves of a configuration; whose they are is known by the bot's number."""
    media, owner = config.media, config.telegram.token.partition(":")[0]
    return Contents(_shelf(media, media.place), _shelf(media, media.before), owner, seen)


def _shelf(media: Media, place: str) -> Shelf | None:
    kind = kind_of(place)
    if kind == "folder":
        from storage.shelf_folder import Folder

        return Folder(Path(place.removeprefix("folder://")))
    if kind == "s3":
        from storage.shelf_bucket import Bucket

        return Bucket(place, media.endpoint, media.region, media.access_key, media.secret_key)
    return None
