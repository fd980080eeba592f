rolls-about = Roll call
rolls-title = 📋 { $title } · { $at } · { $place }
rolls-code = Code: <b>{ $code }</b> (new every minute; you may read it aloud)
rolls-numbers = Expected { $expected } · here { $here } ({ $late } late) · on leave { $away } · missing { $missing }
rolls-missing = Missing:
rolls-missing-group = Group { $group }: { $names }
rolls-seat-name = { $seat } { $name }
rolls-missing-more = … and { $more } more
rolls-all-here = 🎉 Everybody is here.
rolls-after = Came too late, for you to decide: { $names }
rolls-opens = Check-in opens at { $at }.
rolls-open-still = Self check-in is over; you can still mark people, then close the list.
rolls-person = { $name } (group { $group }, seat { $seat })
rolls-person-only = { $name }
rolls-mark-others = Mark for somebody
rolls-refresh = Refresh
rolls-fresh = Up to date
rolls-tap = ⬜ { $seat } { $name }
rolls-cell = { $icon } { $seat } { $name }
rolls-group = Group { $group }
rolls-grid = ✍️ { $title } ({ $at }), group { $group }
rolls-grid-how = One tap: present. Two: late. Three: nothing.
rolls-marked = { $who }: { $status }
rolls-is-closed = This list is closed. The class teacher can change it with “Change”.
rolls-not-yet = The roll opens at { $opens }.
rolls-marked-himself = { $name } checked in at { $at }; that stands. To change it, please ask the class teacher.
rolls-none = This class has nothing to call a roll for yet; it comes with the timetable.
rolls-nobody = There are no trainees yet. Ask the administrator to import the roster.
rolls-own-group = You call the roll of your own group only; the others have their leader, or the class teacher.
rolls-call-group = Call my group
rolls-please-call = 📋 Please call the roll of your group: { $title } ({ $at })
rolls-marked-by-staff = A teacher has marked { $name }; that stands. To change it, please ask the class teacher.
rolls-ledger = 🔒 Closed at { $at }: expected { $expected } · here { $here } ({ $late } late) · on leave { $away } · absent { $absent }{ $missing ->
        [0] {""}
       *[other] {" "}· leave pending { $missing }
    }
rolls-counted = 👀 { $count } in the room, which differs from the list
rolls-reconciled = 👀 { $count } in the room, reconciled
rolls-came = { $who } came at { $at }
rolls-asking = Leave pending: { $names }
rolls-handed-in = Groups handed in { $done }/{ $count }, still open: { $waiting }
rolls-nudge = Remind them
rolls-nudged = { $count } reminded privately
rolls-nudged-some = { $count } reminded privately.
    Not reached (not bound, or no more reminders today), please call: { $names }{ $more ->
        [0] {""}
       *[other] … and { $more } more
    }
rolls-nudged-already = Reminded at { $at }; again after 10 minutes.
rolls-nudge-self = 📍 You are not checked in for “{ $title }” yet.
    If you are here, tap Check in; if you cannot come, ask for leave.
rolls-nudge-called = 📍 “{ $title }”: you have not been called yet.
    If you are here, tell your group leader; if you cannot come, ask for leave.
rolls-leave = Enter leave
rolls-leave-who = 📝 Leave for whom? ({ $title })
rolls-next = Next ›
rolls-page-back = ‹ Back
rolls-screen = 🖥 Screen
rolls-sheet = 🖨 Sheet
rolls-change = ✏️ Change
rolls-rest = All others here
rolls-rest-done = { $count } marked present
rolls-hand-in = ✅ Hand in my group
rolls-otherwise = Other statuses
rolls-simple = Back to quick taps
rolls-grid-fix = Tap a name for details and changes.
rolls-back-to-group = ‹ Back to the names
rolls-seat = seat { $seat }
rolls-then-hand-in = If this is right, tap “Hand in my group”; you can still change it when somebody arrives.
rolls-handed = ✅ Group { $group } is handed in, thank you!
rolls-called = 📋 { $title }: expected { $count } · here { $here } ({ $late } late) · missing { $missing }
rolls-called-missing = Missing: { $names }{ $more ->
        [0] {""}
       *[other] … and { $more } more
    }
rolls-called-differ = Already marked otherwise; the first mark stands, the class teacher sees what you said: { $names }{ $more ->
        [0] {""}
       *[other] … and { $more } more
    }
rolls-typed-twice = These seats are named twice: { $seats }. Please send the list again, e.g. “missing 3 7 late 5”.
rolls-typed-seats = There are no such seats: { $seats }. Please check and send again, e.g. “missing 3 7”.
rolls-typed-words = I did not understand “{ $words }”. Write: all here; or: missing 3 7; or: missing 3 late 5.
rolls-paper = 📄 Paper list of { $title } ({ $day } { $at }):
rolls-paper-numbers = here { $here } · late { $late } · missing { $missing }
rolls-paper-missing = Missing: { $names }
rolls-paper-late = Late: { $names }
rolls-paper-then = If this is right, tap “Enter the list”; if not, send it again.
rolls-paper-which = Another session? Tap it:
rolls-paper-other = Day { $day } { $at } { $title }
rolls-paper-how = 📄 { $title }: send me what stands on the sheet, e.g. “missing 7 34”, “late 5”, “all here”.
rolls-paper-none = There is no list to enter yet. Send it first, e.g. “missing 7 34”.
rolls-paper-done = ✅ Entered.
rolls-others = Other sessions
rolls-lists = 📋 Lists of day { $day }:
rolls-list = { $icon } { $at } { $title }
rolls-day = Day { $day }
rolls-state-planned = ⏳
rolls-state-open = 🟢
rolls-state-staff_only = 🟡
rolls-state-closed = 🔒
rolls-nothing-open = There is nothing to call a roll for now. Tap “Timetable” to see when the next one is.
rolls-close-soon = If all is right, close the list.
