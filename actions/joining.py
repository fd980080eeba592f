"""Joining: from a link or a code to a seat (XC-01, CLASS-06)."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from actions.post import close_cards, post
from chat.messages import Message, Refusal, say
from rules.access_codes import seat_code
from rules.roles import ADMIN, SCHOOL_LEADER
from storage import accounts, audits, cohorts, links, members, notice_copies, outbox, talks
from storage.accounts import Me
from storage.links import Link
from storage.members import Member
from storage.tx import Tx

CONSENT = "2026-11"
"""The version of the page on what is kept, why, who sees it, until when."""

WRONG_CODES, PAUSE = 5, timedelta(hours=1)
OPEN_STATES = ("registration", "running", "closing")
SCHOOL_ROLES = (ADMIN, SCHOOL_LEADER)
ADMIN_LINK_LIVES = timedelta(days=1)


async def link_for(tx: Tx, member_id: int, now: datetime) -> Link:
    """The link of a seat; made when there is none that still holds."""
    link = await links.live_of(tx, member_id)
    if link is None:
        link = Link(secrets.token_urlsafe(18), seat_code(secrets.token_bytes(8)), member_id, "seat")
        await links.add(tx, link, now)
    return link


async def admin_link(tx: Tx, now: datetime) -> Link:
    """A link for the first administrator, good for a day and for one person."""
    link = Link("adm" + secrets.token_urlsafe(18), None, None, "admin", expires_at=now + ADMIN_LINK_LIVES)
    await links.add(tx, link, now)
    await audits.add(tx, now, "admin-link", link.purpose)
    return link


async def is_paused(tx: Tx, me: Me, now: datetime) -> bool:
    """After five wrong codes in an hour an account waits; administrators are told, once an hour."""
    if await accounts.attempts(tx, me.account_id, "code", now - PAUSE) < WRONG_CODES:
        return False
    for admin in await accounts.admins(tx):
        once = f"pause:{me.account_id}:{now:%Y%m%d%H}:{admin.account_id}"
        await post(tx, admin, Message(say("joining-paused-card", name=me.first_name)), now, once=once)
    return True


async def find_link(tx: Tx, me: Me, *, token: str = "", code: str = "", now: datetime) -> Link:
    """The link that a token or a code stands for, if this person may use it now. Shows no name otherwise."""
    link = await (links.by_code(tx, code) if code else links.by_token(tx, token))
    if link is None:
        raise Refusal("joining-wrong-code" if code else "joining-wrong-link", counts="code")
    if link.used_at is not None and link.used_by == me.account_id:
        raise Refusal("joining-already-yours")
    if link.revoked_at is not None or (link.expires_at is not None and link.expires_at < now):
        raise Refusal("joining-expired")
    if link.used_at is not None:
        raise Refusal("joining-used")
    return link


async def seat_behind(tx: Tx, me: Me, link: Link) -> Member:
    """The seat that a link opens, if it is free and the account has none in that class."""
    member = await members.get(tx, link.member_id or 0)
    if member is None or member.left_at is not None:
        raise Refusal("joining-expired")
    if (await cohorts.get(tx, member.cohort_id)).state not in OPEN_STATES:
        raise Refusal("joining-not-open")
    if member.account_id is not None:
        raise Refusal("joining-used")
    for own in await members.of_account(tx, me.account_id):
        if own.cohort_id == member.cohort_id:
            raise Refusal("joining-has-seat", name=own.name)
    return member


async def bind(tx: Tx, me: Me, token: str, now: datetime) -> Member:
    """Bind a seat to an account with consent; from now on the account speaks for this person."""
    link = await find_link(tx, me, token=token, now=now)
    member = await seat_behind(tx, me, link)
    await links.set_used(tx, link.token, me.account_id, now)
    await members.set_account(tx, member.id, me.account_id, now)
    await members.set_consent(tx, member.id, CONSENT, now)
    await accounts.set_cohort(tx, me.account_id, member.cohort_id)
    school = [r for r in SCHOOL_ROLES if r in member.role_set]
    if school:
        await accounts.set_roles(tx, me.account_id, " ".join(sorted({*me.school_roles.split(), *school})))
    await audits.add(tx, now, "bind", f"member:{member.id}", who=me.account_id, cohort_id=member.cohort_id,
                     new=str(me.account_id))  # fmt: skip
    return member


async def become_admin(tx: Tx, me: Me, token: str, now: datetime) -> None:
    """Take the office of administrator by the link from the command line."""
    link = await find_link(tx, me, token=token, now=now)
    if link.purpose != "admin":
        raise Refusal("joining-wrong-link")
    await links.set_used(tx, token, me.account_id, now)
    await accounts.set_roles(tx, me.account_id, " ".join(sorted({*me.school_roles.split(), ADMIN})))
    await audits.add(tx, now, "become-admin", f"account:{me.account_id}", who=me.account_id, new=ADMIN)


async def free_seat(tx: Tx, me: Me, member: Member, now: datetime) -> Link:
    """Take a seat from its account, which loses access at once, and give the new link for it (XC-01)."""
    if member.account_id is not None:
        await notice_copies.withdraw(tx, member.account_id)
        await outbox.forget_chat(tx, member.account_id, "withdrawn")
        await close_cards(tx, member.account_id, say("joining-card-closed"), now)
        await accounts.set_cohort(tx, member.account_id, None)
        await talks.end(tx, member.account_id)
        if set(SCHOOL_ROLES) & member.role_set:
            await accounts.set_roles(tx, member.account_id, "")
    await members.set_account(tx, member.id, None, None)
    await links.revoke_of(tx, member.id, now)
    await audits.add(tx, now, "free-seat", f"member:{member.id}", who=me.account_id, cohort_id=member.cohort_id,
                     old=str(member.account_id or ""))  # fmt: skip
    return await link_for(tx, member.id, now)
