"""What happens to the windows when the capture file comes, changes, grows and goes.

SPDX-License-Identifier: GPL-2.0-or-later
"""
import re
import subprocess

import pytest

from desktop import wait_for
from wireshark import EXPORT, EXPORTED, REPORT


def packets(wireshark, window):
    """(name of the capture, packets) as the report says."""
    text = wireshark.text(window)
    name = re.search(r"^hostgraph \S+: (.*)$", text, re.MULTILINE)
    count = re.search(r"^ +Packets +(\d+)$", text, re.MULTILINE)
    return name and name.group(1), count and int(count.group(1))


def test_another_file(start, home, sweep, generated):
    one, two = sweep, home.copy(generated("office"))
    wireshark = start("-r", one.name)
    wireshark.main(one.name)
    wireshark.menu("Suspect Hosts")
    window = wireshark.wait_window(REPORT)
    report = wireshark.text(window)
    assert packets(wireshark, window) == (one.name, 37)

    # Closed: the report stays, and nothing can be done with it.
    wireshark.close_file()
    wait_for("the note", lambda: "was closed" in wireshark.text(window).splitlines()[0])
    assert wireshark.text(window).endswith(report)
    for button in ("Refresh", "Filter Packets…", "Export…"):
        wireshark.press(window, button)
        wireshark.message("No capture file is open")
    assert not wireshark.desktop.titled(EXPORT)

    # Another: the window follows.
    wireshark.open_file(two)
    total = len(home.tshark("-r", two.name, "-T", "fields", "-e", "frame.number").split())
    wait_for("the other report", lambda: packets(wireshark, window) == (two.name, total))
    wireshark.menu("Suspect Hosts")
    second = wireshark.wait_window(REPORT, count=2)
    assert wireshark.text(second) == wireshark.text(window)
    wireshark.close_window(second)

    # Exports are named like the file that is open now.
    wireshark.menu("Export Host Graph…")
    wireshark.fill(wireshark.wait_window(EXPORT))
    wireshark.wait_window(EXPORTED)
    assert (home.work / "office.graphml").exists()

    # Gone, with everything left open.
    wireshark.close_file()
    wireshark.quit_cleanly()


def test_reload_and_redissection(start, sweep, home):
    wireshark = start("-r", sweep.name)
    wireshark.main(sweep.name)
    wireshark.menu("Suspect Hosts")
    window = wireshark.wait_window(REPORT)
    report = wireshark.text(window)
    # The file has other packets when it is read again.
    subprocess.run(["editcap", "-r", sweep, home.path / "first", "1-20"], check=True)
    sweep.write_bytes((home.path / "first").read_bytes())
    wireshark.desktop.activate(wireshark.window)
    wireshark.desktop.key("ctrl+r")
    wait_for("20 packets", lambda: packets(wireshark, window) == (sweep.name, 20))
    # Ignoring packets makes Wireshark dissect all again.
    wireshark.desktop.activate(wireshark.window)
    wireshark.desktop.click(wireshark.window, 300, 200)
    wireshark.desktop.key("ctrl+a", "ctrl+d")
    wait_for("no packet", lambda: wireshark.text(window) != report and
             packets(wireshark, window)[1] != 20)
    wireshark.quit_cleanly()


def test_report_window_from_the_command_line(start, home, sweep):
    options = "hostgraph,layer=net,top=3,filter=icmp.type == 0 or frame.number == 1"
    wireshark = start("-r", sweep.name, "-z", options)
    wireshark.main(sweep.name)
    window = wireshark.wait_window(REPORT)
    printed = home.tshark("-2", "-q", "-r", sweep.name, "-z", options)
    assert wireshark.text(window) == printed.strip()
    wireshark.press(window, "Refresh")
    assert wireshark.text(window) == printed.strip()
    wireshark.quit_cleanly()


@pytest.mark.parametrize("option, message", [
    ("nonsense=1", "hostgraph: .*nonsense"), ("filter=no.such.field", ".*no.such.field")])
def test_bad_command_line_is_said_and_ends_nothing(start, sweep, option, message):
    wireshark = start("-r", sweep.name, "-z", f"hostgraph,{option}")
    wireshark.main(sweep.name)
    wireshark.message(message)
    assert not wireshark.desktop.titled(REPORT)
    wireshark.menu("Suspect Hosts")
    assert packets(wireshark, wireshark.wait_window(REPORT)) == (sweep.name, 37)
    wireshark.quit_cleanly()


def test_running_capture(start, home, sweep):
    """Packets through a pipe, half of them late: the window follows, and both entries work
    meanwhile."""
    subprocess.run(["editcap", "-F", "pcap", sweep, home.path / "sweep.pcap"], check=True)
    data = (home.path / "sweep.pcap").read_bytes()
    half = 24  # after 18 of its 37 records
    for _ in range(18):
        half += 16 + int.from_bytes(data[half + 8:half + 12], "little")
    wireshark = start("-k", "-i", "-", "-z", "hostgraph", stdin=subprocess.PIPE)
    pipe = wireshark.process.stdin
    pipe.write(data[:half])
    pipe.flush()
    wireshark.main_like("^Capturing from ")
    window = wireshark.wait_window(REPORT)
    wait_for("18 packets", lambda: packets(wireshark, window)[1] == 18)
    assert "while packets came in" in wireshark.text(window).splitlines()[0]
    wireshark.menu("Suspect Hosts")
    second = wireshark.wait_window(REPORT, count=2)
    assert packets(wireshark, second)[1] == 18
    target = home.work / "half.json"
    wireshark.menu("Export Host Graph…")
    wireshark.fill(wireshark.wait_window(EXPORT), target)
    wireshark.close_window(wireshark.wait_window(EXPORTED))
    assert b'"packets":18' in target.read_bytes()
    pipe.write(data[half:])
    pipe.close()
    for each in (window, second):
        wait_for("37 packets", lambda: packets(wireshark, each)[1] == 37)
    wireshark.main_like("^(?!Capturing)[^·]*$")
    wireshark.press(window, "Refresh")
    wait_for("the end of the capture", lambda: "came in" not in wireshark.text(window))
    assert packets(wireshark, window)[1] == 37
    wireshark.quit_cleanly()
