"""The people of a soak: each does one thing after another, and waits for the answer, however long it takes.

What they were told is written down; afterwards it must stand in the tables, once (checks.py). Messages are never said
twice, whatever happens: Telegram keeps them. A tap may be lost when the bot is away (RULE-4) and is then repeated.
"""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from itertools import groupby

from msgspec import Struct, field

from actions import checkins
from simulator import Phone
from simulator.phone import Shown
from storage import accounts, cohorts
from storage.tx import Tx
from tests.soak.world import MONDAY, TEACHER, World

PATIENCE = 180.0
"""So long (real seconds) an answer may take: the longest trouble and a restart."""
TAP_AGAIN = 6.0
STILL = "仍要提问"
SIGNS = {"checkin": ("已签到", "迟到", "已经签", "没有要签到", "口令", "还没", "关了", "补签", "结束")}
PLAIN = {"课程表": ("第",), "帮助": ("到了教室", "我要签到"), "我的记录": ("学时", "考勤"), "手册": ("手册",)}
CHATTER = {"帮助": "到了教室", "我的记录": "还可请假"}
"""By which words of its first line one knows an answer."""
WORDS = (
    "楼道", "充电", "飞线", "独居", "老人", "取药", "代办", "停车", "占道", "物业", "纠纷", "漏水", "噪音",
    "宠物", "垃圾", "分类", "志愿", "积分", "台账", "走访", "网格", "党员", "议事", "食堂", "班车", "发票",
    "住宿", "热水", "空调", "投影", "材料", "打印", "名单", "合影", "证书", "学时", "补课", "调解", "电梯",
    "加装", "门禁", "快递", "花坛", "路灯", "消防", "演练", "急救", "网络",
)  # fmt: skip


class Told(Struct):
    """What people were told is done, and what they did not get to see in time."""

    checked_in: set[tuple[int, int]] = field(default_factory=set)
    """(account, roll)."""
    logs: dict[tuple[int, int, int], str] = field(default_factory=dict)
    """(account, class, day) with a word that stands in the log."""
    questions: dict[str, int] = field(default_factory=dict)
    leaves: dict[str, int] = field(default_factory=dict)
    notices: list[str] = field(default_factory=list)
    plain: list[str] = field(default_factory=list)
    """Those without anything to be done: they come once."""
    read: dict[str, set[int]] = field(default_factory=dict)
    acts: Counter[str] = field(default_factory=Counter)
    disordered: list[str] = field(default_factory=list)
    unanswered: list[str] = field(default_factory=list)


