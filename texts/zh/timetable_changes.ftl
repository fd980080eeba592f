# 改课：改时间、地点、讲师，取消、恢复、加一节；改之前先看会怎样
menu-change = 改课
    .also = 改课表|调课|改课程表|change timetable|change the timetable
changes-about = 改课：时间、地点、讲师、取消
changes-day = ✏️ 改课　第{ $day }天　{ $date }
changes-pick = 点要改的那节：
changes-empty-day = 这一天还没有课。
changes-cell = { $hours } { $title }
changes-cell-off = 🚫 { $hours } { $title }
changes-add = ➕ 加一节
changes-session = ✏️ <b>{ $title }</b>
changes-when = { $day } { $hours }
changes-now-time = 🕐 { $when }
changes-now-place = 📍 { $place }
changes-now-lecturer = 🎤 { $name }
changes-no-place = 没写地点
changes-nobody = 没写讲师
changes-list-none = 📋 这节不点名
changes-list-planned = 📋 还没开始签到
changes-list-open = 🟢 正在签到
changes-list-held = 🟡 自助签到已关闭，还没收口
changes-list-closed = 🔒 已经收口
changes-list-cancelled = 🚫 这节课取消了
changes-marked = 📋 已有{ $count }人的签到，记录都留着
changes-do-time = 改时间
changes-do-place = 改地点
changes-do-lecturer = 换讲师
changes-do-cancel = 取消这节
changes-do-restore = 恢复这节
changes-back = ‹ 回到这节
changes-look = 看这节课
changes-ask-time = 改到什么时候？点一下，或者直接打字，例如：
    14:00-15:30
    明天下午两点（时长不变）
    推后半小时
changes-later = 推后{ $minutes }分　{ $hours }
changes-earlier = 提前{ $minutes }分　{ $hours }
changes-on-day = 改到第{ $day }天
changes-ask-place = 改到哪里？点一下，或者直接打地点。
changes-room = { $name }
changes-site = 🏛 { $name }
changes-ask-lecturer = 换成谁？
changes-person = { $name }
changes-nobody-button = 不写讲师
changes-new-title = ➕ 在{ $date }加一节。叫什么？直接打课名。
changes-new-time = 🕐 什么时候？直接打字，例如 19:00-20:30
    （只打开始，就按45分钟）
changes-ask-kind = 是哪一种？
changes-kind-lecture = 📘 课堂
changes-kind-site = 🏛 现场
changes-kind-talk = 🗣 研讨
changes-kind-other = 其他
changes-ask-call = 要点名吗？（学时先记0，要算学时请教务改课程表）
changes-call-code = 动态口令签到
changes-call-leader = 组长点名
changes-call-none = 不点名
changes-line = 《{ $title }》{ $when }：{ $what }
changes-line-moved = 《{ $title }》{ $what }
changes-time = { $old } → <b>{ $new }</b>
changes-place = 地点 { $old } → <b>{ $new }</b>
changes-lecturer = 讲师 { $old } → <b>{ $new }</b>
changes-title = 课题 { $old } → <b>{ $new }</b>
changes-other = 学时、签到方式等有改动
changes-added = 《{ $title }》<b>新增</b> { $when }，{ $place }
changes-cancelled = 《{ $title }》{ $when }，{ $place } → <b>取消</b>
changes-restored = 《{ $title }》<b>恢复</b> { $when }，{ $place }
changes-more = ……还有{ $count }节，请看课程表
changes-outlook = 👀 <b>改之前先看一眼，现在什么都没变</b>
changes-clash = ⚠️ 和这些课撞了：{ $names }{ $more ->
        [0] {""}
       *[other] 等，还有{ $more }节
    }
changes-clash-one = { $hours } { $title }
changes-reminder = 签到提醒
changes-bus-call = 上车提醒
changes-lecture-soon = 讲师提醒
changes-roll-opens = 开始签到
changes-moves = ⏰ { $name } { $old } → { $new }
changes-moves-new = ⏰ { $name } { $new }（新的）
changes-moves-gone = ⏰ { $name } { $old }（不再提醒）
changes-reminders-more = ⏰ 另有{ $count }个提醒跟着改
changes-list-goes = 📋 点名表一起取消{ $count ->
        [0] {""}
       *[other] ，{ $count }人的记录留作凭据
    }{ $hours ->
        [0] {""}
       *[other] ；{ $hours }学时不算在任何人头上
    }
