"""The table of docs/rights.md, tried: every act, by every kind of person, on every way in (DASH-05, ROLE-03)."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from desk.ways import WAYS
from handlers import ROUTES
from rules.roles import ANYBODY
from storage import accounts
from tests.cast import ACCOUNTS
from tests.rights import table, world
from tests.rights.play import ELSEWHERE, PEOPLE, Play, allowed, morning, signs_in
from tests.rights.table import NUMBERS
from tests.rights.ways import ACTS, COUNTED, FEWER, NO_RIGHT, ROW_DECIDES

TABLE = table.read()
EVERY = {**{key: route.who for key, route in ROUTES.items()}, **{key: way.who for key, way in WAYS.items()}}
ROLES = {"T": {"trainee"}, "G": {"trainee", "leader"}, "C": {"class_teacher"}, "L": {"lecturer"}, "P": {"site_contact"},
         "A": {"admin"}, "H": {"school_leader"}}  # fmt: skip
NAME = re.compile(r"学员(\d\d)")
LEAVE = re.compile("事假|病假|公假|📝|🏥|🏛")
SECRET = ("log-read", "leave-reason", "questions", "claims")
"""What nobody sees anywhere, by whatever way, without a mark."""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> world.Morning:
    """The morning, made once."""
    return asyncio.run(world.build(tmp_path_factory.mktemp("rights") / "made.db"))


@pytest.fixture
async def play(made: world.Morning, tmp_path: Path) -> AsyncIterator[Play]:
    """A copy of it for one."""
    async with morning(made, tmp_path) as found:
        yield found


# ---- the table is whole ---------------------------------------------------------------------------------------------


def test_every_way_in_belongs_to_an_act_or_needs_no_right() -> None:
    assert set(ACTS) == set(TABLE), "a row for each act"
    of_acts = {way for tries in ACTS.values() for way in tries.ways}
    assert set(EVERY) - of_acts - set(NO_RIGHT) == set(), (
        "write it into tests/rights/ways.py, and its act into docs/rights.md"
    )
    assert (of_acts | set(NO_RIGHT)) - set(EVERY) == set(), "no such way any more"
    assert not of_acts & set(NO_RIGHT)


def test_an_operator_has_no_account() -> None:
    """The last column is that of who runs the machine: by the command line, so there is nothing to try."""
    assert "operator" not in ANYBODY
    assert {act for act, row in TABLE.items() if row.marks["O"] != table.NOTHING} == {"machine"}


def test_what_is_offered_is_what_the_table_says() -> None:
    found, fewer = dict[str, str](), set[str]()
    for way in (w for w in EVERY if w not in NO_RIGHT):
        marks = [TABLE[act].marks for act, tries in ACTS.items() if way in tries.ways]
        admitted = {column for column, roles in ROLES.items() if EVERY[way] & roles}
        more = admitted - {
            c for c in ROLES for m in marks if m[c] != table.NOTHING and (m[c] != NUMBERS or way in COUNTED)
        }
        less = {c for c in ROLES for m in marks if m[c] not in (table.NOTHING, NUMBERS)} - admitted
        if more:
            found[way] = "".join(sorted(more))
        if less:
            fewer.add(way)
    assert set(found) == set(ROW_DECIDES), found
    assert fewer == set(FEWER)
    for act, tries in ACTS.items():
        for column, roles in ROLES.items():
            offered = any(EVERY[way] & roles for way in tries.ways)
            assert offered or TABLE[act].marks[column] in (table.NOTHING, NUMBERS), f"{act}: no way in for {column}"


async def test_who_may_sign_in_at_the_desk_has_a_page_there_and_nobody_else_is_let_in(play: Play) -> None:
    for name, (column, *_) in PEOPLE.items():
        await play.stage.says(name, "/desk")
        given = "/desk/in/" in play.stage.last(name).plain
        assert given == (TABLE["desk"].marks[column] == table.OWN), name
        if given:
            await play.desk.signs_in(name)
            home = await play.desk.get(name, "/desk")
            assert (await play.desk.follow(name, home)).status == 200, name


# ---- everybody tries everything -------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", PEOPLE)
async def test_who_does_and_sees_what(play: Play, name: str) -> None:
    column, ref, group = PEOPLE[name]
    play.name, wrong = name, list[str]()
    await play.desk.forced_in(name)
    before = play.facts()
    for act, tries in ACTS.items():
        mark = TABLE[act].marks[column]
        for way, forms in tries.does.items():
            for form in forms:
                await play.tries(way, form)
            done, seen = play.changed(before), play.signs(act)
            wrong += [f"{way}: {a} of {who}" for a, whose in done.items() for who in whose
                      if not allowed(TABLE[a].marks[column], ref, group, who)]  # fmt: skip
            wrong += [
                f"{way}: sees {act} of {who}"
                for who in seen
                if not allowed(mark, ref, group, who) and act != "own-data"
            ]
            settled = done.get(act, set()) | seen
            may = EVERY[way] & ROLES[column] and column in tries.only.get(way, column) and mark not in "–n"
            if may and not settled:
                wrong.append(f"{way}: {act} does not happen: {play.seen()[-200:]}")
            wrong += _secrets(play, column, ref, group, way)
            play.clear()
            if done:
                await _again(play, name)
    assert not wrong, "\n".join(wrong)


def _secrets(play: Play, column: str, ref: str, group: int, way: str) -> list[str]:
    return [f"{way}: {found}" for found in _told_too_much(play.seen(), column, ref, group)]


def _told_too_much(words: str, column: str, ref: str, group: int) -> list[str]:
    """What these words tell of others that this person may see nowhere; trainees and lecturers see nobody's name."""
    found = [f"{secret} of {who}" for secret in SECRET for who in signs_in(words, secret)
             if who != ref and not (column and allowed(TABLE[secret].marks[column], ref, group, who))]  # fmt: skip
    names = {int(seat) for seat in NAME.findall(words)} if column in ("", *"TGLP") else set()
    return found + [f"the name of {seat}" for seat in names if column != "G" or seat > 6]


