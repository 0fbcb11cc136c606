"""Secrets of routing, management and small services: OSPF, RIP, VRRP, HSRP, syslog, Finger, DHCP, IPMI, ...

SPDX-License-Identifier: GPL-2.0-or-later
"""
import struct

import wire
from payload import dns_name
from planted import C, S, case

# Authentication in clear text has room for less than a secret; what stands there is the secret's beginning.
SHORT = 8


@case("routing")
def routing(p):
    def ospf(secret):
        head = struct.pack("!BBHIIHH", 2, 1, 44, 1, 0, 0, 1) + secret[:SHORT]
        return head + struct.pack("!IHBBIII", 0xFFFFFF00, 10, 2, 1, 40, 0, 0)
    p.ip("ospf", 89, "simple password", ospf, group="224.0.0.5")
    rip = lambda s: struct.pack("!BBHHH", 2, 2, 0, 0xFFFF, 2) + s + struct.pack("!HHIIII", 2, 0, 0, 0, 0, 1)
    p.udp("rip", 520, "password", rip, sport=520, group="224.0.0.9")
    p.ip("vrrp", 112, "password", lambda s: (lambda b: b[:6] + struct.pack("!H", wire.checksum(b)) + b[8:])(
        struct.pack("!BBBBBBHI", 0x21, 1, 100, 1, 1, 1, 0, 0x0A000001) + s[:SHORT]), group="224.0.0.18")
    p.udp("hsrp", 1985, "password", lambda s: struct.pack("!BBBBBBBB", 0, 0, 16, 3, 10, 100, 0, 0) + s[:SHORT] +
          b"\x0a\0\0\1", sport=1985, group="224.0.0.2")
    p.udp("hsrp", 1985, "password of version 2", lambda s: b"\1\x28\2\0\6\4" + struct.pack("!H", 1) + bytes(
        6) + struct.pack("!III", 100, 3000, 10000) + bytes(16) + b"\3\x08" + s[:SHORT], sport=1985, group="224.0.0.102")
    p.udp("glbp", 3222, "password", lambda s: b"\1\0\0\1\0\0" + bytes(6) + b"\3" + bytes([4 + len(s), 1, len(s)]) + s,
          sport=3222, group="224.0.0.102")
    p.ip("eigrp", 88, "key", lambda s: struct.pack("!BBHIIII", 2, 5, 0, 0, 0, 0, 1) + struct.pack(
        "!HHHHIII", 2, 40, 2, 16, 1, 0, 0)[:20] + bytes(4) + s, group="224.0.0.10")
    p.udp("bfd", 3784, "password", lambda s: struct.pack(
        "!BBBBIIIII", 0x20, 0xC4, 3, 24 + 3 + len(s), 1, 0, 10**6, 10**6, 0) + bytes([1, 3 + len(s), 1]) + s)
    bgp = lambda kind, body: b"\xff" * 16 + struct.pack("!HB", 19 + len(body), kind) + body
    p.tcp("bgp", 179, "reason to shut down", lambda s: bgp(3, b"\6\2" + bytes([len(s) + 9]) + b"password " + s))
    p.tcp("bgp", 179, "authentication", lambda s: bgp(1, struct.pack("!BHHIB", 4, 1, 90, 0x0A000001, len(
        s) + 3) + bytes([1, len(s) + 1, 1]) + s))
    p.tcp("zebra", 2600, "interface", lambda s: struct.pack("!HBBH", 10 + len(s), 0xFF, 2, 1) + bytes(4) + s)
    p.frame("isis", "password", lambda s: b"\xfe\xfe\3\x83" + struct.pack("!BBBBBBBB", 27, 1, 0, 15, 1, 0, 0, 0) +
            struct.pack("!B6sHHB7s", 3, b"\0\0\0\0\0\1", 30, 27 + 3 + len(s), 64, bytes(7)) + b"\x0a" + bytes(
                [len(s) + 1, 1]) + s, target=wire.mac("01:80:c2:00:00:14"))
    p.frame("vtp", "domain", lambda s: b"\xaa\xaa\3\0\0\x0c\x20\3" + b"\2\1\0" + bytes([len(s)]) + s.ljust(32, b"\0") +
            struct.pack("!II", 1, 0x0A000001) + b"260101000000" + b"0123456789abcdef",
            target=wire.mac("01:00:0c:cc:cc:cc"))
    p.frame("cdp", "name of a device", lambda s: b"\xaa\xaa\3\0\0\x0c\x20\0" + b"\2\xb4\0\0" + struct.pack(
        "!HH", 5, 4 + 9 + len(s)) + b"password " + s, target=wire.mac("01:00:0c:cc:cc:cc"))
    p.frame("lldp", "description", lambda s: b"\2\7\4" + bytes(6) + b"\4\2\7x\6\2\0\x78" + struct.pack(
        "!H", 6 << 9 | len(s) + 9) + b"password " + s + b"\0\0", 0x88CC, target=wire.mac("01:80:c2:00:00:0e"))
    p.frame("wol", "password", lambda s: b"\xff" * 6 + bytes(range(6)) * 16 + s[:6], 0x0842)


