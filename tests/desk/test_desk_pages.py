"""Every address of the desk as everybody: who may, who may not, and nobody learns what exists (ROLE-03, DASH-05)."""

from __future__ import annotations

import re

import pytest

from actions.desk_sessions import hashed
from desk.visits import Way, deed, page, table
from desk.ways import WAYS
from rules.roles import DESK
from storage import accounts
from storage.tx import Tx
from tests.cast import ACCOUNTS
from tests.desk.desk import Desk, desk
from tests.stage import Stage

CAST = ("Tina", "Tom", "Gao", "Ivan", "Clara", "Ada", "Oscar", "Nora")
GONE = "999999"
EVIL = "\"><img src=x onerror=alert(1)>{{7*7}}<script>alert(1)</script>'"


def at(way: Way, id: str) -> str:
    """The address with its numbers filled in."""
    return re.sub(r"\{[a-z]+\}", id, way.path)


async def roles_of(d: Desk, name: str) -> frozenset[str]:
    now = d.stage.clock.now()
    me = await d.stage.store.work(lambda tx: accounts.who(tx, ACCOUNTS[name], now))
    return me.roles if me else frozenset()


async def test_every_address_as_everybody(plain: Stage) -> None:
    async with desk(plain) as d:
        plain.at("09:10")
        await plain.says("Nora", "你好")
        for name in CAST:
            await d.forced_in(name)
        for way in WAYS.values():
            for id in ("1", GONE):
                path = at(way, id)
                send = d.get if way.method == "GET" else d.post
                nobody = await send("", path)
                assert nobody.status == 401, (way.key, nobody.status)
                for name in CAST:
                    if way.path in ("/desk/out", "/desk/out-all"):
                        continue
                    seen = await send(name, path)
                    if way.who & await roles_of(d, name):
                        assert seen.status in (200, 303, 403, 404, 409, 422), (way.key, name, seen.status, seen.words)
                        assert id == "1" or "{" not in way.path or seen.status != 200, (way.key, name, "of nothing")
                    else:
                        assert seen.status == 403, (way.key, name, seen.status)
                        assert "班主任或教务" in seen.words or "绑定班级" in seen.words, (way.key, name)


async def test_a_teacher_of_another_class_cannot_tell_what_exists(plain: Stage) -> None:
    """Oscar teaches in the autumn class: what is the spring class's is to him as if it were not there."""
    async with desk(plain) as d:
        await d.oscar_teaches()
        for way in (w for w in WAYS.values() if "{" in w.path):
            send = d.get if way.method == "GET" else d.post
            there, gone = await send("Oscar", at(way, "1")), await send("Oscar", at(way, GONE))
            assert (there.status, there.words) == (gone.status, gone.words), way.key
            assert there.status in (403, 404, 409), (way.key, there.status)
        for way in (w for w in WAYS.values() if w.method == "GET" and "{" not in w.path):
            seen = await d.get("Oscar", way.path)
            assert (
                "春晓班" not in seen.html
                and "田小雪" not in seen.html
                and "开班式" not in seen.words.replace("秋实开班式", "")
            ), way.key


async def test_what_people_write_stays_text(plain: Stage) -> None:
    """Stored XSS: names, titles, groups, places, reasons are shown as they were typed, on every page."""

    async def poisoned(tx: Tx) -> None:
        for sql in (
            "update member set name = name || :evil, dorm_room = :evil, street = :evil, note = :evil, phone = :evil",
            "update session set title = title || :evil, title_en = :evil",
            "update cohort set title = :evil, title_en = :evil",
            "update class_group set name = :evil, name_en = :evil",
            "update account set first_name = :evil",
            """insert into audit (at, who, cohort_id, act, about, old, new, why)
               values (0, 105, 1, :evil, :evil, :evil, :evil, :evil)""",
        ):
            await tx.do(sql, {"evil": EVIL})

    async with desk(plain) as d:
        plain.at("09:10")
        await plain.store.work(poisoned)
        for name in ("Clara", "Ada"):
            seen_it = 0
            for way in (w for w in WAYS.values() if w.method == "GET"):
                seen = await d.get(name, f"{at(way, '1')}?q=%3Cscript%3Ealert(1)%3C/script%3E&page=%3Cb%3E")
                assert "<img src=x" not in seen.html and "<script>alert" not in seen.html, (way.key, name)
                assert not re.search(r"<[^>]+\son\w+\s*=", re.sub(r'"[^"]*"', '""', seen.html)), (way.key, name)
                assert not re.search(r"<[^>]+\sstyle\s*=", seen.html), f"{way.key}: the policy forbids inline style"
                seen_it += "&lt;img src=x" in seen.html
            assert seen_it, "it was shown somewhere"


