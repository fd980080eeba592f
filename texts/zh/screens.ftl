# 大屏
menu-screen = 大屏
    .also = 投屏|screen|projector
screens-about = 打开大屏
screens-link = 📺 <b>{ $title } · 大屏</b>
    在教室电脑的浏览器里打开，按 F11 全屏。整天开着就行，数字自己换，人数自己加。
screens-until = { $day }晚上12点前有效。有链接的人都能看到签到数字，请不要转发。
screens-address = 点一下可复制：<code>{ $url }</code>
screens-open = 打开大屏
screens-wall = 🙋 提问墙（不显示名字）：<code>{ $url }</code>
screens-open-wall = 打开提问墙
screens-wall-head = 提问墙
screens-wall-none = 现在没有课，开课后这里会有大家的提问。
screens-wall-empty = 还没有提问。打开机器人点［提问题］，课间老师来答。
screens-wall-how = 想问同样的，在机器人里点［同问］
screens-wall-more = 还有{ $count }个
screens-renew = 换新链接
screens-renewed = 旧链接已作废
screens-no-address = 大屏还没有开通。请教务在 config.toml 的 [server] 里填好 port 和 public_url。
    现在也能签到：点［点名］，卡片上有口令，念给大家听就行。
screens-page = { $title } · 大屏
screens-here = 实到
screens-expected = 应到
screens-how = 把数字发给机器人，或者扫码
screens-tap = 请打开机器人，点［我要签到］
screens-leader = 组长点名，请找自己的组长
screens-staff = 老师点名，请稍等
screens-shut = 签到已结束，没签上的请找班主任
screens-next = 下一项
screens-over = 后面没有安排了
screens-late = 网络断了，正在重连……
screens-expired = 这个大屏页面过期了，或者地址不对。请班主任在机器人里点［大屏］，打开新的。
