"""Secrets of directories, access servers and tunnels: LDAP, SNMP, RADIUS, TACACS+, Diameter, PPP, EAP, SOCKS, ...

SPDX-License-Identifier: GPL-2.0-or-later
"""
import struct

from logins import tlv
from planted import C, S, case


@case("directories")
def ldap(p):
    def message(*parts):
        return tlv(0x30, b"\2\1\1", *parts)

    def bind(name, password):
        return message(tlv(0x60, b"\2\1\3", tlv(4, name), password))

    def search(base, attribute, value):
        return message(tlv(0x63, tlv(4, base), b"\x0a\1\0\x0a\1\0\2\1\0\2\1\0\1\1\0", tlv(
            0xA3, tlv(4, attribute), tlv(4, value)), tlv(0x30)))
    p.tcp("ldap", 389, "simple bind", lambda s: bind(b"cn=bob", tlv(0x80, s)))
    p.tcp("ldap", 389, "simple bind, begun before the capture", lambda s: bind(b"cn=bob", tlv(0x80, s)), begun=True)
    p.tcp("ldap", 389, "simple bind, second segment", C(
        lambda s: bind(b"cn=bob", tlv(0x80, s))[:-20], lambda s: bind(b"cn=bob", tlv(0x80, s))[-20:]))
    p.tcp("ldap", 389, "SASL PLAIN", lambda s: bind(b"", tlv(0xA3, tlv(4, b"PLAIN"), tlv(4, b"\0bob\0" + s))))
    p.tcp("ldap", 389, "name with a password", lambda s: bind(b"cn=bob,password=" + s, tlv(0x80, b"x")))
    p.tcp("ldap", 389, "search for a password", lambda s: search(b"dc=x", b"userPassword", s))
    p.tcp("ldap", 389, "search below a token", lambda s: search(b"token=" + s, b"cn", b"x"))
    p.tcp("ldap", 389, "compare", lambda s: message(tlv(0x6E, tlv(4, b"cn=bob"), tlv(
        0x30, tlv(4, b"userPassword"), tlv(4, s)))))
    p.tcp("ldap", 389, "modify", lambda s: message(tlv(0x66, tlv(4, b"cn=bob"), tlv(0x30, tlv(
        0x30, b"\x0a\1\2", tlv(0x30, tlv(4, b"userPassword"), tlv(0x31, tlv(4, s))))))))
    p.tcp("ldap", 389, "password modify", lambda s: message(tlv(0x77, tlv(0x80, b"1.3.6.1.4.1.4203.1.11.1"), tlv(
        0x81, tlv(0x30, tlv(0x80, b"cn=bob"), tlv(0x81, b"old"), tlv(0x82, s))))))
    p.tcp("ldap", 389, "result", C(lambda s: bind(b"cn=bob", tlv(0x80, b"x"))), S(lambda s: message(
        tlv(0x61, b"\x0a\1\x31", tlv(4), tlv(4, b"password " + s + b" is wrong")))))
    p.tcp("ldap", 389, "entry", S(lambda s: message(tlv(0x64, tlv(4, b"cn=" + s), tlv(0x30, tlv(0x30, tlv(
        4, b"userPassword"), tlv(0x31, tlv(4, s))))))))
    p.udp("cldap", 389, "datagram", lambda s: search(b"", b"password", s))


@case("directories")
def snmp(p):
    def message(version, community, kind=0xA0, name=b"\x2b\6\1\2\1\1\1\0", value=b"\5\0"):
        return tlv(0x30, bytes([2, 1, version]), tlv(4, community), tlv(
            kind, b"\2\1\1", b"\2\1\0", b"\2\1\0", tlv(0x30, tlv(0x30, tlv(6, name), value))))
    for version, title in ((0, "v1"), (1, "v2c")):
        p.udp("snmp", 161, f"{title} community", lambda s: message(version, s))
        p.udp("snmp", 161, f"{title} community to write", lambda s: message(version, s, 0xA3))
        p.udp("snmp", 161, f"{title} answer", C(lambda s: message(version, s)), S(lambda s: message(version, s, 0xA2)))
    p.udp("snmp", 162, "trap", lambda s: message(1, s, 0xA7))
    p.udp("snmp", 161, "value", lambda s: message(1, b"x", 0xA3, value=tlv(4, s)))
    p.udp("snmp", 161, "name as an index", lambda s: message(1, b"x", 0xA0, b"\x2b\6\1\6\3\x10" + s))
    p.tcp("snmp", 161, "TCP", lambda s: message(1, s))

    def text(value):
        return struct.pack("!I", len(value)) + value + bytes(-len(value) % 4)
    p.tcp("agentx", 705, "description", lambda s: (lambda b: struct.pack("!BBBBIIII", 1, 1, 0x10, 0, 0, 0, 1, len(
        b)) + b)(bytes(4) + bytes(4) + text(b"token " + s)))


