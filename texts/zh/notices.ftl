# long: every word of one feature, from writing to reading — 通知：写、预览、发、看谁读了
notices-about = 发通知
notices-got-about = 看收到的通知
notices-how = 📣 要通知什么，直接发给我就行：文字、照片、文件、语音都可以，也可以转发一条过来。
    发出去之前会先给您看一遍。
notices-go-on-draft = ✏️ 接着写：{ $words }
notices-go-on-asked = ⏳ 等同意：{ $words }
notices-go-on-queued = ⏰ 排着队：{ $words }
notices-templates = 📄 用模板
notices-earlier = 🗂 看发过的
notices-body = { $text }
notices-head-ordinary = 📣 <b>通知</b>　{ $name }
notices-head-ack = 📌 <b>通知</b>　{ $name }（看过请点［已读］）
notices-head-choose = 📌 <b>通知</b>　{ $name }（请在下面点一项）
notices-head-urgent-choose = 🚨 <b>紧急通知</b>　{ $name }（请在下面点一项）
notices-head-urgent = 🚨 <b>紧急通知</b>　{ $name }（看过请点［已读］）
notices-head-group = 📌 <b>通知</b>　{ $name }
notices-corrected = （更正于 { $at }）
notices-choose-until = 请在 { $at } 前点一项，点错了可以再点。
notices-choice = { $label }
notices-chosen = ✅ { $label }
notices-read = 已读
notices-read-at = ✅ 已读 { $at }
notices-whole = 看全文
notices-called = 「{ $words }」
notices-files = 「附件」

# 写
notices-panel = ✏️ <b>通知草稿</b>
notices-panel-words = 📝 { $words }
notices-panel-files = 📎 附件{ $count }个
notices-panel-english = 🌐 有英文版
notices-panel-choices = ☑️ 选项：{ $choices }
notices-panel-to = 👥 发给：{ $audience }，{ $count }人
notices-panel-ordinary = 🔔 普通：看看就行
notices-panel-ack = 📌 需已读：看过点［已读］，没点的私下再提醒
notices-panel-urgent = 🚨 紧急：夜里也响，没读的每5分钟催一次
notices-panel-now = 🕐 现在就发
notices-panel-at = 🕐 { $day } { $at } 发
notices-panel-night = 🌙 夜里不打扰，{ $day } { $at } 发
notices-panel-group = 💬 班级群里也放一条
notices-panel-more = 还要加，就接着发给我。
notices-preview = 👀 预览（先发给我看）
notices-set-audience = 👥 发给谁
notices-set-level = 🔔 级别
notices-set-when = 🕐 什么时候
notices-set-more = ⋯ 更多
notices-back = ‹ 回去
notices-change = ✏️ 改一改
notices-only-preview = 这是预览，发出去以后就能点了。
notices-which-level = 这条通知有多要紧？
notices-level-ordinary = { $mark }🔔 普通：看看就行
notices-level-ack = { $mark }📌 需已读：看过点［已读］
notices-level-urgent = { $mark }🚨 紧急：安全、改集合地点
notices-which-time = 🕐 什么时候发？点一个，或者打字，例如：明早7点半
notices-at-now = 现在
notices-at-after = 下课后 { $at }
notices-at-noon = 今天中午 { $at }
notices-at-evening = 今天傍晚 { $at }
notices-at-morning = 明早 { $at }
notices-day = { $day }
notices-which-hour = { $day }，几点？
notices-hour = { $hour }点
notices-clock = { $at }
notices-time-unclear = 没看懂这个时间。请这样写：今晚7点、明早7点半、3月16日 14:00
notices-time-past = 这个时间已经过了。请写一个以后的时间，例如：明早7点半
notices-time-far = 太远了，最多排到60天以后。请写近一点的时间。
notices-past = { $at } 已经过了。请选一个以后的时间，或者点［现在］。
notices-far = 太远了，最多排到60天以后。请选近一点的时间。
notices-more-what = 还要改什么？
notices-set-choices = ☑️ 加选项
notices-set-english = 🌐 英文版
notices-set-classes = 🏫 发给几个班
notices-group-on = 💬 群里也放一条
notices-group-off = 💬 群里不放了
notices-keep-template = 📄 存为模板
notices-clear = 🔄 重写
notices-drop = 🗑 不发了
notices-drop-sure = 这份草稿不要了吗？
notices-drop-yes = 不要了
notices-dropped = 草稿已经删掉，什么都没有发。
notices-which-choices = ☑️ 请把选项发给我，一行一个，或者用 / 隔开，最多{ $limit }个。例如：乘车/不乘车
notices-no-choices = 不要选项
notices-until-when = 选到什么时候为止？打字就行，例如：今晚8点
notices-until-none = 不限时间
notices-choices-count = 选项要2到{ $limit }个，一行一个，或者用 / 隔开。
notices-choice-long = “{ $label }……”太长了，每个选项最多{ $limit }个字。
notices-which-english = 🌐 请把英文版发给我。看英文的人收英文，其他人照旧收中文。
notices-group-full = 群里今天已经放了{ $limit }条，不再放了。大家私下照样收得到。
notices-group-names = 里面有每个人自己的内容，不能放到群里。大家私下照样收得到。
notices-which-classes = 🏫 发给哪几个班？发之前要另一位老师点同意。
notices-pick = { $mark } { $name }
notices-pick-seat = { $mark } { $seat } { $name }

