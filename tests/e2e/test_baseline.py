"""baseline=: what is new is what tshark's own columns of the two captures say.

SPDX-License-Identifier: GPL-2.0-or-later
"""
import json
import pathlib
import sqlite3
import subprocess
import sys

import pytest

from conftest import real

GENERATE = pathlib.Path(__file__).resolve().parents[1] / "generate"
LISTS = ["new_hosts", "new_macs", "changed_bindings", "new_services", "moved_protocols", "new_conversations"]


@pytest.fixture(scope="module")
def office(installed_tshark):
    path = installed_tshark.folder / "baseline.pcapng"
    subprocess.run([sys.executable, GENERATE / "office.py", path], check=True, capture_output=True)
    path.chmod(0o644)
    return path


def store(tshark, capture, *options):
    done = tshark.hostgraph(capture, "text=no", "export=normal.sqlite", *options)
    assert done.status == 0, done


def pairs(tshark, capture, *before):
    """What Source and Destination hold, each pair once; packets that show two addresses."""
    return {frozenset(row) for row in tshark.fields(capture, "_ws.col.Source", "_ws.col.Destination",
                                                    before=before) if all(row)}


def test_same_capture(tshark, office):
    store(tshark, office)
    record = tshark.json(office, "baseline=normal.sqlite")
    assert all(record["graph"]["baseline"][name] == [] for name in LISTS)
    assert record["graph"]["baseline"]["packets"] == record["graph"]["packets"]
    assert not {"unknown-device", "unusual"} & {finding["rule"] for finding in record["findings"]}


def test_two_weeks(tshark):
    before, now = real("newdevice_week1_baseline.pcap"), real("newdevice_week2.pcap")
    store(tshark, before)
    record = tshark.json(now, "baseline=normal.sqlite")
    comparison = record["graph"]["baseline"]
    old, new = pairs(tshark, before), pairs(tshark, now)
    assert {one["host"] for one in comparison["new_hosts"]} == set().union(*new) - set().union(*old)
    assert {frozenset((one["a"], one["b"]) if "a" in one else
                      (one["source"], one["target"])) for one in comparison["new_conversations"]} == new - old
    macs = lambda capture: {mac for (mac,) in tshark.fields(capture, "eth.src")}
    assert {one["mac"] for one in comparison["new_macs"]} <= macs(now) - macs(before)
    suspects = {node["id"] for node in record["nodes"] if node["suspect"]}
    assert suspects == {"10.0.4.20"}
    (finding,) = [one for one in record["findings"] if one["rule"] == "unknown-device"]
    assert "198.51.100.50" in finding["peers"] and "WireGuard" in finding["evidence"]
    selected = {int(frame) for (frame,) in tshark.fields(now, "frame.number", before=("-Y", finding["filter"]))}
    assert set(finding["frames"]) <= selected == {int(frame) for (frame,) in tshark.fields(
        now, "frame.number", before=("-Y", "ip.addr == 10.0.4.20 && udp.port == 51820"))}


def test_every_format_has_it(tshark, office):
    """Against the packets of one protocol only, nearly all is new."""
    assert tshark("-r", office, "-w", "part.pcapng", "-Y", "dns").status == 0
    store(tshark, "part.pcapng")
    done = tshark.hostgraph(office, "baseline=normal.sqlite", "export=a.json", "export=a.sqlite",
                            "export=a.ndjson", "export=a.html")
    assert done.status == 0 and "Against the baseline" in done.out
    wanted = json.loads((tshark.work / "a.json").read_text())["graph"]["baseline"]
    assert wanted["new_hosts"] and wanted["new_conversations"] and wanted["moved_protocols"]
    with sqlite3.connect(tshark.work / "a.sqlite") as database:
        for name in LISTS:
            assert database.execute(f"SELECT count(*) FROM {name}").fetchone() == (len(wanted[name]),)
        assert [row[0] for row in database.execute("SELECT host FROM new_hosts ORDER BY row")] == [
            one["host"] for one in wanted["new_hosts"]]
    first = json.loads((tshark.work / "a.ndjson").read_text().splitlines()[0])
    assert first["hostgraph"]["baseline"] == wanted
    assert '"new_hosts":[{' in (tshark.work / "a.html").read_text()


def test_several_are_one(tshark, office):
    """Two halves of a capture, given beside each other, are the whole."""
    half = tshark("-r", office, "-w", "first.pcapng", "-Y", "frame.number <= 200")
    rest = tshark("-r", office, "-w", "rest.pcapng", "-Y", "frame.number > 200")
    assert half.status == rest.status == 0
    for name in ("first", "rest"):
        assert tshark.hostgraph(f"{name}.pcapng", "text=no", f"export={name}.sqlite").status == 0
    record = tshark.json(office, "baseline=first.sqlite", "baseline=rest.sqlite")
    assert record["graph"]["baseline"]["new_hosts"] == []
    assert record["graph"]["baseline"]["packets"] == record["graph"]["packets"]


@pytest.mark.parametrize("name", ("nowhere.sqlite", ".", "text.sqlite", "empty.sqlite", "damaged.sqlite"))
def test_bad_baseline(tshark, office, name):
    store(tshark, office)
    tshark.write("text.sqlite", "no store at all\n" * 100)
    tshark.write("empty.sqlite", "")
    whole = (tshark.work / "normal.sqlite").read_bytes()
    (tshark.work / "damaged.sqlite").write_bytes(whole[:len(whole) // 2])
    (tshark.work / "damaged.sqlite").chmod(0o644)
    done = tshark.hostgraph(office, f"baseline={name}", "export=a.json")
    assert done.status == 1 and done.out == "", done
    (line,) = done.err.splitlines()
    assert f"baseline={name}" in line
    assert "a.json" not in tshark.files()
