"""Errands: what must be fetched from Telegram before one can go on; fetched outside, looked at in a transaction."""

from __future__ import annotations

import asyncio
import base64
import logging
from datetime import datetime, timedelta

from msgspec import structs

from actions import classes, handbook_imports, log_files
from actions.handbook_imports import ERRAND as FOR_HANDBOOK
from actions.logs import ERRAND as FOR_LOG
from actions.logs import FILE_LIMIT
from actions.pictures import prepared
from bot.clock import Bell, Clock
from bot.transport import Api, FileGone, NotSent, Uncertain
from chat.messages import Message, Refusal, lines, say
from handlers import handbook_files
from handlers.classes import preview
from storage import accounts, errands
from storage.accounts import Me
from storage.errands import Errand
from storage.tx import Store, Tx

log = logging.getLogger("tongxue.errands")

TRIES = 5
HOLD = timedelta(minutes=2)


class Fetcher:
    """One loop: take an errand, fetch its file, tell what came of it."""

    def __init__(self, store: Store, api: Api, clock: Clock, bell: Bell) -> None:
        self.store, self.api, self.clock, self.sent = store, api, clock, bell
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
        except (NotSent, Uncertain) as lost:
            log.info("file of errand %s: %s", errand.id, lost)
            return True
        except FileGone:
            await self.store.work(lambda tx: self._lost(tx, errand))
        else:
            await self._came(errand, data)
        self.sent.ring()
        return True

    async def _came(self, errand: Errand, data: bytes) -> None:
        """What to do with a file depends on what it was asked for."""
        if errand.kind != FOR_LOG:
            await self.store.work(lambda tx: self._fetched(tx, errand, data))
        elif len(data) > FILE_LIMIT:
            await self.store.work(lambda tx: log_files.lose(tx, errand, len(data), self.clock.now()))
        else:
            kept = await asyncio.to_thread(prepared, data)
            await self.store.work(lambda tx: log_files.keep(tx, errand, kept, self.clock.now()))

    async def _take(self, tx: Tx) -> Errand | None:
        """Take one, held for two minutes: it is done again if we do not come back. Five times at most."""
        errand = await errands.next_new(tx, self.clock.now())
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

    async def _fetched(self, tx: Tx, errand: Errand, data: bytes) -> None:
        if await self._is_over(tx, errand):
            return
        kept = base64.b64encode(data).decode()
        await errands.set_fetched(tx, errand.id, kept)
        await tell_preview(tx, structs.replace(errand, data=kept, state="fetched"), self.clock.now())

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
