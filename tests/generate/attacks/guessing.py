"""Who tries passwords: many on one server, or one on each of many.

SPDX-License-Identifier: GPL-2.0-or-later
"""
from functools import partial

import kerberos
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


NAMES = ("anna", "ben", "carla", "david", "eva", "felix", "greta", "hugo", "ines", "jan", "karin", "leo", "mara",
         "nils", "olga", "paul", "rosa", "sven", "tina", "uwe")


def user_names(scene, count):
    """Different ones."""
    return [f"{name}.{scene.word()}{number}" for number, name in
            enumerate(scene.random.sample(NAMES * (count // len(NAMES) + 1), count))]


def imap(lan, time, client, server, user, password, refused):
    connection = Connection(lan, time, client, server, 143).server(b"* OK ready\r\n")
    connection.client(b'a1 LOGIN "%s" "%s"\r\n' % (user.encode(), password.encode()))
    connection.server(b"a1 NO sorry\r\n" if refused else b"a1 OK welcome\r\n")
    return connection.client(b"a2 LOGOUT\r\n").server(b"* BYE\r\na2 OK\r\n").close()


def smb_login(lan, time, client, server, user, failed=True):
    connection = Connection(lan, time, client, server, 445)
    smb.Session(connection).log_in(failed, user)
    return connection.close()


def refuse(scene, service, time, client, server, user, password):
    """One login that fails. `service`: smb, imap, ftp, pop3, kerberos."""
    if service == "kerberos":
        return kerberos.refuse(scene.lan, time, client, server, user.encode(), kerberos.PREAUTH_FAILED)
    if service == "smb":
        return smb_login(scene.lan, time, client, server, user)
    if service == "imap":
        return imap(scene.lan, time, client, server, user, password, True)
    return plain(scene.lan, time, client, server, {"ftp": 21, "pop3": 110}[service], user.encode(),
                 [password.encode()])


def spray_names(scene, service, speed):
    """One or two passwords for each of some names, fewer in all than locks anybody out."""
    attacker, server = scene.desk(), scene.mail if service == "imap" else scene.resolver
    users = user_names(scene, scene.random.randint(11, 40))
    passwords = scene.random.sample(("Winter2026!", "Welcome1"), scene.random.choice((1, 1, 2)))
    tries = [(user, password) for password in passwords for user in users]
    for time, (user, password) in zip(scene.times(len(tries), SPEEDS[speed]), tries):
        refuse(scene, service, time, attacker, server, user, password)
    scene.suspect(attacker, "brute-force")
    scene.victim(server)


def enumerate_names(scene, speed):
    """Asks Kerberos which of some names exist; a few do, and have to prove who they are."""
    attacker, controller = scene.desk(), scene.resolver
    users = user_names(scene, scene.random.randint(20, 80))
    known = scene.random.uniform(0, 0.3)
    for time, user in zip(scene.times(len(users), SPEEDS[speed]), users):
        exists = scene.random.random() < known
        scene.lan.ask(time, attacker, controller, 88, kerberos.as_req(user.encode()), kerberos.error(
            kerberos.PREAUTH_REQUIRED if exists else kerberos.UNKNOWN))
    scene.suspect(attacker, "brute-force")
    scene.victim(controller)


def guess_one(scene, service):
    """150 to 300 passwords for one name, faster than anybody types."""
    attacker, server = scene.desk(), scene.resolver
    for time in scene.times(scene.random.randint(150, 300), scene.random.choice((0.05, 0.2, 0.4))):
        refuse(scene, service, time, attacker, server, "administrator", "")
    scene.suspect(attacker, "brute-force")
    scene.victim(server)


KINDS = {
    **{f"spray-names-{service}-{speed}": partial(spray_names, service=service, speed=speed)
       for service, speed in (("kerberos", "fast"), ("kerberos", "10s"), ("smb", "fast"), ("smb", "10s"),
                              ("imap", "10s"))},
    **{f"enumerate-kerberos-{speed}": partial(enumerate_names, speed=speed) for speed in ("fast", "10s")},
    **{f"guess-{service}-one": partial(guess_one, service=service) for service in ("kerberos", "smb")},
    **{f"guess-{service}-{speed}": partial(guess, service=service, speed=speed)
       for service in ("ftp", "pop3", "ssh") for speed in SPEEDS},
    "spray-ssh": partial(spray, service="ssh"), "spray-smb": partial(spray, service="smb"),
}
