"""What was sent for logs comes from Telegram: kept by its hash, drawn anew where it is a picture (LOG-03)."""

from __future__ import annotations

from datetime import datetime

from actions.logs import FILE_LIMIT
from actions.pictures import Kept
from actions.post import post
from chat.messages import Message, say
from storage import accounts, errands, logs, media
from storage.errands import Errand
from storage.logs import LOST, OVER
from storage.media import Media
from storage.tx import Tx


async def class_of(tx: Tx, errand: Errand) -> int | None:
    """The class of the log for which a file is fetched; None where the log is gone."""
    part = await logs.part(tx, errand.ref or 0)
    log = await logs.get(tx, part.log_id) if part else None
    return log.cohort_id if log else None


async def keep(tx: Tx, errand: Errand, found: Kept, now: datetime, place: str = "") -> None:
    """The file of a part of a log is here; `place`: its content stands there already."""
    await errands.set_done(tx, errand.id, "done")
    part = await logs.part(tx, errand.ref or 0)
    log = await logs.get(tx, part.log_id) if part else None
    if part is None or log is None:
        return
    if found.kind == "broken":
        await _lost(tx, errand, LOST, now)
        return
    kept = Media(cohort_id=log.cohort_id, hash=found.hash, kind=found.kind, size=len(found.content), width=found.width,
                 height=found.height, content=b"" if place else found.content, small=found.small, place=place,
                 made_at=now)  # fmt: skip
    await media.attach(tx, part.id, await media.add(tx, kept))


async def lose(tx: Tx, errand: Errand, size: int, now: datetime) -> None:
    """It is not to be had any more, or it is larger than it said; while it is a draft its writer can send it again."""
    await errands.set_done(tx, errand.id, "failed")
    await _lost(tx, errand, OVER if size > FILE_LIMIT else LOST, now)


async def _lost(tx: Tx, errand: Errand, state: str, now: datetime) -> None:
    part = await logs.part(tx, errand.ref or 0)
    if part is None or part.state != "kept":
        return
    await logs.set_part_state(tx, part.id, state)
    me = await accounts.who(tx, errand.account_id, now)
    if me is not None:
        key = "logs-over-size" if state == OVER else "logs-lost"
        await post(tx, me.reader, Message(say(key), silent=True), now, once=f"log-lost:{part.id}", priority=0)
