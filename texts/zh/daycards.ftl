daycards-head = 📅 第{ $day }天　{ $date }
daycards-now = 现在：{ $what }（到 { $until }）
daycards-next = 下一项：{ $at } { $what }（{ $minutes }分钟后）
daycards-no-more = 今天的安排都结束了，辛苦了。
daycards-what = { $icon } { $title }，{ $where }
daycards-what-only = { $icon } { $title }
daycards-check-in = 📍 《{ $title }》正在签到，请签到。
daycards-away = 🚌 今天要外出：{ $at } { $place }，请带好胸牌和水。
daycards-hours = { $count ->
        [0] 今天没有课，好好休息。
       *[other] 今天{ $count }节课，共{ $hours }学时。
    }
daycards-title = { $title }
daycards-attendance = 我的考勤：{ $marks }
daycards-my-ten = 👥 我的小组：{ $count }人
daycards-name = { $name }（{ $seat }号）
daycards-ten-here = 👥 { $title }：本组{ $count }人都到了
daycards-ten-missing = 👥 { $title }：本组到{ $here }/{ $count }，还差{ $names }
daycards-mine = 🎤 今天我的课：
daycards-line = { $start }–{ $end } { $what }
daycards-short = { $icon } { $start } { $title }
daycards-bound = 📱 已绑定 { $bound }/{ $count }
daycards-list = 📋 { $title }：实到 { $here }/{ $count }
daycards-tomorrow = 🌙 { $day } { $at } { $what }
daycards-stamp = 更新于 { $at }
daycards-timetable = 看全天课程表
daycards-noted = 📌 { $words }
daycards-lines = 看全部（{ $count }条）
daycards-lines-none = 这张今日卡上没有别的话了。
