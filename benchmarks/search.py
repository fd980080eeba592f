"""How well and how fast the search finds (`make bench-search DATA=…`): the figures of search.md, beside a peer.

The data are gzip files of JSON lines, questions with the passages that answer them; what they hold says their README.
Recall is the share of the questions with a right passage among the first so many.
"""

from __future__ import annotations

import gzip
import json
import random
import resource
import sqlite3
import sys
import time
import unicodedata
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import numpy as np
import opencc
import pypinyin
from msgspec import Struct

from benchmarks.chatter import CHATTER
from rules.search import Ranking, find
from rules.search_fit import Limits
from rules.search_index import Index
from rules.search_terms import is_asked, normal, sounds, units

Lines = list[dict[str, Any]]
Ask = Callable[[str], list[int]]


class Row(Struct, frozen=True):
    """A passage of the data."""

    id: int
    ref_id: int
    title: str
    body: str
    kind: str = "entry"
    cohort_id: int | None = None
    shown: bool = True


def read(folder: Path, name: str) -> Lines:
    """A file of the data."""
    with gzip.open(folder / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def rows_of(corpus: Lines, heading: str) -> list[Row]:
    """The passages of a corpus; `heading` names the field that is their title ("": none)."""
    return [Row(i + 1, i, line.get(heading, "") if heading else "", line["body"]) for i, line in enumerate(corpus)]


# ---- measures --------------------------------------------------------------------------------------------------------


def recall(ask: Ask, queries: Lines, place: dict[str, int], at: tuple[int, ...]) -> list[float]:
    """The share of queries with a right passage among the first so many, for each of `at`."""
    found = np.zeros(len(at))
    for query in queries:
        right, got = {place[id] for id in query["rel"] if id in place}, ask(query["text"])
        found += [bool(right.intersection(got[:k])) for k in at]
    return [round(float(share) / len(queries), 3) for share in found]


def by_index(index: Index, change: Callable[[str], str] = str) -> Ask:
    """Ask our index, the question written in another way."""
    return lambda text: [hit.ref_id for hit in find(index, change(text), None, 10).hits]


def speed(index: Index, queries: Lines) -> tuple[float, float]:
    """The median and the 99th percentile of one search, in milliseconds."""
    spent = []
    for query in queries:
        begun = time.perf_counter()
        find(index, query["text"], None, 10)
        spent.append((time.perf_counter() - begun) * 1000)
    return round(float(np.percentile(spent, 50)), 2), round(float(np.percentile(spent, 99)), 2)


def direct(rows: list[Row], queries: Lines, place: dict[str, int]) -> tuple[float, float]:
    """Half of the questions have their passages taken away: how many direct answers are right, and how many of the
    questions that have an answer get one."""
    order = random.Random(1).sample(range(len(queries)), len(queries))
    without = {place[id] for i in order[::2] for id in queries[i]["rel"] if id in place}
    index = Index.build([row for row in rows if row.ref_id not in without])
    given = right = answerable = 0
    for query in queries:
        wanted = {place[id] for id in query["rel"] if id in place} - without
        answerable += bool(wanted)
        ranking = find(index, query["text"], None)
        if ranking.hits and ranking.p >= Limits().sure:
            given += 1
            right += ranking.hits[0].ref_id in wanted
    return round(right / max(given, 1), 3), round(right / max(answerable, 1), 3)


def answered(index: Index, texts: Iterable[str]) -> float:
    """The share of texts that get a direct answer."""
    rankings: list[Ranking] = [find(index, text, None) if is_asked(text) else Ranking() for text in texts]
    return round(sum(bool(r.hits) and r.p >= Limits().sure for r in rankings) / len(rankings), 4)


# ---- the same question, written otherwise ----------------------------------------------------------------------------


def typo(times: int) -> Callable[[str], str]:
    """Some characters of each question replaced by others of the same sound."""
    alike: dict[int, list[str]] = {}
    table = sounds().of_code
    for code in range(0x4E00, 0x9FA6):
        if chr(code).encode("gb2312", "ignore"):
            alike.setdefault(int(table[code]), []).append(chr(code))

    def change(text: str) -> str:
        chance, letters = random.Random(text), list(text)
        places = [i for i, c in enumerate(letters) if "\u4e00" <= c < "\u9fa6"]
        for i in chance.sample(places, min(times, max(len(places) - 1, 0))):
            others = [c for c in alike.get(int(table[ord(letters[i])]), ()) if c != letters[i]]
            letters[i] = chance.choice(others) if others else letters[i]
        return "".join(letters)

    return change


def spaced(text: str) -> str:
    return " ".join(text)


def full_width(text: str) -> str:
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else "\u3000" if c == " " else c for c in text)


