# 只给班主任看的提示，不改任何记录
hints-leader-no = 💡 自己签到了，组长说没到：{ $names }{ $more ->
        [0] {""}
       *[other] ……还有{ $more }人
    }
hints-leader-yes = 💡 记了旷课，组长说到了：{ $names }{ $more ->
        [0] {""}
       *[other] ……还有{ $more }人
    }
hints-absent-came = 💡 记了旷课，可是有到场记录：{ $names }{ $more ->
        [0] {""}
       *[other] ……还有{ $more }人
    }
hints-together = 💡 同一分钟绑定，又同一分钟签到：{ $names }{ $more ->
        [0] {""}
       *[other] ……还有{ $more }人
    }
hints-old-code = 💡 第{ $group }组好几位用的是上一分钟的口令：{ $names }{ $more ->
        [0] {""}
       *[other] ……还有{ $more }人
    }
