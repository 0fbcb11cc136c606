"""In the generated office the plugin finds what is there to be found, and nothing else.

SPDX-License-Identifier: GPL-2.0-or-later
"""
import json
import pathlib
import subprocess
import sys

import pytest

GENERATE = pathlib.Path(__file__).resolve().parents[1] / "generate"


@pytest.fixture(scope="module")
def office(installed_tshark):
    """(record, truth, text report)"""
    folder = installed_tshark.folder
    capture, truth = folder / "office.pcapng", folder / "truth.json"
    subprocess.run([sys.executable, str(GENERATE / "office.py"), str(capture), str(truth)], check=True)
    truth = json.loads(truth.read_text())
    trace = f"trace={truth['pass_on']['from']}@{truth['pass_on']['at']}"
    record = installed_tshark.json(capture, trace)
    return record, truth, installed_tshark.hostgraph(capture, "top=0").out


def test_suspects_and_no_others(office):
    record, truth, _ = office
    assert record["graph"]["packets"] == truth["packets"]
    assert {node["id"] for node in record["nodes"] if node["suspect"]} == set(truth["suspects"])


def test_rules_that_fire(office):
    record, truth, _ = office
    strong = {"port-scan", "address-scan", "beacon"}
    found = {(finding["host"], finding["rule"]) for finding in record["findings"]
             if finding["rule"] in strong}
    assert found == {(host, rule) for host, rules in truth["suspects"].items() for rule in rules}


def test_scan_is_measured(office):
    record, truth, _ = office
    scan = next(f for f in record["findings"] if f["rule"] == "port-scan")
    assert scan["measured"] == truth["scan"]["scanned_ports"]
    assert scan["peers"] == [truth["scan"]["scanned_host"]]


def test_beacon_names_its_server(office):
    record, truth, _ = office
    beacon = next(f for f in record["findings"] if f["rule"] == "beacon")
    assert beacon["peers"] == [truth["beacon"]["server"]]


def test_login_is_an_exposure(office):
    record, truth, text = office
    login = truth["login"]
    found = [f for f in record["findings"] if f["rule"] == "cleartext-login"]
    assert [(f["kind"], f["host"], f["peers"]) for f in found] == [
        ("exposure", login["client"], [login["server"]])]
    assert login["frame"] in found[0]["frames"]
    assert login["user"] in found[0]["evidence"]
    assert login["password"] not in text + json.dumps(record)


def test_what_is_passed_on_in_time(office):
    record, truth, _ = office
    wanted = truth["pass_on"]
    trace = next(t for t in record["traces"] if t["direction"] == "forward"
                 and t["host"] == wanted["from"] and abs(t["at"] - float(wanted["at"])) < 1e-6)
    reached = {entry["host"]: entry for entry in trace["reached"]}
    for hop in wanted["chain"]:
        entry = reached[hop["host"]]
        assert {name: entry[name] for name in ("via", "hops", "frame", "payload")} == \
            {name: hop[name] for name in ("via", "hops", "frame", "payload")}
        assert abs(float(entry["time"]) - float(hop["time"])) < 1e-6
    assert not set(wanted["not_reached"]) & set(reached)
    assert trace["untimed_count"] > len(reached)


def test_what_is_not_reached_from_the_first_packet(office):
    """The suspects are traced unasked, from the moment that they are first seen."""
    record, truth, _ = office
    wanted = truth["pass_on"]
    traces = [t for t in record["traces"] if t["direction"] == "forward"
              and t["host"] == wanted["from"] and t["at"] < float(wanted["at"]) - 1]
    assert len(traces) == 1
    assert not set(wanted["not_reached"]) & {entry["host"] for entry in traces[0]["reached"]}
    assert traces[0]["untimed_count"] >= len(traces[0]["reached"]) + len(wanted["not_reached"])
