"""What the record of a person comes to: the ledger, the limits, the outcome, and what is left (ATT-21, CERT-01)."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from fractions import Fraction
from typing import TypeVar

from msgspec import Struct

from rules.plans import Slot, has_list
from rules.settings import Attendance, Settings, Status

SHORT_CLASS_DAYS = 15
DORM_CHECK = "dorm_check"
LOGS_MISSING = 2
S = TypeVar("S", bound=Slot)


class Limits(Struct, frozen=True):
    """How many hours of leave are allowed at most, exactly (LEAVE-03)."""

    withdrawal: Fraction
    """More than this is a withdrawal (按退学处理)."""
    certificate: Fraction | None
    """More than this and there is no certificate; only in classes of at most 15 days."""

    @property
    def strictest(self) -> Fraction:
        """The limit that a person is shown."""
        return self.withdrawal if self.certificate is None else min(self.withdrawal, self.certificate)

    def passed(self, count: int) -> tuple[str, ...]:
        """The limits that so many hours pass: `withdrawal`, `certificate`."""
        both = (("withdrawal", self.withdrawal), ("certificate", self.certificate))
        return tuple(name for name, limit in both if limit is not None and count > limit)


def limits(rules: Settings, days: int, total: int | None = None) -> Limits:
    """The limits of a class of so many days; `total` where a person's hours are not those of the class (ATT-17)."""
    numbers = rules.leave
    share = Fraction(numbers.max_fraction_num, numbers.max_fraction_den)
    short = Fraction(numbers.max_hours_short_class) if days <= SHORT_CLASS_DAYS else None
    return Limits(share * (rules.hours.total if total is None else total), short)


class Balance(Struct, frozen=True):
    """What person and approver see before they decide: 「本次2学时，累计2，上限6.85，还可4.85」 (ATT-08)."""

    asked: int
    total: int
    limits: Limits

    @property
    def left(self) -> Fraction:
        return max(Fraction(), self.limits.strictest - self.total)

    @property
    def over(self) -> bool:
        """Past a limit: not blocked, but it needs the school leader and a written reason."""
        return bool(self.limits.passed(self.total))


def weigh(asked: int, before: int, bounds: Limits) -> Balance:
    """Set a request against what was used before."""
    return Balance(asked, before + asked, bounds)


def shown(count: Fraction | int) -> str:
    """Hours for people: two decimals at most, never rounded up, so that nobody is promised too much (ATT-13)."""
    cents = int(count * 100)
    return f"{cents // 100}.{cents % 100:02d}".rstrip("0").rstrip(".")


class Line(Struct, frozen=True, kw_only=True):
    """One list in a person's ledger; only lists that the person was expected in (ATT-17)."""

    ref: str
    hours: int
    status: str
    closed: bool = True
    kind: str = ""


class Ledger(Struct, frozen=True, kw_only=True):
    """The record of one person, added up from closed lists (ATT-21)."""

    tardies: int = 0
    absent_hours: int = 0
    tardy_hours: int = 0
    """What the tardies come to, e.g. an hour for three."""
    leave: int = 0
    attended: int = 0
    dorm_missed: int = 0
    open: tuple[str, ...] = ()
    """Lists without a final mark, or not closed: no result before they are (RULE-2)."""

    @property
    def unexcused(self) -> int:
        return self.absent_hours + self.tardy_hours


class Work(Struct, frozen=True, kw_only=True):
    """What a person handed in: logs that count (CERT-02) and the final test; None where there was none."""

    logs: int
    posttest: int | None = None
    retake: int | None = None


class Verdict(Struct, frozen=True):
    """An outcome with its reasons, as keys."""

    outcome: str
    reasons: tuple[str, ...] = ()


class Left(Struct, frozen=True, kw_only=True):
    """What a person sees of the own record: what is done and what is left, never a percentage (FB-13, ATT-13)."""

    hours_attended: int
    leave_used: int
    leave_left: Fraction
    leave_limit: Fraction
    tardies: int
    tardies_free: int | None
    """How often one may still be late before it costs an hour; None where it never does."""
    unexcused: int
    logs: int
    logs_missing: int
    test: str
    open: tuple[str, ...]


class Forewarning(Struct, frozen=True):
    """A limit that is near or passed; `key` is told once to each person."""

    key: str
    left: Fraction


def expected(slots: Iterable[S], joined_at: datetime, left_at: datetime | None, until: datetime) -> list[S]:
    """The lists in which a person counts: in the time of membership, ended before the cut-off (ATT-17, CERT-03)."""
    return [
        slot
        for slot in slots
        if has_list(slot)
        and slot.starts_at >= joined_at
        and (left_at is None or slot.starts_at < left_at)
        and slot.ends_at <= until
    ]


