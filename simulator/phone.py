"""A person's phone in the hands of a test."""

from __future__ import annotations

import asyncio

import msgspec

from simulator.hands import PNG, Chat, Hands
from simulator.model import Json
from simulator.refusal import NotPossible
from simulator.shown import seen_by

__all__ = ["PNG", "Phone", "Shown", "as_shown"]


class Shown(msgspec.Struct):
    """A message as it stands on the phone."""

    message_id: int
    chat: int
    sender: int
    kind: str
    text: str
    html: str
    buttons: list[list[Json]]
    stamp: int
    view: Json

    def __contains__(self, words: str) -> bool:
        return words in self.text

    @property
    def edited(self) -> bool:
        """Whether its words or file were changed after it was sent."""
        return "edit_date" in self.view

    @property
    def pinned(self) -> bool:
        """Whether it is kept in sight."""
        return bool(self.view.get("pinned"))

    @property
    def album(self) -> str:
        """What its album is known by; "" when it stands alone."""
        return str(self.view.get("album", ""))

    @property
    def labels(self) -> list[str]:
        """What stands on its inline buttons."""
        return [button["text"] for row in self.buttons for button in row]


def as_shown(view: Json) -> Shown:
    """The page's view of a message as a test reads it."""
    words = view["text"] or view["caption"]
    if view["kind"] == "poll":
        words = view["poll"]["question"]
    return Shown(
        view["message_id"], view["chat"], view["from"]["id"], view["kind"], words, view["html"],
        view["inline_keyboard"], view["stamp"], view,
    )  # fmt: skip


class Phone(Hands):
    """Everything a person can do and see; without `chat` it is their chat with the bot."""

    # ---- seeing ------------------------------------------------------------------------------------

    def messages_in(self, chat: Chat = None, limit: int = 200) -> list[Shown]:
        """A conversation as it stands on the phone, oldest first."""
        return [as_shown(view) for view in seen_by(self.sim, self.person, self._place(chat), None, limit)]

    @property
    def messages(self) -> list[Shown]:
        """The chat with the bot."""
        return self.messages_in()

    @property
    def last(self) -> Shown:
        """The newest message of the chat with the bot."""
        messages = self.messages_in(limit=1)
        if not messages:
            raise AssertionError(f"{self.person.name} sees nothing")
        return messages[-1]

    @property
    def keyboard(self) -> list[list[str]]:
        """The labels of the reply keyboard; empty without one."""
        keyboard = self._place().keyboards.get(self.id)
        return [[key["text"] for key in row] for row in keyboard["rows"]] if keyboard else []

    @property
    def toasts(self) -> list[str]:
        """The words that taps were answered with."""
        return [toast["text"] for toast in self.sim.toasts.get(self.id, []) if toast["text"]]

    def _fresh(self, chat: Chat) -> list[Shown]:
        messages = self.messages_in(chat, 100)
        return [
            one
            for one in messages
            if one.sender != self.id and one.stamp > self._floor and one.stamp not in self._taken
        ]

    async def sees(self, words: str = "", within: float = 5.0, chat: Chat = None) -> Shown:
        """Wait for a message with these words that came or changed after the person's last deed; each is seen once."""
        loop = asyncio.get_running_loop()
        end = loop.time() + within
        while True:
            for one in self._fresh(chat):
                if words in one.text or any(words in label for label in one.labels if words):
                    self._taken.add(one.stamp)
                    return one
            left = end - loop.time()
            if left <= 0:
                raise AssertionError(self._missing(words, within, chat))
            await self.sim.feed.next(left)

    def _missing(self, words: str, within: float, chat: Chat) -> str:
        shown = "\n".join(f"  {one.sender}: {one.text!r} {one.labels or ''}" for one in self.messages_in(chat, 8))
        return f"{self.person.name} did not see {words!r} within {within} s. The phone shows:\n{shown}"

    async def sees_nothing(self, within: float = 0.5, chat: Chat = None) -> None:
        """Nothing new comes for a while (nothing since the last deed that was not seen already)."""
        end = asyncio.get_running_loop().time() + within
        while True:
            fresh = self._fresh(chat)
            if fresh:
                raise AssertionError(f"{self.person.name} saw {fresh[0].text!r}")
            left = end - asyncio.get_running_loop().time()
            if left <= 0:
                return
            await self.sim.feed.next(left)

    # ---- pressing what one sees -----------------------------------------------------------------------

    async def taps(self, label: str, chat: Chat = None) -> str:
        """Tap the inline button with (part of) this label on the newest message that has it."""
        number, button = self._button(label, chat)
        if button.get("callback_data") is None:
            raise NotPossible(f"the button {button['text']!r} carries no data")
        return await self.taps_data(number, button["callback_data"], chat)

    def _button(self, label: str, chat: Chat) -> tuple[int, Json]:
        for one in reversed(self.messages_in(chat)):
            buttons = [button for row in one.buttons for button in row]
            exact = [button for button in buttons if button["text"] == label]
            for button in exact + [button for button in buttons if label in button["text"]]:
                return one.message_id, button
        raise AssertionError(f"{self.person.name} sees no button {label!r}")

    async def keys(self, label: str) -> None:
        """Press a key of the reply keyboard."""
        found = [key for row in self.keyboard for key in row if label in key]
        if not found:
            raise AssertionError(f"{self.person.name} has no key {label!r}, only {self.keyboard}")
        await self.says(label if label in found else found[0])
