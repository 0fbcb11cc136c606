"""Every export loads, unedited, in the tools that it is for, with the same counts in all.

Drives hostgraph-replay with scripts (tests/replay/script.h); needs no Wireshark. The truth is
counted here, from the list of packets that the script was made of.

SPDX-License-Identifier: GPL-2.0-or-later
"""
import collections
import json
import os
import pathlib
import random
import re
import subprocess
import xml.etree.ElementTree

import networkx
import pandas
import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = pathlib.Path(os.environ.get("HOSTGRAPH_BUILD", ROOT / "build"))
REPLAY = BUILD / "tests" / "hostgraph-replay"
FORMATS = ("json", "graphml", "dot", "csv")

# Names, addresses and protocols that break writers: EXPORTS of the usual suspects.
HOSTILE = [
    b'quo"te', b"apo'strophe", b"back\\slash\\N\\", b"]]></data><x>", b"</script><b>&amp;&lt;",
    b"ctl\x01\x02\x1b[31m\x7f", b"tab\there", b"line\r\nbreak", b"bad\xff\xc0\xaf\xed\xa0\x80",
    b"rtl\xe2\x80\xaegpj\xe2\x80\x8f", b"sep\xe2\x80\xa8\xe2\x80\xa9", b"nonchar\xef\xbf\xbe",
    b"=1+1", b"+1", b"-1", b"@SUM(A1)", b"\t=1", b"\r=2", b"comma,semi;colon", b" blank ",
    b"fe80::1", b"2001:db8::ff", b"00:11:22:33:44:55", b"10.0.0.1", b"01:00:5e:00:00:fb",
    b"L" * 65536, "\u00fcml\u00e4ut \u65e5\u672c \U0001f600".encode(),
]
FORBIDDEN = re.compile("[\x00-\x08\x0a-\x1f\x7f-\x9f\ufffe\uffff]")


def quoted(value):
    """A script word."""
    return b'"' + b"".join(b"\\x%02X" % byte if byte < 32 or byte > 126 or byte in b'"\\'
                           else bytes([byte]) for byte in value) + b'"'


def cleaned(value):
    """What hg_text_plain promises, in Python's words, for texts of an ordinary length."""
    return FORBIDDEN.sub("", value.decode("utf-8", "replace"))


