"""Notices at the desk: written with the copy beside the form, sent as seen, followed by name, corrected, recalled."""

from __future__ import annotations

import re

import pytest
from playwright.async_api import Browser, expect

from actions import notice_drafts
from storage import accounts, cohorts, members
from storage import notices as stored
from storage.notices import Notice
from storage.tx import Tx
from tests.cast import ACCOUNTS
from tests.desk.desk import Desk, Seen, desk
from tests.desk.test_desk_browser import CHROMIUM, Heard, browser, signed_in
from tests.handlers.test_notices import begin, counts, newest
from tests.stage import Stage

__all__ = ["browser"]
EVIL = "<script>alert(1)</script><b onclick=x>**手册**</b>"


def stamp(seen: Seen) -> str:
    """What the page showed."""
    found = re.search(r'name="stamp" value="(\d+)"', seen.html)
    assert found, seen.words
    return found[1]


async def all_notices(stage: Stage) -> list[Notice]:
    return await stage.store.work(lambda tx: tx.all(Notice, "select * from notice order by id"))


async def looked(d: Desk, name: str, **fields: object) -> str:
    """What stands beside the form while somebody types."""
    seen = await d.post(
        name, "/desk/notices/look", {"level": "ordinary", "kind": "class", **fields}, **{"Desk-Piece": "1"}
    )
    assert seen.status == 200, seen.words
    return seen.words


async def composed(d: Desk, name: str, **fields: object) -> str:
    """A draft from the form; gives the address on which it is looked at."""
    made = await d.post(name, "/desk/notices/new", {"level": "ordinary", "kind": "class", "then": "send", **fields})
    assert made.status == 303, made.words
    return made.to


async def sent(d: Desk, name: str, **fields: object) -> str:
    """The same, looked at and sent."""
    at = await composed(d, name, **fields)
    done = await d.post(name, f"{at}/send", {"stamp": stamp(await d.get(name, at))})
    assert done.to == at, done.words
    return at


async def test_written_looked_at_sent_once_and_followed_to_its_end(plain: Stage) -> None:
    stage = plain
    await begin(stage)
    async with desk(stage) as d:
        assert "点［写通知］写第一条" in (await d.get("Clara", "/desk/notices")).words
        beside = await looked(d, "Clara", text=f"{{姓名}}，下午两点集合。{EVIL}", level="ack")
        assert "高远，下午两点集合。" in beside and "发给3人" in beside and "没绑定9人" in beside and "已读" in beside
        assert not await all_notices(stage), "looking keeps nothing"
        fields = {"text": f"{{姓名}}，下午两点集合。{EVIL}", "level": "ack"}
        at = await composed(d, "Clara", **fields)
        assert await composed(d, "Clara", **fields) == at, "a form sent twice is one draft"
        page = await d.get("Clara", at)
        assert "<script>alert" not in page.html and "&lt;b onclick=x&gt;<b>手册</b>&lt;/b&gt;" in page.html
        stage.sees_nothing_of("Tina", "下午两点")
        for _ in range(3):
            done = await d.post("Clara", f"{at}/send", {"stamp": stamp(page)})
            assert done.to == at, done.words
        assert sum("下午两点集合" in s.plain for s in stage.phone("Tina")) == 1
        assert "田小雪，下午两点集合。<script>" in stage.last("Tina").plain
        await stage.tick("08:16")
        stage.sees_somewhere("Clara", "已发3")
        await stage.taps("Tina", "已读")
        page = await d.get("Clara", at)
        assert "已读1/12" in page.words and "000-0003" in page.words and "催一下没读的（2人）" in page.words
        assert "✅ 08:16" in page.words and "<script>alert" not in page.html
        assert "学员09" not in (await d.get("Clara", f"{at}?group=1")).words
        page = await d.get("Clara", f"{at}?way=unread&q=高远")
        assert "名单（1人）" in page.words and "高远" in page.words
        listed = await d.get("Clara", "/desk/notices?state=sent&q=两点")
        assert "已读1/12" in listed.words and "已发完" in listed.words
        assert "没有这样的通知" in (await d.get("Clara", "/desk/notices?state=recalled")).words

        assert "正在私下提醒2人" in (await d.follow("Clara", await d.post("Clara", f"{at}/ask"))).words
        stage.sees("Tom", "您还没点［已读］")
        stage.sees_nothing_of("Tina", "您还没点")
        assert (await d.post("Clara", f"{at}/ask")).status == 409, "not at every tap"
        row = re.search(rf"{at}/rows/(\d+)/told", page.html)
        assert row
        done = await d.post("Clara", f"{at}/rows/{row[1]}/told")
        assert "高远：已电话告知" in (await d.follow("Clara", done)).words
        assert (await d.post("Clara", f"/desk/notices/999999/rows/{row[1]}/told")).status == 404

        same = re.search(r'name="words" rows="8">(.*?)</textarea>', page.html, re.S)
        assert same and "**手册**" in same[1]
        assert (await d.post("Clara", f"{at}/fix", {"words": " "})).status == 422
        await d.follow("Clara", await d.post("Clara", f"{at}/fix", {"words": "{姓名}，**三点**集合。"}))
        page = await d.get("Clara", at)
        assert "改成这样" in page.words and "<b>三点</b>" in page.html
        mark = re.search(r'name="mark" value="(\d+)"', page.html)
        assert mark
        assert (await d.post("Clara", f"{at}/fixed", {"how": "small", "mark": 7})).status == 409
        done = await d.post("Clara", f"{at}/fixed", {"how": "small", "mark": mark[1]})
        assert "正在更正3条" in (await d.follow("Clara", done)).words
        assert "田小雪，<b>三点</b>集合" in next(s.text for s in stage.phone("Tina") if "更正于" in s.plain)
        assert (await d.post("Clara", f"{at}/fixed", {"how": "small", "mark": mark[1]})).status == 409, "once"

        assert "能删掉3人" in (await d.get("Clara", f"{at}/recall")).words
        done = await d.post("Clara", f"{at}/recall")
        assert "已撤回" in (await d.follow("Clara", done)).words
        assert (await d.post("Clara", f"{at}/recall")).status == 409
        assert not any("三点集合" in s.plain for s in stage.phone("Tina"))
    assert len(await all_notices(stage)) == 1


