"""Small captures of things that people reported about other tools: a test for each row of CASES.tsv, which
asserts what the row calls right. The captures are not part of the repository; without them the tests are
skipped. What the rows stand for is tested by generated captures elsewhere.

SPDX-License-Identifier: GPL-2.0-or-later
"""
import collections
import csv
import pathlib
import re
import sqlite3

import pytest

from conftest import CASES
from test_groups import edges, expected, subnet
from test_overlap import assert_whole

LOGINS = "set=brute-force.attempts=12"  # so that the twelve logins of these captures are a finding


def rows():
    """Of CASES.tsv; none where it is absent."""
    path = CASES / "CASES.tsv"
    if not path.exists():
        return []
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    return list(csv.DictReader(lines, delimiter="\t"))


@pytest.fixture
def path(request, case):
    """The capture after which the test is named."""
    return case(re.sub(r"\[.*", "", request.node.name).removeprefix("test_"))


def suspects(record):
    return {node["id"] for node in record["nodes"] if node["suspect"]}


def found(record, rule, kind="suspicion"):
    return [finding for finding in record["findings"] if finding["rule"] == rule and finding["kind"] == kind]


def not_assessed(record, reason):
    return {gap["rule"] for gap in record["graph"]["not_assessed"] if reason in gap["why"]}


def services(tshark, path, *options):
    """(client, port, attempts, established, refused, unanswered, midstream)"""
    return tshark.rows(path, "SELECT client.id, port, attempts, established, refused, unanswered, midstream"
                             " FROM services JOIN hosts client ON client.host = services.client"
                             " ORDER BY port", (), *options)


def outcomes(opened):
    """Of all services together: [attempts, established, refused, unanswered, midstream]"""
    return [sum(counts) for counts in list(zip(*opened))[2:]]


def report(tshark, path, *options):
    """The text report, each fact on one line."""
    done = tshark.hostgraph(path, *options)
    assert done.status == 0, done
    return re.sub(r"\n {17}(?=\S)", " ", done.out)


# --- the rows ---

def test_half_duplex(tshark, path):
    assert services(tshark, path) == [("10.0.0.5", 443, 0, 0, 0, 0, 1),  # only the port tells who the client is
                                      ("10.0.0.5", 50001, 1, 1, 0, 0, 0)]  # a SYN-ACK proves it
    assert re.search(r"10\.0\.0\.5 +-> +203\.0\.113\.9 ", report(tshark, path))


def test_stealth_scans(tshark, path):
    record = tshark.json(path)
    scanners = {f"10.0.0.{host}" for host in range(61, 68)}
    assert suspects(record) == scanners
    assert {finding["rule"] for finding in record["findings"] if finding["kind"] == "suspicion"} == {"port-scan"}
    assert {finding["host"] for finding in found(record, "port-scan")} == scanners
    assert {finding["measured"] for finding in found(record, "port-scan")} == {100}
    assert tshark.rows(path, "SELECT sum(attempts), sum(established), sum(refused), sum(unanswered), sum(midstream)"
                             " FROM services WHERE transport = 'tcp'", ()) == [(700, 0, 700, 0, 0)]
    assert "whose start was not captured" not in report(tshark, path)


def test_syn_filter_only(tshark, path):
    record = tshark.json(path)
    assert not suspects(record) and "flood" not in {finding["rule"] for finding in record["findings"]}


def test_vlan_overlap(tshark, path):
    record = tshark.json(path, "trace=192.0.2.10")
    machines = sorted(node["id"] for node in record["nodes"] if node["id"].split()[0] in ("10.0.0.1", "10.0.0.5"))
    assert machines == ["10.0.0.1 (VLAN 10)", "10.0.0.1 (VLAN 20)", "10.0.0.5 (VLAN 10)", "10.0.0.5 (VLAN 20)"]
    assert "arp-spoof" not in {finding["rule"] for finding in record["findings"]}
    # and so not 198.51.100.20, in VLAN 20
    assert {entry["host"] for trace in record["traces"] for entry in trace["reached"]} == {"10.0.0.5 (VLAN 10)"}


