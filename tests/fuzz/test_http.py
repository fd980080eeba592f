"""Whatever comes over HTTP: every address with hostile paths, queries, forms, headers and methods, byte by byte.

Invariants: never a 5xx and never a trace in the log; a request gets an answer, on the desk's pages in words; nobody
without a session sees anything of a class, whoever has one of another class changes nothing here.
"""

from __future__ import annotations

import itertools
import logging
import re
from collections.abc import AsyncIterator, Iterable, Sequence
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.logs import matters
from desk.frame import PAGES
from desk.ways import WAYS
from storage.door import open_store
from storage.tx import Store
from tests.conftest import Databases
from tests.fuzz.lived import SECRETS, belongings, live, teach_elsewhere
from tests.fuzz.requests import BODIES, ELSEWHERE, FORM, HEADS, METHODS, PLACES, QUERIES, VALUES, VERSIONS
from tests.fuzz.street import Street
from tests.fuzz.wire import SCRAPE, SECRET, Head, Heard, Wire, wire


@pytest.fixture
async def street(databases: Databases) -> AsyncIterator[Street]:
    """On SQLite only: what is read of a request does not hang on the database."""
    store = await open_store(await databases.sqlite())
    made = Street(store)
    await live(made)
    yield made
    await store.close()


def fine(heard: Heard, log: pytest.LogCaptureFixture, what: object) -> None:
    """An answer that is no fall, and nothing in the log that would wake somebody."""
    wrong = [r.getMessage() for r in log.records if (r.levelno >= logging.ERROR or r.exc_info) and matters(r)]
    assert 200 <= heard.status < 500 and not wrong, f"{what!r:.1500}: {heard.status} {wrong[:1]!r:.3000}"
    assert b"Traceback" not in heard.body
    log.clear()


def filled(path: str, places: Iterable[bytes]) -> bytes:
    """An address with these in place of its numbers."""
    rest = iter(places)
    return re.sub(rb"\{[a-z]+\}", lambda _: next(rest), path.encode())


async def visited(w: Wire, log: pytest.LogCaptureFixture, name: str, way: str, place: Sequence[bytes], query: bytes,
                  head: list[Head], body: tuple[list[Head], bytes]) -> Heard:  # fmt: skip
    """One of the ways, opened or pressed."""
    method, path = WAYS[way].method, filled(WAYS[way].path, itertools.cycle(place)) + query
    more, sent = body if method == "POST" else ([], b"")
    names = {n for n, _ in more}
    own = [pair for pair in [*w.known_as(name), *head] if pair[0] not in names]
    heard = await w.ask(method, path, [*own, *more], sent)
    fine(heard, log, (name, way, path, head, more, sent[:200]))
    if not name:
        assert heard.status >= 400 and not [s for s in SECRETS if s in heard.words], "nobody sees anything"
    return heard


async def test_every_way_with_hostile_requests(street: Street, caplog: pytest.LogCaptureFixture) -> None:
    """Each a few times, by turns as somebody and as nobody; path, query, form and header change each time."""
    places, queries, bodies, heads = map(itertools.cycle, (PLACES, QUERIES, BODIES[:-1], HEADS))
    names = itertools.cycle(("Clara", "Ada", "", "Tina", "Clara"))
    async with wire(street) as w:
        for name in ("Clara", "Ada", "Tina"):
            await w.signs_in(name)
        for way in WAYS:
            for _ in range(3):
                place = [next(places), next(places)]
                await visited(w, caplog, next(names), way, place, next(queries), next(heads), next(bodies))


async def test_forms_that_are_none(street: Street, caplog: pytest.LogCaptureFixture) -> None:
    """Each of them once at a form of the desk and at both doors; what is refused is refused in words."""
    async with wire(street) as w:
        await w.signs_in("Clara")
        for path in ("/desk/class", "/desk/app", "/desk/in/" + "a" * 32):
            for more, sent in BODIES:
                heard = await w.ask("POST", path, [*w.known_as("Clara"), *more], sent)
                fine(heard, caplog, (path, more, sent[:200]))
                assert heard.status in (303, 400, 413, 417) or b"<main" in heard.body, heard.words[:300]


async def test_every_door_with_every_method(street: Street, caplog: pytest.LogCaptureFixture) -> None:
    heads = itertools.cycle(HEADS)
    async with wire(street) as w:
        for path in ELSEWHERE:
            for method in METHODS:
                heard = await w.ask(method, path, next(heads))
                allowed = (405, 501) if method not in (b"GET", b"POST") else ()
                assert heard.status in allowed or not [s for s in SECRETS if s in heard.words]
                fine(heard, caplog, (method, path))
        for head in HEADS:
            for path in ("/desk/today", "/desk/app", "/desk/in/" + "a" * 32, "/metrics", "/hook"):
                for method in ("GET", "POST"):
                    fine(await w.ask(method, path, head), caplog, (method, path, head))


NEARLY = st.tuples(
    st.sampled_from(METHODS), st.sampled_from(ELSEWHERE), st.sampled_from(VERSIONS), st.binary(max_size=20)
).map(lambda t: b"%b %b %b\r\n%b\r\nConnection: close\r\n\r\n" % (t[0], t[1].encode(), t[2], t[3]))


