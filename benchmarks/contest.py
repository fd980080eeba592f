"""The programs of a contest: ours and its peers, each started against the same simulator."""

from __future__ import annotations

import asyncio
import shutil
import sys
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks import school
from benchmarks.arena import Arena
from benchmarks.programs import Program, free_port

OURS, AIOGRAM, PTB, RAW = "tongxue", "aiogram + aiosqlite", "PTB + aiosqlite", "raw aiohttp, no database"
TOKENS = {OURS: "8001:BENCH-ours", AIOGRAM: "8002:BENCH-aiogram", PTB: "8003:BENCH-ptb", RAW: "8004:BENCH-raw"}
MODULES = {
    AIOGRAM: "benchmarks.peers.aiogram_echo",
    PTB: "benchmarks.peers.ptb_echo",
    RAW: "benchmarks.peers.raw_echo",
}
TONGXUE = Path(sys.executable).with_name("tongxue")
CHECKED_IN = "select count(*) from mark where status <> 'unmarked'"
WARM = 100


def bot_id(name: str) -> int:
    """The bot's number."""
    return int(TOKENS[name].partition(":")[0])


@dataclass
class Options:
    """What was wished on the command line."""

    quick: bool
    folder: Path
    profile: Path | None = None
    rounds: int = 3

    def size(self, full: int, quick: int) -> int:
        """How much of it: the whole, or a quick look."""
        return quick if self.quick else full


@dataclass
class Contestant:
    """A program with its bot and its database."""

    name: str
    program: Program
    database: Path
    bot: int = field(init=False)

    def __post_init__(self) -> None:
        self.bot = bot_id(self.name)

    @property
    def rows(self) -> int:
        """What it has written down; -1 without a database."""
        if not self.database.exists():
            return -1
        return school.count(self.database, CHECKED_IN if self.name == OURS else "select count(*) from message")


class Hall:
    """Where contests take place: a simulator, a crowd, and a template of our database."""

    def __init__(self, arena: Arena, options: Options) -> None:
        self.arena, self.options = arena, options
        self._made = 0
        self._templates: dict[int, Path] = {}

    async def template(self, size: int) -> Path:
        """A database with a class of so many, the crowd bound to its seats; the teacher is one more person."""
        if size not in self._templates:
            for name in TOKENS:
                people = await self.arena.crowd(bot_id(name), size + 1)
            path = self.options.folder / f"class{size}.db"
            path.unlink(missing_ok=True)
            await school.prepare(path, people[:size], people[size])
            self._templates[size] = path
        return self._templates[size]

    async def contestant(self, name: str, size: int, *, webhook: bool = False, per_second: float = 0) -> Contestant:
        """A program ready to be started, with a database of its own."""
        self._made += 1
        folder = self.options.folder / f"{self._made:03}-{name.split()[0]}"
        folder.mkdir()
        template = await self.template(size)
        port = free_port() if webhook else 0
        database = folder / "bot.db"
        if name == OURS:
            shutil.copy(template, database)
            file = school.config(
                folder / "config.toml", database, TOKENS[name], self.arena.url,
                per_second=per_second, port=port, webhook=webhook,
            )  # fmt: skip
            started = [str(TONGXUE)] if self.options.profile is None else ["-m", "benchmarks.profiled"]
            command = [*started, "run", "--config", str(file)]
        else:
            command = ["-m", MODULES[name], "--token", TOKENS[name], "--api", self.arena.url]
            command += ["--database", str(database), "--port", str(port)]
        return Contestant(name, Program(name, command, folder / "log.txt"), database)

    async def warm_up(self, one: Contestant) -> None:
        """Start it and let it answer a few words, so that what is measured is the work and not the start."""
        await self.arena.fresh_calls()
        one.program.start()
        people = (await self.arena.burst(one.bot, WARM, WARM, "帮助")).people
        found = await self.arena.answers(one.bot, people, 20)
        if len({call.chat_id for call in found}) < WARM:
            raise RuntimeError(f"{one.name} gave {len(found)} of {WARM} answers: see {one.program.log}")
        await self.quiet(one)

    async def quiet(self, one: Contestant) -> None:
        """Wait until it has said all it had to say."""
        news = True
        while news:
            await asyncio.sleep(0.5)
            news = any(call.bot == one.bot and call.chat_id for call in await self.arena.fresh_calls())
