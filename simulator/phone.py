"""A person's phone in the hands of a test."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from simulator import attachments, people, presence, standing
from simulator.call import Upload
from simulator.model import Account, Dialog, Group, Json, Person
from simulator.refusal import NotPossible
from simulator.shown import seen_by

if TYPE_CHECKING:
    from simulator.core import Telegram

Result = TypeVar("Result")
Chat = Account | Group | int | None
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)


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


class Phone:
    """Everything a person can do and see; without `chat` it is their chat with the bot."""

    def __init__(self, sim: Telegram, person: Person) -> None:
        self.sim, self.person = sim, person
        self._floor = 0
        self._taken: set[int] = set()

    @property
    def id(self) -> int:
        """The person's id, which is also the id of their private chat."""
        return self.person.id

    # ---- seeing ------------------------------------------------------------------------------------

    def _place(self, chat: Chat = None) -> Dialog:
        number = chat.id if isinstance(chat, (Account, Group)) else chat
        return people.place(self.sim, self.person, number)

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

    # ---- doing -------------------------------------------------------------------------------------

    def _did(self, result: Result) -> Result:
        """Note that a deed was done: from here on "new" means after it."""
        self._floor = self.sim.world.stamp
        self._taken.clear()
        return result

    async def start(self, bot: Account | None = None, payload: str = "") -> None:
        """Press Start."""
        self._did(people.start(self.sim, self.person, bot or self.sim.home(self.person), payload))

    async def says(self, text: str, chat: Chat = None, reply_to: int = 0) -> int:
        """Send a text; gives its message id."""
        place = self._place(chat)
        return self._did(people.say(self.sim, self.person, place.bot or place.chat, text, reply_to)).id

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

    async def taps_data(self, message_id: int, data: str, chat: Chat = None) -> str:
        """Send a tap with any data, as an odd client could."""
        place = self._place(chat)
        return self._did(people.tap(self.sim, self.person, place.bot or place.chat, message_id, data))

    async def keys(self, label: str) -> None:
        """Press a key of the reply keyboard."""
        found = [key for row in self.keyboard for key in row if label in key]
        if not found:
            raise AssertionError(f"{self.person.name} has no key {label!r}, only {self.keyboard}")
        await self.says(label if label in found else found[0])

    async def _sends(self, kind: str, files: list[Upload], chat: Chat, **fields: Any) -> list[int]:
        place = self._place(chat)
        sent = self._did(attachments.send(self.sim, self.person, place.bot or place.chat, kind, files, fields))
        return [message.id for message in sent]

    async def sends_photo(self, data: bytes = PNG, caption: str = "", chat: Chat = None) -> int:
        """Send a picture."""
        return (await self._sends("photo", [Upload("photo.png", data, "image/png")], chat, caption=caption))[0]

    async def sends_album(self, count: int = 2, caption: str = "", chat: Chat = None) -> list[int]:
        """Send several pictures at once."""
        files = [Upload(f"photo{n}.png", PNG + bytes([n]), "image/png") for n in range(count)]
        return await self._sends("album", files, chat, caption=caption)

    async def sends_voice(self, data: bytes = b"OggS voice", duration: int = 2, chat: Chat = None) -> int:
        """Send a voice message."""
        return (await self._sends("voice", [Upload("", data, "audio/ogg")], chat, duration=duration))[0]

    async def sends_video(self, data: bytes = b"video", caption: str = "", chat: Chat = None) -> int:
        """Send a video."""
        return (await self._sends("video", [Upload("video.mp4", data, "video/mp4")], chat, caption=caption))[0]

    async def sends_document(self, name: str, data: bytes, caption: str = "", chat: Chat = None) -> int:
        """Send a file."""
        return (await self._sends("document", [Upload(name, data, "")], chat, caption=caption))[0]

    async def sends_sticker(self, data: bytes = PNG, chat: Chat = None) -> int:
        """Send a sticker."""
        return (await self._sends("sticker", [Upload("sticker.webp", data, "image/webp")], chat))[0]

    async def sends_location(self, latitude: float = 30.27, longitude: float = 120.15, chat: Chat = None) -> int:
        """Send a place."""
        return (await self._sends("location", [], chat, latitude=latitude, longitude=longitude))[0]

    async def edits(self, message_id: int, text: str, chat: Chat = None) -> None:
        """Change one's own words."""
        place = self._place(chat)
        self._did(people.edit(self.sim, self.person, place.bot or place.chat, message_id, text))

    async def deletes(self, message_id: int, chat: Chat = None) -> None:
        """Delete one's own message."""
        place = self._place(chat)
        people.delete(self.sim, self.person, place.bot or place.chat, message_id)

    async def forwards(self, message_id: int, chat: Chat = None, to: Chat = None) -> int:
        """Pass a message on."""
        source, target = self._place(chat), self._place(to)
        places = target.bot or target.chat, source.bot or source.chat
        return self._did(people.forward(self.sim, self.person, *places, message_id)).id

    async def reacts(self, message_id: int, emoji: str, chat: Chat = None) -> None:
        """Put an emoji on a message."""
        place = self._place(chat)
        people.react(self.sim, self.person, place.bot or place.chat, message_id, emoji)

    async def blocks(self, bot: Account | None = None) -> None:
        """Block the bot."""
        standing.block(self.sim, self.person, bot or self.sim.home(self.person), True)

    async def unblocks(self, bot: Account | None = None) -> None:
        """Let the bot write again."""
        standing.block(self.sim, self.person, bot or self.sim.home(self.person), False)

    async def goes_offline(self) -> None:
        """Take the phone off the network."""
        presence.go_offline(self.sim, self.person)

    async def comes_online(self) -> None:
        """Put the phone on the network again."""
        presence.come_online(self.sim, self.person)