async def test_whom_when_options_and_blanks_as_in_the_chat(plain: Stage) -> None:
    stage = plain
    stage.at("09:10")
    stage.clear()
    async with desk(stage) as d:
        words = "带手册。"
        ways = [
            ({"kind": "groups", "ticks-groups": ["2", "77"]}, "没绑定6人"),
            ({"kind": "floor", "ticks-floor": "3"}, "发给3人"),
            ({"kind": "roles", "ticks-roles": "leaders"}, "发给1人"),
            ({"kind": "picked", "names": "2 高远"}, "发给2人"),
            ({"kind": "picked", "names": "田小雪"}, "不止一位"),
            ({"kind": "unmarked", "of-unmarked": 1}, "发给3人"),
            ({"kind": "unread", "of-unread": 0}, "请再选一下"),
            ({"kind": "nolog"}, "写日志的时间还没到"),
            ({"kind": "groups"}, "一个人也发不到"),
            ({"when": "今晚11点"}, "3月16日 周二"),
            ({"when": "昨天8点"}, "已经过了"),
            ({"when": "某天"}, "没看懂这个时间"),
            ({"choices": "乘车"}, "选项要2到6个"),
            ({"choices": "乘车／不乘车"}, "不乘车"),
            ({"text": "{哪里}集合"}, "还有空没填：{哪里}"),
            ({"text": "{哪里}集合", "blank": "哪里", "fill": "{大}门口"}, "（大）门口集合"),
            ({"text": "字" * 3600}, "太长了"),
            ({"text": ""}, "还没有内容"),
        ]  # fmt: skip
        for fields, expected in ways:
            assert expected in await looked(d, "Clara", **{"text": words, **fields}), (fields, expected)
        assert not await all_notices(stage)
        bad = await d.post(
            "Clara", "/desk/notices/new", {"text": "**别丢**", "kind": "picked", "names": "99", "who": 2}
        )
        assert bad.status == 422 and "没有找到“99”" in bad.words and "**别丢**" in bad.html
        assert 'value="2" checked' in bad.html, "nothing that was ticked is lost"

        page = await d.get("Clara", "/desk/notices/new?template=gather")
        assert "{姓名}您好，{时间}在" in page.words and 'name="blank" value="时间"' in page.html
        at = await composed(d, "Clara", text="{姓名}，{时间}集合", blank="时间", fill="2点", when="今天17:40",
                            choices="来\n不来", until="今天17:50")  # fmt: skip
        notice = (await all_notices(stage))[-1]
        assert notice.html == "{姓名}，2点集合" and notice.choices == ("来", "不来") and notice.go_at
        page = await d.get("Clara", at)
        assert "17:40" in page.words and "不来" in page.words
        done = await d.post("Clara", f"{at}/send", {"stamp": stamp(page)})
        assert "排好了" in (await d.follow("Clara", done)).words
        assert "排着队" in (await d.get("Clara", "/desk/notices")).words
        stage.sees_nothing_of("Tina", "集合")
        await d.post("Clara", f"{at}/now")
        page = await d.get("Clara", at)
        assert "现在就发" in page.words
        await d.post("Clara", f"{at}/send", {"stamp": stamp(page)})
        await stage.tick("09:11")
        await stage.taps("Tina", "不来")
        page = await d.get("Ada", at)
        assert "不来：1" in page.words, "class staff see each other's"
        row = re.search(rf"{at}/rows/(\d+)/choose", page.html)
        assert row
        assert (await d.post("Ada", f"{at}/rows/{row[1]}/choose", {"choice": ""})).status == 409
        await d.post("Ada", f"{at}/rows/{row[1]}/choose", {"choice": 0})
        assert "来：1" in (await d.get("Ada", at)).words
        assert "存好了" in (await d.follow("Ada", await d.post("Ada", f"{at}/keep", {"name": "来不来"}))).words
        assert "来不来" in (await d.get("Clara", "/desk/notices/new")).words
        assert (await d.get("Clara", f"{at}/write")).status == 403, "what has gone is no draft"


