records-about = See my attendance
records-head = 🗂 { $name }, attended { $here }/{ $count }
records-line = { $icon } Day { $day } { $at } { $title }
records-none = { $name }, no roll has been called yet, so this is still empty.
records-privacy = What is kept about me
