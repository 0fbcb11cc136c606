"""Devices: the addresses of one machine are told together, and what cannot be proven stays apart.

The frames are made here, so which addresses are whose is known before; sums are tshark's own columns.

SPDX-License-Identifier: GPL-2.0-or-later
"""
import collections
import csv
import json
import pathlib
import re
import struct
import sys

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "generate"))
import wire  # noqa: E402

TCP, UDP, ICMPV6 = 6, 17, 58
SYN, RST_ACK = 0x02, 0x14
MACS = {"station": "02:00:5e:10:00:61", "server": "02:00:5e:10:00:05", "gateway": "02:00:5e:10:00:01",
        "thief": "02:00:5e:10:00:66"}
STATION = ["10.0.0.61", "2001:db8:1::61", "2001:db8:1:0:8c1f:2201:77:aa"]
SERVER = ["10.0.0.5", "2001:db8:1::5", "2001:db8:1::5"]
OUTSIDE = ["203.0.113.9", "203.0.113.10", "203.0.113.11"]


def ethernet(source, target, kind, payload):
    return wire.ethernet(wire.mac(source), wire.mac(target), kind, payload)


def packet(source_mac, target_mac, source, target, protocol, payload):
    kind, body = wire.network(wire.ip(source), wire.ip(target), protocol, payload, ident=9)
    return ethernet(source_mac, target_mac, kind, body)


def claim(mac, address):
    """An ARP reply, or a neighbour advertisement, in which the MAC says that the address is its own."""
    if ":" not in address:
        return ethernet(mac, MACS["gateway"], 0x0806,
                        wire.arp(True, wire.mac(mac), wire.ip(address), wire.mac(MACS["gateway"]),
                                 wire.ip("10.0.0.1")))
    body = wire.icmpv6(wire.ip(address), wire.ip("ff02::1"), 136, 0, struct.pack("!I", 0x20000000),
                       wire.ip(address) + b"\x02\x01" + wire.mac(mac))
    return ethernet(mac, "33:33:00:00:00:01", wire.ETH_IPV6,
                    wire.ipv6(wire.ip(address), wire.ip("ff02::1"), ICMPV6, body, 255))


def probe(source_mac, target_mac, source, target, port):
    """A SYN and the RST that refuses it."""
    def segment(a, b, sport, dport, seq, ack, flags):
        return wire.tcp(wire.ip(a), wire.ip(b), sport, dport, seq, ack, flags)
    yield packet(source_mac, target_mac, source, target, TCP,
                 segment(source, target, 40000 + port, port, 100, 0, SYN))
    yield packet(target_mac, source_mac, target, source, TCP,
                 segment(target, source, port, 40000 + port, 0, 101, RST_ACK))


