#!/usr/bin/python3
"""Text in packets that attacks whoever prints it.

    hostile.py CAPTURE

Each of TEXTS is asked for in DNS, named in TLS, sent as HTTP Host and path, and logs in by FTP, each
between a pair of hosts of its own.
SPDX-License-Identifier: GPL-2.0-or-later
"""
import sys

import payload
import wire
from lan import SECOND, Connection, Host, Lan

START = 1767607200 * SECOND
TEXTS = [
    b"double\"quote", b"single'quote", b"back\\slash", b"back\\\"both", b"semi;colon,comma",
    b"</script><script>alert(1)</script>", b"]]>", b"<!--", b"&amp;&lt;&#0;", b"<b>bold</b>",
    b"\x1b[31mred\x1b[0m", b"bell\x07\x08\x7f", b"nul\x00inside", b"tab\there", b"vertical\x0b\x0c",
    b"\xff\xfe\xc3\x28", b"\xed\xa0\x80surrogate", b"\xef\xbf\xbe\xef\xbf\xbfnonchar",
    b"\xc2\x85next-line", b"\xe2\x80\xa8separator\xe2\x80\xa9", b"\xe2\x80\xaeright-to-left",
    b"=1+1", b"+1", b"-1", b"@sum(a1)", b"=cmd|' /c calc'!a0", b"%s%n%x", b"$(id)`id`", b"{{7*7}}",
    b"\\N\\G\\l", b"javascript:alert(1)", b"../../etc/passwd", b"\xf0\x9f\x92\xa9", b"' or 1=1 --",
    b"x" * 63, b"trailing ", b" leading", b"\"",
    b"\\u202Eright-to-left",  # what an export shows instead of the one above
    "zero\u200bwidth\u200d\u2060\ufeff".encode(), "\u2067isolate\u2069\u200f\u061c".encode(),
    "soft\u00adhyphen\ufe0f\U000e0041".encode(),
]
LONG = b"y" * 65536  # longer than any name may be


def main(path):
    lan = Lan(Host("gateway", "10.66.0.1", "02:00:0a:42:00:01"), seed=66)
    resolver = Host("resolver", "10.66.0.2", "02:00:0a:42:00:02")
    for number, text in enumerate(TEXTS, 1):
        time = START + number * SECOND
        client = Host("client", f"10.66.1.{number}", f"02:00:0a:42:01:{number:02x}")
        server = Host("server", f"10.66.2.{number}", f"02:00:0a:42:02:{number:02x}")
        question, answer = payload.dns(number, [text, b"example"], server.address)
        time = lan.ask(time, client, resolver, 53, question, answer)
        tls = Connection(lan, time, client, server, 443)
        tls.client(payload.tls_client_hello(lan.random, text)).server(
            payload.tls_server_hello(lan.random))
        web = Connection(lan, tls.close(), client, server, 80)
        web.client(payload.http_get(text, b"/" + text.replace(b" ", b"_")))
        web.server(payload.http_ok(b"<p>" + text + b"</p>"))
        log_in(lan, web.close(), client, server, text)
    client = Host("client", "10.66.1.200", "02:00:0a:42:01:c8")
    server = Host("server", "10.66.2.200", "02:00:0a:42:02:c8")
    time = START + 100 * SECOND
    time = Connection(lan, time, client, server, 80).client(payload.http_get(LONG)).close()
    log_in(lan, time, client, server, LONG)
    wire.write_pcapng(path, lan.in_order())


def log_in(lan, time, client, server, user):
    ftp = Connection(lan, time, client, server, 21)
    ftp.server(b"220 ready\r\n").client(b"USER " + user + b"\r\n").server(b"331 password?\r\n")
    ftp.client(b"PASS not-a-real-password\r\n").server(b"230 in\r\n").close()


if __name__ == "__main__":
    if len(sys.argv) != 2 or sys.argv[1].startswith("-"):
        sys.exit(__doc__)
    main(sys.argv[1])
