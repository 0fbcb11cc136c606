"""Frames and capture files, built with the standard library alone.

Every builder returns bytes with right lengths and checksums. Addresses are packed bytes (`mac`,
`ip`), so that building half a million frames does not parse text half a million times.
SPDX-License-Identifier: GPL-2.0-or-later
"""
import ipaddress
import struct

ETH_IPV4, ETH_ARP, ETH_IPV6, ETH_VLAN = 0x0800, 0x0806, 0x86DD, 0x8100
ICMP, TCP, UDP, IPV6_FRAGMENT, ICMPV6, SCTP = 1, 6, 17, 44, 58, 132
FIN, SYN, RST, PSH, ACK = 0x01, 0x02, 0x04, 0x08, 0x10
BROADCAST_MAC = b"\xff" * 6
# maximum segment size, SACK permitted, no-operation, window scale
SYN_OPTIONS = bytes.fromhex("020405b4" "0402" "01" "030307" "0101")


def mac(text):
    return bytes.fromhex(text.replace(":", ""))


def ip(text):
    return ipaddress.ip_address(text).packed


def checksum(data):
    """The Internet checksum: a sum in ones' complement is the number modulo 0xffff."""
    if len(data) % 2:
        data += b"\0"
    return -int.from_bytes(data, "big") % 0xFFFF


def ethernet(source, target, kind, payload, vlan=None):
    tag = b"" if vlan is None else struct.pack("!HH", ETH_VLAN, vlan)
    frame = target + source + tag + struct.pack("!H", kind) + payload
    return frame if len(frame) >= 60 else frame + bytes(60 - len(frame))


def ipv4(source, target, protocol, payload, ident=0, ttl=64):
    header = struct.pack("!BBHHHBBH", 0x45, 0, 20 + len(payload), ident & 0xFFFF, 0x4000, ttl,
                         protocol, 0) + source + target
    return header[:10] + struct.pack("!H", checksum(header)) + header[12:] + payload


def fragment(source, target, protocol, payload, ident, place=0, more=True):
    """Part of a packet, from byte `place` on; RFC 791 and RFC 8200, section 4.5."""
    if len(source) == 16:
        header = struct.pack("!BBHI", protocol, 0, place | more, ident)
        return ETH_IPV6, ipv6(source, target, IPV6_FRAGMENT, header + payload)
    header = struct.pack("!BBHHHBBH", 0x45, 0, 20 + len(payload), ident & 0xFFFF, more << 13 | place // 8, 64,
                         protocol, 0) + source + target
    return ETH_IPV4, header[:10] + struct.pack("!H", checksum(header)) + header[12:] + payload


def ipv6(source, target, protocol, payload, hops=64):
    return struct.pack("!IHBB", 0x60000000, len(payload), protocol, hops) + source + target + payload


def network(source, target, protocol, payload, ident=0, ttl=64):
    """(EtherType, packet), by the length of the addresses."""
    if len(source) == 4:
        return ETH_IPV4, ipv4(source, target, protocol, payload, ident, ttl)
    return ETH_IPV6, ipv6(source, target, protocol, payload, ttl)


def pseudo_header(source, target, protocol, length):
    if len(source) == 4:
        return source + target + struct.pack("!BBH", 0, protocol, length)
    return source + target + struct.pack("!II", length, protocol)


def tcp(source, target, sport, dport, seq, ack, flags, payload=b"", options=b"", window=64240):
    offset = (20 + len(options)) // 4 << 4
    head = struct.pack("!HHIIBBHHH", sport, dport, seq & 0xFFFFFFFF, ack & 0xFFFFFFFF, offset, flags,
                       window, 0, 0) + options
    total = checksum(pseudo_header(source, target, TCP, len(head) + len(payload)) + head + payload)
    return head[:16] + struct.pack("!H", total) + head[18:] + payload


