"""Contents of media may stand outside of the database: each row says where."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.add_column("media", sa.Column("place", sa.Text, nullable=False, server_default=sa.text("''")))
    # The place stands behind the bytes in a row: an index spares SQLite the reading of all of them.
    op.create_index("media_place", "media", ["cohort_id", "place"])


def downgrade() -> None:
    op.drop_index("media_place", "media")
    op.drop_column("media", "place")
