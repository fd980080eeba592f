"""The morning on which everybody tries everything: day 2, 09:29; long: all that has happened, for every row."""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta
from pathlib import Path

from msgspec import Struct, structs

from actions import classes, joining, leave_forms, leave_steps
from actions import leaves as deeds
from actions import notice_drafts as drafts
from actions.classbook import write_book
from rules.leaves import Stretch
from rules.settings import Settings
from rules.settings_attendance import HoursPart
from storage import accounts, errands, leaves, members, questions
from storage.accounts import Me
from storage.door import open_store
from storage.errands import Errand
from storage.members import Member
from storage.tx import Store, Tx
from tests.cast import ACCOUNTS, DAY_1, spring
from tests.conftest import EVE, _fill
from tests.desk.desk import desk
from tests.handlers.log_class import GOOD, OTHER, writes
from tests.handlers.question_class import asks
from tests.handlers.test_notices import compose
from tests.stage import ZONE, Stage

ACCOUNTS |= {"Wu": 305, "Dai": 304, "Ba": 308, "Una": 306, "Qiu": 202, "Lei": 203, "Max": 902, "Ben": 107, "Fan": 109}
"""More trainees (5 of group 1, its deputy leader, 8 of group 2); number 6, whose seat has just been taken away; the
class teacher of the other class; a school leader; a site contact; a second class teacher; and one without a seat."""
TRAINEES = {f"T{seat:02}": 300 + seat for seat in range(1, 13)} | {"T01": 103, "T02": 101, "T03": 102}
ACCOUNTS |= {ref: account for ref, account in TRAINEES.items() if account not in ACCOUNTS.values()}

LOGS = {"T01": "乙乙的日志", "T02": "甲甲的日志", "T04": "己己的日志", "T05": "丙丙的日志", "T08": "丁丁的日志"}
REASONS = {
    "T05": "戊戊家里有急事",
    "T06": "己己去区里开会",
    "T08": "庚庚老人住院",
    "T10": "辛辛孩子发烧",
    "T02": "壬壬家里要搬家",
}
QUESTIONS = {"T05": "子子电动车进楼道怎么劝？", "T08": "丑丑食堂早饭能不能提前？"}
PHONES = {"T05": "000-0005", "T08": "000-0008"}


class Pair(Struct):
    """A short name for an id."""

    ref: str
    id: int


class Morning(Struct, frozen=True):
    """What was made: the database, the ids in it by short names, what everybody had been told by then."""

    path: Path
    ids: dict[str, int]
    heard: dict[str, str]


async def build(path: Path) -> Morning:
    """Make the database."""
    await _fill(f"sqlite:///{path}")
    store, ids = await open_store(f"sqlite:///{path}"), dict[str, int]()
    stage = Stage(store)
    try:
        await _happens(stage, ids)
    finally:
        await store.close()
    return Morning(path, ids, {name: "\n".join(s.plain for s in stage.phone(name)) for name in ACCOUNTS})


async def _happens(stage: Stage, ids: dict[str, int]) -> None:
    await stage.store.work(_people)
    await _attendance(stage)
    await _logs(stage)
    await _questions(stage, ids)
    await _notices(stage, ids)
    await _leaves(stage, ids)
    await stage.tick("22:06")
    await stage.tick("08:21", 2)
    await _office(stage, ids)
    stage.at("09:29", 2)
    await stage.tick()
    await stage.store.work(lambda tx: _name(tx, ids))
    await _lose_seat(stage.store, stage.clock.now(), "T06", "S09")


# ---- who is there ---------------------------------------------------------------------------------------------------


async def _people(tx: Tx) -> None:
    """Everybody has a telephone; the list of the morning of day 2 opens with the word alone; 48 hours."""
    sessions = tuple(structs.replace(s, checkin_mode="tap") if s.session_id == "S22" else s for s in spring().sessions)
    settings = Settings(hours=HoursPart(total=48))
    await classes.bring_in(tx, structs.replace(spring(), sessions=sessions, settings=settings), EVE)
    for ref, name, role in (
        ("P01", "麦站长", "site_contact"), ("S08", "本老师", "class_teacher"), ("S09", "范老师", "class_teacher"),
    ):  # fmt: skip
        await members.add(tx, Member(cohort_id=1, ref=ref, name=name, roles=role))
    for ref, account in {**TRAINEES, "P01": 902, "S08": 107, "S09": 109}.items():
        await _seat(tx, 1, ref, account)
    await _seat(tx, 2, "S01", ACCOUNTS["Qiu"])
    for name in ("Lei", "Nora"):
        await accounts.meet(tx, ACCOUNTS[name], name, EVE)
    await accounts.set_roles(tx, ACCOUNTS["Lei"], "school_leader")
    await accounts.set_cohort(tx, ACCOUNTS["Lei"], 1)
    await tx.do("update account set lang = 'zh'")


