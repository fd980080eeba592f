# The plan of a day: what the bot will send
plans-about = What is sent today, and to whom
plans-head = 🗓 { $date }: what is sent{ $pages ->
        [1] {""}
       *[other] {" "}({ $page }/{ $pages })
    }
plans-none = 🗓 { $date }: nothing is sent.
plans-line = { $at } { $what }: { $count } people
plans-line-some = { $at } { $what }: { $count } people, { $left } left out
plans-line-done = { $at } { $what }: sent to { $count }
plans-line-notice = { $at } { $what }
plans-cell = { $at } { $what }
plans-group = Group { $group }: { $names }
plans-others = Others: { $names }
plans-seat = { $name } (seat { $seat })
plans-name = { $name }
plans-names-of-teacher = Who has not handed in a log only class teachers see by name.
plans-nobody = school leader
plans-skips = Left out, { $why }: { $names }{ $more ->
        [0] {""}
       *[other] , and { $more } more
    }
plans-burden = 📊 Each trainee: { $acts } things to do, about { $minutes } min (own check-ins { $check_ins }, log { $logs }, to acknowledge { $reads })
plans-burden-too-much = ⚠️ A day should not ask more than { $acts } things or { $minutes } minutes. Please take something off.
plans-which-day = Which day? Try “/plan tomorrow”, “/plan Wed” or “/plan 2027-03-17”.
plans-gone = This has changed meanwhile, or is gone. Please open the plan of the day again.
plans-open = Plan of the day
plans-before = Back
plans-after = More
plans-yesterday = Yesterday
plans-today = Today
plans-tomorrow = Tomorrow
plans-day-before = Day before
plans-day-after = Day after
plans-kind-eve = eve of the class
plans-kind-day-card = day card
plans-kind-tomorrow = tomorrow goes out or begins early
plans-kind-checkin-reminder = check-in reminder ({ $what })
plans-kind-bus-call = bus call ({ $what })
plans-kind-leg-call = bus call to leaders ({ $what })
plans-kind-joint-post = answers in one message
plans-kind-roll-opens = leaders are asked to call ({ $what })
plans-kind-head-count = head-count is asked for ({ $what })
plans-kind-digest = class teachers’ digest, if there is anything
plans-kind-leader-card = school leader’s evening card
plans-kind-log-reminder-1 = Log reminder
plans-kind-log-reminder-2 = Second log reminder
plans-kind-log-digest = Log digest
plans-kind-lecture-eve = lecturers: tomorrow’s sessions
plans-kind-lecture-soon = lecturer: session in an hour ({ $what })
plans-kind-site-eve = sites: who comes tomorrow
