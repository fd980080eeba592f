help-about = 帮助
help-sos-about = 紧急求助
help-trainee = 📍 到了教室：点［我要签到］，或者把大屏上的4位数字发给我。
    📝 有事：点［请假/外出］；回来点［我已返回］。
    📅 看安排：点［课程表］。
    🗂 看自己的考勤：点［我的记录］。没签上：发“申请补签”。
    🆘 有急事：发“求助”。
help-staff = 📋 看谁没到、代点名、收口：点［点名］。
    📝 批请假、看谁不在：点［请假审批］。
    🖥 投到教室：发“大屏”。
    💛 谁要多关心：发“关注学员”。
    ✋ 补签、异议：发“补签和异议”。
    📱 看谁没绑定、要绑定码：点［绑定情况］。
    📅 看安排：点［课程表］。
    🆘 有急事：发“求助”。
help-stranger = 我是培训班的班务助手。请点学校发给您的绑定链接，或者把8位绑定码发给我。
    有急事：120 急救，110 报警。
help-commands = 也可以打这些：
help-line = { $command } { $about }
help-sos = 🆘 先保安全！
    急救 120　报警 110　火警 119
help-sos-teacher = 班主任 { $name }：{ $phone }
help-sos-told = 已经通知班主任了。
help-alarm = 🆘 { $who } 在求助！请马上联系。
help-alarm-name = { $name }
help-alarm-phone = 电话：{ $phone }
help-text = 这句话我还不会办。请点下面的按键，或者发“帮助”看看我能做什么。
help-media = 收到了，不过这个我还用不上。请点下面的按键，或者直接打字。
help-unknown-command = 没有这个命令。请点下面的按键，或者发“帮助”。
help-old-button = 这个按钮已经不能用了，请点下面的按键重新来。
help-edited = 改过的消息我看不到变化，请重新发一条。
