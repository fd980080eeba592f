"""Free text is searched for: cards, choices, a person to ask; aliases; what was not found (HANDBOOK-02 … 04)."""

from __future__ import annotations

import itertools

import pytest

from actions import search_asks
from storage import passages, search
from storage.passages import Passage
from storage.tx import Store, Tx
from tests.cast import ACCOUNTS
from tests.handbook import publish
from tests.stage import Stage


@pytest.fixture
async def school(stage: Stage) -> Stage:
    """A play in a school with the sample handbook."""
    stage.at("20:00")
    await stage.store.work(lambda tx: publish(tx, stage.clock.now()))
    return stage


def keys(stage: Stage, name: str) -> list[str]:
    return [key.label for key in stage.last(name).buttons]


async def asks_of(store: Store) -> list[search.Ask]:
    return await store.work(lambda tx: tx.all(search.Ask, "select * from search_ask"))


async def ask_of(store: Store, text: str) -> search.Ask:
    return next(ask for ask in await asks_of(store) if ask.text == text)


async def test_an_answer_is_a_short_card_and_what_helped_is_found_in_these_words_again(school: Stage) -> None:
    await school.says("Tina", "楼道充电")
    card = school.last("Tina")
    assert "电动车能推进楼道充电吗" in card.plain and "<b>充电</b>" in card.text
    assert "有依据" in card.plain and "2026-11-22" in card.plain and "以本地现行文件为准" in card.plain
    assert card.plain.count("\n") < 12
    assert keys(school, "Tina") == ["有用", "没解决", "更多", "问老师"]
    assert "记下了" in await school.taps("Tina", "有用")
    await school.taps("Tina", "更多")
    assert len([label for label in keys(school, "Tina") if label.startswith("📖")]) == 5
    await school.taps("Tina", "📖 电动车能推进楼道充电吗？")
    school.sees("Tina", "再谈禁止")

    await school.says("Tom", "车子推上楼行不行呀")
    assert "电动车能推进" not in school.last("Tom").plain
    await school.says("Tom", "我们小区的电动车到底怎么管")
    await school.taps("Tom", "问老师")
    assert "我们小区的电动车到底怎么管" in school.last("Tom").plain, "the words of the search are the question"
    await school.says("Tom", "返回")
    entry = await ask_of(school.store, "楼道充电")
    await school.tap_data("Tina", f"useful:{entry.id}:e:{entry.ref_id}")
    rows = await school.store.work(lambda tx: passages.of_row(tx, "entry", entry.ref_id))
    assert [p.title for p in rows if p.slot.startswith("alias")] == ["楼道充电"], "kept once, whoever taps again"


async def test_other_words_become_an_alias_for_everybody_but_not_with_a_telephone_number(school: Stage) -> None:
    words = "小电瓶能不能放在走道里过夜"
    await school.says("Tina", words)
    hidden = "打13800138000问电瓶车充电"
    await school.says("Tina", hidden)
    first, second = await ask_of(school.store, words), await ask_of(school.store, hidden)
    entry = await school.store.work(
        lambda tx: tx.one(int, "select id from handbook_entry where key = 'H23'")
    )  # fmt: skip
    await school.tap_data("Tina", f"useful:{first.id}:e:{entry}")
    await school.tap_data("Tina", f"useful:{second.id}:e:{entry}")
    await school.says("Oscar", words)
    assert "电动车能推进楼道充电吗" in school.last("Oscar").plain
    assert "有用" in keys(school, "Oscar")
    rows = await school.store.work(lambda tx: passages.of_row(tx, "entry", entry))
    assert [p.title for p in rows if p.slot.startswith("alias")] == [words]
    texts = await school.store.work(lambda tx: tx.all(str, "select text from search_miss"))
    assert not any("138" in text for text in texts)


async def test_unsure_offers_three_and_nothing_offers_a_person(school: Stage) -> None:
    await school.says("Tina", "大修要多少业主表决通过")
    school.sees("Tina", "是不是想问")
    assert len(keys(school, "Tina")) == 4 and keys(school, "Tina")[-1] == "问老师"
    await school.taps("Tina", "📖 小区的大事要多少业主同意？")
    school.sees("Tina", "三分之二以上")
    assert keys(school, "Tina") == ["有用", "没解决", "问老师"]
    await school.taps("Tina", "没解决")
    school.sees("Tina", "没帮上忙")
    for _ in range(2):
        await school.says("Tom", "食堂有没有酸奶")
    school.sees("Tom", "没找到")
    assert keys(school, "Tom") == ["问老师"]
    await school.says("Clara", "食堂有没有酸奶")
    assert keys(school, "Clara") == [], "who may not ask is offered no teacher"

    await school.says("Clara", "没搜到的")
    school.sees("Clara", "1. 食堂有没有酸奶（3次）")
    await school.taps("Clara", "1 不用管")
    assert "食堂" not in school.last("Clara").plain
    school.sees("Clara", "大修要多少业主表决通过")
    await school.says("Tina", "没搜到的")
    assert "酸奶" not in school.last("Tina").plain, "only for the editor"
    asked = await asks_of(school.store)
    assert {a.vote for a in asked} == {"", "no"}
    kept = await school.store.work(lambda tx: tx.all(str, "select text from search_miss order by id"))
    assert kept == ["大修要多少业主表决通过", "食堂有没有酸奶"]


