"""Answers to what people did earlier: two a day at once, the rest together, or on the next day card (SCH-13)."""

from __future__ import annotations

from msgspec import Struct

from actions import classes, joint
from chat.messages import button, say
from storage import joint_items, members, outbox
from storage.outbox import Parcel
from storage.tx import Tx
from tests.actions import test_ledgers as facts
from tests.cast import ACCOUNTS
from tests.stage import Shown, Stage


class Item(Struct):
    once: str
    state: str


async def tell(stage: Stage, *keys: str, name: str = "T02", object: int = 0) -> list[bool]:
    """Answer somebody with these things, one after the other."""

    async def work(tx: Tx) -> list[bool]:
        cohort, now = await facts.spring(tx), stage.clock.now()
        person = next(p for p in await members.addressees(tx, cohort.id, now) if p.ref == name)
        rows = ((button("claims-object", "object", object),),) if object else ()
        return [
            await joint.tell(tx, person, cohort.rules, say("daycards-title", title=f"答复{key}"), now, once=key,
                             buttons=rows)
            for key in keys
        ]  # fmt: skip

    went = await stage.store.work(work)
    await stage.settle()
    return went


async def states(stage: Stage) -> dict[str, str]:
    async def work(tx: Tx) -> dict[str, str]:
        found = await tx.all(Item, "select once, state from joint_item order by id")
        return {item.once: item.state for item in found}

    return await stage.store.work(work)


def answers(stage: Stage, name: str = "Tina") -> list[Shown]:
    return [s for s in stage.phone(name) if "答复" in s.plain and "第1天" not in s.plain and "第2天" not in s.plain]


async def test_two_at_once_and_without_a_sound_the_rest_together(stage: Stage) -> None:
    stage.at("10:30")
    assert await tell(stage, "a", "b", "c", "d") == [True, True, False, False]
    assert [s.plain for s in answers(stage)] == ["答复a", "答复b"] and all(s.silent for s in answers(stage))
    await stage.tick("12:09")
    assert len(answers(stage)) == 2
    await stage.tick("12:10")
    assert (
        stage.last("Tina").plain.split("\n\n") == ["💬 有2件事给您答复：", "答复c", "答复d"]
        and stage.last("Tina").silent
    )
    assert await tell(stage, "e") == [False], "the day's two are used"
    await stage.tick("12:11")
    await stage.tick("17:40")
    assert [s.plain for s in answers(stage)][3:] == ["💬 有1件事给您答复：\n\n答复e"]
    assert await states(stage) == {"a": "sent", "b": "sent", "c": "joined", "d": "joined", "e": "joined"}
    for name in ("Tom", "Gao", "Clara", "Oscar"):
        assert not answers(stage, name)


async def test_the_same_answer_is_given_once(stage: Stage) -> None:
    stage.at("10:30")
    assert await tell(stage, "a", "a") == [True, False]
    await tell(stage, "b", "c", "c")
    await tell(stage, "c", "a")
    await stage.tick("12:10")
    assert len(answers(stage)) == 3 and stage.last("Tina").plain.count("答复c") == 1


async def test_after_the_last_post_it_stands_on_the_next_day_card(stage: Stage) -> None:
    await stage.tick("17:40")
    assert await tell(stage, "a", "b", "c") == [True, True, False]
    await stage.tick("20:00")
    await stage.tick("07:00", day=2)
    (card,) = [s for s in stage.phone("Tina") if "第2天" in s.plain]
    assert "📌 答复c" in card.plain and len(answers(stage)) == 2
    await stage.tick("12:10", day=2)
    assert len(answers(stage)) == 2, "said once"
    assert (await states(stage))["c"] == "card"


async def test_in_the_quiet_hours_nothing_rings(stage: Stage) -> None:
    await stage.tick("22:45")
    assert await tell(stage, "a") == [False]
    await stage.tick("06:45", day=2)
    assert not answers(stage)
    await stage.tick("07:00", day=2)
    assert "📌 答复a" in stage.last("Tina").plain


async def test_what_has_a_button_goes_at_once_and_counts(stage: Stage) -> None:
    stage.at("10:30")
    assert await tell(stage, "a", "b", object=1) == [True, True]
    assert await tell(stage, "c") == [False]
    assert await tell(stage, "d", object=1) == [True]
    assert stage.labels("Tina") == ["有异议"]

    async def look(tx: Tx) -> int:
        return await outbox.pushes_of(tx, ACCOUNTS["Tina"], "2027-03-15")

    assert await stage.store.work(look) == 3


async def test_it_waits_when_the_day_is_full(stage: Stage) -> None:
    stage.at("10:30")

    async def work(tx: Tx) -> None:
        one = Parcel(chat_id=ACCOUNTS["Tina"], body='{"text":"x"}', push_day="2027-03-15", made_at=stage.clock.now())
        await outbox.add(tx, [one] * 6)

    await stage.store.work(work)
    assert await tell(stage, "a") == [False]
    await stage.tick("12:10")
    await stage.tick("17:40")
    assert not answers(stage)
    await stage.tick("07:00", day=2)
    assert "📌 答复a" in stage.last("Tina").plain


async def test_an_answer_comes_rather_twice_than_never(stage: Stage) -> None:
    """SCH-03: what may not have arrived is sent again; a reminder is held."""
    stage.at("10:30")
    await tell(stage, "a", "b", "c")
    await stage.tick("12:10")
    await stage.tick("13:55")

    async def look(tx: Tx) -> list[bool]:
        sql = "select hold from outbox where chat_id = :id and (once in ('a', 'b') or once like 'joint-post:%')"
        reminder = "select hold from outbox where chat_id = :id and once like 'checkin-reminder:%'"
        values = {"id": ACCOUNTS["Tina"]}
        return [*await tx.all(bool, sql, values), *await tx.all(bool, reminder, values)]

    assert await stage.store.work(look) == [False, False, False, True]


async def test_while_nobody_can_be_reached_nothing_is_noted(stage: Stage) -> None:
    stage.at("10:30")
    assert await tell(stage, "a", name="T05") == [False]
    assert await states(stage) == {}


async def test_after_the_last_day_it_comes_with_one_more_post(stage: Stage) -> None:
    """The class is closing: objections are decided on the day after, too."""

    async def close(tx: Tx) -> None:
        cohort = await facts.spring(tx)
        for state in ("running", "closing"):
            await classes.move(tx, cohort.id, state, stage.clock.now())

    stage.at("18:00", day=3)
    await stage.store.work(close)
    assert await tell(stage, "a", "b", "c") == [True, True, False]
    await stage.tick("12:10", day=4)
    assert "答复c" in stage.last("Tina").plain
    assert await tell(stage, "d", "e", "f") == [True, True, True], "nothing comes any more that could carry it"


async def test_late_posts_lose_nothing(stage: Stage) -> None:
    stage.at("10:30")
    await tell(stage, "a", "b", "c")
    stage.clear()
    await stage.tick("19:00")
    assert [s.plain for s in answers(stage)] == ["💬 有1件事给您答复：\n\n答复c"]

    async def look(tx: Tx) -> int:
        return len(await joint_items.waiting(tx, (await facts.spring(tx)).id))

    assert await stage.store.work(look) == 0
