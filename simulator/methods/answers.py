"""Answers to what people did: taps on buttons, inline queries, Mini Apps."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any

from simulator.call import Call
from simulator.model import Account, Json
from simulator.people import say_for
from simulator.refusal import bad

if TYPE_CHECKING:
    from simulator.core import Telegram

TOO_OLD = "query is too old and response timeout expired or query ID is invalid"


def take(sim: Telegram, waiting: dict[str, Json], bot: Account, number: str) -> Json:
    """The question with this id, which may be answered once and only for a while."""
    asked = waiting.get(number)
    if asked is None or asked["bot"] != bot.id or asked["expires"] < sim.clock.now():
        raise bad(TOO_OLD)
    del waiting[number]
    return asked


def answer_callback_query(sim: Telegram, bot: Account, call: Call) -> bool:
    """Stop the little clock on a button, with a few words or none."""
    text = call.text("text")
    if len(text) > 200:
        raise bad("MESSAGE_TOO_LONG")
    asked = take(sim, sim.callbacks, bot, call.text("callback_query_id"))
    person = sim.somebody(asked["person"])
    if not person.offline:
        toast = {"text": text, "alert": call.flag("show_alert"), "url": call.text("url")}
        sim.toasts.setdefault(person.id, []).append(toast)
        sim.feed.tell("toast", person=person.id, chat=asked["chat"], **toast)
        sim.feed.stir()
    return True


def answer_inline_query(sim: Telegram, bot: Account, call: Call) -> bool:
    """Results for somebody who typed the bot's name and some words."""
    results: Any = call.tree("results")
    if not isinstance(results, list):
        raise bad("can't parse inline query results: Expected an Array of InlineQueryResult")
    if len(results) > 50:
        raise bad("RESULTS_TOO_MUCH")
    if len({str(one.get("id")) for one in results}) != len(results):
        raise bad("RESULT_ID_DUPLICATE")
    if len(call.text("next_offset").encode()) > 64:
        raise bad("NEXT_OFFSET_INVALID")
    asked = take(sim, sim.inline, bot, call.text("inline_query_id"))
    person = sim.somebody(asked["person"])
    sim.feed.tell("inline", person=person.id, results=results)
    sim.inline_results[person.id] = results
    sim.feed.stir()
    return True


def answer_web_app_query(sim: Telegram, bot: Account, call: Call) -> Json:
    """A message on behalf of somebody in a Mini App."""
    asked = take(sim, sim.inline, bot, call.text("web_app_query_id"))
    result: Any = call.tree("result")
    if not isinstance(result, dict):
        raise bad("can't parse inline query result")
    say_for(sim, sim.somebody(asked["person"]), bot, result)
    return {"inline_message_id": secrets.token_urlsafe(16)}


def save_prepared_inline_message(sim: Telegram, bot: Account, call: Call) -> Json:
    """A message that a person may share from a Mini App."""
    if call.integer("user_id") not in sim.world.people:
        raise bad("user not found")
    return {"id": secrets.token_urlsafe(12), "expiration_date": int(sim.clock.now()) + 86400}
