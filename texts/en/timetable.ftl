timetable-about = See the timetable
timetable-day = <b>Day { $day } · { $date }</b>
timetable-all = 📅 { $title } (meals and buses: see each day)
timetable-nth = Day { $day }
timetable-whole = Everything
timetable-no-day = There is no such day. Tap “Timetable” to look again.
timetable-empty = The timetable is not ready yet. It will appear here.
