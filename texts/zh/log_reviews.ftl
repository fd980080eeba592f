# 批日志
logs-none-yet = 今天的日志还没开始收。
logs-day = 📔 第{ $day }天的日志　{ $date }
logs-numbers = 应交{ $count } 已交{ $handed }（迟{ $late }） 未交{ $missing } 待阅{ $waiting } 退回{ $returned }
logs-promises = 💬 今天已回复{ $answered }，至少{ $wanted }　⭐ { $stars }/{ $most }
logs-promise = 💬 已回复{ $answered }/{ $wanted }　⭐ { $stars }/{ $most }　还有{ $waiting }篇
logs-never-answered = 🙋 还没回复过的{ $count }人：{ $names }{ $count ->
        [one] {""}
        [1] {""}
        [2] {""}
        [3] {""}
       *[other] ……
    }
logs-alarm = ⏰ 有{ $count }篇等了{ $hours }小时以上
logs-none-waiting = ✅ 没有待阅的日志。
logs-all-read = ✅ 都看完了，辛苦了。
logs-no-other = 没有别的待阅了。
logs-only-numbers = 应交{ $count } 已交{ $handed } 未交{ $missing }
logs-own-missing = 👥 本组还有{ $count }人没交：{ $names }
logs-own-all = 👥 本组都交了。
logs-name = { $name }（{ $seat }号）
logs-missing = 未交名单
logs-remind = 一键提醒
logs-missing-head = 📔 第{ $day }天还没交的{ $count }人。点名字可以登记纸质，或者给他开放。
logs-missing-none = ✅ 第{ $day }天都交了。
logs-cell = { $seat } { $name }
logs-page = 第{ $page }页
logs-reminded = { $count ->
        [0] 没有要提醒的人，或者都提醒过了。
       *[other] 已经私下提醒{ $count }人。
    }
logs-remind-over = 第{ $day }天的日志已经截止，不再提醒。可以点名字给他开放。
logs-remind-early = { $opens } 才开始交，到时候再提醒。
logs-who = 📔 { $who } 第{ $day }天的日志
logs-who-none = 还没有写。
logs-who-draft = 写了草稿，还没交。
logs-paper = 纸质已交
logs-hours = 给他开放
logs-reopened = ✅ 已开放到 { $until }，并告诉了本人。
logs-paper-how = 📄 { $who } 第{ $day }天的纸质日志：发一张照片，或者打出来；也可以只登记。
logs-paper-only = 请发照片或文字。
logs-paper-tick = 只登记已交
logs-paper-done = ✅ 已登记：{ $who } 第{ $day }天的纸质日志。
logs-paper-there = 本人已经交过了，不用登记。
logs-read-head = 📔 <b>{ $who }</b>　第{ $day }天　{ $at }　{ $chars }字
logs-read-late = ⏱ 迟交
logs-flags = 🚩 { $flags }
logs-flag-short = 偏短
logs-flag-parts = 只答一题
logs-flag-copied = 和别人或自己的另一篇很像
logs-flag-private = 有电话、门牌或人名
logs-flag-empty = 套话
logs-flag-long = 偏长
logs-signs = ℹ️ { $signs }
logs-sign-private = 只给班主任看
logs-sign-paper = 纸质
logs-sign-version = 第{ $no }版
logs-read-no-words = （没有文字）
logs-read-guide = 💡 具体吗　自己的话吗　真问题吗　有一步打算吗
logs-read-taken = 👤 { $name }正在看，{ $until } 后可以接手。
logs-read = 已阅
logs-reply = 回复
logs-star = ⭐
logs-return = 退回
logs-next = 下一篇
logs-whole = 看全文
logs-files = 看附件
logs-compare = 前后对比
logs-undo = 撤回
logs-reply-too = 再回一句
logs-open-one = 看日志
logs-open-new = 看新的一版
logs-files-sent = 发来{ $count }个附件
logs-file-of = 📎 { $who } 第{ $day }天
logs-done-read = ✅ 已阅　{ $who } 第{ $day }天
logs-done-star = ⭐ 已标　{ $who } 第{ $day }天
logs-done-reply = 💬 已回复　{ $who } 第{ $day }天，5分钟后送到
logs-done-return = ↩️ 已退回　{ $who } 第{ $day }天，5分钟后送到
logs-undone = 撤回了，本人不会收到。
logs-undone-already = 已经撤回过了，这一篇可以重新批。
logs-undo-late = 超过5分钟，或者已经有了新的进展，不能撤回了。可以再回复一句。
logs-undo-own = 这是另一位老师批的，请他来撤回。
logs-taken = { $name }正在看这一篇，{ $until } 后可以接手。请先看别的。
logs-newer = 本人刚交了新的一版，请看新的。
logs-was-reviewed = 这一篇已经批过了：{ $state }。请看下一篇。
logs-stands-read = ✅ { $name } { $at } 已阅
logs-stands-star = ⭐ { $name } { $at } 已阅，标了星
logs-stands-answered = 💬 { $name } { $at } 已回复
logs-stands-returned = ↩️ { $name } { $at } 退回，等本人补充
logs-stands-waiting = ⏳ 待阅
logs-stands-draft = 还没有交
logs-stars-used = 第{ $day }天的星已经用完了（{ $most }颗）。可以写一句回复。
logs-reply-how = 💬 回复{ $who }：打一句话，或者发语音。
logs-reply-this = 💬 这样回复{ $who }？
    「{ $words }」
    想改，直接打字。
