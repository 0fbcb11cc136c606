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


def refuse_datagram(lan, time, scanner, target, sport, port, data=b""):
    """The ICMP error that quotes a datagram; who sent that, does not matter."""
    asked = wire.ipv4(scanner.address, target.address, wire.UDP, wire.udp(
        scanner.address, target.address, sport, port, data))
    lan.packet(time, target, scanner, wire.ICMP, payload.unreachable(asked))


def udp_port_scan(scene, seen):
    """Closed ports answer with ICMP errors, of which a host sends one a second (icmp_ratelimit of Linux); if not
    `seen`, only these are captured, since what the scanner sends comes another way."""
    target = scene.random.choice((scene.files, scene.intranet, scene.desk()))
    scanner = scene.desk() if seen else scene.outside()
    sport = scanner.port()
    ports = scene.random.sample(range(1, 20000), scene.random.randint(40, 120))
    for time, port in zip(scene.times(len(ports), scene.random.choice((1, 2))), ports):
        if seen:
            scene.lan.datagram(time, scanner, target, sport, port, b"")
        if scene.random.random() < 0.9:
            refuse_datagram(scene.lan, time + SECOND // 1000, scanner, target, sport, port)
    scene.suspect(scanner, "port-scan")
    scene.victim(target)


def protocol_scan(scene, seen):
    """A header of each IP protocol without more (nmap -sO); what the target does not speak it says."""
    target = scene.random.choice((scene.files, scene.intranet))
    scanner = scene.desk() if seen else scene.outside()
    numbers = [number for number in range(3, 256) if number not in (6, 17, 41, 47, 58, 132)]
    scene.random.shuffle(numbers)
    for time, number in zip(scene.times(scene.random.randint(60, len(numbers)), 1), numbers):
        if seen:
            scene.lan.packet(time, scanner, target, number, b"")
        if scene.random.random() < 0.9:
            asked = wire.ipv4(scanner.address, target.address, number, b"")
            scene.lan.packet(time + SECOND // 1000, target, scanner, wire.ICMP, wire.icmp(3, 2, bytes(4), asked))
    scene.suspect(scanner, "port-scan")
    scene.victim(target)


def sctp_port_scan(scene):
    """INITs (nmap -sY): ABORT from a closed port, INIT ACK from an open one, at which the scanner aborts."""
    attacker, target = scene.desk(), scene.random.choice((scene.files, scene.intranet))
    ports = scene.random.sample(range(1, 10000), scene.random.randint(40, 60))
    for time, port in zip(scene.times(len(ports), scene.random.choice((0.05, 1))), ports):
        sctp_probe(scene, time, attacker, target, port, scene.random.random() < 0.05)
    scene.suspect(attacker, "port-scan")
    scene.victim(target)


def sctp_probe(scene, time, attacker, target, port, opened):
    sport, tag = attacker.port(), scene.random.getrandbits(32) or 1
    scene.lan.packet(time, attacker, target, wire.SCTP, wire.sctp_init(sport, port, tag))
    if opened:
        scene.lan.packet(time + SECOND // 1000, target, attacker, wire.SCTP, wire.sctp_init(port, sport, 9, tag))
    scene.lan.packet(time + SECOND // 500, *((attacker, target) if opened else (target, attacker)), wire.SCTP,
                     wire.sctp(*((sport, port, 9) if opened else (port, sport, tag)), wire.SCTP_ABORT))


def sctp_address_scan(scene):
    """INITs to one port of many addresses; few are there."""
    attacker, port = scene.desk(), scene.random.choice((2905, 3868, 36412))
    targets = scene.neighbours(scene.random.randint(50, 120))
    for time, target in zip(scene.times(len(targets), 0.2), targets):
        if scene.random.random() < 0.1:
            sctp_probe(scene, time, attacker, target, port, False)
        else:
            scene.lan.packet(time, attacker, target, wire.SCTP,
                             wire.sctp_init(attacker.port(), port, scene.random.getrandbits(32) or 1))
    scene.suspect(attacker, "address-scan")


# Ports, what the client says first, and what the server says.
GREETINGS = {
    (21, 2121): (b"", b"220 FTP ready\r\n"), (22, 2222): (b"", b"SSH-2.0-OpenSSH_9.2p1\r\n"),
    (25, 587): (b"", b"220 mail.office.example ESMTP\r\n"), (110,): (b"", b"+OK POP3 ready\r\n"),
    (143,): (b"", b"* OK IMAP4rev1 ready\r\n"), (119,): (b"", b"200 news.example NNTP ready\r\n"),
    (80, 8000, 8080, 8081, 8888, 9200, 3000, 5000): (payload.http_get(b"10.0.0.1"), payload.http_ok(b"hello")),
    (5900, 5901): (b"", b"RFB 003.008\n"), (6379,): (b"PING\r\n", b"+PONG\r\n"),
    (3306,): (b"", b"\x27\0\0\0\x0a8.0.30\0" + b"\7\0\0\0saltsalt\0\xff\xf7\x21\2\0" + bytes(13)),
}


def banner_grab(scene):
    """What has too many open ports is asked what it is: connect, read the greeting, go on. A second time where nothing
    was said."""
    attacker, target = scene.desk(), scene.random.choice((scene.files, scene.intranet, scene.inside()))
    services = [(port, *said) for ports, said in GREETINGS.items() for port in ports]
    scene.random.shuffle(services)
    for time, (port, first, greeting) in zip(scene.times(len(services), scene.random.choice((0.2, 2, 8))), services):
        connection = Connection(scene.lan, time, attacker, target, port)
        if first:
            connection.client(first)
        connection.server(greeting).close()
    scene.suspect(attacker, "port-scan")
    scene.victim(target)


KINDS = {
    "udp-port-scan": partial(udp_port_scan, seen=True), "udp-port-scan-errors": partial(udp_port_scan, seen=False),
    "protocol-scan": partial(protocol_scan, seen=True), "protocol-scan-errors": partial(protocol_scan, seen=False),
    "sctp-port-scan": sctp_port_scan, "sctp-address-scan": sctp_address_scan, "banner-grab": banner_grab,
    **{f"port-scan-{speed}": partial(port_scan, speed=speed) for speed in SPEEDS},
    **{f"{transport}-scan-{speed}": partial(address_scan, transport=transport, speed=speed)
       for transport in ("syn", "udp", "icmp") for speed in SPEEDS},
    "arp-sweep-fast": partial(arp_sweep, gap=0.02),
    "arp-sweep-2s": partial(arp_sweep, gap=2),
    "arp-sweep-15s": partial(arp_sweep, gap=15),
}
