"""提问 for those who answer: the queue by the clock, whose it is, declined, dated, answered for all (QA-04, QA-05)."""

from __future__ import annotations

from actions import question_cards as cards
from actions import question_queue as queue
from actions import question_routing as routing
from actions import question_states as states
from actions import question_together as together_deeds
from actions import questions as asking
from actions.people import in_rows, who_where
from actions.question_access import (
    access_own_question,
    access_question_by_id,
    access_to_answer,
    access_to_assign,
)
from chat.events import Event, Tap, Text
from chat.messages import Button, Refusal, Reply, When, button, lines, say
from chat.turns import Handler, on_command, on_step, on_tap, on_word
from handlers import menus, question_lists, questions
from handlers.turns import Turn
from rules.questions import OPEN, number_and_rest
from rules.roles import ADMIN, CLASS_TEACHER, LECTURER, SITE_CONTACT, TEACHERS, TRAINEE, TRAINEES

ANSWERERS = frozenset({CLASS_TEACHER, ADMIN, LECTURER, SITE_CONTACT})
ASSIGNERS = frozenset({CLASS_TEACHER, ADMIN})
MORE, NAY, DATE, NOTE, FOR = "questions-more", "questions-nay", "questions-date", "questions-note", "questions-for"
PAGE = 6


async def here(turn: Turn, said: Event) -> Reply:
    """[提问] (`qlist[:<page>[:<which>]]`): what waits, the most pressing first."""
    page = said.number() if isinstance(said, Tap) else 0
    which = said.args[1] if isinstance(said, Tap) and len(said.args) > 1 else "open"
    found = await queue.listed(turn.tx, turn.me, which, turn.now)
    pages = max(1, -(-len(found.questions) // PAGE))
    at = min(page, pages - 1)
    shown = found.questions[at * PAGE : (at + 1) * PAGE]
    text = lines(
        say(f"questions-queue-{which}" if which in queue.WHICH else "questions-queue-open", count=len(found.questions),
            late=sum(q.late for q in found.questions)),
        *(cards.line(q, found.topics[q.id].label(turn.me.lang), found.same.get(q.id, 0), turn.now) for q in shown),
        None if found.questions else say("questions-queue-none"),
    )  # fmt: skip
    opens = [button(say("questions-open-no", no=q.no), "qopen", q.id) for q in shown]
    turns = cards.page_buttons(pages, at, 4, "qlist", which)
    others = [button(f"questions-show-{w}", "qlist", 0, w) for w in queue.WHICH if w != which]
    rows = (*in_rows(opens, 3), *in_rows(turns, 4), *in_rows(others, 2), *await _more(turn))
    return Reply(text, rows, edit=isinstance(said, Tap) and bool(said.args))


async def asked(turn: Turn, said: Event) -> Reply:
    """[提问题]: trainees ask, the others see what waits."""
    return await (questions.ask if TRAINEE in turn.me.roles else here)(turn, said)


async def _more(turn: Turn) -> tuple[tuple[Button, ...], ...]:
    live = [
        button(say("questions-live-of", title=s.title_in(turn.me.lang)), "qlive", s.id)
        for s in await queue.live_sessions(turn.tx, turn.me, turn.now)
    ]
    teacher = CLASS_TEACHER in turn.me.class_roles.split()
    cells = [button("questions-for-somebody", "qfor")] if teacher else []
    cells += [button("questions-numbers", "qnumbers")] if turn.me.roles & ASSIGNERS else []
    return (*in_rows(live, 1), *in_rows(cells))


async def take(turn: Turn, said: Tap) -> Reply:
    """[我来答] (`qtake:<question>`)."""
    question = await access_question_by_id(turn.tx, turn.me, said.number())
    question = await routing.take(turn.tx, turn.me, question, turn.now)
    reply = await question_lists.shown(turn, question)
    return Reply(reply.text, reply.buttons, edit=True, toast=say("questions-taken", no=question.no))


async def give(turn: Turn, said: Tap) -> Reply:
    """[转给…] (`qto:<question>[:<member>]`)."""
    question = await access_to_assign(turn.tx, turn.me, said.number())
    if len(said.args) > 1:
        question = await routing.give(turn.tx, turn.me, question, said.number(1), turn.now)
        reply = await question_lists.shown(turn, question)
        return Reply(reply.text, reply.buttons, edit=True, toast=say("questions-handed", no=question.no))
    people = await routing.choices(turn.tx, turn.me, question, turn.now)
    cells = [button(say("questions-person", name=p.name, role=say(queue.role_of(p))), "qto", question.id, p.member_id)
             for p in people[:16]]  # fmt: skip
    back = button("questions-look", "qopen", question.id)
    text = say("questions-to-whom", no=question.no) if cells else say("questions-nobody-else")
    return Reply(text, (*in_rows(cells), (back,)), edit=True)


async def back(turn: Turn, said: Tap) -> Reply:
    """[退回待分派] (`qback:<question>`)."""
    question = await access_to_answer(turn.tx, turn.me, said.number())
    question = await routing.give_back(turn.tx, turn.me, question, turn.now)
    return Reply(say("questions-given-back", no=question.no), edit=True)


async def menu(turn: Turn, said: Tap) -> Reply:
    """[更多] (`qmenu:<question>`): together, a date, declined, history."""
    question = await access_to_assign(turn.tx, turn.me, said.number())
    if not turn.me.roles & ASSIGNERS:
        raise Refusal("questions-no-assign")
    teacher = CLASS_TEACHER in turn.me.class_roles.split()
    cells = [button("questions-date", "qdate", question.id), button("questions-decline", "qnay", question.id)]
    cells += [button("questions-together", "qtogether", question.id)] if teacher else []
    owned = bool(turn.me.member_id) and question.owner_id == turn.me.member_id
    cells += [button("questions-history", "qhist", question.id)] if teacher or owned else []
    last = button("questions-look", "qopen", question.id)
    return Reply(say("questions-menu", no=question.no), (*in_rows(cells), (last,)), edit=True)


async def together(turn: Turn, said: Tap) -> Reply:
    """[课堂统一解答] (`qtogether:<question>[:<session>]`)."""
    question = await access_to_assign(turn.tx, turn.me, said.number())
    if len(said.args) > 1:
        question = await together_deeds.together(turn.tx, turn.me, question, said.number(1), turn.now)
        return Reply(say("questions-together-done", no=question.no), edit=True)
    found = await together_deeds.together_choices(turn.tx, turn.me, question, turn.now)
    cells = [
        button(say("questions-session", day=s.day, at=s.starts_at, title=s.title_in(turn.me.lang)), "qtogether",
               question.id, s.id)
        for s in found
    ]  # fmt: skip
    text = say("questions-which-session", no=question.no) if cells else say("questions-no-session")
    return Reply(text, (*in_rows(cells, 1), (button("questions-look", "qopen", question.id),)), edit=True)


async def history(turn: Turn, said: Tap) -> Reply:
    """[经过] (`qhist:<question>`)."""
    question = await access_to_answer(turn.tx, turn.me, said.number())
    return Reply(await queue.history(turn.tx, turn.me, question))


# ---- words that are asked for ---------------------------------------------------------------------------------------


def _asks(step: str, key: str, text: str) -> Handler:
    async def asked(turn: Turn, said: Tap) -> Reply:
        question = await access_to_assign(turn.tx, turn.me, said.number())
        if question.state not in OPEN:
            raise cards.is_over(question)
        return Reply(say(text, no=question.no), then=step, memo={"q": question.id})

    asked.__doc__ = f"What `{key}` wants to know comes with the next words."
    return asked


async def decline(turn: Turn, said: Event) -> Reply:
    """The reason of a question that is not answered."""
    question = await access_to_assign(turn.tx, turn.me, turn.talk.number("q"))
    try:
        question = await states.decline(turn.tx, turn.me, question, _text(said), turn.now)
    except Refusal as no:
        return Reply(no.say, then=NAY if no.say.key == "questions-reason-length" else None, memo=turn.talk.memo)
    return Reply(say("questions-declined", no=question.no), keyboard=menus.keyboard(turn.me))


async def date(turn: Turn, said: Event) -> Reply:
    """The date of an answer, as people type it."""
    question = await access_to_assign(turn.tx, turn.me, turn.talk.number("q"))
    try:
        question = await states.promise(turn.tx, turn.me, question, _text(said), turn.now)
    except Refusal as no:
        return Reply(no.say, then=DATE if no.say.key == "questions-date-unclear" else None, memo=turn.talk.memo)
    return Reply(
        say("questions-date-done", no=question.no, at=When(question.promised_at or turn.now)),
        keyboard=menus.keyboard(turn.me),
    )


async def for_somebody(turn: Turn, said: Tap) -> Reply:
    """[替学员登记]: 「12 老人不会用手机怎么办」 (QA-15)."""
    return Reply(say("questions-for-how"), then=FOR)


async def entered(turn: Turn, said: Event) -> Reply:
    """A seat and a question in one message; then the same screen as everybody's."""
    number, rest = number_and_rest(_text(said))
    person = await asking.seat(turn.tx, turn.me, number, turn.now) if number else None
    if person is None or not rest:
        return Reply(say("questions-for-unclear"), then=FOR)
    try:
        draft = await asking.begin_for(turn.tx, turn.me, person, turn.now)
    except Refusal as no:
        if no.say.key != asking.FOR_COLLEAGUE:
            raise
        return Reply(no.say, then=FOR)
    draft, judged = await asking.add_words(turn.tx, turn.me, draft, rest)
    if judged.problem:
        numbers = await asking.numbers_of(turn.tx, turn.me)
        words = say(
            f"questions-too-{judged.problem}", min=numbers.min_chars, max=numbers.max_chars, count=judged.length
        )
        return Reply(lines(say("questions-for", who=who_where(person)), words), then=FOR)
    return await questions.confirm(turn, draft)


# ---- the asker ------------------------------------------------------------------------------------------------------


async def solved(turn: Turn, said: Tap) -> Reply:
    """[解决了] (`qok:<question>`)."""
    question = await access_own_question(turn.tx, turn.me, said.number())
    question = await states.solve(turn.tx, turn.me, question, turn.now)
    return Reply(toast=say("questions-thanks", no=question.no))


async def ask_more(turn: Turn, said: Tap) -> Reply:
    """[还有疑问], [补充], [重新打开] (`qmore:<question>`)."""
    question = await access_own_question(turn.tx, turn.me, said.number())
    await states.may_ask_again(turn.tx, question, turn.now)
    return Reply(say("questions-more-how", no=question.no), then=MORE, memo={"q": question.id})


async def more(turn: Turn, said: Event) -> Reply:
    """What is still unclear."""
    question = await access_own_question(turn.tx, turn.me, turn.talk.number("q"))
    try:
        question = await states.ask_again(turn.tx, turn.me, question, _text(said), turn.now)
    except Refusal as no:
        return Reply(
            no.say, no.buttons, then=MORE if no.say.key == "questions-more-length" else None, memo=turn.talk.memo
        )
    return Reply(say("questions-more-done", no=question.no), keyboard=menus.keyboard(turn.me))


def _text(said: Event) -> str:
    return said.text if isinstance(said, Text) else ""


ROUTES = (
    on_word("menu-ask", asked, who=TRAINEES | ANSWERERS),
    on_word("menu-questions", here, who=ANSWERERS),
    on_command("questions", here, who=ANSWERERS, about="questions-queue-about"),
    on_tap("qlist", here, who=ANSWERERS),
    on_tap("qtake", take, who=TEACHERS),
    on_tap("qto", give, who=ASSIGNERS),
    on_tap("qback", back, who=ANSWERERS),
    on_tap("qmenu", menu, who=ASSIGNERS),
    on_tap("qtogether", together, who=TEACHERS),
    on_tap("qhist", history, who=ANSWERERS),
    on_tap("qnay", _asks(NAY, "qnay", "questions-why-not"), who=ASSIGNERS),
    on_step(NAY, decline, who=ASSIGNERS),
    on_tap("qdate", _asks(DATE, "qdate", "questions-which-date"), who=ASSIGNERS),
    on_step(DATE, date, who=ASSIGNERS),
    on_tap("qfor", for_somebody, who=TEACHERS),
    on_step(FOR, entered, who=TEACHERS),
    on_tap("qok", solved, who=TRAINEES),
    on_tap("qmore", ask_more, who=TRAINEES),
    on_step(MORE, more, who=TRAINEES),
)
