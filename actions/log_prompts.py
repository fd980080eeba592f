"""The questions of the daily logs, as a class hands them in (LOG-02)."""

from __future__ import annotations

from actions.differences import Difference, differ
from rules.classfile import ClassFile
from storage import log_prompts
from storage.cohorts import Cohort
from storage.log_prompts import Prompt
from storage.tx import Tx


async def import_prompts(tx: Tx, cohort: Cohort, file: ClassFile) -> Difference:
    """The questions of the daily logs; a class that hands in none keeps what it has (LOG-02)."""

    async def remove(prompt: Prompt) -> bool:
        await log_prompts.remove(tx, cohort.id, prompt.day, prompt.part)
        return True

    new = {
        (p.day, p.part): Prompt(
            cohort_id=cohort.id,
            day=p.day,
            part=p.part,
            zh=p.prompt_zh,
            en=p.prompt_en,
            hint=p.hint_zh,
        )
        for p in file.log_prompts
    }
    old = {(p.day, p.part): p for p in await log_prompts.of_cohort(tx, cohort.id)}
    return await differ("prompts", old, new, lambda prompt: log_prompts.put(tx, prompt), remove)
