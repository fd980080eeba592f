"""`python -m simulator`: run the simulator until it is stopped."""

from __future__ import annotations

import argparse
import asyncio
import signal

from simulator.clock import moment
from simulator.server import Simulator


def arguments() -> argparse.Namespace:
    """What was asked on the command line."""
    parser = argparse.ArgumentParser(prog="simulator", description="A small Telegram to try bots on.")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--state", help="file that keeps everything over a restart")
    parser.add_argument("--bot", action="append", default=[], metavar="TOKEN:USERNAME", help="a bot (repeatable)")
    parser.add_argument("--any-bot", action="store_true", help="a token never seen makes a bot")
    parser.add_argument("--start", metavar="ISO", help="the virtual clock begins here")
    parser.add_argument("--no-limits", action="store_true", help="no flood limits")
    parser.add_argument("--title", default="", help="what the page calls itself")
    return parser.parse_args()


async def run(wish: argparse.Namespace) -> None:
    """Listen until SIGINT or SIGTERM."""
    start = moment(wish.start) if wish.start else None
    sim = Simulator(
        wish.port, wish.host, wish.state, start=start, limits=not wish.no_limits, title=wish.title, any_bot=wish.any_bot
    )
    for one in wish.bot:
        token, _, username = one.rpartition(":")
        sim.add_bot(token, username)
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    async with sim:
        print(f"simulator: {sim.url}", flush=True)
        await stop.wait()


if __name__ == "__main__":
    asyncio.run(run(arguments()))
