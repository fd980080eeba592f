# 本课提问：课间给老师看的
question-live-head = 📋 { $title } · 本课提问{ $count }个，同问多的在前：
question-live-none = 📋 { $title }：现在没有等着的提问。
question-live-line = { $no }. { $text }{ $count ->
        [0] {""}
       *[other] （同问{ $count }）
    }
question-live-rest = ……还有{ $count }个，答掉前面的就会上来。
question-live-oral = { $no } 已口头答
question-live-later = { $no } 稍后书面答
question-live-said = ✅ 第{ $no }问记为课上答过{ $others ->
        [0] {""}
       *[other] ，同问的{ $others }人也会收到
    }
question-live-put-off = 📝 第{ $no }问留到课后书面答
question-live-not-yours = 📋 { $title } 换了老师，这里的提问已经转过去了。
