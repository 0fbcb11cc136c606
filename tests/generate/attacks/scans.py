"""Who looks for open ports and for hosts, at several speeds.

SPDX-License-Identifier: GPL-2.0-or-later
"""
from functools import partial

import payload
import wire
from lan import SECOND, Connection, Host, refused, unanswered
from scene import mac_text

# Name: (seconds between probes, fewest and most probes)
SPEEDS = {"fast": (0.01, 60, 300), "1s": (1, 50, 150), "15s": (15, 50, 120), "60s": (60, 40, 90),
          "5min": (300, 30, 50)}
COMMON = (21, 22, 23, 25, 53, 80, 110, 111, 135, 139, 143, 443, 445, 993, 995, 1433, 1521, 1723, 3306,
          3389, 5432, 5900, 6379, 8080, 8443, 9200)


def port_scan(scene, speed):
    """SYNs to ports of one host; closed ones refuse or are silent, a few are open."""
    gap, least, most = SPEEDS[speed]
    attacker = scene.desk()
    target = scene.random.choice((scene.desk(), scene.files, scene.intranet, scene.inside()))
    silent = scene.random.choice((0, 0.5, 1))
    count = scene.random.randint(least, most)
    rest = [port for port in range(1, 10000) if port not in COMMON]
    ports = (list(COMMON) + scene.random.sample(rest, max(count - len(COMMON), 0)))[:count]
    scene.random.shuffle(ports)
    opened = set(scene.random.sample(ports, scene.random.randint(0, 3)))
    for time, port in zip(scene.times(count, gap), ports):
        if port in opened:
            half_open(scene.lan, time, attacker, target, port)
        elif scene.random.random() < silent:
            unanswered(scene.lan, time, attacker, target, port)
        else:
            refused(scene.lan, time, attacker, target, port)
    scene.suspect(attacker, "port-scan")
    scene.victim(target)


def half_open(lan, time, client, server, port):
    """An open port is answered; the scanner hangs up."""
    connection = Connection(lan, time, client, server, port)
    connection._send(0, wire.RST)


def targets_of(scene, count, outside):
    if outside:
        return [scene.outside() for _ in range(count)]
    return scene.neighbours(min(count, 250))


def address_scan(scene, transport, speed):
    """One port, or pings, of many addresses; few of them are there."""
    gap, least, most = SPEEDS[speed]
    attacker = scene.desk()
    outside = scene.random.random() < 0.4
    targets = targets_of(scene, scene.random.randint(least, most), outside)
    alive = scene.random.uniform(0, 0.2)
    probe = {"syn": syn_probe, "udp": udp_probe, "icmp": ping_probe}[transport](scene)
    for time, target in zip(scene.times(len(targets), gap), targets):
        probe(time, attacker, target, scene.random.random() < alive)
    scene.suspect(attacker, "address-scan")


def syn_probe(scene):
    port = scene.random.choice((22, 23, 80, 443, 445, 1433, 3389, 5900, 6379, 8080))
    refusing = scene.random.choice((0, 0, 0.2))

    def probe(time, attacker, target, alive):
        if alive:
            half_open(scene.lan, time, attacker, target, port)
        elif scene.random.random() < refusing:
            refused(scene.lan, time, attacker, target, port)
        else:
            unanswered(scene.lan, time, attacker, target, port)
    return probe


def udp_probe(scene):
    """An empty datagram, a question, or a made-up one; a host that is there may say that nobody
    listens."""
    port = scene.random.choice((53, 123, 161, 389, 5060, 11211))
    data = scene.random.choice((b"", b"\x00" * 8, scene.random.randbytes(30)))

    def probe(time, attacker, target, alive):
        sport = attacker.port()
        scene.lan.datagram(time, attacker, target, sport, port, data)
        if alive:
            question = wire.ipv4(attacker.address, target.address, wire.UDP, wire.udp(
                attacker.address, target.address, sport, port, data))
            scene.lan.packet(time + SECOND // 100, target, attacker, wire.ICMP,
                             payload.unreachable(question))
    return probe


def ping_probe(scene):
    data = scene.random.choice((b"", bytes(32), bytes(range(56))))
    ident = scene.random.getrandbits(16)

    def probe(time, attacker, target, alive):
        scene.lan.packet(time, attacker, target, wire.ICMP, wire.echo(False, ident, 1, data))
        if alive:
            scene.lan.packet(time + SECOND // 100, target, attacker, wire.ICMP,
                             wire.echo(True, ident, 1, data))
    return probe


def arp_sweep(scene, gap):
    """Every address of the office is asked for; those who are there answer."""
    attacker = scene.desk()
    there = {host.text: host for host in [scene.gateway, scene.files, scene.mail, *scene.desks]
             if host is not attacker}
    wanted = scene.absent(scene.random.randint(60, 180)) + list(there)
    scene.random.shuffle(wanted)
    for time, address in zip(scene.times(len(wanted), gap), wanted):
        if address in there:
            scene.lan.resolve(time, attacker, there[address])
        else:
            scene.lan.raw(time, wire.ethernet(
                attacker.mac, wire.BROADCAST_MAC, wire.ETH_ARP, wire.arp(
                    False, attacker.mac, attacker.address, bytes(6), Host("", address).address)))
    scene.suspect((attacker, mac_text(attacker)), "arp-sweep", "address-scan")


KINDS = {
    **{f"port-scan-{speed}": partial(port_scan, speed=speed) for speed in SPEEDS},
    **{f"{transport}-scan-{speed}": partial(address_scan, transport=transport, speed=speed)
       for transport in ("syn", "udp", "icmp") for speed in SPEEDS},
    "arp-sweep-fast": partial(arp_sweep, gap=0.02),
    "arp-sweep-2s": partial(arp_sweep, gap=2),
    "arp-sweep-15s": partial(arp_sweep, gap=15),
}
