rolls-about = Roll call
rolls-title = 📋 { $title } · { $at } · { $place }
rolls-code = Code: <b>{ $code }</b> (new every minute; you may read it aloud)
rolls-numbers = Expected { $expected } · here { $here } · late { $late } · on leave { $away } · missing { $missing }
rolls-missing = Missing: { $names }{ $more ->
        [0] {""}
       *[other] {" "}… and { $more } more
    }
rolls-all-here = 🎉 Everybody is here.
rolls-after = Very late, for you to decide: { $names }
rolls-opens = Check-in opens at { $at }.
rolls-open-still = Self check-in is over; you can still mark people.
rolls-person = { $name } (group { $group }, seat { $seat })
rolls-mark-others = Mark for somebody
rolls-refresh = Refresh
rolls-fresh = Up to date
rolls-tap = ⬜ { $seat } { $name }
rolls-cell = { $icon } { $seat } { $name }
rolls-group = Group { $group }
rolls-grid = ✍️ { $title } ({ $at }), group { $group }
rolls-grid-how = One tap: present. Two: late. Three: nothing.
rolls-marked = { $who }: { $status }
rolls-is-closed = This list is closed and cannot be changed.
rolls-not-yet = The roll opens at { $opens }.
rolls-marked-himself = { $name } checked in at { $at }; that stands.
rolls-none = This class has nothing to call a roll for yet.
rolls-nobody = There are no trainees yet. Ask the administrator to import the roster.
