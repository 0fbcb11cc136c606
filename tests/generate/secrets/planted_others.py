"""Secrets in protocols that few meet: games, file sharing, proxies, debuggers, and data without a dissector.

SPDX-License-Identifier: GPL-2.0-or-later
"""
import struct

from planted import C, S, case


@case("others")
def texts(p):
    p.tcp("ftp-data", 20, "file", S(b"password={S}\r\n"), sport=50000)
    p.tcp("beep", 10288, "profile", b"RPY 0 0 . 0 52\r\n\r\n<start number='1'><profile uri='x'>{S}</profile>END\r\n")
    p.tcp("gift", 1213, "search", b"SEARCH(1) query({S});")
    p.udp("rtpproxy", 22222, "call", b"1_a Uc8 {S} 10.0.0.1 4000 tag;1\n")
    p.decode_as += ["tcp.port==2159,gdb"]
    p.tcp("gdb", 2159, "packet", b"$qSecret:{S}#00")
    p.tcp("http", 3689, "music", b"GET /login?session-id=1&token={S} HTTP/1.1\r\nHost: h\r\n\r\n")
    p.tcp("bittorrent", 6881, "hand shake", lambda s: b"\x13BitTorrent protocol" + bytes(8) + b"0123456789" * 2 +
          s + b"0123")
    p.udp("bt-dht", 6881, "token", lambda s: b"d1:ad2:id20:abcdefghij01234567895:token16:" + s +
          b"e1:q4:ping1:t2:aa1:y1:qe")
    p.tcp("proxy", 5000, "PROXY", b"PROXY TCP4 10.0.0.1 10.0.0.2 1 80\r\nGET /?token={S} HTTP/1.1\r\nHost: h\r\n\r\n")
    p.tcp("gdsdb", 3050, "attach", lambda s: (lambda text: struct.pack("!II", 19, 0) + struct.pack(
        "!I", 4) + b"a.db" + struct.pack("!I", len(text)) + text + bytes(-len(text) % 4))(
            b"\1\x1c\3bob\x1d" + bytes([len(s)]) + s))


@case("others")
def edonkey(p):
    def message(kind, body):
        return b"\xe3" + struct.pack("<I", len(body) + 1) + bytes([kind]) + body
    p.tcp("edonkey", 4661, "search", lambda s: message(0x16, b"\1" + struct.pack("<H", len(s)) + s))
    p.tcp("edonkey", 4661, "message of the server", S(lambda s: message(0x38, struct.pack("<H", len(s)) + s)))
    p.tcp("edonkey", 4662, "message", lambda s: message(0x4E, struct.pack("<H", len(s)) + s))


@case("others")
def rtmp(p):
    def number(text):
        return struct.pack("!H", len(text)) + text

    def connect(secret):
        body = b"\2" + number(b"connect") + b"\0" + struct.pack("!d", 1) + b"\3" + number(b"app") + b"\2" + number(
            b"live?token=" + secret) + b"\0\0\x09"
        return b"\3" + bytes(3) + struct.pack("!I", len(body))[1:] + b"\x14" + bytes(4) + body

    def play(secret):
        body = b"\2" + number(b"play") + b"\0" + struct.pack("!d", 2) + b"\5\2" + number(b"stream?key=" + secret)
        return b"\3" + bytes(3) + struct.pack("!I", len(body))[1:] + b"\x14" + bytes(4) + body
    shake = C(b"\3" + bytes(1536)), S(b"\3" + bytes(3072)), C(bytes(1536))
    p.tcp("rtmpt", 1935, "connect", *shake, C(connect))
    p.tcp("rtmpt", 1935, "play", *shake, C(play))
    p.tcp("rtmpt", 1935, "publish key", *shake, C(lambda s: play(s).replace(b"play", b"publ")))


@case("others")
def calls_of_objects(p):
    p.tcp("rmi", 1099, "name", b"JRMI\0\2K\0\x09{S}")
    p.tcp("giop", 9091, "operation", lambda s: (lambda b: b"GIOP\1\0\0\0" + struct.pack("!I", len(b)) + b)(
        struct.pack("!IIB3xI", 0, 1, 1, 4) + b"name" + struct.pack("!I", len(s) + 1) + s + b"\0" + bytes(
            3) + bytes(4)))
