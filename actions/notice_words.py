"""What people read of a notice: the copy of each person, with the own fields, in the own language (BC-01, BC-12)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from msgspec import Struct

from chat.messages import Button, Lines, Message, Rich, Rows, Say, When, button, lines, say
from rules.notice_fields import fill
from rules.notices import ACK, ASKED, URGENT
from storage import places, sessions
from storage.cohorts import Cohort
from storage.members import Addressee
from storage.notices import Notice
from storage.sessions import Session
from storage.tx import Tx
from texts.press import Piece, messages_of
from texts.render import Voice

HEADS = {ACK: "notices-head-ack", URGENT: "notices-head-urgent"}
PREVIEW = "npreview"


class Fields(Struct, frozen=True):
    """What personal fields of a class come from, read once for all its people."""

    sessions: list[Session]
    rooms: dict[str, tuple[str, str]]
    group_rooms: dict[int, str]
    at: datetime

    def of(self, person: Addressee) -> dict[str, str]:
        """The values of one person's fields; what is not known is empty."""
        english = person.lang == "en"
        found = {
            "name": person.name, "seat": str(person.seat_no or ""), "group": str(person.group_no or ""),
            "bus": person.bus, "dorm": person.dorm_room, "room": self._room(person, english),
            "gathering": self._gathering(person, english),
        }  # fmt: skip
        return found

    def _room(self, person: Addressee, english: bool) -> str:
        """Where the person's next session is; a session by groups is in the group's own room."""
        coming = next((s for s in self.sessions if s.ends_at > self.at and s.kind not in ("meal", "transfer")), None)
        if coming is None:
            return ""
        room = self.group_rooms.get(person.group_no or 0, "")
        if coming.unit == "group" and "-" in coming.room_ref and room in self.rooms:
            return self.rooms[room][english]
        return coming.place_in(person.lang)

    def _gathering(self, person: Addressee, english: bool) -> str:
        """Where the next bus leaves: at the place of the session before it."""
        bus = next((s for s in self.sessions if s.starts_at > self.at and s.kind == "transfer"), None)
        before = [s for s in self.sessions if bus and s.ends_at <= bus.starts_at and s.kind not in ("meal", "transfer")]
        return before[-1].place_in(person.lang) if before else ""


async def fields_of(tx: Tx, cohort: Cohort, at: datetime) -> Fields:
    """Read what the fields of a class need."""
    table = [s for s in await sessions.of_cohort(tx, cohort.id) if not s.cancelled]
    rooms = {p.ref: (p.name, p.name_en or p.name) for p in await places.rooms(tx, cohort.id)}
    groups = {g.group_no: g.room_ref for g in await places.groups(tx, cohort.id)}
    return Fields(table, rooms, groups, at)


def body_of(notice: Notice, lang: str, values: Mapping[str, str]) -> str:
    """The sender's own words as markup, in English where there are any."""
    return fill(notice.html_en if lang == "en" and notice.html_en else notice.html, values)


def text_of(notice: Notice, lang: str, values: Mapping[str, str], *, group: bool = False) -> Lines:
    """The whole text: who speaks and what to do first, then the words, then what was changed. In a `group` nothing is
    asked: [已读] stands in the private chat only."""
    body = body_of(notice, lang, values)
    head = _head(notice, group)
    return lines(
        say(head, name=notice.sender_name),
        say("notices-body", text=Rich(body)) if body else None,
        say("notices-choose-until", at=When(notice.choices_until)) if notice.choices and notice.choices_until else None,
        say("notices-corrected", at=notice.corrected_at) if notice.corrected_at else None,
    )


def _head(notice: Notice, group: bool) -> str:
    """The first line: what kind of notice, by whom, and the one thing to do."""
    if group and notice.level == ACK:
        return "notices-head-group"
    if notice.choices and not group:
        return "notices-head-urgent-choose" if notice.level == URGENT else "notices-head-choose"
    return HEADS.get(notice.level, "notices-head-ordinary")


def keys_of(notice: Notice, read_at: datetime | None = None, choice: int | None = None, verb: str = "") -> Rows:
    """The buttons under a copy: [已读], or the choices; what was done stands on them. `verb` makes them harmless."""
    if notice.choices:
        return tuple(
            (
                _key(
                    say("notices-chosen" if n == choice else "notices-choice", label=label),
                    verb or "nchoose",
                    notice,
                    n,
                ),
            )
            for n, label in enumerate(notice.choices)
        )
    if notice.level not in ASKED:
        return ()
    label = say("notices-read-at", at=read_at) if read_at else say("notices-read")
    return ((_key(label, verb or "ack", notice),),)


def _key(label: Say, verb: str, notice: Notice, *rest: int) -> Button:
    return button(label, verb, notice.id, *rest)


def copies_of(
    notice: Notice, speak: Voice, values: Mapping[str, str], *, silent: bool, preview: bool = False
) -> list[Piece]:
    """All messages of one person's copy. A single file carries the text as its caption where that fits."""
    text = text_of(notice, speak.lang, values)
    buttons = keys_of(notice, verb=PREVIEW if preview else "")
    return messages_of(Message(text, buttons, silent=silent, media=notice.media), speak)
