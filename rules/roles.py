"""The roles of a class, by the keys of product.md section 3 (ROLE-02)."""

from __future__ import annotations

TRAINEE, LEADER, DEPUTY, MONITOR = "trainee", "leader", "deputy", "monitor"
CLASS_TEACHER, LECTURER, ADMIN, SCHOOL_LEADER = "class_teacher", "lecturer", "admin", "school_leader"
SITE_CONTACT, SUPPORT, REVIEWER, SENDING_UNIT = "site_contact", "support", "reviewer", "sending_unit"
STRANGER = "stranger"

TRAINEES = frozenset({TRAINEE})
TEACHERS = frozenset({CLASS_TEACHER})
STAFF = frozenset({CLASS_TEACHER, ADMIN, SCHOOL_LEADER})
ADMINS = frozenset({ADMIN})
CALLERS = frozenset({CLASS_TEACHER, ADMIN, LEADER, DEPUTY, MONITOR})
LEADERS = frozenset({LEADER, DEPUTY, MONITOR})
DESK = STAFF | {LECTURER, SITE_CONTACT}
"""Who has pages at the desk."""
EVERYONE = frozenset(
    {TRAINEE, LEADER, DEPUTY, MONITOR, CLASS_TEACHER, LECTURER, ADMIN, SCHOOL_LEADER, SITE_CONTACT, SUPPORT}
    | {REVIEWER, SENDING_UNIT}
)
ANYBODY = EVERYONE | {STRANGER}

# Whose card and keyboard a person gets who holds several roles: the first that fits.
RANK = (CLASS_TEACHER, ADMIN, SCHOOL_LEADER, LEADER, TRAINEE, LECTURER, SITE_CONTACT, SUPPORT)
