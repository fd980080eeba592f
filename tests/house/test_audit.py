"""The audit of our dependencies says what it found, and what it could not look at."""

from __future__ import annotations

from deploy.audit import judge, not_as_pinned, pinned

HOLE = {"id": "PYSEC-2026-1", "fix_versions": ["2.1"], "aliases": []}


def test_a_known_hole_is_named_with_its_mending() -> None:
    packages = [{"name": "one", "version": "2.0", "vulns": [HOLE]}, {"name": "two", "version": "1", "vulns": []}]
    holes, line = judge({"dependencies": packages})
    assert holes == ["one 2.0: PYSEC-2026-1, mended in 2.1"]
    assert line == "2 of 2 packages audited: 1 known holes."


def test_where_nothing_can_be_looked_at_it_says_so() -> None:
    skipped = {"dependencies": [{"name": "one", "skip_reason": "Dependency not found on PyPI"}]}
    for found in (skipped, {}):
        holes, line = judge(found)
        assert not holes and "nothing was audited" in line


def test_what_is_installed_is_what_is_pinned() -> None:
    pins = pinned("# ours\nMy_Pack.age==1.2\nother==3  # why\n")
    assert pins == {"my-pack-age": "1.2", "other": "3"}
    assert not not_as_pinned(pins, {"my-pack-age": "1.2", "tongxue": "9"})
    assert not_as_pinned(pins, {"other": "4", "new": "1"}) == [
        "new 1 is installed, pinned is nothing", "other 4 is installed, pinned is 3",
    ]  # fmt: skip
