"""What the house can answer: one table, put together from the features' own."""

from __future__ import annotations

from chat.turns import Route, table
from handlers import (
    attention,
    checkins,
    claims,
    classes,
    closings,
    exports,
    handovers,
    help,
    joining,
    leave_desk,
    leaves,
    marks,
    menus,
    people,
    records,
    registration,
    rollcalls,
    rolls,
    screens,
    timetable,
)

FEATURES: tuple[tuple[Route, ...], ...] = (
    checkins.ROUTES,
    timetable.ROUTES,
    records.ROUTES,
    claims.ROUTES,
    leaves.ROUTES,
    rolls.ROUTES,
    rollcalls.ROUTES,
    registration.ROUTES,
    closings.ROUTES,
    marks.ROUTES,
    screens.ROUTES,
    leave_desk.ROUTES,
    people.ROUTES,
    handovers.ROUTES,
    attention.ROUTES,
    exports.ROUTES,
    classes.ROUTES,
    joining.ROUTES,
    menus.ROUTES,
)
ROUTES: dict[str, Route] = table(*FEATURES, help.routes([route for feature in FEATURES for route in feature]))
