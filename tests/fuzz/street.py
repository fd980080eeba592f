"""The stage with its doors open: anything may come in, through the real intake; and what must be so whatever came.

All examples of a test play on one street, so that what one leaves behind (a talk half way, a draft) meets the next.
"""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from collections.abc import Iterable
from typing import Any

from bot.clock import Bell
from bot.intake import Keeper
from storage import accounts
from storage.accounts import Me
from storage.inbox import Letter
from storage.tx import Store, Tx
from tests.cast import ACCOUNTS
from tests.stage import Delivered, Shown, Stage, Step
from texts.press import CAPTION_LIMIT, TEXT_LIMIT, units

AT_MOST = 20.0
"""Seconds after which something hangs."""


class Street(Stage):
    """A stage that takes whatever bytes there are, and counts who was answered."""

    def __init__(self, store: Store) -> None:
        super().__init__(store)
        self.keeper = Keeper(store, self.clock, 1, Bell())
        self.answered: set[str] = set()
        """The taps that got their answer, by Telegram's number of them."""
        self.heard: Counter[int] = Counter()
        """How many messages came to each chat, edits of older ones among them."""
        self._looked_at = 0
        self._roles: dict[int, frozenset[str]] = {}

    async def brings(self, updates: Iterable[bytes | dict[str, Any]]) -> None:
        """Telegram brings these in one batch; all is worked and delivered when this ends."""
        raws = [one if isinstance(one, bytes) else encoded(one) for one in updates]
        self._roles = await self.store.work(self._who_is_what)
        async with asyncio.timeout(AT_MOST):
            await self.keeper.keep(raws)
            await self.settle()

    async def comes(self, **update: Any) -> None:
        """One update of this kind."""
        await self.brings([{"update_id": next(self.numbers), **update}])

    async def _step(self, tx: Tx) -> Step:
        done = await self.dispatcher.work_lane(tx, None)
        if not done.worked:
            return await self._deliver(tx, self.clock.now())
        self.answered |= {toast.query_id for toast in done.toasts}
        assert all(units(toast.text) <= 200 for toast in done.toasts), "Telegram cuts a small window's text there"
        return Step(worked=done.worked)

    def _show(self, delivered: Delivered) -> None:
        super()._show(delivered)
        self.heard[delivered.sending.chat_id] += 1

    async def _who_is_what(self, tx: Tx) -> dict[int, frozenset[str]]:
        found = [await accounts.who(tx, id, self.clock.now()) for id in ACCOUNTS.values()]
        return {me.account_id: me.roles for me in found if me is not None}

    def _check(self, chat_id: int, me: Me | None, shown: Shown) -> None:
        """What goes out is such as Telegram takes; who lost a role in the same batch has older words on the way."""
        assert units(shown.plain) <= (CAPTION_LIMIT if shown.media or shown.file_name else TEXT_LIMIT)
        if me is None or self._roles.get(chat_id) == me.roles:
            super()._check(chat_id, me, shown)

    async def failures(self) -> list[Letter]:
        """What failed since the last look, with what went wrong."""
        sql = """select id, bot, update_id, chat_id, raw, tries, coalesce(trouble, '') as trouble from inbox
                 where id > :last and tries > 0 order by id"""
        found = await self.store.work(lambda tx: tx.all(Letter, sql, {"last": self._looked_at}))
        self._looked_at = max([self._looked_at, *(letter.id for letter in found)])
        return found

    async def none_failed(self) -> None:
        """No turn fell over. (What cannot be read at all has no turn.)"""
        wrong = [letter for letter in await self.failures() if not letter.trouble.startswith("cannot be read")]
        assert not wrong, f"{wrong[0].raw[:2000]}\n{wrong[0].trouble}"


def encoded(update: dict[str, Any]) -> bytes:
    """An update as Telegram writes it: everything beyond ASCII escaped, halves of characters too."""
    return json.dumps(update).encode()
