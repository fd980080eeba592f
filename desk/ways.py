"""What the desk can show and do: one table, put together from the features' own; its order is the navigation's."""

from __future__ import annotations

from desk import sign_in, today
from desk.visits import Way, table

FEATURES: tuple[tuple[Way, ...], ...] = (
    today.WAYS,
    sign_in.WAYS,
)
WAYS: dict[str, Way] = table(*FEATURES)
