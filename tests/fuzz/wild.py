"""Values as nobody should send them: what the tests of this room put where a number, a text, a file should stand."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from texts.render import bundle

HUGE = (0, -1, 1, 2**31 - 1, 2**31, 2**32, 2**53, 2**63 - 1, 2**63, -(2**63), -(2**63) - 1, 2**64, 10**30)
KEYBOARD = tuple(
    str(bundle(lang).get_message(key).value.value)
    for lang in ("zh", "en")
    for key in sorted(bundle(lang).ids())
    if key.startswith("menu-") and hasattr(bundle(lang).get_message(key).value, "value")
)
"""Every word of the keyboards, in both languages."""
ODD = (
    "", " ", "\n", "\t\r\n", "\0", "a\0b", "\ud800", "\udc00\ud83d", "\\u0000", "\ufffe\uffff", "x" * 4096, "好" * 4096,
    "😀" * 2048, "e" + "\u0301" * 300, "\u202eabc\u202c", "\u200b\u200d\ufeff", "🧑‍🤝‍🧑" * 40,
    "<b>&amp;<script>", "{ $name }", "%", "%s%n", "'; drop table mark; --", '"', "\\",
    "１２３４", "1234", "٣٤٥٦", "0", "-1", "1" * 400, "1e400", "NaN",
    "=1+1", "@all", "#", "T01", "田小雪", "柯老师", "高远", "第1组", "9:00", "25:61", "2027-03-15", "99999-99-99",
    "3月15日 9:00-10:00", "明天", "零点", "十二点半到一点", "-" * 200, "、" * 100, "A B\nC\nD", "\n" * 500,
    "a\n" * 2000, "/", "/start", "/start " + "A" * 64, "/start in-" + "x" * 60, "/help@" + "x" * 40, "/" + "a" * 64,
    "//", "/start\0", "http://127.0.0.1/desk", "tg://user?id=1", "ABCD-EFGH", "23456789", "x" * 100_000,
)  # fmt: skip
"""Texts with which programs have been brought down before."""

numbers = st.one_of(st.sampled_from(HUGE), st.integers(-5, 12))
texts = st.one_of(st.sampled_from(ODD), st.sampled_from(KEYBOARD), st.text(max_size=30))
leaves = st.one_of(st.none(), st.booleans(), numbers, st.floats(allow_nan=False, allow_infinity=False), texts)
anything: st.SearchStrategy[Any] = st.recursive(
    leaves,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(texts, inner, max_size=3)),
    max_leaves=8,
)
"""Any JSON."""


@st.composite
def spoiled(draw: st.DrawFn, whole: st.SearchStrategy[dict[str, Any]]) -> dict[str, Any]:
    """What the strategy gives, with one or two of its places left out or filled with anything."""
    value = draw(whole)
    for _ in range(draw(st.integers(0, 2))):
        inside: Any = value
        while True:
            key = draw(st.sampled_from(sorted(inside))) if isinstance(inside, dict) else len(inside) - 1
            below = inside[key]
            if not below or not isinstance(below, dict | list) or draw(st.booleans()):
                break
            inside = below
        if draw(st.integers(0, 3)) or isinstance(inside, list):
            inside[key] = draw(anything)
        else:
            del inside[key]
        if not value:
            break
    return value
