"""From the inbox to turns: kept updates become events, each event has one route, the reply goes to the outbox.

Many turns share one transaction (group commit); each stands on a savepoint of its own, so one that fails is undone
alone. Nothing is sent before the commit.
"""

from __future__ import annotations

import logging
import traceback
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

import msgspec
from msgspec import Struct, field, structs

from actions.post import post
from bot import telegram
from bot.clock import Clock
from chat import events
from chat.events import Event
from chat.messages import Message, Refusal, Reply, say
from chat.turns import Route, Talk, Turn
from chat.words import Words
from rules.access_codes import digits
from rules.log_texts import noted
from rules.roles import ADMIN, LEADERS, STRANGER, TRAINEES
from storage import accounts, inbox, outbox, talks
from storage.accounts import Me
from storage.inbox import Letter
from storage.outbox import ANSWER, CARD, Parcel
from storage.tx import Tx, is_clash
from texts.press import messages_of
from texts.render import Voice, word_key

log = logging.getLogger("tongxue.dispatcher")

GROUP = 100
TRIES = 3
AGAIN_AFTER = (timedelta(seconds=2), timedelta(seconds=10))
TALK_LIVES = timedelta(days=1)
TAP_IS_OLD = timedelta(seconds=60)


class Toast(Struct, frozen=True):
    """The answer to a tap."""

    query_id: str
    text: str = ""
    alert: bool = False


class Done(Struct):
    """What a group of turns came to: sent after the commit."""

    worked: int = 0
    failed: int = 0
    toasts: list[Toast] = field(default_factory=list)
    parcels: list[Parcel] = field(default_factory=list)
    ids: list[int] = field(default_factory=list)


