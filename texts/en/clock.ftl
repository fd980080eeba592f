clock-eve = 🎒 { $title } begins tomorrow.
    { $day } { $at }, { $place }: register first.
clock-eve-bring = Bring your identity card, toiletries, clothes and your medicine; pen and notebook are provided.
clock-unbound = has not joined
clock-blocked = stopped the bot
clock-marked = has checked in
clock-muted = switched reminders off
clock-usual = tomorrow is as usual: only on the day card
clock-away = is on leave
clock-closed = the list is closed
clock-not-yet = has not come to the class yet
clock-budget = enough messages today: it stands on the day card
clock-bus = 🚌 Meet at { $at }: { $title }
clock-bus-yours = You are on bus { $bus }.
clock-bus-to = We go to { $place }.
clock-bus-leaves = The bus leaves at { $at }; please come a few minutes early.
clock-bus-count = Leaders, please call your group: we go when all are there.
clock-joint = { $count ->
        [one] 💬 One answer for you:
       *[other] 💬 { $count } answers for you:
    }
clock-has-log = has handed in the log
