"""The simulated Telegram itself, without any network around it."""

from __future__ import annotations

import asyncio
import hashlib
from typing import Any

import msgspec

from simulator.clock import Clock
from simulator.faults import Faults
from simulator.feed import Feed
from simulator.filestore import FileStore
from simulator.floods import Floods
from simulator.journal import Journal
from simulator.model import Account, Dialog, Group, Json, Member, Message, Person, World, group_card, private_card
from simulator.queues import Queue, Update
from simulator.refusal import NotPossible
from simulator.webhooks import Hook

encode = msgspec.json.encode
HELD_MOST = 2.0
FOREVER = 7 * 86400.0
LIFE = {"callback_query": 150.0, "inline_query": 30.0, "chosen_inline_result": 600.0, "message": 86400.0}
PLANE = 2**33


class Telegram:
    """People, bots and what goes between them."""

    def __init__(self, start: float | None = None, limits: bool = True, title: str = "", any_bot: bool = False) -> None:
        self.title, self.any_bot = title, any_bot
        self.world = World()
        self.clock = Clock(start)
        self.clock.on_change = self._clock_changed
        self.feed = Feed()
        self.clock_feed = Feed()
        self.journal = Journal()
        self.faults = Faults(self.clock.now)
        self.floods = Floods(limits)
        self.files = FileStore(self.world)
        self.queues: dict[int, Queue] = {}
        self.hooks: dict[int, Hook] = {}
        self.tokens: dict[str, Account] = {}
        self.callbacks: dict[str, Json] = {}
        self.inline: dict[str, Json] = {}
        self.inline_results: dict[int, list[Json]] = {}
        self.toasts: dict[int, list[Json]] = {}
        self.held: dict[int, tuple[str, Any, int, float]] = {}
        self.changes = 0

    # ---- bots ----------------------------------------------------------------------------------------

    def add_bot(self, token: str, username: str, name: str = "") -> Account:
        """A bot with this token; the same token again is the same bot."""
        known = self.tokens.get(token)
        if known is not None:
            return known
        number = int(token.split(":", 1)[0])
        account = Account(number, token, username, name or username)
        self.world.bots[number] = account
        self.know(account)
        self.changes += 1
        self.feed.hang_up()
        return account

    def know(self, account: Account) -> None:
        """Give a bot its queue of updates."""
        self.tokens[account.token] = account
        queue = self.queues[account.id] = Queue(self.clock.now)
        self.hooks[account.id] = Hook(queue)

    def home(self, person: Person) -> Account:
        """The bot that a person talks with unless they say otherwise."""
        account = self.world.bots.get(person.home) or next(iter(self.world.bots.values()), None)
        if account is None:
            raise NotPossible("no bot yet")
        return account

    def dialog(self, account: Account, person: Person) -> Dialog:
        """The private chat of a bot and a person, begun or not."""
        found = account.dialogs.get(person.id)
        if found is None:
            found = account.dialogs[person.id] = Dialog(person.id, private_card(person), bot=account.id)
        return found

    # ---- people and groups ---------------------------------------------------------------------------

    def add_person(self, name: str, **fields: Any) -> Person:
        """Somebody new with a phone."""
        number = self.world.next_person
        self.world.next_person += 1
        person = self.world.people[number] = Person(number, name, **fields)
        self.tell_people()
        return person

    def somebody(self, number: int) -> Person:
        """The person with this id."""
        found = self.world.people.get(number)
        if found is None:
            raise NotPossible("no such person")
        return found

    def group(self, number: int) -> Group:
        """The group with this id."""
        found = self.world.groups.get(number)
        if found is None or found.deleted:
            raise NotPossible("no such group")
        return found

    def add_group(self, title: str, members: list[int], supergroup: bool = False) -> Group:
        """A new group; its first person owns it."""
        self.world.next_group += 1
        number = -self.world.next_group - (1_000_000_000_000 if supergroup else 0)
        kind = "supergroup" if supergroup else "group"
        group = Group(number, title, Dialog(number, {}), kind)
        group.dialog.card = group_card(group)
        for at, member in enumerate(members):
            group.members[member] = Member("creator" if at == 0 else "member")
        self.world.groups[number] = group
        return group

    def tell_people(self) -> None:
        """Tell the page how everybody is."""
        self.changes += 1
        if self.feed.listeners:
            self.feed.tell("people", people=self.people_shown())

    def people_shown(self) -> list[Json]:
        """Everybody, as the page wants them."""
        return [self._person_shown(person) for person in self.world.people.values()]

    def _person_shown(self, person: Person) -> Json:
        account = self.world.bots.get(person.home) or next(iter(self.world.bots.values()), None)
        dialog = account.dialogs.get(person.id) if account else None
        return {
            "id": person.id, "name": person.name, "note": person.note, "link": person.link, "lang": person.lang,
            "username": person.username, "shown": person.shown, "offline": person.offline,
            "started": bool(dialog and dialog.started), "blocked": bool(dialog and dialog.blocked),
        }  # fmt: skip

    def tell_groups(self) -> None:
        """Tell the page which groups there are and who is in them."""
        self.changes += 1
        if self.feed.listeners:
            self.feed.tell("groups", groups=self.groups_shown())

    def groups_shown(self) -> list[Json]:
        """The groups, as the page wants them."""
        return [
            {
                "id": group.id, "title": group.title, "kind": group.kind, "members": self.people_of(group),
                "bots": {n: member.status for n, member in group.members.items() if n in self.world.bots},
                "admins": [n for n, member in group.members.items() if member.status in ("creator", "administrator")],
            }
            for group in self.world.groups.values()
            if not group.deleted and not group.moved_to
        ]  # fmt: skip

    def people_of(self, group: Group) -> list[int]:
        """The people inside a group (bots left out)."""
        inside = group.members.items()
        return [n for n, member in inside if n in self.world.people and member.status not in ("left", "kicked")]

    # ---- messages ------------------------------------------------------------------------------------

    def next_id(self, dialog: Dialog) -> int:
        """The next message id in a conversation; in private chats they rise through all chats of the bot."""
        if not dialog.bot:
            dialog.last_id += 1
            return dialog.last_id
        account = self.world.bots[dialog.bot]
        account.last_message += 1
        return account.last_message

    def add_message(self, dialog: Dialog, sender: int, user: Json, content: Json, silent: bool = False) -> Message:
        """Put a message into a conversation."""
        number = self.next_id(dialog)
        body = {"message_id": number, "from": user, "chat": dialog.card, "date": int(self.clock.now()), **content}
        message = Message(number, sender, body, silent=silent)
        dialog.messages[number] = message
        dialog.ids.append(number)
        self.touch(message)
        return message

    def touch(self, message: Message) -> None:
        """Mark a message as just changed."""
        self.world.stamp += 1
        self.changes += 1
        message.stamp = self.world.stamp
        self.feed.stir()

    # ---- updates -------------------------------------------------------------------------------------

    def update(self, account: Account, kind: str, payload: Any, key: int, life: float = FOREVER) -> None:
        """Let a bot know of something, if it wants that kind."""
        if kind not in self.queues[account.id].allowed:
            return
        if self.faults.list:
            self._with_faults(account, kind, payload, key, life)
        else:
            self.enqueue(account, kind, payload, key, life)

    def _with_faults(self, account: Account, kind: str, payload: Any, key: int, life: float) -> None:
        if self.faults.for_update("poison"):
            self.enqueue(account, "message", {"message_id": "?", "chat": 7, "date": "never"}, 7, FOREVER)
        if account.id not in self.held and self.faults.for_update("reorder"):
            self.held[account.id] = (kind, payload, key, life)
            asyncio.get_running_loop().call_later(HELD_MOST, self._release, account)
            return
        twice = self.faults.for_update("duplicate") is not None
        self.enqueue(account, kind, payload, key, life, twice)

    def enqueue(
        self, account: Account, kind: str, payload: Any, key: int, life: float = FOREVER, twice: bool = False
    ) -> None:
        """Put an update into a bot's queue, and behind it one that was held back to change places."""
        queue = self.queues[account.id]
        queue.last_id += 1
        raw = encode({"update_id": queue.last_id, kind: payload})
        update = Update(queue.last_id, key, kind, self.clock.now() + life, raw)
        for _ in range(1 + twice):
            self.pass_on(account, update)
        self._release(account)

    def _release(self, account: Account) -> None:
        """Let go of the update that was held back."""
        held = self.held.pop(account.id, None)
        if held is not None:
            self.enqueue(account, *held)

    def pass_on(self, account: Account, update: Update) -> None:
        """Put a finished update where the bot gets it: its webhook or its queue."""
        self.changes += 1
        hook = self.hooks[account.id]
        if hook.url:
            hook.put(update)
        else:
            self.queues[account.id].put(update)

    def inject(self, account: Account, raw: Json) -> int:
        """Put any JSON into a bot's queue as it is; without an update_id it gets the next one."""
        queue = self.queues[account.id]
        queue.last_id += 1
        number = raw.setdefault("update_id", queue.last_id)
        number = number if isinstance(number, int) else queue.last_id
        queue.last_id = max(queue.last_id, number)
        kind = next((name for name in raw if name != "update_id"), "unknown")
        self.pass_on(account, Update(number, inject_key(raw), kind, self.clock.now() + FOREVER, encode(raw)))
        return number

    def _clock_changed(self) -> None:
        self.changes += 1
        face = self.clock.face()
        self.feed.tell("clock", clock=face)
        self.clock_feed.tell("clock", clock=face)
        self.feed.stir()


def inject_key(raw: Json) -> int:
    """Something steady to order injected updates by."""
    message = raw.get("message")
    chat = message.get("chat") if isinstance(message, dict) else None
    number = chat.get("id") if isinstance(chat, dict) else None
    return number if isinstance(number, int) else int.from_bytes(hashlib.sha1(encode(raw)).digest()[:4], "big")
