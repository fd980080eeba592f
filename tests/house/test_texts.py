"""Every word a person reads: in both languages, with the same variables, used, and short enough to send."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from fluent.syntax import FluentParser
from fluent.syntax import ast as ftl
from fluent.syntax.visitor import Visitor

from actions.clock import DEEDS
from chat.messages import Say
from rules import plans
from texts.render import LANGUAGES, folded, keyboard_words, keys_of, voice, word_key

TOP = Path(__file__).parent.parent.parent
ROOMS = ("bot", "handlers", "actions", "rules", "chat", "storage", "texts", "desk")
NAMERS = ("say", "button", "Refusal", "Say")
"""Calls whose first argument is the id of a text; a button's may be a text already."""

FAMILIES = (
    "desk-rolls-is-", "desk-logs-which-", "desk-logs-kind-", "desk-logs-did-",
    "desk-people-is-", "desk-people-role-", "desk-notices-phone-", "desk-notices-file-", "desk-notices-mark-",
    "desk-notices-is-", "desk-notices-way-",
    "status-", "classes-state-", "classes-to-", "plans-kind-", "cli-doctor-", "demo-", "classfile-at-",
    "classfile-not-",
    "records-object", "records-correct", "marks-source-", "marks-reason-", "closings-choice-", "rolls-state-",
    "notices-go-on-", "notices-panel-", "notices-way-", "notices-level-", "notices-at-", "notices-time-",
    "notices-which-", "notices-confirm-", "notices-card-", "notices-count-", "notices-names-", "notices-row-",
    "notices-role-", "notices-is-", "notices-over-", "notices-plan-", "notices-chase-", "notices-why-",
    "notices-template-", "notices-head-", "notices-send-",
    "owndata-col-", "owndata-part-", "owndata-role-", "machine-trouble-", "machine-over-",
    "exports-mark-", "exports-col-", "exports-sum-", "exports-count-", "exports-role-", "exports-source-",
    "question-numbers-door-",
    "search-", "questions-queue-", "questions-show-", "questions-state-", "questions-level-", "questions-why-",
    "questions-make-", "questions-too-", "questions-topic-", "questions-event-",
    "desk-list-", "desk-act-", "desk-unsent-",
)  # fmt: skip
"""Ids that the code puts together (`f"status-{…}"`)."""

SPOKEN = re.compile(r"""\b(?:say|plain)\(["']([a-z0-9-]+[a-z0-9])["']((?:[^()]|\([^()]*\))*)\)""")
"""A text named outright in a template."""
GIVEN, QUOTED = re.compile(r"(\w+)="), re.compile(r"""["']([a-z][a-z0-9-]+)["']""")

TABLES = ("classes-rooms", "classes-sites", "classes-groups", "classes-people", "classes-timetable", "classes-prompts")
"""`f"classes-{table}"`: one line a table of an import."""


class _Variables(Visitor):
    def __init__(self) -> None:
        self.names: set[str] = set()

    def visit_VariableReference(self, node: Any) -> None:
        self.names.add(node.id.name)


@cache
def texts(lang: str) -> dict[str, frozenset[str]]:
    """Every text of a language with its variables; a text that cannot be read, or stands twice, fails."""
    found: dict[str, frozenset[str]] = {}
    for path in sorted((TOP / "texts" / lang).glob("*.ftl")):
        for entry in FluentParser(with_spans=False).parse(path.read_text(encoding="utf-8")).body:
            assert not isinstance(entry, ftl.Junk), f"{path.name}: {(entry.content or '')[:80]}"
            if isinstance(entry, ftl.Message):
                assert entry.id.name not in found, f"{entry.id.name} stands twice"
                seen = _Variables()
                seen.visit(entry)
                found[entry.id.name] = frozenset(seen.names)
    return found


@cache
def trees() -> dict[Path, ast.Module]:
    files = [path for room in ROOMS for path in sorted((TOP / room).rglob("*.py"))]
    return {path: ast.parse(path.read_text(encoding="utf-8")) for path in files}


