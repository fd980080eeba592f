"""The switches of the simulator over HTTP: clock, marks, journal, faults, limits, raw updates, bursts."""

from __future__ import annotations

from typing import Any

import msgspec
from aiohttp import web

from simulator.burst import burst
from simulator.core import Telegram
from simulator.deeds import whole
from simulator.model import Account
from simulator.peopleside import body_of, marks_of, told
from simulator.refusal import NotPossible


class Controls:
    """Answers the drawer of the page, and tests."""

    def __init__(self, sim: Telegram) -> None:
        self.sim = sim

    def routes(self) -> list[web.RouteDef]:
        """What the web server sends here."""
        return [
            web.get("/sim/clock", told(self.clock)),
            web.post("/sim/clock", told(self.set_clock)),
            web.put("/sim/marks", told(self.put_marks)),
            web.get("/sim/journal", told(self.journal)),
            web.get("/sim/faults", told(self.faults)),
            web.put("/sim/faults", told(self.put_faults)),
            web.put("/sim/limits", told(self.put_limits)),
            web.put("/sim/files/{file_id}", told(self.put_file)),
            web.post("/sim/raw", told(self.raw)),
            web.post("/sim/burst", told(self.burst)),
        ]

    async def clock(self, request: web.Request) -> Any:
        """What time it is."""
        return self.sim.clock.face()

    async def set_clock(self, request: web.Request) -> Any:
        """Set the clock, move it on, speed it up, or jump to the next mark."""
        try:
            self.sim.clock.change(await body_of(request))
        except (TypeError, ValueError) as wrong:
            raise NotPossible(str(wrong)) from wrong
        return self.sim.clock.face()

    async def put_marks(self, request: web.Request) -> Any:
        """Replace the marks."""
        self.sim.clock.marks = marks_of(await list_of(request))
        self.sim.feed.tell("marks", marks=self.sim.clock.marks)
        return self.sim.clock.marks

    async def journal(self, request: web.Request) -> Any:
        """The calls after a number, oldest first, as many as asked for (the newest of them)."""
        after, limit = whole(request.query.get("after")) or 0, whole(request.query.get("limit")) or 200
        return self.sim.journal.after(after, limit)

    async def faults(self, request: web.Request) -> Any:
        """The faults that wait to happen."""
        return self.sim.faults.list

    async def put_faults(self, request: web.Request) -> Any:
        """Replace the faults."""
        self.sim.faults.put(await list_of(request))
        return self.sim.faults.list

    async def put_limits(self, request: web.Request) -> Any:
        """Flood limits on or off."""
        self.sim.floods.on = bool((await body_of(request)).get("on"))
        return {"on": self.sim.floods.on}

    async def put_file(self, request: web.Request) -> Any:
        """Let a file id be worth nothing to bots from now on, {"gone": true}, or be good again."""
        gone = bool((await body_of(request)).get("gone", True))
        self.sim.files.lose(request.match_info["file_id"], gone)
        return {"gone": gone}

    def bot(self, wanted: Any) -> Account:
        """The bot that a request names by id or username, or the first one."""
        for bot in self.sim.world.bots.values():
            if wanted in (None, "", bot.id, bot.username, str(bot.id)):
                return bot
        raise NotPossible("no such bot")

    async def raw(self, request: web.Request) -> Any:
        """Put any update into a bot's queue: {"bot": id or name, "update": {…}}, or just the update itself."""
        body = await body_of(request)
        update = body.get("update", body)
        if not isinstance(update, dict):
            raise NotPossible("an update is an object")
        return {"update_id": self.sim.inject(self.bot(body.get("bot")), update)}

    async def burst(self, request: web.Request) -> Any:
        """Many messages from many people: {messages, people, rate, text}."""
        body = await body_of(request)
        return await burst(self.sim, self.bot(body.get("bot")), body)


async def list_of(request: web.Request) -> Any:
    """The JSON list of a request."""
    try:
        data = msgspec.json.decode(await request.read())
    except msgspec.DecodeError as wrong:
        raise NotPossible(f"not JSON: {wrong}") from wrong
    if not isinstance(data, list):
        raise NotPossible("a list is expected")
    return data
