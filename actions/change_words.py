"""Changes of the timetable in words: before and after in one line, in the class's own time (BC-16)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from msgspec import Struct

from chat.messages import Lines, Say, lines, say
from rules.days import class_date
from rules.timetable_changes import ADDED, CANCELLED, LECTURER, PLACE, RESTORED, TIME, TITLE, Span, parts
from storage.sessions import Session

MOST = 8
"""Lines of a preview; what is more is a number (UI-05)."""
WHOLE = {ADDED: "changes-added", CANCELLED: "changes-cancelled", RESTORED: "changes-restored"}


class Changed(Struct, frozen=True):
    """A session as it was and as it is, or will be; None: there is none."""

    before: Session | None
    after: Session | None

    @property
    def session(self) -> Session:
        """The session that is spoken of: as it is, where it still is."""
        found = self.after or self.before
        assert found is not None
        return found

    @property
    def parts(self) -> tuple[str, ...]:
        return parts(self.before, self.after)


class Wording(Struct, frozen=True):
    """How a class speaks of its sessions: its zone, and the names of those who teach by their ids of the file."""

    zone: str
    names: Mapping[str, str]

    def clock(self, at: datetime) -> str:
        """A time of day on the wall of the classroom, whoever reads it."""
        return at.astimezone(ZoneInfo(self.zone)).strftime("%H:%M")

    def hours(self, span: Session | Span) -> str:
        return f"{self.clock(span.starts_at)}–{self.clock(span.ends_at)}"

    def when(self, span: Session | Span) -> Say:
        """「3月15日 周一 10:00–11:30」."""
        return say("changes-when", day=class_date(span.starts_at, self.zone), hours=self.hours(span))

    def line(self, changed: Changed, lang: str) -> Say:
        """One change in one line."""
        session, found = changed.session, changed.parts
        title = session.title_in(lang)
        if found and found[0] in WHOLE:
            place = session.place_in(lang)
            return say(WHOLE[found[0]], title=title, when=self.when(session), place=place or say("changes-no-place"))
        what = Lines(tuple(self._part(part, changed, lang) for part in found) or (say("changes-other"),), " · ")
        if TIME in found:
            return say("changes-line-moved", title=title, what=what)
        return say("changes-line", title=title, when=self.when(session), what=what)

    def _part(self, part: str, changed: Changed, lang: str) -> Say:
        before, after = changed.before, changed.after
        assert before is not None and after is not None
        if part == TIME:
            same = class_date(before.starts_at, self.zone) == class_date(after.starts_at, self.zone)
            new = self.hours(after) if same else self.when(after)
            return say("changes-time", old=self.when(before), new=new)
        none = say("changes-no-place")
        if part == PLACE:
            return say("changes-place", old=before.place_in(lang) or none, new=after.place_in(lang) or none)
        if part == LECTURER:
            return say("changes-lecturer", old=self.name(before.lead_ref), new=self.name(after.lead_ref))
        assert part == TITLE
        return say("changes-title", old=before.title_in(lang), new=after.title_in(lang))

    def name(self, ref: str) -> Say | str:
        """Who teaches, by name; who is in no roster by the id of the file."""
        return (self.names.get(ref) or ref) if ref else say("changes-nobody")

    def list_of(self, changes: Sequence[Changed], lang: str, most: int = MOST) -> Lines:
        """Several changes, a line each."""
        more = len(changes) - most
        return lines(
            *(self.line(one, lang) for one in changes[:most]),
            say("changes-more", count=more) if more > 0 else None,
        )


def in_button(session: Session, wording: Wording, lang: str) -> Say:
    """A session as a button: its hours and title; a cancelled one shows it."""
    key = "changes-cell-off" if session.cancelled else "changes-cell"
    return say(key, hours=wording.hours(session), title=session.title_in(lang))


def in_short(session: Session | None, wording: Wording) -> str:
    """A session in the audit."""
    if session is None:
        return ""
    begin = session.starts_at.astimezone(ZoneInfo(wording.zone))
    words = (f"{begin:%Y-%m-%d}", wording.hours(session), session.title, session.place, session.lead_ref)
    return " ".join(filter(None, (*words, "cancelled" if session.cancelled else "")))
