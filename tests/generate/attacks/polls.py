"""Who asks for orders without a connection: DNS queries for one name, pings.

As documented of Cobalt Strike's DNS beacon in its TXT mode, of DNSMessenger and of ICMP back doors (MITRE ATT&CK
T1071.004, T1095): the question stays the same, or nearly, and what comes back is an order, or none.
SPDX-License-Identifier: GPL-2.0-or-later
"""
from functools import partial

import payload
import wire
from lan import Host


def moments(scene, percent):
    return scene.times(scene.random.randint(35, 90), 8 * 20 ** scene.random.random(), percent / 100,
                       scene.random.uniform(25, 60))


def txt(text):
    return bytes([len(text)]) + text


def dns_polls(scene, percent, kind=16):
    """Now and then another order; some tools number each answer."""
    infected = scene.desk()
    name = f"{scene.word()}{scene.random.randrange(100)}.{scene.word()}-cdn.net"
    numbered = scene.random.random() < 0.5
    for number, time in enumerate(moments(scene, percent)):
        order = scene.random.randbytes(12).hex() if scene.random.random() < 0.35 else "idle"
        text = f"{number}:{order}".encode() if numbered else order.encode()
        data = txt(text) if kind == 16 else text if kind == 10 else payload.dns_name(f"{order}.{name}")
        question, answer = payload.dns(scene.random.getrandbits(16), name, data, kind)
        scene.lan.ask(time, infected, scene.resolver, 53, question, answer)
    scene.suspect(infected, "beacon", "dns-tunnel")


def pings(scene, percent, ipv6=False):
    """A small state in the request, an order or none in the reply."""
    infected, home = scene.desk(), scene.outside()
    if ipv6:
        mac = ":".join(f"{byte:02x}" for byte in infected.mac)
        infected, desk = Host("desk", f"fd00::{scene.random.randrange(2, 250):x}", mac), infected
        home = Host("", f"2a01:db8::{scene.random.randrange(2, 999):x}")
    size, ident = scene.random.choice((40, 48, 56)), scene.random.getrandbits(16)
    for number, time in enumerate(moments(scene, percent)):
        for reply in (False, True):
            data = scene.random.randbytes(size)
            source, target = (home, infected) if reply else (infected, home)
            if ipv6:
                message = wire.icmpv6(source.address, target.address, 129 if reply else 128, 0,
                                      ident.to_bytes(2, "big") + number.to_bytes(2, "big"), data)
                scene.lan.packet(time, source, target, wire.ICMPV6, message)
            else:
                scene.lan.packet(time, source, target, wire.ICMP, wire.echo(reply, ident, number, data))
            time += scene.lan.between(0.01, 0.05)
    scene.suspect((infected, desk) if ipv6 else infected, "beacon", "icmp-tunnel")


KINDS = {**{f"dns-polls-{percent}": partial(dns_polls, percent=percent) for percent in (0, 20)},
         "dns-polls-null": partial(dns_polls, percent=10, kind=10),
         "dns-polls-cname": partial(dns_polls, percent=10, kind=5),
         **{f"ping-polls-{percent}": partial(pings, percent=percent) for percent in (0, 20)},
         "ping-polls-ipv6": partial(pings, percent=10, ipv6=True)}
