"""Support from outside, and names that look made up but are looked up.

SPDX-License-Identifier: GPL-2.0-or-later
"""
import activities
import payload
from lan import Connection, Host


def remote_support(scene):
    """Somebody is helped by AnyDesk, a server by TeamViewer, and an administrator works at a hoster's server by RDP."""
    for host, name, port in ((scene.desk(), "relay-5f2a.net.anydesk.com", 443), (scene.intranet, "router12.teamviewer.com", 5938)):
        relay = scene.outside(name)
        time = activities.lookup(scene.lan, scene.at(60), host, scene.resolver, relay)
        connection = activities.tls(scene.lan, time, host, relay, port)
        for _ in range(120):
            connection.wait(scene.random.uniform(0.5, 4))
            connection.client(payload.tls_data(scene.random, scene.random.randint(60, 3000)))
            connection.server(payload.tls_data(scene.random, 90))
        connection.close()
    server = scene.outside()
    connection = Connection(scene.lan, scene.at(90), scene.desk(), server, 3389)
    connection.client(b"\x03\0\0\x13\x0e\xe0\0\0\0\0\0\1\0\x08\0\x03\0\0\0")
    connection.server(b"\x03\0\0\x13\x0e\xd0\0\0\x124\0\x02\x1f\x08\0\x02\0\0\0")
    connection.client(payload.tls_client_hello(scene.random, b"server")).server(payload.tls_server_hello(scene.random))
    for _ in range(60):
        connection.wait(scene.random.uniform(0.5, 4)).client(payload.tls_data(scene.random, 60))
        connection.server(payload.tls_data(scene.random, 900))
    connection.close()


def odd_names(scene):
    """Sites of numbers and shortened words, some of which were looked up before the capture began."""
    for number in range(12):
        label = scene.random.choice(("xkcdqz", "fbcdn7x", "qq4wmz", "tvrtlz", scene.word()))
        site = Host(f"www.{label}{number % 6 + 2}.com", scene.outside().text)
        host = scene.random.choice(scene.desks)
        time = scene.at(scene.random.uniform(30, 300))
        if number or label == scene.word():
            time = activities.lookup(scene.lan, time, host, scene.resolver, site)
        activities.tls(scene.lan, time, host, site).close()


KINDS = {"remote-support": remote_support, "odd-names": odd_names}