def test_span_doubled_kerberos(tshark, path):
    assert not suspects(tshark.json(path))
    assert not found(tshark.json(path), "brute-force")
    assert [finding["measured"] for finding in found(tshark.json(path, LOGINS), "brute-force")] == [12]
    packets = tshark.json(path)["graph"]["packets"]
    assert re.search(rf"\b{packets // 2} of {packets}\b.*cop(y|ies)", report(tshark, path))


def test_span_single_kerberos(tshark, path):
    assert not tshark.json(path)["findings"]
    assert [finding["measured"] for finding in found(tshark.json(path, LOGINS), "brute-force")] == [12]


def test_no_times(tshark, path):
    record = tshark.json(path, "suspect=10.0.0.5")
    assert not [node for node in record["nodes"] if node["score"] >= 50]
    assert record["graph"]["first"] is None and record["graph"]["last"] is None
    assert record["graph"]["packets_without_time"] == record["graph"]["packets"] == 2880
    assert {"flood", "port-scan", "beacon", "long-connection"} <= not_assessed(record, "no times")
    text = report(tshark, path, "suspect=10.0.0.5")
    assert "1970" not in text and "the packets have no times" in text
    assert re.search(r"Not assessed .*flood.*: the packets have no times", text)


def test_one_without_time(tshark, path):
    record = tshark.json(path)
    assert not suspects(record) and not found(record, "long-connection")
    assert record["graph"]["first"] == pytest.approx(1767607200, abs=1e-6)  # 2026-01-05 10:00:00 UTC
    assert record["graph"]["last"] - record["graph"]["first"] == pytest.approx(20 * 60, abs=60)
    assert record["graph"]["packets_without_time"] == 1
    assert "First packet   2026-01-05 10:00:00" in report(tshark, path)


def test_answer_first(tshark, path):
    opened = services(tshark, path)
    assert {client for client, *_ in opened} == {"10.0.0.5"}
    assert outcomes(opened) == [12, 12, 0, 0, 0]
    assert not suspects(tshark.json(path))


@pytest.mark.parametrize("name", ["answer_first_scan", "skewed_scan"])
def test_refused_first(tshark, case, name):
    record = tshark.json(case(name))
    assert suspects(record) == {"10.0.0.66"}
    assert [finding["host"] for finding in found(record, "port-scan")] == ["10.0.0.66"]
    assert "(60 refused, 0 unanswered)" in found(record, "port-scan")[0]["evidence"]
    opened = services(tshark, case(name))
    assert outcomes(opened) == [60, 0, 60, 0, 0] and {client for client, *_ in opened} == {"10.0.0.66"}


FORMATS = {"json": "", "ndjson": "", "graphml": "", "gexf": "", "dot": "", "cyjs": "", "csv": ".edges", "svg": "",
           "html": ""}


def exported(tshark, path, *options):
    """{format: text}; of csv the edges."""
    tshark.clear()
    done = tshark.hostgraph(path, "text=no", *options, *[f"export=x.{suffix}" for suffix in FORMATS])
    assert done.status == 0, done
    return {suffix: (tshark.work / f"x{part}.{suffix}").read_text(encoding="utf-8")
            for suffix, part in FORMATS.items()}


def test_three_sites(tshark, path):
    edge = [edge for edge in tshark.json(path)["edges"]
            if (edge["source"], edge["target"]) == ("10.3.0.7", "10.1.0.9")]
    assert [port["port"] for port in edge[0]["ports"]] == [3389]
    assert "3389" in report(tshark, path, "top=0")
    for suffix, text in exported(tshark, path).items():
        assert "3389" in text, suffix


