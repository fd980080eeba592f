"""Whatever Telegram, or somebody in its name, brings: nothing raises out of the loops, nobody's line is blocked.

Invariants: what is an update at all never ends as failed; every private message of a person whom we know is answered,
every tap too; what goes out is what Telegram takes (the stage looks at each message); and others go on.
"""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Raw

from bot.intake import arrival_of, is_group_talk
from bot.poller import _highest as highest
from storage.tx import Store
from tests.cast import ACCOUNTS
from tests.fuzz.street import Street, encoded
from tests.fuzz.updates import speaker, updates
from tests.fuzz.wild import anything, spoiled
from tests.stage import HandClock

NOW = HandClock().now()


@pytest.fixture
async def street(store: Store) -> Street:
    return Street(store)


@given(update=spoiled(updates), other=st.one_of(spoiled(updates), anything))
async def test_updates_of_any_shape(street: Street, update: dict[str, Any], other: Any) -> None:
    """Two together, and somebody else's usual word between them."""
    who = speaker(update)
    before = street.heard[who]
    numbered = [{"update_id": next(street.numbers), **one} if isinstance(one, dict) else one for one in (update, other)]
    usual = {"id": 202, "first_name": "Zoe"}
    tap = {"id": f"q{next(street.numbers)}", "from": usual, "data": "day:1"}
    between = {"update_id": next(street.numbers), "callback_query": tap}
    await street.brings([encoded(numbered[0]), encoded(between), json.dumps(numbered[1]).encode()])
    await street.none_failed()
    assert tap["id"] in street.answered, "others go on"
    if who:
        assert street.heard[who] > before, "nobody is met with silence"


@given(raw=st.one_of(st.binary(max_size=80), anything.map(lambda value: json.dumps(value).encode())))
async def test_bytes_that_are_no_update(street: Street, raw: bytes) -> None:
    await street.brings([raw])
    await street.none_failed()


@given(update=spoiled(updates))
def test_every_update_can_be_kept(update: dict[str, Any]) -> None:
    """Its numbers fit a database, its text has no NUL; and a group's talk is told from the rest without a trouble."""
    arrival = arrival_of(encoded({"update_id": 7, **update}), 1, NOW)
    is_group_talk(arrival)
    assert -(2**63) <= arrival.chat_id < 2**63 and -(2**63) <= arrival.update_id < 2**63
    assert "\0" not in arrival.raw and "\\u0000" not in arrival.raw.replace("\\\\", "")
    arrival.raw.encode()


DEEP = b'{"update_id":%d,"message":{"chat":{"id":101},"from":{"id":101},"x":' + b"[" * 100_000 + b"]" * 100_000 + b"}}"


@pytest.mark.parametrize(
    "raw",
    [
        DEEP,
        b'{"update_id":%d,"callback_query":' + b'{"a":' * 90_000 + b"1" + b"}" * 90_001,
        b'{"update_id":%d,"message":{"chat":{"id":-5},"new_chat_members":"\\ud800"}}',
        b'{"update_id":%d,"message":{"chat":{"id":101},"from":{"id":101},"date":9223372036854775807,"text":"a"}}',
        b'{"update_id":%d,"message":{"chat":{"id":101},"from":{"id":101},"date":-99999999999,"text":"a"}}',
        b'{"update_id":%d,"message":{"chat":{"id":99999999999999999999},"from":{"id":101},"text":"a"}}',
        b'{"update_id":%d000000000000000000000,"message":{"chat":{"id":101},"from":{"id":101},"text":"a"}}',
        b'{"update_id":%d,"message":{"chat":{"id":101,"type":"private"},"from":{"id":101},"date":1,"text":"\\u0000"}}',
    ],
    ids=["deep", "deep tap", "half a character", "date", "old date", "chat", "number", "NUL"],
)
async def test_what_has_brought_the_loop_down(street: Street, raw: bytes) -> None:
    """Each of these once ended a task of the intake, or the turn of everybody in its group."""
    number = next(street.numbers)
    tap = {"id": "q1", "from": {"id": ACCOUNTS["Tina"]}, "data": "day:1"}
    await street.brings(
        [raw.replace(b"%d", b"%d" % number), {"update_id": next(street.numbers), "callback_query": tap}]
    )
    await street.none_failed()
    assert "q1" in street.answered


@pytest.mark.parametrize("raw", [DEEP, b'{"update_id":%d,"x":"\\ud800"}', b'{"update_id":%d,"message":"\xff'])
def test_what_cannot_be_read_is_not_fetched_again(raw: bytes) -> None:
    """Its number is found all the same, alone in its batch or behind others: else it would come for ever."""
    assert highest([Raw(raw.replace(b"%d", b"77"))], 70) == 78
    assert highest([Raw(b'{"update_id":70}'), Raw(b'{"a":1}')], 70) == 71
    assert highest([Raw(b'{"update_id":99999999999999999999999}')], 70) == 70, "no number of Telegram's"


async def test_a_field_of_another_type_is_answered_all_the_same(street: Street) -> None:
    """Should Telegram ever change what stands in a field, nobody is met with silence for it."""
    tina = {"id": ACCOUNTS["Tina"], "first_name": "Tina"}
    chat = {"id": ACCOUNTS["Tina"], "type": "private"}
    await street.comes(message={"message_id": 1, "date": "soon", "from": tina, "chat": chat, "text": "签到"})
    street.sees("Tina", "还用不上")
    await street.comes(callback_query={"id": "q1", "from": tina, "data": 7})
    assert street.answered == {"q1"}
    await street.none_failed()
