"""The store: SQL gives the text report's numbers, and captures add up in any order.

SPDX-License-Identifier: GPL-2.0-or-later
"""
import json
import os
import pathlib
import random
import re
import signal
import sqlite3
import subprocess
import sys
import time

import pytest

import conftest

GENERATE = pathlib.Path(__file__).resolve().parents[1] / "generate"
# Tell how a store came about, so they differ between a capture and its pieces.
ORIGIN = ("captures", "connection_parts", "undelivered", "fingerprints")


def connect(path):
    return sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)


def tables(path):
    """All rows of all tables but those of ORIGIN."""
    with connect(path) as store:
        names = [name for name, in store.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")]
        rows = {name: sorted(store.execute(f"SELECT * FROM {name}"), key=repr)
                for name in names if name not in ORIGIN}
    rows["checksums"] = [row for row in rows["checksums"] if row[0] not in ORIGIN]
    return rows


def assert_sound(path):
    with connect(path) as store:
        assert store.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert store.execute("PRAGMA foreign_key_check").fetchall() == []


def one(store, query, *values):
    return store.execute(query, values).fetchone()[0]


def fact(report, label):
    """The value behind a label of the text report's first section, its lines joined."""
    found = re.search(rf"^  {label} +(.*(?:\n {{17}}\S.*)*)", report, re.M)
    return re.sub(r"\s+", " ", found.group(1)) if found else None


@pytest.fixture(scope="module")
def office(installed_tshark):
    folder = installed_tshark.folder
    capture = folder / "store-office.pcapng"
    subprocess.run([sys.executable, str(GENERATE / "office.py"), str(capture),
                    str(folder / "store-truth.json")], check=True)
    return capture


def check_facts(store, report):
    assert one(store, "SELECT value FROM meta WHERE key = 'packets'") == int(fact(report, "Packets"))
    assert one(store, "SELECT ifnull(sum(packets), 0) FROM protocols") == int(fact(report, "Packets"))
    assert one(store, "SELECT ifnull(sum(bytes), 0) FROM protocols") == int(
        fact(report, "On the wire").split()[0])
    scopes = dict(store.execute("SELECT scope, count(*) FROM hosts GROUP BY scope"))
    total, _, split = (fact(report, "Hosts") or "0").partition(": ")
    shown = re.fullmatch(r"(\d+)(?: \((\d+) devices?\))?", total)
    assert sum(scopes.values()) == int(shown.group(1))
    addresses, devices = store.execute("SELECT count(*), count(DISTINCT device) FROM nodes WHERE scope IN "
                                       "('internal', 'external', 'link-local', 'loopback')").fetchone()
    assert shown.group(2) == (str(devices) if devices < addresses else None)
    assert scopes == {word.split()[1]: int(word.split()[0]) for word in split.split(", ") if word}
    names = {"established": "established", "refused": "refused", "unanswered": "unanswered",
             "whose start was not captured": "midstream"}
    total, _, split = (fact(report, "Connections") or "0").partition(": ")
    outcomes = dict(store.execute("SELECT outcome, count(*) FROM connections GROUP BY outcome"))
    assert sum(outcomes.values()) == int(total)
    assert outcomes == {names[word.split(" ", 1)[1]]: int(word.split(" ", 1)[0])
                        for word in split.split(", ") if word}


def check_sums(store):
    """The tables agree with one another."""
    sent, received = store.execute("SELECT sum(sent_packets), sum(received_packets) FROM hosts"
                                   ).fetchone()
    assert one(store, "SELECT sum(ab_packets + ba_packets) FROM conversations") == one(
        store, "SELECT sum(ab_packets + ba_packets) FROM conversation_protocols")
    pairs = one(store, "SELECT ifnull(sum(ab_packets + ba_packets), 0) FROM conversations"
                " WHERE b NOT NULL")
    assert one(store, "SELECT ifnull(sum(packets), 0) FROM edges WHERE kind = 'conversation'") == pairs
    lone_sent, lone_received = store.execute(
        "SELECT ifnull(sum(ab_packets), 0), ifnull(sum(ba_packets), 0) FROM conversations"
        " WHERE b IS NULL").fetchone()
    assert (sent or 0) == pairs + lone_sent
    assert (received or 0) == pairs + lone_received
    assert store.execute(
        "SELECT count(*) FROM services s JOIN (SELECT service, count(*) AS n,"
        " sum(outcome = 'established') AS established, sum(outcome = 'refused') AS refused,"
        " sum(outcome = 'unanswered') AS unanswered FROM connections GROUP BY service) c"
        " USING (service) WHERE s.attempts + s.midstream != n OR s.established != c.established"
        " OR s.refused != c.refused OR s.unanswered != c.unanswered").fetchone() == (0,)
    # Every unicast packet is in one run.
    assert one(store, "SELECT ifnull(sum(packets), 0) FROM contacts") <= pairs
    assert one(store, "SELECT count(*) FROM contacts WHERE last_ns < first_ns") == 0


def check_like_record(store, record):
    """nodes, edges and findings say what the json file says."""
    cursor = store.execute("SELECT * FROM nodes")
    keys = [column[0] for column in cursor.description]
    nodes = {row["id"]: row for row in (dict(zip(keys, row)) for row in cursor)}
    assert len(nodes) == len(record["nodes"])
    for node in record["nodes"]:
        for key, value in node.items():
            found = nodes[node["id"]][key]
            if isinstance(value, list):
                assert found == "; ".join(value)
            elif key in ("first", "last"):
                assert found == pytest.approx(value, abs=1e-6)
            elif not isinstance(value, dict):
                assert found == value
    edges = {(row[0], row[1]): row[2:] for row in store.execute(
        "SELECT source, target, packets, bytes, initiated FROM edges")}
    assert edges == {(edge["source"], edge["target"]):
                     (edge["packets"], edge["bytes"], edge["initiated"])
                     for edge in record["edges"]}
    assert store.execute("SELECT host, rule, evidence FROM finding_list ORDER BY finding"
                         ).fetchall() == [(finding["host"], finding["rule"], finding["evidence"])
                                          for finding in record["findings"]]


def check(tshark, capture):
    report = tshark.hostgraph(capture, "top=0", "export=x.sqlite", "export=x.json")
    path = tshark.work / "x.sqlite"
    assert path.exists(), report  # the status tells of broken captures, too
    assert_sound(path)
    with connect(path) as store:
        check_facts(store, report.out)
        check_sums(store)
        check_like_record(store, json.loads((tshark.work / "x.json").read_text("utf-8")))


def test_office(tshark, office):
    check(tshark, office)


@pytest.mark.parametrize("name", conftest.captures())
def test_real_capture(tshark, capture, name):
    check(tshark, capture(name))


def test_views(tshark, office):
    tshark.hostgraph(office, "text=no", "export=x.sqlite")
    with connect(tshark.work / "x.sqlite") as store:
        for view, in store.execute("SELECT name FROM sqlite_schema WHERE type = 'view'").fetchall():
            base = view.replace("_list", "s")
            assert one(store, f"SELECT count(*) FROM {view}") == one(
                store, f"SELECT count(*) FROM {base}") > 0


# --- adding ---

# Seconds. A frame that equals one of another capture and was sent no later than this after it is taken for a
# copy of the same packet, by another sensor, and counts once.
COPIES = 1


def cuts(tshark, capture, packets):
    """Numbers of the frames with which pieces of about so many packets end. None is between two frames that
    could be copies: in one capture both count, in two only one does."""
    rows = tshark.fields(capture, "frame.md5_hash", "frame.time_epoch",
                         before=["-o", "frame.generate_md5_hash:TRUE"])
    latest, barred = {}, set()
    for number, (digest, seconds) in enumerate(rows):
        before, then = latest.get(digest, (number, float(seconds)))
        if abs(float(seconds) - then) <= COPIES:
            barred.update(range(before + 1, number + 1))
        latest[digest] = number, float(seconds)
    places = [next((place for place in range(wanted, len(rows)) if place not in barred), len(rows))
              for wanted in range(packets, len(rows), packets)]
    return sorted({*places, len(rows)})


def split(tshark, capture, packets):
    """Pieces of a capture by editcap, in random order."""
    pieces, first = [], 1
    for last in cuts(tshark, capture, packets):
        pieces.append(f"piece_{first}.pcapng")
        tshark("-F", "pcapng", "-r", str(capture), pieces[-1], f"{first}-{last}", program="editcap")
        first = last + 1
    random.Random(str(capture)).shuffle(pieces)
    return pieces


def add_all(tshark, pieces, *options):
    for piece in pieces:
        done = tshark.hostgraph(piece, "text=no", "append=yes", *options, "export=pieces.sqlite")
        assert done.status == 0, done
    return tables(tshark.work / "pieces.sqlite")


# What these say of a packet does not depend on the packets before it. (Within a stream, reassembly
# does; and Info may name other frames.)
MEMORYLESS = {"frame", "pkthdr", "eth", "ethertype", "sll", "vlan", "llc", "arp", "ip", "ipv6", "icmp",
              "icmpv6", "igmp", "tcp", "udp", "sctp", "data", "fake-field-wrapper", "pcapng"}


@pytest.fixture
def memoryless(tshark):
    """A tshark that knows no other dissectors."""
    folder = tshark.home / ".config" / "wireshark"
    names = [line.split("\t")[2] for line in tshark("-G", "protocols").out.splitlines()]
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "disabled_protos").write_text("".join(
        name + "\n" for name in names if name not in MEMORYLESS))
    yield tshark
    (folder / "disabled_protos").unlink()


