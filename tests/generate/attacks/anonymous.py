"""Who talks to relays of Tor, as its specification has it: made-up names, a certificate of other made-up names.

SPDX-License-Identifier: GPL-2.0-or-later
"""
from functools import partial

import activities
import payload
import x509


def made_up(scene, low, high, suffix):
    return "www." + "".join(scene.random.choices("abcdefghijklmnopqrstuvwxyz234567",
                                                 k=scene.random.randint(low, high))) + suffix


def tor(scene, shown):
    """A few guards and directories, on 443 and 9001; `shown`: up to TLS 1.2, in which certificates show."""
    client = scene.desk()
    for _ in range(scene.random.randint(4, 6)):
        relay, port = scene.outside(), scene.random.choice((443, 9001, 9001))
        certificates = [x509.certificate(scene.random, x509.name(made_up(scene, 8, 20, ".net")),
                                         x509.name(made_up(scene, 8, 20, ".com")), scene.random.randint(30, 365))]
        for time in scene.times(scene.random.randint(1, 3), 60, 0.9):
            name = made_up(scene, 12, 25, ".com")
            connection = (activities.tls12(scene.lan, time, client, relay, certificates, port, name) if shown else
                          activities.tls(scene.lan, time, client, relay, port, name))
            for _ in range(scene.random.randint(2, 9)):
                connection.client(payload.tls_data(scene.random, 514)).server(payload.tls_data(scene.random, 514))
            connection.close()
    scene.lan.ask(scene.at(40), client, scene.resolver, 53, *payload.dns(7, "www.office.example", b"\x0a\0\0\1"))
    scene.suspect(client, "tor", weak=True)


KINDS = {"tor": partial(tor, shown=True), "tor-hidden-certificates": partial(tor, shown=False)}
