# long: every word of one feature, from writing to reading — notices: write, look, send, see who has read
notices-about = Write a notice
notices-got-about = See the notices you got
notices-how = 📣 What shall people know? Just send it to me: text, photos, files, voice; you may forward a message too.
    You will look at it before it goes.
notices-go-on-draft = ✏️ Go on: { $words }
notices-go-on-asked = ⏳ Not agreed yet: { $words }
notices-go-on-queued = ⏰ Waiting: { $words }
notices-templates = 📄 Templates
notices-earlier = 🗂 Sent before
notices-body = { $text }
notices-head-ordinary = 📣 <b>Notice</b> · { $name }
notices-head-ack = 📌 <b>Notice</b> · { $name } (when you have read it, tap “Read”)
notices-head-choose = 📌 <b>Notice</b>　{ $name } (please choose below)
notices-head-urgent-choose = 🚨 <b>Urgent notice</b>　{ $name } (please choose below)
notices-head-urgent = 🚨 <b>Urgent notice</b> · { $name } (when you have read it, tap “Read”)
notices-head-group = 📌 <b>Notice</b> · { $name }
notices-corrected = (corrected at { $at })
notices-choose-until = Please choose before { $at }; if you tapped the wrong one, tap again.
notices-choice = { $label }
notices-chosen = ✅ { $label }
notices-read = Read
notices-read-at = ✅ Read { $at }
notices-whole = Whole notice
notices-called = “{ $words }”
notices-files = “Attachment”

# Writing
notices-panel = ✏️ <b>Draft notice</b>
notices-panel-words = 📝 { $words }
notices-panel-files = 📎 { $count ->
        [one] 1 attachment
       *[other] { $count } attachments
    }
notices-panel-english = 🌐 With an English version
notices-panel-choices = ☑️ Options: { $choices }
notices-panel-to = 👥 To: { $audience } ({ $count ->
        [one] 1 person
       *[other] { $count } people
    })
notices-panel-ordinary = 🔔 Ordinary: nothing to do
notices-panel-ack = 📌 To acknowledge: people tap “Read”; those who do not are reminded privately
notices-panel-urgent = 🚨 Urgent: rings at night too; those who have not read it are asked every 5 minutes
notices-panel-now = 🕐 Goes at once
notices-panel-at = 🕐 Goes { $day } { $at }
notices-panel-night = 🌙 Not at night: goes { $day } { $at }
notices-panel-group = 💬 In the class group too
notices-panel-more = Anything to add? Just send it to me.
notices-preview = 👀 Preview, then send
notices-set-audience = 👥 To whom
notices-set-level = 🔔 Level
notices-set-when = 🕐 When
notices-set-more = ⋯ More
notices-back = ‹ Back
notices-change = ✏️ Change it
notices-only-preview = This is a preview; the buttons work once it is sent.
notices-which-level = How much does this notice matter?
notices-level-ordinary = { $mark }🔔 Ordinary: just to read
notices-level-ack = { $mark }📌 To acknowledge: “Read”
notices-level-urgent = { $mark }🚨 Urgent: safety, new meeting point
notices-which-time = 🕐 When shall it go? Tap, or just type, for example: tomorrow 7:30am
notices-at-now = Now
notices-at-after = After class { $at }
notices-at-noon = Today at noon { $at }
notices-at-evening = This evening { $at }
notices-at-morning = Tomorrow { $at }
notices-day = { $day }
notices-which-hour = { $day }: at what time?
notices-hour = { $hour }:00
notices-clock = { $at }
notices-time-unclear = I do not understand that time. Please write: tonight 7pm, tomorrow 7:30am, 16 March 14:00
notices-time-past = That time is over. Please write a later one, for example: tomorrow 7:30am
notices-time-far = That is too far off: 60 days ahead at most. Please write a time sooner than that.
notices-past = { $at } is over. Please choose a later time, or tap “Now”.
notices-far = That is too far off: 60 days ahead at most. Please choose a time sooner than that.
notices-more-what = What else shall change?
notices-set-choices = ☑️ Add options
notices-set-english = 🌐 English version
notices-set-classes = 🏫 To several classes
notices-group-on = 💬 In the group too
notices-group-off = 💬 Not in the group
notices-keep-template = 📄 Keep as template
notices-clear = 🔄 Write anew
notices-drop = 🗑 Throw away
notices-drop-sure = Throw this draft away?
notices-drop-yes = Throw it away
notices-dropped = The draft is gone; nothing was sent.
notices-which-choices = ☑️ Please send me the options, one a line or with / between, { $limit } at most. For example: by bus/on my own
notices-no-choices = No options
notices-until-when = Until when may people choose? Just type, for example: tonight 8pm
notices-until-none = No limit
notices-choices-count = It takes 2 to { $limit } options, one a line or with / between. Please send them again.
notices-choice-long = “{ $label }…” is too long: { $limit } characters an option at most.
notices-which-english = 🌐 Please send me the English version. Those who read English get it; the others get the Chinese as before.
notices-group-full = { $limit ->
        [one] 1 post has
       *[other] { $limit } posts have
    } gone to the group today; no more for now. Everybody still gets it privately.
