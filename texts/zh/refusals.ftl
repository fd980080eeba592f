refusals-no-class = 您还没有绑定班级。请点学校发给您的链接，或者把8位绑定码发给我。
refusals-no-right = 这个要班主任或教务来办。有事请找班主任。
refusals-teachers-only = 这个要班主任来办，请找班主任。
refusals-leaders-only = 这个由组长来办。有事请找您的组长或班主任。
refusals-not-here = 没有找到，可能已经变了。请点下面的按键重新来。
refusals-trainees-only = 这个是给学员用的，您不用办。要办别的，点下面的按键。
refusals-class-over = { $title }已经结束，不用再签到了。
