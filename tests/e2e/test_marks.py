"""hostgraph.* as fields of packets in tshark: what they say, and when they are there.

SPDX-License-Identifier: GPL-2.0-or-later
"""
import pathlib
import subprocess
import sys

import pytest

from conftest import captures

GENERATE = pathlib.Path(__file__).resolve().parents[1] / "generate"
FIELDS = ["frame.number", "ip.src", "ip.dst", "hostgraph.src.score", "hostgraph.dst.score",
          "hostgraph.suspect", "hostgraph.finding", "hostgraph.reached"]
MARK = ["-2", "-o", "hostgraph.mark:TRUE"]


@pytest.fixture(scope="module")
def office(installed_tshark):
    path = installed_tshark.folder / "marks.pcapng"
    subprocess.run([sys.executable, GENERATE / "office.py", path, installed_tshark.folder / "truth"],
                   check=True, capture_output=True)
    path.chmod(0o644)
    return path


def rows(tshark, capture, *before, fields=FIELDS):
    words = [word for field in fields for word in ("-e", field)]
    done = tshark("-n", *before, "-r", capture, "-T", "fields", "-E", "occurrence=a",
                  "-E", "aggregator=,", *words)
    assert done.status == 0, done
    return [dict(zip(fields, line.split("\t"))) for line in done.out.split("\n")[:-1]]


def test_scores_are_those_of_the_record(tshark, office):
    record = tshark.json(office)
    score = {node["id"]: node["score"] for node in record["nodes"]}
    suspects = {node["id"] for node in record["nodes"] if node["suspect"]}
    assert suspects
    seen = 0
    for row in rows(tshark, office, *MARK):
        source, target = row["ip.src"], row["ip.dst"]
        if "," in source or not source:
            continue  # an ICMP error quotes another header; ARP has none
        seen += 1
        assert float(row["hostgraph.src.score"]) == pytest.approx(score[source])
        assert float(row["hostgraph.dst.score"]) == pytest.approx(score[target])
        assert set(filter(None, row["hostgraph.suspect"].split(","))) == {source, target} & suspects
    assert seen > 100


def test_display_filter(tshark, office):
    suspects = [node["id"] for node in tshark.json(office)["nodes"] if node["suspect"]]
    done = tshark("-n", *MARK, "-r", office, "-Y", "hostgraph.suspect", "-T", "fields", "-e",
                  "frame.number")
    wanted = tshark("-n", "-r", office, "-Y", " || ".join(f"ip.addr == {host}" for host in suspects),
                    "-T", "fields", "-e", "frame.number")
    quoted = tshark("-n", "-r", office, "-Y", "icmp.type == 3", "-T", "fields", "-e", "frame.number")
    difference = set(wanted.out.split()) ^ set(done.out.split())
    assert done.out.split() and difference <= set(quoted.out.split())


def test_reached_is_the_trace(tshark, office):
    """The first packet marked on its way to a host is the one by which the trace reaches it."""
    record = tshark.json(office)
    first = {}
    for trace in record["traces"]:
        if trace["direction"] == "forward":
            for entry in trace["reached"]:
                key = (entry["time"], entry["frame"], entry["hops"])
                first[entry["host"]] = min(first.get(entry["host"], key), key)
    suspects = {node["id"] for node in record["nodes"] if node["suspect"]}
    marked = {}
    for row in rows(tshark, office, *MARK):
        if row["hostgraph.reached"] and "," not in row["ip.dst"]:
            marked.setdefault(row["ip.dst"], (int(row["frame.number"]),
                                              int(row["hostgraph.reached"])))
    assert set(first) - suspects
    for host in set(first) - suspects:
        assert marked[host] == first[host][1:], host


def test_finding_is_about_its_packets(tshark, office):
    for finding in tshark.json(office)["findings"]:
        if finding["kind"] != "suspicion" or not finding["frames"]:
            continue
        marked = {row["frame.number"] for row in rows(tshark, office, *MARK)
                  if finding["rule"] in row["hostgraph.finding"].split(",")}
        assert {str(frame) for frame in finding["frames"]} <= marked, finding["rule"]


@pytest.mark.parametrize("before", [[], ["-2"], ["-2", "-o", "hostgraph.mark:FALSE"],
                                    ["-o", "hostgraph.mark:TRUE"]])
def test_not_asked_for(tshark, office, before):
    """Without the preference, or without a first pass, there is nothing to be seen."""
    assert not any(row["hostgraph.src.score"] for row in rows(tshark, office, *before))


