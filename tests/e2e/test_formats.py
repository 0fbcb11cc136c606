"""Every export loads, unedited, in the tools that it is for, with the same counts in all.

Drives hostgraph-replay with scripts (tests/replay/script.h); needs no Wireshark. The truth is
counted here, from the list of packets that the script was made of.

SPDX-License-Identifier: GPL-2.0-or-later
"""
import collections
import json
import random
import re
import subprocess
import xml.etree.ElementTree

import networkx
import pandas
import pytest

import hidden
from conftest import BUILD

REPLAY = BUILD / "tests" / "hostgraph-replay"
FORMATS = ("json", "graphml", "gexf", "cyjs", "dot", "csv", "svg", "ndjson", "conn.csv", "conn.ndjson")

# Names, addresses and protocols that break writers: EXPORTS of the usual suspects.
HOSTILE = [
    b'quo"te', b"apo'strophe", b"back\\slash\\N\\", b"]]></data><x>", b"</script><b>&amp;&lt;",
    b"ctl\x01\x02\x1b[31m\x7f", b"tab\there", b"line\r\nbreak", b"bad\xff\xc0\xaf\xed\xa0\x80",
    b"rtl\xe2\x80\xaegpj\xe2\x80\x8f", b"rtl\\u202Egpj\\u200F", "tag\U000e0041".encode(), b"sep\xe2\x80\xa8\xe2\x80\xa9", b"nonchar\xef\xbf\xbe",
    b"=1+1", b"+1", b"-1", b"@SUM(A1)", b"\t=1", b"\r=2", b"comma,semi;colon", b" blank ",
    b"fe80::1", b"2001:db8::ff", b"00:11:22:33:44:55", b"10.0.0.1", b"01:00:5e:00:00:fb",
    b"L" * 65536, "\u00fcml\u00e4ut \u65e5\u672c \U0001f600".encode(),
]
SVG = "{http://www.w3.org/2000/svg}"
FORBIDDEN = re.compile("[\x00-\x08\x0a-\x1f\x7f-\x9f\ufffe\uffff]")


def quoted(value):
    """A script word."""
    return b'"' + b"".join(b"\\x%02X" % byte if byte < 32 or byte > 126 or byte in b'"\\'
                           else bytes([byte]) for byte in value) + b'"'


def cleaned(value):
    """What hg_text_plain promises, in Python's words, for texts of an ordinary length."""
    return hidden.shown(FORBIDDEN.sub("", value.decode("utf-8", "replace")))


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


def load_lines(path):
    """The objects of a file that has one a line."""
    text = path.read_text("utf-8")
    assert text.endswith("\n")
    return [json.loads(line, parse_constant=pytest.fail) for line in text[:-1].split("\n")]


def check_connections(folder, data):
    """Both exports of connections say the same, of hosts that the record has, in the order of time."""
    rows = pandas.read_csv(folder / "x.conn.csv", dtype=str, keep_default_na=False)
    lines = load_lines(folder / "x.conn.ndjson")
    assert lines[0]["event"]["dataset"] == "hostgraph.capture"
    assert len(rows) == len(lines) - 1
    for row, line in zip(rows.to_dict("records"), lines[1:]):
        assert line["event"]["dataset"] == "hostgraph.connection"
        assert list(line["hostgraph"]) == list(row)
        for name, value in line["hostgraph"].items():
            assert unguarded(row[name]) == (f"{value:.9f}" if name == "duration" else str(value)), name
    ids = {node["id"] for node in data["nodes"]}
    assert {unguarded(row[end]) for _, row in rows.iterrows() for end in ("client", "server")} <= ids
    assert list(rows["start"]) == sorted(rows["start"])


def load_csv(folder):
    read = lambda name: pandas.read_csv(folder / name, keep_default_na=False)
    return read("x.hosts.csv"), read("x.edges.csv")


def unguarded(identifier):
    """Without the apostrophe that keeps a spreadsheet from computing a cell."""
    return identifier[1:] if re.match("'[=+\\-@\t]", identifier) else identifier


