"""Questions and their answers, the handbook with its versions, and what the search needs to know."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

Big = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
NOTHING = sa.text("''")


def _id() -> sa.Column[Any]:
    return sa.Column("id", Big, primary_key=True)


def _text(name: str, default: str = "") -> sa.Column[Any]:
    return sa.Column(name, sa.Text, nullable=False, server_default=sa.text(f"'{default}'") if default else NOTHING)


def _when(name: str, must: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.BigInteger, nullable=not must)


def _big(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.BigInteger, nullable=False, server_default="0")


def _number(name: str, default: str = "0") -> sa.Column[Any]:
    return sa.Column(name, sa.Integer, nullable=False, server_default=default)


def _yes(name: str, default: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.Boolean, nullable=False, server_default=sa.true() if default else sa.false())


def _of(table: str, name: str = "", must: bool = True) -> sa.Column[Any]:
    return sa.Column(name or f"{table}_id", sa.BigInteger, sa.ForeignKey(f"{table}.id"), nullable=not must)


def upgrade() -> None:
    _questions()
    _handbook()
    _search()


def _questions() -> None:
    op.create_table(
        "question", _id(), _of("cohort"), _number("no"), _of("member", "asker_id"), _text("text"),
        _text("topic"), _text("topic_ref"), _of("session", must=False), _text("visibility", "anonymous"),
        _text("door", "class"), _text("state", "draft"), _of("member", "owner_id", must=False), _yes("late"),
        _yes("live"), _text("source", "self"), _of("member", "entered_by", must=False), _of("log", must=False),
        _when("made_at", must=True), _when("sent_at"), _when("assigned_at"), _when("nudge_at"), _when("return_at"),
        _when("due_at"), _when("first_answer_at"), _when("answered_at"), _when("closes_at"), _when("closed_at"),
        _text("closed_by"), _when("promised_at"), _text("reason"), _number("version"), _number("reopened"),
        _of("session", "together_id", must=False),
    )  # fmt: skip
    sent = sa.text("no > 0")
    op.create_index(
        "question_no", "question", ["cohort_id", "no"], unique=True, sqlite_where=sent, postgresql_where=sent
    )
    draft = sa.text("state = 'draft'")
    op.create_index(
        "question_draft", "question", ["asker_id", "source"], unique=True, sqlite_where=draft, postgresql_where=draft
    )
    op.create_index("question_state", "question", ["cohort_id", "state", "due_at"])
    op.create_index("question_session", "question", ["session_id", "live"])
    op.create_index("question_asker", "question", ["asker_id", "id"])
    op.create_index("question_owner", "question", ["owner_id", "state"])
    op.create_table(
        "same_question", _id(), _of("question"), _of("member"), _when("at", must=True),
        sa.UniqueConstraint("question_id", "member_id"),
    )  # fmt: skip
    op.create_index("same_question_member", "same_question", ["member_id"])
    op.create_table(
        "answer", _id(), _of("question"), _number("version"), _of("member", "author_id"), _text("body"),
        _text("source", "self"), _of("member", "entered_by", must=False), _text("why"), _when("at", must=True),
        sa.UniqueConstraint("question_id", "version"),
    )  # fmt: skip
    op.create_table(
        "answer_draft", _id(), _of("question"), _of("member"), _text("body"), _text("files", "[]"), _number("base"),
        _of("member", "author_id", must=False), _when("at", must=True), sa.UniqueConstraint("question_id", "member_id"),
    )  # fmt: skip
    op.create_table(
        "question_file", _id(), _of("question"), _number("version"), _text("kind"), _text("file_id"),
        _text("unique_id"), _text("file_name"), _number("seconds"), _when("at", must=True),
        sa.UniqueConstraint("question_id", "version", "unique_id"),
    )  # fmt: skip
    op.create_table(
        "question_event", _id(), _of("question"), _text("kind"), _of("member", must=False), _text("old"), _text("new"),
        _text("why"), _when("at", must=True),
    )  # fmt: skip
    op.create_index("question_event_question", "question_event", ["question_id", "id"])


def _handbook() -> None:
    op.create_table(
        "handbook_entry", _id(), sa.Column("key", sa.Text, nullable=False, unique=True), _text("category"),
        _text("state", "draft"), _number("version"), _text("q_zh"), _text("a_zh"), _text("q_en"), _text("a_en"),
        _text("checked", "method"), _text("basis"), _text("tags", "[]"), _text("as_of"), _text("review_by"),
        _of("question", must=False), _when("made_at", must=True), _when("changed_at", must=True),
    )  # fmt: skip
    op.create_index("handbook_entry_category", "handbook_entry", ["category", "state"])
    op.create_table(
        "handbook_version", _id(), _of("handbook_entry", "entry_id"), _number("no"), _text("state", "draft"),
        _text("content", "{}"), _text("note"), _big("author"), _text("author_name"), _big("reviewer"),
        _text("reviewer_name"), _text("answer"), _when("made_at", must=True), _when("sent_at"), _when("done_at"),
        sa.UniqueConstraint("entry_id", "no"),
    )  # fmt: skip
    op.create_index("handbook_version_state", "handbook_version", ["state", "id"])


def _search() -> None:
    op.create_table(
        "passage", _id(), _text("kind"), _big("ref_id"), _text("slot"), _of("cohort", must=False), _text("title"),
        _text("body"), _yes("shown", default=True), _big("stamp"), sa.UniqueConstraint("kind", "ref_id", "slot"),
    )  # fmt: skip
    op.create_index("passage_stamp", "passage", ["stamp"])
    op.create_table(
        "synonym", _id(), sa.Column("word", sa.Text, nullable=False), sa.Column("means", sa.Text, nullable=False),
        _yes("shown", default=True), _big("stamp"), sa.UniqueConstraint("word", "means"),
    )  # fmt: skip
    op.create_table("search_state", _id(), _big("stamp"), _text("fit", "{}"))
    op.execute("insert into search_state (id, stamp) values (1, 0)")
    op.create_table(
        "search_ask", _id(), _text("text"), _text("outcome"), _text("features", "{}"), _text("kind"), _big("ref_id"),
        _text("vote"), _when("at", must=True),
    )  # fmt: skip
    op.create_index("search_ask_at", "search_ask", ["at"])
    op.create_table(
        "search_miss", _id(), sa.Column("text", sa.Text, nullable=False, unique=True), _number("times"),
        _text("last_day"), _text("done"),
    )  # fmt: skip


def downgrade() -> None:
    for table in (
        "search_miss", "search_ask", "search_state", "synonym", "passage", "handbook_version", "handbook_entry",
        "question_event", "question_file", "answer_draft", "answer", "same_question", "question",
    ):  # fmt: skip
        op.drop_table(table)
