# Questions: the side of those who answer
questions-queue-about = Questions that wait for an answer
questions-queue-open = 🙋 Waiting: { $count }{ $late ->
        [0] {""}
       *[other] , too long: { $late }
    }
questions-queue-mine = 🙋 Mine: { $count }{ $late ->
        [0] {""}
       *[other] , too long: { $late }
    }
questions-queue-answered = 💬 Answered: { $count }{ $late ->
       *[other] {""}
    }
questions-queue-none = All answered – well done.
questions-show-open = All waiting
questions-show-mine = Mine
questions-show-answered = Answered
questions-line = { $late ->
        [0] {""}
       *[other] ⏰ {""}
    }{ $no }. { $text } · { $topic } · { $waited }{ $count ->
        [0] {""}
       *[other] {" "}· +{ $count }
    }
questions-waited-minutes = { $count } min
questions-waited-hours = { $count } h
questions-waited-days = { $count } d
questions-open-no = No. { $no }
questions-asker = 👤 { $who } · { $level }
questions-not-shown = (For teachers only; the text is not shown here.)
questions-who-has = { $name }
questions-waits-for = waiting { $waited }
questions-is-late = ⏰ overdue
questions-note-line = 📌 { $name }: { $text }
questions-answer = Answer
questions-correct = Correct the answer
questions-take = I will answer
questions-give = Give to …
questions-back = I cannot answer
questions-note = Note to colleagues
questions-see-files = Files
questions-more = More
questions-to-book = Into the handbook
questions-menu = Question { $no }: you can also
questions-date = Promise a date
questions-decline = Do not answer
questions-together = Answer in class
questions-history = History
questions-live-of = 📋 Questions of { $title }
questions-for-somebody = Enter for a trainee
questions-numbers = Numbers
questions-no-assign = Questions are assigned by the class teacher or the office.
questions-not-yours = This question is not yours to answer; the class teacher can give it to you.
questions-not-him = That person cannot be reached now; please choose somebody else.
questions-not-oneself = A question for teachers only is read by the class teachers and by who answers, so the office does not give it to itself. Please give it to a class teacher or lecturer.
questions-taken = Question { $no } is yours
questions-handed = Question { $no } was handed on
questions-to-whom = Who should answer question { $no }?
questions-nobody-else = Nobody else can take it now; please answer it or promise a date.
questions-person = { $name } ({ $role })
questions-given-back = Question { $no } went back; the class teacher will find somebody.
questions-together-done = ✅ The asker knows: question { $no } will be answered in class.
questions-which-session = In which session will question { $no } be answered?
questions-session = Day { $day } { $at } { $title }
questions-no-session = No session is left; please answer it or promise a date.
questions-together-yours = 🗣 Please answer in class:
questions-oral = Answered aloud
questions-together-over = 🗣 “{ $title }” is over and no answer was noted, so this question is back in the queue. If it was answered in class, tap [Answered aloud]:
questions-together-over-yours = 🗣 “{ $title }” is over and no answer was noted, so this question went back to the class teacher. If you answered it in class, please tell the class teacher:
questions-together-cancelled = 🗣 “{ $title }” is cancelled, so this question cannot be answered there. It is back in the queue; please assign or answer it:
questions-why-not = Why will question { $no } not be answered? One sentence; the asker reads it.
questions-reason-length = Please give a reason of 2 to { $most } characters.
questions-declined = Question { $no } is marked as not answered; the asker was told why.
questions-which-date = When will question { $no } be answered? For example: tomorrow noon, 2 April.
questions-date-unclear = I could not read that date. For example: tomorrow 12:00, 2 April, 2 April 17:00.
questions-date-done = ✅ Question { $no } will be answered by { $at }; you will be reminded.
questions-for-how = 👤 Send: seat, space, question. For example: 12 Can volunteers do it for old people without a phone?
questions-for-unclear = I could not read that. Send: seat, space, question – for example: 12 Can volunteers do it?
questions-for-colleague = { $name } has been entering a question for { $who } since { $at } and has not sent it yet. Please wait; if it is not sent within { $minutes } minutes, you may enter yours. Or send one for somebody else now: seat, space, question.
questions-stands-in = 🙋 The lecturer or the office cannot be reached; please answer, or enter their answer:
questions-given = 🙋 { $name } gives you this question:
questions-came-back = ↩️ { $name } cannot answer; please assign:
questions-nudge = ⏰ A question waits for you; without an answer by { $until } it goes back to the class teacher:
questions-late = ⏰ { $name } did not answer for { $minutes } service minutes; it came back, please assign or answer:
questions-whole-day = ⏰ No answer for { $hours } hours:
questions-added = ➕ The asker added something:
questions-asked-again = 🙋 Not clear yet:
questions-promise-now = 📅 An answer was promised for now:
questions-answer-how = 💬 Question { $no }: send text, photo, voice or file, in several messages if you like. You see it before it goes.
questions-correct-how = ✏️ Correcting question { $no }: please send the whole new answer. The asker and all who joined get it.
questions-answer-kind = An answer can be text, photo, voice, video or file.
questions-answer-long = At most { $most } characters; with this part { $count }, so this part was not taken. Please shorten it.
questions-answer-empty = There is nothing yet; please send text, a photo or a voice note.
questions-answer-gone = There is no answer ready for question { $no }; tap [Answer] to begin.
questions-preview = 👀 What the asker will see:
questions-preview-end = Whatever you send now is added.
questions-answer-send = Send
questions-drop-answer = Not now
questions-answer-dropped = Nothing was sent.
questions-as-lecturer = In { $name }’s name
questions-as-me = In my name again (now { $name })
questions-answered = ✅ Question { $no } is answered{ $others ->
        [0] .
       *[other] ; { $others } more get it too.
    }
