"""Help, 🆘, and an answer to everything that is not understood: nothing is met with silence (UI-01, SAFETY-05)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from actions import safety
from chat.events import Edited, Event, Media, Tap, Text
from chat.messages import Message, Refusal, Reply, button, lines, say
from chat.turns import Route, on_command, on_kind, on_word
from handlers import joining, logs, menus, notice_reading, registration, rollcalls, search
from handlers.turns import Turn
from rules.access_codes import normal_code
from rules.roles import ADMIN, ANYBODY, CLASS_TEACHER, EVERYONE, STRANGER
from storage import accounts, outbox

SILENCE = timedelta(minutes=1)


async def sos(turn: Turn, said: Event) -> Reply:
    """🆘: the emergency numbers and the teacher's telephone at once; the class teachers are alarmed."""
    phones = await safety.call_for_help(turn.tx, turn.me, turn.now)
    teacher = [say("help-sos-teacher", name=p.name, phone=p.phone) for p in phones]
    return Reply(lines(say("help-sos"), *teacher, say("help-sos-told") if phones else None))


async def text(turn: Turn, said: Text) -> Reply:
    """Free text that belongs to nothing: a seat's code, a search, or one friendly line and the keys."""
    if (reply := await joining.by_code(turn, said)) is not None:
        return reply
    if STRANGER in turn.me.roles:
        return await greet(turn, said)
    for meant in (notice_reading.typed, registration.search, rollcalls.typed):
        if (reply := await meant(turn, said)) is not None:
            return reply
    if not said.text.strip():
        return await not_understood(turn, said)
    if (reply := await search.searched(turn, said)) is not None:
        return reply
    return Reply(say("help-text"), keyboard=menus.keyboard(turn.me))


async def greet(turn: Turn, said: Event) -> Reply:
    """A stranger is told how to join, once; then a minute of silence. Something like a code is always answered."""
    if isinstance(said, Text) and _like_a_code(said.text):
        await accounts.add_attempt(turn.tx, turn.me.account_id, "code", turn.now)
        return Reply(say("joining-not-a-code"))
    if await accounts.attempts(turn.tx, turn.me.account_id, joining.GREET, turn.now - SILENCE):
        return Reply()
    await accounts.add_attempt(turn.tx, turn.me.account_id, joining.GREET, turn.now)
    return Reply(say("joining-how"))


def _like_a_code(text: str) -> bool:
    plain = "".join(text.split()).replace("-", "")
    return plain.isascii() and plain.isalnum() and 6 <= len(plain) <= 10 and normal_code(text) is None


async def not_understood(turn: Turn, said: Event) -> Reply:
    """Stickers, albums, places, new kinds of things: one line and the keys; of an album only the first is answered."""
    if STRANGER in turn.me.roles:
        return await greet(turn, said)
    if isinstance(said, Media) and (reply := await logs.album_goes_on(turn, said)) is not None:
        return reply
    album = getattr(said, "album", "")
    if album and await accounts.attempts(turn.tx, turn.me.account_id, f"album:{album}", turn.now - SILENCE):
        return Reply()
    if album:
        await accounts.add_attempt(turn.tx, turn.me.account_id, f"album:{album}", turn.now)
    return Reply(say("help-media"), keyboard=menus.keyboard(turn.me))


async def unknown_command(turn: Turn, said: Event) -> Reply:
    """A command that we do not have."""
    if STRANGER in turn.me.roles:
        return await greet(turn, said)
    return Reply(say("help-unknown-command"), keyboard=menus.keyboard(turn.me))


async def old_tap(turn: Turn, said: Tap) -> Reply:
    """A button of a time long past, or a forged one: said in a small window, nothing happens."""
    raise Refusal("help-old-button")


async def edited(turn: Turn, said: Edited) -> Reply:
    """An edited message changes nothing; said once in a while so that nobody believes it does."""
    if (reply := await logs.edited(turn, said)) is not None:
        return reply
    if STRANGER in turn.me.roles or await accounts.attempts(turn.tx, turn.me.account_id, "edited", turn.now - SILENCE):
        return Reply()
    await accounts.add_attempt(turn.tx, turn.me.account_id, "edited", turn.now)
    return Reply(say("help-edited"))


async def blocked(turn: Turn, said: Event) -> Reply:
    """The bot was stopped: nothing waits for this person any more, staff see it."""
    await accounts.set_blocked(turn.tx, turn.me.account_id, turn.now)
    await outbox.forget_chat(turn.tx, turn.me.account_id, "unreachable")
    return Reply()


async def unblocked(turn: Turn, said: Event) -> Reply:
    """The bot was taken back."""
    await accounts.set_blocked(turn.tx, turn.me.account_id, None)
    return Reply()


def routes(others: Iterable[Route]) -> tuple[Route, ...]:
    """The help of everybody, made from the table of all routes: commands with their line, by role."""
    commands = [route for route in others if route.key.startswith("/")]

    async def helped(turn: Turn, said: Event) -> Reply:
        mine = [r for r in commands if r.who & turn.me.roles]
        role = turn.me.role if turn.me.role in (CLASS_TEACHER, ADMIN) else STRANGER if not turn.me.cohort_id else ""
        head = say("help-staff" if role in (CLASS_TEACHER, ADMIN) else "help-stranger" if role else "help-trainee")
        about = [say("help-line", command=r.key, about=say(r.about)) for r in mine]
        privacy = button("records-privacy", "privacy")
        more = Message(lines(say("help-commands"), *about), ((privacy,),), silent=True)
        keys = menus.keyboard(turn.me) if STRANGER not in turn.me.roles else None
        return Reply(head, keyboard=keys, more=(more,) if role != STRANGER else ())

    return (
        on_word("menu-help", helped, who=ANYBODY),
        on_command("help", helped, who=ANYBODY, about="help-about"),
        on_word("menu-sos", sos, who=ANYBODY),
        on_command("sos", sos, who=EVERYONE, about="help-sos-about"),
        on_kind("text", text, who=ANYBODY),
        on_kind("unknown", unknown_command, who=ANYBODY),
        on_kind("media", not_understood, who=ANYBODY),
        on_kind("old-tap", old_tap, who=ANYBODY),
        on_kind("edited", edited, who=ANYBODY),
        on_kind("blocked", blocked, who=ANYBODY),
        on_kind("unblocked", unblocked, who=ANYBODY),
    )
