"""What the desk can show and do: one table, put together from the features' own; its order is the navigation's."""

from __future__ import annotations

from collections.abc import Mapping

from aiohttp import web

from desk import (
    audits,
    exports,
    handbook,
    leaves,
    logs,
    machine,
    matrix,
    notice_writing,
    notices,
    people,
    plans,
    questions,
    rolls,
    sign_in,
    timetable,
    timetable_changes,
    today,
)
from desk.answers import Setting
from desk.events import Live
from desk.serving import Serving
from desk.visits import Way, table

FEATURES: tuple[tuple[Way, ...], ...] = (
    today.WAYS,
    rolls.WAYS,
    matrix.WAYS,
    leaves.WAYS,
    logs.WAYS,
    questions.WAYS,
    handbook.WAYS,
    notices.WAYS,
    notice_writing.WAYS,
    timetable.WAYS,
    timetable_changes.WAYS,
    people.WAYS,
    plans.WAYS,
    exports.WAYS,
    machine.WAYS,
    audits.WAYS,
    sign_in.WAYS,
)
WAYS: dict[str, Way] = table(*FEATURES)


def install(app: web.Application, setting: Setting, ways: Mapping[str, Way] = WAYS) -> tuple[Serving, Live]:
    """Put the desk into a server: its doors, its live pages, its table."""
    serving = Serving(setting, ways)
    live = Live(serving)
    app.add_routes([*sign_in.routes(serving), *live.routes(), *serving.routes()])
    app.on_shutdown.append(live.close)
    return serving, live
