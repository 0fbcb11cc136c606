"""In the generated office the plugin finds what is there to be found, and nothing else.

SPDX-License-Identifier: GPL-2.0-or-later
"""
import collections
import contextlib
import csv
import json
import pathlib
import re
import sqlite3
import subprocess
import sys

import networkx
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


def test_roles(office):
    """Who was made a server by the generator is one, and nobody else."""
    record, truth, text = office
    assert {node["id"]: node["roles"] for node in record["nodes"] if node["roles"]} == truth["roles"]
    table = text.partition("\nHosts by packets sent")[2].partition("\nHosts by packets received")[0]
    for host, roles in truth["roles"].items():
        row = next(line for line in table.split("\n") if line.split()[:1] == [host])
        assert ", ".join(roles)[:18] in row  # a long list is cut


def test_roles_in_every_format(installed_tshark, office):
    _, truth, _ = office
    roles = {host: "; ".join(names) for host, names in truth["roles"].items()}
    names = ["o.hosts.csv", "o.graphml", "o.gexf", "o.ndjson", "o.sqlite", "o.cyjs", "o.html"]
    done = installed_tshark.hostgraph(
        installed_tshark.folder / "office.pcapng", "text=no", "export=o.csv",
        *[f"export={name}" for name in names[1:]])
    assert done.status == 0, done
    files = [installed_tshark.work / name for name in names]

    with open(files[0], encoding="utf-8", newline="") as file:
        rows = {row["Id"]: row["roles"] for row in csv.DictReader(file)}
    assert {host: text for host, text in rows.items() if text} == roles
    for graph in (networkx.read_graphml(files[1]), networkx.read_gexf(files[2])):
        found = {data.get("label", host).split(" ")[0]: data["roles"]
                 for host, data in graph.nodes(data=True) if data.get("roles")}
        assert found == roles
    lines = [json.loads(line) for line in files[3].read_text(encoding="utf-8").splitlines()]
    hosts = [line["hostgraph"] for line in lines if line["event"]["dataset"] == "hostgraph.host"]
    assert {host["id"]: host["roles"] for host in hosts if host["roles"]} == truth["roles"]
    with contextlib.closing(sqlite3.connect(files[4])) as store:
        rows = store.execute("SELECT id, roles FROM nodes").fetchall()
    assert {address: text for address, text in rows if text} == roles
    nodes = json.loads(files[5].read_text(encoding="utf-8"))["elements"]["nodes"]
    assert {node["data"]["id"]: node["data"]["roles"]
            for node in nodes if node["data"]["roles"]} == roles
    assert '["dhcp-server","ntp-server","resolver"]' in files[6].read_text(encoding="utf-8")


def test_roles_without_evidence(installed_tshark, office):
    """Ports alone tell them here, and Ethernet headers the gateway."""
    _, truth, _ = office
    record = installed_tshark.json(installed_tshark.folder / "office.pcapng", "evidence=no")
    assert {node["id"]: node["roles"] for node in record["nodes"] if node["roles"]} == truth["roles"]


def test_roles_under_pseudonyms(installed_tshark, office):
    record, _, _ = office
    installed_tshark.write("key", "some secret of thirty-two letters and more\n")
    shown = installed_tshark.json(installed_tshark.folder / "office.pcapng", "pseudonyms=key")
    assert collections.Counter(tuple(node["roles"]) for node in shown["nodes"]) == \
        collections.Counter(tuple(node["roles"]) for node in record["nodes"])


def test_roles_of_pieces(installed_tshark, office):
    """A store that got the halves of the capture, the later one first, knows what the whole shows."""
    _, truth, _ = office
    capture = installed_tshark.folder / "office.pcapng"
    for number, frames in enumerate((f"{truth['packets'] // 2}-{truth['packets']}",
                                     f"1-{truth['packets'] // 2 - 1}")):
        piece = installed_tshark.folder / f"piece{number}.pcapng"
        subprocess.run(["editcap", "-r", str(capture), str(piece), frames], check=True)
        piece.chmod(0o644)
        done = installed_tshark.hostgraph(piece, "text=no", "append=yes", "export=pieces.sqlite")
        assert done.status == 0, done
    path = installed_tshark.work / "pieces.sqlite"
    with contextlib.closing(sqlite3.connect(path)) as store:
        rows = store.execute("SELECT id, roles FROM nodes").fetchall()
    path.unlink()
    assert {address: text for address, text in rows if text} == {
        host: "; ".join(names) for host, names in truth["roles"].items()}


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


def joined(text):
    """Lines that were broken to fit are whole again."""
    return re.sub(r"\n {10}(?=\S)", " ", text)


def test_chains_are_packets(installed_tshark, office):
    """Every hop that the report prints is a packet: from whom, to whom, of which protocol, when."""
    _, _, text = office
    rows = installed_tshark.fields(installed_tshark.folder / "office.pcapng", "_ws.col.Source",
                                   "_ws.col.Destination", "_ws.col.Protocol", "frame.time_epoch")
    chains = re.findall(r"^ +(\S+(?: -> \S+ in frame \d+ \(\S+\))+)$", joined(text), re.M)
    assert len(chains) > 50
    for chain in chains:
        host, *hops = chain.split(" -> ")
        time = 0
        for hop in hops:
            target, frame, protocol = re.fullmatch(r"(\S+) in frame (\d+) \((\S+)\)", hop).groups()
            source, destination, column, at = rows[int(frame) - 1]
            assert (source, destination, column) == (host, target, protocol), chain
            assert float(at) >= time, chain
            host, time = target, float(at)


def test_origins(office):
    """Suspects in the order of their first signs, and traced back from there: the packets before it
    are all that could have brought it."""
    record, truth, text = office
    first = {host: min(f["first_frame"] for f in record["findings"]
                       if f["host"] == host and f["rule"] in rules)
             for host, rules in truth["suspects"].items()}
    section = text.partition("\nPossible origins (2)\n")[2].partition("\n\nRed-")[0]
    rows = re.findall(r"^  (\S+) +[\d.]+ +(\d+)  ", section, re.M)
    assert [(host, int(frame)) for host, frame in rows[:2]] == sorted(
        first.items(), key=lambda item: item[1])
    for host, frame in first.items():
        assert f"its first sign, frame {frame})" in re.sub(r"\s+", " ", text)
        back = [t for t in record["traces"] if t["host"] == host and t["direction"] == "backward"]
        assert all(entry["frame"] <= frame for entry in back[-1]["reached"])


def test_what_is_not_reached_from_the_first_packet(office):
    """The suspects are traced unasked, from the moment that they are first seen."""
    record, truth, _ = office
    wanted = truth["pass_on"]
    traces = [t for t in record["traces"] if t["direction"] == "forward"
              and t["host"] == wanted["from"] and t["at"] < float(wanted["at"]) - 1]
    assert len(traces) == 1
    assert not set(wanted["not_reached"]) & {entry["host"] for entry in traces[0]["reached"]}
    assert traces[0]["untimed_count"] >= len(traces[0]["reached"]) + len(wanted["not_reached"])
