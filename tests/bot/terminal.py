"""The program `tongxue` as somebody types it: its words and exit codes.

`run`, and the bare name, are real processes; the other commands are the same `main()` in a thread of ours, since
a process takes a second to begin. The stories type commands as processes too.
"""

from __future__ import annotations

import asyncio
import contextlib
import io
import logging
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec import Struct

from bot.cli import main
from tests.stories.program import ROOT, TOKEN


class Said(Struct, frozen=True):
    """What a command came to."""

    code: int
    out: str
    err: str

    @property
    def all(self) -> str:
        return self.out + self.err


async def _process(args: tuple[str, ...], env: dict[str, str]) -> Said:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", *args, cwd=ROOT, env={**os.environ, **env},
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    out, err = await process.communicate()
    return Said(process.returncode or 0, out.decode(), err.decode())


def _typed(args: tuple[str, ...], env: dict[str, str]) -> Said:
    out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8") for _ in range(2))
    code = 0
    with pytest.MonkeyPatch.context() as here, _loggers_kept():
        for name, value in (
            ("argv", ["tongxue", *args]),
            ("stdin", io.StringIO()),
            ("stdout", out),
            ("stderr", err),
        ):
            here.setattr(sys, name, value)
        for name, value in env.items():
            here.setenv(name, value)
        here.chdir(ROOT)
        try:
            main()
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else int(end.code is not None)
    out.flush()
    err.flush()
    return Said(code, out.buffer.getvalue().decode(), err.buffer.getvalue().decode())  # type: ignore[attr-defined]


@contextlib.contextmanager
def _loggers_kept() -> Iterator[None]:
    """A command makes loggers quiet for its whole process; that is not the tests' own."""
    before = {name: logging.getLogger(name).level for name in list(logging.root.manager.loggerDict)}
    root, handlers, level = logging.root, logging.root.handlers[:], logging.root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    for name in list(logging.root.manager.loggerDict):
        logging.getLogger(name).setLevel(before.get(name, logging.NOTSET))


class Terminal:
    """A folder with a configuration, and the command line in it."""

    def __init__(self, folder: Path, url: str, api_url: str = "http://127.0.0.1:9", more: str = "") -> None:
        self.folder, self.url = folder, url
        self.config = folder / "config.toml"
        self.config.write_text(
            f'[telegram]\ntoken = "{TOKEN}"\napi_url = "{api_url}"\n{more}[server]\nport = 0\n'
            f'[database]\nurl = "{url}"\n',
            encoding="utf-8",
        )
        self.config.chmod(0o600)

    @property
    def file(self) -> Path:
        """The database's file."""
        return Path(self.url.removeprefix("sqlite:///"))

    async def bare(self, *args: str, lang: str = "en_GB.UTF-8") -> Said:
        """Type a command as it stands."""
        env = {"LANG": lang, "LC_ALL": lang, "COLUMNS": "200"}
        begin = _process(args, env) if args[:1] in ((), ("run",)) else asyncio.to_thread(_typed, args, env)
        said = await asyncio.wait_for(begin, 60)
        assert "Traceback" not in said.all and TOKEN not in said.all, said.all
        return said

    async def types(self, *args: str, lang: str = "en_GB.UTF-8") -> Said:
        """Type a command with our configuration."""
        return await self.bare(*args, "--config", str(self.config), lang=lang)

    async def gets(self, *args: str) -> str:
        """Type a command that must go well; gives what it prints."""
        said = await self.types(*args)
        assert said.code == 0, said.all
        return said.out
