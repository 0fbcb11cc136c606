"""Captures that overlap in time with the same packets: added to a store one after the other they give the
counts of one capture that has each packet once, in whatever order they are added.

SPDX-License-Identifier: GPL-2.0-or-later
"""
import itertools
import pathlib
import sqlite3
import struct
import sys

import pytest

GENERATE = pathlib.Path(__file__).resolve().parents[1] / "generate"
sys.path.insert(0, str(GENERATE))

import payload  # noqa: E402
import wire  # noqa: E402
from lan import MS, SECOND, Connection, Host, Lan, refused  # noqa: E402

START = 1767607200 * SECOND
COUNTS = {
    "captures": "SELECT sum(packets), sum(bytes) FROM captures",
    "hosts": "SELECT id, sent_packets, sent_bytes, received_packets, received_bytes FROM hosts ORDER BY id",
    "conversations": "SELECT a.id, b.id, ab_packets, ab_bytes, ba_packets, ba_bytes FROM conversations c "
                     "JOIN hosts a ON a.host = c.a LEFT JOIN hosts b ON b.host = c.b ORDER BY 1, 2",
    "services": "SELECT c.id, s.id, transport, port, attempts, established, refused, unanswered, midstream "
                "FROM services JOIN hosts c ON c.host = client JOIN hosts s ON s.host = server ORDER BY 1, 2, 3, 4",
    "logins": "SELECT client, server, protocol, user, packets FROM logins ORDER BY 1, 2, 3, 4",
    # Some are kept second by second: of which second of the clock one is, differs with the clocks.
    "observations": "SELECT kind, actor, peer, subject, sum(packets) FROM observations GROUP BY 1, 2, 3, 4 "
                    "ORDER BY 1, 2, 3, 4",
}


def link(six=False, repeats=False):
    """(time, frame): a minute of connections, refusals, pings, address resolution. `repeats`: retransmissions,
    and frames that are byte for byte the same again and again."""
    lan = Lan(None, 15)
    net = "2001:db8::" if six else "192.0.2."
    client, server = (Host(n, f"{net}{i}", f"02:00:c0:00:02:0{i}") for n, i in (("a", 1), ("b", 2)))
    v4 = (Host("a", "192.0.2.1", "02:00:c0:00:02:01"), Host("b", "192.0.2.2", "02:00:c0:00:02:02"))
    for second in range(60):
        time = START + second * SECOND
        connection = Connection(lan, time, client, server, 8000 + second % 7)
        connection.client(payload.http_get(b"b.example")).server(payload.http_ok(b"<p>hello</p>")).close()
        refused(lan, time + 300 * MS, server, client, 1000 + second)
        lan.datagram(time + 400 * MS, client, server, 5000, 5001, second.to_bytes(4, "big"))
        if second % 5 == 0:
            lan.resolve(time + 500 * MS, *v4)
    if repeats:
        lan.frames += [(time + 210 * MS, 10**6 + order, frame) for time, order, frame in lan.frames[::9]]
        gratuitous = wire.ethernet(v4[0].mac, wire.BROADCAST_MAC, wire.ETH_ARP, wire.arp(
            False, v4[0].mac, v4[0].address, bytes(6), v4[0].address))
        for step in range(240):
            lan.raw(START + step * 250 * MS + 7 * MS, gratuitous)
    return lan.in_order()


def in_vlans(frames, apart):
    """Every other second in VLAN 20, else in VLAN 10. `apart`: with other machines there."""
    for time, frame in frames:
        odd = (time - START) // SECOND % 2
        if odd and apart:
            frame = frame.replace(wire.mac("02:00:c0:00:02:00")[:5], wire.mac("02:00:c0:00:03:00")[:5])
        yield time, frame[:12] + struct.pack("!HH", 0x8100, 20 if odd else 10) + frame[12:]


def window(frames, first, last, skew=0, loses=None):
    """What a sensor captures from second `first` to second `last`, with its clock ahead; `loses`: every n-th."""
    return [(time + skew, frame) for number, (time, frame) in enumerate(frames)
            if first * SECOND <= time - START < last * SECOND and (not loses or number % loses)]


