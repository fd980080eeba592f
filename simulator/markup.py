"""Keyboards under messages and under the text box: checked as strictly as Telegram does."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from simulator.model import Json
from simulator.refusal import bad

ACTIONS = (
    "callback_data", "url", "web_app", "copy_text", "login_url", "switch_inline_query",
    "switch_inline_query_current_chat", "switch_inline_query_chosen_chat", "callback_game", "pay",
)  # fmt: skip
LOCAL = ("127.0.0.1", "localhost", "::1")
NO_ACTION = "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"


def inline_markup(markup: Any) -> Json | None:
    """The inline keyboard of an edit or of a message; None for none or an empty one."""
    if markup is None or markup == {}:
        return None
    if not isinstance(markup, dict):
        raise bad("object expected as reply markup")
    if "inline_keyboard" not in markup:
        raise bad("inline keyboard expected")
    return checked_inline(markup, private=True)


def any_markup(markup: Any, private: bool) -> Json | None:
    """Whatever keyboard a new message may carry."""
    if markup is None or markup == {}:
        return None
    if not isinstance(markup, dict):
        raise bad("object expected as reply markup")
    if "inline_keyboard" in markup:
        return checked_inline(markup, private)
    if "keyboard" in markup:
        return checked_reply(markup, private)
    return markup if markup.get("remove_keyboard") or markup.get("force_reply") else None


def rows_of(markup: Json, name: str, what: str) -> list[list[Any]]:
    """The rows of a keyboard without the empty ones."""
    rows = markup[name]
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad(f'object expected as {what}: field "{name}" must be of type Array of Array')
    return [row for row in rows if row]


def checked_inline(markup: Json, private: bool) -> Json | None:
    """An inline keyboard whose buttons are all good."""
    rows = rows_of(markup, "inline_keyboard", "inline keyboard")
    if sum(map(len, rows)) > 100:
        raise bad("reply markup is too long")
    for row in rows:
        for button in row:
            check_button(button, private)
    return {"inline_keyboard": rows} if rows else None


def check_button(button: Any, private: bool) -> None:
    """Refuse an inline button that Telegram would refuse."""
    if not isinstance(button, dict) or not isinstance(button.get("text"), str):
        raise bad('can\'t parse inline keyboard button: Field "text" must be of type String')
    if not button["text"].strip():
        raise bad("BUTTON_TEXT_EMPTY")
    action = next((name for name in ACTIONS if button.get(name) is not None), None)
    if action is None:
        raise bad(NO_ACTION)
    if action == "callback_data" and not 1 <= len(str(button[action]).encode()) <= 64:
        raise bad("BUTTON_DATA_INVALID")
    if action == "url" and not good_link(str(button[action])):
        raise bad("BUTTON_URL_INVALID")
    if action == "web_app":
        check_app(button[action], private)
    if action == "copy_text" and not 1 <= len(str(button[action].get("text", ""))) <= 256:
        raise bad("BUTTON_COPY_TEXT_INVALID")


def good_link(url: str) -> bool:
    """Whether a button may lead there."""
    parts = urlsplit(url if "://" in url else f"http://{url}")
    if parts.scheme == "tg":
        return True
    host = parts.hostname or ""
    return parts.scheme in ("http", "https", "ton") and ("." in host or host in LOCAL) and " " not in url


def check_app(app: Any, private: bool) -> None:
    """A Mini App needs a private chat and https (a simulator may also open one of this very machine)."""
    if not private:
        raise bad("BUTTON_TYPE_INVALID")
    url = str(app.get("url", "")) if isinstance(app, dict) else ""
    parts = urlsplit(url)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in LOCAL):
        raise bad(f"inline keyboard button Web App URL '{url}' is invalid: Only HTTPS links are allowed")


def checked_reply(markup: Json, private: bool) -> Json:
    """A keyboard for the place under the text box."""
    rows = [[as_key(key, private) for key in row] for row in rows_of(markup, "keyboard", "reply keyboard")]
    if not rows:
        raise bad("reply markup keyboard is empty")
    if sum(map(len, rows)) > 300:
        raise bad("reply markup is too long")
    if len(str(markup.get("input_field_placeholder") or "")) > 64:
        raise bad("input field placeholder is too long")
    return {**markup, "keyboard": rows}


def as_key(key: Any, private: bool) -> Json:
    """One key, which may be given as a plain text."""
    if isinstance(key, str):
        key = {"text": key}
    if not isinstance(key, dict) or not isinstance(key.get("text"), str):
        raise bad('can\'t parse keyboard button: Field "text" must be of type String')
    if not key["text"]:
        raise bad("keyboard button text must be non-empty")
    if not private:
        if key.get("request_location"):
            raise bad("location can be requested in private chats only")
        if key.get("request_contact"):
            raise bad("phone number can be requested in private chats only")
        if key.get("web_app"):
            raise bad("web App buttons can be used in private chats only")
    return key


def keys_shown(markup: Json) -> Json:
    """A reply keyboard as the page draws it."""
    shown: Json = {"rows": markup["keyboard"], "one_time": bool(markup.get("one_time_keyboard"))}
    shown["persistent"] = bool(markup.get("is_persistent"))
    if markup.get("input_field_placeholder"):
        shown["placeholder"] = markup["input_field_placeholder"]
    return shown