@case("directories")
def kerberos_and_names(p):
    def request(user, realm=b"REALM"):
        return tlv(0x6A, tlv(0x30, tlv(0xA1, b"\2\1\5"), tlv(0xA2, b"\2\1\x0a"), tlv(0xA4, tlv(
            0x30, tlv(0xA0, b"\3\5\0\x40\0\0\0"), tlv(0xA1, tlv(0x30, tlv(0xA0, b"\2\1\1"), tlv(
                0xA1, tlv(0x30, tlv(0x1B, user))))), tlv(0xA2, tlv(0x1B, realm)), tlv(
                    0xA5, tlv(0x18, b"20370913024805Z")), tlv(0xA7, b"\2\1\7"), tlv(0xA8, tlv(0x30, b"\2\1\x12"))))))

    def error(text):
        return tlv(0x7E, tlv(0x30, tlv(0xA0, b"\2\1\5"), tlv(0xA1, b"\2\1\x1e"), tlv(
            0xA4, tlv(0x18, b"20260105100000Z")), tlv(0xA5, b"\2\1\1"), tlv(0xA6, b"\2\1\x18"), tlv(
                0xA9, tlv(0x1B, b"REALM")), tlv(0xAA, tlv(0x30, tlv(0xA0, b"\2\1\2"), tlv(0xA1, tlv(
                    0x30, tlv(0x1B, b"krbtgt"))))), tlv(0xAB, tlv(0x1B, text))))
    p.udp("kerberos", 88, "error", C(lambda s: request(b"bob")), S(lambda s: error(b"password " + s + b" is wrong")))
    p.udp("kerberos", 88, "user and password", lambda s: request(b"bob:" + s))

    def service(body, function):
        return struct.pack("!BBH", 2, function, 0)[:2] + struct.pack("!I", 14 + len(body))[1:] + struct.pack(
            "!HBHHH", 0, 0, 0, 1, 2) + b"en" + body

    def text(value):
        return struct.pack("!H", len(value)) + value
    p.udp("srvloc", 427, "predicate", lambda s: service(
        text(b"") + text(b"service:x") + text(b"D") + text(b"(password=" + s + b")") + text(b""), 1))
    p.udp("srvloc", 427, "URL", lambda s: service(b"\0\0\0\1" + b"\0" + struct.pack("!HH", 60, len(s) + 24) + (
        b"service:x://bob:" + s + b"@h/abcde"[:8]) + b"\0", 2))


def radius(code, *attributes):
    body = b"".join(bytes([kind, len(value) + 2]) + value for kind, value in attributes)
    return struct.pack("!BBH", code, 1, 20 + len(body)) + bytes(16) + body