def pinyin(text: str) -> str:
    return "".join(
        "".join(pypinyin.lazy_pinyin(piece)) + " " if not piece.isascii() else piece + " " for piece in text.split()
    )


# ---- a peer ----------------------------------------------------------------------------------------------------------


def fts5(rows: list[Row], tokens: Callable[[str], str], tokenize: str, weight: float) -> Ask:
    """SQLite's own full text search over the same passages."""
    base = sqlite3.connect(":memory:")
    base.execute(f"create virtual table p using fts5(title, body, tokenize = '{tokenize}')")
    base.executemany(
        "insert into p (rowid, title, body) values (?, ?, ?)",
        ((row.id, tokens(row.title), tokens(row.body)) for row in rows),
    )

    def ask(text: str) -> list[int]:
        pieces = [piece for piece in dict.fromkeys(tokens(text).split()) if piece]
        if tokenize == "trigram":
            pieces = list(dict.fromkeys(p[i : i + 3] for p in pieces for i in range(len(p) - 2)))
        wanted = " OR ".join('"' + piece.replace('"', "") + '"' for piece in pieces)
        if not wanted:
            return []
        sql = "select rowid - 1 from p where p match ? order by bm25(p, ?, 1.0) limit 10"
        return [id for (id,) in base.execute(sql, (wanted, weight))]

    return ask


def pairs(text: str) -> str:
    """Characters, pairs of neighbours and words, with blanks between."""
    plain, out = normal(text), list[str]()
    codes = units([plain])[0].tolist()
    for left, right in zip(codes, [*codes[1:], 0], strict=False):
        if 0 < left < 1 << 60:
            out.append(chr(left))
            if 0 < right < 1 << 60:
                out.append(chr(left) + chr(right))
    return " ".join([*out, *(word for word in unicodedata.normalize("NFKC", plain).split() if word.isascii())])


# ---- the table -------------------------------------------------------------------------------------------------------


def show(name: str, values: object, reach: str = "", aim: str = "", peer: object = "") -> None:
    print(f"{name:<46} {values!s:<28} {reach:<18} {aim:<14} {peer}", flush=True)


def larger(rows: list[Row], times: int) -> list[Row]:
    """The passages again and again, each time in another order of their pieces."""
    out = list(rows)
    for turn in range(1, times):
        chance = random.Random(turn)
        for row in rows:
            pieces = [row.body[i : i + 6] for i in range(0, len(row.body), 6)]
            chance.shuffle(pieces)
            out.append(Row(len(out) + 1, len(out), row.title, "".join(pieces)))
    return out


def built(rows: list[Row], name: str) -> Index:
    begun = time.perf_counter()
    index = Index.build(rows)
    took = time.perf_counter() - begun
    show(f"build {name}: seconds, MB", (round(took, 1), round(index.size / 1e6, 1)), ".3 s 1; 3 s 14; 31-52 s 130")
    return index