async def _again(play: Play, name: str) -> None:
    play.back()
    await play.desk.forced_in(name)


def test_what_comes_by_itself_tells_nobody_too_much(made: world.Morning) -> None:
    """Two days of cards, digests, reminders, claims, leaves: on each telephone only what its owner may see."""
    for name, (column, ref, group) in {**PEOPLE, "Oscar": ("", "", 0), "Qiu": ("", "", 0), "Nora": ("", "", 0)}.items():
        heard = made.heard[name]
        assert not _told_too_much(heard, column, ref, group), name
        of_leave = [line for line in heard.splitlines() if "学员06" in line]
        assert column != "G" or (of_leave and not LEAVE.search("".join(of_leave))), "away, without kind or reason"
        assert heard or name in ("Oscar", "Qiu", "Nora")


async def test_a_leader_sees_who_is_away_and_never_why(play: Play) -> None:
    for name, knows in (("Gao", False), ("Dai", False), ("Clara", True)):
        play.name = name
        await play.tries("tap:rollgrid", "S22:1")
        label = next(label for label in play.stage.labels(name) if "学员06" in label)
        assert bool(LEAVE.search(label)) == knows and not label.startswith("⬜"), (name, label)


@pytest.mark.parametrize("name", PEOPLE)
async def test_menus_forms_and_steps_give_no_more(play: Play, name: str) -> None:
    """Each act's other ways in, with whatever there is: what changes and what is seen stays within the table."""
    column, ref, group = PEOPLE[name]
    play.name, wrong = name, list[str]()
    await play.desk.forced_in(name)
    before, tried = play.facts(), set[tuple[str, tuple[str, ...]]]()
    for act, tries in ACTS.items():
        for way in (w for w in _more_of(act) if (w, tries.things) not in tried):
            tried.add((way, tries.things))
            await play.tries_more(way, tries)
        wrong += [f"a way of {act}: {a} of {who}" for a, whose in play.changed(before).items() for who in whose
                  if not allowed(TABLE[a].marks[column], ref, group, who)]  # fmt: skip
        wrong += _secrets(play, column, ref, group, f"a way of {act}")
        if play.changed(before):
            await _again(play, name)
        play.clear()
    assert not wrong, "\n".join(wrong)


def _more_of(act: str) -> list[str]:
    """The ways besides those that settle it; the chat's questions and notices are tried by tables of their own."""
    tries = ACTS[act]
    own = tries.proved.endswith("_rights.py")
    return [way for way in tries.ways if way not in tries.does and (" /" in way or not own)]


@pytest.mark.parametrize("name", ELSEWHERE)
async def test_another_class_changes_and_shows_nothing(play: Play, name: str) -> None:
    """Who speaks in the autumn class, a stranger, and somebody whose seat was taken away a moment ago with old buttons
    in hand: nothing of the spring class changes, and nothing of it is seen."""
    column, play.name = ELSEWHERE[name]
    may = {act for act, row in TABLE.items() if _also_elsewhere(row, column)}
    ways = {way for act in may for way in ACTS[act].ways} | {OWN_NOTICE}
    if name.endswith("elsewhere"):
        await play.stage.store.work(lambda tx: accounts.set_cohort(tx, ACCOUNTS[play.name], 2))
    await play.desk.forced_in(play.name)
    play.clear()
    before, stands, wrong = play.facts(), play.everything(), list[str]()
    tried = set[tuple[str, str]]()
    for act, tries in ACTS.items():
        for way in (w for w in [*tries.does, *_more_of(act)] if w not in ways):
            for form in (f for f in tries.does.get(way, ()) if (way, str(f)) not in tried):
                tried.add((way, str(form)))
                await play.tries(way, form)
            if way not in tries.does and (way, str(tries.things)) not in tried:
                tried.add((way, str(tries.things)))
                await play.tries_more(way, tries)
        wrong += [f"a way of {act}: {a} of {whose}" for a, whose in play.changed(before).items()]
        wrong += [f"a way of {act}: sees {a} of {who}" for a in ACTS if a not in may for who in play.signs(a)]
        play.clear()
        before = play.facts() if wrong else before
    assert not wrong, "\n".join(wrong)
    assert play.everything() >= stands, "not a row of the spring class has changed"


OWN_NOTICE = "tap:chgsee"
"""Opens one's own notice, in its class."""


def _also_elsewhere(row: table.Act, column: str) -> bool:
    of_school = "school" in row.elsewhere and column and row.marks[column] not in (table.NOTHING, NUMBERS)
    return bool(of_school) or column in row.elsewhere