notices-group-names = Part of this is each person's own, so it cannot go to the group. Everybody still gets it privately.
notices-which-classes = 🏫 To which classes? A second person has to agree before it goes.
notices-pick = { $mark } { $name }
notices-pick-seat = { $mark } { $seat } { $name }

# To whom
notices-to-whom = 👥 To whom?
notices-way-class = Whole class
notices-way-groups = By group
notices-way-bus = By bus
notices-way-floor = By floor
notices-way-site = By site
notices-way-roles = By role
notices-way-unmarked = Not checked in
notices-way-unread = Not read yet
notices-way-nolog = no log handed in
notices-way-picked = Pick names
notices-way-lists = Kept lists
notices-bus = Bus { $bus }
notices-floor = Floor { $floor }
notices-site = { $name }
notices-role-leaders = Group leaders, monitor
notices-role-lecturers = Lecturers
notices-role-staff = Staff and school leader
notices-role-contacts = Site contacts
notices-which-groups = Tap the groups, then go back.
notices-which-bus = Tap the buses, then go back.
notices-which-floor = Tap the floors, then go back.
notices-which-site = Tap the sites: the trainees who go there, those who teach there and the site contact all get it.
notices-which-roles = Tap who is to get it, then go back.
notices-which-names = Tap the names; { $count } chosen.
notices-type-seats = You may also type seat numbers or names, for example: 3 7 12
notices-pick-all = This group: all or none
notices-save-list = 💾 Keep as a list
notices-name-list = What is this list called? 20 characters at most, for example: evening show
notices-saved = { $name } ({ $count ->
        [one] 1 person
       *[other] { $count } people
    })
notices-which-saved = Which list?
notices-nobody-called = I cannot find “{ $word }”. Please write seat numbers or full names, for example: 3 7 12
notices-two-of-name = More than one person is called “{ $word }”; please write the seat number.
notices-list-of = { $at } { $title }
notices-which-list = To those not checked in, in which roll call?
notices-which-notice = To those who have not read which notice?
notices-which-session = To the trainees of which session?
notices-no-list-yet = No roll call has opened yet; please choose another way.
notices-no-log-yet = No log can be written yet. Please choose another way.
notices-no-earlier = No notice to acknowledge was sent yet; please choose another way.
notices-to-class = the whole class
notices-to-classes = { $titles }
notices-to-groups = group { $groups }
notices-to-bus = bus { $buses }
notices-to-floor = floor { $floors }
notices-to-roles = { $roles }
notices-to-picked = { $count ->
        [one] 1 picked
       *[other] { $count } picked
    }
notices-to-touched = { $count ->
        [one] 1 concerned by the change
       *[other] { $count } concerned by the change
    }
notices-to-session = trainees of “{ $titles }”
notices-to-site = all who go to { $sites }
notices-to-unread = those who have not read it
notices-to-nolog = those without the log of day { $days }
notices-to-unmarked = those not checked in

# Before it goes
notices-confirm = 👆 This is just what people get{ $copies ->
        [1] .
       *[other] {" "}(above, in { $copies } languages).
    }
