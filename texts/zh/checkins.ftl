checkins-about = 签到
checkins-code = 📍 请把大屏上的4位数字发给我。
    看不清请举手，组长可以代点。
checkins-done = ✅ { $name } 已签到 { $at }（{ $status }）
    { $title }
checkins-again = ✅ { $name } { $at } 已签到（{ $status }），不用再签。
    { $title }
checkins-for-the-teacher = 🕒 已记下 { $at } 到场，超过{ $minutes }分钟，由班主任认定。
    { $title }
checkins-too-early = 还没到签到时间。《{ $title }》{ $opens } 开始签到，到时候再点一次就行。
checkins-closed = 《{ $title }》的签到 { $shut } 已关闭。
    您要是在场，点［申请补签］，班主任会看。
checkins-was-marked = 您 { $at } 已签到《{ $title }》，不用再签。
checkins-called = 《{ $title }》由组长点名，您坐好就行，不用签到。
checkins-none = 后面没有要签到的课了。
checkins-none-today = 现在没有要您签到的课。点［课程表］看看今天的安排。
checkins-none-today-next = 今天没有要签到的课了。下一次是{ $day }，{ $opens } 开始签到。
checkins-wrong-digits = 数字不对，或者已经变了，请看大屏再试一次。
checkins-ask-leader = 还是不对。请举手，组长可以代点。
checkins-forwarded = 转发来的数字不算。请看大屏，自己打4位数字。
checkins-link-old = 这个二维码过期了。请再扫一次大屏，或者直接发屏上的4位数字。
checkins-reminder = 📍 { $at }《{ $title }》快开始了，地点：{ $place }。
    到了请签到，点［我要签到］。
checkins-stands = 《{ $title }》老师已经记为“{ $status }”。您要是到了，请跟班主任说一声。
