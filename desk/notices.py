"""Notices that have gone: the list, the ledger by name or in numbers, again, corrected, recalled (BC-02, BC-08)."""

from __future__ import annotations

from msgspec import Struct

from actions import desk_notices as shown
from actions import notice_cards, notice_templates
from actions import notice_changes as changes
from actions import notice_corrections as corrections
from actions import notice_reading as reading
from actions.access import access_changeable, access_ledger_row, access_notice_by_id
from actions.notice_rows import WAYS as LISTS
from actions.notice_rows import fits, stands
from actions.notices import excerpt
from chat.messages import Refusal, Rich, Say, say
from desk.notice_writing import WRITERS, draft_page
from desk.visits import Done, Page, Visit, Way, deed, page
from rules.notice_marks import html_of, marks_of
from rules.notices import ASKED, DRAFT, ON_ITS_WAY, QUEUED, TO_CONFIRM
from storage import notice_people as ledger
from storage.notice_people import Row
from storage.notices import Notice

BY_NAME = shown.BY_NAME


async def listed(visit: Visit) -> Page:
    """One's own drafts, then what has gone, with its numbers."""
    state, words = visit.word("state", 12), visit.word("q", 40)
    found = await shown.listed(visit.tx, visit.me, state, words, visit.number("page"))
    values = {"found": found, "state": state, "q": words, "states": shown.STATES, "asked": ASKED,
              "page": min(visit.number("page"), max(0, found.pages - 1))}  # fmt: skip
    return Page("notices.html", say("desk-notices"), values, live=("ledger",))


class Line(Struct, frozen=True):
    """Somebody's line of the ledger."""

    row: Row
    stands: Say
    choice: str
    unread: bool
    trouble: bool


async def show(visit: Visit) -> Page:
    """A draft as it would go, or the ledger of what has gone."""
    notice = await shown.find(visit.tx, visit.me, visit.number("id"))
    if notice.state in (DRAFT, TO_CONFIRM) or (notice.state == QUEUED and notice.sender == visit.me.account_id):
        return await draft_page(visit, notice)
    by_name = bool(visit.me.roles & BY_NAME)
    counts = await ledger.counts(visit.tx, notice.id)
    card = await notice_cards.compose(visit.tx, notice, visit.me.reader, visit.now)
    whole = await ledger.of_notice(visit.tx, notice.id) if by_name else []
    rows = [r for r in whole if r.cohort_id == visit.me.cohort_id]
    way, group, name = visit.word("way", 10), visit.number("group"), visit.word("q", 20)
    here = [
        r for r in rows
        if fits(r, way if way in LISTS else "all") and (not group or r.group_no == group)
        and (not name or name in r.name or name == str(r.seat_no))
    ]  # fmt: skip
    own = notice.sender == visit.me.account_id
    values = {
        "notice": notice, "card": card.text, "verbs": {b.verb for row in card.buttons for b in row},
        "body": say("notices-body", text=Rich(notice.html)) if notice.html else None, "by_name": by_name,
        "lines": [_line(notice, r) for r in here], "way": way, "ways": LISTS, "group": group, "q": name,
        "groups": sorted({r.group_no for r in rows if r.group_no}), "counts": counts,
        "asks": notice.level in ASKED or bool(notice.choices), "going": notice.state in ON_ITS_WAY,
        "to_ask": len(await shown.askable(visit.tx, notice, visit.now)) if own or by_name else 0,
        "acts": notice.level in ASKED or bool(notice.choices or counts.failed or counts.uncertain),
        **_fix(visit, notice, counts.sent),
    }  # fmt: skip
    return Page("notice.html", say("desk-notices-one", called=excerpt(notice)), values, live=("ledger",))


def _line(notice: Notice, row: Row) -> Line:
    choice = notice.choices[row.choice] if row.choice is not None and row.choice < len(notice.choices) else ""
    return Line(row, stands(row), choice, fits(row, "unread"), fits(row, "trouble"))


def _fix(visit: Visit, notice: Notice, sent: int) -> dict[str, object]:
    """A correction that is being thought about, here or in the chat."""
    fix = str(notice.facts.get("fix", ""))
    return {
        "fix": say("notices-body", text=Rich(fix)) if fix else None, "mark": corrections.mark_of(fix), "sent": sent,
        "present": visit.text("words") if visit.trouble is not None else marks_of(fix or notice.html),
    }  # fmt: skip


async def _changeable(visit: Visit) -> Notice:
    return await access_changeable(visit.tx, visit.me, visit.number("id"))


def _here(notice: Notice) -> str:
    return f"/desk/notices/{notice.id}"


async def again(visit: Visit) -> Done:
    """[仅补发失败]: what failed, and whoever can be reached now; uncertain ones are chosen by name."""
    notice = await _changeable(visit)
    count = await changes.again(visit.tx, visit.me, notice, visit.now)
    if count:
        return Done(_here(notice), say("notices-toast-again", count=count))
    unsure = (await ledger.counts(visit.tx, notice.id)).uncertain
    raise Refusal("notices-again-unsure" if unsure else "notices-again-none", count=unsure)


async def ask(visit: Visit) -> Done:
    """[催一下]: who has not read it."""
    notice = await _changeable(visit)
    count = await shown.ask_again(visit.tx, visit.me, notice, visit.now)
    return Done(_here(notice), say("desk-notices-asked", count=count))


async def pause(visit: Visit) -> Done:
    """[先停一停]."""
    notice = await changes.pause(visit.tx, visit.me, await _changeable(visit), visit.now)
    return Done(_here(notice), say("notices-toast-paused"))


