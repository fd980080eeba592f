"""Messages in the pieces that Telegram takes: nothing lost, nothing too long, no markup broken."""

from __future__ import annotations

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chat.messages import Button, Keyboard, Message, button, lines, say
from chat.words import Item
from texts.press import keys, messages_of, pieces, press
from texts.render import voice

ZH = voice("zh", "Asia/Shanghai")
TAG = re.compile(r"<(/?)(\w+)[^<>]*>")
LIMIT = 200

words = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=30).map(
    lambda text: html.escape(text, quote=False)
)
marked = st.tuples(st.sampled_from(["<b>{}</b>", "<i>{}</i>", '<a href="https://t.me/x?a=1&amp;b=2">{}</a>', "{}"]),
                   words).map(lambda pair: pair[0].format(pair[1]))  # fmt: skip
line = st.lists(marked, max_size=6).map("".join).filter(lambda text: units(text) <= LIMIT // 2)
text = st.lists(line, max_size=30).flatmap(
    lambda found: st.sampled_from(["\n", "\n\n"]).map(lambda gap: gap.join(found))
)


def units(text: str) -> int:
    """The length as Telegram counts: UTF-16 units."""
    return len(text.encode("utf-16-le")) // 2


def is_whole(piece: str) -> bool:
    """Whether every tag is closed, none is cut, and no entity is."""
    open_tags: list[str] = []
    for closing, name in TAG.findall(piece):
        if not closing:
            open_tags.append(name)
        elif not open_tags or open_tags.pop() != name:
            return False
    rest = TAG.sub("", piece)
    return not open_tags and "<" not in rest and ">" not in rest and "&" not in re.sub(r"&(amp|lt|gt);", "", rest)


@given(text)
def test_pieces_are_short_whole_and_lose_nothing(text: str) -> None:
    found = pieces(text, LIMIT)
    assert all(units(piece) <= LIMIT and is_whole(piece) for piece in found)
    assert "".join(found).replace("\n", "") == text.replace("\n", "")


@given(st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=1500))
def test_a_text_without_any_gap_is_cut_between_characters_and_entities(text: str) -> None:
    found = pieces(html.escape(text, quote=False), LIMIT)
    assert all(units(piece) <= LIMIT and is_whole(piece) for piece in found)
    assert "".join(map(html.unescape, found)) == text


def test_a_tag_is_never_cut() -> None:
    link = '<a href="https://t.me/tongxue_bot?start=abcdef">x</a>'
    for before in range(140, 200):
        assert all(piece.count("<") == piece.count(">") for piece in pieces("字" * before + link + "字" * 60, LIMIT))


def test_it_is_cut_at_paragraphs_else_at_lines() -> None:
    paragraph = "一" * 50 + "\n" + "二" * 40
    found = pieces("\n\n".join([paragraph] * 4), LIMIT)
    assert found == ["\n\n".join([paragraph] * 2)] * 2
    one, two = pieces("一" * 150 + "\n" + "二" * 100, LIMIT)
    assert (one, two) == ("一" * 150, "二" * 100)


def test_exactly_the_limit_is_one_piece() -> None:
    assert pieces("x" * 4096) == ["x" * 4096] and len(pieces("x" * 4097)) == 2
    assert pieces("😀" * 2048) == ["😀" * 2048] and len(pieces("😀" * 2049)) == 2
    assert pieces("") == [""]


def test_buttons_stand_under_the_last_piece() -> None:
    long = lines(*(say("cli-doctor-plain", what="很长" * 400) for _ in range(10)), gap="\n\n")
    ack = button(say("cli-doctor-plain", what="收到"), "ack", 5)
    *first, last = press(Message(long, ((ack,), ()), silent=True), ZH)
    assert first and not any(piece.buttons for piece in first) and all(p.silent for p in [*first, last])
    assert [[(k.label, k.data) for k in row] for row in last.buttons] == [[("收到", "ack:5")]]
    one = press(Message(say("cli-doctor-plain", what="x" * 1025), photo="F"), ZH)
    assert len(one) == 2, "a caption takes 1,024"


def test_a_keyboard_and_its_end() -> None:
    label = say("cli-doctor-plain", what="键")
    (shown,) = press(Message(label, keyboard=Keyboard(((label,),), label)), ZH)
    assert shown.keyboard == (("键",),) and shown.hint == "键" and not shown.bare
    (gone,) = press(Message(label, keyboard=Keyboard()), ZH)
    assert gone.bare and gone.keyboard == ()


def test_the_data_of_a_button_has_64_bytes() -> None:
    label = say("cli-doctor-plain", what="x")
    assert keys(((button(label, "v", "x" * 62),),), ZH)[0][0].data == "v:" + "x" * 62
    with pytest.raises(ValueError, match="64 bytes"):
        keys(((button(label, "v", "x" * 63),),), ZH)
    with pytest.raises(ValueError, match="64 bytes"):
        keys(((button(label, "v", "字" * 21),),), ZH)
    ((link,),) = keys(((Button(label, url="https://x.org"),),), ZH)
    assert (link.data, link.url) == ("", "https://x.org")


@pytest.mark.parametrize("tag", ["<b>", "<blockquote expandable>", '<a href="https://t.me/x">'])
@pytest.mark.parametrize("inside", ["字" * 500, "\n".join(["字" * 30] * 20)])
def test_markup_that_a_cut_falls_into_is_closed_and_opened_again(tag: str, inside: str) -> None:
    name = tag.strip("<>").split()[0]
    found = pieces(f"前{tag}{inside}</{name}>后", LIMIT)
    assert len(found) > 2 and all(map(is_whole, found))
    assert all(units(TAG.sub("", piece)) <= LIMIT for piece in found)
    assert TAG.sub("", "".join(found)).replace("\n", "") == "前" + inside.replace("\n", "") + "后"


def test_files_come_as_telegram_takes_them() -> None:
    """One with the words below it; several before the words, pictures together; too many words below the one file."""
    photo, film, paper, voice_note = (Item(kind, kind[0]) for kind in ("photo", "video", "document", "voice"))
    short, long = say("questions-text", text="字"), say("questions-text", text="字" * 1100)
    for files, words, wanted in (
        ((), short, [("say", 0)]), ((photo,), short, [("say", 1)]), ((photo,), long, [("say", 1), ("say", 0)]),
        ((photo, film, paper, voice_note), short, [("album", 2), ("say", 1), ("say", 1), ("say", 0)]),
    ):  # fmt: skip
        made = messages_of(Message(words, ((button("questions-look", "qopen", 1),),), media=files), voice("zh", "UTC"))
        assert [(piece.kind, len(piece.words.media)) for piece in made] == wanted
        assert "字" in made[-1].words.text and made[-1].words.buttons
        assert not any(piece.words.text or piece.words.buttons for piece in made[:-1])
