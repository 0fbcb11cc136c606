"""Edges carry their server ports in every format, and the report says who talks to whom by them: held
against tshark's own addresses and ports of each packet.

SPDX-License-Identifier: GPL-2.0-or-later
"""
import collections
import csv
import json
import pathlib
import re
import sqlite3
import sys
import xml.etree.ElementTree

import networkx
import pytest

GENERATE = pathlib.Path(__file__).resolve().parents[1] / "generate"
sys.path.insert(0, str(GENERATE))

import wire  # noqa: E402
from lan import SECOND, Connection, Host, Lan, refused  # noqa: E402

START = 1767607200 * SECOND
SERVERS = {22, 53, 80, 443, 445, 1433, 3389, *range(8000, 8010)}
SUFFIXES = ("json", "ndjson", "cyjs", "html", "graphml", "gexf", "svg", "dot", "csv", "sqlite")
SVG = "{http://www.w3.org/2000/svg}"
ENDS = {"auto": ("ip.src", "ip.dst", "ipv6.src", "ipv6.dst"), "link": ("eth.src", "eth.dst")}


def sites(path):
    """Two sites of clients that use a server, in IPv4 and IPv6; one of them a scanner of ten ports; one odd
    path; one connection without its start; pings."""
    lan = Lan(None, 5)
    server = Host("server", "10.9.0.1", "02:00:00:09:00:01")
    server6 = Host("server6", "fd00:9::1", "02:00:00:09:00:01")
    for i in range(1, 7):
        client = Host(f"c{i}", f"10.{i % 2 + 1}.0.{i}", f"02:00:00:00:00:{i:02x}")
        client6 = Host(f"d{i}", f"fd00:{i % 2 + 1}::{i}", f"02:00:00:00:00:{i:02x}")
        for n, (a, b, port) in enumerate([(client, server, 443), (client, server, 445), (client6, server6, 80)]):
            Connection(lan, START + (5 * i + n) * SECOND, a, b, port).client(b"x" * i).server(b"y" * 90).close()
        lan.ask(START + i * SECOND, client, server, 53, b"q" * 20, b"a" * 40)
    odd, desk = Host("odd", "10.2.0.7", "02:00:00:00:00:77"), Host("desk", "10.1.0.9", "02:00:00:00:00:99")
    Connection(lan, START + 60 * SECOND, odd, desk, 3389).client(b"x").server(b"y").close()
    for port in range(8000, 8010):
        refused(lan, START + 70 * SECOND + port, odd, server, port)
    lan.packet(START + 80 * SECOND, server, odd, wire.TCP, wire.tcp(
        server.address, odd.address, 22, 40000, 9, 9, wire.ACK | wire.PSH, b"mid"))
    lan.packet(START + 81 * SECOND, odd, desk, wire.ICMP, wire.echo(False, 7, 1, b"ping"))
    wire.write_pcapng(path, lan.in_order())


@pytest.fixture(scope="module", params=["generated", "three_sites"])
def capture(request, installed_tshark, case):
    if request.param == "three_sites":
        return case("three_sites")
    path = installed_tshark.folder / "server_ports.pcapng"
    sites(path)
    return path


def truth(tshark, capture, layer):
    """{(source, target): {(port, transport): [packets, bytes]}}: each packet's port that is a server's."""
    names = ENDS[layer]
    edges = collections.defaultdict(dict)
    for *ends, length, tcp_from, tcp_to, udp_from, udp_to in tshark.fields(
            capture, *names, "frame.len", "tcp.srcport", "tcp.dstport", "udp.srcport", "udp.dstport"):
        pair = tuple(end for end in ends if end)
        served = edges[pair]
        for transport, ports in (("tcp", (tcp_from, tcp_to)), ("udp", (udp_from, udp_to))):
            for port in {int(port) for port in ports if port} & SERVERS:
                counts = served.setdefault((port, transport), [0, 0])
                counts[0] += 1
                counts[1] += int(length)
    return edges


def text_of(ports):
    """As a cell has them: five at most, busiest first, then how many more there are."""
    order = sorted(ports.items(), key=lambda item: (-item[1][0], item[0][1], item[0][0]))
    named = [f"{port}/{transport}:{counts[0]}" for (port, transport), counts in order[:5]]
    return "; ".join(named + ([f"+{len(order) - 5}"] if len(order) > 5 else []))


