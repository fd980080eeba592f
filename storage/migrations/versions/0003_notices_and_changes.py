"""Notices with their ledger, templates and lists; lines of the day card, joint posts; changes of the timetable."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

Big = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
NOTHING = sa.text("''")


def _id() -> sa.Column[Any]:
    return sa.Column("id", Big, primary_key=True)


def _text(name: str, default: str = "") -> sa.Column[Any]:
    return sa.Column(name, sa.Text, nullable=False, server_default=sa.text(f"'{default}'") if default else NOTHING)


def _when(name: str, must: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.BigInteger, nullable=not must)


def _number(name: str, default: str = "0") -> sa.Column[Any]:
    return sa.Column(name, sa.Integer, nullable=False, server_default=default)


def _yes(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Boolean, nullable=False, server_default=sa.false())


def _of(table: str, name: str = "", must: bool = True) -> sa.Column[Any]:
    return sa.Column(name or f"{table}_id", sa.BigInteger, sa.ForeignKey(f"{table}.id"), nullable=not must)


def upgrade() -> None:
    _notices()
    _ledger()
    _kept()
    _timetable()
    _post()


def _notices() -> None:
    op.create_table(
        "notice", _id(), _of("cohort"), _text("kind", "notice"), _text("level", "ordinary"), _text("state", "draft"),
        _number("version", "1"), sa.Column("sender", sa.BigInteger, nullable=False),
        _of("member", "sender_member", must=False), _text("sender_name"), _text("html"), _text("html_en"),
        _text("media", "[]"), _text("choices", "[]"),
        _when("choices_until"), _text("audience", "{}"), _text("scope", "[]"), _text("over", "send"),
        _yes("to_group"),
        _text("what"), _text("facts", "{}"), _when("go_at"), _when("life_until"), _when("made_at", must=True),
        _when("confirmed_at"), sa.Column("confirmed_by", sa.BigInteger), sa.Column("second_by", sa.BigInteger),
        _when("begun_at"), _when("sent_at"), _when("corrected_at"), _when("ended_at"), _when("stirred_at"),
        _when("painted_at"), _text("trouble"),
    )  # fmt: skip
    op.create_index("notice_cohort", "notice", ["cohort_id", "state"])
    op.create_index("notice_sender", "notice", ["sender", "state"])
    stirred = sa.text("stirred_at is not null")
    op.create_index("notice_stirred", "notice", ["stirred_at"], sqlite_where=stirred, postgresql_where=stirred)
    draft = sa.text("state = 'draft' and what <> ''")
    op.create_index(
        "notice_change", "notice", ["cohort_id", "what"], unique=True, sqlite_where=draft, postgresql_where=draft
    )


def _ledger() -> None:
    op.create_table(
        "notice_person", _id(), _of("notice"), _of("member"), _of("cohort"), sa.Column("account_id", sa.BigInteger),
        _text("left_out"), _number("version", "1"), _when("read_at"), _of("member", "read_by", must=False),
        _text("read_how"), sa.Column("choice", sa.Integer), _when("choice_at"), _of("member", "choice_by", must=False),
        _number("chased"), sa.UniqueConstraint("notice_id", "member_id"),
    )  # fmt: skip
    op.create_index("notice_person_member", "notice_person", ["member_id", "notice_id"])
    op.create_table(
        "notice_event", _id(), _of("notice"), _when("at", must=True), sa.Column("who", sa.BigInteger), _text("act"),
        _of("member", must=False), _text("old"), _text("new"), _text("why"),
    )  # fmt: skip
    op.create_index("notice_event_notice", "notice_event", ["notice_id", "id"])


def _kept() -> None:
    op.create_table(
        "notice_template", _id(), _of("cohort", must=False), _text("name"), _text("html"), _text("level", "ordinary"),
        sa.Column("made_by", sa.BigInteger), _when("made_at", must=True), sa.UniqueConstraint("cohort_id", "name"),
    )  # fmt: skip
    op.create_table(
        "saved_list", _id(), _of("cohort"), _text("name"), _text("members", "[]"),
        sa.Column("made_by", sa.BigInteger), _when("made_at", must=True), sa.UniqueConstraint("cohort_id", "name"),
    )  # fmt: skip
    op.create_table(
        "card_line", _id(), _of("member"), _text("day"), sa.Column("once", sa.Text, nullable=False, unique=True),
        sa.Column("body", sa.Text, nullable=False), _when("until"), _when("made_at", must=True),
    )  # fmt: skip
    op.create_index("card_line_day", "card_line", ["day", "member_id"])
    op.create_table(
        "joint_item", _id(), _of("member"), sa.Column("once", sa.Text, nullable=False, unique=True),
        sa.Column("body", sa.Text, nullable=False), _text("day"), _text("state", "new"), _when("made_at", must=True),
        _when("posted_at"),
    )  # fmt: skip
    op.create_index("joint_item_member", "joint_item", ["member_id", "state"])


def _timetable() -> None:
    op.create_table(
        "session_event", _id(), _of("cohort"), sa.Column("session_id", sa.BigInteger, nullable=False),
        _when("at", must=True), sa.Column("who", sa.BigInteger), _text("act"), _text("old", "{}"), _text("new", "{}"),
        _text("why"),
    )  # fmt: skip
    op.create_index("session_event_session", "session_event", ["cohort_id", "session_id"])
    op.add_column("cohort", sa.Column("group_chat_id", sa.BigInteger))
    op.add_column("cohort", _text("group_title"))


def _post() -> None:
    op.add_column("outbox", sa.Column("ledger_id", sa.BigInteger))
    op.add_column("outbox", _number("version"))
    op.add_column("outbox", _text("part"))
    op.add_column("outbox", _text("others"))
    ledger = sa.text("ledger_id is not null")
    op.create_index("outbox_ledger", "outbox", ["ledger_id"], sqlite_where=ledger, postgresql_where=ledger)


def downgrade() -> None:
    op.drop_index("outbox_ledger", "outbox")
    for name in ("others", "part", "version", "ledger_id"):
        op.drop_column("outbox", name)
    for name in ("group_title", "group_chat_id"):
        op.drop_column("cohort", name)
    for table in (
        "session_event", "joint_item", "card_line", "saved_list", "notice_template", "notice_event", "notice_person",
        "notice",
    ):  # fmt: skip
        op.drop_table(table)