async def test_forms_are_ours_and_pages_are_kept_by_nobody(plain: Stage) -> None:
    async with desk(plain) as d:
        await d.signs_in("Clara")
        await d.signs_in("Ada")
        own = await d.post("Clara", "/desk/confirm")
        assert own.status == 303
        proof = d.proofs["Clara"]
        for forged in ("", "00", proof[:-2], "zz" * 32, "0" * 64, d.proofs.get("Ada", "1" * 64)):
            d.proofs["Clara"] = forged
            assert (await d.post("Clara", "/desk/out-all")).status == 403, "no proof of this session"
        d.proofs["Clara"] = proof
        for strange in (
            "https://evil.example",
            "null",
            d.origin + ".evil.example",
            d.origin.replace("http:", "https:"),
        ):
            assert (await d.post("Clara", "/desk/out-all", Origin=strange)).status == 403
        cookies = {"Cookie": d.cookies["Clara"]}
        assert (await d.raw("GET", "/desk/out-all", headers=cookies)).status == 404, "nothing is done by a link"
        assert (await d.raw("POST", "/desk/out-all", headers=cookies)).status == 403
        big = await d.post("Clara", "/desk/confirm", {"back": b"x" * (2 << 20)})
        assert big.status == 413
        for path in (
            "/desk/look/../../config.toml", "/desk/look/%2e%2e%2fserving.py", "/desk/look/today.html", "/desk/..",
            "/desk//today", "/desk/today/", "/desk/Today", "/desk/%00", "/desk/today%0d%0aX-Evil:1", "/desk/nothing/1",
        ):  # fmt: skip
            seen = await d.get("Clara", path)
            assert seen.status in (400, 404) and "X-Evil" not in seen.headers, (path, seen.status)
        shown = await d.raw("GET", "/desk/look/desk.css")
        assert shown.status == 200 and "immutable" in shown.headers["Cache-Control"]
        evil = {
            **cookies,
            "Host": "evil.example",
            "X-Forwarded-Host": "evil.example",
            "X-Original-URL": "/desk/out-all",
        }
        page_seen = await d.raw("GET", "/desk/today", headers=evil)
        assert "evil" not in page_seen.html
        for name in ("X-Content-Type-Options", "Referrer-Policy", "Content-Security-Policy", "X-Robots-Tag"):
            assert name in page_seen.headers
        assert page_seen.headers["Cache-Control"] == "no-store"


async def test_the_language_is_the_reader_s(plain: Stage) -> None:
    async with desk(plain) as d:
        await plain.says("Clara", "/language")
        await plain.taps("Clara", "English")
        page_seen = await d.get("Clara", "/desk/today")
        assert "Attendance" in page_seen.words and 'lang="en-GB"' in page_seen.html
        assert "You are not signed in" in (await d.raw("GET", "/desk/x", headers={"Accept-Language": "en-GB"})).words


async def test_a_page_that_fails_says_so_without_names(plain: Stage, caplog: pytest.LogCaptureFixture) -> None:
    async with desk(plain) as d:
        await d.signs_in("Clara")
        hashed_token = hashed(d.cookies["Clara"].partition("=")[2])

        async def broken(tx: Tx) -> None:
            await tx.do("update cohort set settings = '柯老师的秘密'")
            await tx.do("update cohort set settings_mark = 'x'")
            assert await tx.one(str, "select hash from desk_session") == hashed_token, "only a hash is kept"

        await plain.store.work(broken)
        seen = await d.get("Clara", "/desk/today")
        assert seen.status == 500 and "编号" in seen.words
        number = re.search(r"编号 (\w{6})", seen.words)
        assert number and number[1] in caplog.text and "秘密" not in caplog.text


def test_two_ways_to_one_address_are_an_error() -> None:
    async def nothing(visit: object) -> object: ...

    show = page("/desk/a/{id}", nothing, who=DESK)  # type: ignore[arg-type]
    with pytest.raises(ValueError):
        table((show,), (page("/desk/a/{name}", nothing, who=DESK),))  # type: ignore[arg-type]
    with pytest.raises(ValueError):
        table((page("/elsewhere", nothing, who=DESK),))  # type: ignore[arg-type]
    assert len(table((show, deed("/desk/a/{id}", nothing, who=DESK)))) == 2  # type: ignore[arg-type]
