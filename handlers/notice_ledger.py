"""After it has gone: who has it, who has read it, again, by telephone, stop, go on, correct, recall (BC-02, BC-08)."""

from __future__ import annotations

import html

from actions import notice_cards
from actions import notice_changes as changes
from actions import notice_corrections as corrections
from actions import notice_drafts as drafts
from actions import notice_reading as reading
from actions import notices as deeds
from actions.access import access_changeable, access_draft_by_id, access_ledger_row, access_notice_by_id, need_writer
from actions.notice_rows import WAYS, fits, stands
from actions.people import in_rows, who_where
from chat.events import Event, Tap, Text
from chat.messages import Button, Refusal, Reply, Rows, Say, button, lines, say
from chat.turns import on_step, on_tap
from handlers import notices
from handlers.notices import WRITERS
from handlers.turns import Turn
from rules.notice_fields import first_words
from rules.notices import ASKED, QUEUED
from rules.roles import ADMIN, CLASS_TEACHER, DEPUTY, LEADER
from storage import notice_people as ledger
from storage import notices as stored
from storage.notice_people import Row
from storage.notices import Notice
from texts.render import bare

BY_NAME = frozenset({CLASS_TEACHER, ADMIN})
PHONERS = BY_NAME | {LEADER, DEPUTY}
FIX = "notices-fix"
PAGE, BUTTONS = 12, 12


async def earlier(turn: Turn, said: Tap) -> Reply:
    """[看发过的] (`nsent:<page>`): for class staff those of the class, for a lecturer the own ones."""
    need_writer(turn.me)
    page = said.number()
    if turn.me.roles & BY_NAME or not turn.me.member_id:
        found = await stored.of_cohort(turn.tx, turn.me.cohort_id, 7, page * 6)
    else:
        found = await stored.of_sender(turn.tx, turn.me.account_id, ("queued", "sending", "paused", "sent", "expired",
                                                                      "recalled"), 7)  # fmt: skip
    if not found:
        raise Refusal("notices-none-sent")
    rows: list[tuple[Button, ...]] = [
        (button(say("notices-earlier-line", day=(n.begun_at or n.made_at).astimezone(turn.me.voice.zone).date(),
                    at=n.begun_at or n.go_at or n.made_at, words=first_words(n.html, 14) or "📎"), "notice", n.id),)
        for n in found[:6]
    ]  # fmt: skip
    if len(found) > 6:
        rows.append((button("notices-next-page", "nsent", page + 1),))
    return Reply(say("notices-earlier-head"), tuple(rows), edit=page > 0)


# ---- names -----------------------------------------------------------------------------------------------------------


