"""What the desk does for every page: a refused form comes back with what was typed; files, quiet forms, confirming."""

from __future__ import annotations

import re

from chat.messages import Refusal, say
from desk.visits import Answer, Done, Given, Page, Visit, Way, deed, page, table
from rules.roles import STAFF, TEACHERS
from tests.desk.desk import desk
from tests.stage import Stage


async def form(visit: Visit) -> Page:
    return Page(
        "audits.html", say("desk-audits"), {"lines": [], "more": 0, "kind": "", "kinds": [], "q": visit.word("q")}
    )


async def save(visit: Visit) -> Answer:
    await visit.tx.do("update member set note = :note where id = 1", {"note": visit.text("q")})
    if visit.word("q") == "bad":
        raise Refusal("desk-too-many", counts="wrong")
    if visit.word("q") == "gone":
        raise Refusal("refusals-not-here")
    if visit.word("q") == "file":
        return Given("表 1.txt", visit.files["photo"][0].content, "text/plain")
    if visit.word("q") == "away":
        return Done("https://evil.example/")
    return Done("/desk/form", say("desk-confirmed"))


async def forget(visit: Visit) -> Done:
    visit.need_fresh()
    return Done("/desk/form", say("desk-home"))


WAYS = table(
    (page("/desk/form", form, who=STAFF, nav="desk-audits"), deed("/desk/form/save", save, who=STAFF, again=form),
     deed("/desk/form/plain", save, who=STAFF), deed("/desk/form/forget", forget, who=TEACHERS),
     page("/desk/devices", form, who=STAFF), Way("POST", "/desk/confirm", save, STAFF))
)  # fmt: skip


async def note(stage: Stage) -> str:
    return await stage.store.work(lambda tx: tx.one(str, "select note from member where id = 1"))


async def test_forms(plain: Stage) -> None:
    async with desk(plain, WAYS) as d:
        done = await d.post("Clara", "/desk/form/save", {"q": "好"})
        shown = await d.follow("Clara", done)
        assert "确认了" in shown.words and await note(plain) == "好"
        assert "确认了" not in (await d.get("Clara", "/desk/form")).words, "said once"
        again = await d.post("Clara", "/desk/form/save", {"q": "bad"})
        assert again.status == 422 and "要得太勤了" in again.words and 'value="bad"' in again.html
        assert await note(plain) == "好", "what was half done is undone"
        counted = "select count(*) from attempt where kind = 'wrong'"
        assert await plain.store.work(lambda tx: tx.one(int, counted)) == 1
        assert (await d.post("Clara", "/desk/form/save", {"q": "gone"})).status == 404
        back = await d.post("Clara", "/desk/form/plain", {"q": "bad"}, Referer=f"{d.origin}/desk/form?page=2")
        assert back.to == "/desk/form?page=2" and "要得太勤了" in (await d.follow("Clara", back)).words
        away = await d.post("Clara", "/desk/form/plain", {"q": "bad"}, Referer="https://evil.example/desk/form")
        assert away.status == 409 and "要得太勤了" in away.words
        assert (await d.post("Clara", "/desk/form/save", {"q": "away"})).status == 500, "never to a page of others"
        given = await d.post("Clara", "/desk/form/save", {"q": "file", "photo": b"<script>"})
        assert given.body == b"<script>" and given.headers["Content-Disposition"].startswith("attachment; filename*=")
        assert "sandbox" in given.headers["Content-Security-Policy"]
        quiet = await d.post("Clara", "/desk/form/save", {"q": "bad"}, **{"Desk-Piece": "1"})
        assert (
            quiet.status == 409 and "要得太勤了" in quiet.html and quiet.headers["Content-Type"] == "application/json"
        )
        piece = await d.get("Clara", "/desk/form", **{"Desk-Piece": "1"})
        assert "没有这样的记录" in piece.words and "<html" not in piece.html and "<nav" not in piece.html


async def test_what_cannot_be_taken_back_wants_a_fresh_sign_in(plain: Stage) -> None:
    async with desk(plain, WAYS) as d:
        assert (await d.post("Clara", "/desk/form/forget")).status == 303
        plain.at("08:16")
        asked = await d.post("Clara", "/desk/form/forget")
        assert (
            asked.status == 403 and re.search(r'action="/desk/confirm"', asked.html) and "先在聊天里确认" in asked.words
        )
        assert (await d.post("Ada", "/desk/form/forget")).status == 403