def udp(source, target, sport, dport, payload):
    head = struct.pack("!HHHH", sport, dport, 8 + len(payload), 0)
    total = checksum(pseudo_header(source, target, UDP, len(head) + len(payload)) + head + payload)
    return head[:6] + struct.pack("!H", total or 0xFFFF) + payload


SCTP_INIT, SCTP_INIT_ACK, SCTP_ABORT = 1, 2, 6


def sctp(sport, dport, tag, kind, body=b""):
    """RFC 9260, one chunk, without a checksum."""
    return struct.pack("!HHII", sport, dport, tag, 0) + struct.pack("!BBH", kind, 0, 4 + len(body)) + body


def sctp_init(sport, dport, tag, answer_to=0):
    """INIT, or, with the tag of one, INIT ACK."""
    body = struct.pack("!IIHHI", tag, 65536, 10, 10, 1)
    if not answer_to:
        return sctp(sport, dport, 0, SCTP_INIT, body)
    return sctp(sport, dport, answer_to, SCTP_INIT_ACK, body + struct.pack("!HH", 7, 20) + bytes(16))


def icmp(kind, code, rest, payload=b""):
    message = struct.pack("!BBH", kind, code, 0) + rest + payload
    return message[:2] + struct.pack("!H", checksum(message)) + message[4:]


def icmpv6(source, target, kind, code, rest, payload=b""):
    message = struct.pack("!BBH", kind, code, 0) + rest + payload
    total = checksum(pseudo_header(source, target, ICMPV6, len(message)) + message)
    return message[:2] + struct.pack("!H", total) + message[4:]


def echo(reply, ident, sequence, payload):
    return icmp(0 if reply else 8, 0, struct.pack("!HH", ident, sequence), payload)


def arp(reply, sender_mac, sender, target_mac, target):
    return struct.pack("!HHBBH", 1, ETH_IPV4, 6, 4, 2 if reply else 1) + \
        sender_mac + sender + target_mac + target


class PcapWriter:
    """Classic pcap with nanoseconds, written as it goes."""

    def __init__(self, path, link_type=1, snap_length=262144):
        self.file = open(path, "wb")
        self.snap_length = snap_length
        self.file.write(struct.pack("<IHHiIII", 0xA1B23C4D, 2, 4, 0, 0, snap_length, link_type))

    def add(self, time_ns, frame):
        kept = frame[:self.snap_length]
        seconds, nanoseconds = divmod(time_ns, 10**9)
        self.file.write(struct.pack("<IIII", seconds, nanoseconds, len(kept), len(frame)) + kept)

    def close(self):
        self.file.close()


def write_pcapng(path, frames, link_type=1, units=10**9, offset=0):
    """`frames`: (time in ns, bytes), in the order of the file; time None: a Simple Packet Block, which has
    none. `units`: so many make a second, a power of 10 or of 2. `offset`: seconds that are added to times,
    which in the file are not negative."""

    def block(kind, body):
        length = struct.pack("<I", 12 + len(body))
        return struct.pack("<I", kind) + length + body + length

    power = next(code for code in range(256)
                 if units == (2 ** (code & 0x7F) if code & 0x80 else 10 ** code))
    with open(path, "wb") as file:
        file.write(block(0x0A0D0D0A, struct.pack("<IHHq", 0x1A2B3C4D, 1, 0, -1)))
        options = struct.pack("<HHB3x", 9, 1, power)
        if offset:
            options += struct.pack("<HHq", 14, 8, offset)
        file.write(block(1, struct.pack("<HHI", link_type, 0, 0) + options + struct.pack("<HH", 0, 0)))
        for time_ns, frame in frames:
            padded = frame + bytes(-len(frame) % 4)
            if time_ns is None:
                file.write(block(3, struct.pack("<I", len(frame)) + padded))
                continue
            stamp = (time_ns - offset * 10**9) * units // 10**9
            head = struct.pack("<IIIII", 0, stamp >> 32, stamp & 0xFFFFFFFF, len(frame), len(frame))
            file.write(block(6, head + padded))