logs-reply-only = 请打字，或者发语音。
logs-reply-length = 请写1到{ $most }个字。
logs-template = 「{ $words }」
logs-send-this = 就发这句
logs-keep-words = 存为常用语
logs-kept-words = 存好了，班主任都能用。
logs-return-why = ↩️ 为什么请{ $who }补一补？
logs-return-this = ↩️ 这样告诉{ $who }？
    「{ $words }」
    想改，直接打字。
logs-return-words = 请写一句话，1到{ $most }个字，说清补什么。
logs-returned-often = 已经退回过{ $times }次，不再退回。请回复一句，或者当面说。
logs-return-last-day = 快结业了，来不及再补。请回复一句，或者当面说。
logs-reason-short = 可以再写具体一点
logs-reason-copied = 请写自己的话
logs-reason-topic = 和今天的学习关系不大
logs-reason-private = 有别人的隐私，请改一改
logs-reason-empty = 请写一件具体的事
logs-kind-short = 开头很好。再补两三句：哪节课、什么事、您怎么想的，就很完整了。
logs-kind-copied = 想听您自己的。写写在您社区会怎么做，两三句就行。
logs-kind-topic = 写得认真。请再写一点今天课上或现场的收获。
logs-kind-private = 内容很真实。请把姓名、电话、门牌改成“一位居民”“某小区”，再交一次。
logs-kind-empty = 请挑今天印象最深的一件事：谁、在哪、说了什么、您怎么想。
logs-diff-head = 🔍 第{ $old }版 → 第{ $new }版：划掉的是删去的，划线的是新写的
logs-diff = { $text }
logs-diff-same = 文字没有变。
logs-mood-card = 💛 { $who } 连续{ $days }天心情低落。请找个时间，私下聊一聊。
logs-start = 开始批
logs-digest-missing = 未交：{ $names }{ $more ->
        [0] {""}
       *[other] ……还有{ $more }人
    }
logs-digest-away = 请假{ $count }人，不催
logs-volume-about = 全班日志，存档用
logs-volume-which = 📚 全班日志，只供存档。标了“只给班主任看”的只写已交，不写内容。
logs-as-word = Word 文集
logs-as-sheet = Excel 表
logs-volume-coming = 📚 正在整理，好了就发给您。
logs-volume-file = { $title }_日志文集.docx
logs-sheet-file = { $title }_日志.xlsx
logs-volume-caption = 📚 全班日志{ $count }篇。里面是学员的话，请收好，不要转发。
logs-making = 📚 正在整理日志：{ $made }/{ $total }
logs-making-done = 📚 日志整理好了，{ $total }篇。
logs-making-failed = 抱歉，没能整理出来。请过一会儿再试一次。
logs-book-title = { $title }　学习日志
logs-book-mine = { $name }　共{ $count }篇
logs-book-class = 共{ $people }人，{ $count }篇
logs-book-day = 第{ $day }天　{ $date }
logs-book-facts = 提交于 { $at }　{ $state }
logs-book-private = 已交（只给班主任看）
logs-book-others = 另附：{ $things }
logs-book-voice = （语音）
logs-col-group = 组
logs-col-seat = 座号
logs-col-name = 姓名
logs-col-day = 天
logs-col-at = 提交时间
logs-col-state = 状态
logs-col-chars = 字数
logs-col-text = 日志
logs-col-photos = 照片
logs-col-replies = 老师回复
