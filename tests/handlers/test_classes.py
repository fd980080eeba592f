"""A class by chat: the administrator sends the workbook, sees what would change, confirms (CLASS-01, CLASS-03)."""

from __future__ import annotations

from actions import classes
from actions.classbook import write_book
from handlers.classes import preview
from storage import cohorts, members
from storage.tx import Tx
from tests.cast import ACCOUNTS, spring
from tests.stage import Stage

FILE = {"file_id": "F", "file_unique_id": "U", "file_size": 9000, "file_name": "spring.xlsx"}


async def sends_book(stage: Stage, content: bytes) -> None:
    """Ada sends a workbook, and it is fetched."""
    await stage.sends("Ada", document=FILE)
    stage.sees("Ada", "正在检查")
    await stage.fetched("Ada", content)


async def test_preview_then_confirm(stage: Stage) -> None:
    file = spring()
    import msgspec

    people = (*file.trainees[:-1], msgspec.structs.replace(file.trainees[-1], name="新来的"))
    await sends_book(stage, write_book(msgspec.structs.replace(file, trainees=people)))
    stage.sees("Ada", "春晓班", "新增0 改动1 删除0")

    async def names(tx: Tx) -> list[str]:
        return await tx.all(str, "select name from member where ref = 'T12'")

    assert await stage.store.work(names) == ["学员12"], "nothing is written before the confirmation"
    await stage.taps("Ada", "确认导入")
    stage.sees("Ada", "已导入")
    assert await stage.store.work(names) == ["新来的"]
    await stage.taps("Ada", "确认导入") if any("确认" in k for k in stage.labels("Ada")) else None
    await sends_book(stage, write_book(msgspec.structs.replace(file, trainees=people)))
    stage.sees("Ada", "改动0")


async def test_what_is_wrong_is_said_with_row_and_column(stage: Stage) -> None:
    await sends_book(stage, b"this is no workbook")
    stage.sees("Ada", "要改")


async def test_nobody_else_imports(stage: Stage) -> None:
    for name in ("Tina", "Clara", "Oscar", "Nora"):
        await stage.sends(name, document=FILE)
        stage.sees_nothing_of(name, "正在检查")
        await stage.tap_data(name, "import:1")


async def test_a_file_of_another_kind(stage: Stage) -> None:
    await stage.sends("Ada", document={**FILE, "file_name": "a.docx"})
    stage.sees("Ada", "不是 .xlsx")


async def test_who_has_records_is_not_dropped(stage: Stage) -> None:
    import msgspec

    file = spring()
    fewer = msgspec.structs.replace(file, trainees=file.trainees[:1] + file.trainees[3:11])
    report = await stage.store.work(lambda tx: classes.bring_in(tx, fewer, stage.clock.now()))
    people = next(d for d in report.differences if d.table == "people")
    assert (people.gone, people.kept) == (1, 2), "Tina and Tom are bound, T12 is not"

    async def seats(tx: Tx) -> list[int]:
        cohort = await cohorts.by_key(tx, "spring")
        assert cohort is not None
        return [m.seat_no or 0 for m in await members.of_cohort(tx, cohort.id) if m.ref in ("T02", "T03")]

    assert await stage.store.work(seats) == [2, 3]


async def test_people_change_seats_with_each_other(stage: Stage) -> None:
    import msgspec

    file = spring()
    a, b = file.trainees[1], file.trainees[2]
    swapped = (msgspec.structs.replace(a, seat_no=b.seat_no), msgspec.structs.replace(b, seat_no=a.seat_no))
    changed = msgspec.structs.replace(file, trainees=(file.trainees[0], *swapped, *file.trainees[3:]))
    report = await stage.store.work(lambda tx: classes.bring_in(tx, changed, stage.clock.now()))
    people = next(d for d in report.differences if d.table == "people")
    assert (people.new, people.changed, people.gone) == (0, 2, 0)


async def test_states_go_one_step_at_a_time(stage: Stage) -> None:
    await stage.says("Ada", "/classes")
    stage.sees("Ada", "春晓班", "报到中", "3/12")
    await stage.taps("Ada", "春晓班：开班")
    stage.sees("Ada", "春晓班：进行中")
    await stage.tap_data("Ada", "classto:1:closed")
    assert any("不能这样改" in t for t in stage.toasts[ACCOUNTS["Ada"]])
    await stage.says("Tina", "/classes")
    stage.sees("Tina", "班主任或教务")


def test_the_preview_lists_ten_problems_at_most() -> None:
    from rules.problems import error

    many = tuple(error("学员", n, "姓名", "classfile-empty", header="姓名") for n in range(30))
    text, rows = preview(classes.Report(problems=many), 1)
    assert len(text.parts) == 12 and not rows
