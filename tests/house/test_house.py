"""The plan of the house itself: rooms, sizes, the clock, the schema, and nothing of our own machines in the files."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from storage.schema import HEAD

TOP = Path(__file__).parent.parent.parent
ROOMS = ("bot", "chat", "handlers", "actions", "rules", "storage", "texts", "desk", "simulator")
TIMELESS = ("rules", "actions", "handlers", "storage", "texts", "chat")
MOST_LINES = 300
NOT_OURS = {"build", "dist", "var", "demo-state", "seats", "node_modules"}
TEXTUAL = {".py", ".toml", ".txt", ".md", ".ftl", ".csv", ".js", ".css", ".html", ".svg", ".cfg", ".yml", ".yaml", ""}


def _files(*rooms: str, ends: tuple[str, ...] = (".py",)) -> list[Path]:
    return sorted(p for room in rooms for p in (TOP / room).rglob("*") if p.suffix in ends and p.is_file())


def _repository() -> Iterator[Path]:
    """Every file of the repository that holds text; what tools leave lying about is not ours."""
    for path in sorted(TOP.rglob("*")):
        parts = path.relative_to(TOP).parts
        hidden = any(part.startswith(".") and part not in (".ci", ".gitignore") for part in parts)
        if hidden or parts[0] in NOT_OURS or "__pycache__" in parts or any(p.endswith(".egg-info") for p in parts):
            continue
        if path.is_file() and path.suffix in TEXTUAL:
            yield path


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def _named(path: Path) -> str:
    return str(path.relative_to(TOP))


def test_the_schema_knows_its_newest_migration() -> None:
    files = (TOP / "storage" / "migrations" / "versions").glob("[0-9]*.py")
    revisions = [m[1] for f in files if (m := re.search(r'^revision\b.*?=\s*"(\w+)"', _read(f), re.MULTILINE))]
    assert max(revisions) == HEAD
    assert len(revisions) == len(set(revisions))


def test_no_file_is_long_without_a_reason_in_its_first_line() -> None:
    """`long: …` in the first line is such a reason."""
    ours = _files(*ROOMS, ends=(".py", ".js", ".css", ".ftl"))
    long = [p for p in ours if _read(p).count("\n") > MOST_LINES]
    assert not [_named(p) for p in long if "long: " not in _read(p).splitlines()[0]]


def test_time_enters_only_as_now() -> None:
    asks = re.compile(r"\b(datetime\.(now|utcnow|today)|date\.today|time\.(time|monotonic))\(")
    assert not [_named(p) for p in _files(*TIMELESS) if asks.search(_read(p))]


def test_only_two_files_know_telegram() -> None:
    knows = re.compile(r"^\s*(from|import) telegram\b", re.MULTILINE)
    found = {_named(p) for p in _files(*(r for r in ROOMS if r != "simulator")) if knows.search(_read(p))}
    assert found <= {"bot/telegram.py", "bot/transport.py"}


def test_the_rooms_import_downward_only() -> None:
    lint = Path(sys.executable).with_name("lint-imports")
    if not lint.exists():
        pytest.skip("import-linter comes with `make check`")
    done = subprocess.run([lint, "--no-cache"], cwd=TOP, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_nothing_of_our_own_machines_stands_in_the_files() -> None:
    words = ["/work" + "/main", "/work" + "/shared", "index" + "-url", "find" + "-links", "trusted" + "-host"]
    for name in ("PIP_INDEX_URL", "PIP_EXTRA_INDEX_URL"):
        for address in os.environ.get(name, "").split():
            host = urlsplit(address).hostname
            words += [host] if host and host != "localhost" else []
    found = [f"{_named(p)}: {word}" for p in _repository() for word in words if word in _read(p)]
    assert not found


def test_no_shape_is_made_anew_at_each_call() -> None:
    """A class within a function is a new one at each call, and what is remembered of it stays for ever: such rows made
    every look at the health page some kilobytes dearer."""
    found = [
        f"{_named(path)}:{inner.lineno}"
        for path in _files(*ROOMS)
        for node in ast.walk(ast.parse(_read(path)))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        for inner in ast.walk(node)
        if isinstance(inner, ast.ClassDef) and any("Struct" in ast.unparse(base) for base in inner.bases)
    ]
    assert not found
