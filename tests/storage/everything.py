"""One row in every table of whatever schema: everything of it belongs to one person, and every text bears a mark."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

SPECIAL: dict[tuple[str, str], Any] = {
    ("account", "roles"): "", ("cohort", "state"): "closed", ("cohort", "settings"): "{}", ("inbox", "state"): "done",
    ("passage", "kind"): "answer", ("member", "roles"): "trainee", ("cohort", "first_day"): "2027-03-15",
    ("cohort", "last_day"): "2027-03-19", ("cohort", "timezone"): "Asia/Shanghai", ("member", "left_at"): None,
}  # fmt: skip
ONCE = {"search_state", "alembic_version"}


def tables(connection: Any) -> list[sa.Table]:
    """The tables that a database has, those that are pointed to first."""
    found = sa.MetaData()
    found.reflect(bind=connection)
    return list(found.sorted_tables)


def fill(connection: Any, number: int, mark: str, cohort: int = 0) -> None:
    """A row with this number in every table; `cohort`: in a class that is there already."""
    for table in tables(connection):
        if table.name in ONCE or (cohort and table.name == "cohort"):
            continue
        row = {c.name: _value(table, c, number, mark, cohort or number) for c in table.columns}
        connection.execute(table.insert(), row)


def _value(table: sa.Table, column: sa.Column[Any], number: int, mark: str, cohort: int) -> Any:
    if (table.name, column.name) in SPECIAL:
        return SPECIAL[table.name, column.name]
    if column.name == "about":
        return f"member:{number}"
    if column.name == "cohort_id":
        return cohort
    if isinstance(column.type, sa.Boolean):
        return False
    if isinstance(column.type, sa.LargeBinary):
        return mark.encode()
    if isinstance(column.type, sa.String):
        return mark
    return number


def dump(connection: Any) -> dict[str, list[dict[str, Any]]]:
    """All that a database holds, by table."""
    return {
        name: [
            {k: bytes(v).decode() if isinstance(v, bytes | memoryview) else v for k, v in row._mapping.items()}
            for row in connection.execute(sa.text(f'select * from "{name}"'))
        ]
        for name in sa.inspect(connection).get_table_names()
    }
