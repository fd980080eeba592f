"""Blanks of a notice: which there are, who fills them, and that the markup around them stays whole (BC-12)."""

from __future__ import annotations

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.notice_fields import PERSONAL, bare, blanks, fill, first_words, open_blanks, personal
from simulator.html import parse_html

GAO = {"name": "高远", "seat": "1", "group": "1", "bus": "A", "dorm": "301", "room": "301报告厅", "gathering": "东门"}
EMPTY = dict.fromkeys(GAO, "")


# ---- which there are ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("markup", "found"),
    [
        ("下午两点集合。", []),
        ("{姓名}您好，{时间}集合。", ["姓名", "时间"]),
        ("{姓名}{姓名} {时间}", ["姓名", "时间"]),
        ("｛姓名｝您好", ["姓名"]),
        ("｛姓名}{时间｝", ["姓名", "时间"]),
        ("{ 姓名 }", [" 姓名 "]),
        ("<b>{姓名}</b>", ["姓名"]),
        ("{<b>姓名</b>}", ["姓名"]),
        ("<b>{姓</b>名}", ["姓名"]),
        ("{{姓名}}", ["姓名"]),
        ("{外{姓名}外}", ["姓名"]),
        ("{}", []),
        ("{", []),
        ("}姓名{", []),
        ("{姓名", []),
        ("{一二三四五六七八九十一二三四五六}", ["一二三四五六七八九十一二三四五六"]),
        ("{一二三四五六七八九十一二三四五六七}", []),
        ("{两\n行}", []),
        ("{A&amp;B}", ["A&B"]),
        ("{&lt;i&gt;}", ["<i>"]),
        ('<a href="http://x.cn/{姓名}">看这里</a>', []),
        ("&#123;姓名&#125;", []),
    ],
)
def test_which_blanks_there_are(markup: str, found: list[str]) -> None:
    assert blanks(markup) == found


def test_who_fills_which() -> None:
    text = "{姓名}（{座位}号、{组}组），{时间}在{集合点}集合，乘{车}车，{物品}"
    assert personal(text) == ["姓名", "座位", "组", "集合点", "车"]
    assert open_blanks(text) == ["时间", "物品"]
    english = "{Name}, seat {seat}: {Meeting Point} at {time}"
    assert personal(english) == ["Name", "seat", "Meeting Point"] and open_blanks(english) == ["time"]
    assert personal("{ NAME }") == [" NAME "], "whatever its letters and blanks"
    assert open_blanks("{姓 名}{名字}{}") == ["姓 名", "名字"], "what is not known is for the sender"


@pytest.mark.parametrize("name", sorted(PERSONAL))
def test_each_persons_own_fields_are_known_by_all_their_names(name: str) -> None:
    assert personal(f"{{{name}}}") == [name] and open_blanks(f"{{{name}}}") == []
    assert fill(f"{{{name}}}！", GAO) == GAO[PERSONAL[name]] + "！"


# ---- filled ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("markup", "filled"),
    [
        ("{姓名}（{座位}号）", "高远（1号）"),
        ("｛姓名｝（｛座位}号）", "高远（1号）"),
        ("{ 姓名 }", "高远"),
        ("{Name}", "高远"),
        ("{{姓名}}", "高远"),
        ("<b>{姓名}</b>您好", "<b>高远</b>您好"),
        ("{<b>姓名</b>}您好", "<b>高远</b>您好"),
        ("<b>{姓</b>名}您好", "<b>高远</b>您好"),
        ("{<b><i>姓</i>名</b>}", "<b><i>高远</i></b>"),
        ("<b>请{姓名</b>}来", "<b>请高远</b>来"),
        ("{外{姓名}外}", "{外高远外}"),
        ("{时间}", "{时间}"),
        ("{姓名}在{时间}", "高远在{时间}"),
        ('<a href="http://x.cn/{姓名}">{姓名}</a>', '<a href="http://x.cn/{姓名}">高远</a>'),
        ("1 &lt; 2 &amp; {姓名}", "1 &lt; 2 &amp; 高远"),
        ("", ""),
    ],
)
def test_a_text_for_one_person(markup: str, filled: str) -> None:
    assert fill(markup, GAO) == filled


def test_values_are_words_and_no_markup() -> None:
    assert fill("{姓名}", {"name": '<b>"A&B"</b>'}) == '&lt;b&gt;"A&amp;B"&lt;/b&gt;'
    assert fill("{姓名}{座位}", {"name": "{座位}", "seat": "1"}) == "{座位}1", "a value is not filled again"
    assert fill("{姓名}", {"name": r"\1\g<0>"}) == r"\1\g&lt;0&gt;", "nor read as a pattern"


