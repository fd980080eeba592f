"""The numbers of surveys, tests, suggestions, review and completion: the S2 sections (RULE-1)."""

from __future__ import annotations

from datetime import time
from typing import Annotated, Literal

from msgspec import Meta, field

from rules.settings_parts import Count, Days, Hours, Minutes, Part, Points, Share, Some, Words


class IssueStep(Part, frozen=True, kw_only=True):
    """One step of the nominal group technique (列名法) and its minutes."""

    key: str
    min: Minutes


class Issue(Part, frozen=True, kw_only=True):
    """The issue wall."""

    kinds: Words = ("hot", "hard")
    method: str = "ngt"
    steps: tuple[IssueStep, ...] = (
        IssueStep(key="think", min=8),
        IssueStep(key="list", min=15),
        IssueStep(key="clarify", min=15),
        IssueStep(key="score", min=7),
        IssueStep(key="rank", min=5),
    )
    picks: Some = 3
    weights: tuple[Count, ...] = (3, 2, 1)
    rules_zh: Words = ("不批评", "不打断", "不重复")
    solution_fields: Words = ("目标", "路径", "措施", "成功案例", "需要谁配合")


class Grade(Part, frozen=True, kw_only=True):
    """One grade of the evaluation form and its points."""

    key: str
    zh: str
    en: str
    points: Points


class Item(Part, frozen=True, kw_only=True):
    """One item that is marked, with its weight in 100."""

    key: str
    zh: str
    en: str
    weight: Points


class Level(Part, frozen=True, kw_only=True):
    """The word for a score from `min` on."""

    min: Points
    zh: str


class EvalFormula(Part, frozen=True, kw_only=True):
    """The formulas in words, as the school's rule has them; the code is tested against the golden cases."""

    form_score: str = "sum(points of the 5 items)"
    course_score: str = "mean(form_score after trimming)"
    satisfaction_rate: str = "(n_very + n_satisfied) / n_valid, per item and over all items"
    valid_share: str = "n_valid / n_attended_that_session"
    multi_source: str = (
        "0.60*trainees + 0.20*experts + 0.10*class_teacher + 0.10*academic_office; "
        "missing sources drop out and the rest are rescaled"
    )
    levels: tuple[Level, ...] = (
        Level(min=90, zh="优秀"),
        Level(min=80, zh="良好"),
        Level(min=70, zh="合格"),
        Level(min=0, zh="需改进"),
    )


class EvalSite(Part, frozen=True, kw_only=True):
    """What is asked about a site."""

    items_zh: Words = ("场所与安全", "讲解与互动", "特色与可借鉴")


class EvalOverall(Part, frozen=True, kw_only=True):
    """How the whole class is weighed, and the open questions."""

    weights: dict[str, Share] = field(
        default_factory=lambda: {"courses": 0.50, "sites": 0.20, "organisation": 0.20, "logistics": 0.10}
    )
    open_questions_zh: Words = ("最有用的一点", "最想改的一点", "还想学什么")


class Eval(Part, frozen=True, kw_only=True):
    """Evaluation of courses (FB-*, RULE-7)."""

    anonymous: bool = True
    store_identity: Literal["participation_only"] = "participation_only"
    opens: str = "at_end"
    closes_next: time = time(12)
    min_valid_share: Share = 0.60
    good_valid_share: Share = 0.80
    trim_share: Annotated[float, Meta(ge=0, lt=0.5)] = 0.05
    round: Annotated[int, Meta(ge=0, le=6)] = 2
    straight_line_flag: bool = True
    grade: tuple[Grade, ...] = (
        Grade(key="very_satisfied", zh="非常满意", en="Very satisfied", points=20),
        Grade(key="satisfied", zh="满意", en="Satisfied", points=16),
        Grade(key="fair", zh="合格", en="Fair", points=12),
        Grade(key="poor", zh="不满意", en="Dissatisfied", points=8),
    )
    item: tuple[Item, ...] = (
        Item(key="practical", zh="现实针对性（接不接地气）", en="Relevance to real work", weight=20),
        Item(key="theory", zh="理论性（讲清道理）", en="Theory", weight=20),
        Item(key="information", zh="信息量", en="Information", weight=20),
        Item(key="language", zh="语言表达", en="Delivery", weight=20),
        Item(key="manner", zh="教风教态", en="Conduct", weight=20),
    )
    formula: EvalFormula = EvalFormula()
    site: EvalSite = EvalSite()
    overall: EvalOverall = field(default_factory=EvalOverall)


class ReviewState(Part, frozen=True, kw_only=True):
    """States of a course on its way through the panel."""

    flow: Words = (
        "draft",
        "submitted",
        "trial_lecture",
        "reviewed",
        "revising",
        "resubmitted",
        "accepted",
        "frozen",
        "retired",
    )