def replay(folder, script, *options):
    """Exports all formats of a script; the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    options = ["text=no", *options]
    options += ["export=" + str(folder / ("x." + name)).replace(",", "\\,") for name in FORMATS]
    done = subprocess.run([REPLAY, ",".join(options), "-"], input=script, capture_output=True,
                          timeout=300)
    assert done.returncode == 0, done.stderr.decode()
    assert not done.stdout and not done.stderr
    return folder


def load_json(path):
    """Strictly: no NaN or Infinity, no key twice in one object."""
    def object_of(pairs):
        result = dict(pairs)
        assert len(result) == len(pairs), pairs
        return result

    def refuse(constant):
        raise AssertionError(constant)

    return json.loads(path.read_text("utf-8"), object_pairs_hook=object_of, parse_constant=refuse)


def graph_of_json(data, key):
    """As networkx up to 3.5 (links) and since (edges) reads it."""
    only = {name: value for name, value in data.items()
            if name not in ("edges", "links") or name == key}
    try:
        return networkx.node_link_graph(only, edges=key)
    except TypeError:  # before 3.4 the key has another name
        return networkx.node_link_graph(only, link=key)


def load_csv(folder):
    read = lambda name: pandas.read_csv(folder / name, keep_default_na=False)
    return read("x.hosts.csv"), read("x.edges.csv")


def unguarded(identifier):
    """Without the apostrophe that keeps a spreadsheet from computing a cell."""
    return identifier[1:] if re.match("'[=+\\-@\t]", identifier) else identifier


def svg_of(path):
    svg = path.with_suffix(".svg")
    done = subprocess.run(["dot", "-Tsvg", "-o", svg, path], capture_output=True, timeout=300)
    assert done.returncode == 0, done.stderr.decode()
    assert b"rror" not in done.stderr, done.stderr.decode()
    root = xml.etree.ElementTree.parse(svg).getroot()
    groups = root.iter("{http://www.w3.org/2000/svg}g")
    classes = collections.Counter(group.get("class") for group in groups)
    texts = [text.text for text in root.iter("{http://www.w3.org/2000/svg}text")]
    return classes, texts


def random_traffic(seed, hosts, packets):
    """A script, and its packets as (source, destination, protocol, length)."""
    chance = random.Random(seed)
    seen, lines = [], []
    for frame in range(packets):
        source, destination = (f"10.{chance.randrange(3)}.0.{chance.randrange(1, hosts)}"
                               for _ in range(2))
        protocol, length = chance.choice(["TCP", "DNS", "HTTP"]), chance.randrange(60, 1500)
        lines.append(f"{1700000000 + frame / 8:.9f} {source} {destination} {protocol} len={length}")
        seen.append((source, destination, protocol, length))
    return "\n".join(lines).encode(), seen


def check_all_agree(folder):
    """The same hosts and edges, with the same counts, in every reader. The json's record."""
    data = load_json(folder / "x.json")
    first = graph_of_json(data, "edges")
    second = graph_of_json(data, "links")
    third = networkx.read_graphml(folder / "x.graphml")
    for graph in (first, second, third):
        assert type(graph) is networkx.DiGraph
        assert set(graph) == set(first)
        assert set(graph.edges) == set(first.edges)
    for node, values in first.nodes(data=True):
        for name in ("packets_sent", "packets_received", "bytes_sent", "bytes_received", "peers",
                     "first_frame", "last_frame", "suspect", "score", "reach", "scope", "kind"):
            assert third.nodes[node][name] == values[name], (node, name)
        assert third.nodes[node]["first"] == values["first"]
    for source, target, values in first.edges(data=True):
        for name in ("packets", "bytes", "initiated", "first", "last", "weight"):
            assert third.edges[source, target][name] == values[name]

    hosts, edges = load_csv(folder)
    assert [unguarded(str(host)) for host in hosts["Id"]] == [node["id"] for node in data["nodes"]]
    for name in ("packets_sent", "packets_received", "bytes_sent", "bytes_received", "suspect"):
        assert list(hosts[name]) == [node[name] for node in data["nodes"]], name
    for column, name in (("Source", "source"), ("Target", "target")):
        assert [unguarded(str(host)) for host in edges[column]] == [e[name] for e in data["edges"]]
    for column, name in (("packets", "packets"), ("bytes", "bytes"), ("Weight", "packets")):
        assert list(edges[column]) == [edge[name] for edge in data["edges"]]

    classes, _ = svg_of(folder / "x.dot")
    assert classes["node"] == len(data["nodes"])
    assert classes["edge"] == len(data["edges"])
    return data


@pytest.mark.parametrize("seed", range(3))
def test_counts_equal_the_packets(tmp_path, seed):
    script, packets = random_traffic(seed, 20, 2000)
    data = check_all_agree(replay(tmp_path, script))
    pairs, lengths, protocols, sent, received = (collections.Counter() for _ in range(5))
    for source, destination, protocol, length in packets:
        pairs[source, destination] += 1
        lengths[source, destination] += length
        protocols[source, destination, protocol] += 1
        sent[source] += 1
        received[destination] += 1
    assert {(e["source"], e["target"]): e["packets"] for e in data["edges"]} == pairs
    assert {(e["source"], e["target"]): e["bytes"] for e in data["edges"]} == lengths
    assert {(e["source"], e["target"], name): count for e in data["edges"]
            for name, count in e["protocols"].items()} == protocols
    assert {n["id"]: n["packets_sent"] for n in data["nodes"] if n["packets_sent"]} == sent
    assert {n["id"]: n["packets_received"] for n in data["nodes"]
            if n["packets_received"]} == received
    assert {p["name"]: p["packets"] for p in data["protocols"]} == collections.Counter(
        protocol for _, _, protocol, _ in packets)
    assert data["graph"]["packets"] == len(packets)


def hostile_script():
    lines = []
    for number, value in enumerate(HOSTILE):
        word = quoted(value)
        lines += [b"%d 192.0.2.1 %s %s info=%s" % (number + 1, word, word[:500] + b'"'
                                                    if len(word) > 500 else word, word),
                  b"name 192.0.2.1 %s http" % word,
                  b"login 192.0.2.1 192.0.2.2 FTP %s" % word,
                  b"%d.5 %s 192.0.2.2 TCP tcp=1024:80:S" % (number + 1, word)]
    return b"\n".join(lines)


