clock-eve = 🎒 { $title } 明天开班。
    { $day } { $at }，{ $place }，先报到。
clock-eve-bring = 请带身份证、洗漱用品、换洗衣服和常用药；笔和本子学校准备。
clock-unbound = 还没绑定
clock-blocked = 停用了机器人
clock-marked = 已经签到
clock-muted = 关掉了提醒
clock-usual = 明天和平常一样，只写在今日卡上
clock-away = 请假中
clock-closed = 已经收口
clock-not-yet = 还没入班
clock-budget = 今天的消息够多了，写在今日卡上
clock-bus = 🚌 { $at } 集合：{ $title }
clock-bus-yours = 您坐{ $bus }车。
clock-bus-to = 去{ $place }。
clock-bus-leaves = { $at } 发车，请早几分钟到。
clock-bus-count = 组长请给本组点名，人齐了再走。
clock-joint = 💬 有{ $count }件事给您答复：
