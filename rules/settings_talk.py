"""The numbers of what is said and written: logs, questions, notices, messages, and who may see it."""

from __future__ import annotations

from datetime import time
from typing import Annotated, Literal

from msgspec import Meta

from rules.settings_parts import Count, Days, Hours, Minutes, Part, Points, Seconds, Share, Some, Span, Words


class LogScore(Part, frozen=True, kw_only=True):
    """One line of the reading guide (LOG-20)."""

    key: str
    zh: str
    en: str
    max: Points


class LogState(Part, frozen=True, kw_only=True):
    """States of a log and the reasons of a return (LOG-07)."""

    flow: Words = ("none", "draft", "submitted", "late", "returned", "accepted", "starred")
    returned_reasons: Words = ("too_short", "copied", "off_topic", "contains_private_data", "empty_talk")


class Log(Part, frozen=True, kw_only=True):
    """The daily log (LOG-*)."""

    open_at: time = time(17, 30)
    due_at: time = time(22)
    grace_until_next_day: time = time(8)
    min_chars: Count = 80
    good_chars: Count = 120
    max_chars: Annotated[int, Meta(ge=1, le=3500)] = 1500
    parts: Words = ("learned", "puzzle", "action")
    copy_threshold: Share = 0.80
    min_distinct_parts: Count = 2
    star_limit_per_day: Count = 5
    teacher_must_read: Literal["all"] = "all"
    teacher_must_reply_share: Share = 0.20
    leader_reviews: bool = False
    share_needs_consent: bool = True
    private_option: bool = True
    required_count: Count = 4
    mood_alert_days: Some = 2
    score: tuple[LogScore, ...] = (
        LogScore(key="concrete", zh="写到具体的课、人、事、地点", en="Concrete", max=25),
        LogScore(key="own", zh="是自己的话，联系本社区实际", en="Own words, own community", max=35),
        LogScore(key="question", zh="提出真问题", en="A real question", max=15),
        LogScore(key="action", zh="有可做的一步", en="One next step", max=25),
    )
    state: LogState = LogState()
    last_day_open_at: time = time(12)
    last_day_due_at: time = time(14, 45)
    last_day_grace_until: time = time(15, 20)
    return_hours: Hours = 12
    max_returns: Count = 2
    claim_min: Minutes = 30
    photos: Annotated[int, Meta(ge=0, le=10)] = 6
    voice_s: Seconds = 60
    digest_at: time = time(22, 5)
    unread_first_hours: Hours = 18
    unread_alarm_hours: Hours = 24


class Question(Part, frozen=True, kw_only=True):
    """Questions (QA-*)."""

    slots: Words = ("class", "handbook", "anonymous")
    max_chars: Annotated[int, Meta(ge=1, le=3500)] = 300
    upvote: bool = True
    answer_due_hours: Hours = 24
    unanswered_to: str = "class_teacher"
    publish_to_handbook: bool = True
    min_chars: Count = 10
    photos: Annotated[int, Meta(ge=0, le=10)] = 3
    default_visibility: Literal["named", "anonymous_to_classmates", "teacher_only"] = "anonymous_to_classmates"
    service_hours: tuple[Span, ...] = (
        Span(start=time(8, 30), end=time(12)),
        Span(start=time(13, 30), end=time(21)),
    )
    nudge_min: Minutes = 60
    return_min: Minutes = 120
    silent_close_hours: Hours = 48
    reopen_days: Days = 7
    reopen_after_class_days: Days = 3


class Notice(Part, frozen=True, kw_only=True):
    """Notices (BC-*)."""

    ack_remind_min: tuple[Minutes, ...] = (30, 120)
    urgent_every_min: Annotated[int, Meta(ge=1, le=1440)] = 5
    urgent_times: Annotated[int, Meta(ge=0, le=20)] = 3
    life_hours: Hours = 24
    choices_max: Annotated[int, Meta(ge=2, le=12)] = 6
    silent_after: time = time(21)
    change_ack_within_h: Hours = 12
    change_urgent_within_h: Hours = 2


class TelegramLimits(Part, frozen=True, kw_only=True):
    """Telegram's own limits, as planned with."""

    message_chars: Annotated[int, Meta(ge=100, le=4096)] = 4096
    per_chat_per_s: Some = 1
    per_group_per_min: Some = 20
    overall_per_s: Some = 30
    callback_bytes: Annotated[int, Meta(ge=1, le=64)] = 64
    photo_caption_chars: Annotated[int, Meta(ge=1, le=1024)] = 1024


class Messages(Part, frozen=True, kw_only=True):
    """Quiet phones: how many messages a day, when, how (RULE-3, SCH-*, CARD-*)."""

    max_push_per_trainee_per_day: Annotated[int, Meta(ge=1, le=50)] = 6
    quiet_from: time = time(22, 30)
    quiet_to: time = time(6, 30)
    class_quiet: bool = True
    override: Words = ("safety", "bus_leaving", "timetable_change_within_2h")
    no_reply_needed: bool = True
    edit_instead_of_send: bool = True
    remind_missing_privately: bool = True
    remind_times: Words = ("due-60min", "due-15min")
    skip_reminder_if_leave: bool = True
    group_posts_per_day: Count = 3
    no_names_in_group: bool = True
    telegram: TelegramLimits = TelegramLimits()
    day_card_at: time = time(7)
    eve_card_at: time = time(18)
    tomorrow_at: time = time(20)
    joint_posts: tuple[time, ...] = (time(12, 10), time(17, 40))
    checkin_remind_min: Minutes = 5
    bus_call_min: Minutes = 10
    digests: tuple[time, ...] = (time(8, 20), time(13, 50), time(18, 10), time(22, 5))
    leader_card_at: time = time(21, 30)
    day_turns_at: time = time(4)


class Handbook(Part, frozen=True, kw_only=True):
    """The handbook: when an entry is looked at again (QA-10)."""

    review_days: Days = 180
    review_days_policy: Days = 90


class Safety(Part, frozen=True, kw_only=True):
    """Safety: the alarm, and how many people a bus takes (SAFETY-01, CLASS-02)."""

    alarm_every_min: Annotated[int, Meta(ge=1, le=60)] = 2
    bus_capacity: Annotated[int, Meta(ge=1, le=200)] = 45


class Burden(Part, frozen=True, kw_only=True):
    """What may be asked of a trainee on one day (XC-09)."""

    max_acts: Count = 6
    max_minutes: Minutes = 8


class StaffSettings(Part, frozen=True, kw_only=True):
    """The staff's own notes on people (DASH-07)."""

    notes_days: Days = 30


class Privacy(Part, frozen=True, kw_only=True):
    """What is kept, who sees it, until when (RULE-6)."""

    sensitive: Words = ("location", "sick_leave_reason", "diet_health", "id_number")
    collect_id_number: bool = False
    location_opt_in: bool = True
    location_keep_days: Days = 0
    leave_reason_visible_to: Words = ("class_teacher", "school_admin", "school_leader")
    log_visible_to: Words = ("author", "class_teacher")
    delete_after_class_days: Days = 180
    export_on_request: bool = True
