help-about = Help
help-sos-about = Emergency
help-trainee = 📍 In the classroom: tap “Check in”, or send me the 4 digits on the screen.
    📝 To be away: tap “Leave”; back again: “I am back”.
    📅 The schedule: tap “Timetable”.
    🗂 Your attendance: tap “My record”. Not checked in in time? Send “correction”.
    📌 Notices: tap “Read”; send “notices” to see them again.
    🆘 In an emergency: send “SOS”.
help-staff = 📋 Who is missing, marking for others, closing: tap “Roll call”.
    📝 Leave to decide, and who is away: tap “Leave requests”.
    🖥 For the classroom: send “projector”.
    📣 Tell the class, and see who has read it: tap “Write a notice”.
    🔁 Change a session: send “change a session”; what goes out today: “plan”.
    📤 The attendance workbook: send “export”.
    💛 Who needs a look: send “attention”.
    ✋ Corrections and objections: send “claims”.
    📱 Who has not joined, and their codes: tap “Who has joined”.
    📅 The schedule: tap “Timetable”.
    🆘 In an emergency: send “SOS”.
help-stranger = I am the assistant of a training class. Open the link your school gave you, or send me your 8-character code.
    In an emergency: 120 ambulance, 110 police.
help-commands = You can also type:
help-line = { $command } { $about }
help-sos = 🆘 Safety first!
    Ambulance 120 · police 110 · fire 119
help-sos-teacher = Class teacher { $name }: { $phone }
help-sos-told = The class teacher has been alarmed.
help-alarm = 🆘 { $who } is calling for help! Please get in touch at once.
help-alarm-name = { $name }
help-alarm-phone = Telephone: { $phone }
help-text = I cannot do anything with that yet. Tap a key below, or send “help”.
help-media = Thank you, but I have no use for this yet. Tap a key below, or type.
help-unknown-command = There is no such command. Tap a key below, or send “help”.
help-old-button = This button does not work any more. Please start again from the keys below.
help-edited = I do not see changes in edited messages. Please send a new one.
