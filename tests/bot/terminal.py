"""The program `tongxue` as somebody types it: real processes, their words and exit codes."""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path

from msgspec import Struct

from tests.stories.program import ROOT, TOKEN


class Said(Struct, frozen=True):
    """What a command came to."""

    code: int
    out: str
    err: str

    @property
    def all(self) -> str:
        return self.out + self.err


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
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", *args, cwd=ROOT, stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE, env={**os.environ, "LANG": lang, "LC_ALL": lang, "COLUMNS": "200"},
        )  # fmt: skip
        out, err = await asyncio.wait_for(process.communicate(), 60)
        said = Said(process.returncode or 0, out.decode(), err.decode())
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