async def test_what_was_seen_is_what_goes_and_urgent_is_asked_twice(plain: Stage) -> None:
    stage = plain
    await begin(stage)
    async with desk(stage) as d:
        await d.signs_in("Clara")
        at = await composed(d, "Clara", text="改在二楼集合。", level="urgent")
        page = await d.get("Clara", at)
        await stage.says("Clara", "发通知")
        await stage.taps("Clara", "接着写")
        await stage.says("Clara", "带伞。")
        stale = await d.post("Clara", f"{at}/send", {"stamp": stamp(page), "sure": "yes"})
        assert stale.status == 409, "it was changed in the chat meanwhile"
        old = {"text": "改在三楼", "level": "urgent", "kind": "class", "stamp": stamp(page)}
        refused = await d.post("Clara", f"{at}/write", old)
        assert refused.status == 422 and "刚才又改过了" in refused.words and "改在三楼" in refused.html
        assert "带伞" in (await newest(stage)).html
        page = await d.get("Clara", at)
        asked = await d.post("Clara", f"{at}/send", {"stamp": stamp(page)})
        assert asked.to == f"{at}?sure=1"
        stage.sees_nothing_of("Tina", "二楼")
        page = await d.follow("Clara", asked)
        assert "夜里、上课也会响" in page.words and "确定，发给3人" in page.words
        stage.at("08:40")
        late = await d.post("Clara", f"{at}/send", {"stamp": stamp(page), "sure": "yes"})
        assert late.status == 403 and "确认是您本人" in late.words
        await d.signs_in("Clara")
        await d.post("Clara", f"{at}/send", {"stamp": stamp(page), "sure": "yes"})
        stage.sees("Tina", "紧急通知", "改在二楼集合", "带伞")
        again = await d.post("Clara", f"{at}/send", {"stamp": stamp(page), "sure": "yes"})
        assert again.to == at
        assert sum("二楼集合" in s.plain for s in stage.phone("Tina")) == 1

        await sent(d, "Clara", text="改在二楼集合。")
        at = await composed(d, "Clara", text="改在二楼集合。")
        assert "已经发过一次" in (await d.get("Clara", at)).words
        await d.post("Clara", f"{at}/drop")
        assert (await d.get("Clara", at)).status == 404


async def test_uncertain_ones_by_name_and_only_what_failed_again(plain: Stage) -> None:
    stage = plain
    await begin(stage)
    async with desk(stage) as d:
        stage.troubles = {ACCOUNTS["Tina"]: "uncertain", ACCOUNTS["Tom"]: "failed"}
        at = await sent(d, "Clara", text="带伞。", level="ack")
        await stage.tick("08:16")
        stage.troubles.clear()
        page = await d.get("Clara", f"{at}?way=trouble")
        assert "名单（2人）" in page.words and "不确定到没到" in page.words
        assert "正在补发1人" in (await d.follow("Clara", await d.post("Clara", f"{at}/again"))).words
        await stage.tick("08:17")
        stage.sees("Tom", "带伞")
        assert not any("带伞" in s.plain for s in stage.phone("Tina")), "nobody twice without a person's choice"
        assert (await d.post("Clara", f"{at}/again")).status == 409
        rows = re.findall(rf"{at}/rows/(\d+)/arrived", page.html)
        assert len(rows) == 1
        await d.post("Clara", f"{at}/rows/{rows[0]}/arrived")
        assert (await counts(stage)).sent == 3


