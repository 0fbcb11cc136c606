"""The VLANs of hosts, edges and connections are those that tshark's own fields show.

SPDX-License-Identifier: GPL-2.0-or-later
"""
import collections
import csv
import json
import pathlib
import sqlite3
import sys
import xml.etree.ElementTree as xml

import pytest

TESTS = pathlib.Path(__file__).resolve().parents[1]
sys.path.insert(0, str(TESTS / "generate"))

import segments  # noqa: E402
from segments import Tenant, plain, tagged, vlan, vxlan  # noqa: E402


def many():
    """Whoever forges tags can claim any number of VLANs."""
    for number in range(1, 3001):
        yield from Tenant(1, tagged((0x88a8, number), (0x8100, 4095))).resolve()


def outside():
    """A tunnel through VLAN 7 carries packets in VLAN 20, and in none."""
    for number, inner in enumerate((vlan(20), plain)):
        for frame in Tenant(number, lambda *frame, wrap=inner: vxlan(5001)(*split(wrap(*frame))),
                            f"10.0.{number}.5", f"10.0.{number}.1").connection(40000, 1000):
            yield vlan(7)(*split(frame))


def split(frame):
    """The arguments of a wrapper."""
    return frame[:6], frame[6:12], int.from_bytes(frame[12:14], "big"), frame[14:]


SCENES = {
    **{kind: segments.SCENES[kind] for kind in (
        "vlan", "vlan-ipv6", "vlan-fe80", "untagged", "priority", "qinq", "ad", "routed", "trunk", "two-vlans", "asymmetric",
        "external", "interfaces")},
    "many": many,
    "three-tags": lambda: Tenant(1, tagged((0x88a8, 9), (0x8100, 8), (0x8100, 7))).connection(40000, 1),
    "priority-within": lambda: Tenant(1, tagged((0x88a8, 9), (0x8100, 0))).connection(40000, 1),
    "cut": lambda: [frame[:length] for length in range(14, 60)
                    for frame in Tenant(1, vlan(20)).connection(40000, 1)],
}


@pytest.fixture
def scene(installed_tshark):
    def make(kind, frames=None):
        path = installed_tshark.folder / f"{kind}.pcapng"
        segments.write(path, frames or SCENES[kind]())
        return path
    return make


def text_of(*columns):
    tags = [tag for column in columns for tag in column.split(",") if int(tag or 0) > 0]
    return ".".join(tags[:2])


def number(text):
    """As VLANs are sorted: one tag before two."""
    return [len(text.split("."))] + [int(tag) for tag in text.split(".")]


def shown(tshark, path):
    """{(source, target): {VLAN}}, in the order of tags: 802.1ad's first."""
    words = [word for name in ("_ws.col.Source", "_ws.col.Destination", "ieee8021ad.id", "vlan.id") for word in ("-e", name)]
    edges = collections.defaultdict(set)
    for line in tshark("-n", "-r", path, "-T", "fields", *words).out.splitlines():
        source, target, *tags = line.split("\t")
        if source and target:
            edges[source, target] |= {text_of(*tags)} - {""}
    return dict(edges)


def of_edges(record):
    found = collections.defaultdict(set)
    for edge in record["edges"]:
        assert edge["vlans"] == sorted(set(edge["vlans"]), key=number)
        found[tuple(edge[end].split(" (")[0] for end in ("source", "target"))] |= set(edge["vlans"])
    return dict(found)


def assert_as_shown(tshark, path):
    record, expected = tshark.json(path), shown(tshark, path)
    assert of_edges(record) == expected
    for node in record["nodes"]:
        touching = {one for edge in record["edges"] if node["id"] in (edge["source"], edge["target"]) for one in edge["vlans"]}
        assert node["vlans"] == sorted(touching, key=number)
    return record


@pytest.mark.parametrize("kind", SCENES)
def test_as_tshark_shows(tshark, scene, kind):
    record = assert_as_shown(tshark, scene(kind))
    assert any(node["vlans"] for node in record["nodes"]) == (kind != "interfaces")


@pytest.mark.parametrize("name", ["vlan_mpls_mixed.pcap", "pppoe_over_qinq.pcap"])
def test_real(tshark, capture, name):
    assert any(node["vlans"] for node in assert_as_shown(tshark, capture(name))["nodes"])


def test_told_apart(tshark, scene):
    """Each of two machines with one address is in its own VLAN."""
    nodes = {node["id"]: node["vlans"] for node in tshark.json(scene("vlan"))["nodes"]}
    assert (nodes["10.0.0.5 (VLAN 10)"], nodes["10.0.0.5 (VLAN 20)"]) == (["10"], ["20"])


def test_tunnel(tshark, scene):
    """What the tunnel carries is in the VLAN within it, not in the one that the tunnel goes through."""
    edges = of_edges(tshark.json(scene("outside", outside())))
    assert edges["10.0.0.5", "10.0.0.1"] == {"20"} and edges["10.0.1.5", "10.0.1.1"] == set()


