"""Writing a notice: one form, the very copy beside it, whom it reaches; sent only as it was seen (BC-01, ADR 23)."""

from __future__ import annotations

from msgspec import structs

from actions import desk_notices as shown
from actions import notice_audiences as to_whom
from actions import notice_cards, notice_forms
from actions import notice_drafts as drafts
from actions import notice_previews as previews
from actions import notice_templates as templates
from actions import notices as deeds
from actions.access import access_draft_by_id, access_notice_by_id, access_second
from actions.notice_forms import Form
from chat.messages import Refusal, Say, say
from desk.notice_looks import Look, look_at
from desk.visits import Done, Page, Visit, Way, Words, deed, page
from rules.notice_fields import open_blanks, personal
from rules.notice_marks import html_of, marks_of
from rules.notices import DRAFT, QUEUED, TO_CONFIRM, URGENT
from rules.roles import ADMIN, CLASS_TEACHER, LECTURER, SCHOOL_LEADER
from storage import accounts, notices
from storage.notices import Notice

WRITERS = frozenset({CLASS_TEACHER, ADMIN, SCHOOL_LEADER, LECTURER})
SECONDS = frozenset({ADMIN, SCHOOL_LEADER})
BLANKS = {
    "zh": ("姓名", "座位", "组", "车", "房间", "教室", "集合点"),
    "en": ("name", "seat", "group", "bus", "dorm", "room", "meeting point"),
}
"""What is filled for each person."""


# ---- the form ------------------------------------------------------------------------------------------------------


def read(visit: Visit) -> Form:
    """What came with the form; nothing of it is trusted."""
    kind = visit.word("kind", 20)
    blanks, fills = visit.all("blank"), visit.all("fill")
    return Form(
        text=visit.text("text"), english=visit.text("english"), level=visit.word("level", 20), kind=kind,
        ticks=visit.all(f"ticks-{kind}"), of=visit.number(f"of-{kind}"), who=tuple(visit.numbers("who")),
        names=visit.word("names", 500), scope=tuple(visit.numbers("scope")), when=visit.word("when", 100),
        choices=visit.text("choices", 1000), until=visit.word("until", 100), to_group=visit.word("group", 2) == "y",
        fills=tuple((b[:40], f.strip()[: templates.LONGEST]) for b, f in zip(blanks, fills, strict=False)),
    )  # fmt: skip


async def _form_page(visit: Visit, notice: Notice, form: Form) -> Page:
    """The form with its preview; after a refusal with what was typed."""
    look = await _tried(visit, notice, form)
    unread = form.of if form.kind == "unread" else 0
    offers = await shown.offers(visit.tx, visit.me, notice, visit.now, unread)
    kept = form.kind not in offers.ways or (form.kind == notice.audience.kind and form.kind in ("nolog", "unmarked"))
    values = {
        "notice": notice, "form": form, "offers": offers, "look": look, "stamp": previews.stamp(notice),
        "keeps": await notice_cards.audience_words(visit.tx, notice, visit.me.lang) if kept and notice.id else None,
        "blanks": open_blanks(html_of(form.text)), "known": BLANKS[visit.speak.lang], "ours": templates.OURS,
        "fills": dict(form.fills), "personal": bool(personal(notice.html)),
    }  # fmt: skip
    title = say("desk-notices-write") if notice.id else say("desk-notices-new")
    return Page("notice_write.html", title, values)


async def _tried(visit: Visit, notice: Notice, form: Form) -> Look:
    """What the form would become; where something of it cannot be, that is said, and the words are shown still."""
    words = structs.replace(notice_forms.form_of(notice, visit.me), text=form.text, english=form.english,
                            fills=form.fills)  # fmt: skip
    problem: Words | None = None
    for one in (form, words):
        try:
            look = await look_at(visit, await notice_forms.tried(visit.tx, visit.me, notice, one, visit.now))
        except Refusal as no:
            problem = problem or no.say
        else:
            return look if problem is None else structs.replace(look, problem=problem, empty=False)
    return structs.replace(await look_at(visit, structs.replace(notice, id=0)), problem=problem, empty=False)


