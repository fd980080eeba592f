# The community handbook
menu-handbook = Handbook
    .also = the handbook
handbook-about = Look things up in the handbook
handbook-drafts-about = Drafts of the handbook, and reviews
handbook-nothing = not chosen yet
handbook-contents = 📖 The community handbook, { $count } { $count ->
        [one] entry
       *[other] entries
    }. Tap a chapter.
handbook-empty = 📖 The handbook is still empty; you can read it once the school has approved it.
handbook-category = { $name } ({ $count })
handbook-cat-party = Party-led governance
handbook-cat-policy = Policies
handbook-cat-methods = Working methods
handbook-cat-common = Common questions
handbook-cat-hard = Hard questions
handbook-checked-cited = cited
handbook-checked-to-check = to be checked by the school
handbook-checked-method = from practice
handbook-practice = from practice
handbook-titles = 📖 { $name }, { $count }{ $pages ->
        [1] {""}
       *[other] {" "}· page { $page } of { $pages }
    }
handbook-title = { $title }
handbook-before = ◀ Before
handbook-after = More ▶
handbook-back = Back to the handbook
handbook-question = 📖 <b>{ $title }</b>
handbook-answer =
    { "" }
    { $text }
    { "" }
handbook-english = EN: <b>{ $title }</b>
    { $text }
handbook-basis = Basis: { $basis } ({ $checked })
handbook-links = 🔗 { $both ->
        [courses] Course { $courses }
        [cases] Case { $cases }
       *[both] Course { $courses } · case { $cases }
    }
handbook-dated = Date: { $day } · version { $no }
handbook-review-by = To be looked at again by { $day }
handbook-local-first = Where local documents in force differ, they apply.
handbook-entry-state = ⚠️ { $state }: trainees cannot see it
handbook-is-being-checked = This entry is past its review date and the school is checking it; it will be back. If it is urgent, ask a teacher.
handbook-write = ✍️ Write an entry
handbook-drafts = 📝 Drafts and reviews
handbook-export = Take the handbook away
handbook-edit = Edit
handbook-versions = Versions
handbook-confirm = Still valid
handbook-retire = Retire
handbook-send = Hand in for review
handbook-drop = Throw away
handbook-approve = Approve
handbook-return = Return
handbook-look = Have a look
handbook-diff = Compare with the one before
handbook-roll-back = Use this version
handbook-is-draft = draft
handbook-is-review = in review
handbook-is-returned = returned
handbook-is-published = published
handbook-is-expired = past its review date
handbook-is-retired = retired
handbook-is-dropped = thrown away
handbook-field-category = Chapter
handbook-field-q-zh = Question
handbook-field-a-zh = Answer
handbook-field-q-en = English question
handbook-field-a-en = English answer
handbook-field-checked = Checked
handbook-field-basis = Basis
handbook-field-tags = Tags
handbook-field-as-of = Date
handbook-field-note = What changed
handbook-version-head = 📝 { $state } · { $category } · version { $no } · { $name }
handbook-tags = Tags: { $tags }
handbook-as-of = Date: { $day }
handbook-note = Note: { $note }
handbook-answered = 💬 { $name }: { $words }
handbook-names = ⚠️ There seems to be a name, a number or a door in it: { $names }. Please write “a resident”, “a compound”.
handbook-missing = Still to do: { $what }
handbook-now = Now it says: { $text }
handbook-ask-q-zh = ✍️ First the question, one sentence, as a resident or a colleague would ask it (in Chinese). All is kept in the draft; send “back” to stop.
handbook-ask-a-zh = Write the answer: what to do, whom to ask, how long it takes. No names, telephones or doors.
handbook-ask-q-en = Write the English question, or “none”.
handbook-ask-a-en = Write the English answer, or “none”.
handbook-ask-category = Which chapter?
handbook-ask-checked = How far is it checked?
handbook-ask-basis = What is the basis? Name the document and the article.
handbook-ask-tags = Write a few tags with commas, or “none”.
handbook-ask-as-of = The date of the basis, like 2027-03-15, or “none”.
handbook-ask-note = What did you change? One sentence will do.
handbook-from-practice = No document: it is from practice
handbook-only-text = Please type. What you wrote so far is in the draft.
handbook-kept = What you wrote is kept in the draft; send it again when it is mended.
handbook-wrong-empty = { $field } is missing
handbook-wrong-length = { $field }: { $low ->
        [0] up to
       *[other] { $low } to
    } { $high } characters
