"""[发通知]: write, look at it as people will see it, send; now or later (BC-01)."""

from __future__ import annotations

from datetime import timedelta

from actions import notice_cards
from actions import notice_drafts as drafts
from actions import notices as deeds
from actions.access import access_draft_by_id, access_notice_by_id, access_second, need_writer
from actions.notice_previews import stamp
from chat.events import Event, Media, Tap, Text
from chat.messages import Button, Refusal, Reply, button, lines, say
from chat.turns import on_command, on_step, on_tap, on_word
from chat.words import Item
from handlers import notice_panel
from handlers.notice_panel import PANEL, WRITE
from handlers.turns import Turn
from rules.notice_fields import first_words
from rules.notices import DRAFT, QUEUED, TO_CONFIRM, URGENT
from rules.roles import ADMIN, CLASS_TEACHER, LECTURER, SCHOOL_LEADER
from storage import accounts, cards, notices
from storage.notices import Notice

WRITERS = frozenset({CLASS_TEACHER, ADMIN, SCHOOL_LEADER, LECTURER})
SECONDS = frozenset({ADMIN, SCHOOL_LEADER})
ALBUM = timedelta(minutes=1)


async def menu(turn: Turn, said: Event) -> Reply:
    """What to do, and what was begun: drafts, and notices that wait for their time."""
    need_writer(turn.me)
    mine = await notices.of_sender(turn.tx, turn.me.account_id, (DRAFT, TO_CONFIRM, QUEUED), 4)
    mine = [n for n in mine if n.cohort_id == turn.me.cohort_id]
    rows: list[tuple[Button, ...]] = [
        (button(say(f"notices-go-on-{n.state}", words=_called(n)), "notice", n.id),) for n in mine
    ]
    rows += [(button("notices-templates", "ntemplates"), button("notices-earlier", "nsent", 0))]
    return Reply(say("notices-how"), tuple(rows), then=WRITE)


def _called(notice: Notice) -> str:
    return first_words(notice.html, 12) or "…"


async def open_notice(turn: Turn, said: Tap) -> Reply:
    """A notice of one's own (`notice:<id>`): the panel of a draft, the card of what has gone."""
    notice = await access_notice_by_id(turn.tx, turn.me, said.number())
    if notice.state in (DRAFT, TO_CONFIRM):
        return await panel(turn, await access_draft_by_id(turn.tx, turn.me, notice.id), anew=True)
    await notice_cards.present(turn.tx, notice, turn.me.reader, turn.now)
    return Reply()


async def panel(turn: Turn, notice: Notice, *, anew: bool = False) -> Reply:
    """The draft as it stands, with what can be changed; one message that changes in place."""
    seen = await drafts.check(turn.tx, notice, turn.now)
    message = await notice_panel.draft(turn.tx, turn.me, seen, turn.now)
    await notice_panel.put(turn.tx, turn.me, notice.id, message, turn.now, anew=anew)
    return Reply(then=WRITE, memo={"id": notice.id})


# ---- writing ------------------------------------------------------------------


async def write(turn: Turn, said: Event) -> Reply:
    """Whatever comes while a notice is written belongs to it: text, photos, albums, documents, voice, forwarded."""
    notice = await _draft_of_talk(turn)
    if isinstance(said, Text):
        notice = await drafts.add_text(turn.tx, turn.me, notice, said.text, said.html)
    elif isinstance(said, Media):
        item = Item(said.kind, said.file_id)
        notice = await drafts.add_media(turn.tx, turn.me, notice, item, said.caption, said.html)
    else:
        raise Refusal("notices-not-sendable")
    return await panel(turn, notice, anew=not await _goes_on(turn, said))


async def _goes_on(turn: Turn, said: Event) -> bool:
    """Whether this is a further piece of an album, for which no new message is worth while."""
    album = said.album if isinstance(said, Media) else ""
    if not album:
        return False
    key = f"album:{album}"
    seen = await accounts.attempts(turn.tx, turn.me.account_id, key, turn.now - ALBUM)
    if not seen:
        await accounts.add_attempt(turn.tx, turn.me.account_id, key, turn.now)
    return bool(seen)


async def _draft_of_talk(turn: Turn) -> Notice:
    """The draft that the talk is about; a new one with the first words, or when that one has gone."""
    id = turn.talk.number("id")
    if id:
        notice = await notices.get(turn.tx, id)
        if notice is not None and notice.sender == turn.me.account_id and notice.state in (DRAFT, TO_CONFIRM, QUEUED):
            return await access_draft_by_id(turn.tx, turn.me, id)
    return await drafts.begin(turn.tx, turn.me, turn.now)


# ---- preview and send ------------------------------------------------------------------


async def preview(turn: Turn, notice: Notice) -> Reply:
    """The very messages that people get, in Chinese and where somebody reads it in English; below them whom it
    reaches, and what will happen; then the button."""
    seen = await drafts.check(turn.tx, notice, turn.now)
    if seen.problem is not None:
        raise Refusal(seen.problem.key, **seen.problem.args)
    await notice_panel.show_copies(turn.tx, turn.me, seen, turn.now)
    message = await notice_panel.confirm(turn.tx, turn.me, seen, turn.now)
    return Reply(message.text, message.buttons, then=WRITE, memo={"id": notice.id})


async def preview_tapped(turn: Turn, said: Tap) -> Reply:
    """[预览]."""
    return await preview(turn, await access_draft_by_id(turn.tx, turn.me, said.number()))


