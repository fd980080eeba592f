"""A small Telegram to try bots on: the Bot API over HTTP, people with phones, a clock that can be set."""

from simulator.phone import Phone, Shown
from simulator.server import Simulator

__all__ = ["Phone", "Shown", "Simulator"]
