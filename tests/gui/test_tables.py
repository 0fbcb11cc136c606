"""Statistics > Host Graph > Hosts and the other tables.

SPDX-License-Identifier: GPL-2.0-or-later
"""
import json
import re

from desktop import wait_for
from wireshark import SCREENSHOTS


def record(home, path, *options):
    home.tshark("-2", "-q", "-r", path.name, "-z",
                ",".join(["hostgraph", "text=no", "export=record.json", *options]))
    return json.loads((home.work / "record.json").read_text())


def open_table(wireshark, entry):
    """A table with rows in it."""
    wireshark.menu(entry)
    window = wireshark.wait_window(rf"^Wireshark · Host Graph: {entry} · ")
    wait_for("rows", lambda: wireshark.table(window))
    return window


def hosts(lines):
    """{address: (packets sent and received, bytes sent and received, copies sent and received, peers)}"""
    found = {}
    for line in lines:
        match = re.match(r"(\S+) .*?\b(?:internal|external|multicast|broadcast|link-local|loopback"
                         r"|unspecified)((?: +\d+){7}) ", line)
        assert match, line
        found[match.group(1)] = tuple(int(number) for number in match.group(2).split())
    return found


def expected_hosts(data):
    return {node["id"]: tuple(node[key] for key in (
        "packets_sent", "packets_received", "bytes_sent", "bytes_received", "copies_sent", "copies_received", "peers"))
        for node in data["nodes"]}


def test_hosts(start, home, generated):
    path = home.copy(generated("office"))
    data = record(home, path)
    wireshark = start("-r", path.name)
    wireshark.main(path.name)
    window = open_table(wireshark, "Hosts")
    lines = wireshark.table(window)
    assert hosts(lines) == expected_hosts(data)
    # Sorted by the first column; a click turns it round.
    addresses = list(hosts(lines))
    assert addresses == sorted(addresses)
    wireshark.desktop.click(window, 60, 22)
    wait_for("the other order", lambda: list(hosts(wireshark.table(window))) == addresses[::-1])
    # A second window with a filter, and the first is not changed by it.
    first = wireshark.table(window)
    wireshark.menu("Hosts")
    second = next(each for each in wait_for("another window", lambda: (
        lambda found: len(found) == 2 and found)(wireshark.desktop.titled("Host Graph: Hosts")))
        if each != window)
    wait_for("rows", lambda: wireshark.table(second))
    wireshark.desktop.click(second, 200, 100)
    wireshark.desktop.key("Tab")
    wireshark.desktop.type("(ip.src == 10.20.0.31)")  # leaves nothing to be completed
    wireshark.settle()
    wireshark.desktop.key("Tab", "space")
    limited = expected_hosts(record(home, path, "filter=ip.src == 10.20.0.31"))
    wait_for("the filtered table", lambda: hosts(wireshark.table(second)) == limited)
    assert wireshark.table(window) == first
    wireshark.close_window(second)
    assert wireshark.table(window) == first
    wireshark.close_window(window)
    # Opened again, it is whole again.
    window = open_table(wireshark, "Hosts")
    assert hosts(wireshark.table(window)) == expected_hosts(data)
    # The file goes, the table stays.
    wireshark.close_file()
    assert hosts(wireshark.table(window)) == expected_hosts(data)
    wireshark.quit_cleanly()


def test_conversations_and_protocols(start, home, generated):
    path = home.copy(generated("office"))
    data = record(home, path)
    wireshark = start("-r", path.name)
    wireshark.main(path.name)
    window = open_table(wireshark, "Conversations")
    edges = {(edge["source"], edge["target"]): (edge["packets"], edge["bytes"])
             for edge in data["edges"]}
    found = {}
    for line in wireshark.table(window):
        a, b, *numbers = line.split()[:8]
        packets, octets, *ways = (int(number) for number in numbers)
        assert packets == ways[0] + ways[2] and octets == ways[1] + ways[3]
        found[a, b], found[b, a] = tuple(ways[:2]), tuple(ways[2:])
    assert {pair: way for pair, way in found.items() if way[0]} == edges
    wireshark.close_window(window)
    window = open_table(wireshark, "Protocols")
    assert {tuple(line.split()[:3]) for line in wireshark.table(window)} == {
        (each["name"], str(each["packets"]), str(each["bytes"])) for each in data["protocols"]}
    wireshark.quit_cleanly()


def test_findings(start, home, generated):
    path = home.copy(generated("office"))
    data = record(home, path)
    wireshark = start("-r", path.name)
    wireshark.main(path.name)
    window = open_table(wireshark, "Suspects and Findings")
    wireshark.desktop.screenshot(SCREENSHOTS / "findings.png", window)
    lines = wireshark.table(window)
    assert len(lines) == len(data["findings"])
    # In the order of every report: suspects first.
    for number, finding in enumerate(data["findings"], 1):
        assert [line for line in lines if line.split()[:2] == [str(number), finding["host"]] and
                finding["title"] in line and finding["evidence"] in line and
                finding["filter"] in line], finding
    wireshark.quit_cleanly()


def test_hostile_names(start, home, generated):
    path = home.copy(generated("hostile"))
    wireshark = start("-r", path.name)
    wireshark.main(path.name)
    window = open_table(wireshark, "Hosts")
    nodes = record(home, path)["nodes"]
    text = "\n".join(wireshark.table(window))
    assert "<b>bold</b>" in text
    for node in nodes:
        assert node["id"] in text and node["name"] in text
    wireshark.quit_cleanly()
