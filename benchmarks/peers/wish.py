"""What a peer is told on its command line."""

from __future__ import annotations

import argparse

TABLE = "create table if not exists message (id integer primary key, chat_id integer, text text, at integer)"
INSERT = "insert into message (chat_id, text, at) values (?, ?, ?)"
PRAGMAS = ("pragma journal_mode = wal", "pragma synchronous = full")
"""The same durability as ours."""


class Wish(argparse.Namespace):
    """Token, the Bot API's root, the database file, and the port of the webhook (0: polling); for a notice how many
    people it goes to, the first of them, and how many a second."""

    token: str
    api: str
    database: str
    port: int
    first: int
    people: int
    per_second: float


def wish() -> Wish:
    """Read the command line."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--token", required=True)
    parser.add_argument("--api", required=True)
    parser.add_argument("--database", default="")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--people", type=int, default=0)
    parser.add_argument("--per-second", type=float, default=28)
    return parser.parse_args(namespace=Wish())


NOTICE = "📣 通知　柯老师\n下午两点在301集合，请带好学员手册和工作证。"


def answer(text: str) -> str:
    """What a peer says: about as long as our answer to a check-in."""
    return f"✅ 收到了：{text[:20]}，已记录，谢谢。"
