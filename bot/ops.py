"""What the commands share: a job on the database, the bot's name, which class is meant."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import TypeVar

from msgspec import Struct, ValidationError, json
from rich.console import Console

from actions import joining
from bot.clock import Clock
from bot.config import Config
from bot.transport import Api, NotSent, Uncertain
from bot.words import say_out
from chat.messages import say
from storage import cohorts
from storage.cohorts import Cohort
from storage.door import Closed, open_store
from storage.tx import Store, Tx

T = TypeVar("T")


class Trouble(Exception):
    """Something that a person can mend, in one sentence."""


class _Named(Struct, frozen=True):
    username: str = ""


class _Me(Struct, frozen=True):
    result: _Named


def now_of(config: Config) -> datetime:
    """The product's now by the configured offset."""
    return Clock(config.clock.offset_seconds).now()


def work(config: Config, job: Callable[[Store, Config], Awaitable[T]]) -> T:
    """Do a job on the database of a configuration; Trouble says in words when it does not open."""

    async def go() -> T:
        store = await opened(config)
        try:
            return await job(store, config)
        finally:
            await store.close()

    return asyncio.run(go())


async def opened(config: Config) -> Store:
    """The open database; Trouble in words when it does not open."""
    try:
        return await open_store(config.database.url)
    except Closed as wrong:
        where = config.database.url.split("@")[-1]
        raise Trouble(say_out(say("cli-database", where=where, trouble=str(wrong)[:200]))) from None


async def bot_name(config: Config) -> str:
    """The bot's username, for links; Trouble when Telegram cannot be asked."""
    api = Api(config.telegram.token, config.telegram.api_url, proxy=config.telegram.proxy)
    try:
        status, body = await api.call("getMe", {})
        if status != 200:
            raise Trouble(say_out(say("cli-token-refused", status=status)))
        return json.decode(body, type=_Me).result.username
    except (NotSent, Uncertain, ValidationError, ValueError):
        raise Trouble(say_out(say("cli-telegram-silent", where=config.telegram.api_url))) from None
    finally:
        await api.close()


async def find_class(tx: Tx, key: str) -> Cohort:
    """The class with this key; without one, the only or the newest."""
    if key:
        found = await cohorts.by_key(tx, key)
        if found is None:
            raise Trouble(say_out(say("cli-no-such-class", key=key)))
        return found
    everything = await cohorts.all(tx)
    if not everything:
        raise Trouble(say_out(say("cli-no-class")))
    return everything[0]


async def admin_link(store: Store, config: Config, out: Console) -> None:
    """Print the link by which the first administrator takes office."""
    name = await bot_name(config)
    link = await store.work(lambda tx: joining.admin_link(tx, now_of(config)))
    out.print(f"https://t.me/{name}?start={link.token}")
