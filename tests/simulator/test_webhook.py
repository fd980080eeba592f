"""Delivery to a webhook: secret, order within a key, retries, going back to polling."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import web
from telegram import Bot
from telegram.error import BadRequest, Conflict

from simulator import Phone, Simulator


class Endpoint:
    """A bot's endpoint that answers as it is told."""

    def __init__(self) -> None:
        self.got: list[tuple[dict[str, str], dict[str, Any]]] = []
        self.answers: list[web.Response] = []
        self.url = ""

    async def take(self, request: web.Request) -> web.Response:
        self.got.append((dict(request.headers), await request.json()))
        return self.answers.pop(0) if self.answers else web.Response()

    async def wait(self, count: int) -> list[str]:
        for _ in range(300):
            if len(self.got) >= count:
                return [update["message"]["text"] for _, update in self.got]
            await asyncio.sleep(0.01)
        raise AssertionError(self.got)


@pytest.fixture
async def endpoint() -> AsyncIterator[Endpoint]:
    made = Endpoint()
    app = web.Application()
    app.router.add_post("/hook", made.take)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    made.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield made
    await runner.cleanup()


async def test_delivery(bot: Bot, tina: Phone, endpoint: Endpoint) -> None:
    await tina.start()
    assert await bot.set_webhook(endpoint.url, secret_token="geheim_1")
    await tina.says("a")
    await tina.says("b")
    assert await endpoint.wait(3) == ["/start", "a", "b"]
    headers = endpoint.got[0][0]
    assert headers["X-Telegram-Bot-Api-Secret-Token"] == "geheim_1" and headers["Content-Type"] == "application/json"
    with pytest.raises(Conflict, match="can't use getUpdates method while webhook is active; use deleteWebhook"):
        await bot.get_updates()
    info = await bot.get_webhook_info()
    assert (info.url, info.pending_update_count, info.max_connections) == (endpoint.url, 0, 40)


async def test_retries_keep_the_order(sim: Simulator, bot: Bot, tina: Phone, endpoint: Endpoint) -> None:
    endpoint.answers = [web.Response(status=500), web.Response(status=403, headers={"Retry-After": "1"})]
    await bot.set_webhook(endpoint.url)
    await tina.start()
    await tina.says("a")
    tom = sim.person("Tom")
    await asyncio.sleep(0.2)
    await tom.start()
    texts = await endpoint.wait(5)
    assert texts == ["/start", "/start", "/start", "/start", "a"]
    senders = [update["message"]["from"]["first_name"] for _, update in endpoint.got]
    assert senders == ["Tina", "Tina", "Tom", "Tina", "Tina"]
    info = await bot.get_webhook_info()
    assert info.last_error_message == "Wrong response from the webhook: 403 Forbidden"


async def test_undelivered_goes_back_to_polling(bot: Bot, tina: Phone, endpoint: Endpoint) -> None:
    endpoint.answers = [web.Response(status=500) for _ in range(20)]
    await bot.set_webhook(endpoint.url)
    await tina.start()
    await tina.says("a")
    await endpoint.wait(2)
    assert (await bot.get_webhook_info()).pending_update_count == 2
    assert await bot.delete_webhook()
    assert [update.message.text for update in await bot.get_updates()] == ["/start", "a"]


async def test_answer_may_carry_a_call(bot: Bot, tina: Phone, endpoint: Endpoint) -> None:
    await tina.start()
    endpoint.answers = [web.json_response({"method": "sendMessage", "chat_id": tina.id, "text": "gleich"})]
    await bot.set_webhook(endpoint.url)
    await tina.sees("gleich")


async def test_words(http: Any, bot: Bot, endpoint: Endpoint) -> None:
    for method, words in (
        (f"setWebhook?url={endpoint.url}", "Webhook was set"),
        (f"setWebhook?url={endpoint.url}", "Webhook is already set"),
        ("deleteWebhook", "Webhook was deleted"),
        ("deleteWebhook", "Webhook is already deleted"),
    ):
        async with http.get(f"/bot1:TEST/{method}") as answer:
            assert await answer.json() == {"ok": True, "result": True, "description": words}
    with pytest.raises(BadRequest, match="Secret token contains unallowed characters"):
        await bot.set_webhook(endpoint.url, secret_token="a b")


async def test_set_webhook_ends_a_poll(bot: Bot, tina: Phone, endpoint: Endpoint) -> None:
    poll = asyncio.create_task(bot.get_updates(timeout=10))
    await asyncio.sleep(0.05)
    await bot.set_webhook(endpoint.url)
    with pytest.raises(Conflict, match="terminated by setWebhook request"):
        await poll
