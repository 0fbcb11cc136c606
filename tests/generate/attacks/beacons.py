"""Who calls home: connections to one external server at a pace, with more or less jitter.

SPDX-License-Identifier: GPL-2.0-or-later
"""
from functools import partial

import activities
import payload
from lan import SECOND, Connection, Host, refused, unanswered

JITTER = (0, 5, 10, 20, 30, 40, 60)


def period(scene):
    """10 s to 10 min, as often short as long."""
    return 10 * 60 ** scene.random.random()


def beacon(scene, percent):
    """A small question; a small answer, or now and then an order, which takes longer."""
    infected = scene.desk()
    home = scene.outside(f"cdn.{scene.word()}{scene.random.randrange(100)}.com")
    pause, count = period(scene), scene.random.randint(35, 90)
    encrypted = scene.random.random() < 0.7
    # Sleep is shortened by up to the jitter (Cobalt Strike) or stretched either way (others).
    low, high = scene.random.choice(((-percent, 0), (-percent / 2, percent / 2)))
    sent = scene.random.randint(100, 600)
    seconds = scene.random.uniform(25, 60)
    for _ in range(count):
        answer = scene.random.randint(40, 90)
        if scene.random.random() < 0.05:
            answer = scene.random.randint(2000, 12000)
        call(scene, scene.at(seconds), infected, home, encrypted, sent, answer)
        seconds += pause * (1 + scene.random.uniform(low, high) / 100) + scene.random.uniform(0, 0.1)
    scene.suspect(infected, "beacon")


