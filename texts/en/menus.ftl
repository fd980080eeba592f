# The big keys and the way home
menu-check-in = Check in
menu-timetable = Timetable
menu-record = My record
menu-roll = Roll call
menu-people = Who has joined
menu-help = Help
menu-sos = 🆘 Emergency
menu-back = Back
menu-bind-yes = Yes, that is me
    .also = yes
menu-bind-no = Not me
    .also = no
menus-hint = Tap a key, or just type
menus-home = Hello { $name }. Tap a key below for what you need.
menus-left = All right, we leave that.
