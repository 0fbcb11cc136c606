#!/usr/bin/python3
"""A campus of sixteen machines, one of which uploads far too much, and what tells which network it is.

    campus.py KIND CAPTURE [NETWORK]     KIND is one of those below; NETWORK: the first three octets of the
                                         campus (192.0.2), or, where it has a colon, an IPv6 /64

Machine 7 sends 24 MiB to a server outside; the others browse. The gateway is .1.
SPDX-License-Identifier: GPL-2.0-or-later
"""
import sys

import payload
import wire
from lan import MS, SECOND, Connection, Host, Lan

START = 1767607200 * SECOND
UPLOAD = 24 << 20
SITES = ("198.51.100", "2001:db8:5117::")
DROP = ("203.0.113.90", "2001:db8:d209::90")


class Campus:
    def __init__(self, network):
        self.network = network
        self.six = ":" in network
        self.gateway = self.machine(1)
        self.machines = [self.machine(n) for n in (7, *range(20, 35))]
        self.lan = Lan(self.gateway, 7)
        self.time = START

    def machine(self, n):
        text = f"{self.network}{n:x}" if self.six else f"{self.network}.{n}"
        return Host(str(n), text, f"02:00:00:00:00:{n:02x}")

    def outside(self, n):
        return Host("site", f"{SITES[1]}{n:x}" if self.six else f"{SITES[0]}.{n}")

    def browse(self):
        """Also through the gateway: everything that happens but for what tells the network."""
        drop = Host("drop", DROP[self.six])
        for n, machine in enumerate(self.machines):
            for k in range(3):
                connection = Connection(self.lan, self.time + (n + 16 * k) * SECOND, machine,
                                        self.outside(16 + (n * 7 + k * 5) % 40), 443)
                connection.client(b"\x17\x03\x03\x01\x00" + bytes(256))
                connection.server(b"\x17\x03\x03\x04\x00" + bytes(1024)).close()
        upload = Connection(self.lan, self.time + 3 * SECOND, self.machines[0], drop, 443)
        upload.segment = 60000
        upload.client(b"\x17\x03\x03\x40\x00" + bytes(UPLOAD)).close()

    def solicit(self, asker, owner, answered=True):
        """Neighbour solicitation and advertisement (RFC 4861)."""
        group = Host("solicited node", "ff02::1:ff00:0")
        group.address = group.address[:13] + owner.address[13:]
        hops, lan = 255, self.lan
        lan.raw(self.time, wire.ethernet(asker.mac, lan.mac_for(group), wire.ETH_IPV6, wire.ipv6(
            asker.address, group.address, wire.ICMPV6, wire.icmpv6(
                asker.address, group.address, 135, 0, bytes(4),
                owner.address + b"\x01\x01" + asker.mac), hops)))
        if answered:
            lan.raw(self.time + MS, wire.ethernet(owner.mac, asker.mac, wire.ETH_IPV6, wire.ipv6(
                owner.address, asker.address, wire.ICMPV6, wire.icmpv6(
                    owner.address, asker.address, 136, 0, b"\x60\0\0\0",
                    owner.address + b"\x02\x01" + owner.mac), hops)))
        self.time += 2 * MS

    def resolve(self, asker, owner):
        if self.six:
            self.solicit(asker, owner)
        else:
            self.time = self.lan.resolve(self.time, asker, owner)

    def advertise(self, prefix, length=64, flags=0xC0, lifetime=86400):
        """A router advertisement with one prefix (RFC 4861)."""
        router = Host("router", "fe80::1", "02:00:00:00:00:01")
        nodes = Host("all nodes", "ff02::1")
        option = b"\x03\x04" + bytes([length, flags]) + lifetime.to_bytes(4, "big") + \
            lifetime.to_bytes(4, "big") + bytes(4) + wire.ip(prefix)
        self.lan.raw(self.time, wire.ethernet(router.mac, self.lan.mac_for(nodes), wire.ETH_IPV6, wire.ipv6(
            router.address, nodes.address, wire.ICMPV6, wire.icmpv6(
                router.address, nodes.address, 134, 0, b"\x40\0\x07\x08", bytes(8) +
                b"\x01\x01" + router.mac + option), 255)))
        self.time += MS

    def lease(self, machine):
        """A DHCP acknowledgement; it carries a mask of 24 bits."""
        nobody = Host("nobody", "255.255.255.255")
        self.lan.raw(self.time, wire.ethernet(self.gateway.mac, wire.BROADCAST_MAC, wire.ETH_IPV4, wire.ipv4(
            self.gateway.address, nobody.address, wire.UDP, wire.udp(
                self.gateway.address, nobody.address, 67, 68, payload.dhcp(
                    5, 0x1000 + machine.mac[5], machine.mac, self.gateway.address, machine.address,
                    router=self.gateway.address)))))
        self.time += MS


def bare(campus):
    """Nothing tells: an uplink, or neighbours that know each other already."""


def arp(campus):
    """Every machine asks for the gateway, which asks for it."""
    for machine in campus.machines:
        campus.resolve(machine, campus.gateway)
        campus.resolve(campus.gateway, machine)


def dhcp(campus):
    """Some machines get leases."""
    for machine in campus.machines[:3]:
        campus.lease(machine)


def advertised(campus):
    """A router advertises the campus' prefix as on the link, another one not so, a third is taken back."""
    campus.advertise(campus.network)
    campus.advertise("2001:db8:5117::", flags=0x40)
    campus.advertise("2001:db8:d209::", lifetime=0)


def proxied(campus):
    """A gateway that answers ARP for whatever it can reach (RFC 1027): the machines have no mask."""
    for n, machine in enumerate(campus.machines):
        for far in (campus.outside(16 + n), Host("drop", DROP[campus.six])):
            campus.resolve(machine, Host("proxied", far.text, "02:00:00:00:00:01"))


def proxied_one(campus):
    """The same where only one machine asks, and only for one foreign address."""
    campus.resolve(campus.machines[0], Host("proxied", DROP[campus.six], "02:00:00:00:00:01"))


def uplink(campus):
    """Between the border router and the provider's: only these two speak ARP."""
    border = Host("border", "198.18.0.1", "02:00:00:00:01:01")
    campus.resolve(border, Host("provider", "198.18.0.2", "02:00:00:00:00:01"))
    for machine in campus.machines:
        machine.mac = border.mac


KINDS = {kind.__name__: kind for kind in (bare, arp, dhcp, advertised, proxied, proxied_one, uplink)}


def main(kind, path, network="192.0.2"):
    campus = Campus(network)
    KINDS[kind](campus)
    campus.time = START + SECOND
    campus.browse()
    writer = wire.PcapWriter(path)
    for time, frame in campus.lan.in_order():
        writer.add(time, frame)
    writer.close()


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__ + "\n" + "\n".join(f"{name:12} {kind.__doc__}" for name, kind in KINDS.items()))
    main(*sys.argv[1:])
