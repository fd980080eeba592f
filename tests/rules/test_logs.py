"""Days, windows, hints, prints and differences of logs: tables, boundaries, properties (LOG-01, LOG-04, LOG-15)."""

from __future__ import annotations

import csv
import random
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.log_checks import Alike, advice, chars, is_empty_talk, prints, private, similarity
from rules.log_plans import log_moments
from rules.log_texts import changes, noted, puzzle_of, slot_of
from rules.logs import Stand, after_review, day_of, hand_in, is_low_twice, may_return, minutes_before, promise, windows
from rules.plans import LOG_DIGEST, LOG_REMINDER_1, LOG_REMINDER_2
from rules.settings import Settings
from rules.settings_talk import Log
from tests.cast import SESSIONS

ZONE = "Asia/Shanghai"
DAYS = {1: date(2027, 3, 15), 2: date(2027, 3, 16), 3: date(2027, 3, 17)}
TABLE = windows(DAYS, Log(), ZONE)
SAMPLES = Path(__file__).parent.parent.parent / "examples" / "log_samples.csv"
GOLDEN = list(csv.DictReader(SAMPLES.read_text(encoding="utf-8").splitlines()))


def at(clock: str, day: int = 1) -> datetime:
    return datetime.fromisoformat(f"2027-03-{14 + day:02}T{clock}").replace(tzinfo=ZoneInfo(ZONE))


@pytest.mark.parametrize(
    ("clock", "day", "state"),
    [("22:00:00", 1, "submitted"), ("22:00:00.999", 1, "submitted"), ("22:00:01", 1, "late"), ("08:00:00", 2, "late"),
     ("08:00:01", 2, "over"), ("17:29:59", 1, "early"), ("17:30:00", 1, "submitted")],
)  # fmt: skip
def test_windows_to_the_second(clock: str, day: int, state: str) -> None:
    """AT-26."""
    assert TABLE[0].judge(at(clock, day)) == state
    assert hand_in(Stand(), TABLE[0], at(clock, day)) == state


@pytest.mark.parametrize(
    ("clock", "state"),
    [("11:59:59", "early"), ("12:00:00", "submitted"), ("14:45:00", "submitted"), ("14:45:01", "late"),
     ("15:20:00", "late"), ("15:20:01", "over")],
)  # fmt: skip
def test_the_last_day(clock: str, state: str) -> None:
    assert TABLE[-1].is_last and TABLE[-1].judge(at(clock, 3)) == state


@pytest.mark.parametrize(
    ("clock", "day", "done", "wanted", "other"),
    [("20:00", 1, (), 1, None), ("00:30", 2, (), 1, None), ("03:59", 2, (), 1, None), ("04:00", 2, (), 1, 2),
     ("07:50", 2, (), 1, 2), ("08:00", 2, (), 1, 2), ("08:00:01", 2, (), 2, None), ("07:50", 2, (1,), 2, None),
     ("09:00", 1, (), 1, None), ("15:20", 3, (), 3, None), ("12:00", 4, (), None, None), ("12:00", 0, (), None, None)],
)  # fmt: skip
def test_whose_day_a_moment_is(
    clock: str, day: int, done: tuple[int, ...], wanted: int | None, other: int | None
) -> None:
    found = day_of(at(clock, day), TABLE, done, ZONE)
    assert (found.window.day if found else None, found.other.day if found and found.other else None) == (wanted, other)


@given(st.integers(0, 6 * 86_400), st.sets(st.sampled_from([1, 2, 3])))
def test_a_day_that_is_offered_can_be_written_for(second: int, done: set[int]) -> None:
    moment = at("00:00", 0) + timedelta(seconds=second)
    found = day_of(moment, TABLE, done, ZONE)
    for window in (found.window, found.other) if found else ():
        assert window is None or window.judge(moment) != "over" or window.date == (moment - timedelta(hours=4)).date()


