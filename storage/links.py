"""Single-use links and codes: to a seat (XC-01), or to the office of the first administrator."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from storage.tx import Tx


class Link(Struct, frozen=True):
    """An opaque token for a deep link, and a short code for typing."""

    token: str
    code: str | None
    member_id: int | None
    purpose: str
    expires_at: datetime | None = None
    used_at: datetime | None = None
    used_by: int | None = None
    revoked_at: datetime | None = None


_ALL = "token, code, member_id, purpose, expires_at, used_at, used_by, revoked_at"


async def add(tx: Tx, link: Link, now: datetime) -> None:
    await tx.do(
        """insert into seat_link (token, code, member_id, purpose, made_at, expires_at)
           values (:token, :code, :member_id, :purpose, :now, :expires_at)""",
        {"token": link.token, "code": link.code, "member_id": link.member_id, "purpose": link.purpose, "now": now,
         "expires_at": link.expires_at},
    )  # fmt: skip


async def by_token(tx: Tx, token: str) -> Link | None:
    return await tx.first(Link, f"select {_ALL} from seat_link where token = :token", {"token": token})


async def by_code(tx: Tx, code: str) -> Link | None:
    return await tx.first(Link, f"select {_ALL} from seat_link where code = :code", {"code": code})


async def live_of(tx: Tx, member_id: int) -> Link | None:
    """The link of a seat that has not been taken back; used or not."""
    return await tx.first(
        Link,
        f"select {_ALL} from seat_link where member_id = :id and revoked_at is null order by made_at desc",
        {"id": member_id},
    )


async def set_used(tx: Tx, token: str, by: int, now: datetime) -> None:
    await tx.do("update seat_link set used_at = :now, used_by = :by where token = :token",
                {"token": token, "by": by, "now": now})  # fmt: skip


async def revoke_of(tx: Tx, member_id: int, now: datetime) -> None:
    """Take back every link of a seat."""
    await tx.do(
        "update seat_link set revoked_at = :now where member_id = :id and revoked_at is null",
        {"id": member_id, "now": now},
    )
