"""Who tries passwords: many on one server, or one on each of many.

SPDX-License-Identifier: GPL-2.0-or-later
"""
from functools import partial

import smb
import ssh
from lan import Connection

SPEEDS = {"fast": 1, "10s": 10, "60s": 60, "5min": 300}  # seconds between passwords
GREETING = {21: b"220 FTP ready\r\n", 110: b"+OK POP3 ready\r\n"}
ANSWERS = {21: (b"331 Password required\r\n", b"530 Login incorrect.\r\n"),
           110: (b"+OK\r\n", b"-ERR [AUTH] Authentication failed\r\n")}


def plain(lan, time, client, server, port, user, passwords):
    """FTP or POP3; three passwords a connection at most."""
    connection = Connection(lan, time, client, server, port)
    connection.server(GREETING[port])
    asked, refused = ANSWERS[port]
    for password in passwords:
        connection.client(b"USER %s\r\n" % user).server(asked)
        connection.client(b"PASS %s\r\n" % password).server(refused).wait(0.2)
    return connection.client(b"QUIT\r\n").close()


def guess(scene, service, speed):
    """40 to 150 passwords for one account."""
    attacker = scene.desk()
    target = scene.random.choice((scene.files, scene.mail, scene.inside("server")))
    count = scene.random.randint(40, 150 if speed in ("fast", "10s") else 60)
    user = scene.random.choice((b"admin", b"backup", b"root", scene.word().encode()))
    together = scene.random.choice((1, 1, 3))  # passwords a connection
    for time in scene.times(count // together, SPEEDS[speed] * together):
        if service == "ssh":
            ssh.fail(scene.lan, time, attacker, target, together)
        else:
            plain(scene.lan, time, attacker, target, {"ftp": 21, "pop3": 110}[service], user,
                  [scene.word().encode() + b"%d" % n for n in range(together)])
    scene.suspect(attacker, "brute-force")
    scene.victim(target)


def spray(scene, service):
    """One password on each of many servers, some of which are not there."""
    attacker = scene.desk()
    targets = scene.neighbours(scene.random.randint(30, 60))
    gap = scene.random.choice((0.5, 3, 10))
    for time, target in zip(scene.times(len(targets), gap), targets):
        if service == "ssh":
            ssh.fail(scene.lan, time, attacker, target)
        else:
            connection = Connection(scene.lan, time, attacker, target, 445)
            smb.Session(connection).log_in(failed=True)
            connection.close()
    scene.suspect(attacker, "brute-force", "lateral-movement")


KINDS = {
    **{f"guess-{service}-{speed}": partial(guess, service=service, speed=speed)
       for service in ("ftp", "pop3", "ssh") for speed in SPEEDS},
    "spray-ssh": partial(spray, service="ssh"), "spray-smb": partial(spray, service="smb"),
}
