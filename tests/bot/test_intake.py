"""Intake: what Telegram brings is on disk before it is confirmed; no trouble ends the loop."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import msgspec
import pytest

from bot.clock import Bell, Clock
from bot.intake import Keeper, arrival_of, is_group_talk
from bot.poller import Poller
from bot.transport import Api
from simulator import Phone, Simulator
from storage import inbox
from storage.inbox import LANES, Letter
from storage.tx import Store
from tests.bot.outages import come_back, go_down
from tests.stories.program import TOKEN, free_port

NOON = datetime(2027, 3, 15, 4, tzinfo=UTC)


class Desk:
    """A keeper and a poller over a real database, and what they told."""

    def __init__(self, store: Store, api: Api) -> None:
        self.store, self.taps, self.heard = store, [], 0
        self.bell = Bell()
        self.keeper = Keeper(store, Clock(), 7, self.bell, self.taps.append)
        self.poller = Poller(api, self.keeper, self._heard, seconds=1)

    taps: list[str]

    def _heard(self) -> None:
        self.heard += 1

    async def letters(self) -> list[Letter]:
        return await self.store.work(lambda tx: inbox.next_of(tx, None, datetime.now(UTC), 1000))

    async def kept(self, count: int, within: float = 10) -> list[Letter]:
        """Wait until so many are kept."""
        end = asyncio.get_running_loop().time() + within
        while True:
            found = await self.letters()
            if len(found) == count:
                return found
            assert asyncio.get_running_loop().time() < end, f"{len(found)} are kept, not {count}"
            await asyncio.sleep(0.02)


async def until(seen: Callable[[], bool], within: float = 10) -> None:
    """Wait until something is so."""
    for _ in range(round(within / 0.02)):
        if seen():
            return
        await asyncio.sleep(0.02)
    raise AssertionError("it never came to it")


@pytest.fixture
async def desk(store: Store, api: Api) -> Desk:
    return Desk(store, api)


@asynccontextmanager
async def polling(desk: Desk) -> AsyncIterator[asyncio.Task[None]]:
    """The polling loop runs; it must not end by itself."""
    task = asyncio.create_task(desk.poller.run())
    try:
        yield task
        assert not task.done(), "the loop goes on for ever"
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


def waiting(sim: Simulator) -> int:
    """How many updates Telegram keeps for us."""
    return len(sim.queues[7].waiting)


async def test_what_was_said_is_kept_in_order_and_then_confirmed(desk: Desk, sim: Simulator, tina: Phone) -> None:
    for n in range(150):
        await tina.says(f"Nr. {n}")
    async with polling(desk):
        found = await desk.kept(151)
        await until(lambda: waiting(sim) == 0)
    texts = [msgspec.json.decode(letter.raw)["message"]["text"] for letter in found]
    assert texts == ["/start", *(f"Nr. {n}" for n in range(150))]
    assert {letter.chat_id for letter in found} == {tina.id} and desk.heard


async def test_nothing_is_confirmed_while_the_database_is_down(desk: Desk, sim: Simulator, tina: Phone) -> None:
    await go_down(desk.store)
    async with polling(desk):
        await until(lambda: desk.poller.trouble != "")
        await tina.says("nicht verlieren")
        assert waiting(sim) == 2 and not desk.heard
        await come_back(desk.store)
        await desk.kept(2)
        await until(lambda: waiting(sim) == 0)
    assert desk.poller.trouble == "" and desk.heard


async def test_another_program_polls_too(
    desk: Desk, sim: Simulator, api: Api, tina: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    monkeypatch.setattr("bot.poller.STANDS_BY", 0.2)
    assert desk.poller.is_contested is False
    async with polling(desk):
        await desk.kept(1)
        await until(lambda: sim.queues[7].polling is not None)
        other = Api(TOKEN, sim.url)
        await other.poll(0, 0, 100, ("message",))
        await until(lambda: desk.poller.trouble.startswith("409"))
        await other.close()
        await tina.says("noch da?")
        await desk.kept(2)
        assert desk.poller.trouble == "" and desk.poller.is_contested, "for a while it counts as being there"
        monkeypatch.setattr("bot.poller.IS_OVER", 0.0)
        assert desk.poller.is_contested is False


async def test_who_is_driven_out_again_and_again_asks_ever_more_seldom(desk: Desk) -> None:
    assert [desk.poller._conflict() for _ in range(6)] == [30, 60, 120, 240, 300, 300]


async def test_a_refused_token_slows_the_loop(
    desk: Desk, sim: Simulator, tina: Phone, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("bot.poller.SLOW", 0.3)
    sim.world.bots[7].revoked = True
    async with polling(desk):
        await until(lambda: desk.poller.trouble.startswith("401"))
        await asyncio.sleep(0.8)
        assert not await desk.letters()
        sim.world.bots[7].revoked = False
        await desk.kept(1)
    told = [r for r in caplog.records if "401" in r.getMessage()]
    assert len(told) == 1, "the same trouble is told once"
    assert TOKEN not in caplog.text


@pytest.mark.parametrize("kind", ["502", "500", "429", "close", "accept_close"])
async def test_troubles_of_telegram_pass(desk: Desk, sim: Simulator, tina: Phone, kind: str) -> None:
    sim.fault("getUpdates", kind, retry_after=1)
    async with polling(desk):
        await until(lambda: desk.poller.trouble != "")
        await desk.kept(1)
        await until(lambda: desk.poller.trouble == "")


async def test_telegram_is_not_there(store: Store) -> None:
    api = Api(TOKEN, f"http://127.0.0.1:{free_port()}")
    desk = Desk(store, api)
    async with polling(desk):
        await until(lambda: "not connected" in desk.poller.trouble)
    await api.close()


async def test_the_same_update_twice_is_kept_once(desk: Desk, sim: Simulator, tina: Phone) -> None:
    sim.fault("", "duplicate", times=2)
    await tina.says("einmal")
    async with polling(desk):
        found = await desk.kept(2)
        await until(lambda: waiting(sim) == 0)
    await desk.keeper.keep([letter.raw.encode() for letter in found] * 2)
    assert await desk.letters() == found


async def test_odd_updates_are_kept_too_and_confirmed(desk: Desk, sim: Simulator, tina: Phone) -> None:
    bot = sim.world.bots[7]
    odd = [
        {"message": "no message"},
        {"message": {"chat": "no chat"}},
        {"callback_query": None},
        {"new_kind": {"x": 1}},
    ]
    for update in odd:
        sim.inject(bot, update)
    await tina.says("danach")
    async with polling(desk):
        await desk.kept(2 + len(odd))
        await until(lambda: waiting(sim) == 0)


async def test_what_is_said_in_a_group_is_confirmed_and_leaves_no_trace(
    desk: Desk, sim: Simulator, api: Api, tina: Phone
) -> None:
    sim.world.bots[7].privacy = False
    group = await tina.makes_group("春晓班群")
    async with polling(desk):
        await desk.kept(3)  # /start; the bot is in a group; the line of Telegram about it
        number = await tina.says("收到", group)
        await tina.edits(number, "收到！", group)
        await tina.says("/help@tongxue_bot", group)
        await tina.sends_photo(caption="合影", chat=group)
        markup = {"inline_keyboard": [[{"text": "看", "callback_data": "x:1"}]]}
        await api.call("sendMessage", {"chat_id": group.id, "text": "通知", "reply_markup": markup})
        await tina.taps("看", group)
        await tina.kicks_bot(group)
        await tina.says("私下说")
        found = await desk.kept(6)
        await until(lambda: waiting(sim) == 0)
    kinds = [next(key for key in msgspec.json.decode(letter.raw) if key != "update_id") for letter in found]
    assert kinds.count("my_chat_member") == 2 and kinds.count("callback_query") == 1
    assert not any(word in letter.raw for letter in found for word in ("收到", "help", "合影"))
    before = len(found)
    await desk.keeper.keep([b'{"update_id":900,"message":{"chat":{"id":-5},"text":"\xe6\x94\xb6\xe5\x88\xb0"}}'])
    assert len(await desk.letters()) == before, "alone in its batch it is confirmed as well"


@pytest.mark.parametrize(
    ("update", "talk"),
    [
        ({"message": {"chat": {"id": -5}, "text": "收到"}}, True),
        ({"edited_message": {"chat": {"id": -5}, "text": "收到"}}, True),
        ({"message": {"chat": {"id": -1001}, "pinned_message": {"text": "通知"}}}, True),
        ({"message": {"chat": {"id": -5}, "migrate_to_chat_id": -1005}}, False),
        ({"message": {"chat": {"id": -5}, "new_chat_members": [{"id": 7}]}}, False),
        ({"message": {"chat": {"id": -5}, "left_chat_member": {"id": 7}}}, False),
        ({"my_chat_member": {"chat": {"id": -5}}}, False),
        ({"callback_query": {"from": {"id": 9}, "message": {"chat": {"id": -5}, "text": "通知"}}}, False),
        ({"message": {"chat": {"id": 5}, "text": "收到"}}, False),
        ({"message": {"chat": {"id": "-5"}, "text": "收到"}}, False),
    ],
)
def test_what_counts_as_said_in_a_group(update: dict[str, object], talk: bool) -> None:
    raw = msgspec.json.encode({"update_id": 5, **update})
    assert is_group_talk(arrival_of(raw, 7, NOON)) is talk


async def test_taps_are_told_at_once(desk: Desk, api: Api, tina: Phone) -> None:
    markup = {"inline_keyboard": [[{"text": "收到", "callback_data": "ack:1"}]]}
    await api.call("sendMessage", {"chat_id": tina.id, "text": "通知", "reply_markup": markup})
    query = await tina.taps("收到")
    await desk.keeper.keep([b'{"update_id":1,"message":{"text":"\\"callback_query\\""}}', b'"callback_query" broken'])
    assert desk.taps == []
    async with polling(desk):
        await desk.kept(4)
    assert desk.taps == [query]


async def test_many_share_one_commit_and_each_hears_of_a_failure(desk: Desk) -> None:
    raws = [b'{"update_id":%d,"message":{"chat":{"id":101}}}' % n for n in range(50)]
    await asyncio.gather(*(desk.keeper.keep([raw]) for raw in raws))
    assert len(await desk.letters()) == 50
    await go_down(desk.store)
    lost = await asyncio.gather(*(desk.keeper.keep([raw]) for raw in raws), return_exceptions=True)
    assert all(isinstance(one, Exception) for one in lost)
    await come_back(desk.store)
    await desk.keeper.keep([b'{"update_id":99}'])
    assert len(await desk.letters()) == 51


async def test_who_asked_may_go_away_and_it_is_kept_all_the_same(desk: Desk) -> None:
    task = asyncio.create_task(desk.keeper.keep([b'{"update_id":1}']))
    await asyncio.sleep(0)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert len(await desk.kept(1)) == 1


async def test_with_too_much_waiting_nothing_new_is_taken(
    desk: Desk, sim: Simulator, tina: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.intake.HIGH_WATER", 3)
    await desk.keeper.keep([b'{"update_id":%d}' % n for n in range(1, 6)])
    assert await desk.keeper.is_full()
    async with polling(desk):
        await asyncio.sleep(0.5)
        assert waiting(sim) == 1, "Telegram keeps it for us"
        ids = [letter.id for letter in await desk.letters()]
        await desk.store.work(lambda tx: inbox.set_done(tx, ids, NOON))
        await desk.kept(1)
    assert not await desk.keeper.is_full()


@pytest.mark.parametrize(
    ("raw", "number", "chat"),
    [
        (b'{"update_id":5,"message":{"chat":{"id":-100200},"from":{"id":3}}}', 5, -100200),
        (b'{"update_id":5,"edited_message":{"chat":{"id":7}}}', 5, 7),
        (b'{"update_id":5,"my_chat_member":{"chat":{"id":8},"from":{"id":3}}}', 5, 8),
        (b'{"update_id":5,"callback_query":{"from":{"id":9},"message":{"chat":{"id":-4}}}}', 5, 9),
        (b'{"update_id":5,"poll":{}}', 5, 0),
        (b'{"update_id":5,"message":7}', 5, 0),
        (b'{"update_id":"5","message":7}', 5, 0),
    ],
)
def test_the_chat_of_an_update(raw: bytes, number: int, chat: int) -> None:
    found = arrival_of(raw, 7, NOON)
    assert (found.update_id, found.chat_id, found.raw) == (number, chat, raw.decode())
    assert 0 <= found.lane < LANES and found.lane == abs(chat) % LANES


@pytest.mark.parametrize("raw", [b"", b"[]", b"null", b'{"update_id":null}', b'{"a"', b"\xff\xfe", b"7"])
def test_what_is_no_update_gets_a_number_of_its_own(raw: bytes) -> None:
    one, again = arrival_of(raw, 7, NOON), arrival_of(raw, 7, NOON)
    assert one == again and one.update_id <= 0 and one.chat_id == 0
