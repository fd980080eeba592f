"""What `tongxue doctor` says of contents outside of the database: can the place be used, is everything there?"""

from __future__ import annotations

from msgspec import Struct

from bot import ops
from bot.config import Config
from bot.contents import Contents, contents_of
from chat.messages import Say, say
from storage import media
from storage.media import Where
from storage.shelf import Away, Foreign, Shelf
from storage.tx import Store


class Lost(Struct):
    """Rows whose object is not there, or not whole."""

    rows: int = 0
    missing: int = 0


async def look_at_media(config: Config) -> tuple[bool, Say]:
    """Write, read and remove a probe; hold every row against what stands on its shelf."""
    store, contents = await ops.opened(config), contents_of(config)
    try:
        counts = await store.work(media.counts)
        if strange := [kind for kind in counts if not contents.knows(f"{kind}:" if kind else "")]:
            return False, say("cli-doctor-media-unknown", count=sum(counts[k] for k in strange), kind=strange[0])
        if not contents.known:
            return True, say("cli-doctor-media-database", count=str(counts.get("", 0)))
        return await _outside(store, contents, counts)
    finally:
        contents.close()
        await store.close()


async def _outside(store: Store, contents: Contents, counts: dict[str, int]) -> tuple[bool, Say]:
    lost = Lost()
    try:
        for shelf in contents.known:
            await contents.try_out(shelf)
            await compare(store, contents, shelf, lost)
    except Foreign as other:
        return False, say("cli-doctor-media-foreign", owner=other.owner)
    except Away as away:
        return False, say("cli-doctor-media-away", trouble=str(away))
    if lost.missing:
        return False, say("cli-doctor-media-missing", count=lost.missing, rows=str(lost.rows))
    if behind := sum(n for kind, n in counts.items() if kind != contents.kind):
        return True, say("cli-doctor-media-behind", rows=str(lost.rows), count=str(behind))
    return True, say("cli-doctor-media-there", rows=str(lost.rows))


async def compare(store: Store, contents: Contents, shelf: Shelf, lost: Lost) -> None:
    """Hold the rows of each class against what stands on a shelf: one listing of it, in portions."""
    there: dict[str, int] = {}
    async for portion in contents.standing_on(shelf):
        there.update((f"{shelf.kind}:{one.key}", one.size) for one in portion)

    async def rows_of(cohort_id: int) -> list[Where]:
        return await store.work(lambda tx: media.of_class(tx, cohort_id, shelf.kind))

    for cohort_id in await store.work(media.classes):
        rows = await rows_of(cohort_id)
        lost.rows += len(rows)
        lost.missing += sum(there.get(row.place) != row.size for row in rows)
