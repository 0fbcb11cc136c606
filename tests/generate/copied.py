"""The same packets captured more than once, as mirrors, routers, firewalls and translators do it.

Each function takes frames, (time, bytes) in the order of time, and gives more of them; the copy follows
its packet by `gap` ns.
SPDX-License-Identifier: GPL-2.0-or-later
"""
import random
import struct

import wire

US = 10**3
ROUTER, FIREWALL = wire.mac("02:00:5e:00:00:01"), wire.mac("02:00:5e:00:00:02")


def split(frame):
    """(offset of the network header, EtherType); VLAN tags are skipped."""
    at = 12
    while frame[at:at + 2] == b"\x81\x00":
        at += 4
    return at + 2, int.from_bytes(frame[at:at + 2], "big")


def parts(frame):
    """(Ethernet header, network header, protocol, transport) without padding; None: no IP."""
    at, kind = split(frame)
    if kind == wire.ETH_IPV4:
        end = at + (frame[at] & 15) * 4
        total = int.from_bytes(frame[at + 2:at + 4], "big")
        return frame[:at], frame[at:end], frame[at + 9], frame[end:at + total]
    if kind == wire.ETH_IPV6:
        total = 40 + int.from_bytes(frame[at + 4:at + 6], "big")
        return frame[:at], frame[at:at + 40], frame[at + 6], frame[at + 40:at + total]
    return None


def addresses(header):
    return (header[12:16], header[16:20]) if header[0] >> 4 == 4 else (header[8:24], header[24:40])


def joined(ethernet, header, protocol, transport, source=None, target=None, ttl=None, ident=None):
    """The frame again, with right checksums; what is None stays."""
    old_source, old_target = addresses(header)
    source, target = source or old_source, target or old_target
    four = header[0] >> 4 == 4
    ttl = (header[8] if four else header[7]) if ttl is None else ttl
    where = {wire.TCP: 16, wire.UDP: 6, wire.ICMPV6: 2}.get(protocol)
    if where is not None and len(transport) >= where + 2:
        blank = transport[:where] + b"\0\0" + transport[where + 2:]
        total = wire.checksum(wire.pseudo_header(source, target, protocol, len(blank)) + blank)
        transport = blank[:where] + struct.pack("!H", total or 0xFFFF) + blank[where + 2:]
    if four:
        number = int.from_bytes(header[4:6], "big") if ident is None else ident
        packet = wire.ipv4(source, target, protocol, transport, number, ttl)
    else:
        packet = wire.ipv6(source, target, protocol, transport, ttl)
    frame = ethernet + packet
    return frame if len(frame) >= 60 else frame + bytes(60 - len(frame))


def without_idents(frames):
    """IPv4 identifications of 0, as of senders that do not fragment (RFC 6864)."""
    for time, frame in frames:
        found = parts(frame)
        yield time, frame if not found or found[1][0] >> 4 != 4 else joined(*found, ident=0)


def constant_idents(frames):
    """The same identification in all packets, as tools make them."""
    for time, frame in frames:
        found = parts(frame)
        yield time, frame if not found or found[1][0] >> 4 != 4 else joined(*found, ident=1)


def as_ipv6(frames, inside):
    """What goes over TCP and UDP between two machines, in IPv6, which has no identifications. The addresses
    end in those of IPv4; those that are `inside` are unique local ones (RFC 4193)."""
    def moved(address):
        return (wire.ip("fd00::") if inside(address) else wire.ip("2001:db8::"))[:12] + address

    for time, frame in frames:
        found = parts(frame)
        if not found or frame[0] & 1 or found[2] not in (wire.TCP, wire.UDP) or found[1][0] >> 4 != 4:
            continue
        source, target = map(moved, addresses(found[1]))
        header = wire.ipv6(source, target, found[2], found[3], found[1][8])[:40]
        yield time, joined(frame[:12] + wire.ETH_IPV6.to_bytes(2, "big"), header, found[2], found[3])


def cooked(frames):
    """As Linux captures on all interfaces (LINKTYPE_LINUX_SLL, 113), at a loopback device (ARPHRD_LOOPBACK,
    772), which sends each packet and then receives it."""
    for time, frame in frames:
        found = parts(frame)
        if not found or frame[0] & 1:
            continue
        kind = frame[len(found[0]) - 2:len(found[0])]
        for direction in (4, 0):  # sent by us, to us
            yield time + (4 - direction) * US // 2, \
                struct.pack("!HHH8s", direction, 772, 6, bytes(8)) + kind + b"".join(found[1:4:2])


