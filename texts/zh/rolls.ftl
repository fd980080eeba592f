rolls-about = 点名
rolls-title = 📋 { $title }　{ $at }　{ $place }
rolls-code = 口令：<b>{ $code }</b>（每分钟换一次，可以念给大家听）
rolls-numbers = 应到{ $expected } 实到{ $here }（迟到{ $late }）请假{ $away } 未点到{ $missing }
rolls-missing = 还没到：
rolls-missing-group = { $group }组　{ $names }
rolls-seat-name = { $seat }{ $name }
rolls-missing-more = ……还有{ $more }人
rolls-all-here = 🎉 都到齐了。
rolls-after = 来得太晚、等您认定：{ $names }
rolls-opens = { $at } 开始签到。
rolls-open-still = 自助签到已关闭，还可以代点；看过没问题就收口。
rolls-person = { $name }（{ $group }组{ $seat }号）
rolls-person-only = { $name }
rolls-mark-others = 代点名
rolls-refresh = 刷新
rolls-fresh = 已是最新
rolls-tap = ⬜ { $seat } { $name }
rolls-cell = { $icon } { $seat } { $name }
rolls-group = 第{ $group }组
rolls-grid = ✍️ { $title }（{ $at }）第{ $group }组
rolls-grid-how = 点一下是出勤，再点是迟到，第三下清空。
rolls-marked = { $who }：{ $status }
rolls-is-closed = 这张点名表已经收口。要改请班主任点［改记录］。
rolls-not-yet = 还没开始点名，{ $opens } 开放。
rolls-marked-himself = { $name } { $at } 自己签到了，以本人签到为准。要改请找班主任。
rolls-none = 这个班还没有要点名的课，课程表排好就有了。
rolls-nobody = 名单里还没有学员。请教务先导入名册。
rolls-own-group = 您只能点本组的名。别的组请找那组的组长或班主任。
rolls-call-group = 本组点名
rolls-please-call = 📋 请给本组点名：{ $title }（{ $at }）
rolls-marked-by-staff = { $name } 由老师记过了，以老师的为准。要改请找班主任。
rolls-ledger = 🔒 { $at } 收口：应到{ $expected } 实到{ $here }（迟到{ $late }）请假{ $away } 旷课{ $absent }{ $missing ->
        [0] {""}
       *[other] {" "}请假待批{ $missing }
    }
rolls-counted = 👀 现场{ $count }人，和点名对不上
rolls-reconciled = 👀 现场{ $count }人，已核对
rolls-came = { $who } { $at } 到
rolls-asking = 请假待批：{ $names }
rolls-handed-in = 已交名单 { $done }/{ $count } 组，还差：{ $waiting }
rolls-nudge = 催一下
rolls-nudged = 已经私下提醒了{ $count }人
rolls-nudged-some = 已经私下提醒了{ $count }人。
    这几位收不到（没绑定，或者今天的提醒已经用完），请打个电话：{ $names }{ $more ->
        [0] {""}
       *[other] ……还有{ $more }人
    }
rolls-nudged-already = { $at } 刚提醒过，10分钟后可以再提醒。
rolls-nudge-self = 📍 《{ $title }》还没有您的签到。
    到了就点［我要签到］；来不了请点［请假/外出］。
rolls-nudge-called = 📍 《{ $title }》还没有点到您。
    到了请跟组长说一声；来不了请点［请假/外出］。
rolls-leave = 设请假
rolls-leave-who = 📝 给谁请假？（{ $title }）
rolls-next = 下一页 ›
rolls-page-back = ‹ 上一页
rolls-screen = 🖥 大屏
rolls-sheet = 🖨 签到表
rolls-change = ✏️ 改记录
rolls-rest = 其余全到
rolls-rest-done = { $count }人记为出勤
rolls-hand-in = ✅ 提交本组名单
rolls-otherwise = 其他状态
rolls-simple = 回到快点
rolls-grid-fix = 点名字看详情、改状态。
rolls-back-to-group = ‹ 回到名单
rolls-seat = { $seat }号
rolls-then-hand-in = 对了就点［提交本组名单］；还没到的人来了，可以再改。
rolls-handed = ✅ 第{ $group }组名单交好了，谢谢！
rolls-called = 📋 { $title }：应到{ $count } 到{ $here }（迟到{ $late }）没到{ $missing }
rolls-called-missing = 没到：{ $names }{ $more ->
        [0] {""}
       *[other] ……还有{ $more }人
    }
rolls-called-differ = 这几位已经有别的记录，以先记的为准，您说的也告诉了班主任：{ $names }{ $more ->
        [0] {""}
       *[other] ……还有{ $more }人
    }
rolls-typed-twice = 这几个号写了两种情况：{ $seats }。请重新发一遍，例如“缺 3 7 迟 5”。
rolls-typed-seats = 没有这几个座位号：{ $seats }。请看看名单再发一遍，例如“缺 3 7”。
rolls-typed-words = 没看懂“{ $words }”。请这样写：全到；或者 缺 3 7；或者 缺 3 迟 5。
rolls-paper = 📄 { $title }（{ $day } { $at }）纸质名单：
rolls-paper-numbers = 到{ $here } 迟{ $late } 缺{ $missing }
rolls-paper-missing = 缺：{ $names }
rolls-paper-late = 迟：{ $names }
rolls-paper-then = 对了就点［提交名单］，不对就重新发一遍。
rolls-paper-which = 要是别的课，点一下：
rolls-paper-other = 第{ $day }天 { $at } { $title }
rolls-paper-how = 📄 { $title }：照着签到表发给我，例如“缺 7 34”“迟 5”“全到”。
rolls-paper-none = 还没有要提交的名单。请先发给我，例如“缺 7 34”。
rolls-paper-done = ✅ 录好了。
rolls-others = 其他课
rolls-lists = 📋 第{ $day }天的点名：
rolls-list = { $icon } { $at } { $title }
rolls-day = 第{ $day }天
rolls-state-planned = ⏳
rolls-state-open = 🟢
rolls-state-staff_only = 🟡
rolls-state-closed = 🔒
rolls-nothing-open = 现在没有要点名的课。点［课程表］看下一节几点。
rolls-close-soon = 看过没问题就收口。