# 发给谁
notices-to-whom = 👥 发给谁？
notices-way-class = 全班
notices-way-groups = 按组
notices-way-bus = 按车
notices-way-floor = 按楼层
notices-way-site = 按教学点
notices-way-roles = 按身份
notices-way-unmarked = 没签到的
notices-way-unread = 没点已读的
notices-way-nolog = 没交日志的
notices-way-picked = 点名字
notices-way-lists = 存好的名单
notices-bus = { $bus }车
notices-floor = { $floor }楼
notices-site = { $name }
notices-role-leaders = 组长、副组长、班长
notices-role-lecturers = 授课教师
notices-role-staff = 班主任、教务、值班领导
notices-role-contacts = 教学点负责人
notices-which-groups = 点要发的组，点好了就回去。
notices-which-bus = 点要发的车，点好了就回去。
notices-which-floor = 点要发的楼层，点好了就回去。
notices-which-site = 点要发的教学点：去那里的学员、讲课的老师、教学点负责人都会收到。
notices-which-roles = 点要发的人，点好了就回去。
notices-which-names = 点名字，已选{ $count }人。
notices-type-seats = 也可以打座位号或名字，例如：3 7 12
notices-pick-all = 这一组全选／全不选
notices-save-list = 💾 存成名单
notices-name-list = 这份名单叫什么？最多20个字，例如：晚会节目组
notices-saved = { $name }（{ $count }人）
notices-which-saved = 用哪份名单？
notices-nobody-called = 没有找到“{ $word }”。请写座位号或者全名，例如：3 7 12
notices-two-of-name = 叫“{ $word }”的不止一位，请写座位号。
notices-list-of = { $at } { $title }
notices-which-list = 发给哪一次点名没签到的？
notices-which-notice = 发给哪一条没点［已读］的？
notices-which-session = 发给哪节课的学员？
notices-no-list-yet = 还没有开始点名的课，请换一种选法。
notices-no-log-yet = 写日志的时间还没到，请换一种选法。
notices-no-earlier = 还没有发过要点［已读］的通知，请换一种选法。
notices-to-class = 全班
notices-to-classes = { $titles }
notices-to-groups = { $groups }组
notices-to-bus = { $buses }车
notices-to-floor = { $floors }楼
notices-to-roles = { $roles }
notices-to-picked = 点选的{ $count }人
notices-to-touched = 这次改动涉及的{ $count }人
notices-to-session = 《{ $titles }》的学员
notices-to-site = 去{ $sites }的人
notices-to-unread = 没点已读的
notices-to-nolog = 没交第{ $days }天日志的
notices-to-unmarked = 没签到的

