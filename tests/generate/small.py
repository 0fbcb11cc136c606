#!/usr/bin/python3
"""Small captures that each hold one thing.

    small.py KIND CAPTURE      KIND is one of those below; `small.py` alone lists them

SPDX-License-Identifier: GPL-2.0-or-later
"""
import sys

import payload
import wire
from lan import MS, SECOND, Connection, Host, Lan, refused

START = 1767607200 * SECOND
VXLAN = b"\x08\0\0\0\0\0\x01\0"  # RFC 7348: flags and a network
GATEWAY = Host("gateway", "10.40.0.1", "02:00:0a:28:00:01")


def pair(six=False):
    if six:
        return (Host("a", "fd00:40::a", "02:00:0a:28:00:0a"),
                Host("b", "fd00:40::b", "02:00:0a:28:00:0b"))
    return (Host("a", "10.40.0.10", "02:00:0a:28:00:0a"),
            Host("b", "10.40.0.11", "02:00:0a:28:00:0b"))


def exchange(lan, client, server, time=START):
    connection = Connection(lan, time, client, server, 80)
    connection.client(payload.http_get(b"b.example"))
    return connection.server(payload.http_ok(b"<p>hello</p>")).close()


def one_way(lan):
    """Only what the client sends was captured."""
    client, server = pair()
    exchange(lan, client, server)
    lan.frames = [entry for entry in lan.frames if entry[2][6:12] == client.mac]


def mid_stream(lan):
    """The connection had begun before the capture did."""
    client, server = pair()
    exchange(lan, client, server)
    lan.frames = lan.frames[3:]


def ipv6(lan):
    """A connection and a neighbour solicitation."""
    client, server = pair(six=True)
    group = Host("solicited node", "ff02::1:ff00:b")
    lan.packet(START, client, group, wire.ICMPV6, wire.icmpv6(
        client.address, group.address, 135, 0, bytes(4),
        server.address + b"\x01\x01" + client.mac))
    exchange(lan, client, server, START + SECOND)


def multicast(lan):
    """Multicast, broadcast and unspecified addresses, and never an answer."""
    client, _ = pair()
    group = Host("mdns", "224.0.0.251")
    everyone = Host("broadcast", "255.255.255.255", "ff:ff:ff:ff:ff:ff")
    nobody = Host("unspecified", "0.0.0.0", "02:00:0a:28:00:0a")
    for number in range(5):
        time = START + number * SECOND
        lan.datagram(time, client, group, 5353, 5353, payload.mdns("_ipp._tcp.local"))
        lan.datagram(time + 1, nobody, everyone, 68, 67, payload.dhcp(
            1, number + 1, client.mac, bytes(4)))


def vlan(lan):
    """The same pair of addresses in two 802.1Q networks."""
    exchange(lan, *pair())
    count = len(lan.frames)
    exchange(lan, *pair(), START + SECOND)
    lan.frames = [(time, order, tagged(frame, 100 if order < count else 101))
                  for time, order, frame in lan.frames]


def tagged(frame, number):
    return frame[:12] + b"\x81\x00" + number.to_bytes(2, "big") + frame[12:]


def same_time(lan):
    """Frames that share one time stamp: only their order tells what came first."""
    hosts = [Host(f"h{n}", f"10.40.0.{n}", f"02:00:0a:28:00:{n:02x}") for n in range(10, 14)]
    for source, target in ((1, 2), (0, 1), (2, 3), (1, 2)):
        lan.datagram(START, hosts[source], hosts[target], 40000, 40001, b"\xff" * 20)


def refusals(lan):
    """14 refused ports: one fewer than make a port scan."""
    client, server = pair()
    for number in range(14):
        refused(lan, START + number * SECOND, client, server, 2000 + number)


def hellos(lan):
    """TLS ClientHellos in one segment and in several, over IPv6, tagged, sent twice, without a name."""
    for number, six in enumerate((False, False, True, True)):
        ends = pair(six)
        connection = Connection(lan, START + number * SECOND, *ends, 443)
        connection.segment = (1460, 90)[number % 2]
        connection.client(payload.tls_client_hello(lan.random, b"w%d.example" % number))
        connection.server(payload.tls_server_hello(lan.random)).close()
    hello = next(entry for entry in lan.frames if b"w0.example" in entry[2])
    lan.frames.append((START + 10 * SECOND, len(lan.frames), hello[2]))
    late = Connection(lan, START + 11 * SECOND, *pair(), 25)  # after words in clear (RFC 3207)
    late.server(b"220 b\r\n").client(b"STARTTLS\r\n").server(b"220 go\r\n")
    late.client(payload.tls_client_hello(lan.random, b"mail.example")).close()
    Connection(lan, START + 12 * SECOND, *pair(), 443).client(
        payload.tls_client_hello(lan.random, b"")).close()
    count = len(lan.frames)
    Connection(lan, START + 13 * SECOND, *pair(), 443).client(
        payload.tls_client_hello(lan.random, b"tagged.example")).close()
    lan.frames = [(time, order, tagged(frame, 100) if order >= count else frame)
                  for time, order, frame in lan.frames]


