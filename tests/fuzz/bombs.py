"""Files that are small to send and large to open; run as a program it opens each of them and tells what that cost."""

from __future__ import annotations

import io
import json
import resource
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
HEAD = b'<?xml version="1.0" encoding="UTF-8"?>'


def packed(parts: Iterable[tuple[str | zipfile.ZipInfo, bytes]]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts:
            made.writestr(name, content)
    return out.getvalue()


def _types(**kinds: str) -> bytes:
    office, package = "application/vnd.openxmlformats-officedocument", "application/vnd.openxmlformats-package"
    parts = "".join(
        f'<Override PartName="/{name.replace("__", "/")}.xml" ContentType="{office}.{kind}+xml"/>'
        for name, kind in kinds.items()
    )
    return (
        HEAD
        + (
            f'<Types xmlns="{PACKAGE}/content-types">'
            f'<Default Extension="rels" ContentType="{package}.relationships+xml"/>'
            f'<Default Extension="xml" ContentType="application/xml"/>{parts}</Types>'
        ).encode()
    )


def _links(**targets: tuple[str, str]) -> bytes:
    links = "".join(
        f'<Relationship Id="{id}" Type="{OFFICE}/{kind}" Target="{to}"/>' for id, (kind, to) in targets.items()
    )
    return HEAD + f'<Relationships xmlns="{PACKAGE}/relationships">{links}</Relationships>'.encode()


def sheet_of(rows: bytes, head: bytes = HEAD) -> bytes:
    """A sheet with a lie about its size."""
    return (
        head + f'<worksheet xmlns="{MAIN}"><dimension ref="A1:XFD1048576"/><sheetData>'.encode()
        + rows + b"</sheetData></worksheet>"
    )  # fmt: skip


def book(
    rows: bytes = b"", shared: bytes = b"", *, sheet: bytes = b"", at: str = "worksheets/sheet1.xml",
    more: Iterable[tuple[str | zipfile.ZipInfo, bytes]] = (),
) -> bytes:  # fmt: skip
    """A workbook with one sheet, written by hand."""
    named = f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets><sheet name="学员" sheetId="1" r:id="r1"/></sheets>'
    kinds = {"xl__workbook": "spreadsheetml.sheet.main", "xl__sharedStrings": "spreadsheetml.sharedStrings"}
    return packed([
        ("[Content_Types].xml", _types(**kinds)),
        ("_rels/.rels", _links(r1=("officeDocument", "xl/workbook.xml"))),
        ("xl/workbook.xml", HEAD + named.encode() + b"</workbook>"),
        ("xl/_rels/workbook.xml.rels", _links(r1=("worksheet", at), r2=("sharedStrings", "sharedStrings.xml"))),
        ("xl/sharedStrings.xml", HEAD + f'<sst xmlns="{MAIN}">'.encode() + shared + b"</sst>"),
        (f"xl/{at}", sheet or sheet_of(rows)), *more,
    ])  # fmt: skip


def letter(body: bytes, head: bytes = HEAD) -> bytes:
    """A Word file with this body, written by hand."""
    return packed([
        ("[Content_Types].xml", _types(word__document="wordprocessingml.document.main")),
        ("_rels/.rels", _links(r1=("officeDocument", "word/document.xml"))),
        ("word/document.xml", head + f'<w:document xmlns:w="{WORD}"><w:body>'.encode() + body
         + b"</w:body></w:document>"),
    ])  # fmt: skip


def picture(width: int, height: int, mode: str, form: str) -> bytes:
    from PIL import Image

    out = io.BytesIO()
    Image.new(mode, (width, height)).save(out, form)
    return out.getvalue()


LAUGHS = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a0 "ha">' + b"".join(
    b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 12)
) + b"]>"  # fmt: skip
OUTSIDE = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
WIDE = '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE a [<!ENTITY b "boom">]>'
CELL = b'<row r="1"><c r="A1" t="inlineStr"><is><t>&a11;&x;&b;</t></is></c></row>'
TEXT = b"<w:p><w:r><w:t>&a11;&x;&b;</w:t></w:r></w:p>"
H = "姓名,组号,座号\n".encode()

