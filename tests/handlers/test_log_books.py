"""Taking logs away: mine, the class's, what is left out, who may not (LOG-12, LOG-17); attachments that come or not."""

from __future__ import annotations

import asyncio
import io
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn
from openpyxl import load_workbook
from PIL import Image

from actions import log_files
from actions.pictures import prepared
from bot.clock import Bell
from bot.documents import Maker
from storage import errands
from storage.tx import Tx
from tests.handlers.leave_class import furnish
from tests.handlers.log_class import GOOD, OTHER, log_of, parts_of, photo, voice, writes
from tests.stage import Shown, Stage


@pytest.fixture
async def play(stage: Stage) -> Stage:
    stage.at("07:30")
    await furnish(stage)
    stage.at("20:00")
    return stage


def picture(color: str = "green") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (1200, 900), color).save(out, "JPEG")
    return out.getvalue()


async def fetches(stage: Stage, content: bytes | None = None, size: int = 0) -> int:
    """Everything that was sent has come from Telegram, or is gone; gives how many."""
    now = stage.clock.now()

    async def work(tx: Tx) -> int:
        count = 0
        while (errand := await errands.next_new(tx, now)) is not None:
            count += 1
            if content is None:
                await log_files.lose(tx, errand, size, now)
            else:
                await log_files.keep(tx, errand, prepared(content), now)
        return count

    count = await stage.store.work(work)
    await stage.settle()
    return count


async def makes(stage: Stage) -> None:
    """The documents that were wished for are made."""
    maker = Maker(stage.store, stage.clock, Bell())
    while await maker.one():
        pass
    await stage.settle()


def words(shown: Shown) -> list[str]:
    return [p.text for p in Document(io.BytesIO(shown.file)).paragraphs if p.text.strip()]


async def test_my_logs_with_photos_and_the_teacher_s_words(play: Stage) -> None:
    await play.says("Tina", "写日志")
    await photo(play, "Tina", 1)
    await photo(play, "Tina", 2)
    await voice(play, "Tina")
    await play.says("Tina", "① " + GOOD)
    await play.says("Tina", "提交日志")
    assert await fetches(play, picture()) == 3
    await play.says("Clara", "批日志")
    await play.taps("Clara", "回复")
    await play.says("Clara", "顺序这一点说得好。")
    play.at("20:00", 2)
    await writes(play, "Tina", OTHER)
    await play.says("Tina", "我的日志")
    play.sees("Tina", "正在整理")
    await makes(play)
    shown = play.sees("Tina", "您的日志，一共2篇")
    assert shown.file_name == "春晓班_我的日志_田小雪.docx"
    found = words(shown)
    assert found[0] == "春晓班　学习日志" and found.index("第1天　3月15日 周一") < found.index("第2天　3月16日 周二")
    assert "① " + GOOD in found and OTHER in found and "💬 柯老师：顺序这一点说得好。" in found
    book = Document(io.BytesIO(shown.file))
    assert len(book.inline_shapes) == 2
    assert book.styles["Normal"].element.rPr.rFonts.get(qn("w:eastAsia")) == "宋体"
    body = next(p for p in book.paragraphs if p.text == OTHER)
    assert body.paragraph_format.first_line_indent is not None
    kept = await play.store.work(lambda tx: tx.one(int, "select count(*) from media"))
    assert kept == 1, "the same bytes are kept once"


async def test_nothing_yet_and_nobody_else(play: Stage) -> None:
    await play.says("Tina", "我的日志")
    play.sees("Tina", "还没有交过日志")
    await writes(play, "Tina")
    for name in ("Gao", "Tom", "Ada", "Ivan", "Hua", "Oscar", "Nora"):
        await play.says(name, "我的日志")
        await play.says(name, "日志文集")
        await play.tap_data(name, "logbook:volume")
        await play.tap_data(name, "logbook:sheet")
    await makes(play)
    for name in ("Gao", "Tom", "Ada", "Ivan", "Hua", "Oscar", "Nora"):
        assert not [s for s in play.phone(name) if s.file], name


