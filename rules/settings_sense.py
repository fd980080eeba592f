"""Numbers that are right alone may be nonsense together: one sentence for each (RULE-1, section 28)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from rules.problems import Problem, error
from rules.settings_attendance import MODES, STATUSES
from rules.settings_leave import LEAVE_TYPES

if TYPE_CHECKING:
    from rules.settings import Settings

APPROVERS = {"class_teacher", "school_admin", "school_leader"}

# Pairs that must stand in this order: (smaller, larger, whether they may be equal).
ORDER = (
    ("attendance.grace_min", "attendance.late_until_min", True),
    ("attendance.late_until_min", "attendance.close_after_min", True),
    ("hours.half_day_hours", "hours.day_hours", True),
    ("leave.max_fraction_num", "leave.max_fraction_den", True),
    ("leave.approver_timeout.remind_min", "leave.approver_timeout.escalate_min", False),
    ("closed.wake", "closed.gate_closed_from", False),
    ("closed.dorm_check_from", "closed.lights_out", True),
    ("log.open_at", "log.due_at", False),
    ("log.grace_until_next_day", "log.open_at", False),
    ("log.last_day_open_at", "log.last_day_due_at", False),
    ("log.last_day_due_at", "log.last_day_grace_until", True),
    ("log.min_chars", "log.good_chars", True),
    ("log.good_chars", "log.max_chars", True),
    ("log.unread_first_hours", "log.unread_alarm_hours", True),
    ("question.min_chars", "question.max_chars", True),
    ("question.nudge_min", "question.return_min", True),
    ("notice.change_urgent_within_h", "notice.change_ack_within_h", True),
    ("eval.min_valid_share", "eval.good_valid_share", True),
    ("review.revise_min", "review.pass_min", False),
    ("certificate.max_unexcused_hours", "certificate.withhold_unexcused_hours", False),
    ("handbook.review_days_policy", "handbook.review_days", True),
    ("messages.day_turns_at", "messages.day_card_at", True),
)

# What no class may change, and the rule that says so.
FIXED = (
    ("attendance.state.system_marks_absent_only_after_teacher_close", True, "RULE-2"),
    ("messages.no_reply_needed", True, "RULE-3"),
    ("messages.no_names_in_group", True, "RULE-6"),
    ("log.leader_reviews", False, "DASH-05"),
    ("log.share_needs_consent", True, "LOG-17"),
    ("eval.anonymous", True, "RULE-7"),
    ("certificate.evaluation_required", False, "RULE-7"),
    ("test.show_gain_only", True, "RULE-6"),
    ("privacy.collect_id_number", False, "RULE-6"),
    ("privacy.location_opt_in", True, "RULE-6"),
    ("privacy.location_keep_days", 0, "RULE-6"),
)

# Lists whose entries are known to the program, with those that may stand in them.
KNOWN = (
    ("log.parts", {"learned", "puzzle", "action"}),
    ("question.slots", {"class", "handbook", "anonymous"}),
    ("privacy.leave_reason_visible_to", APPROVERS),
    ("privacy.log_visible_to", {"author", "class_teacher"}),
    ("suggestion.sources", {"lecturer", "trainee", "site_contact", "staff"}),
)
KEYED = (
    ("attendance.status", {s.key for s in STATUSES}),
    ("attendance.mode", {m.key for m in MODES}),
    ("leave.type", {t.key for t in LEAVE_TYPES}),
)
RISING = ("notice.ack_remind_min", "messages.joint_posts", "messages.digests", "followup.days")


def senseless(settings: Settings, file: str) -> list[Problem]:
    """What cannot be meant, with the key path in `column`."""
    checks = (_order, _fixed, _known, _rising, _approvals, _sums, _formats, _service_hours)
    return [error(file, 0, path, key, path=path, **args) for check in checks for path, key, args in check(settings)]


Found = Iterator[tuple[str, str, dict[str, str | int]]]


def at(settings: Settings, path: str) -> Any:
    """The value at a key path such as `attendance.grace_min`."""
    value: Any = settings
    for name in path.split("."):
        value = getattr(value, name)
    return value


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return f"{value:%H:%M}" if hasattr(value, "hour") else str(value)


def _order(settings: Settings) -> Found:
    for low, high, equal in ORDER:
        a, b = at(settings, low), at(settings, high)
        if a > b or (a == b and not equal):
            args: dict[str, str | int] = {"value": _shown(a), "other": high, "limit": _shown(b)}
            yield low, "classfile-setting-order" if equal else "classfile-setting-order-strict", args


def _fixed(settings: Settings) -> Found:
    for path, value, rule in FIXED:
        if at(settings, path) != value:
            yield path, "classfile-setting-fixed", {"value": _shown(value), "rule": rule}


def _known(settings: Settings) -> Found:
    for path, known in KNOWN:
        yield from _words(path, at(settings, path), known)
    for path, known in KEYED:
        keys = [entry.key for entry in at(settings, path)]
        yield from _words(path, keys, known)
        for key in sorted(known - set(keys)):
            yield path, "classfile-setting-lacks", {"value": key}


def _words(path: str, words: Iterable[str], known: set[str]) -> Found:
    seen: set[str] = set()
    for word in words:
        if word not in known:
            yield path, "classfile-setting-choice", {"value": word, "choices": " / ".join(sorted(known))}
        if word in seen:
            yield path, "classfile-setting-twice", {"value": word}
        seen.add(word)


def _rising(settings: Settings) -> Found:
    for path in RISING:
        values = at(settings, path)
        if any(a >= b for a, b in pairwise(values)):
            yield path, "classfile-setting-rising", {"value": ", ".join(map(_shown, values))}


def _approvals(settings: Settings) -> Found:
    steps = settings.leave.approval
    limits = [step.max_hours for step in steps if step.max_hours is not None]
    if not limits or any(a >= b for a, b in pairwise(limits)):
        yield "leave.approval", "classfile-setting-rising", {"value": ", ".join(map(str, limits))}
    elif limits[-1] < settings.hours.total:
        args: dict[str, str | int] = {"value": str(limits[-1]), "total": str(settings.hours.total)}
        yield "leave.approval", "classfile-setting-approval-gap", args
    for step in steps:
        yield from _words("leave.approval", step.approvers, APPROVERS)
    for kind in settings.leave.type:
        yield from _words("leave.type", kind.approvers, APPROVERS)
    if any(not step.approvers for step in steps):
        yield "leave.approval", "classfile-setting-approver-none", {}


def _sums(settings: Settings) -> Found:
    for path, items in (("eval.item", settings.eval.item), ("review.item", settings.review.item)):
        if (total := sum(item.weight for item in items)) != 100:
            yield path, "classfile-setting-sum", {"value": str(total), "total": "100"}
    if abs((share := sum(settings.eval.overall.weights.values())) - 1) > 1e-9:
        yield "eval.overall.weights", "classfile-setting-sum", {"value": f"{share:.2f}", "total": "1"}
    if len(settings.issue.weights) != settings.issue.picks:
        count, picks = str(len(settings.issue.weights)), str(settings.issue.picks)
        yield (
            "issue.weights",
            "classfile-setting-count",
            {"value": count, "other": "issue.picks", "limit": picks},
        )
    if (least := settings.log.min_distinct_parts) > (most := len(settings.log.parts)):
        args: dict[str, str | int] = {"value": str(least), "other": "log.parts", "limit": str(most)}
        yield "log.min_distinct_parts", "classfile-setting-order", args
    if settings.review.min_reviewers <= 2 * settings.review.trim:
        half = str(-(-settings.review.min_reviewers // 2))
        args = {"value": str(settings.review.trim), "other": "review.min_reviewers / 2", "limit": half}
        yield "review.trim", "classfile-setting-order-strict", args


def _formats(settings: Settings) -> Found:
    if not _is_zone(settings.timezone):
        yield "timezone", "classfile-setting-zone", {"value": settings.timezone}
    if not _is_share(settings.certificate.min_attended_fraction):
        value = settings.certificate.min_attended_fraction
        yield "certificate.min_attended_fraction", "classfile-setting-fraction", {"value": value}
    if not _is_number_format(settings.certificate.number_format):
        value = settings.certificate.number_format
        yield "certificate.number_format", "classfile-setting-format", {"value": value}
    for moment in settings.messages.remind_times:
        if not (moment.startswith("due-") and moment.endswith("min") and moment[4:-3].isdecimal()):
            yield "messages.remind_times", "classfile-setting-remind", {"value": moment}


def _service_hours(settings: Settings) -> Found:
    spans = settings.question.service_hours
    if not spans or any(s.start >= s.end for s in spans) or any(a.end > b.start for a, b in pairwise(spans)):
        shown = ", ".join(f"{s.start:%H:%M}-{s.end:%H:%M}" for s in spans)
        yield "question.service_hours", "classfile-setting-rising", {"value": shown}


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return False
    return True


def _is_share(text: str) -> bool:
    found = re.fullmatch(r"(\d{1,4})/(\d{1,4})", text)
    return found is not None and 0 <= int(found[1]) <= int(found[2]) != 0


def _is_number_format(text: str) -> bool:
    """Whether it names only year, term and seq, and two certificates never get the same number by it."""
    plain = re.fullmatch(r"(?:[^{}]|\{(?:year|term|seq)(?::0\dd)?\})+", text)
    return plain is not None and "{seq" in text and len(text) <= 60
