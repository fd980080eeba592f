"""What the program logs: attacked with odd names, texts and tokens; whatever happens, they are not in it."""

from __future__ import annotations

import asyncio
import io
import json
import logging
import re
from collections.abc import Iterator
from typing import Any

import aiohttp
import msgspec
import pytest

from bot.clock import Clock
from bot.config import Config, Database, Telegram, secrets_of
from bot.dispatcher import Dispatcher
from bot.intake import Keeper, arrival_of
from bot.logs import Careful, Json
from bot.transport import Api
from chat.messages import Reply
from chat.turns import on_kind
from rules.roles import ANYBODY
from simulator import Phone, Simulator
from storage import inbox
from storage.tx import Store
from tests.bot.office import Office, running

TOKEN = "7:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw9"
ODD = ("田小雪", "Robert'); DROP TABLE member;--", "%s %(name)s {0}", "Zoë\u202eevil", "line\nbreak-name")
CONFIG = Config(
    telegram=Telegram(token=TOKEN, webhook_secret="hook-secret"),
    database=Database(url="postgresql://tongxue:pass-word-9@db/tongxue"),
)


@pytest.fixture(params=[Careful, Json])
def heard(request: pytest.FixtureRequest) -> Iterator[io.StringIO]:
    """Everything that is logged at any level, as the program would write it."""
    said = io.StringIO()
    handler = logging.StreamHandler(said)
    handler.setFormatter(request.param(secrets_of(CONFIG)))
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield said
    root.removeHandler(handler)
    root.setLevel(level)


async def _falls(turn: Any, said: Any) -> Reply | None:
    """A feature with a mistake: its exception is full of what people said."""
    try:
        raise KeyError(said.text, turn.me.first_name)
    except KeyError as lost:
        raise ValueError(f"cannot take {said.text!r} of {turn.me.first_name}") from lost


async def test_a_play_of_failures_leaves_no_word_of_anybody(
    heard: io.StringIO, store: Store, api: Api, sim: Simulator, tina: Phone
) -> None:
    clock = Clock()
    broken = Dispatcher({"kind:text": on_kind("text", _falls, who=ANYBODY)}, clock)
    raws = [
        msgspec.json.encode({"update_id": n, "message": {
            "message_id": n, "date": 1, "text": f"私事 {name} {TOKEN}", "chat": {"id": 900 + n, "type": "private"},
            "from": {"id": 900 + n, "is_bot": False, "first_name": name}}})
        for n, name in enumerate(ODD, 1)
    ]  # fmt: skip
    for raw in (*raws, b'{"update_id": 99, "message": {"text": "\xe7\xa7\x81\xe4\xba\x8b"'):
        await store.work(lambda tx, raw=raw: inbox.add(tx, [arrival_of(raw, 7, clock.now())]))
    assert (await store.work(lambda tx: broken.work_lane(tx, None))).worked == len(ODD) + 1

    async def lost(tx: Any) -> Any:
        raise LookupError(ODD[0])

    keeper = Keeper(store, clock, 7, Office(store, api, sim).sender.bell, at_once=(lost, lambda done: None))
    await keeper.keep([raws[0].replace(b'"update_id":1', b'"update_id":55')])
    async with running(Office(store, api, sim)) as office:
        await office.post(
            *[(tina.id, f"<b>{name}</x> 私事") for name in ODD]
        )  # markup that Telegram refuses, quoting it
        await office.settles()
    assert "failed" in await office.states()
    log = logging.getLogger("tongxue.test")
    for one in (aiohttp.InvalidUrlClientError(f"http://x/bot{TOKEN}/getMe"), OSError(ODD[1])):
        try:
            raise one
        except Exception:  # the test's own
            log.exception("lost at %s with %s", f"https://api.telegram.org/bot{TOKEN}/sendMessage", "hook-secret")
            logging.getLogger("aiohttp.client").exception("asking %s of %s", ODD[0], TOKEN)
    log.error("cannot open %s", CONFIG.database.url)
    loop = asyncio.get_running_loop()
    loop.call_exception_handler({"message": "Task exception was never retrieved", "exception": KeyError(ODD[0])})
    said = heard.getvalue()
    for word in (*ODD, "私事", "小雪", "DROP TABLE", "break-name", TOKEN, TOKEN[2:], "hook-secret", "pass-word-9"):
        assert word not in said, word
    assert "test_logs.py" in said and "ValueError" in said and "refused: 400" in said, "but what and where is there"
    assert re.search(r"update \d+ failed \(try 1\)", said)
    if said.startswith("{"):
        assert {json.loads(line)["level"] for line in said.splitlines()} >= {"ERROR"}
