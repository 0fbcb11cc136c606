"""What hostgraph counts is what tshark counts, to the packet and to the byte, on real captures.

SPDX-License-Identifier: GPL-2.0-or-later
"""
import collections
import ipaddress
import re

import pytest

from conftest import captures

# The columns as fields: 4.0 calls them by their titles, later versions by their formats.
COLUMNS = [("_ws.col.Source", "_ws.col.Destination", "_ws.col.Protocol"),
           ("_ws.col.def_src", "_ws.col.def_dst", "_ws.col.protocol")]


@pytest.fixture(scope="module")
def columns(installed_tshark):
    for names in COLUMNS:
        words = [word for name in names for word in ("-e", name)]
        if "aren't valid" not in installed_tshark("-r", "/nowhere", "-T", "fields", *words).err:
            return names
    pytest.fail("no field holds the Source column")


@pytest.fixture(params=captures() or [pytest.param(None, marks=pytest.mark.skip("no captures"))])
def any_capture(request, capture):
    return capture(request.param)


def counter(pairs):
    return {key: value for key, value in collections.Counter(pairs).items() if key}


def test_columns(tshark, columns, any_capture):
    """Packets sent and received a host, packets an edge and packets a protocol are what grouping
    the packet list's columns gives."""
    rows = tshark.fields(any_capture, *columns)
    record = tshark.json(any_capture)
    assert record["graph"]["packets"] == len(rows)
    nodes = record["nodes"]
    sent = {node["id"]: node["packets_sent"] for node in nodes if node["packets_sent"]}
    received = {node["id"]: node["packets_received"] for node in nodes if node["packets_received"]}
    assert sent == counter(row[0] for row in rows)
    assert received == counter(row[1] for row in rows)
    assert {entry["name"]: entry["packets"] for entry in record["protocols"]
            if entry["name"]} == counter(row[2] for row in rows)
    edges = {(edge["source"], edge["target"]): edge["packets"] for edge in record["edges"]}
    assert edges == counter((row[0], row[1]) if row[0] and row[1] else None for row in rows)
    protocols = {(edge["source"], edge["target"], name): packets for edge in record["edges"]
                 for name, packets in edge["protocols"].items()}
    assert protocols == counter(row if row[0] and row[1] and row[2] else None for row in rows)


def test_without_evidence_the_hosts_are_the_same(tshark, columns, any_capture):
    """Columns that a dissector writes itself, where it knows no address, are evidence."""
    with_evidence, without = (tshark.json(any_capture, f"evidence={choice}")
                              for choice in ("yes", "no"))
    keys = ("id", "packets_sent", "packets_received", "bytes_sent", "bytes_received", "first_frame")
    assert [[node[key] for key in keys] for node in without["nodes"]] == \
        [[node[key] for key in keys] for node in with_evidence["nodes"]]
    assert without["graph"]["packets"] == with_evidence["graph"]["packets"]


def test_times_and_frames(tshark, columns, any_capture):
    rows = tshark.fields(any_capture, "frame.number", "frame.time_epoch", "frame.len", columns[0],
                         columns[1])
    record = tshark.json(any_capture)
    assert record["graph"]["bytes"] == sum(int(row[2]) for row in rows)
    for node in record["nodes"]:
        mine = [(seconds(row[1]), int(row[0])) for row in rows if node["id"] in row[3:]]
        assert (seconds(node["first"]), node["first_frame"]) == min(mine)
        assert (seconds(node["last"]), node["last_frame"]) == max(mine)
        assert node["bytes_sent"] == sum(int(row[2]) for row in rows if row[3] == node["id"])


def seconds(number):
    """Rounded to what a JSON number read as a double can hold."""
    return round(float(number), 5)


def table(text):
    """Rows of one of tshark's tables, as lists of words."""
    return [line.split() for line in text.split("\n")
            if re.match(r"[0-9a-f:.]+ +(<->|\d)", line, re.I)]


def sizes(words):
    """Numbers of a row: '12' '34' 'kB' -> 12, (34, 1000). A size with a unit was rounded down."""
    units = {"bytes": 1, "kB": 10**3, "MB": 10**6, "GB": 10**9}
    numbers = []
    for word in words:
        if word in units:
            numbers[-1] = (numbers[-1], units[word])
        else:
            numbers.append(float(word) if "." in word else int(word.replace(",", "")))
    return [(number, 1) if isinstance(number, (int, float)) else number for number in numbers]


def equals(value, shown):
    return value // shown[1] == shown[0]


def has_tunnels(tshark, capture, family):
    """More than one header of the family in a frame, by tshark's own account; what an ICMP error
    quotes is no tunnel, but its header cannot be told from one here."""
    return any("," in row[0] for row in (
        line.split("\t") for line in tshark("-n", "-r", capture, "-T", "fields", "-e",
                                            f"{family}.src").out.split("\n")))


