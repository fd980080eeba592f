"""HTTP to Telegram over aiohttp, also as PTB's `BaseRequest`. Every URL holds the token, so none leaves this file."""

from __future__ import annotations

from typing import Any

import aiohttp
from msgspec import Struct, json
from telegram import Bot
from telegram.error import TelegramError
from telegram.request import BaseRequest, RequestData
from yarl import URL

HEADERS = {"Content-Type": "application/json"}


class NotSent(TelegramError):
    """Nobody at the other end has seen the request: it may be sent again."""


class Uncertain(TelegramError):
    """The request may have arrived, or may not."""


class FileGone(TelegramError):
    """Telegram does not give this file."""


class _File(Struct, frozen=True):
    file_path: str = ""


class _FileAnswer(Struct, frozen=True):
    result: _File = _File()


class Wire(BaseRequest):
    """One pool of connections. Raises NotSent or Uncertain, never an exception that carries the URL."""

    def __init__(self, connections: int = 64, read_seconds: float = 20, proxy: str = "") -> None:
        self._connections, self._read, self._proxy = connections, read_seconds, proxy or None
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float | None:
        return self._read

    async def initialize(self) -> None:
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=self._connections, keepalive_timeout=50),
                timeout=aiohttp.ClientTimeout(total=None, connect=10, sock_connect=10, sock_read=self._read),
                auto_decompress=True,
            )

    async def shutdown(self) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None,
        read_timeout: Any = None, write_timeout: Any = None, connect_timeout: Any = None, pool_timeout: Any = None,
    ) -> tuple[int, bytes]:  # fmt: skip
        if request_data is not None and request_data.contains_files:
            form = aiohttp.FormData(request_data.json_parameters)
            for name, (file_name, content, mime) in (request_data.multipart_data or {}).items():
                form.add_field(name, content, filename=file_name, content_type=mime)
            return await self._ask(method, URL(url), form)
        body = json.encode(request_data.parameters) if request_data is not None else None
        return await self.ask(URL(url), body, method)

    async def ask(self, url: URL, body: bytes | None, method: str = "POST", seconds: float = 0) -> tuple[int, bytes]:
        """Send JSON, give (status, body). `seconds`: wait longer for the answer than usual (a long poll)."""
        return await self._ask(method, url, body, HEADERS if body else None, seconds)

    async def _ask(
        self, method: str, url: URL, data: Any, headers: dict[str, str] | None = None, seconds: float = 0
    ) -> tuple[int, bytes]:
        if self._session is None:
            await self.initialize()
        assert self._session is not None
        more: dict[str, Any] = {}
        if seconds:
            more["timeout"] = aiohttp.ClientTimeout(total=None, connect=10, sock_connect=10, sock_read=seconds)
        try:
            async with self._session.request(
                method, url, data=data, headers=headers, proxy=self._proxy, **more
            ) as answer:
                return answer.status, await answer.read()
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as lost:
            raise NotSent(f"not connected: {type(lost).__name__}") from None
        except (aiohttp.ClientError, TimeoutError) as lost:
            raise Uncertain(f"no answer: {type(lost).__name__}") from None


class Api:
    """The Bot API of one bot: quick calls with raw JSON for what runs hot, PTB's client for all the rest."""

    def __init__(self, token: str, api_url: str, *, proxy: str = "", in_flight: int = 64) -> None:
        self._root = f"{api_url.rstrip('/')}/bot{token}/"
        self._files = f"{api_url.rstrip('/')}/file/bot{token}/"
        self._urls: dict[str, URL] = {}
        self.bot_id = int(token.split(":")[0])
        self.wire = Wire(in_flight, proxy=proxy)
        self.poll_wire = Wire(8, proxy=proxy)
        self.bot = Bot(
            token,
            base_url=f"{api_url.rstrip('/')}/bot",
            base_file_url=f"{api_url.rstrip('/')}/file/bot",
            request=self.wire,
            get_updates_request=self.poll_wire,
        )

    def __repr__(self) -> str:
        return f"<Api of bot {self.bot_id}>"

    def _url(self, method: str) -> URL:
        url = self._urls.get(method)
        if url is None:
            url = self._urls[method] = URL(self._root + method)
        return url

    async def call(self, method: str, params: Any) -> tuple[int, bytes]:
        """One quick call; raises NotSent or Uncertain."""
        return await self.wire.ask(self._url(method), json.encode(params))

    async def poll(self, offset: int, seconds: int, limit: int, allowed: tuple[str, ...]) -> tuple[int, bytes]:
        """One long poll; the raw answer."""
        body = {"offset": offset, "timeout": seconds, "limit": limit, "allowed_updates": allowed}
        return await self.poll_wire.ask(self._url("getUpdates"), json.encode(body), seconds=seconds + 15)

    async def fetch(self, file_id: str) -> bytes:
        """A file that somebody sent, at most 20 MB; FileGone when Telegram does not give it any more."""
        status, body = await self.call("getFile", {"file_id": file_id})
        if status != 200:
            raise FileGone(f"getFile: {status}")
        path = json.decode(body, type=_FileAnswer).result.file_path
        status, content = await self.wire.ask(URL(self._files + path), None, "GET", seconds=60)
        if status != 200:
            raise FileGone(f"file: {status}")
        return content

    async def close(self) -> None:
        await self.wire.shutdown()
        await self.poll_wire.shutdown()
