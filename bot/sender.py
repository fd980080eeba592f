"""From the outbox to Telegram: paced, in order within a chat, answers before broadcasts, several in flight."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TypeVar

import msgspec
from msgspec import Struct

from bot.answers import Answer, Kind, answer_of
from bot.clock import Bell, Clock
from bot.telegram import call_of
from bot.transport import Api, NotSent, Uncertain
from chat.words import Words
from storage import accounts, cards, cohorts, files, outbox, pace
from storage.files import File
from storage.outbox import Outcome, Sending
from storage.pace import Pace
from storage.tx import Store, Tx, Work

log = logging.getLogger("tongxue.sender")

T = TypeVar("T")

CHAT_EVERY_MS, CHAT_BURST = 1000, 3
GROUP_EVERY_MS, GROUP_BURST = 3530, 3
"""A group takes 20 a minute: 17 evenly and a burst of 3 never make more in any 60 seconds."""
LEASE = timedelta(seconds=45)
"""Longer than any call can take; what a program that died had taken is sent by another after that. By real time: the
class's clock may be put forward while a call is on its way."""
FILE_LEASE = timedelta(minutes=4)
"""The same for an upload, which may take its two minutes."""
RELEASE_EVERY = 5.0
AHEAD_MS = 200
"""So far ahead parcels are taken: what is taken when a program dies is uncertain, so it is little (SCH-03)."""
BEHIND_MS = 70
"""So much lost time is made up for: two messages at 28 a second, which keeps any second under Telegram's 30."""
TRIES = 8
NO_TRY = frozenset({Kind.WAIT, Kind.RETRY, Kind.STOP})
"""Telegram was not reached, or surely did nothing: a parcel may meet with it for hours and is not given up for it."""
FLOODS, FLOOD_WINDOW_MS = 3, 10_000
WHOLE_BOT_RESTS_MS = 60_000
"""The whole bot tries again after a minute: a chat that must wait an hour does not silence all others."""

_words = msgspec.json.Decoder(Words).decode


class Slot(Struct, frozen=True):
    """A parcel with the moment at which it may go (seconds from now), and the document that it brings."""

    parcel: Sending
    wait: float
    file: File | None = None


