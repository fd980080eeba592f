"""A page without script sends a form that is pressed twice twice: one record, one message, the same page (XC-03)."""

from __future__ import annotations

import asyncio
from typing import Any

from tests.desk.desk import Desk, desk
from tests.handlers.question_class import BIKES, PHONE, asks, count, do, id_of, of
from tests.handlers.test_handovers import second_teacher
from tests.stage import Stage


async def twice(d: Desk, name: str, path: str, **fields: Any) -> list[str]:
    """Somebody presses a button twice, the second time before the first has an answer; where each leads."""
    await d.post(name, "/desk/confirm")  # signed in, with the proof at hand
    with d.stage.bot_down():  # what they set off is delivered afterwards, once
        done = await asyncio.gather(*(d.post(name, path, fields) for _ in range(2)))
    await d.stage.settle()
    assert all(one.status == 303 for one in done), [one.words for one in done]
    return [one.to for one in done]


async def test_two_presses_make_one_entry_one_file_one_note(stage: Stage) -> None:
    stage.at("15:40")
    await second_teacher(stage)
    question = await asks(stage, "Tina", PHONE, topic="后勤")
    async with desk(stage) as d:
        first, second = await twice(d, "Clara", "/desk/handbook/new", q="路灯不亮找谁？")
        assert first == second
        assert await count(stage, "select count(*) from handbook_entry") == 1
        await twice(d, "Clara", "/desk/handbook/new", q="垃圾分类谁来管？")
        assert await count(stage, "select count(*) from handbook_entry") == 2, "another title is another entry"

        await twice(d, "Clara", "/desk/exports/logs", kind="volume")
        await do(stage, "update document set state = 'done'")  # made before the second press came in
        await twice(d, "Clara", "/desk/exports/logs", kind="volume")
        await twice(d, "Clara", "/desk/exports/logs", kind="sheet")
        assert await count(stage, "select count(*) from document") == 2
        assert await count(stage, "select count(*) from audit where act = 'log-export'") == 2

        first, second = await twice(d, "Clara", "/desk/notices/new", text="明早8点集合", level="ordinary", kind="class")
        assert first == second and await count(stage, "select count(*) from notice") == 1

        stage.clear()
        await twice(d, "Clara", f"/desk/questions/{question.id}/note", note="先别答，我去问一下")
        assert await count(stage, "select count(*) from question_event where kind = 'note'") == 1
        assert len(of(stage, "Ivan", "先别答，我去问一下")) == 1
        stage.at("15:42")  # the same words later are said again
        await d.post("Clara", f"/desk/questions/{question.id}/note", {"note": "先别答，我去问一下"})
        assert await count(stage, "select count(*) from question_event where kind = 'note'") == 2


async def test_two_presses_tell_whoever_asked_once(stage: Stage) -> None:
    stage.at("15:40")
    await asks(stage, "Tina", BIKES)
    question = (await asks(stage, "Tina", PHONE, topic="后勤")).id
    ivan, session = await id_of(stage, "Ivan"), await count(stage, "select id from session where ref = 'S31'")
    async with desk(stage) as d:
        stage.clear()
        for path, fields, kind in (
            ("give", {"to": ivan}, "assign"), ("promise", {"when": "3月16日 12:00"}, "promise"),
            ("together", {"session": session}, "together"),
        ):  # fmt: skip
            before = await count(stage, "select count(*) from question_event")
            await twice(d, "Clara", f"/desk/questions/{question}/{path}", **fields)
            kinds = "select count(*) from question_event where id > :b and kind = :k"
            assert await count(stage, "select count(*) from question_event") == before + 1, kind
            assert await count(stage, f"{kinds}", b=0, k=kind) >= 1
        assert len(of(stage, "Tina", "答复：")) == len(of(stage, "Tina", "统一解答：")) == 1
        await do(stage, "update question set state = 'answered', version = 1 where id = :id", id=question)
        await do(stage, "insert into answer (question_id, version, author_id, body, at) values (:q, 1, :m, '能。', 1)",
                 q=question, m=ivan)  # fmt: skip
        first, second = await twice(d, "Clara", f"/desk/questions/{question}/book")
        assert first == second
        assert await count(stage, "select count(*) from question_event where kind = 'book'") == 1


async def test_two_presses_change_a_person_once(plain: Stage) -> None:
    async with desk(plain) as d:
        for path, act in (("paper", "on-paper"), ("late", "join-late")):
            await twice(d, "Clara", f"/desk/people/9/{path}")
            assert await count(plain, "select count(*) from audit where act = :act", act=act) == 1
        assert await count(plain, "select count(*) from member where id = 9 and paper_at is not null") == 1


async def test_two_presses_are_one_line_of_the_audit(plain: Stage) -> None:
    roll = await count(plain, "select r.id from roll r join session s on s.id = r.session_id where s.ref = 'S11'")
    async with desk(plain) as d:
        for clock, path, fields, act in (
            ("09:15", f"/desk/rolls/{roll}/count", {"count": 0}, "headcount"),
            ("20:00", "/desk/logs/remind", {"day": 1}, "log-remind"),
        ):  # fmt: skip
            plain.at(clock)
            await twice(d, "Clara", path, **fields)
            assert await count(plain, "select count(*) from audit where act = :act", act=act) == 1, act
