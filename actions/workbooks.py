"""From tables to a workbook for screen and paper: frozen panes, widths, A4 across, headers on every page (DASH-04)."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from xml.sax.saxutils import escape

from actions.registers import COUNTS, OUT, STATUSES, Cell, Matrix, Table, columns_of, heads, sums_of, symbol, symbols
from chat.messages import say
from rules.settings import Settings
from storage.cohorts import Cohort
from storage.marks import UNMARKED
from texts.render import Voice

DEFUSED = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_NEVER = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What no XML may hold."""
GREY, ROSE = "FFEDEDED", "FFFBE3E3"
HEAD_ROWS = 6
FIRST = 4
"""The first of the six header rows of the matrix; title, who made it and the legend stand above."""


def safe(text: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(DEFUSED) else text


def clean(text: str) -> str:
    """A text as it may stand in a workbook."""
    return safe(_NEVER.sub("", text))


def width_of(value: Cell) -> int:
    """How many narrow letters a cell is wide; Chinese ones count double, of several lines the longest."""
    return max(sum(2 if char > "\u2e7f" else 1 for char in line) for line in str(value).split("\n"))


class Styles:
    """The few looks of a cell. openpyxl compares a look with all others each time one is set, so each is made once."""

    def __init__(self, book: Any) -> None:
        from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

        thin = Side("thin", "FF9A9A9A")
        box = Border(left=thin, right=thin, top=thin, bottom=thin)
        grey, rose = (PatternFill("solid", fgColor=colour) for colour in (GREY, ROSE))
        centre = Alignment(horizontal="center", vertical="center", wrap_text=True)
        sheet = book.create_sheet("styles")
        self._made = 0

        def look(**how: Any) -> Any:
            self._made += 1
            cell = sheet.cell(1, self._made)
            for name, value in how.items():
                setattr(cell, name, value)
            return cell

        self.title = look(font=Font(bold=True, size=16))
        self.small = look(font=Font(size=9, color="FF666666"))
        self.note = look(font=Font(size=10))
        self.left = look(border=box, alignment=Alignment(vertical="center", wrap_text=True))
        self.middle = look(border=box, alignment=centre)
        self.large = look(border=box, alignment=centre, font=Font(size=14))
        self.rose = look(border=box, alignment=centre, fill=rose)
        self.head = look(border=box, alignment=centre, fill=grey, font=Font(bold=True))
        self.tall = look(border=box, alignment=Alignment(horizontal="center", vertical="center", text_rotation=255),
                         fill=grey)  # fmt: skip
        self.turned = look(border=box, alignment=Alignment(horizontal="center", vertical="center", text_rotation=90),
                           fill=grey)  # fmt: skip
        self.sum = look(border=box, alignment=centre, font=Font(bold=True))
        book.remove(sheet)


def put(sheet: Any, row: int, column: int, value: Cell, style: Any) -> None:
    """Write one cell: numbers as numbers, everything else as text and nothing but text."""
    cell = sheet.cell(row, column)
    if isinstance(value, int):
        cell.value = value
    elif value:
        cell.value = clean(value)
        cell.data_type = "s"
    cell._style = style._style


def put_row(sheet: Any, row: int, values: Sequence[Cell], style: Any, begin: int = 1) -> None:
    """Write cells beside each other."""
    for column, value in enumerate(values, begin):
        put(sheet, row, column, value, style)


def page(sheet: Any, repeat: str = "", *, across: bool = True) -> None:
    """A4 with the number of the page at the foot; with a header to repeat, fitted to the width of the paper."""
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.orientation = "landscape" if across else "portrait"
    if repeat:
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
        sheet.print_title_rows = repeat
    margins = sheet.page_margins
    margins.left = margins.right = 0.4
    margins.top, margins.bottom = 0.5, 0.6
    sheet.oddFooter.center.text = "&P / &N"


def widths(sheet: Any, sizes: Sequence[float]) -> None:
    """The widths of the columns from the first on."""
    from openpyxl.utils import get_column_letter

    for at, size in enumerate(sizes, 1):
        sheet.column_dimensions[get_column_letter(at)].width = size


def new_book() -> tuple[Any, Styles]:
    """An empty workbook, and its looks."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    return book, Styles(book)


def packed(book: Any) -> bytes:
    """The workbook as a file."""
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def draw(cohort: Cohort, rules: Settings, found: Matrix, tables: Sequence[Table], speak: Voice, made: str) -> bytes:
    """The workbook of a class: the matrix first, each table on a sheet of its own."""
    book, styles = new_book()
    sheet = book.create_sheet(speak.plain(say("exports-matrix")))
    _draw_matrix(sheet, styles, cohort, rules, found, speak, made)
    bodies: dict[int, str] = {}
    for number, table in enumerate(tables, 2):
        _draw_table(book.create_sheet(table.title), styles, cohort, table, speak, made)
        bodies[number] = _body(table, styles)
    return filled(packed(book), bodies)


def filled(book: bytes, bodies: Mapping[int, str]) -> bytes:
    """Put rows into the sheets (by number) of a packed workbook.

    Each change of each mark has a row: 500 people in 40 lists take openpyxl 8 s, and half a second written so.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for item in old.infolist():
            content = old.read(item)
            found = re.fullmatch(r"xl/worksheets/sheet(\d+)\.xml", item.filename)
            if found and (rows := bodies.get(int(found[1]))):
                content = re.sub(rb"<dimension [^>]*/>", b"", content, count=1)
                content = content.replace(b"</sheetData>", rows.encode() + b"</sheetData>", 1)
            new.writestr(item, content)
    return out.getvalue()


def _body(table: Table, styles: Styles) -> str:
    """The rows of a table in the words of the format, from the fourth line on; texts are texts, numbers numbers."""
    from openpyxl.utils import get_column_letter

    letters = [get_column_letter(at) for at in range(1, len(table.header) + 1)]
    left, middle = styles.left.style_id, styles.middle.style_id
    parts: list[str] = []
    for at, row in enumerate(table.rows, 4):
        parts.append(f'<row r="{at}">')
        for letter, value in zip(letters, row, strict=True):
            if isinstance(value, int):
                parts.append(f'<c r="{letter}{at}" s="{middle}"><v>{value}</v></c>')
            elif value:
                text = escape(clean(value))
                parts.append(
                    f'<c r="{letter}{at}" s="{left}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'
                )
            else:
                parts.append(f'<c r="{letter}{at}" s="{middle}"/>')
        parts.append("</row>")
    return "".join(parts)


def _draw_matrix(
    sheet: Any, styles: Styles, cohort: Cohort, rules: Settings, found: Matrix, speak: Voice, made: str
) -> None:  # fmt: skip
    put(sheet, 1, 1, speak.plain(say("exports-matrix-of", title=cohort.title_in(speak.lang))), styles.title)
    put(sheet, 2, 1, made, styles.small)
    put(sheet, 3, 1, legend(rules, speak), styles.note)
    _head(sheet, styles, found, speak)
    begin = FIRST + HEAD_ROWS
    signs = symbols(speak)
    look = {status: styles.rose if status == "absent" else styles.middle for status in (OUT, UNMARKED, *STATUSES)}
    lists = len(found.columns)
    for at, (person, row, ledger) in enumerate(zip(found.people, found.cells, found.ledgers, strict=True), begin):
        put_row(sheet, at, (person.group_no or "", person.seat_no or ""), styles.middle)
        put(sheet, at, 3, person.name, styles.left)
        for column, status in enumerate(row, 4):
            put(sheet, at, column, signs[status], look[status])
        put_row(sheet, at, sums_of(ledger), styles.sum, lists + 4)
    foot = begin + len(found.people)
    for at, name in enumerate(heads(speak)[1]):
        put_row(sheet, foot + at, ("", "", name), styles.head)
        put_row(sheet, foot + at, [c.counts[at] for c in found.columns], styles.sum, 4)
    put(sheet, foot + len(COUNTS) + 1, 1, speak.plain(say("exports-signatures")), styles.note)
    sheet.row_dimensions[foot + len(COUNTS) + 1].height = 30
    names = max((width_of(p.name) for p in found.people), default=6)
    widths(sheet, [5, 5.5, min(max(10, names + 2), 24), *[6.2] * lists, *[8.5] * 6])
    sheet.freeze_panes = sheet.cell(begin, 4)
    page(sheet, f"{FIRST}:{begin - 1}")
    sheet.print_title_cols = "A:C"


def legend(rules: Settings, speak: Voice) -> str:
    """What the signs mean, and what three times late come to."""
    marks = [f"{symbol(status, speak)} {speak.plain(say(f'status-{status}'))}" for status in STATUSES]
    per = rules.attendance.lates_per_absent_hour
    tardy = speak.plain(say("exports-legend-tardy", per=per)) if per else ""
    return " ".join([speak.plain(say("exports-legend", marks=marks)), *([tardy] if tardy else [])])


def _head(sheet: Any, styles: Styles, found: Matrix, speak: Voice) -> None:
    """Six lines over each list: day, date, start, title, hours, and whether it is still open."""
    tall = styles.tall if speak.lang == "zh" else styles.turned
    lines = [speak.plain(say(key)) for key in ROWS]
    sums, last = heads(speak)[0], FIRST + HEAD_ROWS - 1
    for row, line in enumerate((*lines, ""), FIRST):
        put_row(sheet, row, ("", "", line), styles.head)
        put_row(sheet, row, [""] * len(sums), styles.head, len(found.columns) + 4)
    put_row(sheet, last, columns_of(speak, "group", "seat", "name"), styles.head)
    put_row(sheet, FIRST + 3, sums, styles.head, len(found.columns) + 4)
    for at, column in enumerate(found.columns, 4):
        session = column.session
        begins = session.starts_at.astimezone(speak.zone)
        day = speak.plain(say("exports-day", day=session.day))
        date, start = f"{begins.month}/{begins.day}", f"{begins:%H:%M}"
        state = "" if column.closed else speak.plain(say("exports-open"))
        above: tuple[Cell, ...] = (day, date, start, session.title_in(speak.lang), session.credit_hours, state)
        for row, value in enumerate(above):
            put(sheet, FIRST + row, at, value, tall if row == 3 else styles.head)
    longest = max((width_of(c.session.title_in(speak.lang)) for c in found.columns), default=8)
    sheet.row_dimensions[FIRST + 3].height = min(max(70, longest * (7.5 if speak.lang == "zh" else 6)), 200)
    sheet.row_dimensions[last].height = 30


ROWS = ("exports-row-day", "exports-row-date", "exports-row-start", "exports-row-title", "exports-row-hours")


def _draw_table(sheet: Any, styles: Styles, cohort: Cohort, table: Table, speak: Voice, made: str) -> None:
    from openpyxl.utils import get_column_letter

    title = say("exports-table-of", title=cohort.title_in(speak.lang), table=table.title)
    put(sheet, 1, 1, speak.plain(title), styles.title)
    put(sheet, 2, 1, made, styles.small)
    put_row(sheet, 3, table.header, styles.head)
    sizes = [
        max(width_of(name), 24 if at in table.wide else 0, *(width_of(row[at]) for row in table.rows[:200]), 4)
        for at, name in enumerate(table.header)
    ]
    widths(sheet, [min(size, 44) + 2 for size in sizes])
    sheet.freeze_panes = "A4"
    sheet.auto_filter.ref = f"A3:{get_column_letter(len(table.header))}{max(3, len(table.rows) + 3)}"
    page(sheet, "3:3")


def made_line(who: str, now: datetime, speak: Voice) -> str:
    """When and by whom it was made."""
    at = now.astimezone(speak.zone).strftime("%Y-%m-%d %H:%M")
    return speak.plain(say("exports-made", at=at, who=who))


def file_name(name: str) -> str:
    """A name that every system and Telegram take."""
    return re.sub(r'[<>:"/\\|?*;\x00-\x1f]', "_", name).strip(" .")
