"""Texts as the search compares them: one way to write them, characters and their pairs, syllables (HANDBOOK-02)."""

from __future__ import annotations

import os
import re
import unicodedata
from functools import cache, lru_cache
from hashlib import blake2b

import numpy as np
import opencc
from numpy.typing import NDArray

Numbers = NDArray[np.int64]

HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff"
_HAN = re.compile(f"[{HAN}]")
_WORD = re.compile(rf"[^\W_{HAN}]+")
_BLANKS = re.compile(rf"(?<=[{HAN}])\s+(?=[{HAN}])")
_HELLO = (
    "老师好|(?:您|你|你们|大家)?好|请问(?:一下)?|请教(?:一下)?|想问(?:一下|问)?|问一下|咨询(?:一下)?|老师(?=[,:! ])|"
    r"哈喽|嗨|在吗|麻烦(?:问)?一下|谢谢|hi\b|hello\b"
)
_THANKS = "谢谢(?:老师|您|你|了|啦)?|多谢|感谢"
_GREETINGS = re.compile(rf"^(?:[^\w]|{_HELLO})+(?=[{HAN}a-z0-9])|(?:[^\w]|{_THANKS})+$")
_ASKING = re.compile(
    "怎么办|怎么样|怎么|怎样|如何|为什么|什么|是不是|是否|能不能|能否|可不可以|可否|算不算|有没有|哪些|哪里|哪个|多少|多久|应该|应当|需要|"
    r"可以|吗|呢|的|\b(?:how|what|when|where|who|why|which|is|are|do|does|can|may|should|to|the|a|an|of|in|for|i|my|we)\b"
)
_CHAT = re.compile(
    rf"(?:[^\w]|{_HELLO}|{_THANKS}|收到|明白|知道|了|好|的|嗯|哦|哈|呵|嘿|是|ok|okay|yes|no|thanks?|you)+"
)
_MARK, _BREAK = "\ue000", "\n"
_OURS = re.compile(f"[{_MARK}\ud800-\udfff\x00]")
LOOSE = 1.7
"""When the pieces of a text have fewer characters than this on average, its blanks stand between characters."""
_WORD_BIT = 1 << 60
_FIRST_HAN, _LAST_HAN = 0x3400, 0x9FFF


@cache
def _simple() -> dict[int, str]:
    """Traditional characters and how they are written in Simplified."""
    old = "".join(map(chr, range(_FIRST_HAN, _LAST_HAN + 1)))
    convert = opencc.OpenCC("t2s").convert
    new = convert("\n".join(old)).split("\n")
    return {ord(a): b for a, b in zip(old, new, strict=True) if a != b and len(b) == 1}


def _written(text: str) -> str:
    """A text in the one way of writing, its blanks as they are; never fails, whatever the text holds."""
    plain = unicodedata.normalize("NFKC", _OURS.sub(" ", text)).lower().translate(_simple())
    return _OURS.sub(" ", plain).strip()


def normal(text: str) -> str:
    """A text in the one way of writing in which texts are compared, without blanks between Chinese characters."""
    return _BLANKS.sub("", _written(text))


def asked(text: str) -> str:
    """A question in that way of writing, without greetings and thanks; unless nothing else is left."""
    plain = normal(text)
    return _GREETINGS.sub("", plain).strip() or plain


def keywords(text: str) -> list[str]:
    """The pieces of a question: the words of a list with blanks between them, or all of it as one piece. Blanks between
    single characters mean nothing."""
    plain = _written(text)
    plain = _GREETINGS.sub("", plain).strip() or plain
    found = _split(plain, r"\s+")
    chinese = [piece for piece in found if has_han(piece)]
    if len(chinese) > 1 and sum(map(len, chinese)) < LOOSE * len(chinese):
        found = [_BLANKS.sub("", piece) for piece in _split(plain, r"\s{2,}")]
    pieces: list[str] = []
    for piece in found:
        if pieces and not has_han(piece) and not has_han(pieces[-1]):
            pieces[-1] += " " + piece
        else:
            pieces.append(piece)
    return list(dict.fromkeys(pieces))


def without_asking(text: str) -> str:
    """A normal text without the words that only ask (how, what, whether)."""
    return _ASKING.sub(" , ", text)


def _split(text: str, at: str) -> list[str]:
    return [piece for piece in re.split(at, text) if piece]


def is_asked(text: str) -> bool:
    """Whether anything is left to look for when greetings, thanks and signs are taken away."""
    return re.search(r"[^\W_]", _GREETINGS.sub("", _OURS.sub(" ", normal(text)))) is not None and not _CHAT.fullmatch(
        normal(text)
    )


