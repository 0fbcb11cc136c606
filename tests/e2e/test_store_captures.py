"""A capture counts once: a store tells one that it holds again, whatever its file is called and however it
is stored.

SPDX-License-Identifier: GPL-2.0-or-later
"""
import pathlib
import sqlite3
import subprocess
import sys

import pytest

GENERATE = pathlib.Path(__file__).resolve().parents[1] / "generate"
sys.path.insert(0, str(GENERATE))
import wire  # noqa: E402


@pytest.fixture(scope="module")
def parts(installed_tshark):
    """Two captures that follow one another."""
    paths = [installed_tshark.folder / f"captures-{number}.pcapng" for number in (1, 2)]
    subprocess.run([sys.executable, GENERATE / "stored.py", *paths], check=True)
    for path in paths:
        path.chmod(0o644)
    return paths


def append(tshark, capture, *options, how="yes"):
    return tshark.hostgraph(capture, f"append={how}", "export=x.sqlite", *options)


def rows(tshark, query):
    with sqlite3.connect(f"file:{tshark.work / 'x.sqlite'}?mode=ro", uri=True) as store:
        return store.execute(query).fetchall()


def copies(tshark, capture):
    """The same packets in other files."""
    for name, *how in (("renamed.pcapng", "-w"), ("nanoseconds.pcap", "-F", "nsecpcap", "-w"),
                       ("microseconds.pcap", "-F", "pcap", "-w")):
        assert tshark("-r", capture, *how, name).status == 0
        yield name
    assert tshark("-r", capture, "-F", "pcapng", "-w", "forwards.pcapng", "-Y", "frame.number > 40").status == 0
    assert tshark("-r", capture, "-F", "pcapng", "-w", "begin.pcapng", "-Y", "frame.number <= 40").status == 0
    assert tshark("-a", "-F", "pcapng", "-w", "reordered.pcapng", "forwards.pcapng", "begin.pcapng",
                  program="mergecap").status == 0
    yield "reordered.pcapng"


def test_twice(tshark, parts):
    """Refused in one line, or skipped in one; the report is shown all the same."""
    assert append(tshark, parts[0]).status == 0
    assert append(tshark, parts[1]).status == 0
    before = (tshark.work / "x.sqlite").read_bytes()
    for capture in (*parts, *copies(tshark, parts[0])):
        refused = append(tshark, capture)
        (line,) = refused.err.splitlines()
        assert refused.status == 2 and "x.sqlite" in line and "holds this capture already" in line, refused
        assert "captures-" in line and "append=new" in line and "Packets        " in refused.out
        skipped = append(tshark, capture, how="new")
        (line,) = skipped.err.splitlines()
        assert skipped.status == 0 and "nothing is added to x.sqlite" in line and "captures-" in line, skipped
        assert (tshark.work / "x.sqlite").read_bytes() == before


def test_new(tshark, parts):
    """append=new adds what is new."""
    for capture in parts:
        done = append(tshark, capture, how="new")
        assert done.status == 0 and not done.err
    names = [path.name for path in parts]
    assert [pathlib.Path(name).name for name, in rows(tshark, "SELECT name FROM captures")] == names
    assert len({digest for digest, in rows(tshark, "SELECT digest FROM captures")} - {""}) == 2


def test_other_packets(tshark, parts):
    """Other filters choose other packets; the same packets are the same whatever chose them."""
    assert append(tshark, parts[0], "filter=dns").status == 0
    assert append(tshark, parts[0], "filter=tcp").status == 0
    refused = append(tshark, parts[0], "filter=dns || dns")
    assert refused.status == 2 and "holds this capture already" in refused.err
    assert rows(tshark, "SELECT filter FROM captures ORDER BY filter") == [("dns",), ("tcp",)]
    other_view = append(tshark, parts[0], "evidence=no", "filter=dns")
    assert other_view.status == 2 and "holds this capture already" in other_view.err


def test_pseudonyms(tshark, parts):
    """Told again under pseudonyms, too; but the digest is not that of the capture, which would name it."""
    plain = tshark.json(parts[0])["graph"]["captures"]
    tshark.write("key", "0123456789abcdef")
    assert append(tshark, parts[0], "pseudonyms=key").status == 0
    assert "holds this capture already" in append(tshark, parts[0], "pseudonyms=key").err
    assert plain[0]["digest"] and plain[0]["digest"] not in str(rows(tshark, "SELECT digest FROM captures"))


def test_record(tshark, parts):
    """The json record has what the store has."""
    assert append(tshark, parts[0]).status == 0
    (capture,) = tshark.json(parts[0])["graph"]["captures"]
    (digest, frames, packets, size), = rows(tshark, "SELECT digest, frames, packets, bytes FROM captures")
    assert (capture["digest"], capture["frames"], capture["packets"], capture["bytes"]) == (
        digest, frames, packets, size)
    assert capture["name"] == parts[0].name and capture["filter"] == ""
    assert frames == packets == len(tshark.fields(parts[0], "frame.number"))


