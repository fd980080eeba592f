"""课堂统一解答 goes with its session: moved, taught by another, cancelled, over without an answer (QA-05, TIME-01)."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from msgspec import structs

from storage.questions import Question
from tests.handlers.question_class import BIKES, PHONE, asks, do, id_of, kinds, nothing_failed, of, one, stored
from tests.handlers.test_question_live import WITH_TWO, another_lecturer, brought
from tests.handlers.test_question_live import zh as reads_chinese
from tests.handlers.test_timetable_changes import moment, moves, opens
from tests.stage import Stage


async def for_all(stage: Stage, title: str = "物业矛盾") -> Question:
    """Tina's question, which Ivan is to answer for all in a session of the afternoon."""
    await reads_chinese(stage)
    await do(stage, "update account set lang = 'en' where id = 102")
    stage.at("12:40")
    question = await asks(stage, "Tina", PHONE, topic="社区党建")
    await stage.tap_data("Tom", f"qsame:{question.id}")
    await stage.tap_data("Clara", f"qtogether:{question.id}")
    await stage.taps("Clara", title)
    stage.clear()
    return await one(stage, question)


def ends(question: Question) -> datetime | None:
    return question.due_at - timedelta(hours=24) if question.due_at else None


async def test_it_goes_along_when_the_session_moves_and_back_when_it_ends_without_an_answer(stage: Stage) -> None:
    question = await for_all(stage)
    assert ends(question) == moment("15:30")
    stage.at("12:50")
    await moves(stage, "物业矛盾", "17:00-18:00")
    moved = await one(stage, question)
    assert (moved.owner_id, moved.together_id) == (question.owner_id, question.together_id)
    assert ends(moved) == moment("18:00") and moved.nudge_at == moment("19:00")
    await stage.tap_data("Tina", f"qopen:{question.id}")
    stage.sees("Tina", "17:00《物业矛盾》")
    stage.clear()
    for clock in ("15:30", "16:30", "18:29"):
        await stage.tick(clock)
    assert not of(stage, "Ivan", "第1问") and not of(stage, "Clara", "第1问")
    for clock in ("18:30", "18:31", "19:05", "20:10"):
        await stage.tick(clock)
    assert len(of(stage, "Clara", "《物业矛盾》下课了")) == len(of(stage, "Clara", "第1问")) == 1
    assert len(of(stage, "Ivan", "请告诉班主任")) == len(of(stage, "Ivan", "第1问")) == 1
    back = await one(stage, question)
    assert (back.state, back.together_id, back.late) == ("queued", None, False)
    assert back.owner_id == await id_of(stage, "Clara") and back.due_at == moved.due_at
    assert (await kinds(stage, question))[-3:] == ["together", "together", "return"]
    await stage.taps("Clara", "已口头答")
    stage.sees("Tina", "已在课上口头回答")
    stage.sees("Tom", "Answered in class")
    await nothing_failed(stage)


async def test_whoever_answers_it_in_class_says_so_and_nothing_comes_back(stage: Stage) -> None:
    question = await for_all(stage)
    await stage.tap_data("Ivan", f"qopen:{question.id}")
    stage.at("15:28")
    await stage.taps("Ivan", "已口头答")
    stage.sees("Tina", "已在课上口头回答")
    stage.clear()
    for clock in ("15:30", "16:00", "16:30"):
        await stage.tick(clock)
    assert not of(stage, "Clara", "第1问") and not of(stage, "Ivan", "第1问")
    assert (await one(stage, question)).state == "answered"


async def test_a_cancelled_session_gives_it_back_at_once_and_whoever_asked_hears_it(stage: Stage) -> None:
    question = await for_all(stage)
    stage.at("13:40")
    await opens(stage, "物业矛盾")
    await stage.taps("Clara", "取消这节")
    await stage.taps("Clara", "就这样改")
    back = await one(stage, question)
    assert (back.state, back.together_id) == ("queued", None) and back.owner_id == await id_of(stage, "Clara")
    assert len(of(stage, "Clara", "《物业矛盾》取消了")) == len(of(stage, "Ivan", "《物业矛盾》取消了")) == 1
    assert len(of(stage, "Tina", "第1问不在那节课上统一解答了")) == 1
    assert len(of(stage, "Tom", "will not be answered in that session")) == 1
    await opens(stage, "物业矛盾")
    await stage.taps("Clara", "恢复这节")
    await stage.taps("Clara", "就这样改")
    for clock in ("15:30", "16:00", "16:30"):
        await stage.tick(clock)
    assert len(of(stage, "Clara", "第1问")) == len(of(stage, "Tina", "统一解答")) == 1, "once"
    await nothing_failed(stage)


async def test_an_import_moves_it_to_another_lecturer_and_what_is_answered_stays(stage: Stage) -> None:
    question = await for_all(stage)
    seat = await another_lecturer(stage)
    await asks(stage, "Tina", BIKES, topic="社区党建")
    await do(stage, "update question set state = 'answered', together_id = :s where no = 2", s=question.together_id)
    stage.clear()
    table = [structs.replace(s, lead_id="L02", end=time(15, 45)) if s.session_id == "S14" else s
             for s in WITH_TWO.sessions]  # fmt: skip
    await brought(stage, structs.replace(WITH_TWO, sessions=tuple(table)))
    moved, answered = await stored(stage)
    assert moved.owner_id == seat and ends(moved) == moment("15:45")
    assert len(of(stage, "Gao", "请在课上统一解答")) == 1
    assert answered.state == "answered" and answered.owner_id == await id_of(stage, "Ivan")
    rest = tuple(s for s in table if s.session_id != "S14")
    await brought(stage, structs.replace(WITH_TWO, sessions=rest))
    assert (await one(stage, question)).state == "queued", "a session with questions is cancelled, not dropped"
    assert (await one(stage, answered)).state == "answered"
