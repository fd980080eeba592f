"""Buttons that nobody was shown: each verb with whatever arguments, tapped by everybody of the cast.

Invariants: no turn fails, each tap is answered; and Oscar, from another class, changes and reads nothing of this one,
neither as a trainee nor as the class teacher of his own.
"""

from __future__ import annotations

import itertools
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers import ROUTES
from storage.tx import Store
from tests.cast import ACCOUNTS
from tests.fuzz.lived import SECRETS, belongings, buttons, live, seen_by, teach_elsewhere
from tests.fuzz.street import Street

VERBS = sorted(key.removeprefix("tap:") for key in ROUTES if key.startswith("tap:"))
HOSTILE = (
    "", "0", "-1", "1", "2", "3", "99999", "999999999999999", "9" * 19, "9" * 60, "1:1:1:1", ":", "::::", "x", "yes",
    "%", "_", "'", '"', "1 or 1=1", "１", "٣", "²", "1.0", "1e3", "0x1", "+1", "🙃", "\0", "\ud800", "a\nb",
    "1:9" + "9" * 40, "1:-1", "1:x", "1:1:x", "all", "all:1", "1:all", "none", "present", "absent", "1:present",
    "1:2:absent", "day", "1:2027-03-15", "1:99999-99-99", "2:1", "2:2", "13", "13:1", "14", "1:13", "1:14:present",
    "early_leave",
)  # fmt: skip
"""12 trainees and the staff of the spring class have the low numbers, those of the autumn class the ones after."""
NAMES = tuple(ACCOUNTS)[:8]


@pytest.fixture
async def street(store: Store) -> Street:
    made = Street(store)
    await live(made)
    return made


async def tapped(street: Street, taps: list[tuple[str, str]]) -> None:
    """These are tapped, by whom; each must be answered."""
    asked = {f"q{next(street.numbers)}": tap for tap in taps}
    await street.brings(
        {"update_id": next(street.numbers), "callback_query": {
            "id": id, "from": {"id": ACCOUNTS[name], "first_name": name}, "data": data,
            "message": {"message_id": 1, "date": 0, "chat": {"id": ACCOUNTS[name], "type": "private"}}}}
        for id, (name, data) in asked.items()
    )  # fmt: skip
    await street.none_failed()
    silent = [tap for id, tap in asked.items() if id not in street.answered]
    assert not silent, f"not answered: {silent}"


async def test_every_verb_with_hostile_arguments(street: Street) -> None:
    """Each verb a few times, by a few people: who taps what changes from verb to verb."""
    people, words = itertools.cycle(NAMES), itertools.cycle(HOSTILE)
    taps = [(next(people), f"{verb}:{next(words)}"[:64]) for verb in VERBS for _ in range(4)]
    for at in range(0, len(taps), 100):
        await tapped(street, taps[at : at + 100])


ARGUMENTS = st.lists(st.one_of(st.integers(0, 40).map(str), st.sampled_from(HOSTILE)), max_size=4).map(":".join)


@given(taps=st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(VERBS), ARGUMENTS), min_size=8, max_size=12))
async def test_any_taps_one_after_another(street: Street, taps: list[tuple[str, str, str]]) -> None:
    await tapped(street, [(name, f"{verb}:{args}"[:64]) for name, verb, args in taps])


async def test_every_button_that_was_shown_tapped_by_everybody(street: Street) -> None:
    shown = sorted({key.data for key in buttons(street)})
    for name in ("Tina", "Gao", "Clara", "Ada", "Nora"):
        await tapped(street, [(name, data) for data in shown])


async def test_the_outsider_changes_and_reads_nothing(street: Street) -> None:
    """First as a trainee of the other class, then as its class teacher."""
    before = await belongings(street)
    shown = sorted({key.data for key in buttons(street)})
    guess = random.Random(7)
    guesses = [":".join([verb, *(str(guess.randint(0, 30)) for _ in range(n))]) for verb in VERBS for n in (1, 2, 3)]
    street.clear()
    for part in (guesses[::2], guesses[1::2]):
        for at in range(0, len(part), 100):
            await tapped(street, [("Oscar", data) for data in part[at : at + 100]])
        await tapped(street, [("Oscar", data) for data in shown])
        await teach_elsewhere(street)
    after = await belongings(street)
    changed = {n: [row for row in rows if row not in before[n]] for n, rows in after.items() if rows != before[n]}
    tried = [row for row in changed.pop("audit", []) if not str(row["act"]).endswith("-denied")]
    assert changed == {} and tried == [], "that somebody tried is written down, nothing else"
    read = seen_by(street, "Oscar")
    assert not [secret for secret in SECRETS if secret in read]
