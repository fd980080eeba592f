"""Makes the documents that were wished for, one after another, beside the turns; killed over it, it begins anew."""

from __future__ import annotations

import asyncio
import logging
import time
from datetime import timedelta

from actions import handbook_exports, log_books, own_data
from actions.handbook_exports import BOOKLET
from actions.log_books import LONG, SHEET, WIDTHS, Book
from actions.log_pages import Entry, word_file, workbook
from actions.own_data import OWN, Brought
from bot.clock import Bell, Clock
from bot.contents import Contents
from storage import accounts, documents, media
from storage.accounts import Reader
from storage.documents import Document
from storage.shelf import Away, Missing
from storage.tx import Store, Tx

log = logging.getLogger("tongxue.documents")

TRIES = 3
HOLD = timedelta(minutes=3)
TELL_EVERY = 1.5
LATEST = timedelta(days=1)


class Maker:
    """One loop: take a wish, make its files in a thread, send them."""

    def __init__(self, store: Store, clock: Clock, sent: Bell, contents: Contents | None = None) -> None:
        self.store, self.clock, self.sent = store, clock, sent
        self.contents = contents or Contents()
        self.bell = Bell()

    async def run(self) -> None:
        """Go on for ever; sleeps while nothing is wished for."""
        await self.bell.serve(self.one)

    async def one(self) -> bool:
        """Make one document, if any is wished for."""
        found = await self.store.work(self._take)
        if found is None:
            return False
        wish, to = found
        if wish.tries >= TRIES:
            await self._give_up(wish, to)
        elif wish.kind == OWN:
            await self._own(wish, to)
        elif wish.kind == BOOKLET:
            await self._booklet(wish, to)
        elif book := await self.store.work(lambda tx: log_books.read(tx, wish, to)):
            await self._make(book)
        else:
            await self._give_up(wish, to)
        self.sent.ring()
        return True

    async def _give_up(self, wish: Document, to: Reader) -> None:
        await self.store.work(lambda tx: log_books.give_up(tx, wish, to, self.clock.now()))

    async def _booklet(self, wish: Document, to: Reader) -> None:
        """[导出手册]."""
        now = self.clock.now()
        made = await self.store.work(lambda tx: handbook_exports.read(tx, wish, now))
        if made is None:
            await self._give_up(wish, to)
            return
        content = await asyncio.to_thread(made.content, ".docx", english=to.lang == "en")
        await self.store.work(lambda tx: handbook_exports.deliver(tx, wish, to, made, content, now))

    async def _own(self, wish: Document, to: Reader) -> None:
        """[导出我的数据]: contents that stand elsewhere are fetched one by one. Is their place away, it is made later:
        for a day it is tried again, and what comes is whole."""
        now = self.clock.now()
        export = await self.store.work(lambda tx: own_data.read(tx, wish, to, now))
        if export is None or now - wish.made_at > LATEST:
            await self._give_up(wish, to)
            return
        try:
            files = [(one.name, await self._content(one)) for one in export.files]
        except Away as lost:
            log.warning("an export waits: %s", lost)
            await self.store.work(lambda tx: own_data.wait(tx, wish, to, now))
            return
        made = await asyncio.to_thread(own_data.pack, export, [(name, found) for name, found in files if found])
        await self.store.work(lambda tx: own_data.deliver(tx, wish, export, made, now))

    async def _content(self, file: Brought) -> bytes:
        """A content; nothing where a row names what is not there. One that is being moved is looked for once more."""
        place = file.place
        for _ in range(2):
            if not place:
                return await self.store.work(lambda tx: media.content(tx, file.id))
            try:
                return await self.contents.get(place)
            except Missing:
                found = await self.store.work(lambda tx: media.about(tx, file.id))
                place = found.place if found else place
        log.error("the content of media %s is missing", file.id)
        return b""

    async def _take(self, tx: Tx) -> tuple[Document, Reader] | None:
        wish = await documents.next_new(tx, self.clock.now())
        if wish is None:
            return None
        await documents.hold(tx, wish.id, self.clock.now() + HOLD)
        await documents.add_try(tx, wish.id)
        me = await accounts.who(tx, wish.account_id, self.clock.now())
        return wish, me.reader if me else Reader(wish.account_id)

    async def _make(self, book: Book) -> None:
        loop = asyncio.get_running_loop()
        ids: list[int] = []
        if book.wish.kind == SHEET:
            made = await asyncio.to_thread(workbook, book.title, book.header, book.rows, WIDTHS)
            ids.append(await self._keep(book, 1, made))
        else:
            progress = _Progress(self, book, loop)
            await progress.tell(0)
            for entries in book.volumes():
                made = await asyncio.to_thread(self._word, book, entries, progress, loop)
                ids.append(await self._keep(book, len(ids) + 1, made))
                del made
                progress.before += len(entries)
            await progress.tell(len(book.entries))
        await self.store.work(lambda tx: log_books.deliver(tx, book, ids, self.clock.now()))

    async def _keep(self, book: Book, number: int, content: bytes) -> int:
        return await self.store.work(lambda tx: log_books.keep_file(tx, book, number, content, self.clock.now()))

    def _word(self, book: Book, entries: list[Entry], progress: _Progress, loop: asyncio.AbstractEventLoop) -> bytes:
        """In a thread: pictures are asked for one by one, so that only those of one file are in memory."""

        def picture(id: int) -> bytes | None:
            return asyncio.run_coroutine_threadsafe(self.store.work(lambda tx: media.small(tx, id)), loop).result()

        return word_file(book.title, book.subtitle, entries, picture, progress.set_so_far)


class _Progress:
    """Tells now and then how far a long document is."""

    def __init__(self, maker: Maker, book: Book, loop: asyncio.AbstractEventLoop) -> None:
        self.maker, self.book, self.loop = maker, book, loop
        self.before, self.told_at = 0, time.monotonic()

    def set_so_far(self, number: int) -> None:
        """From the thread."""
        if time.monotonic() - self.told_at > TELL_EVERY:
            asyncio.run_coroutine_threadsafe(self.tell(self.before + number), self.loop).result()

    async def tell(self, made: int) -> None:
        self.told_at = time.monotonic()
        if len(self.book.entries) < LONG:
            return
        now = self.maker.clock.now()

        async def work(tx: Tx) -> None:
            await documents.hold(tx, self.book.wish.id, now + HOLD)
            await log_books.paint(tx, self.book.wish, self.book.to, made, len(self.book.entries), now)

        await self.maker.store.work(work)
        self.maker.sent.ring()
