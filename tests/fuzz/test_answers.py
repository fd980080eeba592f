"""What comes back from Telegram, or from a proxy before it: sorted whatever it is, and fit to be written down.

Invariants: `answer_of` never raises; what it gives can be kept in any database, for an outcome that cannot be written
down comes back with each step of the sender, which then sends nothing more to anybody.
"""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answers import Kind, answer_of
from tests.fuzz.wild import anything, numbers, texts

SHAPED = st.fixed_dictionaries({}, optional={
    "ok": st.booleans(), "description": texts,
    "result": st.one_of(st.builds(lambda n: {"message_id": n}, numbers), st.booleans(), anything),
    "parameters": st.fixed_dictionaries({}, optional={
        "retry_after": st.one_of(numbers, st.floats()), "migrate_to_chat_id": numbers}),
})  # fmt: skip
STATUSES = st.sampled_from([200, 400, 401, 403, 404, 413, 429, 500, 502, 0, 999])


@given(status=STATUSES, said=st.one_of(SHAPED, anything))
def test_answers_of_any_shape(status: int, said: Any) -> None:
    storable(answer_of(status, json.dumps(said).encode()))


DEEP = b'{"ok":true,"x":' + b"[" * 100_000
FAR = b'{"ok":false,"parameters":{"retry_after":1e300}}'
BIG = b'{"ok":true,"result":{"message_id":100000000000000000000}}'
NUL = b'{"ok":false,"description":"\\u0000"}'


@pytest.mark.parametrize("body", [b"", b"\xff", b"<html>", DEEP, FAR, BIG, NUL])
@pytest.mark.parametrize("status", [200, 429, 502])
def test_bodies_that_are_no_answer(status: int, body: bytes) -> None:
    storable(answer_of(status, body))


def storable(answer: Any) -> None:
    assert isinstance(answer.kind, Kind) and "\0" not in answer.trouble and len(answer.trouble) <= 300
    answer.trouble.encode()
    assert 0 <= answer.seconds * 1000 < 2**62
    ids = [answer.message_id or 0, answer.new_chat_id, *map(int, answer.others.split())]
    assert all(-(2**63) <= one < 2**63 for one in ids)
