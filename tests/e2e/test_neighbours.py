"""ARP and DHCP among neighbours: who is blamed, and that the filter selects what the finding says.

SPDX-License-Identifier: GPL-2.0-or-later
"""
import json
import pathlib
import subprocess
import sys

import pytest

GENERATE = pathlib.Path(__file__).resolve().parents[1] / "generate"
RULES = ["rule=arp-sweep", "rule=arp-spoof", "rule=rogue-dhcp"]


@pytest.fixture
def made(installed_tshark):
    """(capture, truth) of a kind."""
    def make(kind):
        capture = installed_tshark.folder / f"{kind}.pcapng"
        truth = installed_tshark.folder / f"{kind}.json"
        subprocess.run([sys.executable, str(GENERATE / "neighbours.py"), kind, str(capture),
                        str(truth)], check=True)
        return capture, json.loads(truth.read_text())
    return make


def frames(tshark, capture, wanted):
    done = tshark("-n", "-r", capture, "-Y", wanted, "-T", "fields", "-e", "frame.number")
    assert done.status == 0, done
    return [int(line) for line in done.out.split()]


@pytest.mark.parametrize("kind", ["sweep", "poison", "rogue", "standby"])
def test_who_is_blamed(tshark, made, kind):
    capture, truth = made(kind)
    record = tshark.json(capture, *RULES)
    suspects = {node["id"] for node in record["nodes"] if node["suspect"]}
    assert suspects == set(truth["suspects"])
    for finding in record["findings"]:
        if finding["host"] in suspects:
            assert finding["rule"] == truth["suspects"][finding["host"]]
            assert finding["measured"] == truth["measured"]


@pytest.mark.parametrize("kind", ["sweep", "poison", "rogue"])
def test_filter_selects_what_was_done(tshark, made, kind):
    capture, truth = made(kind)
    finding = next(finding for finding in tshark.json(capture, *RULES)["findings"]
                   if finding["host"] in truth["suspects"])
    selected = frames(tshark, capture, finding["filter"])
    assert selected == frames(tshark, capture, truth["packets"])
    assert set(finding["frames"]) <= set(selected)
    assert (finding["first_frame"], finding["last_frame"]) == (selected[0], selected[-1])


@pytest.mark.parametrize("kind", ["sweep", "poison", "rogue"])
def test_without_evidence_nothing_is_assessed(tshark, made, kind):
    record = tshark.json(made(kind)[0], "evidence=no", *RULES)
    assert record["findings"] == []
    assert {"arp-sweep", "arp-spoof", "rogue-dhcp"} <= {
        entry["rule"] for entry in record["graph"]["not_assessed"]}


@pytest.mark.parametrize("kind", ["sweep", "poison", "rogue"])
def test_stores_and_pseudonyms_find_the_same(tshark, made, kind):
    """What is found does not hang on names; a store keeps what it takes to find it again."""
    capture, truth = made(kind)
    tshark.write("key", "a key for the test")
    record = tshark.json(capture, "pseudonyms=key", *RULES)
    assert [finding["rule"] for finding in record["findings"]] == list(truth["suspects"].values())
    assert not any(host in json.dumps(record) for host in truth["suspects"])


def test_truncated(tshark, made):
    """A capture that ends within a record, and one of which little was kept of each packet."""
    capture, _ = made("poison")
    whole = capture.read_bytes()
    for length in (len(whole) - 7, len(whole) // 2):
        cut = tshark.work / "cut.pcapng"
        cut.write_bytes(whole[:length])
        done = tshark.hostgraph(cut, *RULES)
        assert "ARP spoofing" in done.out, done
