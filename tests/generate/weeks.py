#!/usr/bin/python3
"""Two captures of one office, a week apart, for comparing the second with the first.

    weeks.py NORMAL LATER TRUTH     TRUTH: json

Desks browse and use a file server. In the second week some desks are gone; newcomers browse as all do, one
of them, "tunneller", also keeps a tunnel that nobody had; one desk has another address; another desk goes to
its neighbour by SSH.

SPDX-License-Identifier: GPL-2.0-or-later
"""
import json
import sys

import payload
import wire
from lan import SECOND, Connection, Host, Lan

START = 1767607200 * SECOND
WEEK = 7 * 86400 * SECOND
GATEWAY = Host("gateway", "10.60.0.1", "02:00:0a:3c:00:01")
FILES = Host("files", "10.60.0.2", "02:00:0a:3c:00:02")
DESKS = 20
TUNNEL = "198.51.100.50"


def desk(number, device=None):
    return Host(f"desk{number}", f"10.60.0.{number}", f"02:00:0a:3c:01:{device or number:02x}")


def outside(address):
    return Host("site", address)  # behind the gateway


def visit(lan, time, client, server, port, request, response):
    connection = Connection(lan, time, client, server, port)
    connection.client(request).server(response).close()


def day(lan, begin, desks):
    for i, host in enumerate(desks):
        time = begin + i * SECOND
        body = wire.arp(False, host.mac, host.address, bytes(6), GATEWAY.address)
        lan.raw(time, wire.ethernet(host.mac, wire.BROADCAST_MAC, wire.ETH_ARP, body))
        site = outside(f"203.0.113.{1 + i % 7}")
        visit(lan, time + SECOND // 10, host, site, 80, payload.http_get(b"site.example"),
              payload.http_ok(b"<p>hello</p>"))
        visit(lan, time + SECOND // 5, host, FILES, 8080, payload.http_get(b"files.example"),
              payload.http_ok(b"<p>files</p>"))


def tunnel(lan, begin, host):
    """WireGuard's handshake initiation, again and again, as its magic bytes are."""
    message = bytes([1, 0, 0, 0]) + bytes(range(144))
    for i in range(20):
        lan.datagram(begin + i * SECOND, host, outside(TUNNEL), 51820, 51820, message)


def main(normal_path, later_path, truth_path):
    desks = [desk(number) for number in range(10, 10 + DESKS)]
    normal = Lan(GATEWAY, seed=60)
    day(normal, START, desks)
    wire.write_pcapng(normal_path, normal.in_order())

    later = Lan(GATEWAY, seed=61)
    moved = desk(90, device=10)  # desk10's card
    newcomers = [desk(number) for number in range(60, 70)]
    tunneller = newcomers[4]
    day(later, START + WEEK, desks[1:15] + [moved] + newcomers)
    tunnel(later, START + WEEK + 40 * SECOND, tunneller)
    ssh = Connection(later, START + WEEK + 90 * SECOND, desks[2], desks[3], 22)
    ssh.server(b"SSH-2.0-OpenSSH_9.2\r\n").client(b"SSH-2.0-OpenSSH_9.2\r\n")
    ssh.server(bytes(200)).client(bytes(200)).close()
    wire.write_pcapng(later_path, later.in_order())

    with open(truth_path, "w", encoding="utf-8") as file:
        json.dump({"suspect": tunneller.text, "tunnel": TUNNEL, "moved": moved.text,
                   "newcomers": [host.text for host in newcomers], "unusual": desks[2].text}, file)


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(f"usage: {sys.argv[0]} NORMAL LATER TRUTH")
    main(*sys.argv[1:])
