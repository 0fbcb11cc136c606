#!/usr/bin/python3
"""Names asked for and echoes sent: those that carry something, and those that do not.

    names.py KIND CAPTURE TRUTH      writes a pcapng and a JSON file that says who is what

The truth: {"suspects": {host: rule}, "packets": display filter of what the finding speaks of}, made
without the plugin's own filters. Seeded: the same bytes every time.
SPDX-License-Identifier: GPL-2.0-or-later
"""
import base64
import json
import struct
import sys

import payload
import wire
from lan import MS, SECOND, Connection, Host, Lan

START = 1767607200 * SECOND
GATEWAY = Host("gateway", "10.50.0.1", "02:00:0a:32:00:01")
CLIENT = Host("client", "10.50.0.10", "02:00:0a:32:00:0a")
OTHER = Host("other", "10.50.0.11", "02:00:0a:32:00:0b")
RESOLVER = Host("resolver", "10.50.0.53", "02:00:0a:32:00:35")
UPSTREAM = Host("upstream", "198.51.100.53")
FAR = Host("far", "203.0.113.9")
TXT, MX, NULL = 16, 15, 10
NO_SUCH_NAME = 3


def ask(lan, time, name, kind=payload.DNS_A, address=None, failure=0, client=CLIENT,
        server=RESOLVER):
    """`name`: text, or labels as bytes."""
    question, answer = payload.dns(lan.random.getrandbits(16), name, address, kind, failure)
    return lan.ask(time, client, server, 53, question, answer)


def browse(lan):
    """What everybody asks for."""
    for number, name in enumerate(("www.example.org", "cdn.example.org", "www.example.co.uk",
                                   "d111111abcdef8.cloudfront.net", "wpad.example.org")):
        ask(lan, START + number * SECOND, name, address=wire.ip("192.0.2.80"))
        ask(lan, START + number * SECOND, name, client=OTHER)


def tunnel(lan):
    """Data in names, passed on by the resolver; one of the domain's labels is an odd one."""
    browse(lan)
    for number in range(90):
        data = base64.b32encode(lan.random.randbytes(20)).rstrip(b"=").lower()
        labels = [data, b"%d" % (number % 3), b"t", b"example", b"net"]
        time = START + 10 * SECOND + number * 400 * MS
        ask(lan, time, labels, TXT)
        ask(lan, time + 30 * MS, labels, TXT, client=RESOLVER, server=UPSTREAM)
    return {"suspects": {CLIENT.text: "dns-tunnel"},
            "packets": f'ip.addr == {CLIENT.text} && dns.qry.name contains "t.example.net"'}


def binary(lan):
    """Names of bytes, dots and quotes among them, below a domain with such a label."""
    browse(lan)
    odd = b'o"d\\ .\xff'
    for number in range(90):
        data = b'".\\' + struct.pack("!H", number) + lan.random.randbytes(40)
        ask(lan, START + 10 * SECOND + number * 400 * MS, [data, odd, b"example"], NULL)
    return {"suspects": {CLIENT.text: "dns-tunnel"},
            "packets": f"ip.addr == {CLIENT.text} && dns.qry.type == {NULL}"}


def bare(lan):
    """Data in names that end in no domain at all."""
    browse(lan)
    for number in range(90):
        data = lan.random.randbytes(16).hex()
        ask(lan, START + 10 * SECOND + number * 400 * MS, f"tag.{data}", MX)
    return {"suspects": {CLIENT.text: "dns-tunnel"},
            "packets": f"ip.addr == {CLIENT.text} && dns.qry.type == {MX}"}


def generated(lan):
    """Domains drawn at random, none of which exists."""
    browse(lan)
    for number in range(80):
        letters = "".join(chr(97 + lan.random.randrange(26)) for _ in range(12))
        ask(lan, START + 10 * SECOND + number * SECOND, f"{letters}.com", failure=NO_SUCH_NAME)
    return {"suspects": {CLIENT.text: "dga"},
            "packets": f"ip.dst == {CLIENT.text} && dns.flags.rcode == {NO_SUCH_NAME}"}


def echo(lan, time, source, target, reply, sequence, data):
    lan.packet(time, source, target, wire.ICMP, wire.echo(reply, 7, sequence, data))


def echoes(lan):
    """Packets carried in echoes; the answerer answers with its own. Beside them, ordinary pings of
    the same host."""
    lan.ping(START, CLIENT, GATEWAY, count=10)
    for number in range(60):
        time = START + 20 * SECOND + number * 200 * MS
        echo(lan, time, CLIENT, FAR, False, number, lan.random.randbytes(120))
        echo(lan, time + 20 * MS, FAR, CLIENT, True, number, lan.random.randbytes(300))
    return {"suspects": {CLIENT.text: "icmp-tunnel"},
            "packets": f"icmp && ip.addr == {FAR.text}"}


