# The ledger: what is left, warnings before a limit, people to look after
ledgers-leave = Leave left: { $left } hours ({ $used } used, limit { $limit })
ledgers-leave-approved = Leave left: { $left } hours ({ $used } used, { $approved } granted ahead, limit { $limit })
ledgers-late = { $free ->
        [0] One more late arrival costs an unexcused hour
        [one] You may be late once more without an unexcused hour
       *[other] You may be late { $free } more times without an unexcused hour
    }
ledgers-late-count = Late { $count ->
        [one] once
       *[other] { $count } times
    }
ledgers-unexcused = Unexcused: { $hours ->
        [one] 1 hour
       *[other] { $hours } hours
    }
ledgers-short-leave = 🗂 Leave left: { $left } hours
ledgers-open = My record
ledgers-warn-leave = 🗂 For your information: you have { $left } hours of leave left.
    { $used } used, limit { $limit }; beyond the limit it counts as withdrawal.
ledgers-warn-leave-over = 🗂 Your leave comes to { $used } hours, which is beyond the limit of { $limit }.
    Your class teacher will talk with you about what to do.
ledgers-warn-certificate = 🗂 For your information: you have { $left } hours of leave left.
    { $used } used, limit { $limit }; beyond it there can be no certificate.
ledgers-warn-certificate-over = 🗂 Your leave comes to { $used } hours, beyond { $limit }: by the rules there is no certificate this time.
ledgers-warn-unexcused = 🗂 For your information: { $left } more unexcused hours reach the limit.
    { $used } now; with { $limit } there can be no certificate. Late arrivals add up to unexcused hours too.
ledgers-warn-unexcused-over = 🗂 Your unexcused hours come to { $used }, the limit is { $limit }: by the rules there is no certificate this time.
ledgers-warn-talk = If something is difficult, or recorded wrongly, talk to your class teacher soon.
ledgers-why-absent = unexcused { $hours } h{ $left ->
        [0] , limit reached
       *[other] , { $left } to the limit
    }
ledgers-why-dorm = missed the dormitory check
ledgers-why-late = late { $tardies } times, that is { $hours } h unexcused{ $left ->
        [0] , limit reached
       *[other] , { $left } to the limit
    }
ledgers-why-leave = leave { $used } h, { $left } left
ledgers-is-open = So far: open, some lists are not closed
ledgers-is-withdrawn = So far: leave beyond the limit, counts as withdrawal
ledgers-is-not-awarded = So far: attendance rules out a certificate
ledgers-is-hold = So far: unexcused hours or a missed dormitory check, the school leader decides
ledgers-is-fine = So far: attendance is fine
