"""Groups, sites and rooms of a class: what the roster says of them, by their ids of the file."""

from __future__ import annotations

from typing import Any

from msgspec import Struct, field

from storage.tx import Tx


class Group(Struct, frozen=True, kw_only=True):
    """A group (组) with its leader and deputy by their ids of the file."""

    cohort_id: int
    group_no: int
    name: str = ""
    name_en: str = ""
    leader_ref: str = ""
    deputy_ref: str = ""
    room_ref: str = ""
    facts: dict[str, Any] = field(default_factory=dict)


class Place(Struct, frozen=True, kw_only=True):
    """A site (教学点) or a room."""

    cohort_id: int
    ref: str
    name: str
    name_en: str = ""
    facts: dict[str, Any] = field(default_factory=dict)


async def groups(tx: Tx, cohort_id: int) -> list[Group]:
    return await tx.all(Group, "select * from class_group where cohort_id = :id order by group_no", {"id": cohort_id})


async def put_group(tx: Tx, group: Group) -> None:
    await tx.do(
        """insert into class_group (cohort_id, group_no, name, name_en, leader_ref, deputy_ref, room_ref, facts)
           values (:cohort_id, :group_no, :name, :name_en, :leader_ref, :deputy_ref, :room_ref, :facts)
           on conflict (cohort_id, group_no) do update set name = excluded.name, name_en = excluded.name_en,
             leader_ref = excluded.leader_ref, deputy_ref = excluded.deputy_ref, room_ref = excluded.room_ref,
             facts = excluded.facts""",
        group,
    )


async def remove_group(tx: Tx, cohort_id: int, group_no: int) -> None:
    await tx.do(
        "delete from class_group where cohort_id = :id and group_no = :group_no",
        {"id": cohort_id, "group_no": group_no},
    )


async def sites(tx: Tx, cohort_id: int) -> list[Place]:
    return await tx.all(Place, "select * from site where cohort_id = :id order by ref", {"id": cohort_id})


async def rooms(tx: Tx, cohort_id: int) -> list[Place]:
    return await tx.all(Place, "select * from room where cohort_id = :id order by ref", {"id": cohort_id})


async def put_site(tx: Tx, place: Place) -> None:
    await _put(tx, "site", place)


async def put_room(tx: Tx, place: Place) -> None:
    await _put(tx, "room", place)


async def _put(tx: Tx, table: str, place: Place) -> None:
    await tx.do(
        f"""insert into {table} (cohort_id, ref, name, name_en, facts)
            values (:cohort_id, :ref, :name, :name_en, :facts)
            on conflict (cohort_id, ref) do update set name = excluded.name, name_en = excluded.name_en,
              facts = excluded.facts""",
        place,
    )


async def remove_site(tx: Tx, cohort_id: int, ref: str) -> None:
    await tx.do("delete from site where cohort_id = :id and ref = :ref", {"id": cohort_id, "ref": ref})


async def remove_room(tx: Tx, cohort_id: int, ref: str) -> None:
    await tx.do("delete from room where cohort_id = :id and ref = :ref", {"id": cohort_id, "ref": ref})