class Sender:
    """One loop that takes parcels and records outcomes in one transaction, and a task for each call in flight."""

    def __init__(
        self, store: Store, api: Api, clock: Clock, *, per_second: float = 28, in_flight: int = 64,
        seen: Callable[[str], None] = lambda kind: None,
    ) -> None:  # fmt: skip
        """`seen` hears of the kind of each answer."""
        self.store, self.api, self.clock, self._seen = store, api, clock, seen
        self.per_second, self.in_flight = per_second, in_flight
        self.bell = Bell()
        self._tasks: set[asyncio.Task[None]] = set()
        self._outcomes: list[tuple[Sending, Outcome, Answer]] = []
        self._recording: list[tuple[Sending, Outcome, Answer]] = []
        """What a transaction is writing down now: not safe before its commit."""
        self._floods: deque[float] = deque()
        self._stopping = False
        self._unreached: dict[int, int] = {}
        """How often in a row Telegram was not reached with a parcel, so that it rests longer and longer."""
        self._kept_at: datetime | None = None
        self.halted = ""

    async def run(self) -> None:
        """Send until stopped; what is in flight is finished and recorded."""
        while not self._stopping:
            slots, rest = await self._in_one(self._step)
            for slot in slots:
                task = asyncio.create_task(self._send(slot))
                self._tasks.add(task)
                task.add_done_callback(self._tasks.discard)
            await self._pause(bool(slots), rest)
        if self._tasks:
            await asyncio.wait(self._tasks)
        await self._in_one(self._record)

    async def _in_one(self, work: Work[T]) -> T:
        """Run in one transaction; outcomes that it could not write down are kept for the next."""
        try:
            return await self.store.work(work)
        except BaseException:
            self._outcomes = self._recording + self._outcomes
            raise
        finally:
            self._recording = []

    def stop(self) -> None:
        self._stopping = True
        self.bell.ring()

    async def _pause(self, busy: bool, rest: float) -> None:
        if self._outcomes:
            await asyncio.sleep(0)
            return
        if len(self._tasks) >= self.in_flight:
            await asyncio.wait(self._tasks, return_when=asyncio.FIRST_COMPLETED)
            return
        await self.bell.wait(0.02 if busy and not self._tasks else rest)

    async def _step(self, tx: Tx) -> tuple[list[Slot], float]:
        """Record what came back, take what may go."""
        await outbox.alone(tx)
        await self._record(tx)
        free = self.in_flight - len(self._tasks) - len(self._outcomes)
        if free <= 0 or self.halted:
            return [], 1.0
        now = self.clock.now()
        await self._housekeeping(tx, now)
        found = await outbox.ready(tx, now, self.clock.real_ms(), free)
        if not found:
            return [], min(2.0, max(0.01, await outbox.seconds_to_next(tx, now, self.clock.real_ms())))
        return await self._take(tx, found)

    async def _housekeeping(self, tx: Tx, now: datetime) -> None:
        """Now and then: let go of what came too late, take over from a program that died."""
        real = self.clock.real()
        if self._kept_at and abs((real - self._kept_at).total_seconds()) < RELEASE_EVERY:
            return
        self._kept_at = real
        await outbox.expire(tx, now)
        await outbox.release(tx, real)

    async def _take(self, tx: Tx, found: list[Sending]) -> tuple[list[Slot], float]:
        ms = self.clock.real_ms()
        every = 1000 / self.per_second if self.per_second else 0.0
        at = float(max(ms - BEHIND_MS, await pace.whole_bot(tx))) if every else float(ms)
        slots: list[Slot] = []
        paces: list[Pace] = []
        for parcel in found:
            if at - ms > AHEAD_MS:
                break
            file = await files.get(tx, parcel.file_id) if parcel.file_id else None
            slots.append(Slot(parcel, max(0.0, (at - ms) / 1000), file))
            weight = _weight(parcel)
            if every:
                paces.append(Pace(parcel.chat_id, self._chat_ready(parcel, round(max(at, ms)), weight)))
            at += every * weight
        real = self.clock.real()
        await outbox.set_sending(tx, [s.parcel.id for s in slots if not s.file], real + LEASE, self.store.number)
        await outbox.set_sending(tx, [s.parcel.id for s in slots if s.file], real + FILE_LEASE, self.store.number)
        if every:
            paces.append(Pace(pace.WHOLE_BOT, round(at)))
        await pace.put(tx, paces)
        return slots, 0.05

    def _chat_ready(self, parcel: Sending, at: int, weight: int) -> int:
        """When this chat may be spoken to again: evenly, with a small burst."""
        every, burst = (GROUP_EVERY_MS, GROUP_BURST) if parcel.chat_id < 0 else (CHAT_EVERY_MS, CHAT_BURST)
        slack = every * (burst - 1)
        return max(at, (parcel.ready_at or 0) + slack) + every * weight - slack

    async def _send(self, slot: Slot) -> None:
        if slot.wait:
            await asyncio.sleep(slot.wait)
        parcel = slot.parcel
        try:
            answer = await self._call(parcel, slot.file)
        except NotSent as lost:
            answer = Answer(Kind.RETRY, trouble=str(lost))
        except Uncertain as lost:
            answer = Answer(Kind.UNCERTAIN, trouble=str(lost))
        self._seen(answer.kind.value)
        self._outcomes.append((parcel, self._judge(parcel, answer), answer))
        self.bell.ring()

    async def _call(self, parcel: Sending, file: File | None) -> Answer:
        words = _words(parcel.body) if parcel.body else Words("")
        method, params = call_of(parcel.kind, words, parcel.chat_id, parcel.message_id, parcel.others)
        if file is not None:
            return answer_of(*await self.api.upload(method, params, "document", file.name, file.content))
        if parcel.kind == "file":
            return Answer(Kind.BAD, trouble="the file is not kept any more")
        return answer_of(*await self.api.call(method, params))

    def _judge(self, parcel: Sending, answer: Answer) -> Outcome:
        """What an answer means for the parcel: done, later, held, or given up."""
        state = "sent"
        match answer.kind:
            case Kind.GONE if parcel.kind in ("edit", "card"):
                state = "new" if parcel.kind == "edit" else "gone"
            case Kind.WAIT | Kind.MOVED | Kind.STOP | Kind.RETRY:
                state = "new"
            case Kind.UNCERTAIN:
                state = "uncertain" if parcel.hold else "new"
            case Kind.UNREACHABLE:
                state = "unreachable"
            case Kind.BAD | Kind.GONE:
                state = "failed"
        if state == "new" and parcel.tries >= TRIES and answer.kind in (Kind.UNCERTAIN, Kind.MOVED):
            state = "failed"
        return Outcome(
            id=parcel.id, chat_id=parcel.chat_id, state=state, at=self.clock.now(), trouble=answer.trouble,
            message_id=answer.message_id or (parcel.message_id if parcel.kind == "card" else None),
            card_id=parcel.card_id, body=parcel.body, others=answer.others, edited=parcel.message_id is not None,
            tried=answer.kind not in NO_TRY,
        )  # fmt: skip

    async def _record(self, tx: Tx) -> None:
        """Write down what came back since the last time."""
        taken, self._outcomes = self._outcomes, []
        if not taken:
            return
        self._recording = taken
        await outbox.set_outcomes(tx, [o for _, o, _ in taken])
        await cards.set_shown(tx, [o for p, o, _ in taken if p.card_id and o.state == "sent"])
        for parcel, outcome, answer in taken:
            if answer.kind not in (Kind.RETRY, Kind.STOP):
                self._unreached.clear()
            if answer.kind is not Kind.SENT:
                await self._trouble(tx, parcel, outcome, answer)

    async def _trouble(self, tx: Tx, parcel: Sending, outcome: Outcome, answer: Answer) -> None:
        match answer.kind:
            case Kind.UNREACHABLE if parcel.chat_id < 0:
                log.error("a group cannot be reached any more: its copies are dropped")
                await cohorts.forget_group(tx, parcel.chat_id)
                await outbox.forget_chat(tx, parcel.chat_id, "unreachable")
            case Kind.UNREACHABLE:
                await accounts.set_blocked(tx, parcel.chat_id, outcome.at)
                await outbox.forget_chat(tx, parcel.chat_id, "unreachable")
            case Kind.WAIT:
                await self._flood(tx, parcel, answer)
            case Kind.MOVED:
                await outbox.move_chat(tx, parcel.chat_id, answer.new_chat_id)
            case Kind.GONE if parcel.kind == "card":
                await cards.forget(tx, parcel.card_id or 0)
            case Kind.GONE if parcel.kind == "edit":
                await outbox.set_as_new_message(tx, parcel.id)
            case Kind.RETRY | Kind.UNCERTAIN if outcome.state == "new":
                await self._hold(tx, parcel)
            case Kind.STOP:
                await self._hold(tx, parcel)
                log.error("Telegram refuses this token (%s): sending rests for a minute", answer.trouble)
                await pace.put(tx, [Pace(pace.WHOLE_BOT, self.clock.real_ms() + 60_000)])
            case Kind.BAD:
                log.error("message %s was refused: %s", parcel.id, answer.trouble.split(" ")[0])

    async def _hold(self, tx: Tx, parcel: Sending) -> None:
        """What is tried again holds its chat, so that order stays; by real time: a class's clock may stand still."""
        every = GROUP_EVERY_MS if parcel.chat_id < 0 else CHAT_EVERY_MS
        again = self._unreached[parcel.id] = self._unreached.get(parcel.id, -1) + 1
        wait = max(every, min(60_000, 500 * 2 ** min(again + parcel.tries, 10)))
        await pace.put(tx, [Pace(parcel.chat_id, self.clock.real_ms() + wait)])

    async def _flood(self, tx: Tx, parcel: Sending, answer: Answer) -> None:
        """429 holds this chat alone, and the whole bot when it repeats."""
        now = self.clock.real_ms()
        ready = now + round(answer.seconds * 1000)
        paces = [Pace(parcel.chat_id, ready)]
        self._floods.append(now)
        while self._floods and self._floods[0] < now - FLOOD_WINDOW_MS:
            self._floods.popleft()
        if len(self._floods) >= FLOODS:
            paces.append(Pace(pace.WHOLE_BOT, min(ready, now + WHOLE_BOT_RESTS_MS)))
        await pace.put(tx, paces)


def _weight(parcel: Sending) -> int:
    """An album counts by its messages (telegram.md §2.3)."""
    return len(_words(parcel.body).media) if parcel.kind == "album" else 1
