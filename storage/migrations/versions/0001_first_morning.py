"""The first schema: people, classes, timetable, lists and marks; inbox, outbox, cards, clock, audit."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

Big = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
NOTHING = sa.text("''")


def _id() -> sa.Column[Any]:
    return sa.Column("id", Big, primary_key=True)


def _own_id(name: str) -> sa.Column[Any]:
    """A key that comes from outside (Telegram's ids)."""
    return sa.Column(name, Big, primary_key=True, autoincrement=False)


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
    _people()
    _timetable()
    _marks()
    _post()
    _errands()
    _clock()


def _people() -> None:
    op.create_table(
        "cohort", _id(), sa.Column("key", sa.Text, nullable=False, unique=True), _text("title"), _text("title_en"),
        sa.Column("state", sa.Text, nullable=False, server_default="draft"),
        sa.Column("timezone", sa.Text, nullable=False, server_default="Asia/Shanghai"),
        _text("first_day"), _text("last_day"), _number("term"), 
        sa.Column("settings", sa.Text, nullable=False), _text("settings_mark"),
        _when("made_at", must=True),
    )  # fmt: skip
    op.create_table(
        "account", _own_id("id"), _text("first_name"),
        sa.Column("lang", sa.Text), _text("roles"), _of("cohort", must=False), _when("blocked_at"),
        _yes("muted"), _when("made_at", must=True),
    )  # fmt: skip
    op.create_table(
        "member", _id(), _of("cohort"), sa.Column("ref", sa.Text, nullable=False), _text("name"), _text("roles"),
        sa.Column("lang", sa.Text, nullable=False, server_default="zh"), sa.Column("group_no", sa.Integer),
        sa.Column("seat_no", sa.Integer), _text("bus"), _text("dorm_room"), _text("street"), _text("community"),
        _text("phone"), _text("note"), sa.Column("facts", sa.Text, nullable=False, server_default="{}"),
        _of("account", must=False), _when("bound_at"), _when("joined_at"), _when("left_at"), _when("consent_at"),
        _text("consent"), sa.UniqueConstraint("cohort_id", "ref"), sa.UniqueConstraint("cohort_id", "account_id"),
    )  # fmt: skip
    op.create_index("member_seat", "member", ["cohort_id", "seat_no"], unique=True)
    op.create_index("member_account", "member", ["account_id"])
    op.create_table(
        "class_group", _id(), _of("cohort"), sa.Column("group_no", sa.Integer, nullable=False), _text("name"),
        _text("name_en"), _text("leader_ref"), _text("deputy_ref"), _text("room_ref"),
        sa.Column("facts", sa.Text, nullable=False, server_default="{}"),
        sa.UniqueConstraint("cohort_id", "group_no"),
    )  # fmt: skip
    for table in ("site", "room"):
        op.create_table(
            table, _id(), _of("cohort"), sa.Column("ref", sa.Text, nullable=False), _text("name"), _text("name_en"),
            sa.Column("facts", sa.Text, nullable=False, server_default="{}"), sa.UniqueConstraint("cohort_id", "ref"),
        )  # fmt: skip
    op.create_table(
        "seat_link", sa.Column("token", sa.Text, primary_key=True), sa.Column("code", sa.Text, unique=True),
        _of("member", must=False), sa.Column("purpose", sa.Text, nullable=False, server_default="seat"),
        _when("made_at", must=True), _when("expires_at"), _when("used_at"), sa.Column("used_by", sa.BigInteger),
        _when("revoked_at"),
    )  # fmt: skip
    op.create_index("seat_link_member", "seat_link", ["member_id"])
    op.create_table(
        "attempt",
        _id(),
        sa.Column("account_id", sa.BigInteger, nullable=False),
        _text("kind"),
        _when("at", must=True),
    )
    op.create_index("attempt_account", "attempt", ["account_id", "kind", "at"])


def _timetable() -> None:
    op.create_table(
        "session", _id(), _of("cohort"), sa.Column("ref", sa.Text, nullable=False), _number("day"),
        _when("starts_at", must=True), _when("ends_at", must=True), _text("kind"), _number("credit_hours"),
        _text("title"), _text("title_en"), _text("course"), _text("lead_ref"), _text("site_ref"), _text("room_ref"),
        _text("place"), _text("place_en"), sa.Column("mode", sa.Text, nullable=False, server_default="none"),
        _yes("evaluate"), _yes("required"), sa.Column("unit", sa.Text, nullable=False, server_default="class"),
        _text("note"), _yes("cancelled"), sa.UniqueConstraint("cohort_id", "ref"),
    )  # fmt: skip
    op.create_index("session_time", "session", ["cohort_id", "starts_at"])


def _marks() -> None:
    op.create_table(
        "roll", _id(), sa.Column("session_id", sa.BigInteger, sa.ForeignKey("session.id"), nullable=False, unique=True),
        _of("cohort"), sa.Column("state", sa.Text, nullable=False, server_default="planned"),
        sa.Column("secret", sa.Text, nullable=False), _when("opens_at", must=True), _when("bell_at", must=True),
        _when("shuts_at", must=True), _when("closed_at"), sa.Column("closed_by", sa.BigInteger),
        sa.Column("headcount", sa.Integer), _when("stirred_at"), _when("painted_at"),
    )  # fmt: skip
    op.create_index("roll_open", "roll", ["cohort_id", "opens_at", "shuts_at"])
    op.create_index("roll_stirred", "roll", ["stirred_at"])
    op.create_table(
        "mark", _id(), _of("roll"), _of("member"), sa.Column("status", sa.Text, nullable=False), _when("at"),
        _when("arrived_at"), sa.Column("source", sa.Text, nullable=False), _of("member", "entered_by", must=False),
        _text("flags"), sa.UniqueConstraint("roll_id", "member_id"),
    )  # fmt: skip
    op.create_index("mark_member", "mark", ["member_id"])
    op.create_table(
        "mark_event", _id(), _of("roll"), _of("member"), _when("at", must=True), sa.Column("who", sa.BigInteger),
        _text("old"), _text("new"), _text("source"), _text("reason"),
    )  # fmt: skip
    op.create_index("mark_event_mark", "mark_event", ["roll_id", "member_id"])


def _post() -> None:
    op.create_table(
        "inbox", _id(), sa.Column("bot", sa.BigInteger, nullable=False),
        sa.Column("update_id", sa.BigInteger, nullable=False), sa.Column("chat_id", sa.BigInteger, nullable=False),
        _number("lane"), sa.Column("raw", sa.Text, nullable=False), _when("kept_at", must=True),
        sa.Column("state", sa.Text, nullable=False, server_default="new"), _number("tries"), _when("not_before"),
        _when("done_at"), sa.Column("trouble", sa.Text), sa.UniqueConstraint("bot", "update_id"),
    )  # fmt: skip
    op.create_index("inbox_lane", "inbox", ["lane", "id"], sqlite_where=_open(), postgresql_where=_open())
    op.create_index("inbox_new", "inbox", ["id"], sqlite_where=_open(), postgresql_where=_open())
    op.create_table(
        "card", _id(), sa.Column("key", sa.Text, nullable=False, unique=True),
        sa.Column("chat_id", sa.BigInteger, nullable=False), sa.Column("message_id", sa.BigInteger),
        sa.Column("body", sa.Text, nullable=False), _text("shown"), _when("shown_at"), _yes("queued"),
    )  # fmt: skip
    op.create_table(
        "outbox", _id(), sa.Column("chat_id", sa.BigInteger, nullable=False), _text("kind"), _text("body"),
        _of("card", must=False), _number("priority"), sa.Column("once", sa.Text, unique=True), _yes("hold"),
        _when("not_before"), _when("not_after"), sa.Column("state", sa.Text, nullable=False, server_default="new"),
        _number("tries"), _when("lease_until"), sa.Column("message_id", sa.BigInteger), _text("trouble"),
        sa.Column("push_day", sa.Text), _when("made_at", must=True), _when("sent_at"),
    )  # fmt: skip
    op.create_index("outbox_new", "outbox", ["priority", "id"], sqlite_where=_open(), postgresql_where=_open())
    op.create_index("outbox_ends", "outbox", ["not_after"], sqlite_where=_open(), postgresql_where=_open())
    op.create_index("outbox_chat", "outbox", ["chat_id", "id"], sqlite_where=_busy(), postgresql_where=_busy())
    op.create_index("outbox_push", "outbox", ["chat_id", "push_day"])
    op.create_table(
        "pace",
        _own_id("key"),
        _when("ready_at", must=True),
    )
    op.create_table(
        "talk", _own_id("account_id"), _text("step"),
        sa.Column("memo", sa.Text, nullable=False, server_default="{}"), _when("since", must=True),
    )  # fmt: skip


def _errands() -> None:
    op.create_table(
        "errand", _id(), sa.Column("account_id", sa.BigInteger, nullable=False), _text("kind"), _text("file_id"),
        _text("file_name"), _text("data"), sa.Column("state", sa.Text, nullable=False, server_default="new"),
        _number("tries"), _when("made_at", must=True), _when("not_before"),
    )  # fmt: skip
    op.create_index("errand_new", "errand", ["id"], sqlite_where=_open(), postgresql_where=_open())


def _open() -> sa.TextClause:
    return sa.text("state = 'new'")


def _busy() -> sa.TextClause:
    return sa.text("state in ('new', 'sending')")


def _clock() -> None:
    op.create_table(
        "due", _id(), _of("cohort"), sa.Column("kind", sa.Text, nullable=False), _text("what"),
        _when("at", must=True), _when("until", must=True),
        sa.Column("state", sa.Text, nullable=False, server_default="new"), _when("done_at"),
        sa.UniqueConstraint("cohort_id", "kind", "what"),
    )  # fmt: skip
    op.create_index("due_new", "due", ["at"], sqlite_where=_open(), postgresql_where=_open())
    op.create_table("outage", _id(), _when("starts_at", must=True), _when("ends_at", must=True))
    op.create_table("pulse", sa.Column("name", sa.Text, primary_key=True), _when("at", must=True))
    op.create_table(
        "audit", _id(), _when("at", must=True), _of("cohort", must=False), sa.Column("who", sa.BigInteger),
        _text("act"), _text("about"), _text("old"), _text("new"), _text("why"),
    )  # fmt: skip
    op.create_index("audit_cohort", "audit", ["cohort_id", "id"])


def downgrade() -> None:
    for table in (
        "errand", "audit", "pulse", "outage", "due", "talk", "pace", "outbox", "card", "inbox", "mark_event", "mark",
        "roll", "session", "attempt", "seat_link", "room", "site", "class_group", "member", "account", "cohort",
    ):  # fmt: skip
        op.drop_table(table)
