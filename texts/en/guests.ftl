# To lecturers and site contacts
guests-lecture-eve = 🎤 Your sessions on { $day }:
guests-lecture-soon = 🎤 Your session at { $at }:
guests-line = { $start }–{ $end } { $icon } { $title }, { $where }
guests-line-only = { $start }–{ $end } { $icon } { $title }
guests-count = 👥 { $count } people expected
guests-teacher = ☎️ Class teacher { $name }: { $phone }
guests-site-eve = 🏛 { $day }: the class comes to { $site }:
guests-visit = { $start }–{ $end } { $title }
guests-bus = bus { $bus } { $count }
guests-buses = 👥 { $count } people expected: { $buses }
guests-leaves = 🚌 The bus leaves at { $at }
