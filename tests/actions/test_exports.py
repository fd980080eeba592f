"""What leaves the house as a workbook: the matrix and its sums, slips, changes, roster, and the list on paper."""

from __future__ import annotations

import io
import time as clock
from datetime import datetime, timedelta
from typing import Any

import pytest
from openpyxl import load_workbook

from actions import classes
from actions.exports import EXPORTERS, Export, export
from actions.sheets import sheet_of
from rules.roles import SCHOOL_LEADER
from storage import cohorts, marks, members, rolls, sessions
from storage.marks import Mark
from storage.members import Member
from storage.tx import Store, Tx
from tests.cast import ACCOUNTS, DAY_1, REFS, spring
from tests.conftest import EVE
from tests.stage import ZONE
from texts.render import Voice, voice

ZH, EN = voice("zh", "Asia/Shanghai"), voice("en", "Asia/Shanghai")
NOON = EVE.replace(hour=12, minute=0)
PEOPLE, LISTS = slice(10, 22), slice(3, 10)
"""Where people and lists stand in the matrix: twelve below the six header rows, seven beside the names."""


class Book:
    """The class of the cast, and how to write into its lists."""

    def __init__(
        self, tx: Tx, cohort: cohorts.Cohort, people: list[Member], table: dict[str, sessions.Session]
    ) -> None:
        self.tx, self.cohort, self.table = tx, cohort, table
        self.people = {p.seat_no: p for p in people if p.seat_no}

    async def marks(self, ref: str, status: dict[int, str], others: str = "present", close: bool = True) -> None:
        """Mark a list: some seats by name, all others alike; and close it."""
        roll = await rolls.of_session(self.tx, self.table[ref].id)
        assert roll is not None
        for seat, person in self.people.items():
            if said := status.get(seat, others):
                mark = Mark(roll_id=roll.id, member_id=person.id, status=said, at=roll.bell_at, source="staff")
                await marks.add(self.tx, mark)
                await marks.add_event(self.tx, mark, "unmarked", ACCOUNTS["Clara"], roll.bell_at)
        if close:
            await self.tx.do("update roll set state = 'closed', closed_at = :at where id = :id",
                             {"at": roll.shuts_at, "id": roll.id})  # fmt: skip

    async def leave(self, seat: int, begins: datetime, ends: datetime, **more: Any) -> int:
        """A slip, as the leave helper keeps it."""
        row = {"cohort_id": self.cohort.id, "member_id": self.people[seat].id, "kind": "personal", "starts_at": begins,
               "ends_at": ends, "reason": "家里有事要办", "hours": 2, "state": "approved", "back_at": None,
               "made_at": begins, **more}  # fmt: skip
        names = list(row)
        sql = f"insert into leave ({', '.join(names)}) values ({', '.join(':' + n for n in names)}) returning id"
        return await self.tx.one(int, sql, row)


async def booked(tx: Tx) -> Book:
    cohort = await cohorts.by_key(tx, "spring")
    assert cohort is not None
    table = {s.ref: s for s in await sessions.of_cohort(tx, cohort.id)}
    return Book(tx, cohort, await members.of_cohort(tx, cohort.id), table)


async def filled(tx: Tx) -> Book:
    """Three closed lists and one open: seat 2 late three times, seat 3 absent, seat 4 on leave, seat 5 on duty."""
    book = await booked(tx)
    await book.marks("S11", {2: "late", 3: "absent", 4: "leave_sick", 5: "class_duty", 6: "early_leave"})
    await book.marks("S12", {2: "late", 3: "absent", 4: "leave_personal", 7: "leave_official"})
    await book.marks("S14", {2: "early_leave"})
    await book.marks("S15", {2: "late", 3: "absent"}, others="", close=False)
    return book


async def made_by(book: Book, speak: Voice = ZH, roles: frozenset[str] = EXPORTERS, **more: Any) -> Export:
    return await export(book.tx, book.cohort, speak, NOON, who="柯老师", roles=roles, **more)


def rows(made: bytes, sheet: str) -> list[list[Any]]:
    """The cells of a sheet."""
    return [[cell.value for cell in row] for row in load_workbook(io.BytesIO(made))[sheet].iter_rows()]


