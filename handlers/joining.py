"""Joining: a link or a code, who you are, what is kept, [是我，绑定] (XC-01, CLASS-06)."""

from __future__ import annotations

import re

from actions import daycards, joining
from chat.events import Command, Event, Tap, Text
from chat.messages import Keyboard, Lines, Refusal, Reply, button, lines, say
from chat.turns import on_command, on_step, on_tap, on_word
from handlers import checkins, menus
from handlers.turns import Turn
from rules.access_codes import normal_code
from rules.roles import ANYBODY, STRANGER
from storage import accounts, cohorts, members
from storage.accounts import Me
from storage.links import Link
from storage.members import Member
from texts.render import LANGUAGES

STEP = "joining-confirm"
QR = re.compile(r"c\d{1,12}_\d{1,12}")
"""The QR code of the screen; a seat's link, 24 random characters, never looks like that."""
GREET = "greet"
"""The kind of attempt by which a stranger's minute of silence is counted."""
YES_NO = Keyboard(((say("menu-bind-yes"), say("menu-bind-no")),))


async def start(turn: Turn, said: Command) -> Reply:
    """/start: with a seat's link, with the QR code of the screen, or bare."""
    if QR.fullmatch(said.args):
        return await checkins.by_link(turn, said)
    if said.args and await joining.is_paused(turn.tx, turn.me, turn.now):
        return Reply(say("joining-pause"))
    if said.args:
        return await ask(turn, await joining.find_link(turn.tx, turn.me, token=said.args, now=turn.now))
    if STRANGER in turn.me.roles:
        await accounts.add_attempt(turn.tx, turn.me.account_id, GREET, turn.now)
        return Reply(say("joining-how"))
    return await menus.home(turn, said)


async def ask(turn: Turn, link: Link) -> Reply:
    """Show whose seat it is and what will be kept; the answer is a key of the keyboard, so it is a message (RULE-4)."""
    if link.purpose == "admin":
        await joining.become_admin(turn.tx, turn.me, link.token, turn.now)
        me = await accounts.who(turn.tx, turn.me.account_id, turn.now) or turn.me
        return Reply(say("joining-admin"), keyboard=menus.keyboard(me), commands=(me.account_id,))
    member = await joining.seat_behind(turn.tx, turn.me, link)
    cohort = await cohorts.get(turn.tx, member.cohort_id)
    text = lines(
        say("joining-who", title=cohort.title_in(turn.me.lang)), _person(member), say("joining-consent"),
        say("joining-yes-no"), gap="\n\n",
    )  # fmt: skip
    return Reply(text, keyboard=YES_NO, then=STEP, memo={"token": link.token})


def _person(member: Member) -> Lines:
    """Name, street, group and room, as far as the roster has them."""
    seat = say("joining-seat", group=member.group_no or 0, seat=member.seat_no or 0) if member.seat_no else None
    room = say("joining-room", room=member.dorm_room) if member.dorm_room else None
    street = say("joining-street", street=member.street) if member.street else None
    return lines(say("joining-name", name=member.name), street, seat, room)


async def yes(turn: Turn, said: Event) -> Reply:
    """[是我，绑定]: bind and open the menu of the role."""
    token = turn.talk.word("token") if turn.talk.step == STEP else None
    if not token:
        raise Refusal("joining-nothing-open")
    member = await joining.bind(turn.tx, turn.me, token, turn.now)
    me = await accounts.who(turn.tx, turn.me.account_id, turn.now) or turn.me
    key = "joining-done-trainee" if member.seat_no else "joining-done"
    done = say(key, name=member.name, title=me.cohort_title)
    await daycards.present(turn.tx, me, turn.now)
    return Reply(done, keyboard=menus.keyboard(me), commands=(me.account_id,))


async def no(turn: Turn, said: Event) -> Reply:
    """[不是我]: nothing is bound; the link stays good for the right person."""
    return Reply(say("joining-not-me"), keyboard=_keys(turn.me))


def _keys(me: Me) -> Keyboard:
    return Keyboard() if STRANGER in me.roles else menus.keyboard(me)


async def again(turn: Turn, said: Event) -> Reply:
    """Anything else while the question stands: ask once more, with the keys."""
    if isinstance(said, Text) and (reply := await by_code(turn, said)) is not None:
        return reply
    return Reply(say("joining-yes-no"), keyboard=YES_NO, then=STEP, memo=turn.talk.memo)


async def by_code(turn: Turn, said: Text) -> Reply | None:
    """An 8-character code as free text; None when it is none, or when a bound person just wrote such a word."""
    code = normal_code(said.text)
    if code is None or (STRANGER not in turn.me.roles and not any(c.isdigit() for c in code)):
        return None
    if await joining.is_paused(turn.tx, turn.me, turn.now):
        return Reply(say("joining-pause"))
    if said.forwarded:
        raise Refusal("joining-forwarded")
    return await ask(turn, await joining.find_link(turn.tx, turn.me, code=code, now=turn.now))


async def language(turn: Turn, said: Event) -> Reply:
    """/language: two buttons."""
    both = (button("languages-zh", "lang", "zh"), button("languages-en", "lang", "en"))
    return Reply(say("languages-ask"), (both,))


async def switch(turn: Turn, said: Event) -> Reply:
    """/class: in which class one speaks, for people of several and for administrators."""
    rows = []
    for cohort in await cohorts_of(turn):
        rows.append((button(say("joining-class", title=cohort.title_in(turn.me.lang)), "class", cohort.id),))
    if not rows:
        raise Refusal("refusals-no-class")
    return Reply(say("joining-which", title=turn.me.cohort_title), tuple(rows[:20]))


async def cohorts_of(turn: Turn) -> list[cohorts.Cohort]:
    """The classes that the speaker may speak in."""
    everything = await cohorts.all(turn.tx)
    if turn.me.school_roles:
        return everything
    own = {m.cohort_id for m in await members.of_account(turn.tx, turn.me.account_id)}
    return [c for c in everything if c.id in own]


async def set_language(turn: Turn, said: Tap) -> Reply:
    """[中文] [English]: everything speaks it from now on, the keys and the menu of commands too."""
    lang = said.args[0] if said.args else ""
    if lang not in LANGUAGES:
        raise Refusal("refusals-not-here")
    await accounts.set_lang(turn.tx, turn.me.account_id, lang)
    return Reply(say("languages-done"), keyboard=_keys(turn.me), commands=(turn.me.account_id,))


async def set_class(turn: Turn, said: Tap) -> Reply:
    """Speak in another of one's classes from now on."""
    wanted = said.number()
    if wanted not in {c.id for c in await cohorts_of(turn)}:
        raise Refusal("refusals-not-here")
    await accounts.set_cohort(turn.tx, turn.me.account_id, wanted)
    me = await accounts.who(turn.tx, turn.me.account_id, turn.now) or turn.me
    return Reply(say("joining-switched", title=me.cohort_title), keyboard=menus.keyboard(me), commands=(me.account_id,))


ROUTES = (
    on_command("start", start, who=ANYBODY, about="joining-start-about"),
    on_word("menu-bind-yes", yes, who=ANYBODY),
    on_word("menu-bind-no", no, who=ANYBODY),
    on_step(STEP, again, who=ANYBODY),
    on_command("language", language, who=ANYBODY, about="languages-about"),
    on_command("class", switch, who=ANYBODY - {STRANGER}, about="joining-class-about"),
    on_tap("lang", set_language, who=ANYBODY),
    on_tap("class", set_class, who=ANYBODY - {STRANGER}),
)
