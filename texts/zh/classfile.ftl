# 班级文件：哪里不对、怎么改。每一条都写给正在填表的人看。

classfile-line = { $kind ->
    [warning] ⚠️ { $place }：{ $words }
   *[other] ❌ { $place }：{ $words }
 }
classfile-at-cell = 《{ $file }》第{ $row }行「{ $column }」
classfile-at-row = 《{ $file }》第{ $row }行
classfile-at-key = 《{ $file }》「{ $column }」
classfile-at-file = 《{ $file }》

## 文件

classfile-folder-unreadable = 打不开这个文件夹。请看看路径写对了没有，文件夹是否允许读取。
classfile-file-missing = 没有找到这个文件。请看看名称和路径写对了没有。
classfile-file-unreadable = 这个文件打不开，可能正被别的程序占用，或没有读取权限。请关掉表格软件后再试。
classfile-file-large = 这个文件太大，超过 { $most } MB。请删去图片和用不到的工作表后再试。
classfile-file-encoding = 这个文件的文字编码认不出来。请在表格软件里另存为“CSV UTF-8（逗号分隔）”，再交一次。
classfile-file-is-book = 这其实是一个工作簿，只是换了后缀名。请把后缀改回 .xlsx 单独交上来，或另存为 CSV UTF-8。
classfile-file-twice = 「{ $other }」里已经是同一张表了。两份只留一份，再交一次。
classfile-csv-broken = 读到这一行就读不下去了，多半是英文引号没有成对。请补上引号，或在表格软件里另存为 CSV UTF-8。
classfile-too-many = 这张表太长或太宽，最多{ $rows }行、{ $columns }列。请删去多余的行列后再交。
classfile-toml-broken = 这里的写法读不懂（第{ $at }个字附近）。请看看等号两边，文字要放在英文引号里，日期写成 2027-03-15。
classfile-courses-shape = 课程要一门一段，每段以 [[course]] 开头。请照样例 examples/guanshan/courses.toml 改。
classfile-book-old = 这是旧格式（.xls）或加了密码的工作簿。请去掉密码，另存为 .xlsx 再交。
classfile-book-broken = 这个工作簿打不开，可能不是 .xlsx，也可能没有存完整。请用表格软件打开，另存为 .xlsx 再交。
classfile-book-macro = 这个工作簿里有宏。为了安全不读带宏的文件，请另存为“Excel 工作簿（.xlsx）”再交。
classfile-book-bomb = 这个工作簿展开后大得不正常，或夹带了不该有的内容，没有读。请把几张表复制到一个新的工作簿里再交。
classfile-cell-error = 这一格是公式算出的错误 { $value }。请改好公式，或直接填上数值。
classfile-cell-formula = 这一格是公式，还没有算出结果。请用表格软件打开并保存一次，或直接填上数值。

## 表头

classfile-header-missing = 没有找到表头。请在最上面写一行列名，至少要有：{ $headers }。
classfile-column-missing = 少了「{ $header }」这一列。请补上这一列再交。
classfile-column-twice = 「{ $header }」和前面的一列说的是同一件事。请只留一列。
classfile-column-unknown = 「{ $header }」这一列用不上，不会导入。如果它很重要，请看看列名是不是写错了。
classfile-empty = 「{ $header }」这一格空着，请填上。

## 格子里的内容

classfile-not-whole = “{ $value }”不是整数。请只填数字，比如 7。
classfile-not-number = “{ $value }”不是数。请填数字，比如 26.646。
classfile-out-of-range = { $value } 不在 { $low } 到 { $high } 之间。请核对后改正。
classfile-not-yes = “{ $value }”看不出是或否。请填“是”或“否”。
classfile-not-date = “{ $value }”不像日期。请写成 2027-03-15，并看看这一天是否真有。
classfile-not-time = “{ $value }”不像时间。请写成 08:30 这样的 24 小时时间。
classfile-not-span = “{ $value }”不像一段时间。请写成 08:30-10:00。
classfile-not-gender = “{ $value }”看不懂。请填：{ $known }（或 { $keys }），也可以空着。
classfile-not-lang = “{ $value }”这种语言还没有。请填：{ $known }（或 { $keys }），空着就是中文。
classfile-not-role = “{ $value }”不是认得的角色。请从这些里选一个：{ $known }（或 { $keys }）。
classfile-not-mode = “{ $value }”不是认得的签到方式。请从这些里选一个：{ $known }（或 { $keys }）。
classfile-not-unit = “{ $value }”不是认得的点名单位。请从这些里选一个：{ $known }（或 { $keys }）。
classfile-not-kind = “{ $value }”不是认得的课程类型。请从这些里选一个：{ $known }（或 { $keys }）。
classfile-too-long = 这里有{ $length }个字，最多{ $most }个。请写短一些。
classfile-not-key = “{ $value }”不能当班级代号。请用字母、数字、汉字和短横线，40 个字以内，比如 guanshan-1。
classfile-not-chat = “{ $value }”不是群号。群号是一串数字，一般以 -100 开头；不用班级群就删掉这一项。

## 班级