notices-confirm-to = 👥 To { $count ->
        [one] 1 person
       *[other] { $count } people
    }: { $names }{ $more ->
        [0] {""}
       *[other] {" "}… and { $more } more
    }
notices-confirm-unbound = 🚫 { $count } not joined: { $names }{ $more ->
        [0] {""}
       *[other] {" "}… and { $more } more
    }
notices-confirm-blocked = 🚫 { $count } stopped the bot: { $names }{ $more ->
        [0] {""}
       *[other] {" "}… and { $more } more
    }
notices-confirm-on_leave = 🚫 { $count } on leave all day: { $names }{ $more ->
        [0] {""}
       *[other] {" "}… and { $more } more
    }
notices-confirm-on_card = 📅 { $count } on the day card only: { $names }{ $more ->
        [0] {""}
       *[other] {" "}… and { $more } more
    }
notices-confirm-now = 🕐 Goes at once
notices-confirm-at = 🕐 Goes { $day } { $at }
notices-confirm-night = 🌙 Quiet from 22:30 to the morning: goes { $day } { $at } with the day card
notices-confirm-seconds = ⏳ To send it all takes about { $minutes ->
        [0] { $seconds } seconds
        [one] 1 minute
       *[other] { $minutes } minutes
    }
notices-confirm-hours = ⏳ To send it all takes about { $hours } hours; the last will have it around { $at }
notices-confirm-silent = 🔕 Without sound: class is on then, or it is late
notices-confirm-again = ♻️ The same words went out at { $at } already. Send them again?
notices-confirm-life = ⌛ What has not gone by { $day } { $at } will not go
notices-confirm-english = 🌐 { $count ->
        [one] 1 reads English and gets
       *[other] { $count } read English and get
    } Chinese. To add an English version: “Change it”, then “More”.
notices-confirm-group = 💬 Also in the group “{ $title }”: with the number of readers, without names
notices-confirm-count = 👥 To { $count ->
        [one] 1 person
       *[other] { $count } people
    }
notices-confirm-full = 📮 { $count } with a full day of messages already
notices-confirm-over = 📮 { $count } with a full day of messages already: { $names }{ $more ->
        [0] {""}
       *[other] {" "}… and { $more } more
    }
notices-confirm-classes = 🏫 It goes to { $count ->
        [one] 1 class
       *[other] { $count } classes
    }, so a second person has to agree first
notices-send = ✅ Send to { $count ->
        [one] 1 person
       *[other] { $count } people
    }
notices-send-later = ⏰ Send at { $at } to { $count }
notices-send-second = ✅ Ask a second person
notices-over-card = 📅 { $count } by day card only
notices-over-send = 🔔 Send to these { $count } too
notices-who = See the names
notices-who-class = 🏫 { $title }
notices-who-names = { $names }
notices-urgent-sure = 🚨 The urgent notice goes to { $count ->
        [one] 1 person
       *[other] { $count } people
    } at once, and rings at night and in class; anybody who has not tapped “Read” is asked every 5 minutes.
    Only for safety and a new meeting point. Are you sure?
notices-urgent-yes = 🚨 Yes, send to { $count }
notices-changed-since = The draft has just changed; please look at it again.
notices-begun-sending = ✅ On its way; the card below tells you how far it is.
notices-queued = ⏰ Waiting: it goes { $day } { $at }. Who is here and who is on leave is looked at again then.
notices-asks-second = ⏳ A second person was asked; it goes once they agree, and you will be told.
notices-second-asked = 🏫 { $name } wants to send a notice to { $count ->
        [one] 1 class
       *[other] { $count } classes
    }: “{ $words }”. Please have a look; it only goes if you agree.
notices-look = Look
notices-second-look = 🏫 Written by { $name }; it waits for you to agree.
notices-second-yes = Agree, send it
notices-second-no = Not yet
notices-second-done = ✅ Agreed; on its way.
notices-second-not = It was not sent; the writer has been told.
notices-second-agreed = ✅ { $name } agreed; on its way:
notices-second-refused = { $name } would not send it yet. Change it, then ask again:
notices-second-other = Somebody else has to agree; nobody agrees to their own notice.
notices-no-second = There is no second administrator or school leader to agree. Please let them join first.
notices-decided-already = Somebody has dealt with this notice already; nothing is left to tap.
notices-open = Open

