marks-not-so = { $name } is “{ $status }” now; that cannot be changed this way. Please open it again and look.
marks-why = To change a mark, please give a reason in one sentence.
marks-changed = ✏️ Your attendance was changed: { $title }
    { $old } → { $new }
    Reason: { $reason }
marks-may-object = If you disagree, tap below within 24 hours.
marks-who = 👤 { $who }
    { $title }
marks-now = Now: { $status }
marks-now-from = Now: { $status } ({ $source }, { $at })
marks-other = Also on record: { $status } ({ $source }, { $at })
marks-event = { $at } { $old } → { $new } { $reason }
marks-status = { $icon } { $status }
marks-ask-why = { $who } becomes “{ $status }”. Why? Tap one, or write a sentence.
marks-reason-1 = Entered wrongly
marks-reason-2 = Phone or network trouble
marks-reason-3 = Leave slip came later
marks-reason-4 = Class duty
marks-done = ✏️ { $who }: { $status }
marks-done-told = ✏️ { $who }: { $status }. The person has been told privately.
marks-source-self = self
marks-source-leader = leader
marks-source-staff = teacher
marks-source-paper = paper list
marks-source-desk = registration desk
marks-source-clock = leave
marks-time-check = ⏱ Time to be checked: it came in after an outage
