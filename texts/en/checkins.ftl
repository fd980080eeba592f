checkins-about = Check in
checkins-code = 📍 Send me the 4 digits on the screen.
    If you cannot read them, raise your hand: your group leader can mark you.
checkins-done = ✅ { $name } checked in at { $at } ({ $status })
    { $title }
checkins-again = ✅ { $name }, you checked in at { $at } ({ $status }). Nothing more to do.
    { $title }
checkins-for-the-teacher = 🕒 Noted that you came at { $at }, more than { $minutes } minutes late; the class teacher decides.
    { $title }
checkins-too-early = It is too early. Check-in for “{ $title }” opens at { $opens }; try again then.
checkins-closed = Check-in for “{ $title }” closed at { $shut }.
    If you are in the room, tap “Ask for a correction”; the class teacher will see it.
checkins-was-marked = You checked in to “{ $title }” at { $at }. Nothing more to do.
checkins-called = Your group leader calls the roll for “{ $title }”. Just take your seat.
checkins-none = There is nothing left to check in to.
checkins-none-today = Nothing to check in to right now. Tap “Timetable” to see today.
checkins-none-today-next = Nothing more to check in to today. Next: { $day }, opens at { $opens }.
checkins-wrong-digits = Those digits are wrong or have changed. Look at the screen and try again.
checkins-ask-leader = Still not right. Raise your hand: your group leader can mark you.
checkins-forwarded = Forwarded digits do not count. Please type the 4 digits from the screen yourself.
checkins-link-old = This QR code has expired. Scan the screen again, or send me its 4 digits.
checkins-reminder = 📍 “{ $title }” starts at { $at }, { $place }.
    Please check in when you are there: tap “Check in”.
checkins-stands = For “{ $title }” a teacher has entered “{ $status }”. If you are here, please tell the class teacher.