@case("access")
def aaa(p):
    p.udp("radius", 1812, "User-Password", lambda s: radius(1, (1, b"bob"), (2, s)))
    p.udp("radius", 1812, "CHAP-Password", lambda s: radius(1, (1, b"bob"), (3, b"\1" + s)))
    p.udp("radius", 1812, "Reply-Message", C(lambda s: radius(1, (1, b"bob"))), S(lambda s: radius(
        3, (18, b"password " + s + b" is wrong"))))
    p.udp("radius", 1812, "State", C(lambda s: radius(1, (1, b"bob"))), S(lambda s: radius(11, (24, s))))
    p.udp("radius", 1812, "EAP", lambda s: radius(1, (1, b"bob"), (79, struct.pack("!BBHB", 2, 1, 5 + len(s), 6) + s)))
    p.udp("radius", 1812, "vendor's", lambda s: radius(1, (26, struct.pack(
        "!IBB", 9, 1, len(s) + 11) + b"password=" + s)))
    p.udp("radius", 1813, "accounting", lambda s: radius(4, (44, s), (1, b"bob")))

    def plus(kind, body, flags=1):
        return struct.pack("!BBBBII", 0xC0, kind, 1, flags, 1, len(body)) + body
    p.tcp("tacplus", 49, "PAP", lambda s: plus(1, bytes([1, 1, 2, 1, 3, 4, 0, len(s)]) + b"bobtty0" + s))
    p.tcp("tacplus", 49, "continue", C(lambda s: plus(1, bytes([1, 1, 1, 1, 3, 4, 0, 0]) + b"bobtty0")), S(
        lambda s: plus(1, struct.pack("!BBHH", 5, 1, 10, 0) + b"Password: ")), C(lambda s: plus(
            1, struct.pack("!HHB", len(s), 0, 0) + s)))
    p.tcp("tacplus", 49, "message of the server", S(lambda s: plus(1, struct.pack(
        "!BBHH", 2, 0, len(s) + 9, 0) + b"password " + s)))
    p.tcp("tacplus", 49, "command", lambda s: plus(2, bytes([6, 1, 1, 1, 3, 4, 0, 1, len(s) + 8]) + b"bobtty0" +
                                                   b"cmd-arg=" + s))
    p.udp("tacacs", 49, "password", lambda s: struct.pack("!BBHBBHIHIHBBBB", 0, 1, 1, 3, len(s), 0, 0, 0, 0, 0, 0, 0, 0,
                                                          0)[:8] + b"bob" + s)

    def avp(code, value, flags=0x40):
        return struct.pack("!IB", code, flags) + struct.pack("!I", 8 + len(value))[1:] + value + bytes(-len(value) % 4)

    def diameter(flags, command, *avps):
        body = b"".join(avps)
        return struct.pack("!B", 1) + struct.pack("!I", 20 + len(body))[1:] + struct.pack("!B", flags) + struct.pack(
            "!I", command)[1:] + struct.pack("!III", 0, 1, 1) + body
    p.tcp("diameter", 3868, "password", lambda s: diameter(0x80, 265, avp(263, b"x;1"), avp(2, s)))
    p.tcp("diameter", 3868, "session", lambda s: diameter(0x80, 265, avp(263, b"x;1;token=" + s)))
    p.tcp("diameter", 3868, "error", C(lambda s: diameter(0x80, 257)), S(lambda s: diameter(
        0, 257, avp(268, struct.pack("!I", 5001)), avp(281, b"password " + s))))
    p.tcp("cops", 3288, "client", lambda s: (lambda b: struct.pack("!BBHI", 0x10, 6, 1, 8 + len(b)) + b)(
        struct.pack("!HBB", 4 + len(s), 11, 1) + s))


def ppp(protocol, body):
    return struct.pack("!H", protocol) + body


def pppoe(body):
    return struct.pack("!BBHH", 0x11, 0, 1, len(body)) + body


def control(code, body, ident=1):
    return struct.pack("!BBH", code, ident, 4 + len(body)) + body


