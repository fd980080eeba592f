"""Attendance whole: closing and head-count, evidence, claims about marks; leave; warnings told once; files to send."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

Big = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
NOTHING = sa.text("''")


def _id() -> sa.Column[Any]:
    return sa.Column("id", Big, primary_key=True)


def _text(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Text, nullable=False, server_default=NOTHING)


def _when(name: str, must: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.BigInteger, nullable=not must)


def _number(name: str, default: str = "0") -> sa.Column[Any]:
    return sa.Column(name, sa.Integer, nullable=False, server_default=default)


def _yes(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Boolean, nullable=False, server_default=sa.false())


def _of(table: str, name: str = "", must: bool = True) -> sa.Column[Any]:
    return sa.Column(name or f"{table}_id", sa.BigInteger, sa.ForeignKey(f"{table}.id"), nullable=not must)


def upgrade() -> None:
    _lists()
    _leaves()
    _rest()


def _lists() -> None:
    for column in (
        _yes("reconciled"), _when("counted_at"), _when("nudged_at"), _when("reopened_at"), _text("judged_by"),
    ):  # fmt: skip
        op.add_column("roll", column)
    op.create_table(
        "roll_group", _id(), _of("roll"), sa.Column("group_no", sa.Integer, nullable=False),
        _of("member", "handed_in_by"), _when("at", must=True), sa.UniqueConstraint("roll_id", "group_no"),
    )  # fmt: skip
    op.create_table(
        "evidence", _id(), _of("roll"), _of("member"), sa.Column("status", sa.Text, nullable=False),
        _when("at", must=True), sa.Column("source", sa.Text, nullable=False), _of("member", "entered_by", must=False),
        sa.UniqueConstraint("roll_id", "member_id", "source", "status"),
    )  # fmt: skip
    op.create_table(
        "claim", _id(), _of("roll"), _of("member"), sa.Column("kind", sa.Text, nullable=False), _text("cause"),
        _text("words"), sa.Column("state", sa.Text, nullable=False, server_default="open"), _number("level", "1"),
        _when("asked_at", must=True), _when("decided_at"), sa.Column("decided_by", sa.BigInteger), _text("answer"),
        _text("old"), _text("new"),
    )  # fmt: skip
    op.create_index("claim_mark", "claim", ["roll_id", "member_id"])
    op.create_index("claim_member", "claim", ["member_id"])
    live = sa.text("state = 'open'")
    op.create_index(
        "claim_open", "claim", ["roll_id", "member_id"], unique=True, sqlite_where=live, postgresql_where=live
    )


def _leaves() -> None:
    op.create_table(
        "leave", _id(), _of("cohort"), _of("member"), _text("kind"), _when("starts_at"), _when("ends_at"),
        _text("place"), _text("reason"), _text("letter"), _number("hours"), _number("total"),
        sa.Column("state", sa.Text, nullable=False, server_default="draft"), _text("chain"), _number("step"),
        _yes("handed_on"), _yes("overdue"), _yes("proof_seen"), _text("notice"), _text("source"),
        _of("member", "entered_by", must=False), _when("made_at", must=True), _when("asked_at"), _when("step_at"),
        _when("decided_at"), _when("back_at"), _when("closed_at"),
    )  # fmt: skip
    op.create_index("leave_member", "leave", ["member_id", "starts_at"])
    op.create_index("leave_cohort", "leave", ["cohort_id", "state"])
    draft = sa.text("state = 'draft'")
    op.create_index(
        "leave_draft", "leave", ["member_id", "source"], unique=True, sqlite_where=draft, postgresql_where=draft
    )
    op.create_table(
        "leave_event", _id(), _of("leave"), _when("at", must=True), sa.Column("who", sa.BigInteger),
        _text("act"), sa.Column("step", sa.Integer), _text("role"), _text("old"), _text("new"), _text("words"),
        sa.UniqueConstraint("leave_id", "step"),
    )  # fmt: skip


def _rest() -> None:
    op.create_table(
        "warned", _id(), _of("member"), sa.Column("key", sa.Text, nullable=False), _when("at", must=True),
        sa.UniqueConstraint("member_id", "key"),
    )  # fmt: skip
    op.create_table(
        "file", _id(), _of("cohort"), _text("name"), sa.Column("content", sa.LargeBinary, nullable=False),
        _when("made_at", must=True),
    )  # fmt: skip
    op.add_column("member", _when("key_at"))
    op.add_column("member", _when("paper_at"))
    op.add_column("cohort", sa.Column("in_charge", sa.BigInteger))
    op.add_column("outbox", sa.Column("file_id", sa.BigInteger))


def downgrade() -> None:
    op.drop_column("outbox", "file_id")
    op.drop_column("cohort", "in_charge")
    for name in ("paper_at", "key_at"):
        op.drop_column("member", name)
    for table in ("file", "warned", "leave_event", "leave", "claim", "evidence", "roll_group"):
        op.drop_table(table)
    for name in ("judged_by", "reopened_at", "nudged_at", "counted_at", "reconciled"):
        op.drop_column("roll", name)
