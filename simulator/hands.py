"""What a test does with a person's phone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from simulator import attachments, changes, forwards, groups, people, pins, presence, standing
from simulator.call import Upload
from simulator.model import Account, Dialog, Group, Json, Person
from simulator.wording import Wording

if TYPE_CHECKING:
    from simulator.core import Telegram

Result = TypeVar("Result")
Chat = Account | Group | int | None
Marks = list[Json] | None
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)


class Hands:
    """The deeds of a person; `parse_mode` "typed" reads an app's signs (`**bold**`), "HTML" is as for bots."""

    def __init__(self, sim: Telegram, person: Person) -> None:
        self.sim, self.person = sim, person
        self._floor = 0
        self._taken: set[int] = set()

    @property
    def id(self) -> int:
        """The person's id, which is also the id of their private chat."""
        return self.person.id

    def _place(self, chat: Chat = None) -> Dialog:
        number = chat.id if isinstance(chat, (Account, Group)) else chat
        return people.place(self.sim, self.person, number)

    def _number(self, chat: Chat) -> int:
        place = self._place(chat)
        return place.bot or place.chat

    def _did(self, result: Result) -> Result:
        """Note that a deed was done: from here on "new" means after it."""
        self._floor = self.sim.world.stamp
        self._taken.clear()
        return result

    async def start(self, bot: Account | None = None, payload: str = "") -> None:
        """Press Start."""
        self._did(people.start(self.sim, self.person, bot or self.sim.home(self.person), payload))

    async def says(
        self, text: str, chat: Chat = None, reply_to: int = 0, *, parse_mode: str = "", entities: Marks = None
    ) -> int:
        """Send a text; gives its message id (the first one, where an app would cut it)."""
        wording = Wording(text, parse_mode, entities)
        return self._did(people.say(self.sim, self.person, self._number(chat), wording, reply_to)).id

    async def taps_data(self, message_id: int, data: str, chat: Chat = None) -> str:
        """Send a tap with any data, as an odd client could."""
        return self._did(people.tap(self.sim, self.person, self._number(chat), message_id, data))

    # ---- files -------------------------------------------------------------------------------------

    async def _sends(self, kind: str, files: list[Upload], chat: Chat, **fields: Any) -> list[int]:
        sent = self._did(attachments.send(self.sim, self.person, self._number(chat), kind, files, fields))
        return [message.id for message in sent]

    async def sends_photo(
        self, data: bytes = PNG, caption: str = "", chat: Chat = None, *, parse_mode: str = "", reply_to: int = 0
    ) -> int:
        """Send a picture."""
        words = {"caption": caption, "parse_mode": parse_mode, "reply_to": reply_to}
        return (await self._sends("photo", [Upload("photo.png", data, "image/png")], chat, **words))[0]

    async def sends_album(
        self, count: int = 2, caption: str = "", chat: Chat = None, *, of: str = "photo", parse_mode: str = ""
    ) -> list[int]:
        """Send several pictures (or documents, videos, sounds) at once."""
        ending = {"photo": "png", "video": "mp4", "audio": "mp3"}.get(of, "pdf")
        files = [Upload(f"{of}{n}.{ending}", PNG + bytes([n]), "") for n in range(count)]
        return await self._sends("album", files, chat, caption=caption, parse_mode=parse_mode, of=of)

    async def sends_voice(
        self, data: bytes = b"OggS voice", duration: int = 2, chat: Chat = None, *, caption: str = ""
    ) -> int:
        """Send a voice message."""
        return (await self._sends("voice", [Upload("", data, "audio/ogg")], chat, duration=duration, caption=caption))[
            0
        ]

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

    # ---- messages that are there -------------------------------------------------------------------

    async def edits(
        self, message_id: int, text: str, chat: Chat = None, *, parse_mode: str = "", entities: Marks = None
    ) -> None:
        """Change one's own words or caption."""
        wording = Wording(text, parse_mode, entities)
        self._did(changes.edit(self.sim, self.person, self._number(chat), message_id, wording))

    async def deletes(self, message_id: int, chat: Chat = None) -> None:
        """Delete a message."""
        changes.delete(self.sim, self.person, self._number(chat), [message_id])

    async def forwards(
        self, message_id: int, chat: Chat = None, to: Chat = None, *, hidden: bool = False, channel: str = ""
    ) -> int:
        """Pass a message on."""
        return (await self.forwards_all([message_id], chat, to, hidden=hidden, channel=channel))[0]

    async def forwards_all(
        self, numbers: list[int], chat: Chat = None, to: Chat = None, *, hidden: bool = False, channel: str = ""
    ) -> list[int]:
        """Pass several messages on at once, such as an album."""
        places = self._number(to), self._number(chat)
        sent = forwards.forward(self.sim, self.person, *places, numbers, hidden=hidden, channel=channel)
        return [message.id for message in self._did(sent)]

    async def reacts(self, message_id: int, emoji: str, chat: Chat = None) -> None:
        """Put an emoji on a message."""
        changes.react(self.sim, self.person, self._number(chat), message_id, emoji)

    async def pins(self, message_id: int, chat: Chat = None, on: bool = True) -> None:
        """Pin a message, or take it down."""
        pins.pin(self.sim, self.person, self._number(chat), message_id, on)

    # ---- standing ----------------------------------------------------------------------------------

    async def makes_group(self, title: str, *others: Hands, supergroup: bool = False, with_bot: bool = True) -> Group:
        """Make a group of oneself and others, and put the bot into it."""
        bots = [self.sim.home(self.person)] if with_bot else []
        members = [self.id, *(other.id for other in others)]
        return self._did(groups.create(self.sim, title, members, supergroup, bots))

    async def adds_bot(self, group: Group, bot: Account | None = None) -> None:
        """Put the bot into a group."""
        groups.add_bot(self.sim, group, bot or self.sim.home(self.person), self.person)
        self._did(None)

    async def kicks_bot(self, group: Group, bot: Account | None = None) -> None:
        """Throw the bot out of a group."""
        groups.remove_bot(self.sim, group, bot or self.sim.home(self.person), self.person)
        self._did(None)

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