def test_hostile_names(tmp_path):
    """Each hostile text as address, name, user, protocol and info."""
    data = check_all_agree(replay(tmp_path, hostile_script(), "suspect=192.0.2.1"))
    ids = {node["id"] for node in data["nodes"]}
    short = [value for value in HOSTILE if len(value) < 255]
    assert len(ids) == len(HOSTILE) + 2  # nobody was lost or merged
    # Nearly all read back as they were; clashes get a number, empty ones a question mark.
    kept = {cleaned(value) for value in short}
    assert kept <= ids
    for name in FORMATS:
        for path in tmp_path.glob(f"x*.{name}"):
            text = path.read_bytes().decode("utf-8")  # strictly
            assert not FORBIDDEN.search(text.replace("\n", "")), path
            assert max(map(len, text.split("\n"))) < 300000
    assert "<" not in (tmp_path / "x.json").read_text()
    xml.etree.ElementTree.parse(tmp_path / "x.graphml")


def test_cells_that_compute(tmp_path):
    """No cell of a spreadsheet begins with what it would take for a formula."""
    folder = replay(tmp_path, hostile_script())
    for table in map(lambda name: pandas.read_csv(folder / name, dtype=str, keep_default_na=False),
                     ("x.hosts.csv", "x.edges.csv")):
        for column in table:
            for cell in table[column]:
                assert not re.match("[=+@\t\r]", cell), cell
                assert not cell.startswith("-") or re.fullmatch("-[0-9.]+", cell), cell


def test_labels_read_back(tmp_path):
    """Graphviz draws the very address: no escape, no entity was taken for something else."""
    values = [b'a"b', b"\\N\\G\\l", b"&lt;&amp;", b"<b>x</b>", b"end\\", b"a,b"]
    script = b"\n".join(b"%d 192.0.2.1 %s X" % (i, quoted(v)) for i, v in enumerate(values))
    _, texts = svg_of(replay(tmp_path, script) / "x.dot")
    assert {value.decode() for value in values} <= set(texts)


def test_gephi_headers(tmp_path):
    """A header with Id and Label is a node table, one with Source and Target an edge table."""
    hosts, edges = load_csv(replay(tmp_path, b"1 10.0.0.1 10.0.0.2 X"))
    assert list(hosts)[:2] == ["Id", "Label"]
    assert list(edges)[:2] == ["Source", "Target"]
    for table in (hosts, edges):
        assert not [name for name in table if re.search("interval|timestamp", name, re.I)]
    assert not {"Id", "Label", "id", "label"} & set(edges)
    assert not {"Source", "Target"} & set(hosts)


def test_graphml_schema(tmp_path):
    """Only types and names that all readers take; an element for each key; no graph data."""
    space = "{http://graphml.graphdrawing.org/xmlns}"
    folder = replay(tmp_path, b"1 10.0.0.1 10.0.0.2 X\n2 10.0.0.2 10.0.0.1 Y")
    root = xml.etree.ElementTree.parse(folder / "x.graphml").getroot()
    keys = {key.get("id"): key for key in root.iter(space + "key")}
    assert keys and {key.get("attr.type") for key in keys.values()} <= {
        "int", "long", "float", "double", "boolean", "string"}
    assert {key.get("for") for key in keys.values()} == {"node", "edge"}
    graph = root.find(space + "graph")
    assert graph.get("edgedefault") == "directed"
    assert not graph.findall(space + "data")
    for element in [*graph.findall(space + "node"), *graph.findall(space + "edge")]:
        kind = element.tag[len(space):]
        assert {data.get("key") for data in element} == {
            name for name, key in keys.items() if key.get("for") == kind}
    assert not [edge for edge in graph.findall(space + "edge") if edge.get("id")]


def test_times_are_exact(tmp_path):
    script = b"1700000000.123456789 10.0.0.1 10.0.0.2 X\n1700000001.000000001 10.0.0.2 10.0.0.1 X"
    folder = replay(tmp_path, script)
    text = (folder / "x.json").read_text()
    assert '"first":1700000000.123456789,"last":1700000001.000000001' in text
    for name in ("x.graphml", "x.hosts.csv", "x.dot"):
        assert "1700000000.123456789" in (folder / name).read_text()