@case("access")
def point_to_point(p):
    def over_ethernet(layer, place, make):
        p.frame(layer, place, lambda s: pppoe(make(s)), 0x8864)
    pap = lambda s: ppp(0xC023, control(1, b"\3bob" + bytes([len(s)]) + s))
    over_ethernet("pap", "PAP", pap)
    over_ethernet("pap", "PAP, refusal", lambda s: ppp(0xC023, control(3, bytes([len(s) + 9]) + b"password " + s)))
    over_ethernet("pap", "PAP, no user", lambda s: ppp(0xC023, control(1, b"\0" + bytes([len(s)]) + s)))
    over_ethernet("chap", "CHAP, response", lambda s: ppp(0xC223, control(2, b"\x10" + s + b"bob")))
    over_ethernet("chap", "CHAP, refusal", lambda s: ppp(0xC223, control(4, b"E=691 C=" + s)))
    over_ethernet("eap", "EAP over PPP, token card", lambda s: ppp(0xC227, control(2, b"\6" + s)))
    over_ethernet("lcp", "LCP, identification", lambda s: ppp(0xC021, control(12, b"abcdpassword " + s)))
    p.frame("pppoed", "service", lambda s: (lambda b: struct.pack("!BBHH", 0x11, 9, 0, len(b)) + b)(
        struct.pack("!HH", 0x101, len(s)) + s), 0x8863)

    def eapol(layer, place, make):
        p.frame(layer, place, lambda s: (lambda b: struct.pack("!BBH", 1, 0, len(b)) + b)(make(s)), 0x888E)
    eapol("eapol", "identity", lambda s: control(2, b"\1bob:" + s))
    eapol("eapol", "notification", lambda s: control(1, b"\2password " + s))
    eapol("eapol", "MD5", lambda s: control(2, b"\4\x10" + s + b"bob"))
    eapol("eapol", "one-time password", lambda s: control(2, b"\5" + s))
    eapol("eapol", "token card", lambda s: control(2, b"\6" + s))
    eapol("eapol", "token card, question", lambda s: control(1, b"\6PIN " + s))
    eapol("eapol", "LEAP", lambda s: control(2, b"\x11\1\0\x10" + s + b"bob"))

    def attribute(kind, value):
        return struct.pack("!HHH", 0x8000 | 6 + len(value), 0, kind) + value

    def l2tp(*attributes):
        body = b"".join(attributes)
        return struct.pack("!HHHHHH", 0xC802, 12 + len(body), 1, 1, 0, 0) + body
    p.udp("l2tp", 1701, "proxied password", lambda s: l2tp(
        attribute(0, b"\0\x0c"), attribute(29, b"\0\3"), attribute(30, b"bob"), attribute(33, s)))
    p.udp("l2tp", 1701, "private group", lambda s: l2tp(attribute(0, b"\0\x0a"), attribute(37, s)))
    p.udp("l2tp", 1701, "called number", lambda s: l2tp(attribute(0, b"\0\x0a"), attribute(21, s)))
    p.udp("l2tp", 1701, "error", lambda s: l2tp(attribute(0, b"\0\4"), attribute(1, b"\0\2\0\6password " + s)))
    p.udp("pap", 1701, "PAP within", lambda s: struct.pack("!HHH", 2, 1, 1) + b"\xff\3" + pap(s))
    p.tcp("pptp", 1723, "phone number", lambda s: struct.pack(
        "!HHIHHHHIIIIHHHH", 168, 1, 0x1A2B3C4D, 7, 0, 1, 1, 300, 10**6, 3, 3, 64, 0, len(s), 0) + s + bytes(112))
    p.ip("pap", 47, "PAP in GRE", lambda s: (lambda b: struct.pack("!HHHHI", 0x3001, 0x880B, len(b), 1, 1) + b)(pap(s)))


@case("access")
def desktops_and_proxies(p):
    p.tcp("vnc", 5900, "challenge and response", S(b"RFB 003.008\n"), C(b"RFB 003.008\n"), S(b"\1\2"), C(b"\2"), S(
        b"0123456789abcdef"), C(b"{S}"))
    p.tcp("vnc", 5900, "reason", S(b"RFB 003.008\n"), C(b"RFB 003.008\n"), S(lambda s: b"\0" + struct.pack(
        "!I", len(s) + 9) + b"password " + s))
    p.tcp("vnc", 5900, "name of the desktop", S(b"RFB 003.008\n"), C(b"RFB 003.008\n"), S(b"\1\1"), C(b"\1"), S(
        bytes(4)), C(b"\1"), S(lambda s: struct.pack("!HH16sI", 800, 600, bytes(16), len(s) + 9) + b"password " + s))
    p.tcp("vnc", 5900, "clipboard", S(b"RFB 003.008\n"), C(b"RFB 003.008\n"), S(b"\1\1"), C(b"\1"), S(bytes(4)), C(
        b"\1"), S(struct.pack("!HH16sI", 800, 600, bytes(16), 1) + b"x"), C(lambda s: b"\6\0\0\0" + struct.pack(
            "!I", len(s)) + s))
    p.tcp("x11", 6000, "cookie", lambda s: struct.pack("<BBHHHHH", 0x6C, 0, 11, 0, 18, 16, 0) +
          b"MIT-MAGIC-COOKIE-1\0\0" + s)
    p.tcp("x11", 6000, "reason", C(lambda s: struct.pack("<BBHHHHH", 0x6C, 0, 11, 0, 0, 0, 0)), S(
        lambda s: struct.pack("<BBHHH", 0, len(s), 11, 0, 4) + s))
    p.udp("xdmcp", 177, "authorization", lambda s: (lambda b: struct.pack("!HHH", 1, 8, len(b)) + b)(
        struct.pack("!I", 1) + struct.pack("!H", 1) + b"x" + struct.pack("!H", len(s)) + s))
    p.tcp("socks", 1080, "user and password", C(b"\5\1\2"), S(b"\5\2"), C(lambda s: b"\1\3bob" + bytes(
        [len(s)]) + s), S(b"\1\0"), C(b"\5\1\0\1\x0a\0\0\1\0\x50"))
    p.tcp("socks", 1080, "user of version 4", b"\4\1\0\x50\x0a\0\0\1bob:{S}\0")
    p.tcp("socks", 1080, "name of version 4a", b"\4\1\0\x50\0\0\0\1bob\0{S}.example\0")

    def key_value(opcode, text):
        return struct.pack("!BBBBI", opcode, 0x87, 0, 0, len(text))[:4] + struct.pack("!I", len(text)) + bytes(
            40) + text + bytes(-len(text) % 4)
    p.tcp("iscsi", 3260, "CHAP response", lambda s: key_value(0x43, b"CHAP_N=bob\0CHAP_R=0x" + s + b"\0"))
    p.tcp("iscsi", 3260, "target", lambda s: key_value(0x43, b"TargetName=iqn." + s + b"\0"))

    def rpcap(kind, body):
        return struct.pack("!BBHI", 0, kind, 0, len(body)) + body
    p.tcp("rpcap", 2002, "password", lambda s: rpcap(8, struct.pack("!HHHH", 1, 0, 3, len(s)) + b"bob" + s))
    p.tcp("rpcap", 2002, "error", S(lambda s: rpcap(1, b"password " + s + b" is wrong")))

    def adb(command, text):
        return command + struct.pack("<IIIII", 1, 0, len(text), sum(text), 0xFFFFFFFF ^ int.from_bytes(
            command, "little")) + text
    p.decode_as += ["tcp.port==5555,adb"]
    p.tcp("adb", 5555, "service", lambda s: adb(b"OPEN", b"shell:echo password " + s + b"\0"))
    p.tcp("tplink-smarthome", 9999, "command", lambda s: (lambda text: struct.pack("!I", len(text)) + bytes(
        _autokey(text)))(b'{"netif":{"set_stainfo":{"ssid":"x","password":"' + s + b'"}}}'))
    p.udp("db-lsp-disc", 17500, "JSON", b'{"host_int": 1, "token": "{S}", "namespaces": [1]}')


