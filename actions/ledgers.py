"""The book of a class: what everybody's lists come to, and what is left to each (ATT-13, ATT-17, ATT-21)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta

from msgspec import Struct, structs

from actions.post import push
from chat.messages import Lines, Message, Say, button, lines, say
from rules import outcomes
from rules.attendance import LEAVES, UNMARKED
from rules.outcomes import Forewarning, Ledger, Left, Limits, Line, Verdict, Work, shown
from rules.plans import has_list
from rules.roles import TRAINEE
from rules.settings import Settings
from storage import ledgers, marks, members, rolls, sessions, warned
from storage.cohorts import Cohort
from storage.members import Member
from storage.rolls import Roll
from storage.sessions import Session
from storage.tx import Tx

ALWAYS, NEVER = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)
OVER = frozenset({"closed", "erased"})
FEW = 3
"""So many people are looked up one by one; of more the whole book is read."""
WARNING_LIVES = timedelta(days=3)


class Called(Struct, frozen=True, kw_only=True):
    """One list that a person is expected in, as it stands."""

    session: Session
    roll: Roll | None
    status: str = UNMARKED

    @property
    def closed(self) -> bool:
        return self.roll is not None and self.roll.closed_at is not None

    def is_seen(self, now: datetime) -> bool:
        """Whether it stands on a record already: it has opened, or something is decided."""
        return self.status != UNMARKED or self.closed or (self.roll is not None and self.roll.opens_at <= now)


class Entry(Struct, frozen=True, kw_only=True):
    """One trainee in the book. Logs and tests are no part of it yet: `verdict` judges the attendance alone."""

    member: Member
    called: tuple[Called, ...]
    ledger: Ledger
    """From closed lists only (ATT-21)."""
    approved: int
    """Hours of leave that are granted, in lists that are not closed yet."""
    limits: Limits
    left: Left
    verdict: Verdict
    reasons: tuple[str, ...]
    """Why the class teacher should look at the person: `absent`, `unexcused`, `leave` (DASH-02)."""
    withhold: int
    """With so many unexcused hours there is no certificate."""

    @property
    def taken(self) -> int:
        """The hours of leave that are used or granted: what a limit is set against."""
        return self.ledger.leave + self.approved

    @property
    def outcome(self) -> str:
        """`open`, `withdrawn`, `not_awarded`, `hold`, or `fine` so far."""
        return "fine" if self.verdict.outcome == "eligible" else self.verdict.outcome


async def book(tx: Tx, cohort: Cohort, now: datetime) -> dict[int, Entry]:
    """Everybody's entry by member, also of those who left; four statements for the whole class."""
    people = [m for m in await members.of_cohort(tx, cohort.id) if TRAINEE in m.role_set]
    writer = await _writer(tx, cohort, now)
    found: dict[int, dict[int, str]] = {m.id: {} for m in people}
    for mark in await ledgers.statuses(tx, cohort.id):
        if mark.member_id in found:
            found[mark.member_id][mark.session_id] = mark.status
    return {m.id: writer.entry(m, found[m.id]) for m in people}


async def one(tx: Tx, cohort: Cohort, member: Member, now: datetime) -> Entry:
    """The entry of one person, without reading everybody's marks."""
    writer = await _writer(tx, cohort, now)
    return writer.entry(member, {m.session_id: m.status for m in await marks.of_member(tx, member.id)})


def bounds(cohort: Cohort, rules: Settings, member: Member, table: Iterable[Session]) -> Limits:
    """The limits of leave for a person. Who came later or left earlier is measured by the hours that he was expected
    at, since other sessions are in no denominator (ATT-17)."""
    total = rules.hours.total
    if member.joined_at is not None or member.left_at is not None:
        every = [s for s in table if has_list(s)]
        mine = outcomes.expected(every, member.joined_at or ALWAYS, member.left_at, NEVER)
        total += sum(s.credit_hours for s in mine) - sum(s.credit_hours for s in every)
    return outcomes.limits(rules, (cohort.last_day - cohort.first_day).days + 1, max(0, total))


