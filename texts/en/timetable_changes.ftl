# Change the timetable: time, place, lecturer, cancel, bring back, add; what it would do is shown first
menu-change = Change a session
    .also = move a session|reschedule
changes-about = Change a session of the timetable
changes-day = ✏️ Change a session · day { $day } · { $date }
changes-pick = Tap the one to change:
changes-empty-day = There is nothing on this day yet.
changes-cell = { $hours } { $title }
changes-cell-off = 🚫 { $hours } { $title }
changes-add = ➕ Add a session
changes-session = ✏️ <b>{ $title }</b>
changes-when = { $day } { $hours }
changes-now-time = 🕐 { $when }
changes-now-place = 📍 { $place }
changes-now-lecturer = 🎤 { $name }
changes-no-place = no place given
changes-nobody = no lecturer named
changes-list-none = 📋 Nobody is called in this one
changes-list-planned = 📋 Check-in has not opened yet
changes-list-open = 🟢 Check-in is open
changes-list-held = 🟡 Self check-in is over; the list is not closed yet
changes-list-closed = 🔒 The list is closed
changes-list-cancelled = 🚫 This session is cancelled
changes-marked = 📋 { $count } checked in already; that stays on record
changes-do-time = Time
changes-do-place = Place
changes-do-lecturer = Lecturer
changes-do-cancel = Cancel it
changes-do-restore = Bring it back
changes-back = ‹ Back to the session
changes-look = See the session
changes-ask-time = When shall it be? Tap, or just type, for example:
    14:00-15:30
    tomorrow 2pm (just as long)
    30 min later
changes-later = { $minutes } min later · { $hours }
changes-earlier = { $minutes } min earlier · { $hours }
changes-on-day = To day { $day }
changes-ask-place = Where shall it be? Tap, or just type the place.
changes-room = { $name }
changes-site = 🏛 { $name }
changes-ask-lecturer = Who teaches instead?
changes-person = { $name }
changes-nobody-button = Nobody in particular
changes-new-title = ➕ A new session on { $date }. What is it called? Type its title.
changes-new-time = 🕐 When is it? Just type, for example 19:00-20:30
    (with a start only it takes 45 minutes)
changes-ask-kind = What is it?
changes-kind-lecture = 📘 In class
changes-kind-site = 🏛 On site
changes-kind-talk = 🗣 Discussion
changes-kind-other = Something else
changes-ask-call = Is there a check-in? (It has 0 credit hours; the office can give it hours in the timetable.)
changes-call-code = Check-in by digits
changes-call-leader = Called by group leaders
changes-call-none = No check-in
changes-line = { $title }, { $when }: { $what }
changes-line-moved = { $title }: { $what }
changes-time = { $old } → <b>{ $new }</b>
changes-place = place { $old } → <b>{ $new }</b>
changes-lecturer = lecturer { $old } → <b>{ $new }</b>
changes-title = topic { $old } → <b>{ $new }</b>
changes-other = hours, check-in or other details
changes-added = { $title }: <b>new</b>, { $when }, { $place }
changes-cancelled = { $title }, { $when }, { $place } → <b>cancelled</b>
changes-restored = { $title }: <b>takes place after all</b>, { $when }, { $place }
changes-more = … and { $count } more; see the timetable
changes-outlook = 👀 <b>Look before you change; nothing has changed yet</b>
changes-clash = ⚠️ At the same time: { $names }{ $more ->
        [0] {""}
       *[other] {" "}and { $more } more
    }
changes-clash-one = { $hours } { $title }
changes-reminder = Check-in reminder
changes-bus-call = Bus call
changes-lecture-soon = Lecturer's reminder
changes-roll-opens = Check-in opens
changes-moves = ⏰ { $name } { $old } → { $new }
changes-moves-new = ⏰ { $name } { $new } (new)
changes-moves-gone = ⏰ { $name } { $old } (dropped)
changes-reminders-more = ⏰ { $count } more move too
changes-list-goes = 📋 The list is cancelled too{ $count ->
        [0] {""}
       *[other] ; the marks of { $count } stay as evidence
    }{ $hours ->
        [0] {""}
       *[other] ; its { $hours } credit hours count for and against nobody
    }
