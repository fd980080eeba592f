"""People at the desk: who has joined, a page for each, a seat freed only by who has confirmed lately."""

from __future__ import annotations

from tests.desk.desk import desk
from tests.handlers.log_class import GOOD, log_of, writes
from tests.stage import Stage


async def test_the_roster_a_person_and_a_seat_that_is_freed(plain: Stage) -> None:
    stage = plain
    stage.at("20:00")
    await writes(stage, "Tina", GOOD)
    log = await log_of(stage)
    async with desk(stage) as d:
        page = await d.get("Clara", "/desk/people")
        assert "3/12 已绑定" in page.words and "柯老师" in page.words and "000-0002" in page.words
        waiting = await d.get("Clara", "/desk/people?state=waiting&group=2")
        assert "学员07" in waiting.words and "高远" not in waiting.words
        page = await d.get("Clara", "/desk/people/2")
        assert "田小雪" in page.words and "1组2号" in page.words and f"/desk/logs/{log.id}" in page.html
        assert "未点到" in page.words and "/desk/marks/" in page.html
        office = await d.get("Ada", "/desk/people/2")
        assert office.status == 200 and "/desk/logs/" not in office.html, "the office has no logs"
        done = await d.post("Clara", "/desk/people/7/code")
        assert "绑定码" in (await d.follow("Clara", done)).words
        done = await d.post("Ada", "/desk/people/7/paper")
        assert "纸质参加" in (await d.follow("Ada", done)).words
        await d.post("Clara", "/desk/people/8/late")
        assert "入班" in (await d.get("Clara", "/desk/people/8")).words
        stage.at("20:40")  # signed in long ago: what cannot be taken back wants a fresh confirmation
        came = f"{d.origin}/desk/people/2"
        old = await d.post("Clara", "/desk/people/2/free", Referer=came)
        assert old.status == 403 and "3/12" in (await d.get("Clara", "/desk/people")).words
        assert 'name="back" value="/desk/people/2"' in old.html, "from the confirmation back to the page with the key"
        asked = await d.follow("Clara", await d.post("Clara", "/desk/confirm", {"back": "/desk/people/2"}))
        assert asked.status == 200 and "田小雪" in asked.words
        for came in ("/desk/people/2/free", "/desk/nowhere"):
            old = await d.post("Clara", "/desk/people/2/free", Referer=d.origin + came)
            assert 'name="back" value=""' in old.html, "not to where only a form leads"
        await d.signs_in("Clara")
        done = await d.post("Clara", "/desk/people/2/free")
        assert "绑定码" in (await d.follow("Clara", done)).words
        assert "2/12" in (await d.get("Clara", "/desk/people")).words
        await stage.says("Tina", "课程表")
        stage.sees("Tina", "绑定")  # the old telephone lost access at once
        for name in ("Gao", "Ivan", "Tom"):
            await d.forced_in(name)
            assert (await d.get(name, "/desk/people")).status == 403
        await d.oscar_teaches()
        assert (await d.get("Oscar", "/desk/people/2")).status == 404
        assert (await d.post("Oscar", "/desk/people/3/free")).status == 404
        assert "高远" not in (await d.get("Oscar", "/desk/people")).words
