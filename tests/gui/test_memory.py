"""valgrind finds neither a leak nor an error of ours in a run of Wireshark.

SPDX-License-Identifier: GPL-2.0-or-later
"""
import subprocess

import valgrind
from desktop import wait_for
from wireshark import CHOOSE, EXPORT, EXPORTED, FORMS, REPORT, TABLES

TRACED = r"^Wireshark · Host Trace$"
SAVED = r"^Wireshark · Baseline Saved$"


def test_every_window(start, home, generated, sweep):
    """Each is opened, used, and closed, some before the file and some after. By the end none may be
    open: Wireshark ends without closing them, and what they hold goes with the process."""
    path = home.work / "scans.pcapng"  # few packets: a pass over them takes a moment
    subprocess.run(["editcap", "-r", generated("office"), path, "3640-4140"], check=True)
    home.give()
    found = home.path / "valgrind.xml"
    wireshark = start("-r", path.name, wrapper=valgrind.command(found))
    wireshark.main(path.name)
    wireshark.menu("Suspect Hosts")
    report = wireshark.wait_window(REPORT)
    total = wait_for("the report", lambda: wireshark.packets(report))
    wireshark.press(report, "Filter Packets…")
    wireshark.fill(wireshark.wait_window(CHOOSE), "1")
    assert wireshark.display_filter()
    wireshark.press(report, "Limit to Display Filter")
    wait_for("the limited report", lambda: 0 < (wireshark.packets(report) or 0) < total)
    wireshark.press(report, "Mark Packets")
    wireshark.set_display_filter("hostgraph.suspect")
    wait_for("marked packets", wireshark.displayed_frames)
    wireshark.press(report, "Open Map")
    wait_for("the browser", home.pages)
    wireshark.press(report, "Export…")
    wireshark.fill(wireshark.wait_window(EXPORT), "a.json")
    wireshark.close_window(wireshark.wait_window(EXPORTED))
    for entry in TABLES:
        wireshark.menu(entry)
        table = wireshark.wait_window(f"Host Graph: {entry} ")
        wireshark.settle()
        if entry != "Hosts":
            wireshark.close_window(table)
    for entry, answer, *values in (("Trace Host…", TRACED, "10.20.0.31"),
                                   ("Save as Baseline…", SAVED)):
        wireshark.menu(entry)
        wireshark.fill(wireshark.wait_window(FORMS[entry]), *values)
        wireshark.close_window(wireshark.wait_window(answer))
    wireshark.menu("Compare with Baseline…")
    wireshark.fill(wireshark.wait_window(FORMS["Compare with Baseline…"]))
    compared, = set(wait_for("two reports", lambda: (
        lambda found: len(found) == 2 and found)(wireshark.desktop.titled(REPORT)))) - {report}
    wireshark.settle()
    wireshark.menu("Compare with Baseline…")
    wireshark.fill(wireshark.wait_window(FORMS["Compare with Baseline…"]), "missing.sqlite")
    wireshark.message(".*missing")
    wireshark.close_window(report)
    wireshark.close_file()
    wireshark.open_file(sweep)
    wireshark.menu("Export Host Graph…")
    wireshark.close_window(wireshark.wait_window(EXPORT))
    wireshark.close_window(compared)
    for table in wireshark.desktop.titled("Host Graph: Hosts "):
        wireshark.close_window(table)
    status, printed = wireshark.quit()
    assert status == 0, printed
    assert valgrind.ours(valgrind.findings(found)) == {}
