attention-about = 看需要关注的学员
attention-open = 关注学员
attention-head = 👀 关注学员{ $count }人{ $pages ->
        [1] {""}
       *[other] （{ $page }/{ $pages }页）
    }，点名字看记录：
attention-none = 👍 现在没有需要特别关注的学员。
attention-line = { $who }　{ $why }
attention-unbound = 还没绑定
attention-asking = 第{ $no }问一天多没有回答
attention-cell = { $seat } { $name }
attention-before = ‹ 上一页
attention-after = 下一页 ›
