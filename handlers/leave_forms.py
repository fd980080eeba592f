"""The leave form, for oneself or (staff) for somebody: kind, when, where to, preview, send (ATT-08, LEAVE-09)."""

from __future__ import annotations

from datetime import UTC, datetime

from actions import leave_cards as shown
from actions import leave_forms as forms
from actions import leaves as deeds
from actions.access import access_leave_by_id, access_member_by_id, access_roll_by_id, need, need_trainee
from actions.leave_forms import Need
from actions.leaves import KINDS
from actions.people import in_rows, who_where
from chat.events import Event, Media, Tap, Text
from chat.messages import Button, Keyboard, Lines, Refusal, Reply, Rows, Say, button, lines, say
from chat.turns import on_step, on_tap, on_word
from handlers import menus
from handlers.turns import Turn
from rules.leaves import WITHDRAW, Stretch, notice
from rules.roles import ADMIN, CLASS_TEACHER, TRAINEES
from storage import leaves, sessions
from storage.cohorts import Cohort
from storage.leaves import PAPER, PHONE, SELF, Leave
from texts.render import voice

ENTERERS = frozenset({CLASS_TEACHER, ADMIN})
ASKERS = TRAINEES | ENTERERS
WHEN, PLACE, REASON, LETTER, SEND = "leaves-when", "leaves-place", "leaves-reason", "leaves-letter", "leaves-send"
MATERIAL = "leaves-material"
SEND_KEYS = Keyboard(((say("menu-leave-send"),), (say("menu-back"),)))
OFFERS = {
    "this": "leaves-offer-this", "next": "leaves-offer-next", "list": "leaves-offer-list",
    "today-morning": "leaves-offer-today-morning", "today-afternoon": "leaves-offer-today-afternoon",
    "today-evening": "leaves-offer-today-evening", "today-day": "leaves-offer-today-day",
    "tomorrow-morning": "leaves-offer-tomorrow-morning", "tomorrow-afternoon": "leaves-offer-tomorrow-afternoon",
    "tomorrow-evening": "leaves-offer-tomorrow-evening", "tomorrow-day": "leaves-offer-tomorrow-day",
    "tonight": "leaves-offer-tonight", "tonight-late": "leaves-offer-tonight-late",
    "tomorrow-night": "leaves-offer-tomorrow-night", "tomorrow-late": "leaves-offer-tomorrow-late",
}  # fmt: skip
PLACES = {
    "dorm": "leaves-to-dorm",
    "hospital": "leaves-to-hospital",
    "home": "leaves-to-home",
    "unit": "leaves-to-unit",
}
USUAL = {"sick": ("dorm", "hospital"), "personal": ("home", "hospital"), "official": ("unit",), "night_out": ("home",)}
"""Where people go, by kind."""


def kind_rows(*args: str | int) -> Rows:
    """The kinds as buttons; `args` name the person for whom staff ask."""
    cells = [button(KINDS[kind], "leavekind", kind, *args) for kind in KINDS if kind != WITHDRAW]
    last = button(KINDS[WITHDRAW], "leavekind", WITHDRAW, *args) if args else button("leaves-more", "leavemore")
    return (*in_rows(cells), (last,))


async def for_somebody(turn: Turn, said: Tap) -> Reply:
    """[设请假] (`leavefor:<member>[:<list>[:<source>]]`): who telephoned, or handed in a slip of paper."""
    member = await access_member_by_id(turn.tx, turn.me, said.number())
    source = PAPER if PAPER in said.args[2:] else PHONE
    other = PHONE if source == PAPER else PAPER
    rows = kind_rows(member.id, said.number(1), source)
    switch = button(
        "leaves-from-paper" if other == PAPER else "leaves-from-phone", "leavefor", member.id, said.number(1), other
    )
    head = say("leaves-for-phone" if source == PHONE else "leaves-for-paper", who=who_where(member))
    return Reply(head, (*rows, (switch,)), edit=len(said.args) > 2)


async def kind(turn: Turn, said: Tap) -> Reply:
    """The first step (`leavekind:<kind>[:<member>:<list>:<source>]`)."""
    wanted = said.args[0] if said.args else ""
    if len(said.args) < 4:
        need_trainee(turn.me)
        return await ask_next(turn, await forms.begin(turn.tx, turn.me, wanted, turn.now), edit=True)
    need(turn.me, *ENTERERS)
    member = await access_member_by_id(turn.tx, turn.me, said.number(1))
    leave = await forms.begin_for(turn.tx, turn.me, member, wanted, said.args[3], turn.now)
    return await ask_next(turn, leave, edit=True, roll_id=said.number(2))


