"""Personal data go: of one person, or of a whole class; what they were is told in numbers (XC-07)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from msgspec import Struct

from storage.erasure_rules import NOBODY, RULES, Rule
from storage.tx import Tx


class Scope(Struct, frozen=True, kw_only=True):
    """Whose data: these seats of a class, and the accounts that nothing else keeps here. `whole`: the class itself."""

    cohort_id: int
    members: tuple[int, ...]
    accounts: tuple[int, ...]
    whole: bool = False

    def where(self, rule: Rule) -> str:
        """Which rows of a table; numbers stand in it as they are, for there may be thousands."""
        found = (rule.of_class or rule.whose) if self.whole else rule.whose
        return found.replace("{members}", _numbers(self.members)).replace("{accounts}", _numbers(self.accounts))


def _numbers(found: Iterable[int]) -> str:
    return ", ".join(str(int(n)) for n in found) or "null"


async def of_member(tx: Tx, cohort_id: int, member_id: int) -> Scope:
    """One person's."""
    return Scope(cohort_id=cohort_id, members=(member_id,), accounts=await _leaving(tx, "m.id = :id", member_id))


async def of_class(tx: Tx, cohort_id: int) -> Scope:
    """Everybody's of a class, and its own."""
    found = await tx.all(int, "select id from member where cohort_id = :id", {"id": cohort_id})
    leaving = await _leaving(tx, "m.cohort_id = :id", cohort_id)
    return Scope(cohort_id=cohort_id, members=tuple(found), accounts=leaving, whole=True)


async def _leaving(tx: Tx, whose: str, id: int) -> tuple[int, ...]:
    """The accounts of these seats that have no other seat in a class that is kept, and no office in the school."""
    found = await tx.all(
        int,
        f"""select distinct m.account_id from member m join account a on a.id = m.account_id
            where {whose} and a.roles = '' and not exists (
              select 1 from member o join cohort c on c.id = o.cohort_id
              where o.account_id = m.account_id and o.cohort_id <> m.cohort_id and c.state <> 'erased')""",
        {"id": id},
    )
    return tuple(found)


def _steps(scope: Scope) -> Iterator[tuple[Rule, str]]:
    for rule in RULES:
        where = scope.where(rule)
        if where != NOBODY:
            yield rule, where


async def counts(tx: Tx, scope: Scope) -> dict[str, int]:
    """How many rows of each kind are meant."""
    found: dict[str, int] = {}
    for rule, where in _steps(scope):
        if rule.about:
            n = await tx.one(int, f"select count(*) from {rule.table} where {where}", {"cohort_id": scope.cohort_id})
            found[rule.about] = found.get(rule.about, 0) + n
    return found


async def erase(tx: Tx, scope: Scope, now: datetime) -> None:
    """Let it all go, table by table; the search sees that passages are gone. SQLite writes zeros over what it frees."""
    if not tx.postgres:
        await tx.do("pragma secure_delete = on")
    await tx.do("update search_state set stamp = stamp + 1 where id = 1")
    if not scope.whole:
        await tx.do(
            f"update account set cohort_id = null where cohort_id = :cohort_id and id in (select account_id from member"
            f" where id in ({_numbers(scope.members)}))",
            {"cohort_id": scope.cohort_id},
        )
    for rule, where in _steps(scope):
        if rule.acts:
            await tx.do(f"{rule.change()} where {where}", {"cohort_id": scope.cohort_id, "now": now})
    if scope.whole:
        await tx.do("update account set cohort_id = null where cohort_id = :id", {"id": scope.cohort_id})
