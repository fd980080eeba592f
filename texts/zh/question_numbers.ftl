# 提问统计：只有数字
question-numbers-head = 📊 提问统计 · { $title }
question-numbers-none = 还没有人提问。
question-numbers-asked = 共{ $count }问：待答{ $open }{ $late ->
        [0] {""}
       *[other] （超时{ $late }）
    }，已解决{ $solved }{ $declined ->
        [0] {""}
       *[other] ，不作答{ $declined }
    }
question-numbers-first = 首次回复（只算答疑时间）：一半在{ $median }分钟内，九成在{ $ninety }分钟内
question-numbers-no-reply = 首次回复：还没有
question-numbers-in-time = { $hours }小时内有回复：{ $share }%
question-numbers-reopened = 答后又追问 { $count } 次
question-numbers-doors = 从哪儿来：{ $doors }
question-numbers-door-class = 课上课后{ $count }
question-numbers-door-handbook = 手册没查到{ $count }
question-numbers-door-anonymous = 私下问{ $count }
question-numbers-topics = 问得最多：{ $topics }
question-numbers-topic = { $topic } { $count }
