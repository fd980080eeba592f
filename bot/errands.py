"""Errands: what must be fetched from Telegram before one can go on; fetched outside, looked at in a transaction."""

from __future__ import annotations

import asyncio
import logging
from datetime import datetime, timedelta
from typing import Protocol

from msgspec import structs

from actions import classes, handbook_imports, log_files, watch
from actions.classes import ERRAND as FOR_CLASS
from actions.handbook_imports import ERRAND as FOR_HANDBOOK
from actions.logs import ERRAND as FOR_LOG
from actions.logs import FILE_LIMIT
from actions.pictures import Kept, prepared
from bot.clock import Bell, Clock
from bot.contents import Contents
from bot.transport import FileGone, NotSent, Uncertain
from chat.messages import Message, Refusal, lines, say
from handlers import handbook_files
from handlers.classes import preview
from storage import accounts, errands, outages
from storage.accounts import Me
from storage.errands import Errand
from storage.shelf import Away
from storage.tx import Store, Tx

log = logging.getLogger("tongxue.errands")

READERS = {FOR_CLASS: classes.read_fetched, FOR_HANDBOOK: handbook_imports.read_fetched}
"""How what was fetched is read, by what it is for."""
TRIES = 5
HOLD = timedelta(minutes=2)
AGAIN = timedelta(seconds=30)


class Files(Protocol):
    """Where files are fetched from: the Bot API."""

    async def fetch(self, file_id: str) -> bytes:
        """A file's content; raises NotSent, Uncertain or FileGone."""
        ...


class Fetcher:
    """One loop: take an errand, fetch its file, tell what came of it."""

    def __init__(self, store: Store, api: Files, clock: Clock, bell: Bell, contents: Contents | None = None) -> None:
        self.store, self.api, self.clock, self.sent = store, api, clock, bell
        self.contents = contents or Contents()
        self.bell = Bell()

    async def run(self) -> None:
        """Go on for ever; sleeps while there is nothing to fetch."""
        await self.bell.serve(self.one)

    async def one(self) -> bool:
        """Do one errand, if there is any."""
        errand = await self.store.work(self._take)
        if errand is None:
            return False
        try:
            data = await self.api.fetch(errand.file_id)
        except NotSent as lost:
            log.info("file of errand %s: %s", errand.id, lost)
            await self._no_try(errand)
            return True
        except Uncertain as lost:
            log.info("file of errand %s: %s", errand.id, lost)
            return True
        except FileGone:
            await self.store.work(lambda tx: self._lost(tx, errand))
        else:
            await self._came(errand, data)
        self.sent.ring()
        return True

    async def _came(self, errand: Errand, data: bytes) -> None:
        """What to do with a file depends on what it was asked for. A workbook may take seconds to read."""
        if errand.kind != FOR_LOG:
            read = await asyncio.to_thread(READERS[errand.kind], data, errand.file_name)
            await self.store.work(lambda tx: self._read(tx, errand, read))
        elif len(data) > FILE_LIMIT:
            await self.store.work(lambda tx: log_files.lose(tx, errand, len(data), self.clock.now()))
        else:
            await self._keep(errand, await asyncio.to_thread(prepared, data))

    async def _keep(self, errand: Errand, kept: Kept) -> None:
        """Put the content where contents stand, then have a row name it: killed between the two, it is fetched anew,
        and what nobody names is swept up."""
        place = ""
        if self.contents.kind and kept.content:
            cohort_id = await self.store.work(lambda tx: log_files.class_of(tx, errand))
            if cohort_id is not None:
                try:
                    place = await self.contents.put(cohort_id, kept.hash, kept.content)
                except Away as lost:
                    await self._not_put(errand, len(kept.content), lost)
                    return
        await self.store.work(lambda tx: log_files.keep(tx, errand, kept, self.clock.now(), place))

    async def _not_put(self, errand: Errand, size: int, lost: Away) -> None:
        """Is it the place, all wait until it is back, and none has used up a try; is it this one, it has."""
        log.warning("the content of errand %s is not kept: %s", errand.id, lost)
        assert self.contents.at is not None
        try:
            await self.contents.try_out(self.contents.at, size)
        except Away:
            await self.store.work(lambda tx: watch.begin(tx, watch.MEDIA, self.clock.now()))
            await self._no_try(errand)

    async def _no_try(self, errand: Errand) -> None:
        await self.store.work(lambda tx: errands.give_back(tx, errand.id, self.clock.now() + AGAIN))

    async def _take(self, tx: Tx) -> Errand | None:
        """Take one, held for two minutes: it is done again if we do not come back. Five times at most.

        While the place of contents is away those of logs stay where they are: fetched, they could not be kept.
        """
        waits = self.contents.kind and await outages.has_trouble(tx, watch.MEDIA)
        errand = await errands.next_new(tx, self.clock.now(), but=FOR_LOG if waits else "")
        if errand is not None and errand.tries >= TRIES:
            await self._lost(tx, errand)
            return None
        if errand is not None:
            await errands.put_off(tx, errand.id, self.clock.now() + HOLD)
        return errand

    async def _lost(self, tx: Tx, errand: Errand) -> None:
        if errand.kind == FOR_LOG:
            await log_files.lose(tx, errand, 0, self.clock.now())
            return
        await errands.set_done(tx, errand.id, "failed")
        await _tell(tx, errand, Message(say("classes-file-lost")), self.clock.now())

    async def _read(self, tx: Tx, errand: Errand, read: str) -> None:
        if await self._is_over(tx, errand):
            return
        await errands.set_read(tx, errand.id, read)
        await tell_preview(tx, structs.replace(errand, data=read, state="fetched"), self.clock.now())

    async def _is_over(self, tx: Tx, errand: Errand) -> bool:
        found = await errands.get(tx, errand.id)
        return found is None or found.state != "new"


async def tell_preview(tx: Tx, errand: Errand, now: datetime) -> None:
    """Tell the person what importing the fetched file would do, or what is wrong with it."""
    me = await _asker(tx, errand, now)
    try:
        if errand.kind == FOR_HANDBOOK:
            text, buttons = handbook_files.preview(await handbook_imports.preview_fetched(tx, errand), errand.id)
        else:
            text, buttons = preview(await classes.preview_fetched(tx, errand, now), errand.id, me.lang)
    except Refusal as no:
        text, buttons = lines(no.say), ()
    await classes.tell(tx, me, Message(text, buttons), now)


async def _asker(tx: Tx, errand: Errand, now: datetime) -> Me:
    return await accounts.who(tx, errand.account_id, now) or Me(account_id=errand.account_id)


async def _tell(tx: Tx, errand: Errand, message: Message, now: datetime) -> None:
    await classes.tell(tx, await _asker(tx, errand, now), message, now)
