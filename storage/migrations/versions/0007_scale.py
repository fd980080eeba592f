"""Several programs at once: who holds a parcel, slips of what changed; indexes for what is asked often."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


Big = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "stir", sa.Column("id", Big, primary_key=True), sa.Column("kind", sa.Text, nullable=False),
        sa.Column("what", sa.BigInteger, nullable=False), sa.Column("at", sa.BigInteger, nullable=False),
    )  # fmt: skip
    op.add_column("outbox", sa.Column("holder", sa.Integer, nullable=False, server_default="0"))
    card = sa.text("card_id is not null")
    op.create_index("outbox_card", "outbox", ["card_id"], sqlite_where=card, postgresql_where=card)
    _abouts()
    op.drop_index("roll_stirred", "roll")
    stirred, live = sa.text("stirred_at is not null"), sa.text("closed_at is null")
    op.create_index("roll_stirred", "roll", ["stirred_at"], sqlite_where=stirred, postgresql_where=stirred)
    op.create_index("roll_live", "roll", ["shuts_at"], sqlite_where=live, postgresql_where=live)
    waits = sa.text("state in ('new', 'held')")
    op.drop_index("outbox_ends", "outbox")
    op.create_index("outbox_ends", "outbox", ["not_after"], sqlite_where=waits, postgresql_where=waits)
    op.create_index("card_line_made", "card_line", ["made_at"])
    sending = sa.text("state = 'sending'")
    op.create_index("outbox_sending", "outbox", ["lease_until"], sqlite_where=sending, postgresql_where=sending)


def _abouts() -> None:
    """What a card is about, without whose it is."""
    op.add_column("card", sa.Column("about", sa.Text, nullable=False, server_default=sa.text("''")))
    link = op.get_bind()
    found = link.execute(sa.text("select id, key from card")).all()
    rows = [{"id": id, "about": key.rpartition(":")[0]} for id, key in found]
    if rows:
        link.execute(sa.text("update card set about = :about where id = :id"), rows)
    op.create_index("card_about", "card", ["about"])


def downgrade() -> None:
    op.drop_index("roll_live", "roll")
    op.drop_index("roll_stirred", "roll")
    op.create_index("roll_stirred", "roll", ["stirred_at"])
    op.drop_index("card_line_made", "card_line")
    waits = sa.text("state = 'new'")
    op.drop_index("outbox_ends", "outbox")
    op.create_index("outbox_ends", "outbox", ["not_after"], sqlite_where=waits, postgresql_where=waits)
    op.drop_index("card_about", "card")
    op.drop_column("card", "about")
    op.drop_index("outbox_sending", "outbox")
    op.drop_index("outbox_card", "outbox")
    op.drop_column("outbox", "holder")
    op.drop_table("stir")
