"""What people do with a notice: [已读], the word 已读, choose, read it again (BC-04, BC-09, RULE-4)."""

from __future__ import annotations

from msgspec import json

from actions import notice_reading as reading
from actions.access import access_own_copy_by_id, need_class
from actions.notice_words import copies_of, fields_of, keys_of
from chat.events import Event, Tap, Text
from chat.messages import Button, Message, Refusal, Reply, button, say
from chat.turns import on_command, on_tap, on_word
from handlers.turns import Turn
from rules.notice_fields import first_words
from rules.notices import ASKED, ON_ITS_WAY
from rules.roles import EVERYONE
from storage import cohorts, members, notice_readers, notices, outbox
from storage.notices import Notice
from storage.outbox import ANSWER, Parcel
from texts.render import folded

SHOWN = 6


async def read(turn: Turn, said: Tap) -> Reply:
    """[已读], once and for all; a second tap is answered the same."""
    notice = await access_own_copy_by_id(turn.tx, turn.me, said.number())
    if notice.state not in (*ON_ITS_WAY, "expired"):
        return Reply(toast=say("notices-was-recalled"))
    await reading.acknowledge(turn.tx, turn.me, notice, turn.now, turn.now)
    mine = await notice_readers.own(turn.tx, notice.id, turn.me.member_id)
    return Reply(toast=say("notices-toast-read", at=mine.read_at if mine else turn.now))


async def read_all(turn: Turn, said: Event) -> Reply:
    """The word 已读 covers every notice that came before it, by the time of the message (BC-04)."""
    need_class(turn.me)
    found = await reading.acknowledge_all(turn.tx, turn.me, said.at, turn.now)
    open_ones = await notice_readers.unread_of(turn.tx, turn.me.member_id, ("ordinary", *ASKED), said.at)
    choosing = [n for id in open_ones if (n := await notices.get(turn.tx, id)) is not None and n.choices]
    more = tuple(_choice_again(n) for n in choosing[:2])
    if not found:
        return Reply(say("notices-choose-please") if choosing else say("notices-none-unread"), more=more, aside=True)
    words = [say("notices-called", words=first_words(n.html, 16)) for n in found]
    return Reply(say("notices-all-read", count=len(found), words=words), more=more, aside=True)


def _choice_again(notice: Notice) -> Message:
    return Message(say("notices-choose-from", words=first_words(notice.html)), keys_of(notice))


async def choose(turn: Turn, said: Tap) -> Reply:
    """One of the options; changeable until the end."""
    notice = await access_own_copy_by_id(turn.tx, turn.me, said.number())
    label = await reading.choose(turn.tx, notice, turn.me.member_id, said.number(1), turn.now, turn.now)
    return Reply(toast=say("notices-toast-chosen", label=label))


async def typed(turn: Turn, said: Text) -> Reply | None:
    """An option's own words, typed or said later without network: the choice as a message (RULE-4)."""
    if not turn.me.member_id or len(said.text) > 40:
        return None
    wanted = folded(said.text)
    for id in reversed(await notice_readers.open_choices(turn.tx, turn.me.member_id)):
        notice = await notices.get(turn.tx, id)
        labels = [folded(label) for label in notice.choices] if notice else []
        if notice is not None and wanted in labels:
            label = await reading.choose(turn.tx, notice, turn.me.member_id, labels.index(wanted), said.at, turn.now)
            return Reply(say("notices-chose", label=label, words=first_words(notice.html)))
    return None


async def received(turn: Turn, said: Event) -> Reply:
    """[通知]: what one has got lately, the unread marked."""
    if not turn.me.member_id:
        raise Refusal("notices-none-got")
    found = await notice_readers.got(turn.tx, turn.me.member_id, SHOWN)
    if not found:
        raise Refusal("notices-none-got")
    rows: list[tuple[Button, ...]] = []
    for line in found:
        unread = line.read_at is None and (line.level in ASKED or line.has_choices)
        key = "notices-got-unread" if unread else "notices-got"
        label = say(key, at=line.begun_at, words=first_words(line.html, 16) or "📎")
        rows.append((button(label, "nshow", line.id),))
    return Reply(say("notices-got-head"), tuple(rows))


async def show(turn: Turn, said: Tap) -> Reply:
    """[看全文]: the notice as it stands now, with its buttons."""
    notice = await access_own_copy_by_id(turn.tx, turn.me, said.number())
    if notice.state == "recalled":
        raise Refusal("notices-was-recalled")
    person = next(
        (p for p in await members.addressees(turn.tx, turn.me.cohort_id, turn.now) if p.member_id == turn.me.member_id),
        None,
    )
    if person is None:
        raise Refusal("refusals-not-here")
    fields = await fields_of(turn.tx, await cohorts.get(turn.tx, turn.me.cohort_id), notice.begun_at or turn.now)
    made = copies_of(notice, turn.me.voice, fields.of(person), silent=True)
    await outbox.add(
        turn.tx,
        [Parcel(chat_id=turn.me.account_id, kind=copy.kind, body=json.encode(copy.words).decode(), priority=ANSWER,
                made_at=turn.now) for copy in made],
    )  # fmt: skip
    return Reply()


ROUTES = (
    on_tap("ack", read, who=EVERYONE),
    on_word("menu-read", read_all, who=EVERYONE),
    on_tap("nchoose", choose, who=EVERYONE),
    on_word("menu-got", received, who=EVERYONE),
    on_command("notices", received, who=EVERYONE, about="notices-got-about"),
    on_tap("nshow", show, who=EVERYONE),
)
