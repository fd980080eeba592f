"""The handbook's rules: what an entry needs, names taken out, files read and written again (HANDBOOK-*, QA-10)."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.handbook import (
    CATEGORIES,
    CITED,
    METHOD,
    POLICY,
    TO_CHECK,
    Content,
    changed,
    links_of,
    may_decide,
    one_line,
    review_day,
    tags_of,
    tidy,
    where_a_name_is,
    wrongs,
)
from rules.handbook_booklet import markdown
from rules.handbook_file import Found, day_in_words, from_lines, from_rows, judged, lines_of, together
from rules.handbook_names import without_names
from rules.settings_talk import Handbook

GOOD = Content(
    category=POLICY, q_zh="临时救助怎么申请？", a_zh="带身份证到社区窗口填表，三个工作日内回复。", basis="省办法第八条"
)


def wrong(**fields: object) -> list[tuple[str, str]]:
    from msgspec import structs

    return [(w.field, w.what) for w in wrongs(structs.replace(GOOD, **fields))]


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        ({}, []),
        ({"q_zh": "短了"}, [("q_zh", "length")]),
        ({"q_zh": "四个字的"}, []),
        ({"q_zh": "问" * 121}, [("q_zh", "length")]),
        ({"a_zh": ""}, [("a_zh", "empty")]),
        ({"a_zh": "答" * 1500}, []),
        ({"a_zh": "答" * 1501}, [("a_zh", "length")]),
        ({"category": ""}, [("category", "empty")]),
        ({"category": "别的"}, [("category", "unknown")]),
        ({"q_en": "How?"}, [("a_en", "half")]),
        ({"checked": "maybe"}, [("checked", "unknown")]),
        ({"tags": tuple(map(str, range(11)))}, [("tags", "tags")]),
        ({"as_of": "2026-02-30"}, [("as_of", "date")]),
        ({"basis": ""}, [("basis", "empty")]),
    ],
)
def test_what_an_entry_needs(fields: dict[str, object], found: list[tuple[str, str]]) -> None:
    assert wrong(**fields) == found


def test_small_judgements() -> None:
    assert review_day(POLICY, date(2027, 3, 15), Handbook()) == date(2027, 6, 13), "policy: 90 days"
    assert review_day(CATEGORIES[0], date(2027, 3, 15), Handbook(review_days=10)) == date(2027, 3, 25)
    assert may_decide({"admin"}, 1, 2) and may_decide({"admin"}, 1, 0)
    assert not may_decide({"admin"}, 1, 1), "never the author"
    assert not may_decide({"class_teacher", "school_leader"}, 1, 2)
    linked = Content(tags=("C5", "走访"), a_zh="见K07和课程C4、C5，ABC5不算，H01不算。")
    assert links_of(linked) == (("C5", "C4"), ("K07",))
    assert tags_of("走访、 协商,走访；#调解") == ("走访", "协商", "调解")
    assert tidy("a \r\n\r\n\r\n\r\nb\x00\u200b ") == "a\n\nb" and one_line(" a\n b ") == "a b"
    assert day_in_words("2026年1月3日") == day_in_words("2026/1/3") == "2026-01-03"
    assert day_in_words("2026-13-01") is None and day_in_words("去年") is None
    assert changed(GOOD, Content(category=POLICY, basis="省办法第八条")) == ("q_zh", "a_zh")
    assert where_a_name_is(GOOD) == () and "国家" not in str(where_a_name_is(Content(a_zh="国家和大家")))


def test_names_are_taken_out_and_told() -> None:
    text = "田小雪问：王芳家住3栋502室，电话13800001111，柯老师说找李先生。田小雪老师也在。"
    found = without_names(text, ["田小雪", "田小", "雪"], ["柯老师"])
    assert found.text == "某学员问：某居民住某户，电话（号码略），某老师说找某居民。某学员也在。"
    assert dict(found.replaced)["田小雪"] == "某学员" and dict(found.replaced)["13800001111"] == "（号码略）"
    assert dict(found.replaced)["田小雪老师"] == "某学员"
    assert where_a_name_is(Content(a_zh=found.text)) == (), "what is put in is no name itself"
    assert without_names("大家一起到社区", ["高远"], []).replaced == ()


MD = """# 社区工作手册

学校编，2026年

