# Hints for the class teacher only; they change nothing
hints-leader-no = 💡 Checked in, but the leader says not there: { $names }{ $more ->
        [0] {""}
       *[other] {" "}… and { $more } more
    }
hints-leader-yes = 💡 Marked absent, but the leader says there: { $names }{ $more ->
        [0] {""}
       *[other] {" "}… and { $more } more
    }
hints-absent-came = 💡 Marked absent, but an arrival is recorded: { $names }{ $more ->
        [0] {""}
       *[other] {" "}… and { $more } more
    }
hints-together = 💡 Joined in the same minute and checked in in the same minute: { $names }{ $more ->
        [0] {""}
       *[other] {" "}… and { $more } more
    }
hints-old-code = 💡 Several of group { $group } used the digits of the minute before: { $names }{ $more ->
        [0] {""}
       *[other] {" "}… and { $more } more
    }
