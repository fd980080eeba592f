"""An aiogram 3 bot that writes one row a message through aiosqlite, commits, and answers."""

from __future__ import annotations

import asyncio

import aiosqlite
from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import Message
from aiogram.webhook.aiohttp_server import SimpleRequestHandler, setup_application
from aiohttp import web

from benchmarks.peers.wish import INSERT, PRAGMAS, TABLE, Wish, answer, wish


async def run(told: Wish) -> None:
    """Poll, or listen for the webhook, until killed."""
    async with aiosqlite.connect(told.database) as database:
        for sql in (*PRAGMAS, TABLE):
            await database.execute(sql)
        bot = Bot(told.token, session=AiohttpSession(api=TelegramAPIServer.from_base(told.api)))
        dispatcher = Dispatcher()

        @dispatcher.message()
        async def echo(message: Message) -> None:
            await database.execute(INSERT, (message.chat.id, message.text, int(message.date.timestamp())))
            await database.commit()
            await message.answer(answer(message.text or ""))

        if not told.port:
            await dispatcher.start_polling(bot, handle_signals=False)
            return
        app = web.Application()
        SimpleRequestHandler(dispatcher, bot, secret_token="bench").register(app, "/hook")
        setup_application(app, dispatcher, bot=bot)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", told.port).start()
        await bot.set_webhook(f"http://127.0.0.1:{told.port}/hook", secret_token="bench")
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(run(wish()))
