"""What requests may bring in place of a number, a query, a form, a header: each has brought some program down."""

from __future__ import annotations

import gzip

from tests.fuzz.wire import Head

PLACES = (
    b"0", b"-1", b"1", b"2", b"3", b"9" * 30, b"x", b"%00", b"%ff", b"%2e%2e", b"%EF%BC%91", b"%F0%9F%99%83",
    b"a" * 3000, b"1%0a2", b"%ed%a0%80", b"%", b"..", b"\xff", b"1;2", b"%2f", b"[", b"{}", b"%25%30%30",
)  # fmt: skip
QUERIES = (
    b"", b"?day=%ff&id=%00&x[]=1", b"?day=9999-99-99&page=99999999999999999999&group=-1&q=%ed%a0%80", 
    b"?" + b"a[" * 500, b"?id=1&id=2&id", b"?%00=%00", b"?&&&=&", b"?q=" + b"%" * 100, b"?q=\xff\xfe", 
    b"?day=0001-01-01&id=1&page=9999999999", b"?cohort=2&kind=x&as=csv&show=%27", b"?q=" + b"%E5%A5%BD" * 900,
    b"?day=2027-03-15&page=-1&group=1&state=x",
)  # fmt: skip
FORM, PARTS = b"application/x-www-form-urlencoded", b"multipart/form-data; boundary=x"


def part(*lines: bytes, value: bytes = b"1") -> tuple[list[Head], bytes]:
    """A form of one part with these lines above its value."""
    body = b"--x\r\n" + b"".join(line + b"\r\n" for line in lines) + b"\r\n" + value + b"\r\n--x--\r\n"
    return [(b"Content-Type", PARTS)], body


