"""What the page's requests ask a person to do, by name."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from simulator import changes, forwards, groups, inline, people, pins
from simulator.initdata import app_url, new_query, signed
from simulator.methods.polls import vote
from simulator.model import Account, Group, Json, Message, Person, user_card
from simulator.refusal import NotPossible
from simulator.shown import shown
from simulator.wording import Wording

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


def wording_of(body: Json) -> Wording:
    """The words of a request: `text` with `parse_mode` ("typed", "HTML", …) or with `entities`, or as it stands."""
    return Wording(str(body.get("text", "")), str(body.get("parse_mode") or ""), body.get("entities"))


def views(sim: Telegram, person: Person, chat: int | None, sent: list[Message]) -> Json:
    """What was sent, as the page wants it: `message` is the first, `messages` all where there are several."""
    dialog = people.place(sim, person, chat)
    seen = [shown(sim, dialog, message) for message in sent]
    return {"message": seen[0]} if len(seen) == 1 else {"message": seen[0], "messages": seen}


def say(sim: Telegram, person: Person, body: Json) -> Json:
    """Send a text."""
    reply_to, chat = whole(body.get("reply_to")) or 0, whole(body.get("chat"))
    return views(sim, person, chat, people.say_all(sim, person, chat, wording_of(body), reply_to))


def start(sim: Telegram, person: Person, body: Json) -> Json:
    """Press Start."""
    bot = sim.world.bots.get(whole(body.get("bot")) or 0) or sim.home(person)
    return view(sim, person, bot.id, people.start(sim, person, bot, str(body.get("payload") or "")))


def tap(sim: Telegram, person: Person, body: Json) -> Json:
    """Tap an inline button."""
    return {"id": people.tap(sim, person, whole(body.get("chat")), number_of(body), str(body.get("data", "")))}


def edit(sim: Telegram, person: Person, body: Json) -> Json:
    """Change one's own words or caption."""
    chat = whole(body.get("chat"))
    return view(sim, person, chat, changes.edit(sim, person, chat, number_of(body), wording_of(body)))


def numbers_of(body: Json) -> list[int]:
    """The messages that a request is about: `message_id` or `message_ids`."""
    many = body.get("message_ids")
    return [whole(one) or 0 for one in many] if isinstance(many, list) and many else [number_of(body)]


def forward(sim: Telegram, person: Person, body: Json) -> Json:
    """Pass messages on; with `hidden` or a `channel`'s name they say that they come from there."""
    to, source = whole(body.get("chat")), whole(body.get("from_chat"))
    hidden, channel = bool(body.get("hidden")), str(body.get("channel") or "")
    sent = forwards.forward(sim, person, to, source, numbers_of(body), hidden=hidden, channel=channel)
    return views(sim, person, to, sent)


def react(sim: Telegram, person: Person, body: Json) -> Json:
    """Put an emoji on a message."""
    emoji, chat = str(body.get("emoji", "")), whole(body.get("chat"))
    return view(sim, person, chat, changes.react(sim, person, chat, number_of(body), emoji))


def delete(sim: Telegram, person: Person, body: Json) -> Json:
    """Delete messages."""
    changes.delete(sim, person, whole(body.get("chat")), numbers_of(body))
    return {"ok": True}


def pin(sim: Telegram, person: Person, body: Json) -> Json:
    """Pin a message, or with `on` false take it down."""
    chat, on = whole(body.get("chat")), bool(body.get("on", True))
    return view(sim, person, chat, pins.pin(sim, person, chat, number_of(body), on))


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
    "pin": pin, "vote": choose, "webapp": webapp, "data": send_data, "inline": ask_inline,
    "inline_choose": choose_inline,
}  # fmt: skip


# ---- groups ----------------------------------------------------------------------------------------------


def someone(sim: Telegram, body: Json) -> Person:
    """The person that a request about a group names."""
    return sim.somebody(whole(body.get("person")) or 0)


def promote(sim: Telegram, group: Group, body: Json) -> None:
    """Make a bot or person an admin, or take it back: {"bot" or "person": id, "admin": true, "rights": {…: false}}."""
    number = whole(body.get("bot")) or whole(body.get("person")) or 0
    rights = body.get("rights")
    groups.promote(sim, group, number, bool(body.get("admin", True)), rights if isinstance(rights, dict) else None)


def bot_of(sim: Telegram, body: Json) -> Account:
    """The bot that a request names, or the first one."""
    bot = sim.world.bots.get(whole(body.get("bot")) or next(iter(sim.world.bots), 0))
    if bot is None:
        raise NotPossible("no such bot")
    return bot


def member_of(sim: Telegram, group: Group, body: Json) -> Person:
    """The member who does something to a group, its owner where nobody is named."""
    return sim.somebody(whole(body.get("person")) or next(iter(sim.people_of(group)), 0))


def add_bot(sim: Telegram, group: Group, body: Json) -> None:
    """A member puts a bot into the group."""
    groups.add_bot(sim, group, bot_of(sim, body), member_of(sim, group, body))


def kick_bot(sim: Telegram, group: Group, body: Json) -> None:
    """A member throws a bot out."""
    groups.remove_bot(sim, group, bot_of(sim, body), member_of(sim, group, body))


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
    "promote": promote, "add_bot": add_bot, "kick_bot": kick_bot, "mute": mute, "delete": erase,
}  # fmt: skip
