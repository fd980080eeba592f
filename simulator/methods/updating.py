"""How a bot gets its updates: polling or a webhook."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from simulator.call import Call
from simulator.model import Account, Json
from simulator.queues import BY_WEBHOOK, DEFAULT, KINDS, Update
from simulator.refusal import Refusal, bad

if TYPE_CHECKING:
    from simulator.core import Telegram

HOOKED = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")


class Said:
    """A result with a description beside it."""

    def __init__(self, result: Any, description: str) -> None:
        self.result, self.description = result, description


async def get_updates(sim: Telegram, bot: Account, call: Call) -> list[Update]:
    """The updates that wait, or the next ones."""
    if sim.hooks[bot.id].url:
        raise Refusal(409, HOOKED)
    queue = sim.queues[bot.id]
    wanted(sim, bot, call)
    limit = min(100, max(1, call.integer("limit", 100)))
    return await queue.poll(call.integer("offset"), limit, min(50, max(0, call.integer("timeout"))))


def wanted(sim: Telegram, bot: Account, call: Call) -> None:
    """Remember allowed_updates when they are given; they hold for what happens from now on."""
    kinds = call.tree("allowed_updates")
    if isinstance(kinds, list):
        sim.queues[bot.id].allow(str(kind) for kind in kinds)


async def set_webhook(sim: Telegram, bot: Account, call: Call) -> Said:
    """Have updates delivered to an address."""
    url = call.text("url").strip()
    if not url:
        return await delete_webhook(sim, bot, call)
    sim.floods.set_webhook(bot.id)
    check_hook(call, url)
    hook, queue = sim.hooks[bot.id], sim.queues[bot.id]
    wanted(sim, bot, call)
    most = min(100, max(1, call.integer("max_connections", 40)))
    same = hook.url == url and hook.secret == call.text("secret_token") and hook.most == most
    if call.flag("drop_pending_updates"):
        hook.clear()
    if same:
        return Said(True, "Webhook is already set")
    queue.end_poll(BY_WEBHOOK)
    await hook.close()
    hook.open(url, call.text("secret_token"), most)
    sim.changes += 1
    return Said(True, "Webhook was set")


def check_hook(call: Call, url: str) -> None:
    """Refuse a webhook address or secret that Telegram would refuse (plain http is fine here)."""
    if not re.match(r"https?://[^/\s]+", url):
        raise bad("bad webhook: invalid webhook URL specified")
    if call.has("secret_token") and call.text("secret_token") and not SECRET.fullmatch(call.text("secret_token")):
        raise bad("secret token contains unallowed characters")


async def delete_webhook(sim: Telegram, bot: Account, call: Call) -> Said:
    """Go back to polling."""
    hook = sim.hooks[bot.id]
    if call.flag("drop_pending_updates"):
        hook.clear()
    if not hook.url:
        return Said(True, "Webhook is already deleted")
    await hook.close()
    sim.changes += 1
    return Said(True, "Webhook was deleted")


def get_webhook_info(sim: Telegram, bot: Account, call: Call) -> Json:
    """How the webhook fares."""
    hook, queue = sim.hooks[bot.id], sim.queues[bot.id]
    info: Json = {"url": hook.url, "has_custom_certificate": False, "pending_update_count": hook.pending}
    if hook.url:
        info["max_connections"] = hook.most
    if hook.last_error:
        info |= {"last_error_date": int(hook.last_error_at), "last_error_message": hook.last_error}
    if queue.allowed != DEFAULT:
        info["allowed_updates"] = [kind for kind in KINDS if kind in queue.allowed]
    return info
