"""Words that are said later: lines of day cards, answers that wait, what a day asks (section 22, SCH-13, XC-09)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from chat.messages import Lines, Rich, Say, lines, say
from chat.packed import pack, unpack
from storage import burdens, card_lines, joint_items, members
from storage.tx import Store, Tx
from tests.actions.test_ledgers import spring
from texts.render import voice

NOW = datetime(2027, 3, 15, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    "text",
    [
        say("status-present"),
        say("clock-bus", at=NOW, title="去<金元>"),
        say("plans-head", date=date(2027, 3, 15), page=1, pages=2),
        say("leaves-nudge", minutes=timedelta(minutes=10)),
        say("daycards-attendance", marks=[say("status-late"), Lines((say("status-present"),), " ")]),
        lines(say("status-late"), None, lines(say("status-present"), gap=" · "), gap="\n\n"),
        say("daycards-noted", words=Rich("<b>a</b> &lt;")),
    ],
)
def test_a_text_comes_back_as_it_was(text: Say | Lines) -> None:
    again = unpack(pack(text))
    assert again == text
    for lang in ("zh", "en"):
        assert voice(lang, "Asia/Shanghai").html(again) == voice(lang, "Asia/Shanghai").html(text)


def test_what_is_no_text_is_refused() -> None:
    with pytest.raises(ValueError, match="cannot be kept"):
        pack(say("status-present", x=object()))
    with pytest.raises(ValueError, match="no text"):
        unpack('{"a": 1}')


async def ids(tx: Tx) -> tuple[int, int, int]:
    cohort = await spring(tx)
    found = await members.of_cohort(tx, cohort.id)
    return cohort.id, found[0].id, found[1].id


async def test_lines_of_a_card_by_day_and_end_the_newest_first(store: Store) -> None:
    async def work(tx: Tx) -> None:
        cohort, one, two = await ids(tx)
        text = say("status-present")
        assert await card_lines.add(tx, one, "2027-03-15", "a", text, NOW + HOUR, NOW)
        assert not await card_lines.add(tx, one, "2027-03-15", "a", say("status-late"), None, NOW), "once"
        assert await card_lines.add(tx, one, "2027-03-15", "b", say("status-late"), None, NOW + HOUR)
        assert await card_lines.add(tx, two, "2027-03-16", "c", text, None, NOW)
        found = await card_lines.of_day(tx, cohort, "2027-03-15", NOW)
        assert {m: [line.text for line in mine] for m, mine in found.items()} == {one: [say("status-late"), text]}
        assert [x.text for x in await card_lines.of_member(tx, one, "2027-03-15", NOW + 2 * HOUR)] == [
            say("status-late")
        ]
        assert await card_lines.are_made_at(tx, cohort, NOW + HOUR)
        assert not await card_lines.are_made_at(tx, cohort, NOW - HOUR)
        assert await card_lines.of_day(tx, cohort + 1, "2027-03-15", NOW) == {}

    await store.work(work)


async def test_whose_card_it_is_by_the_account(store: Store) -> None:
    async def work(tx: Tx) -> None:
        member = await members.by_ref(tx, (await spring(tx)).id, "T02")
        assert member is not None and member.account_id is not None
        assert await card_lines.member_of(tx, member.account_id) == member.id
        assert await card_lines.member_of(tx, 4711) is None

    await store.work(work)


async def test_answers_wait_until_something_brings_them(store: Store) -> None:
    async def work(tx: Tx) -> None:
        cohort, one, two = await ids(tx)
        text = say("status-present")
        assert await joint_items.add(tx, one, "2027-03-15", "a", text, joint_items.SENT, NOW)
        assert not await joint_items.add(tx, one, "2027-03-15", "a", text, joint_items.NEW, NOW)
        for once, member in (("b", one), ("c", one), ("d", two)):
            assert await joint_items.add(tx, member, "2027-03-15", once, text, joint_items.NEW, NOW)
        assert await joint_items.sent_on(tx, one, "2027-03-15") == 1
        assert await joint_items.sent_on(tx, one, "2027-03-16") == 0
        waiting = await joint_items.waiting(tx, cohort)
        assert {m: [i.once for i in mine] for m, mine in waiting.items()} == {one: ["b", "c"], two: ["d"]}
        assert waiting[one][0].text == text
        await joint_items.set_state(tx, [i.id for i in waiting[one]], joint_items.JOINED, NOW)
        await joint_items.set_state(tx, [i.id for i in waiting[one]], joint_items.ON_CARD, NOW)
        assert list(await joint_items.waiting(tx, cohort)) == [two]
        assert await joint_items.known(tx, "b") and not await joint_items.known(tx, "z")
        states = await tx.all(str, "select state from joint_item where member_id = :id order by id", {"id": one})
        assert states == ["sent", "joined", "joined"], "what is done stays done"

    await store.work(work)


async def test_notices_to_acknowledge_of_a_day(store: Store) -> None:
    async def work(tx: Tx) -> None:
        cohort, one, two = await ids(tx)
        day = (NOW - 5 * HOUR, NOW + 19 * HOUR)
        assert await burdens.reads_between(tx, cohort, *day) == 0
        notices = [
            (1, "ack", "sent", NOW),
            (2, "urgent", "sent", NOW),
            (3, "ordinary", "sent", NOW),
            (4, "ack", "queued", None),
            (5, "ack", "sent", NOW - 30 * HOUR),
            (6, "ack", "draft", None),
        ]
        for id, level, state, begun in notices:
            await tx.do(
                """insert into notice (id, cohort_id, sender, level, state, begun_at, go_at, made_at)
                   values (:id, :c, 1, :level, :state, :begun, :now, :now)""",
                {"id": id, "c": cohort, "level": level, "state": state, "begun": begun, "now": NOW},
            )
        for notice, member in ((1, one), (2, one), (1, two), (3, one), (5, one)):
            await tx.do("insert into notice_person (notice_id, member_id, cohort_id) values (:n, :m, :c)",
                        {"n": notice, "m": member, "c": cohort})  # fmt: skip
        assert await burdens.reads_between(tx, cohort, *day) == 3, "two for who gets most, and the one to come"

    await store.work(work)