questions-answered-unreached = ✅ The answer to question { $no } is kept. The asker cannot be reached; the class teacher was asked to pass it on.{ $others ->
        [0] {""}
       *[other] {" "}{ $others } who joined get it.
    }
questions-answered-tell = ✅ The answer to question { $no } is kept. The asker cannot be reached; please pass it on.{ $others ->
        [0] {""}
       *[other] {" "}{ $others } who joined get it.
    }
questions-unreached = 📵 { $name } cannot be reached; please pass the answer on:
questions-unreached-phone = 📵 { $name } cannot be reached; please pass the answer on (phone { $phone }):
questions-second = { $name } answered at { $at }. What you wrote is kept: look first, then decide whether to add it.
questions-still = Add mine
questions-note-how = 📌 A note to colleagues on question { $no }; the asker never sees it:
questions-note-length = A note has 1 to { $most } characters.
questions-note-new = 📌 { $name } left a note:
questions-noted = 📌 The note on question { $no } is kept; colleagues see it.
questions-history-head = History of question { $no }
questions-did = { $at } { $what }
questions-did-own = { $at } { $what } (the asker)
questions-did-who = { $at } { $what } ({ $name })
questions-did-why = { $at } { $what } ({ $name }): { $why }
questions-event-send = sent
questions-event-assign = assigned
questions-event-return = returned
questions-event-answer = answered
questions-event-solve = solved
questions-event-ask_again = not clear yet
questions-event-add = added to
questions-event-decline = not answered
questions-event-promise = date promised
questions-event-together = to be answered in class
questions-event-visibility = made more private
questions-event-note = note
questions-event-live = in the break list
questions-event-book = into the handbook
questions-see-log = Its log
questions-booked = 📖 Question { $no } is a draft for the handbook now; edit it and tap [Send for review]. A second person approves it:
questions-book-names = Names taken out: { $names }
questions-book-private = A question for teachers only does not go into the handbook. To have it there, write an entry of your own in the handbook and do not say who asked.
questions-book-not-answered = Question { $no } has no answer yet. Answer it first, then tap [Into the handbook].
