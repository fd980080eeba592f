classes-about = See all classes
classes-import-about = Import a class
classes-how = 📥 Send me the class workbook (.xlsx).
    I check it and tell you what would change; nothing is written before you tap “Import”.
classes-not-xlsx = { $name } is no .xlsx workbook. Save it as .xlsx in your spreadsheet program and send it again.
classes-too-big = The file is over 20 MB. Please take the pictures out and send it again.
classes-reading = Got { $name }, checking it…
classes-file-gone = This file has been used or forgotten. Please send it again.
classes-file-old = The bot was brought up to date meanwhile. Please send the file again.
classes-file-lost = The file could not be fetched. Please send it again.
classes-wrong = ✋ { $count ->
        [one] One thing is
       *[other] { $count } things are
    } to be mended; then send it again. Nothing was written:
classes-more = … and { $count } more
classes-warnings = Please look at:
classes-preview = 📋 { $title } ({ $first } to { $last })
    The import would do this:
classes-yes = Import
classes-no = Not now
classes-declined = All right, nothing was imported and nothing changed.
classes-same = ✅ { $title } is the same as before; nothing changed.
classes-done = ✅ { $title } has been imported.
classes-rooms = Rooms: { $new } new, { $changed } changed, { $gone } removed, { $same } same
classes-sites = Sites: { $new } new, { $changed } changed, { $gone } removed, { $same } same
classes-groups = Groups: { $new } new, { $changed } changed, { $gone } removed, { $same } same
classes-people = People: { $new } new, { $changed } changed, { $gone } removed, { $same } same{ $kept ->
        [0] {""}
       *[other] , { $kept } kept for their records
    }
classes-timetable = Sessions: { $new } new, { $changed } changed, { $gone } removed, { $same } same{ $kept ->
        [0] {""}
       *[other] , { $kept } kept for their marks
    }
classes-line = <b>{ $title }</b> · { $state }
    { $first } to { $last } · joined { $bound }/{ $count }
classes-none = There is no class yet. Send me the class workbook (.xlsx) to make one.
classes-state-draft = draft
classes-state-registration = registration
classes-state-running = running
classes-state-closing = closing
classes-state-closed = closed
classes-state-erased = erased
classes-to-registration = Open registration (links work)
classes-to-registration-of = { $title }: open registration
classes-to-running-of = { $title }: begin
classes-to-closing-of = { $title }: start closing
classes-to-closed-of = { $title }: close
classes-moved = ✅ { $title }: { $state }
classes-open-questions = { $title } still has { $count } open { $count ->
        [one] question
       *[other] questions
    }: { $numbers }{ $more ->
        [0] .
       *[other] {" "}and { $more } more.
    } Answer each, promise a date, or say why not; then the class can be closed.
classes-not-from = { $title } is in the state “{ $state }”; this step is not possible. Send /classes to see which are.
classes-frozen = { $title } is over and cannot be imported any more. For a new class use another class code.
classes-prompts = Log questions: new { $new }, changed { $changed }, gone { $gone }, same { $same }
