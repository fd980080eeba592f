daycards-head = 📅 Day { $day } · { $date }
daycards-now = Now: { $what } (until { $until })
daycards-next = Next: { $at } { $what } (in { $minutes } min)
daycards-no-more = That was all for today. Well done.
daycards-what = { $icon } { $title }, { $where }
daycards-what-only = { $icon } { $title }
daycards-check-in = 📍 Check-in for “{ $title }” is open: please check in.
daycards-away = 🚌 We go out today: { $at } { $place }. Bring your badge and water.
daycards-hours = { $count ->
        [0] No class today. Have a rest.
        [one] One session today, { $hours } credit hours.
       *[other] { $count } sessions today, { $hours } credit hours.
    }
daycards-title = { $title }
daycards-attendance = My attendance: { $marks }
daycards-my-ten = 👥 My group: { $count } people
daycards-name = { $name } (seat { $seat })
daycards-ten-here = 👥 { $title }: all { $count } of the group are here
daycards-ten-missing = 👥 { $title }: { $here }/{ $count } of the group here, missing { $names }
daycards-mine = 🎤 My sessions today:
daycards-line = { $start }–{ $end } { $what }
daycards-short = { $icon } { $start } { $title }
daycards-bound = 📱 Joined { $bound }/{ $count }
daycards-list = 📋 { $title }: here { $here }/{ $count }
daycards-tomorrow = 🌙 { $day } { $at } { $what }
daycards-stamp = Updated { $at }
daycards-timetable = The whole day
daycards-noted = 📌 { $words }
daycards-lines = All { $count } notes
daycards-lines-none = There is nothing more on this day card.