# When it cannot be
notices-nothing-yet = There is nothing in it yet. Just send me the words or a photo.
notices-empty-text = That is empty. Please write a few words, or send a photo.
notices-too-long = That is too long: { $length } characters, { $limit } at most. Please take out { $over }, or make it two notices.
notices-not-sendable = That cannot be sent. Please send text, a photo, a video, a file or voice.
notices-too-many-files = { $limit ->
        [one] 1 attachment
       *[other] { $limit } attachments
    } a notice at most; this one was not added. Please make it two notices.
notices-blank = Not filled in yet: { $names }. Please put words in place of the braces and send me the whole text again (with a draft, first “More”, then “Write anew”).
notices-no-value = I do not know { $field } for { $name }, so it cannot go. Please word it otherwise, or have the office add it to the roster.
notices-nobody = That reaches nobody. Please tap “To whom” and choose again.
notices-too-late = It is out of date at { $at }; that is too late to send it. Please change the time, or write a new one.
notices-choices-over = The choice ends at { $at }, before it goes. Please change one of them.
notices-class-over = { $title } is over; no more notices can be sent. To reach somebody, please ring.
notices-no-session = You have no session in this class yet, so you cannot write to it. Please ask the class teacher.
notices-own-sessions = You can only write to the trainees of your own sessions. For others, please ask the class teacher.
notices-not-urgent = Urgent notices come from class teacher, office or school leader. If it is urgent, please ring them.
notices-not-draft = This one has gone. To change it, tap “Correct”.
notices-begun = It has just begun to go. To change it, tap “Correct”.
notices-not-gone = ⚠️ It was time, but { $called } did not go:

# After it has gone
notices-card-ordinary = 📣 { $called }
notices-card-ack = 📌 { $called }
notices-card-urgent = 🚨 { $called }
notices-card-to = { $name } → { $audience } · { $at }
notices-bar = { $bar } { $done }/{ $of }
notices-seconds = ⏳ About { $seconds ->
        [one] 1 second
       *[other] { $seconds } seconds
    } to go
notices-state-queued = ⏰ Goes { $day } { $at }
notices-state-paused = ⏸ Paused; the rest waits
notices-state-recalled = ↩️ Recalled
notices-state-expired = ⌛ Its time is over; nothing more is sent or asked
notices-sent = Sent { $sent }{ $card ->
        [0] {""}
       *[other] , on day cards { $card }
    }
notices-left = 🚫 { $parts }
notices-trouble = ⚠️ { $parts }
notices-count-unbound = not joined { $count }
notices-count-blocked = stopped the bot { $count }
notices-count-on_leave = on leave all day { $count }
notices-count-on_card = on the day card { $count }
notices-count-uncertain = uncertain { $count }
notices-count-failed = failed { $count }
notices-count-expired = too late { $count }
notices-read-count = 👀 Read { $read }/{ $of }
notices-choice-count = ▫️ { $label }: { $count }
notices-choice-none = ▫️ Not chosen yet: { $count }
notices-names = Names
notices-names-unread = Not read (phones)
notices-troubled = Uncertain and failed
notices-again = Resend failed only
notices-again-later = Send to newcomers
notices-take-back = Hold it, change it
notices-now = Send it now
notices-correct = Correct
notices-recall = Recall
notices-pause = Pause
notices-resume = Go on sending
notices-save-template = 📄 Keep as template
notices-is-draft = is still a draft
notices-is-asked = waits for a second person to agree
notices-is-queued = waits for its time
notices-is-sending = is being sent
notices-is-paused = is paused
notices-is-sent = has been sent
notices-is-expired = has ended
notices-is-recalled = has been recalled
notices-not-now = That cannot be done now: this notice { $state }. Please open it again to see what can.
notices-stopped = ⏸ { $called } failed for { $count ->
        [one] 1 person
       *[other] { $count } people
    } in a row, so it is paused.
    The usual causes: Telegram has lost the attachment, or the network is down. Look at the names, mend it, then tap “Go on sending”.
