"""initData: what Telegram signed is taken, everything else is not (telegram.md §7)."""

from __future__ import annotations

import hashlib
import hmac
import json
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qsl, quote, urlencode

import pytest

from rules.init_data import Forged, is_alive, key_of, read

TOKEN = "123456:ABC-DEF"
KEY = key_of(TOKEN)
USER = {"id": 105, "first_name": "柯 & = 老师", "language_code": "zh-hans", "allows_write_to_pm": True}
NOW = datetime(2027, 3, 15, 8, tzinfo=UTC)


def signed(token: str = TOKEN, but: tuple[str, ...] = (), **fields: str) -> str:
    """Fields signed as Telegram does, written anew from its description; `but` are left out of the signed string."""
    given = {"auth_date": "1805011200", "query_id": "AAH", "signature": "x" * 86, "user": json.dumps(USER), **fields}
    secret = hmac.new(b"WebAppData", token.encode(), hashlib.sha256).digest()
    check = "\n".join(sorted(f"{k}={v}" for k, v in given.items() if k not in but))
    return urlencode({**given, "hash": hmac.new(secret, check.encode(), hashlib.sha256).hexdigest()}, quote_via=quote)


def test_what_is_signed_is_read() -> None:
    found = read(signed(), KEY)
    assert (found.person.id, found.person.first_name, found.signed_at) == (105, "柯 & = 老师", 1805011200)
    assert read(signed(start_param="x", chat_type="private", receiver="{}"), KEY).person.id == 105
    assert read(signed(start_param=""), KEY).person.id == 105, "a field may be empty"
    backwards = urlencode(list(reversed(parse_qsl(signed()))), quote_via=quote)
    assert read(backwards, KEY).hash == found.hash, "in another order it is the same, so it opens no second session"


@pytest.mark.parametrize(
    "raw",
    [
        "", "x", "&&&", "hash=", "user=%FF&hash=00",
        signed(token="654321:OTHER"),
        signed(but=("signature",)),
        signed().replace("105", "106"),
        signed() + "&chat_type=private",
        signed() + "&user=%7B%22id%22%3A106%7D",
        signed() + "&hash=00",
        signed().replace("auth_date=1805011200", "auth_date=1805011201"),
        signed().replace("signature=x", "signature=y"),
        signed().rpartition("&")[0],
        signed().upper(),
        signed(user="{}"), signed(user=""), signed(user="[]"), signed(user='{"id":"105"}'), signed(user='{"id":0}'),
        signed(user='{"id":-5}'), signed(user=f'{{"id":{2**52}}}'), signed(user='{"id":7,"is_bot":true}'),
        signed(auth_date=""), signed(auth_date="-1"), signed(auth_date="1e9"), signed(auth_date="９"),
        signed(auth_date="9" * 40), signed(start_param="x" * 9000),
        "&".join(f"a{n}=1" for n in range(40)),
    ],
)  # fmt: skip
def test_everything_else_is_forged(raw: str) -> None:
    with pytest.raises(Forged):
        read(raw, KEY)


def test_the_bot_s_token_is_the_message_not_the_key() -> None:
    swapped = hmac.new(TOKEN.encode(), b"WebAppData", hashlib.sha256).digest()
    with pytest.raises(Forged):
        read(signed(), swapped)


@pytest.mark.parametrize(
    ("age", "alive"),
    [
        (timedelta(0), True), (timedelta(hours=23, minutes=59), True), (timedelta(hours=24), True),
        (timedelta(hours=24, seconds=1), False), (timedelta(seconds=-60), True), (timedelta(seconds=-61), False),
        (timedelta(days=400), False),
    ],
)  # fmt: skip
def test_old_telegrams_bring_old_data(age: timedelta, alive: bool) -> None:
    """Telegram for computers gives the data of yesterday again; that of the day before is over."""
    assert is_alive(NOW - age, NOW) is alive