async def test_the_matrix_of_attendance(store: Store) -> None:
    async def work(tx: Tx) -> Export:
        return await made_by(await filled(tx))

    made = await store.work(work)
    assert made.name == "春晓班_2027-03-15_考勤.xlsx"
    found = rows(made.content, "考勤矩阵")
    assert found[0][0] == "春晓班　考勤矩阵" and found[1][0] == "2027-03-15 12:00 由 柯老师 导出，时间为本班时间"
    assert "✓ 出勤、迟 迟到、退 早退、事 事假、病 病假、公 公假、班 因班务免到、✗ 旷课" in found[2][0]
    assert "3次折合旷课1学时" in found[2][0]
    assert found[3][3:6] == ["第1天", "第1天", "第1天"] and found[4][3] == "3/15" and found[5][3] == "09:00"
    assert found[6][LISTS] == ["开班式", "社区党建", "物业矛盾", "小组研讨", "乘车", "现场教学", "结业考核"]
    assert found[7][LISTS] == [1, 2, 2, 1, 0, 2, 2]
    assert found[8][LISTS] == [None, None, None, "未收口", "未收口", "未收口", "未收口"]
    people = found[9:21]
    assert [row[:3] for row in people[:3]] == [[1, 1, "高远"], [1, 2, "田小雪"], [1, 3, "田小雪"]]
    assert people[0][LISTS] == ["✓", "✓", "✓", None, None, None, None]
    assert people[1][LISTS] == ["迟", "迟", "退", "迟", None, None, None]
    assert people[2][LISTS] == ["✗", "✗", "✓", "✗", None, None, None]
    assert [people[n][3] for n in (3, 4, 5)] == ["病", "班", "退"] and people[6][4] == "公"
    assert found[6][10:16] == ["实到学时", "迟到早退次数", "旷课学时", "迟到折合学时", "旷课合计", "请假学时"]
    assert people[0][10:16] == [5, 0, 0, 0, 0, 0]
    assert people[1][10:16] == [5, 3, 0, 1, 1, 0], "three times late are an hour; the open list does not count"
    assert people[2][10:16] == [2, 0, 3, 0, 3, 0]
    assert people[3][10:16] == [2, 0, 0, 0, 0, 3], "all kinds of leave"
    assert people[4][10:16] == [5, 0, 0, 0, 0, 0], "class duty is attended"
    names = [row[2] for row in found[21:27]]
    assert names == ["应到", "实到", "迟到早退", "请假", "旷课", "未点到"]
    assert [row[3] for row in found[21:27]] == [12, 10, 2, 1, 1, 0]
    assert [row[6] for row in found[21:27]] == [12, 1, 1, 0, 1, 10]
    assert "班主任签名：____" in found[28][0] and "教务：____" in found[28][0]


async def test_who_came_later_or_left_is_not_in_the_class_then(store: Store) -> None:
    async def work(tx: Tx) -> Export:
        book = await filled(tx)
        times = {"came": book.table["S12"].starts_at, "went": book.table["S14"].starts_at}
        await tx.do("update member set joined_at = :came where id = :id", times | {"id": book.people[1].id})
        await tx.do("update member set left_at = :went where id = :id", times | {"id": book.people[8].id})
        return await made_by(book)

    people = rows((await store.work(work)).content, "考勤矩阵")[9:]
    assert people[0][LISTS] == ["–", "✓", "✓", None, None, None, None] and people[0][10] == 4
    assert people[7][LISTS] == ["✓", "✓", "–", "–", "–", "–", "–"] and people[7][10] == 3
    assert [row[3] for row in people[12:14]] == [11, 9] and people[12][5] == 11


