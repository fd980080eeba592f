"""Small pictures where people look rather than read: bars and columns as SVG, drawn on the server, with their text."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from markupsafe import Markup
from msgspec import Struct

WIDE, ROW, GAP = 340, 26, 8
LABEL, NOTE = 84, 52
COLUMN_HIGH = 96
SHORT = 8
"""Chinese signs of a label beside a bar; the whole stands in the text alternative."""


class Part(Struct, frozen=True):
    """A piece of a bar: its colour is a class of the stylesheet (good, warn, bad, now, soft)."""

    kind: str
    value: float


class Bar(Struct, frozen=True):
    """One bar: what stands before and after it, and its pieces."""

    label: str
    parts: tuple[Part, ...]
    note: str = ""

    @property
    def total(self) -> float:
        return sum(part.value for part in self.parts)


def bars(rows: Sequence[Bar], title: str, alternative: str) -> Markup:
    """Bars below each other, all by the same measure; `alternative` says the same in words."""
    most = max((row.total for row in rows), default=0) or 1
    room = WIDE - LABEL - NOTE
    drawn = []
    for number, row in enumerate(rows):
        top = number * (ROW + GAP)
        middle = top + ROW * 0.68
        drawn.append(f'<text x="0" y="{middle:.0f}">{_cut(row.label)}</text>')
        drawn.append(f'<rect class="soft-bar" x="{LABEL}" y="{top}" width="{room}" height="{ROW}" rx="5"/>')
        at = float(LABEL)
        for part in row.parts:
            width = room * part.value / most
            if width > 0:
                drawn.append(
                    f'<rect class="{escape(part.kind)}" x="{at:.1f}" y="{top}" width="{width:.1f}" height="{ROW}"/>'
                )
            at += width
        drawn.append(f'<text class="note" x="{WIDE}" y="{middle:.0f}" text-anchor="end">{escape(row.note)}</text>')
    return _svg("".join(drawn), max(1, len(rows)) * (ROW + GAP), title, alternative)


def columns(rows: Sequence[tuple[str, float]], title: str, alternative: str, kind: str = "now") -> Markup:
    """Columns beside each other: how much came in each hour. A label that has no room is left out."""
    most = max((value for _, value in rows), default=0) or 1
    step = WIDE / max(1, len(rows))
    every = max(1, -(-len(rows) * 34 // WIDE))
    drawn = []
    for number, (label, value) in enumerate(rows):
        high = COLUMN_HIGH * value / most
        x = number * step
        drawn.append(
            f'<rect class="{escape(kind)}" x="{x + 1:.1f}" y="{COLUMN_HIGH - high + 16:.1f}"'
            f' width="{max(1.0, step - 2):.1f}" height="{high:.1f}"/>'
        )
        if value:
            drawn.append(
                f'<text class="note" x="{x + step / 2:.1f}" y="{COLUMN_HIGH - high + 12:.1f}"'
                f' text-anchor="middle">{value:g}</text>'
            )
        if number % every == 0:
            drawn.append(
                f'<text x="{x + step / 2:.1f}" y="{COLUMN_HIGH + 32}" text-anchor="middle">{escape(label)}</text>'
            )
    return _svg("".join(drawn), COLUMN_HIGH + 38, title, alternative)


def _cut(label: str) -> str:
    """A label that has room: Latin letters take half of it."""
    widths = [1 if sign.isascii() else 2 for sign in label]
    if sum(widths) <= 2 * SHORT:
        return escape(label)
    room = sum(1 for end in range(len(label)) if sum(widths[: end + 1]) <= 2 * (SHORT - 1))
    return escape(label[:room] + "…")


def _svg(drawn: str, high: float, title: str, alternative: str) -> Markup:
    return Markup(
        f'<svg class="chart" role="img" viewBox="0 0 {WIDE} {high:.0f}" width="{WIDE}" height="{high:.0f}">'
        f"<title>{escape(title)}</title><desc>{escape(alternative)}</desc>{drawn}</svg>"
    )