@given(raw=st.one_of(NEARLY, st.binary(min_size=1, max_size=200).map(lambda sent: sent + b"\r\n\r\n")))
async def test_bytes_that_are_no_request(web: Wire, caplog: pytest.LogCaptureFixture, raw: bytes) -> None:
    heard = await web.raw(raw, hang_up=True)
    assert heard.status < 500
    assert not [r for r in caplog.records if r.levelno >= logging.ERROR and matters(r)]
    caplog.clear()


@pytest.fixture
async def web(street: Street) -> AsyncIterator[Wire]:
    """One server for all examples."""
    async with wire(street) as made:
        yield made


async def test_a_teacher_of_another_class_changes_nothing(street: Street, caplog: pytest.LogCaptureFixture) -> None:
    """Oscar presses every button of every page, with numbers of this class and with proofs that are right."""
    await teach_elsewhere(street)
    before = await belongings(street)
    bodies = itertools.cycle(BODIES[1:4])
    async with wire(street) as w:
        await w.signs_in("Oscar")
        for way in WAYS:
            for number in (b"1", b"2", b"5"):
                heard = await visited(w, caplog, "Oscar", way, [number], b"", [], next(bodies))
                assert not [secret for secret in SECRETS if secret in heard.words], way
    after = await belongings(street)
    changed = {n: [row for row in rows if row not in before[n]] for n, rows in after.items() if rows != before[n]}
    tried = [row for row in changed.pop("audit", []) if not str(row["act"]).endswith("-denied")]
    assert changed == {} and tried == []


@pytest.mark.parametrize("shown", [b"", b"Bearer", b"\xff\xfe", b"Bearer \xff", b"Basic " + SCRAPE.encode()])
async def test_numbers_for_whoever_shows_the_token(street: Street, shown: bytes) -> None:
    """Odd bytes in a header are no reason to fall (telegram's secret beside it)."""
    async with wire(street) as w:
        assert (await w.ask("GET", "/metrics", [(b"Authorization", shown)])).status == 401
        right = await w.ask("GET", "/metrics", [(b"Authorization", b"Bearer " + SCRAPE.encode())])
        assert right.status == 200 and b"tongxue_inbox_waiting 0.0" in right.body
        kind = (b"Content-Type", b"application/json")
        hook = (b"X-Telegram-Bot-Api-Secret-Token", shown.removeprefix(b"Bearer "))
        assert (await w.ask("POST", "/hook", [hook, kind], b'{"update_id":1}')).status == 403
        hook = (b"X-Telegram-Bot-Api-Secret-Token", SECRET.encode())
        assert (await w.ask("POST", "/hook", [hook, kind], b'{"update_id":1}')).status == 200
        deep = b'{"update_id":2,"x":' + b"[" * 300_000 + b"]" * 300_000 + b"}"
        assert (await w.ask("POST", "/hook", [hook, kind], deep)).status in (200, 400)
        assert (await w.ask("POST", "/hook", [hook, kind], b'{"update_id":99999999999999999999999}')).status == 200


async def test_where_somebody_comes_from_is_kept_as_a_mark_only(street: Street) -> None:
    """Whatever a proxy says of it, odd bytes too; too many failures from one place close that place alone."""
    async with wire(street) as w:
        ours: list[Head] = [(b"Origin", w.origin)]
        for _ in range(20):
            assert (
                await w.ask("POST", "/desk/in/" + "a" * 32, [*ours, (b"X-Forwarded-For", b"1.1.1.1")])
            ).status == 403
        assert (await w.ask("POST", "/desk/in/" + "a" * 32, [*ours, (b"X-Forwarded-For", b"1.1.1.1")])).status == 429
        for other in (b"\xff\xfe", b"1.1.1.2", b"1.1.1.1, 2.2.2.2", b"", b", ,", b"9" * 5000):
            assert (await w.ask("POST", "/desk/in/" + "a" * 32, [*ours, (b"X-Forwarded-For", other)])).status == 403


NAMED_SO = re.compile(r'name="([a-z_]+)"')
FIELDS = sorted({name for page in PAGES.glob("desk_*.html") for name in NAMED_SO.findall(page.read_text())} - {"csrf"})
"""Every field of every form of the desk."""
PRESSED = sorted(key for key, way in WAYS.items() if way.method == "POST")


@given(
    way=st.sampled_from(PRESSED),
    number=st.integers(0, 30),
    name=st.sampled_from(["Clara", "Ada"]),
    values=st.lists(st.sampled_from(VALUES), min_size=1, max_size=9),
)
async def test_forms_of_ours_with_values_of_nobody(
    signed: Wire, caplog: pytest.LogCaptureFixture, way: str, number: int, name: str, values: list[str]
) -> None:
    """Every field at once, each with the next of these values; what is posted then is such as Telegram takes."""
    filled_in = list(zip(FIELDS, itertools.cycle(values), strict=False))
    body = [(b"Content-Type", FORM)], urlencode(filled_in).encode()
    await visited(signed, caplog, name, way, [b"%d" % number], b"", [], body)
    await signed.stage.settle()


@pytest.fixture
async def signed(store: Store) -> AsyncIterator[Wire]:
    """On each kind of database: what is typed here is kept."""
    street = Street(store)
    await live(street)
    async with wire(street) as made:
        for name in ("Clara", "Ada"):
            await made.signs_in(name)
        yield made
