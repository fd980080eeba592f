timetable-about = 看课程表
timetable-day = <b>第{ $day }天　{ $date }</b>
timetable-all = 📅 { $title }（用餐和乘车看每天的课程表）
timetable-nth = 第{ $day }天
timetable-whole = 全部
timetable-no-day = 没有这一天。点［课程表］重新看。
timetable-empty = 课程表还没有排好，排好了会出现在这里。