def _autokey(text):
    key = 171
    for byte in text:
        key ^= byte
        yield key


@case("access")
def windows_shares(p):
    def smb2(command, body, reply=0):
        head = b"\xfeSMB" + struct.pack("<HHIHHIIQIIQ16x", 64, 1, 0, command, 1, reply, 0, 1, 0xFEFF, 0, 0x1234)
        return struct.pack("!I", len(head + body)) + head + body

    def tree(path):
        return smb2(3, struct.pack("<HHHH", 9, 0, 72, len(path)) + path)

    def create(name):
        return smb2(5, struct.pack("<HBBIQQIIIIIHHII", 57, 0, 0, 2, 0, 0, 0x120089, 0, 7, 1, 0, 120, len(
            name), 0, 0) + name)
    p.tcp("smb2", 445, "share", lambda s: tree(("\\\\h\\" + s.decode()).encode("utf-16-le")))
    p.tcp("smb2", 445, "file", lambda s: create(("password " + s.decode() + ".txt").encode("utf-16-le")))
    p.tcp("smb2", 445, "token as a file", lambda s: create(("tokens\\" + s.decode()).encode("utf-16-le")))

    def smb1(command, body):
        head = b"\xffSMB" + bytes([command]) + struct.pack("<IBH12xHHHH", 0, 0x18, 0xC001, 0, 1, 0, 1)
        return struct.pack("!I", len(head + body)) + head + body
    p.tcp("smb", 445, "password of a share", lambda s: smb1(0x75, struct.pack(
        "<BBBHHH", 4, 0xFF, 0, 0, 0, len(s)) + (lambda b: struct.pack("<H", len(b)) + b)(
            s + "\\\\h\\c\0".encode("utf-16-le") + b"?????\0")))
    p.tcp("smb", 445, "cleartext password", lambda s: smb1(0x73, struct.pack(
        "<BBBHHHHIHHII", 13, 0xFF, 0, 0, 4356, 2, 1, 0, len(s), 0, 0, 0x54) + (lambda b: struct.pack(
            "<H", len(b)) + b)(s + b"\0" + "bob\0d\0u\0l\0".encode("utf-16-le"))))
    p.tcp("smb", 445, "file", lambda s: smb1(0xA2, struct.pack(
        "<BBBHBHIIIQIIIIIB", 24, 0xFF, 0, 0, 0, 2 * len(s) + 2, 0, 0, 1, 0, 0, 7, 1, 0, 2, 0) + (
            lambda b: struct.pack("<H", len(b)) + b)(b"\0" + s.decode().encode("utf-16-le") + b"\0\0")))
