"""Files with the handbook in them: each format, what is wrong with them, what they would change (HANDBOOK-01)."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime

import pytest
from docx import Document
from openpyxl import Workbook

from actions import handbook as deeds
from actions.handbook_exports import booklet
from actions.handbook_files import read_handbook
from actions.handbook_imports import Hand, administrator, bring_in, compare, preview
from chat.messages import Refusal
from rules.handbook import Content
from rules.handbook_file import Found
from storage import accounts, handbook, handbook_versions
from storage.tx import Store, Tx
from tests.cast import ACCOUNTS
from tests.handlers.handbook_shelf import SAMPLE
from texts.render import voice

NOW = datetime(2027, 3, 15, 2, tzinfo=UTC)
ANSWER = "先听完，再写下来，三天内给回音。办不了的当场说明找谁。"
ROW = ("H90", "政策文件", "临时救助怎么申请？", ANSWER, "省办法第八条", "有依据", "救助、窗口", datetime(2026, 1, 2))


def toml() -> bytes:
    return f"""[[entry]]
id = "H90"
category = "政策文件"
q_zh = "临时救助怎么申请？"
a_zh = "{ANSWER}"
basis = "省办法第八条"
checked = "cited"
tags = ["救助", "窗口"]
as_of = 2026-01-02
""".encode()


def markdown() -> bytes:
    facts = "依据：省办法第八条　核对：有依据\n标签：救助、窗口\n日期：2026年1月2日\n编号：H90"
    return f"# 政策文件\n\n## 临时救助怎么申请？\n{ANSWER}\n\n{facts}".encode("gb18030")


def word(table: bool = False) -> bytes:
    book, out = Document(), io.BytesIO()
    book.add_paragraph("社区工作手册")
    book.add_heading("政策文件", 1)
    book.add_heading("临时救助怎么申请？", 2)
    for text in (ANSWER, "依据：省办法第八条\n核对：有依据", "标签：救助、窗口　日期：2026-01-02　编号：H90"):
        book.add_paragraph(text)
    if table:
        book.add_table(1, 1)
    book.save(out)
    return out.getvalue()


def sheet(*rows: tuple[object, ...]) -> bytes:
    book, out = Workbook(), io.BytesIO()
    page = book.active
    page.append(("说明",))
    page.append(("编号", "类别", "问题", "回答", "依据", "核对", "标签", "日期"))
    for row in rows or (ROW,):
        page.append(row)
    book.save(out)
    return out.getvalue()


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("word/document.xml", b" " * 90_000_000)
    return out.getvalue()


def test_every_format_gives_the_same_entry() -> None:
    files = {"a.toml": toml(), "a.MD": markdown(), "a.docx": word(), "a.xlsx": sheet()}
    found = {name: read_handbook(data, name) for name, data in files.items()}
    assert not [f.problems for f in found.values() if f.problems]
    contents = {name: (f.entries[0].key, f.entries[0].over(None)) for name, f in found.items()}
    assert len({repr(c) for c in contents.values()}) == 1, contents
    assert contents["a.toml"][1].as_of == "2026-01-02" and contents["a.toml"][1].tags == ("救助", "窗口")


@pytest.mark.parametrize(
    ("data", "name", "key"),
    [
        (b"x", "a.pdf", "handbook-bad-ending"),
        (b"\0" * 11_000_000, "a.md", "classfile-file-large"),
        (b"PK\x03\x04", "a.md", "classfile-file-is-book"),
        (b"[[entry", "a.toml", "classfile-toml-broken"),
        (b"entry = 3", "a.toml", "handbook-bad-shape"),
        (b"[[entry]]\nfoo = 1", "a.toml", "handbook-bad-column"),
        (b"", "a.md", "handbook-bad-none"),
        (b"words", "a.docx", "handbook-bad-broken"),
        (b"\xd0\xcf\x11\xe0", "a.docx", "handbook-bad-locked"),
        (bomb(), "a.docx", "handbook-bad-bomb"),
        (bomb(), "a.xlsx", "classfile-book-bomb"),
        (word(table=True), "a.docx", "handbook-bad-table"),
        (sheet(("H1", *ROW[1:]), ("H1", *ROW[1:])), "a.xlsx", "handbook-bad-twice"),
    ],
)
def test_what_cannot_be_read_is_said(data: bytes, name: str, key: str) -> None:
    found = read_handbook(data, name)
    assert key in {p.key for p in found.problems}


def file(*rows: tuple[object, ...]) -> Found:
    return read_handbook(sheet(*rows), "a.xlsx")


async def test_what_an_import_would_change(store: Store) -> None:
    """New, changed with before and after, the same, missing, in somebody's hands; twice changes nothing."""
    sample = read_handbook(SAMPLE.read_bytes(), SAMPLE.name)
    school, ada = Hand(0, "命令行"), Hand(ACCOUNTS["Ada"], "安老师")

    async def story(tx: Tx) -> None:
        first = await bring_in(tx, "h", sample, school, NOW, ada)
        assert (len(first.new), first.same, len(first.missing)) == (30, 0, 0)
        again = await bring_in(tx, "h", sample, school, NOW, ada)
        assert (again.writes, again.same) == (0, 30)
        assert len(await handbook_versions.in_state(tx, "published")) == 30, "twice changes nothing"

        old = (await handbook.shown(tx))[0]
        changed = ("H01", old.category, "换个问法的问题？", ANSWER, "新文件", "", "甲", "")
        mixed = file(changed, ROW)
        plan = await compare(tx, "a.xlsx", mixed)
        assert (len(plan.new), len(plan.changed), plan.same, len(plan.missing)) == (1, 1, 0, 29)
        zh, en = (voice(lang, "Asia/Shanghai").plain(preview(plan, 40)) for lang in ("zh", "en"))
        assert "新增1 改动1" in zh and "依据：经验做法 → 新文件" in zh and "文件里没有，保持不动" in zh
        assert "1 new, 1 changed" in en and len(zh) < 4096
        assert len(await handbook.shown(tx)) == 30, "a look writes nothing"

        bad = await bring_in(tx, "a.xlsx", file(changed, ("", "乱", "问", "短", "", "x", "", "昨天")), school, NOW, ada)
        words = voice("zh", "Asia/Shanghai").plain(preview(bad))
        assert "《a.xlsx》第4行" in words and "没有这一类" in words and "什么都没有写入" in words
        assert (await handbook.shown(tx))[0].q_zh == old.q_zh

        await bring_in(tx, "a.xlsx", mixed, school, NOW)
        assert (await handbook.get(tx, old.id) or old).q_zh == old.q_zh, "nothing is shown before it is approved"
        newer = file(("H01", *changed[1:4], "更新的文件", "", "甲", ""), ROW)
        assert (await bring_in(tx, "a.xlsx", newer, school, NOW)).changed, "an import in review gives way to the next"
        assert [v.state for v in await handbook_versions.of_entry(tx, old.id)] == ["published", "dropped", "review"]
        done = await bring_in(tx, "a.xlsx", newer, school, NOW, ada)
        assert (done.writes, len(done.waiting)) == (0, 2)
        entry = await handbook.get(tx, old.id)
        assert entry is not None and (entry.basis, entry.version, entry.a_en) == ("更新的文件", 3, old.a_en)

        clara = await accounts.who(tx, ACCOUNTS["Clara"], NOW)
        assert clara is not None
        draft = await deeds.edit(tx, clara, entry, NOW)
        await deeds.put(tx, clara, draft, a_zh=ANSWER + "以社区通知为准。")
        busy = await bring_in(tx, "h", sample, school, NOW, ada)
        assert [e.id for e in busy.busy] == [entry.id] and busy.writes == 0

    await store.work(story)


