people-about = 看谁还没绑定
people-bound = 📱 { $title }
    学员已绑定 <b>{ $bound }/{ $count }</b>
people-missing = 还没绑定：{ $names }{ $more ->
        [0] {""}
       *[other] ……还有{ $more }人
    }
people-all = 🎉 学员全部绑定好了。
people-staff = 老师和工作人员已绑定 { $bound }/{ $count }
people-others = 老师和工作人员
people-page = 第{ $group }组，点名字看绑定码：
people-page-others = 老师和工作人员，点名字看绑定码：
people-cell = { $bound } { $seat ->
        [0] {""}
       *[other] { $seat }{" "}
    }{ $name }
people-code = { $who } 的绑定码：
    <code>{ $code }</code>
    请本人把这8位发给机器人。只能用一次。
people-is-bound = { $who } 已经绑定了。
people-free = 换手机重新绑定
people-free-sure = 确定给 { $who } 换绑吗？原来的手机马上不能再用。
people-free-yes = 确定换绑
people-paper = 📄 用纸质：{ $names }{ $more ->
        [0] {""}
       *[other] ……还有{ $more }人
    }
people-late = 晚入班
people-late-sure = { $who } 从现在起才算入班，之前的点名都不计。确定吗？
people-late-yes = 确定
people-late-done = ✅ { $who } 从现在起入班，之前的点名不计。
