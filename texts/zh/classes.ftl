classes-about = 看所有班级
classes-import-about = 导入一个班
classes-how = 📥 把班级工作簿（.xlsx）直接发给我。
    我先检查，告诉您会改什么；您点［确认导入］才会写入。
classes-not-xlsx = { $name } 不是 .xlsx 工作簿。请在表格软件里另存为 .xlsx 再发。
classes-too-big = 文件超过20MB，我收不了。请去掉图片后再发。
classes-reading = 收到 { $name }，正在检查……
classes-file-gone = 这份文件已经用过了，或者已经忘掉了。请重新发一次。
classes-file-old = 机器人刚升级过。请把文件重新发一次。
classes-file-lost = 文件没有取到。请重新发一次。
classes-wrong = ✋ 有{ $count }处要改，改好再发一次，现在什么都没写：
classes-more = ……还有{ $count }处
classes-warnings = 请留意：
classes-preview = 📋 { $title }（{ $first } 至 { $last }）
    导入后会是这样：
classes-yes = 确认导入
classes-no = 先不导入
classes-declined = 好的，没有导入，什么都没变。
classes-same = ✅ { $title } 和现在的一样，没有变化。
classes-done = ✅ { $title } 已导入。
classes-rooms = 房间：新增{ $new } 改动{ $changed } 删除{ $gone } 不变{ $same }
classes-sites = 教学点：新增{ $new } 改动{ $changed } 删除{ $gone } 不变{ $same }
classes-groups = 小组：新增{ $new } 改动{ $changed } 删除{ $gone } 不变{ $same }
classes-people = 人员：新增{ $new } 改动{ $changed } 删除{ $gone } 不变{ $same }{ $kept ->
        [0] {""}
       *[other] 　有记录而保留{ $kept }
    }
classes-timetable = 课次：新增{ $new } 改动{ $changed } 删除{ $gone } 不变{ $same }{ $kept ->
        [0] {""}
       *[other] 　有考勤而保留{ $kept }
    }
classes-line = <b>{ $title }</b>　{ $state }
    { $first } 至 { $last }　已绑定 { $bound }/{ $count }
classes-none = 还没有班级。把班级工作簿（.xlsx）发给我就可以建班。
classes-state-draft = 草稿
classes-state-registration = 报到中
classes-state-running = 进行中
classes-state-closing = 收尾
classes-state-closed = 已结束
classes-state-erased = 已删除
classes-to-registration = 开放报到（绑定链接生效）
classes-to-registration-of = { $title }：开放报到
classes-to-running-of = { $title }：开班
classes-to-closing-of = { $title }：进入收尾
classes-to-closed-of = { $title }：结束
classes-moved = ✅ { $title }：{ $state }
classes-open-questions = { $title }还有{ $count }个问题没有着落：{ $numbers }{ $more ->
        [0] 。
       *[other] ……还有{ $more }个。
    }每个回答、约定日期或写明不作答的原因，就能结束。
classes-not-from = { $title }现在是“{ $state }”，不能这样改。发 /classes 看现在能办什么。
classes-frozen = { $title }已经结束，不能再导入。新的一期请换一个班级代号。
classes-prompts = 日志问题：新增{ $new } 改动{ $changed } 删除{ $gone } 不变{ $same }
