#!/usr/bin/python3
"""Two captures that follow one another and together fill every table of a store.

    stored.py FIRST SECOND

Documentation addresses (RFC 5737, RFC 3849). A connection goes on from the first to the second, an ICMP
error in the second quotes a packet of the first, and the first ends in the middle of a dialogue.
SPDX-License-Identifier: GPL-2.0-or-later
"""
import sys

import logins
import payload
import wire
from lan import MS, SECOND, Connection, Host, Lan, refused, unanswered

START = 1767607200 * SECOND
CUT = START + 60 * SECOND
GATEWAY = Host("gateway", "192.0.2.1", "02:00:c0:00:02:01")


def lan_of_all():
    lan = Lan(GATEWAY, seed=15)
    a, b = (Host(name, f"192.0.2.{n}", f"02:00:c0:00:02:{n:02x}") for name, n in (("a", 10), ("b", 11)))
    a6, b6 = (Host(h.name, f"2001:db8::{n}", h.mac.hex(":")) for h, n in ((a, 10), (b, 11)))
    far = Host("far", "198.51.100.20")
    everyone = Host("broadcast", "255.255.255.255", "ff:ff:ff:ff:ff:ff")
    lan.resolve(START, a, GATEWAY)
    lan.ask(START + SECOND, a, GATEWAY, 53, *payload.dns(7, "far.example", far.address))
    for kind in (2, 5):
        lan.datagram(START + 2 * SECOND + kind, GATEWAY, everyone, 67, 68, payload.dhcp(
            kind, 3, a.mac, GATEWAY.address, offered=a.address, router=GATEWAY.address))
    Connection(lan, START + 5 * SECOND, a, far, 80).client(payload.http_get(b"far.example")).server(
        payload.http_ok(b"<p>hello</p>")).close()
    Connection(lan, START + 8 * SECOND, a6, b6, 443).client(
        payload.tls_client_hello(lan.random, b"b.example")).close()
    logins.ftp(Connection(lan, START + 10 * SECOND, a, b, 21), True)
    for number in range(20):
        refused(lan, START + (20 + number) * SECOND, b, a, 2000 + number)
    unanswered(lan, START + 45 * SECOND, a, b, 8080)
    midstream = Connection(lan, START + 46 * SECOND, a, b, 9000)
    del lan.frames[-3:]
    midstream.client(b"word").server(b"word")
    lan.ping(START + 50 * SECOND, a, b)
    Connection(lan, START + 58 * SECOND, a, far, 9001).client(b"word").server(b"word").wait(5).client(
        b"more").server(b"more").close()
    lan.datagram(CUT - SECOND, a, far, 5000, 5001, b"anybody?")
    quoted = wire.ipv4(a.address, far.address, wire.UDP, wire.udp(
        a.address, far.address, 5000, 5001, b"anybody?"))
    lan.packet(CUT + SECOND, far, a, wire.ICMP, wire.icmp(3, 3, bytes(4), quoted[:28]))
    lan.datagram(CUT + 2 * SECOND, b, everyone, 4000, 4000, b"\xff\xff")
    lan.raw(CUT + 3 * SECOND + MS, wire.ethernet(b.mac, bytes.fromhex("0180c2000000"), 3, b"BB\x03" + bytes(35)))
    return lan


def main(first, second):
    frames = lan_of_all().in_order()
    wire.write_pcapng(first, [frame for frame in frames if frame[0] < CUT])
    wire.write_pcapng(second, [frame for frame in frames if frame[0] >= CUT])


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
