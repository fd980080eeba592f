"""Documents over real HTTP: written down with the deed, uploaded after the commit, tried again like any answer."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from msgspec import json

from actions.post import FILE_LIMIT, post, send_file
from bot.transport import Api
from chat.messages import Message, button, say
from chat.words import Item
from simulator import Phone, Simulator
from storage import files, outbox
from storage.accounts import Reader
from storage.outbox import ANSWER, NOTICE, Parcel
from storage.tx import Store, Tx
from tests.bot.conftest import phone_of
from tests.bot.office import Office, body, emptied, running

NAME = "春晓班_2027-03-15_考勤.xlsx"
CONTENT = b"PK\x03\x04" + bytes(range(256)) * 40
CAPTION = say("cli-doctor-plain", what="考勤 <3月15日> & 花名册")


async def sends(office: Office, chat: int, name: str = NAME, content: bytes = CONTENT) -> None:
    """Write a document down for somebody."""

    async def write(tx: Tx) -> None:
        await send_file(tx, Reader(chat), name, content, CAPTION, office.clock.now(), cohort_id=1)

    await office.store.work(write)
    office.sender.bell.ring()


async def kept(store: Store) -> list[str]:
    return await store.work(lambda tx: tx.all(str, "select name from file order by id"))


async def test_a_document_arrives_whole_with_its_name(office: Office, sim: Simulator, tina: Phone) -> None:
    await sends(office, tina.id)
    async with running(office):
        assert await office.settles() == ["sent"]
    shown = tina.last
    assert shown.kind == "document" and shown.text == "考勤 <3月15日> & 花名册"
    file_id = next(iter(f for f, stored in sim.world.files.items() if stored.kind == "document"))
    stored = sim.world.files[file_id]
    assert stored.name == NAME and stored.size == len(CONTENT) and sim.files.read(file_id) == CONTENT
    assert "spreadsheet" in stored.mime
    assert (await office.rows())[0].message_id == shown.message_id


@pytest.mark.parametrize(
    ("given", "arrives"),
    [
        ('a"b;c\\d/e\r\nf.csv', "a_b_c_d_e__f.csv"),
        ("100%_€_😀_ß ü.csv", "100%_€_😀_ß ü.csv"),
        ("", "file"),
        ("长" * 300 + ".xlsx", "长" * 115 + ".xlsx"),
    ],
)
async def test_any_name_stays_whole(office: Office, sim: Simulator, tina: Phone, given: str, arrives: str) -> None:
    """Telegram's reader ends a name at a quotation mark or a semicolon, and knows no escapes."""
    await sends(office, tina.id, given)
    async with running(office):
        assert await office.settles() == ["sent"]
    assert [stored.name for stored in sim.world.files.values()] == [arrives]


