"""Small captures of things that people reported about other tools: a test for each row of CASES.tsv, which
asserts what the row calls right. The captures are not part of the repository; without them the tests are
skipped. What the rows stand for is tested by generated captures elsewhere.

SPDX-License-Identifier: GPL-2.0-or-later
"""
import csv
import pathlib
import re
import sqlite3

import pytest

from tshark import CAPTURES

CASES = CAPTURES.parent / "cases"
LOGINS = "set=brute-force.attempts=12"  # so that the twelve logins of these captures are a finding


def rows():
    """Of CASES.tsv; none where it is absent."""
    path = CASES / "CASES.tsv"
    if not path.exists():
        return []
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    return list(csv.DictReader(lines, delimiter="\t"))


@pytest.fixture
def case(request):
    """The capture after which the test is named."""
    return path_of(re.sub(r"\[.*", "", request.node.name).removeprefix("test_"))


def path_of(name):
    found = list(CASES.glob(f"{name}.pcap*"))
    if not found:
        pytest.skip(f"no {name} in {CASES}")
    return found[0]


def needs(tshark, option):
    """Skips the test as long as hostgraph has no such option."""
    if option not in tshark("-z", "hostgraph,help").out:
        pytest.skip(f"no option {option}")


def suspects(record):
    return {node["id"] for node in record["nodes"] if node["suspect"]}


def found(record, rule, kind="suspicion"):
    return [finding for finding in record["findings"] if finding["rule"] == rule and finding["kind"] == kind]


def not_assessed(record, reason):
    return {gap["rule"] for gap in record["graph"]["not_assessed"] if reason in gap["why"]}


def services(tshark, path, *options):
    """(client, server, port, attempts, established, refused, midstream)"""
    return tshark.rows(path, "SELECT client.id, server.id, port, attempts, established, refused, midstream"
                             " FROM services JOIN hosts client ON client.host = services.client"
                             " JOIN hosts server ON server.host = services.server ORDER BY port", (), *options)


def report(tshark, path, *options):
    """The text report, each fact on one line."""
    done = tshark.hostgraph(path, *options)
    assert done.status == 0, done
    return re.sub(r"\n {17}(?=\S)", " ", done.out)


# --- the rows ---

def test_half_duplex(tshark, case):
    opened = services(tshark, case)
    assert {client for client, *_ in opened} == {"10.0.0.5"} and len(opened) == 2
    assert [row[3:5] for row in opened if row[2] == 50001] == [(1, 1)]  # a SYN-ACK proves it
    assert re.search(r"10\.0\.0\.5 +-> +203\.0\.113\.9 ", report(tshark, case))


def test_stealth_scans(tshark, case):
    record = tshark.json(case)
    scanners = {f"10.0.0.{host}" for host in range(61, 68)}
    assert suspects(record) == scanners
    assert {finding["host"] for finding in found(record, "port-scan")} == scanners
    assert {finding["measured"] for finding in found(record, "port-scan")} == {100}
    assert "whose start was not captured" not in report(tshark, case)


def test_syn_filter_only(tshark, case):
    record = tshark.json(case)
    assert not suspects(record) and not found(record, "flood") and not found(record, "flood", "victim")


def test_vlan_overlap(tshark, case):
    record = tshark.json(case, "trace=192.0.2.10")
    if not any("VLAN" in node["id"] for node in record["nodes"]):
        pytest.skip("networks that share addresses are not told apart")
    machines = [node["id"] for node in record["nodes"] if node["id"].split()[0] in ("10.0.0.1", "10.0.0.5")]
    assert len(machines) == 4
    assert not found(record, "arp-spoof")
    reached = [entry["host"] for trace in record["traces"] for entry in trace["reached"]]
    assert reached and not any("198.51.100.20" in host for host in reached)


def test_span_doubled_kerberos(tshark, case):
    needs(tshark, "duplicates=")
    assert not suspects(tshark.json(case))
    assert not found(tshark.json(case), "brute-force")
    assert [finding["measured"] for finding in found(tshark.json(case, LOGINS), "brute-force")] == [12]
    packets = tshark.json(case)["graph"]["packets"]
    assert re.search(rf"\b{packets // 2} of {packets}\b.*cop(y|ies)", report(tshark, case))


def test_span_single_kerberos(tshark, case):
    assert not tshark.json(case)["findings"]
    assert [finding["measured"] for finding in found(tshark.json(case, LOGINS), "brute-force")] == [12]


def test_no_times(tshark, case):
    record = tshark.json(case, "suspect=10.0.0.5")
    assert not [node for node in record["nodes"] if node["score"] >= 50]
    assert record["graph"]["first"] is None and record["graph"]["last"] is None
    assert record["graph"]["packets_without_time"] == record["graph"]["packets"] == 2880
    assert {"flood", "port-scan", "beacon", "long-connection"} <= not_assessed(record, "no times")
    text = report(tshark, case, "suspect=10.0.0.5")
    assert "1970" not in text and "the packets have no times" in text
    assert re.search(r"Not assessed .*flood.*: the packets have no times", text)


