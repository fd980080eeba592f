"""Every number of a class as data: what is taken, what is refused, and with which sentence (RULE-1, section 28)."""

import tomllib
from datetime import time
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.settings import Settings, Span, load_settings
from rules.settings_sense import FIXED, ORDER, at

RULES = Path(__file__).parents[2] / "examples" / "guanshan" / "rules.toml"


def nested(path, value):
    for name in reversed(path.split(".")):
        value = {name: value}
    return value


def test_the_sample_rules_are_the_defaults():
    settings, problems = load_settings(tomllib.loads(RULES.read_text(encoding="utf-8")))
    assert problems == []
    assert settings == Settings()


def test_nothing_said_is_the_defaults():
    assert load_settings({}) == (Settings(), [])


@pytest.mark.parametrize(
    ("path", "value", "taken"),
    [
        ("attendance.grace_min", 0, 0),
        ("attendance.grace_min", 15, 15),
        ("attendance.late_until_min", 20, 20),
        ("log.due_at", "21：30", time(21, 30)),
        ("log.due_at", time(21, 30), time(21, 30)),
        ("log.min_chars", 120, 120),
        ("messages.joint_posts", ["12:10"], (time(12, 10),)),
        ("question.service_hours", ["08:00-11:00"], (Span(start=time(8), end=time(11)),)),
        ("timezone", "Asia/Urumqi", "Asia/Urumqi"),
        ("certificate.min_attended_fraction", "1/1", "1/1"),
        ("certificate.number_format", "{seq}", "{seq}"),
        ("messages.remind_times", ["due-5min"], ("due-5min",)),
        ("test.pass_mark", 70, None),
    ],
)
def test_what_a_school_may_change(path, value, taken):
    settings, problems = load_settings(nested(path, value))
    if taken is None:
        assert [p.key for p in problems] == ["classfile-setting-unknown"]
    else:
        assert problems == [] and at(settings, path) == taken


def test_pass_is_the_word_for_the_mark_of_a_test():
    settings, problems = load_settings({"test": {"pass": 70}})
    assert problems == [] and settings.test.pass_mark == 70


WRONG = [
    ("attendance.grace_minutes", 3, "unknown"),
    ("colour", "red", "unknown"),
    ("attendance.grace_min", "3", "type"),
    ("attendance.grace_min", 3.5, "type"),
    ("attendance.grace_min", True, "type"),
    ("attendance.grace_min", -1, "range"),
    ("attendance.grace_min", 1441, "range"),
    ("attendance.grace_min", 16, "order"),
    ("attendance.late_until_min", 21, "order"),
    ("attendance", 3, "type"),
    ("attendance.block", "yes", "type"),
    ("attendance.public_board", "names", "choice"),
    ("attendance.code_digits", 6, "range"),
    ("attendance.status", [{"key": "present"}], "incomplete"),
    ("attendance.mode", [], "lacks"),
    ("log.due_at", "25:00", "type"),
    ("log.due_at", "22:60", "type"),
    ("log.due_at", 22, "type"),
    ("log.due_at", "17:30", "order-strict"),
    ("log.parts", "learned", "type"),
    ("log.parts", ["learned", "jokes"], "choice"),
    ("log.parts", ["learned", "learned"], "twice"),
    ("log.parts", ["learned"], "order"),
    ("log.copy_threshold", 1.01, "range"),
    ("log.copy_threshold", "most", "type"),
    ("notice.ack_remind_min", [120, 30], "rising"),
    ("question.service_hours", ["08:30"], "type"),
    ("question.service_hours", ["12:00-08:30"], "rising"),
    ("question.service_hours", [], "rising"),
    ("timezone", "Asia/Guiyang", "zone"),
    ("timezone", "../etc/passwd", "zone"),
    ("certificate.min_attended_fraction", "7/6", "fraction"),
    ("certificate.min_attended_fraction", "0/0", "fraction"),
    ("certificate.number_format", "GS-{year}", "format"),
    ("certificate.number_format", "{seq.__class__}", "format"),
    ("messages.remind_times", ["an hour before"], "remind"),
    ("issue.weights", [3, 2], "count"),
    ("eval.overall.weights", {"courses": 0.5}, "sum"),
    ("leave.approval", [{"max_hours": 4, "approvers": ["class_teacher"]}], "approval-gap"),
    ("leave.approval", [{"max_hours": 999, "approvers": []}], "approver-none"),
    ("leave.approval", [{"max_hours": 999, "approvers": ["monitor"]}], "choice"),
    ("hours.total", 0, "range"),
    ("survey.min_answers", 4, "range"),
]


@pytest.mark.parametrize(("path", "value", "key"), WRONG, ids=[f"{p}={v}" for p, v, _ in WRONG])
def test_what_has_no_sense_is_refused_with_one_sentence(path, value, key):
    settings, problems = load_settings(nested(path, value), "rules.toml")
    assert f"classfile-setting-{key}" in [p.key for p in problems]
    assert all(p.file == "rules.toml" and p.column.startswith(path.split(".")[0]) for p in problems)
    assert all(p.args["path"] == p.column for p in problems)
    assert isinstance(settings, Settings)


@pytest.mark.parametrize(("path", "value"), [(path, value) for path, value, _ in FIXED])
def test_what_no_class_may_change(path, value):
    other = 1 if value == 0 and not isinstance(value, bool) else not value
    _, problems = load_settings(nested(path, other))
    assert [(p.column, p.key) for p in problems] == [(path, "classfile-setting-fixed")]


@pytest.mark.parametrize(("low", "high", "equal"), ORDER)
def test_every_pair_of_the_order_is_a_setting(low, high, equal):
    assert at(Settings(), low) <= at(Settings(), high)


PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12) | st.times() | st.dates(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


@pytest.mark.parametrize("section", [field.encode_name for field in msgspec.structs.fields(Settings)])
@given(value=PLAIN)
def test_no_value_is_too_odd(section, value):
    settings, _ = load_settings({section: value})
    assert isinstance(settings, Settings)


@given(data=st.data())
def test_no_value_of_a_setting_is_too_odd(data):
    sections = [f.encode_name for f in msgspec.structs.fields(Settings) if isinstance(f.type, type)]
    name = data.draw(st.sampled_from([n for n in sections if n not in ("schema", "timezone", "locale_default")]))
    part = type(getattr(Settings(), name))
    key = data.draw(st.sampled_from([f.encode_name for f in msgspec.structs.fields(part)]))
    settings, _ = load_settings({name: {key: data.draw(PLAIN)}})
    assert isinstance(settings, Settings)


def test_settings_survive_their_json():
    assert msgspec.json.decode(msgspec.json.encode(Settings()), type=Settings) == Settings()
