"""[打印签到表]: a list on paper, a page a group, to be typed in again with one line (ATT-22)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from actions.post import send_file
from actions.registers import columns_of
from actions.workbooks import Styles, file_name, new_book, packed, page, put, put_row, widths
from chat.messages import Say, say
from rules.attendance import LEAVES
from rules.leaves import Stretch, touches
from storage import audits, cohorts, marks, members, sessions, slips
from storage.accounts import Me
from storage.cohorts import Cohort
from storage.members import Member
from storage.rolls import Roll
from storage.sessions import Session
from storage.tx import Tx
from texts.render import Voice

BOX = "□"
WIDTHS = (7, 18, 9, 9, 9, 30)
"""Together as wide as A4 upright also in a Chinese font: fitting to a width would undo the breaks between groups."""
POINTS = 600
"""How high the rows of a group may be together."""


async def send_sheet(tx: Tx, me: Me, roll: Roll, now: datetime) -> None:
    """Send the sheet of a list to the speaker, who may call it."""
    cohort = await cohorts.get(tx, roll.cohort_id)
    name, content = await sheet_of(tx, cohort, roll, me.voice)
    await audits.add(tx, now, "sheet", f"roll:{roll.id}", who=me.account_id, cohort_id=cohort.id, new=name)
    caption = say("exports-sheet-caption", title=roll.title_in(me.lang))
    await send_file(tx, me.reader, name, content, caption, now, cohort_id=cohort.id)


async def sheet_of(tx: Tx, cohort: Cohort, roll: Roll, speak: Voice) -> tuple[str, bytes]:
    """The sheet of a list as a workbook: (file name, bytes). Who is on approved leave stands there as 请假, no more."""
    session = await sessions.get(tx, roll.session_id)
    people = await members.trainees(tx, cohort.id, roll.bell_at)
    away = await _away(tx, cohort, roll, session)
    book, styles = new_book()
    sheet = book.create_sheet(speak.plain(say("exports-sheet-tab")))
    widths(sheet, WIDTHS)
    page(sheet, across=False)
    row = 1
    for group in sorted({p.group_no or 0 for p in people}):
        if row > 1:
            _break(sheet, row - 1)
        row = _group(sheet, styles, row, _head(cohort, session, group, speak),
                     [p for p in people if (p.group_no or 0) == group], away, speak)  # fmt: skip
    day = f"{session.starts_at.astimezone(speak.zone):%Y-%m-%d}"
    name = say("exports-sheet-file", title=cohort.title_in(speak.lang), date=day, session=session.title_in(speak.lang))
    return file_name(speak.plain(name)), packed(book)


async def _away(tx: Tx, cohort: Cohort, roll: Roll, session: Session) -> frozenset[int]:
    """Who is on approved leave at that time, by the rule that also makes the mark (LEAVE-02)."""
    marked = {m for m, mark in (await marks.of_roll(tx, roll.id)).items() if mark.status in LEAVES}
    for slip in await slips.granted(tx, cohort.id, session.starts_at, session.ends_at):
        assert slip.starts_at is not None and slip.ends_at is not None, "the query asks for both"
        ends = min(slip.ends_at, slip.back_at or slip.ends_at)
        if touches(Stretch(slip.starts_at, ends), session, cohort.rules):
            marked.add(slip.member_id)
    return frozenset(marked)


def _head(cohort: Cohort, session: Session, group: int, speak: Voice) -> tuple[Say, ...]:
    """What stands over a group: class and group, session, when and where, what to do with it."""
    begins, ends = (at.astimezone(speak.zone) for at in (session.starts_at, session.ends_at))
    return (
        say("exports-sheet-title", title=cohort.title_in(speak.lang)),
        say("exports-table-of", title=say("exports-sheet-group", group=group) if group else
            say("exports-sheet-group-none"), table=session.title_in(speak.lang)),
        say("exports-sheet-when", date=begins.date(), start=f"{begins:%H:%M}", end=f"{ends:%H:%M}",
            place=session.place_in(speak.lang)),
        say("exports-sheet-hint"),
    )  # fmt: skip


def _group(
    sheet: Any, styles: Styles, row: int, head: tuple[Say, ...], people: Sequence[Member], away: frozenset[int],
    speak: Voice,
) -> int:  # fmt: skip
    """Write the page of a group from this row on; gives the first row of the next."""
    for text, look in zip(head, (styles.title, styles.title, styles.note, styles.note), strict=True):
        put(sheet, row, 1, speak.plain(text), look)
        sheet.row_dimensions[row].height = 24 if look is styles.title else 18
        row += 1
    put_row(sheet, row, columns_of(speak, "seat", "name", "came", "came-late", "missing", "signature"), styles.head)
    sheet.row_dimensions[row].height = 22
    height = max(15.0, min(27.0, POINTS / max(1, len(people))))
    for person in people:
        row += 1
        is_away = person.id in away
        put(sheet, row, 1, person.seat_no or "", styles.middle)
        put(sheet, row, 2, person.name, styles.left)
        put_row(sheet, row, ("", "", "") if is_away else (BOX,) * 3, styles.large, 3)
        put(sheet, row, 6, speak.plain(say("exports-sheet-leave")) if is_away else "", styles.middle)
        sheet.row_dimensions[row].height = height
    here = sum(p.id not in away for p in people)
    put(sheet, row + 1, 1, speak.plain(say("exports-sheet-foot", count=here)), styles.note)
    sheet.row_dimensions[row + 1].height = 36
    return row + 2


def _break(sheet: Any, row: int) -> None:
    """Begin a new page below this row."""
    from openpyxl.worksheet.pagebreak import Break

    sheet.row_breaks.append(Break(id=row))