def _strings(node: ast.AST | None) -> Iterator[str]:
    """The strings that an argument may be: itself, or either side of an `if`."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from _strings(node.body)
        yield from _strings(node.orelse)


def calls() -> Iterator[tuple[ast.Call, str, str]]:
    """Every call of the code, with the name that is called and the place; `rules` are pure and say nothing."""
    for path, tree in trees().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and path.parent.name != "rules":
                name = getattr(node.func, "id", getattr(node.func, "attr", ""))
                yield node, name, f"{path.relative_to(TOP)}:{node.lineno}"


@cache
def pages() -> dict[Path, str]:
    """The templates of the desk."""
    return {path: path.read_text(encoding="utf-8") for path in sorted((TOP / "desk" / "pages").glob("*.html"))}


def spoken() -> Iterator[tuple[str, str, str]]:
    """Every `say("id", name=…)` and `plain(…)` of a template: the id, what is given, the place."""
    for path, text in pages().items():
        for found in SPOKEN.finditer(text):
            yield found[1], found[2], f"{path.relative_to(TOP)}:{text[: found.start()].count(chr(10)) + 1}"


def named() -> Iterator[tuple[str, str]]:
    """Every id that the code names outright, with the place."""
    for node, name, where in calls():
        wanted = node.args[:1] if name in (*NAMERS, "on_word") else []
        wanted += [k.value for k in node.keywords if k.arg == "about" and name in ("on_command", "on_word")]
        for key in (k for arg in wanted for k in _strings(arg)):
            yield key, where
    yield from ((key, where) for key, _, where in spoken())


def mentioned() -> set[str]:
    """Every string of the code: an id that is handed about by name is one of them."""
    in_code = {s for tree in trees().values() for node in ast.walk(tree) for s in _strings(node)}
    return in_code | {s for text in pages().values() for s in QUOTED.findall(text)}


def test_both_languages_have_the_same_texts_with_the_same_variables() -> None:
    zh, en = (texts(lang) for lang in LANGUAGES)
    assert set(zh) == set(en)
    assert not {key: (zh[key], en[key]) for key in zh if zh[key] != en[key]}
    assert set(zh) == keys_of("zh"), "the renderer and the parser see the same ids"


def test_every_file_stands_in_both_languages() -> None:
    zh, en = ({p.name for p in (TOP / "texts" / lang).glob("*.ftl")} for lang in LANGUAGES)
    assert zh == en


def test_every_text_that_the_code_names_exists() -> None:
    lost = sorted({f"{key} ({where})" for key, where in named() if key not in texts("zh")})
    assert not lost


def test_every_variable_of_a_text_is_given() -> None:
    lost = []
    for node, name, where in calls():
        given = {k.arg for k in node.keywords}
        if name in ("say", "Refusal") and None not in given and node.args:
            lost += [f"{key} ({where})" for key in _strings(node.args[0]) if texts("zh").get(key, set()) - given]
    lost += [f"{key} ({where})" for key, given, where in spoken()
             if texts("zh").get(key, frozenset()) - set(GIVEN.findall(given))]  # fmt: skip
    assert not lost


def test_every_problem_that_a_class_file_can_have_has_words() -> None:
    used = {s for s in mentioned() if s.startswith("classfile-") and not s.endswith("-")}
    assert not used - set(texts("zh"))


def test_no_text_is_left_over() -> None:
    used = mentioned()
    unused = [key for key in texts("zh") if key not in used and not key.startswith(FAMILIES) and key not in TABLES]
    assert not unused


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_text_fits_into_a_message(lang: str) -> None:
    speak = voice(lang, "Asia/Shanghai")
    for key, names in texts(lang).items():
        for value in (0, 1, 7, "很长的名字" * 8):
            words = speak.html(Say(key, dict.fromkeys(names, value)))
            assert 0 < len(words.strip()) < 4096, key


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_line_of_the_command_menu_is_short(lang: str) -> None:
    for key in texts(lang):
        if key.endswith("-about"):
            assert len(voice(lang, "UTC").plain(Say(key))) <= 40, key


def test_the_words_of_the_keyboard_are_nobody_else_s() -> None:
    words = keyboard_words()
    for lang in LANGUAGES:
        labels = {key: voice(lang, "UTC").plain(Say(key)) for key in texts(lang) if key.startswith("menu-")}
        assert not [label for label, n in Counter(map(folded, labels.values())).items() if n > 1]
        assert all(word_key(label) == key for key, label in labels.items())
    assert set(words.values()) == {key for key in texts("zh") if key.startswith("menu-")}


def test_everything_that_the_clock_does_has_a_name_in_the_demo() -> None:
    kinds = {*plans.PUSHES, *DEEDS} - {plans.TURN}
    for lang in LANGUAGES:
        assert not {f"demo-{kind}" for kind in kinds} - set(texts(lang))