async def send(turn: Turn, said: Tap) -> Reply:
    """[发送] (`nsend:<id>:<stamp>`): what was seen is what goes; urgent ones are asked once more."""
    notice = await access_draft_by_id(turn.tx, turn.me, said.number(), also_gone=True)
    if notice.state != DRAFT:
        return await _gone(turn, notice)
    if stamp(notice) != said.number(1):
        raise Refusal("notices-changed-since", buttons=((button("notices-preview", "npre", notice.id),),))
    if notice.level == URGENT and said.args[2:] != ("sure",):
        seen = await drafts.check(turn.tx, notice, turn.now)
        rows = ((button(say("notices-urgent-yes", count=len(seen.goes)), "nsend", notice.id, stamp(notice), "sure"),),
                (button("notices-change", "npanel", notice.id),))  # fmt: skip
        return Reply(say("notices-urgent-sure", count=len(seen.goes)), rows, edit=True)
    seen = await deeds.confirm(turn.tx, turn.me, notice, turn.now)
    return await _gone(turn, seen.notice, first=True)


async def _gone(turn: Turn, notice: Notice, *, first: bool = False) -> Reply:
    """What became of [发送]: the card, or when it goes, or who decides; the talk is over."""
    if notice.state == TO_CONFIRM:
        return Reply(say("notices-asks-second"), edit=True, then="")
    if notice.state == QUEUED and notice.go_at is not None:
        day = notice.go_at.astimezone(turn.me.voice.zone).date()
        rows = ((button("notices-take-back", "nback", notice.id),),)
        return Reply(say("notices-queued", day=day, at=notice.go_at), rows, edit=True, then="")
    if first:
        fresh = await notices.get(turn.tx, notice.id)
        await notice_cards.present(turn.tx, fresh or notice, turn.me.reader, turn.now)
    return Reply(say("notices-begun-sending"), edit=True, then="")


async def panel_tapped(turn: Turn, said: Tap) -> Reply:
    """[改一改], and the way back from every choice."""
    notice = await access_draft_by_id(turn.tx, turn.me, said.number())
    return await panel(turn, notice, anew=await _is_elsewhere(turn, said, notice))


async def _is_elsewhere(turn: Turn, said: Tap, notice: Notice) -> bool:
    """Whether the tapped message is not the panel itself."""
    card = await cards.get(turn.tx, PANEL.format(id=notice.id))
    return card is None or card.message_id != said.message_id


async def drop(turn: Turn, said: Tap) -> Reply:
    """[不发了]: asked once more, then the draft is gone."""
    notice = await access_draft_by_id(turn.tx, turn.me, said.number())
    if said.args[1:] != ("yes",):
        rows = ((button("notices-drop-yes", "ndrop", notice.id, "yes"), button("notices-back", "npanel", notice.id)),)
        return Reply(say("notices-drop-sure"), rows)
    if notice.state == QUEUED:
        notice = await drafts.take_back(turn.tx, notice)
    await notices.remove(turn.tx, notice.id)
    return Reply(say("notices-dropped"), edit=True, then="")


async def clear(turn: Turn, said: Tap) -> Reply:
    """[重写]: words and files away, whom and when stay."""
    notice = await access_draft_by_id(turn.tx, turn.me, said.number())
    return await panel(turn, await drafts.clear(turn.tx, turn.me, notice))


async def preview_key(turn: Turn, said: Tap) -> Reply:
    """A button under a preview: it shows how the real one looks."""
    return Reply(toast=say("notices-only-preview"))


# ---- a second person ------------------------------------------------------------------


async def look(turn: Turn, said: Tap) -> Reply:
    """The second person sees what would go to several classes, and decides (BC-14)."""
    notice = await access_second(turn.tx, turn.me, said.number())
    seen = await drafts.check(turn.tx, notice, turn.now)
    await notice_panel.show_copies(turn.tx, turn.me, seen, turn.now)
    message = await notice_panel.confirm(turn.tx, turn.me, seen, turn.now)
    rows = (
        (button("notices-second-yes", "nsecondyes", notice.id), button("notices-second-no", "nsecondno", notice.id)),
    )
    return Reply(lines(say("notices-second-look", name=notice.sender_name), message.text), rows)


async def second_yes(turn: Turn, said: Tap) -> Reply:
    """[同意发送]."""
    await deeds.agree(turn.tx, turn.me, await access_second(turn.tx, turn.me, said.number()), turn.now)
    return Reply(say("notices-second-done"), edit=True)


async def second_no(turn: Turn, said: Tap) -> Reply:
    """[先不发]: it is a draft again, the sender is told."""
    await deeds.decline(turn.tx, turn.me, await access_second(turn.tx, turn.me, said.number()), turn.now)
    return Reply(say("notices-second-not"), edit=True)


ROUTES = (
    on_word("menu-notice", menu, who=WRITERS),
    on_command("notice", menu, who=WRITERS, about="notices-about"),
    on_step(WRITE, write, who=WRITERS),
    on_tap("notice", open_notice, who=WRITERS),
    on_tap("npanel", panel_tapped, who=WRITERS),
    on_tap("npre", preview_tapped, who=WRITERS),
    on_tap("npreview", preview_key, who=WRITERS),
    on_tap("nsend", send, who=WRITERS),
    on_tap("ndrop", drop, who=WRITERS),
    on_tap("nclear", clear, who=WRITERS),
    on_tap("nsecond", look, who=SECONDS),
    on_tap("nsecondyes", second_yes, who=SECONDS),
    on_tap("nsecondno", second_no, who=SECONDS),
)
