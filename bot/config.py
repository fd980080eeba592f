"""The configuration: a TOML file becomes frozen values; an unknown key is refused in words."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

import msgspec
from msgspec import Meta, Struct, structs


class Telegram(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How to reach Telegram. A secret stands in this file, in a file of its own (`…_file`), or in the environment.
    `messages_per_second` 0 switches our pacing off, that of single chats too."""

    token: str = ""
    token_file: str = ""
    api_url: str = "https://api.telegram.org"
    mode: Literal["polling", "webhook"] = "polling"
    webhook_url: str = ""
    webhook_secret: str = ""
    webhook_secret_file: str = ""
    proxy: str = ""
    messages_per_second: float = 28
    in_flight: int = 64


class Server(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Where our own pages and the webhook listen. Port 0: no server in polling mode.

    `public_url` is where other people's browsers find the pages, for links. `metrics` is an address of its own for
    /metrics (host:port); `metrics_token` must be shown there, and alone opens /metrics beside the other pages.
    """

    host: str = "127.0.0.1"
    port: int = 8080
    public_url: str = ""
    metrics: str = ""
    metrics_token: str = ""


class Database(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`url_file`: the address stands in a file of its own, for it holds a password."""

    url: str = "sqlite:///var/tongxue.db"
    url_file: str = ""


class Media(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Where the contents of photos and files stand: `database`, `folder:///path` or `s3://bucket/prefix`.
    `before`: where some may still stand, until `tongxue media move` has brought them all."""

    place: str = "database"
    before: str = ""
    endpoint: str = ""
    region: str = ""
    access_key: str = ""
    access_key_file: str = ""
    secret_key: str = ""
    secret_key_file: str = ""


class Log(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How the program logs; never names, texts or tokens."""

    format: Literal["plain", "json"] = "plain"


class Backup(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The nightly backup: where to (beside the database if relative, "" for none), from when, how long it is kept."""

    folder: str = "backups"
    at: Annotated[str, Meta(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")] = "03:30"
    keep_days: Annotated[int, Meta(ge=1, le=3650)] = 14
    keep_weekly: Annotated[int, Meta(ge=0, le=520)] = 8


class Watch(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """When the administrators are told that something stands still: minutes of waiting, free disk, age of a backup."""

    minutes: Annotated[int, Meta(ge=1, le=1440)] = 10
    disk_gb: Annotated[float, Meta(ge=0)] = 1
    backup_hours: Annotated[int, Meta(ge=1, le=8760)] = 36


class ClockPart(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`offset_seconds` moves our now against real time; `follow` is an address that leads the clock (demo)."""

    offset_seconds: float = 0
    follow: str = ""


class Config(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Everything that a school sets for the program itself; what a class sets stands in its own rules.toml."""

    telegram: Telegram = Telegram()
    server: Server = Server()
    database: Database = Database()
    media: Media = Media()
    clock: ClockPart = ClockPart()
    log: Log = Log()
    backup: Backup = Backup()
    watch: Watch = Watch()


class ConfigError(Exception):
    """What is wrong with the configuration, in one sentence for a person."""


def load(path: Path) -> Config:
    """Read a configuration file; ConfigError says which key and what to do."""
    return checked(with_secrets(_read(path), os.environ), path)


def holds_secret(path: Path) -> bool:
    """Whether a token or a password stands in the configuration file itself."""
    return any(secrets_of(_read(path)))


def _read(path: Path) -> Config:
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ConfigError(f"{path}: there is no such file. Copy config.example.toml and fill in the token.") from None
    except (OSError, UnicodeDecodeError) as wrong:
        raise ConfigError(f"{path}: cannot be read ({type(wrong).__name__}). Save it as UTF-8 text.") from None
    except tomllib.TOMLDecodeError as wrong:
        raise ConfigError(f"{path}: this is not valid TOML: {wrong}.") from None
    try:
        return msgspec.convert(raw, Config, strict=False)
    except msgspec.ValidationError as wrong:
        raise ConfigError(f"{path}: {_in_words(str(wrong))}") from None


def with_secrets(config: Config, env: Mapping[str, str]) -> Config:
    """The secrets that stand elsewhere put in: the environment goes before a file, a file before the configuration."""
    telegram, server, database, media = config.telegram, config.server, config.database, config.media
    return structs.replace(
        config,
        telegram=structs.replace(
            telegram, token=_secret(env, "TONGXUE_TOKEN", telegram.token_file, telegram.token),
            webhook_secret=_secret(
                env, "TONGXUE_WEBHOOK_SECRET", telegram.webhook_secret_file, telegram.webhook_secret
            ),
        ),
        server=structs.replace(
            server, metrics_token=_secret(env, "TONGXUE_METRICS_TOKEN", "", server.metrics_token)
        ),
        database=structs.replace(
            database, url=_secret(env, "TONGXUE_DATABASE_URL", database.url_file, database.url)
        ),
        media=structs.replace(
            media, access_key=_secret(env, "TONGXUE_MEDIA_ACCESS_KEY", media.access_key_file, media.access_key),
            secret_key=_secret(env, "TONGXUE_MEDIA_SECRET_KEY", media.secret_key_file, media.secret_key),
        ),
    )  # fmt: skip


def _secret(env: Mapping[str, str], name: str, file: str, here: str) -> str:
    if env.get(name):
        return env[name].strip()
    place = file or env.get(f"{name}_FILE", "")
    if not place:
        return here
    path = Path(os.path.expandvars(place))
    try:
        return path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as wrong:
        raise ConfigError(f"{path}: the secret in this file cannot be read ({type(wrong).__name__}).") from None


def secrets_of(config: Config) -> tuple[str, ...]:
    """What must never be printed."""
    password = urlsplit(config.database.url).password if "://" in config.database.url else None
    return (config.telegram.token, config.telegram.token.partition(":")[2], config.telegram.webhook_secret,
            config.server.metrics_token, config.media.secret_key, password or "")  # fmt: skip


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
    if config.server.metrics and not config.server.metrics.rpartition(":")[2].isdigit():
        raise ConfigError(f"{path}: [server] metrics must be an address like 127.0.0.1:9464.")
    if config.server.public_url and not config.server.public_url.startswith(("https://", "http://")):
        raise ConfigError(f"{path}: [server] public_url must begin with https:// or http://.")
    if not config.database.url.startswith(("sqlite:///", "postgresql://")):
        raise ConfigError(f"{path}: [database] url must begin with sqlite:/// or postgresql://.")
    if wrong := wrong_in(config.media):
        raise ConfigError(f"{path}: [media] {wrong}")
    return config


PLACE = re.compile(r"(database)|(folder):///[^?#]+|(s3)://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](?:/[\w.-]+)*/?")


def kind_of(place: str) -> str:
    """`database`, `folder` or `s3`; "" for what is none of them."""
    found = PLACE.fullmatch(place)
    return next((kind for kind in found.groups() if kind), "") if found else ""


def wrong_in(media: Media) -> str:
    """What is wrong with where contents stand, or "": nothing that is half given is guessed at."""
    kinds = [kind_of(media.place), kind_of(media.before or "database")]
    for name, place, kind in zip(("place", "before"), (media.place, media.before), kinds, strict=True):
        if not kind:
            return f"{name} must be database, folder:///a/folder or s3://bucket/prefix, not {place[:60]!r}."
    if media.before and kinds[0] == kinds[1]:
        return "before must be of another kind than place: within one kind copy the objects, then change place."
    if "s3" not in kinds:
        return "endpoint and region are for s3:// only; place and before name none." if (
            media.endpoint or media.region) else ""  # fmt: skip
    if not media.access_key or not media.secret_key:
        return "access_key and secret_key are both needed for s3://, here, in files or in the environment."
    if not media.endpoint.startswith(("https://", "http://")) if media.endpoint else not media.region:
        return "endpoint must begin with https:// or http://; without one (Amazon) region is needed for s3://."
    return ""