classfile-key-made = 没有写班级代号，先用“{ $value }”。以后再导入靠它认出同一个班，最好写一个固定的代号。
classfile-title-made = 没有写班名，先用“{ $value }”。学员会看到它，最好写上正式的班名。
classfile-about-unknown = “{ $value }”这一项用不上。能写的有：{ $known }。
classfile-about-twice = “{ $value }”在第{ $other }行已经写过。请只留一处。
classfile-first-day-missing = 不知道哪天开班。请写上开班日期，或在课程表里写上日期。
classfile-days-order = 结业日期 { $last } 在开班日期 { $first } 之前。请改正其中一个。
classfile-days-many = 从 { $first } 到 { $last } 有{ $days }天，比一般的短期班长。请看看年份和月份是否写对。

## 少了什么

classfile-no-trainees = 没有学员名册。请交上带姓名、组别、座号的名册；文件名或工作表名写“学员”就认得出。
classfile-no-timetable = 没有课程表。请交上带日期、时间、名称的课程表；文件名或工作表名写“课程表”就认得出。
classfile-no-teacher = 没有班主任。请在工作人员表里至少写一位，角色填“班主任”。
classfile-admin-none = 没有教务管理员。班可以导入；如果要有人在机器人里改课表、管班，请加一位，角色填“教务”。
classfile-sheet-made = 没有“{ $sheet }”这张表，按别的表里写到的名称记下{ $count }个。要写明容量和地点，请补上这张表。

## 谁是谁

classfile-unknown = 没有找到“{ $value }”。请在 { $sheets } 里加上，或看看这里是否写错。
classfile-name-ambiguous = 叫“{ $value }”的不止一个（{ $ids }）。请在这里改写编号。
classfile-double = “{ $value }”在第{ $other }行已经有了。请改一个，编号不能重复。
classfile-person-twice = 编号“{ $value }”已经给了《{ $sheet }》第{ $other }行的人。学员、工作人员、教师的编号合起来不能重复，请改一个。
classfile-seat-double = { $seat }号座位已经给了第{ $other }行的{ $first }，{ $name }要换一个座号。
classfile-name-same = 有两位{ $name }（另一位在第{ $other }行），街道和社区也一样，绑定时分不清。请写上能区分的街道或社区。
classfile-group-unknown = 分组表里没有第{ $value }组。请在分组表里加上这一组，或改这里的组别。
classfile-group-empty = 第{ $value }组还没有学员。请看看名册里的组别，用不上就删掉这一组。
classfile-leader-outside = { $name }在第{ $own }组，不能带第{ $group }组。请换成本组的人，或改名册里的组别。
classfile-leader-none = 第{ $group }组还没有组长。可以先导入；开班前请选一位，点名要靠组长。
classfile-deputy-same = 第{ $group }组的组长和副组长是同一个人。请给副组长换一位，或先空着。
classfile-teaches-unknown = “{ $value }”不在课程和教学点里。请看看代号是否写错，或在“课程”表里补上。

## 住宿和乘车

classfile-dorm-mixed = { $room }房间里，{ $name }和第{ $other }行的{ $first }性别不同。请给其中一位换房间，或核对性别。
classfile-bed-double = { $room }房间的{ $bed }床已经给了第{ $other }行的{ $first }，{ $name }要换一张床。
classfile-bus-full = { $bus }车排了{ $count }人，最多坐{ $most }人。请把多出的人排到别的车，或改设置 safety.bus_capacity。
classfile-bus-other = { $name }坐{ $bus }车，第{ $group }组坐{ $other }车，组长上车点名会点不到。请看看要不要改成同一辆。

## 课程表

classfile-outside = { $date } 不在开班到结业（{ $first } 至 { $last }）之内。请改日期，或改班级的起止日期。
classfile-day-date = 第{ $day }天应是 { $meant }，这里写的是 { $date }。请改其中一个。
classfile-end-first = 结束时间 { $end } 不晚于开始时间 { $start }。请改正；跨过半夜的要拆成两行。
classfile-night = 这一节在清晨 { $start } 之前开始，会算到前一天。请看看是不是把上午、下午写反了。
classfile-overlap = 这一节（{ $own }）和第{ $other }行的「{ $title }」（{ $span }）时间重叠。请错开时间，或删去一行。
classfile-minutes = { $hours }学时应是{ $meant }分钟，这一节有{ $minutes }分钟。请核对学时和起止时间。
classfile-total = 学时加起来是{ $total }，设置里的总学时（hours.total）是{ $meant }。请把两边改成一样。
classfile-total-taken = 设置里没有写总学时，按课程表加起来的{ $total }学时算。如果不对，请写上 hours.total。
classfile-total-none = 课程表里没有学时，请假和结业按学时算不出来。请加上“学时”一列。
classfile-course-hours = { $course }应有{ $hours }学时，课程表里排了{ $planned }学时。请改课程表，或改课程的学时。
classfile-room-small = 「{ $room }」能坐{ $capacity }人，全班有{ $people }人。请换一间，或核对容量。
classfile-room-elsewhere = 「{ $room }」在 { $own }，这一节的教学点写的是 { $site }。请看看哪一个对。
classfile-group-room-none = 第{ $group }组没有研讨室，而课程表里有分组研讨。请写上研讨室。
classfile-group-room-shared = 第{ $group }组也用这间研讨室（{ $room }）。请看看要不要换一间。
classfile-session-ids-made = 没有“{ $header }”一列，按第几天和开始时间编了号。以后改了时间会当成新的一节，最好写上固定的课次编号。
classfile-prompt-twice = 第{ $day }天的这一问在第{ $other }行已经写过。请只留一处。
classfile-prompt-day = 第{ $day }天超出了课程表（一共{ $last }天），这一问不会用到。