async def _fresh(visit: Visit) -> Notice:
    return await drafts.fresh(visit.tx, visit.me, visit.now)


async def new(visit: Visit) -> Page:
    """An empty form, or one that begins with a template, or with those who have not read something."""
    notice = await _fresh(visit)
    if visit.trouble is not None:
        return await _form_page(visit, notice, read(visit))
    form = notice_forms.form_of(notice, visit.me)
    name, unread = visit.word("template", 20), visit.number("unread")
    if name:
        words, level = await templates.words_of(visit.tx, visit.me, name)
        form = structs.replace(form, text=marks_of(words), level=level)
    if unread and to_whom.is_free(visit.me):
        form = structs.replace(form, kind="unread", of=(await access_notice_by_id(visit.tx, visit.me, unread)).id)
    return await _form_page(visit, notice, form)


async def begin(visit: Visit) -> Done:
    """The first time that something is kept; pressed twice it is one draft."""
    await accounts.one_at_a_time(visit.tx, visit.me.account_id)
    form = read(visit)
    tried = await notice_forms.tried(visit.tx, visit.me, await _fresh(visit), form, visit.now)
    same = await notice_forms.find_same(visit.tx, tried)
    notice = same or await drafts.begin(visit.tx, visit.me, visit.now)
    return _on(visit, await notice_forms.write(visit.tx, visit.me, notice, form, visit.now))


async def edit(visit: Visit) -> Page:
    """One's own draft as a form."""
    notice = await access_draft_by_id(visit.tx, visit.me, visit.number("id"))
    form = read(visit) if visit.trouble is not None else notice_forms.form_of(notice, visit.me)
    return await _form_page(visit, notice, form)


async def write(visit: Visit) -> Done:
    """[存一下] or [下一步]; not over what was changed elsewhere meanwhile (DESK-02)."""
    notice = await access_draft_by_id(visit.tx, visit.me, visit.number("id"))
    if visit.number("stamp") != previews.stamp(notice):
        raise Refusal("notices-changed-since")
    return _on(visit, await notice_forms.write(visit.tx, visit.me, notice, read(visit), visit.now))


def _on(visit: Visit, notice: Notice) -> Done:
    """Further on to look and send, or back to the form; blanks are filled first."""
    if visit.word("then", 8) == "send" and not open_blanks(notice.html):
        return Done(f"/desk/notices/{notice.id}")
    return Done(f"/desk/notices/{notice.id}/write", say("desk-notices-kept"))


async def preview(visit: Visit) -> Page:
    """The piece beside the form while somebody types; nothing is kept."""
    id = visit.number("id")
    notice = await access_draft_by_id(visit.tx, visit.me, id) if id else await _fresh(visit)
    return Page("notice_look.html", say("desk-notices-look"), {"look": await _tried(visit, notice, read(visit))})


# ---- looked at, and sent -------------------------------------------------------------------------------------------


async def draft_page(visit: Visit, notice: Notice) -> Page:
    """A draft, or what waits for its time or for a second person, as it would go."""
    own = notice.sender == visit.me.account_id
    values = {
        "look": await look_at(visit, notice), "notice": notice, "own": own, "sure": visit.word("sure", 2) == "1",
        "urgent": notice.level == URGENT, "over": "send" if notice.over == "card" else "card",
    }  # fmt: skip
    title = say("desk-notices-look") if own else say("desk-notices-second")
    return Page("notice_draft.html", title, values, live=("ledger",))


