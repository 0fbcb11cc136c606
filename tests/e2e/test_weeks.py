"""One office in two weeks: what is new is recomputed from tshark's own columns of both, and only the newcomer
that does what nobody did is a suspect.

SPDX-License-Identifier: GPL-2.0-or-later
"""
import collections
import csv
import json
import math
import pathlib
import re
import subprocess
import sys

import networkx
import pytest

GENERATE = pathlib.Path(__file__).resolve().parents[1] / "generate"
REAL = ("newdevice_week1_baseline.pcap", "newdevice_week2.pcap")


@pytest.fixture(scope="module")
def weeks(installed_tshark):
    """(normal, later, truth) of a generated office."""
    normal, later, truth = (installed_tshark.folder / name
                            for name in ("normal.pcapng", "later.pcapng", "weeks.json"))
    subprocess.run([sys.executable, str(GENERATE / "weeks.py"), str(normal), str(later), str(truth)],
                   check=True)
    return normal, later, json.loads(truth.read_text())


@pytest.fixture(params=["generated", "real"])
def pair(request, weeks, capture):
    return weeks[:2] if request.param == "generated" else tuple(capture(name) for name in REAL)


def store(tshark, capture, name="normal.sqlite", *options):
    done = tshark.hostgraph(capture, "text=no", *options, f"export={name}")
    assert done.status == 0, done
    return name


def columns(tshark, capture):
    """(source, destination, protocol) of every packet; addresses unresolved."""
    return tshark.fields(capture, "_ws.col.Source", "_ws.col.Destination", "_ws.col.Protocol")


def hosts_of(rows):
    return {end for row in rows for end in row[:2] if end}


def pairs_of(rows):
    return {frozenset(row[:2]) for row in rows if row[0] and row[1]}


def section(text, title):
    """Rows of a table of the section, without the header; what stands below a row is left out."""
    found = re.search(rf"\n  {title} \((\d+)\)\n((?:    [^\n]*\n)*)", text)
    if not found:
        return []
    rows = [line.split() for line in found.group(2).splitlines() if re.match(r"    \S", line)][1:]
    assert len(rows) == int(found.group(1))
    return rows


def test_new_hosts_and_conversations(tshark, pair):
    normal, later = pair
    name = store(tshark, normal)
    done = tshark.hostgraph(later, f"baseline={name}", "top=0")
    assert done.status == 0, done
    before, now = columns(tshark, normal), columns(tshark, later)
    hosts = {row[0] for row in section(done.out, "New hosts")}
    assert hosts == hosts_of(now) - hosts_of(before)
    conversations = {frozenset(row[:2]) for row in section(done.out, "New conversations")}
    assert conversations == pairs_of(now) - pairs_of(before)


def test_shares(tshark, pair):
    """The z-score of every protocol, by the textbook, and none but those far off are listed."""
    normal, later = pair
    name = store(tshark, normal)
    done = tshark.hostgraph(later, f"baseline={name}", "top=0")
    before, now = columns(tshark, normal), columns(tshark, later)
    x = collections.Counter(row[2] for row in before)
    y = collections.Counter(row[2] for row in now)
    expected = {}
    for protocol in set(x) | set(y):
        n, m = len(before), len(now)
        pooled = (x[protocol] + y[protocol]) / (n + m)
        if min(n, m) * min(pooled, 1 - pooled) < 5:
            continue
        z = (y[protocol] / m - x[protocol] / n) / math.sqrt(pooled * (1 - pooled) * (1 / n + 1 / m))
        odds = (y[protocol] + .5) / (m - y[protocol] + .5) * (n - x[protocol] + .5) / (x[protocol] + .5)
        if abs(z) >= 3.29 and (odds >= 5 or odds <= 1 / 5):
            expected[protocol] = (x[protocol], y[protocol], round(z, 1))
    moved = {row[0]: (int(row[1]), int(row[2]), float(row[5]))
             for row in section(done.out, "Protocols whose share moved")}
    assert moved == expected
    assert "WireGuard" in moved