async def resume(visit: Visit) -> Done:
    """[继续]."""
    notice = await changes.resume(visit.tx, visit.me, await _changeable(visit), visit.now)
    return Done(_here(notice), say("notices-toast-resumed"))


async def fix(visit: Visit) -> Done:
    """[更正]: the new words are kept beside it and shown, with the choice between small and big."""
    notice = await _changeable(visit)
    typed = visit.text("words")
    if not typed:
        raise Refusal("notices-empty-text")
    markup = notice.html if typed == marks_of(notice.html) else html_of(typed)
    if markup == notice.html:
        raise Refusal("desk-notices-same")
    await corrections.prepare(visit.tx, notice, markup)
    return Done(f"{_here(notice)}#fix")


async def fixed(visit: Visit) -> Done:
    """[确认更正] or [重大变更，重新通知], with the words that were shown, once."""
    notice = await _changeable(visit)
    anew = visit.word("how", 8) == "big"
    done = await corrections.carry_out(visit.tx, visit.me, notice, visit.number("mark"), visit.now, anew=anew)
    await notice_cards.present(visit.tx, done.notice, visit.me.reader, visit.now)
    key = "notices-fixed-big" if anew else "notices-fixed"
    return Done(_here(notice), say(key, count=done.edited or done.waiting))


async def recall_page(visit: Visit) -> Page:
    """How many can be deleted and how many stay, before it is done."""
    notice = await _changeable(visit)
    seen = await corrections.recallable(visit.tx, notice, visit.now)
    may = bool(seen.deletes or seen.unsent)
    sure = say("notices-recall-sure", deletes=seen.deletes, stays=seen.stays, unsent=seen.unsent)
    values = {"notice": notice, "may": may, "sure": sure if may else say("notices-recall-late"), "seen": seen}
    return Page("notice_recall.html", say("notices-recall"), values)


async def recall(visit: Visit) -> Done:
    """[撤回], after its numbers were seen."""
    notice = await _changeable(visit)
    done = await corrections.recall(visit.tx, visit.me, notice, visit.now)
    return Done(_here(notice), say("notices-recalled", deletes=done.deletes, stays=done.stays))


async def keep(visit: Visit) -> Done:
    """[存为模板]."""
    notice = await access_notice_by_id(visit.tx, visit.me, visit.number("id"))
    one = await notice_templates.keep(visit.tx, visit.me, notice, visit.word("name", 40), visit.now)
    return Done(_here(notice), say("notices-template-kept", name=one.name))


# ---- one person ----------------------------------------------------------------------------------------------------


async def _row(visit: Visit) -> tuple[Notice, Row]:
    notice, row = await access_ledger_row(visit.tx, visit.me, visit.number("row"))
    if notice.id != visit.number("id"):
        raise Refusal("refusals-not-here")
    return notice, row


async def resend(visit: Visit) -> Done:
    """[补发] one uncertain or failed copy."""
    notice, row = await _row(visit)
    done = await changes.resend(visit.tx, visit.me, notice, row, visit.now)
    return Done(_here(notice), say("notices-toast-resent" if done else "notices-toast-on-its-way", name=row.name))


async def arrived(visit: Visit) -> Done:
    """[算已送到]."""
    notice, row = await _row(visit)
    await changes.arrived(visit.tx, visit.me, notice, row, visit.now)
    return Done(_here(notice), say("notices-toast-arrived", name=row.name))


async def told(visit: Visit) -> Done:
    """[已电话告知]."""
    notice, row = await _row(visit)
    await changes.told(visit.tx, visit.me, notice, row, visit.now)
    return Done(_here(notice), say("notices-toast-told", name=row.name))


async def choose(visit: Visit) -> Done:
    """The choice of somebody who said it by telephone."""
    notice, row = await _row(visit)
    if not visit.word("choice", 4):
        raise Refusal("desk-notices-which-choice")
    label = await reading.choose(visit.tx, notice, row.member_id, visit.number("choice"), visit.now, visit.now,
                                 by=visit.me.member_id or None)  # fmt: skip
    return Done(_here(notice), say("desk-notices-chosen", name=row.name, label=label))


WAYS: tuple[Way, ...] = (
    page("/desk/notices", listed, who=WRITERS, nav="desk-notices"),
    page("/desk/notices/{id}", show, who=WRITERS),
    deed("/desk/notices/{id}/again", again, who=WRITERS),
    deed("/desk/notices/{id}/ask", ask, who=WRITERS),
    deed("/desk/notices/{id}/pause", pause, who=WRITERS),
    deed("/desk/notices/{id}/resume", resume, who=WRITERS),
    deed("/desk/notices/{id}/fix", fix, who=WRITERS, again=show),
    deed("/desk/notices/{id}/fixed", fixed, who=WRITERS),
    page("/desk/notices/{id}/recall", recall_page, who=WRITERS),
    deed("/desk/notices/{id}/recall", recall, who=WRITERS),
    deed("/desk/notices/{id}/keep", keep, who=WRITERS),
    deed("/desk/notices/{id}/rows/{row}/resend", resend, who=BY_NAME),
    deed("/desk/notices/{id}/rows/{row}/arrived", arrived, who=BY_NAME),
    deed("/desk/notices/{id}/rows/{row}/told", told, who=BY_NAME),
    deed("/desk/notices/{id}/rows/{row}/choose", choose, who=BY_NAME),
)