def drawn(path):
    """The picture's tooltips as (marks, edges): lists of {title: value}; its texts."""
    root = xml.etree.ElementTree.parse(path).getroot()
    assert root.tag == SVG + "svg"
    found = {"Address": [], "Sender": []}
    for title in root.iter(SVG + "title"):
        rows = [line.partition(": ") for line in title.text.split("\n")]
        if rows[0][0] in found:
            found[rows[0][0]].append({key: value for key, _, value in rows})
    return found["Address"], found["Sender"], [text.text for text in root.iter(SVG + "text")]


def svg_of(path):
    svg = path.with_name("graphviz.svg")
    done = subprocess.run(["dot", "-Tsvg", "-o", svg, path], capture_output=True, timeout=300)
    assert done.returncode == 0, done.stderr.decode()
    assert b"rror" not in done.stderr, done.stderr.decode()
    root = xml.etree.ElementTree.parse(svg).getroot()
    groups = root.iter(SVG + "g")
    classes = collections.Counter(group.get("class") for group in groups)
    texts = [text.text for text in root.iter(SVG + "text")]
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
    fourth = networkx.read_gexf(folder / "x.gexf")
    fifth = networkx.cytoscape_graph(load_json(folder / "x.cyjs"))
    for graph in (first, second, third, fourth, fifth):
        assert type(graph) is networkx.DiGraph
        assert set(graph) == set(first)
        assert set(graph.edges) == set(first.edges)
    for node, values in first.nodes(data=True):
        for name in ("packets_sent", "packets_received", "bytes_sent", "bytes_received", "peers",
                     "first_frame", "last_frame", "suspect", "score", "reach", "scope", "kind"):
            for graph in (third, fourth, fifth):
                assert graph.nodes[node][name] == values[name], (node, name)
        for graph in (third, fourth, fifth):
            assert graph.nodes[node]["first"] == values["first"]
    for source, target, values in first.edges(data=True):
        for name in ("packets", "bytes", "initiated", "first", "last", "weight"):
            for graph in (third, fourth, fifth):
                assert graph.edges[source, target][name] == values[name], (source, target, name)

    hosts, edges = load_csv(folder)
    assert [unguarded(str(host)) for host in hosts["Id"]] == [node["id"] for node in data["nodes"]]
    for name in ("packets_sent", "packets_received", "bytes_sent", "bytes_received", "suspect"):
        assert list(hosts[name]) == [node[name] for node in data["nodes"]], name
    for column, name in (("Source", "source"), ("Target", "target")):
        assert [unguarded(str(host)) for host in edges[column]] == [e[name] for e in data["edges"]]
    for column, name in (("packets", "packets"), ("bytes", "bytes"), ("Weight", "packets")):
        assert list(edges[column]) == [edge[name] for edge in data["edges"]]

    lines = load_lines(folder / "x.ndjson")
    kinds = collections.Counter(line["event"]["dataset"] for line in lines)
    assert kinds == collections.Counter({
        "hostgraph.capture": 1, "hostgraph.finding": len(data["findings"]),
        "hostgraph.host": len(data["nodes"]), "hostgraph.edge": len(data["edges"])})
    for line in lines:
        if line["event"]["dataset"] == "hostgraph.edge":
            pair = line["source"]["address"], line["destination"]["address"]
            assert line["network"]["packets"] == first.edges[pair]["packets"]
            assert line["network"]["bytes"] == first.edges[pair]["bytes"]
            assert {p["name"]: p["packets"] for p in line["hostgraph"]["protocols"]} == \
                first.edges[pair]["protocols"]

    check_connections(folder, data)
    classes, _ = svg_of(folder / "x.dot")
    assert classes["node"] == len(data["nodes"])
    assert classes["edge"] == len(data["edges"])
    marks, arrows, _ = drawn(folder / "x.svg")
    if len(data["nodes"]) <= 300:
        assert [mark["Address"] for mark in marks] == [node["id"] for node in data["nodes"]]
        assert {(a["Sender"], a["Receiver"]): int(a["Packets"]) for a in arrows} == {
            (e["source"], e["target"]): e["packets"] for e in data["edges"]}
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
    for name in ("json", "cyjs", "ndjson", "conn.ndjson"):
        assert "<" not in (tmp_path / f"x.{name}").read_text()
    xml.etree.ElementTree.parse(tmp_path / "x.graphml")


