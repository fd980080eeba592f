# 我的记录：先说还剩多少，再一天一天看
records-about = 看我的考勤记录
records-who = 🗂 { $who }
records-day = 📅 第{ $day }天{ $parts ->
        [1] {""}
       *[other] （{ $part }/{ $parts }）
    }
records-line = { $icon } { $at } { $title }
records-line-open = { $icon } { $at } { $title }（待收口）
records-questions = 🙋 等着回答的提问{ $count }个
records-none = 还没有开始点名，这里先空着。
records-page = 第{ $day }天{ $parts ->
        [1] {""}
       *[other] -{ $part }
    }
records-tardies = 迟到早退 { $count } 次，旷课 { $hours } 学时
records-privacy = 我的信息怎么用
records-object = 有异议：{ $title }
records-correct = 申请补签：{ $title }
