# A class from files: what is wrong and what to do. Each line is for the person who fills in the sheets.

classfile-line = { $kind ->
    [warning] ⚠️ { $place }: { $words }
   *[other] ❌ { $place }: { $words }
 }
classfile-at-cell = “{ $file }”, row { $row }, “{ $column }”
classfile-at-row = “{ $file }”, row { $row }
classfile-at-key = “{ $file }”, “{ $column }”
classfile-at-file = “{ $file }”

## Files

classfile-folder-unreadable = This folder cannot be opened. Please check the path, and whether you may read the folder.
classfile-file-missing = There is no such file. Please check its name and path.
classfile-file-unreadable = This file cannot be opened: another program may hold it, or you may not read it. Please close the spreadsheet and try again.
classfile-file-large = This file is larger than { $most } MB. Please take out pictures and sheets that are not needed.
classfile-file-encoding = The encoding of this file cannot be told. Please save it as “CSV UTF-8 (comma delimited)” and hand it in again.
classfile-file-is-book = This is a workbook with another ending. Please call it .xlsx and hand it in alone, or save it as CSV UTF-8.
classfile-file-twice = “{ $other }” holds the same table. Please keep only one of the two.
classfile-csv-broken = Reading stopped at this line, most likely at a quotation mark without its partner. Please mend it, or save as CSV UTF-8 from a spreadsheet.
classfile-too-many = This sheet is too long or too wide: at most { $rows } rows and { $columns } columns. Please remove what is not needed.
classfile-toml-broken = This cannot be understood (near character { $at }). Please look at the equals sign, put words in straight quotation marks, and write a date as 2027-03-15.
classfile-courses-shape = Each course needs a part of its own that begins with [[course]]. Please follow examples/guanshan/courses.toml.
classfile-book-old = This is an old .xls workbook, or one with a password. Please take off the password and save it as .xlsx.
classfile-book-broken = This workbook cannot be opened: it may not be an .xlsx, or it was not saved whole. Please open it in a spreadsheet and save it as .xlsx.
classfile-book-macro = This workbook holds macros, and such files are not read. Please save it as “Excel workbook (.xlsx)”.
classfile-book-bomb = This workbook unpacks to an unreasonable size or carries what does not belong there, so it was not read. Please copy the sheets into a new workbook.
classfile-cell-error = The formula of this cell gives the error { $value }. Please mend it, or type the value.
classfile-cell-formula = This cell is a formula without a result. Please open and save the workbook in a spreadsheet once, or type the value.

## Headers

classfile-header-missing = There is no header. Please put the names of the columns on top, at least: { $headers }.
classfile-column-missing = The column “{ $header }” is missing. Please add it.
classfile-column-twice = “{ $header }” says the same as an earlier column. Please keep only one.
classfile-column-unknown = The column “{ $header }” is not used and will not be imported. If it matters, please check its name.
classfile-empty = “{ $header }” is empty. Please fill it in.

## What stands in the cells

classfile-not-whole = “{ $value }” is no whole number. Please write digits only, such as 7.
classfile-not-number = “{ $value }” is no number. Please write digits, such as 26.646.
classfile-out-of-range = { $value } is not between { $low } and { $high }. Please check and correct it.
classfile-not-yes = “{ $value }” is neither yes nor no. Please write 是 or 否 (yes or no).
classfile-not-date = “{ $value }” is no date. Please write it as 2027-03-15, and check that there is such a day.
classfile-not-time = “{ $value }” is no time of day. Please write it with 24 hours, such as 08:30.
classfile-not-span = “{ $value }” is no span of time. Please write it as 08:30-10:00.
classfile-not-gender = “{ $value }” is not understood. Please write { $keys } ({ $known }), or leave it empty.
classfile-not-lang = The language “{ $value }” is not there yet. Please write { $keys } ({ $known }); empty means Chinese.
classfile-not-role = “{ $value }” is no role that we know. Please choose one of { $keys } ({ $known }).
classfile-not-mode = “{ $value }” is no way of checking in that we know. Please choose one of { $keys } ({ $known }).
classfile-not-unit = “{ $value }” is no unit of roll-call that we know. Please choose one of { $keys } ({ $known }).
classfile-not-kind = “{ $value }” is no kind of session that we know. Please choose one of { $keys } ({ $known }).
classfile-too-long = This has { $length } characters, at most { $most } fit. Please make it shorter.
classfile-not-key = “{ $value }” cannot be the key of a class. Please use letters, digits and hyphens, at most 40, such as guanshan-1.
classfile-not-chat = “{ $value }” is no number of a group chat. It is a row of digits that mostly begins with -100; leave it out if there is no group.

## The class

