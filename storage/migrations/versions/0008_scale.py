"""Several programs at once: who holds a parcel, slips of what changed; indexes for what is asked often."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0005"


Big = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "stir", sa.Column("id", Big, primary_key=True), sa.Column("kind", sa.Text, nullable=False),
        sa.Column("what", sa.BigInteger, nullable=False), sa.Column("at", sa.BigInteger, nullable=False),
    )  # fmt: skip
    op.add_column("outbox", sa.Column("holder", sa.Integer, nullable=False, server_default="0"))
    card = sa.text("card_id is not null")
    op.create_index("outbox_card", "outbox", ["card_id"], sqlite_where=card, postgresql_where=card)
    sending = sa.text("state = 'sending'")
    op.create_index("outbox_sending", "outbox", ["lease_until"], sqlite_where=sending, postgresql_where=sending)


def downgrade() -> None:
    op.drop_index("outbox_sending", "outbox")
    op.drop_index("outbox_card", "outbox")
    op.drop_column("outbox", "holder")
    op.drop_table("stir")