async def _writer(tx: Tx, cohort: Cohort, now: datetime) -> _Writer:
    table = [s for s in await sessions.of_cohort(tx, cohort.id) if has_list(s)]
    lists = {roll.session_id: roll for roll in await rolls.of_cohort(tx, cohort.id)}
    return _Writer(cohort=cohort, rules=cohort.rules, table=table, lists=lists, now=now)


class _Writer(Struct, frozen=True, kw_only=True):
    """What all entries of a class are made from."""

    cohort: Cohort
    rules: Settings
    table: list[Session]
    lists: dict[int, Roll]
    now: datetime

    def entry(self, member: Member, status: Mapping[int, str]) -> Entry:
        """Add up one person; `status` by session."""
        mine = self.table
        if member.joined_at is not None or member.left_at is not None:
            mine = outcomes.expected(mine, member.joined_at or ALWAYS, member.left_at, NEVER)
        called = tuple(Called(session=s, roll=self.lists.get(s.id), status=status.get(s.id, UNMARKED)) for s in mine)
        ledger = outcomes.tally((_line(c) for c in called if c.closed or c.session.ends_at <= self.now), self.rules)
        approved = sum(c.session.credit_hours for c in called if c.status in LEAVES) - ledger.leave
        limits = bounds(self.cohort, self.rules, member, self.table)
        ahead, work = structs.replace(ledger, leave=ledger.leave + approved), Work(logs=self.rules.certificate.min_logs)
        return Entry(
            member=member, called=called, ledger=ledger, approved=approved, limits=limits,
            left=outcomes.left(ahead, work, limits, self.rules),
            verdict=outcomes.judge(ledger, work, limits, self.rules),
            reasons=_reasons(ahead, limits, self.rules), withhold=self.rules.certificate.withhold_unexcused_hours,
        )  # fmt: skip


def _line(called: Called) -> Line:
    session = called.session
    return Line(
        ref=session.ref, hours=session.credit_hours, status=called.status, closed=called.closed, kind=session.kind
    )


def _reasons(ledger: Ledger, limits: Limits, rules: Settings) -> tuple[str, ...]:
    """DASH-02, and unexcused hours that only many tardies came to, since their owner is warned of them too."""
    found = outcomes.attention(ledger, 0, limits, rules)
    near = outcomes.is_near(ledger.unexcused, rules.certificate.withhold_unexcused_hours, rules)
    return ("unexcused", *found) if near and "absent" not in found else found


async def warn(
    tx: Tx, cohort: Cohort, member_ids: Iterable[int], now: datetime, entries: Mapping[int, Entry] | None = None
) -> int:
    """Tell people privately that a limit is near or passed, each threshold once; gives how many were told (ATT-13).

    To be called after each decision that changes hours. What does not fit into the day's budget is not noted as told:
    the next decision, or the next digest, which asks for everybody, says it. `entries`: the book, if read already.
    """
    wanted = set(member_ids)
    people = {
        a.member_id: a
        for a in (await members.addressees(tx, cohort.id, now) if wanted and cohort.state not in OVER else ())
        if a.member_id in wanted and a.account_id and a.blocked_at is None and TRAINEE in a.role_set
    }
    if not people:
        return 0
    told = await warned.of_cohort(tx, cohort.id)
    count, rules = 0, cohort.rules
    found = entries if entries is not None else await _entries(tx, cohort, set(people), now)
    for id, entry in ((id, found[id]) for id in people if id in found):
        near = outcomes.warnings(entry.taken, entry.ledger.unexcused, entry.limits, rules, told.get(id, ()))
        keys = [warning.key for warning in near]
        once = f"warned:{id}:{'+'.join(keys)}"
        if near and await push(tx, people[id].reader, rules, _warning(entry, near), now, once=once,
                                not_after=now + WARNING_LIVES, member_id=id):  # fmt: skip
            await warned.add(tx, id, keys, now)
            count += 1
    return count