classfile-key-made = The class has no key, so “{ $value }” is taken. Later imports know the class by its key: please give it a lasting one.
classfile-title-made = The class has no title, so “{ $value }” is taken. Trainees will see it: please give the real one.
classfile-about-unknown = “{ $value }” is not used here. You may write: { $known }.
classfile-about-twice = “{ $value }” stands in row { $other } already. Please keep only one.
classfile-first-day-missing = Nothing says when the class begins. Please give its first day, or dates in the timetable.
classfile-days-order = The last day { $last } is before the first day { $first }. Please correct one of them.
classfile-days-many = From { $first } to { $last } are { $days } days, long for a short class. Please check year and month.

## What is missing

classfile-no-trainees = There is no list of trainees. Please hand in one with name, group and seat; call the file or sheet “trainees” or 学员.
classfile-no-timetable = There is no timetable. Please hand in one with date, times and title; call the file or sheet “timetable” or 课程表.
classfile-no-teacher = There is no class teacher. Please name at least one in the sheet of staff, with the role class_teacher (班主任).
classfile-admin-none = There is no administrator. The class can be imported; if somebody is to run it inside the bot, please add one with the role admin (教务).
classfile-sheet-made = There is no sheet “{ $sheet }”, so { $count } are taken from what the other sheets name. Please add the sheet to give sizes and places.

## Who is who

classfile-unknown = “{ $value }” is not known. Please add it to { $sheets }, or correct it here.
classfile-name-ambiguous = There is more than one “{ $value }” ({ $ids }). Please write the id here.
classfile-double = “{ $value }” stands in row { $other } already. Please change one: an id belongs to one row.
classfile-person-twice = The id “{ $value }” belongs to row { $other } of “{ $sheet }”. Trainees, staff and lecturers share one list of ids: please change one.
classfile-seat-double = Seat { $seat } belongs to { $first } in row { $other }. Please give { $name } another seat.
classfile-name-same = There are two of the name { $name } (the other in row { $other }) with the same street and community, so they cannot be told apart when they join. Please add what tells them apart.
classfile-group-unknown = There is no group { $value } in the sheet of groups. Please add it there, or correct the group here.
classfile-group-empty = Group { $value } has no trainees. Please check the groups in the list, or remove this one.
classfile-leader-outside = { $name } is of group { $own } and cannot lead group { $group }. Please name somebody of that group, or change the list.
classfile-leader-none = Group { $group } has no leader yet. You may import; please choose one before the first day, since leaders call the roll.
classfile-deputy-same = Leader and deputy of group { $group } are the same person. Please name another deputy, or leave it empty.
classfile-teaches-unknown = “{ $value }” is neither a course nor a site. Please check the code, or add the course.

## Rooms and buses

classfile-dorm-mixed = In room { $room }, { $name } and { $first } of row { $other } are of different gender. Please move one of them, or correct the gender.
classfile-bed-double = Bed { $bed } in room { $room } belongs to { $first } of row { $other }. Please give { $name } another bed.
classfile-bus-full = Bus { $bus } has { $count } people and takes { $most }. Please move some to another bus, or change the setting safety.bus_capacity.
classfile-bus-other = { $name } rides in bus { $bus } but group { $group } in bus { $other }, so the leader cannot count them. Please check whether both should be the same.

## Timetable

classfile-outside = { $date } is not within the class ({ $first } to { $last }). Please correct the date, or the days of the class.
classfile-day-date = Day { $day } should be { $meant }, but the date here is { $date }. Please correct one of them.
classfile-end-first = The end { $end } is not after the start { $start }. Please correct it; what runs past midnight needs two rows.
classfile-night = This begins before { $start } in the morning and would count as the day before. Please check the time.
classfile-overlap = This session ({ $own }) overlaps with “{ $title }” in row { $other } ({ $span }). Please move one, or remove a row.
classfile-minutes = { $hours } credit hours are { $meant } minutes, but this session has { $minutes }. Please check hours and times.
classfile-total = The credit hours add up to { $total }, but the setting hours.total is { $meant }. Please make them the same.
classfile-total-taken = The settings name no total of hours, so the { $total } of the timetable are taken. If that is wrong, please set hours.total.
classfile-total-none = The timetable has no credit hours, so leave and completion cannot be counted. Please add a column credit_hours (学时).
classfile-course-hours = { $course } should have { $hours } credit hours, but the timetable gives it { $planned }. Please correct one of them.
classfile-room-small = “{ $room }” takes { $capacity } people, the class has { $people }. Please choose another room, or check its size.
classfile-room-elsewhere = “{ $room }” is at { $own }, but this session names the site { $site }. Please check which is right.
classfile-group-room-none = Group { $group } has no discussion room, but the timetable sends groups to their own. Please name one.
classfile-group-room-shared = Group { $group } has the same discussion room ({ $room }). Please check whether one should move.
classfile-session-ids-made = There is no column “{ $header }”, so ids are made from day and start. A session moved later would count as a new one: better give lasting ids.
classfile-prompt-twice = This question of day { $day } stands in row { $other } already. Please keep one.
classfile-prompt-day = Day { $day } is beyond the timetable ({ $last } days); this question will not be used.
