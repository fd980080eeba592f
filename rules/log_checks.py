"""Hints about a log before it is handed in: never a refusal, never a scolding (LOG-02, LOG-15)."""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Iterable, Iterator
from zlib import crc32

from msgspec import Struct

from rules.settings_talk import Log

SHORT, PARTS, COPIED, PRIVATE, EMPTY, LONG = (
    "too_short",
    "few_parts",
    "copied",
    "private_data",
    "empty_talk",
    "too_long",
)

_PHONE = re.compile(r"(?<!\d)(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)|(?<!\d)0\d{2,3}[-—]\d{7,8}(?!\d)")
_IDENTITY = re.compile(r"(?<!\d)\d{17}[\dXx](?![\dXx])|(?<!\d)\d{15}(?!\d)")
_DOOR = re.compile(r"\d+\s*(?:栋|幢|号楼|单元|室|号门|座)|\d+\s*[-—]\s*\d+\s*[-—]\s*\d{2,4}")
SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳"
    "酆鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊"
    "纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯管卢莫经房裘缪干解应宗丁宣邓洪包诸"
    "左石崔吉钮龚程嵇邢裴陆荣翁荀羊甄曲家封芮储靳汲松井段富巫乌焦巴弓牧隗山谷车侯宓蓬全班仰秋仲伊宫宁仇栾暴甘厉戎祖武符刘景詹"
    "束龙叶幸司韶郜黎蓟薄印宿白怀蒲邰从鄂索咸籍赖卓蔺屠蒙池乔阴胥能苍双闻莘党翟谭贡劳逄姬申扶堵冉宰郦雍桑桂濮牛寿通边扈燕冀浦"
    "尚农温别庄晏柴瞿阎充慕连茹习宦艾鱼容向古易慎戈廖庾终暨居衡步都耿满弘匡国文寇广禄阙东欧沃利蔚越隆师巩聂晁勾敖融冷訾辛阚那简"
    "饶曾沙乜养鞠丰巢关蒯相查后荆红游竺权盖益桓公万俟肖付代邝涂闫覃岳洛"
)
_NAMED = re.compile(rf"(?<![\u4e00-\u9fff])?[{SURNAMES}][\u4e00-\u9fff]{{1,2}}(?:家|先生|女士)")
_OTHER_HOMES = re.compile(
    r"(?:大|国|专|作|画|科学|企业|回|在|到|离|人|居|老|各|哪|全|自|当|成|顾|搬|住|每|几|个|两|一|三|谁|管|行|厂|商|店|东|公|同)家$"
)
_STOCK = (
    "今天学了很多", "学到了很多", "学到很多", "收获很大", "收获满满", "受益匪浅", "感谢老师", "谢谢老师", "感谢学校",
    "明天继续努力", "继续努力", "继续加油", "老师辛苦了", "老师讲得很好", "讲得很好", "非常好", "很有意义", "很充实",
    "感触很深", "深受启发", "深受教育", "开阔了眼界", "提高了认识", "今后会更加努力", "学以致用", "再接再厉",
)  # fmt: skip


class Copy(Struct, frozen=True):
    """The prints of a text, so that near copies are found without reading all others: the number of its three-character
    pieces, and the smallest of their numbers (as many as a near copy must share one of)."""

    grams: int
    sketch: bytes


def squeezed(text: str) -> str:
    """A text without blanks and punctuation, as texts are compared."""
    return re.sub(r"\W", "", text)


def grams(text: str) -> set[str]:
    """The three-character pieces of a text, blanks and punctuation left out."""
    plain = squeezed(text)
    return {plain[i : i + 3] for i in range(len(plain) - 2)}


def similarity(a: str, b: str) -> float:
    """Jaccard index of the pieces of two texts, 0 to 1 (class/check.py)."""
    x, y = grams(a), grams(b)
    return len(x & y) / len(x | y) if x | y else 0.0


KEPT = 0.16
"""The share of a text's pieces that is kept as its prints."""


def prints(text: str) -> Copy:
    """The prints of a text: the smallest sixth of the numbers of its pieces."""
    numbers = sorted({crc32(g.encode()) for g in grams(text)})
    return Copy(len(numbers), array("I", numbers[: int(KEPT * len(numbers)) + 1]).tobytes())


class Alike:
    """Looks for texts that may be as alike as this to one text; a near copy is never missed, what is found is then
    compared whole.

    Of two sets that share at least `common` pieces, the beginnings (in one order of all pieces) that leave out fewer
    than `common` - k of each share at least k.
    """

    def __init__(self, text: str, threshold: float) -> None:
        self.mine, self.threshold = prints(text), threshold
        self.numbers = frozenset(_numbers(self.mine.sketch))

    @property
    def sizes(self) -> tuple[int, int]:
        """How many pieces a text has at least and at most that is as alike as this."""
        return _ceil(self.mine.grams * self.threshold), int(self.mine.grams / max(self.threshold, 0.01) + 1e-9)

    def may_be(self, other: Copy) -> bool:
        """Whether another text can be as alike as this."""
        mine, few_many = self.mine, sorted((self.mine.grams, other.grams))
        if not few_many[0] or few_many[0] < self.threshold * few_many[1] - 1e-9:
            return False
        common = _ceil(self.threshold / (1 + self.threshold) * (mine.grams + other.grams))
        left_out = max(mine.grams - len(self.numbers), other.grams - len(other.sketch) // 4)
        return common <= left_out or len(self.numbers.intersection(_numbers(other.sketch))) >= common - left_out


def _numbers(sketch: bytes) -> array[int]:
    found = array("I")
    found.frombytes(sketch)
    return found


def _ceil(value: float) -> int:
    return -int(-(value - 1e-9) // 1)


def private(text: str) -> bool:
    """Whether a text seems to hold a telephone, identity or door number, or the full name of a household."""
    return next(traces(text), None) is not None


def traces(text: str) -> Iterator[tuple[str, str]]:
    """The stretches of a text that `private` means, as they stand in it, each with its kind: number, door, name."""
    for kind, pattern in (("number", _PHONE), ("number", _IDENTITY), ("door", _DOOR)):
        yield from ((kind, found[0]) for found in pattern.finditer(text))
    yield from (("name", m[0]) for m in _NAMED.finditer(text) if not _OTHER_HOMES.search(m[0]))


def is_empty_talk(text: str) -> bool:
    """Whether a text says nothing but what one always says."""
    plain = squeezed(text)
    if not plain:
        return False
    for phrase in sorted(_STOCK, key=len, reverse=True):
        plain = plain.replace(phrase, "")
    return len(plain) < 8


def chars(text: str) -> int:
    """The length of a text as the writer counts it: blanks are nothing, and a row of emoji is no sentence."""
    return sum(not c.isspace() and unicodedata.category(c) not in ("So", "Sk", "Cf", "Cs", "Mn", "Me") for c in text)


def advice(text: str, slots: Iterable[str], rules: Log) -> tuple[str, ...]:
    """Hints about the text itself, in the order in which they are said. `slots` are the prompts that were answered;
    a text that says of no part which it answers is judged by its length only."""
    found = []
    count, named = chars(text), set(slots)
    if is_empty_talk(text):
        found.append(EMPTY)
    if count < rules.min_chars:
        found.append(SHORT)
    elif named and "" not in named and len(named) < rules.min_distinct_parts:
        found.append(PARTS)
    if count > rules.max_chars:
        found.append(LONG)
    if private(text):
        found.append(PRIVATE)
    return tuple(found)