@case("management")
def syslog(p):
    for place, text in {
            "password": b"<34>Oct 11 22:14:15 h su: password for bob is {S}", "pair": b"<34>1 - h app - - - pwd={S}",
            "login that failed": b"<38>sshd[1]: Failed password for invalid user {S} from 10.0.0.1 port 1 ssh2",
            "command": b"<86>sudo: bob : COMMAND=/usr/bin/mysql -p{S}", "URL": b"<14>nginx: GET /?token={S} HTTP/1.1",
            "JSON": b'<14>{"user":"bob","password":"{S}"}', "structured": b'<165>1 - h app - ID [x token="{S}"] m',
            "base64": b"<14>Authorization: Basic {B}", "no priority": b"password {S}"}.items():
        p.udp("syslog", 514, place, text)
        if place in ("pair", "JSON"):
            p.tcp("tcp", 1468, f"syslog by TCP: {place}", lambda s, text=text: b"%d %s" % (
                len(text) + 13, text.replace(b"{S}", s)))


@case("management")
def questions(p):
    p.tcp("finger", 79, "question", b"{S}\r\n")
    p.tcp("finger", 79, "user at a host", b"bob:{S}@h\r\n")
    p.tcp("finger", 79, "answer", C(b"bob\r\n"), S(b"Plan: my password is {S}\r\n"))
    p.tcp("whois", 43, "question", b"password {S}\r\n")
    p.tcp("whois", 43, "update", b"-V x password: {S}\r\n")
    p.tcp("whois", 43, "answer", C(b"example.com\r\n"), S(b"remarks: password {S}\r\n"))
    p.tcp("lpd", 515, "queue", b"\2{S}\n")
    p.tcp("lpd", 515, "control file", C(b"\2lp\n"), S(b"\0"), C(b"\2 40 cfA001h\n"), S(b"\0"), C(
        b"Hh\nPbob\nJpassword {S}\n\0"))
    p.udp("cups", 631, "printer", b"6 3 ipp://bob:{S}@h/printers/x \"x\" \"token {S}\" \"m\"\n", sport=631)
    p.udp("daytime", 13, "answer", C(b"\n"), S(b"password {S}\r\n"))
    p.udp("quake3", 27960, "remote console", b"\xff\xff\xff\xffrcon {S} status\n")
    p.udp("quake3", 27960, "answer", S(b"\xff\xff\xff\xffprint\nrconpassword {S}\n"))
    p.udp("quakeworld", 27500, "remote console", b"\xff\xff\xff\xffrcon {S} status\n")
    p.udp("quakeworld", 27500, "connect", b"\xff\xff\xff\xffconnect 28 1 2 \"\\password\\{S}\\name\\bob\"\n")
    p.udp("quake", 26000, "player", lambda s: (lambda b: struct.pack("!HH", 0x8000, 4 + len(b)) + b)(
        b"\1QUAKE\0\3password " + s + b"\0"))
    p.tcp("gadu-gadu", 8074, "login", lambda s: struct.pack("<II", 0x31, 80) + struct.pack("<I", 7) + b"pl" + b"\2" +
          s.ljust(73, b"\0"))
    p.udp("mndp", 5678, "identity", lambda s: struct.pack("!HHHH", 0, 1, 1, 6) + b"\2\0\0\0\0\2" + struct.pack(
        "!HH", 5, len(s) + 9) + b"password " + s)
    p.tcp("slsk", 2234, "login", lambda s: (lambda b: struct.pack("<I", len(b)) + b)(
        struct.pack("<II", 1, 3) + b"bob" + struct.pack("<I", len(s)) + s + struct.pack("<I", 182)))
    p.tcp("gnutella", 6346, "search", lambda s: bytes(16) + b"\x80\1\0" + struct.pack("<I", 2 + len(
        s) + 1) + b"\0\0" + s + b"\0")
    p.tcp("synergy", 24800, "clipboard", lambda s: (lambda b: struct.pack("!I", len(b)) + b)(
        b"DCLP\0\0\0\0\1" + struct.pack("!I", len(s)) + s))


