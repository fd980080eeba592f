"""The renderer: the quick way equals Fluent's own; what comes from people is escaped; keyboard words are found."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from fluent.syntax import FluentParser, ast
from hypothesis import given
from hypothesis import strategies as st

from chat.messages import Lines, Say, lines, say
from texts.render import (
    FOLDER,
    LANGUAGES,
    Voice,
    bundle,
    day_words,
    folded,
    keyboard_words,
    keys_of,
    template,
    voice,
    word_key,
)
from texts.render import _learn as learn

SAMPLES: list[Any] = [
    "田小雪", "<b>&amp;</b>", "", "1", 0, 1, 2, 7, 999, 1000, -1000, 12345, 1.5, True, None, ["A", "<B>", 3],
    date(2027, 3, 5), datetime(2027, 3, 15, 1, 2, tzinfo=UTC), timedelta(minutes=90),
]  # fmt: skip
HERE = "Asia/Shanghai"


def variables(lang: str, key: str) -> list[str]:
    """The variables of a text that has nothing else."""
    return [part for part, fixed in template(lang, key) or () if not fixed]


def some_key() -> str:
    """A text that is one variable and nothing else."""
    return "cli-doctor-plain"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_text_read_alone_is_that_of_its_file(lang: str) -> None:
    parser, seen = FluentParser(with_spans=False), set()
    for path in (FOLDER / lang).glob("*.ftl"):
        for entry in parser.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(entry, ast.Message):
                alone = parser.parse_entry(bundle(lang)._sources[entry.id.name])
                assert alone.equals(entry, ["comment"]) and bundle(lang).get_message(entry.id.name)
                seen.add(entry.id.name)
            assert isinstance(entry, ast.Message | ast.BaseComment), "texts stand alone: no term is known to another"
    assert seen == bundle(lang).ids()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_quick_way_says_what_fluent_says(lang: str) -> None:
    speak, quick = voice(lang, HERE), 0
    samples = [sample for sample in SAMPLES if not isinstance(sample, Say)] + [say(some_key(), what="<x>")]
    for key in keys_of(lang):
        if template(lang, key) is None:
            continue
        quick += 1
        for shift in range(len(samples)):
            args = {name: samples[(shift + n) % len(samples)] for n, name in enumerate(variables(lang, key))}
            for markup in (True, False):
                said = (speak.html if markup else speak.plain)(Say(key, args))
                assert said == speak._resolved(Say(key, args), markup), (key, args)
    assert quick > len(keys_of(lang)) / 2, "most texts go the quick way"


def test_texts_with_choices_take_fluent_s_way() -> None:
    slow = [key for key in keys_of("en") if template("en", key) is None]
    assert slow and template("en", "no-such-text") is None
    assert "more" in voice("en", HERE).plain(say("plans-skips", why="x", names=["A"], more=3))
    assert "more" not in voice("en", HERE).plain(say("plans-skips", why="x", names=["A"], more=0))


@given(st.text(max_size=60))
def test_what_people_write_is_escaped(words: str) -> None:
    speak = voice("zh", HERE)
    said = speak.html(say(some_key(), what=words))
    assert "<" not in said and ">" not in said
    assert said.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&") == words
    assert speak.plain(say(some_key(), what=words)) == words
    assert speak.plain(say("cli-doctor-bot", name=words)) == f"@{words}", "the quick way too"
    assert speak.html(say("cli-doctor-bot", name=words)) == f"@{said}"


def test_times_and_days_in_the_reader_s_zone() -> None:
    at = datetime(2027, 3, 14, 23, 5, tzinfo=UTC)
    told = {zone: Voice("zh", zone).plain(say(some_key(), what=at)) for zone in (HERE, "Europe/Berlin")}
    assert told == {HERE: "07:05", "Europe/Berlin": "00:05"}
    assert Voice("zh", HERE).plain(say(some_key(), what=date(2027, 3, 15))) == "3月15日 周一"
    assert day_words(date(2027, 3, 5), "en") == "Fri 5 Mar"
    assert Voice("zh", HERE).plain(say(some_key(), what=timedelta(seconds=89))) == "1"
    assert [Voice(lang, HERE).plain(say(some_key(), what=["A", "B"])) for lang in LANGUAGES] == ["A、B", "A, B"]


def test_texts_within_texts_and_lines() -> None:
    speak = voice("zh", HERE)
    inner = say(some_key(), what="<1>")
    assert speak.html(say(some_key(), what=inner)) == "&lt;1&gt;", "escaped once"
    text = lines(inner, None, Lines((inner, inner), gap=" | "))
    assert speak.html(text) == "&lt;1&gt;\n&lt;1&gt; | &lt;1&gt;"
    assert speak.plain(say(some_key(), what=lines(inner, inner))) == "<1>\n<1>"


def test_an_unknown_language_is_chinese_and_an_unknown_text_an_error() -> None:
    assert Voice("fr").lang == "zh" and voice("", HERE).lang == "zh"
    with pytest.raises(KeyError, match="no-such-text"):
        voice("en", HERE).plain(say("no-such-text"))
    for key in (some_key(), "cli-doctor-bot", "plans-skips"):
        with pytest.raises((KeyError, ValueError)):
            voice("en", HERE).plain(say(key))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_keyboard_words_are_found_however_they_are_typed(lang: str) -> None:
    for key in {k for k in keys_of(lang) if k.startswith("menu-")}:
        label = voice(lang, HERE).plain(Say(key))
        for typed in (label, f" {label}。", label.upper(), label + "!"):
            assert word_key(typed) == key, typed
        also = bundle(lang).get_message(key).attributes.get("also")
        for word in bundle(lang).format_pattern(also, {})[0].split("|") if also else ():
            assert word_key(word) == key
    assert word_key("这是一句普通的话") is None and word_key("签到 " * 20) is None and word_key("") is None


def test_a_word_belongs_to_one_text() -> None:
    found = dict.fromkeys(keyboard_words(), "another")
    with pytest.raises(ValueError, match="belongs to another"):
        learn(found, "zh", next(key for key in sorted(keys_of("zh")) if key.startswith("menu-")))


@pytest.mark.parametrize(
    ("text", "flat"),
    [("✅ 签到！", "签到"), ("ＡＢＣ", "abc"), ("  Check in. ", "checkin"), ("？", "?"), ("🙂", "🙂"), ("", "")],
)
def test_folding(text: str, flat: str) -> None:
    assert folded(text) == flat


@given(st.text(max_size=50))
def test_folding_twice_changes_nothing_for_words(text: str) -> None:
    once = folded(text)
    assert word_key(text) == keyboard_words().get(once)
