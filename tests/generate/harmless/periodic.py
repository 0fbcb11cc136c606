"""What happens at regular times and means no harm.

SPDX-License-Identifier: GPL-2.0-or-later
"""
from functools import partial

import activities
import payload
from lan import Connection, Host

IMAPS, POP3 = 993, 110
NBSS_KEEP_ALIVE = b"\x85\0\0\0"  # RFC 1002, 4.3.8
LDAP_BIND = bytes.fromhex("300c020101600702010304008000")  # RFC 4511: anonymous
LDAP_BOUND = bytes.fromhex("300c02010161070a010004000400")


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


def names_of_vendor(scene):
    """A program that is on all desks reports to its maker's name, behind which addresses change."""
    homes = [Host("telemetry.software-vendor.com", scene.outside().text) for _ in range(12)]
    pause = scene.random.choice((60, 30, 300))
    for host in scene.desks:
        for time in scene.times(scene.random.randint(12, 25), pause, 0.02):
            connection = activities.tls(scene.lan, time, host, scene.random.choice(homes))
            connection.client(payload.tls_data(scene.random, 400))
            connection.server(payload.tls_data(scene.random, 60)).close()


def habit_by_name(scene):
    """Somebody opens the same site of a delivery network again and again, at no clock's times."""
    for host in (scene.desk(), scene.desk()):
        name = scene.site_name()
        homes = [Host(name, scene.outside().text) for _ in range(12)]
        for time in random_moments(scene, scene.random.choice((30, 120, 600))):
            activities.browse(scene.lan, time, host, scene.resolver, scene.random.choice(homes), 3000)


def random_moments(scene, pause):
    seconds = 60
    for _ in range(scene.random.randint(12, 50)):
        yield scene.at(seconds)
        seconds += 5 + scene.random.expovariate(1 / pause)


def proxied_office(scene):
    """All browse by a proxy, some have a habit, and every computer asks whether the Internet is there."""
    server = scene.member("proxy")
    for host in scene.desks:
        for time in scene.times(12, 60, 0.02):
            activities.browse_by_proxy(scene.lan, time, host, server, "connectivity.os-vendor.com", 1)
        for time in scene.times(scene.random.randint(5, 20), 30, 0.9):
            activities.browse_by_proxy(scene.lan, time, host, server,
                                       scene.random.choice(scene.sites).name)
    for host in (scene.desk(), scene.desk()):
        for time in random_moments(scene, scene.random.choice((30, 120))):
            activities.browse_by_proxy(scene.lan, time, host, server, scene.sites[0].name)


def proxy_outside(scene):
    """The proxy, as seen from both of its sides: what a client's program asks for by the clock, it fetches
    by the clock, on behalf of everybody who has the program."""
    server, home = scene.member("proxy"), scene.outside("telemetry.software-vendor.com")
    for host in scene.desks[:max(8, len(scene.desks) // 2 + 1)]:
        for time in scene.times(15, 60, 0.02):
            activities.browse_by_proxy(scene.lan, time, host, server, home.name, 1)
    for time in scene.times(40, 60, 0.02):
        activities.tls(scene.lan, time, server, home).close()


def domain_alone(scene):
    """One computer keeps in touch with its domain controller, by several protocols; so do printer queues
    and agents of management with their servers. Nobody else does while the capture lasts."""
    host, controller = scene.desk(), scene.member("domain controller")
    management = scene.member("management")
    scene.desks.remove(host)
    for time in scene.times(30, scene.random.choice((60, 90)), 0.001):
        Connection(scene.lan, time, host, controller, 139).client(NBSS_KEEP_ALIVE).server(
            NBSS_KEEP_ALIVE).close()
    for time in scene.times(15, scene.random.choice((120, 240)), 0.001):
        Connection(scene.lan, time, host, controller, 389).client(LDAP_BIND).server(LDAP_BOUND).close()
    for time in scene.times(20, 60, 0.001):
        connection = Connection(scene.lan, time, host, management, 10051)
        connection.client(b"ZBXD\1" + bytes(60)).server(b"ZBXD\1" + bytes(20)).close()
    for time in scene.times(20, 60, 0.001):
        Connection(scene.lan, time, host, scene.printer, 9100).client(b"\x1b%-12345X@PJL INFO STATUS\r\n").server(
            b"@PJL INFO STATUS\r\nCODE=10001\r\n").close()


def working_days(scene):
    """People are at work by day, for three days, and look at their favourite sites at random."""
    for host in scene.desks[:6]:
        site, pause = scene.random.choice(scene.sites), scene.random.uniform(400, 1200)
        for day in range(3):
            seconds = day * 86400 + scene.random.uniform(7, 9) * 3600
            while seconds < day * 86400 + 17 * 3600:
                activities.browse(scene.lan, scene.at(seconds), host, scene.resolver, site, 2000)
                seconds += scene.random.expovariate(1 / pause)


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


KINDS = {"vendor-names": names_of_vendor, "habit-names": habit_by_name, "proxied-office": proxied_office,
         "proxy-both-sides": proxy_outside, "domain-alone": domain_alone, "working-days": working_days,
         "clocks": clocks, "mailboxes": mailboxes, "telemetry-all": partial(telemetry, share=1),
         "telemetry-some": partial(telemetry, share=0.3), "telemetry-one": partial(telemetry, share=0),
         "web-socket": web_socket, "habit": habit, "renewals": renewals,
         "printing": printing,
         "office-alone": lambda scene: scene.at(scene.random.choice((600, 3600, 8 * 3600)))}