notices-nobody-got = ⚠️ { $called } reached nobody ({ $count } failed). Most likely the file is gone from Telegram: write the notice anew and send the file once more.
notices-names-all-head = 📋 { $called } · { $count ->
        [one] 1 person
       *[other] { $count } people
    }
notices-names-unread-head = 📞 { $called } · not read by { $count }
notices-names-trouble-head = ⚠️ { $called } · uncertain or failed: { $count }
notices-names-none = 🎉 Nobody at all.
notices-row = { $who } · { $state }
notices-row-chosen = { $who } · { $state } ☑️ { $choice }
notices-row-waiting = ⏳ waiting
notices-row-waiting-why = ⏳ waiting ({ $trouble })
notices-row-sent = sent { $at }
notices-row-uncertain = ❓ perhaps not arrived
notices-why-file = the file is gone
notices-why-wait = Telegram asks to wait
notices-why-long = too long
notices-why-net = no connection
notices-why-other = not sent
notices-row-failed = ❌ failed { $trouble }
notices-row-blocked = 🚫 stopped the bot
notices-row-expired = ⌛ too late
notices-row-recalled = ↩️ recalled
notices-row-unbound = 🚫 not joined
notices-row-on_leave = 📝 on leave all day
notices-row-on_card = 📅 on the day card
notices-state-read = ✅ { $at }{ $how ->
        [phone] {" "}(by telephone)
       *[other] {""}
    }
notices-phone-line = { $who } 📞 { $phone }
notices-told-by-phone = ✅ Told { $name }
notices-choose-for = ☑️ Choose for { $name }
notices-choose-for-whom = Which one for { $who }?
notices-chosen-for = ✅ “{ $label }” chosen for { $who }.
notices-resend = Resend to { $name }
notices-arrived = Count as arrived
notices-next-page = Next ›
notices-page-before = ‹ Back
notices-list-head = 📞 { $called }: { $count ->
        [one] 1 person has
       *[other] { $count } people have
    } not tapped “Read”; please ring:
notices-list-more = … and { $more } more; tap below for all of them
notices-earlier-head = 🗂 Notices sent before; tap one to see who has read it:
notices-earlier-line = { $day } { $at } { $words }
notices-none-sent = No notice was sent yet. Tap “Write a notice” for the first one.
notices-again-none = None failed; there is nothing to send again.
notices-again-unsure = None failed. For { $count ->
        [one] 1 person
       *[other] { $count } people
    } it is uncertain: please tap “Uncertain and failed” and decide one by one, so that nobody is disturbed twice.
notices-toast-again = Sending again to { $count ->
        [one] 1 person
       *[other] { $count } people
    }
notices-toast-resent = Sending again to { $name }
notices-toast-on-its-way = On its way to { $name } already
notices-toast-arrived = { $name }: counts as arrived
notices-toast-told = { $name }: told by telephone
notices-toast-paused = Paused; the rest waits
notices-toast-resumed = Going on
notices-fix-how = ✏️ Please send me the whole text as it should be. The message changes in place for those who have it, with “corrected at” below it.
notices-fix-now = Now it says:
    { $words }
notices-fix-small = ✏️ Correct in place ({ $count })
notices-fix-big = 🔔 Big change: send anew
notices-fix-preview = 👀 It will say:
    { $words }
notices-fix-preview-ask = 👀 It will say:
    { $words }
    “Big change” sends it again as a new message; everybody has to tap “Read” once more.
notices-fixed = ✅ Correcting { $count ->
        [one] 1 message
       *[other] { $count } messages
    }.
notices-fixed-big = ✅ Sending it anew to { $count ->
        [one] 1 person
       *[other] { $count } people
    }; “Read” counts from the beginning.
notices-fix-lost = This correction was made already, or there is a newer one. Please tap “Correct” and begin again.
notices-caption-long = The words under a photo take { $limit } characters at most; these do not fit. Please shorten them, or choose “Big change” to send it anew.
notices-recall-sure = ↩️ Recall this notice?
    It is deleted from the phones of { $deletes ->
        [one] 1 person
       *[other] { $deletes } people
    }{ $stays ->
        [0] {""}
       *[other] ; it stays with { $stays } (over 48 hours old, or uncertain)
    }{ $unsent ->
        [0] {""}
       *[other] ; it will not go to the { $unsent } still waiting
    }.
