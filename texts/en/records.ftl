# My record: what is left first, then day by day
records-about = See my attendance
records-who = 🗂 { $who }
records-day = 📅 Day { $day }{ $parts ->
        [1] {""}
       *[other] {" "}({ $part }/{ $parts })
    }
records-line = { $icon } { $at } { $title }
records-line-open = { $icon } { $at } { $title } (not closed yet)
records-questions = 🙋 Questions waiting for an answer: { $count }
records-none = No roll has been called yet, so this is still empty.
records-page = Day { $day }{ $parts ->
        [1] {""}
       *[other] -{ $part }
    }
records-tardies = Late or left early: { $count }, unexcused hours: { $hours }
records-privacy = What is kept about me
records-object = Object: { $title }
records-correct = Correct: { $title }
