#!/usr/bin/python3
"""A client that is turned down again and again by one login service, and what looks like it.

    logins.py KIND CAPTURE TRUTH     KIND is one of those below; TRUTH: json

Each connection of the client ends in a login that fails. Another client does what is no failed login:
it is told "no" to something else, or that the handshake goes on. `packets` of the truth is a display
filter of the failures, by the text that only they hold.
SPDX-License-Identifier: GPL-2.0-or-later
"""
import base64
import json
import struct
import sys

import kerberos as krb
import ntlm
import wire
from kerberos import tlv
from lan import SECOND, Connection, Host, Lan

START = 1767607200 * SECOND
GATEWAY = Host("gateway", "10.40.0.1", "02:00:0a:28:00:01")
SERVER = Host("server", "10.40.0.2", "02:00:0a:28:00:02")
GUESSER = Host("guesser", "10.40.0.66", "02:00:0a:28:00:42")
USER = Host("user", "10.40.0.10", "02:00:0a:28:00:0a")
TIMES = 25


def lines(connection, *dialogue):
    """Said in turns, the server first."""
    for number, line in enumerate(dialogue):
        connection.send(number % 2 == 0, line.encode() + b"\r\n")


def ftp(connection, fails):
    if fails:
        lines(connection, "220 ready", "USER root", "331 which password?", "PASS x", "530 sorry, wrong")
    else:  # a client that would like to encrypt
        lines(connection, "220 ready", "AUTH TLS", "530 log in first", "AUTH SSL", "530 log in first",
              "USER bob", "331 which password?", "PASS x", "230 welcome")


def pop(connection, fails):
    if fails:
        lines(connection, "+OK ready", "USER bob", "+OK", "PASS x", "-ERR sorry, wrong")
    else:
        lines(connection, "+OK ready", "CAPA", "-ERR what", "USER bob", "+OK", "PASS x", "+OK", "RETR 9",
              "-ERR no such mail")


def imap(connection, fails):
    if fails:
        lines(connection, "* OK ready", 'a1 LOGIN "bob" "x"', "a1 NO sorry, wrong")
    else:
        lines(connection, "* OK ready", 'a1 LOGIN "bob" "x"',
              "* CAPABILITY IMAP4rev1\r\na1 OK there is NO mail", "a2 SELECT Nowhere",
              "a2 NO such folder")


def smtp(connection, fails):
    if fails:
        lines(connection, "220 ready", "EHLO c", "250 AUTH PLAIN", "AUTH PLAIN AGJvYgB4",
              "535 5.7.8 sorry, wrong")
    else:
        lines(connection, "220 ready", "EHLO c", "250 hello", "MAIL FROM:<a@c>", "250 ok",
              "RCPT TO:<535@c>", "550 no such user")


def http(connection, fails):
    get = "GET / HTTP/1.1\r\nHost: h\r\n"
    no = "HTTP/1.1 401 %s\r\nContent-Length: 0\r\nWWW-Authenticate: %s\r\n\r\n"
    ask = base64.b64encode(b"NTLMSSP\0\1\0\0\0" + bytes(20)).decode()
    challenge = base64.b64encode(b"NTLMSSP\0\2\0\0\0" + bytes(36)).decode()
    talk = [get + "Authorization: Basic Ym9iOng=\r\n\r\n", no % ("sorry", 'Basic realm="r"')] if fails \
        else [get + "\r\n", no % ("who", "NTLM"),
              get + f"Authorization: NTLM {ask}\r\n\r\n", no % ("and", f"NTLM {challenge}"),
              get + "\r\n", no % ("who", "NTLM")]
    for number, text in enumerate(talk):
        connection.send(number % 2, text.encode())


def telnet(connection, fails):
    if fails:
        lines(connection, "login: ", "bob", "Password: ", "x", "\r\nLogin incorrect\r\nlogin: ")
    else:
        lines(connection, "login: ", "bob", "Password: ", "x", "\r\nwelcome\r\n$ ")


def ldap(connection, fails):
    connection.client(tlv(0x30, b"\2\1\1", tlv(0x60, b"\2\1\3", tlv(4, b"cn=bob"), tlv(0x80, b"x"))))
    result = 49 if fails else 0
    text = b"sorry, wrong" if fails else b"fine"
    connection.server(tlv(0x30, b"\2\1\1", tlv(0x61, bytes([10, 1, result]), tlv(4), tlv(4, text))))


