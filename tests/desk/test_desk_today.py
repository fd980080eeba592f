"""[今日] on the desk: the numbers of the chat, each with its list."""

from __future__ import annotations

from tests.desk.desk import desk
from tests.stage import Stage


async def test_the_day_at_a_glance(stage: Stage) -> None:
    async with desk(stage) as d:
        stage.at("08:55")
        await stage.says("Tina", "请假")
        page = await d.get("Clara", "/desk/today")
        assert page.status == 200, page.words
        assert "开班式" in page.words and "进行中" in page.words and "0/12" in page.words
        first = await d.follow("Clara", await d.get("Clara", "/desk/"))
        assert first.words.startswith("今日")
