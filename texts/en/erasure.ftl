# Personal data go
erasure-soon = 🗓 Personal data of { $title } will be deleted in the night of { $day }: names, telephones, logs, questions, messages. Attendance and leave stay under the seat numbers.
    Export before then what the archive needs.
erasure-done = 🧹 Personal data of { $title } have been deleted as promised. Attendance and leave stay, under seat numbers only.
erasure-goes = This goes: name, telephone and the like, { $messages } messages, the text of { $logs } logs and { $questions } questions, { $notices } receipts of notices
erasure-stays = This stays (seat number only, no reasons): { $marks } marks, { $leaves } leaves, { $claims } objections
erasure-backups = Earlier backups still hold it and go by themselves when their time is over.
erasure-ask = It cannot be brought back. Are you sure?
erasure-person-done = ✅ Deleted; the records say the seat only.
erasure-left = Nothing was deleted.
erasure-nobody = There is no { $who }. Give a seat number, an id or a name.
erasure-several = There are several { $who }. Give the seat number: { $seats }
erasure-files-done = { $count } photos and files outside of the database are removed, too.
erasure-files-later = { $count } photos and files outside of the database cannot be reached now; they go tonight.
