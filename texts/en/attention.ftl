attention-about = See people to look after
attention-open = People to look after
attention-head = 👀 People to look after: { $count }{ $pages ->
        [1] {""}
       *[other] {" "}(page { $page }/{ $pages })
    }. Tap a name for the record.
attention-none = 👍 Nobody needs special attention now.
attention-line = { $who }: { $why }
attention-unbound = has not joined yet
attention-asking = question { $no } without an answer for over a day
attention-cell = { $seat } { $name }
attention-before = ‹ Before
attention-after = Next ›
