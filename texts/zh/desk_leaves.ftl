# 工作台：请假
desk-leaves = 请假
desk-leaves-wait = 待批（{ $count }）
desk-leaves-mine = 等您批
desk-leaves-none = 没有待批的假条。
desk-leaves-away = 请假在外（{ $count }）
desk-leaves-until = 应返回
desk-leaves-late = 超时未回
desk-leaves-all-here = 没有人请假在外。
desk-leaves-over = 最近办完的
desk-leave = { $who } 的假条
desk-leave-letter = 📎 派出单位的函在聊天里的卡片上看。
desk-leave-story = 经过
desk-leave-why-not = 不同意的原因（本人会看到）
desk-leave-moved = 这张假条刚刚有了变动，请看一眼再定。
desk-leave-back = 回到请假列表
