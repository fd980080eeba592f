clock-eve = 🎒 { $title } 明天开班。
    { $day } { $at }，{ $place }，先报到。
clock-eve-bring = 请带身份证、洗漱用品、换洗衣服和常用药；笔和本子学校准备。
clock-unbound = 还没绑定
clock-blocked = 停用了机器人
clock-marked = 已经签到
clock-muted = 关掉了提醒
clock-usual = 明天和平常一样，只写在今日卡上
clock-away = 请假中
