"""The desk: links that open it once, the sessions of browsers, initData that was used, and tries that failed."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

Big = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _text(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Text, nullable=False, server_default=sa.text("''"))


def _when(name: str, must: bool = True) -> sa.Column[Any]:
    return sa.Column(name, sa.BigInteger, nullable=not must)


def _account() -> sa.Column[Any]:
    return sa.Column("account_id", sa.BigInteger, sa.ForeignKey("account.id"), nullable=False)


def upgrade() -> None:
    op.create_table(
        "desk_link", sa.Column("hash", sa.Text, primary_key=True), _account(), _when("made_at"), _when("expires_at"),
        _when("used_at", must=False),
    )  # fmt: skip
    op.create_index("desk_link_account", "desk_link", ["account_id"])
    op.create_table(
        "desk_session", sa.Column("id", Big, primary_key=True), sa.Column("hash", sa.Text, nullable=False, unique=True),
        _account(), _text("kind"), _text("flash"), _when("made_at"), _when("expires_at"), _when("fresh_at"),
    )  # fmt: skip
    op.create_index("desk_session_account", "desk_session", ["account_id"])
    op.create_table("desk_init", sa.Column("hash", sa.Text, primary_key=True), _when("expires_at"))
    op.create_table(
        "desk_try", sa.Column("id", Big, primary_key=True), sa.Column("source", sa.Text, nullable=False), _when("at")
    )
    op.create_index("desk_try_source", "desk_try", ["source", "at"])


def downgrade() -> None:
    for table in ("desk_try", "desk_init", "desk_session", "desk_link"):
        op.drop_table(table)
