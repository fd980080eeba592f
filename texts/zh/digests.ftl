# 给班主任的简报，给值班领导的晚间数字
digests-head = 📬 { $at } 简报
digests-none-yet = 📋 今天还没开始点名
digests-lists = 📋 今天点名{ $count }次，已收口{ $closed }次
digests-numbers = 迟到{ $late } 请假{ $away } 旷课{ $absent } 未点到{ $missing }（人次）
digests-open = ⏳ 还没收口，点下面的按键就能办：
digests-day = 第{ $day }天{" "}
digests-open-line = { $at } { $title }{ $missing ->
        [0] ，都点到了
       *[other] ，未点到{ $missing }
    }
digests-open-more = ……还有{ $more }张
digests-pending = 📝 等着批的请假{ $count }份
digests-overdue = 🚶 该回来还没报到：{ $names }{ $more ->
        [0] {""}
       *[other] ……还有{ $more }人
    }
digests-questions = 🙋 提问：待答{ $count }{ $late ->
        [0] {""}
       *[other] ，超时{ $late }
    }
digests-to-questions = 看提问
digests-card-questions = 🙋 提问{ $count }个，待答{ $open }，超时{ $late }
digests-card-numbers = 提问统计
digests-attention = 👀 关注学员{ $count }人
digests-close = 📋 { $title }
digests-card = 🏫 { $title }　{ $date }
digests-card-total = 今天点名{ $count }次：应到{ $expected } 实到{ $here } 迟到{ $late } 请假{ $away }（人次）
digests-card-list = { $at } { $title }　应到{ $expected } 实到{ $here } 迟到{ $late } 请假{ $away }
digests-card-full = 其余{ $count }次都按时到齐
digests-card-more = ……还有{ $count }次
digests-card-open = ⏳ { $count }张点名表还没收口
digests-sketch = 内容到时候按当时的数字写。
