"""Floods: one host is buried in packets, from one other or from addresses that are made up.

SPDX-License-Identifier: GPL-2.0-or-later
"""
from functools import partial

import wire
from lan import MS, Host

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


def without_transport(scene, send, spoofed=False, inside=None):
    """What no program at the target can be for: a few thousand packets a second."""
    target = inside or scene.random.choice((scene.intranet, scene.mail, scene.files))
    attacker = inside and Host("attacker", f"{inside.text[:-1]}9", "02:66:00:00:00:09") or scene.desk()
    for time in scene.times(scene.random.randint(*PACKETS), 1 / RATES[""], 0.9):
        send(scene, time, scene.outside() if spoofed else attacker, target)
    if not spoofed:
        scene.suspect(attacker, "flood")
    scene.victim(target, "flood")


def first_fragment(scene, time, source, target):
    """The rest never comes (Rose, thc-ipv6's fragment attacks)."""
    kind, packet = wire.fragment(source.address, target.address, scene.random.choice((wire.UDP, wire.ICMP)),
                                 bytes(scene.random.choice((24, 64))), scene.random.getrandbits(32))
    scene.lan.raw(time, wire.ethernet(source.mac or scene.gateway.mac, target.mac, kind, packet))


def unknown_protocol(scene, time, source, target):
    """A number that nobody uses (hping3 --rawip --ipproto)."""
    scene.lan.packet(time, source, target, 253, bytes(64))


def fragments_6(scene):
    """The same over IPv6."""
    without_transport(scene, first_fragment, inside=Host("server", f"fd00:{scene.random.randrange(0x10000):x}::1",
                                                         "02:66:00:00:00:01"))


KINDS = {
    "fragment-flood": partial(without_transport, send=first_fragment),
    "fragment-flood-spoofed": partial(without_transport, send=first_fragment, spoofed=True),
    "fragment-flood-ipv6": fragments_6,
    "protocol-flood": partial(without_transport, send=unknown_protocol)} | {
    f"{transport}-flood{'-spoofed' * spoofed}{speed}": partial(
        flood, transport=transport, spoofed=spoofed, rate=rate)
    for transport in ("syn", "udp", "icmp") for spoofed in (False, True)
    for speed, rate in RATES.items()}
