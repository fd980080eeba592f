# Digests for class teachers, the evening's numbers for school leaders
digests-head = 📬 { $at } digest
digests-none-yet = 📋 No roll has been called today
digests-lists = 📋 Lists called today: { $count }, closed: { $closed }
digests-numbers = Late { $late }, leave { $away }, absent { $absent }, not marked { $missing } (all lists together)
digests-open = ⏳ Not closed yet; a tap below opens the list:
digests-day = Day { $day }{" "}
digests-open-line = { $at } { $title }{ $missing ->
        [0] , everybody is marked
       *[other] , not marked { $missing }
    }
digests-open-more = … and { $more } more
digests-pending = 📝 Leave requests waiting: { $count }
digests-overdue = 🚶 Due back, not reported yet: { $names }{ $more ->
        [0] {""}
       *[other] {" "}… and { $more } more
    }
digests-questions = 🙋 Questions waiting: { $count }{ $late ->
        [0] {""}
       *[other] , overdue { $late }
    }
digests-to-questions = See questions
digests-card-questions = 🙋 Questions { $count }, waiting { $open }, overdue { $late }
digests-card-numbers = Questions in numbers
digests-attention = 👀 People to look after: { $count }
digests-close = 📋 { $title }
digests-card = 🏫 { $title } · { $date }
digests-card-total = Lists today: { $count }. Expected { $expected }, here { $here }, late { $late }, on leave { $away } (all lists together)
digests-card-list = { $at } { $title }: expected { $expected }, here { $here }, late { $late }, on leave { $away }
digests-card-full = The other { $count }: everybody in time
digests-card-more = … and { $count } more
digests-card-open = ⏳ Lists not closed yet: { $count }
digests-sketch = Its numbers will be those of the moment.