def kerberos(connection, fails):
    talk = ((0, krb.as_req(b"bob")), (1, krb.error(krb.PREAUTH_REQUIRED, b"tell more")), (0, krb.as_req(b"bob", b"x" * 40)),
            (1, krb.error(krb.PREAUTH_FAILED, b"sorry, wrong") if fails else
             krb.error(krb.PREAUTH_REQUIRED, b"tell more")))
    for side, message in talk:
        connection.send(side, struct.pack("!I", len(message)) + message)


def smb2(connection, fails):
    def message(status, body, reply):
        head = b"\xfeSMB" + struct.pack("<HHIHHIIQIIQ16x", 64, 1, status, 1, 1, reply, 0, 1, 0xFEFF, 0,
                                        0x1234)
        return struct.pack("!I", len(head + body)) + head + body
    def request(blob):
        return struct.pack("<HBBIIHHQ", 25, 0, 1, 0, 0, 88, len(blob), 0) + blob
    challenge = ntlm.challenge(connection.lan.random)
    connection.client(message(0, request(ntlm.negotiate()), 0))
    connection.server(message(0xC0000016, struct.pack("<HHHH", 9, 0, 72, len(challenge)) + challenge, 1))
    connection.client(message(0, request(ntlm.authenticate(connection.lan.random, "bob")), 0))
    if fails:
        connection.server(message(0xC000006D, struct.pack("<HHI", 9, 0, 0) + b"\0", 1))
    else:
        connection.server(message(0, struct.pack("<HHHH", 9, 0, 72, 0), 1))


def smb1(connection, fails):
    def message(status, body, flags):
        head = b"\xffSMB\x73" + struct.pack("<IBH12xHHHH", status, flags, 0xC001, 0, 1, 0, 1)
        return struct.pack("!I", len(head + body)) + head + body
    account = b"\0" + "bob\0".encode("utf-16-le") + bytes(6)  # then domain and systems, all empty
    request = struct.pack("<BBBHHHHIHHIIH", 13, 0xFF, 0, 0, 4356, 2, 1, 0, 0, 0, 0, 0xD4,
                          len(account)) + account
    connection.client(message(0, request, 0x18))
    if fails:
        connection.server(message(0xC000006D, b"\0\0\0", 0x98))
    else:
        connection.server(message(0, struct.pack("<BBBHHH", 3, 0xFF, 0, 0, 0, 0), 0x98))


def mysql(connection, fails):
    def packet(number, body):
        return struct.pack("<I", len(body))[:3] + bytes([number]) + body
    connection.server(packet(0, b"\x0a8.0.30\0" + struct.pack("<I", 7) + b"saltsalt\0" + struct.pack(
        "<HBHHB", 0xF7FF, 33, 2, 0x0008, 21) + bytes(10) + b"saltsaltsalt\0mysql_native_password\0"))
    connection.client(packet(1, struct.pack("<IIB", 0x000AA205, 1 << 24, 33) + bytes(23) + b"bob\0" +
                             bytes([20]) + b"h" * 20 + b"mysql_native_password\0"))
    if fails:
        connection.server(packet(2, b"\xff" + struct.pack("<H", 1045) + b"#28000sorry, wrong"))
    else:
        connection.server(packet(2, b"\0\0\0\2\0\0\0"))
        connection.client(packet(0, b"\x03SELECT x"))
        connection.server(packet(1, b"\xff" + struct.pack("<H", 1054) + b"#42S22no such column"))


def pgsql(connection, fails):
    def message(kind, body):
        return kind + struct.pack("!I", len(body) + 4) + body
    connection.client(message(b"", struct.pack("!I", 196608) + b"user\0bob\0\0"))
    connection.server(message(b"R", struct.pack("!I", 5) + b"salt"))
    connection.client(message(b"p", b"md50123456789abcdef0123456789abcdef\0"))
    if fails:
        connection.server(message(b"E", b"SFATAL\0C28P01\0Msorry, wrong\0\0"))
    else:
        connection.server(message(b"R", bytes(4)) + message(b"Z", b"I"))
        connection.client(message(b"Q", b"SELECT x\0"))
        connection.server(message(b"E", b"SERROR\0C42703\0Mno such column\0\0") + message(b"Z", b"I"))


