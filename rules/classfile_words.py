"""What schools call things: sheets, headers and words of a class file, Chinese first, and the key of each."""

from __future__ import annotations

import re
import unicodedata

# Table -> names of its sheet or file; the first is what the workbook writes.
SHEETS: dict[str, tuple[str, ...]] = {
    "trainees": ("学员", "学员名册", "学员名单", "名册", "名单"),
    "groups": ("分组", "小组", "分组表"),
    "staff": ("工作人员", "职工", "工作人员名单"),
    "lecturers": ("授课教师", "教师", "老师", "师资"),
    "sites": ("教学点", "现场教学点"),
    "rooms": ("房间", "教室", "场地"),
    "timetable": ("课程表", "课表", "日程", "日程表"),
    "courses": ("课程", "课程库"),
    "log_prompts": ("日志问题", "日志提示", "日志题目"),
    "settings": ("设置", "规则", "rules"),
    "class": ("班级", "班级信息", "培训班", "本班"),
}

_PERSON = {"name": ("姓名", "名字"), "phone": ("电话", "手机", "手机号", "手机号码", "联系电话")}
_LANG = {"lang": ("语言", "界面语言"), "synthetic": ("虚构", "虚构人物")}

# Table -> column -> its headers; the first is what the workbook writes.
HEADERS: dict[str, dict[str, tuple[str, ...]]] = {
    "trainees": {
        "trainee_id": ("编号", "学号", "学员编号", "id"),
        "name": _PERSON["name"],
        "gender": ("性别",),
        "birth_year": ("出生年", "出生年份"),
        "street": ("街道", "所属街道", "街道乡镇", "乡镇街道"),
        "community": ("社区", "所属社区", "单位"),
        "post": ("职务", "岗位"),
        "party_member": ("党员", "是否党员", "中共党员"),
        "years_in_community": ("社区工作年限", "工作年限", "从业年限"),
        "group_no": ("组别", "组", "小组", "组号", "分组"),
        "bus": ("车", "乘车", "车号", "车辆"),
        "seat_no": ("座号", "座位", "座位号"),
        "dorm_room": ("房间", "宿舍", "房号", "房间号", "寝室"),
        "dorm_bed": ("床位", "床号"),
        "diet": ("饮食", "忌口", "饮食要求", "饮食禁忌"),
        "phone": _PERSON["phone"],
        "emergency_contact": ("紧急联系人", "应急联系人"),
        "lang": _LANG["lang"],
        "telegram_note": ("备注", "手机备注", "手机情况"),
        "synthetic": _LANG["synthetic"],
        "class_role": ("班内职务", "班级职务", "班委"),
    },
    "groups": {
        "group_no": ("组号", "组", "组别", "小组"),
        "name_zh": ("组名", "名称", "小组名称"),
        "name_en": ("英文名称", "英文组名"),
        "leader_id": ("组长",),
        "deputy_id": ("副组长",),
        "discussion_room": ("研讨室", "讨论室", "房间"),
        "bus": ("车", "乘车", "车号", "车辆"),
        "topic_zh": ("议题", "题目", "主题", "研讨题目"),
        "topic_en": ("英文议题", "英文题目"),
        "facilitator_id": ("催化师", "指导老师", "指导教师"),
    },
    "staff": {
        "staff_id": ("编号", "工号", "id"),
        "name": _PERSON["name"],
        "role_key": ("角色",),
        "role_zh": ("岗位", "职务"),
        "role_en": ("英文岗位",),
        "duty_zh": ("职责", "分工"),
        "phone": _PERSON["phone"],
        **_LANG,
    },
    "lecturers": {
        "lecturer_id": ("编号", "教师编号", "id"),
        "name": _PERSON["name"],
        "org_zh": ("单位", "工作单位"),
        "org_en": ("英文单位",),
        "title_zh": ("职称", "职务"),
        "kind": ("类型", "类别"),
        "teaches": ("授课", "课程", "任课", "授课课程"),
        "phone": _PERSON["phone"],
        "arrives_by": ("到校方式", "接送"),
        "needs_zh": ("需要", "设备需求", "要求"),
        **_LANG,
    },
    "sites": {
        "site_id": ("编号", "教学点编号", "id"),
        "name_zh": ("名称", "教学点", "教学点名称"),
        "name_en": ("英文名称",),
        "kind": ("类型", "类别"),
        "lat": ("纬度",),
        "lon": ("经度",),
        "coord_datum": ("坐标系",),
        "coord_accuracy_m": ("坐标精度", "坐标精度米"),
        "checkin_radius_m": ("签到半径", "签到半径米"),
        "contact_id": ("负责人", "联系人", "联络人"),
        "capacity": ("容量", "可容纳人数"),
        "batch_size": ("每批人数",),
        "parking_zh": ("停车",),
        "toilet_zh": ("卫生间", "厕所"),
        "network_zh": ("网络",),
        "theme_zh": ("主题",),
        "theme_en": ("英文主题",),
        "what_to_see_zh": ("看点", "看什么"),
    },
    "rooms": {
        "room_id": ("编号", "房间编号", "房号", "id"),
        "name_zh": ("名称", "房间", "房间名称"),
        "name_en": ("英文名称",),
        "site_id": ("教学点", "所在教学点", "地点"),
        "floor": ("楼层",),
        "capacity": ("容量", "可容纳人数"),
        "use_zh": ("用途",),
    },
    "courses": {
        "course_id": ("编号", "课程编号", "代码", "id"),
        "title_zh": ("名称", "课程", "课程名称"),
        "title_en": ("英文名称",),
        "lead_id": ("主讲", "授课人", "教师", "lead"),
        "hours": ("学时",),
    },
    "timetable": {
        "session_id": ("课次", "课次编号", "编号", "id"),
        "day": ("天", "第几天"),
        "date": ("日期",),
        "start": ("开始", "开始时间"),
        "end": ("结束", "结束时间"),
        "span": ("时间", "时段", "起止时间"),
        "kind": ("类型", "类别"),
        "credit_hours": ("学时",),
        "title_zh": ("名称", "课程", "课程名称", "内容", "标题"),
        "title_en": ("英文名称",),
        "course_id": ("课程编号", "课程代码"),
        "lead_id": ("授课人", "主讲", "负责人", "教师", "授课教师", "老师"),
        "site_id": ("教学点", "地点"),
        "room_id": ("房间", "教室"),
        "checkin_mode": ("签到方式", "点名方式", "签到"),
        "evaluate": ("测评", "是否测评"),
        "required": ("必到", "必修", "是否必到"),
        "unit": ("点名单位", "单位"),
        "note_zh": ("备注", "说明"),
    },
    "log_prompts": {
        "day": ("天", "第几天"),
        "part": ("部分", "哪一问", "题"),
        "prompt_zh": ("问题", "题目", "提示"),
        "prompt_en": ("英文问题",),
        "hint_zh": ("说明", "提示语"),
    },
    "settings": {
        "key": ("设置项", "项目", "键"),
        "value": ("值", "数值", "内容"),
        "default": ("默认值",),
    },
    "class": {
        "key": ("项目", "设置项", "键"),
        "value": ("内容", "值"),
        "default": ("说明",),
    },
}

