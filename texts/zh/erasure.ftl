# 删除个人信息
erasure-soon = 🗓 { $title }的个人信息将在 { $day } 夜里自动删除：姓名、电话、日志、提问、消息。考勤和请假结果按座位号留着。
    要存档的，请在这之前导出。
erasure-done = 🧹 { $title }的个人信息已按约定删除。考勤和请假结果留着，只有座位号。
erasure-goes = 会删除：姓名、电话等资料，消息 { $messages } 条，日志 { $logs } 篇的内容，提问 { $questions } 个的内容，通知回执 { $notices } 条
erasure-stays = 会留下（只有座位号，没有事由）：考勤 { $marks } 条，请假 { $leaves } 次，异议 { $claims } 件
erasure-backups = 以前的备份里还有，到期自动消失。
erasure-ask = 删了就回不来。确定吗？
erasure-person-done = ✅ 已删除，记录里只写了座位。
erasure-left = 什么都没有删。
erasure-nobody = 没有找到 { $who }。请写座位号、编号或姓名。
erasure-several = { $who } 不止一位，请写座位号：{ $seats }
erasure-files-done = 放在外面的 { $count } 个照片和文件也删了。
erasure-files-later = 放在外面的 { $count } 个照片和文件现在够不着，夜里会删。
