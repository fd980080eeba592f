"""Classes: one row a run, with its dates, state and settings."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache
from hashlib import blake2b

from msgspec import Struct, json

from rules.settings import Settings
from storage.tx import Tx


class Cohort(Struct, frozen=True):
    """One class (班级)."""

    id: int
    key: str
    title: str
    title_en: str
    state: str
    timezone: str
    first_day: date
    last_day: date
    term: int
    settings: str

    @property
    def rules(self) -> Settings:
        """The numbers of this class."""
        return settings_of(self.settings)

    def title_in(self, lang: str) -> str:
        """The title in the reader's language."""
        return self.title_en or self.title if lang == "en" else self.title


@lru_cache(maxsize=64)
def settings_of(text: str) -> Settings:
    """Settings out of their stored JSON; they are frozen, and a card asks for them for every person."""
    return json.decode(text, type=Settings)


_read: dict[str, Settings] = {}
"""Settings by their fingerprint; every turn asks, and equal text is equal settings in every process."""


async def rules_of(tx: Tx, cohort_id: int, mark: str) -> Settings:
    """The settings of a class whose stored fingerprint is `mark`; read only when they are new to us."""
    found = _read.get(mark)
    if found is None:
        if len(_read) > 256:
            _read.clear()
        found = settings_of(await tx.one(str, "select settings from cohort where id = :id", {"id": cohort_id}))
        _read[mark] = found
    return found


def fingerprint(settings: str) -> str:
    """A short mark that is the same for the same settings."""
    return blake2b(settings.encode(), digest_size=12).hexdigest()


def settings_text(rules: Settings) -> str:
    """Settings as they are stored."""
    return json.encode(rules).decode()


_ALL = "id, key, title, title_en, state, timezone, first_day, last_day, term, settings"


async def get(tx: Tx, id: int) -> Cohort:
    return await tx.one(Cohort, f"select {_ALL} from cohort where id = :id", {"id": id})


async def by_key(tx: Tx, key: str) -> Cohort | None:
    return await tx.first(Cohort, f"select {_ALL} from cohort where key = :key", {"key": key})


async def all(tx: Tx) -> list[Cohort]:
    return await tx.all(Cohort, f"select {_ALL} from cohort order by first_day desc, id desc")


async def put(tx: Tx, cohort: Cohort, now: datetime) -> int:
    """Make a class or bring its title, dates and settings up to date; its state stays. Gives its id."""
    return await tx.one(
        int,
        """insert into cohort (key, title, title_en, state, timezone, first_day, last_day, term, settings,
             settings_mark, made_at)
           values (:key, :title, :title_en, :state, :timezone, :first_day, :last_day, :term, :settings, :mark, :now)
           on conflict (key) do update set title = excluded.title, title_en = excluded.title_en,
             timezone = excluded.timezone, first_day = excluded.first_day, last_day = excluded.last_day,
             term = excluded.term, settings = excluded.settings,
             settings_mark = excluded.settings_mark
           returning id""",
        {**{f: getattr(cohort, f) for f in cohort.__struct_fields__}, "now": now, "mark": fingerprint(cohort.settings)},
    )


async def in_charge(tx: Tx, id: int) -> int | None:
    """The member to whom the class was handed over; None: nobody in particular."""
    return await tx.first(int, "select in_charge from cohort where id = :id and in_charge is not null", {"id": id})


async def set_in_charge(tx: Tx, id: int, member_id: int) -> None:
    await tx.do("update cohort set in_charge = :member_id where id = :id", {"id": id, "member_id": member_id})


async def set_state(tx: Tx, id: int, state: str) -> None:
    await tx.do("update cohort set state = :state where id = :id", {"id": id, "state": state})


class Group(Struct, frozen=True):
    """The group chat of a class, where it has one: it gets copies of notices, numbers only (BC-05)."""

    group_chat_id: int | None = None
    group_title: str = ""


async def group_of(tx: Tx, id: int) -> Group:
    return await tx.one(Group, "select group_chat_id, group_title from cohort where id = :id", {"id": id})


async def set_group(tx: Tx, id: int, chat_id: int, title: str) -> None:
    """The bot was added to the group of a class."""
    await tx.do(
        "update cohort set group_chat_id = :chat_id, group_title = :title where id = :id",
        {"id": id, "chat_id": chat_id, "title": title},
    )


async def of_group(tx: Tx, chat_id: int) -> int | None:
    """The class whose group this is."""
    return await tx.first(int, "select id from cohort where group_chat_id = :chat_id", {"chat_id": chat_id})


async def forget_group(tx: Tx, chat_id: int) -> None:
    """The group is gone, or the bot is not in it any more."""
    await tx.do("update cohort set group_chat_id = null where group_chat_id = :chat_id", {"chat_id": chat_id})