def scan():
    """One station probes 24 ports of one server: 8 from each of its addresses; the gateway carries others."""
    frames = [claim(MACS["station"], address) for address in STATION]
    frames += [claim(MACS["server"], address) for address in dict.fromkeys(SERVER)]
    frames.append(claim(MACS["gateway"], "10.0.0.1"))
    for i in range(24):
        frames += probe(MACS["station"], MACS["server"], STATION[i // 8], SERVER[i // 8], 100 + i)
    for outside in OUTSIDE:
        frames.append(packet(MACS["gateway"], MACS["server"], outside, SERVER[0], UDP,
                             wire.udp(wire.ip(outside), wire.ip(SERVER[0]), 50000, 9999, b"hello")))
    return frames


@pytest.fixture
def capture(tshark):
    def write(frames):
        path = tshark.folder / "devices.pcapng"
        wire.write_pcapng(path, [(1_767_607_200 * 10**9 + i * 50_000_000, frame)
                                 for i, frame in enumerate(frames)])
        return path
    return write


def device_of(record):
    return {node["id"]: node["device"] for node in record["nodes"]}


def test_addresses_of_one_machine(tshark, capture):
    devices = device_of(tshark.json(capture(scan())))
    for mac, addresses in ((MACS["station"], STATION), (MACS["server"], SERVER)):
        assert {devices[address] for address in [*addresses, mac]} == {addresses[0]}
    for outside in OUTSIDE:
        assert devices[outside] == outside
    assert devices[MACS["gateway"]] not in OUTSIDE


@pytest.mark.parametrize("layer", ["auto", "device"])
def test_one_suspect(tshark, capture, layer):
    path = capture(scan())
    record = tshark.json(path, "rule=port-scan", f"layer={layer}")
    finding, = record["findings"]
    assert (finding["rule"], finding["host"], finding["measured"]) == ("port-scan", STATION[0], 24)
    assert [node["id"] for node in record["nodes"] if node["suspect"]] == [STATION[0]]
    done = tshark("-n", "-r", path, "-Y", finding["filter"], "-T", "fields", "-e", "tcp.dstport")
    assert {int(port) for port in done.out.split()} >= set(range(100, 124))


def test_picture_names_a_suspect_once(tshark, capture):
    done = tshark.hostgraph(capture(scan()), "text=no", "rule=port-scan", "export=x.svg")
    assert done.status == 0, done
    words = re.findall(r">Suspect: ([^<,]*)", (tshark.work / "x.svg").read_text(encoding="utf-8"))
    assert words == [STATION[0]]


def test_sums_of_devices(tshark, capture):
    """A device has all packets of its addresses, an edge those between any addresses of two devices."""
    path = capture(scan())
    devices = device_of(tshark.json(path))
    record = tshark.json(path, "layer=device")
    rows = tshark.fields(path, "_ws.col.Source", "_ws.col.Destination", "frame.len")
    pairs = [(devices.get(source, source), devices.get(target, target), int(length))
             for source, target, length in rows if source in devices and target in devices]
    assert len(pairs) == len(rows) == record["graph"]["packets"]
    packets, sizes = collections.Counter(), collections.Counter()
    sent, received = collections.Counter(), collections.Counter()
    for source, target, length in pairs:
        packets[source, target] += 1
        sizes[source, target] += length
        sent[source] += 1
        received[target] += 1
    assert {(e["source"], e["target"]): e["packets"] for e in record["edges"]} == packets
    assert {(e["source"], e["target"]): e["bytes"] for e in record["edges"]} == sizes
    assert {n["id"]: (n["packets_sent"], n["packets_received"]) for n in record["nodes"]} == {
        name: (sent[name], received[name]) for name in set(devices.values())}


def test_totals_of_a_machine(tshark, capture):
    """What its addresses sent together, counted once: beside each address, and where it is one host."""
    path = capture(scan())
    totals = {}
    for layer in ("auto", "device"):
        text = tshark.hostgraph(path, f"layer={layer}", f"suspect={STATION[0]}", "rule=port-scan").out
        own = re.search(r"^ *Traffic +sent ([\d,]+) packets", text, re.M).group(1)
        all_ = re.search(r"^ *In all +sent ([\d,]+) packets", text, re.M)
        totals[layer] = all_.group(1) if all_ else own
    addresses = {*STATION, MACS["station"]}
    sent = sum(source in addresses for source, in tshark.fields(path, "_ws.col.Source"))
    assert totals == {"auto": str(sent), "device": str(sent)}


def test_store_has_hosts_as_tallied(tshark, capture):
    """Whatever is shown: the next reader of the store may ask for another layer."""
    path = capture(scan())
    query = "SELECT id, sent_packets, received_packets FROM hosts ORDER BY host"
    assert tshark.rows(path, query, (), "layer=device") == tshark.rows(path, query, ())


def test_connections_are_as_packets_have_them(tshark, capture):
    """Other tools know a flow by its addresses: its Community ID is tshark's own."""
    path = capture(scan())
    done = tshark.hostgraph(path, "text=no", "layer=device", "export=x.conn.csv", "export=x.conn.ndjson")
    assert done.status == 0, done
    known = tshark("-n", "-r", path, "-Y", "tcp || udp", "--enable-protocol", "communityid", "-T", "fields",
                   "-e", "communityid")
    wanted = {line for line in known.out.split("\n") if line}
    with open(tshark.work / "x.conn.csv", newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert {row["client"] for row in rows} == {*STATION, *OUTSIDE}
    lines = [json.loads(line) for line in (tshark.work / "x.conn.ndjson").read_text().splitlines()[1:]]
    assert wanted and {row["community_id"] for row in rows} == wanted
    assert {line["network"]["community_id"] for line in lines} == wanted


def test_a_thief_is_not_the_gateway(tshark, capture):
    """Who claims another's address by ARP becomes no device with it."""
    frames = scan() + [claim(MACS["thief"], "10.0.0.66"), claim(MACS["thief"], "10.0.0.1")] * 3
    for mac, address in ((MACS["thief"], "10.0.0.66"), (MACS["gateway"], "10.0.0.1")):
        frames += probe(mac, MACS["server"], address, SERVER[0], 443)
    devices = device_of(tshark.json(capture(frames)))
    assert devices["10.0.0.66"] != devices["10.0.0.1"]
    assert devices[MACS["thief"]] != devices[MACS["gateway"]]


def test_cut_short_and_bad_layer(tshark, capture):
    path = capture(scan())
    whole = path.read_bytes()
    path.write_bytes(whole[:len(whole) * 2 // 3])
    assert set(device_of(tshark.json(path)).values()) >= {STATION[0]}
    done = tshark.hostgraph(path, "layer=machine")
    assert done.status == 1 and "layer=machine" in done.err and "device" in done.err