# What is said of the class as a whole -> words for it.
ABOUT: dict[str, tuple[str, ...]] = {
    "key": ("班级代号", "代号", "班级编号", "编号"),
    "title": ("班名", "班级名称", "名称"),
    "title_en": ("英文班名", "英文名称"),
    "first_day": ("开班日期", "第一天", "开始日期", "报到日期"),
    "last_day": ("结业日期", "最后一天", "结束日期"),
    "term": ("期次", "第几期", "期数"),
    "group_chat": ("班级群号", "群号"),
}

# Key -> words for it; the first is what the workbook writes.
KINDS: dict[str, tuple[str, ...]] = {
    "registration": ("报到",),
    "ceremony": ("典礼", "开班式", "结业式", "仪式"),
    "orientation": ("入学教育",),
    "lecture": ("课堂", "授课", "讲座", "课堂教学", "专题"),
    "skill": ("实操", "技能", "实训", "现场救护"),
    "site_visit": ("参观", "现场教学", "现场参观"),
    "site_lecture": ("现场授课", "现场课", "现场党课"),
    "group_discussion": ("研讨", "小组研讨", "讨论", "结构化研讨"),
    "presentation": ("汇报", "成果汇报"),
    "forum": ("座谈", "座谈会"),
    "assessment": ("测试", "考核", "测评"),
    "meal": ("用餐", "早餐", "午餐", "晚餐", "就餐"),
    "transfer": ("乘车", "交通", "转场", "返程"),
    "dorm_check": ("查寝",),
}
MODES: dict[str, tuple[str, ...]] = {
    "code": ("动态口令", "口令"),
    "tap": ("一键签到",),
    "leader": ("组长点名", "点名"),
    "desk": ("报到台", "报到"),
    "bus": ("上车清点", "上车", "乘车"),
    "duty": ("查寝",),
    "paper": ("纸质", "纸质签到"),
    "location": ("共享位置", "位置"),
    "none": ("不点名", "无", "不签到", "-", "/"),
}
UNITS: dict[str, tuple[str, ...]] = {
    "class": ("全班", "班", "班级"),
    "group": ("小组", "组"),
    "bus": ("车", "按车"),
    "dorm": ("宿舍", "寝室"),
}
ROLES: dict[str, tuple[str, ...]] = {
    "class_teacher": ("班主任", "副班主任", "主班", "副班"),
    "admin": ("教务", "school_admin", "教务管理员", "学校教务管理员", "管理员"),
    "school_leader": ("值班领导", "学校值班领导", "校领导", "领导"),
    "site_contact": ("教学点负责人", "教学点联系人", "联络人"),
    "support": ("工作人员", "support_staff", "后勤", "司机", "保障"),
    "reviewer": ("评委", "评审专家", "专家"),
    "sending_unit": ("派出单位", "派出单位联络员"),
}
GENDERS: dict[str, tuple[str, ...]] = {"female": ("女", "f", "女性"), "male": ("男", "m", "男性")}
LANGS: dict[str, tuple[str, ...]] = {
    "zh": ("中文", "zh-cn", "汉语", "普通话"),
    "en": ("英文", "en-us", "en-gb", "英语", "english"),
}
PROMPTS: dict[str, tuple[str, ...]] = {
    "learned": ("学到", "收获", "学到什么"),
    "puzzle": ("困惑", "问题", "还有什么困惑"),
    "action": ("打算", "行动", "准备做什么"),
}
CHOICES: dict[str, dict[str, tuple[str, ...]]] = {
    "part": PROMPTS,
    "kind": KINDS,
    "mode": MODES,
    "unit": UNITS,
    "role": ROLES,
    "gender": GENDERS,
    "lang": LANGS,
    "about": ABOUT,
}

