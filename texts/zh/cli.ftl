cli-check-good = ✅ 没有要改的：{ $title }，{ $people }名学员，{ $sessions }个课次。
cli-import-nothing = 有要改的地方，什么都没有写入。改好再导一次。
cli-no-such-folder = 没有找到 { $name }。请给出班级文件夹，或 .xlsx 工作簿。
cli-no-such-class = 没有编号是 { $key } 的班。用 tongxue class list 看看有哪些。
cli-no-class = 还没有班级。先用 tongxue class import 文件夹 导入一个。
cli-seats-format = --format 只能是 csv 或 png。
cli-seats-opened = { $title } 已从草稿变为报到中：绑定链接现在有效。
cli-seats-drawn = 已画好{ $count }张，在 { $folder }。
cli-links-short = 链接先只写后半段（?start=…）；连上 Telegram 后再运行一次，就是完整的。
cli-database = 数据库打不开（{ $where }）：{ $trouble }
cli-port = { $where } 用不了（{ $trouble }）。请在 [server] port 里换一个端口，或停掉占用它的程序。
cli-token-refused = Telegram 不认这个令牌（{ $status }）。请在 @BotFather 那里核对 [telegram] token。
cli-telegram-silent = 连不上 { $where }。请检查网络、代理和 [telegram] api_url。
cli-backup-exists = { $name } 已经有了。换个名字，或者加 --force 覆盖。
cli-backup-done = ✅ 已备份到 { $name }（{ $size } KB）。
cli-backup-postgres = PostgreSQL 请用 pg_dump 和 pg_restore 备份恢复。
cli-restore-exists = 数据库 { $name } 已经有了。先停机器人；确定要覆盖就加 --force。
cli-restore-running = 有程序正在用数据库 { $name }。请先停掉机器人。
cli-restore-not = { $name } 不是同学的备份文件。
cli-restore-done = ✅ 已从 { $name } 恢复。
cli-plan-none = 这一天没有要发的。
cli-plan-head = 📅 { $title }　{ $date }
cli-plan-goes = { $at } { $kind }：发给{ $count }人
cli-plan-done = （已办）
cli-plan-skips = 　不发 { $why }：{ $names }{ $more ->
        [0] {""}
       *[other] ……还有{ $more }人
    }
cli-plan-eve = 开班前夜通知
cli-plan-day-card = 今日卡
cli-plan-tomorrow = 明天外出或更早
cli-plan-checkin-reminder = 签到提醒（{ $what }）
cli-plan-bad-date = 日期要写成 2027-03-15 这样。
cli-doctor-token = 令牌
cli-doctor-webhook = 接收方式
cli-doctor-clock = 时钟
cli-doctor-database = 数据库
cli-doctor-inbox = 收件
cli-doctor-outbox = 发件
cli-doctor-disk = 磁盘
cli-doctor-texts = 文案
cli-doctor-zone = 时区
cli-doctor-bot = @{ $name }
cli-doctor-plain = { $what }
cli-doctor-offset = 和 Telegram 差 { $seconds } 秒
cli-doctor-offset-unknown = 没有问到时间
cli-doctor-waiting = 等着处理 { $new }，放弃的 { $dead }
cli-doctor-dead = { "    " }编号 { $number }：{ $trouble }
cli-doctor-sent = 等着发送 { $new }，不确定 { $uncertain }，失败 { $failed }
cli-doctor-free = 剩 { $gb } GB
cli-doctor-texts-same = 中英文都齐，{ $count } 条
cli-doctor-texts-differ = 有 { $count } 条只有一种语言：{ $names }
cli-doctor-polling = 轮询
cli-doctor-polling-hook = 轮询，但 Telegram 上还设着 webhook：运行 tongxue run 会去掉
cli-doctor-hook = webhook { $url }
cli-doctor-hook-differs = Telegram 上的 webhook 是 { $url }：运行 tongxue run 会改正
cli-doctor-hook-trouble = webhook 出错：{ $trouble }
cli-demo-ready = 🎬 演示开始了。用浏览器打开：
    { $url }
cli-demo-state = 数据在 { $folder }。Ctrl-C 结束；再运行一次会接着来，FRESH=1 从头开始。
cli-demo-preparing = 正在准备样例班……
cli-demo-port = 端口 { $port } 被占用，换用 { $other }。
cli-demo-bye = 演示结束了，数据都在 { $folder }。