# 发之前
notices-confirm = 👆 大家收到的就是这样{ $copies ->
        [1] 。
       *[other] （上面是{ $copies }种语言）。
    }
notices-confirm-to = 👥 发给{ $count }人：{ $names }{ $more ->
        [0] {""}
       *[other] ……还有{ $more }人
    }
notices-confirm-unbound = 🚫 没绑定{ $count }人：{ $names }{ $more ->
        [0] {""}
       *[other] ……还有{ $more }人
    }
notices-confirm-blocked = 🚫 停用了机器人{ $count }人：{ $names }{ $more ->
        [0] {""}
       *[other] ……还有{ $more }人
    }
notices-confirm-on_leave = 🚫 全天请假{ $count }人：{ $names }{ $more ->
        [0] {""}
       *[other] ……还有{ $more }人
    }
notices-confirm-on_card = 📅 写在今日卡上{ $count }人：{ $names }{ $more ->
        [0] {""}
       *[other] ……还有{ $more }人
    }
notices-confirm-now = 🕐 现在就发
notices-confirm-at = 🕐 { $day } { $at } 发
notices-confirm-night = 🌙 22:30到早上不打扰，{ $day } { $at } 跟今日卡一起发
notices-confirm-seconds = ⏳ 全部发完大约要{ $minutes ->
        [0] { $seconds }秒
       *[other] { $minutes }分钟
    }
notices-confirm-hours = ⏳ 全部发完大约要{ $hours }小时，最后一位 { $at } 左右收到
notices-confirm-silent = 🔕 手机不响：那时在上课，或者已经晚了
notices-confirm-again = ♻️ 同样的内容 { $at } 已经发过一次，确定再发？
notices-confirm-life = ⌛ 到 { $day } { $at } 还没发到的，就不发了
notices-confirm-english = 🌐 { $count }人看英文，会收到中文。要加英文版，点［改一改］，再点［更多］。
notices-confirm-group = 💬 群“{ $title }”里也放一条，只有已读人数，没有名字
notices-confirm-count = 👥 发给{ $count }人
notices-confirm-full = 📮 今天已经收满的{ $count }人
notices-confirm-over = 📮 今天已经收满的{ $count }人：{ $names }{ $more ->
        [0] {""}
       *[other] ……还有{ $more }人
    }
notices-confirm-classes = 🏫 要发给{ $count }个班，先请另一位老师点同意
notices-send = ✅ 发给{ $count }人
notices-send-later = ⏰ 排好，{ $at } 发给{ $count }人
notices-send-second = ✅ 请另一位老师同意
notices-over-card = 📅 这{ $count }人写在今日卡上
notices-over-send = 🔔 这{ $count }人也照发
notices-who = 看名单
notices-who-class = 🏫 { $title }
notices-who-names = { $names }
notices-urgent-sure = 🚨 紧急通知马上发给{ $count }人，夜里、上课也会响，没点已读的每5分钟催一次。
    只用在安全和改集合地点。确定吗？
notices-urgent-yes = 🚨 确定，发给{ $count }人
notices-changed-since = 草稿刚才又改过了，请再看一遍。
notices-begun-sending = ✅ 正在发，下面的卡片会告诉您发到哪儿了。
notices-queued = ⏰ 排好了，{ $day } { $at } 发。到时候会再看一遍谁在、谁请假。
notices-asks-second = ⏳ 已请另一位老师看，同意了就发，会告诉您。
notices-second-asked = 🏫 { $name }要给{ $count }个班发通知：「{ $words }」。请您看看，同意才会发。
notices-look = 看看
notices-second-look = 🏫 { $name }写的，等您点同意。
notices-second-yes = 同意发送
notices-second-no = 先不发
notices-second-done = ✅ 已同意，正在发。
notices-second-not = 没有发，已告诉写通知的老师。
notices-second-agreed = ✅ { $name }同意了，正在发：
notices-second-refused = { $name }觉得先不发。可以改一改再请人看：
notices-second-other = 要另一位老师来点同意，不能自己同意自己的。
notices-no-second = 没有第二位教务或值班领导可以点同意。请先让他们绑定。
notices-decided-already = 这条通知已经有人办了，您不用再点。
notices-open = 打开