async def test_who_was_faster(store: Store) -> None:
    """Two decisions about one text: the first counts; a text in review is nobody's to change; a booklet's number."""

    async def story(tx: Tx) -> None:
        ada, clara = [await accounts.who(tx, ACCOUNTS[name], NOW) for name in ("Ada", "Clara")]
        assert ada is not None and clara is not None
        with pytest.raises(Refusal):
            await booklet(tx, ada.voice, NOW)
        content = Content(category="常见问题", q_zh="路灯不亮找谁？", a_zh=ANSWER, basis="经验做法")
        begun = await deeds.begin(tx, clara, NOW, content)
        assert await deeds.send(tx, clara, begun, NOW) == 1
        sent = await deeds.access_version_by_id(tx, ada, begun.id)
        for refused in (
            deeds.put(tx, clara, sent, a_zh="别的"), deeds.access_own_draft(tx, clara, sent.id),
            deeds.send(tx, clara, sent, NOW), deeds.approve(tx, clara, sent, NOW),
            deeds.give_back(tx, clara, sent, "不行", NOW),
        ):  # fmt: skip
            with pytest.raises(Refusal):
                await refused
        entry = await deeds.approve(tx, ada, sent, NOW)
        for refused in (deeds.approve(tx, ada, sent, NOW), deeds.give_back(tx, ada, sent, "晚了", NOW),
                        deeds.drop(tx, ada, sent, NOW)):  # fmt: skip
            with pytest.raises(Refusal):
                await refused
        assert (await booklet(tx, ada.voice, NOW)).head.below[0] == "版本 20270315.1"
        same = await deeds.edit(tx, clara, entry, NOW)
        with pytest.raises(Refusal):
            await deeds.send(tx, clara, same, NOW)
        await deeds.drop(tx, clara, same, NOW)
        assert (await deeds.edit(tx, ada, entry, NOW)).no == 3
        taken = (await booklet(tx, ada.voice, NOW)).content(".docx")
        back = await compare(tx, "b.docx", read_handbook(taken, "b.docx"))
        assert (back.same, back.writes, back.problems) == (1, 0, ())
        assert await administrator(tx, " 安老师") == Hand(ACCOUNTS["Ada"], "安老师")
        with pytest.raises(Refusal):
            await administrator(tx, "柯老师")

    await store.work(story)


async def test_a_new_entry_gets_a_key_that_no_file_has_brought(store: Store) -> None:
    entry = '[[entry]]\n{}category = "政策文件"\nq_zh = "{}"\na_zh = "{}"\nbasis = "省办法"\nchecked = "cited"\n'
    titles = {"": "没有编号的一条怎么办？", 'id = "N2"\n': "临时救助怎么申请？", 'id = "N3"\n': "低保怎么办？"}
    rows = "".join(entry.format(key, title, ANSWER) for key, title in titles.items())

    async def work(tx: Tx) -> list[str]:
        found = read_handbook(rows.encode(), "handbook.toml")
        await bring_in(tx, "handbook.toml", found, Hand(0, "班"), NOW, Hand(0, "班"))
        for _ in range(3):
            await handbook.add(tx, handbook.Entry(key="", q_zh="再来一条", made_at=NOW, changed_at=NOW))
        return await tx.all(str, "select key from handbook_entry order by id")

    keys = await store.work(work)
    assert keys[:2] == ["N2", "N3"] and len(set(keys)) == 6