def write(tshark, name, frames):
    path = tshark.folder / f"overlap-{name}.pcapng"
    wire.write_pcapng(path, frames)
    path.chmod(0o644)
    return path


def add(tshark, paths, name, *options):
    """What was said on the way."""
    said = []
    for path in paths:
        done = tshark.hostgraph(path, "text=no", "append=yes", f"export={name}", *options)
        assert done.status == 0, done
        said += done.err.splitlines()
    return said


def counts(tshark, name):
    with sqlite3.connect(f"file:{tshark.work / name}?mode=ro", uri=True) as store:
        assert store.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        return {what: store.execute(query).fetchall() for what, query in COUNTS.items()}


def assert_whole(tshark, whole, parts, *options, orders=None):
    add(tshark, [whole], "whole.sqlite", *options)
    expected = counts(tshark, "whole.sqlite")
    for order in orders or itertools.permutations(parts):
        said = add(tshark, order, "parts.sqlite", *options)
        assert said and all("were there already" in line for line in said), said
        assert counts(tshark, "parts.sqlite") == expected, order
        (tshark.work / "parts.sqlite").unlink()
    return expected


@pytest.mark.parametrize("six", [False, True], ids=["ipv4", "ipv6"])
@pytest.mark.parametrize("skew", [0, 7 * MS, -30 * MS])
def test_two_sensors(tshark, six, skew):
    frames = link(six)
    parts = [write(tshark, "a", window(frames, 0, 40)), write(tshark, "b", window(frames, 20, 60, skew))]
    assert_whole(tshark, write(tshark, "whole", frames), parts)


def test_seconds_of_skew(tshark):
    """What is numbered by its sender tells how far clocks differ, and so where the rest is."""
    frames = link()
    parts = [write(tshark, "a", window(frames, 0, 40)), write(tshark, "b", window(frames, 20, 60, 600 * MS))]
    assert_whole(tshark, write(tshark, "whole", frames), parts)


@pytest.mark.parametrize("six", [False, True], ids=["ipv4", "ipv6"])
def test_repeats(tshark, six):
    """Each of the packets that are alike counts, and only once."""
    frames = link(six, repeats=True)
    assert len({frame for _, frame in frames}) < len(frames) - 200
    parts = [write(tshark, "a", window(frames, 0, 40)), write(tshark, "b", window(frames, 20, 60, 3 * MS))]
    assert_whole(tshark, write(tshark, "whole", frames), parts)


def test_three_sensors(tshark):
    """Each with losses of its own, in the middle of connections."""
    frames = link()
    sensors = [window(frames, 0, 30, 0, 13), window(frames, 15, 60, 4 * MS, 17), window(frames, 0, 60, -4 * MS, 19)]
    seen = [(time, frame) for number, (time, frame) in enumerate(frames)
            if number % 19 or (time - START < 30 * SECOND and number % 13) or
            (time - START >= 15 * SECOND and number % 17)]
    parts = [write(tshark, str(number), sensor) for number, sensor in enumerate(sensors)]
    add(tshark, [write(tshark, "whole", seen)], "whole.sqlite")
    expected = counts(tshark, "whole.sqlite")
    for order in ((0, 1, 2), (2, 1, 0), (1, 0, 2)):
        add(tshark, [parts[i] for i in order], "parts.sqlite")
        got = counts(tshark, "parts.sqlite")
        for what in ("captures", "hosts", "conversations"):
            assert got[what] == expected[what], (what, order)
        (tshark.work / "parts.sqlite").unlink()


def test_pseudonyms(tshark):
    frames = link()
    tshark.write("key", "0123456789abcdef")
    parts = [write(tshark, "a", window(frames, 0, 40)), write(tshark, "b", window(frames, 20, 60))]
    assert_whole(tshark, write(tshark, "whole", frames), parts, "pseudonyms=key")


