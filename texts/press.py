"""From a message as data to the words of one reader, in pieces that Telegram takes."""

from __future__ import annotations

import re

from msgspec import Struct, structs

from chat.messages import Keyboard, Message, Rows
from chat.words import Item, Key, Words
from rules.notices import MIXED
from texts.render import Voice, bare

TEXT_LIMIT, CAPTION_LIMIT = 4096, 1024
DATA_LIMIT = 64
TAG = re.compile(r"<(/?)([a-z-]+)[^>]*>")


def keys(rows: Rows, speak: Voice) -> tuple[tuple[Key, ...], ...]:
    """Buttons in the reader's language; ValueError for data over 64 bytes."""
    made = tuple(
        tuple(Key(speak.plain(b.label), b.data if b.verb else "", b.url, b.app) for b in row) for row in rows if row
    )
    for key in (k for row in made for k in row):
        if len(key.data.encode()) > DATA_LIMIT:
            raise ValueError(f"button data over {DATA_LIMIT} bytes: {key.data}")
    return made


def board(keyboard: Keyboard | None, speak: Voice) -> tuple[tuple[str, ...], ...]:
    """The reply keyboard in the reader's language."""
    return tuple(tuple(map(speak.plain, row)) for row in keyboard.rows) if keyboard else ()


def pieces(text: str, limit: int = TEXT_LIMIT) -> list[str]:
    """A long text cut at paragraphs, else at lines, else anywhere; counted in UTF-16 units as Telegram does.

    Markup that a cut falls into is closed before it and opened again after it.
    """
    if units(text) <= limit:
        return [text]
    head, inside, cut = _cut(text, limit)
    closed = _closing(inside)
    if units(head + closed) > limit:  # room for the tags that the cut closes
        head, inside, cut = _cut(text, limit - len(closed))
        closed = _closing(inside)
    rest = text[cut:].lstrip("\n")
    return [head + closed, *pieces("".join(tag for _, tag in inside) + rest, limit)]


def _cut(text: str, limit: int) -> tuple[str, list[tuple[str, str]], int]:
    """The beginning of a text up to a good place, the tags that are open there, and the place."""
    cut = max(_fit(text, limit, "\n\n"), _fit(text, limit, "\n")) or _hard(text, limit)
    head = text[:cut].rstrip("\n")
    return head, _open_tags(head), cut


def _closing(inside: list[tuple[str, str]]) -> str:
    return "".join(f"</{name}>" for name, _ in reversed(inside))


def _open_tags(text: str) -> list[tuple[str, str]]:
    """The tags that are open at the end of a text, outermost first: (name, tag)."""
    found: list[tuple[str, str]] = []
    for tag in TAG.finditer(text):
        if tag[1]:
            del found[-1:]
        else:
            found.append((tag[2], tag[0]))
    return found


def units(text: str) -> int:
    """The length of a text as Telegram counts it."""
    return len(text) + sum(c > "\uffff" for c in text)


def _fit(text: str, limit: int, gap: str) -> int:
    at = text.rfind(gap, 0, limit + 1)
    while at > 0 and units(text[:at]) > limit:
        at = text.rfind(gap, 0, at)
    return at if at > 0 and units(text[:at]) >= limit // 2 - 1 else 0


def _hard(text: str, limit: int) -> int:
    at = limit
    while units(text[:at]) > limit:
        at -= 1
    open_tag = text.rfind("<", 0, at), text.rfind("&", max(0, at - 8), at)
    close = text.rfind(">", 0, at), text.rfind(";", max(0, at - 8), at)
    for begin, end in zip(open_tag, close, strict=True):
        if begin > end and begin > 0:
            at = min(at, begin)
    return at


def press(message: Message, speak: Voice) -> list[Words]:
    """The message as one or more pieces; buttons and keyboard stand under the last."""
    *first, last = pieces(speak.html(message.text), CAPTION_LIMIT if message.photo or message.media else TEXT_LIMIT)
    hint = message.keyboard.hint if message.keyboard else None
    return [
        *(Words(text, silent=message.silent) for text in first),
        Words(
            last,
            keys(message.buttons, speak),
            board(message.keyboard, speak),
            speak.plain(hint) if hint else "",
            message.silent,
            message.photo,
            bare=message.keyboard is not None and not message.keyboard.rows,
            media=message.media,
        ),
    ]


class Piece(Struct, frozen=True):
    """One message as the outbox keeps it: `say` or `album`."""

    kind: str
    words: Words


def messages_of(message: Message, speak: Voice) -> list[Piece]:
    """All messages in which something is said. A single file carries the text as its caption where that fits; several
    come before it, in the albums in which Telegram takes them."""
    files = message.media
    if len(files) < 2 and (not files or units(bare(speak.html(message.text))) <= CAPTION_LIMIT):
        return [Piece("say", words) for words in press(message, speak)]
    found: list[Piece] = []
    for group in albums(files):
        words = Words("", silent=message.silent, media=group)
        found.append(Piece("album" if len(group) > 1 else "say", words))
    return [*found, *(Piece("say", words) for words in press(structs.replace(message, media=()), speak))]


def albums(media: tuple[Item, ...]) -> list[tuple[Item, ...]]:
    """Files in the messages in which Telegram takes them: photos and videos together, documents and audio each among
    themselves, voice and moving pictures alone."""
    found: list[list[Item]] = []
    for item in media:
        kind = "picture" if item.kind in MIXED else item.kind
        last = found[-1][-1] if found else None
        same = last is not None and kind == ("picture" if last.kind in MIXED else last.kind)
        if same and kind in ("picture", "document", "audio"):
            found[-1].append(item)
        else:
            found.append([item])
    return [tuple(group) for group in found]
