# 今日计划：机器人要发什么
plans-about = 今天要发什么、发给谁
plans-head = 🗓 { $date } 要发的{ $pages ->
        [1] {""}
       *[other] （{ $page }/{ $pages }）
    }
plans-none = 🗓 { $date } 没有要发的。
plans-line = { $at } { $what }：{ $count }人
plans-line-some = { $at } { $what }：{ $count }人，{ $left }人不发
plans-line-done = { $at } { $what }：已发{ $count }人
plans-line-notice = { $at } { $what }
plans-cell = { $at } { $what }
plans-group = { $group }组：{ $names }
plans-others = 其他：{ $names }
plans-seat = { $name }（{ $seat }号）
plans-name = { $name }
plans-names-of-teacher = 谁还没交日志，名字只有班主任看得到。
plans-nobody = 值班领导
plans-skips = 不发·{ $why }：{ $names }{ $more ->
        [0] {""}
       *[other] ……还有{ $more }人
    }
plans-burden = 📊 每人要做{ $acts }件，约{ $minutes }分钟：自己签到{ $check_ins }、日志{ $logs }、已读{ $reads }
plans-burden-too-much = ⚠️ 一天最好不超过{ $acts }件、{ $minutes }分钟，请减一点。
plans-which-day = 没看懂是哪一天。可以发“/plan 明天”“/plan 周三”或“/plan 3月17日”。
plans-gone = 这一条已经变了，或者已经没有了。请重新看一遍［今日计划］。
plans-open = 今日计划
plans-before = 上一页
plans-after = 下一页
plans-yesterday = 昨天
plans-today = 今天
plans-tomorrow = 明天
plans-day-before = 前一天
plans-day-after = 后一天
plans-kind-eve = 开班前夜通知
plans-kind-day-card = 今日卡
plans-kind-tomorrow = 明天外出或更早
plans-kind-checkin-reminder = 签到提醒（{ $what }）
plans-kind-bus-call = 叫车（{ $what }）
plans-kind-leg-call = 叫车·只叫组长（{ $what }）
plans-kind-joint-post = 汇总答复
plans-kind-roll-opens = 请组长点名（{ $what }）
plans-kind-head-count = 问现场人数（{ $what }）
plans-kind-digest = 班主任简报·有事才发
plans-kind-leader-card = 值班领导晚间卡
plans-kind-log-reminder-1 = 日志提醒
plans-kind-log-reminder-2 = 日志再提醒
plans-kind-log-digest = 日志简报
plans-kind-lecture-eve = 提醒讲师明天有课
plans-kind-lecture-soon = 提醒讲师快上课（{ $what }）
plans-kind-site-eve = 告诉教学点明天来人
