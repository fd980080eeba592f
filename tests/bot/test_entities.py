"""Formatting that people give to a text, as markup that we may send on: always valid, never more than was meant."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.entities import TAGS, Entity, html_of
from simulator.html import parse_html, wide
from texts.press import pieces
from texts.render import bare


def mark(kind: str, offset: int, length: int, url: str = "") -> Entity:
    return Entity(kind, offset, length, url)


def link(url: str, offset: int = 0, length: int = 2) -> Entity:
    return Entity("text_link", offset, length, url)


# ---- each kind ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "markup"),
    [
        ("bold", "请带<b>手册</b>来"),
        ("italic", "请带<i>手册</i>来"),
        ("underline", "请带<u>手册</u>来"),
        ("strikethrough", "请带<s>手册</s>来"),
        ("spoiler", "请带<tg-spoiler>手册</tg-spoiler>来"),
        ("code", "请带<code>手册</code>来"),
        ("pre", "请带<pre>手册</pre>来"),
        ("blockquote", "请带<blockquote>手册</blockquote>来"),
        ("expandable_blockquote", "请带<blockquote>手册</blockquote>来"),
    ],
)
def test_each_kind_of_formatting(kind: str, markup: str) -> None:
    assert html_of("请带手册来", [mark(kind, 2, 2)]) == markup
    assert parse_html(markup)[0] == "请带手册来"


def test_all_kinds_are_tested() -> None:
    assert len(TAGS) == 9


@pytest.mark.parametrize(
    "kind",
    ["url", "email", "phone_number", "mention", "hashtag", "cashtag", "bot_command", "text_mention", "custom_emoji",
     "text_link", "new_kind_of_2030", ""],
)  # fmt: skip
def test_what_is_no_formatting_is_passed_over(kind: str) -> None:
    assert html_of("请带手册来", [mark(kind, 2, 2)]) == ""
    assert html_of("请带手册来", [mark(kind, 0, 5), mark("bold", 2, 2)]) == "请带<b>手册</b>来"


@pytest.mark.parametrize(
    ("url", "markup"),
    [
        ("https://a.cn/x?a=1&b=2", '<a href="https://a.cn/x?a=1&amp;b=2">看这</a>里'),
        ("HTTP://A.CN", '<a href="HTTP://A.CN">看这</a>里'),
        ("tg://user?id=7", '<a href="tg://user?id=7">看这</a>里'),
        ('https://a.cn/"onclick="x', '<a href="https://a.cn/&quot;onclick=&quot;x">看这</a>里'),
        ("https://a.cn/'><b>", '<a href="https://a.cn/&#x27;&gt;&lt;b&gt;">看这</a>里'),
        ("https://a.cn/中文", '<a href="https://a.cn/中文">看这</a>里'),
        ("javascript:alert(1)", ""),
        ("JaVaScRiPt:alert(1)", ""),
        (" https://a.cn", ""),
        ("data:text/html,<b>", ""),
        ("file:///etc/passwd", ""),
        ("ftp://a.cn", ""),
        ("a.cn", ""),
        ("", ""),
    ],
)
def test_links_lead_into_the_web_or_into_telegram(url: str, markup: str) -> None:
    made = html_of("看这里", [link(url)])
    assert made == markup
    if made:
        words, found = parse_html(made)
        assert words == "看这里" and len(found) == 1
        assert bare(made) == "看这里"


# ---- where ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "marks", "markup"),
    [
        ("", [mark("bold", 0, 1)], ""),
        ("手册", [], ""),
        ("手册", [mark("bold", 0, 0)], ""),
        ("手册", [mark("bold", 0, -1)], ""),
        ("手册", [mark("bold", -1, 2)], ""),
        ("手册", [mark("bold", 2, 1)], ""),
        ("手册", [mark("bold", 99, 9)], ""),
        ("手册", [mark("bold", 1, 99)], "手<b>册</b>"),
        ("手册", [mark("bold", 0, 2)], "<b>手册</b>"),
        ("a<b>&\"'", [mark("bold", 1, 3)], "a<b>&lt;b&gt;</b>&amp;\"'"),
        ("a<b>&", [], ""),
        ("一\n二", [mark("bold", 0, 3)], "<b>一\n二</b>"),
    ],
)
def test_the_place_of_formatting(text: str, marks: list[Entity], markup: str) -> None:
    assert html_of(text, marks) == markup


@pytest.mark.parametrize(
    ("marks", "markup"),
    [
        ([("bold", 0, 6), ("italic", 2, 2)], "<b>ab<i>cd</i>ef</b>"),
        ([("italic", 2, 2), ("bold", 0, 6)], "<b>ab<i>cd</i>ef</b>"),
        ([("bold", 0, 6), ("italic", 0, 6)], "<b><i>abcdef</i></b>"),
        ([("bold", 0, 3), ("italic", 3, 3)], "<b>abc</b><i>def</i>"),
        ([("bold", 0, 4), ("italic", 2, 4)], "<b>ab<i>cd</i></b>ef"),
        ([("bold", 0, 4), ("italic", 2, 4), ("underline", 3, 2)], "<b>ab<i>c<u>d</u></i></b>ef"),
        ([("bold", 0, 2), ("bold", 1, 3)], "<b>a<b>b</b></b>cd" + "ef"),
        ([("bold", 0, 6), ("italic", 0, 3), ("code", 3, 3)], "<b><i>abc</i><code>def</code></b>"),
        ([("bold", 1, 1), ("italic", 1, 1), ("underline", 1, 1)], "a<b><i><u>b</u></i></b>cdef"),
        ([("bold", 0, 99), ("italic", 5, 99)], "<b>abcde<i>f</i></b>"),
    ],
)
def test_stretches_within_and_across_each_other(marks: list[tuple[str, int, int]], markup: str) -> None:
    assert html_of("abcdef", [mark(*one) for one in marks]) == markup
    assert parse_html(markup)[0] == "abcdef"


@pytest.mark.parametrize(
    ("text", "marks", "markup"),
    [
        ("😀手册", [mark("bold", 2, 2)], "😀<b>手册</b>"),
        ("😀手册", [mark("bold", 0, 2)], "<b>😀</b>手册"),
        ("手😀册", [mark("bold", 1, 2), mark("italic", 3, 1)], "手<b>😀</b><i>册</i>"),
        ("👨‍👩‍👧手", [mark("bold", 0, 8)], "<b>👨‍👩‍👧</b>手"),
        ("😀手", [mark("bold", 0, 1)], "<b>😀</b>手"),  # half a letter: the whole of it
        ("😀手", [mark("bold", 1, 1)], ""),  # the other half: nothing, the next letter was not meant
        ("𠮷林", [mark("bold", 2, 1)], "𠮷<b>林</b>"),
    ],
)
def test_places_count_as_telegram_counts(text: str, marks: list[Entity], markup: str) -> None:
    assert html_of(text, marks) == markup or (not markup and html_of(text, marks) == text)


# ---- properties ------------------------------------------------------------------

TEXTS = st.text("ab您 \n<>&\"';😀𠮷/{}", max_size=25)
URLS = st.sampled_from(["https://a.cn/?x=1&y=\"'<>", "javascript:alert(1)", "tg://user?id=1", "", "http://a.cn/😀"])
ENTITIES = st.builds(
    Entity,
    st.sampled_from([*TAGS, "text_link", "url", "custom_emoji", "mention", "unheard_of"]),
    st.integers(-3, 40),
    st.integers(-3, 60),
    URLS,
)
LISTS = st.lists(ENTITIES, max_size=8)


@given(TEXTS, LISTS)
def test_telegram_takes_it_and_reads_the_same_words(text: str, marks: list[Entity]) -> None:
    made = html_of(text, marks)
    if not made:
        return
    words, found = parse_html(made)  # a stray or crossing tag would be refused here
    assert words == text == bare(made)
    assert all(e["offset"] >= 0 and e["offset"] + e["length"] <= wide(text) for e in found)
    assert "javascript" not in made


@given(TEXTS, LISTS)
def test_nothing_is_formatted_that_was_not_meant(text: str, marks: list[Entity]) -> None:
    _, found = parse_html(html_of(text, marks))
    meant = [(e.type.removeprefix("expandable_"), e.offset, e.offset + e.length) for e in marks]
    for one in found:
        kind = "text_link" if one["type"] == "text_mention" else one["type"]
        begin, end = one["offset"], one["offset"] + one["length"]
        assert any(k == kind and b <= begin and end <= e + 1 for k, b, e in meant), "cut perhaps, never wider"


@given(TEXTS, LISTS)
def test_the_order_in_which_formatting_is_told_does_not_matter(text: str, marks: list[Entity]) -> None:
    def kinds(made: str) -> list[Any]:
        return sorted(str(e) for e in parse_html(made)[1])

    distinct = list({(m.offset, m.length): m for m in marks}.values())
    assert kinds(html_of(text, distinct)) == kinds(html_of(text, distinct[::-1]))


@given(st.text("ab您<&😀\n", min_size=5, max_size=40), LISTS, st.integers(1, 60))
def test_a_long_text_is_cut_into_pieces_that_telegram_takes(text: str, marks: list[Entity], times: int) -> None:
    whole = text * times
    spread = [Entity(m.type, m.offset * times, m.length * times, m.url) for m in marks]
    made = html_of(whole, spread)
    parts = pieces(made, 1024)
    words = [parse_html(part)[0] for part in parts]
    assert all(wide(part) <= 1024 for part in parts)
    assert "".join(words).replace("\n", "") == parse_html(made)[0].replace("\n", "")
