joining-start-about = Start again
joining-class-about = Switch class
joining-how = Hello, I am the assistant of a training class.
    Open the link your school gave you, or send me your 8-character code.
    If you have none, ask your class teacher.
joining-who = Hello! Is this you?
    <b>{ $title }</b>
joining-name = Name: <b>{ $name }</b>
joining-street = Street office: { $street }
joining-seat = Seat: group { $group }, seat { $seat }
joining-room = Room: { $room }
joining-consent = 🔒 I keep your check-ins, leave, logs and questions, only to run this class.
    Who sees it: class teachers and the administrator; logs only you and the class teachers; leaders never see reasons of leave.
    No places and no identity numbers are kept. Personal data is deleted 180 days after the class.
    You can read this again under “My record”.
joining-yes-no = If this is you, tap “Yes, that is me”.
joining-done-trainee = 🎉 Done, { $name }. Welcome to { $title }!
    In the classroom tap “Check in”; for the schedule tap “Timetable”.
joining-done = 🎉 Done, { $name }. For { $title }, use the keys below.
joining-not-me = No harm done, nothing was bound.
    Ask your class teacher for your own link.
joining-nothing-open = There is nothing to confirm now. Open your link again, or send your 8-character code.
joining-admin = ✅ You are an administrator now.
    Send me the class workbook (.xlsx) to make a class.
joining-wrong-code = There is no such code. Check it and send it again: 8 characters, no digits 0 and 1, no letters O and I.
joining-not-a-code = A code has 8 characters, without the digits 0 and 1 and the letters O and I. Please look again and resend it.
joining-wrong-link = This link is not good. Ask your class teacher for your own.
joining-expired = This link has been withdrawn. Ask your class teacher for a new one.
joining-used = This link has been used. If you changed your phone, ask your class teacher to bind you again.
joining-already-yours = You have joined already: just use the keys below.
joining-has-seat = This account holds the seat of { $name }, and one person has one seat. Ask your class teacher to change it.
joining-not-open = This class is not open yet, or it is over. Please ask the class teacher.
joining-pause = Too many wrong tries. Please try again in an hour, or see the class teacher.
joining-class = { $title }
joining-which = You are in: { $title }
    Which class do you want?
joining-switched = Done. This is { $title } now.
languages-about = Language / 换语言
languages-ask = Which language? / 用哪种语言？
languages-zh = 中文
languages-en = English
languages-done = Done. English from now on.
joining-paused-card = ⚠️ Somebody typed 5 wrong codes within an hour (Telegram name: { $name }). If it is a trainee, please help.
joining-card-closed = This seat has moved to another phone. Nothing of the class is shown here any more.
joining-forwarded = A forwarded code does not count. Please type the 8 characters yourself.