@pytest.mark.parametrize("apart", [False, True], ids=["one", "two"])
@pytest.mark.parametrize("options", [(), ("pseudonyms=key",)], ids=["plain", "pseudonyms"])
def test_vlans(tshark, apart, options):
    """Several segments, whose hosts are one machine each, or two."""
    frames = list(in_vlans(link(), apart))
    tshark.write("key", "0123456789abcdef")
    parts = [write(tshark, "a", window(frames, 0, 40)), write(tshark, "b", window(frames, 20, 60))]
    expected = assert_whole(tshark, write(tshark, "whole", frames), parts, *options)
    assert sum("VLAN" in row[0] for row in expected["hosts"]) == (4 if apart else 0)
    assert expected["captures"][0][0] == len(frames)


def test_report_is_of_the_capture(tshark):
    """The text report and other files are of all packets of this capture."""
    frames = link()
    first, second = write(tshark, "a", window(frames, 0, 40)), write(tshark, "b", window(frames, 20, 60))
    alone = tshark.hostgraph(second, "export=alone.json")
    add(tshark, [first], "x.sqlite")
    done = tshark.hostgraph(second, "append=yes", "export=x.sqlite", "export=x.json")
    assert done.status == 0 and done.out == alone.out
    assert (tshark.work / "x.json").read_text() == (tshark.work / "alone.json").read_text()
    (line,) = done.err.splitlines()
    assert f"of {len(tshark.fields(second, 'frame.number'))} packets were there already" in line


def test_filters(tshark):
    """Two filters that choose some packets both."""
    frames = link()
    path = write(tshark, "whole", frames)
    add(tshark, [path], "x.sqlite", "filter=tcp || arp")
    (line,) = add(tshark, [path], "x.sqlite", "filter=udp || arp")
    assert f"{len(tshark.fields(path, 'frame.number', before=('-Y', 'arp')))} of" in line
    with sqlite3.connect(tshark.work / "x.sqlite") as store:
        assert store.execute("SELECT sum(packets) FROM captures").fetchone()[0] == len(frames)


def test_undecided(tshark):
    """Where packets cannot be told again it is said: of a store whose fingerprints are gone."""
    frames = link()
    first, second = write(tshark, "a", window(frames, 0, 40)), write(tshark, "b", window(frames, 20, 60))
    add(tshark, [first], "x.sqlite")
    with sqlite3.connect(tshark.work / "x.sqlite") as store:
        store.execute("DELETE FROM fingerprints")
        store.execute("UPDATE captures SET unmarked = packets")
        store.execute("DELETE FROM checksums")
    store.close()
    (line,) = add(tshark, [second], "x.sqlite")
    assert "the captures overlap in time from 2026-01-05T10:00:20" in line and "may count twice" in line
    apart = write(tshark, "late", [(time + 3600 * SECOND, frame) for time, frame in frames[:50]])
    assert add(tshark, [apart], "x.sqlite") == []


@pytest.mark.parametrize("change", [
    "UPDATE fingerprints SET packets = zeroblob(5)",
    "UPDATE fingerprints SET packets = zeroblob(40000000)",
    "UPDATE fingerprints SET packets = 'text'",
    "UPDATE fingerprints SET packets = NULL",
    "UPDATE fingerprints SET packets = packets || packets",
    "UPDATE fingerprints SET capture = 7",
    "UPDATE captures SET unmarked = 1",
    "UPDATE captures SET digest = 'x'",
    "DROP TABLE fingerprints; CREATE VIEW fingerprints AS WITH RECURSIVE e(x) AS (SELECT 1 UNION ALL SELECT x "
    "FROM e) SELECT x AS capture, x AS packets FROM e"])
def test_hostile(tshark, change):
    first = write(tshark, "a", link()[:200])
    add(tshark, [first], "x.sqlite")
    path = tshark.work / "x.sqlite"
    with sqlite3.connect(path) as store:
        if "NULL" in change:
            store.executescript("DROP TABLE fingerprints; CREATE TABLE fingerprints (capture, packets); "
                                "INSERT INTO fingerprints VALUES (1, 0)")
        store.executescript("DELETE FROM checksums;" + change)
    store.close()
    path.chmod(0o666)
    before = path.read_bytes()
    done = tshark.hostgraph(first, "append=yes", "export=x.sqlite")
    (line,) = done.err.splitlines()
    assert done.status == 1 and "damaged store" in line and not done.out, done
    assert path.read_bytes() == before
