"""What Telegram is told about us at start: where updates go, and the commands that everybody has."""

from __future__ import annotations

import logging
from collections.abc import Mapping

from msgspec import Struct, ValidationError, json

from bot.config import Config
from bot.dispatcher import menu_of
from bot.telegram import ALLOWED_UPDATES
from bot.transport import Api, NotSent, Uncertain
from chat.turns import Route
from rules.roles import STRANGER
from texts.render import LANGUAGES, voice

log = logging.getLogger("tongxue.commands")


class Hook(Struct, frozen=True):
    """What Telegram knows of our webhook."""

    url: str = ""
    last_error_message: str = ""


class _Info(Struct, frozen=True):
    result: Hook = Hook()


async def set_intake(api: Api, config: Config) -> bool:
    """Polling or webhook: change what Telegram has only where it differs (setWebhook is limited to 1/s). Whether it is
    now as we want it.

    A webhook that answers 403 has another secret with Telegram than with us, so it is set anew.
    """
    here = config.telegram
    known = await webhook_of(api)
    if known is None:
        return False
    if here.mode == "polling" and known.url:
        return await _tell(api, "deleteWebhook", {})
    if here.mode == "webhook" and (known.url != here.webhook_url or "403" in known.last_error_message):
        wanted: dict[str, object] = {
            "url": here.webhook_url,
            "secret_token": here.webhook_secret,
            "allowed_updates": ALLOWED_UPDATES,
        }
        return await _tell(api, "setWebhook", wanted)
    return True


async def webhook_of(api: Api) -> Hook | None:
    """What Telegram says about our webhook; None when it does not answer."""
    try:
        status, body = await api.call("getWebhookInfo", {})
        if status != 200:
            log.warning("Telegram did not say where updates go: %s", status)
            return None
        return json.decode(body, type=_Info).result
    except (NotSent, Uncertain, ValidationError, ValueError) as lost:
        log.warning("Telegram did not say where updates go: %s", type(lost).__name__)
        return None


async def set_menus(api: Api, routes: Mapping[str, Route]) -> bool:
    """The commands of those whom we do not know yet, in both languages; everybody else has a menu of one's own.
    Whether Telegram took them."""
    taken = True
    for lang in LANGUAGES:
        menu = [{"command": n, "description": a} for n, a in menu_of(routes, (STRANGER,), voice(lang, "UTC"))]
        params: dict[str, object] = {"commands": menu, "scope": {"type": "all_private_chats"}}
        taken &= await _tell(api, "setMyCommands", params if lang == "zh" else {**params, "language_code": lang})
    return taken


async def _tell(api: Api, method: str, params: dict[str, object]) -> bool:
    try:
        status, body = await api.call(method, params)
    except (NotSent, Uncertain) as lost:
        log.warning("%s was not answered: %s", method, lost)
        return False
    if status != 200:
        why = body[:200].decode("utf-8", "replace") if body[:1] == b"{" else ""
        log.warning("%s was refused: %s %s", method, status, why)
    return status == 200
