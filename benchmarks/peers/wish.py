"""What a peer is told on its command line."""

from __future__ import annotations

import argparse

TABLE = "create table if not exists message (id integer primary key, chat_id integer, text text, at integer)"
INSERT = "insert into message (chat_id, text, at) values (?, ?, ?)"
PRAGMAS = ("pragma journal_mode = wal", "pragma synchronous = full")
"""The same durability as ours."""


class Wish(argparse.Namespace):
    """Token, the Bot API's root, the database file, and the port of the webhook (0: polling)."""

    token: str
    api: str
    database: str
    port: int


def wish() -> Wish:
    """Read the command line."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--token", required=True)
    parser.add_argument("--api", required=True)
    parser.add_argument("--database", default="")
    parser.add_argument("--port", type=int, default=0)
    return parser.parse_args(namespace=Wish())


def answer(text: str) -> str:
    """What a peer says: about as long as our answer to a check-in."""
    return f"✅ 收到了：{text[:20]}，已记录，谢谢。"
