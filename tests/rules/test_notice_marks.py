"""Formatting typed as marks: what becomes of it, and back."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from rules.notice_fields import bare
from rules.notice_marks import html_of, marks_of
from simulator.html import parse_html

LETTERS = some.text("ab *_+~|`[]()>\\\n<&\"'中{}https://x.y", max_size=60)


@pytest.mark.parametrize(
    ("typed", "markup"),
    [
        ("请带**手册**和__笔__", "请带<b>手册</b>和<i>笔</i>"),
        ("**都__斜__了**", "<b>都<i>斜</i>了</b>"),
        ("++下++ ~~删~~ ||暗||", "<u>下</u> <s>删</s> <tg-spoiler>暗</tg-spoiler>"),
        ("看[地图](https://a.cn/x?a=1&b=2)", '看<a href="https://a.cn/x?a=1&amp;b=2">地图</a>'),
        ("[坏](javascript:alert(1))", "[坏](javascript:alert(1))"),
        ('[坏](https://a.cn/"onclick=x)', '[坏](https://a.cn/"onclick=x)'),
        ("<b>不是</b> & <script>", "&lt;b&gt;不是&lt;/b&gt; &amp; &lt;script&gt;"),
        ("> 引一\n> **引二**\n后", "<blockquote>引一\n<b>引二</b></blockquote>\n后"),
        ("`a**b**<`", "<code>a**b**&lt;</code>"),
        ("```\n<a>\n> x\n```", "<pre>&lt;a&gt;\n&gt; x</pre>"),
        (r"\**不粗\** 2 ** 3 **", "**不粗** 2 ** 3 **"),
        ("**没有关", "**没有关"),
        ("a_b__c 3*4", "a_b__c 3*4"),
    ],
)
def test_marks_become_tags(typed: str, markup: str) -> None:
    assert html_of(typed) == markup
    assert html_of(marks_of(markup)) == markup, marks_of(markup)


def test_tags_that_come_from_the_chat_become_marks() -> None:
    assert marks_of("<b>两行\n都粗 </b>和<i> 斜</i>") == "**两行**\n**都粗** 和 __斜__"
    assert marks_of('<a href="tg://user?id=1">人</a><b></b>') == "人"
    assert marks_of('<a href="https://a.cn/(x)">链</a>') == "[链](https://a.cn/%28x%29)"


@settings(max_examples=60, deadline=None)
@given(LETTERS)
def test_what_comes_out_is_always_sendable_and_goes_there_and_back(typed: str) -> None:
    markup = html_of(typed)
    parse_html(markup)
    assert bare(html_of(marks_of(markup))).split() == bare(markup).split()
