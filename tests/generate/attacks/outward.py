"""What leaves the network: mail to strangers, and data.

SPDX-License-Identifier: GPL-2.0-or-later
"""
from functools import partial

import activities
import payload
from lan import Connection, refused, unanswered

MIB = 1024 * 1024
OFFLOADED = 29200  # bytes of a segment as a sender captures it whose card cuts them up


def mail_spray(scene, gap):
    """Mail for many domains, delivered by a desk itself; some servers refuse it."""
    sender = scene.desk()
    count = scene.random.randint(8, 50)
    for time in scene.times(count, gap, 0.8):
        server = scene.outside(f"mx.{scene.word()}{scene.random.randrange(1000)}.com")
        time = activities.lookup(scene.lan, time, sender, scene.resolver, server)
        fate = scene.random.random()
        if fate < 0.1:
            unanswered(scene.lan, time, sender, server, 25)
        elif fate < 0.2:
            refused(scene.lan, time, sender, server, 25)
        else:
            activities.send_mail(scene.lan, time, sender, server, payload.page(scene.random, 800))
    scene.suspect(sender, "mail-spray")


def upload(scene, time, host, server, size, port=443):
    """One connection; large segments, as sent by a host that captures its own traffic."""
    connection = (activities.tls(scene.lan, time, host, server) if port == 443 else
                  Connection(scene.lan, time, host, server, port))
    connection.segment = scene.random.choice((OFFLOADED, OFFLOADED // 2))
    for _ in range(max(1, size // (8 * MIB))):
        connection.client(scene.random.randbytes(min(size, 8 * MIB)))
        connection.wait(scene.random.uniform(0.1, 3))
    return connection.server(payload.tls_data(scene.random, 300)).close()


def exfiltrate(scene, pieces, gap, least, most):
    """10 MiB and more to one server nobody else uses; in pieces, at any time."""
    host = scene.desk()
    server = scene.outside(f"{scene.word()}-{scene.word()}.io")
    port = scene.random.choice((443, 443, 22, 21000))
    size = int(scene.random.uniform(least, most) * MIB)
    for time in scene.times(pieces, gap, 0.8):
        upload(scene, time, host, server, size // pieces, port)
    scene.suspect(host, "exfiltration")


KINDS = {
    "mail-spray-fast": partial(mail_spray, gap=2), "mail-spray-slow": partial(mail_spray, gap=120),
    "exfiltration": partial(exfiltrate, pieces=1, gap=1, least=12, most=40),
    "exfiltration-pieces": partial(exfiltrate, pieces=40, gap=200, least=12, most=40),
    "exfiltration-small": partial(exfiltrate, pieces=1, gap=1, least=3, most=9),
}
