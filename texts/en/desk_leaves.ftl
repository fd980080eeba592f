# The desk: leave
desk-leaves = Leave
desk-leaves-wait = Waiting ({ $count })
desk-leaves-mine = yours to decide
desk-leaves-none = No request is waiting.
desk-leaves-away = Away ({ $count })
desk-leaves-until = Due back
desk-leaves-late = overdue
desk-leaves-all-here = Nobody is away.
desk-leaves-over = Lately done
desk-leave = Leave of { $who }
desk-leave-letter = 📎 The letter of the sending unit is on the card in the chat.
desk-leave-story = What happened
desk-leave-why-not = Why not (the person reads it)
desk-leave-moved = This request has just changed; please look before you decide.
desk-leave-back = Back to the list
