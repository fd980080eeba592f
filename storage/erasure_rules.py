"""What becomes of every table and column when personal data go: one table, by which it is done and tested (XC-07).

A rule finds the rows of people (`whose`; {members} and {accounts} are their numbers) or of a whole class (`of_class`,
else those of everybody in it). The rows go, or some columns are emptied and the rest stays by the school's archive
rule. The order matters: what points to a row goes before it.
"""

from __future__ import annotations

from msgspec import Struct, field

NOBODY = "1 = 0"
OWN = "member_id in ({members})"
HERS = "account_id in ({accounts})"
CLASS = "cohort_id = :cohort_id"
LOGS = "select id from log where member_id in ({members})"
ASKED = "select id from question where asker_id in ({members})"
DAY_CARDS = """exists (select 1 from member m where m.id in ({members})
    and card.key like 'day:' || cast(m.id as text) || ':%')"""
CARDS = f"chat_id in ({{accounts}}) or {DAY_CARDS}"
CLASS_CARDS = f"{CARDS} or key in (select 'group:' || cast(n.id as text) from notice n where n.cohort_id = :cohort_id)"
LEDGER = "ledger_id in (select id from notice_person where {persons})"


class Rule(Struct, frozen=True, kw_only=True):
    """One table. `goes`: its rows; else the columns of `blank` become '', those of `sets` the SQL that is said, and
    those of `kept` stay. `about` is the heading under which a person is told of it ("" for what nobody counts)."""

    table: str
    whose: str = NOBODY
    of_class: str = ""
    goes: bool = False
    blank: str = ""
    sets: dict[str, str] = field(default_factory=dict)
    kept: str = ""
    about: str = ""

    def erases(self) -> set[str]:
        """The columns that are emptied while the row stays."""
        return {*self.blank.split(), *self.sets}

    def change(self) -> str:
        """What is done to the rows, without the condition."""
        if self.goes:
            return f"delete from {self.table}"
        new = {**dict.fromkeys(self.blank.split(), "''"), **self.sets}
        return f"update {self.table} set " + ", ".join(f"{name} = {value}" for name, value in new.items())

    @property
    def acts(self) -> bool:
        """Whether anything is done at all; a table without is only declared."""
        return self.goes or bool(self.erases())


MESSAGES = (
    Rule(
        table="file", goes=True, whose="id in (select file_id from outbox where chat_id in ({accounts}))",
        of_class=CLASS,
    ),
    Rule(
        table="outbox", goes=True, about="messages",
        whose=f"chat_id in ({{accounts}}) or {LEDGER.replace('{persons}', OWN)}"
              f" or card_id in (select card.id from card where {CARDS})",
        of_class=f"chat_id in ({{accounts}}) or {LEDGER.replace('{persons}', CLASS)}"
                 f" or card_id in (select card.id from card where {CLASS_CARDS})",
    ),
    Rule(table="card", goes=True, whose=CARDS, of_class=CLASS_CARDS),
    Rule(table="inbox", goes=True, whose="chat_id in ({accounts}) and state <> 'new'", about="messages"),
    Rule(table="talk", goes=True, whose=HERS),
    Rule(table="errand", goes=True, whose=HERS),
    Rule(table="attempt", goes=True, whose=HERS),
    Rule(table="document", goes=True, whose=f"{OWN} or {HERS}", of_class=CLASS),
    Rule(table="desk_link", goes=True, whose=HERS),
    Rule(table="desk_session", goes=True, whose=HERS),
    Rule(table="card_line", goes=True, whose=OWN),
    Rule(table="joint_item", goes=True, whose=OWN),
    Rule(table="warned", goes=True, whose=OWN),
    Rule(table="seat_link", goes=True, whose=OWN),
)  # fmt: skip

ATTENDANCE = (
    Rule(table="roll", kept="state secret judged_by"),
    Rule(table="mark", whose=OWN, kept="status source flags", about="marks"),
    Rule(table="mark_event", whose=OWN, blank="reason", kept="old new source"),
    Rule(table="evidence", whose=OWN, kept="status source"),
    Rule(table="claim", whose=OWN, blank="words answer", kept="kind cause state old new", about="claims"),
    Rule(table="leave", whose=OWN, blank="place reason letter notice", kept="kind state chain source", about="leaves"),
    Rule(table="leave_event", whose="leave_id in (select id from leave where member_id in ({members}))", blank="words",
         kept="act role old new"),
)  # fmt: skip

LOG_RULES = (
    Rule(table="log_part", goes=True, whose=f"log_id in ({LOGS})"),
    Rule(table="log_version", goes=True, whose=f"log_id in ({LOGS})"),
    Rule(table="log_review", whose=f"log_id in ({LOGS})", blank="body voice reason", sets={"before": "'{}'"},
         kept="kind"),
    Rule(table="media", goes=True,
         whose=f"{CLASS} and not exists (select 1 from log_part p where p.media_id = media.id)"),
    Rule(table="log", whose=OWN, blank="mood text reason", sets={"flags": "'[]'", "sketch": "null", "grams": "0"},
         kept="state was source", about="logs"),
    Rule(table="log_template", goes=True, of_class=CLASS),
    Rule(table="log_prompt", kept="part zh en hint"),
)  # fmt: skip

