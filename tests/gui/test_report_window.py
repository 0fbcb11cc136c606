"""Statistics > Host Graph > Suspect Hosts.

SPDX-License-Identifier: GPL-2.0-or-later
"""
import json

from desktop import wait_for
from wireshark import CHOOSE, EXPORT, EXPORTED, REPORT, SCREENSHOTS


def report_of(home, path, *options):
    """What tshark prints, on Wireshark's terms: dissected with all packets known."""
    return home.tshark("-2", "-q", "-r", path.name, "-z", ",".join(["hostgraph", *options])).strip()


def test_report_is_the_one_of_the_command_line(start, home, generated):
    path = home.copy(generated("office"))
    wireshark = start("-r", path.name)
    wireshark.main(path.name)
    wireshark.menu("Suspect Hosts")
    window = wireshark.wait_window(REPORT)
    assert wireshark.text(window) == report_of(home, path)
    # Twice in a row, and both at once.
    wireshark.menu("Suspect Hosts")
    second = wireshark.wait_window(REPORT, count=2)
    assert second != window
    assert wireshark.text(second) == wireshark.text(window)
    # One is closed, the other goes on.
    wireshark.close_window(second)
    wireshark.desktop.resize(window, 960, 720)
    wireshark.press(window, "Refresh")
    assert wireshark.text(window) == report_of(home, path)
    wireshark.desktop.click(window, 200, 100)
    wireshark.desktop.screenshot(SCREENSHOTS / "suspect-hosts.png", window)
    wireshark.quit_cleanly()  # with a window open


def nodes_of(home, path):
    target = home.work / "nodes.json"
    home.tshark("-2", "-q", "-r", path.name, "-z", f"hostgraph,text=no,export={target}")
    nodes = json.loads(target.read_text())["nodes"]
    target.unlink()
    return nodes


def frames_of(home, path, display_filter):
    found = home.tshark("-r", path.name, "-Y", display_filter, "-T", "fields", "-e", "frame.number")
    return [int(number) for number in found.split()]


def filters_of(home, path):
    """{host: [display filter of a finding, ...]} in the order of the report."""
    target = home.work / "findings.json"
    home.tshark("-2", "-q", "-r", path.name, "-z", f"hostgraph,text=no,export={target}")
    found = {}
    for finding in json.loads(target.read_text())["findings"]:
        if finding["filter"]:
            found.setdefault(finding["host"], []).append(finding["filter"])
    target.unlink()
    return found


def test_filter_of_the_only_finding(start, home, sweep):
    """There is nothing to choose."""
    wireshark = start("-r", sweep.name, "-z", "hostgraph,rule=address-scan")
    wireshark.main(sweep.name)
    window = wireshark.wait_window(REPORT)
    wait_for("the report", lambda: "address-scan" in wireshark.text(window))
    report = wireshark.text(window)
    wireshark.press(window, "Filter Packets…")
    applied = wireshark.display_filter()
    assert applied and applied in report
    frames = frames_of(home, sweep, applied)
    total = len(home.tshark("-r", sweep.name, "-T", "fields", "-e", "frame.number").split())
    assert 0 < len(frames) < total
    wait_for("the packets", lambda: wireshark.displayed_frames() == frames)
    wireshark.quit_cleanly()


def test_filter_of_a_chosen_finding(start, home, generated):
    path = home.copy(generated("office"))
    filters = filters_of(home, path)
    first, *_ = filters
    several = next(host for host in reversed(filters) if len(filters[host]) > 1)
    wireshark = start("-r", path.name)
    wireshark.main(path.name)
    wireshark.menu("Suspect Hosts")
    window = wireshark.wait_window(REPORT)

    def choose(choice):
        wireshark.press(window, "Filter Packets…")
        wireshark.fill(wireshark.wait_window(CHOOSE), choice)

    choose("2")
    assert wireshark.display_filter() == filters[first][1]
    # All of a host: the packets of any of its findings.
    choose(several)
    expected = set()
    for each in filters[several]:
        expected |= set(frames_of(home, path, each))
    wait_for("the filtered packets",
             lambda: wireshark.displayed_frames() == sorted(expected))
    for wrong in ("0", "999", "10.99.99.99", ""):
        choose(wrong)
        wireshark.message("There is no finding" if wrong else "No finding was chosen")
    wireshark.quit_cleanly()


