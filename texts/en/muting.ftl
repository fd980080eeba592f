# Reminders on and off
muting-about = Reminders on and off
muting-is-off = 🔔 You are reminded before check-ins, of the log, and when tomorrow begins early or off campus.
muting-is-on = 🔕 These reminders are off: check-ins, the log, an unusual tomorrow.
    It is all still on your day card, so please look there.
muting-never = Always on: urgent notices, notices to acknowledge, and the call to the bus.
muting-make-quiet = 🔕 Switch them off
muting-let-come = 🔔 Remind me again
