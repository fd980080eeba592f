"""The history of the timetable, and what is being prepared in it; on both databases."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from msgspec import structs

from chat.messages import say
from storage import card_lines, dues, outbox, session_events, sessions
from storage.dues import Due
from storage.outbox import Parcel
from storage.session_events import Change, kept
from storage.sessions import Session
from storage.tx import Store, Tx

NOW = datetime(2027, 3, 15, 4, tzinfo=UTC)


async def a_session(tx: Tx) -> Session:
    return (await sessions.of_cohort(tx, 1))[1]


async def prepared(tx: Tx) -> Change:
    old = await a_session(tx)
    new = structs.replace(old, starts_at=old.starts_at + timedelta(hours=1), place="操场 <b>")
    change = Change(cohort_id=1, session_id=old.id, at=NOW, who=105, old=kept(old), new=kept(new))
    return await session_events.add(tx, change)


async def test_a_session_comes_back_as_it_was_kept(store: Store) -> None:
    async def work(tx: Tx) -> None:
        change, session = await prepared(tx), await a_session(tx)
        found = await session_events.get(tx, change.id)
        assert found == change and change.before == session
        assert change.after is not None and change.after.place == "操场 <b>"
        empty = await session_events.add(tx, Change(cohort_id=1, at=NOW))
        assert (empty.before, empty.after, empty.act) == (None, None, "draft")

    await store.work(work)


async def test_what_is_prepared_is_carried_out_once_and_never_changed_again(store: Store) -> None:
    async def work(tx: Tx) -> None:
        change = await prepared(tx)
        await session_events.set_why(tx, change.id, "老师堵车")
        assert not await session_events.of_session(tx, 1, change.session_id), "a draft is no history"
        done = structs.replace(change, act="time", at=NOW + timedelta(minutes=1))
        assert await session_events.carry_out(tx, done)
        assert not await session_events.carry_out(tx, done)
        await session_events.set_why(tx, change.id, "x")
        await session_events.set_new(tx, change.id, {})
        await session_events.remove_draft(tx, change.id)
        await session_events.prune_drafts(tx, 105, NOW + timedelta(days=9))
        (found,) = await session_events.of_session(tx, 1, change.session_id)
        assert (found.act, found.why, found.after, found.at) == ("time", "老师堵车", change.after, done.at)

    await store.work(work)


async def test_what_was_thrown_away_is_not_carried_out(store: Store) -> None:
    async def work(tx: Tx) -> None:
        change, other = await prepared(tx), await prepared(tx)
        await session_events.remove_draft(tx, change.id)
        assert not await session_events.carry_out(tx, structs.replace(change, act="time"))
        await session_events.prune_drafts(tx, 999, NOW + timedelta(days=2))
        await session_events.prune_drafts(tx, 105, NOW)
        assert await session_events.get(tx, other.id) is not None
        await session_events.prune_drafts(tx, 105, NOW + timedelta(seconds=1))
        assert await session_events.get(tx, other.id) is None

    await store.work(work)


async def test_a_session_is_changed_only_as_it_was_seen(store: Store) -> None:
    async def work(tx: Tx) -> None:
        old = await a_session(tx)
        moved = structs.replace(old, starts_at=old.starts_at + timedelta(hours=1), lead_ref="L09", cancelled=True)
        assert await sessions.change(tx, old, moved)
        assert await sessions.by_id(tx, old.id) == moved
        assert not await sessions.change(tx, old, structs.replace(old, place="操场"))
        assert await sessions.by_id(tx, old.id) == moved
        assert await sessions.by_id(tx, 999999) is None

    await store.work(work)


async def test_what_was_done_for_the_old_time_is_forgotten_for_one_session_only(store: Store) -> None:
    async def work(tx: Tx) -> None:
        made = [Due(cohort_id=1, kind="x", what=what, at=NOW, until=NOW) for what in ("S1", "S10")]
        await dues.put(tx, made)
        for due in await dues.between(tx, 1, NOW, NOW + timedelta(seconds=1)):
            await dues.set_state(tx, due.id, "done", NOW)
        await dues.forget(tx, made[:1])
        found = await dues.between(tx, 1, NOW, NOW + timedelta(seconds=1))
        assert [d.what for d in found if d.kind == "x"] == ["S10"]

    await store.work(work)


async def test_words_of_the_old_time_are_called_back_by_their_key(store: Store) -> None:
    async def work(tx: Tx) -> None:
        keys = ("r:1:S1:a:7", "r:1:S10:a:7", "r:11:S1:a:7", "r:1:S_:a:7")
        await outbox.add(tx, [Parcel(chat_id=7, body="{}", made_at=NOW, once=key) for key in keys])
        for key in keys:
            await card_lines.add(tx, 1, "2027-03-15", key, say("daycards-no-more"), None, NOW)
        for back in (outbox.call_back, card_lines.call_back):
            await back(tx, "r:1:S1:")
        waiting = await tx.all(str, "select once from outbox where state = 'new' and chat_id = 7 order by id")
        assert waiting == list(keys[1:])
        assert len(await card_lines.of_member(tx, 1, "2027-03-15", NOW)) == 3

    await store.work(work)