async def ask_next(turn: Turn, leave: Leave, *, edit: bool = False, later: bool = False, roll_id: int = 0) -> Reply:
    """What the draft still wants; when nothing, the preview."""
    cohort = await deeds.cohort_of(turn.tx, leave)
    wants = await forms.missing(turn.tx, cohort, leave, letter_later=later)
    memo = {"id": leave.id}
    head = await _head(turn, leave)
    if wants.step == "when":
        rows = await _offered(turn, cohort, leave, roll_id)
        return Reply(lines(head, say("leaves-ask-when")), rows, then=WHEN, memo=memo, edit=edit)
    if wants.step == "place":
        cells = [button(PLACES[name], "leaveplace", leave.id, name) for name in USUAL.get(leave.kind, ())]
        return Reply(lines(head, say("leaves-ask-place")), in_rows(cells), then=PLACE, memo=memo, edit=edit)
    if wants.step == "reason":
        weight = wants.weighed
        over = weight is not None and weight.over and leave.kind != WITHDRAW
        told = (
            lines(shown.hours_line(weight.balance), shown.warning(weight.balance, weight.near))
            if over and weight
            else None
        )
        key = (
            "leaves-ask-why-over" if over else "leaves-ask-why-withdraw" if leave.kind == WITHDRAW else "leaves-ask-why"
        )
        return Reply(lines(head, told, say(key)), then=REASON, memo=memo, edit=edit)
    if wants.step == "letter":
        cell = ((button("leaves-letter-later", "leavelater", leave.id),),)
        return Reply(lines(head, say("leaves-ask-letter")), cell, then=LETTER, memo=memo, edit=edit)
    text = await _preview(turn, cohort, leave, wants, head)
    return Reply(text, keyboard=SEND_KEYS, then=SEND, memo=memo)


async def _head(turn: Turn, leave: Leave) -> Lines:
    """The first line of every step: whose leave, of which kind, when."""
    when = shown.span(leave.stretch, turn.me.zone) if leave.starts_at and leave.kind != WITHDRAW else None
    who = who_where(await deeds.member_of(turn.tx, leave)) if leave.source != SELF else None
    return lines(say("leaves-form", what=Lines((say(KINDS[leave.kind]), who, when), " ")))


async def _offered(turn: Turn, cohort: Cohort, leave: Leave, roll_id: int) -> Rows:
    """One row for each session, two halves of a day in a row, and the way to typed times."""
    table = {s.ref: s for s in await sessions.of_cohort(turn.tx, cohort.id)}
    long: list[Button] = []
    short: list[Button] = []
    if roll_id:
        roll = await access_roll_by_id(turn.tx, turn.me, roll_id)
        session = await sessions.get(turn.tx, roll.session_id)
        title = session.title_in(turn.me.lang)
        label = say(OFFERS["list"], title=title, start=session.starts_at, end=session.ends_at)
        long.append(_when_button(label, leave, Stretch(session.starts_at, session.ends_at)))
    for offer in await forms.offered(turn.tx, cohort, leave, turn.now):
        title = table[offer.ref].title_in(turn.me.lang) if offer.ref else ""
        label = say(OFFERS[offer.key], title=title, start=offer.when.starts_at, end=offer.when.ends_at)
        (long if offer.ref else short).append(_when_button(label, leave, offer.when))
    return (*in_rows(long, 1), *in_rows(short), (button("leaves-type-times", "leavetime", leave.id),))


