"""Tunnels: the outer ends of packets within packets are hosts, with edges of a kind of their own.

Frames are made here, so who is outside and who inside is known before. Of real captures tshark's own
fields say it.

SPDX-License-Identifier: GPL-2.0-or-later
"""
import pathlib
import sqlite3
import struct
import sys

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "generate"))
import wire  # noqa: E402

MACS = wire.mac("02:00:00:00:00:01"), wire.mac("02:00:00:00:00:02")
NEAR, FAR = "192.0.2.1", "198.51.100.1"
NEAR6, FAR6 = "2001:db8:1::1", "2001:db8:2::1"
CLIENT, SERVER = "10.1.0.5", "10.2.0.9"
CLIENT6, SERVER6 = "fd00:1::5", "fd00:2::9"
IPIP, IPV6, GRE, UDP = 4, 41, 47, 17


def packet(source, target, protocol, payload):
    return wire.network(wire.ip(source), wire.ip(target), protocol, payload, ident=7)[1]


def udp(source, target, port, payload):
    return wire.udp(wire.ip(source), wire.ip(target), 50000, port, payload)


def question(client=CLIENT, server=SERVER):
    """An IP packet that is to be carried."""
    return packet(client, server, UDP, udp(client, server, 9999, b"carried"))


def ethernet(inner):
    kind = wire.ETH_IPV6 if inner[0] >> 4 == 6 else wire.ETH_IPV4
    return wire.ethernet(*MACS, kind, inner)


def vxlan(outer, inner_frame):
    return udp(*outer, 4789, struct.pack("!II", 0x08000000, 5001 << 8) + inner_frame)


def gre(inner):
    return struct.pack("!HH", 0, wire.ETH_IPV4) + inner


OUTER, OUTER6 = (NEAR, FAR), (NEAR6, FAR6)
ARP = wire.ethernet(MACS[0], wire.mac("ff:ff:ff:ff:ff:ff"), 0x0806,
                    wire.arp(False, MACS[0], wire.ip(CLIENT), bytes(6), wire.ip("10.1.0.1")))

# name: (frame, [(source, target, protocol of the tunnel), ...] from the outside in)
KINDS = {
    "ip-in-ip": (ethernet(packet(*OUTER, IPIP, question())), [(*OUTER, "IPv4")]),
    "6in4": (ethernet(packet(*OUTER, IPV6, question(CLIENT6, SERVER6))), [(*OUTER, "IPv6")]),
    "4in6": (ethernet(packet(*OUTER6, IPIP, question())), [(*OUTER6, "IPv4")]),
    "gre": (ethernet(packet(*OUTER, GRE, gre(question()))), [(*OUTER, "GRE")]),
    "gre6": (ethernet(packet(*OUTER6, GRE, gre(question()))), [(*OUTER6, "GRE")]),
    "vxlan": (ethernet(packet(*OUTER, UDP, vxlan(OUTER, ethernet(question())))),
              [(*OUTER, "VXLAN")]),
    "arp in vxlan": (ethernet(packet(*OUTER, UDP, vxlan(OUTER, ARP))), [(*OUTER, "VXLAN")]),
    "gre in ip-in-ip": (ethernet(packet(*OUTER6, IPIP,
                                              packet(*OUTER, GRE, gre(question())))),
                        [(*OUTER6, "IPv4"), (*OUTER, "GRE")]),
    "none": (ethernet(question()), []),
    "an error that quotes": (ethernet(packet(
        FAR, NEAR, 1, wire.icmp(3, 1, b"\0\0\0\0", question()))), []),
}


@pytest.fixture
def capture(tshark):
    def write(*frames):
        path = tshark.folder / "tunnels.pcapng"
        wire.write_pcapng(path, [((1_700_000_000 + i) * 10**9, frame) for i, frame in enumerate(frames)])
        return path
    return write