notices-recall-yes = Yes, recall it
notices-recalled = ↩️ Recalled: it is being deleted from the phones of { $deletes ->
        [one] 1 person
       *[other] { $deletes } people
    }{ $stays ->
        [0] .
       *[other] ; it stays with { $stays }, where you can tap “Correct”.
    }
notices-recall-late = After 48 hours Telegram does not delete it any more. Tap “Correct” to change the words instead.
notices-card-gone = ↩️ Deleted for { $gone }{ $stays ->
        [0] {""}
       *[other] , stays with { $stays }
    }
notices-chase-ack = ⏰ { $called }: you have not tapped “Read” yet. One tap when you have read it.
notices-chase-urgent = 🚨 { $called }: please read it now, then tap “Read”.
notices-chase-ordinary = ⏰ { $called }
notices-group-read = Read { $read }/{ $of }
notices-group-recalled = ↩️ This notice has been recalled.
notices-plan-go = Notice { $called }
notices-plan-chase = Reminder to those who have not read { $called }
notices-plan-list = To the teacher: who has not read { $called }
notices-plan-end = End of the notice { $called }

# Whoever gets it
notices-toast-read = ✅ Read { $at }
notices-toast-chosen = ✅ { $label } (tap another to change)
notices-all-read = ✅ { $count ->
        [one] 1 notice
       *[other] { $count } notices
    } noted as read: { $words }
notices-none-unread = No notice waits for your “Read”; you have read them all.
notices-choose-please = One more needs your choice; tap below:
notices-choose-from = ☑️ { $words }
notices-chose = ✅ “{ $label }” chosen: { $words }
notices-choice-closed = The time to choose is over. If something is wrong, please ask the class teacher.
notices-got-head = 📨 Your latest notices; tap one to see it:
notices-got = { $at } { $words }
notices-got-unread = 🔴 { $at } { $words }
notices-none-got = You have had no notice yet; one will come to you at once.
notices-was-recalled = This notice was recalled; never mind it.
notices-card-line = 📌 { $name }: { $words } (send “Notices” to see the whole)
notices-card-unread = 📌 { $count ->
        [one] 1 notice waits
       *[other] { $count } notices wait
    } to be acknowledged (just send “Read”)

# Templates
notices-which-template = 📄 Which template? What stands in braces I fill in for you, or ask you for.
notices-template-gather = Meet and leave
notices-template-gather-words = Hello {"{name}"}, we meet at {"{time}"}: {"{meeting point}"}, bus {"{bus}"}. Please come 5 minutes early.
notices-template-room = New room
notices-template-room-words = “{"{course}"}” moves to {"{new room}"}; the time stays the same.
notices-template-bring = What to bring
notices-template-bring-words = For tomorrow, please bring: {"{things}"}.
notices-template-early = Earlier start
notices-template-early-words = “{"{course}"}” begins earlier, at {"{time}"}. Please be in {"{room}"} on time.
notices-template-meal = Meals
notices-template-meal-words = {"{meal}"} is at {"{time}"}. Place: {"{place}"}.
notices-template-lost = Lost and found
notices-template-lost-words = Found: {"{thing}"}. If it is yours, please fetch it here: {"{place}"}.
notices-template-own = 📄 { $name }
notices-template-remove = 🗑 Remove a template
notices-template-drop = 🗑 { $name }
notices-which-template-goes = Which one shall go?
notices-template-gone = The template “{ $name }” is gone.
notices-template-kept = ✅ Kept; the template is called “{ $name }”.
notices-name-template = “{ $words }” becomes a template. What is it called? 20 characters at most.
notices-name-short = Please give it a name of 1 to 20 characters.
notices-fill = ✏️ What goes into “{ $name }”?{ $more ->
        [0] {""}
        [one] {" "}1 more blank after this.
       *[other] {" "}{ $more } more blanks after this.
    }
