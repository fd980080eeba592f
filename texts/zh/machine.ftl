# 机器状况，只有数字
machine-about = 看机器人好不好
machine-well = 🟢 机器人好好的
machine-stands-still = 🔴 时钟停了{ $minutes }分钟，提醒发不出去。请重启机器人。
machine-tick = ⏱ 上次走表：{ $seconds }秒前
machine-no-tick = ⏱ 还没有走过表
machine-waiting = 📥 等着处理{ $inbox }　📤 等着发送{ $outbox }
machine-due = ⏰ 最早该办的：{ $at }
machine-troubles = ⚠️ 一天里：失败{ $failed }　不确定{ $uncertain }　放弃{ $dead }
machine-backup = 💾 上次备份：{ $at }
machine-no-backup = 💾 还没有备份过，请运行 tongxue backup
machine-refresh = 刷新
