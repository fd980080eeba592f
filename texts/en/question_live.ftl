# Questions of a session, for the lecturer in the break
question-live-head = 📋 { $title } · { $count } { $count ->
        [one] question
       *[other] questions
    } from class, most asked first:
question-live-none = 📋 { $title }: no question is waiting now.
question-live-line = { $no }. { $text }{ $count ->
        [0] {""}
       *[other] {" "}(+{ $count })
    }
question-live-rest = … and { $count } more; they move up as you answer.
question-live-oral = { $no } Answered in class
question-live-later = { $no } In writing later
question-live-said = ✅ Question { $no } counts as answered in class{ $others ->
        [0] {""}
       *[other] ; { $others } more hear it too
    }
question-live-put-off = 📝 Question { $no } will be answered in writing
question-live-not-yours = 📋 { $title } has another lecturer now; its questions went there.
