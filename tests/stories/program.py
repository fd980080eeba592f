"""The real program as a process of its own, against the simulator over real HTTP."""

from __future__ import annotations

import asyncio
import contextlib
import copy
import csv
import io
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import aiohttp

from simulator import Simulator

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "examples" / "guanshan"
TOKEN, SECRET = "7:TEST", "a-secret-of-the-tests"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Program:
    """`tongxue run` with a configuration of its own; may be killed and started again as often as one likes."""

    def __init__(
        self, folder: Path, sim: Simulator, url: str, mode: str, begin: datetime, led: bool = False,
        per_second: int = 0, hook_port: int = 0, port: int = 0,
    ) -> None:  # fmt: skip
        self.sim, self.url, self.mode, self.folder = sim, url, mode, folder
        self.port = port or free_port()
        self.config = folder / "config.toml"
        offset = (begin - datetime.now(UTC)).total_seconds()
        if led:
            sim.clock.set(begin)
        follow = f'follow = "{sim.url.rstrip("/")}/sim/clock/stream"' if led else f"offset_seconds = {offset:.0f}"
        self.config.write_text(
            f'[telegram]\ntoken = "{TOKEN}"\napi_url = "{sim.url}"\nmode = "{mode}"\n'
            f'webhook_url = "http://127.0.0.1:{hook_port or self.port}/hook"\nwebhook_secret = "{SECRET}"\n'
            f'messages_per_second = {per_second}\n[server]\nport = {self.port}\n[database]\nurl = "{url}"\n'
            f"[clock]\n{follow}\n",
            encoding="utf-8",
        )
        self.process: asyncio.subprocess.Process | None = None

    @property
    def pid(self) -> int:
        assert self.process is not None
        return self.process.pid

    @classmethod
    def beside(cls, first: Program, folder: Path) -> Program:
        """The same bot once more: another process with another port, all else alike."""
        other = copy.copy(first)
        other.folder, other.port, other.process = folder, free_port(), None
        other.config = folder / "config.toml"
        text = first.config.read_text(encoding="utf-8").replace(f"port = {first.port}\n", f"port = {other.port}\n")
        other.config.write_text(text, encoding="utf-8")
        return other

    async def tongxue(self, *args: str) -> str:
        """Run a command to its end; gives what it prints."""
        done = await self._spawn(*args, "--config", str(self.config))
        out, err = await done.communicate()
        assert done.returncode == 0, f"tongxue {' '.join(args)}: {err.decode()}"
        return out.decode()

    async def _spawn(self, *args: str) -> asyncio.subprocess.Process:
        return await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", *args, cwd=ROOT, stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE, env={**os.environ, "LANG": "C.UTF-8"},
        )  # fmt: skip

    async def launch(self) -> None:
        """Start the process, whatever comes of it."""
        self.process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "run", "--config", str(self.config), cwd=ROOT,
            stdout=asyncio.subprocess.DEVNULL, stderr=self._log(), env={**os.environ, "LANG": "C.UTF-8"},
        )  # fmt: skip

    async def start(self) -> None:
        """Start the bot and wait until it hears."""
        await self.launch()
        assert self.process is not None
        async with aiohttp.ClientSession() as web:
            for _ in range(300):
                await asyncio.sleep(0.05)
                assert self.process.returncode is None, self.log()
                with contextlib.suppress(aiohttp.ClientError):
                    async with web.get(f"http://127.0.0.1:{self.port}/readyz") as answer:
                        if answer.status == 200:
                            return
        raise AssertionError(f"the bot did not come up: {self.log()}")

    def _log(self) -> int:
        return os.open(self.folder / "bot.log", os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    def log(self) -> str:
        return (self.folder / "bot.log").read_text(encoding="utf-8")

    async def kill(self) -> None:
        """kill -9, in the middle of whatever it does."""
        assert self.process is not None
        self.process.kill()
        await self.process.wait()

    async def stop(self) -> None:
        """An orderly end, as a supervisor asks for it."""
        if self.process is not None and self.process.returncode is None:
            self.process.send_signal(signal.SIGTERM)
            assert await asyncio.wait_for(self.process.wait(), 20) == 0, self.log()

    async def seats(self) -> dict[str, dict[str, str]]:
        """Everybody's link and code, by person id."""
        found = csv.DictReader(io.StringIO(await self.tongxue("class", "seats", "--format", "csv")))
        return {row["person_id"]: row for row in found}


@asynccontextmanager
async def playing(
    folder: Path, url: str, mode: str, begin: datetime, led: bool = False, per_second: int = 0
) -> AsyncIterator[Program]:  # fmt: skip
    """A simulator, and a program that is not started yet; `led`: the simulator's clock leads it, and may be set.
    `per_second`: the program's pace, 0 without any."""
    async with Simulator(port=0, limits=False) as sim:
        sim.add_bot(token=TOKEN, username="tongxue_bot")
        program = Program(folder, sim, url, mode, begin, led, per_second)
        try:
            yield program
        finally:
            await program.stop()
