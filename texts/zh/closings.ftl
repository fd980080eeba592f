closings-close = 🔒 收口
closings-reopen = 重开
closings-count = 现场人数
closings-screen = 🔒 收口：{ $title }（{ $at }）
closings-decide = 这{ $count }位没有点到，请每人选一个：✅出勤 🕒迟到 🎗班务 ❌旷课。
closings-all-decided = 都定好了，可以收口。
closings-waits = 请假待批，先留着：{ $names }
closings-more = 还有{ $more }位，选完这几位就出来。
closings-name = { $seat } { $name }
closings-choice-present = ✅
closings-choice-late = 🕒
closings-choice-class_duty = 🎗
closings-choice-absent = ❌
closings-rest = 其余{ $count }人按旷课收口
closings-done = 🔒 { $title } 已收口
    应到{ $expected } 实到{ $here }（迟到{ $late }）请假{ $away } 旷课{ $absent }{ $missing ->
        [0] {""}
       *[other] {" "}待批{ $missing }
    }
closings-asking = 假条批了会自动补上：{ $names }
closings-not-yet = 还有人没到，开始{ $minutes }分钟后才能收口；人到齐了随时可以。
closings-undecided = 还有{ $count }人没定，请先选好，或者点［其余按旷课收口］。
closings-reopen-why = 🔓 为什么要重开《{ $title }》？写一句就行。
closings-reopen-words = 请用文字写一句原因，例如“补录纸质名单”。
closings-why = 重开要写一句原因，例如“补录纸质名单”。
closings-is-open = 这张点名表没有收口，不用重开，直接改就行。
closings-reopened = 🔓 《{ $title }》已重开。改好以后记得再收口。
closings-count-ask = 👀 《{ $title }》现场有多少人？数一数，发一个数字给我。
closings-count-number = 请只发一个数字，例如 46。
closings-count-odd = 人数要在0到{ $most }之间，请再发一次。
closings-count-early = 开始{ $minutes }分钟后再数人数。
closings-count-first = 请先点［现场人数］填一个数。
closings-count-kept = 记下了：现场{ $count }人。
closings-count-please = 👀 《{ $title }》开始{ $minutes }分钟了，现场有多少人？
    数一数，直接发一个数字给我。
closings-reconciled = ✅ 现场{ $count }人，和点名一致，已核对。
closings-surplus = 现场{ $count }人，点名{ $marked }人，多了{ $more }人。
closings-surplus-who = 可能已经到了、还没点到的，在就点一下：
closings-surplus-none = 名单上的人都点到了，请看看是不是有旁听的。
closings-lacking = 现场{ $count }人，点名{ $marked }人，少了{ $less }人。
closings-spot = 请看一眼这{ $count }位在不在：
closings-there = ✅ { $seat } { $name }
closings-not-there = 不在
closings-seen = { $who }：在
closings-unseen = { $who }：不在，改为未点到
closings-spot-reason = 现场抽查不在