class Review(Part, frozen=True, kw_only=True):
    """The review panel of courses."""

    min_reviewers: Some = 5
    roles: Words = ("expert", "official", "community_worker")
    trim: Count = 1
    round: Annotated[int, Meta(ge=0, le=6)] = 2
    pass_min: Points = 85
    revise_min: Points = 70
    close_all_must_fix: bool = True
    item: tuple[Item, ...] = (
        Item(key="background", zh="教学背景", en="Background", weight=15),
        Item(key="theme", zh="教学主题", en="Theme", weight=20),
        Item(key="objectives", zh="教学目标", en="Objectives", weight=20),
        Item(key="process", zh="教学流程", en="Process", weight=25),
        Item(key="materials", zh="图文材料与实操", en="Materials and practice", weight=20),
    )
    comment_kinds: dict[str, str] = field(
        default_factory=lambda: {"highlight": "亮点", "must_fix": "必须修改", "suggestion": "建议"}
    )
    state: ReviewState = ReviewState()


class Test(Part, frozen=True, kw_only=True):
    """The test before and after. `pass_mark` is called `pass` in `rules.toml`."""

    __test__ = False  # no test of pytest's

    questions: Some = 10
    pass_mark: Points = field(default=60, name="pass")
    retake: Count = 1
    time_min: Minutes = 10
    show_gain_only: bool = True


class Firstaid(Part, frozen=True, kw_only=True):
    """First aid: hours, and what it is not."""

    hours: Hours = 4
    certificate: bool = False
    skill_items: Some = 8
    absent_half_day_blocks: bool = True
    red_cross_cert_valid_years: Count = 3


class Certificate(Part, frozen=True, kw_only=True):
    """Completion: who gets a certificate, who decides (CERT-*)."""

    min_attended_fraction: str = "6/7"
    max_unexcused_hours: Hours = 0
    withhold_unexcused_hours: Hours = 4
    min_logs: Count = 4
    min_posttest: Points = 60
    evaluation_required: bool = False
    decide: Words = ("class_teacher:propose", "school_admin:check", "school_leader:approve")
    outcomes: Words = ("eligible", "hold", "not_awarded", "withdrawn")
    number_format: str = "GSQZ-{year}-{term:02d}-{seq:03d}"
    appeal_hours: Hours = 24


class Award(Part, frozen=True, kw_only=True):
    """The school's rule of awards; the product computes no score of a person (RULE-6)."""

    outstanding_trainee_share: Share = 0.10
    outstanding_group_share: Share = 0.25
    floor: bool = True
    must: Words = ("no_unexcused", "no_tardy_over:1", "all_logs", "posttest>=85", "no_warning")
    score: dict[str, Points] = field(
        default_factory=lambda: {"attendance": 30, "log": 20, "discussion": 20, "posttest": 20, "case": 10}
    )
    steps_zh: Words = ("组内推荐2人", "全班匿名投票", "班主任核对数据", "教务审定", "公示1小时", "结业式宣布")


class Suggestion(Part, frozen=True, kw_only=True):
    """Suggestions from the four doors (SUG-*)."""

    sources: Words = ("lecturer", "trainee", "site_contact", "staff")
    flow: Words = ("collected", "sorted", "analysed", "discussed", "improving", "done", "declined")
    flow_zh: Words = ("已收集", "已梳理", "已分析", "已研讨", "完善中", "已完善", "说明不采纳")
    topics_zh: Words = (
        "课程内容",
        "授课方式",
        "时间安排",
        "现场教学",
        "食宿交通",
        "手册与资料",
        "组织管理",
        "其他",
    )
    reply_due_hours: Hours = 24
    anonymous_allowed: bool = True
    duplicate_merge: bool = True
    later_reply_days: Days = 15
    box_per_day: Count = 5


class Followup(Part, frozen=True, kw_only=True):
    """After the class: when it is looked at again."""

    days: tuple[Days, ...] = (30, 90, 180)
    action_plan_fields_zh: Words = ("一件事", "谁", "何时", "怎么算做成", "需要谁帮")
    levels: dict[str, str] = field(
        default_factory=lambda: {
            "reaction": "eval",
            "learning": "pre/post test",
            "behaviour": "30/90 days: did I do it",
            "result": "180 days: adopted practices, residents' three senses",
        }
    )


class Survey(Part, frozen=True, kw_only=True):
    """Surveys: from how many answers on results are shown, and written in what batches (FB-03, FB-04)."""

    min_answers: Annotated[int, Meta(ge=5, le=1000)] = 5
    batch: Some = 5
