# Reading logs
logs-none-yet = Today's logs have not begun.
logs-day = 📔 Logs of day { $day }, { $date }
logs-numbers = Due { $count }, in { $handed } (late { $late }), missing { $missing }, unread { $waiting }, returned { $returned }
logs-promises = 💬 Answered today { $answered }, at least { $wanted }　⭐ { $stars }/{ $most }
logs-promise = 💬 Answered { $answered }/{ $wanted }　⭐ { $stars }/{ $most }　{ $waiting } to read
logs-never-answered = 🙋 Not answered yet, { $count }: { $names }{ $count ->
        [one] {""}
        [2] {""}
        [3] {""}
       *[other] …
    }
logs-alarm = ⏰ { $count } have waited over { $hours } hours
logs-none-waiting = ✅ No log waits.
logs-all-read = ✅ All read, thank you.
logs-no-other = No other log waits.
logs-only-numbers = Due { $count }, in { $handed }, missing { $missing }
logs-own-missing = 👥 { $count } of your group are missing: { $names }
logs-own-all = 👥 Your whole group has handed in.
logs-name = { $name } (seat { $seat })
logs-missing = Who is missing
logs-remind = Remind them
logs-missing-head = 📔 { $count } have not handed in day { $day }. Tap a name to enter paper or to open the day.
logs-missing-none = ✅ Everybody has handed in day { $day }.
logs-cell = { $seat } { $name }
logs-page = Page { $page }
logs-reminded = { $count ->
        [0] Nobody to remind, or all were reminded.
       *[other] { $count } were reminded privately.
    }
logs-remind-over = Day { $day } is closed, nobody is reminded. Tap a name to open it.
logs-remind-early = Logs begin at { $opens }; remind them then.
logs-who = 📔 { $who }, log of day { $day }
logs-who-none = Nothing written yet.
logs-who-draft = A draft, not handed in.
logs-paper = Came on paper
logs-hours = Open it
logs-reopened = ✅ Open until { $until }; the person was told.
logs-paper-how = 📄 { $who }, day { $day } on paper: send a photo or type it; or only tick it.
logs-paper-only = Please send a photo or words.
logs-paper-tick = Only tick it
logs-paper-done = ✅ Entered: { $who }, day { $day } on paper.
logs-paper-there = The person has handed in already.
logs-read-head = 📔 <b>{ $who }</b>, day { $day }, { $at }, { $chars } characters
logs-read-late = ⏱ late
logs-flags = 🚩 { $flags }
logs-flag-short = short
logs-flag-parts = one question only
logs-flag-copied = much like another one
logs-flag-private = phone, door number or name
logs-flag-empty = stock phrases
logs-flag-long = long
logs-signs = ℹ️ { $signs }
logs-sign-private = class teacher only
logs-sign-paper = paper
logs-sign-version = version { $no }
logs-read-no-words = (no words)
logs-read-guide = 💡 Concrete?　Own words?　A real question?　A next step?
logs-read-taken = 👤 { $name } is reading it; free after { $until }.
logs-read = Read
logs-reply = Answer
logs-star = ⭐
logs-return = Return
logs-next = Next
logs-whole = Whole text
logs-files = Files
logs-compare = Before and after
logs-undo = Take back
logs-reply-too = Answer too
logs-open-one = Open the log
logs-open-new = Open the new version
logs-files-sent = { $count } files sent
logs-file-of = 📎 { $who }, day { $day }
logs-done-read = ✅ Read: { $who }, day { $day }
logs-done-star = ⭐ Starred: { $who }, day { $day }
logs-done-reply = 💬 Answered: { $who }, day { $day }; it arrives in 5 minutes
logs-done-return = ↩️ Returned: { $who }, day { $day }; it arrives in 5 minutes
logs-undone = Taken back; the person will not hear of it.
logs-undone-already = It was taken back already; the log can be dealt with anew.
logs-undo-late = Five minutes are over, or something new has come. You can add an answer.
logs-undo-own = Another teacher did this; please ask that one.
logs-taken = { $name } is reading this one; free after { $until }. Please read another one first.
logs-newer = A new version has just come. Please read that one.
logs-was-reviewed = This one was dealt with: { $state }. Please go on with the next.
logs-stands-read = ✅ read by { $name } at { $at }
logs-stands-star = ⭐ read and starred by { $name } at { $at }
logs-stands-answered = 💬 answered by { $name } at { $at }
logs-stands-returned = ↩️ returned by { $name } at { $at }
logs-stands-waiting = ⏳ to read
logs-stands-draft = not handed in
logs-stars-used = All { $most } stars of day { $day } are used. You can write an answer.
logs-reply-how = 💬 Answer { $who }: type a sentence, or send a voice note.
logs-reply-this = 💬 Answer { $who } so?
    "{ $words }"
    To change it, just type.