async def test_a_lecturer_an_outsider_and_whoever_may_not(plain: Stage) -> None:
    stage = plain
    await begin(stage)
    async with desk(stage) as d:
        clara = await sent(d, "Clara", text="班里的事。", level="ack")
        draft = await composed(d, "Clara", text="还没写完。")
        own = {"kind": "session", "of-session": 2}
        page = await d.get("Ivan", "/desk/notices/new")
        assert "社区党建" in page.words and "按组" not in page.words and "🚨" not in page.words
        assert "发给3人" in await looked(d, "Ivan", text="请预习。", **own)
        assert "田小雪" not in (await d.get("Ivan", "/desk/notices/new")).words
        for other in ({"kind": "session", "of-session": 4}, {"kind": "class"}, {"kind": "picked", "who": 2}):
            assert (
                "您只能发给自己那节课的学员" in await looked(d, "Ivan", text="请预习。", **other)
                or other["kind"] == "picked"
            )
        loud = await d.post("Ivan", "/desk/notices/new", {"text": "急", "level": "urgent", **own})
        assert loud.status == 422 and "由班主任、教务" in loud.words
        at = await sent(d, "Ivan", text="请预习。", level="ack", **own)
        page = await d.get("Ivan", at)
        assert "已发" in page.words and "田小雪" not in page.words and "000-0" not in page.words, "numbers only"
        assert "班里的事" not in (await d.get("Ivan", "/desk/notices")).words
        for path in (clara, draft, f"{draft}/write", f"{clara}/recall"):
            assert (await d.get("Ivan", path)).status == 404, path
        assert (await d.get("Ada", draft)).status == 404, "a draft is its writer's"
        for name in ("Gao", "Tina"):
            await d.forced_in(name)
            for path in ("/desk/notices", clara, "/desk/notices/new"):
                assert (await d.get(name, path)).status == 403
        await d.oscar_teaches()
        for path in (clara, f"{clara}/recall", draft, f"{draft}/write"):
            assert (await d.get("Oscar", path)).status == 404
        for path in ("ask", "again", "recall", "fix", "send", "drop", "keep", "rows/1/told", "rows/1/resend", "pause"):
            assert (await d.post("Oscar", f"{clara}/{path}", {"words": "x", "name": "x"})).status == 404, path
        assert "班里的事" not in (await d.get("Oscar", "/desk/notices")).words
        assert (await newest(stage)).state in ("sending", "sent")


async def test_the_office_writes_to_two_classes_and_the_school_leader_agrees(plain: Stage) -> None:
    stage = plain
    await begin(stage)

    async def office(tx: Tx) -> None:
        await accounts.set_roles(tx, ACCOUNTS["Ada"], "admin")
        await accounts.meet(tx, ACCOUNTS["Nora"], "Nora", stage.clock.now())
        await accounts.set_roles(tx, ACCOUNTS["Nora"], "school_leader")
        await accounts.set_cohort(tx, ACCOUNTS["Nora"], 1)
        tina = await members.by_ref(tx, 1, "T02")
        assert tina is not None
        await tx.do("update account set lang = 'en' where id = :id", {"id": ACCOUNTS["Tina"]})

    await stage.store.work(office)
    async with desk(stage) as d:
        scope = {"scope": [1, 2], "english": "Power is off **tonight**."}
        at = await composed(d, "Ada", text="今晚停电。", **scope)
        page = await d.get("Ada", at)
        assert "要发给2个班" in page.words and "Power is off" in page.words and "英文" in page.words
        own = await d.post("Ada", f"{at}/send", {"stamp": stamp(page)})
        assert "同意了就发" in (await d.follow("Ada", own)).words
        assert (await d.post("Ada", f"{at}/agree", {"stamp": stamp(page)})).status == 409, "not one's own"
        assert "等您同意" in (await d.get("Nora", "/desk/notices")).words
        assert (await d.get("Clara", at)).status == 404
        page = await d.get("Nora", at)
        assert "今晚停电" in page.words and "同意发送" in page.words
        assert (await d.post("Nora", f"{at}/agree", {"stamp": 1})).status == 409
        await d.post("Nora", f"{at}/agree", {"stamp": stamp(page)})
        stage.sees_somewhere("Oscar", "今晚停电")
        stage.sees_somewhere("Tina", "Power is off tonight")
        stage.sees_somewhere("Ada", "同意了")
        assert (await d.post("Nora", f"{at}/decline")).status == 409
        page = await d.get("Nora", at)
        assert page.status == 200 and "田小雪" not in page.words, "the school leader sees numbers"


