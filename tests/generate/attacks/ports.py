"""Protocols where they do not belong, and connections that do not end. Weak signs: they name the host,
but alone make no suspect.

SPDX-License-Identifier: GPL-2.0-or-later
"""
from functools import partial

import activities
import payload
import ssh
from lan import Connection


def ssh_on_443(scene):
    """A way out through a firewall that lets the web pass."""
    host, far = scene.desk(), scene.outside()
    for time in scene.times(scene.random.randint(1, 3), 200):
        ssh.work(scene.lan, time, host, far, scene.random.randint(5, 30), 5, 443)
    scene.suspect(host, "odd-port", weak=True)


def unknown_protocol(scene):
    """Length, then bytes that nobody can read, both ways, on a high port."""
    host, far = scene.desk(), scene.outside()
    port = scene.random.choice((4444, 1337, 6666, 5552, scene.random.randrange(10000, 60000)))
    connection = Connection(scene.lan, scene.at(60), host, far, port)
    for _ in range(scene.random.randint(30, 150)):
        for side, size in ((1, scene.random.randint(8, 64)), (0, scene.random.randint(16, 1200))):
            connection.send(side, size.to_bytes(4, "little") + scene.random.randbytes(size))
        connection.wait(scene.random.uniform(0.5, 8))
    scene.at(scene.since(connection.close()))
    scene.suspect(host, "odd-port", weak=True)


def long_connection(scene, hours):
    """Open for hours, little in it."""
    host, far = scene.desk(), scene.outside(scene.site_name())
    connection = activities.tls(scene.lan, scene.at(40), host, far)
    pause = scene.random.uniform(60, 240)
    end = connection.time + int((hours + scene.random.uniform(0.1, 0.9)) * 3600e9)
    while connection.time < end:
        connection.wait(pause * scene.random.uniform(0.8, 1.2))
        connection.client(payload.tls_data(scene.random, 40))
        connection.server(payload.tls_data(scene.random, 40))
    scene.at(scene.since(connection.time))
    scene.suspect(host, "long-connection", weak=True)


KINDS = {"ssh-on-443": ssh_on_443, "unknown-protocol": unknown_protocol,
         **{f"long-connection-{hours}h": partial(long_connection, hours=hours) for hours in (1, 4, 12)}}
