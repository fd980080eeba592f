"""Ways into the desk and out of it: a one-time link from the chat, the Mini App, sign out everywhere (DESK-01)."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from hashlib import blake2b, sha256
from urllib.parse import urlsplit

from msgspec import Struct
from msgspec.json import encode

from actions.access import need
from actions.post import post
from chat.messages import Message, Refusal, button, say
from chat.words import Key, Words
from rules.init_data import InitData, is_alive
from rules.roles import DESK
from storage import accounts, audits, cohorts, desk_sessions, members, outbox
from storage.accounts import Me
from storage.cohorts import Cohort
from storage.desk_sessions import DeskSession
from storage.outbox import CARD, Parcel
from storage.tx import Tx

BROWSER, APP = "browser", "app"
LINK_LIVES = timedelta(minutes=5)
LIVES = {BROWSER: timedelta(hours=12), APP: timedelta(hours=2)}
FRESH = timedelta(minutes=15)
"""So long after signing in or confirming in the chat one may do what cannot be taken back."""
LINKS, LINKS_WITHIN = 10, timedelta(minutes=10)
TRIES, TRIES_WITHIN = 20, timedelta(minutes=10)

_address, _app = "", False


def serve_at(url: str, app: bool = False) -> None:
    """Say at start where browsers find the desk ("" is nowhere), and whether Telegram may open it as a Mini App."""
    global _address, _app
    _address, _app = url.rstrip("/"), app


def origin() -> str:
    """Scheme, host and port of our pages, as a browser names them."""
    parts = urlsplit(_address)
    return f"{parts.scheme}://{parts.netloc}"


def app_address() -> str:
    """The Mini App's address; "" where Telegram cannot open it."""
    return f"{_address}/desk/app" if _app else ""


class Opened(Struct, frozen=True):
    """A session that was just opened, with the token that only the browser keeps."""

    token: str
    session: DeskSession


def hashed(token: str) -> str:
    """What is kept of a token."""
    return sha256(token.encode(errors="surrogateescape")).hexdigest()


async def link_for(tx: Tx, me: Me, now: datetime) -> str:
    """A link that signs the speaker in once, within five minutes; the one before does not open any more."""
    need(me, *DESK)
    if not _address:
        raise Refusal("desk-no-address")
    if await accounts.attempts(tx, me.account_id, "desk-link", now - LINKS_WITHIN) >= LINKS:
        raise Refusal("desk-too-many")
    await accounts.add_attempt(tx, me.account_id, "desk-link", now)
    token = secrets.token_urlsafe(24)
    await desk_sessions.add_link(tx, hashed(token), me.account_id, now + LINK_LIVES, now)
    if _app:
        await _put_beside(tx, me, now)
    return f"{_address}/desk/in/{token}"


async def _put_beside(tx: Tx, me: Me, now: datetime) -> None:
    """Put the Mini App beside the text field of the speaker's chat, once."""
    key = Key(me.voice.plain(say("desk-app-short")), url=app_address(), app=True)
    once = f"app:{me.account_id}:{app_address()}"
    body = encode(Words("", ((key,),))).decode()
    await outbox.add(tx, [Parcel(chat_id=me.account_id, kind="app", body=body, priority=CARD, once=once, made_at=now)])


def is_open_air() -> bool:
    """Whether our pages travel where others can read along: no https, and not this machine alone."""
    parts = urlsplit(_address)
    return parts.scheme != "https" and parts.hostname not in ("127.0.0.1", "localhost", "::1")


async def whose_link(tx: Tx, token: str, now: datetime) -> Me | None:
    """Whom a link would sign in, without using it up: programs that look at links must not spoil them."""
    account = await desk_sessions.account_of_link(tx, hashed(token), now)
    return None if account is None else await accounts.who(tx, account, now)


async def open_by_link(tx: Tx, token: str, now: datetime) -> Opened:
    """Sign a browser in; a link works once."""
    account = await desk_sessions.use_link(tx, hashed(token), now)
    if account is None:
        raise Refusal("desk-link-over")
    return await _open(tx, account, BROWSER, now)


