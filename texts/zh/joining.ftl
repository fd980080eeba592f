joining-start-about = 重新开始
joining-class-about = 换一个班
joining-how = 您好，我是培训班的班务助手。
    请点学校发给您的绑定链接，或者把8位绑定码发给我。
    没有的话，请找班主任要。
joining-who = 您好！请看看这是不是您：
    <b>{ $title }</b>
joining-name = 姓名：<b>{ $name }</b>
joining-street = 街道：{ $street }
joining-seat = 座位：第{ $group }组 { $seat }号
joining-room = 房间：{ $room }
joining-consent = 🔒 我会记下：签到、请假、日志和提问，只为办好这个班。
    谁能看：班主任和教务；日志只有您和班主任；组长看不到请假事由。
    位置和身份证号一概不收。结业180天后个人信息删除。
    随时可以在［我的记录］里再看这一页。
joining-yes-no = 是您本人，请点［是我，绑定］。
joining-done-trainee = 🎉 绑定好了，{ $name }。欢迎来到{ $title }！
    到了教室点［我要签到］，想看安排点［课程表］。
joining-done = 🎉 绑定好了，{ $name }。{ $title }的事，点下面的按键就行。
joining-not-me = 没关系，什么都没有绑定。
    请告诉班主任，换一条您自己的链接。
joining-nothing-open = 现在没有要确认的绑定。请重新点您的链接，或者发8位绑定码。
joining-admin = ✅ 您现在是教务管理员。
    把班级工作簿（.xlsx）直接发给我，就可以建班。
joining-wrong-code = 没有这个绑定码。请看清楚再发一次：8位，没有数字0和1，也没有字母O和I。
joining-not-a-code = 绑定码是8位，没有数字0和1，也没有字母O和I。请再看一下，重发一次。
joining-wrong-link = 这条链接没有用。请找班主任要您自己的链接。
joining-expired = 这条链接已经作废。请找班主任要一条新的。
joining-used = 这条链接已经有人用过了。如果是您换了手机，请找班主任重新绑定。
joining-already-yours = 您已经绑定好了，直接用下面的按键就行。
joining-has-seat = 这个账号已经绑定了{ $name }的座位，一个人只能有一个座位。要换请找班主任。
joining-not-open = 这个班还没有开放报到，或者已经结束。请问一下班主任。
joining-pause = 试错太多次了，请一小时后再试，或者直接找班主任。
joining-class = { $title }
joining-which = 您现在在：{ $title }
    要换到哪个班？
joining-switched = 好了，现在是{ $title }。
languages-about = 换语言 / Language
languages-ask = 用哪种语言？ / Which language?
languages-zh = 中文
languages-en = English
languages-done = 好了，以后用中文。
joining-paused-card = ⚠️ 有人一小时内输错了5次绑定码（Telegram 名：{ $name }）。如果是学员，请帮一下。
joining-card-closed = 这个座位换了手机，这里不再显示班里的情况。
joining-forwarded = 转发来的绑定码不算。请自己把8位打给我。