logs-reply-only = Please type, or send a voice note.
logs-reply-length = Please write 1 to { $most } characters.
logs-template = "{ $words }"
logs-send-this = Send this
logs-keep-words = Keep these words
logs-kept-words = Kept for all class teachers.
logs-return-why = ↩️ Why shall { $who } add to it?
logs-return-this = ↩️ Tell { $who } this?
    "{ $words }"
    To change it, just type.
logs-return-words = Please write one sentence, 1 to { $most } characters: what is wanted.
logs-returned-often = It was returned { $times } times already. Please answer, or talk.
logs-return-last-day = The class ends before it could come again. Please answer, or talk.
logs-reason-short = a little more concrete
logs-reason-copied = in your own words
logs-reason-topic = closer to today's learning
logs-reason-private = somebody's privacy, please change it
logs-reason-empty = one concrete thing, please
logs-kind-short = A good beginning. Two or three sentences more: which session, what happened, what you think.
logs-kind-copied = We would like to hear your own. How would it go in your community? Two sentences will do.
logs-kind-topic = Written with care. Please add what today's sessions or visits gave you.
logs-kind-private = Very true to life. Please turn names, phone and door numbers into "a resident", "an estate", and hand it in again.
logs-kind-empty = Please pick one thing that stayed with you today: who, where, what was said, what you think.
logs-diff-head = 🔍 Version { $old } → { $new }: struck out what went, underlined what came
logs-diff = { $text }
logs-diff-same = The words are the same.
logs-mood-card = 💛 { $who } has felt low for { $days } days. Please find a quiet moment to talk.
logs-start = Begin reading
logs-digest-missing = Missing: { $names }{ $more ->
        [0] {""}
       *[other] … and { $more } more
    }
logs-digest-away = { $count } on leave, not reminded
logs-volume-about = All logs of the class, for the archive
logs-volume-which = 📚 All logs of the class, for the archive only. Of those for the class teacher only, it says that they are in.
logs-as-word = Word volume
logs-as-sheet = Excel sheet
logs-volume-coming = 📚 The file is being made; it comes here.
logs-volume-file = { $title }_logs.docx
logs-sheet-file = { $title }_logs.xlsx
logs-volume-caption = 📚 { $count } logs. These are people's own words: keep them safe, do not forward them.
logs-making = 📚 Putting logs together: { $made }/{ $total }
logs-making-done = 📚 { $total } logs are put together.
logs-making-failed = Sorry, the file could not be made. Please try again in a while.
logs-book-title = { $title }: logs
logs-book-mine = { $name }, { $count } logs
logs-book-class = { $people } people, { $count } logs
logs-book-day = Day { $day }, { $date }
logs-book-facts = Handed in at { $at }, { $state }
logs-book-private = handed in (class teacher only)
logs-book-others = Also: { $things }
logs-book-voice = (voice note)
logs-col-group = Group
logs-col-seat = Seat
logs-col-name = Name
logs-col-day = Day
logs-col-at = Handed in
logs-col-state = State
logs-col-chars = Characters
logs-col-text = Log
logs-col-photos = Photos
logs-col-replies = Teacher's answers
