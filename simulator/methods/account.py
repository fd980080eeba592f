"""The bot's own face: who it is, its commands, its menu button, its names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from simulator.call import Call
from simulator.model import Account, Dialog, Json
from simulator.refusal import bad

if TYPE_CHECKING:
    from simulator.core import Telegram

COMMAND = re.compile(r"[a-z0-9_]{1,32}")
WORDS = {"name": 64, "description": 512, "short_description": 120}


def get_me(sim: Telegram, bot: Account, call: Call) -> Json:
    """The bot itself."""
    return {
        **bot.card(), "can_join_groups": True, "can_read_all_group_messages": not bot.privacy,
        "supports_inline_queries": bot.inline, "can_connect_to_business": False, "has_main_web_app": False,
        "has_topics_enabled": False, "allows_users_to_create_topics": False,
    }  # fmt: skip


def scope_key(call: Call) -> str:
    """For whom and in which language commands are meant, as one word."""
    scope: Any = call.tree("scope", "BotCommandScope") or {"type": "default"}
    if not isinstance(scope, dict) or "type" not in scope:
        raise bad("can't parse BotCommandScope")
    parts = [str(scope["type"]), str(scope.get("chat_id", "")), str(scope.get("user_id", ""))]
    return ":".join([*parts, call.text("language_code")])


def set_my_commands(sim: Telegram, bot: Account, call: Call) -> bool:
    """The list behind the menu button and the slash."""
    commands: Any = call.tree("commands")
    if not isinstance(commands, list):
        raise bad("expected an Array of BotCommand")
    if len(commands) > 100:
        raise bad("BOT_COMMANDS_TOO_MUCH")
    for one in commands:
        check_command(one)
    bot.commands[scope_key(call)] = [{**one, "command": one["command"].lstrip("/")} for one in commands]
    refresh(sim)
    return True


def check_command(one: Any) -> None:
    """Refuse a command that Telegram would refuse."""
    if not isinstance(one, dict) or not COMMAND.fullmatch(str(one.get("command", "")).lstrip("/")):
        raise bad("BOT_COMMAND_INVALID")
    if not 1 <= len(str(one.get("description", ""))) <= 256:
        raise bad("BOT_COMMAND_DESCRIPTION_INVALID")


def get_my_commands(sim: Telegram, bot: Account, call: Call) -> list[Json]:
    """The commands of just this scope and language."""
    return bot.commands.get(scope_key(call), [])


def delete_my_commands(sim: Telegram, bot: Account, call: Call) -> bool:
    """Forget the commands of just this scope and language."""
    bot.commands.pop(scope_key(call), None)
    refresh(sim)
    return True


def commands_for(bot: Account, dialog: Dialog, person: int, lang: str, admin: bool) -> list[Json]:
    """The commands that a person sees in a chat: the narrowest scope wins, then the person's language."""
    chat = dialog.chat
    if chat > 0:
        scopes = [f"chat:{chat}:", "all_private_chats::", "default::"]
    else:
        scopes = [f"chat_member:{chat}:{person}"]
        scopes += [f"chat_administrators:{chat}:"] if admin else []
        scopes += [f"chat:{chat}:"] + (["all_chat_administrators::"] if admin else [])
        scopes += ["all_group_chats::", "default::"]
    for scope in scopes:
        for language in (lang.split("-")[0], ""):
            found = bot.commands.get(f"{scope}:{language}")
            if found:
                return found
    return []


def set_chat_menu_button(sim: Telegram, bot: Account, call: Call) -> bool:
    """The button beside the text box, for one person or for all."""
    button: Any = call.tree("menu_button") or {"type": "default"}
    if not isinstance(button, dict) or button.get("type") not in ("default", "commands", "web_app"):
        raise bad("can't parse menu button: MenuButton has unsupported type")
    if button["type"] == "web_app" and not (button.get("text") and button.get("web_app", {}).get("url")):
        raise bad("can't parse menu button: Can't find field \"web_app\"")
    chat = call.integer("chat_id")
    if chat and chat not in sim.world.people:
        raise bad("chat not found")
    bot.menus[chat] = button
    refresh(sim)
    return True


def get_chat_menu_button(sim: Telegram, bot: Account, call: Call) -> Json:
    """The menu button of a chat, or the usual one."""
    return menu_for(bot, call.integer("chat_id")) or {"type": "default"}


def menu_for(bot: Account, chat: int) -> Json | None:
    """The menu button that a person sees."""
    mine = bot.menus.get(chat)
    return mine if mine and mine["type"] != "default" else bot.menus.get(0)


def refresh(sim: Telegram) -> None:
    """Let the phones look again at commands and menu buttons."""
    sim.changes += 1
    if sim.feed.listeners:
        for person in sim.world.people.values():
            sim.feed.tell("chat", chat=person.id)


def set_words(what: str) -> Any:
    """A method that sets the bot's name or one of its descriptions."""

    def method(sim: Telegram, bot: Account, call: Call) -> bool:
        text = call.text(what)
        if len(text) > WORDS[what]:
            raise bad(f"BOT_{what.upper()}_INVALID")
        bot.words[f"{what}:{call.text('language_code')}"] = text
        sim.changes += 1
        return True

    return method


def get_words(what: str) -> Any:
    """A method that gives the bot's name or one of its descriptions."""

    def method(sim: Telegram, bot: Account, call: Call) -> Json:
        usual = bot.words.get(f"{what}:", bot.name if what == "name" else "")
        return {what: bot.words.get(f"{what}:{call.text('language_code')}", usual)}

    return method