def test_three_sites_by_subnet(tshark, case):
    """The sums of subnets are those of tshark's own columns, to the port."""
    path = case("three_sites")
    record = tshark.json(path, "group=subnet")
    assert {node["id"] for node in record["nodes"]} == {f"10.{site}.0.0/24" for site in (1, 2, 3, 9)}
    assert edges(record) == expected(tshark, path)
    odd = [edge for edge in record["edges"]
           if (edge["source"], edge["target"]) == ("10.3.0.0/24", "10.1.0.0/24")]
    assert [port["port"] for port in odd[0]["ports"]] == [3389]
    by_port = collections.Counter()
    for source, target, *ports in tshark.fields(path, "ip.src", "ip.dst", "tcp.srcport", "tcp.dstport"):
        if "3389" in ports:
            by_port[subnet(source), subnet(target)] += 1
    assert {(edge["source"], edge["target"]): port["packets"] for edge in record["edges"]
            for port in edge["ports"] if port["port"] == 3389} == by_port
    for suffix, text in exported(tshark, path, "group=subnet").items():
        assert "3389" in text, suffix
        assert "10.3.0.0/24" in text or suffix == "ndjson", suffix  # its lines are events of hosts
    text = report(tshark, path, "top=0", "group=subnet")
    assert re.search(r"10\.3\.0\.0/24 .*10\.1\.0\.0/24 .*3389", text)
    assert re.search(r"3389/tcp.*10\.3\.0\.0/24 -> 10\.1\.0\.0/24", report(tshark, path, "group=subnet"))
    assert "Subnets in the place of hosts (4)" in text


def beacon_to(record, name):
    """The clients that are said to have a beacon to this name."""
    return {finding["host"] for finding in found(record, "beacon") if name in finding["evidence"]}


def test_beacon_by_proxy(tshark, path):
    record = tshark.json(path)
    assert beacon_to(record, "c2.bad.example") == {finding["host"] for finding in found(record, "beacon")} == \
        {"10.0.0.25"}
    assert suspects(record) == {"10.0.0.25"}


def test_uplink_outage(tshark, path):
    assert not suspects(tshark.json(path))
    assert re.search(r"(?i)nothing external answered.*\d\d:\d\d.*\d\d:\d\d", report(tshark, path))


def connections(tshark, path):
    return int(re.search(r"Connections +(\d+)", report(tshark, path)).group(1))


def test_overlap_whole(tshark, path):
    assert connections(tshark, path) == 51
    assert not suspects(tshark.json(path))


def joined(tshark, *paths):
    """A store to which the captures were appended one after the other."""
    for path in paths:
        done = tshark.hostgraph(path, "text=no", "append=yes", "export=both.sqlite")
        assert done.status == 0, done
    return tshark.work / "both.sqlite"


@pytest.mark.parametrize("names", [("overlap_a", "overlap_b"), ("overlap_b", "overlap_a")], ids="-".join)
def test_overlap(tshark, case, names):
    path, parts = case("overlap_whole"), [case(name) for name in names]
    counts = assert_whole(tshark, path, parts, orders=[parts])
    assert sum(row[5] for row in counts["services"]) == 51  # established
    whole = tshark.json(path)
    tshark.clear()
    opened = tshark.rows(path, "SELECT count(*), sum(a_packets + b_packets) FROM connections", ())
    with sqlite3.connect(joined(tshark, *parts)) as store:
        assert store.execute("SELECT count(*), sum(a_packets + b_packets) FROM connections").fetchall() == opened
        assert store.execute("SELECT sum(packets), sum(bytes) FROM captures").fetchone() == \
            (whole["graph"]["packets"], whole["graph"]["bytes"])


@pytest.mark.parametrize("name", ["overlap_a", "overlap_b"])
def test_same_twice(tshark, case, name):
    store = joined(tshark, case(name))
    before = store.read_bytes()
    refused = tshark.hostgraph(case(name), "text=no", "append=yes", "export=both.sqlite")
    (line,) = refused.err.splitlines()
    assert refused.status == 2 and "holds this capture already" in line and name in line, refused
    assert store.read_bytes() == before
    skipped = tshark.hostgraph(case(name), "text=no", "append=new", "export=both.sqlite")
    (line,) = skipped.err.splitlines()
    assert skipped.status == 0 and "nothing is added to both.sqlite" in line and name in line, skipped
    assert store.read_bytes() == before


