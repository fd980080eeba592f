demo-title = 同学 · 演示
demo-bot = 同学
demo-note = { $role }{ $group ->
        [0] {""}
       *[other] {" "}· 第{ $group }组
    }
demo-link = 点这里绑定座位
demo-role-trainee = 学员
demo-role-leader = 组长
demo-role-class_teacher = 班主任
demo-role-lecturer = 授课教师
demo-role-admin = 教务
demo-eve = 开班前夜
demo-day-card = 早上的今日卡
demo-tomorrow = 晚上看明天
demo-checkin-reminder = 签到提醒
demo-roll-opens = 签到开始
demo-roll-shuts = 签到关闭
demo-head-count = 数现场人数
demo-digest = 班主任简报
demo-leader-card = 值班领导晚间卡
demo-leave-nudge = 催批假条
demo-leave-start = 请假开始
demo-leave-overdue = 假满没回
demo-bus-call = 叫大家上车
demo-leg-call = 叫组长上车点名
demo-joint-post = 汇总答复
demo-lecture-eve = 讲师明天有课
demo-lecture-soon = 讲师快上课
demo-site-eve = 教学点明天来人
demo-notice-go = 通知发出
demo-notice-chase = 催没读的人
demo-notice-list = 没读名单
demo-notice-end = 通知到期
demo-log-reminder-1 = 日志提醒
demo-log-reminder-2 = 日志再提醒
demo-log-digest = 日志简报
