"""Statistics > Host Graph > Suspect Hosts.

SPDX-License-Identifier: GPL-2.0-or-later
"""
from wireshark import EXPORT, REPORT, SCREENSHOTS


def report_of(home, path, *options):
    """What tshark prints, on Wireshark's terms: dissected with all packets known."""
    return home.tshark("-2", "-q", "-r", path.name, "-z", ",".join(["hostgraph", *options])).strip()


def test_no_file_open(start):
    wireshark = start()
    wireshark.main("The Wireshark Network Analyzer")
    for entry in ("Suspect Hosts", "Export Host Graph…"):
        wireshark.menu(entry)
        wireshark.message("No capture file is open")
    assert not wireshark.desktop.titled(REPORT) and not wireshark.desktop.titled(EXPORT)
    wireshark.quit_cleanly()


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


def test_filter_button_shows_the_packets_of_the_first_finding(start, home, capture):
    path = capture("scan_icmp_sweep.pcap")
    wireshark = start("-r", path.name)
    wireshark.main(path.name)
    wireshark.menu("Suspect Hosts")
    window = wireshark.wait_window(REPORT)
    report = wireshark.text(window)
    wireshark.press(window, "Filter Packets")
    applied = wireshark.display_filter()
    assert applied and applied in report
    expected = home.tshark("-r", path.name, "-Y", applied, "-T", "fields", "-e", "frame.number")
    frames = [int(number) for number in expected.split()]
    total = len(home.tshark("-r", path.name, "-T", "fields", "-e", "frame.number").split())
    assert 0 < len(frames) < total
    assert wireshark.displayed_frames() == frames
    wireshark.quit_cleanly()


def test_no_finding_to_filter(start, capture):
    path = capture("empty.pcap")
    wireshark = start("-r", path.name)
    wireshark.main(path.name)
    wireshark.menu("Suspect Hosts")
    window = wireshark.wait_window(REPORT)
    wireshark.press(window, "Filter Packets")
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