async def send(visit: Visit) -> Done:
    """[发送]: what was seen is what goes; urgent ones are asked once more, of somebody who is really there."""
    notice = await access_draft_by_id(visit.tx, visit.me, visit.number("id"), also_gone=True)
    here = f"/desk/notices/{notice.id}"
    if notice.state == DRAFT:
        if previews.stamp(notice) != visit.number("stamp"):
            raise Refusal("notices-changed-since")
        if notice.level == URGENT and visit.word("sure", 4) != "yes":
            return Done(f"{here}?sure=1")
        if notice.level == URGENT:
            visit.need_fresh()
        notice = (await deeds.confirm(visit.tx, visit.me, notice, visit.now)).notice
        if notice.state not in (TO_CONFIRM, QUEUED):
            fresh = await notices.get(visit.tx, notice.id)
            await notice_cards.present(visit.tx, fresh or notice, visit.me.reader, visit.now)
    return Done(here, _went(visit, notice))


def _went(visit: Visit, notice: Notice) -> Say:
    """What became of it."""
    if notice.state == TO_CONFIRM:
        return say("notices-asks-second")
    if notice.state == QUEUED and notice.go_at is not None:
        return say("notices-queued", day=notice.go_at.astimezone(visit.speak.zone).date(), at=notice.go_at)
    return say("desk-notices-sending")


async def over(visit: Visit) -> Done:
    """Those whose day is full get it all the same, or on the day card (BC-13)."""
    notice = await access_draft_by_id(visit.tx, visit.me, visit.number("id"))
    wanted = "card" if visit.word("over", 8) == "card" else "send"
    await drafts.put(visit.tx, visit.me, notice, over=wanted)
    return Done(f"/desk/notices/{notice.id}")


async def drop(visit: Visit) -> Done:
    """[不发了]: the draft is gone."""
    notice = await access_draft_by_id(visit.tx, visit.me, visit.number("id"))
    if notice.state == QUEUED:
        notice = await drafts.take_back(visit.tx, notice)
    await notices.remove(visit.tx, notice.id)
    return Done("/desk/notices", say("notices-dropped"))


async def take_back(visit: Visit) -> Done:
    """[先不发，改一改]: what waits for its time is a draft again."""
    notice = await access_draft_by_id(visit.tx, visit.me, visit.number("id"))
    if notice.state == QUEUED:
        await drafts.take_back(visit.tx, notice)
    return Done(f"/desk/notices/{notice.id}/write")


async def at_once(visit: Visit) -> Done:
    """[现在就发]: looked at once more, since whom it reaches may have changed."""
    notice = await access_draft_by_id(visit.tx, visit.me, visit.number("id"))
    await drafts.set_when(visit.tx, visit.me, notice, None, visit.now)
    return Done(f"/desk/notices/{notice.id}")


async def agree(visit: Visit) -> Done:
    """The second person says yes to what goes to several classes."""
    visit.need_fresh()
    notice = await access_second(visit.tx, visit.me, visit.number("id"))
    if previews.stamp(notice) != visit.number("stamp"):
        raise Refusal("notices-changed-since")
    await deeds.agree(visit.tx, visit.me, notice, visit.now)
    return Done("/desk/notices", say("notices-second-done"))


async def decline(visit: Visit) -> Done:
    """[先不发]."""
    await deeds.decline(visit.tx, visit.me, await access_second(visit.tx, visit.me, visit.number("id")), visit.now)
    return Done("/desk/notices", say("notices-second-not"))


WAYS: tuple[Way, ...] = (
    page("/desk/notices/new", new, who=WRITERS),
    deed("/desk/notices/new", begin, who=WRITERS, again=new),
    deed("/desk/notices/look", preview, who=WRITERS),
    page("/desk/notices/{id}/write", edit, who=WRITERS),
    deed("/desk/notices/{id}/write", write, who=WRITERS, again=edit),
    deed("/desk/notices/{id}/send", send, who=WRITERS),
    deed("/desk/notices/{id}/over", over, who=WRITERS),
    deed("/desk/notices/{id}/drop", drop, who=WRITERS),
    deed("/desk/notices/{id}/back", take_back, who=WRITERS),
    deed("/desk/notices/{id}/now", at_once, who=WRITERS),
    deed("/desk/notices/{id}/agree", agree, who=SECONDS),
    deed("/desk/notices/{id}/decline", decline, who=SECONDS),
)