async def _seat(tx: Tx, cohort_id: int, ref: str, account: int) -> None:
    member = await members.by_ref(tx, cohort_id, ref)
    assert member is not None
    if member.account_id is None:
        await accounts.meet(tx, account, ref, EVE)
        link = await joining.link_for(tx, member.id, EVE)
        me = await accounts.who(tx, account, EVE)
        assert me is not None
        await joining.bind(tx, me, link.token, EVE)


async def _lose_seat(store: Store, now: datetime, *refs: str) -> None:
    """Number 6 and a class teacher have got new telephones: the old ones, Una's and Fan's, are nobody's any more."""

    async def work(tx: Tx) -> None:
        for ref in refs:
            clara, member = await me_of(tx, ACCOUNTS["Clara"], now), await members.by_ref(tx, 1, ref)
            assert member is not None
            await joining.free_seat(tx, clara, member, now)

    await store.work(work)


async def me_of(tx: Tx, account: int, now: datetime) -> Me:
    found = await accounts.who(tx, account, now)
    assert found is not None
    return found


# ---- what has happened ----------------------------------------------------------------------------------------------


async def _attendance(stage: Stage) -> None:
    """The first list is closed, nobody had been there; an objection waits for the teacher, another for the office."""
    stage.at("10:12")
    roll = await stage.store.work(lambda tx: tx.one(int, "select min(id) from roll where cohort_id = 1"))
    await stage.tap_data("Clara", f"closenow:{roll}:rest")
    stage.at("10:15")
    for name in ("Wu", "Ba"):
        await stage.tap_data(name, f"object:{roll}")
        await stage.says(name, f"{name}早就到了，坐在后排")
    claim = await stage.store.work(lambda tx: tx.one(int, "select max(id) from claim"))
    await stage.tap_data("Clara", f"claim:{claim}:keep:late")
    await stage.tap_data("Clara", f"claim:{claim}:keep:absent")
    await stage.tap_data("Ba", f"object:{roll}")
    await stage.says("Ba", "还是想请教务再看看")


async def _logs(stage: Stage) -> None:
    """Two logs wait to be read, one was sent back; Tina and Gao have got hours of their own for what they owe."""
    stage.at("21:00")
    await writes(stage, "Wu", f"{LOGS['T05']}：{GOOD}")
    await stage.sends("Ba", text="写日志")
    await stage.says("Ba", f"{LOGS['T08']}：{OTHER}")
    await stage.sends("Ba", photo=[{"file_id": "P8", "file_unique_id": "U8", "width": 9, "height": 9}])
    await stage.says("Ba", "提交日志")
    await stage.says("T09", "写日志")
    await stage.says("T09", "太短了")
    await stage.says("T09", "提交日志")
    await stage.says("T09", "仍要提交")
    for name, ref in (("Tina", "T02"), ("Gao", "T01"), ("Dai", "T04")):
        await stage.says(name, "写日志")
        await stage.says(name, f"{LOGS[ref]}：{GOOD}")


async def _questions(stage: Stage, ids: dict[str, int]) -> None:
    """A question each for Ivan, Ada, Max and Clara; those of numbers 5 and 8 for all but Clara without a name."""
    stage.at("21:10")
    for name, text in (("T07", "寅寅党费到底该怎么收齐才好？"), ("Wu", QUESTIONS["T05"]), ("Ba", QUESTIONS["T08"]),
                       ("T12", "卯卯现场教学那天怎么找路？"), ("T11", "辰辰还有一个问题想要问一下？")):  # fmt: skip
        await asks(stage, name, text)

    async def work(tx: Tx) -> None:
        found = await questions.of_cohort(tx, 1)
        owners = {"QL": "L01", "QA": "S02", "Q8": "S01", "QP": "P01", "QX": "S01"}
        for (name, ref), question in zip(owners.items(), found, strict=True):
            owner = await members.by_ref(tx, 1, ref)
            ids[name] = question.id
            await tx.do("update question set owner_id = :owner, state = 'assigned', live = false where id = :id",
                        {"owner": owner.id if owner else None, "id": question.id})  # fmt: skip

    await stage.store.work(work)


