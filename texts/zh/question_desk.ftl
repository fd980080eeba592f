# 提问：回答的这一边
questions-queue-about = 提问：待答的问题
questions-queue-open = 🙋 待答{ $count }{ $late ->
        [0] {""}
       *[other] ，超时{ $late }
    }
questions-queue-mine = 🙋 我的待答{ $count }{ $late ->
        [0] {""}
       *[other] ，超时{ $late }
    }
questions-queue-answered = 💬 已答{ $count }{ $late ->
       *[other] {""}
    }
questions-queue-none = 都答完了，辛苦了。
questions-show-open = 全部待答
questions-show-mine = 我的待答
questions-show-answered = 已答的
questions-line = { $late ->
        [0] {""}
       *[other] ⏰ {""}
    }{ $no }. { $text } · { $topic } · { $waited }{ $count ->
        [0] {""}
       *[other] {" "}· 同问{ $count }
    }
questions-waited-minutes = { $count }分钟
questions-waited-hours = { $count }小时
questions-waited-days = { $count }天
questions-open-no = 第{ $no }问
questions-asker = 👤 { $who } · { $level }
questions-not-shown = （仅老师可见，这里不显示内容）
questions-who-has = { $name }
questions-waits-for = 已等{ $waited }
questions-is-late = ⏰ 超时
questions-note-line = 📌 { $name }：{ $text }
questions-answer = 回答
questions-correct = 更正回答
questions-take = 我来答
questions-give = 转给…
questions-back = 我答不了
questions-note = 内部备注
questions-see-files = 看附件
questions-more = 更多
questions-to-book = 入库
questions-menu = 第{ $no }问，还可以：
questions-date = 约定日期
questions-decline = 不作答
questions-together = 课堂统一解答
questions-history = 经过
questions-live-of = 📋 本课提问：{ $title }
questions-for-somebody = 替学员登记
questions-numbers = 统计
questions-no-assign = 分派由班主任或教务来做。
questions-not-yours = 这个问题现在不归您回答，可以请班主任转给您。
questions-not-him = 他现在收不到消息，请换一位。
questions-not-oneself = 仅老师可见的问题只给班主任和回答的老师看，教务不能转给自己。请转给班主任或授课教师来答。
questions-taken = 第{ $no }问归您了
questions-handed = 第{ $no }问已转出
questions-to-whom = 第{ $no }问转给谁？
questions-nobody-else = 现在没有别人能接，请自己回答或约定日期。
questions-person = { $name }（{ $role }）
questions-given-back = 第{ $no }问已退回，班主任会另找人答。
questions-together-done = ✅ 已告诉提问的人：第{ $no }问在课上统一解答。
questions-which-session = 第{ $no }问在哪节课上统一解答？
questions-session = 第{ $day }天 { $at } { $title }
questions-no-session = 后面没有课了，请直接回答或约定日期。
questions-together-yours = 🗣 请在课上统一解答：
questions-oral = 已口头答
questions-together-over = 🗣 《{ $title }》下课了，这个问题没有记下回答，已退回待分派。课上答过了就点［已口头答］：
questions-together-over-yours = 🗣 《{ $title }》下课了，这个问题没有记下回答，已退回班主任。课上答过了，请告诉班主任：
questions-together-cancelled = 🗣 《{ $title }》取消了，不能在课上统一解答，已退回待分派，请分派或回答：
questions-why-not = 第{ $no }问为什么不作答？写一句，提问的人会看到。
questions-reason-length = 请写2到{ $most }字的原因。
questions-declined = 第{ $no }问已标为不作答，原因已告诉提问的人。
questions-which-date = 第{ $no }问什么时候答复？例如：明天中午、4月2日。
questions-date-unclear = 没看懂日期，请写例如：明天中午12点、4月2日、4月2日 17:00。
questions-date-done = ✅ 第{ $no }问约在 { $at } 前答复，到时候提醒。
questions-for-how = 👤 请发：座号 空格 问题。例如：12 老人不会用手机，能不能由志愿者代办？
questions-for-unclear = 没看懂。请发：座号 空格 问题，例如：12 老人不会用手机怎么办？
questions-for-colleague = { $name } 从 { $at } 起正在替 { $who } 登记一个问题，还没有发出。请等一等；满{ $minutes }分钟还没发出，就由您来登记。也可以先替别人登记，直接发：座号 空格 问题。
questions-stands-in = 🙋 讲师或教务现在收不到，请您来答，或者代录他的回答：
questions-given = 🙋 { $name } 把这个问题转给您：
questions-came-back = ↩️ { $name } 答不了，请分派：
questions-nudge = ⏰ 有个问题在等您，{ $until } 前没有回答就退回班主任：
questions-late = ⏰ { $name } { $minutes }分钟（答疑时间）没有回答，已退回，请分派或回答：
questions-whole-day = ⏰ 这个问题{ $hours }小时还没有回答：
questions-added = ➕ 提问的人补充了：
questions-asked-again = 🙋 还有疑问：
questions-promise-now = 📅 约定答复的时间到了：
questions-answer-how = 💬 第{ $no }问：请发文字、图片、语音或文件，可以分几条发。发送前先给您看。
questions-correct-how = ✏️ 更正第{ $no }问的回答：请发完整的新回答。提问和同问的人都会收到。
questions-answer-kind = 回答可以是文字、图片、语音、视频或文件。
questions-answer-long = 最多{ $most }字，加上这段有{ $count }字，这段没有收进去。请分开或缩短。
questions-answer-empty = 还没有内容，请先发文字、图片或语音。
questions-answer-gone = 第{ $no }问没有写好的回答，点［回答］重新开始。
questions-preview = 👀 提问的人会看到：
questions-preview-end = 接着发可以补充。
questions-answer-send = 发送
questions-drop-answer = 先不答
questions-answer-dropped = 没有发送。
questions-as-lecturer = 署{ $name }的名（代录）
questions-as-me = 改回署我的名（现为{ $name }）
questions-answered = ✅ 第{ $no }问已回答{ $others ->
        [0] 。
       *[other] ，同问的{ $others }人也会收到。
    }
