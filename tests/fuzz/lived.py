"""A day lived in the class, so that whatever a forged number points at may be there; and who can see or change what."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from chat.words import Key
from storage.tx import Tx
from tests.cast import ACCOUNTS
from tests.fuzz.street import Street
from tests.handlers.handbook_shelf import fill
from tests.handlers.log_class import writes
from tests.handlers.question_class import PHONE, answer, asks
from tests.handlers.test_notices import compose

OWN_WORDS = "第一小组的秘密是一颗红枣"
SECRETS = ("田小雪", "高远", "春晓班", "红枣", "Spring class", "大会堂的灯", "物业矛盾", "第5社区", "家里有事要回去")
"""What nobody of another class may ever read."""


async def live(street: Street) -> None:
    """The morning of day 1 till the evening: codes, a leave, a claim, logs, questions, notices, a file, a change."""
    await fill(street)
    for clock in ("08:40", "09:05", "09:25"):
        await street.tick(clock)
    await street.says("Tina", "签到")
    await street.taps("Tina", "申请补签")
    await street.says("Tom", "请假")
    await street.taps("Tom", "事假")
    await street.says("Tom", "今天14:00-15:30")
    await street.says("Tom", "回家，一个人")
    await street.says("Tom", "家里有事要回去一趟")
    await street.says("Tom", "提交请假")
    question = await asks(street, "Tina", PHONE)
    await answer(street, "Clara", question, "可以由志愿者代办，带上身份证复印件。")
    await asks(street, "Tom", "大会堂的灯能不能早点开？", "匿名")
    await compose(street, "下午两点集合。")
    await street.taps("Clara", "发给")
    await street.says("Clara", "发通知")
    await street.says("Clara", "这一条只写了一半。")
    await street.sends("Ada", document={"file_id": "F", "file_unique_id": "U", "file_name": "班.xlsx", "file_size": 9})
    await street.tick("18:00")
    await writes(
        street, "Tina", OWN_WORDS + "，" + "我们今天演练了接待居民的顺序：先情绪再事实，然后一起找出能做的一件事。" * 3
    )
    await street.says("Tom", "写日志")
    await street.says("Tom", "这一篇还没有写完。")
    await street.tick("20:30")
    await street.none_failed()


def buttons(street: Street) -> list[Key]:
    """Every button that anybody has ever been shown."""
    return [key for phone in street.phones.values() for shown in phone for key in shown.buttons if key.data]


async def belongings(street: Street, cohort: int = 1) -> dict[str, list[Mapping[str, Any]]]:
    """All rows of a class: those that name it, and those that point at one of them."""

    async def look(tx: Tx) -> dict[str, list[Mapping[str, Any]]]:
        if tx.postgres:
            names = "select table_name from information_schema.tables where table_schema = 'public'"
        else:
            names = "select name from sqlite_master where type = 'table'"
        found = {}
        for name in await tx.all(str, names):
            rows = await _rows(tx, name)
            found[name] = rows
        return found

    tables = await street.store.work(look)
    mine = {("cohort", cohort)}
    before = -1
    while before != len(mine):
        before = len(mine)
        for name, rows in tables.items():
            for row in rows:
                if (name, row.get("id")) not in mine and any(
                    (key.removesuffix("_id"), value) in mine for key, value in row.items() if key.endswith("_id")
                ):
                    mine.add((name, row.get("id", tuple(row.values()))))
    return {
        name: sorted((row for row in rows if (name, row.get("id", tuple(row.values()))) in mine), key=str)
        for name, rows in tables.items()
        if name not in NOT_OF_A_CLASS
    }


NOT_OF_A_CLASS = {"inbox", "outbox", "talk", "account", "attempt", "passage", "search_state", "card", "pace"}


async def _rows(tx: Tx, table: str) -> list[Mapping[str, Any]]:
    """Every row, whichever database it is."""
    if tx.postgres:
        return [dict(row) for row in await tx.link.fetch(f'select * from "{table}"')]  # type: ignore[attr-defined]
    cursor = tx.raw.execute(f'select * from "{table}"')  # type: ignore[attr-defined]
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


async def teach_elsewhere(street: Street) -> None:
    """Oscar is class teacher of the other class from now on: he has rights, and none here."""

    async def promoted(tx: Tx) -> None:
        await tx.do("update member set roles = 'class_teacher' where account_id = :id", {"id": ACCOUNTS["Oscar"]})

    await street.store.work(promoted)


def seen_by(street: Street, name: str) -> str:
    """All that somebody has got to see."""
    shown = [
        s.plain + " ".join(k.label for k in s.buttons) + re.sub(r"\0", "", s.file_name) for s in street.phone(name)
    ]
    return "\n".join(shown + street.toasts.get(ACCOUNTS[name], []))