async def test_a_proposed_change_is_looked_at_and_an_english_reader_reads_english(plain: Stage) -> None:
    stage = plain
    await begin(stage)

    async def proposed(tx: Tx) -> int:
        me = await accounts.who(tx, ACCOUNTS["Clara"], stage.clock.now())
        assert me is not None
        cohort = await cohorts.get(tx, 1)
        made = await notice_drafts.propose(
            tx, me, cohort, what="S12", html="《社区党建》10:00 → <b>10:30</b>", html_en="", level="ack",
            members=(1, 2), life_until=stage.clock.now().replace(hour=10), facts={}, now=stage.clock.now(),
        )  # fmt: skip
        return made.id

    id = await stage.store.work(proposed)
    async with desk(stage) as d:
        await stage.says("Clara", "/language")
        await stage.taps("Clara", "English")
        page = await d.get("Clara", f"/desk/notices/{id}")
        assert "10:30" in page.words and "Look once, then send" in page.words and "Change" in page.words
        page = await d.get("Clara", f"/desk/notices/{id}/write")
        assert "**10:30**" in page.html and "What people get" in page.words
        assert "Tue 16 Mar 07:30" in await looked(d, "Clara", text="Bring a pen.", when="tomorrow 7:30")
        kept = re.findall(r'name="who" value="(\d+)" checked', page.html)
        assert kept == ["1", "2"]
        form = {
            "text": "《社区党建》10:00 → **10:30**",
            "level": "ack",
            "kind": "picked",
            "who": kept,
            "stamp": stamp(page),
        }
        await d.post("Clara", f"/desk/notices/{id}/write", form)
        notice = await stage.store.work(lambda tx: stored.get(tx, id))
        assert (
            notice is not None and notice.what == "S12" and notice.life_until and notice.html.endswith("<b>10:30</b>")
        )
        page = await d.get("Clara", f"/desk/notices/{id}")
        await d.post("Clara", f"/desk/notices/{id}/send", {"stamp": stamp(page)})
        stage.sees("Tina", "10:30")
        stage.sees_nothing_of("Tom", "10:30")
        at = await composed(d, "Clara", text="Bring a pen.", when="16 Mar 14:00")
        page = await d.get("Clara", f"{at}/write")
        assert 'name="when" value="16 Mar 14:00"' in page.html
        form = {"text": "Bring a **pen**.", "when": "16 Mar 14:00", "kind": "class", "stamp": stamp(page)}
        await d.post("Clara", f"{at}/write", form)
        page = await d.get("Clara", at)
        await d.post("Clara", f"{at}/send", {"stamp": stamp(page)})
        assert (await newest(stage)).state == "queued"
        await d.post("Clara", f"{at}/back")
        assert (await newest(stage)).state == "draft"


@pytest.mark.skipif(CHROMIUM is None, reason="no chromium, chromium-browser or google-chrome is installed")
async def test_the_copy_beside_the_form_follows_what_is_typed(plain: Stage, browser: Browser) -> None:
    stage = plain
    await begin(stage)
    heard = Heard()
    async with desk(stage) as d:
        context = await signed_in(browser, d, "Clara", viewport={"width": 1280, "height": 800})
        page = await context.new_page()
        heard.listen(page)
        await page.goto(f"{d.origin}/desk/notices/new")
        await page.fill("#text", "请带手册")
        await page.evaluate("document.getElementById('text').setSelectionRange(2, 4)")
        await page.get_by_role("button", name="粗体").click()
        await expect(page.locator(".bubble b", has_text="手册")).to_be_visible()
        assert not await page.locator("[name=ticks-groups]").first.is_visible()
        await page.select_option("[name=kind]", "groups")
        await page.check("[name=ticks-groups][value='1']")
        await page.check("[name=level][value=ack]")
        await expect(page.locator("#piece")).to_contain_text("没绑定3人")
        await page.get_by_role("button", name="看一遍再发").click()
        await page.wait_for_url("**/desk/notices/1")
        await page.locator("button.strong").dblclick()
        await expect(page.locator("table")).to_contain_text("高远")
        await stage.settle()
        assert sum("请带手册" in s.plain for s in stage.phone("Tina")) == 1
        async with page.expect_response(lambda answer: answer.url.endswith("/desk/notices/1")):
            await d.live.poll()
            await stage.taps("Tina", "已读")
            await d.live.poll()
        await expect(page.locator("#piece")).to_contain_text("已读1/6")
        await page.locator("tbody form button").first.click()
        await expect(page.locator("table")).to_contain_text("电话告知）")
        assert heard == []