PIECES = ("office", "lan_mixed_1kxun.pcap", "arp_spoof_mitm.pcapng", "dns_mdns.pcap",
          "icmp_ttl_exceeded_traceroute.pcapng", "scan_syn_nmap.pcapng")


@pytest.mark.parametrize("name", PIECES)
def test_pieces_in_any_order(tshark, memoryless, capture, office, name):
    """Row by row what the whole gives."""
    path = office if name == "office" else capture(name)
    tshark.hostgraph(path, "text=no", "evidence=no", "export=whole.sqlite")
    whole = tables(tshark.work / "whole.sqlite")
    assert len(whole["hosts"]) > 1
    pieces = split(tshark, path, dict(whole["meta"])["packets"] // 7 + 1)
    assert len(pieces) > 5
    added = add_all(tshark, pieces, "evidence=no")
    assert_sound(tshark.work / "pieces.sqlite")
    assert added == whole


@pytest.mark.parametrize("name", PIECES)
def test_pieces_of_streams(tshark, capture, office, name):
    """With all dissectors: who spoke with whom, how much, when, in which frames."""
    path = office if name == "office" else capture(name)
    tshark.hostgraph(path, "text=no", "export=whole.sqlite")
    whole = tables(tshark.work / "whole.sqlite")
    added = add_all(tshark, split(tshark, path, dict(whole["meta"])["packets"] // 4 + 1))
    for name in ("meta", "caps", "hosts", "conversations", "bindings"):
        assert added[name] == whole[name]
    assert len(added["connections"]) == len(whole["connections"])
    assert sum(row[3] for row in added["protocols"]) == sum(row[3] for row in whole["protocols"])


def test_hostile_store(tshark, office):
    """What is no store is refused before the first packet, and stays."""
    path = tshark.work / "x.sqlite"
    path.write_text("mine")
    path.chmod(0o666)
    done = tshark.hostgraph(office, "append=yes", "export=x.sqlite")
    assert done.status == 1 and "is no store of hostgraph" in done.err and not done.out
    assert path.read_text() == "mine"
    assert tshark.hostgraph(office, "text=no", "export=x.sqlite").status == 0
    assert_sound(path)


def test_killed_writer(tshark, office):
    tshark.hostgraph(office, "text=no", "export=x.sqlite")
    path = tshark.work / "x.sqlite"
    before = path.read_bytes()
    command = [*tshark.become, "tshark", "-q", "-r", str(office), "-z",
               "hostgraph,text=no,append=yes,export=x.sqlite"]
    for wait in (0.2, 0.4, 0.6):
        process = subprocess.Popen(command, cwd=tshark.work, env=tshark.environment,
                                   stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(wait)
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        if path.read_bytes() != before:
            break  # it was done already
    assert_sound(path)


def add_at_once(tshark, captures):
    """The statuses of writers that add to one store at the same time."""
    processes = [subprocess.Popen([*tshark.become, "tshark", "-q", "-r", str(capture), "-z",
                                   "hostgraph,text=no,append=yes,export=x.sqlite"], cwd=tshark.work,
                                  env=tshark.environment, stdin=subprocess.DEVNULL) for capture in captures]
    return sorted(process.wait(120) for process in processes)


def test_concurrent_writers(tshark, office):
    tshark.hostgraph(office, "text=no", "export=whole.sqlite")
    whole = tables(tshark.work / "whole.sqlite")
    pieces = split(tshark, office, dict(whole["meta"])["packets"] // 4 + 1)
    assert len(pieces) == 4
    assert add_at_once(tshark, pieces) == [0, 0, 0, 0]
    added = tables(tshark.work / "x.sqlite")
    for name in ("meta", "caps", "hosts", "conversations", "bindings"):
        assert added[name] == whole[name]
    assert_sound(tshark.work / "x.sqlite")
    assert tshark.files() == sorted(["whole.sqlite", "x.sqlite", *pieces])


def test_concurrent_writers_of_one_capture(tshark, office):
    """It counts once."""
    assert add_at_once(tshark, [office] * 4) == [0, 2, 2, 2]
    tshark.hostgraph(office, "text=no", "export=one.sqlite")
    once, all_of_them = (dict(tables(tshark.work / name)["meta"]) for name in ("one.sqlite", "x.sqlite"))
    assert all_of_them == once
    assert tshark.files() == ["one.sqlite", "x.sqlite"]
