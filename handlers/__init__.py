"""What the house can answer: one table, put together from the features' own."""

from __future__ import annotations

from chat.turns import Route, table
from handlers import checkins, classes, help, joining, menus, people, records, rolls, timetable

FEATURES: tuple[tuple[Route, ...], ...] = (
    checkins.ROUTES,
    timetable.ROUTES,
    records.ROUTES,
    rolls.ROUTES,
    people.ROUTES,
    classes.ROUTES,
    joining.ROUTES,
    menus.ROUTES,
)
ROUTES: dict[str, Route] = table(*FEATURES, help.routes([route for feature in FEATURES for route in feature]))
