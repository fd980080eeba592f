"""The handbook as one text with headings; what is taken out so can be handed in again (HANDBOOK-07)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rules.handbook import CATEGORIES, CITED, METHOD, TO_CHECK, Content
from rules.handbook_file import escaped

CHECKED_ZH = {CITED: "有依据", TO_CHECK: "待学校核对", METHOD: "经验做法"}


def facts(key: str, content: Content) -> Iterator[tuple[str, str]]:
    """The lines below an answer: what each is called, and what it says."""
    yield "依据", content.basis
    yield "核对", CHECKED_ZH.get(content.checked, content.checked)
    if content.tags:
        yield "标签", "、".join(content.tags)
    if content.as_of:
        yield "日期", content.as_of
    yield "编号", key


def by_category(entries: Iterable[tuple[str, Content]]) -> list[tuple[str, list[tuple[str, Content]]]]:
    """The entries (key, text) under their categories, in the order of the handbook."""
    found = list(entries)
    sorted_out = [(name, [e for e in found if e[1].category == name]) for name in CATEGORIES]
    return [(name, those) for name, those in sorted_out if those]


def markdown(head: Iterable[str], entries: Iterable[tuple[str, Content]]) -> str:
    """The booklet as Markdown; `head` stands above, and belongs to no entry."""
    parts = [*(f"> {line}" for line in head), ""]
    for category, those in by_category(entries):
        parts += [f"# {category}", ""]
        for key, content in those:
            parts += [f"## {content.q_zh}", "", escaped(content.a_zh), ""]
            if content.q_en:
                parts += [f"英文问题：{content.q_en}", f"英文回答：{_first(content.a_en)}", ""]
            parts += [*(f"{name}：{text}" for name, text in facts(key, content)), ""]
    return "\n".join(parts)


def _first(text: str) -> str:
    """An English answer after its mark: the first line as it is, the others so that none is taken for a mark."""
    head, _, rest = text.partition("\n")
    return head + ("\n" + escaped(rest) if rest else "")
