people-about = See who has not joined
people-bound = 📱 { $title }
    Trainees joined <b>{ $bound }/{ $count }</b>
people-missing = Not yet: { $names }{ $more ->
        [0] {""}
       *[other] {" "}… and { $more } more
    }
people-all = 🎉 All trainees have joined.
people-staff = Teachers and staff joined { $bound }/{ $count }
people-others = Teachers and staff
people-page = Group { $group }: tap a name for its code.
people-page-others = Teachers and staff: tap a name for its code.
people-cell = { $bound } { $seat ->
        [0] {""}
       *[other] { $seat }{" "}
    }{ $name }
people-code = Code of { $who }:
    <code>{ $code }</code>
    They send these 8 characters to the bot. It works once.
people-is-bound = { $who } has joined already.
people-free = New phone: join again
people-free-sure = Free the seat of { $who }? The old phone loses access at once.
people-free-yes = Yes, free it
people-paper = 📄 On paper: { $names }{ $more ->
        [0] {""}
       *[other] … and { $more } more
    }
people-late = Joined late
people-late-sure = { $who } counts from now on; earlier lists do not count. Sure?
people-late-yes = Yes
people-late-done = ✅ { $who } counts from now on; earlier lists do not count.
