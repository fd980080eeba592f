# What is wrong in the settings of a class (rules.toml or the sheet 设置). Which one and where has been said before the sentence.

classfile-setting-unknown = There is no such setting. Please check its spelling, or remove it.
classfile-setting-incomplete = This lacks { $missing }. Please add it.
classfile-setting-type = This is { $value }, which { $kind ->
    [table] should be a group of settings: please write it as a part that begins with [ ]
    [list] should be a list: please write it like [30, 120]
    [number] should be a number: please write it like 0.5
    [whole] should be a whole number: please write it like 15
    [bool] should be true or false: please write one of them
    [time] should be a time of day: please write it like "22:30"
    [span] should be a span of time: please write it like "08:30-12:00"
   *[text] should be text: please put it in straight quotation marks
 }.
classfile-setting-choice = This cannot be { $value }. Please choose from { $choices }.
classfile-setting-range = This is { $value }, which should be between { $low } and { $high }. Please choose a number within.
classfile-setting-order = This is { $value } and may not exceed “{ $other }”, which is { $limit }. Please change one of them.
classfile-setting-order-strict = This is { $value } and must be below “{ $other }”, which is { $limit }. Please change one of them.
classfile-setting-fixed = This cannot be { $value }: this holds for every class ({ $rule }). Please remove the line.
classfile-setting-lacks = This lacks { $value }, which the program needs. Please add it as in the sample.
classfile-setting-twice = { $value } is named twice. Please remove one.
classfile-setting-rising = This is { $value }; it must rise, without repeats or overlaps. Please put it in order.
classfile-setting-approval-gap = This ends at { $value } hours, but the class has { $total }: nobody could approve a longer leave. Please raise max_hours of the last step.
classfile-setting-approver-none = One step names nobody who approves. Please add approvers.
classfile-setting-sum = This adds up to { $value } and should be { $total }. Please adjust the weights.
classfile-setting-count = This has { $value } numbers, but “{ $other }” is { $limit }; both must agree. Please change one of them.
classfile-setting-zone = This is { $value }, which is no time zone. Please write it like Asia/Shanghai.
classfile-setting-fraction = This is { $value }, which is no fraction between 0 and 1. Please write it like "6/7".
classfile-setting-format = This is { $value }, which makes no numbers. Please use only { "{year}" }, { "{term:02d}" } and { "{seq:03d}" }; seq is needed.
classfile-setting-remind = This has { $value }, which is not understood. Please write it like "due-60min": 60 minutes before the end.
