"""Words at every place of a talk, and commands with whatever stands behind them, from everybody of the cast.

Invariants: no turn fails, whoever writes privately is answered. What a talk remembers was written by us, but perhaps
by an older version, or its rows are gone by now: that too is an answer in words.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.updates import text_of
from handlers import ROUTES
from storage import talks
from storage.tx import Store, Tx
from tests.cast import ACCOUNTS
from tests.fuzz.lived import live
from tests.fuzz.street import Street
from tests.fuzz.updates import contents
from tests.fuzz.wild import ODD, anything, texts

STEPS = sorted(key.removeprefix("step:") for key in ROUTES if key.startswith("step:"))
COMMANDS = sorted(key for key in ROUTES if key.startswith("/"))
NAMES = tuple(ACCOUNTS)[:7]
STANDING = {"Tina": "trainee", "Clara": "class_teacher", "Ada": "admin"}
MEMO_KEYS = ("id", "q", "v", "f", "log", "slot", "until", "hinted", "version", "reason", "roll", "text", "at", "member",
             "status", "day", "list", "cause", "claim", "blank", "step", "token")  # fmt: skip


@pytest.fixture
async def street(store: Store) -> Street:
    made = Street(store)
    await live(made)
    return made


async def at_step(street: Street, name: str, step: str, memo: Mapping[str, Any]) -> None:
    """Somebody's talk stands here."""

    kept = json.loads(text_of(json.dumps(memo).encode()))  # as every database takes it

    async def work(tx: Tx) -> None:
        await talks.set_talk(tx, ACCOUNTS[name], step, kept, street.clock.now())

    await street.store.work(work)


async def says(street: Street, name: str, content: dict[str, Any]) -> bool:
    """Somebody sends this; whether there was an answer."""
    who, before = ACCOUNTS[name], street.heard[ACCOUNTS[name]]
    message = {"message_id": next(street.numbers), "date": round(street.clock.now().timestamp()),
               "from": {"id": who, "first_name": name}, "chat": {"id": who, "type": "private"}}  # fmt: skip
    await street.comes(message={**message, **content})
    await street.none_failed()
    return street.heard[who] > before


MEMOS = st.dictionaries(st.sampled_from(MEMO_KEYS), st.one_of(st.integers(0, 30), anything), max_size=3)


@given(step=st.sampled_from(STEPS), name=st.sampled_from(NAMES), memo=MEMOS, content=contents)
async def test_any_step_any_words(street: Street, step: str, name: str, memo: dict[str, Any], content: Any) -> None:
    await at_step(street, name, step, memo)
    answered = await says(street, name, content)
    assert answered or "migrate_to_chat_id" in content


async def test_every_step_with_rows_that_are_gone(street: Street) -> None:
    """Each step, with nothing remembered and with numbers of nothing, for whoever may stand there."""
    for at, step in enumerate(STEPS):
        who = ROUTES[f"step:{step}"].who
        name = next(name for name, role in STANDING.items() if role in who)
        for memo in ({}, dict.fromkeys(MEMO_KEYS, 99_999)):
            await at_step(street, name, step, memo)
            assert await says(street, name, {"text": ODD[at % len(ODD)] or "?"}), f"silence at {step}"


@given(command=st.sampled_from(COMMANDS), name=st.sampled_from(NAMES), args=texts)
async def test_any_command(street: Street, command: str, name: str, args: str) -> None:
    assert await says(street, name, {"text": f"{command} {args}"[:4096]})