def sorted_frames(frames):
    return sorted(frames, key=lambda one: one[0])


def doubled(frames, copy, gap, share=1.0, times=2, seed=1):
    """`copy(frame)`: the frame as it was captured next; None: it was not. That share of them are there."""
    lots = random.Random(seed)
    result = []
    for time, frame in frames:
        result.append((time, frame))
        for number in range(1, times):
            again = copy(frame)
            if again is not None and (share == 1.0 or lots.random() < share):
                result.append((time + number * gap, again))
    return sorted_frames(result)


def mirrored(frames, gap=4 * US, share=1.0, times=2):
    """Both ports of a switch, or both directions of a loopback device: the same bytes."""
    return doubled(frames, lambda frame: frame, gap, share, times)


def tagged(frames, gap=4 * US):
    """Once without, once with a VLAN tag."""
    return doubled(frames, lambda frame: frame[:12] + b"\x81\x00\x00\x0a" + frame[12:], gap)


def routed(frames, inside, gap=120 * US):
    """Both sides of a router between `inside` and all else: one hop less, other MACs."""
    def copy(frame):
        found = parts(frame)
        if not found or frame[0] & 1 or outward(found, inside) is None:
            return None
        header = found[1]
        ttl = header[8] if header[0] >> 4 == 4 else header[7]
        return joined(FIREWALL + ROUTER + found[0][12:], *found[1:], ttl=ttl - 1)
    return doubled(frames, copy, gap)


def outward(found, inside):
    """Whether the packet comes from `inside` (a test of an address) and goes elsewhere; None: neither
    that nor the answer."""
    source, target = map(inside, addresses(found[1]))
    return None if source == target else source


def translated(frames, inside, public, gap=150 * US, ports=0, ttl=1):
    """Both sides of a translator, in the order in which a packet passes it: the inner addresses become
    `public` outside, ports of theirs move up by `ports`."""
    result = []
    for time, frame in frames:
        found = parts(frame)
        out = outward(found, inside) if found else None
        if out is None or found[2] not in (wire.TCP, wire.UDP):
            result.append((time, frame))
            continue
        header, transport = found[1], bytearray(found[3])
        at = 0 if out else 2
        port = (int.from_bytes(transport[at:at + 2], "big") + ports) % 65536
        transport[at:at + 2] = port.to_bytes(2, "big")
        left = header[8] if header[0] >> 4 == 4 else header[7]
        if out:
            changed = joined(FIREWALL + ROUTER + found[0][12:], header, found[2], bytes(transport),
                             source=public, ttl=left - ttl)
            result += [(time, frame), (time + gap, changed)]
        else:
            changed = joined(ROUTER + FIREWALL + found[0][12:], header, found[2], bytes(transport),
                             target=public, ttl=left + ttl)
            result += [(time - gap, changed), (time, frame)]
    return sorted_frames(result)


def renumbered(frames, inside, gap=150 * US, moved=True):
    """Both sides of a firewall that adds a number to what `inside` numbers, another one a connection;
    what acknowledges it is changed back. `moved`: its ports have MACs of their own."""
    result = []
    for time, frame in frames:
        found = parts(frame)
        out = outward(found, inside) if found else None
        if out is None:
            result.append((time, frame))
            continue
        if found[2] != wire.TCP:
            result += [(time, frame), (time + gap, frame)]
            continue
        segment = bytearray(found[3])
        ends = (segment[:2], segment[2:4]) if out else (segment[2:4], segment[:2])
        offset = random.Random(bytes(ends[0] + ends[1])).randrange(2**28, 2**31)
        at = 4 if out else 8
        if out or segment[13] & wire.ACK:
            number = (int.from_bytes(segment[at:at + 4], "big") + offset) % 2**32
            segment[at:at + 4] = number.to_bytes(4, "big")
        macs = (FIREWALL + ROUTER if out else ROUTER + FIREWALL) if moved else found[0][:12]
        changed = joined(macs + found[0][12:], found[1], found[2], bytes(segment))
        result += [(time, frame), (time + gap, changed)] if out else \
            [(time - gap, changed), (time, frame)]
    return sorted_frames(result)
