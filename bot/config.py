"""The configuration: a TOML file becomes frozen values; an unknown key is refused in words."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

import msgspec
from msgspec import Struct


class Telegram(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How to reach Telegram. `messages_per_second` 0 switches our pacing off, that of single chats too."""

    token: str = ""
    api_url: str = "https://api.telegram.org"
    mode: Literal["polling", "webhook"] = "polling"
    webhook_url: str = ""
    webhook_secret: str = ""
    proxy: str = ""
    messages_per_second: float = 28
    in_flight: int = 64


class Server(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Where our own pages and the webhook listen. Port 0: no server in polling mode.

    `public_url` is where other people's browsers find the pages, for links.
    """

    host: str = "127.0.0.1"
    port: int = 8080
    public_url: str = ""


class Database(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    url: str = "sqlite:///var/tongxue.db"


class ClockPart(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`offset_seconds` moves our now against real time; `follow` is an address that leads the clock (demo)."""

    offset_seconds: float = 0
    follow: str = ""


class Config(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Everything that a school sets for the program itself; what a class sets stands in its own rules.toml."""

    telegram: Telegram = Telegram()
    server: Server = Server()
    database: Database = Database()
    clock: ClockPart = ClockPart()


class ConfigError(Exception):
    """What is wrong with the configuration, in one sentence for a person."""


def load(path: Path) -> Config:
    """Read a configuration file; ConfigError says which key and what to do."""
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ConfigError(f"{path}: there is no such file. Copy config.example.toml and fill in the token.") from None
    except (OSError, UnicodeDecodeError) as wrong:
        raise ConfigError(f"{path}: cannot be read ({type(wrong).__name__}). Save it as UTF-8 text.") from None
    except tomllib.TOMLDecodeError as wrong:
        raise ConfigError(f"{path}: this is not valid TOML: {wrong}.") from None
    try:
        config = msgspec.convert(raw, Config, strict=False)
    except msgspec.ValidationError as wrong:
        raise ConfigError(f"{path}: {_in_words(str(wrong))}") from None
    return checked(config, path)


def address(config: Config) -> str:
    """Where browsers find our pages: as configured, else on this machine where that is known; "" for nowhere."""
    here, polling = config.server, config.telegram.mode == "polling"
    if polling and not here.port:
        return ""
    if here.public_url or not polling or here.host in ("0.0.0.0", "::"):
        return here.public_url
    return f"http://[{here.host}]:{here.port}" if ":" in here.host else f"http://{here.host}:{here.port}"


TELEGRAM = "https://api.telegram.org"


def opens_apps(config: Config) -> bool:
    """Whether Telegram can open our pages as a Mini App: it takes https only, a simulator also this very machine."""
    return address(config).startswith("https://") or config.telegram.api_url != TELEGRAM


def frames(config: Config) -> str:
    """Which pages may show our Mini App inside of theirs: Telegram's on the web, or a simulator's."""
    if config.telegram.api_url == TELEGRAM:
        return "https://web.telegram.org"
    parts = urlsplit(config.telegram.api_url)
    return f"{parts.scheme}://{parts.netloc}"


def _in_words(wrong: str) -> str:
    what, _, where = wrong.partition(" - at `$")
    place = where.rstrip("`").lstrip(".")
    if "unknown field" in what:
        key = what.split("`")[1]
        name = f"[{place}] {key}" if place else key
        return f"{name} is not a setting. See config.example.toml for all of them."
    return f"{place or 'the file'}: {what}."


def checked(config: Config, path: Path) -> Config:
    """Refuse what cannot work, in words."""
    number, _, secret = config.telegram.token.partition(":")
    if not (number.isdigit() and secret):
        raise ConfigError(
            f"{path}: [telegram] token is {'missing' if not config.telegram.token else 'no bot token'}. "
            "Ask @BotFather for one: it looks like 123456:ABC-DEF…"
        )
    if not config.telegram.api_url.startswith(("http://", "https://")):
        raise ConfigError(f"{path}: [telegram] api_url must begin with http:// or https://.")
    if config.telegram.mode == "webhook":
        if not config.telegram.webhook_url.startswith(("https://", "http://")):
            raise ConfigError(f'{path}: [telegram] webhook_url is missing: mode = "webhook" needs it.')
        if not config.telegram.webhook_secret:
            raise ConfigError(f'{path}: [telegram] webhook_secret is missing: mode = "webhook" needs it.')
    if config.server.public_url and not config.server.public_url.startswith(("https://", "http://")):
        raise ConfigError(f"{path}: [server] public_url must begin with https:// or http://.")
    if not config.database.url.startswith(("sqlite:///", "postgresql://")):
        raise ConfigError(f"{path}: [database] url must begin with sqlite:/// or postgresql://.")
    return config