# 不行的时候
notices-nothing-yet = 还没有内容。把要发的文字或照片发给我就行。
notices-empty-text = 这条是空的。请写几个字，或者发一张照片。
notices-too-long = 太长了：{ $length }个字，最多{ $limit }个。请删掉{ $over }个字，或者分成两条发。
notices-not-sendable = 这个发不出去。请发文字、照片、视频、文件或语音。
notices-too-many-files = 一条通知最多带{ $limit }个附件，这个没有加上。再多请分成两条。
notices-blank = 还有空没填：{ $names }。请把大括号换成字，整条再发给我（草稿先点［更多］里的［重写］）。
notices-no-value = 不知道{ $name }的{ $field }，发不出去。请换个写法，或者请教务先在名册里补上。
notices-nobody = 这样一个人也发不到。请点［发给谁］换一下。
notices-too-late = 到 { $at } 就过时了，来不及发。请改时间，或者重写一条。
notices-choices-over = 选项 { $at } 就截止了，比发的时间还早。请改一下。
notices-class-over = { $title }已经结束，不能再发通知了。要找学员，请打电话。
notices-no-session = 您在这个班还没有课，写不了通知。有事请找班主任。
notices-own-sessions = 您只能发给自己那节课的学员。要发给别人，请找班主任。
notices-not-urgent = 紧急通知由班主任、教务或值班领导来发。有急事请给他们打电话。
notices-not-draft = 这条已经发出去了。要改请点［更正］。
notices-begun = 刚刚已经开始发了。要改请点［更正］。
notices-not-gone = ⚠️ 到点了，可是{ $called }没有发出去：

# 发之后
notices-card-ordinary = 📣 { $called }
notices-card-ack = 📌 { $called }
notices-card-urgent = 🚨 { $called }
notices-card-to = { $name } → { $audience }　{ $at }
notices-bar = { $bar } { $done }/{ $of }
notices-seconds = ⏳ 还要大约{ $seconds }秒
notices-state-queued = ⏰ { $day } { $at } 发
notices-state-paused = ⏸ 停着，没发的先不发
notices-state-recalled = ↩️ 已撤回
notices-state-expired = ⌛ 到时间了，不再发，也不再催
notices-sent = 已发{ $sent }{ $card ->
        [0] {""}
       *[other] ，写在今日卡上{ $card }
    }
notices-left = 🚫 { $parts }
notices-trouble = ⚠️ { $parts }
notices-count-unbound = 未绑定{ $count }
notices-count-blocked = 已屏蔽{ $count }
notices-count-on_leave = 全天请假{ $count }
notices-count-on_card = 写在今日卡上{ $count }
notices-count-uncertain = 不确定{ $count }
notices-count-failed = 失败{ $count }
notices-count-expired = 过期{ $count }
notices-read-count = 👀 已读{ $read }/{ $of }
notices-choice-count = ▫️ { $label }：{ $count }
notices-choice-none = ▫️ 还没选：{ $count }
notices-names = 名单
notices-names-unread = 谁没读（电话）
notices-troubled = 不确定和失败的
notices-again = 仅补发失败
notices-again-later = 补发给后来的人
notices-take-back = 先不发，改一改
notices-now = 现在就发
notices-correct = 更正
notices-recall = 撤回
notices-pause = 先停一停
notices-resume = 继续发
notices-save-template = 📄 存为模板
notices-is-draft = 还是草稿
notices-is-asked = 在等另一位老师同意
notices-is-queued = 还在排队
notices-is-sending = 正在发
notices-is-paused = 停着
notices-is-sent = 已经发完
notices-is-expired = 已经到期
notices-is-recalled = 已经撤回
notices-not-now = 现在不能这样做：这条通知{ $state }。请重新打开，看现在能做什么。
notices-stopped = ⏸ { $called }连着{ $count }个人都没发成，先停下了。
    常见原因：附件在 Telegram 里失效了，或者网络不通。看看名单，修好了再点［继续发］。
