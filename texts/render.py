"""Every word a person reads: loaded once from `zh/*.ftl` and `en/*.ftl`, rendered in the reader's language and zone."""

from __future__ import annotations

import html
import re
import unicodedata
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from fluent.runtime import FluentBundle, FluentResource
from fluent.runtime.resolver import Pattern, TextElement, VariableReference

from chat.messages import Lines, Rich, Say, When

LANGUAGES = ("zh", "en")
LOCALES = {"zh": "zh-CN", "en": "en-GB"}
WEEKDAYS = {
    "zh": ["周一", "周二", "周三", "周四", "周五", "周六", "周日"],
    "en": ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
}
MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
FOLDER = Path(__file__).parent
TAG = re.compile(r"</?[a-z][^>]*>")
ENTRY = re.compile(r"^(?=[A-Za-z#-])", re.MULTILINE)
"""Where a text of a file begins, or a comment; the lines that go on are indented."""
MARKS = " \t\n。.!,?"


class Texts:
    """All texts of one language; each is parsed when it is first said, since parsing all takes half a second."""

    def __init__(self, lang: str) -> None:
        self._bundle = FluentBundle([LOCALES[lang]], use_isolating=False)
        self._sources: dict[str, str] = {}
        for path in sorted((FOLDER / lang).glob("*.ftl")):
            for entry in ENTRY.split(path.read_text(encoding="utf-8")):
                if entry[:1].isalpha() and "=" in entry:
                    self._sources.setdefault(entry.split("=")[0].strip(), entry)

    def ids(self) -> frozenset[str]:
        return frozenset(self._sources)

    def has_message(self, key: str) -> bool:
        return key in self._sources

    def get_message(self, key: str) -> Any:
        if not self._bundle.has_message(key):
            self._bundle.add_resource(FluentResource(self._sources[key]))
        return self._bundle.get_message(key)

    def format_pattern(self, pattern: Any, args: dict[str, Any]) -> tuple[Any, list[Exception]]:
        words, errors = self._bundle.format_pattern(pattern, args)
        return words, errors


@cache
def bundle(lang: str) -> Texts:
    """All texts of one language."""
    return Texts(lang)


def keys_of(lang: str) -> frozenset[str]:
    """The ids of all texts of one language."""
    return bundle(lang).ids()


def day_words(day: date, lang: str) -> str:
    """A date with its weekday: 「3月15日 周一」, "Mon 15 Mar"."""
    name = WEEKDAYS[lang][day.weekday()]
    return f"{day.month}月{day.day}日 {name}" if lang == "zh" else f"{name} {day.day} {MONTHS[day.month - 1]}"


@cache
def template(lang: str, key: str) -> tuple[tuple[str, bool], ...] | None:
    """A text as fixed parts and names of variables, where it has nothing else: such texts are put together at once.

    Fluent's resolver takes about 50 µs for the answer to a check-in, this 3; a test holds the two against each other.
    """
    if not bundle(lang).has_message(key):
        return None
    value = bundle(lang).get_message(key).value
    if isinstance(value, TextElement):
        return ((value.value, True),)
    if isinstance(alone := getattr(value, "expression", None), VariableReference):
        return ((alone.id.name, False),)
    parts: list[tuple[str, bool]] = []
    for element in value.elements if isinstance(value, Pattern) else ():
        inner = getattr(element, "expression", None)
        if isinstance(element, TextElement):
            parts.append((element.value, True))
        elif isinstance(inner, VariableReference):
            parts.append((inner.id.name, False))
        else:
            return None
    return tuple(parts) or None