def listed(objects):
    return {(one["port"], one["transport"]): [one["packets"], one["bytes"]] for one in objects}


def lines(path):
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


@pytest.mark.parametrize("layer", ["auto", "link"])
def test_every_format(tshark, capture, layer):
    edges = truth(tshark, capture, layer)
    texts = {pair: text_of(ports) for pair, ports in edges.items()}
    assert any("3389/tcp" in text for text in texts.values())
    done = tshark.hostgraph(capture, "text=no", f"layer={layer}", *(f"export=x.{suffix}" for suffix in SUFFIXES))
    assert done.status == 0 and not done.err, done
    file = lambda name: tshark.work / name

    record = json.loads(file("x.json").read_text("utf-8"))
    assert {(e["source"], e["target"]): listed(e["ports"]) for e in record["edges"]} == edges
    assert {(e["source"]["address"], e["destination"]["address"]): listed(e["hostgraph"]["ports"])
            for e in lines(file("x.ndjson")) if e["event"]["dataset"] == "hostgraph.edge"} == edges

    for graph in (networkx.read_graphml(file("x.graphml")), networkx.read_gexf(file("x.gexf")),
                  networkx.cytoscape_graph(json.loads(file("x.cyjs").read_text("utf-8")))):
        assert {(a, b): values["ports"] for a, b, values in graph.edges(data=True)} == texts
    with open(file("x.edges.csv"), newline="", encoding="utf-8") as rows:
        assert {(row["Source"], row["Target"]): row["ports"] for row in csv.DictReader(rows)} == texts
    with sqlite3.connect(file("x.sqlite")) as store:
        assert {row[:2]: row[2] for row in store.execute("SELECT source, target, ports FROM edges")} == texts

    dot = file("x.dot").read_text("utf-8")
    hosts = dict(re.findall(r'^  (n\d+) \[label="([^"\\]*)', dot, re.M))
    assert {(hosts[a], hosts[b]): ports for a, b, ports in re.findall(
        r'^  (n\d+) -> (n\d+) \[.*\bports="([^"]*)"', dot, re.M)} == texts
    told = [dict(line.partition(": ")[::2] for line in title.text.split("\n"))
            for title in xml.etree.ElementTree.parse(file("x.svg")).iter(SVG + "title")]
    assert {(row["Sender"], row["Receiver"]): row["Packets by server port"] for row in told
            if "Sender" in row} == texts

    page = re.search(r'<script[^>]*id="record"[^>]*>(.*?)</script>', file("x.html").read_text("utf-8"), re.S)
    data = json.loads(page[1])
    ids, columns = data["nodes"]["id"], data["edges"]
    pairs = [(ids[a], ids[b]) for a, b in zip(columns["source"], columns["target"])]
    assert dict(zip(pairs, (dict(zip(ports[::2], ports[1::2])) for ports in columns["ports"]))) == {
        pair: {f"{port}/{transport}": counts[0] for (port, transport), counts in ports.items()}
        for pair, ports in edges.items()}


def test_report(tshark, capture):
    """By default the odd path is in both tables, with both directions of it."""
    ports = collections.Counter()
    for served in truth(tshark, capture, "auto").values():
        for (port, transport), (packets, _) in served.items():
            ports[f"{port}/{transport}"] += packets
    out = tshark.hostgraph(capture, "top=0").out
    table = out[out.index("Who talks to whom, by server port"):out.index("Protocols by packets")]
    assert f"by server port ({len(ports)})" in table
    rows = [line.split() for line in table.split("\n") if re.match(r"  \d+/", line)]
    assert {row[0]: int(row[4]) for row in rows} == ports
    odd = next(row for row in rows if row[0] == "3389/tcp")
    assert odd[2:4] == ["1", "1"] and odd[-2:] == ["->", "10.1.0.9"]
    conversations = out[out.index("Conversations by bytes"):out.index("Who talks to whom")]
    assert re.search(r"\b10\.\d\.0\.7 +-> +10\.1\.0\.9 .* 3389/tcp, ", conversations)
    out = tshark.hostgraph(capture).out
    assert re.search(r"^  3389/tcp .*10\.\d\.0\.7 -> 10\.1\.0\.9$", out, re.M)


def test_without_evidence(tshark, capture):
    edges = truth(tshark, capture, "auto")
    record = tshark.json(capture, "evidence=no")
    assert {(e["source"], e["target"]): listed(e["ports"]) for e in record["edges"]} == edges
