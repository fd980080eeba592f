cli-check-good = ✅ Nothing to mend: { $title }, { $people } trainees, { $sessions } sessions.
cli-import-nothing = There is something to mend, so nothing was written. Mend it and import again.
cli-no-such-folder = There is no { $name }. Name the class folder, or an .xlsx workbook.
cli-no-such-class = There is no class with the key { $key }. See tongxue class list.
cli-no-class = There is no class yet. Import one first: tongxue class import FOLDER
cli-seats-format = --format is csv or png.
cli-seats-opened = { $title } moved from draft to registration: the links work now.
cli-seats-drawn = Drew { $count } slips in { $folder }.
cli-links-short = Links are written without their beginning (?start=…); run this again when Telegram answers.
cli-database = The database does not open ({ $where }): { $trouble }
cli-port = { $where } cannot be used ({ $trouble }). Choose another [server] port, or stop the program that has it.
cli-token-refused = Telegram does not take this token ({ $status }). Check [telegram] token with @BotFather.
cli-telegram-silent = { $where } does not answer. Check network, proxy and [telegram] api_url.
cli-backup-exists = { $name } is there already. Take another name, or overwrite it with --force.
cli-backup-done = ✅ Backed up to { $name } ({ $size } KB).
cli-backup-postgres = For PostgreSQL please use pg_dump and pg_restore.
cli-restore-exists = The database { $name } is there already. Stop the bot; to overwrite it add --force.
cli-restore-running = A program is using the database { $name }. Please stop the bot first.
cli-restore-not = { $name } is no backup of Tongxue.
cli-restore-done = ✅ Restored from { $name }.
cli-plan-none = Nothing is sent on this day.
cli-plan-head = 📅 { $title } · { $date }
cli-plan-goes = { $at } { $kind }: to { $count } people
cli-plan-done = (done)
cli-plan-skips = { "  " }not, { $why }: { $names }{ $more ->
        [0] {""}
       *[other] {" "}… and { $more } more
    }
cli-plan-eve = eve of the class
cli-plan-day-card = day card
cli-plan-tomorrow = tomorrow goes out or begins early
cli-plan-checkin-reminder = check-in reminder ({ $what })
cli-plan-bad-date = Write the date as 2027-03-15.
cli-doctor-token = token
cli-doctor-webhook = intake
cli-doctor-clock = clock
cli-doctor-database = database
cli-doctor-inbox = inbox
cli-doctor-outbox = outbox
cli-doctor-disk = disk
cli-doctor-texts = texts
cli-doctor-zone = time zone
cli-doctor-bot = @{ $name }
cli-doctor-plain = { $what }
cli-doctor-offset = { $seconds } s from Telegram's
cli-doctor-offset-unknown = the time could not be asked
cli-doctor-waiting = { $new } waiting, { $dead } set aside
cli-doctor-dead = { "    " }no. { $number }: { $trouble }
cli-doctor-sent = { $new } waiting, { $uncertain } uncertain, { $failed } failed
cli-doctor-free = { $gb } GB free
cli-doctor-texts-same = both languages complete, { $count } texts
cli-doctor-texts-differ = { $count } texts exist in one language only: { $names }
cli-doctor-polling = polling
cli-doctor-polling-hook = polling, but Telegram still has a webhook: tongxue run takes it away
cli-doctor-hook = webhook { $url }
cli-doctor-hook-differs = Telegram has the webhook { $url }: tongxue run corrects it
cli-doctor-hook-trouble = webhook trouble: { $trouble }
cli-demo-ready = 🎬 The demo is on. Open in a browser:
    { $url }
cli-demo-state = Its data is in { $folder }. Ctrl-C ends it; run it again to continue, FRESH=1 to start over.
cli-demo-preparing = Preparing the sample class…
cli-demo-port = Port { $port } is taken, using { $other }.
cli-demo-bye = The demo has ended; its data stays in { $folder }.