def test_who_is_suspect(tshark, weeks):
    normal, later, truth = weeks
    name = store(tshark, normal)
    record = tshark.json(later, f"baseline={name}", "rule=unknown-device", "rule=unusual")
    suspects = {node["id"] for node in record["nodes"] if node["suspect"]}
    found = {(finding["rule"], finding["host"]) for finding in record["findings"]}
    assert suspects == {truth["suspect"]}  # none of the other newcomers, nor who moved
    assert found == {("unknown-device", truth["suspect"]), ("unusual", truth["unusual"])}
    finding = next(f for f in record["findings"] if f["host"] == truth["suspect"])
    assert truth["tunnel"] in finding["peers"] and "WireGuard" in finding["evidence"]
    selected = [int(row[0]) for row in tshark.fields(later, "frame.number",
                                                     before=("-Y", finding["filter"]))]
    assert (finding["first_frame"], finding["last_frame"]) == (selected[0], selected[-1])
    assert finding["measured"] == len(selected)


def test_pseudonyms_do_not_matter(tshark, weeks):
    """The same hosts are suspects under other names, with a baseline under its own or under these."""
    tshark.write("key", "a key of sixteen bytes, or more")
    plain, hidden = store(tshark, weeks[0]), store(tshark, weeks[0], "hidden.sqlite", "pseudonyms=key")
    kept = []
    for name in (plain, hidden):
        record = tshark.json(weeks[1], "pseudonyms=key", f"baseline={name}", "rule=unknown-device")
        kept.append([(f["host"], f["measured"]) for f in record["findings"]])
        assert weeks[2]["suspect"] not in json.dumps(record)
    assert kept[0] == kept[1] and len(kept[0]) == 1


@pytest.mark.parametrize("written,read,words", [
    ([], ["layer=net"], ["layer=auto", "cannot be compared"]),
    ([], ["protocol=dns"], ["protocol=(all)", "cannot be compared"]),
    (["pseudonyms=key"], [], ["pseudonyms=", "cannot be compared"]),
    (["protocol=none-such"], ["protocol=none-such"], ["no packets"]),
])
def test_what_cannot_be_compared(tshark, weeks, written, read, words):
    tshark.write("key", "a key of sixteen bytes, or more")
    name = store(tshark, weeks[0], "normal.sqlite", *written)
    done = tshark.hostgraph(weeks[1], f"baseline={name}", *read)
    assert done.status == 1 and done.out == "", done
    (line,) = done.err.splitlines()
    assert f"baseline={name}" in line
    for word in words:
        assert word in line


def test_new_in_every_graph(tshark, weeks):
    """Hosts and edges say whether they are new, and say nothing where there is no baseline."""
    before, now = columns(tshark, weeks[0]), columns(tshark, weeks[1])
    name = store(tshark, weeks[0])
    done = tshark.hostgraph(weeks[1], "text=no", f"baseline={name}", "export=a.graphml", "export=a.json",
                            "export=a.csv")
    assert done.status == 0, done
    record = json.loads((tshark.work / "a.json").read_text())
    assert {node["id"] for node in record["nodes"] if node["new"]} == hosts_of(now) - hosts_of(before)
    assert {frozenset((edge["source"], edge["target"])) for edge in record["edges"] if edge["new"]} == \
        pairs_of(now) - pairs_of(before)
    graph = networkx.read_graphml(tshark.work / "a.graphml")
    assert {host for host, new in graph.nodes(data="new") if new} == hosts_of(now) - hosts_of(before)
    with open(tshark.work / "a.hosts.csv", newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert {row["Id"] for row in rows if row["new"] == "true"} == hosts_of(now) - hosts_of(before)
    assert "new" not in tshark.json(weeks[1])["nodes"][0]


def test_a_baseline_is_added_to_but_not_replaced(tshark, weeks):
    name = store(tshark, weeks[0])
    content = (tshark.work / name).read_bytes()
    done = tshark.hostgraph(weeks[1], "text=no", f"baseline={name}", f"export=./{name}")
    assert done.status == 1 and "would replace the baseline" in done.err, done
    assert (tshark.work / name).read_bytes() == content
    done = tshark.hostgraph(weeks[1], f"baseline={name}", f"export={name}", "append=yes")
    assert done.status == 0 and "New hosts      0" not in done.out, done  # it was read before
    done = tshark.hostgraph(weeks[1], f"baseline={name}")
    assert "New hosts      0" in done.out, done


def test_preference(tshark, weeks):
    name = store(tshark, weeks[0])
    done = tshark.hostgraph(weeks[1], before=("-o", f"hostgraph.baseline:{tshark.work / name}"))
    assert done.status == 0 and "Against the baseline" in done.out, done