questions-answered-unreached = ✅ 第{ $no }问的回答已存好。提问的人现在收不到消息，已请班主任转告。{ $others ->
        [0] {""}
       *[other] 同问的{ $others }人会收到。
    }
questions-answered-tell = ✅ 第{ $no }问的回答已存好。提问的人现在收不到消息，请您当面或电话转告。{ $others ->
        [0] {""}
       *[other] 同问的{ $others }人会收到。
    }
questions-unreached = 📵 { $name } 收不到消息，请转告回答：
questions-unreached-phone = 📵 { $name } 收不到消息，请转告回答（电话 { $phone }）：
questions-second = { $name } 在 { $at } 已经回答了。您写的还在：先看看，再决定要不要补充。
questions-still = 仍要补充
questions-note-how = 📌 写给同事的备注（第{ $no }问），提问的人看不到：
questions-note-length = 备注请写1到{ $most }字。
questions-note-new = 📌 { $name } 写了备注：
questions-noted = 📌 第{ $no }问的备注已存，同事会看到。
questions-history-head = 第{ $no }问的经过
questions-did = { $at } { $what }
questions-did-own = { $at } { $what }（提问的人）
questions-did-who = { $at } { $what }（{ $name }）
questions-did-why = { $at } { $what }（{ $name }）：{ $why }
questions-event-send = 发出
questions-event-assign = 分派
questions-event-return = 退回
questions-event-answer = 回答
questions-event-solve = 解决
questions-event-ask_again = 还有疑问
questions-event-add = 补充
questions-event-decline = 不作答
questions-event-promise = 约定日期
questions-event-together = 课堂统一解答
questions-event-visibility = 改可见范围
questions-event-note = 备注
questions-event-live = 课间列表
questions-event-book = 入库
questions-see-log = 看日志
questions-booked = 📖 第{ $no }问已做成手册草稿，改好点［提交审核］，另一个人审核后上线：
questions-book-names = 已去掉名字：{ $names }
questions-book-private = 仅老师可见的问题不入库。想写进手册，就在手册里点［写一条］另写，不提是谁问的。
questions-book-not-answered = 第{ $no }问还没有回答。先回答，再点［入库］。