def requests(lan):
    """HTTP requests that tell their host in as many ways as there are, plain ones and others."""
    odd = [b"GET / HTTP/1.1\r\nHost: folded.example\r\nX: a\r\n b\r\n\r\n",
           b"GET / HTTP/1.1\r\nhOST:w1.example\r\n\r\n",
           b"GET / HTTP/1.1\r\nHost:   spaced.example  \r\n\r\n",
           b"GET / HTTP/1.1\r\nHost: first.example\r\nHost: second.example\r\n\r\n",
           b"GET http://proxied.example/ HTTP/1.1\r\nHost: proxied.example\r\n\r\n",
           b"GET / HTTP/1.0\r\n\r\n",
           b"GET / HTTP/1.1\r\nHost: port.example:8080\r\n\r\n",
           b"GET / HTTP/1.1\r\nHost: 10.40.0.11\r\n\r\n",
           b"GET /\xc3\xbc HTTP/1.1\r\nHost: m\xc3\xbcller.example\r\n\r\n",
           b"GET / HTTP/1.1\nHost: unix.example\n\n",
           b"OPTIONS * HTTP/1.1\r\nHost: star.example\r\n\r\n",
           b"GET /login?user=anna&password=s3cret HTTP/1.1\r\nHost: login.example\r\n\r\n",
           b"GET / HTTP/1.1\r\nHost: basic.example\r\nAuthorization: Basic Ym9iOmh1bnRlcjI=\r\n\r\n",
           b"POST / HTTP/1.1\r\nHost: post.example\r\nContent-Length: 3\r\n\r\na=b",
           payload.http_get(b"piped.example") + payload.http_get(b"next.example")]
    for number, request in enumerate(odd):
        for segment, six in ((1460, False), (25, True)):
            ends = pair(six)
            connection = Connection(lan, START + (2 * number + six) * SECOND, *ends, 80)
            connection.segment = segment
            connection.client(request).server(payload.http_ok(b"<p>hello</p>")).close()
    # A request within another's content, at the begin of a segment.
    inner = payload.http_get(b"inner.example")
    head = b"POST / HTTP/1.1\r\nHost: outer.example\r\nContent-Length: %d\r\n\r\n" % len(inner)
    Connection(lan, START + 90 * SECOND, *pair(), 80).client(head).client(inner).close()
    Connection(lan, START + 91 * SECOND, *pair(), 8080).client(
        payload.http_get(b"other-port.example")).close()
    count = len(lan.frames)
    Connection(lan, START + 92 * SECOND, *pair(), 80).client(
        payload.http_get(b"tagged.example")).close()
    lan.frames = [(time, order, tagged(frame, 100) if order >= count else frame)
                  for time, order, frame in lan.frames]


def arp_frame(sender, target, reply):
    return wire.ethernet(sender.mac, target.mac if reply else wire.BROADCAST_MAC, wire.ETH_ARP,
                         wire.arp(reply, sender.mac, sender.address,
                                  target.mac if reply else bytes(6), target.address))


def arp(lan):
    """Questions and answers of ARP: bare, tagged once and twice, and within a tunnel."""
    client, server = pair()
    messages = [arp_frame(sender, target, reply) for sender, target, reply in (
        (client, server, False), (server, client, True), (client, GATEWAY, False))]
    for number, frame in enumerate(messages):
        time = START + number * SECOND
        for tags in range(3):
            lan.raw(time + tags * MS, frame)
            frame = tagged(frame, 100 + tags)
        other = Host("inner", f"10.41.0.{number + 1}", f"02:00:0a:29:00:0{number + 1}")
        for late, inner in enumerate((arp_frame(other, server, number == 1), messages[number])):
            lan.datagram(time + (5 + late) * MS, client, server, 50000, 4789, VXLAN + inner)


def ping_sweep(lan):
    """30 addresses pinged in a row, of which 7 are there."""
    client, _ = pair()
    for number in range(30):
        time = START + number * 20 * MS
        target = Host("target", f"10.40.0.{20 + number}", f"02:00:0a:28:00:{20 + number:02x}")
        lan.packet(time, client, target, wire.ICMP, wire.echo(False, number, 0, b""))
        if number % 4 == 3:
            lan.packet(time + MS, target, client, wire.ICMP, wire.echo(True, number, 0, b""))


KINDS = {function.__name__.replace("_", "-"): function for function in (
    one_way, mid_stream, ipv6, multicast, vlan, same_time, refusals, hellos, requests, arp,
    ping_sweep)}


def main(kind, path):
    lan = Lan(GATEWAY, seed=40)
    KINDS[kind](lan)
    wire.write_pcapng(path, lan.in_order())


if __name__ == "__main__":
    if len(sys.argv) != 3 or sys.argv[1] not in KINDS:
        sys.exit(__doc__ + "\n".join(f"{name:12} {kind.__doc__.splitlines()[0]}"
                                     for name, kind in KINDS.items()))
    main(*sys.argv[1:])