async def _notices(stage: Stage, ids: dict[str, int]) -> None:
    """One of Clara's has gone, "
    "one is being written; each other writer has a draft; Ada's asks for a second person."""
    stage.at("21:20")
    await compose(stage, "一一通知请看", "级别", "需已读")
    await stage.taps("Clara", "发给")
    ids["N1"] = await _newest(stage)
    for name, who in (("NC", "Clara"), ("NA", "Ada"), ("NH", "Lei"), ("NI", "Ivan")):
        await stage.says(who, "发通知")
        await stage.says(who, f"二二{who}的稿子")
        ids[name] = await _newest(stage)
    await stage.says("Ada", "发通知")
    await stage.says("Ada", "三三给两个班")
    ids["N2"] = await _newest(stage)

    async def work(tx: Tx) -> None:
        from storage import notices

        me, notice = await me_of(tx, ACCOUNTS["Ada"], stage.clock.now()), await notices.get(tx, ids["N2"])
        assert notice is not None
        await drafts.set_scope(tx, me, notice, (1, 2))

    await stage.store.work(work)
    await stage.tap_data("Ada", f"npre:{ids['N2']}")
    await stage.taps("Ada", "请另一位老师同意")


async def _newest(stage: Stage) -> int:
    return await stage.store.work(lambda tx: tx.one(int, "select max(id) from notice"))


async def _leaves(stage: Stage, ids: dict[str, int]) -> None:
    """Requests at the first, second and third step; two people away; drafts of those who may ask."""
    stage.at("21:30")
    now = stage.clock.now()

    def at(day: int, clock: str) -> datetime:
        return datetime.combine(DAY_1 + timedelta(days=day - 1), time.fromisoformat(clock), ZONE)

    async def one(tx: Tx, name: str, ref: str, kind: str, start: datetime, end: datetime, by: str = "") -> None:
        me, member = await me_of(tx, ACCOUNTS[by] if by else TRAINEES[ref], now), await members.by_ref(tx, 1, ref)
        assert member is not None
        begun = (
            leave_forms.begin_for(tx, me, member, kind, "phone", now) if by else leave_forms.begin(tx, me, kind, now)
        )
        leave = await begun
        if kind != "withdraw":
            leave = await leave_forms.set_when(tx, await deeds.cohort_of(tx, leave), leave, Stretch(start, end), now)
        leave = await leave_forms.set_place(tx, leave, "回家，一个人")
        leave = await leave_forms.set_reason(tx, leave, REASONS.get(ref, "家里有事要办"))
        if not name.startswith("D"):
            leave = await leave_forms.submit(tx, me, leave, now, now)
        ids[name] = leave.id

    async def agree(tx: Tx, name: str, *who: str) -> None:
        for person in who:
            leave = await leaves.get(tx, ids[name])
            assert leave is not None
            await leave_steps.agree(tx, await me_of(tx, ACCOUNTS[person], now), leave, now)

    async def work(tx: Tx) -> None:
        await one(tx, "V1", "T05", "personal", at(3, "09:00"), at(3, "10:30"))
        await one(tx, "V2", "T10", "night_out", at(2, "20:00"), at(2, "22:00"))
        await one(tx, "V3", "T08", "withdraw", now, now)
        await one(tx, "V4", "T06", "personal", at(2, "09:00"), at(2, "12:00"))
        await one(tx, "V5", "T09", "personal", at(2, "09:00"), at(2, "12:00"))
        await one(tx, "V6", "T12", "personal", at(3, "09:00"), at(3, "10:30"))
        await one(tx, "V7", "T02", "personal", at(3, "09:00"), at(3, "10:30"))
        for name, ref, by in (
            ("DT", "T02", ""),
            ("DG", "T01", ""),
            ("DD", "T04", ""),
            ("DC", "T11", "Clara"),
            ("DA", "T07", "Ada"),
        ):
            await one(tx, name, ref, "personal", at(2, "14:00"), at(2, "15:00"), by)
        await agree(tx, "V2", "Clara")
        await agree(tx, "V3", "Clara", "Ada")
        await agree(tx, "V4", "Clara")
        await agree(tx, "V5", "Clara")
        v6 = await leaves.get(tx, ids["V6"])
        assert v6 is not None
        await leave_steps.ask_material(tx, await me_of(tx, ACCOUNTS["Clara"], now), v6, now)

    await stage.store.work(work)
    await stage.settle()


