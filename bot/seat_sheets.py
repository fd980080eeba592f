"""Slips to print: everybody's name, QR code and 8-character code, as PNG files (XC-01).

A PNG of plain pixels needs no font; the name stands in the file's name and in `index.html`, which prints them all.
"""

from __future__ import annotations

import html
import re
from pathlib import Path

import segno
from rich.progress import track

from actions.seats import Seat
from bot.words import say_out
from chat.messages import say

STYLE = (
    "body{font-family:sans-serif;margin:8mm}"
    ".slip{display:inline-block;width:60mm;height:82mm;border:1px dashed #999;margin:1mm;padding:3mm;text-align:center;"
    "page-break-inside:avoid;vertical-align:top}img{width:42mm;image-rendering:pixelated}"
    "b{font-size:14pt}code{font-size:15pt;letter-spacing:1px}small{color:#555}"
)


def draw(seats: list[Seat], folder: Path) -> int:
    """Draw a QR code for everybody who has not bound a seat, and a page that prints them; gives how many."""
    folder.mkdir(parents=True, exist_ok=True)
    free = [seat for seat in seats if seat.link]
    slips = [_slip(seat, folder) for seat in track(free, description="", transient=True)]
    page = f'<!doctype html><meta charset="utf-8"><style>{STYLE}</style>' + "".join(slips)
    (folder / "index.html").write_text(page, encoding="utf-8")
    return len(slips)


def _slip(seat: Seat, folder: Path) -> str:
    name = re.sub(r"[^\w-]", "_", f"{seat.person_id}-{seat.name}") + ".png"
    segno.make(seat.link, error="m").save(str(folder / name), scale=6, border=2)
    where = say_out(say("joining-seat", group=seat.group_no or 0, seat=seat.seat_no)) if seat.seat_no else ""
    return (
        f'<div class="slip"><small>{html.escape(seat.title)}</small><br><b>{html.escape(seat.name)}</b><br>'
        f'<small>{html.escape(where)}</small><br><img src="{html.escape(name)}" alt=""><br>'
        f"<code>{seat.code[:4]} {seat.code[4:]}</code></div>"
    )