async def test_the_slips(store: Store) -> None:
    nine = EVE.replace(hour=9, minute=0)

    async def work(tx: Tx) -> tuple[Export, Export]:
        book = await booked(tx)
        first = await book.leave(4, nine, nine + timedelta(hours=2), back_at=nine + timedelta(minutes=95))
        await book.leave(5, nine, nine + timedelta(hours=1), kind="sick", reason="发烧39度", state="pending", hours=1)
        await book.leave(6, nine, nine, state="draft", reason="还没写完")
        for step, name in enumerate(("Clara", "Ada")):
            await tx.do(
                """insert into leave_event (leave_id, at, who, act, step, role, old, new)
                   values (:id, :at, :who, 'agree', :step, 'class_teacher', 'pending', 'approved')""",
                {"id": first, "at": nine - timedelta(minutes=50 - step), "who": ACCOUNTS[name], "step": step},
            )
        return await made_by(book), await made_by(book, roles=frozenset({"lecturer"}))

    made, other = await store.work(work)
    found = rows(made.content, "请假条")
    assert found[2] == [
        "编号",
        "组",
        "座位",
        "姓名",
        "类别",
        "从",
        "到",
        "学时",
        "状态",
        "审批人和时间",
        "返回",
        "事由",
    ]
    assert len(found) == 5, "drafts are nobody's business"
    assert found[3][1:4] == [1, 4, "学员04"] and found[3][5:8] == ["2027-03-15 09:00", "2027-03-15 11:00", 2]
    assert found[3][9] == "柯老师 同意 2027-03-15 08:10\n安老师 同意 2027-03-15 08:11"
    assert found[3][10:] == ["2027-03-15 10:35", "家里有事要办"]
    assert found[4][3] == "学员05" and found[4][-1] is None, "a sick person gives no reason, whatever stands in the row"
    assert "发烧" not in str(found) and "还没写完" not in str(found)
    assert "事由" not in rows(other.content, "请假条")[2] and "家里" not in str(other.tables)


async def test_every_change_of_a_mark(store: Store) -> None:
    async def work(tx: Tx) -> Export:
        book = await booked(tx)
        roll = await rolls.of_session(tx, book.table["S11"].id)
        assert roll is not None
        mark = Mark(roll_id=roll.id, member_id=book.people[2].id, status="late", at=NOON, source="self")
        await marks.add_event(tx, mark, "unmarked", ACCOUNTS["Tina"], NOON)
        await marks.add_event(tx, Mark(roll_id=roll.id, member_id=book.people[2].id, status="present", at=NOON,
                              source="staff"), "late", ACCOUNTS["Clara"], NOON, "补签\x07，=1+1")  # fmt: skip
        await marks.add_event(tx, Mark(roll_id=roll.id, member_id=book.people[3].id, status="absent", at=NOON,
                              source="clock"), "unmarked", None, NOON, "=HYPERLINK(0)")  # fmt: skip
        return await made_by(book)

    found = rows((await store.work(work)).content, "考勤变更")
    assert found[2] == ["时间", "上课时间", "课程", "组", "座位", "姓名", "原来", "改为", "方式", "谁改的", "原因"]
    assert found[3] == ["2027-03-15 12:00:00", "2027-03-15 09:00", "开班式", 1, 2, "田小雪", "未点到", "迟到", "本人",
                        "田小雪", None]  # fmt: skip
    assert found[4][6:] == ["迟到", "出勤", "老师", "柯老师", "补签，=1+1"], "a bell in a text breaks no file"
    assert found[5][8:] == ["系统", "系统", "'=HYPERLINK(0)"]


async def test_the_roster_has_telephones_for_some_and_telegram_s_ids_for_nobody(store: Store) -> None:
    async def work(tx: Tx) -> tuple[Export, Export]:
        book = await filled(tx)
        return await made_by(book), await made_by(book, roles=frozenset({SCHOOL_LEADER}))

    made, other = await store.work(work)
    found = rows(made.content, "花名册")
    assert found[2][:4] == ["组", "座位", "姓名", "身份"] and found[2][-1] == "电话"
    assert found[3][:6] == [1, 1, "高远", "学员、组长", "金阳街道", "第1社区"] and found[3][-1] == "000-0001"
    assert [row[2] for row in found if row[3] in ("班主任", "教务", "授课教师")] == ["易教授", "柯老师", "安老师"]
    assert "电话" not in str(rows(other.content, "花名册")) and "000-" not in str(other.tables)
    for id in (ACCOUNTS[name] for name in (*REFS, "Nora")):
        assert not any(cell in (id, str(id)) for row in found for cell in row)
    assert "欧阳客" not in str(found), "nobody of another class"