def test_cells_that_compute(tmp_path):
    """No cell of a spreadsheet begins with what it would take for a formula."""
    folder = replay(tmp_path, hostile_script())
    for table in map(lambda name: pandas.read_csv(folder / name, dtype=str, keep_default_na=False),
                     ("x.hosts.csv", "x.edges.csv", "x.conn.csv")):
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
    assert len(names) == len(FORMATS) + 1  # csv has two
    for name in names:
        assert (first / name).read_bytes() == (second / name).read_bytes()


def test_gexf_is_dynamic(tmp_path):
    """What Gephi's timeline needs: doubles, an end after each start, within that of the whole; a
    label on each node, whole colours; of the version and name spaces that 1.2draft has."""
    script = b"100.5 10.0.0.1 10.0.0.2 X\n103 10.0.0.2 10.0.0.1 Y\n100.5 10.0.0.3 10.0.0.1 Z"
    folder = replay(tmp_path, script, "suspect=10.0.0.1")
    space, viz = "{http://www.gexf.net/1.2draft}", "{http://www.gexf.net/1.2draft/viz}"
    root = xml.etree.ElementTree.parse(folder / "x.gexf").getroot()
    assert (root.tag, root.get("version")) == (space + "gexf", "1.2")
    graph = root.find(space + "graph")
    assert (graph.get("mode"), graph.get("timeformat"), graph.get("defaultedgetype")) == (
        "dynamic", "double", "directed")
    keys = {"node": {}, "edge": {}}
    for attributes in graph.findall(space + "attributes"):
        assert attributes.get("mode") == "static"
        for attribute in attributes:
            keys[attributes.get("class")][attribute.get("id")] = attribute.get("type")
    assert {kind for types in keys.values() for kind in types.values()} <= {
        "integer", "long", "double", "float", "boolean", "string", "liststring", "anyURI"}
    items = [*graph.find(space + "nodes"), *graph.find(space + "edges")]
    assert len(items) == 6
    for item in items:
        assert not item.get("timestamp") and not item.find(space + "spells")
        begin, end = float(item.get("start")), float(item.get("end"))
        assert float(graph.get("start")) <= begin < end <= float(graph.get("end"))
        assert end - begin < 2.502 and (begin, end - 0.001) in (
            (100.5, pytest.approx(103)), (100.5, pytest.approx(100.5)),
            (103, pytest.approx(103)))
        kind = item.tag[len(space):]
        assert [value.get("for") for value in item.find(space + "attvalues")] == list(keys[kind])
        colour = item.find(viz + "color")
        assert all(0 <= int(colour.get(part)) <= 255 for part in "rgb")
        size = item.find(viz + ("size" if kind == "node" else "thickness"))
        assert float(size.get("value")) > 0
        assert item.get("label") if kind == "node" else float(item.get("weight")) >= 1
    assert len({item.get("id") for item in items if item.tag.endswith("edge")}) == 3


def test_cyjs_ids(tmp_path):
    """Ids of edges are nobody's, not even where hosts are called so; each node has its name."""
    script = b"\n".join(b'%d "edge %d" "edge #%d" X' % (n, n, n) for n in range(1, 5))
    elements = load_json(replay(tmp_path, script) / "x.cyjs")["elements"]
    nodes = [node["data"] for node in elements["nodes"]]
    edges = [edge["data"] for edge in elements["edges"]]
    assert len({item["id"] for item in nodes + edges}) == len(nodes) + len(edges) == 12
    for node in nodes:
        assert node["id"] == node["value"] and node["name"]
    for edge in edges:
        assert {edge["source"], edge["target"]} <= {node["id"] for node in nodes}
    for item in nodes + edges:  # a table has neither lists nor maps
        assert not [value for value in item.values() if isinstance(value, (list, dict))]