changes-list-again = 📋 Check-in is open, { $count } are in; that stays on record, and it opens again for the new time
changes-touched = 👥 Will be told: { $people }
changes-touched-away = 🏠 { $count } on leave at both times are left in peace
changes-trainees = { $count } { $count ->
        [one] trainee
       *[other] trainees
    }
changes-lecturers = { $count } { $count ->
        [one] lecturer
       *[other] lecturers
    }
changes-contacts = { $count } { $count ->
        [one] site contact
       *[other] site contacts
    }
changes-teachers = { $count } other class { $count ->
        [one] teacher
       *[other] teachers
    }
changes-nobody-told = 🔕 Nobody needs to be told
changes-level-ordinary = 🔔 An ordinary notice will be drafted; you look at it before it goes
changes-level-ack = 🔔 A notice to be acknowledged will be drafted; you look at it before it goes
changes-level-urgent = 🔔 It is close: an urgent notice will be drafted; you look at it before it goes
changes-ask-why = 📝 Type a reason if you like (kept on record, sent to nobody), or tap below.
changes-why = 📝 Reason: { $why }
changes-do = ✅ Change it
changes-do-not = Not now
changes-done = ✅ <b>Changed</b>
changes-done-all = Timetable, reminders, list and day cards have followed.
changes-done-already = This has been done already; nothing was changed again.
changes-not-done = All right, nothing has changed.
changes-proposed = 📣 Here is the notice for everybody concerned; look, then send:
changes-merged = 📣 The last notice was not sent yet; both are one now, told from where it began:
changes-dropped = 📣 It is as it was before, so the notice that was not sent yet is gone too.
changes-see-there = Go to that class and see the notice
changes-notice = 🔁 <b>A session has changed</b>
changes-notice-many = 🔁 <b>The timetable has changed ({ $count } sessions)</b>
changes-notice-foot = Reminders and your day card have followed.
changes-import = Sessions will change like this:
changes-import-done = Sessions that changed:
changes-no-notice = An import made here drafts no notice. To tell people, write one in the chat.
changes-unclear = I could not read that time. Type it like 14:00-15:30, or tomorrow 2pm.
changes-past = That time is over. Type one that is still to come.
changes-reversed = The end is before the start. Type it like 14:00-15:30.
changes-long = A session takes 12 hours at most. Type start and end, like 14:00-15:30.
changes-outside = This class runs from { $first } to { $last }. Choose a time on these days; the office can import other dates.
changes-same = That is how it is already; nothing to change.
changes-is-cancelled = “{ $title }” is cancelled. To change it, bring it back first.
changes-not-called = “{ $title }” is cancelled, so nobody is called. The class teacher can bring it back.
changes-closed = The list of “{ $title }” is closed: its time stays, and it cannot be cancelled. To make up for it, add a session.
changes-begun = “{ $title }” has begun, so its time stays. Place and lecturer can still change; to make up for it, add a session.
changes-held = “{ $title }” has taken place and cannot be cancelled. See to those who were missing in its list.
changes-alive = “{ $title }” is not cancelled; there is nothing to bring back.
changes-over = The time of “{ $title }” is over; it cannot be brought back. To make up for it, add a session.
changes-moved-on = Somebody else has just changed this session; yours was not made. Look again, then change it.
changes-gone = This step is out of date; nothing was changed. Please open the session and change it again.
changes-not-ready = The new session is not complete yet. Please add it once more.
changes-place-gone = That place is not on the list any more. Choose again, or type the place.
changes-place-words = Type the place in 2 to { $most } characters, like: meeting room, second floor.
changes-title-words = Type the title in 2 to { $most } characters, like: fire drill.
changes-why-words = Type the reason in 2 to { $most } characters, or go without: tap “Change it”.
changes-class-over = { $title } is over; its timetable stays as it is. If something in it is wrong, please tell the office.
