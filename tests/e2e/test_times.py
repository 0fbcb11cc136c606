"""Times that a capture lacks, and clocks that cannot be right: packets without a time, captures of 1970, of
other centuries, of every resolution, and clocks that are set while the capture runs. tshark says what the
times are.

SPDX-License-Identifier: GPL-2.0-or-later
"""
import csv
import decimal
import json
import pathlib
import re
import sqlite3
import struct
import sys
import xml.etree.ElementTree as xml

import pytest

GENERATE = pathlib.Path(__file__).resolve().parents[1] / "generate"
sys.path.insert(0, str(GENERATE))

import payload  # noqa: E402
import wire  # noqa: E402
from lan import MS, SECOND, Connection, Host, Lan, refused  # noqa: E402

START = 1767607200 * SECOND  # 2026-01-05 10:00:00 UTC
DAY = 86400 * SECOND


def talk(start=START, count=6):
    """Connections of a client and a server, a second each."""
    lan = Lan(None, 1)
    client, server = Host("a", "10.40.0.10", "02:00:0a:28:00:0a"), Host("b", "10.40.0.11", "02:00:0a:28:00:0b")
    for i in range(count):
        connection = Connection(lan, start + i * SECOND, client, server, 80)
        connection.client(payload.http_get(b"b.example"))
        connection.server(payload.http_ok(b"<p>hello</p>")).close()
    return lan.in_order()


def scan(start=START, ports=60):
    lan = Lan(None, 2)
    client, server = Host("a", "10.40.0.66", "02:00:0a:28:00:42"), Host("b", "10.40.0.11", "02:00:0a:28:00:0b")
    for i in range(ports):
        refused(lan, start + i * SECOND, client, server, 1000 + i)
    return lan.in_order()


def without(frames, which):
    """The same, but frames (counted from 0) for which `which` is true have no time."""
    return [(None if which(i) else time, frame) for i, (time, frame) in enumerate(frames)]


def write(tshark, frames, **format):
    path = tshark.folder / "times.pcapng"
    wire.write_pcapng(path, frames, **format)
    return path


def epoch(text):
    """tshark's words for a time, as seconds: it writes one sign for both parts."""
    return decimal.Decimal(text)


def check_against_tshark(tshark, path):
    """Each host's first and last time are those that tshark shows of its packets."""
    rows = tshark.fields(path, "frame.number", "frame.time_epoch", "eth.src", "ip.src", "ip.dst")
    times = {int(number): epoch(time) for number, time, *_ in rows}
    record = tshark.json(path)
    assert record["graph"]["packets_without_time"] == 0
    assert record["graph"]["first"] == pytest.approx(float(min(times.values())), abs=1e-6)
    assert record["graph"]["last"] == pytest.approx(float(max(times.values())), abs=1e-6)
    for node in record["nodes"]:
        own = [times[int(number)] for number, _, _, source, target in rows if node["id"] in (source, target)]
        if own:
            assert node["first"] == pytest.approx(float(min(own)), abs=1e-6)
            assert node["last"] == pytest.approx(float(max(own)), abs=1e-6)
    return record


@pytest.mark.parametrize("units, offset", [(1, 0), (1000, 0), (10**6, 1), (10**9, 0), (10**12, 1767607000),
                                           (2**10, 0), (2**30, -5)])
def test_resolutions(tshark, units, offset):
    check_against_tshark(tshark, write(tshark, talk(), units=units, offset=offset))


@pytest.mark.parametrize("year, seconds", [(1824, -4607366400), (1901, -2177452800), (1950, -631152000),
                                           (1969, -86400), (2100, 4102444800), (2115, 4575744000)])