def main(folder: Path) -> None:
    """Print the table."""
    faq, statutes = read(folder, "faq.corpus"), read(folder, "statute10k.corpus")
    keyword, two = read(folder, "faq.keyword.dev"), read(folder, "faq.2char.dev")
    question, lay = read(folder, "answer.dev"), read(folder, "statute.dev")
    in_faq = {line["id"]: i for i, line in enumerate(faq)}
    in_law = {line["id"]: i for i, line in enumerate(statutes)}
    titled, bare, law = rows_of(faq, "title"), rows_of(faq, ""), rows_of(statutes, "sec")
    sounds()
    show("measure", "measured", "reach", "aim", "FTS5 characters + pairs; trigram")
    index, answers, laws = built(titled, "1.5k"), built(bare, "1.5k without titles"), built(law, "10k")
    peers = [fts5(titled, pairs, "unicode61", 3.0), fts5(titled, normal, "trigram", 3.0)]
    clean = recall(by_index(index), keyword, in_faq, (1, 3))
    show("keyword R@1 R@3", clean, ".77 .89", ".80 .92", [recall(p, keyword, in_faq, (1, 3)) for p in peers])
    show("two characters R@3 R@10", recall(by_index(index), two, in_faq, (3, 10)), ".67 .84", ".72 .88",
         [recall(p, two, in_faq, (3, 10)) for p in peers])  # fmt: skip
    peers = [fts5(bare, pairs, "unicode61", 1.0), fts5(bare, normal, "trigram", 1.0)]
    show("question -> answer R@1 R@10", recall(by_index(answers), question, in_faq, (1, 10)), ".72 .94", ".76 .96",
         [recall(p, question, in_faq, (1, 10)) for p in peers])  # fmt: skip
    peers = [fts5(law, pairs, "unicode61", 1.0), fts5(law, normal, "trigram", 1.0)]
    show("lay question -> statute R@1 R@3 R@10", recall(by_index(laws), lay, in_law, (1, 3, 10)), ".375 .515 .645",
         ".41 .56 .69", [recall(p, lay, in_law, (1, 3, 10)) for p in peers])  # fmt: skip
    show("  with the other questions as aliases R@3 R@10", with_aliases(law, lay, in_law), ".58 .74", ".64 .80")
    variants(index, keyword, in_faq)
    show("direct answers, keyword: precision, coverage", direct(titled, keyword, in_faq), ">= .90 at >= .25", ".93 .40")
    show("direct answers, question: precision, coverage", direct(bare, question, in_faq), ">= .90 at >= .15", ".93 .40")
    chat = (answered(index, CHATTER), answered(laws, CHATTER), answered(answers, CHATTER))
    show("chatter answered (questions, statutes, answers)", chat, "<= .01", "<= .002")
    show("10k: p50, p99 in ms", speed(laws, lay), "2 5", ".5 1.5", [spent(peers[0], lay[:100])])
    hundred = built(larger(law, 10), "100k")
    show("100k: p50, p99 in ms", speed(hundred, lay), "5 15", "2 5")
    show("peak memory of the run, MB", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)


def variants(index: Index, keyword: Lines, place: dict[str, int]) -> None:
    """Keywords in another writing and with mistakes: R@1."""
    for name, change, reach, aim in (
        ("Traditional", opencc.OpenCC("s2t").convert, "within .01 of clean", ""),
        ("full width", full_width, "within .01 of clean", ""),
        ("spaced", spaced, "within .01 of clean", ""),
        ("one typo of the same sound", typo(1), ".74", ".77"),
        ("two typos", typo(2), ".70", ".75"),
        ("pinyin", pinyin, ".70", ".78"),
    ):
        show(f"keyword R@1, {name}", recall(by_index(index, change), keyword, place, (1,)), reach, aim)


def with_aliases(law: list[Row], lay: Lines, place: dict[str, int]) -> list[float]:
    """Every other question that was ever answered is an alias of its passages; one's own is left out."""
    aliases: dict[str, list[Row]] = {}
    number = len(law)
    for query in lay:
        for id in query["rel"]:
            if id in place:
                number += 1
                aliases.setdefault(query["id"], []).append(Row(number, place[id], query["text"], law[place[id]].body))
    index = Index.build([*law, *(row for rows in aliases.values() for row in rows)])
    out = []
    for query in lay:
        own = [Row(r.id, r.ref_id, r.title, "", shown=False) for r in aliases.get(query["id"], ())]
        out.append(by_index(index.with_changes(own))(query["text"]))
    texts = {query["text"]: got for query, got in zip(lay, out, strict=True)}
    return recall(lambda text: texts[text], lay, place, (3, 10))


def spent(ask: Ask, queries: Lines) -> tuple[float, float]:
    """The median and the 99th percentile of a peer, in milliseconds."""
    found = []
    for query in queries:
        begun = time.perf_counter()
        ask(query["text"])
        found.append((time.perf_counter() - begun) * 1000)
    return round(float(np.percentile(found, 50)), 1), round(float(np.percentile(found, 99)), 1)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
