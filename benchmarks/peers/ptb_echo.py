"""A plain python-telegram-bot that writes one row a message through aiosqlite, commits, and answers."""

from __future__ import annotations

from typing import Any

import aiosqlite
from telegram import Update
from telegram.ext import Application, ContextTypes, MessageHandler, filters

from benchmarks.peers.wish import INSERT, PRAGMAS, TABLE, answer, wish


def main() -> None:
    """Poll, or listen for the webhook, until killed."""
    told = wish()
    open_database: list[aiosqlite.Connection] = []

    async def begin(_: Any) -> None:
        database = await aiosqlite.connect(told.database)
        for sql in (*PRAGMAS, TABLE):
            await database.execute(sql)
        open_database.append(database)

    async def echo(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        message = update.effective_message
        assert message is not None
        (database,) = open_database
        await database.execute(INSERT, (message.chat_id, message.text, int(message.date.timestamp())))
        await database.commit()
        await message.reply_text(answer(message.text or ""))

    app: Any = Application.builder().token(told.token).base_url(f"{told.api}/bot").post_init(begin).build()
    app.add_handler(MessageHandler(filters.TEXT, echo))
    if told.port:
        app.run_webhook(
            "127.0.0.1", told.port, "hook", secret_token="bench", webhook_url=f"http://127.0.0.1:{told.port}/hook"
        )
    else:
        app.run_polling()


if __name__ == "__main__":
    main()
