"""`tongxue demo`: comes up by itself, ends cleanly, goes on where it was, starts over when asked (XC-13)."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp

from tests.stories.program import ROOT


@asynccontextmanager
async def demo(state: Path, **env: str) -> AsyncIterator[str]:
    """A running demo; gives its address. Ends it by Ctrl-C and looks that it ends well."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "demo", "--state", str(state), "--port", "0", "--no-browser", cwd=ROOT,
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT, env={**os.environ, "LANG": "C.UTF-8", **env},
    )  # fmt: skip
    assert process.stdout is not None
    said = ""
    async with asyncio.timeout(60):
        while not (found := re.search(r"http://127\.0\.0\.1:\d+", said)):
            line = await process.stdout.readline()
            assert line, said
            said += line.decode()
    yield found[0]
    process.send_signal(signal.SIGINT)
    rest, _ = await asyncio.wait_for(process.communicate(), 20)
    assert process.returncode == 0, said + rest.decode()
    assert "Traceback" not in said + rest.decode()


async def get(url: str, path: str) -> Any:
    async with aiohttp.ClientSession() as web, web.get(url + path) as answer:
        assert answer.status == 200
        return await answer.json() if path != "/" else await answer.text()


async def test_the_demo_comes_up_goes_on_and_starts_over(tmp_path: Path) -> None:
    state = tmp_path / "state"
    async with demo(state) as url:
        assert "<html" in await get(url, "/")
        first = await get(url, "/sim/state")
        assert len(first["people"]) == 7 and sum(p["started"] for p in first["people"]) == 6
        async with aiohttp.ClientSession() as web, web.post(f"{url}/sim/clock", json={"add_seconds": 7200}):
            pass
    async with demo(state) as url:
        again = await get(url, "/sim/state")
        assert [p["id"] for p in again["people"]] == [p["id"] for p in first["people"]]
        assert again["clock"]["now"] > first["clock"]["now"][:11] + "10:3"
    async with demo(state, FRESH="1") as url:
        fresh = await get(url, "/sim/state")
        assert fresh["clock"]["now"][11:15] == "08:3"
