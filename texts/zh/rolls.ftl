rolls-about = 点名
rolls-title = 📋 { $title }　{ $at }　{ $place }
rolls-code = 口令：<b>{ $code }</b>（每分钟换一次，可以念给大家听）
rolls-numbers = 应到{ $expected } 实到{ $here } 迟到{ $late } 请假{ $away } 未点到{ $missing }
rolls-missing = 还没到：{ $names }{ $more ->
        [0] {""}
       *[other] ……还有{ $more }人
    }
rolls-all-here = 🎉 都到齐了。
rolls-after = 迟到太久、等您认定：{ $names }
rolls-opens = { $at } 开始签到。
rolls-open-still = 自助签到已关闭，您还可以代点。
rolls-person = { $name }（{ $group }组{ $seat }号）
rolls-mark-others = 代点名
rolls-refresh = 刷新
rolls-fresh = 已是最新
rolls-tap = ⬜ { $seat } { $name }
rolls-cell = { $icon } { $seat } { $name }
rolls-group = 第{ $group }组
rolls-grid = ✍️ { $title }（{ $at }）第{ $group }组
rolls-grid-how = 点一下是出勤，再点是迟到，第三下清空。
rolls-marked = { $who }：{ $status }
rolls-is-closed = 这张点名表已经收口，不能再改。
rolls-not-yet = 还没开始点名，{ $opens } 开放。
rolls-marked-himself = { $name } { $at } 自己签到了，以本人签到为准。
rolls-none = 这个班还没有要点名的课。
rolls-nobody = 名单里还没有学员。请教务先导入名册。
