"""Daily logs: parts, versions, reviews, templates, prompts; what people attach; documents that are being made."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

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
    _logs()
    _contents()
    _reviews()
    _files()


def _logs() -> None:
    op.create_table(
        "log", _id(), _of("cohort"), _of("member"), sa.Column("day", sa.Integer, nullable=False),
        _text("state", "draft"), _text("was"), _number("version"), _text("source", "self"),
        _of("member", "entered_by", must=False),
        _text("mood"), _yes("private"), _text("text"), _number("chars"), _text("flags", "[]"), _number("grams"),
        sa.Column("sketch", sa.LargeBinary), _when("made_at", must=True), _when("handed_at"),
        _when("opens_at"), _when("closes_at"), _when("read_at"), _of("member", "read_by", must=False),
        _when("answered_at"), _when("starred_at"), _number("returns"), _when("return_until"), _text("reason"),
        sa.Column("claimed_by", sa.BigInteger), _when("claimed_until"), _yes("asked"),
        _yes("known"),
        sa.UniqueConstraint("member_id", "day"),
    )  # fmt: skip
    waits = sa.text("state in ('submitted', 'late')")
    op.create_index(
        "log_waiting", "log", ["cohort_id", "known", "handed_at"], sqlite_where=waits, postgresql_where=waits
    )
    held = sa.text("claimed_by is not null")
    op.create_index("log_claimed", "log", ["claimed_by"], sqlite_where=held, postgresql_where=held)
    op.create_index("log_day", "log", ["cohort_id", "day"])
    op.create_index("log_alike", "log", ["cohort_id", "grams"])
    op.create_table(
        "log_prompt", _id(), _of("cohort"), sa.Column("day", sa.Integer, nullable=False), _text("part"), _text("zh"),
        _text("en"), _text("hint"), sa.UniqueConstraint("cohort_id", "day", "part"),
    )  # fmt: skip


def _contents() -> None:
    op.create_table(
        "media", _id(), _of("cohort"), sa.Column("hash", sa.Text, nullable=False), _text("kind"), _number("size"),
        _number("width"), _number("height"), sa.Column("content", sa.LargeBinary, nullable=False),
        sa.Column("small", sa.LargeBinary), _when("made_at", must=True), sa.UniqueConstraint("cohort_id", "hash"),
    )  # fmt: skip
    op.create_table(
        "log_part", _id(), _of("log"), sa.Column("message_id", sa.BigInteger), _text("kind"), _text("slot"),
        _text("body"), _text("file_id"), _text("file_name"),
        sa.Column("size", sa.BigInteger, nullable=False, server_default="0"),
        _number("seconds"), _text("album"), _text("state", "kept"), _of("media", must=False), _when("at", must=True),
        sa.UniqueConstraint("log_id", "message_id"),
    )  # fmt: skip
    op.create_index("log_part_log", "log_part", ["log_id", "id"])
    op.create_table(
        "log_version", _id(), _of("log"), sa.Column("no", sa.Integer, nullable=False), _text("body"),
        _text("parts", "[]"), _text("state"), _text("source"), _when("at", must=True),
        sa.UniqueConstraint("log_id", "no"),
    )  # fmt: skip


def _reviews() -> None:
    op.create_table(
        "log_review", _id(), _of("log"), sa.Column("version", sa.Integer, nullable=False), _text("kind"),
        _of("member"), _text("body"), _text("voice"), _text("reason"), _when("until"), _when("at", must=True),
        _text("before", "{}"), _when("undone_at"),
    )  # fmt: skip
    op.create_index("log_review_log", "log_review", ["log_id", "id"])
    op.create_table(
        "log_template", _id(), _of("cohort"), _text("body"), _of("member", "made_by", must=False),
        _when("made_at", must=True), sa.UniqueConstraint("cohort_id", "body"),
    )  # fmt: skip


def _files() -> None:
    op.add_column("errand", sa.Column("ref", sa.BigInteger))
    op.create_table(
        "document", _id(), _of("cohort"), _of("member", must=False),
        sa.Column("account_id", sa.BigInteger, nullable=False), _text("kind"),
        _text("state", "new"), _number("tries"), _number("made"), _number("total"), _when("held_until"),
        _when("made_at", must=True),
    )  # fmt: skip
    op.create_index("document_state", "document", ["state", "id"])


def downgrade() -> None:
    op.drop_column("errand", "ref")
    for table in (
        "document", "log_template", "log_review", "log_version", "log_part", "media", "log_prompt", "log",
    ):  # fmt: skip
        op.drop_table(table)
