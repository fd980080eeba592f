"""Programs under test: started, measured from outside by /proc, ended."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
PAGE = os.sysconf("SC_PAGE_SIZE")


def free_port() -> int:
    """A port nobody uses now."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        port: int = door.getsockname()[1]
        return port


class Program:
    """A process (and its children) that is a bot."""

    def __init__(self, name: str, command: list[str], log: Path) -> None:
        self.name, self.command, self.log = name, command, log
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it in a process group of its own; what it says goes to the log."""
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, *self.command], stdout=log, stderr=log, start_new_session=True
            )

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    @property
    def is_alive(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def cpu(self) -> float:
        """CPU seconds (user and system) of the process tree so far."""
        return sum(_times(pid) for pid in _tree(self.pid))

    def rss(self) -> float:
        """Resident memory of the process tree, in MB."""
        pages = sum(int(Path(f"/proc/{pid}/statm").read_text().split()[1]) for pid in _tree(self.pid))
        return pages * PAGE / 1e6

    def stop(self, number: signal.Signals = signal.SIGTERM, seconds: float = 20) -> None:
        """End it; a program that does not go is killed."""
        if self._process is None:
            return
        for sign in (number, signal.SIGKILL):
            if self._process.poll() is None:
                os.killpg(self._process.pid, sign)
                try:
                    self._process.wait(seconds)
                except subprocess.TimeoutExpired:
                    continue
            return

    def kill(self) -> None:
        """kill -9."""
        self.stop(signal.SIGKILL)


def _times(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return sum(map(int, fields[11:15])) / TICKS


def _tree(pid: int) -> list[int]:
    found = [pid]
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in task.read_text().split():
            found += _tree(int(child))
    return found
