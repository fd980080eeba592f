"""The one moment that a tired teacher types (BC-01, TIME-01), and the times of a session that is moved."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from rules.days import class_date
from rules.when_words import FARTHEST, LONGEST, Said, read_clock, read_when

HERE = "Asia/Shanghai"
THERE = "Europe/Berlin"
MONDAY = "2027-03-15 09:12:30"


def at(clock: str, zone: str = HERE) -> datetime:
    return datetime.fromisoformat(clock).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def read(text: str, now: str = MONDAY, near: date | None = None, zone: str = HERE) -> str:
    found = read_when(text, at(now, zone), zone, near)
    assert (found.at is None) is bool(found.problem)
    return found.problem or shown(found, zone)


def shown(found: Said, zone: str = HERE) -> str:
    assert found.at is not None and found.at.tzinfo is UTC
    there = found.at.astimezone(ZoneInfo(zone))
    return f"{there:%m-%d %H:%M:%S}".removesuffix(":00")


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("明早7点半", "03-16 07:30"),
        ("明早７点半", "03-16 07:30"),
        ("明早七点半", "03-16 07:30"),
        ("明 早 7 点 半", "03-16 07:30"),
        ("明早 七 点 半", "03-16 07:30"),
        ("周 三 十 点", "03-17 10:00"),
        ("三月十六 十点", "03-16 10:00"),
        ("明早7：30", "03-16 07:30"),
        ("明早7:30发", "03-16 07:30"),
        ("请在明早7点半发送。", "03-16 07:30"),
        ("于明天早上七点半发吧", "03-16 07:30"),
        ("请明早7点30分发通知，谢谢！", "03-16 07:30"),
        ("明天早7点半", "03-16 07:30"),
        ("7点半明早", "03-16 07:30"),
        ("明天上午八点一刻", "03-16 08:15"),
        ("明天上午8点三刻", "03-16 08:45"),
        ("明天8时30分", "03-16 08:30"),
        ("明天八点零五分", "03-16 08:05"),
        ("明天8点05", "03-16 08:05"),
        ("明天八点二零", "03-16 08:20"),
        ("明天8点整", "03-16 08:00"),
        ("明天8点钟左右", "03-16 08:00"),
        ("明天7:30:00", "03-16 07:30"),
        ("今晚8点", "03-15 20:00"),
        ("今晚20:00", "03-15 20:00"),
        ("明晚九点半", "03-16 21:30"),
        ("晚8点", "03-15 20:00"),
        ("今早10点", "03-15 10:00"),
        ("今天下午两点", "03-15 14:00"),
        ("今天下午14:00", "03-15 14:00"),
        ("今日中午12点半", "03-15 12:30"),
        ("中午1点", "03-15 13:00"),
        ("中午11点半", "03-15 11:30"),
        ("后天十点", "03-17 10:00"),
        ("大后天晚上七点", "03-18 19:00"),
        ("3天后下午2点", "03-18 14:00"),
        ("周三9点", "03-17 09:00"),
        ("周三十点", "03-17 10:00"),
        ("星期三十一点半", "03-17 11:30"),
        ("周一一点", "03-15 13:00"),
        ("下周三9点", "03-24 09:00"),
        ("下下周三9点", "03-31 09:00"),
        ("本周五下午五点", "03-19 17:00"),
        ("星期天上午9点", "03-21 09:00"),
        ("礼拜一晚上7点", "03-15 19:00"),
        ("下个礼拜一早上8点", "03-22 08:00"),
        ("3月16日 14:00", "03-16 14:00"),
        ("3月16日（周二）14:00", "03-16 14:00"),
        ("三月十六日下午两点半", "03-16 14:30"),
        ("3月16号下午2点", "03-16 14:00"),
        ("3/16 14:00", "03-16 14:00"),
        ("3.16 14:00", "03-16 14:00"),
        ("2027-03-16 14:00", "03-16 14:00"),
        ("2027-03-16T14:00", "03-16 14:00"),
        ("2027年3月16日14时", "03-16 14:00"),
        ("二〇二七年三月十六日十四点", "03-16 14:00"),
        ("16号 9:00", "03-16 09:00"),
        ("十六号九点", "03-16 09:00"),
        ("13号9:00", "past"),
        ("5号 9:00", "04-05 09:00"),
        ("明天周二9:00", "03-16 09:00"),
        ("明天\u200b9\u223600", "03-16 09:00"),
    ],
)
def test_days_and_times_in_chinese(text: str, meant: str) -> None:
    assert read(text) == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("tomorrow 7:30", "03-16 07:30"),
        ("Tomorrow at 7.30am", "03-16 07:30"),
        ("tomorrow 7.30", "03-16 07:30"),
        ("7:30 a.m. tomorrow", "03-16 07:30"),
        ("please send it tomorrow morning at 7:30.", "03-16 07:30"),
        ("tonight 8pm", "03-15 20:00"),
        ("tonight 8 o'clock", "03-15 20:00"),
        ("8pm", "03-15 20:00"),
        ("12pm", "03-15 12:00"),
        ("12am", "03-16 00:00"),
        ("12am tonight", "03-16 00:00"),
        ("1am", "03-16 01:00"),
        ("mon 9:00", "past"),
        ("mon 10:00", "03-15 10:00"),
        ("next mon 9:00", "03-22 09:00"),
        ("Wednesday 2 pm", "03-17 14:00"),
        ("Tue 16 Mar 14:00", "03-16 14:00"),
        ("16 Mar 14:00", "03-16 14:00"),
        ("Mar 16 2pm", "03-16 14:00"),
        ("March 16th, 2027, 14:00", "03-16 14:00"),
        ("on the 16th of March at 14:00", "03-16 14:00"),
        ("this afternoon 3:00", "03-15 15:00"),
        ("in 2 days 9:00", "03-17 09:00"),
    ],
)
def test_days_and_times_in_english(text: str, meant: str) -> None:
    assert read(text) == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("现在", "03-15 09:12:30"),
        ("马上发", "03-15 09:12:30"),
        ("请立刻发送。", "03-15 09:12:30"),
        ("现在就发吧", "03-15 09:12:30"),
        ("now", "03-15 09:12:30"),
        ("Right now!", "03-15 09:12:30"),
        ("半小时后", "03-15 09:42"),
        ("半个小时以后发", "03-15 09:42"),
        ("20分钟后", "03-15 09:32"),
        ("二十分钟之后", "03-15 09:32"),
        ("过20分钟", "03-15 09:32"),
        ("再过十分钟发", "03-15 09:22"),
        ("一刻钟后", "03-15 09:27"),
        ("两小时后", "03-15 11:12"),
        ("两个小时后", "03-15 11:12"),
        ("1个半小时后", "03-15 10:42"),
        ("一个半小时后", "03-15 10:42"),
        ("1小时半后", "03-15 10:42"),
        ("1.5小时后", "03-15 10:42"),
        ("1小时20分钟后", "03-15 10:32"),
        ("一小时零五分钟后", "03-15 10:17"),
        ("in 20 minutes", "03-15 09:32"),
        ("send in 20 min", "03-15 09:32"),
        ("in half an hour", "03-15 09:42"),
        ("in an hour", "03-15 10:12"),
        ("in an hour and a half", "03-15 10:42"),
        ("in 1 hour and 20 minutes", "03-15 10:32"),
        ("2 hours later", "03-15 11:12"),
        ("0分钟后", "03-15 09:12:30"),
        ("1分钟后", "03-15 09:13"),
        ("24小时后", "03-16 09:12"),
    ],
)
def test_now_and_a_while_from_now(text: str, meant: str) -> None:
    assert read(text) == meant


def test_a_bare_time_is_the_next_such_time() -> None:
    assert read("14:00") == read("2点") == "03-15 14:00"
    assert read("9:13") == "03-15 09:13"
    assert read("9:11") == read("九点十一") == "03-16 09:11"
    assert read("7点半") == "03-16 07:30"
    assert read("12点") == "03-15 12:00"
    assert read("12点", "2027-03-15 12:01:00") == "03-16 12:00"
    assert read("上午9点") == "03-16 09:00"
    assert read("23:59", "2027-12-31 23:59:59") == "12-31 23:59:59"


@pytest.mark.parametrize(
    ("now", "meant"),
    [
        ("09:11:59.999999", "03-15 09:12"),
        ("09:12:00", "03-15 09:12"),
        ("09:12:59", "03-15 09:12:59"),
        ("09:13:00", "past"),
    ],
)
def test_the_minute_that_is_running_is_still_now(now: str, meant: str) -> None:
    assert read("今天9:12", f"2027-03-15 {now}") == meant
    assert read("9:12", f"2027-03-15 {now}") == ("03-16 09:12" if meant == "past" else meant)


@pytest.mark.parametrize(
    ("text", "now", "meant"),
    [
        ("3点", "09:00", "03-15 15:00"),
        ("三点半", "15:29", "03-15 15:30"),
        ("3点", "15:01", "03-16 15:00"),
        ("3点", "01:00", "03-15 15:00"),
        ("03:00", "09:00", "03-16 03:00"),
        ("03:00", "01:00", "03-15 03:00"),
        ("凌晨3点", "09:00", "03-16 03:00"),
        ("6点", "05:00", "03-15 18:00"),
        ("6:29", "05:00", "03-15 18:29"),
        ("6:30", "05:00", "03-15 06:30"),
        ("6:30", "06:31", "03-15 18:30"),
        ("6:30", "18:31", "03-16 06:30"),
        ("6:59", "20:00", "03-16 06:59"),
        ("7:00", "07:01", "03-16 07:00"),
        ("1点", "13:01", "03-16 13:00"),
        ("0点", "09:00", "03-16 00:00"),
        ("零点三十分", "09:00", "03-16 00:30"),
        ("0:59", "09:00", "03-16 00:59"),
        ("24:00", "09:00", "03-16 00:00"),
        ("明天3点", "09:00", "03-16 15:00"),
        ("明天6:45", "09:00", "03-16 06:45"),
        ("今天6:45", "09:00", "03-15 18:45"),
        ("今天3点", "15:01", "past"),
        ("早上6点", "09:00", "03-16 06:00"),
    ],
)
def test_a_bare_small_hour_is_in_the_waking_day(text: str, now: str, meant: str) -> None:
    assert read(text, f"2027-03-15 {now}:00") == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("今天24:00", "03-16 00:00"),
        ("今晚12点", "03-16 00:00"),
        ("今晚十二点半", "03-16 00:30"),
        ("今晚零点", "03-16 00:00"),
        ("今晚1点", "03-16 01:00"),
        ("明天0点", "03-16 00:00"),
        ("明天零点", "03-16 00:00"),
        ("明天凌晨12点", "03-16 00:00"),
        ("明天凌晨两点", "03-16 02:00"),
        ("明天00:00", "03-16 00:00"),
        ("明天12点", "03-16 12:00"),
        ("明天中午12点", "03-16 12:00"),
        ("明天上午12点", "03-16 12:00"),
        ("明天下午12点半", "03-16 12:30"),
        ("明晚12点", "03-17 00:00"),
        ("明天24点", "03-17 00:00"),
        ("明天24:01", "unclear"),
        ("今天0点", "past"),
        ("今天凌晨2点", "past"),
        ("今天9:11", "past"),
        ("今早8点", "past"),
        ("昨天14:00", "past"),
        ("昨晚8点", "past"),
        ("本周一9点", "past"),
        ("3月14日 23:59", "past"),
        ("2026-03-16 14:00", "past"),
        ("0001-01-01 00:00", "past"),
    ],
)
def test_midnight_and_what_is_over(text: str, meant: str) -> None:
    assert read(text) == meant


@pytest.mark.parametrize(
    ("text", "now", "meant"),
    [
        ("明早7点半", "2027-03-31 20:00", "04-01 07:30"),
        ("24:00", "2027-03-31 20:00", "04-01 00:00"),
        ("明天9点", "2027-12-31 20:00", "01-01 09:00"),
        ("今晚12点", "2027-12-31 20:00", "01-01 00:00"),
        ("1月2日 9:00", "2027-12-31 20:00", "01-02 09:00"),
        ("12月30日 9:00", "2028-01-02 20:00", "past"),
        ("半小时后", "2027-12-31 23:45", "01-01 00:15"),
        ("2月29日 9:00", "2028-02-20 20:00", "02-29 09:00"),
        ("2月29日 9:00", "2027-02-20 20:00", "far"),
        ("2月29日 9:00", "2026-02-20 20:00", "unclear"),
        ("2月30日 9:00", "2028-02-20 20:00", "unclear"),
        ("31号 9:00", "2027-04-05 20:00", "05-31 09:00"),
        ("1号 9:00", "2027-03-31 20:00", "04-01 09:00"),
        ("下周一9点", "2027-03-21 20:00", "03-22 09:00"),
        ("下周三9点", "2027-03-19 20:00", "03-24 09:00"),
        ("周日21点", "2027-03-21 20:00", "03-21 21:00"),
    ],
)
def test_ends_of_weeks_months_and_years(text: str, now: str, meant: str) -> None:
    assert read(text, f"{now}:00") == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("明早7点半", "03-16 07:30"),
        ("今早8点", "03-16 08:00"),
        ("今天14:00", "03-16 14:00"),
        ("今晚8点", "03-16 20:00"),
        ("今晚两点", "03-16 02:00"),
        ("明天下午3点", "03-16 15:00"),
        ("明天03:00", "03-17 03:00"),
        ("明天凌晨2点", "03-17 02:00"),
        ("明天04:00", "03-16 04:00"),
        ("后天9点", "03-17 09:00"),
        ("周二9点", "03-16 09:00"),
        ("明天周二9点", "03-16 09:00"),
        ("3月16日9点", "03-16 09:00"),
        ("7点半", "03-16 07:30"),
        ("凌晨1点", "03-16 01:00:20"),
        ("昨天9点", "past"),
    ],
)
def test_in_the_small_hours_the_day_is_not_over(text: str, meant: str) -> None:
    assert read(text, "2027-03-16 01:00:20") == meant


def test_from_four_on_it_is_a_new_day() -> None:
    assert read("明早7点半", "2027-03-16 03:59:59") == "03-16 07:30"
    assert read("明早7点半", "2027-03-16 04:00:00") == "03-17 07:30"


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("14:00", "03-18 14:00"),
        ("下午两点", "03-18 14:00"),
        ("改到两点半", "03-18 14:30"),
        ("推迟到8:30", "03-18 08:30"),
        ("8.30", "03-18 08:30"),
        ("6:30", "03-18 06:30"),
        ("明天14:00", "03-16 14:00"),
        ("周三14:00", "03-17 14:00"),
        ("半小时后", "03-15 09:42"),
    ],
)
def test_a_bare_time_is_on_the_day_that_is_moved(text: str, meant: str) -> None:
    assert read(text, near=date(2027, 3, 18)) == meant


def test_what_is_over_on_the_day_that_is_moved_is_past() -> None:
    assert read("9:00", near=date(2027, 3, 15)) == read("14:00", near=date(2027, 3, 14)) == "past"
    assert read("9:13", near=date(2027, 3, 15)) == "03-15 09:13"
    assert read("14:00", near=date(2028, 3, 14)) == read("14:00", near=date.max) == "far"
    assert read("14:00", near=date.min) == "past"


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "。", "请发", "明天", "明早", "今晚", "明天中午", "周三", "3月16日", "2027-03-16", "3天后", "tomorrow",
        "7", "明天7", "25:00", "10:60", "14:5", "14:", "一百点", "明天早上14:00", "凌晨9点", "晚上14:00", "14:00am",
        "0点下午3点", "今天明天9:00", "明天周三9:00", "周二周三9:00", "上午下午3点", "9:00 10:00", "14:00-15:30",
        "2点到3点", "现在7点半", "马上 明天", "明天半小时后", "7点以后", "7点之前", "别在7点发", "晚一点发",
        "明天晚一点发",
        "明天两三点", "一两点", "三五分钟后", "十一二点", "2-3点",
        "早一点", "晚点发", "今天晚些时候", "推迟半小时", "提前20分钟", "半小时", "20分钟", "过一会儿",
        "3.16", "3.16下午", "7.5", "7.30 8.30", "1.2.3", "7:30 7.30.", "三十二点", "2月30日9:00", "13月1日9:00",
        "16/3 9:00", "周八9点", "全天9点", "天黑以后", "我肚子疼", "下周吧", "snow", "todays 9:00", "in 20 sheep",
        "12pm tonight", "\ud800", "9:00\x00", "明天" * 60, "1" * 90 + "分钟后",
    ],
)  # fmt: skip
def test_what_is_not_understood_is_said_to_be_unclear(text: str) -> None:
    assert read(text) == "unclear"


def test_sixty_days_are_the_farthest() -> None:
    assert read("5月14日 9:12") == "05-14 09:12"
    assert read("5月14日 9:13") == "far"
    assert read("1440小时后") == "05-14 09:12"
    assert read("1441小时后") == read("999999小时后") == read("9999-12-31 24:00") == "far"
    assert read("9月15日 9:00") == read("2028-03-16 14:00") == "far"


def test_a_dotted_time_is_taken_where_it_can_be_no_day_nearby() -> None:
    assert read("7.30") == "03-16 07:30"
    assert read("15.30") == "03-15 15:30"
    assert read("3.31") == "unclear"


@pytest.mark.parametrize(
    ("text", "now", "meant"),
    [
        ("明天2:30 am", "2027-03-27 12:00", "2027-03-28T01:30+00:00"),
        ("明天02:30", "2027-03-27 12:00", "2027-03-28T01:30+00:00"),
        ("明天01:59", "2027-03-27 12:00", "2027-03-28T00:59+00:00"),
        ("明天03:00", "2027-03-27 12:00", "2027-03-28T01:00+00:00"),
        ("明早7点半", "2027-03-27 12:00", "2027-03-28T05:30+00:00"),
        ("24小时后", "2027-03-27 12:00", "2027-03-28T11:00+00:00"),
        ("明天02:30", "2027-10-30 12:00", "2027-10-31T00:30+00:00"),
        ("明天03:00", "2027-10-30 12:00", "2027-10-31T02:00+00:00"),
        ("明早7点半", "2027-10-30 12:00", "2027-10-31T06:30+00:00"),
        ("两小时后", "2027-10-31 02:00", "2027-10-31T02:00+00:00"),
    ],
)
def test_clock_changes(text: str, now: str, meant: str) -> None:
    found = read_when(text, at(f"{now}:00", THERE), THERE)
    assert found == Said(datetime.fromisoformat(meant))


def test_a_time_that_comes_twice_is_over_after_the_first() -> None:
    second = datetime(2027, 10, 31, 2, 10, tzinfo=ZoneInfo(THERE), fold=1)
    assert read_when("今天02:30", second, THERE) == Said(problem="past")
    assert read_when("02:30", second, THERE) == Said(at("2027-11-01 02:30", THERE))


def test_now_may_come_in_any_zone() -> None:
    now = at(MONDAY)
    assert read_when("明早7点半", now.astimezone(ZoneInfo("America/New_York")), HERE) == read_when(
        "明早7点半", now, HERE
    )


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("14:00", "14:00"),
        ("１４：００", "14:00"),
        ("14.00", "14:00"),
        ("14点", "14:00"),
        ("两点半", "14:30"),
        ("下午三点一刻", "15:15"),
        ("2pm", "14:00"),
        ("12am", "00:00"),
        ("8:40", "08:40"),
        ("06:00", "06:00"),
        ("6点", "18:00"),
        ("6:30", "06:30"),
        ("0点", "00:00"),
        ("12点", "12:00"),
        ("凌晨1点", "01:00"),
        ("改到14:00吧", "14:00"),
        ("14:00-15:30", "14:00 15:30"),
        ("14:00 — 15:30", "14:00 15:30"),
        ("14：00～15：30", "14:00 15:30"),
        ("14.00-15.30", "14:00 15:30"),
        ("14:00 15:30", "14:00 15:30"),
        ("下午两点到三点半", "14:00 15:30"),
        ("下午2点至下午3点半", "14:00 15:30"),
        ("两点到四点半", "14:00 16:30"),
        ("6点到8点", "18:00 20:00"),
        ("6:30-8:00", "06:30 08:00"),
        ("上午十点到十二点", "10:00 12:00"),
        ("上午10点到2点", "10:00 14:00"),
        ("上午10点到下午2点", "10:00 14:00"),
        ("11点到1点", "11:00 13:00"),
        ("中午12点到1点", "12:00 13:00"),
        ("中午12点到3点", "12:00 15:00"),
        ("晚上7点到9点半", "19:00 21:30"),
        ("下午2点到15:30", "14:00 15:30"),
        ("凌晨2点到12点", "02:00 12:00"),
        ("2pm to 3:30pm", "14:00 15:30"),
        ("2:00-3:30pm", "14:00 15:30"),
        ("7:00-8:00pm", "19:00 20:00"),
        ("10:00-1:00pm", "10:00 13:00"),
        ("9:00-10:30am", "09:00 10:30"),
        ("7pm-9:00", "19:00 21:00"),
        ("9am-5pm", "09:00 17:00"),
        ("15:30-14:00", "15:30 14:00"),
        ("14:00-14:00", "14:00 14:00"),
        ("23:00-01:00", "23:00 01:00"),
    ],
)
def test_the_times_of_a_session(text: str, meant: str) -> None:
    found = read_clock(text)
    assert found is not None
    assert " ".join(f"{clock:%H:%M}" for clock in found if clock is not None) == meant


@pytest.mark.parametrize(
    "text",
    [
        "", "下午", "7", "14", "24:00", "22:00-24:00", "晚上12点", "晚上10点到12点", "25:00", "14:00-", "-15:30",
        "14:00-15:60", "14:00-15:00-16:00", "14:00 15:00 16:00", "上午14:00", "14:00-晚上15:00", "明天14:00",
        "今晚8点", "半小时后", "现在", "14:00到下午", "下午到14:00", "14:00前", "\ud800", "14:00" * 30,
    ],
)  # fmt: skip
def test_what_are_no_times_of_a_session(text: str) -> None:
    assert read_clock(text) is None


MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))
ZONES = st.sampled_from([HERE, THERE, "America/New_York", "Asia/Kathmandu", "Pacific/Kiritimati"])
WORDS = """明天 今晚 后天 周 下 三 十 7 12 24 0 3 : ： 点 半 刻 分 时 月 日 号 / - . 到 早 晚上 凌晨 中午 下午 小时 分钟
后 过 in hour am pm mon feb tomorrow now 现在 请 29 31 99 9999 ½ ㍙ ٣ ²"""
PIECES = st.sampled_from([" ", *WORDS.split()])


@given(st.text() | st.lists(PIECES, max_size=12).map("".join), MOMENTS, ZONES, st.none() | st.dates())
def test_any_text_is_answered(text: str, now: datetime, zone: str, near: date | None) -> None:
    found = read_when(text, now, zone, near)
    if found.at is None:
        assert found.problem in ("unclear", "past", "far")
    else:
        assert found.problem == "" and now <= found.at <= now + FARTHEST
    span = read_clock(text)
    assert span is None or isinstance(span[0], time)
    assert len(text) <= LONGEST or (found.problem, span) == ("unclear", None)


@given(MOMENTS, st.times(), ZONES)
@example(datetime(2027, 3, 27, 12, tzinfo=UTC), time(2, 30), THERE)
@example(datetime(2027, 12, 31, 20, tzinfo=UTC), time(0), HERE)
def test_a_time_that_we_show_is_read_back(now: datetime, clock: time, zone: str) -> None:
    here = now.astimezone(ZoneInfo(zone))
    day = (class_date(now, zone) if clock.hour >= 4 else here.date()) + timedelta(days=1)
    meant = datetime.combine(day, clock.replace(second=0, microsecond=0), ZoneInfo(zone)).astimezone(UTC)
    for text in (f"明天 {clock:%H:%M}", f"tomorrow {clock:%H:%M}", f"{day:%Y-%m-%d} {clock:%H:%M}"):
        found = read_when(text, now, zone)
        if meant >= now:
            assert found == Said(meant)
    shown = read_clock(f"{clock:%H:%M}-{clock:%H:%M}")
    assert shown == (clock.replace(second=0, microsecond=0),) * 2


@given(MOMENTS, st.times(), st.integers(0, 59))
def test_a_date_that_we_show_is_read_back(now: datetime, clock: time, ahead: int) -> None:
    day = now.astimezone(ZoneInfo(HERE)).date() + timedelta(days=ahead)
    meant = datetime.combine(day, clock.replace(second=0, microsecond=0), ZoneInfo(HERE)).astimezone(UTC)
    weekday = "一二三四五六日"[day.weekday()]
    found = read_when(f"{day.month}月{day.day}日 周{weekday} {clock:%H:%M}", now, HERE)
    if meant >= now:
        assert found == Said(meant)
    elif now - meant >= timedelta(minutes=1):
        assert found == Said(problem="past")


@given(MOMENTS, st.integers(1, 60 * 24 * 60), ZONES)
def test_minutes_from_now_are_counted_over_clock_changes(now: datetime, minutes: int, zone: str) -> None:
    found = read_when(f"{minutes}分钟后", now, zone)
    assert found == Said((now + timedelta(minutes=minutes)).replace(second=0, microsecond=0))
