"""The digits on the screen (ATT-19), and codes that people type (XC-01)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.access_codes import ALPHABET, code, digits, fits, minute_of, normal_code, seat_code

AT = datetime(2027, 3, 15, 1, 0, 30, tzinfo=UTC)
NOW = minute_of(AT)


def other(*minutes: int) -> str:
    """Digits that stood on the screen in none of these minutes."""
    taken = {code("s", 7, minute) for minute in minutes}
    return next(str(n).zfill(4) for n in range(10_000) if str(n).zfill(4) not in taken)


def test_digits_depend_on_list_minute_and_secret() -> None:
    assert code("s", 7, NOW) == code(b"s", 7, NOW)
    many = [code(secret, roll, minute) for secret in "ab" for roll in range(20) for minute in range(20)]
    assert len(set(many)) > 700 and all(len(one) == 4 and one.isdigit() for one in many)
    assert len(code("s", 7, NOW, 6)) == 6
    assert any(one.startswith("0") for one in many), "zeros are padded"


def test_this_minute_s_and_the_last_one_s_digits_are_valid() -> None:
    assert fits(code("s", 7, NOW), "s", 7, AT) and fits(code("s", 7, NOW - 1), "s", 7, AT)
    for minute in (NOW - 2, NOW + 1):
        typed = code("s", 7, minute)
        assert fits(typed, "s", 7, AT) is (typed in {code("s", 7, NOW), code("s", 7, NOW - 1)})
    assert not fits(other(NOW, NOW - 1), "s", 7, AT) and not fits("", "s", 7, AT) and not fits("签到", "s", 7, AT)
    assert fits(code("s", 7, NOW - 2), "s", 7, AT, steps=3)


def test_the_edge_of_a_minute() -> None:
    first, last = AT.replace(second=0), AT.replace(second=59, microsecond=999999)
    assert minute_of(first) == minute_of(last) == NOW
    assert minute_of(first - timedelta(microseconds=1)) == NOW - 1
    assert minute_of(AT, 30) == 2 * NOW + 1


def test_during_an_outage_the_digits_on_the_screen_stay_valid() -> None:
    begin, end = AT - timedelta(minutes=10), AT + timedelta(minutes=5)
    typed = code("s", 7, minute_of(begin))
    for moment, good in ((begin, True), (AT, True), (end, True), (end + timedelta(seconds=1), False)):
        assert fits(typed, "s", 7, moment, outage=(begin, end)) is good
    assert not fits(other(NOW, NOW - 1, minute_of(begin)), "s", 7, AT, outage=(begin, end))


@given(st.binary(min_size=8, max_size=20))
def test_a_seat_code_can_be_read_aloud_and_typed(random: bytes) -> None:
    made = seat_code(random)
    assert len(made) == 8 and set(made) <= set(ALPHABET) and not set("0O1I") & set(ALPHABET)
    wide = "".join(chr(ord(c) + 0xFEE0) for c in made)
    for typed in (
        made,
        made.lower(),
        f" {made[:4]} {made[4:]} ",
        f"{made[:4]}-{made[4:]}",
        wide,
        f"{made[:4]}—{made[4:]}",
    ):
        assert normal_code(typed) == made


@pytest.mark.parametrize(
    "text", ["", "ABCD234", "ABCD23456", "ABCD234O", "ABCD2340", "ABCD234I", "ABCD234É", "签到", "ABCD234🙂"]
)
def test_what_is_no_seat_code(text: str) -> None:
    assert normal_code(text) is None


def test_too_little_chance() -> None:
    with pytest.raises(ValueError, match="8 random bytes, not 7"):
        seat_code(b"1234567")


@pytest.mark.parametrize(
    ("text", "found"),
    [("0423", "0423"), ("０４２３", "0423"), (" 04 23\n", "0423"), ("423", None), ("04230", None), ("04a3", None),
     ("", None), ("四二三一", None), ("٠٤٢٣", None), ("-423", None), ("4.23", None), ("0423 签到", None)],
)  # fmt: skip
def test_four_digits(text: str, found: str | None) -> None:
    assert digits(text) == found


def test_another_number_of_digits() -> None:
    assert digits("123456", 6) == "123456" and digits("1234", 6) is None