def test_ecs_lines(tmp_path):
    """Names and forms as ECS has them: what one searches for is there."""
    lines = [f"{port} 10.0.0.66 10.0.0.2 TCP tcp=4000:{port}:S seq={port} smac=02:00:00:00:00:66\n"
             f"{port}.25 10.0.0.2 10.0.0.66 TCP tcp={port}:4000:RA" for port in range(1, 101)]
    lines.append("name 10.0.0.2 server dns\n200 fe80::1 02:aa:00:00:00:01 P")
    records = load_lines(replay(tmp_path, "\n".join(lines).encode()) / "x.ndjson")
    moment = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z")
    for record in records:
        assert moment.fullmatch(record["@timestamp"]) and record["ecs"]["version"]
        assert record["event"]["kind"] in ("alert", "asset", "event", "metric")
        assert record["event"]["start"] <= record["event"]["end"]
        assert isinstance(record["event"]["category"], list)
    scan = next(record for record in records if record["event"]["kind"] == "alert")
    assert scan["rule"]["id"] == "port-scan" and scan["threat"]["technique"]["id"] == ["T1046"]
    assert scan["@timestamp"] == "1970-01-01T00:00:01.000000000Z"
    assert scan["event"]["end"] >= "1970-01-01T00:01:40.000000000Z"
    assert scan["host"]["ip"] == ["10.0.0.66"] and scan["related"]["ip"] == ["10.0.0.66", "10.0.0.2"]
    assert scan["host"]["mac"] == ["02-00-00-00-00-66"] and 50 <= scan["event"]["severity"] <= 100
    hosts = {record["hostgraph"]["id"]: record for record in records
             if record["event"]["dataset"] == "hostgraph.host"}
    assert hosts["10.0.0.2"]["host"]["name"] == "server"
    assert "ip" not in hosts["02:aa:00:00:00:01"]["host"]
    assert hosts["02:aa:00:00:00:01"]["host"]["mac"] == ["02-AA-00-00-00-01"]
    edge = next(record for record in records if record["event"]["dataset"] == "hostgraph.edge")
    assert edge["source"]["ip"] == "10.0.0.2" and edge["destination"]["ip"] == "10.0.0.66"
    assert edge["source"]["domain"] == "server" and edge["network"]["type"] == "ipv4"


def boxes(path):
    """The labels of the picture as lines: (x, y, angle in degrees, anchor, text)."""
    root = xml.etree.ElementTree.parse(path).getroot()
    for text in root.iter(SVG + "text"):
        turned = re.fullmatch(r"translate\((\S+) (\S+)\)(?: rotate\((\S+)\))?",
                              text.get("transform", ""))
        if turned:
            x, y, angle = (float(group or 0) for group in turned.groups())
            yield x, y, angle, text.get("text-anchor", "start"), text.text