class Voice:
    """How to speak to one reader: a language and a time zone."""

    def __init__(self, lang: str = "zh", zone: str = "Asia/Shanghai") -> None:
        self.lang = lang if lang in LANGUAGES else "zh"
        self.zone = ZoneInfo(zone)

    def html(self, text: Say | Lines) -> str:
        """The text with Telegram's HTML markup; whatever comes from people is escaped."""
        return self._words(text, True)

    def plain(self, text: Say | Lines) -> str:
        """The text for a button, a toast or a terminal: no markup."""
        return self._words(text, False)

    def _words(self, text: Say | Lines, markup: bool) -> str:
        if isinstance(text, Lines):
            return text.gap.join(self._words(part, markup) for part in text.parts if part is not None)
        parts = template(self.lang, text.key)
        if parts is not None:
            args = [p if fixed else self._arg(text.args[p], markup) for p, fixed in parts]
            if all(type(a) is str or (type(a) is int and -1000 < a < 1000) for a in args):
                return "".join(map(str, args))
        return self._resolved(text, markup)

    def _resolved(self, text: Say, markup: bool) -> str:
        """Fluent's own way, for texts with choices and numbers with thousands."""
        for lang in (self.lang, "zh"):
            found = bundle(lang).get_message(text.key) if bundle(lang).has_message(text.key) else None
            if found is not None and found.value is not None:
                break
        else:
            raise KeyError(f"no text {text.key}")
        args = {name: self._arg(value, markup) for name, value in text.args.items()}
        words, errors = bundle(lang).format_pattern(found.value, args)
        if errors:
            raise ValueError(f"text {text.key} ({lang}): {errors[0]}")
        return str(words)

    def _arg(self, value: Any, markup: bool) -> Any:
        if isinstance(value, str):
            return html.escape(value, quote=False) if markup else value
        if isinstance(value, Say | Lines):
            return self._words(value, markup)
        if isinstance(value, Rich):
            return value.html if markup else bare(value.html)
        if isinstance(value, When):
            here = value.at.astimezone(self.zone)
            return f"{day_words(here.date(), self.lang)} {here:%H:%M}"
        if isinstance(value, datetime):
            return value.astimezone(self.zone).strftime("%H:%M")
        if isinstance(value, date):
            return day_words(value, self.lang)
        if isinstance(value, timedelta):
            return round(value.total_seconds() / 60)
        if isinstance(value, list | tuple):
            return ("、" if self.lang == "zh" else ", ").join(str(self._arg(v, markup)) for v in value)
        return "" if value is None else value


def bare(markup: str) -> str:
    """The words of a text without its markup."""
    return html.unescape(TAG.sub("", markup))


@cache
def voice(lang: str, zone: str) -> Voice:
    """The voice for a language and zone; kept, since there are few."""
    return Voice(lang, zone)


def folded(text: str) -> str:
    """A text ready to be compared: full width to half, no case, no outer or inner blanks, no emoji (UI-03)."""
    flat = unicodedata.normalize("NFKC", text).casefold()
    kept = "".join(c for c in flat if unicodedata.category(c) not in ("So", "Sk", "Mn", "Cf", "Zs"))
    return kept.strip(MARKS) or flat.strip()


@cache
def keyboard_words() -> dict[str, str]:
    """Every word that a reply keyboard may send, and its synonyms (`.also`, split at |), with its text id."""
    found: dict[str, str] = {}
    for lang in LANGUAGES:
        for key in sorted(keys_of(lang)):
            if key.startswith("menu-"):
                _learn(found, lang, key)
    return found


def _learn(found: dict[str, str], lang: str, key: str) -> None:
    message = bundle(lang).get_message(key)
    label, _ = bundle(lang).format_pattern(message.value, {})
    also = message.attributes.get("also")
    words = [label, *(bundle(lang).format_pattern(also, {})[0].split("|") if also else [])]
    for word in filter(None, map(folded, words)):
        if found.setdefault(word, key) != key:
            raise ValueError(f"the word {word} belongs to {found[word]} and to {key}")


def word_key(text: str) -> str | None:
    """The text id of a keyboard word, or None when the text is something else."""
    return keyboard_words().get(folded(text)) if len(text) <= 40 else None