handbook-wrong-half = { $field } is missing: English needs both or neither
handbook-wrong-unknown = { $field } is none of the choices
handbook-wrong-tags = at most { $low } tags of { $high } characters
handbook-wrong-date = { $field } must look like 2027-03-15
handbook-not-ready = It cannot be handed in yet: { $what }. Tap “Have a look” to go on.
handbook-nothing-changed = It is the same as what is published. Change something and hand it in, or tap “Throw away”.
handbook-not-yours = { $name } wrote this and changes it. To have it changed, return it and say why.
handbook-is-so = This is now: { $state }. That cannot be done; please open it again.
handbook-somebody-writes = { $name } is at work on this entry ({ $state }). Wait until it is decided, or ask an administrator to throw it away.
handbook-own-open = You have an unfinished draft: use it first, or tap “Throw away”.
handbook-is-in-already = This question is in the handbook already: { $title }. Look in “handbook”, or among the drafts.
handbook-second-person = Somebody else must approve: what you wrote or imported yourself goes to another administrator.
handbook-note-fields = Changed: { $fields }
handbook-note-back = Back to version { $no }
handbook-sent = ✅ Handed in for review: { $title }
    Everybody sees it once it is approved; you will be told.
handbook-no-second = ⚠️ There is no other administrator to approve it: ask the school for one, or import it by the command line.
handbook-gone = Retired ({ $count })
handbook-gone-head = 🗂 { $count } retired. Open one for its versions; it can be changed and handed in again.
handbook-drop-sure = Throw this away? { $title }
handbook-drop-yes = Throw away
handbook-dropped = All right, it is gone.
handbook-none-waiting = ✅ No drafts, and nothing to review.
handbook-waiting-decide = ⏳ { $count } for you to review
handbook-waiting-confirm = 🗓 { $count } for you to confirm: past their review date, hidden until then
handbook-waiting-own = ✍️ { $count } of your own
handbook-line-decide = ⏳ { $title }
handbook-line-confirm = 🗓 { $title }
handbook-line-review = in review { $title }
handbook-line-draft = ✍️ { $title }
handbook-line-returned = ↩️ { $title }
handbook-approve-all = Approve all ({ $count })
handbook-approve-all-sure = Approve all { $count }? Everybody sees them at once.
    { $titles }
handbook-approve-all-yes = Approve these { $count }
handbook-look-first = Look at each first
handbook-approved-all = ✅ { $count } approved; everybody sees them.
handbook-approved = ✅ Approved: { $title }
    To be looked at again by { $day }.
handbook-why-back = ↩️ Returning “{ $title }”. Write the reason; the author sees it.
handbook-why-length = Please write a reason of { $low } to { $high } characters.
handbook-returned = ↩️ Returned; { $name } has been told.
handbook-retire-sure = Retire “{ $title }”? Nobody finds it any more; its history stays.
handbook-retire-yes = Retire
handbook-retired = Retired: { $title }
handbook-confirmed = ✅ Still valid: { $title }
    To be looked at again by { $day }.
handbook-history = 🗂 { $title }
handbook-history-line = Version { $no } · { $state } · { $day } · { $who }
handbook-history-note = { "  " }{ $note }
handbook-by-one = { $author }
handbook-by-two = { $author } → { $reviewer }
handbook-version-no = Version { $no }
handbook-more-versions = and { $count } older ones
handbook-diff-head = 🔍 Version { $old } → { $new }: struck out is gone, underlined is new
handbook-diff-field = <b>{ $field }</b>: { $text }
handbook-diff-same = Versions { $old } and { $new } are the same.
handbook-diff-first = This was published first; there is nothing before it.
handbook-news = 📖 What you asked is in the handbook now: “{ $title }”. Send “handbook” to read it.
handbook-told-review = 📝 { $name } handed in an entry for your review: { $title }
handbook-told-import = 📝 { $name } imported { $count } entries; they wait for your review.
handbook-told-published = ✅ Your entry was approved ({ $name }): { $title }
handbook-told-published-all = ✅ { $count } of what you handed in were approved ({ $name }): { $title }
handbook-told-returned = ↩️ { $name } returned your entry “{ $title }”: { $why }
    Send /drafts to go on.
handbook-told-dropped = { $name } threw your draft away: { $title }
handbook-day-expired = 🗓 { $count } { $count ->
        [one] entry of the handbook is
       *[other] entries of the handbook are
    } past the review date, hidden, and waiting for you to confirm.
