failures-again = 抱歉，刚才出了点问题，我马上再试一次。您发的已经存好，不用重发。（编号 { $number }）
failures-gave-up = 抱歉，这件事我没办成，已经告诉管理员。急的话请直接找班主任。（编号 { $number }）
failures-for-admin = ⚠️ 有一条消息没处理成功，编号 { $number }。运行 tongxue doctor 看详情。