def test_baselines(tshark, parts):
    """One that holds no more than the other adds nothing; one that holds more counts alone."""
    first, second = parts
    for name, captures in (("a", [first]), ("ab", [first, second]), ("b", [second]), ("ac", [first, "c.pcap"])):
        assert tshark("-r", second, "-w", "c.pcap", "-Y", "arp || icmp").status == 0
        for capture in captures:
            done = tshark.hostgraph(capture, "text=no", "append=yes", f"export={name}.sqlite")
            assert done.status == 0, done
    packets = {path: len(tshark.fields(path, "frame.number")) for path in parts}
    everything = sum(packets.values())
    for names in (("ab",), ("a", "ab"), ("ab", "a"), ("a", "b"), ("a", "a", "b"), ("b", "ab", "a")):
        record = tshark.json(first, *(f"baseline={name}.sqlite" for name in names))
        assert record["graph"]["baseline"]["packets"] == everything, names
    refused = tshark.hostgraph(first, "baseline=ab.sqlite", "baseline=ac.sqlite")
    (line,) = refused.err.splitlines()
    assert refused.status == 1 and "baseline=ac.sqlite" in line and first.name in line and "twice" in line


def rename(tshark, store, name):
    """Somebody writes another name into a store."""
    path = tshark.work / store
    with sqlite3.connect(path) as database:
        database.execute("UPDATE captures SET name = ?", (name,))
        database.execute("DELETE FROM checksums")
    database.close()
    path.chmod(0o666)


def test_without_times(tshark):
    """A capture that has no times has no span."""
    path = tshark.folder / "timeless.pcapng"
    frame = wire.ethernet(bytes(6), bytes(6), *wire.network(wire.ip("10.0.0.1"), wire.ip("10.0.0.2"), 17,
                                                            wire.udp(wire.ip("10.0.0.1"), wire.ip("10.0.0.2"),
                                                                     4000, 4001, b"no time")))
    wire.write_pcapng(path, [(None, frame)])
    assert append(tshark, path).status == 0
    for how, words in (("yes", "append=new skips such captures"), ("new", "nothing is added")):
        (line,) = append(tshark, path, how=how).err.splitlines()
        assert "holds this capture already, as" in line and words in line
        assert "timeless.pcapng" in line and "(" not in line.split("already")[1], line


HOSTILE = "a\nb\x1b[2Jc\u202ed.pcap"


def test_hostile_names(tshark, parts):
    """Whoever wrote a store chose the names in it: a message stays one line without control characters."""
    for name in ("x", "y"):
        assert tshark.hostgraph(parts[0], "text=no", f"export={name}.sqlite").status == 0
    assert tshark.hostgraph(parts[1], "text=no", "append=yes", "export=y.sqlite").status == 0
    assert tshark("-r", parts[1], "-w", "c.pcap", "-Y", "arp || icmp").status == 0
    assert tshark.hostgraph("c.pcap", "text=no", "append=yes", "export=x.sqlite").status == 0
    for name, shown in ((HOSTILE, "the capture ab[2Jc\\u202Ed.pcap, as a baseline"),
                        ("", "it holds a capture, as a baseline")):
        for store in ("x", "y"):
            rename(tshark, f"{store}.sqlite", name)
        refused = tshark.hostgraph(parts[0], "baseline=x.sqlite", "baseline=y.sqlite")
        (line,) = refused.err.split("\n")[:-1]
        assert refused.status == 1 and line.isprintable() and shown in line, refused
        refused = append(tshark, parts[0])
        (line,) = refused.err.split("\n")[:-1]
        assert line.isprintable() and (
            "already, as ab[2Jc\\u202Ed.pcap (2" if name else "already (2") in line, refused


def test_nothing_to_add_to(tshark, parts):
    for how in ("yes", "new"):
        done = tshark.hostgraph(parts[0], f"append={how}", "export=x.json")
        (line,) = done.err.splitlines()
        assert done.status == 1 and f"append={how}: no export= can be added to" in line and not done.out


def test_text_and_others(tshark, parts):
    """A store that refuses stops no other file."""
    assert append(tshark, parts[0]).status == 0
    done = append(tshark, parts[0], "export=y.sqlite", "export=y.json")
    assert done.status == 2 and {"y.sqlite", "y.json"} <= set(tshark.files())


def test_empty(tshark, parts):
    """Without packets nothing counts twice."""
    for _ in range(2):
        done = append(tshark, parts[0], "filter=bgp")
        assert done.status == 0 and not done.err, done


def test_bad_value(tshark, parts):
    done = append(tshark, parts[0], how="newer")
    (line,) = done.err.splitlines()
    assert done.status == 1 and "append" in line and "yes, no and new" in line and not done.out
