clock-eve = 🎒 { $title } begins tomorrow.
    { $day } { $at }, { $place }: register first.
clock-eve-bring = Bring your identity card, toiletries, clothes and your medicine; pen and notebook are provided.
clock-unbound = has not joined
clock-blocked = stopped the bot
clock-marked = has checked in
clock-muted = switched reminders off
clock-usual = tomorrow is as usual: only on the day card
clock-away = is on leave
