"""Seats, timetable, attendance, leave: every way in to every act; long: one entry for each row of the table."""

from __future__ import annotations

from tests.rights.tries import Form, Tries, claim_facts, each, leave_facts, mark_facts, step_facts
from tests.rights.world import REASONS

NAMES = {"T05": "学员05", "T08": "学员08"}
FORM_STEPS = "tap:leavewhen, tap:leavetime, step:leaves-letter, tap:leavelater, step:leaves-send"
FORMS: dict[str, tuple[Form, ...]] = {
    way: tuple(form.format(d) for d in ("DT", "DG", "DD", "DC", "DA"))
    for way, form in (("tap:leaveplace", "{}:hospital"), ("step:leaves-place", "id={}|去区里，一个人"),
                      ("step:leaves-reason", "id={}|另外一个原因"), ("step:leaves-when", "id={}|今天14:30-15:00"))
}  # fmt: skip
"""A request is written by the same steps, one's own and for somebody else."""
ASKED = "v.kind, v.state = 'draft', v.starts_at, v.place, v.reason"

CLASS: dict[str, Tries] = {
    "bind": Tries(
        more="/start, word:menu-bind-yes, word:menu-bind-no, step:joining-confirm, tap:privacy",
        facts="select ref || '|' || coalesce(account_id, '') from member where cohort_id = 1 and ref = 'T03'",
        proved="tests/handlers/test_joining.py",
    ),
    "seats": Tries(
        does={
            "tap:lateyes": ("T05", "T08"),
            "tap:freeyes": ("T05", "T08"),
            "POST /desk/people/{id}/free": each("T05", "T08"),
            "POST /desk/people/{id}/late": each("T05", "T08"),
            "POST /desk/people/{id}/paper": each("T06"),
        },
        more="tap:people, tap:person, tap:late, tap:free, POST /desk/people/{id}/code",
        facts="""select ref || '|' || json_array(coalesce(account_id, ''), joined_at, paper_at) from member
            where cohort_id = 1""",
        things=("T08", "T06", "1"),
    ),
    "people": Tries(
        does={"GET /desk/people": ({},), "GET /desk/people/{id}": each("T05", "T08")},
        more="word:menu-people, /people",
        signs=NAMES,
    ),
    "import": Tries(
        does={"tap:import": ("E1",), "tap:importno": ("E1",), "kind:document": ("",)},
        more="/import",
        facts="""select '|' || json_array(id, state) from errand where kind = 'workbook'
            union all select '|' || street from member where cohort_id = 1 and ref = 'T12'""",
    ),
    "class-state": Tries(
        does={"tap:classto": ("1:running", "1:closing")}, facts="select '|' || state from cohort where id = 1"
    ),
    "classes": Tries(does={"/classes": ("",)}, signs={"": "春晓班"}),
    "timetable": Tries(
        does={
            "tap:day": ("1", "0"),
            "GET /desk/timetable": ({},),
            "GET /desk/timetable/{id}": each("s12"),
            "word:menu-timetable": ("",),
            "/timetable": ("",),
        },
        signs={"": "社区党建 现场教学"},
    ),
    "timetable-change": Tries(
        does={
            "tap:chgto": ("s31:m0:m1",),
            "step:changes-time": ("id=s31|09:10-10:40",),
            "tap:chgroom": ("s31:s:SITE2",),
            "step:changes-place": ("id=s31|二楼会议室",),
            "tap:chglec": ("s31:L01",),
            "tap:chgoff": ("s31",),
            "tap:chgdo": ("CC", "CA"),
            "tap:chgno": ("CC", "CA"),
            "step:changes-why": ("id=CC|因为停电", "id=CA|因为停电"),
            "step:new-session-title": ("day=3|加一节班会",),
            "POST /desk/timetable/new": (
                {
                    "title": "班会",
                    "day": "3",
                    "time": "11:00-11:30",
                    "typed": "二楼",
                    "kind": "lecture",
                    "call": "none",
                },
            ),
            "POST /desk/timetable/{id}/time": each("s31", time="09:10-10:40"),
            "POST /desk/timetable/{id}/place": each("s31", typed="二楼会议室"),
            "POST /desk/timetable/{id}/lecturer": each("s31", who="L01"),
            "POST /desk/timetable/{id}/cancel": each("s31"),
            "POST /desk/changes/{id}/do": each("CC", "CA"),
            "POST /desk/changes/{id}/drop": each("CC", "CA"),
        },
        more="word:menu-change, /change, tap:chg, tap:chgs, tap:chgtime, tap:chgplace, tap:chglead, tap:chgon, "
        "tap:chgsee, "
        "tap:chgadd, step:new-session-time, step:new-session-place, tap:chgaddat, tap:chgkind, tap:chgcall, "
        "GET /desk/timetable/new, POST /desk/timetable/{id}/restore, GET /desk/changes/{id}",
        facts="""select '|' || json_array(id, starts_at, ends_at, place, site_ref, lead_ref, cancelled) from session
            where cohort_id = 1 union all select '|' || json_array(id, act, new, why) from session_event
            where cohort_id = 1""",
        things=("s31", "CC", "CA"),
    ),
    "check-in": Tries(
        does={"word:menu-check-in": ("",), "/checkin": ("",)},
        more="kind:digits",
        facts=mark_facts("k.source = 'self'"),
    ),
    "roll-call": Tries(
        does={
            "tap:mark": ("S22:T05:1", "S22:T08:2"),
            "tap:rest": ("S22:1", "S22:2"),
        },
        more="word:menu-roll, /roll, tap:rollgrid",
        facts=mark_facts("k.source not in ('self', 'clock')"),
        things=("S22:1", "S22:2", "S11"),
    ),
    "hand-in": Tries(
        does={"tap:handin": ("S22:1", "S22:2"), "word:menu-hand-in": ("",)},
        facts="select case g.group_no when 1 then 'T05' else 'T08' end || '|' || g.roll_id from roll_group g",
    ),
    "call-all": Tries(
        does={
            "tap:desk": ("S22:T05:here", "S22:T08:here"),
            "tap:nudge": ("S22",),
            "POST /desk/rolls/{id}/nudge": each("S22"),
            "POST /desk/rolls/{id}/here": each("S22", who=["T05", "T08"]),
            "POST /desk/rolls/{id}/rest": (*each("S22", group="1"), *each("S22", group="2")),
        },
        more="tap:roll, tap:lists, tap:leavepick, GET /desk/rolls/{id}",
        facts=f"""{mark_facts("k.source not in ('self', 'clock') and m.group_no = 2")}
            union all select '|' || id || coalesce(nudged_at, '') from roll where cohort_id = 1""",
        things=("S22", "S11"),
    ),
    "paper-list": Tries(
        does={"word:menu-enter-list": ("paper;roll=S22,text=缺 5 8,at=2027-03-16T09:29:00+08:00|",)},
        more="step:paper, tap:paperfor, tap:sheet",
        facts=mark_facts("k.source = 'paper'"),
    ),
    "screen": Tries(
        does={"word:menu-screen": ("",), "/screen": ("",), "tap:screen": ("",), "tap:screenew": ("",)},
        facts="select '|' || token || coalesce(revoked_at, '') from seat_link where purpose = 'screen:1'",
    ),
    "close": Tries(
        does={
            "tap:closenow": ("S12:rest",),
            "step:reopen": ("roll=S11|纸质名单漏了一页",),
            "step:headcount": ("roll=S12|11",),
            "POST /desk/rolls/{id}/count": each("S12", count="11"),
            "POST /desk/rolls/{id}/close": each("S12", rest="y"),
            "POST /desk/rolls/{id}/reopen": each("S11", reason="纸质名单漏了一页"),
        },
        more="tap:close, tap:choose, tap:reopen, tap:count, tap:spot",
        facts="select '|' || json_array(id, closed_at, headcount, reopened_at) from roll where cohort_id = 1",
        things=("S12:T08:present", "S22:T05:y", "S11"),
    ),
    "fix-mark": Tries(
        does={
            "tap:fixwhy": ("S11:T05:late:1", "S11:T08:late:1"),
            "step:mark-why": ("roll=S11,member=T05,status=late|看错了人",),
            "POST /desk/marks/{id}/{member}": each("S11", member="T08", was="absent", status="late", reason="看错"),
        },
        more="tap:fix, tap:fixto",
        facts=mark_facts("s.ref = 'S11'"),
        things=("S11:T05:late", "S11:T08"),
    ),
    "marks": Tries(
        does={
            "tap:rollgrid": ("S22:1", "S22:2"),
            "GET /desk/matrix": ({},),
            "GET /desk/marks/{id}/{member}": each("S11", member="T08"),
            "tap:book": ("T05", "T08"),
            "word:menu-roll": ("",),
            "/roll": ("",),
        },
        more="GET /desk/rolls",
        signs=NAMES,
        things=("S22", "S11"),
    ),
    "record": Tries(more="word:menu-record, /record, tap:record", things=("1:1",)),
    "object": Tries(
        does={"step:claims-words": ("list=S11|我早就到了，坐在后排",)},
        more="word:menu-correct, word:menu-claims, tap:correct, tap:object, tap:claim",
        facts="select m.ref || '|' || c.id from claim c join member m on m.id = c.member_id",
        things=("S11", "K05", "K08"),
    ),
    "claims": Tries(
        does={"tap:claim": ("K05", "K08")},
        more="word:menu-correct, word:menu-claims, /claims",
        signs={"T05": "Wu早就到了", "T08": "还是想请教务"},
    ),
    "decide-claim": Tries(
        does={
            "tap:claim": ("K05:keep:late", "K08:keep:late"),
            "step:claims-answer": ("claim=K05|看过名单了", "claim=K08|看过名单了"),
        },
        facts=claim_facts("c.level = 1 and c.state <> 'open'"),
        things=("K05",),
    ),
    "decide-claim-2": Tries(
        does={
            "tap:claim": ("K05:keep:late", "K08:keep:late"),
            "step:claims-answer": ("claim=K05|看过名单了", "claim=K08|看过名单了"),
        },
        facts=claim_facts("c.level = 2 and c.state <> 'open'"),
        things=("K08",),
    ),
    "leave-ask": Tries(
        does={
            **FORMS,
            "word:menu-leave-send": ("leaves-send;id=DT|", "leaves-send;id=DG|", "leaves-send;id=DD|"),
            "tap:leavekind": ("sick",),
            "tap:leaveanew": ("",),
        },
        more="word:menu-leave, /leave, word:menu-return, /back, tap:leaveback, tap:leavemenu, tap:leavemore, "
        "tap:leavego, "
        f"tap:leavegive, step:leaves-material, {FORM_STEPS}",
        facts=leave_facts(ASKED, "v.source = 'self'"),
        things=("V1", "V6", "DT", "DC"),
    ),
    "leave-for": Tries(
        does={
            **FORMS,
            "word:menu-leave-send": ("leaves-send;id=DC|", "leaves-send;id=DA|"),
            "tap:leavekind": ("sick:T08:S14:phone",),
        },
        more=f"tap:leavefor, {FORM_STEPS}",
        facts=leave_facts(ASKED, "v.source <> 'self'"),
        things=("V1", "DT", "DC"),
    ),
    "leave-undo": Tries(
        does={"tap:leaveundoyes": ("V1", "V7")},
        more="tap:leaveundo",
        facts=leave_facts("1", "v.state = 'cancelled'"),
        only={"tap:leaveundoyes": "TC"},
        things=("V1", "V7"),
    ),
    "leave-1": Tries(
        does={
            "tap:leaveyes": ("V1:0", "V2:1", "V3:2"),
            "tap:leavenowhy": ("V1:0:0", "V2:1:0", "V3:2:0"),
            "step:leaves-refuse": tuple(f"id={v},step=#{s}|今天不太合适" for s, v in enumerate(("V1", "V2", "V3"))),
            "tap:leaveproof": ("V1:0", "V2:1", "V3:2"),
            **{
                f"POST /desk/leaves/{{id}}/{act}": tuple(
                    {"id": v, "step": str(s), "why": "今天不太合适"} for s, v in enumerate(("V1", "V2", "V3"))
                )
                for act in ("agree", "refuse", "material")
            },
        },
        more="tap:leaveno",
        facts=step_facts("class_teacher"),
        things=("V1:0", "V2:1", "V3:2"),
    ),
    "leave-run": Tries(
        does={
            "tap:leavehand": ("V1:0",),
            "tap:leavegiven": ("V6:0",),
            "tap:leavedone": ("V5:0",),
            "POST /desk/leaves/{id}/hand": each("V1", step="0"),
            "POST /desk/leaves/{id}/given": each("V6"),
            "POST /desk/leaves/{id}/confirm": each("V5"),
        },
        more="tap:leaveseen, POST /desk/leaves/{id}/proof",
        facts=leave_facts(
            "v.handed_on, v.proof_seen, v.state in ('closed', 'need_material')",
            "v.handed_on or v.proof_seen or v.state = 'closed' or m.ref = 'T12'",
        ),
        things=("V1", "V5"),
    ),
    "leave-reason": Tries(
        does={"tap:leave": ("V1", "V2", "V3"), "GET /desk/leaves/{id}": each("V1", "V3")},
        signs=REASONS,
    ),
    "away": Tries(
        does={
            "word:menu-leaves": ("",),
            "/leaves": ("",),
            "tap:leaves": ("0",),
            "GET /desk/leaves": ({},),
            "tap:rollgrid": ("S22:1", "S22:2"),
        },
        signs={"T06": "学员06", "T09": "学员09"},
    ),
}
for _key, _chain in (("leave-2", "class_teacher admin"), ("leave-3", "class_teacher admin school_leader")):
    CLASS[_key] = Tries(
        does=CLASS["leave-1"].does, more=CLASS["leave-1"].more, facts=step_facts(_chain), things=CLASS["leave-1"].things
    )