def _when_button(label: Say, leave: Leave, when: Stretch) -> Button:
    ends = (round(at.timestamp()) // 60 for at in (when.starts_at, when.ends_at))
    return button(label, "leavewhen", leave.id, *ends)


async def when(turn: Turn, said: Tap) -> Reply:
    """A time that was offered (`leavewhen:<draft>:<start>:<end>`, in minutes since 1970)."""
    leave = await access_leave_by_id(turn.tx, turn.me, said.number())
    ends = (datetime.fromtimestamp(min(said.number(n), 10**9) * 60, UTC) for n in (1, 2))
    leave = await forms.set_when(turn.tx, await deeds.cohort_of(turn.tx, leave), leave, Stretch(*ends), turn.now)
    return await ask_next(turn, leave, edit=True)


async def type_times(turn: Turn, said: Tap) -> Reply:
    """[选时间]: examples, and the next text is the time."""
    leave = await access_leave_by_id(turn.tx, turn.me, said.number())
    return Reply(say("leaves-type-how"), then=WHEN, memo={"id": leave.id})


async def typed_times(turn: Turn, said: Event) -> Reply:
    """Times as people type them."""
    leave, text = await _of_talk(turn), _text(said)
    try:
        cohort = await deeds.cohort_of(turn.tx, leave)
        leave = await forms.set_typed_when(turn.tx, cohort, leave, text, said.at)
    except Refusal as no:
        return Reply(no.say, then=WHEN, memo=turn.talk.memo)
    return await ask_next(turn, leave)


async def place(turn: Turn, said: Tap) -> Reply:
    """A usual place with one tap; kept in the words that the class reads."""
    leave = await access_leave_by_id(turn.tx, turn.me, said.number())
    key = PLACES.get(said.args[1] if len(said.args) > 1 else "")
    if key is None:
        raise Refusal("refusals-not-here")
    return await ask_next(turn, await forms.set_place(turn.tx, leave, voice("zh", turn.me.zone).plain(say(key))))


async def typed_place(turn: Turn, said: Event) -> Reply:
    """Where to and with whom, typed."""
    try:
        return await ask_next(turn, await forms.set_place(turn.tx, await _of_talk(turn), _text(said)))
    except Refusal as no:
        return Reply(no.say, then=PLACE, memo=turn.talk.memo)


async def reason(turn: Turn, said: Event) -> Reply:
    """The reason, typed; of a sick leave only the explanation that passing a limit needs."""
    try:
        return await ask_next(turn, await forms.set_reason(turn.tx, await _of_talk(turn), _text(said)))
    except Refusal as no:
        return Reply(no.say, then=REASON, memo=turn.talk.memo)


async def letter(turn: Turn, said: Event) -> Reply:
    """The photo of the letter; anything else is asked for again."""
    if not isinstance(said, Media) or said.kind != "photo":
        cell = ((button("leaves-letter-later", "leavelater", turn.talk.number("id")),),)
        return Reply(say("leaves-send-letter"), cell, then=LETTER, memo=turn.talk.memo)
    return await ask_next(turn, await forms.set_letter(turn.tx, await _of_talk(turn), said.file_id))


async def letter_later(turn: Turn, said: Tap) -> Reply:
    """[以后再交]: the request goes without the letter, and says so."""
    return await ask_next(turn, await access_leave_by_id(turn.tx, turn.me, said.number()), later=True)


async def _preview(turn: Turn, cohort: Cohort, leave: Leave, wants: Need, head: Lines) -> Lines:
    """Everything once more, with hours, limits, and who will decide (ATT-08)."""
    weight = wants.weighed
    assert weight is not None
    leaving = leave.kind == WITHDRAW
    early = "" if leaving else notice(leave.stretch.starts_at, turn.now, cohort.rules)
    return lines(
        say("leaves-preview"),
        head,
        None if leaving else shown.titles(weight.missed, turn.me.lang),
        say("leaves-place", place=leave.place) if leave.place else None,
        say("leaves-reason", reason=leave.reason) if leave.reason else None,
        None if leaving else shown.hours_line(weight.balance),
        shown.warning(weight.balance, weight.near) if weight.balance.asked else None,
        say("leaves-preview-notice", notice=say(shown.NOTICES[early])) if early else None,
        say("leaves-letter-here") if leave.letter else None,
        say("leaves-decided-by", roles=[say(shown.ROLES[role]) for role in weight.chain]),
    )


async def send(turn: Turn, said: Event) -> Reply:
    """[提交请假], a message with its own time (RULE-4)."""
    id = turn.talk.number("id") if turn.talk.step == SEND else 0
    if id:
        leave = await access_leave_by_id(turn.tx, turn.me, id)
    else:
        draft = await leaves.draft_of(turn.tx, turn.me.member_id) if turn.me.roles & TRAINEES else None
        if draft is None:
            raise Refusal("leaves-nothing-open")
        leave = draft
    if leave.state == "draft":
        cohort = await deeds.cohort_of(turn.tx, leave)
        if (await forms.missing(turn.tx, cohort, leave, letter_later=True)).step:
            return await ask_next(turn, leave)
        leave = await forms.submit(turn.tx, turn.me, leave, said.at, turn.now)
    seen = await shown.look(turn.tx, leave, turn.now)
    key = "leaves-sent" if leave.source == SELF else "leaves-sent-for"
    who = who_where(seen.member)
    return Reply(say(key, who=who, state=shown.state_line(seen)), keyboard=menus.keyboard(turn.me))


async def waits(turn: Turn, said: Event) -> Reply:
    """Anything else while the preview stands: the two keys once more."""
    return Reply(say("leaves-send-or-back"), keyboard=SEND_KEYS, then=SEND, memo=turn.talk.memo)


async def _of_talk(turn: Turn) -> Leave:
    return await access_leave_by_id(turn.tx, turn.me, turn.talk.number("id"))


def _text(said: Event) -> str:
    return said.text if isinstance(said, Text) else ""


ROUTES = (
    on_tap("leavefor", for_somebody, who=ENTERERS),
    on_tap("leavekind", kind, who=ASKERS),
    on_tap("leavewhen", when, who=ASKERS),
    on_tap("leavetime", type_times, who=ASKERS),
    on_step(WHEN, typed_times, who=ASKERS),
    on_tap("leaveplace", place, who=ASKERS),
    on_step(PLACE, typed_place, who=ASKERS),
    on_step(REASON, reason, who=ASKERS),
    on_step(LETTER, letter, who=ASKERS),
    on_tap("leavelater", letter_later, who=ASKERS),
    on_step(SEND, waits, who=ASKERS),
    on_word("menu-leave-send", send, who=ASKERS),
)