async def _office(stage: Stage, ids: dict[str, int]) -> None:
    """A workbook to be confirmed, changes of the timetable, entries of the handbook, "
    "a search without result, hours."""
    stage.at("09:10", 2)
    await stage.tick()
    file = spring()
    people = (*file.trainees[:-1], structs.replace(file.trainees[-1], street="新的街道"))
    book = classes.read_fetched(write_book(structs.replace(file, trainees=people)), "x.xlsx")

    async def work(tx: Tx) -> None:
        await errands.add(tx, Errand(account_id=ACCOUNTS["Ada"], kind="workbook", file_id="F", file_name="x.xlsx",
                                     made_at=stage.clock.now()))  # fmt: skip
        ids["E1"] = await tx.one(int, "select max(id) from errand")
        await errands.set_read(tx, ids["E1"], book)
        ids["M1"] = await tx.one(int, """insert into search_miss (text, times, last_day)
                                         values ('流浪猫狗', 1, '2027-03-16') returning id""")  # fmt: skip
        await tx.do("insert into log_template (cohort_id, body, made_at) values (1, '写得好，再具体些', 0)")

    await stage.store.work(work)
    session = await stage.store.work(lambda tx: tx.one(int, "select id from session where ref = 'S31'"))
    for name, who in (("CC", "Clara"), ("CA", "Ada")):
        await stage.tap_data(who, f"chgoff:{session}")
        ids[name] = await stage.store.work(lambda tx: tx.one(int, "select max(id) from session_event"))
    logs = await stage.store.work(lambda tx: tx.all(int, "select id from log order by member_id"))
    assert logs
    for ref in ("T01", "T02", "T04"):
        member = await stage.store.work(lambda tx, ref=ref: members.by_ref(tx, 1, ref))
        await stage.tap_data("Clara", f"loghours:{member.id if member else 0}:1")
    async with desk(stage) as d:
        for name, who in (("H1", "Ben"), ("H2", "Clara"), ("H3", "Clara")):
            done = await d.post(who, "/desk/handbook/new", {"q": f"{name}门禁卡丢了怎么补办？"})
            found = re.search(r"(\d+)$", done.to)
            assert found, done.words
            ids[name] = int(found[1])
            fields = {
                "category": "常见问题", "q_zh": f"{name}门禁卡丢了怎么补办？", "checked": "method", "basis": "经验",
                "a_zh": "带身份证到物业登记，当天补好；旧卡作废。", "send": "" if name == "H2" else "y",
            }  # fmt: skip
            kept = await d.post(who, f"/desk/handbook/{ids[name]}/keep", fields)
            assert kept.status == 303, kept.words
            ids[f"{name}v"] = await stage.store.work(lambda tx: tx.one(int, "select max(id) from handbook_version"))
        done = await d.post("Ada", f"/desk/handbook/{ids['H3']}/approve", {"version": ids["H3v"]})
        assert done.status == 303, done.words


async def _name(tx: Tx, ids: dict[str, int]) -> None:
    """Short names for ids: S11 the list of a session, s11 the session, T05 a seat, G05 a log, K05 a claim."""
    pairs = """select s.ref, r.id from roll r join session s on s.id = r.session_id where r.cohort_id = 1
        union all select lower(ref), id from session where cohort_id = 1
        union all select ref, id from member where cohort_id = 1
        union all select 'o' || ref, id from member where cohort_id = 2
        union all select replace(m.ref, 'T', 'G'), g.id from log g join member m on m.id = g.member_id
        union all select replace(m.ref, 'T', 'K'), c.id from claim c join member m on m.id = c.member_id
        where c.state = 'open'
        union all select replace(m.ref, 'T', 'R'), p.id from notice_person p join member m on m.id = p.member_id
          where p.notice_id = :n
        union all select 'P8', max(id) from log_part where kind = 'photo'"""  # fmt: skip
    ids |= {p.ref: p.id for p in await tx.all(Pair, pairs, {"n": ids["N1"]})}
    for name, clock in (("m0", "09:10"), ("m1", "10:40")):
        ids[name] = round(datetime.combine(DAY_1 + timedelta(2), time.fromisoformat(clock), ZONE).timestamp()) // 60
    await tx.do(
        "update leave set handed_on = false where id = :id", {"id": ids["V1"]}
    )  # the clock has done it meanwhile
    ids["tpl"] = await tx.one(int, "select max(id) from log_template")
    ids["due"] = await tx.one(int, "select id from due where cohort_id = 1 and kind = 'log-reminder-1' and what = '2'")
