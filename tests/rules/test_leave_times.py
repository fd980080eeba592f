"""What people type as times, and what is offered to them (ATT-08, UI-03)."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from rules.leave_times import Offer, offers, read_times
from rules.leaves import NIGHT_OUT, Stretch
from rules.settings import Settings
from tests.rules.test_leaves import SLOTS, ZONE

NOW = datetime(2027, 3, 15, 9, 12, 30, tzinfo=ZoneInfo(ZONE))  # Monday, day 1 of the sample class


def read(text: str, kind: str = "personal", now: datetime = NOW) -> str:
    found = read_times(text, kind, now, SLOTS, ZONE)
    return found.problem or words(found.when)


def words(when: Stretch | None) -> str:
    assert when is not None
    return f"{when.starts_at.astimezone(ZoneInfo(ZONE)):%d %H:%M} {when.ends_at.astimezone(ZoneInfo(ZONE)):%d %H:%M}"


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("10:30-12:00", "15 10:30 15 12:00"),
        ("10:30 - 12:00", "15 10:30 15 12:00"),
        ("１０：３０－１２：００", "15 10:30 15 12:00"),
        ("10:30到12:00", "15 10:30 15 12:00"),
        ("10:30至12点", "15 10:30 15 12:00"),
        ("10:30~12:00", "15 10:30 15 12:00"),
        ("从10:30到12:00请假", "15 10:30 15 12:00"),
        ("十点半到十二点", "15 10:30 15 12:00"),
        ("10点30分到11点15", "15 10:30 15 11:15"),
        ("10:30 12:00", "15 10:30 15 12:00"),
        ("2点到4点", "15 14:00 15 16:00"),
        ("两点到四点半", "15 14:00 15 16:30"),
        ("下午2点到4点", "15 14:00 15 16:00"),
        ("下午两点到四点半", "15 14:00 15 16:30"),
        ("上午11点到下午3点", "15 11:00 15 15:00"),
        ("上午10点到2点", "15 10:00 15 14:00"),
        ("中午12点到1点", "15 12:00 15 13:00"),
        ("晚上7点到9点", "15 19:00 15 21:00"),
        ("现在到12:00", "15 09:15 15 12:00"),
        ("明天 8:40-10:10", "16 08:40 16 10:10"),
        ("明天8点40到10点10分", "16 08:40 16 10:10"),
        ("3月16日 8:40到10:10", "16 08:40 16 10:10"),
        ("3月16号8:40到10:10", "16 08:40 16 10:10"),
        ("三月十六日八点四十到十点十分", "16 08:40 16 10:10"),
        ("16号 8:40-10:10", "16 08:40 16 10:10"),
        ("3/16 8:40-10:10", "16 08:40 16 10:10"),
        ("2027-03-16 08:40-10:10", "16 08:40 16 10:10"),
        ("周三 14:00-15:00", "17 14:00 17 15:00"),
        ("星期三14:00到15:00", "17 14:00 17 15:00"),
        ("周三下午3点到5点", "17 15:00 17 17:00"),
        ("周三十点到十二点", "17 10:00 17 12:00"),
        ("下周三十点到十二点", "24 10:00 24 12:00"),
        ("明早九点到十一点一刻", "16 09:00 16 11:15"),
        ("凌晨十二点到十二点", "15 00:00 15 12:00"),
        ("3月16日 8:40到3月17日 12:00", "16 08:40 17 12:00"),
        ("今天14:00到明天12:00", "15 14:00 16 12:00"),
        ("tomorrow 10:30 to 12:00", "16 10:30 16 12:00"),
        ("from 10:30 until 12:00", "15 10:30 15 12:00"),
        ("tomorrow 2 pm to 4 pm", "16 14:00 16 16:00"),
    ],
)
def test_times_that_people_type(text: str, meant: str) -> None:
    assert read(text) == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("明天上午", "16 08:40 16 12:00"),
        ("明天下午", "16 14:00 16 17:20"),
        ("明天全天", "16 08:40 16 20:30"),
        ("明天", "16 08:40 16 20:30"),
        ("请假一天", "15 09:00 15 20:30"),
        ("明天晚上", "16 19:00 16 20:30"),
        ("明晚", "16 19:00 16 20:30"),
        ("tomorrow afternoon", "16 14:00 16 17:20"),
        ("明天上午到下午", "16 08:40 16 17:20"),
        ("明天到后天", "16 08:40 17 20:30"),
        ("周日下午", "21 14:00 21 18:00"),
    ],
)
def test_parts_of_a_day_are_those_of_the_timetable(text: str, meant: str) -> None:
    assert read(text) == meant


def test_the_next_week_begins_on_monday() -> None:
    assert read("下周三14:00-15:00", now=day("12:00", 19)) == "24 14:00 24 15:00"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("12:00-10:30", "reversed"),
        ("10:30-10:30", "reversed"),
        ("23:00-01:00", "reversed"),
        ("22:00到06:50", "reversed"),
        ("10:30", "half"),
        ("明天3点", "half"),
        ("现在", "half"),
        ("", "unclear"),
        ("我肚子疼", "unclear"),
        ("下周吧", "unclear"),
        ("25:00-26:00", "unclear"),
        ("10:75-12:00", "unclear"),
        ("2月30日 8:00-9:00", "unclear"),
        ("10:30-11:00-12:00", "unclear"),
        ("-", "unclear"),
        ("今天明天 8:00-9:00", "unclear"),
    ],
)
def test_what_is_no_time_is_said_to_be_none(text: str, problem: str) -> None:
    assert read(text) == problem


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("22:00-06:50", "15 22:00 16 06:50"),
        ("今晚7点到9点半", "15 19:00 15 21:30"),
        ("晚上10点到明天早上6点", "15 22:00 16 06:00"),
        ("晚上8点到12点", "15 20:00 16 00:00"),
    ],
)
def test_a_night_out_may_run_over_midnight(text: str, meant: str) -> None:
    assert read(text, NIGHT_OUT) == meant


def look(now: datetime, kind: str = "personal", here: bool = True) -> list[tuple[str, str]]:
    found: list[Offer] = offers(SLOTS, kind, now, Settings(), ZONE, here)
    return [(offer.key, words(offer.when)) for offer in found]


def day(clock: str, date: int = 16) -> datetime:
    hour, minute = map(int, clock.split(":"))
    return datetime(2027, 3, date, hour, minute, 20, tzinfo=ZoneInfo(ZONE))


def test_in_a_session_the_rest_of_it_comes_first() -> None:
    found = look(day("08:52"))
    assert found[0] == ("this", "16 08:55 16 10:10")
    assert found[1] == ("next", "16 10:30 16 12:00")
    assert [key for key, _ in found][2:6] == ["today-morning", "today-afternoon", "today-evening", "today-day"]
    assert look(day("08:52"), here=False)[0] == ("this", "16 08:40 16 10:10")


def test_nothing_that_is_over_is_offered_and_nothing_twice() -> None:
    found = dict(look(day("20:10")))
    assert found["this"] == "16 20:15 16 20:30"
    assert not {"today-morning", "today-afternoon"} & set(found)
    assert len(set(found.values())) == len(found)
    assert all(key.startswith("tomorrow") or key == "next" for key, _ in look(day("21:00")))
    assert look(day("20:00", 19)) == []


def test_nights() -> None:
    assert look(day("12:00"), NIGHT_OUT) == [
        ("tonight", "16 19:00 16 22:10"), ("tonight-late", "16 19:00 17 06:50"),
        ("tomorrow-night", "17 19:00 17 22:10"), ("tomorrow-late", "17 19:00 18 06:50"),
    ]  # fmt: skip
    assert look(day("22:20"), NIGHT_OUT)[0] == ("tonight-late", "16 22:25 17 06:50")
