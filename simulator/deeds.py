"""What the page's requests ask a person to do, by name."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from simulator import groups, inline, people
from simulator.initdata import app_url, new_query, signed
from simulator.methods.polls import vote
from simulator.model import Group, Json, Message, Person, user_card
from simulator.refusal import NotPossible
from simulator.shown import shown

if TYPE_CHECKING:
    from simulator.core import Telegram


def whole(value: Any) -> int | None:
    """A number that may have come as text; None without it."""
    try:
        return None if value in (None, "") else int(value)
    except (TypeError, ValueError) as wrong:
        raise NotPossible(f"not a number: {value}") from wrong


def view(sim: Telegram, person: Person, chat: Any, message: Message) -> Json:
    """A message as the page wants it, in an answer."""
    return {"message": shown(sim, people.place(sim, person, whole(chat)), message)}


def number_of(body: Json) -> int:
    """The message that a request is about."""
    return whole(body.get("message_id")) or 0


def say(sim: Telegram, person: Person, body: Json) -> Json:
    """Send a text."""
    reply_to = whole(body.get("reply_to")) or 0
    message = people.say(sim, person, whole(body.get("chat")), str(body.get("text", "")), reply_to)
    return view(sim, person, body.get("chat"), message)


def start(sim: Telegram, person: Person, body: Json) -> Json:
    """Press Start."""
    bot = sim.world.bots.get(whole(body.get("bot")) or 0) or sim.home(person)
    return view(sim, person, bot.id, people.start(sim, person, bot, str(body.get("payload") or "")))


def tap(sim: Telegram, person: Person, body: Json) -> Json:
    """Tap an inline button."""
    return {"id": people.tap(sim, person, whole(body.get("chat")), number_of(body), str(body.get("data", "")))}


def edit(sim: Telegram, person: Person, body: Json) -> Json:
    """Change one's own words."""
    text, chat = str(body.get("text", "")), whole(body.get("chat"))
    return view(sim, person, chat, people.edit(sim, person, chat, number_of(body), text))


def forward(sim: Telegram, person: Person, body: Json) -> Json:
    """Pass a message on."""
    to, source = whole(body.get("chat")), whole(body.get("from_chat"))
    return view(sim, person, to, people.forward(sim, person, to, source, number_of(body)))


def react(sim: Telegram, person: Person, body: Json) -> Json:
    """Put an emoji on a message."""
    emoji, chat = str(body.get("emoji", "")), whole(body.get("chat"))
    return view(sim, person, chat, people.react(sim, person, chat, number_of(body), emoji))


def delete(sim: Telegram, person: Person, body: Json) -> Json:
    """Delete one's own message."""
    people.delete(sim, person, whole(body.get("chat")), number_of(body))
    return {"ok": True}


def choose(sim: Telegram, person: Person, body: Json) -> Json:
    """Answer a poll."""
    dialog = people.place(sim, person, whole(body.get("chat")))
    message, chosen = dialog.messages.get(number_of(body)), body.get("options") or []
    if message is None or "poll" not in message.body or message.body["poll"]["is_closed"]:
        raise NotPossible("there is no open poll")
    if not all(isinstance(one, int) and 0 <= one < len(message.body["poll"]["options"]) for one in chosen):
        raise NotPossible("no such option")
    vote(sim, dialog, message, user_card(person), chosen)
    return view(sim, person, body.get("chat"), message)


def webapp(sim: Telegram, person: Person, body: Json) -> Json:
    """Open a Mini App: its address with signed initData."""
    bot, query, now = sim.home(person), new_query(), sim.clock.now()
    sim.inline[query] = {"bot": bot.id, "person": person.id, "expires": now + 3600}
    data = signed(bot, user_card(person), int(now), query, str(body.get("start") or ""))
    return {"url": app_url(str(body.get("url", "")), data), "init_data": data}


def send_data(sim: Telegram, person: Person, body: Json) -> Json:
    """What a Mini App opened from the reply keyboard sends back."""
    data = {"data": str(body.get("data", ""))[:4096], "button_text": str(body.get("button_text", ""))}
    dialog = people.place(sim, person, whole(body.get("chat")))
    return view(sim, person, body.get("chat"), people.post(sim, person, dialog, {"web_app_data": data}))


def ask_inline(sim: Telegram, person: Person, body: Json) -> Json:
    """Type the bot's name and some words."""
    return {"id": inline.ask(sim, person, str(body.get("query", "")), str(body.get("offset", "")))}


def choose_inline(sim: Telegram, person: Person, body: Json) -> Json:
    """Take one of the results."""
    chat = whole(body.get("chat"))
    return view(sim, person, chat, inline.choose(sim, person, str(body.get("result", "")), chat))


DEEDS: dict[str, Callable[[Telegram, Person, Json], Json]] = {
    "say": say, "start": start, "tap": tap, "edit": edit, "forward": forward, "react": react, "delete": delete,
    "vote": choose, "webapp": webapp, "data": send_data, "inline": ask_inline, "inline_choose": choose_inline,
}  # fmt: skip


# ---- groups ----------------------------------------------------------------------------------------------


def someone(sim: Telegram, body: Json) -> Person:
    """The person that a request about a group names."""
    return sim.somebody(whole(body.get("person")) or 0)


def promote(sim: Telegram, group: Group, body: Json) -> None:
    """Make a bot or person an admin, or take it back: {"bot" or "person": id, "admin": true}."""
    number = whole(body.get("bot")) or whole(body.get("person")) or 0
    groups.promote(sim, group, number, bool(body.get("admin", True)))


def kick_bot(sim: Telegram, group: Group, body: Json) -> None:
    """Throw a bot out."""
    bot = sim.world.bots.get(whole(body.get("bot")) or 0)
    if bot is None:
        raise NotPossible("no such bot")
    groups.remove_bot(sim, group, bot, sim.somebody(sim.people_of(group)[0]))


def mute(sim: Telegram, group: Group, body: Json) -> None:
    """Let only admins speak, or everybody again."""
    group.muted = bool(body.get("on", True))


def erase(sim: Telegram, group: Group, body: Json) -> None:
    """Delete the group."""
    group.deleted = True
    sim.tell_groups()


GROUP_DEEDS: dict[str, Callable[[Telegram, Group, Json], None]] = {
    "join": lambda sim, group, body: groups.join(sim, group, someone(sim, body)),
    "leave": lambda sim, group, body: groups.leave(sim, group, someone(sim, body)),
    "ask": lambda sim, group, body: groups.ask_to_join(sim, group, someone(sim, body), str(body.get("link", ""))),
    "promote": promote, "kick_bot": kick_bot, "mute": mute, "delete": erase,
}  # fmt: skip
