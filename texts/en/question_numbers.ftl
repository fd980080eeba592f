# Questions in numbers only
question-numbers-head = 📊 Questions in numbers · { $title }
question-numbers-none = Nobody has asked yet.
question-numbers-asked = { $count } asked: { $open } waiting{ $late ->
        [0] {""}
       *[other] {" "}({ $late } overdue)
    }, { $solved } solved{ $declined ->
        [0] {""}
       *[other] , { $declined } not answered
    }
question-numbers-first = First reply (service hours only): half within { $median } min, nine of ten within { $ninety } min
question-numbers-no-reply = First reply: none yet
question-numbers-in-time = Replied within { $hours } hours: { $share }%
question-numbers-reopened = Asked again after an answer: { $count }
question-numbers-doors = Where they came from: { $doors }
question-numbers-door-class = in or after class { $count }
question-numbers-door-handbook = not in the handbook { $count }
question-numbers-door-anonymous = asked privately { $count }
question-numbers-topics = Asked most: { $topics }
question-numbers-topic = { $topic } { $count }
