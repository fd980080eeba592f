# The projector page
menu-screen = Projector
screens-about = Open the projector page
screens-link = 📺 <b>{ $title } · projector page</b>
    Open it in the browser of the classroom computer; F11 fills the screen. Leave it open all day: digits and numbers change by themselves.
screens-until = Good until midnight of { $day }. Whoever has the link sees the digits: please do not forward it.
screens-address = Tap to copy: <code>{ $url }</code>
screens-wall = 🙋 Wall of questions (no names): <code>{ $url }</code>
screens-open-wall = Open the wall of questions
screens-wall-head = Questions
screens-wall-none = No session is on; its questions will stand here.
screens-wall-empty = No question yet. Tap [Ask] in the bot; the lecturer answers in the break.
screens-wall-how = To ask the same, tap [Me too] in the bot
screens-wall-more = { $count } more
screens-open = Open the page
screens-renew = New link
screens-renewed = The old link has ended
screens-no-address = The projector page is not set up yet. Ask the administrator to fill in port and public_url under [server] in config.toml.
    Check-in works all the same: tap “Roll call”; the card shows the code, and you may read it aloud.
screens-page = { $title } · projector
screens-here = here
screens-expected = expected
screens-how = Send these digits to the bot, or scan
screens-tap = Open the bot and tap “Check in”
screens-leader = Your group leader calls the roll
screens-staff = A teacher calls the roll
screens-shut = Check-in is over. Not in yet? See the class teacher
screens-next = Next
screens-over = Nothing more to come
screens-late = Connection lost, trying again …
screens-expired = This page has expired, or the address is wrong. The class teacher gets a new one from the bot with “Projector”.
