"""Who calls home: connections to one external server at a pace, with more or less jitter.

SPDX-License-Identifier: GPL-2.0-or-later
"""
from functools import partial

import activities
import payload
from lan import SECOND, Connection, refused, unanswered

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
    "failed-callback": failed_callback,
}