notices-nobody-got = ⚠️ { $called }一个人也没发成（{ $count }人失败）。多半是附件在 Telegram 里失效了：重新写一条，再发一次附件就好。
notices-names-all-head = 📋 { $called }　共{ $count }人
notices-names-unread-head = 📞 { $called }　没读的{ $count }人
notices-names-trouble-head = ⚠️ { $called }　不确定、失败的{ $count }人
notices-names-none = 🎉 一个也没有。
notices-row = { $who }　{ $state }
notices-row-chosen = { $who }　{ $state } ☑️ { $choice }
notices-row-waiting = ⏳ 待发
notices-row-waiting-why = ⏳ 待发（{ $trouble }）
notices-row-sent = 已发 { $at }
notices-row-uncertain = ❓ 不确定到没到
notices-why-file = 附件失效了
notices-why-wait = Telegram 要等一会儿
notices-why-long = 太长了
notices-why-net = 网络不通
notices-why-other = 没发成
notices-row-failed = ❌ 失败 { $trouble }
notices-row-blocked = 🚫 已屏蔽机器人
notices-row-expired = ⌛ 过期
notices-row-recalled = ↩️ 已撤回
notices-row-unbound = 🚫 未绑定
notices-row-on_leave = 📝 全天请假
notices-row-on_card = 📅 写在今日卡上
notices-state-read = ✅ { $at }{ $how ->
        [phone] （电话告知）
       *[other] {""}
    }
notices-phone-line = { $who } 📞 { $phone }
notices-told-by-phone = ✅ 已告知 { $name }
notices-choose-for = ☑️ 替{ $name }选
notices-choose-for-whom = 替{ $who }选哪一项？
notices-chosen-for = ✅ 已替{ $who }选了“{ $label }”。
notices-resend = 补发 { $name }
notices-arrived = 算已送到
notices-next-page = 下一页 ›
notices-page-before = ‹ 上一页
notices-list-head = 📞 { $called }还有{ $count }人没点已读，请打个电话：
notices-list-more = ……还有{ $more }人，点下面看全部
notices-earlier-head = 🗂 发过的通知，点开看谁读了：
notices-earlier-line = { $day } { $at } { $words }
notices-none-sent = 还没有发过通知。点［发通知］写第一条。
notices-again-none = 没有发失败的，不用补发。
notices-again-unsure = 没有失败的。有{ $count }人不确定到没到，请点［不确定和失败的］一个一个选，免得重复打扰。
notices-toast-again = 正在补发{ $count }人
notices-toast-resent = 正在补发给{ $name }
notices-toast-on-its-way = { $name }的已经在路上了
notices-toast-arrived = { $name }：算已送到
notices-toast-told = { $name }：已电话告知
notices-toast-paused = 停下了，没发的先不发
notices-toast-resumed = 接着发
notices-fix-how = ✏️ 请把改好的全文发给我。已经收到的人，消息会就地改好，并注明“更正于”。
notices-fix-now = 现在是：
    { $words }
notices-fix-small = ✏️ 就地更正（{ $count }人）
notices-fix-big = 🔔 重大变更，重新通知
notices-fix-preview = 👀 改成这样：
    { $words }
notices-fix-preview-ask = 👀 改成这样：
    { $words }
    选［重大变更］会重新发一条，之前点的已读不算，大家要再点一次。
