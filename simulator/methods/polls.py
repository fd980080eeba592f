"""Polls and quizzes."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any

from simulator.call import Call
from simulator.markup import inline_markup
from simulator.methods.sending import post
from simulator.model import Account, Dialog, Json, Message
from simulator.places import find, may_send
from simulator.refusal import bad
from simulator.telling import show

if TYPE_CHECKING:
    from simulator.core import Telegram


def send_poll(sim: Telegram, bot: Account, call: Call) -> Json:
    """A question with answers to choose from."""
    dialog = find(sim, bot, call)
    poll = poll_of(call)
    may_send(sim, bot, dialog, "polls")
    body = post(sim, bot, dialog, {"poll": poll}, call)
    bot.polls[poll["id"]] = (dialog.chat, body["message_id"])
    return body


def poll_of(call: Call) -> Json:
    """The poll that a call describes, if Telegram would take it."""
    question, options = call.text("question").strip(), option_texts(call.tree("options"))
    if not question:
        raise bad("poll question must be non-empty")
    if len(question) > 300:
        raise bad("poll question length must not exceed 300")
    quiz = call.text("type") == "quiz"
    poll: Json = {
        "id": str(secrets.randbelow(9 * 10**18) + 10**18), "question": question,
        "options": [{"text": text, "voter_count": 0, "persistent_id": str(at)} for at, text in enumerate(options)],
        "total_voter_count": 0, "is_closed": call.flag("is_closed"), "type": "quiz" if quiz else "regular",
        "is_anonymous": call.flag("is_anonymous") if call.has("is_anonymous") else True,
        "allows_multiple_answers": call.flag("allows_multiple_answers"),
        "allows_revoting": call.flag("allows_revoting") if call.has("allows_revoting") else not quiz,
        "members_only": call.flag("members_only"),
    }  # fmt: skip
    return poll | (quiz_part(call, len(options)) if quiz else {})


def option_texts(given: Any) -> list[str]:
    """The answers to choose from."""
    if not isinstance(given, list) or not given:
        raise bad("can't parse options JSON object")
    texts = [str(one.get("text", "") if isinstance(one, dict) else one).strip() for one in given]
    if len(texts) > 12:
        raise bad("poll can't have more than 12 options")
    if any(not 1 <= len(text) <= 100 for text in texts):
        raise bad("poll options length must not exceed 100" if all(texts) else "poll options must be non-empty")
    return texts


def quiz_part(call: Call, count: int) -> Json:
    """The right answers of a quiz."""
    right: Any = call.tree("correct_option_ids")
    if right is None and call.has("correct_option_id"):
        right = [call.integer("correct_option_id")]
    if not right or not all(isinstance(one, int) and 0 <= one < count for one in right):
        raise bad("wrong correct option ID specified")
    part: Json = {"correct_option_ids": right}
    if call.has("explanation"):
        part |= {"explanation": call.text("explanation"), "explanation_entities": []}
    return part


def stop_poll(sim: Telegram, bot: Account, call: Call) -> Json:
    """Close a poll and give its result."""
    dialog = find(sim, bot, call)
    message = dialog.messages.get(call.integer("message_id"))
    if message is None or "poll" not in message.body:
        raise bad("message with poll to stop not found")
    if message.sender != bot.id:
        raise bad("poll can't be stopped")
    if message.body["poll"]["is_closed"]:
        raise bad("poll has already been closed")
    markup = inline_markup(call.tree("reply_markup"))
    message.body["poll"]["is_closed"] = True
    message.body.pop("reply_markup", None)
    if markup:
        message.body["reply_markup"] = markup
    sim.touch(message)
    show(sim, dialog, message, "edit")
    poll: Json = message.body["poll"]
    return poll


def vote(sim: Telegram, dialog: Dialog, message: Message, voter: Json, chosen: list[int]) -> None:
    """Count somebody's choice; the bot whose poll it is hears of it."""
    poll = message.body["poll"]
    message.votes[voter["id"]] = chosen
    if not chosen:
        del message.votes[voter["id"]]
    for at, option in enumerate(poll["options"]):
        option["voter_count"] = sum(at in picks for picks in message.votes.values())
    poll["total_voter_count"] = len(message.votes)
    sim.touch(message)
    show(sim, dialog, message, "edit")
    bot, key = sim.world.bots[message.sender], int(poll["id"])
    if not poll["is_anonymous"]:
        names = [poll["options"][at]["persistent_id"] for at in chosen]
        answer = {"poll_id": poll["id"], "user": voter, "option_ids": chosen, "option_persistent_ids": names}
        sim.update(bot, "poll_answer", answer, key)
    sim.update(bot, "poll", poll, key)
