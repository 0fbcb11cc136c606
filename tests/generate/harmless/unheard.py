"""Failures that say nothing about whom they seem to be of: answers without questions, no route, old habits.

SPDX-License-Identifier: GPL-2.0-or-later
"""
import struct

import payload
import wire
from attacks.tunnels import NO_SUCH_NAME
from harmless.watching import snmp
from lan import MS, SECOND, Host


def radius(code, ident):
    return struct.pack("!BBH", code, ident & 0xFF, 20) + bytes(16)


def answers_alone(scene):
    """Servers answer many clients whose questions take a way that is not captured: the time, names, logins
    and counters, from the port that they listen on, to the same port or to a high one."""
    clients = scene.neighbours(scene.random.randint(40, 120))
    server = scene.random.choice((scene.resolver, scene.files))
    kind = scene.random.choice(("ntp", "dns", "radius", "snmp"))
    port = {"ntp": 123, "dns": 53, "radius": 1812, "snmp": 161}[kind]
    same = kind != "snmp" and scene.random.random() < 0.6
    for turn in range(scene.random.randint(1, 4)):
        for n, client in enumerate(clients):
            time = scene.at(20 + turn * 64 + n * 0.1)
            scene.lan.datagram(time, server, client, port, port if same else client.port(), {
                "ntp": lambda: payload.ntp(True, time // SECOND),
                "dns": lambda: payload.dns(n + 1, f"{scene.word()}.example", failure=NO_SUCH_NAME)[1],
                "radius": lambda: radius(scene.random.choice((2, 3, 5)), n),
                "snmp": lambda: snmp(True, n + 1)}[kind]())


def no_route(scene):
    """A program asks a few dozen hosts of a network that a router has no route to, or may not forward to."""
    host, router = scene.desk(), scene.outside()
    code = scene.random.choice((0, 0, 9, 10, 13))
    targets = scene.random.sample(range(2, 254), scene.random.randint(12, 40))
    network = scene.outside().text.rsplit(".", 1)[0]
    gap = scene.random.choice((0.1, 1, 10))
    for last, time in zip(targets, scene.times(len(targets), gap)):
        target = Host("", f"{network}.{last}")
        sport, sequence = host.port(), scene.random.getrandbits(32)
        segment = wire.tcp(host.address, target.address, sport, 443, sequence, 0, wire.SYN)
        scene.lan.packet(time, host, target, wire.TCP, segment)
        quoted = wire.ipv4(host.address, target.address, wire.TCP, segment)
        scene.lan.packet(time + 20 * MS, router, host, wire.ICMP,
                         wire.icmp(3, code, bytes(4), quoted[:28]))


def old_peers(scene):
    """An application asks peers that are gone, the same ones for minutes, from one port or from many."""
    host, port = scene.desk(), scene.random.choice((5005, 27015, 4789, 1900, 47808))
    peers = scene.neighbours(scene.random.randint(12, 40))
    same, pause = scene.random.random() < 0.5, scene.random.choice((10, 15, 20))
    for time in scene.times(scene.random.randint(8, 12), pause, 0.1):
        for n, peer in enumerate(peers):
            scene.lan.datagram(time + n * 20 * MS, host, peer, 40000 if same else host.port(), port,
                               b"are you there?")


KINDS = {"answers-alone": answers_alone, "no-route": no_route, "old-peers": old_peers}