def test_json_record(tmp_path):
    """All stable keys, a scan found and traced."""
    lines = [f"{port} 10.0.0.66 10.0.0.2 TCP tcp=4000:{port}:S seq={port}\n"
             f"{port}.1 10.0.0.2 10.0.0.66 TCP tcp={port}:4000:RA" for port in range(1, 101)]
    lines.append("200 10.0.0.2 10.0.0.3 SMB tcp=5000:445:PA len=300 payload=200")
    data = check_all_agree(replay(tmp_path, "\n".join(lines).encode(), "suspect=10.9.9.9"))
    assert list(data)[:9] == ["directed", "multigraph", "graph", "nodes", "edges", "links",
                              "protocols", "findings", "traces"]
    assert data["directed"] is True and data["multigraph"] is False
    assert data["edges"] == data["links"]
    assert data["graph"].keys() >= {"generator", "layer", "packets", "bytes", "first", "last",
                                    "caps", "not_assessed"}
    assert data["graph"]["unseen"] == ["10.9.9.9"]
    nodes = {node["id"]: node for node in data["nodes"]}
    assert nodes["10.0.0.66"].keys() >= {
        "id", "kind", "name", "scope", "packets_sent", "packets_received", "bytes_sent",
        "bytes_received", "peers", "first", "last", "first_frame", "last_frame", "roles", "macs",
        "score", "suspect"}
    assert data["edges"][0].keys() >= {
        "source", "target", "packets", "bytes", "first", "last", "first_frame", "last_frame",
        "protocols", "initiated"}
    assert nodes["10.0.0.66"]["suspect"] and nodes["10.0.0.66"]["score"] >= 50
    assert nodes["10.0.0.66"]["rules"] == ["port-scan"]
    assert [nodes[host]["reach"] for host in ("10.0.0.66", "10.0.0.2", "10.0.0.3")] == [
        "suspect", "contacted", "reached"]
    scan = next(found for found in data["findings"] if found["rule"] == "port-scan")
    assert scan.keys() == {
        "host", "rule", "kind", "title", "strength", "attack", "evidence", "measured", "threshold",
        "peers", "frames", "first_frame", "last_frame", "filter", "clears_if"}
    assert scan["host"] == "10.0.0.66" and scan["kind"] == "suspicion"
    assert scan["attack"] == ["T1046"] and scan["peers"] == ["10.0.0.2"]
    assert scan["measured"] >= scan["threshold"]
    forward, backward = data["traces"]
    assert forward.keys() == {"host", "at", "direction", "untimed_count", "reached"}
    assert (forward["direction"], backward["direction"]) == ("forward", "backward")
    assert [reached["host"] for reached in forward["reached"]] == ["10.0.0.2", "10.0.0.3"]
    assert forward["reached"][1] == {
        "host": "10.0.0.3", "hops": 2, "time": 200.0, "frame": 201, "via": "10.0.0.2",
        "protocol": "SMB", "payload": False}


def test_json_says_what_was_left_out(tmp_path):
    script = b"1 10.0.0.1 10.0.0.2 X\n2 10.0.0.3 10.0.0.1 X"
    folder = replay(tmp_path, script, "rule=-beacon", "rule=-port-scan", "max-hosts=2")
    graph = load_json(folder / "x.json")["graph"]
    assert graph["switched_off"] == ["beacon", "port-scan"]
    assert [(cap["name"], cap["limit"]) for cap in graph["caps"]] == [("max-hosts", 2)]
    assert graph["caps"][0]["left_out"] > 0 and graph["caps"][0]["what"]


@pytest.mark.parametrize("script", [b"", b"1 - - X", b"1 10.0.0.1 - X", b"1 10.0.0.1 10.0.0.1 X"])
def test_next_to_nothing(tmp_path, script):
    check_all_agree(replay(tmp_path, script))


def test_same_bytes_every_time(tmp_path):
    script, _ = random_traffic(9, 30, 1000)
    first = replay(tmp_path / "a", script, "suspect=10.0.0.1")
    second = replay(tmp_path / "b", script, "suspect=10.0.0.1")
    names = sorted(path.name for path in first.iterdir())
    assert len(names) == 5
    for name in names:
        assert (first / name).read_bytes() == (second / name).read_bytes()