async def test_the_class_s_volume_and_sheet(play: Stage) -> None:
    await writes(play, "Tina")
    await writes(play, "Tom", "=1+1 " + OTHER)
    await play.says("Tom", "仍要提交") if (await log_of(play, "T03")).version == 0 else None
    await play.taps("Tina", "只给班主任看")
    await play.taps("Tina", "😞 低")
    await play.says("Clara", "日志文集")
    play.sees("Clara", "只供存档")
    await play.taps("Clara", "Word 文集")
    await play.says("Clara", "日志文集")
    await play.taps("Clara", "Excel 表")
    await makes(play)
    files = [s for s in play.phone("Clara") if s.file]
    assert [s.file_name for s in files] == ["春晓班_日志文集.docx", "春晓班_日志.xlsx"]
    found = words(files[0])
    assert "田小雪（1组2号）" in found and "田小雪（1组3号）" in found
    assert "已交（只给班主任看）" in found and GOOD not in found
    rows = [[c.value for c in row] for row in load_workbook(io.BytesIO(files[1].file)).active.iter_rows()]
    assert rows[0][:4] == ["组", "座号", "姓名", "天"] and len(rows) == 3
    assert rows[1][7] == "已交（只给班主任看）" and str(rows[2][7]).startswith("'=1+1")
    assert "低" not in str(rows) and "😞" not in str(found)

    async def audited(tx: Tx) -> list[str]:
        return await tx.all(str, "select new from audit where act = 'log-export' order by id")

    assert await play.store.work(audited) == ["volume", "sheet"]


async def test_a_teacher_who_left_gets_nothing_and_it_is_said(play: Stage) -> None:
    await writes(play, "Tina")
    await play.says("Clara", "日志文集")
    await play.taps("Clara", "Word 文集")

    async def leaves(tx: Tx) -> None:
        await tx.do("update member set roles = 'lecturer' where account_id = 105")

    await play.store.work(leaves)
    await makes(play)
    assert not [s for s in play.phone("Clara") if s.file]


async def test_a_document_is_sent_once_though_two_made_it(play: Stage) -> None:
    await writes(play, "Tina")
    await play.says("Tina", "我的日志")
    await play.says("Tina", "我的日志")

    async def free(tx: Tx) -> None:
        await tx.do("update document set held_until = null")

    makers = [Maker(play.store, play.clock, Bell()) for _ in range(2)]
    taken: list[Any] = []
    for maker in makers:
        taken.append(await play.store.work(maker._take))
        await play.store.work(free)
    from actions import log_books

    for maker, found in zip(makers, taken, strict=True):
        wish, to = found
        book = await play.store.work(lambda tx, w=wish, t=to: log_books.read(tx, w, t))  # type: ignore[misc]
        await asyncio.wait_for(maker._make(book), 30)
    await play.settle()
    assert len([s for s in play.phone("Tina") if s.file]) == 1


async def test_what_telegram_has_no_longer_is_asked_for_again(play: Stage) -> None:
    await play.says("Tina", "写日志")
    await photo(play, "Tina")
    await fetches(play)
    play.sees_somewhere("Tina", "有一个附件没取到，请再发一次")
    assert [p.state for p in await parts_of(play)] == ["lost"]
    await play.says("Tina", GOOD)
    await play.says("Tina", "提交日志")
    await play.says("Clara", "批日志")
    play.sees("Clara", "照片1张")


async def test_a_file_larger_than_it_said(play: Stage) -> None:
    await play.says("Tina", "写日志")
    await voice(play, "Tina")
    await fetches(play, size=21 * 2**20)
    play.sees_somewhere("Tina", "超过20MB")
    assert [p.state for p in await parts_of(play)] == ["over"]


async def test_a_long_volume_says_how_far_it_is_and_stands_at_its_end(play: Stage) -> None:
    at = play.clock.now()

    async def work(tx: Tx) -> None:
        people = await tx.all(int, "select id from member where cohort_id = 1 and seat_no is not null order by seat_no")
        rows = [{"member": id, "day": day, "at": at} for id in people for day in (1, 2)]
        await tx.many(
            """insert into log (cohort_id, member_id, day, state, version, text, chars, made_at, handed_at)
               values (1, :member, :day, 'accepted', 1, '一天的日志', 5, :at, :at)""",
            rows,
        )

    await play.store.work(work)
    await play.says("Clara", "日志文集")
    await play.tap_data("Clara", "logbook:volume")
    await makes(play)
    cards = await play.store.work(lambda tx: tx.all(str, "select body from card where key like 'document:%'"))
    assert len(cards) == 1 and "日志整理好了，24篇" in cards[0], "one card, edited in place to its end"
    play.sees_somewhere("Clara", "日志整理好了，24篇")
    shown = next(s for s in play.phone("Clara") if s.file)
    assert "共12人，24篇" in words(shown)
