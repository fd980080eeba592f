"""Templates with blanks: ours and the school's own, taken, filled, kept for the next class (BC-12)."""

from __future__ import annotations

import html
from collections.abc import Mapping
from datetime import datetime

from actions import notice_drafts
from chat.messages import Refusal, say
from rules.notice_fields import fill
from storage import notice_templates as stored
from storage.accounts import Me
from storage.notice_templates import Template
from storage.notices import Notice
from storage.tx import Tx
from texts.render import voice

OURS = ("gather", "room", "bring", "early", "meal", "lost")
"""Templates that every school has from the start, by their texts."""
ASKS = ("gather", "room", "early")
"""Those that people are to acknowledge."""
NO_BRACES = str.maketrans("{}｛｝", "（）（）")
"""What is typed into a blank is no blank itself."""
LONGEST, NAME_LONGEST = 200, 20


async def words_of(tx: Tx, me: Me, name: str) -> tuple[str, str]:
    """The words of a template with their level: one of ours by its name, one of the school's by its number."""
    if name in OURS:
        words = html.escape(voice(me.lang, me.zone).plain(say(f"notices-template-{name}-words")), quote=False)
        found, level = words, "ack" if name in ASKS else "ordinary"
    else:
        own = await stored.get(tx, int(name)) if name.isascii() and name.isdecimal() and len(name) < 16 else None
        if own is None:
            raise Refusal("refusals-not-here")
        found, level = own.html, own.level
    return found, level if level in notice_drafts.may_send(me) else "ordinary"


def filled(markup: str, values: Mapping[str, str]) -> str:
    """The words with what was typed into their blanks."""
    return fill(markup, {blank: typed.translate(NO_BRACES) for blank, typed in values.items()})


async def keep(tx: Tx, me: Me, notice: Notice, name: str, now: datetime) -> Template:
    """[存为模板]; the same name again replaces it."""
    if not notice.html:
        raise Refusal("notices-nothing-yet")
    if not 0 < len(name) <= NAME_LONGEST:
        raise Refusal("notices-name-short")
    one = Template(name=name, html=notice.html, level=notice.level, made_by=me.account_id)
    await stored.put(tx, one, now)
    return one