async def open_by_app(tx: Tx, said: InitData, signed_at: datetime, now: datetime) -> Opened:
    """Sign a Mini App in by initData that has been checked; each opens one session. `signed_at` is by our clock."""
    if not is_alive(signed_at, now):
        raise Refusal("desk-app-over")
    if not await desk_sessions.use_init(tx, said.hash, now + timedelta(days=2)):
        raise Refusal("desk-app-over")
    return await _open(tx, said.person.id, APP, now)


async def _open(tx: Tx, account: int, kind: str, now: datetime) -> Opened:
    me = await accounts.who(tx, account, now)
    if me is None:
        raise Refusal("refusals-no-class")
    need(me, *DESK)
    token = secrets.token_urlsafe(32)
    session = await desk_sessions.add(tx, hashed(token), account, kind, now + LIVES[kind], now)
    await audits.add(tx, now, "desk-open", f"desk:{session.id}", who=account, cohort_id=me.cohort_id or None, new=kind)
    return Opened(token, session)


async def visitor(tx: Tx, token: str, now: datetime) -> tuple[DeskSession, Me] | None:
    """Who comes with this token, with the rights of this moment; None for nobody."""
    session = await desk_sessions.by_hash(tx, hashed(token), now)
    me = await accounts.who(tx, session.account_id, now) if session else None
    return None if session is None or me is None else (session, me)


async def sign_out(tx: Tx, session: DeskSession) -> None:
    """[退出]: this browser only."""
    await desk_sessions.remove(tx, session.id)


async def sign_out_everywhere(tx: Tx, me: Me, now: datetime) -> int:
    """[退出所有设备]: every browser and every Mini App; gives how many there were."""
    ended = await desk_sessions.remove_all(tx, me.account_id)
    await audits.add(tx, now, "desk-out", f"account:{me.account_id}", who=me.account_id, cohort_id=me.cohort_id or None)
    return ended


def need_fresh(session: DeskSession, now: datetime) -> None:
    """For what cannot be taken back: signed in, or confirmed in the chat, not longer than a quarter of an hour ago."""
    if now - session.fresh_at > FRESH:
        raise Refusal("desk-not-fresh")


async def ask_confirm(tx: Tx, me: Me, session: DeskSession, now: datetime) -> None:
    """Ask in the chat whether it is really the person who sits at the desk."""
    yes = button("desk-confirm-yes", "deskyes", session.id)
    message = Message(say("desk-confirm-ask", at=session.made_at), ((yes, button("desk-out-all", "deskout")),))
    minute = now.strftime("%Y%m%d%H%M")
    await post(tx, me.reader, message, now, once=f"desk-confirm:{session.id}:{minute}", not_after=now + FRESH)


async def confirm(tx: Tx, me: Me, id: int, now: datetime) -> None:
    """[是我]: the session may do what cannot be taken back for a while."""
    if not await desk_sessions.set_fresh(tx, id, me.account_id, now):
        raise Refusal("desk-session-over")


async def classes_of(tx: Tx, me: Me) -> list[Cohort]:
    """The classes in which the speaker may work; those of the school in all."""
    if me.school_roles:
        return await cohorts.all(tx)
    own = {m.cohort_id for m in await members.of_account(tx, me.account_id)}
    return [c for c in await cohorts.all(tx) if c.id in own] if len(own) > 1 else []


async def move_to(tx: Tx, me: Me, cohort_id: int) -> None:
    """Work in another of one's classes, in the chat too."""
    if cohort_id not in {c.id for c in await classes_of(tx, me)}:
        raise Refusal("refusals-not-here")
    await accounts.set_cohort(tx, me.account_id, cohort_id)


def source_of(address: str) -> str:
    """Where a try came from, as it is kept: never the address itself."""
    return blake2b(address.encode(errors="surrogateescape"), digest_size=12).hexdigest()


async def failed(tx: Tx, source: str, now: datetime) -> bool:
    """Note a sign-in that failed; whether there were too many from one place lately, which are not noted any more."""
    if await desk_sessions.tries(tx, source, now - TRIES_WITHIN) >= TRIES:
        return True
    await desk_sessions.add_try(tx, source, now)
    return False