def tds(connection, fails):
    def packet(kind, body):
        return struct.pack("!BBHHBB", kind, 1, 8 + len(body), 0, 1, 0) + body

    def error(number, text):
        body = struct.pack("<IBBH", number, 1, 14, len(text)) + text.encode("utf-16-le") + \
            b"\0\0" + struct.pack("<I", 1)
        return b"\xaa" + struct.pack("<H", len(body)) + body
    done = b"\xfd" + struct.pack("<HHQ", 2, 0, 0)
    fixed = struct.pack("<IIIIIIBBBBiI", 0, 0x74000004, 4096, 7, 1, 0, 0xE0, 3, 0, 0, 0, 0x409)
    offsets = b"".join(struct.pack("<HH", 94, 3 if field == 1 else 0) for field in range(9)) + bytes(6) + \
        b"".join(struct.pack("<HH", 94, 0) for _ in range(3)) + bytes(4)
    login = fixed + offsets + "bob".encode("utf-16-le")
    login = struct.pack("<I", len(login)) + login[4:]
    connection.client(packet(0x10, login))
    if fails:
        connection.server(packet(4, error(18456, "sorry, wrong") + done))
    else:
        acknowledged = b"\1\x74\0\0\4" + bytes([3]) + "SQL".encode("utf-16-le") + b"\x0f\0\7\xd0"
        connection.server(packet(4, b"\xad" + struct.pack("<H", len(acknowledged)) + acknowledged + done))
        connection.client(packet(1, struct.pack("<IIHQI", 22, 18, 2, 0, 1) +
                                 "SELECT x".encode("utf-16-le")))
        connection.server(packet(4, error(207, "no such column") + done))


def vnc(connection, fails):
    connection.server(b"RFB 003.008\n").client(b"RFB 003.008\n")
    connection.server(b"\1\2").client(b"\2").server(b"c" * 16).client(b"r" * 16)
    connection.server(struct.pack("!I", 1) + struct.pack("!I", 12) + b"sorry, wrong" if fails else bytes(4))


SORRY = "sorry, wrong"
# port, what is said, display filter of the failures
KINDS = {
    "ftp": (21, ftp, f'ftp.response.arg == "{SORRY}"'),
    "pop": (110, pop, f'pop.response.description == "{SORRY}"'),
    "imap": (143, imap, 'imap contains "sorry"'),
    "smtp": (25, smtp, 'smtp contains "sorry"'),
    "http": (80, http, 'http.response.phrase == "sorry"'),
    "telnet": (23, telnet, 'telnet contains "incorrect"'),
    "ldap": (389, ldap, 'ldap contains "sorry"'),
    "kerberos": (88, kerberos, 'kerberos contains "sorry"'),
    "smb2": (445, smb2, "smb2.nt_status == 0xc000006d"),
    "smb1": (445, smb1, "smb.nt_status == 0xc000006d"),
    "mysql": (3306, mysql, 'mysql contains "sorry"'),
    "pgsql": (5432, pgsql, 'pgsql contains "sorry"'),
    "tds": (1433, tds, f'tds.error.msgtext == "{SORRY}"'),
    "vnc": (5900, vnc, 'vnc contains "sorry"'),
}


def write(kind, capture, truth):
    port, talk, packets = KINDS[kind]
    lan = Lan(GATEWAY, seed=43)
    for turn in range(TIMES):
        for client, fails in ((GUESSER, True), (USER, False)):
            connection = Connection(lan, START + (4 * turn + 2 * fails) * SECOND, client, SERVER, port)
            talk(connection, fails)
            connection.close()
    wire.write_pcapng(capture, lan.in_order())
    with open(truth, "w", encoding="utf-8") as file:
        json.dump({"client": GUESSER.text, "server": SERVER.text, "failures": TIMES,
                   "user": USER.text, "packets": packets}, file)


if __name__ == "__main__":
    if len(sys.argv) != 4 or sys.argv[1] not in KINDS:
        sys.exit(f"usage: {sys.argv[0]} KIND CAPTURE TRUTH; kinds: {' '.join(KINDS)}")
    write(*sys.argv[1:])
