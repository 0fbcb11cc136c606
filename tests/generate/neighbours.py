#!/usr/bin/python3
"""Small captures of what goes on between neighbours on one link: ARP and DHCP.

    neighbours.py KIND CAPTURE TRUTH     KIND is one of those below; TRUTH: json

SPDX-License-Identifier: GPL-2.0-or-later
"""
import json
import sys

import payload
import wire
from lan import SECOND, Connection, Host, Lan

START = 1767607200 * SECOND
GATEWAY = Host("gateway", "10.40.0.1", "02:00:0a:28:00:01")
CLIENT = Host("client", "10.40.0.10", "02:00:0a:28:00:0a")
OTHER = Host("other", "10.40.0.66", "02:00:0a:28:00:42")
SITE = Host("site", "192.0.2.80", "02:00:0a:28:00:01")  # behind the gateway


def arp(lan, time, sender, as_address, target, about, reply=False):
    """A frame of `sender`, which says it is `as_address`; a question goes to everybody."""
    mac = target.mac if reply else wire.BROADCAST_MAC
    body = wire.arp(reply, sender.mac, wire.ip(as_address), target.mac if reply else bytes(6),
                    wire.ip(about))
    lan.raw(time, wire.ethernet(sender.mac, mac, wire.ETH_ARP, body))


def visit(lan, time, site):
    connection = Connection(lan, time, CLIENT, site, 80)
    connection.client(payload.http_get(b"site.example"))
    connection.server(payload.http_ok(b"<p>hello</p>")).close()


def usual(lan):
    """A client finds its gateway and visits a site."""
    arp(lan, START, CLIENT, "10.40.0.10", GATEWAY, "10.40.0.1")
    arp(lan, START + SECOND // 100, GATEWAY, "10.40.0.1", CLIENT, "10.40.0.10", reply=True)
    visit(lan, START + SECOND, SITE)


def sweep(lan):
    """One host asks for every address of the network; three answer."""
    usual(lan)
    begin = START + 20 * SECOND
    for i in range(100, 160):
        arp(lan, begin + i * SECOND // 10, OTHER, "10.40.0.66", GATEWAY, f"10.40.0.{i}")
    for i in (100, 130, 159):
        somebody = Host("somebody", f"10.40.0.{i}", f"02:00:0a:28:00:{i:02x}")
        arp(lan, begin + i * SECOND // 10 + 1000, somebody, f"10.40.0.{i}", OTHER, "10.40.0.66",
            reply=True)
    return {"suspects": {"02:00:0a:28:00:42": "arp-sweep"}, "measured": 57,
            "packets": "arp && eth.src == 02:00:0a:28:00:42"}


def poison(lan):
    """One host tells the client that it is the gateway, and the gateway that it is the client,
    every two seconds, and passes on what comes."""
    usual(lan)
    for i in range(10):
        arp(lan, START + (20 + 2 * i) * SECOND, OTHER, "10.40.0.1", CLIENT, "10.40.0.10", reply=True)
        arp(lan, START + (20 + 2 * i) * SECOND + 1000, OTHER, "10.40.0.10", GATEWAY, "10.40.0.1",
            reply=True)
    through = Host("site", "192.0.2.80", "02:00:0a:28:00:42")
    visit(lan, START + 30 * SECOND, through)
    return {"suspects": {"02:00:0a:28:00:42": "arp-spoof"}, "measured": 2,
            "packets": "arp && eth.src == 02:00:0a:28:00:42"}


def dhcp(lan, time, server, router, kinds=(2, 5)):
    """A lease from one server; `router` is what it says the way out is."""
    everyone = Host("broadcast", "255.255.255.255", "ff:ff:ff:ff:ff:ff")
    for i, kind in enumerate(kinds):
        message = payload.dhcp(kind, 0x1234, CLIENT.mac, server.address, offered=CLIENT.address,
                               router=router.address)
        lan.packet(time + i * SECOND // 10, server, everyone, wire.UDP,
                   wire.udp(server.address, everyone.address, 67, 68, message))


def rogue(lan):
    """A second server is faster, and says that it is the gateway."""
    usual(lan)
    dhcp(lan, START + 30 * SECOND, OTHER, OTHER)
    dhcp(lan, START + 31 * SECOND, GATEWAY, GATEWAY, kinds=(2,))
    return {"suspects": {"10.40.0.66": "rogue-dhcp"}, "measured": 2,
            "packets": "dhcp && ip.src == 10.40.0.66"}


def standby(lan):
    """A standby router announces the gateway's address and takes over: nobody is to blame."""
    usual(lan)
    arp(lan, START + 30 * SECOND, OTHER, "10.40.0.66", CLIENT, "10.40.0.10")
    arp(lan, START + 60 * SECOND, OTHER, "10.40.0.1", OTHER, "10.40.0.1")
    dhcp(lan, START + 65 * SECOND, GATEWAY, GATEWAY)
    through = Host("site", "192.0.2.80", "02:00:0a:28:00:42")
    visit(lan, START + 70 * SECOND, through)
    return {"suspects": {}}


KINDS = {kind.__name__: kind for kind in (sweep, poison, rogue, standby)}

if __name__ == "__main__":
    if len(sys.argv) != 4 or sys.argv[1] not in KINDS:
        sys.exit(f"usage: {sys.argv[0]} KIND CAPTURE TRUTH; kinds: {' '.join(KINDS)}")
    network = Lan(GATEWAY, seed=41)
    truth = KINDS[sys.argv[1]](network)
    wire.write_pcapng(sys.argv[2], network.in_order())
    with open(sys.argv[3], "w", encoding="utf-8") as file:
        json.dump(truth, file)