QUESTIONS = (
    Rule(table="answer_draft", goes=True, whose=f"{OWN} or author_id in ({{members}}) or question_id in ({ASKED})"),
    Rule(table="answer", whose=f"question_id in ({ASKED})", blank="body why", kept="source"),
    Rule(table="question_file", goes=True, whose=f"question_id in ({ASKED})"),
    Rule(table="question_event", whose=f"question_id in ({ASKED})", blank="old new why", kept="kind"),
    Rule(table="same_question", goes=True, whose=OWN),
    Rule(table="passage", whose=f"kind = 'answer' and ref_id in ({ASKED})", of_class=CLASS, blank="title body",
         sets={"shown": "false", "stamp": "(select stamp from search_state where id = 1)"}, kept="kind slot"),
    Rule(table="question", whose="asker_id in ({members})", blank="text reason",
         kept="topic topic_ref visibility door state source closed_by", about="questions"),
)  # fmt: skip

NOTICES = (
    Rule(table="notice_event", whose=OWN, of_class="notice_id in (select id from notice where cohort_id = :cohort_id)",
         blank="old new why", kept="act"),
    Rule(table="notice_person", goes=True, whose=OWN, of_class=CLASS, about="notices"),
    Rule(table="notice", whose="sender_member in ({members})", of_class=CLASS, blank="sender_name"),
    Rule(table="notice", of_class=CLASS, blank="html html_en trouble", kept="kind level state scope over what",
         sets={"media": "'[]'", "choices": "'[]'", "audience": "'{}'", "facts": "'{}'"}),
    Rule(table="notice_template", goes=True, of_class=CLASS),
    Rule(table="saved_list", goes=True, of_class=CLASS),
)  # fmt: skip

THE_CLASS = (
    Rule(table="session_event", of_class=CLASS, blank="why", kept="act old new"),
    Rule(table="site", of_class=CLASS, sets={"facts": "'{}'"}, kept="ref name name_en"),
    Rule(table="room", of_class=CLASS, sets={"facts": "'{}'"}, kept="ref name name_en"),
    Rule(table="class_group", kept="name name_en leader_ref deputy_ref room_ref facts"),
    Rule(table="session", kept="ref kind title title_en course lead_ref site_ref room_ref place place_en mode unit"
                               " note"),
    Rule(table="cohort", of_class="id = :cohort_id", blank="group_title", sets={"group_chat_id": "null"},
         kept="key title title_en state timezone first_day last_day settings settings_mark"),
    Rule(table="due", kept="kind what state"),
    Rule(table="audit", of_class=CLASS, blank="why", kept="act about old new",
         whose="about in (select 'member:' || cast(id as text) from member where id in ({members}))"
               " or about in (select 'leave:' || cast(id as text) from leave where member_id in ({members}))"
               " or about in (select 'claim:' || cast(id as text) from claim where member_id in ({members}))"
               f" or about in (select 'log:' || cast(l.id as text) from log l where l.id in ({LOGS}))"),
)  # fmt: skip

PEOPLE = (
    Rule(
        table="member", whose="id in ({members})", blank="phone street community dorm_room bus note consent",
        sets={
            "name": "'#' || coalesce(cast(seat_no as text), ref)", "facts": """'{"erased": true}'""",
            "account_id": "null", "left_at": "coalesce(left_at, :now)",
        },
        kept="ref roles lang", about="people",
    ),
    Rule(table="account", goes=True, whose="id in ({accounts})"),
)  # fmt: skip

OF_NO_PERSON = (
    Rule(table="pulse", kept="name"),
    Rule(table="handbook_entry", kept="key category state q_zh a_zh q_en a_en checked basis tags as_of review_by"),
    Rule(table="handbook_version", kept="state content note author_name reviewer_name answer"),
    Rule(table="synonym", kept="word means"),
    Rule(table="search_state", kept="fit"),
    Rule(table="search_ask", kept="text outcome features kind vote"),
    Rule(table="search_miss", kept="text last_day done"),
    Rule(table="desk_init", kept="hash"),
    Rule(table="stir", kept="kind"),
    Rule(table="desk_try", kept="source"),
    Rule(table="alembic_version", kept="version_num"),
)
"""The handbook is the school's and names its authors there; the search keeps what was asked without who asked."""

RULES = (*MESSAGES, *ATTENDANCE, *LOG_RULES, *QUESTIONS, *NOTICES, *THE_CLASS, *PEOPLE, *OF_NO_PERSON)
