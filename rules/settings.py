"""Every number of a class as data: `rules.toml`, and section 28 of product.md (RULE-1)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import field

from rules.problems import Problem
from rules.settings_attendance import Attendance, AttendanceState, HoursPart, Mode, Status
from rules.settings_leave import Approval, Closed, Leave, LeaveType
from rules.settings_parts import Part, Span
from rules.settings_read import read_part
from rules.settings_school import (
    Award,
    Certificate,
    Eval,
    Firstaid,
    Followup,
    Issue,
    Review,
    Suggestion,
    Survey,
    Test,
)
from rules.settings_sense import senseless
from rules.settings_talk import (
    Burden,
    Handbook,
    Log,
    Messages,
    Notice,
    Privacy,
    Question,
    Safety,
    StaffSettings,
)

__all__ = [
    "Approval",
    "Attendance",
    "AttendanceState",
    "Award",
    "Burden",
    "Certificate",
    "Closed",
    "Eval",
    "Firstaid",
    "Followup",
    "Handbook",
    "HoursPart",
    "Issue",
    "Leave",
    "LeaveType",
    "Log",
    "Messages",
    "Mode",
    "Notice",
    "Privacy",
    "Question",
    "Review",
    "Safety",
    "Settings",
    "Span",
    "StaffSettings",
    "Status",
    "Suggestion",
    "Survey",
    "Test",
    "load_settings",
]


class Settings(Part, frozen=True, kw_only=True):
    """The settings of one class, stored with it as JSON. `Settings()` are the defaults (RULE-1)."""

    schema: int = 1
    locale_default: str = "zh-CN"
    timezone: str = "Asia/Shanghai"
    hours: HoursPart = HoursPart()
    attendance: Attendance = Attendance()
    leave: Leave = Leave()
    closed: Closed = Closed()
    log: Log = Log()
    question: Question = Question()
    notice: Notice = Notice()
    messages: Messages = Messages()
    handbook: Handbook = Handbook()
    safety: Safety = Safety()
    burden: Burden = Burden()
    survey: Survey = Survey()
    suggestion: Suggestion = Suggestion()
    staff: StaffSettings = StaffSettings()
    review: Review = field(default_factory=Review)
    test: Test = Test()
    firstaid: Firstaid = Firstaid()
    certificate: Certificate = Certificate()
    award: Award = field(default_factory=Award)
    followup: Followup = field(default_factory=Followup)
    privacy: Privacy = Privacy()
    eval: Eval = field(default_factory=Eval)
    issue: Issue = Issue()


def load_settings(data: Mapping[str, Any], file: str = "rules.toml") -> tuple[Settings, list[Problem]]:
    """Read the settings of a class; keys that are missing keep their defaults.

    What is unknown, of a wrong type or outside sense comes back as a problem with the key path in `column`;
    its default stands in its place, so there is always a `Settings`. Never an exception (RULE-1, section 28).
    """
    settings, problems = read_part(Settings, data, file)
    return settings, problems + senseless(settings, file)
