"""Troubles on purpose: refusals, broken connections, slow answers, doubled or shuffled updates."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec

from simulator.refusal import NotPossible

OF_CALLS = frozenset(
    {
        "close", "accept_close", "accept_stall", "slow", "429", "flood", "500", "502", "504", "refuse", "block",
        "vanish",
    }
)  # fmt: skip
OF_UPDATES = frozenset({"duplicate", "reorder", "poison"})
WITH_FILES = frozenset(
    {
        "sendphoto", "sendvoice", "sendvideo", "sendaudio", "senddocument", "sendanimation", "sendsticker",
        "sendmediagroup", "editmessagemedia", "getfile",
    }
)  # fmt: skip


class Fault(msgspec.Struct, omit_defaults=True):
    """One trouble: what, for which method and chat, how often, and after how many untroubled calls.

    `flood` lasts `retry_after` seconds of the simulator's clock instead, and tells each call the seconds that are left.
    `block`: just before the call the person blocks the bot (a group throws it out). `vanish`: the call's file ids are
    worth nothing from now on.
    """

    kind: str
    method: str = ""
    chat: int | None = None
    times: int | None = None
    after: int = 0
    retry_after: int = 3
    seconds: float = 3.0
    text: str = "FAULT_INJECTED"
    html: bool = False
    until: float = 0.0


class Faults:
    """The troubles that wait to happen."""

    def __init__(self, now: Callable[[], float]) -> None:
        self.now = now
        self.list: list[Fault] = []

    def add(self, fault: Fault) -> Fault:
        """Let one more trouble wait; a flood begins at once."""
        if fault.kind not in OF_CALLS | OF_UPDATES:
            raise NotPossible(f"no such fault: {fault.kind}")
        if fault.kind == "flood" and not fault.until:
            fault.until = self.now() + fault.retry_after
        self.list.append(fault)
        return fault

    def put(self, faults: list[dict[str, Any]]) -> None:
        """Replace all troubles."""
        try:
            made = msgspec.convert(faults, list[Fault])
        except msgspec.ValidationError as wrong:
            raise NotPossible(str(wrong)) from wrong
        before, self.list = self.list, []
        try:
            for fault in made:
                self.add(fault)
        except NotPossible:
            self.list = before
            raise

    def for_call(self, method: str, chat: int | str | None, unread: bool) -> Fault | None:
        """The trouble that hits a call; before its body is read (`unread`) only "close" without a chat can."""
        self.list = [fault for fault in self.list if not fault.until or fault.until > self.now()]
        for fault in self.list:
            if fault.kind in OF_CALLS and unread is early(fault) and fits(fault, method, chat) and self._due(fault):
                return fault
        return None

    def for_update(self, kind: str) -> Fault | None:
        """The trouble of this kind that hits the update just made."""
        for fault in self.list:
            if fault.kind == kind and self._due(fault):
                return fault
        return None

    def _due(self, fault: Fault) -> bool:
        if fault.after > 0:
            fault.after -= 1
            return False
        if fault.kind == "flood":
            return True
        if fault.times is not None:
            fault.times -= 1
            if fault.times <= 0:
                self.list.remove(fault)
        return True


def early(fault: Fault) -> bool:
    """Whether the trouble comes before the request is read."""
    return fault.kind == "close" and fault.chat is None


def fits(fault: Fault, method: str, chat: int | str | None) -> bool:
    """Whether a trouble is meant for a call; without a method it spares getUpdates, which would eat it at once."""
    if fault.chat is not None and str(fault.chat) != str(chat):
        return False
    if fault.kind in ("flood", "block") and chat is None:
        return False
    if fault.kind == "vanish" and method not in WITH_FILES:
        return False
    return fault.method.lower() == method if fault.method else method != "getupdates"
