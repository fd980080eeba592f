"""The signed initData with which a Mini App learns who opened it."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from urllib.parse import quote, urlencode

import msgspec

from simulator.model import Account, Json

NO_ED25519 = "A" * 86


def signed(bot: Account, user: Json, now: int, query_id: str, start: str = "") -> str:
    """initData signed with the bot's token; `signature` is only a stand-in, for Telegram's own key is Telegram's."""
    fields = {
        "query_id": query_id,
        "user": msgspec.json.encode({name: value for name, value in user.items() if name != "is_bot"}).decode(),
        "auth_date": str(now),
        "signature": NO_ED25519,
    }
    if start:
        fields["start_param"] = start
    check = "\n".join(f"{name}={value}" for name, value in sorted(fields.items()))
    key = hmac.new(b"WebAppData", bot.token.encode(), hashlib.sha256).digest()
    fields["hash"] = hmac.new(key, check.encode(), hashlib.sha256).hexdigest()
    return urlencode(fields, quote_via=quote)


def app_url(url: str, data: str) -> str:
    """The address that a phone opens: the app's own, with initData behind the #."""
    joint = "&" if "#" in url else "#"
    shown = urlencode({"tgWebAppData": data, "tgWebAppVersion": "9.1", "tgWebAppPlatform": "web"}, quote_via=quote)
    return f"{url}{joint}{shown}&tgWebAppThemeParams=%7B%7D"


def new_query() -> str:
    """A fresh query_id."""
    return secrets.token_urlsafe(18)
