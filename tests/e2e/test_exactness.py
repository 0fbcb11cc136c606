"""What hostgraph counts is what tshark counts, to the packet and to the byte, on real captures.

SPDX-License-Identifier: GPL-2.0-or-later
"""
import collections
import functools
import ipaddress
import json
import re

import pytest

from conftest import captures, real

COLUMNS = ("_ws.col.Source", "_ws.col.Destination", "_ws.col.Protocol")
FIELDS = ("frame.number", "frame.time_epoch", "frame.len", "ip.src", "ip.dst", "ipv6.src",
          "ipv6.dst", "icmp.type", "icmpv6.type", "ipv6.fraghdr.offset")
Row = collections.namedtuple("Row", "frame time length ip_src ip_dst ipv6_src ipv6_dst icmp icmpv6 "
                                    "fragment source destination protocol")
UNITS = {"bytes": 1, "kB": 10**3, "MB": 10**6, "GB": 10**9}


def plain_mac(text):
    """The column of an 802.11 acknowledgement says whose address it is: the host is the address."""
    return re.sub(r"^(?:.* \()?((?:[0-9a-f]{2}:){5}[0-9a-f]{2})\)? \((?:RA|TA|BSSID)\)$", r"\1", text)


class Facts:
    """One capture: tshark's own words and hostgraph's records."""

    def __init__(self, tshark, name):
        path = real(name)
        tshark.clear()
        words = [word for field in (*FIELDS, *COLUMNS) for word in ("-e", field)]
        lines = tshark("-n", "-r", path, "-T", "fields", *words).out.split("\n")[:-1]
        texts = {text for line in lines for text in line.split("\t")}
        self.written = {plain_mac(text) for text in texts if plain_mac(text) != text}
        self.rows = [Row(*map(plain_mac, line.split("\t"))) for line in lines]
        exact = ["-o", "conv.machine_readable:TRUE"] if tshark.version >= (4, 6) else []
        # Several reports at once: they must not disturb each other.
        taps = [word for kind in ("conv", "endpoints") for family in ("ip", "ipv6")
                for word in ("-z", f"{kind},{family}")]
        taps += ["-z", "hostgraph,text=no,export=auto.json",
                 "-z", "hostgraph,text=no,layer=net,export=net.json"]
        self.tables = tshark("-q", "-n", *exact, "-r", path, *taps).out
        tshark.hostgraph(path, "text=no", "evidence=no", "export=plain.json")
        self.auto, self.net, self.plain = (
            json.loads((tshark.work / f"{kind}.json").read_text(encoding="utf-8"))
            for kind in ("auto", "net", "plain"))
        tshark.clear()

    def table(self, title):
        """Rows of one of tshark's tables, as lists of words."""
        text = re.search(rf"^{title}\n(.*?)^====", self.tables, re.M | re.S).group(1)
        return [line.split() for line in text.split("\n") if re.match(r"[0-9a-f]*[.:]\S* ", line)]

    def tunnels(self):
        """Whether a frame has several IP headers that are its own. An ICMP error has one more, which
        it quotes, and tshark's tables leave that out as well."""
        def headers(row):
            return sum(len(text.split(",")) for text in (row.ip_src, row.ipv6_src) if text)

        def quotes(row):
            return row.icmp.split(",")[0] in {"3", "4", "5", "11", "12"} or \
                (row.icmpv6 and int(row.icmpv6.split(",")[0]) < 128)
        return any(headers(row) > 1 + bool(quotes(row)) for row in self.rows)


@pytest.fixture(scope="module")
def facts_of(installed_tshark):
    return functools.lru_cache(maxsize=1)(functools.partial(Facts, installed_tshark))


@pytest.fixture(scope="module", params=captures())
def facts(request, facts_of):
    return facts_of(request.param)


def counter(keys):
    """A key without a part is a packet that shows no such thing."""
    return {key: count for key, count in collections.Counter(keys).items()
            if all(key if isinstance(key, tuple) else (key,))}


def test_columns(facts):
    """Packets sent and received a host, packets an edge and packets a protocol are what grouping
    the packet list's columns gives."""
    rows, record = facts.rows, facts.auto
    assert record["graph"]["packets"] == len(rows)
    for key, column in (("packets_sent", "source"), ("packets_received", "destination")):
        counted = {node["id"]: node[key] for node in record["nodes"] if node[key]}
        assert counted == counter(getattr(row, column) for row in rows)
    protocols = {entry["name"]: entry["packets"] for entry in record["protocols"] if entry["name"]}
    assert protocols == counter(row.protocol for row in rows)
    shown = [edge for edge in record["edges"] if edge["kind"] == "conversation"]
    edges = {(edge["source"], edge["target"]): edge["packets"] for edge in shown}
    assert edges == counter((row.source, row.destination) for row in rows)
    spoken = {(edge["source"], edge["target"], name): packets for edge in shown
              for name, packets in edge["protocols"].items() if name}
    assert spoken == counter((row.source, row.destination, row.protocol) for row in rows)


