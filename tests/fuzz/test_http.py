"""Whatever comes over HTTP: every address with hostile paths, queries, forms, headers and methods, byte by byte.

Invariants: never a 5xx and never a trace in the log; a request gets an answer, on the desk's pages in words; nobody
without a session sees anything of a class, whoever has one of another class changes nothing here.
"""

from __future__ import annotations

import itertools
import logging
import re
from collections.abc import AsyncIterator, Iterable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.logs import matters
from desk.ways import WAYS
from storage.door import open_store
from tests.conftest import Databases
from tests.fuzz.lived import SECRETS, belongings, live, teach_elsewhere
from tests.fuzz.street import Street
from tests.fuzz.wire import SCRAPE, SECRET, Head, Heard, Wire, wire

PLACES = (
    b"0", b"-1", b"1", b"2", b"3", b"9" * 30, b"x", b"%00", b"%ff", b"%2e%2e", b"%EF%BC%91", b"%F0%9F%99%83",
    b"a" * 3000, b"1%0a2", b"%ed%a0%80", b"%", b"..", b"\xff", b"1;2", b"%2f", b"[", b"{}", b"%25%30%30",
)  # fmt: skip
QUERIES = (
    b"", b"?day=%ff&id=%00&x[]=1", b"?day=9999-99-99&page=99999999999999999999&group=-1&q=%ed%a0%80", 
    b"?" + b"a[" * 500, b"?id=1&id=2&id", b"?%00=%00", b"?&&&=&", b"?q=" + b"%" * 100, b"?q=\xff\xfe", 
    b"?day=0001-01-01&id=1&page=9999999999", b"?cohort=2&kind=x&as=csv&show=%27", b"?q=" + b"%E5%A5%BD" * 900,
    b"?day=2027-03-15&page=-1&group=1&state=x",
)  # fmt: skip
FORM, PARTS = b"application/x-www-form-urlencoded", b"multipart/form-data; boundary=x"


def part(*lines: bytes, value: bytes = b"1") -> tuple[list[Head], bytes]:
    """A form of one part with these lines above its value."""
    body = b"--x\r\n" + b"".join(line + b"\r\n" for line in lines) + b"\r\n" + value + b"\r\n--x--\r\n"
    return [(b"Content-Type", PARTS)], body


