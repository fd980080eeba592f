"""The wall of questions on the projector: most asked first, never a name (QA-12)."""

from __future__ import annotations

import re

from tests.desk.screens import path_for, served, text_of, words
from tests.handlers.test_question_live import FIRST, SECOND, asks, stored
from tests.stage import Stage


async def test_what_the_room_sees(stage: Stage) -> None:
    stage.at("08:10")
    async with served(stage) as client:
        path = await path_for(stage) + "/questions"
        assert "现在没有课" in words(await text_of(client, path))
        stage.at("10:05")
        assert "还没有提问" in words(await text_of(client, path))
        await asks(stage, "Tina", FIRST, "署名公开")
        await asks(stage, "Tom", SECOND)
        await asks(stage, "Gao", "这个问题只给老师看：家里的事影响工作怎么办？", "仅老师可见")
        first, second, _ = await stored(stage)
        await stage.tap_data("Gao", f"qsame:{second.id}")
        html = await text_of(client, path)
        page = words(html)
        assert "社区党建 Party building" in page and "春晓班" in page
        assert page.index(f"{second.no} {SECOND} +1") < page.index(f"{first.no} {FIRST}")
        assert not [name for name in ("田小雪", "高远", "家里的事", "秋实") if name in page]
        async with client.get(path + "/state") as answer:
            said = await answer.json()
            assert answer.headers["Cache-Control"] == "no-store"
        assert said["html"].strip() in html and not said["step"]
        (sheet,) = re.findall(r'href="([^"]+\.css)"', html)
        async with client.get(path.rpartition("/")[0] + "/" + sheet) as answer:
            assert answer.status == 200, "found from one step deeper too"
        assert '<noscript><meta http-equiv="refresh"' in html

        await more_asked(stage, 6)
        page = words(await text_of(client, path))
        assert "还有2个" in page and page.count("第几次问") == 4 and "&lt;b&gt;" in await text_of(client, path)
        await stage.tap_data("Ivan", f"qoral:{second.id}")
        stage.at("11:45")
        page = words(await text_of(client, path))
        assert SECOND not in page and FIRST in page and "还有1个" in page
        stage.at("12:00")
        await stage.tick()
        assert FIRST not in words(await text_of(client, path)), "it has become an ordinary question"
        for wrong in ("/screen/" + "A" * 24 + "/questions", path + "/x"):
            async with client.get(wrong) as answer:
                assert answer.status == 404


async def more_asked(stage: Stage, count: int) -> None:
    """So many live questions more, straight into the table."""
    for n in range(count):
        sql = """insert into question (cohort_id, no, asker_id, text, topic, topic_ref, session_id, state, live,
                                       owner_id, made_at, sent_at)
                 select cohort_id, no + 10 + :n, asker_id, '第几次问<b>' || :t, topic, topic_ref, session_id, state,
                        live, owner_id, made_at, sent_at from question where no = 1"""
        await stage.store.work(lambda tx, n=n, sql=sql: tx.do(sql, {"n": n, "t": str(n)}))
