"""The search: how texts are compared, what is found and how surely, the stretch that is shown, the fitted limits."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import Struct

from rules.search import find
from rules.search_fit import ENOUGH, Limits, fit_titles, fit_votes, likely_without, limits_of, wilson
from rules.search_index import Index
from rules.search_judge import Features, likelihood
from rules.search_parts import stretch
from rules.search_terms import asked, is_asked, keywords, normal, sounds

TEXTS = (
    ("电动车能推进楼道充电吗？", "公共门厅、楼梯间不能停放或充电。先解决车到哪里充。"),
    ("小区的大事要多少业主同意？", "先看到场，再看同意。维修资金要四分之三以上。"),
    ("可以不交物业费吗？", "物业也不能用停水、停电来催费。"),
    ("居委会一届几年？", "五年，成员可以连选连任。"),
    ("申请最低生活保障要什么材料？", "身份证、收入证明。"),
    ("May e-bikes be charged in the stairwell?", "No, in high-rise buildings. Offer a charging place first."),
)  # fmt: skip


class Row(Struct, frozen=True):
    id: int
    ref_id: int
    title: str
    body: str = ""
    cohort_id: int | None = None
    shown: bool = True
    kind: str = "entry"


ROWS = tuple(Row(i, i, title, body) for i, (title, body) in enumerate(TEXTS, 1))
INDEX = Index.build(ROWS, [("低保", "最低生活保障"), ("电瓶车", "电动车")])


def refs(index: Index, text: str, cohort_id: int | None = None) -> list[int]:
    return [hit.ref_id for hit in find(index, text, cohort_id).hits]


@pytest.mark.parametrize(
    ("text", "plain"),
    [("電動車 充電", "电动车充电"), ("ＡＥＤ　在哪", "aed 在哪"), (" 物 业\n费 ", "物业费"), ("E-Bike", "e-bike"),
     ("a\x00b\ue000", "a b"), ("\ud83d", ""), ("", "")],
)  # fmt: skip
def test_texts_have_one_way_of_writing(text: str, plain: str) -> None:
    assert normal(text) == plain


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("您好，请问老师：居委会几年一届？谢谢", "居委会几年一届"),
        ("hello, e-bike", "e-bike"),
        ("物业好不好", "物业好不好"),
        *((text, None) for text in ("请问", "谢谢老师！", "好的收到", "👍", "ok", "")),
    ],
)
def test_greetings_are_no_part_of_a_question(text: str, left: str | None) -> None:
    assert is_asked(text) == (left is not None)
    assert left is None or asked(text) == left


@pytest.mark.parametrize(
    ("text", "pieces"),
    [("物业费 停水", ["物业费", "停水"]), ("电 动 车 充 电", ["电动车充电"]), ("电 动 车   充 电", ["电动车", "充电"]),
     ("how to pay 物业费", ["how to pay", "物业费"]), ("充电 充电", ["充电"]), ("  ", [])],
)  # fmt: skip
def test_a_list_of_words_falls_into_them(text: str, pieces: list[str]) -> None:
    assert keywords(text) == pieces


@pytest.mark.parametrize(
    ("text", "ref"),
    [("充电", 1), ("電動車", 1), ("電 動 車", 1), ("电动撤 重电", 1), ("diandongche", 1), ("dian dong che", 1),
     ("电瓶车", 1), ("停水", 3), ("低保", 5), ("居委", 4), ("e-bike stairwell", 6), ("CHARGING", 6), ("届", 4)],
)  # fmt: skip
def test_it_is_found_however_it_is_written(text: str, ref: int) -> None:
    assert refs(INDEX, text)[0] == ref


def test_letters_are_split_into_the_fewest_syllables() -> None:
    table = sounds()
    name = {number: word for word, number in table.numbers.items()}
    assert [name[n] for n in table.spelled("diandongche")] == ["dian", "dong", "che"]
    assert table.spelled("xyz") == [] and table.spelled("") == []


def test_only_one_s_own_class_and_what_is_shown() -> None:
    mine = Row(11, 11, "楼长补贴从哪里出", "专项经费", cohort_id=1)
    hidden = Row(12, 12, "楼长补贴怎么领", shown=False)
    index = INDEX.with_changes([mine, hidden])
    assert refs(index, "楼长补贴", 1)[0] == 11
    assert 11 not in refs(index, "楼长补贴", 2) and 11 not in refs(index, "楼长补贴")
    assert 12 not in refs(index, "楼长补贴", 1)
    assert 11 not in refs(
        index.with_changes([Row(11, 11, "楼长补贴从哪里出", cohort_id=1, shown=False)]), "楼长补贴", 1
    )


def test_an_entry_counts_once_with_its_best_passage_and_ties_go_by_order() -> None:
    index = INDEX.with_changes(
        [Row(20, 4, "换届"), Row(21, 30, "石榴籽"), Row(22, 31, "石榴籽"), Row(23, 30, "石榴籽")]
    )
    first = find(index, "换届", None).hits[0]
    assert (first.ref_id, first.passage_id) == (4, 20)
    assert refs(index, "石榴籽") == [30, 31]


words = st.text("电动车充楼道物业停水居委会 几年e-bike的吗？\n", max_size=12)
anything = st.one_of(words, st.text(max_size=60))


@settings(max_examples=60)
@given(rows=st.lists(st.tuples(st.integers(1, 9), words, words, st.booleans()), max_size=12), query=anything)
def test_a_small_change_finds_what_a_whole_new_index_finds(rows: list[tuple[int, str, str, bool]], query: str) -> None:
    changed = {id: Row(id, id % 5, title, body, shown=shown) for id, title, body, shown in rows}
    whole = Index.build([*{**{r.id: r for r in ROWS}, **changed}.values()], INDEX.synonyms)
    bit_by_bit = INDEX
    for row in changed.values():
        bit_by_bit = bit_by_bit.with_changes([row])
    one, two = find(whole, query, None), find(bit_by_bit, query, None)
    assert [(h.kind, h.ref_id, h.passage_id, h.score) for h in one.hits] == [
        (h.kind, h.ref_id, h.passage_id, h.score) for h in two.hits
    ]
    assert one.features == two.features and 0 <= one.p <= 1


@settings(max_examples=60)
@given(text=anything, query=anything)
def test_any_text_gives_a_stretch_of_itself(text: str, query: str) -> None:
    found = stretch(text, query)
    assert len(found.text) <= 242
    assert all(0 <= a < b <= len(found.text) for a, b in found.marks)
    plain = found.marked.replace("<b>", "").replace("</b>", "")
    assert plain.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&") == found.text
    assert is_asked(query) in (True, False) and normal(normal(query)) == normal(query)


def test_the_matching_sentences_are_shown_with_their_words_marked() -> None:
    long = "第一句说的是别的事情。" * 15 + "楼道里不能充电，违者罚款。" + "最后还有别的话。" * 15
    found = stretch(long, "楼道充电")
    assert "<b>充电</b>" in found.marked and "<b>楼道</b>" in found.marked and len(found.text) <= 122
    assert found.text.startswith("…") and found.text.endswith("…")
    assert stretch("短的。", "没有的词").text == "短的。"
    assert stretch("<b>充电&", "充电").marked == "&lt;b&gt;<b>充电</b>&amp;"


def test_what_is_not_there_is_not_answered_with_confidence() -> None:
    for text in ("今天天气怎么样", "几点吃饭", "的", "谢谢老师", "养狗不拴绳谁管"):
        assert find(INDEX, text, None).p < 0.5, text
    assert find(INDEX, "电动车 充电", None).p > 0.9
    assert likelihood(Features()) < 0.01 and likelihood(Features(1, 1, 1, 1)) > 0.99


def test_limits_without_and_with_votes() -> None:
    titles = [(row.title, row.kind, row.ref_id, None) for row in ROWS]
    limits = fit_titles(titles, likely_without(INDEX))
    assert 0.9 <= limits.sure < 1
    assert all(find(INDEX, title, None, without=(kind, ref)).p < limits.sure for title, kind, ref, _ in titles)
    assert fit_titles([], likely_without(INDEX)) == Limits()
    assert fit_votes([(0.95, True)] * (ENOUGH - 1)) is None
    good = [(0.8 + i / 1000, True) for i in range(150)] + [(0.1 + i / 1000, False) for i in range(100)]
    found = fit_votes(good)
    assert (found is not None and found.sure == pytest.approx(0.8)) or (found is not None and found.sure < 0.8)
    assert fit_votes([(0.9, i % 2 == 0) for i in range(300)]) == Limits(1.0, 0.9)
    assert wilson(0, 0) == 0 and wilson(90, 100) == pytest.approx(0.8256, abs=1e-3)
    assert limits_of({}) == Limits() and limits_of({"sure": 0.2, "unsure": 0.9}) == Limits(0.5, 0.5)