@pytest.mark.parametrize("hosts", [3, 12, 13, 100, 290])
def test_labels_are_apart(tmp_path, hosts):
    """Each label has a line of its own: those on the circle begin further apart than its font is
    high, all on one radius; level ones, of few hosts, do not touch."""
    script = b"\n".join(b"%d 10.0.%d.%d 192.0.2.1 X\nname 10.0.%d.%d %s" % (
        n, n // 200, n % 200, n // 200, n % 200, b"name-" * 12) for n in range(hosts - 1))
    path = replay(tmp_path, script) / "x.svg"
    labels = list(boxes(path))
    assert len(labels) == hosts
    if hosts > 12:
        size = 12 if hosts <= 60 else 10
        apart = [((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2) ** 0.5
                 for a, b in zip(labels, labels[1:] + labels[:1])]
        assert min(apart) >= size * 1.3
    else:
        rectangles = []
        for x, y, _, anchor, text in labels:
            width = 7.4 * len(text)
            left = x - {"start": 0, "middle": width / 2, "end": width}[anchor]
            rectangles.append((left, left + width, y - 7, y + 7))
        for n, a in enumerate(rectangles):
            for b in rectangles[:n]:
                assert a[1] < b[0] or b[1] < a[0] or a[3] < b[2] or b[3] < a[2], (a, b)


def test_picture(tmp_path):
    """Colours and shapes by role, an explanation of just those that occur; nothing that runs."""
    script = (b"1 10.0.0.1 10.0.0.2 TCP payload=1\n2 10.0.0.2 10.0.0.3 TCP payload=1\n"
              b"3 10.0.0.4 10.0.0.5 TCP\n4 10.0.0.4 224.0.0.251 MDNS\n5 10.0.0.1 10.0.0.1 TCP")
    path = replay(tmp_path, script, "suspect=10.0.0.1") / "x.svg"
    marks, arrows, texts = drawn(path)
    reach = {mark["Address"]: mark["Suspect, contacted by one, reached by one, or none"]
             for mark in marks}
    assert reach == {"10.0.0.1": "suspect", "10.0.0.2": "contacted", "10.0.0.3": "reached",
                     "10.0.0.4": "none", "10.0.0.5": "none", "224.0.0.251": "none"}
    assert len(arrows) == 5
    root = xml.etree.ElementTree.parse(path).getroot()
    shapes = {}
    for group in root.iter(SVG + "g"):
        title = group.find(SVG + "title")
        if title is not None and title.text.startswith("Address: "):
            shape = group[1]
            corners = (shape.get("d") or "").count("L") + 1
            shapes[title.text.split("\n")[0][9:]] = (corners, shape.get("fill"),
                                                     shape.get("stroke-dasharray") is not None)
    assert shapes == {
        "10.0.0.1": (4, "#c81e2b", False), "10.0.0.2": (4, "#ffab5c", False),
        "10.0.0.3": (3, "#ffe28a", False), "10.0.0.4": (1, "#b4c7d9", False),
        "10.0.0.5": (1, "#b4c7d9", False), "224.0.0.251": (1, "#ffffff", True)}
    for words in ("suspect or red-flagged (1)", "a suspect sent to it (1)",
                  "could have been reached through others (1)", "other (2)",
                  "multicast, broadcast, unspecified (1)", "Red-flagged: 10.0.0.1, score 0.0"):
        assert words in texts, words
    assert {element.tag[len(SVG):] for element in root.iter()} <= {
        "svg", "title", "desc", "rect", "text", "g", "path", "circle"}
    plain = replay(tmp_path / "plain", b"1 10.0.0.1 10.0.0.2 X") / "x.svg"
    _, _, texts = drawn(plain)
    assert "No suspects." in texts and not [text for text in texts if "contacted" in text]


def test_picture_of_many(tmp_path):
    """Over 300 hosts: suspects, their neighbours and the busiest, and it says what is left out."""
    lines = [f"{n} 10.0.0.66 10.0.1.{n} TCP tcp=4000:445:S seq={n}" for n in range(1, 201)]
    lines += [f"{n} 10.2.{n // 200}.{n % 200} 203.0.113.9 TLS len={60 + n}" for n in range(300, 700)]
    path = replay(tmp_path, "\n".join(lines).encode(), "suspect=10.0.0.66") / "x.svg"
    marks, _, texts = drawn(path)
    addresses = [mark["Address"] for mark in marks]
    assert len(addresses) == 150 and "10.0.0.66" in addresses
    assert len([address for address in addresses if address.startswith("10.0.1.")]) == 60
    busiest = {f"10.2.{n // 200}.{n % 200}" for n in range(612, 700)} | {"203.0.113.9"}
    assert busiest <= set(addresses)
    said = " ".join(texts)
    assert "150 of 602 hosts: 1 of 1 suspects, 60 of 200 hosts in contact with them" in said
