"""The leanest Telegram: delivers updates by webhook over many connections and takes every call with `ok`.

It judges nothing (the simulator does that) and costs little, so that what is measured is the bot and its database.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterable, Iterator

import msgspec

from benchmarks.school import NOW, WORD

OK = b'{"ok":true,"result":{"message_id":%d}}'
PLAIN = b'{"ok":true,"result":true}'
HOOK = b'{"ok":true,"result":{"url":""}}'
SECRET = "bench-secret"


class Sent(msgspec.Struct, frozen=True):
    """One message that the bot sent: to whom, when (monotonic seconds)."""

    chat: int
    at: float


class _Call(msgspec.Struct, frozen=True):
    chat_id: int = 0
    callback_query_id: str = ""


_call = msgspec.json.Decoder(_Call).decode


class _Door(asyncio.Protocol):
    """One connection of the bot: requests with Content-Length, one after another."""

    def __init__(self, telegram: Lean) -> None:
        self.telegram, self.buffer = telegram, b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        self.telegram.doors.add(transport)

    def connection_lost(self, lost: Exception | None) -> None:
        self.telegram.doors.discard(self.transport)

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        while (end := self.buffer.find(b"\r\n\r\n")) >= 0:
            head = self.buffer[:end]
            at = head.lower().find(b"content-length:")
            length = int(head[at + 15 :].split(b"\r\n", 1)[0]) if at >= 0 else 0
            if len(self.buffer) < end + 4 + length:
                return
            body, self.buffer = self.buffer[end + 4 : end + 4 + length], self.buffer[end + 4 + length :]
            method = head[: head.find(b" HTTP")].rpartition(b"/")[2]
            answer = self.telegram.take(method, body)
            self.transport.write(
                b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%b"
                % (len(answer), answer)
            )


class Lean:
    """A server for the bot's calls, and deliveries to its webhooks."""

    def __init__(self) -> None:
        self.sent: list[Sent] = []
        self.missing: set[int] = set()
        """Chats that wait for a message, or taps that wait for their answer."""
        self.doors: set[asyncio.Transport] = set()
        self._number = 0

    async def open(self) -> None:
        self._server = await asyncio.get_running_loop().create_server(lambda: _Door(self), "127.0.0.1", 0)
        self.url = f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    async def close(self) -> None:
        self._server.close()
        for door in list(self.doors):
            door.close()

    def take(self, method: bytes, body: bytes) -> bytes:
        name = method.decode()
        if name == "getWebhookInfo":
            return HOOK
        if name == "answerCallbackQuery":
            self.missing.discard(int(_call(body).callback_query_id))
            return PLAIN
        if name not in ("sendMessage", "editMessageText", "editMessageReplyMarkup"):
            return PLAIN
        self._number += 1
        chat = _call(body).chat_id
        if name == "sendMessage":
            self.missing.discard(chat)
            self.sent.append(Sent(chat, time.monotonic()))
        return OK % self._number

    async def deliver(self, ports: list[int], updates: Iterable[bytes], connections: int = 40) -> None:
        """Bring updates to the programs in turn, over so many connections each (Telegram's own number is 40)."""
        feed = iter(updates)
        await asyncio.gather(*(_carry(port, feed) for port in ports for _ in range(connections)))


async def _carry(port: int, feed: Iterator[bytes]) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for body in feed:
        while True:
            writer.write(
                b"POST /hook HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                b"X-Telegram-Bot-Api-Secret-Token: %b\r\nContent-Length: %d\r\n\r\n%b"
                % (SECRET.encode(), len(body), body)
            )
            head = await reader.readuntil(b"\r\n\r\n")
            at = head.lower().find(b"content-length:")
            await reader.readexactly(int(head[at + 15 :].split(b"\r\n", 1)[0]) if at >= 0 else 0)
            if b" 200 " in head[:20]:
                break
            await asyncio.sleep(0.2)
    writer.close()


def word(number: int, account: int, text: str = WORD) -> bytes:
    """Somebody writes."""
    person = {"id": account, "is_bot": False, "first_name": "学员", "language_code": "zh-hans"}
    chat = {"id": account, "type": "private", "first_name": "学员"}
    message = {"message_id": number, "date": int(time.time()), "chat": chat, "from": person, "text": text}
    return msgspec.json.encode({"update_id": number, "message": message})


def tap(number: int, account: int, data: str) -> bytes:
    """Somebody taps a button."""
    person = {"id": account, "is_bot": False, "first_name": "学员", "language_code": "zh-hans"}
    chat = {"id": account, "type": "private", "first_name": "学员"}
    message = {"message_id": 7, "date": int(NOW.timestamp()), "chat": chat, "text": "x"}
    query = {"id": str(number), "from": person, "message": message, "chat_instance": "1", "data": data}
    return msgspec.json.encode({"update_id": number, "callback_query": query})