def call(scene, time, infected, home, encrypted, sent, answer):
    if encrypted:
        connection = activities.tls(scene.lan, time, infected, home)
        connection.client(payload.tls_data(scene.random, sent))
        connection.server(payload.tls_data(scene.random, answer))
    else:
        cookie = b"Cookie: id=" + scene.random.randbytes(sent // 3).hex().encode() + b"\r\n"
        connection = Connection(scene.lan, time, infected, home, 80)
        connection.client(payload.http_get(home.name.encode(), b"/pixel.gif", cookie))
        connection.server(payload.http_ok(scene.random.randbytes(answer), b"image/gif"))
    connection.close()


# --- by name ---

def addresses(scene, name, count):
    """Servers of one name."""
    return [Host(name, scene.outside().text) for _ in range(count)]


def moments(scene, percent, count):
    return scene.times(count, period(scene), percent / 100, scene.random.uniform(25, 60))


def beacon_by_name(scene, percent):
    """The name stays, the address changes: fast flux, or a delivery network in front of the server."""
    infected = scene.desk()
    homes = addresses(scene, f"api.{scene.word()}{scene.random.randrange(100)}.net", scene.random.randint(8, 40))
    encrypted = scene.random.random() < 0.7
    sent = scene.random.randint(100, 600)
    for time in moments(scene, percent, scene.random.randint(35, 90)):
        call(scene, time, infected, scene.random.choice(homes), encrypted, sent,
             scene.random.randint(40, 90))
    scene.suspect(infected, "beacon")


def beacon_by_name_6(scene):
    """The same over IPv6."""
    desk, network = scene.desk(), scene.random.randrange(0x10000)
    mac = ":".join(f"{byte:02x}" for byte in desk.mac)
    infected = Host("desk", f"fd00:{network:x}::{scene.random.randrange(2, 250):x}", mac)
    name = f"api.{scene.word()}{scene.random.randrange(100)}.net"
    homes = [Host(name, f"2a01:{scene.random.randrange(0x10000):x}:{n:x}::443")
             for n in range(scene.random.randint(8, 40))]
    for time in moments(scene, 10, scene.random.randint(35, 90)):
        call(scene, time, infected, scene.random.choice(homes), True, 300, scene.random.randint(40, 90))
    scene.suspect((infected, desk), "beacon")


def office_proxy(scene, name="proxy"):
    """A proxy on a port of Squid's, and people who browse by it."""
    server = scene.member(name)
    for time in scene.times(scene.random.randint(60, 120), 8, 0.9):
        activities.browse_by_proxy(scene.lan, time, scene.random.choice(scene.desks), server,
                                   scene.random.choice(scene.sites).name)
    return server


def beacon_by_proxy(scene, percent):
    """Each call is a CONNECT, or a GET of an absolute URI, in a connection of its own."""
    infected, server = scene.desk(), office_proxy(scene)
    name = f"api.{scene.word()}{scene.random.randrange(100)}.net"
    tunnelled = scene.random.random() < 0.7
    for time in moments(scene, percent, scene.random.randint(35, 90)):
        if tunnelled:
            activities.browse_by_proxy(scene.lan, time, infected, server, name, 1)
        else:
            connection = Connection(scene.lan, time, infected, server, 3128)
            fetch(scene, connection, name)
            connection.close()
    scene.suspect(infected, "beacon")


def fetch(scene, connection, name):
    connection.client(b"GET http://%s/pixel.gif HTTP/1.1\r\nHost: %s\r\n\r\n" % (
        name.encode(), name.encode()))
    connection.server(payload.http_ok(scene.random.randbytes(40), b"image/gif"))


def beacon_by_proxy_open(scene):
    """All calls in one connection to the proxy, which also fetches other sites for the client."""
    infected, server = scene.desk(), office_proxy(scene)
    name = f"api.{scene.word()}{scene.random.randrange(100)}.net"
    connection = None
    for time in moments(scene, 10, scene.random.randint(35, 90)):
        connection = connection or Connection(scene.lan, time, infected, server, 3128)
        connection.time = max(connection.time, time)
        fetch(scene, connection, name)
        if scene.random.random() < 0.2:
            connection.wait(scene.random.uniform(0.1, 5))
            fetch(scene, connection, scene.random.choice(scene.sites).name)
    connection.close()
    scene.suspect(infected, "beacon")


# --- in other ways ---

def beacon_few(scene):
    """Eight to twelve calls by a clock, over the whole capture."""
    infected = scene.desk()
    home = scene.outside(f"cdn.{scene.word()}{scene.random.randrange(100)}.com")
    count = scene.random.randint(8, 12)
    for time in scene.times(count, scene.random.uniform(560, 900) / count, 0.002, 25):
        call(scene, time, infected, home, True, 200, 60)
    scene.suspect(infected, "beacon")


def beacon_by_day(scene, percent):
    """Three days; it sleeps while nobody works, so that nobody wonders."""
    infected = scene.desk()
    home = scene.outside(f"cdn.{scene.word()}{scene.random.randrange(100)}.com")
    pause, begin = scene.random.uniform(300, 900), scene.random.uniform(6, 10) * 3600
    hours = scene.random.uniform(3, 8)
    for day in range(3):
        for time in scene.times(int(hours * 3600 / pause), pause, percent / 100, day * 86400 + begin):
            call(scene, time, infected, home, True, 200, scene.random.randint(40, 90))
    scene.at(3 * 86400)
    scene.suspect(infected, "beacon")


def beacon_by_udp(scene):
    """A datagram to a port of no known protocol, from a new port each time."""
    infected, home = scene.desk(), scene.outside()
    port = scene.random.choice((443, 8443, 6881, scene.random.randrange(20000, 40000)))
    for time in moments(scene, 20, scene.random.randint(35, 90)):
        scene.lan.ask(time, infected, home, port, scene.random.randbytes(64), scene.random.randbytes(48))
    scene.suspect(infected, "beacon")


def failed_callback(scene):
    """The server is gone: it refuses, or nothing comes back; then TCP tries again by itself."""
    infected = scene.desk()
    home = scene.outside(f"{scene.word()}.ddns.net")
    port = scene.random.choice((443, 443, 80, 8080, 4444, 1337, scene.random.randrange(1025, 60000)))
    silent = scene.random.random() < 0.5
    named = scene.random.random() < 0.5
    pause = 20 * 15 ** scene.random.random()
    jitter = scene.random.uniform(0, 0.1)
    for time in scene.times(scene.random.randint(10, 60), pause, jitter):
        if named:
            time = activities.lookup(scene.lan, time, infected, scene.resolver, home)
        if silent:
            silence(scene, time, infected, home, port)
        else:
            refused(scene.lan, time, infected, home, port)
    scene.suspect(infected, "failed-callback")


def silence(scene, time, client, server, port):
    """RFC 6298: repeated after 1, 3 and 7 seconds."""
    sport, sequence = client.port(), scene.random.getrandbits(32)
    for after in (0, 1, 3, 7):
        unanswered(scene.lan, time + after * SECOND, client, server, port, sport, sequence)


KINDS = {
    **{f"beacon-{percent}": partial(beacon, percent=percent) for percent in JITTER},
    **{f"beacon-name-{percent}": partial(beacon_by_name, percent=percent) for percent in (0, 20, 40)},
    "beacon-name-ipv6": beacon_by_name_6,
    **{f"beacon-proxy-{percent}": partial(beacon_by_proxy, percent=percent) for percent in (0, 20, 40)},
    "beacon-proxy-open": beacon_by_proxy_open,
    "beacon-few": beacon_few,
    **{f"beacon-day-{percent}": partial(beacon_by_day, percent=percent) for percent in (5, 30)},
    "beacon-udp": beacon_by_udp,
    "failed-callback": failed_callback,
}