def tunnels(record):
    return {(edge["source"], edge["target"]): (edge["packets"], edge["bytes"], edge["tunnels"])
            for edge in record["edges"] if edge["kind"] == "tunnel"}


@pytest.mark.parametrize("kind", KINDS)
def test_outer_ends(tshark, capture, kind):
    frame, expected = KINDS[kind]
    record = tshark.json(capture(frame, frame))
    assert tunnels(record) == {(source, target): (2, 2 * len(frame), [name])
                               for source, target, name in expected}
    nodes = {node["id"]: node for node in record["nodes"]}
    for source, target, _ in expected:
        for end in (source, target):
            assert nodes[end]["packets_sent"] == nodes[end]["packets_received"] == 0
            assert nodes[end]["roles"] == ["tunnel-end"]
    assert record["graph"]["packets"] == 2


def test_ends_that_talk_too(tshark, capture):
    """One edge a direction: the packets of the two, and the name of the tunnel beside them."""
    frame = KINDS["gre"][0]
    record = tshark.json(capture(ethernet(question(NEAR, FAR)), frame, frame))
    edge, = (edge for edge in record["edges"] if edge["source"] == NEAR)
    assert (edge["kind"], edge["packets"], edge["tunnels"]) == ("conversation", 1, ["GRE"])


def test_groups(tshark, capture):
    """Of subnets: one edge between the two, with the packets of all tunnels of hosts in them."""
    other = ethernet(packet("192.0.2.77", "198.51.100.88", GRE, gre(question())))
    frame = KINDS["gre"][0]
    record = tshark.json(capture(frame, frame, other), "group=subnet")
    assert tunnels(record) == {("192.0.2.0/24", "198.51.100.0/24"):
                               (3, 2 * len(frame) + len(other), ["GRE"])}
    nodes = {node["id"]: node for node in record["nodes"]}
    assert nodes["192.0.2.0/24"]["roles"] == ["tunnel-end"]
    back = ethernet(packet(NEAR, "192.0.2.77", GRE, gre(question())))
    assert tunnels(tshark.json(capture(back), "group=subnet")) == {
        ("192.0.2.0/24", "192.0.2.0/24"): (1, len(back), ["GRE"])}


def test_devices(tshark, capture):
    """Of machines with addresses of both families: one tunnel, with the packets of both."""
    def claim(mac, address):
        if ":" not in address:
            return wire.ethernet(mac, wire.mac("ff:ff:ff:ff:ff:ff"), 0x0806,
                                 wire.arp(False, mac, wire.ip(address), bytes(6), wire.ip("192.0.2.254")))
        body = wire.icmpv6(wire.ip(address), wire.ip("ff02::1"), 136, 0, struct.pack("!I", 0x20000000),
                           wire.ip(address) + b"\x02\x01" + mac)
        return wire.ethernet(mac, wire.mac("33:33:00:00:00:01"), wire.ETH_IPV6,
                             wire.ipv6(wire.ip(address), wire.ip("ff02::1"), 58, body, 255))

    near = ("192.0.2.1", "192.0.2.2"), ("2001:db8:1::1", "2001:db8:1::2")
    frames = [claim(MACS[n], address) for n in (0, 1) for address in (near[0][n], near[1][n])]
    frames += [wire.ethernet(MACS[n], MACS[1 - n], wire.ETH_IPV4 if family == 0 else wire.ETH_IPV6,
                             packet(near[family][n], near[family][1 - n], UDP,
                                    udp(near[family][n], near[family][1 - n], 9999, b"direct")))
               for n in (0, 1) for family in (0, 1)]
    first, second = [wire.ethernet(MACS[0], MACS[1], wire.ETH_IPV4 if family == 0 else wire.ETH_IPV6,
                                   packet(*near[family], GRE, gre(question()))) for family in (0, 1)]
    path = capture(*frames, first, second, second)
    devices = {node["id"]: node["device"] for node in tshark.json(path)["nodes"]}
    assert {devices[near[family][n]] for family in (0, 1) for n in (0, 1)} == set(near[0])
    out = tshark.hostgraph(path, "layer=device").out
    section = out[out.index("Tunnels by packets (1)"):].split("\n\n")[0]
    assert section.split("\n")[3].split()[:5] == [*near[0], "GRE", "3", f"{len(first) + 2 * len(second):,}"]
    edge, = (edge for edge in tshark.json(path, "layer=device")["edges"]
             if (edge["source"], edge["target"]) == near[0])
    assert edge["tunnels"] == ["GRE"]


