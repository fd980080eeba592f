demo-title = Tongxue · demo
demo-bot = Tongxue
demo-note = { $role }{ $group ->
        [0] {""}
       *[other] {" "}· group { $group }
    }
demo-link = Bind my seat
demo-role-trainee = Trainee
demo-role-leader = Leader
demo-role-class_teacher = Class teacher
demo-role-lecturer = Lecturer
demo-role-admin = Administrator
demo-eve = Eve of the class
demo-day-card = The morning's day card
demo-tomorrow = Tomorrow, in the evening
demo-checkin-reminder = Check-in reminder
demo-roll-opens = Check-in opens
demo-roll-shuts = Check-in closes
demo-head-count = Head-count
demo-digest = Digest for the teacher
demo-leader-card = Evening card for the school leader
demo-leave-nudge = Reminder about a leave
demo-leave-start = A leave begins
demo-leave-overdue = Not back from leave
demo-bus-call = Bus call
demo-leg-call = Bus call to leaders
demo-joint-post = Answers in one message
demo-lecture-eve = Lecturers: tomorrow
demo-lecture-soon = Lecturer: in an hour
demo-site-eve = Sites: tomorrow
demo-notice-go = Notice goes out
demo-notice-chase = Unread are asked again
demo-notice-list = List of the unread
demo-notice-end = Notice ends
demo-log-reminder-1 = Log reminder
demo-log-reminder-2 = Second log reminder
demo-log-digest = Digest of logs