def tally(lines: Iterable[Line], rules: Settings) -> Ledger:
    """Add up a person's lists (ATT-21)."""
    known = {status.key: status for status in rules.attendance.status}
    closed: list[Line] = []
    still_open: list[str] = []
    for line in lines:
        if line.closed and known[line.status].final:
            closed.append(line)
        else:
            still_open.append(line.ref)
    tardies = sum(known[line.status].counts_as == "tardy" for line in closed)
    return Ledger(
        tardies=tardies,
        tardy_hours=_tardy_hours(tardies, rules.attendance),
        absent_hours=_hours(closed, known, "unexcused"),
        leave=_hours(closed, known, "leave"),
        attended=sum(line.hours for line in closed if known[line.status].attended),
        dorm_missed=sum(line.kind == DORM_CHECK and known[line.status].absence == "unexcused" for line in closed),
        open=tuple(still_open),
    )


def _hours(lines: Iterable[Line], known: dict[str, Status], absence: str) -> int:
    return sum(line.hours for line in lines if known[line.status].absence == absence)


def _tardy_hours(tardies: int, numbers: Attendance) -> int:
    return tardies // numbers.lates_per_absent_hour if numbers.lates_per_absent_hour else 0


def final_test(work: Work, rules: Settings) -> str:
    """How the final test stands: `none`, `passed`, `retake` (one is left), `failed`."""
    if work.posttest is None:
        return "none"
    if max(work.posttest, work.retake or 0) >= rules.certificate.min_posttest:
        return "passed"
    return "retake" if work.retake is None and rules.test.retake else "failed"


def judge(ledger: Ledger, work: Work, bounds: Limits, rules: Settings) -> Verdict:
    """The outcome, the first that fits: open, withdrawn, not_awarded, hold, eligible (CERT-01)."""
    numbers, passed = rules.certificate, bounds.passed(ledger.leave)
    found = (
        ("open", {"unmarked": bool(ledger.open)}),
        ("withdrawn", {"leave": "withdrawal" in passed}),
        ("not_awarded", {
            "leave": "certificate" in passed,
            "unexcused": ledger.unexcused >= numbers.withhold_unexcused_hours,
            "test": final_test(work, rules) in ("retake", "failed"),
        }),
        ("hold", {
            "unexcused": ledger.unexcused > numbers.max_unexcused_hours,
            "logs": work.logs < numbers.min_logs,
            "dorm": ledger.dorm_missed > 0,
        }),
    )  # fmt: skip
    for outcome, reasons in found:
        if any(reasons.values()):
            return Verdict(outcome, tuple(key for key, fits in reasons.items() if fits))
    return Verdict("eligible")


def left(ledger: Ledger, work: Work, bounds: Limits, rules: Settings) -> Left:
    """What a person may see at any time on [我的记录] (FB-13)."""
    per = rules.attendance.lates_per_absent_hour
    return Left(
        hours_attended=ledger.attended,
        leave_used=ledger.leave,
        leave_left=weigh(0, ledger.leave, bounds).left,
        leave_limit=bounds.strictest,
        tardies=ledger.tardies,
        tardies_free=per - 1 - ledger.tardies % per if per else None,
        unexcused=ledger.unexcused,
        logs=work.logs,
        logs_missing=max(0, rules.certificate.min_logs - work.logs),
        test=final_test(work, rules),
        open=ledger.open,
    )


def is_near(count: int, limit: Fraction | int, rules: Settings) -> bool:
    """Whether hours have come to 70 % of a limit, reckoned exactly (ATT-13)."""
    return bool(count) and count >= Fraction(str(rules.leave.warn_share)) * limit


def warnings(
    leave: int, unexcused: int, bounds: Limits, rules: Settings, told: Collection[str]
) -> tuple[Forewarning, ...]:
    """The forward warnings that a person has not been told yet (ATT-13).

    Keys: `withdrawal-near`, `certificate-near` (left out where the other limit is stricter), `unexcused-near`,
    and `-over` in place of `-near` once the limit is passed.
    """
    withhold = rules.certificate.withhold_unexcused_hours
    found = [_warning(name, leave, limit, leave > limit, rules) for name, limit in _that_bind(bounds)]
    found.append(_warning("unexcused", unexcused, Fraction(withhold), unexcused >= withhold, rules))
    return tuple(warning for warning in found if warning and warning.key not in told)


def _that_bind(bounds: Limits) -> list[tuple[str, Fraction]]:
    """The limits that mean something: one that is reached only after withdrawal does not."""
    both = [("withdrawal", bounds.withdrawal)]
    if bounds.certificate is not None and bounds.certificate < bounds.withdrawal:
        both.insert(0, ("certificate", bounds.certificate))
    return both


def _warning(name: str, count: int, limit: Fraction, over: bool, rules: Settings) -> Forewarning | None:
    if over and count:
        return Forewarning(f"{name}-over", Fraction())
    return Forewarning(f"{name}-near", limit - count) if is_near(count, limit, rules) else None


def attention(ledger: Ledger, logs_missing: int, bounds: Limits, rules: Settings) -> tuple[str, ...]:
    """Why the class teacher should look at a person, as far as the record tells it (DASH-02)."""
    found = {
        "absent": ledger.absent_hours > 0 or ledger.dorm_missed > 0,
        "logs": logs_missing >= LOGS_MISSING,
        "leave": is_near(ledger.leave, bounds.strictest, rules),
    }
    return tuple(key for key, fits in found.items() if fits)
