"""The numbers of leave and of the closed campus: `[leave]` and `[closed]` (ATT-08 to ATT-10, LEAVE-*)."""

from __future__ import annotations

from datetime import time
from typing import Literal

from rules.settings_parts import Count, Hours, Minutes, Part, Share, Some, Words


class Approval(Part, frozen=True, kw_only=True):
    """One step of the ladder of approvals: up to so many hours, or any night out (ATT-09)."""

    approvers: Words
    zh: str = ""
    max_hours: Hours | None = None
    overnight: bool = False


class ApproverTimeout(Part, frozen=True, kw_only=True):
    """When a silent approver is reminded, and when the request goes on to the next (ATT-09)."""

    remind_min: Minutes = 10
    escalate_min: Minutes = 20


class LeaveType(Part, frozen=True, kw_only=True):
    """One kind of leave (LEAVE-01)."""

    key: str
    zh: str
    proof: str
    ask_reason: bool
    note: str = ""
    approvers: Words = ()


APPROVALS = (
    Approval(max_hours=4, approvers=("class_teacher",), zh="半天以内：班主任"),
    Approval(max_hours=8, approvers=("class_teacher", "school_admin"), zh="一天以内：班主任同意，教务批准"),
    Approval(
        max_hours=999,
        approvers=("class_teacher", "school_admin", "school_leader"),
        zh="一天以上：逐级报值班领导",
    ),
    Approval(
        overnight=True,
        approvers=("class_teacher", "school_admin"),
        zh="夜间外出或不归寝：不论时长，班主任和教务",
    ),
)

LEAVE_TYPES = (
    LeaveType(key="sick", zh="病假", proof="医院证明，可后补", ask_reason=False),
    LeaveType(key="personal", zh="事假", proof="说明", ask_reason=True),
    LeaveType(
        key="official",
        zh="公假",
        proof="派出单位函（拍照）",
        ask_reason=True,
        note="规定学习期间不承担原单位工作，公假从严",
    ),
    LeaveType(key="night_out", zh="夜间外出", proof="说明、联系人", ask_reason=True),
    LeaveType(
        key="withdraw",
        zh="退班",
        proof="派出单位意见",
        ask_reason=True,
        approvers=("class_teacher", "school_admin", "school_leader"),
    ),
)


class Leave(Part, frozen=True, kw_only=True):
    """Leave: limits, approvals, kinds (ATT-08 to ATT-10, LEAVE-*)."""

    max_fraction_num: Count = 1
    max_fraction_den: Some = 7
    max_hours_short_class: Hours = 8
    compare: Literal["strictly_greater"] = "strictly_greater"
    min_notice_min: Minutes = 30
    back_fill_hours: Hours = 2
    return_required: bool = True
    overdue_alert_min: Minutes = 30
    group_leader_is: Literal["informed"] = "informed"
    approval: tuple[Approval, ...] = APPROVALS
    approver_timeout: ApproverTimeout = ApproverTimeout()
    type: tuple[LeaveType, ...] = LEAVE_TYPES
    covered_overlap_min: Minutes = 15
    warn_share: Share = 0.70


class Closed(Part, frozen=True, kw_only=True):
    """The closed campus."""

    gate_closed_from: time = time(19)
    dorm_check_from: time = time(22, 10)
    lights_out: time = time(22, 30)
    wake: time = time(6, 50)
    rules_zh: Words = (
        "住学员宿舍、吃学员食堂",
        "不承担原单位工作",
        "未经批准不离校",
        "不饮酒、不宴请、不接受礼品",
        "不带人陪读、不请人代写",
        "外出教学不收纪念品",
    )
