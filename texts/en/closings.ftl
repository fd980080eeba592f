closings-close = 🔒 Close
closings-reopen = Reopen
closings-count = Head-count
closings-screen = 🔒 Closing { $title } ({ $at })
closings-decide = { $count } not marked; please choose for each: ✅ present 🕒 late 🎗 class duty ❌ absent.
closings-all-decided = All decided, ready to close.
closings-waits = Leave pending, left open: { $names }
closings-more = { $more } more come when these are decided.
closings-name = { $seat } { $name }
closings-choice-present = ✅
closings-choice-late = 🕒
closings-choice-class_duty = 🎗
closings-choice-absent = ❌
closings-rest = Close, the other { $count } absent
closings-done = 🔒 { $title } is closed
    Expected { $expected } · here { $here } ({ $late } late) · on leave { $away } · absent { $absent }{ $missing ->
        [0] {""}
       *[other] {" "}· pending { $missing }
    }
closings-asking = These are filled in when their leave is decided: { $names }
closings-not-yet = Somebody is still missing: close { $minutes } minutes after the start, or when all are here.
closings-undecided = { $count } are not decided yet: choose for each, or tap “Close, the others absent”.
closings-reopen-why = 🔓 Why reopen “{ $title }”? One sentence will do.
closings-reopen-words = Please write the reason in words, e.g. “paper list came late”.
closings-why = Reopening needs a reason, e.g. “paper list came late”.
closings-is-open = This list is not closed: just change what you want.
closings-reopened = 🔓 “{ $title }” is open again. Remember to close it when you are done.
closings-count-ask = 👀 How many are in the room for “{ $title }”? Count and send me one number.
closings-count-number = Please send one number only, e.g. 46.
closings-count-odd = The number must be between 0 and { $most }; please send it again.
closings-count-early = Count the room from { $minutes } minutes after the start.
closings-count-first = Please tap Head-count first and give a number.
closings-count-kept = Noted: { $count } in the room.
closings-count-please = 👀 “{ $title }” began { $minutes } minutes ago. How many are in the room?
    Count and just send me the number.
closings-reconciled = ✅ { $count } in the room, as on the list: reconciled.
closings-surplus = { $count } in the room, { $marked } on the list: { $more } more.
closings-surplus-who = Probably here and not marked yet; tap whoever is here:
closings-surplus-none = Everybody on the list is marked; perhaps there are guests.
closings-lacking = { $count } in the room, { $marked } on the list: { $less } fewer.
closings-spot = Please look whether these { $count } are here:
closings-there = ✅ { $seat } { $name }
closings-not-there = Not here
closings-seen = { $who }: here
closings-unseen = { $who }: not here, set to not marked
closings-spot-reason = not seen in the spot check
