"""Whatever is not understood gets one friendly line; nothing crashes, nothing blocks (UI-01, SAFETY-05)."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from handlers import ROUTES
from rules.roles import LEADERS, TEACHERS
from storage import inbox
from storage.tx import Tx
from tests.cast import ACCOUNTS
from tests.handlers.test_checkins import code
from tests.stage import Stage

FILE = {"file_id": "F", "file_unique_id": "U", "file_size": 10}


@pytest.mark.parametrize(
    "body",
    [
        {"sticker": FILE}, {"voice": FILE}, {"video": FILE}, {"photo": [FILE, FILE]}, {"location": {"latitude": 1.0,
        "longitude": 2.0}}, {"dice": {"emoji": "🎲", "value": 3}}, {"contact": {"phone_number": "1"}},
        {"document": {**FILE, "file_name": "a.pdf"}}, {"story": {}}, {"animation": FILE}, {"video_note": FILE},
        {"audio": FILE},
    ],
    ids=lambda body: next(iter(body)),
)  # fmt: skip
async def test_media_get_one_line_and_the_keys(stage: Stage, body: dict[str, Any]) -> None:
    await stage.sends("Tina", **body)
    assert len(stage.phone("Tina")) == 1
    shown = stage.sees("Tina", "还用不上")
    assert shown.keyboard


@pytest.mark.parametrize(
    "text",
    [
        "嗯",
        "x" * 4096,
        "😀😀😀",
        "    ",
        "🧑‍🤝‍🧑",
        "<b>hi</b> & co",
        "{ $name }",
        "'; drop table mark; --",
        "\u202e反",
        "1234",
    ],
)
async def test_any_text_gets_an_answer(stage: Stage, text: str) -> None:
    await stage.says("Tina", text)
    assert len(stage.phone("Tina")) == 1
    assert stage.last("Tina").keyboard or stage.labels("Tina"), "keys, or a way to a person"


async def test_an_album_is_answered_once(stage: Stage) -> None:
    for _ in range(5):
        await stage.sends("Tina", photo=[FILE], media_group_id="A1")
    assert len(stage.phone("Tina")) == 1


async def test_an_unknown_command(stage: Stage) -> None:
    await stage.says("Tina", "/frobnicate 1 2 3")
    stage.sees("Tina", "没有这个命令")


async def test_a_command_for_others_says_who_does_it(stage: Stage) -> None:
    await stage.says("Tina", "/people")
    stage.sees("Tina", "班主任或教务")


async def test_an_edited_message(stage: Stage) -> None:
    chat = {"chat": {"id": 101, "type": "private"}, "from": {"id": 101, "first_name": "Tina"}}
    await stage.update({"edited_message": {"message_id": 5, "date": 1, "edit_date": 2, "text": "1234", **chat}})
    stage.sees("Tina", "重新发一条")


@pytest.mark.parametrize("data", ["", "x", "mark", "mark:1", "mark:a:b", "mark:999999:1", "roll:-5", "day:99", "day:x",
                                  "lang:fr", "class:2", "freeyes:999", "import:1", "classto:1:erased", "🙃" * 16, ":::",
                                  "person:99999999999999999999999999"])  # fmt: skip
@pytest.mark.parametrize("name", ["Tina", "Clara", "Ada", "Oscar", "Nora"])
async def test_old_and_forged_buttons(stage: Stage, data: str, name: str) -> None:
    await stage.tap_data(name, data)

    async def failed(tx: Tx) -> int:
        return await tx.one(int, "select count(*) from inbox where tries > 0")

    assert await stage.store.work(failed) == 0
    assert stage.toasts[ACCOUNTS[name]], "a tap is always answered"


async def test_a_tap_on_a_message_that_is_not_there_any_more(stage: Stage) -> None:
    who = {"id": 101, "first_name": "Tina"}
    await stage.update({"callback_query": {"id": "q1", "from": who, "data": "day:1"}})
    stage.sees("Tina", "第1天")


@pytest.mark.parametrize(
    "raw",
    [b"{}", b"[]", b"not json", b'{"update_id": "x"}', b'{"update_id": 5}', b'{"update_id": 6, "message": {}}',
     b'{"update_id": 7, "message": {"chat": {"id": "a"}}}', b'{"update_id": 8, "message": {"chat": {"id": 101}}}',
     b'{"update_id": 9, "brand_new_kind": {"a": 1}}', b'{"update_id": 10, "callback_query": {"id": "1"}}', b"\xff\xfe"],
)  # fmt: skip
async def test_malformed_updates_are_set_aside_and_block_nobody(stage: Stage, raw: bytes) -> None:
    await stage.raw(raw)
    await stage.says("Tina", "帮助")
    stage.sees_somewhere("Tina", "我要签到")


async def test_a_group_is_left_alone(stage: Stage) -> None:
    who = {"from": {"id": 101, "first_name": "Tina"}, "chat": {"id": -100, "type": "group", "title": "班级群"}}
    await stage.update({"message": {"message_id": 1, "date": 1, "text": "签到", **who}})
    await stage.update({"message": {"message_id": 2, "date": 1, "text": "/start", **who}})
    change = {"date": 1, "new_chat_member": {"status": "member"}, **who}
    await stage.update({"my_chat_member": change})
    assert not stage.phones


async def test_a_group_that_moves_keeps_its_words(stage: Stage) -> None:
    who = {"from": {"id": 101, "first_name": "Tina"}, "chat": {"id": -100, "type": "group"}}
    await stage.update({"message": {"message_id": 1, "date": 1, "migrate_to_chat_id": -1001, **who}})
    assert not stage.phones


async def test_help_by_role(stage: Stage) -> None:
    await stage.says("Tina", "帮助")
    stage.sees_somewhere("Tina", "我要签到")
    stage.sees_somewhere("Tina", "/checkin")
    await stage.says("Clara", "/help")
    stage.sees_somewhere("Clara", "点名")
    assert "/roll" in stage.last("Clara").plain and "/import" not in stage.last("Clara").plain
    await stage.says("Nora", "/help")
    stage.sees("Nora", "绑定码")


@pytest.mark.parametrize("word", ["求助", "SOS", "sos", "🆘", "ＳＯＳ"])
async def test_a_call_for_help_alarms_the_teacher(stage: Stage, word: str) -> None:
    await stage.says("Tina", word)
    stage.sees("Tina", "120", "柯老师", "000-9001")
    stage.sees("Clara", "田小雪（1组2号）", "求助", "000-0002")
    stage.sees_nothing_of("Oscar", "求助")


async def test_help_comes_before_everything_else(stage: Stage) -> None:
    await stage.says("Nora", "求助")
    stage.sees("Nora", "120")


async def test_a_turn_that_fails_is_undone_alone_tried_thrice_and_shown(stage: Stage) -> None:
    async def spoil(tx: Tx) -> None:
        await tx.do("update cohort set settings = 'broken', settings_mark = 'broken' where key = 'spring'")

    await stage.store.work(spoil)
    stage.at("08:55")
    await stage.says("Tina", "签到")
    stage.sees("Tina", "再试一次", "编号")
    await stage.says("Oscar", "课程表")
    stage.sees_somewhere("Oscar", "秋实")
    for clock in ("08:56", "08:57", "08:58"):
        stage.at(clock)
        await stage.settle()
    stage.sees("Tina", "没办成")
    stage.sees_somewhere("Ada", "没处理成功")
    dead = await stage.store.work(lambda tx: inbox.dead(tx))
    assert len(dead) == 1 and "签到" in dead[0].raw


async def test_back_leaves_a_step(stage: Stage) -> None:
    await stage.says("Tina", "返回")
    stage.sees("Tina", "点下面的按键")


async def test_the_same_update_twice_is_one(stage: Stage) -> None:
    stage.at("13:55")
    body = {"message_id": 7, "date": round(stage.clock.now().timestamp()), "text": "签到", **stage._from("Tina")}
    raw = msgspec.json.encode({"update_id": 77, "message": body})
    for _ in range(3):
        await stage.raw(raw)
    assert len(stage.phone("Tina")) == 1
    assert await code(stage, "S14")


async def test_a_refusal_names_who_does_it(stage: Stage) -> None:
    """UI-08: no right → who can do it."""
    stage.at("09:10")
    for name, said, who in (("Clara", "写日志", "给学员用的"), ("Tina", "/export", "班主任或教务来办")):
        await stage.says(name, said)
        stage.sees(name, who)
    for roles, who in ((LEADERS, "组长来办"), (TEACHERS, "班主任来办")):
        verb = next(r.key for r in ROUTES.values() if r.key.startswith("tap:") and r.who == roles)
        assert who in await stage.tap_data("Tina", f"{verb.removeprefix('tap:')}:1")