def test_what_nobody_knows_stays_open() -> None:
    assert fill("{姓名}乘{车}车", {**GAO, "bus": ""}) == "高远乘{车}车"
    assert blanks(fill("{姓名}乘{车}车", {**GAO, "bus": ""})) == ["车"]
    assert fill("{姓名}乘{车}车", EMPTY) == fill("{姓名}乘{车}车", {}) == "{姓名}乘{车}车"


def test_the_sender_fills_one_blank_after_the_other() -> None:
    text = "《{课程}》提前到{时间}开始，{姓名}请到{A&amp;B}。"
    text = fill(text, {"课程": "社区党建"})
    text = fill(text, {"时间": "13:30"})
    assert open_blanks(text) == ["A&B"]
    assert fill(text, {"A&B": "3<5"}) == "《社区党建》提前到13:30开始，{姓名}请到3&lt;5。"


# ---- properties ------------------------------------------------------------------

NAMES = st.sampled_from(["姓名", "座位", "name", "Room", "时间", "A&B", "物 品", "车"])
PIECES = st.recursive(
    st.one_of(
        st.text("ab您好 \n{}｛｝<>&\"'😀", max_size=6).map(lambda t: html.escape(t, quote=False)),
        NAMES.map(lambda n: f"{{{html.escape(n)}}}"),
        NAMES.map(lambda n: f"｛{html.escape(n)}}}"),
        NAMES.map(lambda n: f"{{<b>{html.escape(n)}</b>}}"),
        st.just('<a href="http://a.cn/?q={姓名}&amp;b">{姓名}</a>'),
    ),
    lambda inner: st.builds(
        lambda tag, parts: f"<{tag}>{''.join(parts)}</{tag}>",
        st.sampled_from(["b", "i", "u", "code", "tg-spoiler"]),
        st.lists(inner, max_size=3),
    ),
    max_leaves=8,
)
MARKUP = st.lists(PIECES, max_size=5).map("".join)
VALUES = st.dictionaries(
    st.sampled_from([*GAO, "时间", "A&B", "物 品"]), st.text("高远1<>&\"'/ab😀\\", max_size=5), max_size=8
)


@given(MARKUP, VALUES)
def test_filling_leaves_no_blank_that_has_a_value_and_touches_no_other(markup: str, values: dict[str, str]) -> None:
    done = fill(markup, values)
    known = {name for name in blanks(markup) if values.get(PERSONAL.get(name.strip().lower(), name))}
    new = {n for n in blanks(done) if n not in blanks(markup)}  # braces that stood around a blank: {a{姓名}b}
    assert not known & set(blanks(done)) - new
    assert set(blanks(markup)) - known <= set(blanks(done))
    if not known:
        assert done == markup


@given(MARKUP, VALUES)
def test_filling_keeps_the_markup_whole(markup: str, values: dict[str, str]) -> None:
    done = fill(markup, values)
    before, after = parse_html(markup), parse_html(done)
    assert after[0] == bare(done), "Telegram reads it, and reads what we read"
    assert re.findall(r"<[^>]*>", done) == re.findall(r"<[^>]*>", markup), "the same tags in the same order"
    assert {e["type"] for e in after[1]} <= {e["type"] for e in before[1]} | {"bold"}


@given(MARKUP)
def test_blanks_are_those_of_the_sender_and_those_of_the_people(markup: str) -> None:
    found = blanks(markup)
    assert sorted(personal(markup) + open_blanks(markup)) == sorted(found) and len(found) == len(set(found))
    assert fill(markup, {}) == markup
    every = dict.fromkeys(found, "x") | dict.fromkeys(GAO, "x")
    assert not set(found) & set(blanks(fill(markup, every)))


# ---- what it is called ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("markup", "called"),
    [
        ("下午两点集合。", "下午两点集合。"),
        ("\n  \n <b>第一行</b> \n第二行", "第一行"),
        ("1 &lt; 2 &amp; 3", "1 < 2 & 3"),
        ("", ""),
        ("<b> </b>\n", ""),
        ("字" * 24, "字" * 24),
        ("字" * 25, "字" * 23 + "…"),
        ("{姓名}您好，{时间}集合", "…您好，{时间}集合"),
        ("｛<b>Name</b>｝, hello", "…, hello"),
    ],
)
def test_what_a_notice_is_called(markup: str, called: str) -> None:
    assert first_words(markup) == called


@given(MARKUP, st.integers(1, 60))
def test_a_name_is_one_short_line_without_markup_and_blanks_of_people(markup: str, limit: int) -> None:
    called = first_words(markup, limit)
    assert len(called) <= limit and "\n" not in called and called == called.strip()
    assert called or not bare(markup).strip()
    assert not personal(html.escape(called))
