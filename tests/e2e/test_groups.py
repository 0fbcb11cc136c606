"""group=subnet: subnets are the nodes of every graph, and their sums are tshark's own.

SPDX-License-Identifier: GPL-2.0-or-later
"""
import collections
import csv
import ipaddress
import pathlib
import re
import subprocess
import sys

import pytest

GENERATE = pathlib.Path(__file__).resolve().parents[1] / "generate"
sys.path.insert(0, str(GENERATE))
import segments  # noqa: E402


def subnet(address, home=()):
    """The node that an address of tshark's columns becomes."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return address
    if ip.is_multicast or address == "255.255.255.255" or ip.is_unspecified or (
            ip.version == 4 and int(ip) >> 24 == 0):
        return address
    for network in map(ipaddress.ip_network, home):
        if ip in network:
            return str(network) if network.prefixlen < ip.max_prefixlen else address
    return str(ipaddress.ip_network((address, 24 if ip.version == 4 else 64), strict=False))


def expected(tshark, path, home=()):
    """{(source, target): [packets, bytes]} by subnet, of the packet list."""
    sums = collections.defaultdict(lambda: [0, 0])
    for source, target, length in tshark.fields(path, "_ws.col.Source", "_ws.col.Destination", "frame.len"):
        if source and target:
            entry = sums[subnet(source, home), subnet(target, home)]
            entry[0] += 1
            entry[1] += int(length)
    return dict(sums)


def edges(record):
    return {(edge["source"], edge["target"]): [edge["packets"], edge["bytes"]] for edge in record["edges"]
            if edge["kind"] == "conversation"}


@pytest.fixture(scope="session")
def office(installed_tshark):
    path = installed_tshark.folder / "groups-office.pcapng"
    subprocess.run([sys.executable, GENERATE / "office.py", path, installed_tshark.folder / "truth.json"],
                   check=True, stdout=subprocess.DEVNULL)
    return path


@pytest.mark.parametrize("home", [(), ("10.20.0.0/28", "10.20.0.64/26", "10.20.0.31")])
def test_sums(tshark, office, home):
    record = tshark.json(office, "group=subnet", *[f"home={network}" for network in home])
    assert edges(record) == expected(tshark, office, home)
    assert record["graph"]["group"] == "subnet"
    total = sum(edge["packets"] for edge in record["edges"])
    assert sum(node["packets_sent"] for node in record["nodes"]) == total
    for node in record["nodes"]:
        assert (node["kind"] == "subnet") == ("/" in node["id"]), node
    whole = tshark.json(office, *[f"home={network}" for network in home])
    assert record["protocols"] == whole["protocols"]


SMALL = ["dns_mdns.pcap", "lan_mixed_1kxun.pcap", "ipv6_http.pcap", "arp_spoof_mitm.pcapng",
         "icmp_ttl_exceeded_traceroute.pcapng", "ospf_no_route.pcap"]


@pytest.mark.parametrize("name", SMALL)
def test_real_captures(tshark, capture, name):
    path = capture(name)
    assert edges(tshark.json(path, "group=subnet")) == expected(tshark, path)


def test_findings_stay_about_hosts(tshark, office):
    hosts, groups = tshark.json(office), tshark.json(office, "group=subnet")
    assert len(hosts["findings"]) == len(groups["findings"]) > 0
    for one, other in zip(hosts["findings"], groups["findings"]):
        assert other["address"] == one["host"] and other["host"] == subnet(one["host"])
        assert "address" not in one
        for key in ("rule", "evidence", "strength", "filter", "frames", "measured"):
            assert one[key] == other[key]
    suspects = {subnet(node["id"]) for node in hosts["nodes"] if node["suspect"]}
    assert suspects and suspects == {node["id"] for node in groups["nodes"] if node["suspect"]}
    scores = collections.defaultdict(float)
    for node in hosts["nodes"]:
        scores[subnet(node["id"])] = max(scores[subnet(node["id"])], node["score"])
    for node in groups["nodes"]:
        assert node["score"] == scores[node["id"]], node["id"]
    assert groups["traces"] == []


@pytest.mark.parametrize("home", [[], ["home=10.0.0.0/24"]])
def test_told_apart(tshark, home):
    """Two networks of the same addresses stay two."""
    path = tshark.work / "vlan.pcapng"
    segments.write(path, segments.SCENES["vlan"]())
    record = tshark.json(path, "group=subnet", *home)
    both = {f"10.0.0.0/24 (VLAN {number})": "subnet" for number in (10, 20)}
    assert {node["id"]: node["kind"] for node in record["nodes"] if node["id"][:3] == "10."} == both
    sent = collections.Counter()
    for number, length in tshark.fields(path, "vlan.id", "frame.len", before=("-Y", "ip")):
        sent[f"10.0.0.0/24 (VLAN {number})"] += int(length)
    assert {edge["source"]: edge["bytes"] for edge in record["edges"] if edge["source"] in both} == sent


def test_what_is_said_of_the_whole(tshark, office):
    """Groups are one view of the capture: what holds of the capture does not change with it."""
    assert tshark("-r", office, "-w", "part.pcapng", "-Y", "dns").status == 0
    assert tshark.hostgraph("part.pcapng", "text=no", "export=normal.sqlite").status == 0
    options = "baseline=normal.sqlite", "layer=device", "home=10.20.0.0/16"
    hosts, groups = tshark.json(office, *options), tshark.json(office, *options, "group=subnet")
    assert hosts["graph"]["layer"] == "device" and hosts["graph"]["baseline"]["new_hosts"]
    assert hosts["graph"]["home"]
    for key in hosts["graph"].keys() - {"group", "suppressed", "flagged"}:
        assert groups["graph"][key] == hosts["graph"][key], key
    tshark.hostgraph(office, "text=no", *options, "group=subnet", "export=x.html")
    assert '"new_hosts":[{' in (tshark.work / "x.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("kind", ["graphml", "gexf", "cyjs", "csv", "dot", "svg", "html"])
def test_every_format(tshark, office, kind):
    import networkx
    tshark.hostgraph(office, "text=no", "group=subnet", f"export=x.{kind}")
    wanted = expected(tshark, office)
    nodes = {end for pair in wanted for end in pair}
    if kind in ("graphml", "gexf"):
        read = networkx.read_graphml if kind == "graphml" else networkx.read_gexf
        graph = read(tshark.work / f"x.{kind}")
        assert set(graph) == nodes
        assert {(a, b): [data["packets"], data["bytes"]] for a, b, data in graph.edges(data=True)} == wanted
        assert graph.nodes["10.20.0.0/24"]["kind"] == "subnet"
    elif kind == "csv":
        with open(tshark.work / "x.edges.csv", encoding="utf-8-sig", newline="") as file:
            assert {(row["Source"], row["Target"]): [int(row["packets"]), int(row["bytes"])]
                    for row in csv.DictReader(file)} == wanted
    else:
        text = (tshark.work / f"x.{kind}").read_text(encoding="utf-8")
        assert "10.20.0.0/24" in text
        assert not re.search(r"\"10\.20\.0\.31\"", text) or kind == "html"


def test_store_is_of_hosts(tshark, office):
    rows = tshark.rows(office, "SELECT count(*) FROM hosts WHERE id LIKE '%/%'", (), "group=subnet")
    assert rows == [(0,)]


def test_wrong(tshark, office):
    done = tshark.hostgraph(office, "group=city")
    assert done.status == 1 and "group=city: valid are none and subnet" in done.err
