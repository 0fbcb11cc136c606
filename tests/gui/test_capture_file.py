"""What happens to the windows when the capture file comes, changes, grows and goes.

SPDX-License-Identifier: GPL-2.0-or-later
"""
import contextlib
import os
import pathlib
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


def split(sweep, home, count):
    """The capture as classic pcap: up to its first `count` packets, and the rest."""
    subprocess.run(["editcap", "-F", "pcap", sweep, home.path / "sweep.pcap"], check=True)
    data = (home.path / "sweep.pcap").read_bytes()
    end = 24
    for _ in range(count):
        end += 16 + int.from_bytes(data[end + 8:end + 12], "little")
    return data[:end], data[end:]


def test_running_capture(start, home, sweep):
    """Packets through a pipe, half of them late: the window follows, and both entries work
    meanwhile."""
    some, rest = split(sweep, home, 18)
    wireshark = start("-k", "-i", "-", "-z", "hostgraph", stdin=subprocess.PIPE)
    pipe = wireshark.process.stdin
    pipe.write(some)
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
    pipe.write(rest)
    pipe.close()
    for each in (window, second):
        wait_for("37 packets", lambda: packets(wireshark, each)[1] == 37)
    wireshark.main_like("^(?!Capturing)[^·]*$")
    wireshark.press(window, "Refresh")
    wait_for("the end of the capture", lambda: "came in" not in wireshark.text(window))
    assert packets(wireshark, window)[1] == 37
    wireshark.quit_cleanly()


def readers(fifo):
    """Processes that have it open, but this one."""
    found = set()
    for process in pathlib.Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):  # it has ended meanwhile
            if process.name != str(os.getpid()) and str(fifo) in map(os.readlink, process.glob("fd/*")):
                found.add(process.name)
    return found


def test_capture_stopped_started_and_restarted(start, home, sweep):
    """The report is always of the packets of the last capture."""
    some, rest = split(sweep, home, 18)
    fifo = home.work / "fifo"
    os.mkfifo(fifo)
    home.give()
    wireshark = start("-k", "-i", fifo, "-z", "hostgraph")

    def choose(key):
        wireshark.choose("the Capture menu", ["alt+c"], keys=[key])

    def shows(count):
        wait_for(f"{count} packets", lambda: packets(wireshark, window)[1] == count)

    with open(fifo, "wb", buffering=0) as pipe:
        pipe.write(some)
        wireshark.main_like("^Capturing from ")
        window = wireshark.wait_window(REPORT)
        shows(18)
        choose("t")  # Stop
    # Wireshark waits for the other end of the pipe.
    wireshark.main_like("^(?!Capturing)[^·]*$")
    shows(18)
    wireshark.press(window, "Refresh")
    wait_for("the end of the capture", lambda: "came in" not in wireshark.text(window))
    choose("s")  # Start
    with open(fifo, "wb", buffering=0) as pipe:
        pipe.write(some + rest)
        wireshark.main_like("^Capturing from ")
        shows(37)
        wireshark.menu("Hosts")
        table = wireshark.wait_window("Host Graph: Hosts ")
        assert wireshark.table(table)
        # The same end of the pipe: what captures next takes one that closes and opens for an error.
        first = readers(fifo)
        choose("r")  # Restart
        wait_for("who captures next", lambda: (
            lambda found: found and not found & first)(readers(fifo)))
        pipe.write(some)
        shows(18)
        # Closed while it runs.
        wireshark.close_window(window)
        wireshark.close_window(table)
        choose("t")
    wireshark.main_like("^(?!Capturing)[^·]*$")
    wireshark.menu("Suspect Hosts")
    window = wireshark.wait_window(REPORT)
    shows(18)
    wireshark.quit_cleanly()
