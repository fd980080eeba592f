"""The secret links of the projector page (ATT-19): each opens the page of one class until it expires."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from storage.tx import Tx


class ScreenLink(Struct, frozen=True):
    """A key to the page of a class, and the account that asked for it. The purpose of the row names the class."""

    token: str
    cohort_id: int
    account_id: int
    expires_at: datetime


_ALL = "token, cast(substr(purpose, 8) as bigint) as cohort_id, used_by as account_id, expires_at"


def _purpose(cohort_id: int) -> str:
    return f"screen:{cohort_id}"


async def add(tx: Tx, link: ScreenLink, now: datetime) -> None:
    """Keep a link. It counts as used by who asked for it, so it never opens a seat."""
    await tx.do(
        """insert into seat_link (token, purpose, made_at, expires_at, used_at, used_by)
           values (:token, :purpose, :now, :expires_at, :now, :account_id)""",
        {"token": link.token, "purpose": _purpose(link.cohort_id), "now": now, "expires_at": link.expires_at,
         "account_id": link.account_id},
    )  # fmt: skip


async def get(tx: Tx, token: str, now: datetime) -> ScreenLink | None:
    """The link with this token, if it still holds."""
    return await tx.first(
        ScreenLink,
        f"""select {_ALL} from seat_link where token = :token and purpose like 'screen:%'
            and revoked_at is null and expires_at > :now""",
        {"token": token, "now": now},
    )


async def live_of(tx: Tx, cohort_id: int, account_id: int, until: datetime) -> ScreenLink | None:
    """The link that an account asked for before, if it holds until then."""
    return await tx.first(
        ScreenLink,
        f"""select {_ALL} from seat_link where purpose = :purpose and used_by = :account_id
            and revoked_at is null and expires_at >= :until order by made_at desc limit 1""",
        {"purpose": _purpose(cohort_id), "account_id": account_id, "until": until},
    )


async def revoke_of(tx: Tx, cohort_id: int, now: datetime) -> None:
    """Take back every link to the page of a class."""
    await tx.do(
        "update seat_link set revoked_at = :now where purpose = :purpose and revoked_at is null",
        {"purpose": _purpose(cohort_id), "now": now},
    )
