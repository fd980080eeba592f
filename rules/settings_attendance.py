"""The numbers of credit hours and attendance: `[hours]` and `[attendance]` (ATT-*)."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta

from rules.settings_parts import Count, Days, Hours, Minutes, Part, Some, Words


class HoursPart(Part, frozen=True, kw_only=True):
    """Credit hours (学时)."""

    unit_zh: str = "学时"
    unit_en: str = "credit hour"
    minutes_per_hour: Annotated[int, Meta(ge=1, le=240)] = 45
    half_day_hours: Some = 4
    day_hours: Some = 8
    total: Annotated[int, Meta(ge=1, le=2000)] = 48


class Status(Part, frozen=True, kw_only=True):
    """One status of a mark (ATT-07)."""

    key: str
    zh: str
    en: str
    final: bool
    attended: bool
    absence: Literal["none", "leave", "unexcused"]
    icon: str
    counts_as: Literal["", "tardy"] = ""
    needs_approval: bool = False
    needs_letter: bool = False
    sensitive: bool = False


class Mode(Part, frozen=True, kw_only=True):
    """One way of being marked (ATT-02)."""

    key: str
    zh: str
    en: str
    how: str
    proof: Literal["low", "medium", "high"]
    fallback: str
    keep_days: Days | None = None


class Alternative(Part, frozen=True, kw_only=True):
    """Another rule of lateness that a school may choose: late until, and how many make one hour absent."""

    late_until_min: Minutes
    per: Count


class Transitions(Part, frozen=True, kw_only=True):
    """Who may change a mark from what to what: `unmarked>present`, `*>*`."""

    trainee: Words = ("unmarked>present", "unmarked>late")
    group_leader: Words = ("unmarked>present", "unmarked>late")
    class_teacher: Words = ("*>*",)
    system: Words = (
        "unmarked>absent",
        "unmarked>leave_personal",
        "unmarked>leave_sick",
        "unmarked>leave_official",
    )


class AttendanceState(Part, frozen=True, kw_only=True):
    """How marks change."""

    transitions_by: Transitions = Transitions()
    system_marks_absent_only_after_teacher_close: bool = True
    dispute_window_hours: Hours = 24


STATUSES = (
    Status(
        key="unmarked",
        zh="未点到",
        en="Not marked yet",
        final=False,
        attended=False,
        absence="none",
        icon="⬜",
    ),
    Status(key="present", zh="出勤", en="Present", final=True, attended=True, absence="none", icon="✅"),
    Status(
        key="late",
        zh="迟到",
        en="Late",
        final=True,
        attended=True,
        absence="none",
        counts_as="tardy",
        icon="🕒",
    ),
    Status(
        key="early_leave",
        zh="早退",
        en="Left early",
        final=True,
        attended=True,
        absence="none",
        counts_as="tardy",
        icon="🚪",
    ),
    Status(
        key="leave_personal",
        zh="事假",
        en="Personal leave",
        final=True,
        attended=False,
        absence="leave",
        needs_approval=True,
        icon="📝",
    ),
    Status(
        key="leave_sick",
        zh="病假",
        en="Sick leave",
        final=True,
        attended=False,
        absence="leave",
        needs_approval=True,
        sensitive=True,
        icon="🏥",
    ),
    Status(
        key="leave_official",
        zh="公假",
        en="Official leave",
        final=True,
        attended=False,
        absence="leave",
        needs_approval=True,
        needs_letter=True,
        icon="🏛",
    ),
    Status(
        key="class_duty",
        zh="因班务免到",
        en="On class duty",
        final=True,
        attended=True,
        absence="none",
        needs_approval=True,
        icon="🎗",
    ),
    Status(
        key="absent",
        zh="旷课",
        en="Absent without leave",
        final=True,
        attended=False,
        absence="unexcused",
        icon="❌",
    ),
)

MODES = (
    Mode(
        key="code",
        zh="动态口令",
        en="Rotating code",
        how="大屏每60秒换4位码；学员私聊机器人发4位数字",
        proof="medium",
        fallback="leader",
    ),
    Mode(
        key="leader",
        zh="组长点名",
        en="Leader roll-call",
        how="组长看到本组10人按钮，逐个点；机器人汇总",
        proof="high",
        fallback="paper",
    ),
    Mode(
        key="bus",
        zh="上车清点",
        en="Bus head-count",
        how="组长点名+车长报总数，两数一致才允许发车",
        proof="high",
        fallback="paper",
    ),
    Mode(
        key="duty",
        zh="查寝",
        en="Dorm check",
        how="值班老师按房间点；一屏一层",
        proof="high",
        fallback="paper",
    ),
    Mode(
        key="desk",
        zh="报到台",
        en="Desk",
        how="扫码绑定座位；工作人员核对姓名、街道",
        proof="high",
        fallback="paper",
    ),
    Mode(
        key="location",
        zh="共享位置（自愿）",
        en="Shared location (opt-in)",
        how="仅现场教学可选；超出半径只提示不判旷课",
        proof="low",
        fallback="leader",
        keep_days=0,
    ),
)


class Attendance(Part, frozen=True, kw_only=True):
    """Attendance: bands, codes, statuses, ways in (ATT-*)."""

    open_before_min: Minutes = 20
    grace_min: Minutes = 3
    late_until_min: Minutes = 15
    close_after_min: Minutes = 20
    early_leave_min: Minutes = 10
    lates_per_absent_hour: Count = 3
    public_board: Literal["counts_only", "none"] = "counts_only"
    alternatives: tuple[Alternative, ...] = (
        Alternative(late_until_min=5, per=2),
        Alternative(late_until_min=10, per=3),
        Alternative(late_until_min=15, per=4),
        Alternative(late_until_min=30, per=0),
    )
    status: tuple[Status, ...] = STATUSES
    state: AttendanceState = AttendanceState()
    mode: tuple[Mode, ...] = MODES
    code_digits: Annotated[int, Meta(ge=4, le=4)] = 4
    code_seconds: Annotated[int, Meta(ge=15, le=3600)] = 60
    code_valid_steps: Annotated[int, Meta(ge=1, le=10)] = 2
    code_tries: Some = 5
    headcount_after_min: Minutes = 10
    spot_check_size: Some = 5
    correction_hours: Hours = 24
    corrections_per_class: Count = 2
    block: bool = False
    sign_out: bool = False
    tap_allowed: bool = False
    outage_gap_s: Annotated[int, Meta(ge=10, le=24 * 3600)] = 60
