"""Floods: one host is buried in packets, from one other or from addresses that are made up.

SPDX-License-Identifier: GPL-2.0-or-later
"""
from functools import partial

import wire
from lan import MS

PACKETS = (2000, 4000)
RATES = {"": 3000, "-slow": 100}  # packets a second


def flood(scene, transport, spoofed, rate):
    """At first the target still answers some."""
    target = scene.random.choice((scene.intranet, scene.mail, scene.files))
    attacker = scene.random.choice((scene.desk(), scene.outside()))
    send = {"syn": syn, "udp": udp, "icmp": icmp}[transport](scene, target)
    answered = scene.random.uniform(0, 0.5)
    for n, time in enumerate(scene.times(scene.random.randint(*PACKETS), 1 / rate, 0.9)):
        source = scene.outside() if spoofed else attacker
        send(time, source, n < 300 and scene.random.random() < answered)
    if not spoofed:
        scene.suspect(attacker, "flood")
    scene.victim(target, "flood")


def syn(scene, target):
    port = scene.random.choice((80, 443, 25, 445))

    def send(time, source, answer):
        sport, sequence = scene.random.randrange(1024, 65536), scene.random.getrandbits(32)
        scene.lan.packet(time, source, target, wire.TCP, wire.tcp(
            source.address, target.address, sport, port, sequence, 0, wire.SYN))
        if answer:
            scene.lan.packet(time + MS, target, source, wire.TCP, wire.tcp(
                target.address, source.address, port, sport, 7, sequence + 1, wire.SYN | wire.ACK))
    return send


def udp(scene, target):
    size = scene.random.choice((64, 512, 1400))
    port = scene.random.choice((None, 53, 80, 27015))
    data = scene.random.randbytes(size)

    def send(time, source, _):
        scene.lan.datagram(time, source, target, scene.random.randrange(1024, 65536),
                           port or scene.random.randrange(1024, 65536), data)
    return send


def icmp(scene, target):
    data = bytes(scene.random.choice((56, 1000, 1400)))

    def send(time, source, answer):
        ident = scene.random.getrandbits(16)
        scene.lan.packet(time, source, target, wire.ICMP, wire.echo(False, ident, 1, data))
        if answer:
            scene.lan.packet(time + MS, target, source, wire.ICMP, wire.echo(True, ident, 1, data))
    return send


KINDS = {
    f"{transport}-flood{'-spoofed' * spoofed}{speed}": partial(
        flood, transport=transport, spoofed=spoofed, rate=rate)
    for transport in ("syn", "udp", "icmp") for spoofed in (False, True)
    for speed, rate in RATES.items()}
