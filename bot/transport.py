"""HTTP to Telegram over aiohttp, also as PTB's `BaseRequest`. Every URL holds the token, so none leaves this file."""

from __future__ import annotations

import io
import mimetypes
from typing import TYPE_CHECKING, Any

import aiohttp
from msgspec import Struct, json
from yarl import URL

if TYPE_CHECKING:
    from telegram import Bot

HEADERS = {"Content-Type": "application/json"}
UPLOAD_SECONDS = 120.0
"""For all of an upload: Telegram takes 50 MB, and a slow line must not hold a chat for ever."""


class NotSent(Exception):
    """Nobody at the other end has seen the request: it may be sent again."""


class Uncertain(Exception):
    """The request may have arrived, or may not."""


class FileGone(Exception):
    """Telegram does not give this file."""


class _File(Struct, frozen=True):
    file_path: str = ""


class _FileAnswer(Struct, frozen=True):
    result: _File = _File()


class Wire:
    """One pool of connections. Raises NotSent or Uncertain, never an exception that carries the URL."""

    def __init__(self, connections: int = 64, read_seconds: float = 20, proxy: str = "") -> None:
        self._connections, self.read_seconds, self._proxy = connections, read_seconds, proxy or None
        self._session: aiohttp.ClientSession | None = None

    async def initialize(self) -> None:
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=self._connections, keepalive_timeout=50),
                timeout=aiohttp.ClientTimeout(total=None, connect=10, sock_connect=10, sock_read=self.read_seconds),
                auto_decompress=True,
            )

    async def shutdown(self) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def ask(
        self, url: URL, body: bytes | aiohttp.FormData | None, method: str = "POST", seconds: float = 0,
        total: float | None = None,
    ) -> tuple[int, bytes]:  # fmt: skip
        """Send JSON or a form, give (status, body). `seconds`: wait longer for the answer than usual (a long poll);
        `total`: give up after so long all in all."""
        return await self._ask(method, url, body, HEADERS if isinstance(body, bytes) else None, seconds, total)

    async def _ask(
        self, method: str, url: URL, data: Any, headers: dict[str, str] | None = None, seconds: float = 0,
        total: float | None = None,
    ) -> tuple[int, bytes]:  # fmt: skip
        if self._session is None:
            await self.initialize()
        assert self._session is not None
        more: dict[str, Any] = {}
        if seconds:
            more["timeout"] = aiohttp.ClientTimeout(total=total, connect=10, sock_connect=10, sock_read=seconds)
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
        self._token, self._api_url = token, api_url.rstrip("/")

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

    async def upload(
        self, method: str, params: dict[str, Any], field: str, name: str, content: bytes
    ) -> tuple[int, bytes]:
        """One call with a file; raises NotSent or Uncertain.

        The name goes as it is in UTF-8, as browsers and PTB send it: Telegram's reader passes over `filename*`, takes
        percent signs for part of the name, and ends a name at `;` or a quotation mark.
        """
        form = aiohttp.FormData(quote_fields=False)
        for key, value in params.items():
            form.add_field(key, value if isinstance(value, str) else json.encode(value).decode())
        mime = mimetypes.guess_type(name)[0] or "application/octet-stream"
        form.add_field(field, io.BytesIO(content), filename=_file_name(name), content_type=mime)
        return await self.wire.ask(self._url(method), form, seconds=UPLOAD_SECONDS, total=UPLOAD_SECONDS)

    def bot(self) -> Bot:
        """PTB's client for this bot, over our own connections: for everything that is rare and has many parameters."""
        return ptb_bot(self._token, self._api_url, self.wire, self.poll_wire)

    async def poll(self, offset: int, seconds: int, limit: int, allowed: tuple[str, ...]) -> tuple[int, bytes]:
        """One long poll; the raw answer."""
        body = {"offset": offset, "timeout": seconds, "limit": limit, "allowed_updates": allowed}
        return await self.poll_wire.ask(self._url("getUpdates"), json.encode(body), seconds=seconds + 15)

    async def fetch(self, file_id: str) -> bytes:
        """A file that somebody sent, at most 20 MB; FileGone when Telegram does not give it any more."""
        status, body = await self.call("getFile", {"file_id": file_id})
        _need(status, "getFile")
        path = json.decode(body, type=_FileAnswer).result.file_path
        status, content = await self.wire.ask(URL(self._files + path), None, "GET", seconds=60)
        _need(status, "file")
        return content

    async def close(self) -> None:
        await self.wire.shutdown()
        await self.poll_wire.shutdown()


def _need(status: int, what: str) -> None:
    """A file is gone when Telegram says so; that it has too much to do says nothing about the file."""
    if status == 429 or status >= 500:
        raise Uncertain(f"{what}: {status}")
    if status != 200:
        raise FileGone(f"{what}: {status}")


def _file_name(name: str) -> str:
    """A file name that stays whole in a form's header."""
    return "".join("_" if c in '";\\/' or c < " " else c for c in name)[-120:] or "file"


def ptb_bot(token: str, api_url: str, wire: Wire, poll_wire: Wire) -> Bot:
    """PTB's `Bot` over our connections. PTB is imported only here: it costs 0.2 s and 28 MB at start."""
    from telegram import Bot
    from telegram.error import NetworkError
    from telegram.request import BaseRequest, RequestData

    class Request(BaseRequest):
        """PTB's door to the network, opened to a Wire."""

        def __init__(self, over: Wire) -> None:
            self.over = over

        @property
        def read_timeout(self) -> float | None:
            return self.over.read_seconds

        async def initialize(self) -> None:
            await self.over.initialize()

        async def shutdown(self) -> None:
            """The connections are the Api's to close."""

        async def do_request(
            self, url: str, method: str, request_data: RequestData | None = None,
            read_timeout: Any = None, write_timeout: Any = None, connect_timeout: Any = None, pool_timeout: Any = None,
        ) -> tuple[int, bytes]:  # fmt: skip
            try:
                return await self.over.ask(URL(url), _body(request_data), method)
            except (NotSent, Uncertain) as lost:
                raise NetworkError(str(lost)) from None

    return Bot(
        token, base_url=f"{api_url}/bot", base_file_url=f"{api_url}/file/bot", request=Request(wire),
        get_updates_request=Request(poll_wire),
    )  # fmt: skip


def _body(data: Any) -> bytes | aiohttp.FormData | None:
    """PTB's request data as JSON, or as a form where it holds files."""
    if data is None:
        return None
    if not data.contains_files:
        return json.encode(data.parameters)
    form = aiohttp.FormData(data.json_parameters, quote_fields=False)
    for name, (file_name, content, mime) in (data.multipart_data or {}).items():
        form.add_field(name, content, filename=file_name, content_type=mime)
    return form
