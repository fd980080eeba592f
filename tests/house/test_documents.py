"""The documents say what the program does: settings, commands, decisions, links."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import msgspec
import pytest

from bot.config import Config, load
from bot.docs import FILE, commands_md
from handlers import ROUTES
from texts.render import LANGUAGES, bundle

TOP = Path(__file__).parent.parent.parent
EXAMPLE = TOP / "config.example.toml"
PAGES = sorted([*TOP.glob("*.md"), *(TOP / "docs").rglob("*.md")])
LINK = re.compile(r"\]\(([^)\s]+)\)")
SETTINGS = [
    (part.name, setting.name, setting.default)
    for part in msgspec.structs.fields(Config)
    for setting in msgspec.structs.fields(part.type)
]


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def test_the_example_is_a_config_once_the_token_is_filled_in(tmp_path: Path) -> None:
    filled = tmp_path / "config.toml"
    filled.write_text(_read(EXAMPLE).replace('token = ""', 'token = "123456:ABC-DEF"', 1), encoding="utf-8")
    config = load(filled)
    assert msgspec.structs.replace(config, telegram=msgspec.structs.replace(config.telegram, token="")) == Config()


@pytest.mark.parametrize(("part", "name", "default"), SETTINGS)
def test_every_setting_is_explained(part: str, name: str, default: Any) -> None:
    assert tomllib.loads(_read(EXAMPLE))[part][name] == default
    lines = _read(EXAMPLE).splitlines()
    at = next(i for i, line in enumerate(lines) if line.startswith(f"{name} = "))
    zh, en = lines[at - 2], lines[at - 1]
    assert zh.startswith("# ") and re.search("[\u4e00-\u9fff]", zh), f"{name} has no Chinese line"
    assert en.startswith("# ") and not re.search("[\u4e00-\u9fff]", en), f"{name} has no English line"
    assert f"`{name}`" in _read(TOP / "README.md"), f"{name} is not in the README's table"
    assert f"`[{part}]`" in _read(TOP / "README.md")


def test_the_commands_page_is_the_code_s_own() -> None:
    assert _read(FILE) == commands_md(), "run `make docs`"


@pytest.mark.parametrize("route", [r for r in ROUTES.values() if r.key.startswith("/")], ids=lambda r: r.key)
def test_every_command_has_its_line(route: Any) -> None:
    assert route.about and all(bundle(lang).has_message(route.about) for lang in LANGUAGES)


def test_every_decision_is_listed() -> None:
    index = _read(TOP / "docs" / "README.md")
    found = sorted((TOP / "docs" / "adr").glob("*.md"))
    assert [int(path.name[:4]) for path in found] == list(range(1, len(found) + 1)), "numbered without a gap"
    for path in found:
        title = _read(path).splitlines()[0].removeprefix("# ")
        assert f"[{title}](adr/{path.name})" in index


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(TOP)))
def test_every_link_leads_somewhere(page: Path) -> None:
    targets = [t for t in LINK.findall(_read(page)) if "://" not in t and not t.startswith("#")]
    lost = [t for t in targets if not (page.parent / unquote(t).partition("#")[0]).exists()]
    assert not lost
