"""Logins that fail because passwords change, people mistype them, and servers let others in.

SPDX-License-Identifier: GPL-2.0-or-later
"""
import struct
from functools import partial

import kerberos
from attacks.guessing import imap, refuse, user_names
from lan import Connection


def server_of(scene, service):
    return {"smb": scene.files, "imap": scene.mail, "pop3": scene.mail, "ftp": scene.intranet,
            "kerberos": scene.resolver}[service]


def outdated(scene, service, count):
    """Services with the password that their account had before; they try again at their pace, for ever."""
    host, server = scene.member("app"), server_of(scene, service)
    pause = scene.random.choice((5, 10, 30, 60))
    times = scene.times(scene.random.randint(60, 400) if pause < 30 else 60, pause, scene.random.choice((0.01, 0.2)))
    for number, time in enumerate(times):
        refuse(scene, service, time, host, server, f"svc-{scene.network[-1]}{number % count}", "Autumn2025!")


def pool(scene):
    """An application opens ten connections at a time to its database of users, all with an old password."""
    host = scene.member("app")
    for time in scene.times(scene.random.randint(5, 20), 60):
        for number in range(10):
            refuse(scene, "smb", time + number * 3 * 10**6, host, scene.files, "svc-app", "")


def by_hand(scene, service):
    """Somebody tries to remember a password."""
    host, server = scene.desk(), server_of(scene, service)
    user = user_names(scene, 1)[0]
    for time in scene.times(scene.random.randint(18, 30), 5, 0.5):
        refuse(scene, service, time, host, server, user, scene.random.choice(("a", "b", "c")))


def front_end(scene):
    """The web mail of sixty people, some of whom mistype their passwords in the morning."""
    host, users = scene.member("webmail"), user_names(scene, 60)
    clumsy = set(scene.random.sample(users, scene.random.randint(10, 20)))
    for time in scene.times(scene.random.randint(700, 1000), 1.5, 0.9):
        user = scene.random.choice(users)
        refused = user in clumsy and scene.random.random() < 0.2
        imap(scene.lan, time, host, scene.mail, user, "x" if refused else "right", refused)


def monday(scene):
    """Everybody mistypes a password once or twice, each at a desk of one's own."""
    for host, user in zip(scene.desks, user_names(scene, len(scene.desks))):
        for time in scene.times(scene.random.randint(1, 2), 5, 0.5, scene.random.uniform(20, 200)):
            refuse(scene, scene.random.choice(("kerberos", "smb")), time, host, scene.resolver, user, "x")


def misspelt(scene):
    """A name that nobody has, in the settings of a program, beside that of a machine that is gone."""
    host = scene.desk()
    for number, time in enumerate(scene.times(scene.random.randint(10, 60), scene.random.choice((2, 30)), 0.2)):
        kerberos.refuse(scene.lan, time, host, scene.resolver, (b"helpdsk", b"OLD-PC$")[number % 2],
                        kerberos.UNKNOWN)


def screen(scene):
    """VNC with an authentication that takes several segments, then a desktop, whose bytes the dissector
    takes for more results of it."""
    host, server = scene.desk(), scene.random.choice((scene.files, scene.inside()))
    connection = Connection(scene.lan, scene.at(40), host, server, 5900)
    connection.server(b"RFB 003.889\n").client(b"RFB 003.008\n").server(b"\1\x1e").client(b"\x1e")
    connection.server(struct.pack("!HH", 2, 128) + scene.random.randbytes(256))
    connection.client(scene.random.randbytes(128)).client(scene.random.randbytes(128)).server(bytes(4))
    connection.client(b"\1").server(scene.random.randbytes(40))
    for _ in range(scene.random.randint(40, 120)):
        connection.client(b"\3" + scene.random.randbytes(9))
        connection.server(b"\0\0\0" + scene.random.randbytes(scene.random.randint(13, 900)))
        connection.wait(scene.random.uniform(0.05, 0.5))
    scene.at(scene.since(connection.close()))


KINDS = {
    **{f"outdated-password-{service}": partial(outdated, service=service, count=1)
       for service in ("ftp", "pop3", "imap", "kerberos", "smb")},
    "outdated-passwords-smb": partial(outdated, service="smb", count=3),
    "outdated-password-pool": pool,
    **{f"password-by-hand-{service}": partial(by_hand, service=service) for service in ("kerberos", "imap")},
    "web-mail": front_end, "monday-logins": monday, "misspelt-names": misspelt, "vnc-session": screen,
}
