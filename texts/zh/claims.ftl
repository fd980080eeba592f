# 补签和异议
claims-about = 补签和异议
claims-correct = 申请补签
claims-object = 有异议
claims-to-the-office = 交教务再看
claims-cause-phone = 📱 手机
claims-cause-network = 📶 网络
claims-cause-forgot = 💭 忘记
claims-cause-other = 其他
claims-offer = 📝 最近的点名里，这些可以提。点哪一条？
claims-offer-correct = 补签 { $title }（{ $status }）
claims-offer-object = 异议 { $title }（{ $status }）
claims-nothing = 现在没有要补签的课。
    签到关闭后24小时内可以申请补签，收口后24小时内可以提异议；再晚的请找班主任。
claims-own = 您提过的也在下面，点开看结果。
claims-own-line = { $title } { $kind }：{ $state }
claims-state-open = 还在看
claims-cause = 📝 { $title }（{ $at }）现在记的是“{ $status }”。
    当时是什么原因没签上？
claims-write = 请用一句话说说《{ $title }》当时的情况，直接打字发给我。
    比如：我8:55到的，坐在第三排，手机没电了。
claims-object-write = 《{ $title }》记的是“{ $status }”，您觉得哪里不对？
    请用一句话说说，直接打字发给我。
claims-object-again = 《{ $title }》班主任看过，还是“{ $status }”。
    请再用一句话说说，这次交给教务看。
claims-only-words = 请直接打一句话，图片和语音这里看不了。
claims-sent = ✅ 收到了。班主任会看，结果私下告诉您。
claims-sent-office = ✅ 收到了。这次由教务来看，结果私下告诉您。
claims-sentence = 请写一句完整的话（{ $least }到{ $most }个字），老师好判断。
claims-waiting = 《{ $title }》您已经提过了，老师还在看。有结果马上告诉您。
claims-cancelled = 《{ $title }》取消了，不算考勤，不用补签。
claims-still-open = 《{ $title }》的签到还没关，{ $shuts } 前您还可以点［我要签到］，或请组长代点。
claims-is-fine = 《{ $title }》记的是“{ $status }”，不用补签。觉得不对，请告诉班主任。
claims-too-late = 《{ $title }》签到关闭已经超过{ $hours }小时，不能补签了。有特殊情况，请直接找班主任说。
claims-too-often = 每人每班最多补签{ $times }次，您已经用完了。有特殊情况，请直接找班主任说。
claims-not-closed = 《{ $title }》老师还没收口，结果还没定。有话可以直接告诉班主任，或者先申请补签。
claims-undecided = 《{ $title }》还没有定下来，不用提异议。有话可以直接告诉班主任。
claims-final = 《{ $title }》教务已经复核过了，这就是最后的结果。还有不明白的，可以当面问班主任。
claims-object-late = 《{ $title }》定下来已经超过{ $hours }小时，不能再提异议了。有特殊情况，请直接找班主任说。
claims-told-granted = ✅ 您的申请通过了：{ $title }
    现在记的是“{ $status }”。
claims-told-kept = 您的申请看过了：{ $title }
    还是记“{ $status }”。
    老师说：{ $answer }
claims-told-final = 教务复核过了：{ $title }
    还是记“{ $status }”，这就是最后的结果。
    答复：{ $answer }
claims-reason-correction = 补签通过（{ $words }）
claims-reason-objection = 异议成立（{ $words }）
# 班主任和教务
claims-none = 🎉 现在没有等您处理的补签和异议。
claims-waiting-for-you = 📝 有{ $count }件等您看，最早的在上面：
claims-more = ……后面还有{ $count }件
claims-line = { $kind } { $who } { $title }
claims-card-correction = 📝 申请补签，请您定：
claims-card-objection = ✋ 有异议，请您定：
claims-card-second = ✋ 第二次异议，请教务定：
claims-card-who = <b>{ $who }</b>
    { $title }　{ $day } { $at }
claims-card-empty = 现在：{ $status }
claims-card-stands = 现在：{ $status }（{ $at } { $source }）
claims-card-old = 原来：{ $status }
claims-card-came = 到场：{ $at }
claims-card-others = 另有记录：{ $what }
claims-card-other = { $source }{ $at }记{ $status }
claims-card-cause = 原因：{ $cause }
claims-card-words = 本人说：{ $words }
claims-card-before = 第一次说：{ $words }
    班主任答：{ $answer }
claims-source-self = 本人
claims-source-leader = 组长
claims-source-staff = 老师
claims-source-paper = 纸质表
claims-source-other = 其他
claims-keep = 维持 { $status }
claims-the-office = 教务
claims-decision-granted = ✅ { $who } { $at } 定为“{ $status }”。
claims-decision-kept = ↩️ { $who } { $at } 维持“{ $status }”：{ $answer }
claims-was-decided = 这件已经定了。{ $decision }
claims-for-the-office = 这件由教务定，您不用处理。
claims-for-the-teacher = 这件先由班主任定。本人不服，才交教务。
claims-other-class = 这件是{ $title }的。请先发 /class 换到这个班，再点一次。
claims-why = 不同意要写一句原因（{ $least }到{ $most }个字），本人会看到。
claims-ask-why = 不改 { $who } 的考勤，请给本人一句原因：点一个，或者直接打字。
    先不定就发“返回”。
claims-why-absent = 当时不在场
claims-why-late = 已超过时间
claims-why-leader = 与组长记录不符
claims-done = { $who }：{ $status }，已私下告诉本人
claims-done-kept = ↩️ { $who } 维持原来的记录，已私下告诉本人。
    原因：{ $answer }