def inner(tshark, capture):
    """Both families in a frame: one of them carries the other."""
    return "\n" in tshark("-n", "-r", capture, "-Y", "ip && ipv6").out


@pytest.mark.parametrize("family", ["ip", "ipv6"])
def test_layer_net(tshark, any_capture, family):
    """At layer=net hosts and conversations are those of tshark's own tables."""
    if inner(tshark, any_capture):
        pytest.skip("IPv4 and IPv6 in one frame: tshark counts both, hostgraph the inner one")
    icmp = "(icmp.type in {3, 4, 5, 11, 12} || icmpv6.type < 128)"
    quoted = "\n" in tshark("-n", "-r", any_capture, "-Y", icmp).out
    if has_tunnels(tshark, any_capture, family) and not quoted:
        pytest.skip("tunnels: tshark counts each header, hostgraph the inner one")
    if quoted and "\n" in tshark("-n", "-r", any_capture, "-Y",
                                 f"{family}.src#2 && !{icmp}").out:
        pytest.skip("tunnels: tshark counts each header, hostgraph the inner one")
    prefer = ["-o", "conv.machine_readable:TRUE"] if tshark.version >= (4, 6) else []
    wanted = 4 if family == "ip" else 6
    record = tshark.json(any_capture, "layer=net")

    def ours(identity):
        try:
            return ipaddress.ip_address(identity).version == wanted
        except ValueError:
            return False

    nodes = {node["id"]: node for node in record["nodes"] if ours(node["id"])}
    edges = {(edge["source"], edge["target"]): edge for edge in record["edges"]
             if ours(edge["source"]) and ours(edge["target"])}

    endpoints = table(tshark("-q", "-n", *prefer, "-r", any_capture, "-z", f"endpoints,{family}").out)
    assert sorted(row[0] for row in endpoints) == sorted(nodes)
    for address, *rest in endpoints:
        node, shown = nodes[address], sizes(rest)
        sent, received = node["packets_sent"], node["packets_received"]
        assert shown[0][0] == sent + received, address
        assert equals(node["bytes_sent"] + node["bytes_received"], shown[1]), address
        assert shown[2][0] == sent and equals(node["bytes_sent"], shown[3]), address
        assert shown[4][0] == received and equals(node["bytes_received"], shown[5]), address

    conversations = table(tshark("-q", "-n", *prefer, "-r", any_capture, "-z", f"conv,{family}").out)
    pairs = {frozenset(pair) for pair in edges}
    assert len(conversations) == len(pairs)
    for a, _, b, *rest in conversations:
        shown = sizes(rest)
        there, back = edges.get((a, b)), edges.get((b, a))
        counts = [(edge["packets"], edge["bytes"]) if edge else (0, 0) for edge in (back, there)]
        if a == b:  # tshark puts what a host sends to itself on one side
            assert shown[4][0] == counts[0][0] and equals(counts[0][1], shown[5])
            continue
        assert (shown[0][0], shown[2][0]) == (counts[0][0], counts[1][0]), (a, b)
        assert equals(counts[0][1], shown[1]) and equals(counts[1][1], shown[3]), (a, b)


@pytest.mark.parametrize("family", ["ip", "ipv6"])
def test_bytes_to_the_byte(tshark, any_capture, family):
    """The same without the rounding of tshark's tables: from its fields, over frames with a single
    header of the family and none of the other."""
    other = "ipv6" if family == "ip" else "ip"
    rows = tshark("-n", "-r", any_capture, "-T", "fields", "-e", f"{family}.src", "-e",
                  f"{family}.dst", "-e", "frame.len", "-e", f"{other}.src").out.split("\n")[:-1]
    rows = [line.split("\t") for line in rows]
    if any("," in row[0] or (row[0] and row[3]) for row in rows):
        pytest.skip("frames with several headers")
    total = collections.defaultdict(lambda: [0, 0])
    for source, destination, length, _ in rows:
        if source:
            total[source, destination][0] += 1
            total[source, destination][1] += int(length)
    record = tshark.json(any_capture, "layer=net")
    edges = {(edge["source"], edge["target"]): [edge["packets"], edge["bytes"]]
             for edge in record["edges"]}
    wanted = 4 if family == "ip" else 6
    edges = {pair: counts for pair, counts in edges.items()
             if re.fullmatch(r"[\d.]+" if wanted == 4 else r"[0-9a-f:.]*:[0-9a-f:.]*:[0-9a-f:.]*",
                             pair[0]) and ipaddress_version(pair[0]) == wanted}
    assert edges == dict(total)


def ipaddress_version(text):
    try:
        return ipaddress.ip_address(text).version
    except ValueError:
        return 0
