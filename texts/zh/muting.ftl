# 提醒设置
muting-about = 提醒设置
muting-is-off = 🔔 现在会提醒您：签到前、写日志、明天要早到或外出。
muting-is-on = 🔕 这些提醒关掉了：签到前、写日志、明天要早到或外出。
    今日卡上都还写着，记得看。
muting-never = 关不掉的：紧急通知、要点［已读］的通知、叫您上车。
muting-make-quiet = 🔕 关掉提醒
muting-let-come = 🔔 重新提醒我