def test_statistics_stay_as_they_are(tshark, office):
    plain = tshark.hostgraph(office, "top=0", before=["-2"]).out
    assert tshark.hostgraph(office, "top=0", before=MARK).out == plain
    without = tshark.hostgraph(office, "top=0", "evidence=no", before=["-2"]).out
    assert tshark.hostgraph(office, "top=0", "evidence=no", before=MARK).out == without


@pytest.mark.parametrize("name", captures())
def test_the_first_pass_sees_what_taps_see(tshark, capture, name):
    """Suspects of the marks are those of the report, although no tap spoke to them and there were no
    columns to read."""
    record = tshark.json(capture(name))
    suspects = {node["id"] for node in record["nodes"] if node["suspect"]}
    done = tshark("-n", *MARK, "-r", capture(name), "-T", "fields", "-E", "occurrence=a",
                  "-E", "aggregator=,", "-e", "hostgraph.suspect")
    assert {host for host in done.out.replace("\n", ",").split(",") if host} == suspects


# --- preferences ---

def test_preferences_are_defaults(tshark, office):
    """A threshold from the preferences counts; the command line overrides it."""
    raised = ["-o", "hostgraph.port_scan.ports:60000"]
    assert "Port scan" in tshark.hostgraph(office).out
    assert "Port scan" not in tshark.hostgraph(office, before=raised).out
    assert "Port scan" in tshark.hostgraph(office, "set=port-scan.ports=15", before=raised).out
    assert "Port scan" not in tshark.hostgraph(office, before=["-o", "hostgraph.port_scan:FALSE"]).out
    layer = tshark.json(office, before=["-o", "hostgraph.layer:link"])["graph"]["layer"]
    assert layer == "link"
    layer = tshark.json(office, "layer=net", before=["-o", "hostgraph.layer:link"])["graph"]["layer"]
    assert layer == "net"


def test_bad_preference(tshark, office):
    done = tshark.hostgraph(office, "export=x.json", before=["-o", "hostgraph.port_scan.ports:many"])
    assert done.status == 1 and tshark.files() == []
    assert "preferences: set=port-scan.ports=many: port-scan.ports accepts 1 to 65535" in done.err


def test_every_rule_has_a_preference(tshark, office):
    """The page is made from the table that help is made from."""
    text = tshark("-G", "defaultprefs").out
    rules = [entry["rule"] for entry in tshark.json(office, "evidence=no")["graph"]["not_assessed"]]
    assert rules
    for rule in rules + ["port-scan", "beacon"]:
        assert f"#hostgraph.{rule.replace('-', '_')}: TRUE" in text
    for cap in ("max_hosts", "max_observations"):
        assert f"#hostgraph.{cap}: " in text


def test_empty_and_cut(tshark, office):
    empty = tshark.work / "empty.pcapng"
    empty.write_bytes(office.read_bytes()[:28 + 32])
    assert rows(tshark, empty, *MARK) == []
    cut = tshark.work / "cut.pcapng"
    cut.write_bytes(office.read_bytes()[:-5])
    done = tshark("-n", *MARK, "-r", cut, "-Y", "hostgraph.suspect")
    alone = tshark("-n", "-2", "-r", cut, "-Y", "frame")
    assert done.status == alone.status != 0 and done.out


def test_colouring_rules(tshark, office):
    """Each rule of the file that ships is a display filter that selects what its name says."""
    file = pathlib.Path(__file__).resolve().parents[2] / "packaging" / "hostgraph.colorfilters"
    rules = [line.split("@")[1:3] for line in file.read_text().splitlines() if line.startswith("@")]
    assert len(rules) == 3
    score = {node["id"]: node["score"] for node in tshark.json(office)["nodes"]}
    reached = {int(row["frame.number"]) for row in rows(tshark, office, *MARK) if row["hostgraph.reached"]}
    ends = {int(row["frame.number"]): (row["ip.src"], row["ip.dst"])
            for row in rows(tshark, office, fields=FIELDS[:3]) if row["ip.src"] and "," not in row["ip.src"]}
    wanted = [{frame for frame, hosts in ends.items() if any(score[host] >= 50 for host in hosts)},
              {frame for frame, hosts in ends.items() if any(score[host] > 0 for host in hosts)},
              reached & set(ends)]
    for (name, display_filter), frames in zip(rules, wanted):
        done = tshark("-n", *MARK, "-r", office, "-Y", display_filter, "-T", "fields", "-e", "frame.number")
        assert done.status == 0, done
        assert frames and set(map(int, done.out.split())) & set(ends) == frames, name
