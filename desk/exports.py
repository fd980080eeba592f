"""[导出]: what leaves the house as a file, written into the audit (DASH-04, LOG-12)."""

from __future__ import annotations

import csv
import io
import zipfile

from actions import exports as deeds
from actions import log_books
from actions.access import access_cohort_of, need
from chat.messages import say
from desk.visits import Answer, Done, Given, Page, Visit, Way, deed, page
from rules.roles import CLASS_TEACHER

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


async def show(visit: Visit) -> Page:
    """What may be had; logs for class teachers only."""
    teaches = CLASS_TEACHER in visit.me.class_roles.split()
    return Page("exports.html", say("desk-exports"), {"teaches": teaches})


async def workbook(visit: Visit) -> Answer:
    """The workbook of the class, or the same tables as CSV for Excel."""
    need(visit.me, *deeds.EXPORTERS)
    me, cohort = visit.me, await access_cohort_of(visit.tx, visit.me)
    made = await deeds.export(
        visit.tx, cohort, visit.speak, visit.now, who=me.name or me.first_name, roles=me.roles, account=me.account_id
    )
    if visit.word("as") == "csv":
        return Given(made.name.removesuffix(".xlsx") + ".zip", _zipped(made.tables), "application/zip")
    return Given(made.name, made.content, XLSX)


def _zipped(tables: dict[str, deeds.Table]) -> bytes:
    """A CSV file for each table, with the mark by which Excel knows UTF-8."""
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as box:
        for name, (header, rows) in tables.items():
            text = io.StringIO()
            csv.writer(text).writerows([header, *rows])
            box.writestr(f"{name}.csv", "\ufeff" + text.getvalue())
    return kept.getvalue()


async def logs(visit: Visit) -> Done:
    """The logs of the class take a while: the file comes into the chat."""
    await log_books.wish_for_class(visit.tx, visit.me, visit.word("kind", 10), visit.now)
    return Done("/desk/exports", say("desk-exports-wished"))


WAYS: tuple[Way, ...] = (
    page("/desk/exports", show, who=deeds.EXPORTERS, nav="desk-exports"),
    deed("/desk/exports/workbook", workbook, who=deeds.EXPORTERS),
    deed("/desk/exports/logs", logs, who=frozenset({CLASS_TEACHER})),
)
