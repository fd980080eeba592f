"""Templates of notices, shared by the school: words with blanks, how loud (BC-12)."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct, structs

from storage.tx import Tx


class Template(Struct, frozen=True, kw_only=True):
    """Words with blanks under a name; `cohort_id` is empty: a template belongs to the school."""

    id: int = 0
    name: str
    html: str
    level: str = "ordinary"
    made_by: int | None = None


async def all(tx: Tx) -> list[Template]:
    return await tx.all(Template, "select * from notice_template order by name")


async def get(tx: Tx, id: int) -> Template | None:
    return await tx.first(Template, "select * from notice_template where id = :id", {"id": id})


async def put(tx: Tx, template: Template, now: datetime) -> None:
    """Keep a template; one of the same name is replaced."""
    await tx.do("delete from notice_template where name = :name", {"name": template.name})
    await tx.do(
        """insert into notice_template (name, html, level, made_by, made_at)
           values (:name, :html, :level, :made_by, :now)""",
        {**structs.asdict(template), "now": now},
    )


async def remove(tx: Tx, id: int) -> None:
    await tx.do("delete from notice_template where id = :id", {"id": id})
