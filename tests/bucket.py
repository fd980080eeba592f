"""A real S3 over HTTP (moto's server, a process of its own), and a gate before it that can be shut, or hold things."""

from __future__ import annotations

import asyncio
import contextlib
import secrets
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

from bot.config import Media
from storage.shelf_bucket import Bucket
from tests.stories.program import free_port

SIGNED = "AWS4-HMAC-SHA256 Credential=key/20270101/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=x"


@contextmanager
def s3_server() -> Iterator[int]:
    """The server's port; it forgets everything with its process."""
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-W", "ignore", "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        for _ in range(400):
            with contextlib.suppress(urllib.error.URLError, ConnectionError):
                urllib.request.urlopen(f"http://127.0.0.1:{port}/moto-api/", timeout=5).close()
                break
            time.sleep(0.05)
        yield port
    finally:
        process.kill()
        process.wait()


def new_bucket(port: int) -> str:
    """Make a bucket; gives a place in it."""
    name = f"media-{secrets.token_hex(4)}"
    asked = urllib.request.Request(f"http://127.0.0.1:{port}/{name}", method="PUT", headers={"Authorization": SIGNED})
    urllib.request.urlopen(asked, timeout=20).close()
    return f"s3://{name}/school"


class Gate:
    """All that goes to the storage goes through here.

    `shut`: nobody gets in. `half`: of what is written only the beginning arrives, then nothing moves. `mute`: all
    arrives, and no answer comes back. `caught` tells that something was held.
    """

    def __init__(self, to: int) -> None:
        self.to, self.port, self.mode = to, 0, "open"
        self.caught = asyncio.Event()
        self._at_work: set[asyncio.Task[None]] = set()

    @property
    def endpoint(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def set(self, mode: str) -> None:
        self.mode = mode
        self.caught.clear()

    async def let(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection, until either side ends it."""
        task = asyncio.current_task()
        assert task is not None
        self._at_work.add(task)
        there: asyncio.StreamWriter | None = None
        try:
            if self.mode != "shut":
                back, there = await asyncio.open_connection("127.0.0.1", self.to)
                pumps = [asyncio.ensure_future(self._in(reader, there)), asyncio.ensure_future(self._out(back, writer))]
                await asyncio.wait(pumps, return_when=asyncio.FIRST_COMPLETED)
                for pump in pumps:
                    pump.cancel()
                await asyncio.gather(*pumps, return_exceptions=True)
        except OSError:
            pass
        finally:
            writer.close()
            if there is not None:
                there.close()
            self._at_work.discard(task)

    async def _in(self, reader: asyncio.StreamReader, there: asyncio.StreamWriter) -> None:
        while data := await reader.read(65536):
            if self.mode == "shut":
                return
            if self.mode == "half" and (data.startswith(b"PUT ") or self.caught.is_set()):
                if not self.caught.is_set():
                    there.write(data[:2000])
                    await there.drain()
                self.caught.set()
                continue
            there.write(data)
            await there.drain()

    async def _out(self, back: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while data := await back.read(65536):
            if self.mode == "mute":
                self.caught.set()
                continue
            writer.write(data)
            await writer.drain()

    async def close(self) -> None:
        for task in list(self._at_work):
            task.cancel()
        await asyncio.gather(*self._at_work, return_exceptions=True)


@asynccontextmanager
async def gate_to(port: int) -> AsyncIterator[Gate]:
    """An open gate."""
    gate = Gate(port)
    server = await asyncio.start_server(gate.let, "127.0.0.1", 0)
    gate.port = server.sockets[0].getsockname()[1]
    try:
        yield gate
    finally:
        server.close()
        await gate.close()


def settings(place: str, endpoint: str, before: str = "") -> Media:
    """The configuration for a place in this storage."""
    return Media(place=place, before=before, endpoint=endpoint, access_key="key", secret_key="a-secret")


def bucket_at(place: str, endpoint: str) -> Bucket:
    return Bucket(place, endpoint, "", "key", "a-secret")