async def test_nobody_guesses_the_number_of_another_ones_search(school: Stage) -> None:
    words = "独居老人的药谁来帮着取"
    for _ in range(3):
        await school.says("Tina", words)
    numbers = sorted(a.id for a in await asks_of(school.store))
    assert len(numbers) == 3 and all(b - a > 1000 for a, b in itertools.pairwise([0, *numbers]))
    for number in range(1, 6):
        await school.tap_data("Oscar", f"asksearch:{number}")
        assert words not in school.last("Oscar").plain
        assert "再发一遍" in await school.tap_data("Oscar", f"hits:{number}")


async def test_answers_of_another_class_are_never_found_and_english_readers_read_english(school: Stage) -> None:
    question = await school.store.work(lambda tx: answered(tx, school))
    await school.says("Tina", "楼长补贴从哪笔钱里出")
    school.sees("Tina", "从街道的专项经费")
    school.sees("Tina", "第1问")
    ask = await ask_of(school.store, "楼长补贴从哪笔钱里出")
    await school.says("Oscar", "楼长补贴从哪笔钱里出")
    assert "专项经费" not in school.last("Oscar").plain
    await school.tap_data("Oscar", f"hit:{ask.id}:a:{question}")
    assert "专项经费" not in school.last("Oscar").plain
    await school.tap_data("Oscar", f"useful:{ask.id}:a:{question}")
    assert {a.vote for a in await asks_of(school.store)} == {""}
    school.sees("Tina", "3月15日")
    midnight = school.clock.now().replace(hour=18)  # 02:00 of the next day here
    await school.store.work(lambda tx: tx.do("update answer set at = :at", {"at": midnight}))
    await school.tap_data("Tina", f"hit:{ask.id}:a:{question}")
    school.sees("Tina", "3月16日")
    await school.store.work(lambda tx: tx.do("update answer set body = ''"))
    assert "没有" in await school.tap_data("Tina", f"hit:{ask.id}:a:{question}"), "erased, or spoken only"
    await school.store.work(lambda tx: tx.do("update answer set body = '从街道的专项经费里出，每季度报一次。'"))

    await school.store.work(lambda tx: tx.do("update account set lang = 'en' where id = :id", {"id": ACCOUNTS["Tom"]}))
    await school.says("Tom", "e-bike stairwell")
    school.sees("Tom", "May e-bikes be charged in the stairwell?")
    school.sees("Tom", "fined")
    await school.store.work(lambda tx: tx.do("update handbook_entry set state = 'expired' where key = 'H23'"))
    await school.says("Tom", "e-bike stairwell")
    assert "May e-bikes" not in school.last("Tom").plain


async def answered(tx: Tx, stage: Stage) -> int:
    """A published answer of the class of Tina."""
    member = await tx.one(int, "select id from member where account_id = :id", {"id": ACCOUNTS["Tom"]})
    cohort = await tx.one(int, "select cohort_id from member where id = :id", {"id": member})
    now = stage.clock.now()
    id = await tx.one(
        int,
        """insert into question (cohort_id, no, asker_id, text, state, version, made_at)
           values (:cohort, 1, :member, '楼长的补贴从哪里出？', 'answered', 1, :now) returning id""",
        {"cohort": cohort, "member": member, "now": now},
    )
    await tx.do(
        "insert into answer (question_id, version, author_id, body, at) values (:id, 1, :member, :body, :now)",
        {"id": id, "member": member, "body": "从街道的专项经费里出，每季度报一次。", "now": now},
    )
    await passages.put(
        tx,
        Passage(kind="answer", ref_id=id, cohort_id=cohort, title="楼长的补贴从哪里出？",
                body="从街道的专项经费里出，每季度报一次。"),
    )  # fmt: skip
    return id


async def test_every_strange_text_gets_a_sensible_card_and_words_are_forgotten_after_a_day(school: Stage) -> None:
    strange = ("的", "水", "\"楼道\" NEAR(充电) * : - ^", "'; drop table passage; --", "diandongche chongdian",
               "電 動 車 樓 道", "ＡＥＤ", "是的吗呢", "楼道" * 400, "😀 充电", "e-bike 充电 loudao")  # fmt: skip
    for text in strange:
        await school.says("Tina", text)
        assert "出了点问题" not in school.last("Tina").plain
        assert school.last("Tina").plain.strip(), text
    await school.says("Tina", "diandongche chongdian")
    assert any("电动车能推进楼道充电吗" in text for text in (*keys(school, "Tina"), school.last("Tina").plain))
    await school.says("Tina", "谢谢老师")
    school.sees("Tina", "还不会办")
    assert all(a.text for a in await asks_of(school.store))
    school.at("20:01", day=2)
    await school.store.work(lambda tx: search_asks.tidy(tx, school.clock.now()))
    assert {a.text for a in await asks_of(school.store)} == {""}
    assert "再发一遍" in await school.tap_data("Tina", f"hits:{(await asks_of(school.store))[0].id}")
