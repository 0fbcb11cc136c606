#!/usr/bin/python3
"""A large mixed capture for measuring: 500,000 packets, 5,000 hosts.

    bulk.py CAPTURE [PACKETS [HOSTS]]      writes pcap, prints what is in it as JSON

Half of the flows are TLS, the rest HTTP, DNS, other UDP, pings and ARP; some connections are refused
or never answered. Flows overlap as they do on a real link. Seeded; streams, so memory stays small.
SPDX-License-Identifier: GPL-2.0-or-later
"""
import json
import random
import struct
import sys

import payload
import wire

START = 1767607200 * 10**9
ACTIVE_FLOWS = 200
GATEWAY_MAC = wire.mac("02:00:00:00:00:01")
RESOLVER = wire.ip("10.30.0.2")
RESOLVER_MAC = wire.mac("02:00:00:00:00:02")
SYN_ACK, PUSH = wire.SYN | wire.ACK, wire.PSH | wire.ACK


class Bulk:
    def __init__(self, hosts, seed=500000):
        self.random = random.Random(seed)
        inside = hosts // 5
        self.clients = [(wire.ip(f"10.30.{4 + n // 250}.{1 + n % 250}"),
                         b"\x02\x00\x01\x00" + struct.pack("!H", n)) for n in range(inside)]
        self.servers = [wire.ip(f"93.{184 + n // 60000}.{n // 250 % 240}.{1 + n % 250}")
                        for n in range(hosts - inside - 1)]
        self.flows = self.ident = 0
        # Contents are made once: what is measured is the reader, not this program.
        tls = self.random
        self.hellos = [payload.tls_client_hello(tls, b"host%d.example" % n) for n in range(50)]
        self.answers = [payload.tls_server_hello(tls) for _ in range(20)]
        self.records = [payload.tls_data(tls, size) for size in (60, 200, 700, 1200, 1380)]
        self.bodies = [payload.page(tls, size) for size in (100, 500, 1100)]

    def choose(self):
        """Every host takes part before any choice is left to chance."""
        turn = self.flows
        self.flows += 1
        client = self.clients[turn] if turn < len(self.clients) else self.random.choice(self.clients)
        if turn < len(self.servers):
            return client, self.servers[turn]
        # A few servers are busy, most are not.
        return client, self.servers[int(len(self.servers) * self.random.random() ** 3)]

    def flow(self):
        client, server = self.choose()
        kind = self.random.random()
        if kind < 0.5:
            return self.tls(client, server)
        if kind < 0.65:
            return self.http(client, server)
        if kind < 0.67:
            return self.failure(client, server)
        if kind < 0.85:
            return self.lookup(client, server)
        if kind < 0.95:
            return self.datagrams(client, server)
        if kind < 0.98:
            return self.ping(client, server)
        return self.arp(client, server)

    def frame(self, client, server, outward, protocol, segment):
        source, target = (client[0], server) if outward else (server, client[0])
        macs = (client[1], GATEWAY_MAC) if outward else (GATEWAY_MAC, client[1])
        self.ident += 1
        return wire.ethernet(*macs, wire.ETH_IPV4, wire.ipv4(source, target, protocol, segment,
                                                              self.ident))

    def conversation(self, client, server, port, exchanges):
        """A whole connection; `exchanges`: (outward, payload)."""
        sport = self.random.randint(55000, 60999)
        sequence = {True: self.random.getrandbits(32), False: self.random.getrandbits(32)}

        def segment(outward, flags, data=b"", options=b""):
            ends = (client[0], server) if outward else (server, client[0])
            ports = (sport, port) if outward else (port, sport)
            text = wire.tcp(*ends, *ports, sequence[outward],
                            sequence[not outward] if flags & wire.ACK else 0, flags, data, options)
            sequence[outward] += len(data) + (1 if flags & (wire.SYN | wire.FIN) else 0)
            return self.frame(client, server, outward, wire.TCP, text)

        yield segment(True, wire.SYN, options=wire.SYN_OPTIONS)
        yield segment(False, SYN_ACK, options=wire.SYN_OPTIONS)
        yield segment(True, wire.ACK)
        for outward, data in exchanges:
            for start in range(0, len(data), 1460):
                yield segment(outward, PUSH, data[start:start + 1460])
            yield segment(not outward, wire.ACK)
        yield segment(True, wire.FIN | wire.ACK)
        yield segment(False, wire.FIN | wire.ACK)
        yield segment(True, wire.ACK)

    def tls(self, client, server):
        choice = self.random.choice
        exchanges = [(True, choice(self.hellos)), (False, choice(self.answers))]
        for _ in range(self.random.randint(1, 4)):
            exchanges += [(True, choice(self.records)), (False, choice(self.records))]
        return self.conversation(client, server, 443, exchanges)

    def http(self, client, server):
        name = b"web%d.example" % self.random.randrange(300)
        return self.conversation(client, server, 80, [
            (True, payload.http_get(name)),
            (False, payload.http_ok(self.random.choice(self.bodies)))])

    def failure(self, client, server):
        """Refused, or never answered."""
        sport, sequence = self.random.randint(55000, 60999), self.random.getrandbits(32)
        yield self.frame(client, server, True, wire.TCP, wire.tcp(
            client[0], server, sport, 8443, sequence, 0, wire.SYN, options=wire.SYN_OPTIONS))
        if self.random.random() < 0.5:
            yield self.frame(client, server, False, wire.TCP, wire.tcp(
                server, client[0], 8443, sport, 0, sequence + 1, wire.RST | wire.ACK, window=0))

    def lookup(self, client, server):
        """The name of the server, asked of the resolver, then what the flow is there for."""
        name = "host%d.example" % self.random.randrange(3000)
        question, answer = payload.dns(self.random.getrandbits(16), name, server)
        sport = self.random.randint(55000, 60999)
        yield wire.ethernet(client[1], RESOLVER_MAC, wire.ETH_IPV4, wire.ipv4(
            client[0], RESOLVER, wire.UDP, wire.udp(client[0], RESOLVER, sport, 53, question)))
        yield wire.ethernet(RESOLVER_MAC, client[1], wire.ETH_IPV4, wire.ipv4(
            RESOLVER, client[0], wire.UDP, wire.udp(RESOLVER, client[0], 53, sport, answer)))
        yield from self.datagrams(client, server)

    def datagrams(self, client, server):
        sport, dport = self.random.randint(55000, 60999), self.random.choice((3478, 40000, 51820))
        for number in range(self.random.randint(2, 12)):
            data = self.random.randbytes(40 + 10 * number)
            # Never what a dissector would take for its own protocol.
            data = b"\xff\xff\xff\xff" + data
            outward = number % 2 == 0
            ends = (client[0], server) if outward else (server, client[0])
            ports = (sport, dport) if outward else (dport, sport)
            yield self.frame(client, server, outward, wire.UDP, wire.udp(*ends, *ports, data))

    def ping(self, client, server):
        ident = self.random.getrandbits(16)
        for number in range(4):
            for reply in (False, True):
                yield self.frame(client, server, not reply, wire.ICMP,
                                 wire.echo(reply, ident, number, bytes(range(56))))

    def arp(self, client, server):
        gateway = wire.ip("10.30.0.1")
        yield wire.ethernet(client[1], wire.BROADCAST_MAC, wire.ETH_ARP,
                            wire.arp(False, client[1], client[0], bytes(6), gateway))
        yield wire.ethernet(GATEWAY_MAC, client[1], wire.ETH_ARP,
                            wire.arp(True, GATEWAY_MAC, gateway, client[1], client[0]))
        yield from self.ping(client, server)


def main(path, packets=500000, hosts=5000):
    bulk = Bulk(hosts)
    writer = wire.PcapWriter(path)
    active = [bulk.flow() for _ in range(ACTIVE_FLOWS)]
    clock, written, seen = START, 0, set()
    while written < packets:
        place = int(bulk.random.random() * ACTIVE_FLOWS)
        frame = next(active[place], None)
        if frame is None:
            active[place] = bulk.flow()
            continue
        clock += int(bulk.random.expovariate(1) * 7.2e6)  # half a million packets an hour
        writer.add(clock, frame)
        written += 1
        if frame[12:14] == b"\x08\x00":
            seen.add(frame[26:30])
            seen.add(frame[30:34])
    writer.close()
    print(json.dumps({"packets": written, "flows": bulk.flows, "ip_hosts": len(seen)}))


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3, 4) or sys.argv[1].startswith("-"):
        sys.exit(__doc__)
    main(sys.argv[1], *map(int, sys.argv[2:]))
