"""Inline mode: somebody types a bot's name and words, and takes one of its results."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from simulator.core import LIFE, PLANE
from simulator.model import Json, Message, Person, user_card
from simulator.people import place, post
from simulator.refusal import NotPossible

if TYPE_CHECKING:
    from simulator.core import Telegram


def ask(sim: Telegram, person: Person, words: str, offset: str = "") -> str:
    """Send an inline query; gives its id."""
    bot, number = sim.home(person), str(secrets.randbelow(9 * 10**18) + 10**18)
    life = LIFE["inline_query"]
    sim.inline[number] = {"bot": bot.id, "person": person.id, "expires": sim.clock.now() + life}
    query = {"id": number, "from": user_card(person), "query": words, "offset": offset, "chat_type": "sender"}
    sim.update(bot, "inline_query", query, person.id + PLANE, life)
    return number


def choose(sim: Telegram, person: Person, result_id: str, chat: int | None) -> Message:
    """Send one of the results of the last query; the bot is told which."""
    bot = sim.home(person)
    results = sim.inline_results.get(person.id, [])
    result = next((one for one in results if str(one.get("id")) == result_id), None)
    if result is None:
        raise NotPossible("no such result")
    content = result.get("input_message_content") or {}
    body: Json = {"text": str(content.get("message_text", result.get("title", ""))), "via_bot": bot.card()}
    chosen = {"result_id": result_id, "from": user_card(person), "query": ""}
    sim.update(bot, "chosen_inline_result", chosen, person.id + 2 * PLANE, LIFE["chosen_inline_result"])
    return post(sim, person, place(sim, person, chat), body)