def test_marked_packets_have_fields(start, home, generated):
    """What a display filter asks for is there from then on, as in tshark; not before."""
    path = home.copy(generated("office"))
    display_filter = 'hostgraph.suspect && hostgraph.finding == "port-scan"'
    expected = home.tshark("-2", "-r", path.name, "-o", "hostgraph.mark:TRUE", "-Y", display_filter,
                           "-T", "fields", "-e", "frame.number")
    wireshark = start("-r", path.name, "-Y", display_filter)
    wireshark.main(path.name)
    wireshark.menu("Suspect Hosts")
    window = wireshark.wait_window(REPORT)
    report = wireshark.text(window)
    wireshark.press(window, "Mark Packets")
    frames = [int(number) for number in expected.split()]
    wait_for("the marked packets", lambda: frames and wireshark.displayed_frames() == frames)
    wireshark.desktop.screenshot(SCREENSHOTS / "marked-packets.png", wireshark.window)
    # The window drew what was dissected anew, where packets do not know yet what comes after.
    expected = home.tshark("-q", "-r", path.name, "-z", "hostgraph").strip()
    wait_for("the report after dissecting anew", lambda: wireshark.text(window) == expected)
    wireshark.press(window, "Refresh")
    wait_for("the report as it was", lambda: wireshark.text(window) == report)
    wireshark.close_file()
    wireshark.quit_cleanly()


def test_mark_in_the_tree(start, home, generated):
    """What tshark prints of the packet; what Wireshark knows of the whole file may be more."""
    path = home.copy(generated("office"))
    filters = filters_of(home, path)["10.20.0.31"]
    frame = next(frames_of(home, path, each)[0] for each in filters if "dst == 10.20.0.3 " in each)
    printed = home.tshark("-2", "-r", path.name, "-o", "hostgraph.mark:TRUE", "-O", "hostgraph",
                          "-Y", f"frame.number == {frame}")
    expected = [line.strip() for line in printed[printed.index("[Host Graph]"):].splitlines()]
    wireshark = start("-r", path.name, "-g", str(frame))
    wireshark.main(path.name)
    assert not [line for line in wireshark.details() if "Host Graph" in line]
    wireshark.menu("Suspect Hosts")
    window = wireshark.wait_window(REPORT)
    wireshark.text(window)
    wireshark.press(window, "Mark Packets")
    lines = wait_for("the mark", lambda: (
        lambda found: any("Host Graph" in line for line in found) and found)(wireshark.details()))
    wireshark.desktop.screenshot(SCREENSHOTS / "mark.png", wireshark.window)
    assert "[Suspect: 10.20.0.31]" in lines
    assert set(filter(None, expected)) <= set(lines)
    wireshark.quit_cleanly()


def test_limit_to_the_display_filter(start, home, generated):
    path = home.copy(generated("office"))
    wireshark = start("-r", path.name)
    wireshark.main(path.name)
    wireshark.menu("Suspect Hosts")
    window = wireshark.wait_window(REPORT)
    wireshark.set_display_filter("ip.addr == 10.20.0.31")
    wireshark.press(window, "Limit to Display Filter")
    limited = report_of(home, path, "filter=(ip.addr == 10.20.0.31)")
    wait_for("the limited report", lambda: wireshark.text(window) == limited)
    wireshark.press(window, "Refresh")
    assert wireshark.text(window) == limited
    # Its exports are limited like that, too.
    wireshark.set_display_filter("")
    wireshark.press(window, "Export…")
    wireshark.fill(wireshark.wait_window(EXPORT), "limited.json")
    wireshark.close_window(wireshark.wait_window(EXPORTED))
    data = json.loads((home.work / "limited.json").read_text())
    assert data["graph"]["packets"] == len(frames_of(home, path, "ip.addr == 10.20.0.31"))
    wireshark.press(window, "Limit to Display Filter")
    wait_for("the whole report", lambda: wireshark.text(window) == report_of(home, path))
    wireshark.quit_cleanly()


def test_no_finding_to_filter(start, home, generated):
    path = home.copy(generated("small", kind=["same-time"]))
    wireshark = start("-r", path.name)
    wireshark.main(path.name)
    wireshark.menu("Suspect Hosts")
    window = wireshark.wait_window(REPORT)
    wireshark.press(window, "Filter Packets…")
    wireshark.message("There is no finding")
    wireshark.quit_cleanly()


def test_hostile_text_is_text(start, home, generated):
    path = home.copy(generated("hostile"))
    wireshark = start("-r", path.name, "-z", "hostgraph,top=0,suspect=10.66.1.10")
    wireshark.main(path.name)
    window = wireshark.wait_window(REPORT)
    shown = wireshark.text(window)
    assert "<b>bold</b>" in shown
    assert shown == report_of(home, path, "top=0", "suspect=10.66.1.10")
    wireshark.quit_cleanly()
