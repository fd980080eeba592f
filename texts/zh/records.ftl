records-about = 看我的考勤记录
records-head = 🗂 { $name }，到课 { $here }/{ $count }
records-line = { $icon } 第{ $day }天 { $at } { $title }
records-none = { $name }，还没有开始点名，这里先空着。
records-privacy = 我的信息怎么用
