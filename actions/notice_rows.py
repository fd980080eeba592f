"""The lines of a notice's ledger in words: what became of each copy, and which lists a line stands on (BC-02)."""

from __future__ import annotations

from chat.messages import Say, say
from storage.notice_people import Row

WAYS = ("all", "unread", "trouble")
TROUBLE = ("uncertain", "failed")


def fits(row: Row, way: str) -> bool:
    """Whether a line belongs to one of the lists."""
    if way == "unread":
        return row.read_at is None and row.state not in ("on_leave", "recalled")
    return row.state in TROUBLE if way == "trouble" else True


def stands(row: Row) -> Say:
    """What became of somebody's copy: read, or how far it has come."""
    if row.read_at:
        return say("notices-state-read", at=row.read_at, how=row.read_how)
    how = "-why" if row.state == "waiting" and row.trouble else ""
    return say(f"notices-row-{row.state}{how}", at=row.sent_at, trouble=_why(row))


def _why(row: Row) -> Say:
    """What Telegram said of a copy, in words of ours."""
    said = row.trouble.lower()
    kinds = (
        ("file", "file"),
        ("429", "wait"),
        ("too many", "wait"),
        ("too long", "long"),
        ("503", "net"),
        ("502", "net"),
    )
    return say(f"notices-why-{next((word for part, word in kinds if part in said), 'other')}")