def test_centuries(tshark, year, seconds):
    """Whole seconds: of others before 1970 tshark shows the parts apart."""
    path = write(tshark, [(time // SECOND * SECOND, frame) for time, frame in talk(seconds * SECOND)],
                 offset=min(seconds, 0))
    check_against_tshark(tshark, path)
    assert f"First packet   {year}-" in tshark.hostgraph(path).out


@pytest.mark.parametrize("magic, units", [(0xA1B2C3D4, 10**6), (0xA1B23C4D, 10**9)])
def test_pcap(tshark, magic, units):
    """Seconds of pcap go to 2106, whatever their sign once was."""
    path = tshark.folder / "times.pcap"
    frames = talk() + [(0xFFFFFFFF * SECOND, talk()[0][1])]
    with open(path, "wb") as file:
        file.write(struct.pack("<IHHiIII", magic, 2, 4, 0, 0, 65535, 1))
        for time, frame in frames:
            seconds, rest = divmod(time, SECOND)
            file.write(struct.pack("<IIII", seconds, rest * units // SECOND, len(frame), len(frame)) + frame)
    check_against_tshark(tshark, path)


@pytest.mark.parametrize("seconds", [-6000000000, -5000000000, 4700000000, 9300000000, 10**12, 2**62])
def test_beyond(tshark, seconds):
    """What no time may be is none; one such packet among others takes its neighbour's."""
    frames = [(seconds * SECOND, frame) for _, frame in talk()]
    record = tshark.json(write(tshark, frames, units=1, offset=seconds - 1))
    assert record["graph"]["packets_without_time"] == record["graph"]["packets"] == len(frames)
    assert record["graph"]["first"] is None
    times = [time // SECOND * SECOND for time, _ in talk()]
    offset = min(seconds, 0)
    for place in (0, 5, len(frames) - 1):
        mixed = [(seconds * SECOND if i == place else time, frame)
                 for i, (time, (_, frame)) in enumerate(zip(times, frames))]
        record = tshark.json(write(tshark, mixed, units=1, offset=offset))
        assert record["graph"]["packets_without_time"] == 1
        assert (record["graph"]["first"], record["graph"]["last"]) == (times[0] / SECOND, times[-1] / SECOND)


@pytest.mark.parametrize("which", [lambda i: i == 5, lambda i: i < 4, lambda i: i > 30, lambda i: i % 20 == 7],
                         ids=["one", "leading", "trailing", "some"])
@pytest.mark.parametrize("nothing", [None, 0], ids=["none", "zero"])
def test_some_without(tshark, which, nothing):
    """A packet without a time, or with 0, stands where the one before it does."""
    frames = talk()
    filled, before = [], next(time for i, (time, _) in enumerate(frames) if not which(i))
    for i, (time, frame) in enumerate(frames):
        before = before if which(i) else time
        filled.append((before, frame))
    expected = tshark.json(write(tshark, filled), "trace=10.40.0.10")
    path = write(tshark, [(nothing if which(i) else time, frame) for i, (time, frame) in enumerate(frames)])
    record = tshark.json(path, "trace=10.40.0.10")
    count = sum(map(which, range(len(frames))))
    assert record["graph"].pop("packets_without_time") == count
    assert expected["graph"].pop("packets_without_time") == 0
    for graph in (record["graph"], expected["graph"]):
        del graph["not_assessed"]
        graph["captures"][0].pop("digest")  # tells apart what differs in times
    assert record == expected
    out = tshark.hostgraph(path).out
    assert f"Times          {count} of {len(frames)} packets have none" in out and "1970" not in out


def exported(tshark, path, *options):
    tshark.clear()
    suffixes = ["json", "ndjson", "graphml", "gexf", "dot", "cyjs", "csv", "svg", "html", "sqlite"]
    done = tshark.hostgraph(path, *options, *[f"export=x.{suffix}" for suffix in suffixes])
    assert done.status == 0, done
    texts = {name: (tshark.work / name).read_text(encoding="utf-8") for name in tshark.files()
             if not name.endswith("sqlite")}
    return done.out, texts, tshark.work / "x.sqlite"


DATES = re.compile(r"\b(1[6-9]\d\d|2[12]\d\d)-\d\d-\d\d")


@pytest.mark.parametrize("nothing", [None, 0], ids=["none", "zero"])
def test_none_at_all(tshark, nothing):
    """Nothing is dated, in no export, and nothing is concluded from times."""
    path = write(tshark, [(nothing, frame) for _, frame in scan() + talk()])
    out, texts, store = exported(tshark, path, "suspect=10.40.0.66", "trace=10.40.0.10@1767607200")
    assert "the packets have no times" in out and not DATES.search(out)
    assert re.search(r"Trace forward +in the order of the file", out)
    record = json.loads(texts["x.json"])
    assert record["graph"]["packets_without_time"] == record["graph"]["packets"]
    assert record["graph"]["first"] is record["graph"]["last"] is None
    assert not [node for node in record["nodes"] if node["score"] >= 50]
    assert {gap["rule"] for gap in record["graph"]["not_assessed"] if gap["why"] == "the packets have no times"} >= \
        {"port-scan", "flood", "beacon", "long-connection", "brute-force"}
    for thing in record["nodes"] + record["edges"]:
        assert thing["first"] is thing["last"] is None
    for trace in record["traces"]:
        assert trace["at"] is None and all(entry["time"] is None for entry in trace["reached"])
    for name in texts:
        assert not DATES.search(re.sub(r"<script.*?</script>|1970-01-01 UTC", "", texts[name], flags=re.S)), name
    for line in map(json.loads, texts["x.ndjson"].splitlines()):
        assert "@timestamp" not in line and not {"start", "end"} & line["event"].keys()
    for part in ("hosts", "edges"):
        for row in csv.DictReader(texts[f"x.{part}.csv"].splitlines()):
            assert row["first"] == row["last"] == ""
    for name in ("x.graphml", "x.gexf"):
        tree = xml.fromstring(texts[name])
        assert not [one for one in tree.iter() if {"start", "end"} & one.attrib.keys()]
        assert not [one for one in tree.iter() if one.get("key", one.get("for", "")).endswith(("first", "last"))
                    and one.tag.endswith(("data", "attvalue"))]
    with sqlite3.connect(store) as database:
        for table, column in [("contacts", "first_ns"), ("connections", "first_ns"), ("services", "last_ns"),
                              ("captures", "start_ns"), ("nodes", "first"), ("edges", "last")]:
            assert database.execute(f"SELECT count(*) FROM {table} WHERE {column} IS NOT NULL").fetchone() == (0,)


def test_times_before_1970_in_exports(tshark):
    start = -631152000 * SECOND + 500 * MS  # 1950-01-01 00:00:00.5 UTC
    out, texts, _ = exported(tshark, write(tshark, talk(start), offset=-631152001))
    assert "1950-01-01 00:00:00.5" in out and "(0 h" not in out
    record = json.loads(texts["x.json"])
    first, last = record["graph"]["first"], record["graph"]["last"]
    assert first == pytest.approx(start / SECOND, abs=1e-6) and first < last < 0
    lines = list(map(json.loads, texts["x.ndjson"].splitlines()))
    assert lines[0]["@timestamp"] == "1950-01-01T00:00:00.500000000Z"
    graph = next(xml.fromstring(texts["x.gexf"]).iter("{http://www.gexf.net/1.2draft}graph"))
    assert float(graph.get("start")) == pytest.approx(first) and float(graph.get("end")) >= last
    hosts = list(csv.DictReader(texts["x.hosts.csv"].splitlines()))
    assert min(float(host["first"]) for host in hosts) == pytest.approx(first)
    assert "1950-01-01 00:00:00" in texts["x.svg"]


def test_clock_that_begins_at_0(tshark):
    """Simulators begin at 0, and so do devices without a battery: there 0 is a time."""
    frames = [(time - START, frame) for time, frame in talk()]
    assert frames[0][0] == 0
    record = check_against_tshark(tshark, write(tshark, frames))
    assert record["graph"]["first"] == 0
    # until the device learns the date
    path = write(tshark, frames + talk())
    record = check_against_tshark(tshark, path)
    assert record["graph"]["first"] == 0 and record["graph"]["packets_with_outlying_time"] == len(frames)


@pytest.mark.parametrize("hours", [-10, 10, 30 * 365 * 24])
def test_clock_that_is_set(tshark, hours):
    """Nobody is blamed; what is far off is said."""
    frames = [(time + (hours * 3600 * SECOND if 20 <= i < 21 else 0), frame)
              for i, (time, frame) in enumerate(talk(count=20))]
    path = write(tshark, frames)
    record = check_against_tshark(tshark, path)
    assert not record["findings"] or {one["rule"] for one in record["findings"]} <= {"cleartext-protocol"}
    far = hours > 24 * 30
    assert record["graph"]["packets_with_outlying_time"] == far
    assert ("1 packet of" in tshark.hostgraph(path).out) == far


@pytest.mark.parametrize("part, assessed", [(0, True), (0.05, True), (0.5, False), (1, False)])
def test_scan(tshark, part, assessed):
    """A scan is found with times, or most of them, and not assessed without."""
    frames = scan()
    period = round(1 / part) if part else len(frames) + 1
    path = write(tshark, without(frames, lambda i: i % period == period - 1))
    record = tshark.json(path)
    assert [one["host"] for one in record["findings"] if one["rule"] == "port-scan"] == ["10.40.0.66"] * assessed
    reasons = [gap["why"] for gap in record["graph"]["not_assessed"] if gap["rule"] == "port-scan"]
    assert reasons == ([] if assessed else ["the packets have no times" if part == 1 else "too many packets have no time"])


def test_trace_in_the_order_of_the_file(tshark):
    """a -> b, then b -> c: what a sent can have reached c, and not the other way round."""
    net = {name: Host(name, f"10.40.0.{i}", f"02:00:0a:28:00:{i:02x}") for i, name in enumerate("abcd", 10)}
    lan = Lan(None, 3)
    for second, (source, target) in enumerate([("b", "d"), ("b", "d"), ("a", "b"), ("b", "c"), ("b", "c")]):
        lan.datagram(START + second * SECOND, net[source], net[target], 4000, 5000, b"x")
    frames = [(time, frame) for time, frame in lan.in_order() if frame[12:14] == b"\x08\x00"]
    path = write(tshark, without(frames, lambda i: True))
    record = tshark.json(path, "trace=10.40.0.10")
    reached = {trace["direction"]: {entry["host"] for entry in trace["reached"]} for trace in record["traces"]}
    assert reached == {"forward": {"10.40.0.11", "10.40.0.12"}, "backward": set()}
    # A store keeps runs of packets that follow closely, which cannot be told here.
    assert tshark.rows(path, "SELECT count(*) FROM contacts", ()) == [(len(frames),)]


def test_filter_hides_the_first_packets(tshark):
    """Relative times count from the first packet that has one, as far as tshark knows it."""
    path = write(tshark, without(talk(), lambda i: i < 2))
    out = tshark.hostgraph(path, "filter=frame.number >= 6").out
    start = min(time for time, _ in talk()[2:])
    assert "1970" not in out and f"{start // SECOND}" not in out