handbook-day-waiting = 📝 And { $count } in review.
handbook-bad-empty = nothing there. Please add it.
handbook-bad-length = the wrong length: { $low } to { $high } characters.
handbook-bad-half = nothing there. English question and answer: both or neither.
handbook-bad-unknown = unknown. It may be: cited, to_check, method (有依据、待学校核对、经验做法).
handbook-bad-tags = too many tags, or too long: at most { $low } of { $high } characters.
handbook-bad-date = a date looks like 2027-03-15.
handbook-bad-category = no such chapter. There are: 党建引领、政策文件、具体工作方法、常见问题、重点难点问题.
handbook-bad-loose = this text belongs to no question. Put a second-level heading with the question above it.
handbook-bad-header = no header was found. The first row needs the columns “question” and “answer” (问题, 回答); there may be id, category, basis, checked, tags, date.
handbook-bad-column-twice = this column stands twice; keep one.
handbook-bad-column = this is none of ours. Use id, category, question, answer, question_en, answer_en, checked, basis, tags, as_of; rename it or take it out.
handbook-bad-shape = each entry is an [[entry]].
handbook-bad-none = there is no entry in it. First-level headings name the chapter, second-level ones the question, the answer stands below.
handbook-bad-many = too many entries: at most { $most } at a time. Please make it several files.
handbook-bad-long = this file is too long: at most { $most } lines. Hand it in as several files.
handbook-bad-key = an id has letters, digits and hyphens, at most 16.
handbook-bad-twice = the same id or question as in row { $first }; keep one.
handbook-bad-ending = only .toml, .md, .docx and .xlsx can be imported. Save it as one of these.
handbook-bad-broken = this file cannot be opened: perhaps it is no .docx, or is not complete. Open it, save it as .docx and hand it in again.
handbook-bad-locked = this is an old .doc, or locked by a password. Save it as .docx without a password.
handbook-bad-macro = this file has macros and is not read. Save it as a plain .docx.
handbook-bad-bomb = unpacked this file is unreasonably large, or holds what it should not; it was not read. Copy the text into a new file.
handbook-bad-table = there are { $count } tables in it, whose text cannot be read. Make them plain paragraphs.
handbook-hint-names = there seems to be a name, a number or a door: { $names }. Please look at it when reviewing.
handbook-more-problems = … and { $count } more
handbook-import-wrong = ❌ { $count } to mend; nothing was written:
handbook-import-sum = 📖 Handbook: { $new } new, { $changed } changed, { $same } the same, { $missing } not in the file
handbook-import-new-one = ➕ { $title }
handbook-import-changed-one = ✏️ { $title }
handbook-import-field = { "  " }{ $field }: { $old } → { $new }
handbook-import-busy = ⏸ { $title } (somebody is at work on it; left alone)
handbook-import-missing = ➖ { $title } (not in the file; left as it is)
handbook-import-more = … and { $count } more lines
handbook-import-waiting = ⏳ { $count } are the same as in the file and still wait for review.
handbook-import-sure = Nothing is written before you tap “Import”; then another administrator approves before anybody sees it.
handbook-import-yes = Import
handbook-import-no = Not now
handbook-imported = ✅ { $count } imported; they wait for another administrator.
handbook-declined = All right, nothing was imported and nothing has changed.
handbook-file-ending = { $name } is no handbook file. Send .toml, .md, .docx or .xlsx with the word “handbook” below it.
handbook-file-large = The file is too large: at most { $most } MB. Please take pictures out, or make it several files.
handbook-file-reading = 📖 { $name } has come and is being checked …
handbook-no-such-admin = There is no administrator { $name }. There are: { $names }
handbook-nothing-to-take = Nothing in the handbook is published yet, so there is nothing to take away. Approve an entry first.
handbook-book-title = The community handbook (社区工作手册)
handbook-book-version = Version { $version }
handbook-book-day = Taken out on { $day }, { $count } entries
handbook-book-running = { $title } · version { $version } · { $day }
handbook-book-file = handbook_{ $day }
handbook-book-caption = 📖 The community handbook, { $count } entries, { $version }
handbook-book-comes = The handbook is on its way
handbook-cli-ending = Only .docx or .md can be written.
handbook-cli-no-file = { $name } was not found. Please check the path.
handbook-cli-write = Write it?
handbook-cli-who = Which administrator approves it? A name; Enter to leave it for review
handbook-cli-not-written = Nothing was written.
handbook-cli-nothing = There is nothing to write.
handbook-cli-waits = ✅ { $count } written; they wait for an administrator's approval in the bot.
handbook-cli-published = ✅ { $count } written and published, approved by { $name }.
handbook-cli-exported = ✅ { $name }: { $count } entries, { $version }