def stamped(time, size):
    """What iputils' ping sends: the time, then bytes that count up."""
    return struct.pack("<QQ", time // SECOND, time % SECOND // 1000) + \
        bytes(number & 255 for number in range(16, size))


def ordinary(lan):
    """Block lists, reputation of files, mail domains, a browser's probes; pings of all sizes."""
    browse(lan)
    for number in range(120):
        time = START + 10 * SECOND + number * 300 * MS
        ask(lan, time, f"{number}.2.0.192.zen.example.net", TXT, failure=NO_SUCH_NAME)
        ask(lan, time + MS, f"{lan.random.randbytes(20).hex()}.avqs.mcafee.com",
            address=wire.ip("127.0.0.1"))
        ask(lan, time + 2 * MS, f"_dmarc.company{number}.co.uk", TXT)
        ask(lan, time + 3 * MS, f"mx.company{number}.co.uk", MX)
    for number, letters in enumerate(("qxkzjwvbt", "zzxqwkjvh", "bxvqjkzwp")):
        ask(lan, START + SECOND * number, letters, failure=NO_SUCH_NAME)
        ask(lan, START + SECOND * number, f"{letters}.corp.example", failure=NO_SUCH_NAME)
    for number in range(100):
        time = START + 60 * SECOND + number * SECOND
        for target, size in ((FAR, 56), (OTHER, 1400), (GATEWAY, 64 + 14 * number)):
            data = stamped(time, size)
            echo(lan, time, CLIENT, target, False, number, data)
            echo(lan, time + 20 * MS, target, CLIENT, True, number, data[:1200])
    return {"suspects": {}}


def strange(lan):
    """Messages that nobody should send: loops, names cut off, in TCP, in pieces."""
    def send(message, sport=40000):
        lan.datagram(START + len(lan.frames) * SECOND, CLIENT, RESOLVER, sport, 53, message)

    head = struct.pack("!6H", 1, 0x0100, 1, 0, 0, 0)
    tail = struct.pack("!HH", TXT, 1)
    send(head + b"\xc0\x0c" + tail)                            # a name that is itself
    send(head + b"\x03abc\xc0\x0c" + tail)                     # and one that goes round
    send(head + b"\x3fabc")                                    # cut off
    send(head + b"\x01a\x00" + tail[:1])
    send(head[:7])
    send(head + payload.dns_name([b"a.b", b"c\\d", b"\x00\x20e"]) + tail)
    send(head + b"\x00" + tail)                                # the root
    send(head + payload.dns_name("WwW.eXample.ORG") + struct.pack("!HH", 65399, 1))
    send(struct.pack("!6H", 1, 0x2800, 1, 0, 0, 0) + payload.dns_name("update.example.org") + tail)
    connection = Connection(lan, START + 100 * SECOND, CLIENT, RESOLVER, 53)
    for name in ("tcp1.example.org", "tcp2.example.org"):
        question, answer = payload.dns(7, name, wire.ip("192.0.2.1"))
        connection.client(struct.pack("!H", len(question)) + question)
        connection.server(struct.pack("!H", len(answer)) + answer)
    connection.close()
    for fragment in pieces(head + payload.dns_name("whole.example.org") + tail):
        lan.raw(START + 200 * SECOND + len(lan.frames), fragment)
    return {"suspects": {}}


def pieces(message):
    """One UDP datagram in two IPv4 fragments."""
    datagram = wire.udp(CLIENT.address, RESOLVER.address, 40001, 53, message)
    for place, more in ((0, 0x2000), (16, 0)):
        data = datagram[place:16] if more else datagram[place:]
        header = struct.pack("!BBHHHBBH", 0x45, 0, 20 + len(data), 99, more | place // 8, 64,
                             wire.UDP, 0) + CLIENT.address + RESOLVER.address
        header = header[:10] + struct.pack("!H", wire.checksum(header)) + header[12:]
        yield wire.ethernet(CLIENT.mac, RESOLVER.mac, wire.ETH_IPV4, header + data)


KINDS = {kind.__name__: kind for kind in (tunnel, binary, bare, generated, echoes, ordinary, strange)}

if __name__ == "__main__":
    if len(sys.argv) != 4 or sys.argv[1] not in KINDS:
        sys.exit(f"usage: {sys.argv[0]} KIND CAPTURE TRUTH; kinds: {' '.join(KINDS)}")
    network = Lan(GATEWAY, seed=50)
    truth = KINDS[sys.argv[1]](network)
    wire.write_pcapng(sys.argv[2], network.in_order())
    with open(sys.argv[3], "w", encoding="utf-8") as file:
        json.dump(truth, file)
