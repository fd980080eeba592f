"""Formatting typed as marks (**bold**, __italic__, [words](https://…), > quote), to and from Telegram's simple HTML."""

from __future__ import annotations

import html
import re

PAIRS = {"**": "b", "__": "i", "++": "u", "~~": "s", "||": "tg-spoiler"}
MARKS = {tag: mark for mark, tag in PAIRS.items()}
FENCE = "```"
INLINE = re.compile(
    r"\\(?P<plain>[\\*_+~|`\[\]>])"
    r"|`(?P<code>[^`\n]+)`"
    r"|\[(?P<label>(?:\\.|[^\[\]\\\n])+)\]\((?P<url>https?://[^\s()<>\"]+)\)"
    r"|(?P<pair>\*\*|__|\+\+|~~|\|\|)(?=\S)(?P<inner>(?:\\.|[^\\])+?)(?<=\S)(?P=pair)"
)
TOKEN = re.compile(r"<(?P<end>/?)(?P<name>[a-z-]+)(?P<more>[^>]*)>")
HREF = re.compile(r'href="(https?://[^"\s]+)"')
SPECIAL = re.compile(
    r"\\(?=[\\*_+~|`\[\]>]|$)|`|\[(?=[^\[\]\n]*\]\(https?://)|^[*_+~|]|[*_+~|]$|(?P<twice>[*_+~|])(?P=twice)+"
)
BLOCKS = ("blockquote", "pre")


def html_of(text: str) -> str:
    """What was typed as HTML with safe tags; whatever is no mark stays as it was typed."""
    made: list[str] = []
    lines = text.split("\n")
    while lines:
        if lines[0].strip() == FENCE and FENCE in (later := [line.strip() for line in lines[1:]]):
            end = later.index(FENCE) + 1
            made.append(f"<pre>{html.escape(chr(10).join(lines[1:end]), quote=False)}</pre>")
            lines = lines[end + 1 :]
        elif lines[0].startswith(">"):
            count = next((n for n, line in enumerate(lines) if not line.startswith(">")), len(lines))
            quoted = [_inline(line[1:].removeprefix(" ")) for line in lines[:count]]
            made.append(f"<blockquote>{chr(10).join(quoted)}</blockquote>")
            lines = lines[count:]
        else:
            made.append(_inline(lines.pop(0)))
    return "\n".join(made)


def _inline(line: str) -> str:
    made: list[str] = []
    at = 0
    for found in INLINE.finditer(line):
        made.append(html.escape(line[at : found.start()], quote=False))
        made.append(_marked(found))
        at = found.end()
    return "".join([*made, html.escape(line[at:], quote=False)])


def _marked(found: re.Match[str]) -> str:
    if found["plain"]:
        return html.escape(found["plain"], quote=False)
    if found["code"]:
        return f"<code>{html.escape(found['code'], quote=False)}</code>"
    if found["label"]:
        return f'<a href="{html.escape(found["url"])}">{_inline(found["label"])}</a>'
    tag = PAIRS[found["pair"]]
    return f"<{tag}>{_inline(found['inner'])}</{tag}>"


# ---- and back ------------------------------------------------------------------------------------------------------


def marks_of(markup: str) -> str:
    """The marks that stand for some HTML, to be changed in a form; what has no mark comes as plain words."""
    made: list[str] = []
    inside: list[tuple[str, str]] = []
    at = 0
    whole = _tidied(_in_lines(markup))
    for tag in [*TOKEN.finditer(whole), None]:
        words = html.unescape(whole[at : tag.start() if tag else len(whole)])
        is_raw = any(name in ("code", "pre") for name, _ in inside)
        made.append(words if is_raw else _escaped(words))
        if tag is not None:
            made.append(_mark(tag, inside))
            at = tag.end()
    return _quoted("".join(made))


def _in_lines(markup: str) -> str:
    """The same with tags that begin and end in one line, since marks do."""
    made: list[str] = []
    inside: list[re.Match[str]] = []
    at = 0
    for tag in [*TOKEN.finditer(markup), None]:
        words = markup[at : tag.start() if tag else len(markup)]
        around = [one for one in inside if one["name"] not in BLOCKS]
        raw = any(one["name"] == "pre" for one in inside)
        shut = "".join(f"</{one['name']}>" for one in reversed(around))
        begun = "".join(one[0] for one in around)
        made.append(words if raw else words.replace("\n", f"{shut}\n{begun}"))
        if tag is None:
            break
        at = tag.end()
        if tag["end"]:
            del inside[-1:]
        else:
            inside.append(tag)
        made.append(tag[0])
    return "".join(made)


def _tidied(markup: str) -> str:
    """Blanks out of the ends of tags, where a mark would not be one; empty tags away."""
    names = "b|i|u|s|tg-spoiler|a|code"
    for _ in range(12):
        before = markup
        markup = re.sub(rf"(<(?:{names})(?: [^>]*)?>)(\s+)", r"\2\1", markup)
        markup = re.sub(rf"(\s+)(</(?:{names})>)", r"\2\1", markup)
        markup = re.sub(rf"<({names})(?: [^>]*)?></\1>", "", markup)
        if markup == before:
            break
    return markup


def _mark(tag: re.Match[str], inside: list[tuple[str, str]]) -> str:
    """The mark for a tag; `inside` keeps what is open, each with what closes it."""
    name = tag["name"]
    if tag["end"]:
        return inside.pop()[1] if inside else ""
    href = HREF.search(tag["more"]) if name == "a" else None
    opens, closes = MARKS.get(name, ""), MARKS.get(name, "")
    if href is not None:
        url = html.unescape(href[1]).replace("(", "%28").replace(")", "%29")
        opens, closes = "[", f"]({url})"
    elif name == "code":
        opens = closes = "`"
    elif name == "pre":
        opens, closes = f"{FENCE}\n", f"\n{FENCE}"
    elif name == "blockquote":
        opens, closes = "\x02", "\x03"
    inside.append((name, closes))
    return opens


def _escaped(words: str) -> str:
    """Plain words that no one takes for marks."""
    found = SPECIAL.sub(lambda m: "".join(f"\\{c}" for c in m[0]), words)
    return re.sub(r"(?m)^>", r"\\>", found)


def _quoted(text: str) -> str:
    """Quotes as lines that begin with > ."""
    return re.sub(r"\x02(.*?)\x03", lambda m: "\n".join(f"> {line}" for line in m[1].split("\n")), text, flags=re.S)
