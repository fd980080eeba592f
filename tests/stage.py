"""The stage: the real dispatcher over a real database, phones are what the outbox says; long: all hands of a play.

It checks what no author remembers: texts under 4,096 characters, button data under 64 bytes, and every button shown
leads to a route that this person may use.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from actions import clock as deeds
from actions import notice_clock
from actions import rolls as roll_deeds
from bot.clock import Bell, Clock
from bot.dispatcher import Dispatcher, Toast
from bot.errands import Fetcher
from bot.intake import arrival_of
from chat.words import Item, Key, Words
from handlers import ROUTES
from storage import accounts, cards, errands, files, inbox, outbox
from storage.accounts import Me
from storage.outbox import Outcome
from storage.tx import Store, Tx
from tests.cast import ACCOUNTS, DAY_1
from texts.render import word_key

ZONE = ZoneInfo("Asia/Shanghai")
TAG = re.compile(r"<[^>]+>")


class Shown(msgspec.Struct):
    """A message on a phone."""

    message_id: int
    text: str
    buttons: list[Key]
    keyboard: list[str]
    bare: bool = False
    file_name: str = ""
    file: bytes = b""
    """A document that came with it."""
    media: list[Item] = []
    """Files by their ids."""
    silent: bool = False

    @property
    def plain(self) -> str:
        """The words without markup."""
        return TAG.sub("", self.text).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


class Holding(msgspec.Struct):
    """A Telegram that holds one file."""

    content: bytes

    async def fetch(self, file_id: str) -> bytes:
        return self.content


class Delivered(msgspec.Struct):
    """A parcel that goes to a phone, with what one must know of its reader when it goes."""

    sending: outbox.Sending
    number: int
    me: Me | None
    file: files.File | None


class Step(msgspec.Struct):
    """What one transaction of the house came to."""

    worked: int = 0
    toasts: list[tuple[int, Toast]] = []
    found: int = 0
    delivered: list[Delivered] = []


class HandClock(Clock):
    """A clock that stands still until it is set."""

    def __init__(self) -> None:
        super().__init__()
        self.value = datetime.combine(DAY_1, time(8), ZONE)

    def now(self) -> datetime:
        return self.value.astimezone(ZoneInfo("UTC"))


class Stage:
    """One play: the people of the cast say and tap; one looks at what they see."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.clock = HandClock()
        self.dispatcher = Dispatcher(ROUTES, self.clock)
        self.phones: dict[int, list[Shown]] = {}
        self.toasts: dict[int, list[str]] = {}
        self.menus: dict[int, list[str]] = {}
        self.apps: dict[int, str] = {}
        """Where the button beside the text field leads."""
        self.numbers = itertools.count(1000)
        self.down = False
        self.troubles: dict[int, str] = {}
        """What becomes of whatever is sent to a chat, other than `sent`."""
        self.pinned: dict[int, int] = {}

    def at(self, clock: str, day: int = 1) -> None:
        """Set the clock: `at("08:58")` of day 1."""
        self.clock.value = datetime.combine(DAY_1 + timedelta(days=day - 1), time.fromisoformat(clock), ZONE)

    @contextmanager
    def bot_down(self) -> Iterator[None]:
        """Whatever people do meanwhile is kept by Telegram, and worked afterwards."""
        self.down = True
        yield
        self.down = False

    # ---- what people do ------------------------------------------------------------------------------

    async def says(self, name: str, text: str, **more: Any) -> None:
        """Somebody writes: a command, a key of the keyboard, digits, anything."""
        await self.sends(name, text=text, **more)

    async def sends(self, name: str, **body: Any) -> None:
        """Somebody sends a message with these fields of Telegram's."""
        message = {"message_id": next(self.numbers), "date": round(self.clock.now().timestamp()), **self._from(name)}
        await self.update({"message": {**message, **body}})

    async def taps(self, name: str, label: str) -> str:
        """Somebody taps the button with this label on the newest message that has it; gives the small window."""
        shown, key = self._button(name, label)
        return await self.tap_data(name, key.data, shown.message_id)

    async def tap_data(self, name: str, data: str, message_id: int = 1) -> str:
        """A tap with any data, forged ones too; gives the words of the small window."""
        query = f"q{next(self.numbers)}"
        who = self._from(name)
        message = {"message_id": message_id, "date": 0, "chat": who["chat"]}
        await self.update({"callback_query": {"id": query, "from": who["from"], "message": message, "data": data}})
        said = self.toasts.get(ACCOUNTS[name], [])
        return said[-1] if said else ""

    async def update(self, update: dict[str, Any]) -> None:
        """Any update, as Telegram would bring it."""
        await self.raw(msgspec.json.encode({"update_id": next(self.numbers), **update}))

    async def raw(self, raw: bytes) -> None:
        """Any bytes."""
        arrival = arrival_of(raw, 1, self.clock.now())
        await self.store.work(lambda tx: inbox.add(tx, [arrival]))
        await self.settle()

    # ---- what the house does ---------------------------------------------------------------------------

    async def settle(self) -> None:
        """Work all that waits, deliver all that may go."""
        while not self.down:
            step = await self.store.work(self._step)
            for chat_id, toast in step.toasts:
                self.toasts.setdefault(chat_id, []).append(toast.text)
            for delivered in step.delivered:
                self._show(delivered)
            if not step.worked and not step.found:
                return

    async def _step(self, tx: Tx) -> Step:
        """Work what waits or, where nothing waits, deliver what is ready: never both in one transaction."""
        done = await self.dispatcher.work_lane(tx, None)
        if not done.worked:
            return await self._deliver(tx, self.clock.now())
        asked = "select chat_id from inbox where raw like :found"
        whose = [await tx.one(int, asked, {"found": f'%"id":"{t.query_id}"%'}) for t in done.toasts]
        return Step(worked=done.worked, toasts=list(zip(whose, done.toasts, strict=True)))

    async def tick(self, clock: str = "", day: int = 1) -> None:
        """Let the clock strike, at this time."""
        if clock:
            self.at(clock, day)
        now = self.clock.now()

        async def work(tx: Tx) -> None:
            await deeds.tick(tx, now)
            await roll_deeds.stir_codes(tx, now)
            await roll_deeds.paint_stirred(tx, now)
            await notice_clock.follow(tx, now, timedelta(0))

        await self.store.work(work)
        await self.settle()

    async def _deliver(self, tx: Tx, now: datetime) -> Step:
        await outbox.expire(tx, now)
        found = [(s, s.message_id or next(self.numbers)) for s in await outbox.ready(tx, now, 0, 100)]
        made = [Outcome(id=s.id, chat_id=s.chat_id, state=self.troubles.get(s.chat_id, "sent"), at=now,
                        message_id=None if s.chat_id in self.troubles else n, card_id=s.card_id, body=s.body,
                        edited=s.message_id is not None)
                for s, n in found]  # fmt: skip
        await outbox.set_outcomes(tx, made)
        await cards.set_shown(tx, [o for o in made if o.card_id and o.state == "sent"])
        for chat_id, trouble in self.troubles.items():
            if trouble == "unreachable":
                await accounts.set_blocked(tx, chat_id, now)
                await outbox.forget_chat(tx, chat_id, "unreachable")
        seen = [(s, n) for s, n in found if s.chat_id not in self.troubles]
        whose = {s.chat_id: await accounts.who(tx, s.chat_id, now) for s, _ in seen}
        brought = {s.file_id: await files.get(tx, s.file_id) for s, _ in seen if s.file_id is not None}
        return Step(found=len(found), delivered=[Delivered(s, n, whose[s.chat_id], brought.get(s.file_id or 0))
                                                 for s, n in seen])  # fmt: skip

    def _show(self, delivered: Delivered) -> None:
        sending, number = delivered.sending, delivered.number
        words = msgspec.json.decode(sending.body, type=Words) if sending.body else Words("")
        if sending.kind == "menu":
            self.menus[sending.chat_id] = [name for name, _ in words.commands]
            return
        if sending.kind == "app":
            self.apps[sending.chat_id] = words.buttons[0][0].url
            return
        if sending.kind in ("keys", "delete", "pin"):
            self._change(sending, words)
            return
        shown = Shown(number, words.text, [k for row in words.buttons for k in row],
                      [w for row in words.keyboard for w in row], words.bare, media=list(words.media),
                      silent=words.silent)  # fmt: skip
        if sending.file_id is not None:
            assert delivered.file is not None, "the file is there as long as its parcel waits"
            shown.file_name, shown.file = delivered.file.name, delivered.file.content
        self._check(sending.chat_id, delivered.me, shown)
        phone = self.phones.setdefault(sending.chat_id, [])
        for at, before in enumerate(phone):
            if before.message_id == number:
                phone[at] = shown
                return
        phone.append(shown)

    def _change(self, sending: outbox.Sending, words: Words) -> None:
        """Something done to a message that is there: other buttons, deleted, pinned."""
        phone = self.phones.setdefault(sending.chat_id, [])
        if sending.kind == "delete":
            phone[:] = [s for s in phone if s.message_id != sending.message_id]
        elif sending.kind == "pin":
            self.pinned[sending.chat_id] = sending.message_id or 0
        for shown in phone:
            if shown.message_id == sending.message_id and sending.kind == "keys":
                shown.buttons = [k for row in words.buttons for k in row]

    def _check(self, chat_id: int, me: Me | None, shown: Shown) -> None:
        assert len(shown.plain) <= (1024 if shown.media else 4096), "a text of Telegram's length"
        assert shown.plain or shown.media, "something to see"
        assert shown.text.count("<b>") == shown.text.count("</b>")
        if chat_id < 0:
            assert not shown.buttons and not shown.keyboard, "nothing is asked in a group"
            return
        assert me is not None
        for key in (k for k in shown.buttons if not k.url):
            assert len(key.data.encode()) <= 64
            route = ROUTES[f"tap:{key.data.split(':')[0]}"]
            assert route.who & me.roles, f"{me.roles} is shown {key.label}, which is for {route.who}"
        for word in shown.keyboard:
            route = ROUTES[f"word:{word_key(word)}"]
            assert route.who & me.roles, f"{me.roles} is shown the key {word}, which is for {route.who}"

    # ---- what people see -------------------------------------------------------------------------------

    def phone(self, name: str) -> list[Shown]:
        return self.phones.get(ACCOUNTS[name], [])

    def last(self, name: str) -> Shown:
        """The newest message of somebody."""
        assert self.phone(name), f"{name} sees nothing at all"
        return self.phone(name)[-1]

    def sees(self, name: str, *parts: str) -> Shown:
        """The newest message holds all of these words."""
        shown = self.last(name)
        for part in parts:
            assert part in shown.plain, f"{name} sees {shown.plain!r}, not {part!r}"
        return shown

    def sees_somewhere(self, name: str, part: str) -> Shown:
        """Some message of somebody's holds these words."""
        found = [s for s in self.phone(name) if part in s.plain]
        assert found, f"{name} sees {part!r} nowhere: {[s.plain for s in self.phone(name)]}"
        return found[-1]

    def sees_nothing_of(self, name: str, *parts: str) -> None:
        """No message, button or small window of somebody's holds any of these words."""
        seen = [s.plain + " ".join(k.label for k in s.buttons) for s in self.phone(name)]
        seen += self.toasts.get(ACCOUNTS[name], [])
        for part in parts:
            assert not any(part in text for text in seen), f"{name} sees {part!r}"

    def clear(self) -> None:
        """Everybody throws away what was said so far."""
        self.phones.clear()
        self.toasts.clear()

    def labels(self, name: str) -> list[str]:
        return [k.label for k in self.last(name).buttons]

    def _button(self, name: str, label: str) -> tuple[Shown, Key]:
        for shown in reversed(self.phone(name)):
            for key in shown.buttons:
                if label in key.label:
                    return shown, key
        raise AssertionError(f"{name} has no button {label!r}")

    def _from(self, name: str) -> dict[str, Any]:
        id = ACCOUNTS[name]
        lang = "en" if name == "Ivan" else "zh-hans"
        return {"chat": {"id": id, "type": "private"},
                "from": {"id": id, "is_bot": False, "first_name": name, "language_code": lang}}  # fmt: skip

    async def fetched(self, name: str, content: bytes) -> int:
        """The file that somebody sent comes from Telegram, is read and told of; gives the errand's number."""
        errand = await self.store.work(lambda tx: errands.next_new(tx, self.clock.now()))
        assert errand is not None and errand.account_id == ACCOUNTS[name]
        await Fetcher(self.store, Holding(content), self.clock, Bell()).one()
        await self.settle()
        return errand.id
