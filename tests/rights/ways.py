"""Every way in to every act of the table, and how one sees that it happened; long: one entry for each row.

A way is a key of `handlers.ROUTES` (`/x`, `word:x`, `tap:x`, `step:x`, `kind:x`) or of the desk's WAYS (`GET /desk/x`).
`does` are the ways that settle it, each with what it is tried with; `more` are the rest: menus, forms, steps.
What a way is tried with: of a button the data after its verb; of a step or word `step;memo|words`; of an address its
numbers and fields. Short names (S22, T05, V1: see world.py) stand for ids.
"""

from __future__ import annotations

from tests.rights.class_ways import CLASS
from tests.rights.talk_ways import TALK

ACTS = {**CLASS, **TALK}
NO_RIGHT = {
    "word:menu-back": "the way home", "/help": "help", "word:menu-help": "help",
    "kind:text": "what is not understood",
    "kind:unknown": "what is not understood", "kind:media": "what is not understood", "kind:old-tap": "an old button",
    "kind:edited": "an own message", "kind:blocked": "Telegram says so", "kind:unblocked": "Telegram says so",
    "kind:joined": "a group, which is told nothing of persons", "kind:moved": "a group",
    "/language": "one's own language",
    "tap:lang": "one's own language", "/class": "one's own classes", "tap:class": "one's own classes",
}  # fmt: skip
"""Ways in for which nobody needs a right, and why."""

ROW_DECIDES = {
    "tap:logopen": "an old button in any hand is answered, and the try is written down (AT-37)",
    "tap:qopen": "the level of each question decides, and a try is written down",
    "tap:qfiles": "as its question",
    "tap:asksearch": "its handler says to others than trainees who may ask",
}
"""Routes that admit more roles than their row, and why."""

COUNTED = {"word:menu-logs", "/logs", "GET /desk/notices/{id}"}
"""Ways by which those with an n see numbers, and others names."""

DESK_PAGE, IN_THE_GRID = (
    "a page of the desk, which is for staff; the chat has it for the others",
    "leaders see it in the grid",
)
BY_NUMBERS = "the school leader sees marks at the desk and calls nobody"
FEWER = {
    **dict.fromkeys(("GET /desk/timetable", "GET /desk/timetable/{id}", "POST /desk/handbook/new",
                     "POST /desk/handbook/{id}/keep", "POST /desk/handbook/{id}/rollback",
                     "POST /desk/notices/{id}/rows/{row}/told"), DESK_PAGE),
    **dict.fromkeys(("GET /desk/matrix", "GET /desk/marks/{id}/{member}", "tap:book", "GET /desk/rolls",
                     "word:menu-leaves",
                     "/leaves", "tap:leaves", "GET /desk/leaves"), IN_THE_GRID),
    **dict.fromkeys(("word:menu-roll", "/roll", "tap:rollgrid"), BY_NUMBERS),
    "tap:logwho": "leaders get the names of their own group in one line", "tap:logmissing": "as tap:logwho",
    "tap:planwho": "as tap:logwho", "tap:nto": "as tap:logwho", "GET /desk/people/{id}": "as tap:logwho",
    "tap:nroll": "who is missing in a list is for those who call it",
}  # fmt: skip
"""Ways that admit fewer roles than their row, which have another way, and why."""
