"""initData, with which a Mini App says who opened it: only what the bot's own token has signed opens a session.

Invariants: whatever the text, `read` gives a person or Forged; nothing unsigned, re-signed, doubled, old or of the
future opens the desk; and what Telegram signed is read the same however its fields are ordered or escaped.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qsl, quote, quote_plus, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.init_data import Forged, InitData, key_of, read
from storage.tx import Tx
from tests.cast import ACCOUNTS
from tests.desk.desk import TOKEN, Desk, desk
from tests.desk.test_sign_in import init_data
from tests.fuzz.wild import anything, texts
from tests.stage import Stage

KEY = key_of(TOKEN)
USER = {"id": ACCOUNTS["Clara"], "first_name": "柯 & = 老师%2B", "language_code": "zh-hans"}


def sign(fields: dict[str, str], token: str = TOKEN) -> dict[str, str]:
    """These fields with Telegram's hash, written anew from its description."""
    secret = hmac.new(b"WebAppData", token.encode(), hashlib.sha256).digest()
    check = "\n".join(sorted(f"{k}={v}" for k, v in fields.items()))
    return {**fields, "hash": hmac.new(secret, check.encode("utf-8", "replace"), hashlib.sha256).hexdigest()}


def whole(user: Any = USER, at: str = "1805011200", token: str = TOKEN, **more: str) -> str:
    said = user if isinstance(user, str) else json.dumps(user)
    return urlencode(sign({"auth_date": at, "query_id": "AAH", "user": said, **more}, token), quote_via=quote)


def taken(raw: str) -> InitData | None:
    """What is read, or nothing: no third thing may happen."""
    try:
        return read(raw, KEY)
    except Forged:
        return None


PIECES = st.sampled_from([
    "&", "=", "%", "%00", "%ff", "%26", "%3D", ";", "+", "\0", "\ud800", "\n", "#", "hash", "user", "&hash=",
    "&user={}", "&auth_date=0", "auth_date", "０", "%C0%AF", "%u0026", "é",
])  # fmt: skip


@given(raw=st.one_of(texts, st.text(max_size=200), st.lists(PIECES, max_size=12).map("".join)))
def test_no_text_of_a_stranger_is_taken(raw: str) -> None:
    assert taken(raw) is None


@given(at=st.integers(0, 400), piece=PIECES, length=st.integers(0, 3))
def test_what_was_changed_on_the_way_says_the_same_or_nothing(at: int, piece: str, length: int) -> None:
    """A sign put in, or in place of others: it may only mean what was signed (`%3a` for `%3A`), or nothing."""
    raw = whole()
    place = at % len(raw)
    found = taken(raw[:place] + piece + raw[place + length :])
    assert found is None or found == read(raw, KEY)


@given(order=st.permutations(range(4)), plus=st.booleans(), escaped=st.booleans())
def test_order_and_escapes_do_not_matter(order: list[int], plus: bool, escaped: bool) -> None:
    pairs = parse_qsl(whole())
    via = quote_plus if plus else quote
    every = [f"{k}={''.join(f'%{b:02x}' for b in v.encode()) if escaped else via(v)}" for k, v in pairs]
    assert read("&".join(every[at] for at in order), KEY) == read(whole(), KEY)


@given(user=st.one_of(anything, st.dictionaries(st.sampled_from(["id", "first_name", "is_bot"]), anything)))
def test_a_signed_user_of_any_shape_is_a_person_or_none(user: Any) -> None:
    """Telegram would have to sign it; yet nothing falls over."""
    found = taken(whole(user=json.dumps(user)))
    assert found is None or (0 < found.person.id < 2**52 and not found.person.is_bot)


@given(at=texts)
def test_a_signed_date_of_any_shape(at: str) -> None:
    found = taken(whole(at=at.encode("utf-8", "replace").decode()))
    assert found is None or found.signed_at >= 0


def test_a_user_nested_without_end() -> None:
    assert taken(whole(user='{"id":105,"x":' + "[" * 5000 + "]" * 5000 + "}")) is None, "too long"
    assert taken(whole(user='{"id":105,"x":' + "[" * 1200 + "]" * 1200 + "}")) in (None, taken(whole()))


@pytest.fixture
async def pages(plain: Stage) -> AsyncIterator[Desk]:
    async with desk(plain) as made:
        yield made


async def enters(d: Desk, raw: str | bytes) -> int:
    """Hand it over as a form; whether a session is there afterwards is looked at in the database."""
    sent = raw if isinstance(raw, bytes) else b"init=" + quote(raw, errors="replace").encode()
    head = {"Origin": d.origin, "Content-Type": "application/x-www-form-urlencoded"}
    seen = await d.raw("POST", "/desk/app", data=sent, headers=head)
    assert seen.status < 500 and (seen.status == 303) == ("Set-Cookie" in seen.headers)
    return seen.status


async def sessions(d: Desk) -> int:
    async def count(tx: Tx) -> int:
        return await tx.one(int, "select count(*) from desk_session")

    return await d.stage.store.work(count)


@given(raw=st.one_of(st.binary(max_size=120), st.lists(PIECES, max_size=12).map("".join)))
async def test_no_bytes_open_a_session(pages: Desk, raw: str | bytes) -> None:
    assert await enters(pages, raw) in (400, 403, 429)
    assert await sessions(pages) == 0


async def test_only_what_is_rightly_signed_and_of_now_opens_one(pages: Desk) -> None:
    """And it opens one only, whatever is tried before: each wrong one is refused alike."""
    stage = pages.stage
    right = init_data(stage, "Clara")
    fields = dict(parse_qsl(right))
    day, minute = timedelta(days=1), timedelta(minutes=1)
    wrong = {
        "another bot's": init_data(stage, "Clara", token="2:OTHER"),
        "of yesterday": init_data(stage, "Clara", age=day + minute),
        "of tomorrow": init_data(stage, "Clara", age=-2 * minute),
        "of the end of time": whole(at="99999999999"),
        "doubled": f"{right}&user={quote(fields['user'])}",
        "a second hash": f"{right}&hash={fields['hash']}",
        "another person": right.replace(str(ACCOUNTS["Clara"]), str(ACCOUNTS["Ada"])),
        "a bot": whole(user={**USER, "is_bot": True}, at=fields["auth_date"]),
        "without a person": whole(user="", at=fields["auth_date"]),
        "huge": f"{right}&start_param={'x' * 70_000}",
        "a trainee": init_data(stage, "Tina", query="T"),
        "a stranger": init_data(stage, "Nora", query="N"),
        "upper case": right.replace(fields["hash"], fields["hash"].upper()),
    }  # fmt: skip
    found = {name: await enters(pages, raw) for name, raw in wrong.items()}
    assert set(found.values()) <= {400, 403, 413} and await sessions(pages) == 0, found
    assert await enters(pages, right) == 303 and await sessions(pages) == 1
    backwards = urlencode(list(reversed(parse_qsl(right))), quote_via=quote)
    assert await enters(pages, backwards) == 403 and await sessions(pages) == 1, "each opens one session"
