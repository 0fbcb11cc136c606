"""What happens at regular times and means no harm.

SPDX-License-Identifier: GPL-2.0-or-later
"""
from functools import partial

import activities
import payload
from lan import Connection

IMAPS, POP3 = 993, 110


def clocks(scene):
    """Everybody asks a server of the pool what time it is."""
    servers = [scene.outside(f"{n}.pool.ntp.org") for n in range(4)]
    for host in scene.desks:
        server = scene.random.choice(servers)
        for time in scene.times(12, scene.random.choice((64, 256, 1024)), 0.02):
            activities.clock(scene.lan, time, host, server)


def mailboxes(scene):
    """Mail programs look for mail every few minutes, in the office or at a provider."""
    provider = scene.outside("imap.provider.com")
    pause = scene.random.choice((60, 300, 600))
    for host in scene.random.sample(scene.desks, 6):
        outside = scene.random.random() < 0.5
        for time in scene.times(scene.random.randint(15, 30), pause, 0.02):
            look_for_mail(scene, time, host, provider if outside else scene.mail, outside)


def look_for_mail(scene, time, host, server, encrypted):
    if encrypted:
        connection = activities.tls(scene.lan, time, host, server, IMAPS)
        for _ in range(3):
            connection.client(payload.tls_data(scene.random, 40))
            connection.server(payload.tls_data(scene.random, scene.random.choice((60, 90, 2000))))
    else:
        connection = Connection(scene.lan, time, host, server, POP3).server(b"+OK ready\r\n")
        for question, answer in ((b"USER clerk", b"+OK"), (b"PASS secret", b"+OK logged in"),
                                 (b"STAT", b"+OK 0 0"), (b"QUIT", b"+OK bye")):
            connection.client(question + b"\r\n").server(answer + b"\r\n")
    connection.close()


def telemetry(scene, share):
    """The same program on `share` of the desks reports to its maker every minute."""
    home = scene.outside("telemetry.software-vendor.com")
    pause = scene.random.choice((60, 60, 30, 300))
    for host in scene.random.sample(scene.desks, max(1, round(share * len(scene.desks)))):
        size = scene.random.randint(200, 900)
        for time in scene.times(scene.random.randint(12, 25) if share > 0.1 else 60, pause, 0.02):
            connection = activities.tls(scene.lan, time, host, home)
            connection.client(payload.tls_data(scene.random, size + scene.random.randint(0, 200)))
            connection.server(payload.tls_data(scene.random, 60)).close()


def habit(scene):
    """Somebody opens the same site again and again, at times that follow no clock."""
    for host in (scene.desk(), scene.desk()):
        site, seconds = scene.random.choice(scene.sites), 60
        pause = scene.random.choice((30, 120, 600))
        for _ in range(scene.random.randint(12, 50)):
            activities.browse(scene.lan, scene.at(seconds), host, scene.resolver, site, 3000)
            seconds += 5 + scene.random.expovariate(1 / pause)


def web_socket(scene):
    """A chat window stays open and is kept alive."""
    server = scene.outside("chat.provider.com")
    for host in scene.random.sample(scene.desks, 4):
        connection = activities.tls(scene.lan, scene.at(30 + scene.random.random() * 30), host, server)
        for _ in range(scene.random.randint(20, 100)):
            connection.wait(30)
            connection.client(payload.tls_data(scene.random, 20))
            connection.server(payload.tls_data(scene.random, 20))
        scene.at(scene.since(connection.time))


def renewals(scene):
    """Addresses that are lent for ten minutes."""
    for host in scene.desks:
        for time in scene.times(8, 300, 0.02):
            activities.lease(scene.lan, time, host, scene.resolver)


def printing(scene):
    """Everybody's print queue asks the printer how it is, and prints now and then."""
    for host in scene.random.sample(scene.desks, 6):
        for time in scene.times(20, scene.random.choice((30, 120)), 0.05):
            connection = Connection(scene.lan, time, host, scene.printer, 631)
            connection.client(payload.http_get(b"printer", b"/ipp/print"))
            connection.server(payload.http_ok(b"\x01\x01\0\0\0\0\0\x01\x03", b"application/ipp"))
            connection.close()
        activities.print_page(scene.lan, scene.at(200), host, scene.printer)


KINDS = {"clocks": clocks, "mailboxes": mailboxes, "telemetry-all": partial(telemetry, share=1),
         "telemetry-some": partial(telemetry, share=0.3), "telemetry-one": partial(telemetry, share=0),
         "web-socket": web_socket, "habit": habit, "renewals": renewals,
         "printing": printing,
         "office-alone": lambda scene: scene.at(scene.random.choice((600, 3600, 8 * 3600)))}
