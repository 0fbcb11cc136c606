"""What looks like a scan: answers to what somebody else sent, and programs with many servers on one host.

SPDX-License-Identifier: GPL-2.0-or-later
"""
import payload
import wire
from attacks.scans import refuse_datagram
from lan import SECOND, Connection


def forged_datagrams(scene):
    """Somebody writes a desk's address into datagrams to many ports of a host, which refuses them."""
    desk, target = scene.desk(), scene.outside()
    ports = scene.random.sample(range(1, 20000), scene.random.randint(40, 120))
    for time, port in zip(scene.times(len(ports), 1), ports):
        refuse_datagram(scene.lan, time, desk, target, scene.random.randrange(1024, 65536), port)


def router_errors(scene):
    """A router has no way to a network, of which a desk asks many hosts for their protocols."""
    desk = scene.desk()
    for time, target in zip(scene.times(40, 1), scene.neighbours(40)):
        asked = wire.ipv4(desk.address, target.address, 89, bytes(20))
        scene.lan.packet(time, scene.gateway, desk, wire.ICMP, wire.icmp(3, 0, bytes(4), asked))


def page_of_tiles(scene):
    """A page shows whether twenty programs on one host are there: a request to each port."""
    desk, server = scene.desk(), scene.random.choice((scene.intranet, scene.inside()))
    ports = scene.random.sample(range(3000, 10000), 20)
    for begin in scene.times(scene.random.randint(1, 5), 60, 0.5):
        for number, port in enumerate(ports):
            connection = Connection(scene.lan, begin + number * SECOND // 50, desk, server, port)
            connection.client(payload.http_get(b"tiles")).server(payload.http_ok(payload.page(scene.random, 600)))
            connection.close()


def signalling(scene):
    """Two hosts of a telephone network keep associations of SCTP; one is taken down and comes back."""
    one, other = scene.member("mme"), scene.member("hss")
    for time in scene.times(scene.random.randint(5, 30), 20):
        tag = scene.random.getrandbits(32) or 1
        scene.lan.packet(time, one, other, wire.SCTP, wire.sctp_init(one.port(), 3868, tag))
        scene.lan.packet(time + SECOND // 1000, other, one, wire.SCTP,
                         wire.sctp(3868, one.next_port, tag, wire.SCTP_ABORT))


KINDS = {"forged-datagrams": forged_datagrams, "router-errors": router_errors, "page-of-tiles": page_of_tiles,
         "signalling": signalling}
