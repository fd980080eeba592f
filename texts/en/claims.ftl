# Corrections and objections
claims-about = Corrections and objections
claims-correct = Ask for a correction
claims-object = I disagree
claims-to-the-office = Ask the office to look
claims-cause-phone = 📱 Phone
claims-cause-network = 📶 Network
claims-cause-forgot = 💭 I forgot
claims-cause-other = Something else
claims-offer = 📝 These recent roll calls can be looked at again. Which one?
claims-offer-correct = Correct { $title } ({ $status })
claims-offer-object = Disagree { $title } ({ $status })
claims-nothing = There is nothing to correct at the moment.
    A correction can be asked for within 24 hours after check-in closed, an objection within 24 hours after the list was closed; later, please talk to the class teacher.
claims-own = What you asked for is below too; tap to see the result.
claims-own-line = { $title } { $kind }: { $state }
claims-state-open = being looked at
claims-cause = 📝 { $title } ({ $at }) stands as “{ $status }” now.
    What kept you from checking in?
claims-write = Please say in one sentence what happened at { $title }: just type it.
    For example: I came at 8:55, third row, my phone was flat.
claims-object-write = { $title } stands as “{ $status }”. What is wrong?
    Please say it in one sentence: just type it.
claims-object-again = The class teacher looked at { $title } and kept “{ $status }”.
    Please say it once more in one sentence; this time the office looks.
claims-only-words = Please type one sentence; pictures and voice cannot be read here.
claims-sent = ✅ Got it. The class teacher will look, and you are told the result privately.
claims-sent-office = ✅ Got it. The office will look this time, and you are told the result privately.
claims-sentence = Please write one whole sentence ({ $least } to { $most } characters), so that it can be judged.
claims-waiting = You asked about { $title } already and it is being looked at. You will be told at once.
claims-cancelled = { $title } was cancelled and does not count; nothing to correct.
claims-still-open = Check-in for { $title } is still open until { $shuts }: tap “Check in”, or ask your group leader.
claims-is-fine = { $title } stands as “{ $status }”; no correction is needed. If that is wrong, please tell the class teacher.
claims-too-late = Check-in for { $title } closed more than { $hours } hours ago, too late for a correction. If there is a special reason, please talk to the class teacher.
claims-too-often = Each person may ask for { $times } corrections in a class, and you have had yours. If there is a special reason, please talk to the class teacher.
claims-not-closed = The teacher has not closed { $title } yet, so nothing is settled. Please tell the class teacher, or ask for a correction.
claims-undecided = { $title } is not settled yet, there is nothing to object to. Please tell the class teacher.
claims-final = The office has looked at { $title } again; this is the final result. If something is unclear, please ask the class teacher.
claims-object-late = { $title } was settled more than { $hours } hours ago, too late to object. If there is a special reason, please talk to the class teacher.
claims-told-granted = ✅ Your request was granted: { $title }
    It stands as “{ $status }” now.
claims-told-kept = Your request was looked at: { $title }
    It stays “{ $status }”.
    The answer: { $answer }
claims-told-final = The office looked at it again: { $title }
    It stays “{ $status }”, and this is the final result.
    The answer: { $answer }
claims-reason-correction = correction granted ({ $words })
claims-reason-objection = objection granted ({ $words })
# Class teacher and office
claims-none = 🎉 No corrections or objections wait for you.
claims-waiting-for-you = 📝 Waiting for you: { $count }, the oldest first
claims-more = … and { $count } more
claims-line = { $kind } { $who } { $title }
claims-card-correction = 📝 A correction is asked for; please decide:
claims-card-objection = ✋ An objection; please decide:
claims-card-second = ✋ A second objection; the office decides:
claims-card-who = <b>{ $who }</b>
    { $title }, { $day } { $at }
claims-card-empty = Now: { $status }
claims-card-stands = Now: { $status } ({ $at }, { $source })
claims-card-old = Before: { $status }
claims-card-came = Came at { $at }
claims-card-others = Also recorded: { $what }
claims-card-other = { $source } { $at } { $status }
claims-card-cause = Cause: { $cause }
claims-card-words = In their words: { $words }
claims-card-before = The first time: { $words }
    Class teacher: { $answer }
claims-source-self = trainee
claims-source-leader = group leader
claims-source-staff = staff
claims-source-paper = paper list
claims-source-other = other
claims-keep = Keep { $status }
claims-the-office = the office
claims-decision-granted = ✅ { $who } decided at { $at }: “{ $status }”.
claims-decision-kept = ↩️ { $who } kept “{ $status }” at { $at }: { $answer }
claims-was-decided = This is decided already. { $decision }
claims-for-the-office = The office decides this one; nothing for you to do.
claims-for-the-teacher = The class teacher decides this first; it comes to the office only if the person objects again.
claims-other-class = This one belongs to { $title }. Please change to that class with /class, then tap again.
claims-why = To refuse, please give a reason in one sentence ({ $least } to { $most } characters); the person will read it.
claims-ask-why = Keep the mark of { $who }: please give a reason, tap one or type it.
    To leave it open, send “back”.
claims-why-absent = Was not there at the time
claims-why-late = It was past the time
claims-why-leader = Does not agree with the leader's list
claims-done = { $who }: { $status }; told privately
claims-done-kept = ↩️ The mark of { $who } stays; told privately.
    Reason: { $answer }
