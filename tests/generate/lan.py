"""Hosts on one network and what they do: datagrams, connections, address resolution.

A Lan collects frames; a host outside it is reached through the gateway's MAC. Time is in
nanoseconds since the epoch and flows through the calls: what takes time returns the time after it.
SPDX-License-Identifier: GPL-2.0-or-later
"""
import ipaddress
import random

import wire

MS = 10**6
SECOND = 10**9
SEGMENT = 1460


class Host:
    """`mac` is None for a host behind the gateway."""

    def __init__(self, name, address, mac=None):
        self.name = name
        self.text = address
        self.address = wire.ip(address)
        self.mac = wire.mac(mac) if mac else None
        self.next_port = 49152
        self.next_ident = 1

    def port(self):
        self.next_port = self.next_port + 1 if self.next_port < 65535 else 49152
        return self.next_port

    def ident(self):
        self.next_ident += 1
        return self.next_ident


class Lan:
    def __init__(self, gateway, seed):
        self.gateway = gateway
        self.random = random.Random(seed)
        self.frames = []  # (time, order of being added, bytes)

    def between(self, low, high):
        """A time span, given in seconds."""
        return int(self.random.uniform(low, high) * SECOND)

    def raw(self, time, frame):
        self.frames.append((time, len(self.frames), frame))

    def packet(self, time, source, target, protocol, payload):
        group = ipaddress.ip_address(target.address).is_multicast
        ttl = 255 if group else 64 if source.mac else 55
        kind, packet = wire.network(source.address, target.address, protocol, payload,
                                    source.ident(), ttl)
        self.raw(time, wire.ethernet(source.mac or self.gateway.mac, self.mac_for(target), kind,
                                     packet))

    def fragments(self, time, source, target, protocol, payload, size=1480):
        """One packet in fragments of that many bytes each (a multiple of 8); the time after the last."""
        ident = source.ident()
        for place in range(0, len(payload), size):
            kind, packet = wire.fragment(source.address, target.address, protocol, payload[place:place + size],
                                         ident, place, place + size < len(payload))
            self.raw(time, wire.ethernet(source.mac or self.gateway.mac, self.mac_for(target), kind, packet))
            time += self.between(0.000005, 0.00003)
        return time

    def mac_for(self, target):
        address = ipaddress.ip_address(target.address)
        if address.is_multicast:
            if address.version == 6:
                return b"\x33\x33" + target.address[-4:]
            return b"\x01\x00\x5e" + bytes([target.address[1] & 0x7F]) + target.address[2:]
        return target.mac or self.gateway.mac

    def resolve(self, time, asker, owner):
        """ARP request and reply."""
        self.raw(time, wire.ethernet(asker.mac, wire.BROADCAST_MAC, wire.ETH_ARP, wire.arp(
            False, asker.mac, asker.address, bytes(6), owner.address)))
        time += self.between(0.0002, 0.0008)
        self.raw(time, wire.ethernet(owner.mac, asker.mac, wire.ETH_ARP, wire.arp(
            True, owner.mac, owner.address, asker.mac, asker.address)))
        return time + MS

    def datagram(self, time, source, target, sport, dport, payload):
        self.packet(time, source, target, wire.UDP, wire.udp(
            source.address, target.address, sport, dport, payload))

    def ask(self, time, client, server, dport, question, answer, sport=None):
        """One UDP question and its answer."""
        sport = sport or client.port()
        self.datagram(time, client, server, sport, dport, question)
        time += self.between(0.0005, 0.02)
        self.datagram(time, server, client, dport, sport, answer)
        return time

    def ping(self, time, source, target, count=3):
        data = bytes(range(0x61, 0x77)) + b"abcdefghij"
        for sequence in range(1, count + 1):
            self.packet(time, source, target, wire.ICMP, wire.echo(False, 1, sequence, data))
            self.packet(time + self.between(0.0003, 0.002), target, source, wire.ICMP,
                        wire.echo(True, 1, sequence, data))
            time += SECOND
        return time

    def in_order(self):
        """(time, bytes) in the order of time."""
        return [(time, frame) for time, _, frame in sorted(self.frames, key=lambda f: f[:2])]


class Connection:
    """A TCP connection, handshake included; `self.time` is when its last packet was sent."""

    def __init__(self, lan, time, client, server, dport, sport=None):
        self.lan, self.time = lan, time
        self.ends = (client, server)
        self.ports = (sport or client.port(), dport)
        self.sequence = [lan.random.getrandbits(32), lan.random.getrandbits(32)]
        far = client.mac is None or server.mac is None
        self.delay = (0.008, 0.03) if far else (0.0002, 0.001)
        self.start = time
        self.segment = SEGMENT  # bytes at a time
        self._send(0, wire.SYN, options=wire.SYN_OPTIONS)
        self._send(1, wire.SYN | wire.ACK, options=wire.SYN_OPTIONS)
        self._send(0, wire.ACK)

    def _send(self, side, flags, payload=b"", options=b""):
        source, target = self.ends[side], self.ends[1 - side]
        acknowledged = self.sequence[1 - side] if flags & wire.ACK else 0
        self.lan.packet(self.time, source, target, wire.TCP, wire.tcp(
            source.address, target.address, self.ports[side], self.ports[1 - side],
            self.sequence[side], acknowledged, flags, payload, options))
        self.sequence[side] += len(payload) + (1 if flags & (wire.SYN | wire.FIN) else 0)
        self.time += self.lan.between(*self.delay)

    def send(self, side, data):
        """`side`: 0 the client, 1 the server. Every second segment is acknowledged."""
        pieces = [data[i:i + self.segment] for i in range(0, len(data), self.segment)]
        for number, piece in enumerate(pieces):
            last = number == len(pieces) - 1
            self._send(side, wire.ACK | (wire.PSH if last else 0), piece)
            if number % 2 or last:
                self._send(1 - side, wire.ACK)
        return self

    def client(self, data):
        return self.send(0, data)

    def server(self, data):
        return self.send(1, data)

    def wait(self, seconds):
        self.time += int(seconds * SECOND)
        return self

    def close(self):
        self._send(0, wire.FIN | wire.ACK)
        self._send(1, wire.FIN | wire.ACK)
        self._send(0, wire.ACK)
        return self.time


def refused(lan, time, client, server, dport):
    """A SYN that a RST answers."""
    sport, sequence = client.port(), lan.random.getrandbits(32)
    unanswered(lan, time, client, server, dport, sport, sequence)
    lan.packet(time + lan.between(0.0002, 0.001), server, client, wire.TCP, wire.tcp(
        server.address, client.address, dport, sport, 0, sequence + 1, wire.RST | wire.ACK,
        window=0))


def unanswered(lan, time, client, server, dport, sport=None, sequence=None):
    """A SYN, nothing else."""
    lan.packet(time, client, server, wire.TCP, wire.tcp(
        client.address, server.address, sport or client.port(), dport,
        lan.random.getrandbits(32) if sequence is None else sequence, 0, wire.SYN,
        options=wire.SYN_OPTIONS))


def insist(lan, time, client, server, port):
    """A system's SYN and what it repeats of it (RFC 6298): 1, 3 and 7 s later."""
    sport, sequence = client.port(), lan.random.getrandbits(32)
    for after in (0, 1, 3, 7):
        unanswered(lan, time + after * SECOND, client, server, port, sport, sequence)
