"""What an answer of Telegram means for a parcel: sent, wait, give up, or uncertain (telegram.md §2.1)."""

from __future__ import annotations

from enum import Enum
from typing import Annotated, Any

from msgspec import Meta, Struct, json

from bot.updates import Whole

LONGEST = 7 * 86_400
"""Seconds: whoever asks for a longer rest is not Telegram."""


class Kind(Enum):
    """What an answer of Telegram means for a parcel (telegram.md §2.1)."""

    SENT = "sent"
    BENIGN = "benign"
    GONE = "gone"
    """The card's message is not there any more, or cannot be edited."""
    UNREACHABLE = "unreachable"
    BAD = "bad"
    WAIT = "wait"
    RETRY = "retry"
    UNCERTAIN = "uncertain"
    STOP = "stop"
    MOVED = "moved"


class Answer(Struct, frozen=True):
    """Telegram's answer to one call, sorted."""

    kind: Kind
    message_id: int | None = None
    trouble: str = ""
    seconds: float = 0
    new_chat_id: int = 0
    others: str = ""
    """The further messages of an album, as numbers with blanks between."""


class _Parameters(Struct, frozen=True):
    retry_after: Annotated[float, Meta(ge=0, le=LONGEST)] = 0
    migrate_to_chat_id: Whole = 0


class _Result(Struct, frozen=True):
    message_id: Whole = 0


class _Body(Struct, frozen=True):
    ok: bool = False
    description: str = ""
    result: _Result | bool | list[_Result] | None = None
    parameters: _Parameters = _Parameters()


_body = json.Decoder(_Body).decode

BENIGN = ("message is not modified", "query is too old", "message to delete not found")
GONE = ("message to edit not found", "message can't be edited")
UNREACHABLE = ("chat not found", "user is deactivated", "peer_id_invalid")


def answer_of(status: int, body: bytes) -> Answer:
    """Sort an answer into what is to be done (telegram.md §2.1): 400 is looked at before anything else."""
    try:
        said = _body(body)
    except (ValueError, RecursionError):
        kind = Kind.SENT if status == 200 else Kind.UNCERTAIN
        return Answer(kind, trouble=f"HTTP {status}, unreadable answer")
    if status == 200 and said.ok:
        return _sent(said.result)
    words = said.description.lower()
    trouble = f"{status} {said.description}"[:300].replace("\0", "")
    if said.parameters.migrate_to_chat_id:
        return Answer(Kind.MOVED, trouble=trouble, new_chat_id=said.parameters.migrate_to_chat_id)
    if status == 429:
        return Answer(Kind.WAIT, trouble=trouble, seconds=said.parameters.retry_after or 5)
    if status in (401, 404, 421):
        return Answer(Kind.STOP, trouble=trouble)
    if status == 403 or any(w in words for w in UNREACHABLE):
        return Answer(Kind.UNREACHABLE, trouble=trouble)
    if any(w in words for w in BENIGN):
        return Answer(Kind.BENIGN, trouble=trouble)
    if any(w in words for w in GONE):
        return Answer(Kind.GONE, trouble=trouble)
    return Answer(Kind.BAD if status in (400, 413) else Kind.UNCERTAIN, trouble=trouble)


def _sent(result: Any) -> Answer:
    """The numbers of the message that was sent, or of all those of an album."""
    ids = [one.message_id for one in result if isinstance(one, _Result)] if isinstance(result, list) else []
    if isinstance(result, _Result):
        ids = [result.message_id]
    return Answer(Kind.SENT, ids[0] if ids else None, others=" ".join(map(str, ids[1:])))