changes-list-again = 📋 正在签到，已有{ $count }人，记录留着；到新时间再开签到
changes-touched = 👥 会告诉：{ $people }
changes-touched-away = 🏠 两个时间都在请假的{ $count }人不打扰
changes-trainees = 学员{ $count }
changes-lecturers = 讲课老师{ $count }
changes-contacts = 教学点负责人{ $count }
changes-teachers = 其他班主任{ $count }
changes-nobody-told = 🔕 不用通知谁
changes-level-ordinary = 🔔 会拟一条普通通知，您看过再发
changes-level-ack = 🔔 会拟一条要点［已读］的通知，您看过再发
changes-level-urgent = 🔔 时间很近，会拟一条紧急通知，您看过再发
changes-ask-why = 📝 要记原因就打一句（只存档，不发给大家）；不用就点下面。
changes-why = 📝 原因：{ $why }
changes-do = ✅ 就这样改
changes-do-not = 先不改
changes-done = ✅ <b>改好了</b>
changes-done-all = 课程表、提醒、点名表、今日卡都跟着改了。
changes-done-already = 已经改好了，没有再改一次。
changes-not-done = 好的，没有改，什么都没变。
changes-proposed = 📣 下面是给大家的通知，看过再发：
changes-merged = 📣 上一次的通知还没发，已经合成下面这一条（从最早的时间说起）：
changes-dropped = 📣 又回到原来的样子了，上一条没发的通知也收掉了。
changes-see-there = 切换到这个班，看通知
changes-notice = 🔁 <b>课程有变动</b>
changes-notice-many = 🔁 <b>课程表有变动（{ $count }节）</b>
changes-notice-foot = 提醒和今日卡已经跟着改了。
changes-import = 课次会这样变：
changes-import-done = 课次的变化：
changes-no-notice = 在这里导入不会拟通知。要告诉大家，请在聊天里点［发通知］。
changes-unclear = 这个时间我没看懂。请这样打：14:00-15:30，或者 明天下午两点。
changes-past = 这个时间已经过了。请打一个还没到的时间。
changes-reversed = 结束比开始早。请这样打：14:00-15:30。
changes-long = 一节课最长12小时。请把开始和结束都打上，例如 14:00-15:30。
changes-outside = 这个班是 { $first } 到 { $last }。请选这几天里的时间；要改班期请教务重新导入。
changes-same = 和现在一样，不用改。
changes-is-cancelled = 《{ $title }》已经取消了。要改先点［恢复这节］。
changes-not-called = 《{ $title }》取消了，不用点名。要恢复请班主任点［改课］。
changes-closed = 《{ $title }》已经收口，时间不能改、也不能取消。要补课请点［加一节］。
changes-begun = 《{ $title }》已经开始，时间不能再改。地点和讲师还能改；要往后补，请点［加一节］。
changes-held = 《{ $title }》已经上过了，不能取消。没来的人请在点名表里处理。
changes-alive = 《{ $title }》没有取消，不用恢复。
changes-over = 《{ $title }》的时间已经过了，不能恢复。要补课请点［加一节］。
changes-moved-on = 这节课刚刚被别人改过，您这次没有改。请重新看一下再改。
changes-gone = 这一步已经过时了，没有改。请打开这节课，重新改一次。
changes-not-ready = 新的这节课还没填完。请点［加一节］重新来。
changes-place-gone = 这个地点已经不在名单里了。请重新选，或者直接打地点。
changes-place-words = 地点请打2到{ $most }个字，例如 二楼会议室。
changes-title-words = 课名请打2到{ $most }个字，例如 消防演练。
changes-why-words = 原因请打2到{ $most }个字；不写也可以，点［就这样改］。
changes-class-over = { $title }已经结束，课程表不能再改。记录有错，请告诉教务。