@case("management")
def messages_of_phones(p):
    def smpp(command, body):
        return struct.pack("!IIII", 16 + len(body), command, 0, 1) + body
    p.tcp("smpp", 2775, "bind", lambda s: smpp(9, b"bob\0" + s[:9] + b"\0" + b"x\0\x34\0\0\0"))
    p.tcp("smpp", 2775, "system", lambda s: smpp(9, b"bob\0pw\0" + s[:12] + b"\0\x34\0\0\0"))
    p.tcp("smpp", 2775, "message", lambda s: smpp(4, b"\0\1\1123\0\1\1456\0\0\0\0\0\0\0\0\0\0" + bytes(
        [len(s) + 5]) + b"code " + s))

    def ucp(operation, body):
        text = b"01/%05d/O/%s/%s/" % (len(body) + 17, operation, body)
        return b"\2" + text + b"%02X" % (sum(text) & 255) + b"\3"
    p.decode_as += ["tcp.port==3700,ucp"]
    p.tcp("ucp", 3700, "session", lambda s: ucp(b"60", b"bob/6/5/1/" + s.hex().encode() + b"//0100//////"))
    p.tcp("ucp", 3700, "message", lambda s: ucp(b"01", b"123/456//3/" + s.hex().encode()))
    p.tcp("cimd", 9971, "login", lambda s: b"\x02" + b"01:001\t010:bob\t011:" + s + b"\t\3")


@case("management")
def leases_and_names(p):
    def dhcp(*options):
        message = struct.pack("!BBBBIHH", 1, 1, 6, 0, 7, 0, 0x8000) + bytes(16) + b"\2\0\0\0\0\1" + bytes(
            10) + bytes(192) + b"\x63\x82\x53\x63" + b"\x35\1\1"
        return message + b"".join(bytes([kind, len(value)]) + value for kind, value in options) + b"\xff"
    for kind, title in ((77, "user class"), (60, "vendor class"), (90, "authentication"), (43, "vendor's"),
                        (67, "boot file"), (66, "boot server"), (56, "message"),
                        (17, "root path"), (252, "proxy"), (124, "vendor-identifying")):
        p.udp("dhcp", 67, title, lambda s, kind=kind: dhcp((kind, b"http://bob:" + s + b"@h/" if kind in (
            67, 252) else s)), sport=68)
    dhcpv6 = lambda s: b"\1\0\0\7" + struct.pack("!HH", 15, len(s) + 2) + struct.pack("!H", len(s)) + s
    p.udp("dhcpv6", 547, "user class", dhcpv6, sport=546)

    def text_record(secret, name=b"x.example"):
        text = b"token=" + secret
        return struct.pack("!6H", 7, 0x8180, 1, 1, 0, 0) + dns_name("x.example") + struct.pack("!HH", 16, 1) + \
            struct.pack("!HHHIH", 0xC00C, 16, 1, 60, len(text) + 1) + bytes([len(text)]) + text
    question = struct.pack("!6H", 7, 0x0100, 1, 0, 0, 0) + dns_name("x.example") + struct.pack("!HH", 16, 1)
    p.udp("dns", 53, "text record", C(question), S(text_record))
    p.udp("dns", 53, "key of a signature", lambda s: struct.pack("!6H", 7, 0x0100, 1, 0, 0, 1) + dns_name(
        "x.example") + struct.pack("!HH", 1, 1) + dns_name("k") + struct.pack("!HHIH", 250, 255, 0, 26 + len(
            dns_name("hmac-md5.sig-alg.reg.int"))) + dns_name("hmac-md5.sig-alg.reg.int") + bytes(6) + struct.pack(
                "!HH", 300, 16) + s + struct.pack("!HHH", 7, 0, 0)[:4])
    p.udp("nbns", 137, "status", lambda s: struct.pack("!6H", 1, 0x8400, 0, 1, 0, 0) + b"\x20" + b"CK" + b"A" * 30 +
          struct.pack("!BHHIH", 0, 0x21, 1, 0, 1 + 18 + 46) + b"\1" + s[:15] + b"\0\4\0" + bytes(46), sport=137)