async def test_the_name_on_the_wire_is_plain_utf8(sim: Simulator, api: Api, tina: Phone) -> None:
    """What the real Telegram reads: `filename="…"` and nothing percent-encoded (td/net/HttpReader.cpp)."""
    seen: list[bytes] = []

    async def listen(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        seen.append(await reader.readuntil(CONTENT))
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(listen, "127.0.0.1", 0)
    other = Api("7:x", f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}")
    status, _ = await other.upload("sendDocument", {"chat_id": 5, "caption": "好"}, "document", NAME, CONTENT)
    await other.close()
    server.close()
    assert status == 200
    head = seen[0].split(CONTENT)[0]
    assert f'filename="{NAME}"'.encode() in head and b"filename*" not in head
    assert b"Content-Length:" in head and b"chunked" not in head


async def test_it_keeps_its_place_among_the_words(office: Office, tina: Phone) -> None:
    await office.post((tina.id, "davor"), priority=ANSWER)
    await sends(office, tina.id)
    await office.post((tina.id, "danach"), priority=ANSWER)
    await office.post((tina.id, "Rundruf"), priority=NOTICE)
    async with running(office):
        await office.settles()
    assert [m.kind for m in tina.messages[1:]] == ["text", "document", "text", "text"]


@pytest.mark.parametrize("kind", ["500", "502", "504"])
async def test_a_server_error_is_tried_again(office: Office, sim: Simulator, tina: Phone, kind: str) -> None:
    sim.fault("sendDocument", kind)
    await sends(office, tina.id)
    async with running(office):
        assert await office.settles() == ["sent"]
    assert tina.last.kind == "document"


@pytest.mark.parametrize("kind", ["accept_close", "close"])
async def test_what_may_be_lost_is_sent_again(office: Office, sim: Simulator, tina: Phone, kind: str) -> None:
    sim.fault("sendDocument", kind)
    await sends(office, tina.id)
    await office.post((tina.id, "danach"))
    async with running(office):
        assert await office.settles() == ["sent", "sent"]
    came = [m.kind for m in tina.messages[1:]]
    assert came == (["document", "document", "text"] if kind == "accept_close" else ["document", "text"])
    assert {stored.size for stored in sim.world.files.values()} == {len(CONTENT)}, "the second is whole, too"


async def test_a_429_holds_that_chat_alone(office: Office, sim: Simulator) -> None:
    tina, tom = await phone_of(sim, "Tina"), await phone_of(sim, "Tom")
    sim.fault("sendDocument", "429", chat=tina.id, retry_after=1)
    await sends(office, tina.id)
    await sends(office, tom.id)
    async with running(office):
        await tom.sees("考勤")
        assert [m.kind for m in tina.messages[1:]] == []
        assert await office.settles() == ["sent", "sent"]
    assert tina.last.kind == "document"
    assert [e.status for e in office.calls("sendDocument")].count(429) == 1


async def test_who_blocked_the_bot_gets_none(office: Office, tina: Phone) -> None:
    await tina.blocks()
    await sends(office, tina.id)
    await sends(office, tina.id)
    async with running(office):
        assert await office.settles() == ["unreachable", "unreachable"]


async def test_what_telegram_does_not_take_fails_alone(office: Office, tina: Phone) -> None:
    await sends(office, tina.id, content=b"")
    await office.post((tina.id, "gut"))
    async with running(office):
        assert await office.settles() == ["failed", "sent"]
    assert "non-empty" in str((await office.rows())[0].trouble)


async def test_a_file_that_is_gone_fails_in_words(office: Office, store: Store, tina: Phone) -> None:
    await sends(office, tina.id)
    await store.work(lambda tx: tx.do("delete from file"))
    async with running(office):
        assert await office.settles() == ["failed"]
    assert "not kept" in str((await office.rows())[0].trouble) and not office.calls("sendDocument")


async def test_an_upload_has_a_longer_lease(office: Office, sim: Simulator, tina: Phone) -> None:
    sim.fault("sendDocument", "slow", seconds=0.6)
    await sends(office, tina.id)
    async with running(office):
        await office.until(office.on_its_way)
        later = office.clock.now() + timedelta(seconds=60)
        await office.store.work(lambda tx: outbox.release(tx, later))
        assert await office.states() == ["sending"], "nobody else takes it while it may be on its way"
        assert await office.settles() == ["sent"]
    assert len(office.calls("sendDocument")) == 1


async def test_too_much_for_telegram(office: Office, store: Store, tina: Phone) -> None:
    with pytest.raises(ValueError, match="bytes"):
        await sends(office, tina.id, content=bytes(FILE_LIMIT + 1))
    assert await office.states() == [] and await kept(store) == []


async def test_a_big_one_goes_through(store: Store, api: Api, sim: Simulator, tina: Phone) -> None:
    """Five megabytes: more than any list of ours."""
    await emptied(store)
    office = Office(store, api, sim)
    await sends(office, tina.id, content=bytes(5 * 2**20))
    async with running(office):
        assert await office.settles() == ["sent"]
    assert [stored.size for stored in sim.world.files.values()] == [5 * 2**20]


async def test_files_are_forgotten_after_a_day_unless_they_wait(office: Office, store: Store, tina: Phone) -> None:
    now = office.clock.now()
    old = now - timedelta(days=1, minutes=1)

    async def write(tx: Tx) -> None:
        ids = [await files.add(tx, 1, name, b"x", at) for name, at in (("sent", old), ("waits", old), ("new", now))]
        words = json.decode(body("x"))
        await outbox.add(tx, [Parcel(chat_id=tina.id, body=json.encode(words).decode(), kind="file", file_id=id,
                                     made_at=now) for id in ids[:2]])  # fmt: skip
        await tx.do("update outbox set state = 'sent' where file_id = :id", {"id": ids[0]})
        await files.prune(tx, now)

    await store.work(write)
    assert await kept(store) == ["waits", "new"]


async def test_a_message_with_several_files_arrives_whole(office: Office, sim: Simulator, tina: Phone) -> None:
    """An answer to a question may have up to six: none is left out, and the words come last with their keys."""
    for n in range(2):
        await tina.sends_photo(bytes([n]) * 9)
    await tina.sends_document("表.pdf", CONTENT)
    media = tuple(Item("document" if kept.kind == "document" else "photo", id) for id, kept in sim.world.files.items()
                  if kept.kind in ("photo", "document"))  # fmt: skip
    message = Message(say("questions-text", text="三样"), ((button("questions-look", "qopen", 1),),), media=media)

    async def write(tx: Tx) -> None:
        await post(tx, Reader(tina.id), message, office.clock.now(), once="answer:1:1:1:a")

    before = len(tina.messages)
    await office.store.work(write)
    async with running(office):
        assert await office.settles() == ["sent"] * 3
    arrived = tina.messages[before:]
    assert sorted(one.kind for one in arrived[:-1]) == ["document", "photo", "photo"]
    assert arrived[-1].text == "「三样」" and arrived[-1].kind == "text"
