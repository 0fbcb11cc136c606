"""Statistics > Host Graph: every entry opens what it says, or says why not.

SPDX-License-Identifier: GPL-2.0-or-later
"""
import json
import pathlib
import re
import urllib.parse

from desktop import wait_for
from wireshark import FORMS, MENU, REPORT, TABLES


def page_of(address):
    assert address.startswith("file:///"), address
    return pathlib.Path(urllib.parse.unquote(address[len("file://"):]))


def test_no_file_open(start, home):
    wireshark = start()
    wireshark.main("The Wireshark Network Analyzer")
    for entry in MENU:
        if entry != "Help":
            wireshark.menu(entry)
            wireshark.message("No capture file is open")
    assert set(wireshark.desktop.windows()) == {wireshark.window}
    wireshark.menu("Help")
    address, = wait_for("the browser", home.pages)
    assert "Host Graph" in page_of(address).read_text()
    wireshark.quit_cleanly()


def test_every_entry(start, home, sweep):
    wireshark = start("-r", sweep.name)
    wireshark.main(sweep.name)
    done = {"Help", "Host Map"}
    wireshark.menu("Suspect Hosts")
    wireshark.close_window(wireshark.wait_window(REPORT))
    done.add("Suspect Hosts")
    for entry in TABLES:
        wireshark.menu(entry)
        wireshark.close_window(wireshark.wait_window(
            rf"^Wireshark · Host Graph: {entry} · {re.escape(sweep.name)}$"))
        done.add(entry)
    for entry, title in FORMS.items():
        wireshark.menu(entry)
        wireshark.close_window(wireshark.wait_window(title))
        done.add(entry)
    assert done == set(MENU)
    assert set(wireshark.desktop.windows()) == {wireshark.window}
    wireshark.quit_cleanly()


def test_dialogs_again_and_again(start, sweep):
    """Qt 6.8 takes one for another that is gone, when it is not made to forget that."""
    wireshark = start("-r", sweep.name)
    wireshark.main(sweep.name)
    for _ in range(10):
        for entry, title in FORMS.items():
            wireshark.menu(entry)
            wireshark.close_window(wireshark.wait_window(title))
    wireshark.quit_cleanly()


def test_host_map(start, home, sweep):
    """The page that an export writes, in a folder that only the user can enter, until the end."""
    wireshark = start("-r", sweep.name)
    wireshark.main(sweep.name)
    wireshark.menu("Host Map")
    first, = wait_for("the browser", home.pages)
    home.tshark("-2", "-q", "-r", sweep.name, "-z", "hostgraph,text=no,export=expected.html")
    page = page_of(first)
    assert page.read_bytes() == (home.work / "expected.html").read_bytes()
    assert page.parent.parent == home.temporary and page.parent.stat().st_mode & 0o777 == 0o700
    # From the window; the page that a browser shows already is another.
    wireshark.menu("Suspect Hosts")
    window = wireshark.wait_window(REPORT)
    wireshark.text(window)
    wireshark.press(window, "Open Map")
    wait_for("the browser again", lambda: len(home.pages()) == 2)
    second = page_of(home.pages()[1])
    assert second != page and second.read_bytes() == page.read_bytes()
    wireshark.quit_cleanly()
    assert not list(home.temporary.glob("hostgraph-*"))


def test_no_browser(start, home, sweep):
    (home.bin / "xdg-open").unlink()
    wireshark = start("-r", sweep.name, path=[home.bin])
    wireshark.main(sweep.name)
    for entry in ("Host Map", "Help"):
        wireshark.menu(entry)
        wireshark.message("No browser could be started")
    wireshark.quit_cleanly("Unable to detect a launcher")


def test_no_permission_to_write(start, home, sweep):
    closed = home.work / "closed"
    closed.mkdir()
    home.give()
    closed.chmod(0o555)
    home.temporary.chmod(0o555)
    wireshark = start("-r", sweep.name)
    wireshark.main(sweep.name)
    wireshark.menu("Host Map")
    wireshark.message(".*(?i:permission denied)")
    for entry, name in (("Export Host Graph…", "a.json"), ("Save as Baseline…", "b.sqlite")):
        wireshark.menu(entry)
        wireshark.fill(wireshark.wait_window(FORMS[entry]), closed / name)
        wireshark.message(".*closed")
    assert not list(closed.iterdir()) and not home.pages()
    wireshark.quit_cleanly()


def test_nobody_is_offered_for_a_trace(start, home, generated):
    """A packet from 0.0.0.0 is selected: that is no host."""
    path = home.copy(generated("small", kind=("multicast",)))
    source = home.tshark("-r", path.name, "-Y", "frame.number == 2", "-T", "fields", "-e", "ip.src")
    assert source.strip() == "0.0.0.0"
    wireshark = start("-r", path.name, "-g", "2")
    wireshark.main(path.name)
    wireshark.menu("Trace Host…")
    wireshark.fill(wireshark.wait_window(FORMS["Trace Host…"]))
    wireshark.message("No host was entered")
    wireshark.quit_cleanly()


def test_trace(start, home, generated):
    """From the selected packet, as from its source and time on the command line."""
    path = home.copy(generated("office"))
    frame = 928
    wireshark = start("-r", path.name, "-g", str(frame))
    wireshark.main(path.name)
    source, time = home.tshark("-r", path.name, "-Y", f"frame.number == {frame}", "-T", "fields",
                               "-e", "ip.src", "-e", "frame.time_epoch").split()
    home.tshark("-2", "-q", "-r", path.name, "-z",
                f"hostgraph,text=no,trace={source}@{time},export=expected.json")
    trace = next(each for each in json.loads((home.work / "expected.json").read_text())["traces"]
                 if each["host"] == source and each["direction"] == "forward")
    wireshark.menu("Trace Host…")
    wireshark.fill(wireshark.wait_window(FORMS["Trace Host…"]))
    window = wireshark.wait_window(r"^Wireshark · Host Trace$")
    text = wireshark.text(window)
    assert text.startswith(f"Trace of {source}\n")
    forward = text[text.index("Trace forward"):text.index("Trace back")]
    rows = re.findall(r"^ +(\S+) +(\d+) +[\d.-]+ +(\d+) .*(?:payload|touch)\b", forward, re.M)
    assert {(host, int(hops), int(number)) for host, hops, number in rows} == {
        (each["host"], each["hops"], each["frame"]) for each in trace["reached"]}
    wireshark.close_window(window)
    # What is wrong is said; whom no packet shows, too.
    for host, start_at, message in (("", "", "No host was entered"), ("10.0.0.999", "", ".*trace"),
                                    ("10.0.0.1", "soon", ".*trace")):
        wireshark.menu("Trace Host…")
        wireshark.fill(wireshark.wait_window(FORMS["Trace Host…"]), host, start_at)
        wireshark.message(message)
    wireshark.menu("Trace Host…")
    wireshark.fill(wireshark.wait_window(FORMS["Trace Host…"]), "10.99.99.99", "")
    window = wireshark.wait_window(r"^Wireshark · Host Trace$")
    assert wireshark.text(window) == "No packet shows 10.99.99.99."
    wireshark.quit_cleanly()
