"""The three questions of each day, as a class has them (log_prompts.csv); without them there are the usual ones."""

from __future__ import annotations

from msgspec import Struct

from storage.tx import Tx


class Prompt(Struct, frozen=True, kw_only=True):
    """One of the three questions of a day (log_prompts.csv)."""

    cohort_id: int
    day: int
    part: str
    zh: str
    en: str = ""
    hint: str = ""

    def words(self, lang: str) -> str:
        return self.en or self.zh if lang == "en" else self.zh


async def of_cohort(tx: Tx, cohort_id: int, day: int | None = None) -> list[Prompt]:
    """The questions of a day, or of all days of a class."""
    only = "" if day is None else "and day = :day"
    return await tx.all(
        Prompt,
        f"select cohort_id, day, part, zh, en, hint from log_prompt where cohort_id = :c {only} order by day, id",
        {"c": cohort_id, "day": day},
    )


async def put(tx: Tx, prompt: Prompt) -> None:
    await tx.do(
        """insert into log_prompt (cohort_id, day, part, zh, en, hint) values (:cohort_id, :day, :part, :zh, :en, :hint)
           on conflict (cohort_id, day, part) do update set zh = excluded.zh, en = excluded.en, hint = excluded.hint""",
        prompt,
    )


async def remove(tx: Tx, cohort_id: int, day: int, part: str) -> None:
    await tx.do(
        "delete from log_prompt where cohort_id = :c and day = :day and part = :part",
        {"c": cohort_id, "day": day, "part": part},
    )
