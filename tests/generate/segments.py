#!/usr/bin/python3
"""Addresses that are in several network segments: two machines, or one.

    segments.py KIND FILE

Kinds: see SCENES. FILE: a pcapng.
SPDX-License-Identifier: GPL-2.0-or-later
"""
import struct
import sys

import payload
from wire import ETH_IPV4, ETH_IPV6, arp, ip, ipv4, ipv6, mac, network, tcp, udp

ARP, TRANSPARENT = 0x0806, 0x6558
SYN, ACK, PUSH = 2, 16, 8


class Tenant:
    """Two machines on one link, and how their frames are carried."""

    def __init__(self, number, wrap, first="10.0.0.5", second="10.0.0.1", interface=0):
        self.wrap, self.interface = wrap, interface
        self.macs = [mac(f"02:00:00:00:{number:02x}:05"), mac(f"02:00:00:00:{number:02x}:01")]
        self.addresses = [ip(first), ip(second)]

    def frame(self, side, kind, payload, target=None):
        return self.wrap(target or self.macs[1 - side], self.macs[side], kind, payload)

    def resolve(self):
        """Both say which MAC they have."""
        for side in (0, 1):
            if len(self.addresses[0]) == 4:
                yield self.frame(side, ARP, arp(True, self.macs[side], self.addresses[side],
                                                self.macs[1 - side], self.addresses[1 - side]))

    def packet(self, side, protocol, payload):
        """An IP packet to the other side."""
        ends = self.addresses[side], self.addresses[1 - side]
        return self.frame(side, *network(*ends, protocol, payload))

    def datagram(self, side, source_port, target_port, payload):
        return self.packet(side, 17, udp(self.addresses[side], self.addresses[1 - side], source_port,
                                         target_port, payload))

    def connection(self, port, isn):
        steps = [(0, isn, 0, SYN, b""), (1, isn + 5000, isn + 1, SYN | ACK, b""),
                 (0, isn + 1, isn + 5001, ACK, b""), (0, isn + 1, isn + 5001, PUSH | ACK, b"ask"),
                 (1, isn + 5001, isn + 4, PUSH | ACK, b"answer")]
        for side, seq, ack, flags, data in steps:
            ends = self.addresses[side], self.addresses[1 - side]
            ports = (port, 8080) if side == 0 else (8080, port)
            yield self.packet(side, 6, tcp(*ends, *ports, seq, ack, flags, data))


def plain(target, source, kind, payload):
    return target + source + struct.pack("!H", kind) + payload


def tagged(*tags):
    """`tags`: (EtherType of the tag, VLAN), outer first."""
    def wrap(target, source, kind, payload):
        head = b"".join(struct.pack("!HH", *tag) for tag in tags)
        return target + source + head + struct.pack("!H", kind) + payload
    return wrap


def vlan(number):
    return tagged((0x8100, number))


OUTER = ip("192.0.2.1"), ip("192.0.2.2")
OUTER6 = ip("2001:db8:ff::1"), ip("2001:db8:ff::2")
OUTER_MACS = mac("02:00:00:00:ff:02"), mac("02:00:00:00:ff:01")


def outer(protocol, payload):
    return plain(*OUTER_MACS, ETH_IPV4, ipv4(*OUTER, protocol, payload))


def vxlan(vni):
    return lambda *frame: outer(17, udp(*OUTER, 50000, 4789,
                                        struct.pack("!II", 8 << 24, vni << 8) + plain(*frame)))


def geneve(vni):
    return lambda *frame: outer(17, udp(*OUTER, 50000, 6081,
                                        struct.pack("!HHI", 0, TRANSPARENT, vni << 8) + plain(*frame)))


def gre(key):
    """With an Ethernet frame within, as NVGRE has it."""
    return lambda *frame: outer(47, struct.pack("!HHI", 0x2000, TRANSPARENT, key) + plain(*frame))


def gre_ip(key):
    def wrap(target, source, kind, payload):
        return outer(47, struct.pack("!HHI", 0x2000, kind, key) + payload)
    return wrap


def ip_in_ip(*ends):
    """4in4, 6in4 (RFC 4213), and where the ends are of IPv6, 4in6 and 6in6 (RFC 2473)."""
    def wrap(target, source, kind, payload):
        protocol = 4 if kind == ETH_IPV4 else 41
        return plain(*OUTER_MACS, *network(*ends, protocol, payload))
    return wrap


def limited(*ends):
    """Linux' IPv6 tunnels say how many more may be within, in a destination option (RFC 2473, 4.1.1)."""
    def wrap(target, source, kind, payload):
        option = bytes([4 if kind == ETH_IPV4 else 41, 0, 4, 1, 4, 1, 1, 0])
        return plain(*OUTER_MACS, ETH_IPV6, ipv6(*ends, 60, option + payload))
    return wrap


