"""Reading the audit: who did what, when, old, new, why (XC-05). Nothing here changes it."""

from __future__ import annotations

from actions.access import need, need_class
from rules.roles import ADMIN, CLASS_TEACHER
from storage import audits
from storage.accounts import Me
from storage.audits import Line, Wanted
from storage.tx import Tx

PAGE = 50
KINDS = ("close-list", "reopen-list", "leave", "claim", "log", "notice", "timetable", "bind", "export", "desk")
"""What one may look for: acts, or how several begin."""
ACCOUNTS = ("bind", "free-seat", "become-admin", "admin-link")
"""Acts whose old and new are numbers of Telegram accounts, which nobody needs to see."""

ASKERS = ("question-visibility",)
"""Acts of whoever asked a question."""


async def look(tx: Tx, me: Me, kind: str, words: str, before: int) -> tuple[list[Line], int]:
    """A page of lines of the class, the newest first, and where the next one begins (0: there is none).

    Lines of the school belong to administrators; what stands in logs, and who asked what, is for class teachers only
    (DASH-05).
    """
    need(me, CLASS_TEACHER, ADMIN)
    teaches = CLASS_TEACHER in me.roles
    wanted = Wanted(
        cohort_id=need_class(me), school=ADMIN in me.school_roles.split(), act=kind if kind in KINDS else "",
        words=words.replace("%", "").replace("_", ""), before=before,
        sealed=ACCOUNTS if teaches else (*ACCOUNTS, "log-", "question-decline"), nameless=() if teaches else ASKERS,
    )  # fmt: skip
    found = await audits.found(tx, wanted, PAGE + 1)
    return found[:PAGE], found[PAGE - 1].id if len(found) > PAGE else 0
