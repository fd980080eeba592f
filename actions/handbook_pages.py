"""The handbook as a Word file: a cover, a header with its version, a chapter for each category (HANDBOOK-07).

Blocking: call it in a thread where it may be long. What comes out can be handed in again and changes nothing.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import Any

from msgspec import Struct

from actions.log_pages import HEI, SONG, clean, font, page, styles
from rules.handbook import Content
from rules.handbook_booklet import by_category, facts
from rules.handbook_file import WIDE, escaped

GREY = "666666"
TEXT, BASIS, FACTS = "Handbook text", "Handbook basis", "Handbook facts"
COVER, LINE = "Handbook cover", "Handbook line"


class Head(Struct, frozen=True):
    """What stands on the cover: title, lines below it, a note at its foot, and the line above every page."""

    title: str
    below: tuple[str, ...]
    note: str
    running: str


def word_file(head: Head, entries: Iterable[tuple[str, Content]], *, english: bool = False) -> bytes:
    """A Word file of these entries (key, text)."""
    from docx import Document

    book = Document()
    page(book)
    styles(book)
    _own_styles(book)
    _header(book, head.running)
    chapters = by_category(entries)
    _cover(book, head, [f"{category}{WIDE}{len(those)}" for category, those in chapters])
    writer = _Writer(book)
    for category, those in chapters:
        heading = book.add_heading(category, 1)
        heading.paragraph_format.page_break_before = True
        for key, content in those:
            writer.entry(key, content, english)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _own_styles(book: Any) -> None:
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Cm, Pt, RGBColor

    for name, size in ((TEXT, 12), (BASIS, 10), (FACTS, 10), (COVER, 30), (LINE, 14)):
        style = book.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = book.styles["Normal"]
        font(style, {COVER: HEI, TEXT: SONG}.get(name, "楷体"), size)
        style.paragraph_format.line_spacing = 1.5 if name == TEXT else 1.25
        style.paragraph_format.keep_with_next = name in (TEXT, BASIS)  # what it rests on stands on the same page
    book.styles[TEXT].paragraph_format.first_line_indent = Pt(24)
    book.styles[BASIS].paragraph_format.space_before = Pt(4)
    for name in (BASIS, FACTS):
        book.styles[name].font.color.rgb = RGBColor.from_string(GREY)
        book.styles[name].paragraph_format.left_indent = Cm(0.85)
    book.styles["Heading 2"].paragraph_format.space_before = Pt(16)


def _header(book: Any, running: str) -> None:
    """Above every page but the cover: title and version; a line below it."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Pt

    part = book.sections[0]
    part.different_first_page_header_footer = True
    above = part.header.paragraphs[0]
    above.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    run = above.add_run(clean(running))
    run.font.size = Pt(9)
    border, bottom = OxmlElement("w:pBdr"), OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "4"), ("space", "4"), ("color", "999999")):
        bottom.set(qn(f"w:{name}"), value)
    border.append(bottom)
    above._p.get_or_add_pPr().append(border)


def _cover(book: Any, head: Head, chapters: list[str]) -> None:
    """The title a third down, version and date below a line, the chapters, the note at the foot."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Cm, Pt

    book.core_properties.title, book.core_properties.author = head.title, ""
    title = book.add_paragraph(clean(head.title), style=COVER)
    title.paragraph_format.space_before, title.paragraph_format.space_after = Cm(6), Pt(18)
    lines = [title, *(book.add_paragraph(clean(text), style=LINE) for text in head.below)]
    lines[-1].paragraph_format.space_after = Cm(1.6)
    lines += [book.add_paragraph(clean(text), style=LINE) for text in chapters]
    lines[-1].paragraph_format.space_after = Cm(2)
    lines.append(book.add_paragraph(clean(head.note), style=FACTS))
    for line in lines:
        line.alignment = WD_ALIGN_PARAGRAPH.CENTER
        line.paragraph_format.left_indent = Cm(0)


class _Writer:
    """Writes paragraphs by the id of their style: the library's own way looks through all styles for each of them,
    which takes half a minute for a thousand entries."""

    def __init__(self, book: Any) -> None:
        self.book = book
        self.ids = {style.name: style.style_id for style in book.styles}

    def put(self, text: str, style: str) -> None:
        """The next paragraph."""
        self.book.add_paragraph(clean(text))._p.style = self.ids[style]

    def entry(self, key: str, content: Content, english: bool) -> None:
        """A question with its answer, and below it what it rests on."""
        self.put(content.q_zh, "Heading 2")
        for text in escaped(content.a_zh).split("\n"):
            self.put(text, TEXT)
        if english and content.q_en:
            self.put(f"英文问题：{content.q_en}", TEXT)
            for text in f"英文回答：{content.a_en}".split("\n"):
                self.put(text, TEXT)
        told = [f"{name}：{text}" for name, text in facts(key, content)]
        self.put(WIDE.join(told[:2]), BASIS)
        self.put(WIDE.join(told[2:]), FACTS)