async def test_nothing_runs_as_a_formula(store: Store) -> None:
    evil = ('=HYPERLINK("http://x","y")', "+1", "-1", "@SUM(1)", "\t=1", "\r=1")

    async def work(tx: Tx) -> Export:
        book = await filled(tx)
        for seat, name in enumerate(evil, 1):
            await tx.do("update member set name = :name, street = :name, phone = :name where id = :id",
                        {"name": name, "id": book.people[seat].id})  # fmt: skip
        await tx.do("update session set title = '=1+1' where ref = 'S11'")
        book = await booked(tx)
        return await made_by(book)

    made = await store.work(work)
    for sheet in load_workbook(io.BytesIO(made.content)):
        for cell in (c for row in sheet.iter_rows() for c in row if c.value is not None):
            assert cell.data_type in ("s", "n") and not str(cell.value).startswith(("=", "+", "-", "@", "\t", "\r"))
    cells = [cell for _, table in made.tables.values() for row in table for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    assert any(cell == '\'=HYPERLINK("http://x","y")' for cell in cells)


async def test_how_the_sheets_look_and_print(store: Store) -> None:
    async def work(tx: Tx) -> Export:
        return await made_by(await filled(tx))

    book = load_workbook(io.BytesIO((await store.work(work)).content))
    assert book.sheetnames == ["考勤矩阵", "请假条", "考勤变更", "花名册", "提问"]
    for sheet in book:
        assert sheet.page_setup.orientation == "landscape" and str(sheet.page_setup.paperSize) == sheet.PAPERSIZE_A4
        assert sheet.sheet_properties.pageSetUpPr.fitToPage and sheet.page_setup.fitToWidth == 1
        assert sheet.page_setup.fitToHeight == 0
    matrix, *tables = book
    assert matrix.freeze_panes == "D10" and matrix.print_title_rows == "$4:$9"
    assert matrix["D10"].alignment.horizontal == "center" and matrix["D12"].fill.fgColor.rgb == "FFFBE3E3"
    assert matrix["D7"].alignment.textRotation == 255 and matrix.column_dimensions["C"].width >= 10
    assert all(t.freeze_panes == "A4" and t.print_title_rows == "$3:$3" and t.auto_filter.ref for t in tables)


async def test_in_the_language_of_who_takes_it_out(store: Store) -> None:
    async def work(tx: Tx) -> Export:
        return await made_by(await filled(tx), EN)

    made = await store.work(work)
    found = rows(made.content, "Attendance")
    assert made.name == "Spring class_2027-03-15_attendance.xlsx" and found[6][3] == "Opening"
    assert found[10][LISTS][:4] == ["L", "L", "E", "L"] and "3 times late" in found[2][0]


async def test_the_same_as_tables(store: Store) -> None:
    async def work(tx: Tx) -> Export:
        return await made_by(await filled(tx))

    made = await store.work(work)
    assert list(made.tables) == ["attendance", "leaves", "changes", "roster", "questions"]
    header, found = made.tables["attendance"]
    assert header[:4] == ("组", "座位", "姓名", "2027-03-15 09:00 开班式") and header[6].endswith("小组研讨 未收口")
    assert found[1][:7] == ("1", "2", "田小雪", "迟", "迟", "退", "迟") and found[1][-6:] == (
        "5",
        "3",
        "0",
        "1",
        "1",
        "0",
    )
    assert found[12][2:4] == ("应到", "12")
    assert all(len(row) == len(head) for head, table in made.tables.values() for row in table)


async def test_it_is_in_the_audit_with_who(store: Store) -> None:
    async def work(tx: Tx) -> list[str]:
        book = await filled(tx)
        await made_by(book, account=ACCOUNTS["Clara"])
        await made_by(book)
        return await tx.all(
            str,
            """select act || ' ' || about || ' ' || new || ' ' || coalesce(cast(who as text), '-') from audit
               where act = 'export' order by id""",
        )

    line = "export class:spring 春晓班_2027-03-15_考勤.xlsx"
    assert await store.work(work) == [f"{line} {ACCOUNTS['Clara']}", f"{line} -"]


async def test_a_class_without_anything(store: Store) -> None:
    async def work(tx: Tx) -> Export:
        book = await booked(tx)
        await tx.do("delete from roll where cohort_id = :id", {"id": book.cohort.id})
        await tx.do("delete from session where cohort_id = :id", {"id": book.cohort.id})
        return await made_by(book)

    made = await store.work(work)
    assert len(rows(made.content, "考勤矩阵")) == 29 and len(rows(made.content, "请假条")) == 3


async def test_the_list_on_paper(store: Store) -> None:
    async def work(tx: Tx) -> tuple[str, bytes]:
        book = await booked(tx)
        session = book.table["S12"]
        whole = (session.starts_at, session.ends_at)
        await book.leave(4, *whole, kind="sick", state="approved")
        await book.leave(8, *whole, state="away")
        await book.leave(9, *whole, state="pending")
        await book.leave(10, *whole, state="refused")
        await book.leave(11, *whole, back_at=session.starts_at + timedelta(minutes=10), state="returned")
        await book.leave(12, session.starts_at, session.starts_at + timedelta(minutes=15))
        roll = await rolls.of_session(tx, session.id)
        assert roll is not None
        mark = Mark(roll_id=roll.id, member_id=book.people[5].id, status="leave_official", at=NOON, source="staff")
        await marks.add(tx, mark)
        return await sheet_of(tx, book.cohort, roll, ZH)

    name, content = await store.work(work)
    assert name == "春晓班_2027-03-15_签到表_社区党建.xlsx"
    sheet = load_workbook(io.BytesIO(content))["签到表"]
    found = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert [row[0] for row in found[:4]] == [
        "春晓班　签到表", "第1组　社区党建", "3月15日 周一　10:00–11:30　301报告厅",
        "打勾或签名。填好后回机器人打：缺 7 34（打座位号）",
    ]  # fmt: skip
    assert found[4] == ["座位", "姓名", "到", "迟", "缺", "签名"]
    assert found[5] == [1, "高远", "□", "□", "□", None]
    away = [row[0] for row in found if row[5] == "请假"]
    assert away == [4, 5, 8], "approved only, and only who misses more than 15 minutes; no kind"
    assert found[8] == [4, "学员04", None, None, None, "请假"] and "病" not in str(found) and "公假" not in str(found)
    assert found[11][0] == "应到 4 人　实到 ______ 人　　组长签名：________________"
    assert found[12][0] == "春晓班　签到表" and found[13][0] == "第2组　社区党建"
    assert [b.id for b in sheet.row_breaks.brk] == [12]
    fitting = sheet.sheet_properties.pageSetUpPr
    assert fitting is None or not fitting.fitToPage, "Excel forgets the breaks of a sheet that is fitted"
    assert sheet.page_setup.orientation == "portrait" and str(sheet.page_setup.paperSize) == sheet.PAPERSIZE_A4


@pytest.mark.parametrize("people", [50, 500])
async def test_a_big_class_within_ten_seconds(store: Store, people: int, capsys: pytest.CaptureFixture[str]) -> None:
    """500 people by 40 lists (DASH-04): every list marked, every mark with its event."""
    from msgspec import structs

    from tests.cast import _session, _trainees

    table = tuple(_session(f"S{n}", 1 + n // 8, f"{8 + n % 8:02}:00", f"{8 + n % 8:02}:45", f"课程{n}")
                  for n in range(40))  # fmt: skip
    file = structs.replace(spring(), key="big", trainees=_trainees({}, people), groups=(), sessions=table,
                           last_day=DAY_1 + timedelta(days=4))  # fmt: skip

    async def fill(tx: Tx) -> int:
        report = await classes.bring_in(tx, file, EVE)
        where = {"id": report.cohort_id, "at": EVE}
        await tx.do(
            """insert into mark (roll_id, member_id, status, at, source)
               select r.id, m.id, 'present', :at, 'staff' from roll r join member m on m.cohort_id = r.cohort_id
               where r.cohort_id = :id and m.seat_no is not null""",
            where,
        )
        await tx.do(
            """insert into mark_event (roll_id, member_id, at, who, old, new, source)
               select k.roll_id, k.member_id, :at, 105, 'unmarked', k.status, k.source from mark k
               join roll r on r.id = k.roll_id where r.cohort_id = :id""",
            where,
        )
        return report.cohort_id

    async def take(tx: Tx) -> tuple[float, Export]:
        cohort = await cohorts.get(tx, id)
        begun = clock.perf_counter()
        made = await export(tx, cohort, ZH, datetime.combine(DAY_1, NOON.time(), ZONE), who="x", roles=EXPORTERS)
        return clock.perf_counter() - begun, made

    id = await store.work(fill)
    seconds, made = await store.work(take)
    with capsys.disabled():
        print(f"\n{people} people x 40 lists: {seconds:.2f} s, {len(made.content) // 1024} KB")
    assert seconds < 10
    assert len(made.tables["changes"][1]) == people * 40