def test_one_without_time(tshark, case):
    record = tshark.json(case)
    assert not suspects(record) and not found(record, "long-connection")
    assert record["graph"]["first"] == pytest.approx(1767607200, abs=1e-6)  # 2026-01-05 10:00:00 UTC
    assert record["graph"]["last"] - record["graph"]["first"] == pytest.approx(20 * 60, abs=60)
    assert record["graph"]["packets_without_time"] == 1
    assert "First packet   2026-01-05 10:00:00" in report(tshark, case)


def test_answer_first(tshark, case):
    opened = services(tshark, case)
    assert {client for client, *_ in opened} == {"10.0.0.5"}
    assert (sum(row[3] for row in opened), sum(row[4] for row in opened)) == (12, 12)
    assert not suspects(tshark.json(case))


@pytest.mark.parametrize("name", ["answer_first_scan", "skewed_scan"])
def test_refused_first(tshark, name):
    record = tshark.json(path_of(name))
    assert suspects(record) == {"10.0.0.66"}
    assert [finding["host"] for finding in found(record, "port-scan")] == ["10.0.0.66"]
    assert "(60 refused, 0 unanswered)" in found(record, "port-scan")[0]["evidence"]
    assert sum(row[5] for row in services(tshark, path_of(name))) == 60


FORMATS = {"json": "", "ndjson": "", "graphml": "", "gexf": "", "dot": "", "cyjs": "", "csv": ".edges", "svg": "",
           "html": ""}


def exported(tshark, path, *options):
    """{format: text}; of csv the edges."""
    tshark.clear()
    done = tshark.hostgraph(path, "text=no", *options, *[f"export=x.{suffix}" for suffix in FORMATS])
    assert done.status == 0, done
    return {suffix: (tshark.work / f"x{part}.{suffix}").read_text(encoding="utf-8")
            for suffix, part in FORMATS.items()}


def test_three_sites(tshark, case):
    edge = [edge for edge in tshark.json(case)["edges"]
            if (edge["source"], edge["target"]) == ("10.3.0.7", "10.1.0.9")]
    assert [port["port"] for port in edge[0]["ports"]] == [3389]
    assert "3389" in report(tshark, case, "top=0")
    for suffix, text in exported(tshark, case).items():
        assert "3389" in text, suffix


def test_three_sites_by_subnet(tshark):
    case = path_of("three_sites")
    needs(tshark, "group=")
    record = tshark.json(case, "group=subnet")
    sites = {f"10.{site}.0.0/24" for site in (1, 2, 3, 9)}
    assert sites <= {node["id"] for node in record["nodes"]}
    odd = [edge for edge in record["edges"]
           if (edge["source"], edge["target"]) == ("10.3.0.0/24", "10.1.0.0/24")]
    assert [port["port"] for port in odd[0]["ports"]] == [3389]
    for suffix, text in exported(tshark, case, "group=subnet").items():
        assert "3389" in text, suffix
        assert "10.3.0.0/24" in text or suffix == "ndjson", suffix  # its lines are events of hosts
    text = report(tshark, case, "top=0", "group=subnet")
    assert re.search(r"10\.3\.0\.0/24 .*10\.1\.0\.0/24 .*3389", text)


def beacon_to(record, name):
    """The clients that are said to have a beacon to this name."""
    return {finding["host"] for finding in found(record, "beacon") if name in finding["evidence"]}


@pytest.mark.xfail(strict=True, reason="a name asked of a proxy again and again is no beacon yet")
def test_beacon_by_proxy(tshark, case):
    record = tshark.json(case)
    assert beacon_to(record, "c2.bad.example") == {finding["host"] for finding in found(record, "beacon")} == \
        {"10.0.0.25"}
    assert suspects(record) == {"10.0.0.25"}


@pytest.mark.xfail(strict=True, reason="that nothing external answers anybody is not seen yet")
def test_uplink_outage(tshark, case):
    assert not suspects(tshark.json(case))
    assert re.search(r"(?i)nothing external answered.*\d\d:\d\d.*\d\d:\d\d", report(tshark, case))


def connections(tshark, path):
    return int(re.search(r"Connections +(\d+)", report(tshark, path)).group(1))


def test_overlap_whole(tshark, case):
    assert connections(tshark, case) == 51
    assert not suspects(tshark.json(case))


def joined(tshark, *names):
    """A store to which the captures were appended one after the other."""
    path = tshark.work / "both.sqlite"
    for name in names:
        done = tshark.hostgraph(path_of(name), "text=no", "append=yes", "export=both.sqlite")
        assert done.status == 0, done
    return path