BOOKS: dict[str, Callable[[], bytes]] = {
    "laughs": lambda: book(sheet=sheet_of(CELL, LAUGHS)),
    "laughs under another ending": lambda: book(sheet=sheet_of(CELL, LAUGHS), at="worksheets/sheet1.dat"),
    "laughs among pictures": lambda: book(sheet=sheet_of(CELL, LAUGHS), at="media/a.png"),
    "a file from outside": lambda: book(sheet=sheet_of(CELL, OUTSIDE)),
    "laughs in sixteen bits": lambda: book(sheet=(WIDE + sheet_of(CELL, b"").decode()).encode("utf-16")),
    "another encoding": lambda: book(sheet=sheet_of(CELL, b'<?xml version="1.0" encoding="utf-7"?>')),
    "two million strings": lambda: book(b"<row/>", b"<si><t>a</t></si>" * 2_000_000),
    "ten million empty strings": lambda: book(b"<row/>", b"<si/>" * 10_000_000),
    "a million rows": lambda: book(b"<row/>" * 1_048_576),
    "many empty rows": lambda: book(b"<row/>" * 5_000),
    "a million cells in a row": lambda: book(b"<row>" + b"<c/>" * 1_000_000 + b"</row>"),
    "half a million attributes": lambda: book(b"<row " + b"".join(b' a%d=""' % n for n in range(450_000)) + b"/>"),
    "a row far away": lambda: book(b'<row r="1048576"><c><v>1</v></c></row>'),
    "a row beyond all": lambda: book(b'<row r="1099511627776"><c><v>1</v></c></row>'),
    "a column beyond all": lambda: book(b'<row r="1"><c r="ZZZZZZZ1"><v>1</v></c></row>'),
    "an endless cell": lambda: book(b'<row><c t="inlineStr"><is><t>' + b"a" * 9_000_000 + b"</t></is></c></row>"),
    "one long string in all cells": lambda: book(
        (b"<row>" + b'<c t="s"><v>0</v></c>' * 150 + b"</row>") * 300, b"<si><t>" + b"a" * 32_000 + b"</t></si>"
    ),
    "deep": lambda: book(b"<x>" * 30_000 + b"</x>" * 30_000),
    "a gigabyte of nothing": lambda: packed((f"xl/{n}", b"\0" * 9_000_000) for n in range(8)),
    "a false size": lambda: book().replace(b"xl/sharedStrings.xml", b"xl/sharedStrings.xmm", 1),
}  # fmt: skip
LETTERS: dict[str, Callable[[], bytes]] = {
    "h.docx laughs": lambda: letter(TEXT, LAUGHS),
    "h.docx a file from outside": lambda: letter(TEXT, OUTSIDE),
    "h.docx many paragraphs": lambda: letter(b"<w:p/>" * 1_000_000),
    "h.docx long": lambda: letter(b"<w:p/>" * 20_100),
    "h.docx tables in tables": lambda: letter(b"<w:tbl><w:tr><w:tc>" * 60_000 + b"</w:tc></w:tr></w:tbl>" * 60_000),
    "h.md headings": lambda: b"# a\n## b\nc\n" * 900_000,
    "h.md lines": lambda: "# 党建引领\n## 问\n".encode() + b"\n" * 9_000_000,
    "h.md long": lambda: "# 党建引领\n## 问\n".encode() + b"a\n" * 25_000,
    "h.md blanks in a heading": lambda: b"# a" + b" " * 300_000 + b"x",
    "h.md no text": lambda: b"\x00\xff" * 1000,
    "h.toml entries": lambda: b"[[entry]]\n" * 900_000,
    "h.toml many entries": lambda: b"[[entry]]\n" * 30_000,
    "h.toml dots": lambda: b".".join([b"a"] * 400_000) + b"=1",
    "h.toml brackets": lambda: b"a=" + b"[" * 900_000,
    "h.toml digits": lambda: b"a=" + b"9" * 900_000,
    "h.toml a day that is none": lambda: b"as_of=9999-99-99",
}  # fmt: skip
FOLDERS: dict[str, Callable[[], dict[str, bytes]]] = {
    "one line": lambda: {"trainees.csv": b"a" * 9_900_000},
    "a hundred thousand columns": lambda: {"trainees.csv": b"a," * 100_000 + b"\n" + b"," * 100_000},
    "millions of columns": lambda: {"trainees.csv": b"," * 3_000_000},
    "millions of rows": lambda: {"trainees.csv": b"\n" * 500_000},
    "fifty megabytes": lambda: {"trainees.csv": b"a,b\n" * 12_500_000},
    "an open quotation mark": lambda: {"trainees.csv": H + b'"' + b"a\n" * 1_000_000},
    "NULs": lambda: {"trainees.csv": H + b"a\0b,1,2\n"},
    "no encoding": lambda: {"trainees.csv": H + b"\xff\xfe\xed\xa0\x80,1,2\n"},
    "deep settings": lambda: {"settings.toml": b"a={" * 90_000, "class.toml": b".".join([b"a"] * 90_000) + b"=1"},
    "a workbook called csv": lambda: {"trainees.csv": book()},
    "everything twice": lambda: {f"trainees{end}": H for end in (".csv", ".txt", ".tsv")},
}  # fmt: skip
PICTURES: dict[str, Callable[[], bytes]] = {
    "59 million dots of one bit": lambda: picture(7700, 7700, "1", "PNG"),
    "12 million colours": lambda: picture(3500, 3500, "P", "PNG"),
    "a JPEG of 59 million": lambda: picture(7700, 7700, "L", "JPEG"),
    "a GIF that says it is huge": lambda: b"GIF89a" + b"\xff" * 6 + b"\0" * 100,
    "PostScript behind a JPEG's first bytes": lambda: b"\xff\xd8\xff%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n",
}  # fmt: skip


def cost_of_all() -> dict[str, tuple[list[str], float]]:
    """(what is wrong by the ids of the texts, seconds) for each of them."""
    from actions.classfiles import read_folder, read_workbook
    from actions.handbook_files import read_handbook
    from actions.pictures import prepared

    found: dict[str, tuple[list[str], float]] = {}

    def note(name: str, data: Any, read: Callable[[Any], list[str]]) -> None:
        begun = time.process_time()
        keys = read(data)
        found[name] = sorted(set(keys)), time.process_time() - begun

    for name, make in BOOKS.items():
        note(name, make(), lambda data: [p.key for p in read_workbook(data).problems])
    for name, make in LETTERS.items():
        file = name.split()[0]
        note(name, make(), lambda data, file=file: [p.key for p in read_handbook(data, file).problems])
    for name, made in FOLDERS.items():
        with tempfile.TemporaryDirectory() as folder:
            for file, content in made().items():
                (Path(folder) / file).write_bytes(content)
            note(name, folder, lambda at: [p.key for p in read_folder(Path(at)).problems])
    for name, make in PICTURES.items():
        note(name, make(), lambda data: [prepared(data).kind])
    return found


if __name__ == "__main__":
    import actions.handbook_files
    import actions.pictures  # noqa: F401  # what a running program has in memory already

    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    costs = cost_of_all()
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024
    json.dump({"costs": costs, "grown_mb": grown}, sys.stdout)