def tenants(one, other, resolve=True, **addresses):
    """Each talks in its own segment, one after the other and again."""
    both = [Tenant(10, one, **addresses), Tenant(20, other, **addresses)]
    for turn in range(3):
        for number, tenant in enumerate(both):
            if resolve and turn == 0:
                yield from tenant.resolve()
            yield from tenant.connection(40000 + turn, 1000 * (number + 1) + 100 * turn)


def tunnel_ports():
    """A resolver answers to ports that are those of tunnels, in bytes that could be their headers; other
    datagrams go to the ports of VXLAN, and hold no frame."""
    both = [Tenant(10, vlan(10)), Tenant(20, vlan(20))]
    for number, one in enumerate(both):
        yield from one.resolve()
        yield from one.connection(40000, 1000 * (number + 1))
        for ident, port in ((0x0002, 1701), (0x30ff, 2152), (1, 4789), (1, 6081), (1, 8472)):
            question, answer = payload.dns(ident, "www.example.com", ip("198.51.100.7"))
            yield one.datagram(0, port, 53, question)
            yield one.datagram(1, 53, port, answer)
        for port in (4789, 8472):
            yield one.datagram(0, 50000, port, b"\x08\0\0\0\0\1\0\0none")


def tunnels_in_vlans():
    """The hosts of both VLANs have a VXLAN tunnel through theirs."""
    within = [ip("192.0.2.10"), ip("192.0.2.11")]
    for number, one in enumerate([Tenant(10, vlan(10)), Tenant(20, vlan(20))]):
        yield from one.resolve()
        yield from one.connection(40000, 1000 * (number + 1))
        for side in (0, 1):
            carried = plain(*OUTER_MACS, *network(within[side], within[1 - side], 17,
                                                  udp(within[side], within[1 - side], 9000, 9000, b"within")))
            yield one.datagram(side, 50000, 4789, struct.pack("!II", 8 << 24, 5001 << 8) + carried)


def tunnel_ends():
    """The hosts have tunnels between them, and say that these are alive: nothing is in them."""
    both = [Tenant(10, plain), Tenant(20, vlan(20))]
    for number, one in enumerate(both):
        yield from one.resolve()
        yield from one.connection(40000, 1000 * (number + 1))
        for side in (0, 1):
            yield one.packet(side, 47, struct.pack("!HH", 0, 0))
            yield one.datagram(side, 2152, 2152, struct.pack("!BBHIHBB", 0x32, 1, 4, 0, number, 0, 0))
            yield one.datagram(side, 1701, 1701, struct.pack("!HHHHHH", 0xc802, 12, 7, 0, number, 0))


SECTION = object()  # a section of the file begins here


def interfaces(count=2):
    tenants_ = [Tenant(10 * (n + 1), plain, interface=n) for n in range(count)]
    for number, tenant in enumerate(tenants_):
        for frame in [*tenant.resolve(), *tenant.connection(40000, 1000 * (number + 1))]:
            yield tenant.interface, frame


V6 = {"first": "2001:db8::5", "second": "2001:db8::1"}
INTERNAL_V6 = {"first": "fd00::5", "second": "fd00::1"}
LOCAL_V6 = {"first": "fe80::5", "second": "fe80::1"}


def behind_first():
    """The file's first interface has seen nothing."""
    for interface, frame in interfaces():
        yield interface + 1, frame


def sections(interface):
    """Of two files, one behind the other, with interfaces of the same numbers."""
    frames = list(interfaces())
    for number in (0, 1):
        yield from [SECTION] * number
        yield from ((interface, frame) for tenant, frame in frames if tenant == number)


def routed(own_macs):
    """10.0.10.5 in VLAN 10 talks to 10.0.20.9 in VLAN 20 by a router with one port."""
    router = [mac("02:00:00:00:ee:01"), mac("02:00:00:00:ee:02" if own_macs else "02:00:00:00:ee:01")]
    ends = [ip("10.0.10.5"), ip("10.0.20.9")]
    macs = [mac("02:00:00:00:10:05"), mac("02:00:00:00:20:09")]
    tags = [vlan(10), vlan(20)]
    for step, (side, seq, ack, flags, data) in enumerate([
            (0, 7, 0, SYN, b""), (1, 9, 8, SYN | ACK, b""), (0, 8, 10, ACK, b""),
            (0, 8, 10, PUSH | ACK, b"ask"), (1, 10, 11, PUSH | ACK, b"answer")]):
        pair = ends[side], ends[1 - side]
        segment = tcp(*pair, *((40000, 80) if side == 0 else (80, 40000)), seq, ack, flags, data)
        yield tags[side](router[side], macs[side], ETH_IPV4, ipv4(*pair, 6, segment, ident=step))
        yield tags[1 - side](macs[1 - side], router[1 - side], ETH_IPV4,
                             ipv4(*pair, 6, segment, ident=step, ttl=63))


def one_machine(*wraps, **addresses):
    """Each frame as often as there are ways to carry it."""
    tenants_ = [Tenant(10, wrap, **addresses) for wrap in wraps]
    for frames in zip(*[[*one.resolve(), *one.connection(40000, 1000)] for one in tenants_]):
        yield from frames


