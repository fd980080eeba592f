# Questions: the trainee's side
questions-about = Ask a question
questions-how = 🙋 Just write what you want to know ({ $min }–{ $max } characters), with up to { $files } photos or voice notes. Before it goes you see who can read it and who answers.
questions-resume = 📝 Your unsent question is still here:
questions-mine = My questions
questions-all = What others ask
questions-too-short = A few more words, please: what it is about, where you are stuck (at least { $min } characters, now { $count }). What you wrote is kept; just go on.
questions-too-long = At most { $max } characters; with this part it would be { $count }, so this part was not taken. Please shorten it; the rest is kept.
questions-file-kept = 📎 Got it. Now write one sentence about what you want to know.
questions-files-kind = A question can carry photos or voice notes (up to { $most }). Please write the question in words.
questions-files-most = At most { $most } files; this one was not taken, the others are kept.
questions-similar = 📖 Perhaps this is what you need – have a look:
questions-hit = 📖 { $text }
questions-join = Me too: { $text }
questions-solved-already = That solves it
questions-still-ask = Ask anyway
questions-confirm = 🙋 Have a look; if it is right, tap [Send]:
questions-for = 👤 Entered for { $who }
questions-text = “{ $text }”
questions-files = 📎 { $count ->
        [one] { $count } file
       *[other] { $count } files
    }
questions-topic = Topic: { $topic }
questions-who-sees = Who can read it: { $level } ({ $why })
questions-who-answers = Who answers: { $role }
questions-send = Send
questions-change-topic = Change topic
questions-change-level = Change who sees it
questions-rewrite = Start over
questions-drop = Never mind
questions-which-topic = What is it about?
questions-which-level = Who may read this question? Once sent it can only become more private.
questions-level-why = · { $level }: { $why }
questions-level-named = With my name
questions-level-anonymous = Anonymous to classmates, class teacher sees me
questions-level-private = Teachers only
questions-why-named = the whole class sees your name
questions-why-anonymous = classmates and lecturers see “a trainee”
questions-why-private = only class teachers and whoever answers
questions-topic-course = { $title }
questions-topic-site = Field teaching
questions-topic-policy = Policy
questions-topic-logistics = Logistics
questions-topic-other = Something else
questions-role-class = the class teacher
questions-role-lecturer = the lecturer
questions-role-office = the office
questions-sent = ✅ Sent as question { $no }; { $role } will answer.
questions-sent-live = The lecturer is teaching and will see it in the break.
questions-sent-until = Usually you hear back by { $until }.
questions-sent-closed = Nobody is answering right now; somebody will look from { $opens }.
questions-sent-level = 👀 { $level }
questions-sent-already = This question has been sent (number { $no }). To add to it, tap [Look at it].
questions-nothing-begun = There is no question ready. Tap [Ask] to begin.
questions-dropped = Fine, nothing was sent. Ask any time.
questions-glad = 👍 Good. Nothing was filed.
questions-joined = ✅ You joined question { $no }; you will get its answer too.
questions-joined-before = You already joined question { $no }; you will get its answer.
questions-own = This is your own question; you will get its answer.
questions-answered-already = Question { $no } has been answered; open it to read.
questions-look = Look at it
questions-mine-head = 🙋 My questions ({ $count })
questions-mine-none = You have not asked anything yet. Tap [Ask].
questions-all-head = 🙋 What others ask ({ $count }); open one to say “me too”:
questions-all-none = No question is waiting right now.
questions-item = { $no }. { $text }{ $count ->
        [0] {""}
       *[other] {" "}(+{ $count })
    } · { $state }
questions-page = Page { $page }
questions-state-draft = not sent
questions-state-queued = in the queue
questions-state-assigned = waiting
questions-state-answered = answered
questions-state-solved = solved
questions-state-declined = not answered
questions-head = 🙋 Question { $no } · { $topic }
questions-somebody = a trainee
questions-stands = { $state } · { $level }
questions-with = With { $role }.
questions-in-queue = The lecturer will see it in the break.
questions-together-in = 🗣 To be answered in class: { $title }, { $at }
questions-promised = 📅 Answer promised by { $at }
questions-declined-why = Why: { $reason }
questions-answer-by = 💬 { $name } { $at }{ $corrected ->
        [0] {""}
       *[other] {" "}(corrected)
    }
questions-answer-oral = Answered in class.
questions-waits = Still waiting for an answer.
questions-same = Me too
questions-same-count = ✋ { $count } asking the same
questions-solved = Solved
questions-again = Not clear yet
questions-add = Add to it
questions-reopen = Not clear yet
questions-make-anonymous = Make it anonymous
questions-make-private = Teachers only
questions-hidden = Now: { $level }
questions-never-more-public = Once sent it can only become more private, never more public. For everybody to see it, ask it anew with [Ask] and choose so before you send it.
questions-more-how = What is still unclear? Just write; it stays with question { $no }.
questions-more-length = Please write 2 to { $max } characters (now { $count }).
questions-more-done = ✅ Added to question { $no }; the teacher will see it.
questions-thanks = 👍 Question { $no } is marked as solved.
questions-not-answered = Question { $no } still waits for its answer. You will be told at once; tap [Solved] then.
questions-declined-before = Question { $no } was not answered this time, and nothing can be added to it. To ask again, tap [Ask another]; other words are fine.
questions-reopen-late = It was solved more than { $days } days ago; please ask a new one with [Ask].
questions-ask-new = Ask another
questions-file-of = A file of question { $no }
questions-files-sent = { $count ->
        [one] { $count } file sent
       *[other] { $count } files sent
    }
questions-told = 💬 Question { $no } has an answer: { $text }
questions-told-same = 💬 Question { $no }, which you joined, has an answer: { $text }
questions-told-corrected = ✏️ The answer to question { $no } was corrected: { $text }
questions-told-declined = Question { $no } will not be answered this time: { $text }
questions-told-hidden = Question { $no } is for teachers only now, so its answer will not come to those who joined it. To know it, tap [Ask] and ask yourself.
questions-told-promised = 📅 Question { $no } will be answered by { $at }: { $text }
questions-told-together = 🗣 Question { $no } will be answered in class: { $text }
questions-told-not-together = 🗣 Question { $no } will not be answered in that session; a teacher will answer you separately: { $text }
questions-told-silent = Question { $no } had no further word for { $hours } hours and counts as solved: { $text }
questions-old-copy = ✏️ This answer was corrected; please see the new one below.
questions-faster = Question { $no } has just changed; please open it again.
questions-is-over = Question { $no } is “{ $state }” now, so this step is not needed. Open the question to see what can be done.
