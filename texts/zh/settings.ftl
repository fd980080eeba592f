# 班级设置（rules.toml 或“设置”表）里的问题。哪一项、在哪一行，句子前面已经说了。

classfile-setting-unknown = 没有这个设置项。请看看是否写错，不用的就删掉。
classfile-setting-incomplete = 还缺：{ $missing }。请补上。
classfile-setting-type = 值 { $value } { $kind ->
    [table] 应是一组设置，请写成 [ ] 开头的一段
    [list] 应是一个列表，请写成 [30, 120] 这样
    [number] 应是数字，请写成 0.5 这样
    [whole] 应是整数，请写成 15 这样
    [bool] 应是 true（是）或 false（否），请改成其中一个
    [time] 应是时间，请写成 "22:30" 这样
    [span] 应是一段时间，请写成 "08:30-12:00" 这样
   *[text] 应是文字，请放在英文引号里
 }。
classfile-setting-choice = 不能是 { $value }。请从这些里选：{ $choices }。
classfile-setting-range = 写的是 { $value }，应在 { $low } 到 { $high } 之间。请改成范围内的数。
classfile-setting-order = 现在是 { $value }，不能超过“{ $other }”的 { $limit }。请改其中一个。
classfile-setting-order-strict = 现在是 { $value }，要小于“{ $other }”的 { $limit }。请改其中一个。
classfile-setting-fixed = 不能改成 { $value }，这是每个班都要守的规矩（{ $rule }）。请删掉这一行。
classfile-setting-lacks = 少了 { $value }，程序要用到它。请照样例补上。
classfile-setting-twice = { $value } 写了两次。请删去一个。
classfile-setting-rising = 现在是 { $value }，要从小到大排，不重复、不重叠。请重新排一下。
classfile-setting-approval-gap = 最多只批到 { $value } 学时，全班有 { $total } 学时，更长的假没人批。请把最后一级的 max_hours 调大。
classfile-setting-approver-none = 有一级没有写谁来批。请补上 approvers。
classfile-setting-sum = 加起来是 { $value }，应是 { $total }。请调整各项的比重。
classfile-setting-count = 这里有 { $value } 个数，“{ $other }”是 { $limit }，两边要一样多。请改其中一个。
classfile-setting-zone = { $value } 不是时区名称。请写成 Asia/Shanghai 这样。
classfile-setting-fraction = { $value } 不是 0 到 1 之间的分数。请写成 "6/7" 这样。
classfile-setting-format = { $value } 编不出号码。请只用 { "{year}" }、{ "{term:02d}" }、{ "{seq:03d}" }，其中 seq 一定要有。
classfile-setting-remind = { $value } 看不懂。请写成 "due-60min"，意思是截止前 60 分钟。