def asymmetric():
    """Each direction has a VLAN of its own."""
    there, back = Tenant(10, vlan(10)), Tenant(10, vlan(20))
    for turn in range(3):
        for one, other in zip(there.connection(40000 + turn, 1000), back.connection(40000 + turn, 1000)):
            yield one if one[6:12] == there.macs[0] else other


def external():
    """Both VLANs have a router, and ask the same server on the Internet."""
    for number, one in enumerate([Tenant(10, vlan(10), "10.0.10.5", "192.0.2.80"),
                                  Tenant(20, vlan(20), "10.0.20.5", "192.0.2.80")]):
        yield from one.connection(40000, 1000 * (number + 1))


TWO = {
    "vlan": lambda: tenants(vlan(10), vlan(20)),
    "vlan-without-arp": lambda: tenants(vlan(10), vlan(20), resolve=False),
    "vlan-ipv6": lambda: tenants(vlan(10), vlan(20), **INTERNAL_V6),
    "vlan-public-ipv6": lambda: tenants(vlan(10), vlan(20), resolve=False, **V6),
    "vlan-fe80": lambda: tenants(vlan(10), vlan(20), **LOCAL_V6),
    "untagged": lambda: tenants(plain, vlan(20)),
    "priority": lambda: tenants(vlan(0), vlan(20)),
    "qinq": lambda: tenants(tagged((0x8100, 100), (0x8100, 10)), tagged((0x8100, 200), (0x8100, 10))),
    "ad": lambda: tenants(tagged((0x88a8, 100), (0x8100, 10)), tagged((0x88a8, 200), (0x8100, 10))),
    "vxlan": lambda: tenants(vxlan(5001), vxlan(5002)),
    "geneve": lambda: tenants(geneve(5001), geneve(5002)),
    "gre": lambda: tenants(gre(0x500100), gre(0x500200)),
    "interfaces": interfaces,
    "interfaces-of-one-name": behind_first,
    "interfaces-without-names": behind_first,
    "sections": lambda: sections(0),
    "sections-second": lambda: sections(1),
    "tunnel-ports": tunnel_ports,
    "tunnel-ends": tunnel_ends,
    "tunnels-in-vlans": tunnels_in_vlans,
}
ONE = {
    "routed": lambda: routed(False),
    "routed-own-macs": lambda: routed(True),
    "trunk": lambda: one_machine(plain, vlan(10)),
    "priority-tag": lambda: one_machine(plain, vlan(0)),
    "two-vlans": lambda: one_machine(vlan(10), vlan(20)),
    "vxlan-and-plain": lambda: one_machine(vxlan(5001), plain),
    "routed-tunnel": lambda: one_machine(gre_ip(1), gre_ip(2)),
    "asymmetric": asymmetric,
    "external": external,
    "ip-in-ip": lambda: one_machine(plain, ip_in_ip(*OUTER), ip_in_ip(*OUTER6), limited(*OUTER6)),
    "ip-in-ip-ipv6": lambda: one_machine(plain, ip_in_ip(*OUTER), ip_in_ip(*OUTER6), limited(*OUTER6),
                                         **V6),
}
SCENES = {**TWO, **ONE}


# Names of interfaces, where they are others. mergecap leaves each file's as they were.
INTERFACES = {"interfaces-of-one-name": [b"eth0"] * 3, "interfaces-without-names": [b""] * 3,
              "sections": [b""] * 2, "sections-second": [b""] * 2}


def write(path, frames, names=(b"eth0", b"eth1"), start=1_767_600_000_000_000_000):
    """Frames are bytes, or (number of the interface, bytes), or SECTION. `start`: ns."""
    def block(kind, body):
        length = struct.pack("<I", 12 + len(body))
        return struct.pack("<I", kind) + length + body + length

    def interface(text):
        options = struct.pack("<HH", 2, len(text)) + text + bytes(-len(text) % 4) if text else b""
        return block(1, struct.pack("<HHI", 1, 0, 0) + options + struct.pack("<HHB3xHH", 9, 1, 9, 0, 0))

    section = block(0x0A0D0D0A, struct.pack("<IHHq", 0x1A2B3C4D, 1, 0, -1)) + b"".join(map(interface, names))
    with open(path, "wb") as file:
        file.write(section)
        for number, entry in enumerate(frames):
            if entry is SECTION:
                file.write(section)
                continue
            which, frame = entry if isinstance(entry, tuple) else (0, entry)
            time = start + number * 10_000_000
            head = struct.pack("<IIIII", which, time >> 32, time & 0xFFFFFFFF, len(frame), len(frame))
            file.write(block(6, head + frame + bytes(-len(frame) % 4)))


def write_scene(path, kind):
    write(path, SCENES[kind](), INTERFACES.get(kind, (b"eth0", b"eth1")))


if __name__ == "__main__":
    write_scene(sys.argv[2], sys.argv[1])