@pytest.mark.parametrize("names", [("overlap_a", "overlap_b"), ("overlap_b", "overlap_a")], ids="-".join)
def test_overlap(tshark, names):
    needs(tshark, "append=yes|new")
    whole = tshark.json(path_of("overlap_whole"))
    tshark.clear()
    opened = tshark.rows(path_of("overlap_whole"), "SELECT count(*), sum(a_packets + b_packets) FROM connections", ())
    with sqlite3.connect(joined(tshark, *names)) as store:
        assert store.execute("SELECT count(*), sum(a_packets + b_packets) FROM connections").fetchall() == opened
        assert store.execute("SELECT sum(packets), sum(bytes) FROM captures").fetchone() == \
            (whole["graph"]["packets"], whole["graph"]["bytes"])


@pytest.mark.parametrize("name", ["overlap_a", "overlap_b"])
def test_same_twice(tshark, name):
    needs(tshark, "append=yes|new")
    path = joined(tshark, name)
    before = path.read_bytes()
    again = tshark.hostgraph(path_of(name), "text=no", "append=yes", "export=both.sqlite")
    assert again.status != 0 and len(again.err.strip().splitlines()) == 1 and path.read_bytes() == before
    skipped = tshark.hostgraph(path_of(name), "text=no", "append=new", "export=both.sqlite")
    assert skipped.status == 0 and path.read_bytes() == before
    assert skipped.err.strip() or skipped.out.strip()


def test_one_machine_three_addresses(tshark, case):
    needs(tshark, "layer=device")
    record = tshark.json(case)
    scans = found(record, "port-scan")
    assert [scan["measured"] for scan in scans] == [24]
    machine = {node["id"]: node.get("device") for node in record["nodes"]}
    assert len({machine[host] for host in suspects(record)}) == 1
    by_device = tshark.json(case, "layer=device")
    assert len(suspects(by_device)) == 1


@pytest.mark.xfail(strict=True, reason="keep-alives to a domain controller are taken for beacons yet")
def test_internal_keepalive(tshark, case):
    assert not suspects(tshark.json(case))


@pytest.mark.xfail(strict=True, reason="answers whose questions were not captured are taken for probes yet")
def test_ntp_answers_only(tshark, case):
    record = tshark.json(case)
    assert not suspects(record)
    assert [node["roles"] for node in record["nodes"] if node["id"] == "10.0.0.2"] == [["ntp-server"]]


def check_campus(record, net):
    assert [finding["host"] for finding in found(record, "exfiltration")] == [f"{net}7"]
    assert [finding["host"] for finding in found(record, "mail-spray")] == [f"{net}8"]
    assert suspects(record) == {f"{net}7", f"{net}8"}


def test_public_campus(tshark, case):
    needs(tshark, "home=")
    check_campus(tshark.json(case, "home=192.0.2.0/24"), "192.0.2.")
    without = tshark.json(case)
    if found(without, "exfiltration"):  # inferred
        check_campus(without, "192.0.2.")
    else:
        assert {"exfiltration", "mail-spray"} <= not_assessed(without, "home")
        assert re.search(r"Home .*no", report(tshark, case))


def test_private_campus(tshark, case):
    check_campus(tshark.json(case), "10.0.0.")


@pytest.mark.xfail(strict=True, reason="one server name behind changing addresses is no beacon yet")
def test_beacon_by_sni(tshark, case):
    record = tshark.json(case)
    assert beacon_to(record, "c2.bad.example") == {finding["host"] for finding in found(record, "beacon")} == \
        {"10.0.0.25"}
    assert suspects(record) == {"10.0.0.25"}


def test_radius_answers(tshark, case):
    """Times as tshark shows them: one packet's microseconds overflow, so that tshark puts it before the first."""
    record = tshark.json(case)
    shown = {int(frame): float(time) for frame, time in tshark.fields(case, "frame.number", "frame.time_relative")}
    first = float(tshark.fields(case, "frame.time_epoch")[0][0])  # of frame 1, from which the others count
    assert record["graph"]["packets_without_time"] == 0
    assert record["graph"]["first"] == pytest.approx(first + min(shown.values()), abs=1e-6)
    assert record["graph"]["last"] == pytest.approx(first + max(shown.values()), abs=1e-6)
    for node in record["nodes"]:
        assert node["first"] == pytest.approx(first + shown[node["first_frame"]], abs=1e-6), node["id"]
        assert node["last"] == pytest.approx(first + shown[node["last_frame"]], abs=1e-6), node["id"]


def test_radius_answers_verdict(tshark):
    assert not suspects(tshark.json(path_of("radius_answers")))


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