async def _entries(tx: Tx, cohort: Cohort, ids: set[int], now: datetime) -> dict[int, Entry]:
    if len(ids) > FEW:
        return {id: entry for id, entry in (await book(tx, cohort, now)).items() if id in ids}
    found = [await members.get(tx, id) for id in sorted(ids)]
    return {m.id: await one(tx, cohort, m, now) for m in found if m is not None}


def _warning(entry: Entry, found: Iterable[Forewarning]) -> Message:
    parts = [_forewarned(entry, warning) for warning in found]
    return Message(lines(*parts, say("ledgers-warn-talk")), ((button("ledgers-open", "record"),),))


def _forewarned(entry: Entry, warning: Forewarning) -> Say:
    """One threshold in words: what is left first (ATT-13)."""
    left, limits = shown(warning.left), entry.limits
    if warning.key == "unexcused-near":
        return say("ledgers-warn-unexcused", left=left, used=entry.ledger.unexcused, limit=entry.withhold)
    if warning.key == "unexcused-over":
        return say("ledgers-warn-unexcused-over", used=entry.ledger.unexcused, limit=entry.withhold)
    limit = shown(limits.certificate if warning.key.startswith("certificate") and limits.certificate is not None
                  else limits.withdrawal)  # fmt: skip
    texts = {
        "withdrawal-near": say("ledgers-warn-leave", left=left, used=entry.taken, limit=limit),
        "certificate-near": say("ledgers-warn-certificate", left=left, used=entry.taken, limit=limit),
        "certificate-over": say("ledgers-warn-certificate-over", used=entry.taken, limit=limit),
    }
    return texts.get(warning.key) or say("ledgers-warn-leave-over", used=entry.taken, limit=limit)


def what_is_left(entry: Entry) -> Lines:
    """Three lines for record and day card: leave, tardies, unexcused hours; what is left, never a percentage."""
    left = entry.left
    key = "ledgers-leave-approved" if entry.approved else "ledgers-leave"
    return lines(
        say(key, left=shown(left.leave_left), used=entry.ledger.leave, approved=entry.approved,
            limit=shown(left.leave_limit)),
        say("ledgers-late", free=left.tardies_free) if left.tardies_free is not None
        else say("ledgers-late-count", count=left.tardies),
        say("ledgers-unexcused", hours=left.unexcused),
    )  # fmt: skip


def in_short(entry: Entry) -> Lines:
    """The same in one line, for the day card."""
    left = entry.left
    return lines(
        say("ledgers-short-leave", left=shown(left.leave_left)),
        say("ledgers-late", free=left.tardies_free) if left.tardies_free is not None
        else say("ledgers-late-count", count=left.tardies),
        say("ledgers-unexcused", hours=left.unexcused), gap=" · ",
    )  # fmt: skip


def why(entry: Entry) -> Lines:
    """Why somebody stands on the attention list, and what is left, in one line (DASH-02)."""
    ledger = entry.ledger
    rest = max(0, entry.withhold - ledger.unexcused)
    return Lines(
        (
            say("ledgers-why-absent", hours=ledger.unexcused, left=rest)
            if "absent" in entry.reasons and ledger.unexcused
            else None,
            say("ledgers-why-dorm") if "absent" in entry.reasons and ledger.dorm_missed else None,
            say("ledgers-why-late", tardies=ledger.tardies, hours=ledger.unexcused, left=rest)
            if "unexcused" in entry.reasons
            else None,
            say("ledgers-why-leave", used=entry.taken, left=shown(entry.left.leave_left))
            if "leave" in entry.reasons
            else None,
        ),
        " · ",
    )


STANDING = {
    "open": "ledgers-is-open", "withdrawn": "ledgers-is-withdrawn", "not_awarded": "ledgers-is-not-awarded",
    "hold": "ledgers-is-hold", "fine": "ledgers-is-fine",
}  # fmt: skip


def standing(entry: Entry) -> Say:
    """How the attendance stands so far, for staff (CERT-01)."""
    return say(STANDING[entry.outcome])