def test_one_machine_three_addresses(tshark, path):
    record = tshark.json(path)
    scans = found(record, "port-scan")
    assert [scan["measured"] for scan in scans] == [24]
    machine = {node["id"]: node.get("device") for node in record["nodes"]}
    assert len({machine[host] for host in suspects(record)}) == 1
    by_device = tshark.json(path, "layer=device")
    assert len(suspects(by_device)) == 1


def test_internal_keepalive(tshark, path):
    assert not suspects(tshark.json(path))


def test_ntp_answers_only(tshark, path):
    record = tshark.json(path)
    assert not suspects(record)
    (roles,) = [node["roles"] for node in record["nodes"] if node["id"] == "10.0.0.2"]
    assert "ntp-server" in roles  # and it serves files to ten others


def check_campus(record, net):
    by_rule = {rule: [finding["host"] for finding in record["findings"] if finding["rule"] == rule]
               for rule in ("exfiltration", "mail-spray")}  # of every kind
    assert by_rule == {"exfiltration": [f"{net}7"], "mail-spray": [f"{net}8"]}
    assert found(record, "exfiltration") and found(record, "mail-spray")
    assert suspects(record) == {f"{net}7", f"{net}8"}


def test_public_campus(tshark, path):
    check_campus(tshark.json(path, "home=192.0.2.0/24"), "192.0.2.")
    why = "no network is known as one's own; name yours with home=NETWORK"
    assert {"exfiltration", "mail-spray"} <= not_assessed(tshark.json(path), why)
    assert re.search(rf"^  Home +{why}$", report(tshark, path), re.M)


@pytest.mark.parametrize("options", [[], ["home=10.0.0.0/24"]])
def test_private_campus(tshark, path, options):
    check_campus(tshark.json(path, *options), "10.0.0.")


def test_beacon_by_sni(tshark, path):
    record = tshark.json(path)
    assert beacon_to(record, "c2.bad.example") == {finding["host"] for finding in found(record, "beacon")} == \
        {"10.0.0.25"}
    assert suspects(record) == {"10.0.0.25"}


def test_radius_answers(tshark, path):
    """Times as tshark shows them: one packet's microseconds overflow, so that tshark puts it before the first."""
    record = tshark.json(path)
    shown = {int(frame): float(time) for frame, time in tshark.fields(path, "frame.number", "frame.time_relative")}
    first = float(tshark.fields(path, "frame.time_epoch")[0][0])  # of frame 1, from which the others count
    assert record["graph"]["packets_without_time"] == 0
    assert record["graph"]["first"] == pytest.approx(first + min(shown.values()), abs=1e-6)
    assert record["graph"]["last"] == pytest.approx(first + max(shown.values()), abs=1e-6)
    for node in record["nodes"]:
        assert node["first"] == pytest.approx(first + shown[node["first_frame"]], abs=1e-6), node["id"]
        assert node["last"] == pytest.approx(first + shown[node["last_frame"]], abs=1e-6), node["id"]


def test_radius_answers_verdict(tshark, case):
    assert not suspects(tshark.json(case("radius_answers")))


# --- all rows ---

TOGETHER = {"answer_first_scan": "test_refused_first", "skewed_scan": "test_refused_first",
            "overlap_a": "test_overlap", "overlap_b": "test_overlap"}


def test_every_row_has_a_test():
    if not rows():
        pytest.skip(f"no {CASES}/CASES.tsv")
    for row in rows():
        name = pathlib.Path(row["file"]).stem
        assert TOGETHER.get(name, f"test_{name}") in globals(), f"no test of {row['file']}: {row['right']}"
        assert (CASES / row["file"]).exists(), row["file"]
    assert {row["file"]: row["options"] for row in rows() if row["options"]} == \
        {"public_campus.pcap": "home=192.0.2.0/24"}
