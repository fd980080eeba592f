# 给讲师和教学点负责人
guests-lecture-eve = 🎤 { $day } 您有课：
guests-lecture-soon = 🎤 { $at } 您有课：
guests-line = { $start }–{ $end } { $icon } { $title }，{ $where }
guests-line-only = { $start }–{ $end } { $icon } { $title }
guests-count = 👥 预计{ $count }人
guests-teacher = ☎️ 班主任 { $name }：{ $phone }
guests-site-eve = 🏛 { $day } 学员来{ $site }：
guests-visit = { $start }–{ $end } { $title }
guests-bus = { $bus }车{ $count }人
guests-buses = 👥 预计{ $count }人：{ $buses }
guests-leaves = 🚌 { $at } 发车过来