def connections(tshark, path, *options):
    done = tshark.hostgraph(path, "text=no", "export=x.conn.csv", "export=x.conn.ndjson", *options)
    assert done.status == 0, done
    with open(tshark.work / "x.conn.csv", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    lines = [json.loads(line) for line in open(tshark.work / "x.conn.ndjson", encoding="utf-8")]
    lines = [line["network"] for line in lines if line["event"]["dataset"] == "hostgraph.connection"]
    return rows, lines


@pytest.mark.parametrize("kind", ["vlan", "ad", "asymmetric", "trunk", "priority-within", "interfaces"])
def test_connections(tshark, scene, kind):
    """A connection is in the VLAN of its first packet."""
    path = scene(kind)
    rows, lines = connections(tshark, path)
    words = [word for name in ("frame.number", "ieee8021ad.id", "vlan.id") for word in ("-e", name)]
    fields = [line.split("\t") for line in tshark("-n", "-r", path, "-T", "fields", *words).out.splitlines()]
    tags = {frame: text_of(*columns) for frame, *columns in fields}
    assert rows and [row["vlan"] for row in rows] == [tags[row["first_frame"]] for row in rows]
    for row, network in zip(rows, lines):
        outer, _, inner = row["vlan"].partition(".")
        assert network.get("vlan", {}).get("id", "") == outer
        assert network.get("inner", {}).get("vlan", {}).get("id", "") == inner


def test_formats(tshark, scene):
    """The same in every format that has attributes."""
    path = scene("ad")
    expected = {node["id"]: "; ".join(node["vlans"]) for node in tshark.json(path)["nodes"]}
    done = tshark.hostgraph(path, "text=no", "export=x.csv", "export=x.graphml", "export=x.gexf", "export=x.sqlite")
    assert done.status == 0 and set(expected.values()) >= {"100.10", "200.10"}, done
    with open(tshark.work / "x.hosts.csv", encoding="utf-8", newline="") as file:
        assert {row["Id"].removeprefix("'"): row["vlans"] for row in csv.DictReader(file)} == expected
    names = {"g": "{http://graphml.graphdrawing.org/xmlns}"}
    graph = xml.parse(tshark.work / "x.graphml").getroot()
    keys = {key.get("id"): key.get("attr.name") for key in graph.iter(names["g"] + "key")}
    nodes = {node.get("id"): {keys[data.get("key")]: data.text or "" for data in node.iter(names["g"] + "data")}
             for node in graph.iter(names["g"] + "node")}
    assert {name: node["vlans"] for name, node in nodes.items()} == expected
    with sqlite3.connect(tshark.work / "x.sqlite") as store:
        assert dict(store.execute("SELECT id, vlans FROM nodes")) == expected
        by_vlan = store.execute("SELECT vlan, sum(ab_packets + ba_packets) FROM conversation_vlans GROUP BY vlan")
        counted = collections.Counter(text_of(*line.split("\t")) for line in tshark(
            "-n", "-r", path, "-T", "fields", "-e", "ieee8021ad.id", "-e", "vlan.id").out.splitlines())
        assert dict(by_vlan) == counted
        assert {row[0] for row in store.execute("SELECT vlan FROM connection_list")} == {"100.10", "200.10"}


@pytest.mark.parametrize("kind", ["two-vlans", "asymmetric", "vlan", "many"])
def test_stored(tshark, scene, kind):
    """A store knows them, and pieces add up to the whole."""
    path = scene(kind)
    assert tshark.hostgraph(path, "text=no", "export=whole.sqlite").status == 0
    frames = len(tshark("-n", "-r", path, "-T", "fields", "-e", "frame.number").out.splitlines())
    assert tshark("-c", str(frames // 2 + 1), path, "piece.pcapng", program="editcap").status == 0
    for piece in sorted(one.name for one in tshark.work.glob("piece_*.pcapng")):
        assert tshark.hostgraph(piece, "text=no", "append=yes", "export=pieces.sqlite").status == 0
    for query in ("SELECT a, b, vlan, v.ab_packets, v.ba_packets FROM conversation_vlans v JOIN conversations USING (conversation)"
                  " ORDER BY a, b, vlan", "SELECT first_frame, vlan FROM connections ORDER BY first_frame",
                  "SELECT id, vlans FROM nodes ORDER BY id", "SELECT source, target, vlans FROM edges ORDER BY source, target"):
        found = []
        for name in ("whole.sqlite", "pieces.sqlite"):
            with sqlite3.connect(tshark.work / name) as store:
                found.append(store.execute(query).fetchall())
        assert found[0] == found[1] and (found[0] or kind == "many"), query


@pytest.mark.parametrize("options", [("layer=device",), ("group=subnet",)])
def test_groups(tshark, scene, options):
    """A node of several hosts has the VLANs of all of them."""
    nodes = tshark.json(scene("two-vlans"), *options)["nodes"]
    assert ["10", "20"] in [node["vlans"] for node in nodes]


def test_report(tshark, scene):
    """A red-flagged host's section says in which it was."""
    lines = tshark.hostgraph(scene("two-vlans"), "suspect=10.0.0.5").out.splitlines()
    assert ["VLAN", "10,", "20"] in [line.split() for line in lines]
    lines = tshark.hostgraph(scene("external", segments.SCENES["trunk"]()), "suspect=10.0.0.5").out.splitlines()
    assert ["VLAN", "10"] in [line.split() for line in lines]


def test_pseudonyms(tshark, scene):
    """A VLAN is nobody: it stays."""
    tshark.write("key", "sixteen bytes or more, for nobody")
    record = tshark.json(scene("two-vlans"), "pseudonyms=key")
    assert {tuple(node["vlans"]) for node in record["nodes"] if node["kind"] == "ipv4"} == {("10", "20")}