async def names(turn: Turn, said: Tap) -> Reply:
    """The ledger by name (`nnames:<id>:all|unread|trouble:<page>`): state and telephone; a tap on a name acts."""
    notice = await access_notice_by_id(turn.tx, turn.me, said.number())
    way = said.args[1] if len(said.args) > 1 and said.args[1] in WAYS else "all"
    rows = [r for r in await _rows(turn, notice) if fits(r, way)]
    page = min(said.number(2), max(0, (len(rows) - 1) // PAGE))
    here = rows[page * PAGE : (page + 1) * PAGE]
    text = lines(
        say(f"notices-names-{way}-head", called=deeds.excerpt(notice), count=len(rows)),
        *(_line(r, way, notice) for r in here),
        say("notices-names-none") if not rows else None,
    )
    edit = len(said.args) > 3
    return Reply(text, _names_rows(notice, way, page, here, len(rows) > (page + 1) * PAGE), edit=edit)


async def _rows(turn: Turn, notice: Notice) -> list[Row]:
    """The lines of the ledger that the speaker may see: those of the present class."""
    return [r for r in await ledger.of_notice(turn.tx, notice.id) if r.cohort_id == turn.me.cohort_id]


def _line(row: Row, way: str, notice: Notice) -> Say:
    """One person: what became of the copy, or the telephone number."""
    if way == "unread":
        return say("notices-phone-line", who=who_where(row), phone=row.phone or "–")
    state = stands(row)
    choice = notice.choices[row.choice] if row.choice is not None and row.choice < len(notice.choices) else ""
    key = "notices-row-chosen" if choice else "notices-row"
    return say(key, who=who_where(row), state=state, **({"choice": choice} if choice else {}))


def _names_rows(notice: Notice, way: str, page: int, here: list[Row], more: bool) -> Rows:
    rows: list[tuple[Button, ...]] = []
    if way == "unread":
        key = "notices-choose-for" if notice.choices else "notices-told-by-phone"
        verb = "nfor" if notice.choices else "nphone"
        rows += in_rows([button(say(key, name=r.name), verb, r.id) for r in here[:BUTTONS]])
    if way == "trouble":
        rows += [(button(say("notices-resend", name=r.name), "nresend", r.id),
                  *((button("notices-arrived", "narrived", r.id),) if r.state == "uncertain" else ()))
                 for r in here[:BUTTONS]]  # fmt: skip
    turns = [button("notices-page-before", "nnames", notice.id, way, page - 1, "e")] if page else []
    turns += [button("notices-next-page", "nnames", notice.id, way, page + 1, "e")] if more else []
    return (*rows, tuple(turns))


async def phoned(turn: Turn, said: Tap) -> Reply:
    """[已电话告知]: by class staff; by the leader for the own ten when it is urgent."""
    notice, row = await access_ledger_row(turn.tx, turn.me, said.number())
    await changes.told(turn.tx, turn.me, notice, row, turn.now)
    return Reply(toast=say("notices-toast-told", name=row.name))


async def choose_for(turn: Turn, said: Tap) -> Reply:
    """The choice of somebody who said it to the teacher (`nfor:<row>[:<n>]`)."""
    notice, row = await access_ledger_row(turn.tx, turn.me, said.number())
    if len(said.args) > 1:
        label = await reading.choose(turn.tx, notice, row.member_id, said.number(1), turn.now, turn.now,
                                   by=turn.me.member_id or None)  # fmt: skip
        return Reply(say("notices-chosen-for", who=who_where(row), label=label), edit=True)
    cells = [button(say("notices-choice", label=label), "nfor", row.id, n) for n, label in enumerate(notice.choices)]
    return Reply(say("notices-choose-for-whom", who=who_where(row)), in_rows(cells, 1))


async def resend(turn: Turn, said: Tap) -> Reply:
    """[补发] one uncertain or failed copy."""
    notice, row = await access_ledger_row(turn.tx, turn.me, said.number())
    done = await changes.resend(turn.tx, turn.me, notice, row, turn.now)
    return Reply(toast=say("notices-toast-resent" if done else "notices-toast-on-its-way", name=row.name))


async def arrived(turn: Turn, said: Tap) -> Reply:
    """[算已送到]."""
    notice, row = await access_ledger_row(turn.tx, turn.me, said.number())
    await changes.arrived(turn.tx, turn.me, notice, row, turn.now)
    return Reply(toast=say("notices-toast-arrived", name=row.name))


# ---- the whole notice ------------------------------------------------------------------------------------------------


async def again(turn: Turn, said: Tap) -> Reply:
    """[仅补发失败]: failed copies and people who can be reached now; uncertain ones are chosen by name."""
    notice = await _mine(turn, said)
    count = await changes.again(turn.tx, turn.me, notice, turn.now)
    if count:
        return Reply(toast=say("notices-toast-again", count=count))
    unsure = (await ledger.counts(turn.tx, notice.id)).uncertain
    raise Refusal("notices-again-unsure" if unsure else "notices-again-none", count=unsure)


async def _mine(turn: Turn, said: Tap) -> Notice:
    return await access_changeable(turn.tx, turn.me, said.number())


async def pause(turn: Turn, said: Tap) -> Reply:
    """[先停一停]."""
    await changes.pause(turn.tx, turn.me, await _mine(turn, said), turn.now)
    return Reply(toast=say("notices-toast-paused"))


async def resume(turn: Turn, said: Tap) -> Reply:
    """[继续]."""
    await changes.resume(turn.tx, turn.me, await _mine(turn, said), turn.now)
    return Reply(toast=say("notices-toast-resumed"))


async def take_back(turn: Turn, said: Tap) -> Reply:
    """[先不发]: a notice that waits for its time is a draft again."""
    notice = await access_draft_by_id(turn.tx, turn.me, said.number())
    if notice.state == QUEUED:
        notice = await drafts.take_back(turn.tx, notice)
    return await notices.panel(turn, notice, anew=True)


async def now(turn: Turn, said: Tap) -> Reply:
    """[现在就发]: back to the desk and looked at once more, since whom it reaches may have changed."""
    notice = await access_draft_by_id(turn.tx, turn.me, said.number())
    notice = await drafts.set_when(turn.tx, turn.me, notice, None, turn.now)
    return await notices.preview(turn, notice)


# ---- correct, recall -------------------------------------------------------------------------------------------------


async def fix(turn: Turn, said: Tap) -> Reply:
    """[更正]: the present words to copy from; the next text takes their place."""
    notice = await _mine(turn, said)
    return Reply(lines(say("notices-fix-how"), say("notices-fix-now", words=bare(notice.html))),
                 then=FIX, memo={"id": notice.id})  # fmt: skip


async def typed_fix(turn: Turn, said: Event) -> Reply:
    """The new words: shown, with the choice between a correction and a big change."""
    notice = await access_changeable(turn.tx, turn.me, turn.talk.number("id"))
    if not isinstance(said, Text) or not said.text.strip():
        return Reply(say("notices-fix-how"), then=FIX, memo=turn.talk.memo)
    markup = said.html or html.escape(said.text, quote=False)
    try:
        mark = await corrections.prepare(turn.tx, notice, markup)
    except Refusal as no:
        return Reply(no.say, then=FIX, memo=turn.talk.memo)
    counts = await ledger.counts(turn.tx, notice.id)
    small = button(say("notices-fix-small", count=counts.sent), "nfixed", notice.id, "small", mark)
    rows: list[tuple[Button, ...]] = [(small,)]
    if notice.state != "expired":
        rows.append((button("notices-fix-big", "nfixed", notice.id, "big", mark),))
    key = "notices-fix-preview-ask" if notice.level in ASKED else "notices-fix-preview"
    return Reply(say(key, words=bare(markup)), tuple(rows), then=FIX, memo={"id": notice.id})


async def fixed(turn: Turn, said: Tap) -> Reply:
    """[确认更正] or [重大变更，重新通知] (`nfixed:<id>:small|big:<mark>`), with the words that were shown, once."""
    notice = await _mine(turn, said)
    anew = said.args[1] == "big"
    done = await corrections.carry_out(turn.tx, turn.me, notice, said.number(2), turn.now, anew=anew)
    await notice_cards.present(turn.tx, done.notice, turn.me.reader, turn.now)
    key = "notices-fixed-big" if anew else "notices-fixed"
    return Reply(say(key, count=done.edited or done.waiting), edit=True, then="")


async def recall(turn: Turn, said: Tap) -> Reply:
    """[撤回]: says how many can be deleted and how many stay, and asks once more (`nrecall:<id>[:yes]`)."""
    notice = await _mine(turn, said)
    seen = await corrections.recallable(turn.tx, notice, turn.now)
    if not seen.deletes and not seen.unsent:
        raise Refusal("notices-recall-late", buttons=((button("notices-correct", "nfix", notice.id),),))
    if said.args[1:] == ("yes",):
        done = await corrections.recall(turn.tx, turn.me, notice, turn.now)
        return Reply(say("notices-recalled", deletes=done.deletes, stays=done.stays), edit=True)
    yes = (button("notices-recall-yes", "nrecall", notice.id, "yes"),)
    return Reply(say("notices-recall-sure", deletes=seen.deletes, stays=seen.stays, unsent=seen.unsent), (yes,))


ROUTES = (
    on_tap("nsent", earlier, who=WRITERS),
    on_tap("nnames", names, who=BY_NAME),
    on_tap("nphone", phoned, who=PHONERS),
    on_tap("nfor", choose_for, who=BY_NAME),
    on_tap("nresend", resend, who=BY_NAME),
    on_tap("narrived", arrived, who=BY_NAME),
    on_tap("nagain", again, who=WRITERS),
    on_tap("npause", pause, who=WRITERS),
    on_tap("nresume", resume, who=WRITERS),
    on_tap("nback", take_back, who=WRITERS),
    on_tap("nnow", now, who=WRITERS),
    on_tap("nfix", fix, who=WRITERS),
    on_step(FIX, typed_fix, who=WRITERS),
    on_tap("nfixed", fixed, who=WRITERS),
    on_tap("nrecall", recall, who=WRITERS),
)