# 政策文件

## 临时救助怎么申请？

带身份证到社区窗口填表。

三个工作日内回复。
依据：省办法第八条
核对：有依据
标签：救助、窗口
日期：2026年11月2日
编号：P01

## 第二个问题是什么？
这里只有回答，没有依据那一行。
英文问题：What is the second one?
英文回答：Only an answer,
in two lines.
"""


def test_headings_become_entries() -> None:
    found = from_lines("手册.md", lines_of(MD))
    assert not found.problems and not together("手册.md", found)
    one, two = found.entries
    assert (one.row, one.key, one.title) == (7, "P01", "临时救助怎么申请？")
    content = one.over(None)
    assert content.a_zh == "带身份证到社区窗口填表。\n\n三个工作日内回复。"
    assert (content.checked, content.tags, content.as_of) == (CITED, ("救助", "窗口"), "2026-11-02")
    assert two.over(None).a_en == "Only an answer,\nin two lines." and two.over(None).checked == METHOD
    kept = two.over(GOOD)
    assert kept.basis == GOOD.basis, "what a file does not say stays as it was"
    assert (
        from_lines("", lines_of("# 政策文件\n## 问题在这里\n回答\n依据：某文件　标签：甲　编号：A1")).entries[0].key
        == "A1"
    )


def test_what_is_wrong_is_said_at_its_place() -> None:
    text = (
        "# 政策文件\n没有问题的话\n## 问题一是什么\n回答回答回答回答回答\n依据：x y\n"
        "# 别的类\n## 问题二\n短\n## 问题一是什么\n还是"
    )
    found = from_lines("f.md", lines_of(text))
    problems = [*together("f.md", found), *(p for e in found.entries for p in judged("f.md", e, e.over(None)))]
    said = {(p.row, p.key) for p in problems}
    assert (2, "handbook-bad-loose") in said and (9, "handbook-bad-twice") in said
    assert next(p.row for p in problems if p.key == "handbook-bad-category") == 6
    assert (7, "handbook-bad-length") in said and any("问题二" in p.column for p in problems)
    assert together("f.md", Found(()))[0].key == "handbook-bad-none"


def test_a_sheet_in_either_language() -> None:
    rows = [("社区工作手册",), ("编号", "类别", "问题", "回答", "依据", "核对", "备注"),
            (1.0, POLICY, "问题一是什么？", "回答一定要十个字以上才行。", "某文件", "待核对", "略"), (None,) * 7,
            ("B2", None, "问题二是什么？", "=回答", None, None, None)]  # fmt: skip
    one, two = from_rows("x", rows).entries
    assert (one.row, one.key, one.over(None).checked) == (3, "1", TO_CHECK)
    assert two.row == 5 and two.over(None).category == ""
    english = from_rows("x", [("id", "Category", "Question", "Answer", "Date"), ("a", "b", "c", "d", date(2026, 1, 2))])
    assert english.entries[0].over(None).as_of == "2026-01-02"
    assert from_rows("x", [("问题", "答"), ("a", "b")]).problems[0].key == "handbook-bad-header"
    assert from_rows("x", [("问题", "回答", "question")]).problems[0].key == "handbook-bad-column-twice"


WORDS = st.text(st.sampled_from("问答甲乙 \n#\\：:依据标签英文回编号ab1　-"), max_size=40)


@settings(max_examples=60)
@given(st.lists(st.tuples(WORDS, WORDS, WORDS), min_size=1, max_size=4))
def test_what_is_taken_out_can_be_handed_in_again(texts: list[tuple[str, str, str]]) -> None:
    """Whatever stands in the answers, the booklet reads as the same handbook."""
    made = [
        (f"N{at}", Content(category=CATEGORIES[at % 5], q_zh=f"问题{at}：{one_line(q)}x#", a_zh=tidy(f"答{a}"),
                           q_en="Why?", a_en=tidy(f"As {e}"), checked=TO_CHECK, basis="文件", as_of="2026-01-02"))
        for at, (q, a, e) in enumerate(texts)
    ]  # fmt: skip
    book = markdown(["社区工作手册", "版本 1"], made)
    found = from_lines("x.md", lines_of(book))
    assert not together("x.md", found)
    assert {e.key: e.over(None) for e in found.entries} == dict(made)