NAMED = b'Content-Disposition: form-data; name="reason"'
BODIES: tuple[tuple[list[Head], bytes], ...] = (
    ([(b"Content-Type", FORM)], b""),
    ([(b"Content-Type", FORM)], b"id=%00&reason=%ff%ed%a0%80&day=9999-99-99&text=%00%00&title=" + b"x" * 9000),
    ([(b"Content-Type", FORM)], b"reason=x&reason=y&csrf=a&csrf=b&id=1&id=2&members=1&members=-1&status=present"),
    ([(b"Content-Type", FORM)], "text=好&start=25:61&end=１２:00&level=urgent&to=all&members=９&date=零".encode()),
    ([(b"Content-Type", FORM)], b"\xff\xfe\x00=\xff&a"),
    *(([(b"Content-Type", FORM + b"; charset=" + name)], b"id=1&reason=xxxxxx")
      for name in (b"utf-16", b"nope", b"idna", b"base64", b"rot13", b"punycode", b"undefined", b"\xff", b"")),
    ([(b"Content-Type", FORM + b"; charset=utf-7")], b"id=1&reason=+2AA-&text=+2AA-&init=hash=+2AA-"),
    ([(b"Content-Type", FORM + b"; charset=unicode_escape")], rb"id=1&reason=\ud800&text=\ud800&init=hash%3d\ud800"),
    ([(b"Content-Type", b"multipart/form-data")], b"id=1"),
    ([(b"Content-Type", b"multipart/form-data; boundary=")], b"id=1"),
    ([(b"Content-Type", b"multipart/form-data; boundary=" + b"x" * 300)], b"id=1"),
    ([(b"Content-Type", PARTS)], b"--x\r\nContent-Disposition: form-data; name=id\r\n\r\n1"),
    ([(b"Content-Type", PARTS)], b"--x\r\n\r\n1\r\n--x--\r\n"),
    part(b"Content-Disposition: form-data"),
    part(b'Content-Disposition: form-data; name="id"; filename="\x00../../a"'),
    part(b'Content-Disposition: form-data; name="file"; filename="../../a.png"', value=b"\x89PNG\r\n\x1a\n"),
    part(b'Content-Disposition: form-data; name="csrf"; filename=a'),
    part(NAMED, b"Content-Type: text/plain; charset=nope"),
    part(NAMED, b"Content-Type: text/plain; charset=unicode_escape", value=rb"\ud800"),
    part(NAMED, value=b"\xff\xfe"),
    part(NAMED, b"Content-Transfer-Encoding: base64", value=b"!!!"),
    part(NAMED, b"Content-Transfer-Encoding: bogus"),
    part(NAMED, b"Content-Encoding: gzip"),
    part(NAMED, b"Content-Type: multipart/mixed; boundary=y", value=b"--y\r\n\r\n1\r\n--y--"),
    part(NAMED, b"Content-Length: -5"),
    part(NAMED, *[b"X: y"] * 2000),
    ([(b"Content-Type", b"application/json")], b"{}"),
    ([(b"Content-Type", b"\xff/\xfe")], b"{}"),
    *(([(b"Content-Encoding", name), (b"Content-Type", FORM)], b"none")
      for name in (b"gzip", b"deflate", b"br", b"zstd")),
    ([(b"Content-Encoding", b"gzip"), (b"Content-Type", FORM)], gzip.compress(b"a" * 20_000_000)),
    ([(b"Transfer-Encoding", b"chunked"), (b"Content-Type", FORM)], b"zz\r\nxx\r\n0\r\n\r\n"),
    ([(b"Transfer-Encoding", b"chunked"), (b"Content-Type", FORM)], b"3\r\na=1\r\n0\r\n\r\n"),
    ([(b"Content-Length", b"5"), (b"Content-Length", b"6"), (b"Content-Type", FORM)], b"a=123"),
    ([(b"Content-Length", b"-5"), (b"Content-Type", FORM)], b"a=123"),
    ([(b"Expect", b"200-maybe"), (b"Content-Type", FORM)], b"a=123"),
    ([(b"Content-Type", FORM)], b"&".join([b"a=1"] * 20_000)),
    ([(b"Content-Type", FORM)], b"a" + b"[" * 100_000 + b"=1"),
    ([(b"Content-Type", FORM)], b"x" * 10_500_000),
)  # fmt: skip
HEADS: tuple[list[Head], ...] = (
    [], [(b"Referer", b"http://[::1")], [(b"Referer", b"http://x]y/desk/")], [(b"Referer", b"\xff\xfe")],
    [(b"Accept-Language", b"\xff" * 100)], [(b"X-Forwarded-For", b"\xff\xfe")], [(b"X-Forwarded-For", b", , ,")],
    [(b"X-Forwarded-For", b"9" * 5000)], [(b"Desk-Piece", b"\xff")], [(b"Cookie", b'desk=\xff\xfe; a=b; ;=;"')],
    [(b"Cookie", b"desk=" + b"a" * 4000)], [(b"Cookie", b'$Version=1; desk="\\377"')], [(b"If-None-Match", b"*")],
    [(b"If-Modified-Since", b"yesterday")], [(b"Range", b"bytes=999999999-1")], [(b"Range", b"bytes=-1,0-0,\xff")],
    [(b"Accept-Encoding", b"br;q=x, gzip")], [(b"Authorization", b"Bearer \xff")], [(b"Sec-Fetch-Site", b"\xff")],
    [(b"Desk-Csrf", b"\xff")], [(b"Desk-Csrf", b"zz")], [(b"Upgrade", b"websocket")], [(b"Content-Type", b";;;=")],
    [(b"Origin", b"null")], [(b"Origin", b"\xff")], [(b"X-" + b"a" * 3000, b"b")], [(b"X", b"y" * 9000)],
)  # fmt: skip
ELSEWHERE = (
    "/desk/", "/desk", "/desk/app", "/desk/in/" + "a" * 32, "/desk/in/%ff", "/desk/nowhere", "/desk/look/desk.css",
    "/desk/look/..%2f..%2fserving.py", "/desk/events?topics=%ff", "/desk/events?topics=today", "/screen/" + "a" * 32,
    "/screen/" + "a" * 32 + "/questions/state", "/screen/%ff", "/pages/screen.css", "/pages/..%2fscreens.py",
    "/metrics", "/healthz", "/readyz", "/hook", "/", "/%", "//desk/today", "/desk/../desk/today", "*",
    "http://elsewhere/desk/today",
)  # fmt: skip
METHODS = (
    b"GET",
    b"POST",
    b"HEAD",
    b"PUT",
    b"DELETE",
    b"TRACE",
    b"OPTIONS",
    b"CONNECT",
    b"PROPFIND",
    b"G\x7fT",
    b"get",
)
VERSIONS = (
    b"HTTP/1.1", b"HTTP/1.0", b"HTTP/9.9", b"", b"HTTP/1.1\r\nHost: a\r\nHost: b", b"HTTP/1.1\r\n folded: x",
    b"HTTP/1.1\r\n:", b"HTTP/1.1\r\nX: \0", b"HTTP/1.1\r\nContent-Length: 9\r\nTransfer-Encoding: chunked",
)  # fmt: skip
VALUES = (
    "", "0", "-1", "1", "2", "9" * 19, "x" * 30_000, "\0", "%", "１２", "25:61", "9999-12-31", "2027-03-15",
    "0001-01-01", "09:00", "present", "class_teacher", "sick", "urgent", "<b>",
    "a\r\nb", "\u202e", "😀" * 70, "all", "1,2,3",
)  # fmt: skip
"""What stands in the fields of a form."""