def test_own_hours_open_and_close_for_one_person_only() -> None:
    early, late = Stand(opens_at=at("12:00")), Stand(closes_at=at("12:00", 2))
    assert hand_in(early, TABLE[0], at("12:00")) == "submitted" and hand_in(Stand(), TABLE[0], at("12:00")) == "early"
    assert hand_in(late, TABLE[0], at("12:00", 2)) == "late" and hand_in(late, TABLE[0], at("12:00:01", 2)) == "over"


@pytest.mark.parametrize("row", GOLDEN, ids=lambda r: r["log_id"])
def test_the_sample_logs(row: dict[str, str]) -> None:
    """AT-27: G02 short, G04 copied (not G03), G05 late, G06 private; G01 clean."""
    text, quality = row["text_zh"], row["quality_zh"]
    assert chars(text) == len(text) == int(row["chars"])
    hints = advice(text, [""], Log())
    assert ("too_short" in hints) == (quality == "too_short")
    assert ("private_data" in hints) == private(text) == (quality == "private_data")
    look = Alike(text, 0.80)
    earlier = [r for r in GOLDEN if r["submitted_at"] < row["submitted_at"]]
    copied = [
        r["log_id"] for r in earlier if look.may_be(prints(r["text_zh"])) and similarity(text, r["text_zh"]) >= 0.8
    ]
    assert copied == (["G03"] if row["log_id"] == "G04" else [])
    sent = datetime.fromisoformat(row["submitted_at"]).replace(tzinfo=ZoneInfo(ZONE))
    five = windows({n: date(2027, 3, 14 + n) for n in range(1, 6)}, Log(), ZONE)
    assert hand_in(Stand(), five[int(row["day"]) - 1], sent) == ("late" if quality == "late" else "submitted")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [("打我电话13912345678", True), ("139 1234 5678", True), ("身份证52010119900307123X", True), ("住3栋2单元", True),
     ("502室的人", True), ("张建国先生", True), ("邬南枝家", True), ("王秀兰女士说", True), ("大家都说好", False),
     ("我打算回家问", False), ("国家和作家", False), ("来了13个人，分3组", False), ("第3单元课", True),
     ("20270315", False)],
)  # fmt: skip
def test_privacy(text: str, wanted: bool) -> None:
    assert private(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [("今天学了很多，收获很大，受益匪浅，感谢老师，明天继续努力。", True), ("", False),
     ("收获很大，尤其是那位大爷说的话。", False)],
)  # fmt: skip
def test_empty_talk(text: str, wanted: bool) -> None:
    assert is_empty_talk(text) == wanted


SIGNS = "的一是了我不人在他有这个上们来到时大地为子中你说生国年着就那和要她出也得里后自以会"


@given(st.integers(5, 200), st.integers(0, 2**32), st.integers(0, 12), st.sampled_from([0.5, 0.75, 0.8, 0.9, 1.0]))
def test_a_near_copy_is_never_missed(size: int, seed: int, swaps: int, threshold: float) -> None:
    dice = random.Random(seed)
    text = [dice.choice(SIGNS) for _ in range(size)]
    other = list(text)
    for _ in range(swaps):
        other[dice.randrange(size)] = dice.choice(SIGNS)
    a, b = "".join(text), "".join(other) + "".join(dice.choice(SIGNS) for _ in range(dice.randrange(8)))
    look = Alike(a, threshold)
    if similarity(a, b) >= threshold and look.mine.grams:
        assert look.may_be(prints(b)) and look.sizes[0] <= prints(b).grams <= look.sizes[1]


@pytest.mark.parametrize(
    ("text", "slot", "rest"),
    [("① 学到了", "learned", "学到了"), ("2、还不明白", "puzzle", "还不明白"), ("３．打算", "action", "打算"),
     ("困惑：谁来", "puzzle", "谁来"), ("3个社区都看了", "", "3个社区都看了"), ("一位大爷说", "", "一位大爷说"),
     ("2027年", "", "2027年"), ("一、开头", "learned", "开头"), ("", "", "")],
)  # fmt: skip
def test_which_question_a_line_answers(text: str, slot: str, rest: str) -> None:
    assert slot_of(text) == (slot, rest)


