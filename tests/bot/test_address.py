"""Where browsers find our pages, by the configuration."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.config import Config, ConfigError, Server, Telegram, address, load

HOOK = Telegram(mode="webhook", webhook_url="https://x.org/hook", webhook_secret="s")


@pytest.mark.parametrize(
    ("server", "telegram", "found"),
    [
        (Server(), Telegram(), "http://127.0.0.1:8080"),
        (Server(host="::1", port=81), Telegram(), "http://[::1]:81"),
        (Server(host="0.0.0.0"), Telegram(), ""),
        (Server(port=0), Telegram(), ""),
        (Server(port=0, public_url="https://x.org"), Telegram(), ""),
        (Server(host="0.0.0.0", public_url="https://x.org"), Telegram(), "https://x.org"),
        (Server(), HOOK, ""),
        (Server(public_url="https://x.org"), HOOK, "https://x.org"),
    ],
)
def test_where_the_pages_are(server: Server, telegram: Telegram, found: str) -> None:
    assert address(Config(server=server, telegram=telegram)) == found


def test_an_address_begins_with_its_scheme(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text('[telegram]\ntoken = "7:TEST"\n[server]\npublic_url = "bot.example.org"\n', encoding="utf-8")
    with pytest.raises(ConfigError, match=r"\[server\] public_url must begin with https://"):
        load(path)