NAMED = b'Content-Disposition: form-data; name="reason"'
BODIES: tuple[tuple[list[Head], bytes], ...] = (
    ([(b"Content-Type", FORM)], b""),
    ([(b"Content-Type", FORM)], b"id=%00&reason=%ff%ed%a0%80&day=9999-99-99&text=%00%00&title=" + b"x" * 9000),
    ([(b"Content-Type", FORM)], b"reason=x&reason=y&csrf=a&csrf=b&id=1&id=2&members=1&members=-1&status=present"),
    ([(b"Content-Type", FORM)], "text=好&start=25:61&end=１２:00&level=urgent&to=all&members=９&date=零".encode()),
    ([(b"Content-Type", FORM)], b"\xff\xfe\x00=\xff&a"),
    *(([(b"Content-Type", FORM + b"; charset=" + name)], b"id=1&reason=xxxxxx")
      for name in (b"utf-16", b"nope", b"idna", b"base64", b"rot13", b"punycode", b"undefined", b"\xff", b"")),
    ([(b"Content-Type", FORM + b"; charset=utf-7")], b"id=1&reason=+2AA-&text=+2AA-&init=hash=+2AA-"),
    ([(b"Content-Type", FORM + b"; charset=unicode_escape")], rb"id=1&reason=\ud800&text=\ud800&init=hash%3d\ud800"),
    ([(b"Content-Type", b"multipart/form-data")], b"id=1"),
    ([(b"Content-Type", b"multipart/form-data; boundary=")], b"id=1"),
    ([(b"Content-Type", b"multipart/form-data; boundary=" + b"x" * 300)], b"id=1"),
    ([(b"Content-Type", PARTS)], b"--x\r\nContent-Disposition: form-data; name=id\r\n\r\n1"),
    ([(b"Content-Type", PARTS)], b"--x\r\n\r\n1\r\n--x--\r\n"),
    part(b"Content-Disposition: form-data"),
    part(b'Content-Disposition: form-data; name="id"; filename="\x00../../a"'),
    part(b'Content-Disposition: form-data; name="file"; filename="../../a.png"', value=b"\x89PNG\r\n\x1a\n"),
    part(b'Content-Disposition: form-data; name="csrf"; filename=a'),
    part(NAMED, b"Content-Type: text/plain; charset=nope"),
    part(NAMED, b"Content-Type: text/plain; charset=unicode_escape", value=rb"\ud800"),
    part(NAMED, value=b"\xff\xfe"),
    part(NAMED, b"Content-Transfer-Encoding: base64", value=b"!!!"),
    part(NAMED, b"Content-Transfer-Encoding: bogus"),
    part(NAMED, b"Content-Encoding: gzip"),
    part(NAMED, b"Content-Type: multipart/mixed; boundary=y", value=b"--y\r\n\r\n1\r\n--y--"),
    part(NAMED, b"Content-Length: -5"),
    part(NAMED, *[b"X: y"] * 2000),
    ([(b"Content-Type", b"application/json")], b"{}"),
    ([(b"Content-Type", b"\xff/\xfe")], b"{}"),
    *(([(b"Content-Encoding", name), (b"Content-Type", FORM)], b"none")
      for name in (b"gzip", b"deflate", b"br", b"zstd")),
    ([(b"Transfer-Encoding", b"chunked"), (b"Content-Type", FORM)], b"zz\r\nxx\r\n0\r\n\r\n"),
    ([(b"Transfer-Encoding", b"chunked"), (b"Content-Type", FORM)], b"3\r\na=1\r\n0\r\n\r\n"),
    ([(b"Content-Length", b"5"), (b"Content-Length", b"6"), (b"Content-Type", FORM)], b"a=123"),
    ([(b"Content-Length", b"-5"), (b"Content-Type", FORM)], b"a=123"),
    ([(b"Expect", b"200-maybe"), (b"Content-Type", FORM)], b"a=123"),
    ([(b"Content-Type", FORM)], b"&".join([b"a=1"] * 20_000)),
    ([(b"Content-Type", FORM)], b"a" + b"[" * 100_000 + b"=1"),
    ([(b"Content-Type", FORM)], b"x" * 10_500_000),
)  # fmt: skip
HEADS: tuple[list[Head], ...] = (
    [], [(b"Referer", b"http://[::1")], [(b"Referer", b"http://x]y/desk/")], [(b"Referer", b"\xff\xfe")],
    [(b"Accept-Language", b"\xff" * 100)], [(b"X-Forwarded-For", b"\xff\xfe")], [(b"X-Forwarded-For", b", , ,")],
    [(b"X-Forwarded-For", b"9" * 5000)], [(b"Desk-Piece", b"\xff")], [(b"Cookie", b'desk=\xff\xfe; a=b; ;=;"')],
    [(b"Cookie", b"desk=" + b"a" * 4000)], [(b"Cookie", b'$Version=1; desk="\\377"')], [(b"If-None-Match", b"*")],
    [(b"If-Modified-Since", b"yesterday")], [(b"Range", b"bytes=999999999-1")], [(b"Range", b"bytes=-1,0-0,\xff")],
    [(b"Accept-Encoding", b"br;q=x, gzip")], [(b"Authorization", b"Bearer \xff")], [(b"Sec-Fetch-Site", b"\xff")],
    [(b"Desk-Csrf", b"\xff")], [(b"Desk-Csrf", b"zz")], [(b"Upgrade", b"websocket")], [(b"Content-Type", b";;;=")],
    [(b"Origin", b"null")], [(b"Origin", b"\xff")], [(b"X-" + b"a" * 3000, b"b")], [(b"X", b"y" * 9000)],
)  # fmt: skip
ELSEWHERE = (
    "/desk/", "/desk", "/desk/app", "/desk/in/" + "a" * 32, "/desk/in/%ff", "/desk/nowhere", "/desk/look/desk.css",
    "/desk/look/..%2f..%2fserving.py", "/desk/events?topics=%ff", "/desk/events?topics=today", "/screen/" + "a" * 32,
    "/screen/" + "a" * 32 + "/questions/state", "/screen/%ff", "/pages/screen.css", "/pages/..%2fscreens.py",
    "/metrics", "/healthz", "/readyz", "/hook", "/", "/%", "//desk/today", "/desk/../desk/today", "*",
    "http://elsewhere/desk/today",
)  # fmt: skip
METHODS = (
    b"GET",
    b"POST",
    b"HEAD",
    b"PUT",
    b"DELETE",
    b"TRACE",
    b"OPTIONS",
    b"CONNECT",
    b"PROPFIND",
    b"G\x7fT",
    b"get",
)


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


VERSIONS = (
    b"HTTP/1.1", b"HTTP/1.0", b"HTTP/9.9", b"", b"HTTP/1.1\r\nHost: a\r\nHost: b", b"HTTP/1.1\r\n folded: x",
    b"HTTP/1.1\r\n:", b"HTTP/1.1\r\nX: \0", b"HTTP/1.1\r\nContent-Length: 9\r\nTransfer-Encoding: chunked",
)  # fmt: skip
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