class Dispatcher:
    """Knows the routes; keeps nothing else."""

    def __init__(self, routes: Mapping[str, Route], clock: Clock) -> None:
        self.routes = routes
        self.clock = clock

    async def work_lane(self, tx: Tx, lane: int | None) -> Done:
        """Work the next updates of a lane (all lanes: None) in one transaction."""
        now = self.clock.now()
        done = Done()
        for letter in await inbox.next_of(tx, lane, now, GROUP):
            done.worked += 1
            await self._letter(tx, letter, now, done)
        await outbox.add(tx, done.parcels)
        await inbox.set_done(tx, done.ids, now)
        return done

    async def _letter(self, tx: Tx, letter: Letter, now: datetime, done: Done) -> None:
        parcels, toasts = len(done.parcels), len(done.toasts)
        try:
            event = self._event(letter)
        except msgspec.MsgspecError as wrong:
            await inbox.set_failed(tx, letter.id, f"cannot be read: {wrong}", None)
            return
        try:
            if event is not None:
                await self._turn(tx, event, now, done)
            done.ids.append(letter.id)
        except Exception as wrong:  # one of the two places that may: a turn that fails is undone alone, kept and shown
            if is_clash(wrong):  # no turn's fault: the group is done again as a whole
                raise
            del done.parcels[parcels:], done.toasts[toasts:]
            await self._failed(tx, letter, event, now, done)

    def _event(self, letter: Letter) -> Event | None:
        """The event in an update; of one in a strange shape as much as can be told, so that who wrote is answered."""
        try:
            return telegram.event_of(letter.raw, self.clock)
        except msgspec.MsgspecError as wrong:
            event = telegram.outline_of(letter.raw, self.clock)
            log.error("update %s has a shape that we do not know: %s", letter.id, wrong)
            return event

    async def _failed(self, tx: Tx, letter: Letter, event: Event | None, now: datetime, done: Done) -> None:
        done.failed += 1
        tries = letter.tries + 1
        again = now + AGAIN_AFTER[tries - 1] if tries < TRIES else None
        log.exception("update %s failed (try %s)", letter.id, tries)
        await inbox.set_failed(tx, letter.id, traceback.format_exc(limit=-12), again)
        if event is None or not event.private:
            return
        if isinstance(event, events.Tap):
            done.toasts.append(Toast(event.query_id))
        if tries in (1, TRIES):
            me = await accounts.who(tx, event.account_id, now) or Me(account_id=event.account_id)
            key = "failures-again" if again else "failures-gave-up"
            done.parcels += _parcels(me, Message(say(key, number=str(letter.id))), now)
        if again is None:
            for admin in await accounts.admins(tx):
                message = Message(say("failures-for-admin", number=str(letter.id)))
                await post(tx, admin, message, now, once=f"dead:{letter.id}:{admin.account_id}")

    async def _turn(self, tx: Tx, event: Event, now: datetime, done: Done) -> None:
        """One turn on a savepoint of its own: a refusal undoes what was half done, a failure undoes all of it."""
        me: Me | None = None
        try:
            async with tx.apart():
                me = await self._who(tx, event, now)
                if not event.private and not isinstance(event, events.Tap | events.Joined | events.Moved):
                    return
                talk = Talk(me.step, me.memo) if me.since and now - me.since < TALK_LIVES else Talk()
                reply = await self._answer(tx, me, talk, event, now)
                await self._set_talk(tx, me, event, reply, now)
        except Refusal as no:
            assert me is not None
            await accounts.meet(tx, me.account_id, event.first_name, now)
            if no.counts:
                await accounts.add_attempt(tx, me.account_id, no.counts, now)
            self._refused(me, no, event, now, done)
            return
        if reply.commands:
            me = await accounts.who(tx, me.account_id, now) or me
            for account in reply.commands:
                done.parcels.append(self._menu(await accounts.who(tx, account, now) or Me(account_id=account), now))
        self._reply(me, reply, event, now, done)

    async def _who(self, tx: Tx, event: Event, now: datetime) -> Me:
        """The speaker; somebody new is remembered, and spoken to in the telephone's language."""
        me = await accounts.who(tx, event.account_id, now)
        if me is None:
            await accounts.meet(tx, event.account_id, event.first_name, now)
            me = Me(account_id=event.account_id, first_name=event.first_name, lang="")
        return me if me.lang else structs.replace(me, lang="en" if event.lang.startswith("en") else "zh")

    def _menu(self, me: Me, now: datetime) -> Parcel:
        """The menu of commands of one chat; a stranger's is the bot's own."""
        found = [] if STRANGER in me.roles else menu_of(self.routes, me.roles, me.voice)
        body = msgspec.json.encode(Words("", commands=tuple(found))).decode()
        return Parcel(chat_id=me.account_id, kind="menu", body=body, priority=CARD, made_at=now)

    async def _answer(self, tx: Tx, me: Me, talk: Talk, event: Event, now: datetime) -> Reply:
        turn = Turn(tx=tx, me=me, talk=talk, event=event, now=now)
        for key, meant in self._ways(event, talk):
            route = self.routes.get(key)
            if route is None:
                continue
            if not route.who & me.roles:
                if STRANGER in me.roles or key.startswith(("kind:", "step:")):
                    continue
                raise Refusal(_whose(route))
            reply = await route.handler(turn, meant)
            if reply is not None:
                return reply
        return Reply()

    def _ways(self, event: Event, talk: Talk) -> list[tuple[str, Event]]:
        """The keys an event may mean, in the order of UI-01."""
        match event:
            case events.Command(name=name):
                return [(f"/{name}", event), ("kind:unknown", event)]
            case events.Tap(verb=verb):
                return [(f"tap:{verb}", event), ("kind:old-tap", event)]
            case events.Text(text=text):
                return [*self._text_ways(event, text, talk), ("kind:text", event)]
            case events.Media(kind="document"):
                return [*_step(talk, event), ("kind:document", event), ("kind:media", event)]
            case events.Media() | events.Location() | events.Unknown():
                return [*_step(talk, event), ("kind:media", event)]
        return [(f"kind:{type(event).__name__.lower()}", event)]

    def _text_ways(self, event: events.Text, text: str, talk: Talk) -> list[tuple[str, Event]]:
        word = word_key(text)
        if noted(text):
            return [("kind:note", event), *_step(talk, event)]
        ways: list[tuple[str, Event]] = []
        if word is not None:
            said = events.Word(
                chat_id=event.chat_id, account_id=event.account_id, at=event.at, message_id=event.message_id,
                first_name=event.first_name, lang=event.lang, key=word,
            )  # fmt: skip
            ways.append((f"word:{word}", said))
        elif digits(text) is not None:
            ways.append(("kind:digits", event))
        return [*ways, *_step(talk, event)]

    async def _set_talk(self, tx: Tx, me: Me, event: Event, reply: Reply, now: datetime) -> None:
        """A reply that names no `then` ends the talk; a tap, an aside, or a change in a group leaves it alone."""
        if reply.then is not None:
            await talks.set_talk(tx, me.account_id, reply.then, reply.memo, now)
        elif me.step and event.private and not reply.aside and not isinstance(event, events.Tap):
            await talks.end(tx, me.account_id)

    def _refused(self, me: Me, no: Refusal, event: Event, now: datetime, done: Done) -> None:
        if isinstance(event, events.Tap) and now - event.at < TAP_IS_OLD and not no.buttons:
            done.toasts.append(Toast(event.query_id, me.voice.plain(no.say)[:200], alert=True))
            return
        if isinstance(event, events.Tap):
            done.toasts.append(Toast(event.query_id))
        done.parcels += _parcels(me, Message(no.say, no.buttons), now)

    def _reply(self, me: Me, reply: Reply, event: Event, now: datetime, done: Done) -> None:
        if isinstance(event, events.Tap):
            toast = me.voice.plain(reply.toast)[:200] if reply.toast else ""
            done.toasts.append(Toast(event.query_id, toast, reply.alert))
        if reply.text is not None:
            edited = event.message_id if reply.edit and isinstance(event, events.Tap) and event.message_id else None
            message = Message(reply.text, reply.buttons, reply.keyboard, reply.silent)
            done.parcels += _parcels(me, message, now, edited)
        for message in reply.more:
            done.parcels += _parcels(me, message, now)


def menu_of(routes: Mapping[str, Route], roles: Iterable[str], speak: Voice) -> list[tuple[str, str]]:
    """The commands that these roles have, as (name, line), in the order of the table (XC-02)."""
    held = frozenset(roles)
    return [(r.key[1:], speak.plain(say(r.about))) for r in routes.values() if r.key[0] == "/" and r.who & held]


def _whose(route: Route) -> str:
    """Who does what somebody was refused (UI-08)."""
    if route.who <= TRAINEES:
        return "refusals-trainees-only"
    if route.who <= LEADERS:
        return "refusals-leaders-only"
    return "refusals-no-right" if ADMIN in route.who else "refusals-teachers-only"


def _step(talk: Talk, event: Event) -> list[tuple[str, Event]]:
    return [(f"step:{talk.step}", event)] if talk.step else []


def _parcels(me: Me, message: Message, now: datetime, edit: int | None = None) -> list[Parcel]:
    pieces = messages_of(message, me.voice)
    return [
        Parcel(
            chat_id=me.account_id, body=msgspec.json.encode(piece.words).decode(), priority=ANSWER, made_at=now,
            kind="edit" if edit and number == 0 else piece.kind, message_id=edit if number == 0 else None,
        )
        for number, piece in enumerate(pieces)
    ]  # fmt: skip