class Class:
    """The people who do something, and what they were told."""

    def __init__(self, world: World, seed: int, actors: int) -> None:
        self.world, self.dice = world, random.Random(seed)
        self.actors = [f"T{seat:03}" for seat in range(1, actors + 1)]
        self.told = Told()
        self.serial = 0

    def phone(self, ref: str) -> Phone:
        return self.world.phones[ref]

    def sign(self) -> str:
        """A word that nobody said before."""
        self.serial += 1
        return f"编号{self.serial:05}"

    # ---- to say, to tap, to wait -------------------------------------------------------------------------

    async def hears(self, phone: Phone, signs: tuple[str, ...], within: float = PATIENCE) -> Shown | None:
        """Wait for an answer with one of these words after the person's last deed; None when it does not come."""
        loop = asyncio.get_running_loop()
        end = loop.time() + within
        while (left := end - loop.time()) > 0:
            for one in reversed(phone.messages_in(limit=20)):
                if one.sender == phone.id or one.stamp <= phone._floor:
                    continue
                words = " ".join([one.text, *one.labels])
                if any(sign in words for sign in signs):
                    return one
            await self.world.sim.feed.next(min(left, 1.0))
        return None

    async def says(self, ref: str, text: str, *signs: str) -> Shown | None:
        phone = self.phone(ref)
        await phone.says(text)
        return await self._heard(phone, text, signs)

    async def _heard(self, phone: Phone, what: str, signs: tuple[str, ...]) -> Shown | None:
        heard = await self.hears(phone, signs)
        if heard is None:
            seen = [m.text[:60] for m in phone.messages_in(limit=4)]
            self.told.unanswered.append(f"{phone.person.name} {what[:20]!r} wanted {signs}, sees {seen}")
        return heard

    async def taps(self, ref: str, label: str, *signs: str) -> Shown | None:
        """Tap until something comes of it."""
        phone = self.phone(ref)
        for _ in range(round(PATIENCE / TAP_AGAIN)):
            try:
                await phone.taps(label)
            except AssertionError:  # the button is not there yet, or not any more
                await asyncio.sleep(0.5)
            heard = await self.hears(phone, signs, TAP_AGAIN)
            if heard is not None:
                return heard
        return await self._heard(phone, f"[{label}]", signs)

    # ---- what they do -----------------------------------------------------------------------------------------

    async def check_in(self, ref: str) -> None:
        """By the digits of the screen or, where it is enough, by the word."""
        word, roll_id = await self.world.ask(lambda tx: self._word(tx, ref))
        heard = await self.says(ref, word, *SIGNS["checkin"])
        self.told.acts["check-in"] += 1
        if heard is not None and roll_id and ("已签到" in heard.text or "记为迟到" in heard.text):
            self.told.checked_in.add((self.phone(ref).id, roll_id))

    async def _word(self, tx: Tx, ref: str) -> tuple[str, int]:
        me = await accounts.who(tx, self.phone(ref).id, self.world.now)
        assert me is not None
        rules = (await cohorts.get(tx, self.world.cohort_id)).rules
        for roll in await checkins.open_lists(tx, me, self.world.now):
            return checkins.screen_code(roll, rules, self.world.now), roll.id
        return "签到", 0

    async def ask(self, ref: str) -> None:
        """[提问题], the words, [发出]."""
        sign, some = self.sign(), self.dice.sample(WORDS, 4)
        if await self.says(ref, "提问题", "问") is None:
            return
        text = f"{some[0]}和{some[1]}的事，{some[2]}那边说要看{some[3]}，到底找谁办呢？{sign}"
        heard = await self.says(ref, text, "没问题就点", STILL)
        if heard is not None and any(STILL in label for label in heard.labels):
            heard = await self.taps(ref, STILL, "没问题就点")
        if heard is not None and await self.says(ref, "发出", "发出去了", "收到", "已发", "负责") is not None:
            self.told.questions[sign] = self.phone(ref).id
            self.told.acts["question"] += 1

    async def write_log(self, ref: str) -> None:
        """[写日志], some words, perhaps a photo, [提交日志]."""
        day = (self.world.now.date() - _first_day(self.world)).days + 1
        key = (self.phone(ref).id, self.world.cohort_id, day)
        if key in self.told.logs:
            return
        sign = self.sign()
        await self.says(ref, "写日志", "日志")
        text = (
            f"{sign}今天{'，'.join(self.dice.sample(WORDS, 12))}，一件件听下来，最要紧的是先把人的话听完，再说办法。"
            * 3
        )
        if await self.says(ref, text, "已存") is None:
            return
        if self.dice.random() < 0.5:
            await self.phone(ref).sends_photo()
        if await self.says(ref, "提交日志", "交上了") is not None:
            self.told.logs[key] = sign
            self.told.acts["log"] += 1

    async def go_out(self, ref: str) -> None:
        """Leave for half an hour of the noon, which costs no hours."""
        sign = self.sign()
        await self.says(ref, "请假", "哪种假")
        steps = (
            await self.taps(ref, "事假", "从什么时候", "时间")
            and await self.says(ref, "12:50-13:20", "去哪里")
            and await self.says(ref, "门口药店", "事由", "原因", "为什么")
            and await self.says(ref, f"给家里买药{sign}", "提交请假")
        )
        if steps and await self.says(ref, "提交请假", "交上去了", "已经", "重") is not None:
            self.told.leaves[sign] = self.phone(ref).id
            self.told.acts["leave"] += 1

    async def look_around(self, ref: str) -> None:
        word = self.dice.choice(list(PLAIN))
        await self.says(ref, word, *PLAIN[word])
        self.told.acts["look"] += 1

    async def search(self, ref: str) -> None:
        await self.says(ref, "".join(self.dice.sample(WORDS, 2)), "")
        self.told.acts["search"] += 1

    async def chatters(self, ref: str, in_order: Callable[[], bool]) -> None:
        """Four words in one go: the answers come in their order. One that was sent again, because nobody knew
        whether it had arrived, is one; what Telegram itself brought in another order does not count."""
        phone, wanted = self.phone(ref), ["帮助", "我的记录"] * 2
        floor = self.world.sim.world.stamp
        for word in wanted:
            await phone.says(word)
        heard: list[str] = []
        end = asyncio.get_running_loop().time() + PATIENCE
        while len(heard) < len(wanted) and asyncio.get_running_loop().time() < end:
            texts = [m.text for m in phone.messages_in(limit=30) if m.sender != phone.id and m.stamp > floor]
            known = [word for text in texts for word, sign in CHATTER.items() if sign in text.split("\n")[0]]
            heard = [word for word, _ in groupby(known)]
            await self.world.sim.feed.next(1.0)
        if heard != wanted and in_order():
            self.told.disordered.append(f"{phone.person.name} said {wanted} and heard {heard}")
        self.told.acts["chatter"] += len(wanted)

    async def notice(self) -> None:
        """The teacher sends a notice to the whole class."""
        sign = self.sign()
        if await self.says(TEACHER, "发通知", "要通知什么") is None:
            return
        await self.says(TEACHER, f"{sign}下午的课改在二楼，请带上手册。", "通知草稿")
        to_read = self.dice.random() < 0.5
        if to_read and (
            await self.taps(TEACHER, "级别", "需已读") is None or await self.taps(TEACHER, "需已读", "需已读") is None
        ):
            return
        if await self.taps(TEACHER, "预览", "大家收到的就是这样") is None:
            return
        if await self.taps(TEACHER, "发给", "已发") is None:
            return
        self.told.notices.append(sign)
        self.told.acts["notice"] += 1
        if not to_read:
            self.told.plain.append(sign)
            return
        await asyncio.gather(*(self._reads(ref, sign) for ref in self.actors[:4]))

    async def _reads(self, ref: str, sign: str) -> None:
        """已读, said: the notice that waits for it has it."""
        for _ in range(60):
            if any(sign in m.text for m in self.phone(ref).messages_in(limit=12)):
                break
            await asyncio.sleep(0.5)
        else:
            return
        for _ in range(5):  # said in the very second in which it came, the word is about those before it
            heard = await self.says(ref, "已读", "记为已读", "没有要点")
            if heard is not None and sign in heard.text:
                self.told.read.setdefault(sign, set()).add(self.phone(ref).id)
                self.told.acts["read"] += 1
                return
            await asyncio.sleep(1)

    async def evening(self, ref: str, in_order: Callable[[], bool]) -> None:
        await self.write_log(ref)
        await self.chatters(ref, in_order)
        await self.look_around(ref)
        await self.search(ref)

    async def teaches(self) -> None:
        """The teacher grants leave, reads some logs, answers a question: all by taps."""
        await self.says(TEACHER, "批日志", "日志", "都看完了")
        for _ in range(3):
            if self._has(TEACHER, "已阅"):
                await self.taps(TEACHER, "已阅", "日志", "看完")
                self.told.acts["log read"] += 1

    def _has(self, ref: str, label: str) -> bool:
        return any(label in shown for m in self.phone(ref).messages_in(limit=6) for shown in m.labels)


def _first_day(world: World) -> date:
    return (MONDAY + timedelta(weeks=world.week)).date()