# Kind -> how people are called when the timetable does not say: mode, unit, required.
HABITS: dict[str, tuple[str, str, bool]] = {
    "registration": ("desk", "class", True),
    "meal": ("none", "class", False),
    "transfer": ("bus", "bus", True),
    "dorm_check": ("duty", "dorm", True),
    "site_visit": ("leader", "group", True),
    "site_lecture": ("leader", "class", True),
    "group_discussion": ("leader", "group", True),
    "presentation": ("leader", "class", True),
}
USUAL = ("code", "class", True)

_ASIDE = re.compile(r"\(.*?\)|[\s*:_]")


def word(text: str) -> str:
    """A header or a word made comparable: width, case, blanks, stars and what stands in brackets left out."""
    return _ASIDE.sub("", unicodedata.normalize("NFKC", text)).lower()


def _known(names: dict[str, tuple[str, ...]]) -> dict[str, str]:
    return {word(name): key for key, also in names.items() for name in (key, *also)}


_TABLES = _known(SHEETS)
_COLUMNS = {table: _known(columns) for table, columns in HEADERS.items()}
_WORDS = {name: _known(choices) for name, choices in CHOICES.items()}


def table_of(name: str) -> str | None:
    """The table that a sheet or a file (without its ending) stands for; None for any other."""
    return _TABLES.get(word(name))


def column_of(table: str, header: str) -> str | None:
    """The column that a header stands for; None where it means nothing to us."""
    return _COLUMNS[table].get(word(header))


def choice_of(choices: str, text: str) -> str | None:
    """The key that a word stands for, e.g. `choice_of("mode", "动态口令")` is `code`."""
    known = _WORDS[choices]
    return known.get(word(text)) or known.get(unicodedata.normalize("NFKC", text).strip().lower())
