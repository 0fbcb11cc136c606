"""Who tries passwords where the service listens on a port that is another's, or nobody's.

SPDX-License-Identifier: GPL-2.0-or-later
"""
from functools import partial

import payload
import ssh
from attacks.guessing import ANSWERS, GREETING
from lan import Connection

PORTS = (4022, 8022, 10022, 443, 80, 23, 50000)
BANNERS = {"ftp": (b"220 ProFTPD Server ready\r\n", b"220-Welcome\r\n220 FTP service\r\n", b"220 ready\r\n"),
           "pop3": (b"+OK Dovecot ready.\r\n", b"+OK POP3 ready\r\n")}


def plain(lan, time, client, server, port, service, user, passwords, random):
    """FTP or POP3 on any port."""
    usual = {"ftp": 21, "pop3": 110}[service]
    asked, refused = ANSWERS[usual]
    connection = Connection(lan, time, client, server, port)
    connection.server(random.choice(BANNERS[service]) if service in BANNERS else GREETING[usual])
    for password in passwords:
        connection.client(b"USER %s\r\n" % user).server(asked)
        connection.client(b"PASS %s\r\n" % password).server(refused).wait(0.2)
    return connection.client(b"QUIT\r\n").close()


def imap(lan, time, client, server, port, user, password):
    connection = Connection(lan, time, client, server, port).server(b"* OK [CAPABILITY IMAP4rev1] ready\r\n")
    connection.client(b"a1 LOGIN %s %s\r\n" % (user, password)).server(b"a1 NO sorry\r\n")
    return connection.client(b"a2 LOGOUT\r\n").server(b"* BYE\r\na2 OK\r\n").close()


def rdp_login(lan, time, client, server, port, refused=True):
    """X.224, TLS, CredSSP; who is let in gets a desktop."""
    connection = Connection(lan, time, client, server, port)
    connection.client(b"\x03\x00\x00\x13\x0e\xe0\0\0\0\0\0\x01\0\x08\0\x0b\0\0\0")
    connection.server(b"\x03\x00\x00\x13\x0e\xd0\0\0\x12\x34\0\x02\x1f\x08\0\x02\0\0\0")
    connection.client(payload.tls_client_hello(lan.random, b"")).server(payload.tls_server_hello(lan.random))
    connection.client(payload.tls_data(lan.random, 100)).server(payload.tls_data(lan.random, 300))
    connection.client(payload.tls_data(lan.random, 500)).server(payload.tls_data(lan.random, 100))
    for _ in range(0 if refused else 20):
        connection.client(payload.tls_data(lan.random, 120)).server(payload.tls_data(lan.random, 4000)).wait(0.5)
    return connection.close()


def guess(scene, service, gap):
    attacker, server = scene.desk(), scene.inside()
    port = scene.random.choice(PORTS[:-2] if service == "rdp" else PORTS[:5] + PORTS[6:])
    user, count = scene.random.choice((b"admin", b"root", b"backup")), scene.random.randint(40, 80)
    for time in scene.times(count, gap):
        password = scene.word().encode() + b"%d" % scene.random.randrange(100)
        if service == "ssh":
            ssh.fail(scene.lan, time, attacker, server, port=port)
        elif service == "rdp":
            rdp_login(scene.lan, time, attacker, server, port)
        elif service == "imap":
            imap(scene.lan, time, attacker, server, port, user, password)
        else:
            plain(scene.lan, time, attacker, server, port, service, user, [password], scene.random)
    scene.suspect(attacker, "brute-force")
    scene.victim(server)


KINDS = {f"guess-{service}-other-port-10s": partial(guess, service=service, gap=10)
         for service in ("ssh", "rdp", "ftp", "pop3", "imap")}
