marks-not-so = { $name } 现在是“{ $status }”，不能这样改。请重新打开，看一眼再改。
marks-why = 改已有的记录要写一句原因。
marks-changed = ✏️ 您的考勤有改动：{ $title }
    { $old } → { $new }
    原因：{ $reason }
marks-may-object = 有不同意见，24小时内点下面告诉我们。
marks-who = 👤 { $who }
    { $title }
marks-now = 现在：{ $status }
marks-now-from = 现在：{ $status }（{ $source }，{ $at }）
marks-other = 另有记录：{ $status }（{ $source }，{ $at }）
marks-event = { $at } { $old } → { $new } { $reason }
marks-status = { $icon } { $status }
marks-ask-why = { $who } 改成“{ $status }”，为什么？点一个，或者写一句。
marks-reason-1 = 记错了
marks-reason-2 = 手机或网络问题
marks-reason-3 = 补了假条
marks-reason-4 = 班务安排
marks-done = ✏️ { $who }：{ $status }
marks-done-told = ✏️ { $who }：{ $status }。已经私下告诉本人。
marks-source-self = 本人
marks-source-leader = 组长
marks-source-staff = 老师
marks-source-paper = 纸质名单
marks-source-desk = 报到台
marks-source-clock = 假条
marks-time-check = ⏱ 时间待核：网络中断后才收到