@case("management")
def machines(p):
    def rmcp(body):
        return b"\6\0\xff\7" + body
    p.udp("rmcp", 623, "IPMI, password as code", lambda s: rmcp(b"\4" + bytes(8) + s + (lambda b: bytes([len(b)]) + b)(
        b"\x20\x18\xc8\x81\0\x38\x0e\4\x31")))
    p.udp("ipmi_session", 623, "IPMI, change of a password", lambda s: rmcp(b"\0" + bytes(8) + (lambda b: bytes(
        [len(b)]) + b)(b"\x20\x18\xc8\x81\0\x47\2\2" + s + b"\0")))
    p.udp("ipmi_session", 623, "IPMI, user name", lambda s: rmcp(b"\0" + bytes(8) + (lambda b: bytes([len(b)]) + b)(
        b"\x20\x18\xc8\x81\0\x45\2" + s + b"\0")))
    p.udp("isakmp", 500, "name for a key", lambda s: bytes(range(1, 9)) + bytes(8) + b"\5\x10\4\0" + bytes(
        4) + struct.pack("!I", 28 + 8 + len(s)) + b"\0\0" + struct.pack("!H", 8 + len(s)) + b"\x0b\0\0\0" + s)
    p.udp("isakmp", 500, "vendor", lambda s: bytes(range(1, 9)) + bytes(8) + b"\x0d\x10\2\0" + bytes(
        4) + struct.pack("!I", 28 + 4 + len(s)) + b"\0\0" + struct.pack("!H", 4 + len(s)) + s)
    p.udp("capwap", 5246, "name of a controller", lambda s: b"\0\x10\2\0\0\0\0\0" + struct.pack(
        "!IBHB", 1, 0, 3 + 4 + len(s), 0) + struct.pack("!HH", 4, len(s)) + s)
    p.tcp("opcua", 4840, "user", lambda s: (lambda b: b"HELF" + struct.pack("<I", 8 + len(b)) + b)(struct.pack(
        "<IIIII", 0, 65535, 65535, 0, 0) + struct.pack("<I", len(s) + 19) + b"opc.tcp://bob:" + s + b"@h/xx"))
    p.tcp("opcua", 4840, "error", S(lambda s: (lambda b: b"ERRF" + struct.pack("<I", 8 + len(b)) + b)(struct.pack(
        "<I", 0x80000000) + struct.pack("<I", len(s) + 6) + b"token " + s)))
    p.tcp("fix", 9878, "logon", lambda s: (lambda b: b"8=FIX.4.2\x019=%d\x01%s" % (len(b), b) + b"10=000\x01")(
        b"35=A\x0149=bob\x0156=h\x0134=1\x0152=20260105-10:00:00\x0198=0\x01108=30\x01553=bob\x01554=" + s + b"\x01"))
