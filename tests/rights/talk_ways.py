"""Logs, questions, handbook, notices, the rest: every way in to every act; long: one entry for each row."""

from __future__ import annotations

from tests.rights.tries import Tries, each, log_facts
from tests.rights.world import LOGS, QUESTIONS

QUESTION_TABLE = "tests/handlers/test_question_rights.py"
NOTICE_TABLE = "tests/handlers/test_notice_rights.py"
NAMES = {"T05": "学员05", "T08": "学员08"}
OWNERS = "case q.no when 1 then 'L01' when 2 then 'S02' when 4 then 'P01' else '' end"
OWN_LOG = "where l.source = 'self' and (l.version > 0 or l.mood <> '' or l.private)"
REVIEWS = "from log_review r where r.log_id = l.id"
SENDERS = "case n.sender when 104 then 'L01' when 203 then 'H' when 106 then 'S02' else '' end"
WRITING = (
    "step:questions-write, word:menu-ask-send, tap:qgo, tap:qtopic, tap:qlevel, tap:qrewrite, tap:qdrop, tap:qsend"
)

TALK: dict[str, Tries] = {
    "log-write": Tries(
        does={
            "step:logs-write": tuple(f"log={g}|再写一段" for g in ("G01", "G02", "G04", "G05")),
            "word:menu-log-sure": tuple(f"logs-write;log={g}|" for g in ("G01", "G02", "G04")),
            "tap:logmood": ("G01:ok", "G02:ok", "G04:ok", "G05:ok"),
            "tap:logprivate": ("G01", "G02", "G04", "G05"),
            "kind:note": ("记一笔 今天学到了新的办法",),
            "step:logs-note": ("|今天学到了新的办法",),
        },
        more="word:menu-log, /log, word:menu-log-look, word:menu-log-send, word:menu-log-more, "
        "word:menu-log-later, tap:logday, "
        "tap:logagain, tap:logslot, tap:logparts, tap:logpart, tap:logask, word:menu-note, "
        "word:menu-log-mine, /mylogs",
        facts=f"""{log_facts("l.id, l.version, l.mood, l.private", OWN_LOG)}
            union all select m.ref || '|' || json_array(p.id, p.state, p.body) from log_part p
            join log l on l.id = p.log_id
            join member m on m.id = l.member_id where l.source = 'self'""",
        things=("P8:0", "G05:1", "1"),
    ),
    "log-paper": Tries(
        does={"tap:logpaper": ("T11:1:y", "T07:1:y"), "step:logs-paper": ("member=T11,day=#1|纸上写的日志",)},
        more="tap:logwho",
        facts=log_facts("l.id", "where l.source <> 'self'"),
        things=("T11:1",),
    ),
    "log-read": Tries(
        does={
            "tap:logopen": ("G05", "G08"),
            "tap:logstart": ("",),
            "tap:lognext": ("G05",),
            "GET /desk/logs": ({"which": "all"},),
            "GET /desk/logs/{id}": each("G05", "G08"),
            "word:menu-logs": ("",),
            "/logs": ("",),
        },
        more="tap:logfiles, tap:logdiff, GET /desk/logs/{id}/files/{part}",
        signs=LOGS,
        only={"word:menu-logs": "C", "/logs": "C"},
        things=("G05", "G08"),
    ),
    "log-count": Tries(more="word:menu-logs, /logs"),
    "log-missing": Tries(
        does={
            "word:menu-logs": ("",),
            "/logs": ("",),
            "tap:logmissing": ("1",),
            "tap:planwho": ("due:0",),
            "GET /desk/people/{id}": each("T05"),
            "tap:nto": ("NC:nolog", "NA:nolog", "NH:nolog", "NI:nolog"),
        },
        more="tap:logwho",
        signs={"T04": "学员04", "T07": "学员07", "T05": 'href="/desk/logs/'},
        facts="select '|' || id from notice where cohort_id = 1 and audience like '%nolog%'",
        only={
            **dict.fromkeys(("word:menu-logs", "/logs"), "G"),
            **dict.fromkeys(("tap:planwho", "tap:nto", "GET /desk/people/{id}"), "C"),
        },
        things=("1",),
    ),
    "log-answer": Tries(
        does={
            "tap:logread": ("G05:1", "G08:1"),
            "tap:logstar": ("G05:1",),
            "tap:logsay": ("G05:1:tpl", "G08:1:tpl"),
            "step:logs-answer": ("log=G05,version=#1|写得好",),
            "tap:logreturn": ("G05:1:off_topic:y", "G08:1:off_topic:y"),
            "step:logs-why": ("log=G05,version=#1,reason=off_topic|请再写写今天的课",),
            "POST /desk/logs/{id}/read": each("G05", "G08", version="1"),
            "POST /desk/logs/{id}/star": each("G05", version="1"),
            "POST /desk/logs/{id}/reply": each("G05", version="1", body="写得好"),
            "POST /desk/logs/{id}/return": each("G05", version="1", reason="off_topic"),
        },
        more="tap:logreply, tap:logkeep, tap:logundo, POST /desk/reviews/{review}/undo, tap:logstart, "
        "tap:lognext, tap:logfiles, "
        "tap:logdiff",
        facts=f"""{
            log_facts(
                f"l.read_at, l.answered_at, l.starred_at, l.returns, (select count(*) {REVIEWS})",
                f"where l.read_at is not null or l.returns > 0 or exists (select 1 {REVIEWS})",
            )
        }
            union all select '|' || count(*) from log_template""",
        things=("G05:1", "G08:1"),
    ),
    "log-chase": Tries(
        does={"tap:loghours": ("T11:1", "T07:1")},
        more="tap:logremind, POST /desk/logs/remind",
        facts=log_facts("l.opens_at, l.closes_at", "where l.opens_at is not null"),
        things=("1", "2"),
    ),
    "log-book": Tries(
        does={"tap:logbook": ("volume", "sheet"), "POST /desk/exports/logs": ({"kind": "volume"},)},
        more="word:menu-log-volume, /logbook",
        facts="select '|' || id from document where kind in ('volume', 'sheet') and cohort_id = 1",
    ),
    "ask": Tries(
        more=f"/ask, word:menu-ask, tap:qnew, tap:asksearch, tap:qjoin, tap:qsame, tap:qok, tap:qmore, "
        f"step:questions-more, tap:qprivate, "
        f"{WRITING}",
        proved=QUESTION_TABLE,
    ),
    "ask-for": Tries(more=f"tap:qfor, step:questions-for, {WRITING}", proved=QUESTION_TABLE),
    "class-questions": Tries(
        more="tap:qopen, tap:qfiles, word:menu-my-questions, tap:qmine, tap:qall", proved=QUESTION_TABLE
    ),
    "questions": Tries(
        does={"GET /desk/questions/{id}": each("QA", "Q8", "QP")},
        more="tap:qopen, tap:qfiles, word:menu-ask, word:menu-questions, /questions, tap:qlist, tap:qhist, "
        "GET /desk/questions",
        signs={**QUESTIONS, "P01": "卯卯现场教学"},
        proved=QUESTION_TABLE,
    ),
    "asker": Tries(does={"GET /desk/questions/{id}": each("QA", "Q8")}, signs=NAMES, proved=QUESTION_TABLE),
    "answer": Tries(
        does={
            "POST /desk/questions/{id}/answer": each("QL", "QA", "Q8", "QP", version="0", body="可以，先登记再办。"),
            "POST /desk/questions/{id}/note": each("QL", "QA", "Q8", "QP", note="语气轻些"),
            "POST /desk/questions/{id}/back": each("QL", "QA", "QP"),
        },
        more="tap:qans, step:questions-answer, tap:qpost, tap:qstill, tap:qanew, tap:qadrop, tap:qnote, "
        "step:questions-note, tap:qbook, tap:qback, POST /desk/questions/{id}/book",
        facts=f"""select {OWNERS} || '|' || json_array(q.id, q.version, (select count(*) from question_event e
            where e.question_id = q.id and e.kind in ('note', 'back', 'return'))) from question q
            where q.cohort_id = 1""",
        things=("QL", "QA"),
        proved=QUESTION_TABLE,
    ),
    "live": Tries(more="tap:qlive, tap:qoral, tap:qlater", proved=QUESTION_TABLE),
    "take": Tries(
        does={"POST /desk/questions/{id}/together": each("QL", session="s31")},
        more="tap:qas, tap:qtake, tap:qtogether, POST /desk/questions/{id}/take",
        facts="select '|' || json_array(q.id, q.together_id) from question q where q.cohort_id = 1",
        things=("QL",),
        proved=QUESTION_TABLE,
    ),
    "assign": Tries(
        does={
            "POST /desk/questions/{id}/give": each("QL", "QA", to="S08"),
            "POST /desk/questions/{id}/promise": each("QL", "Q8", when="明天中午"),
            "POST /desk/questions/{id}/decline": each("QL", "QA", reason="这个问题不在课程范围里，请问社区。"),
        },
        more="tap:qto, tap:qmenu, tap:qnay, step:questions-nay, tap:qdate, step:questions-date",
        facts="""select '|' || json_array(q.id, q.owner_id = (select id from member where ref = 'S08'
        and cohort_id = 1),
            q.state = 'declined', q.promised_at) from question q where q.cohort_id = 1""",
        things=("QL", "QA"),
        proved=QUESTION_TABLE,
    ),
    "question-numbers": Tries(more="tap:qnumbers", proved=QUESTION_TABLE),
    "search": Tries(
        does={"tap:entry": ("H3",)},
        more="word:menu-handbook, /handbook, tap:hb, tap:hbcat, tap:hit, tap:hits, tap:useful, tap:useless",
        signs={"": "旧卡作废"},
        things=("H3", "0"),
    ),
    "draft": Tries(
        does={
            "step:handbook-write": ("v=#0,f=q_zh|门口的花坛谁来打理？",),
            "POST /desk/handbook/new": ({"q": "门口的花坛谁来打理？"},),
            "POST /desk/handbook/{id}/keep": each("H3", a_zh="带身份证到物业登记，当天补好，旧卡作废，不要钱。"),
        },
        more="tap:hbnew, tap:hbedit, tap:hbopen, tap:hbfield, tap:hbset, tap:hbsend, tap:hbdrop, /drafts, "
        "tap:hbdrafts, "
        "tap:hbdiff, tap:hbroll, POST /desk/handbook/{id}/rollback",
        facts="select '|' || json_array(id, content) from handbook_version",
        things=("H3", "H1v", "H2v"),
    ),
    "handbook-desk": Tries(
        does={"GET /desk/handbook": ({},), "GET /desk/handbook/{id}": each("H3")},
        more="tap:hbvers, tap:hbexport, tap:hbopen, tap:hbdiff",
        signs={"": 'class="entries" 回到手册'},
        things=("H3", "H3v"),
    ),
    "misses": Tries(
        does={"tap:missdone": ("M1:0",), "POST /desk/handbook/settle": ({"miss": "M1"},)},
        more="word:menu-misses, /misses, tap:misses",
        facts="select '|' || done from search_miss",
    ),
    "publish": Tries(
        does={
            "tap:hbpass": ("H1v",),
            "tap:hbdown": ("H3:y",),
            "step:handbook-why": ("v=H1v|依据要写清楚",),
            "POST /desk/handbook/{id}/approve": each("H1", version="H1v"),
            "POST /desk/handbook/{id}/retire": each("H3"),
            "POST /desk/handbook/{id}/return": each("H1", version="H1v", why="依据要写清楚"),
        },
        more="tap:hbgone, tap:hball, tap:hbback, tap:hbkeep, tap:hbimport, tap:hbimportno, "
        "POST /desk/handbook/{id}/confirm, "
        "kind:document",
        facts="""select '|' || json_array(id, state, version) from handbook_entry where q_zh like 'H%'
            union all select '|' || id from handbook_version where state in ('returned', 'published')""",
        things=("H1v", "H3"),
    ),
    "notice": Tries(
        does={
            "POST /desk/notices/new": (
                {"text": "四四带好手册", "level": "ordinary", "kind": "class"},
                {"text": "五五带好笔", "level": "ordinary", "kind": "session", "of-session": "s12"},
                {"text": "六六没交日志的", "level": "ordinary", "kind": "nolog"},
            ),
            "POST /desk/notices/{id}/drop": each("NC", "NA", "NH", "NI"),
        },
        more="word:menu-notice, /notice, step:notices-write, tap:notice, tap:npanel, tap:npre, tap:npreview, "
        "tap:nsend, tap:ndrop, "
        "tap:nclear, tap:nto, tap:ntick, tap:nunread, tap:nsession, "
        "tap:nlevel, tap:nwhen, tap:nday, step:notices-when, tap:nmore, "
        "tap:nchoices, step:notices-choices, step:notices-until, tap:nenglish, step:notices-english, "
        "tap:ngroup, tap:nover, "
        "tap:ntemplates, tap:ntake, step:notices-blank, tap:nkeep, step:notices-keep, tap:nunkeep, "
        "tap:nback, tap:nnow, "
        "GET /desk/notices, GET /desk/notices/new, POST /desk/notices/look, GET /desk/notices/{id}/write, "
        "POST /desk/notices/{id}/write, POST /desk/notices/{id}/send, POST /desk/notices/{id}/over, "
        "POST /desk/notices/{id}/back, POST /desk/notices/{id}/now, POST /desk/notices/{id}/keep",
        facts=f"select {SENDERS} || '|' || json_array(n.id, n.html) from notice n where n.cohort_id = 1",
        things=("NC", "NA"),
        proved=NOTICE_TABLE,
    ),
    "notice-names": Tries(
        more="tap:nroll, tap:npick, step:notices-pick, tap:nsaved, tap:nlist, step:notices-list-name, tap:nwho",
        things=("NC", "NA"),
        proved=NOTICE_TABLE,
    ),
    "notice-run": Tries(
        does={"POST /desk/notices/{id}/recall": each("N1", sure="y")},
        more="tap:nsent, tap:nagain, tap:npause, tap:nresume, tap:nfix, step:notices-fix, tap:nfixed, tap:nrecall, "
        "GET /desk/notices/{id}/recall, POST /desk/notices/{id}/again, POST /desk/notices/{id}/ask, "
        "POST /desk/notices/{id}/pause, POST /desk/notices/{id}/resume, POST /desk/notices/{id}/fix, "
        "POST /desk/notices/{id}/fixed",
        facts=f"select {SENDERS} || '|' || json_array(n.state, n.version) from notice n where n.html like '一一%'",
        things=("N1",),
        only={"POST /desk/notices/{id}/recall": "CA"},
        proved=NOTICE_TABLE,
    ),
    "notice-urgent": Tries(
        does={"POST /desk/notices/new": ({"text": "五五马上到楼下", "level": "urgent", "kind": "class"},)},
        facts="select '|' || n.id from notice n where n.level = 'urgent' and n.cohort_id = 1",
        proved=NOTICE_TABLE,
    ),
    "notice-second": Tries(
        does={"POST /desk/notices/{id}/decline": each("N2")},
        more="tap:nclasses, tap:nsecond, tap:nsecondyes, tap:nsecondno, POST /desk/notices/{id}/agree",
        facts="select '|' || n.state from notice n where n.html like '三三%'",
        things=("N2",),
        proved=NOTICE_TABLE,
    ),
    "ledger": Tries(
        does={"GET /desk/notices/{id}": each("N1")},
        more="tap:nnames, tap:nfor, tap:nresend, tap:narrived, POST /desk/notices/{id}/rows/{row}/resend, "
        "POST /desk/notices/{id}/rows/{row}/arrived, POST /desk/notices/{id}/rows/{row}/choose",
        signs=NAMES,
        things=("R05", "R08"),
        proved=NOTICE_TABLE,
    ),
    "told": Tries(
        does={"POST /desk/notices/{id}/rows/{row}/told": each("N1", row="R08")},
        more="tap:nphone",
        facts="""select m.ref || '|' || coalesce(p.read_by, '') from notice_person p
            join member m on m.id = p.member_id""",
        things=("R05", "R08"),
        proved=NOTICE_TABLE,
    ),
    "read": Tries(
        more="tap:ack, word:menu-read, tap:nchoose, word:menu-got, /notices, tap:nshow, tap:lines",
        proved=NOTICE_TABLE,
    ),
    "sos": Tries(more="word:menu-sos, /sos", proved="tests/handlers/test_help.py"),
    "own-data": Tries(
        does={"/mydata": ("",)},
        more="tap:owndata, tap:optional, tap:optionaldel",
        signs=LOGS,
        only={"/mydata": "TG"},
    ),
    "mute": Tries(more="word:menu-mute, /mute, tap:mute", proved="tests/handlers/test_reminders.py"),
    "export": Tries(
        does={"word:menu-export": ("",), "/export": ("",), "POST /desk/exports/workbook": ({}, {"as": "csv"})},
        more="GET /desk/exports, tap:sheet",
        signs={"T05": "学员05", "T08": "学员08"},
    ),
    "attention": Tries(
        does={"word:menu-attention": ("",), "/attention": ("",), "tap:attention": ("0",), "GET /desk/attention": ({},)},
        more="tap:book",
        signs={"": "学员05"},
        things=("T08",),
    ),
    "today": Tries(more="GET /desk/today"),
    "plan": Tries(more="word:menu-plan, /plan, tap:plan, tap:planwho, GET /desk/plans", things=("due", "2027-03-16")),
    "audit": Tries(does={"GET /desk/audits": ({},)}, signs={"": "柯老师"}),
    "handover": Tries(
        does={"tap:handover": ("S08",)},
        more="word:menu-handover, /handover",
        facts="select '|' || coalesce(in_charge, '') from cohort where id = 1",
    ),
    "desk": Tries(
        more="word:menu-desk, /desk, tap:deskopen, tap:deskout, tap:deskyes, GET /desk/devices, POST /desk/out, "
        "POST /desk/out-all, "
        "POST /desk/confirm, POST /desk/class",
        proved="tests/desk/test_sign_in.py",
    ),
    "machine": Tries(more="word:menu-machine, /ops, tap:machine, GET /desk/machine"),
}
