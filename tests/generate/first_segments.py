"""How connections of protocols begin: what each side says first, as the RFCs and the protocols' papers have it.

SPDX-License-Identifier: GPL-2.0-or-later
"""
import random
import struct

import payload
import ssh
import stratum

CLIENT, SERVER = 0, 1
SEEDED = random.Random(5)

# {name, as connections are called: [(side, bytes)]}; each side says something that tells the protocol, unless it is
# among ONE_SIDED.
DIALOGUES = {
    "SSH": [(CLIENT, b"SSH-2.0-OpenSSH_9.2p1\r\n"), (SERVER, b"SSH-2.0-OpenSSH_8.9p1 Ubuntu-3\r\n"),
            (CLIENT, ssh.exchange(SEEDED)), (SERVER, ssh.exchange(SEEDED))],
    "RDP": [(CLIENT, b"\x03\0\0\x13\x0e\xe0\0\0\0\0\0\x01\0\x08\0\x0b\0\0\0"),
            (SERVER, b"\x03\0\0\x13\x0e\xd0\0\0\x12\x34\0\x02\x1f\x08\0\x02\0\0\0"),
            (CLIENT, payload.tls_client_hello(SEEDED, b"")), (SERVER, payload.tls_server_hello(SEEDED))],
    "VNC": [(SERVER, b"RFB 003.008\n"), (CLIENT, b"RFB 003.008\n"), (SERVER, b"\1\2"), (CLIENT, b"\2"),
            (SERVER, SEEDED.randbytes(16)), (CLIENT, SEEDED.randbytes(16)), (SERVER, bytes(4))],
    "FTP": [(SERVER, b"220 ProFTPD Server ready\r\n"), (CLIENT, b"USER anna\r\n"), (SERVER, b"331 Password required\r\n"),
            (CLIENT, b"PASS x\r\n"), (SERVER, b"230 Welcome\r\n"), (CLIENT, b"SYST\r\n"), (SERVER, b"215 UNIX\r\n")],
    "SMTP": [(SERVER, b"220 mx.example ESMTP Postfix\r\n"), (CLIENT, b"EHLO pc.example\r\n"),
             (SERVER, b"250-mx.example\r\n250 8BITMIME\r\n"), (CLIENT, b"MAIL FROM:<a@example.org>\r\n"),
             (SERVER, b"250 2.1.0 Ok\r\n")],
    "POP": [(SERVER, b"+OK Dovecot ready.\r\n"), (CLIENT, b"CAPA\r\n"), (SERVER, b"+OK\r\nUSER\r\n.\r\n"),
            (CLIENT, b"USER anna\r\n"), (SERVER, b"+OK\r\n")],
    "IMAP": [(SERVER, b"* OK [CAPABILITY IMAP4rev1] ready\r\n"), (CLIENT, b"a1 CAPABILITY\r\n"),
             (SERVER, b"* CAPABILITY IMAP4rev1\r\na1 OK done\r\n")],
    "IRC": [(CLIENT, b"NICK wiz\r\nUSER wiz 0 * :Wiz\r\n"), (SERVER, b":irc.example NOTICE * :*** Looking up\r\n"),
            (SERVER, b":irc.example 001 wiz :Welcome\r\n")],
    "TELNET": [(SERVER, b"\xff\xfd\x18\xff\xfd\x20\xff\xfd\x23\xff\xfd\x27"),
               (CLIENT, b"\xff\xfb\x18\xff\xfc\x20\xff\xfc\x23\xff\xfc\x27"), (SERVER, b"login: ")],
    "HTTP": [(CLIENT, payload.http_get(b"www.example")), (SERVER, payload.http_ok(b"hello"))],
    "TLS": [(CLIENT, payload.tls_client_hello(SEEDED, b"www.example")), (SERVER, payload.tls_server_hello(SEEDED)),
            (CLIENT, payload.tls_data(SEEDED, 90)), (SERVER, payload.tls_data(SEEDED, 300))],
    "SMB": [(CLIENT, b"\0\0\0\x64\xfeSMB\x40\0" + bytes(94)), (SERVER, b"\0\0\0\x64\xfeSMB\x40\0" + bytes(94))],
    "Socks": [(CLIENT, b"\5\1\0"), (SERVER, b"\5\0"), (CLIENT, b"\5\1\0\3\x0bwww.example\0\x50"),
              (SERVER, b"\5\0\0\1\0\0\0\0\0\0"), (CLIENT, b"something else"), (SERVER, b"and its answer")],
    "Stratum": list(stratum.Bitcoin(SEEDED).begin()),
    "MySQL": [(SERVER, b"\x13\0\0\0\x0a8.0.36\0\x08\0\0\0zzzzzzz")],
    "PGSQL": [(CLIENT, struct.pack("!II", 8, 80877103)), (SERVER, b"N"),
              (CLIENT, b"\0\0\0\x12\0\3\0\0user\0bob\0\0"), (SERVER, b"R\0\0\0\x08\0\0\0\x03")],
    "TDS": [(CLIENT, b"\x12\1\0\x14\0\0\0\0\0\0\6\0\6\xff" + bytes(6)), (SERVER, b"\4\1\0\x14\0\0\1\0\0\0\6\0\6\xff" + bytes(6))],
    "LDAP": [(CLIENT, b"\x30\x0c\2\1\1\x60\7\2\1\3\4\0\x80\0"), (SERVER, b"\x30\x0c\2\1\1\x61\7\x0a\1\0\4\0\4\0")],
    "RESP": [(CLIENT, b"*1\r\n$4\r\nPING\r\n"), (SERVER, b"+PONG\r\n")],
}
ONE_SIDED = {("MySQL", CLIENT), ("PGSQL", SERVER), ("LDAP", SERVER), ("RESP", SERVER)}

# What is none of these, and begins like them.
OTHERS = {
    "s7": [(CLIENT, b"\x03\0\0\x16\x11\xe0\0\0\0\1\0\xc1\2\1\0\xc2\2\1\2\xc0\1\x0a"),
           (SERVER, b"\x03\0\0\x16\x11\xd0\0\1\0\1\0\xc0\1\x0a\xc1\2\1\0\xc2\2\1\2")],
    "memcached": [(CLIENT, b"get key\r\n"), (SERVER, b"END\r\n")],
    "json": [(CLIENT, stratum.packed(id=1, method="login", params={"user": "a", "pass": "b"})),
             (SERVER, stratum.packed(id=1, result={"job": {"job_id": 1}}))],
    "numbers": [(SERVER, b"220 ready\r\n"), (CLIENT, b"USER anna\r\n"), (SERVER, b"230\r\n")],
    "random": [(CLIENT, SEEDED.randbytes(300)), (SERVER, SEEDED.randbytes(900))],
}