@given(st.text(max_size=60))
def test_nothing_is_lost_of_a_line(text: str) -> None:
    assert text.strip().endswith(slot_of(text)[1])


def test_notes_and_puzzles() -> None:
    assert noted("记一笔：先情绪再事实") == "先情绪再事实" and noted("记一笔 两句") == "两句"
    assert noted("记一笔") == noted("记一笔：") == noted("我想记一笔账") == ""
    assert puzzle_of([("learned", "学到"), ("puzzle", "谁来当第四方")]) == "谁来当第四方"
    assert (
        puzzle_of([("", "很好。没想明白的是，后面排着五个人怎么办。下次再说")]) == "没想明白的是，后面排着五个人怎么办"
    )
    assert puzzle_of([("", "一切都好。")]) == ""


@given(st.text("。，甲乙丙丁\n", max_size=40), st.text("。，甲乙丙丁\n", max_size=40))
def test_a_difference_tells_both_texts(before: str, after: str) -> None:
    found = changes(before, after)
    assert "".join(c.text for c in found if c.kind != "new") == before
    assert "".join(c.text for c in found if c.kind != "gone") == after


@pytest.mark.parametrize(
    ("state", "kind", "wanted"),
    [("submitted", "read", "accepted"), ("late", "reply", "accepted"), ("submitted", "star", "starred"),
     ("accepted", "star", "starred"), ("late", "return", "returned"), ("accepted", "return", None),
     ("draft", "read", None),
     ("returned", "read", None), ("starred", "star", None), ("starred", "return", None), ("accepted", "read", None),
     ("starred", "reply", "starred"), ("accepted", "reply", "accepted"), ("returned", "reply", None)],
)  # fmt: skip
def test_what_may_follow_what(state: str, kind: str, wanted: str | None) -> None:
    assert after_review(state, kind) == wanted


def test_small_numbers() -> None:
    ends = at("17:00", 3)
    assert may_return(0, at("16:00", 3), ends, Log()) == "" and may_return(2, at("16:00", 3), ends, Log()) == "often"
    assert may_return(1, at("17:00:01", 3), ends, Log()) == "last_day"
    assert is_low_twice({1: "low", 2: "low"}, 2, 2) and not is_low_twice({2: "low"}, 2, 2)
    assert not is_low_twice({1: "low", 2: "low"}, 2, 0)
    assert [promise(n, 0.2) for n in (0, 1, 5, 10, 11, 50)] == [0, 1, 1, 2, 3, 10]
    assert minutes_before(("due-60min", "due-15min", "nonsense")) == [60, 15]


def test_moments_of_a_class() -> None:
    class Slot:
        cancelled = False

        def __init__(self, day: int, starts_at: datetime) -> None:
            self.day, self.starts_at = day, starts_at

    slots = [Slot(s.day, datetime.combine(s.date, s.start, ZoneInfo(ZONE))) for s in SESSIONS]
    found = log_moments(slots, Settings(), ZONE)  # type: ignore[arg-type]
    when = {(m.kind, m.what): m.at.astimezone(ZoneInfo(ZONE)).strftime("%H:%M") for m in found}
    assert (
        when[LOG_REMINDER_1, "1"] == "21:00"
        and when[LOG_REMINDER_2, "1"] == "21:45"
        and when[LOG_DIGEST, "1"] == "22:05"
    )
    assert when[LOG_REMINDER_1, "3"] == "13:45" and when[LOG_DIGEST, "3"] == "14:50"
    assert all(m.at <= m.until for m in found) and all(m.at.tzinfo is not None for m in found)