def words(text: str) -> list[str]:
    """The runs of letters and digits of a normal text."""
    return _WORD.findall(text)


def has_han(text: str) -> bool:
    """Whether there is a Chinese character in it."""
    return _HAN.search(text) is not None


@lru_cache(20_000)
def _number(word: str) -> int:
    return int.from_bytes(blake2b(word.encode(), digest_size=7).digest()) | _WORD_BIT


def units(texts: list[str]) -> tuple[Numbers, Numbers]:
    """Normal texts as numbers, one for a Chinese character and one for a run of letters (0: nothing, a break), and
    which text each belongs to."""
    found: list[str] = []

    def mark(match: re.Match[str]) -> str:
        found.append(match[0])
        return _MARK

    joined = _BREAK.join(_WORD.sub(mark, text.replace(_BREAK, " ")) for text in texts)
    codes: Numbers = np.frombuffer(joined.encode("utf-32-le"), dtype="<u4").astype(np.int64)
    owners: Numbers = np.cumsum(codes == ord(_BREAK))
    marked = codes == ord(_MARK)
    han = (codes >= 0x20000) | ((codes >= _FIRST_HAN) & (codes <= _LAST_HAN) & ~((codes > 0x4DBF) & (codes < 0x4E00)))
    han |= codes == 0x3007
    codes[~han] = 0
    codes[marked] = [_number(word) for word in found]
    return codes, owners


def terms(texts: list[str]) -> tuple[Numbers, Numbers]:
    """The terms of normal texts (characters, pairs of neighbours, words), and which text each belongs to."""
    codes, owners = units(texts)
    left, right = codes[:-1], codes[1:]
    pairs = (left > 0) & (right > 0) & (left < _WORD_BIT) & (right < _WORD_BIT)
    single = codes > 0
    return (
        np.concatenate([codes[single], (left[pairs] << 21) | right[pairs]]),
        np.concatenate([owners[single], owners[:-1][pairs]]),
    )


# ---- same sound ---------------------------------------------------------------


class Sounds:
    """The syllables of all characters, without tones; it takes a moment to make."""

    def __init__(self) -> None:
        # Only the search needs it. Its dictionary of phrases (45 MB) is for telling the sounds of a character apart by
        # its neighbours; we take the first sound of each character.
        os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
        os.environ.setdefault("PYPINYIN_NO_DICT_COPY", "true")
        from pypinyin.constants import PINYIN_DICT

        self.numbers: dict[str, int] = {}
        self.of_code = np.zeros(0x10000, dtype=np.int64)
        for code in range(_FIRST_HAN, _LAST_HAN + 1):
            found = PINYIN_DICT.get(code, "").partition(",")[0]
            if found:
                marked = unicodedata.normalize("NFD", found).replace("u\u0308", "v")  # ü is typed v
                syllable = marked.encode("ascii", "ignore").decode()
                self.of_code[code] = self.numbers.setdefault(syllable, len(self.numbers) + 1)

    def spelled(self, word: str) -> list[int]:
        """A run of letters as the fewest syllables, or nothing when it is not made of syllables."""
        best: list[list[int] | None] = [[], *[None] * len(word)]
        for end in range(1, len(word) + 1):
            for start in range(max(0, end - 6), end):
                before, number = best[start], self.numbers.get(word[start:end])
                if before is not None and number is not None and (
                    (now := best[end]) is None or len(before) + 1 < len(now)
                ):  # fmt: skip
                    best[end] = [*before, number]
        return best[len(word)] or []


@cache
def sounds() -> Sounds:
    """The syllables, made once."""
    return Sounds()


def _pairs(codes: Numbers, owners: Numbers) -> tuple[Numbers, Numbers]:
    left, right = codes[:-1], codes[1:]
    pairs = (left > 0) & (right > 0)
    return (left[pairs] << 16) | right[pairs], owners[:-1][pairs]


def sound_terms(texts: list[str]) -> tuple[Numbers, Numbers]:
    """The pairs of neighbouring syllables of normal texts, and which text each belongs to."""
    codes, owners = units(texts)
    return _pairs(sounds().of_code[np.where(codes < 0x10000, codes, 0)], owners)


def asked_sounds(text: str) -> Numbers:
    """The pairs of syllables of a question; letters count where they spell syllables."""
    table, found = sounds(), list[int]()
    for piece in re.findall(rf"[{HAN}]|[^\W_{HAN}]+|[^\w\s]", text):
        if _HAN.match(piece):
            code = ord(piece)
            found.append(int(table.of_code[code]) if code < 0x10000 else 0)
        else:
            found += table.spelled(piece) if len(piece) <= 60 else [0]
    codes = np.array(found, dtype=np.int64)
    return _pairs(codes, codes)[0]
