# 学时账：还剩多少，快到限的提醒，关注学员
ledgers-leave = 还可请假 { $left } 学时（已用{ $used }，上限{ $limit }）
ledgers-leave-approved = 还可请假 { $left } 学时（已用{ $used }，已批还没到{ $approved }，上限{ $limit }）
ledgers-late = { $free ->
        [0] 再迟到一次折1学时旷课
       *[other] 还可迟到 { $free } 次不计旷课
    }
ledgers-late-count = 迟到 { $count } 次
ledgers-unexcused = 旷课 { $hours } 学时
ledgers-short-leave = 🗂 还可请假 { $left } 学时
ledgers-open = 看我的记录
ledgers-warn-leave = 🗂 提醒您：还可请假 { $left } 学时。
    已请{ $used }学时，上限{ $limit }；超过上限要按退学处理。
ledgers-warn-leave-over = 🗂 您的请假累计{ $used }学时，已经超过上限{ $limit }学时。
    接下来怎么办，班主任会和您商量。
ledgers-warn-certificate = 🗂 提醒您：还可请假 { $left } 学时。
    已请{ $used }学时，上限{ $limit }；超过就不能发结业证了。
ledgers-warn-certificate-over = 🗂 您的请假累计{ $used }学时，已经超过{ $limit }学时，按规定这次发不了结业证。
ledgers-warn-unexcused = 🗂 提醒您：旷课还差 { $left } 学时就到上限。
    现在{ $used }学时，满{ $limit }学时就不能结业了；迟到累计也会折成旷课。
ledgers-warn-unexcused-over = 🗂 您的旷课累计{ $used }学时，已满{ $limit }学时，按规定这次不能结业。
ledgers-warn-talk = 有难处，或者觉得记得不对，早点找班主任说。
ledgers-why-absent = 旷课{ $hours }学时{ $left ->
        [0] ，已到上限
       *[other] ，还差{ $left }到上限
    }
ledgers-why-dorm = 查寝不在
ledgers-why-late = 迟到{ $tardies }次折旷课{ $hours }学时{ $left ->
        [0] ，已到上限
       *[other] ，还差{ $left }到上限
    }
ledgers-why-leave = 请假{ $used }学时，还可{ $left }
ledgers-is-open = 结论：待定，有点名表还没收口
ledgers-is-withdrawn = 结论：请假超过上限，按退学处理
ledgers-is-not-awarded = 结论：考勤已到不能结业的界线
ledgers-is-hold = 结论：有旷课或查寝缺席，由值班领导定
ledgers-is-fine = 结论：考勤方面没有问题
