"""Answers to taps: the little wheel on a button must stop turning within seconds, whatever happens."""

from __future__ import annotations

import asyncio
import logging

from bot.dispatcher import Toast
from bot.transport import Api, NotSent, Uncertain

log = logging.getLogger("tongxue.sender")


class Taps:
    """Answers to taps: at once, not paced with messages, and not worth keeping."""

    def __init__(self, api: Api, patience: float = 3.0) -> None:
        self.api, self.patience = api, patience
        self._waiting: dict[str, asyncio.TimerHandle] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def seen(self, query_id: str) -> None:
        """A tap came in: whatever happens, it is answered within the five seconds that Telegram gives."""
        if query_id not in self._waiting:
            loop = asyncio.get_running_loop()
            self._waiting[query_id] = loop.call_later(self.patience, self.answer, Toast(query_id))

    def answer(self, toast: Toast) -> None:
        """Answer a tap, with or without words."""
        timer = self._waiting.pop(toast.query_id, None)
        if timer is not None:
            timer.cancel()
        task = asyncio.create_task(self._send(toast))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _send(self, toast: Toast) -> None:
        params: dict[str, object] = {"callback_query_id": toast.query_id}
        if toast.text:
            params |= {"text": toast.text, "show_alert": toast.alert}
        try:
            await self.api.call("answerCallbackQuery", params)
        except (NotSent, Uncertain) as lost:
            log.info("a tap was not answered: %s", lost)

    async def close(self) -> None:
        for timer in self._waiting.values():
            timer.cancel()
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=5)