notices-fixed = ✅ 正在更正{ $count }条。
notices-fixed-big = ✅ 正在重新通知{ $count }人，已读重新算起。
notices-fix-lost = 这次更正已经办过，或者又有了新的写法。请点［更正］重新来。
notices-caption-long = 照片下面的字最多{ $limit }个，写不下了。请缩短，或者选［重大变更］重新发一条。
notices-recall-sure = ↩️ 撤回这条通知？
    能删掉{ $deletes }人手机上的{ $stays ->
        [0] {""}
       *[other] ；{ $stays }人的删不掉（超过48小时，或者不确定到没到）
    }{ $unsent ->
        [0] {""}
       *[other] ；还没发的{ $unsent }人不再发
    }。
notices-recall-yes = 是的，撤回
notices-recalled = ↩️ 已撤回：正在删{ $deletes }人手机上的{ $stays ->
        [0] 。
       *[other] ，{ $stays }人的删不掉，可以点［更正］。
    }
notices-recall-late = 超过48小时，Telegram 不让删了。可以点［更正］，把内容改掉。
notices-card-gone = ↩️ 已删{ $gone }人的{ $stays ->
        [0] {""}
       *[other] ，还留着{ $stays }人的
    }
notices-chase-ack = ⏰ { $called }您还没点［已读］。看过点一下就行。
notices-chase-urgent = 🚨 { $called }请马上看，看过点［已读］。
notices-chase-ordinary = ⏰ { $called }
notices-group-read = 已读 { $read }/{ $of }
notices-group-recalled = ↩️ 这条通知已撤回。
notices-plan-go = 通知{ $called }
notices-plan-chase = 再提醒没读的人{ $called }
notices-plan-list = 没读名单给老师{ $called }
notices-plan-end = 通知到期{ $called }

# 收到的人
notices-toast-read = ✅ 已读 { $at }
notices-toast-chosen = ✅ { $label }（点别的可以改）
notices-all-read = ✅ { $count }条通知都记为已读：{ $words }
notices-none-unread = 没有要点已读的通知，您都看过了。
notices-choose-please = 还有一条要您选，点下面的按钮：
notices-choose-from = ☑️ { $words }
notices-chose = ✅ 已选“{ $label }”：{ $words }
notices-choice-closed = 已经截止了，不能再改。有事请找班主任。
notices-got-head = 📨 最近收到的通知，点开看：
notices-got = { $at } { $words }
notices-got-unread = 🔴 { $at } { $words }
notices-none-got = 还没有收到过通知，有了会马上发给您。
notices-was-recalled = 这条通知已经撤回，不用管了。
notices-card-line = 📌 { $name }：{ $words }（发“通知”看全文）
notices-card-unread = 📌 还有{ $count }条通知没点已读（发“已读”就行）

# 模板
notices-which-template = 📄 用哪个模板？大括号里的，我会帮您填，或者问您。
notices-template-gather = 集合出发
notices-template-gather-words = {"{姓名}"}您好，{"{时间}"}在{"{集合点}"}集合，乘{"{车}"}车。请提前5分钟到。
notices-template-room = 换教室
notices-template-room-words = 《{"{课程}"}》换到{"{新教室}"}，时间不变。
notices-template-bring = 明天带什么
notices-template-bring-words = 明天请带：{"{物品}"}。
notices-template-early = 提前开始
notices-template-early-words = 《{"{课程}"}》提前到{"{时间}"}开始，请准时到{"{教室}"}。
notices-template-meal = 用餐安排
notices-template-meal-words = {"{哪一餐}"}{"{时间}"}在{"{餐厅}"}用餐。
notices-template-lost = 失物招领
notices-template-lost-words = 捡到{"{物品}"}，失主请到{"{地方}"}认领。
notices-template-own = 📄 { $name }
notices-template-remove = 🗑 删模板
notices-template-drop = 🗑 { $name }
notices-which-template-goes = 删哪一个？
notices-template-gone = 模板“{ $name }”删掉了。
notices-template-kept = ✅ 存好了，模板叫“{ $name }”。
notices-name-template = 「{ $words }」存成模板，叫什么名字？最多20个字。
notices-name-short = 名字请用1到20个字。
notices-fill = ✏️ “{ $name }”填什么？{ $more ->
        [0] {""}
       *[other] 后面还有{ $more }个空。
    }