def test_without_evidence_the_hosts_are_the_same(facts):
    """But for what dissectors write into the columns where they know no address, and the ends of
    tunnels, which are no packet's Source or Destination."""
    keys = ("packets_sent", "packets_received", "bytes_sent", "bytes_received", "first_frame")
    full, plain = ({node["id"]: [node[key] for key in keys] for node in record["nodes"]
                    if node["packets_sent"] + node["packets_received"]}
                   for record in (facts.auto, facts.plain))
    kinds = {node["id"]: node["kind"] for node in facts.auto["nodes"]}
    written = {name for name in full if kinds[name] == "other"} | facts.written
    assert set(plain) <= set(full) and set(full) - set(plain) <= written
    assert all(full[name] == plain[name] for name in plain if name not in facts.written)
    assert facts.plain["graph"]["packets"] == facts.auto["graph"]["packets"]


def rounded(time):
    """To what a number in JSON, read as a double, can hold."""
    return round(float(time), 5)


def test_times_frames_and_bytes(facts):
    assert facts.auto["graph"]["bytes"] == sum(int(row.length) for row in facts.rows)
    seen = collections.defaultdict(list)
    sent = collections.Counter()
    for row in facts.rows:
        sent[row.source] += int(row.length)
        for host in {row.source, row.destination}:
            seen[host].append((rounded(row.time), int(row.frame)))
    for node in facts.auto["nodes"]:
        if node["id"] not in seen: # the end of a tunnel
            assert node["roles"] == ["tunnel-end"]
            assert (node["first"], node["last"], node["bytes_sent"]) == (None, None, 0)
            continue
        assert (rounded(node["first"]), node["first_frame"]) == min(seen[node["id"]])
        assert (rounded(node["last"]), node["last_frame"]) == max(seen[node["id"]])
        assert node["bytes_sent"] == sent[node["id"]]


def numbers(words):
    """Numbers of a row: "12", "34", "kB" -> (12, 1), (34, 1000). tshark rounds sizes down."""
    found = []
    for word in words:
        if word in UNITS:
            found[-1] = (found[-1][0], UNITS[word])
        else:
            found.append((float(word) if "." in word else int(word.replace(",", "")), 1))
    return found


def agrees(value, shown):
    return value // shown[1] == shown[0]


def net_of(facts, version):
    def is_ours(text):
        try:
            return ipaddress.ip_address(text).version == version
        except ValueError:
            return False

    if facts.tunnels():
        pytest.skip("tunnels: tshark's tables count each header, layer=net the innermost")
    return ({node["id"]: node for node in facts.net["nodes"] if is_ours(node["id"])},
            {(edge["source"], edge["target"]): edge for edge in facts.net["edges"]
             if is_ours(edge["source"])})


@pytest.mark.parametrize("version", [4, 6])
def test_hosts_of_layer_net(facts, version):
    nodes, _ = net_of(facts, version)
    table = facts.table(f"IPv{version} Endpoints")
    assert sorted(row[0] for row in table) == sorted(nodes)
    for address, *rest in table:
        node, shown = nodes[address], numbers(rest)
        sent, received = node["packets_sent"], node["packets_received"]
        assert [shown[0][0], shown[2][0], shown[4][0]] == [sent + received, sent, received], address
        assert agrees(node["bytes_sent"] + node["bytes_received"], shown[1]), address
        assert agrees(node["bytes_sent"], shown[3]) and agrees(node["bytes_received"], shown[5])


@pytest.mark.parametrize("version", [4, 6])
def test_conversations_of_layer_net(facts, version):
    _, edges = net_of(facts, version)
    table = facts.table(f"IPv{version} Conversations")
    assert len(table) == len({frozenset(pair) for pair in edges})
    nothing = {"packets": 0, "bytes": 0}
    for a, _, b, *rest in table:
        shown = numbers(rest)
        if a == b:  # tshark's choice of the side is its own
            both, there = edges[a, b], shown[4:6]
            assert both["packets"] == there[0][0] and agrees(both["bytes"], there[1]), a
            continue
        back, there = edges.get((b, a), nothing), edges.get((a, b), nothing)
        assert (shown[0][0], shown[2][0]) == (back["packets"], there["packets"]), (a, b)
        assert agrees(back["bytes"], shown[1]) and agrees(there["bytes"], shown[3]), (a, b)


@pytest.mark.parametrize("version", [4, 6])
def test_conversations_to_the_byte(facts, version):
    """The same without the rounding of tshark's tables."""
    _, edges = net_of(facts, version)
    if version == 6 and any(row.fragment for row in facts.rows):
        pytest.skip("tshark's tables leave out IPv6 fragments before the last")
    counted = collections.defaultdict(lambda: [0, 0])
    for row in facts.rows:
        pair = (row.ip_src, row.ip_dst) if version == 4 else (row.ipv6_src, row.ipv6_dst)
        if pair[0]:
            entry = counted[tuple(text.split(",")[0] for text in pair)]
            entry[0] += 1
            entry[1] += int(row.length)
    assert {pair: [edge["packets"], edge["bytes"]] for pair, edge in edges.items()} == dict(counted)
