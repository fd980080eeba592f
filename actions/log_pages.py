"""Logs as documents: a Word file typeset for Chinese, with photos and the teacher's words; a workbook (LOG-12).

Blocking: call it in a thread. It is given values and asks for pictures one by one, so that memory stays small.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from msgspec import Struct

SONG, HEI = "宋体", "黑体"
LATIN = "Times New Roman"
PHOTO_CM = 7.4
_NONE = re.compile("[\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


class Entry(Struct, frozen=True, kw_only=True):
    """One log as it is printed; `lines` are its paragraphs, `pictures` the ids of its photos."""

    title: str
    facts: str = ""
    lines: tuple[str, ...] = ()
    pictures: tuple[int, ...] = ()
    others: str = ""
    replies: tuple[str, ...] = ()
    person: str = ""
    """In the volume of a class: whose it is, where a new person begins."""


Pictures = Callable[[int], bytes | None]


def word_file(
    title: str, subtitle: str, entries: Iterable[Entry], pictures: Pictures, told: Callable[[int], None] | None = None
) -> bytes:
    """A Word file of these logs; `told` hears how many are set."""
    from docx import Document

    book = Document()
    page(book)
    styles(book)
    _head(book, title, subtitle)
    album = _Album(book, pictures)
    for number, entry in enumerate(entries, 1):
        _entry(book, entry, album)
        if told is not None:
            told(number)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def page(book: Any) -> None:
    """A4 with a page number at the foot."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Cm

    part = book.sections[0]
    part.page_width, part.page_height = Cm(21), Cm(29.7)
    part.left_margin = part.right_margin = Cm(2.8)
    part.top_margin, part.bottom_margin = Cm(2.6), Cm(2.4)
    foot = part.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        foot.add_run()._r.append(field(kind, text))


def field(kind: str, text: str) -> Any:
    """A piece of a field, such as the number of the page."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    if kind:
        part = OxmlElement("w:fldChar")
        part.set(qn("w:fldCharType"), kind)
    else:
        part = OxmlElement("w:instrText")
        part.text = text
    return part


def styles(book: Any) -> None:
    """Song for the text, Hei for headings, 1.5 lines, the first line two characters in, as Chinese is set."""
    from docx.shared import Pt, RGBColor

    plain = book.styles["Normal"]
    font(plain, SONG, 12)
    plain.paragraph_format.line_spacing = 1.5
    plain.paragraph_format.space_after = Pt(0)
    for name, size in (("Title", 22), ("Heading 1", 16), ("Heading 2", 14)):
        style = book.styles[name]
        font(style, HEI, size)
        style.font.bold = False
        style.font.color.rgb = RGBColor(0, 0, 0)
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(12), Pt(6)
        style.paragraph_format.keep_with_next = True


def font(style: Any, chinese: str, size: int) -> None:
    """A style's letters, for Chinese and for the rest."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Pt

    style.font.name, style.font.size = LATIN, Pt(size)
    properties = style.element.get_or_add_rPr()
    fonts = properties.find(qn("w:rFonts"))
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    fonts.set(qn("w:eastAsia"), chinese)
    lang = properties.find(qn("w:lang"))
    if lang is None:
        lang = OxmlElement("w:lang")
        properties.append(lang)
    lang.set(qn("w:val"), "en-GB")
    lang.set(qn("w:eastAsia"), "zh-CN")


def _head(book: Any, title: str, subtitle: str) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    book.core_properties.title, book.core_properties.author = title, ""
    head = book.add_paragraph(clean(title), style="Title")
    below = book.add_paragraph(clean(subtitle))
    head.alignment = below.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _entry(book: Any, entry: Entry, album: _Album) -> None:
    from docx.shared import Cm, Pt

    if entry.person:
        book.add_heading(clean(entry.person), 1)
    book.add_heading(clean(entry.title), 2)
    if entry.facts:
        facts = book.add_paragraph(clean(entry.facts))
        facts.runs[0].font.size = Pt(10.5)
        facts.paragraph_format.keep_with_next = True
    for line in entry.lines:
        book.add_paragraph(clean(line)).paragraph_format.first_line_indent = Pt(24)
    row = None
    for number, id in enumerate(entry.pictures):
        if row is None or number % 2 == 0:
            row = book.add_paragraph()
            row.paragraph_format.line_spacing = 1.0
            row.paragraph_format.space_before = Pt(6)
        if album.draw(row.add_run(), id):
            row.add_run(" ")
    for line in (entry.others, *entry.replies):
        if line:
            book.add_paragraph(clean(line)).paragraph_format.left_indent = Cm(0.8)


class _Album:
    """The pictures of one file. The library's own way hashes all earlier pictures for each new one, which takes minutes
    for the photos of a class; ours are known by their ids, and each is put in once."""

    def __init__(self, book: Any, pictures: Pictures) -> None:
        self.book, self.pictures = book, pictures
        self.known: dict[int, tuple[str, Any, Any] | None] = {}
        self.shown = 0

    def draw(self, run: Any, id: int) -> bool:
        """Show a picture at the end of a run; False where it is not to be had."""
        from docx.oxml.shape import CT_Inline

        if id not in self.known:
            self.known[id] = self._added(id)
        found = self.known[id]
        if found is None:
            return False
        related, width, height = found
        self.shown += 1
        run._r.add_drawing(CT_Inline.new_pic_inline(self.shown, related, f"photo{self.shown}.jpg", width, height))
        return True

    def _added(self, id: int) -> tuple[str, Any, Any] | None:
        from docx.image.image import Image
        from docx.opc.constants import RELATIONSHIP_TYPE
        from docx.opc.packuri import PackURI
        from docx.parts.image import ImagePart
        from docx.shared import Cm

        content = self.pictures(id)
        if content is None:
            return None
        image = Image.from_blob(content)
        part = ImagePart.from_image(image, PackURI(f"/word/media/photo{id}.{image.ext}"))
        return (self.book.part.relate_to(part, RELATIONSHIP_TYPE.IMAGE), *image.scaled_dimensions(width=Cm(PHOTO_CM)))


def clean(text: str) -> str:
    """Without the signs that no Word file may hold."""
    return "".join(c for c in text if c in "\t\n" or (c >= " " and not _NONE.match(c)))


def workbook(title: str, header: Sequence[str], rows: Iterable[Sequence[Any]], widths: Sequence[int]) -> bytes:
    """A workbook with one sheet; nothing in it is a formula."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    book = Workbook(write_only=True)
    sheet = book.create_sheet(title[:31])
    sheet.freeze_panes = "A2"
    for at, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(at)].width = width
    heads = [WriteOnlyCell(sheet, value=name) for name in header]
    for cell in heads:
        cell.font = Font(bold=True)
    sheet.append(heads)
    for row in rows:
        cells = [WriteOnlyCell(sheet, value=_safe(value)) for value in row]
        for cell in cells:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
        sheet.append(cells)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _safe(value: Any) -> Any:
    """A text that a spreadsheet would take for a formula is text, and short enough for a cell."""
    if not isinstance(value, str):
        return value
    text = "".join(c for c in clean(value) if c >= " " or c == "\n")[:32_000]
    return f"'{text}" if text[:1] in tuple("=+-@") else text