def test_two_passes(tshark, capture):
    """No tap is served in the first of two passes: the report is the same."""
    path = capture(*(frame for frame, _ in KINDS.values()))
    assert tunnels(tshark.json(path)) == tunnels(tshark.json(path, before=["-2"])) != {}


@pytest.mark.parametrize("option", ["layer=link", "evidence=no"])
def test_not_asked_for(tshark, capture, option):
    record = tshark.json(capture(KINDS["gre"][0]), option)
    assert tunnels(record) == {}
    assert not {NEAR, FAR} & {node["id"] for node in record["nodes"]}


def test_store_and_append(tshark, capture):
    """Counted twice in a store to which the packets are added under other times; as exact as the rest."""
    frame, _ = KINDS["vxlan"]
    assert tshark.hostgraph(capture(frame), "text=no", "export=a.sqlite").status == 0
    later = tshark.folder / "later.pcapng"
    wire.write_pcapng(later, [(1_700_100_000 * 10**9, frame)])
    assert tshark.hostgraph(later, "text=no", "append=yes", "export=a.sqlite",
                            "export=a.json").status == 0
    with sqlite3.connect(tshark.work / "a.sqlite") as store:
        assert store.execute("SELECT kind, source, target, packets, conversation FROM edges"
                             " WHERE kind = 'tunnel'").fetchall() == [("tunnel", *OUTER, 2, None)]


def test_pseudonyms(tshark, capture):
    """No outer address gets out."""
    tshark.write("key", "0123456789abcdef" * 4)
    done = tshark.hostgraph(capture(KINDS["gre in ip-in-ip"][0]), "pseudonyms=key", "export=a.json",
                            "export=a.csv", "export=a.html")
    assert done.status == 0, done
    written = done.out + "".join(path.read_text(encoding="utf-8") for path in tshark.work.glob("a*"))
    assert "GRE" in written
    for address in (*OUTER, *OUTER6):
        assert address not in written


def test_report(tshark, capture):
    out = tshark.hostgraph(capture(KINDS["gre"][0])).out
    section = out[out.index("Tunnels by packets (1)"):].split("\n\n")[0]
    assert [NEAR, FAR, "GRE", "1"] == section.split("\n")[3].split()[:4]


def test_cut_short(tshark, capture):
    """Cut in every header: a tunnel's ends are there when Wireshark shows a packet within."""
    whole = KINDS["gre in ip-in-ip"][0]
    most = 0
    for length in range(14, len(whole)):
        path = tshark.folder / "short.pcapng"
        wire.write_pcapng(path, [(1_700_000_000 * 10**9, whole[:length])])
        sources = tshark("-n", "-r", path, "-T", "fields", "-e", "ipv6.src", "-e", "ip.src").out.replace("\t", ",")
        within = len([one for one in sources.strip().split(",") if one][1:])
        assert set(tunnels(tshark.json(path))) == set([OUTER6, OUTER][:within]), length
        most = max(most, within)
    assert most == 2


def test_dot(tshark, capture):
    assert tshark.hostgraph(capture(KINDS["gre"][0]), "text=no", "export=a.dot").status == 0
    lines = (tshark.work / "a.dot").read_text(encoding="utf-8").split("\n")
    assert sum("style=dashed" in line and "->" in line for line in lines) == 1
