"""While Wireshark goes over the packets of a large file.

SPDX-License-Identifier: GPL-2.0-or-later
"""
import pytest

from desktop import wait_for
from wireshark import EXPORT, EXPORTED, MESSAGE, REPORT

# Many enough that a pass takes seconds on a fast machine.
PACKETS = 400000


@pytest.fixture
def large(home, generated):
    return home.copy(generated("bulk", str(PACKETS), "2000"))


def test_loading(start, large):
    wireshark = start("-r", large.name)
    wireshark.main("The Wireshark Network Analyzer")
    wireshark.menu("Suspect Hosts")
    wireshark.message("Wireshark is still going over the packets")
    wireshark.main(large.name)
    wireshark.menu("Suspect Hosts")
    window = wireshark.wait_window(REPORT)
    # A second pass within the first is refused, and does the first no harm.
    wireshark.menu("Suspect Hosts")
    wireshark.message("Wireshark is still going over the packets")
    wait_for("all packets", lambda: wireshark.packets(window) == PACKETS)
    # The window goes while its report is made.
    wireshark.press(window, "Refresh")
    wireshark.close_window(window)
    wireshark.menu("Export Host Graph…")
    wireshark.message("Wireshark is still going over the packets")

    def dialog_opens():
        wireshark.menu("Export Host Graph…")
        if wait_for("an answer", lambda: wireshark.desktop.titled(f"{EXPORT}|{MESSAGE}")) == (
                wireshark.desktop.titled(EXPORT)):
            return True
        wireshark.message("Wireshark is still going over the packets")
        return False

    wait_for("the pass to end", dialog_opens)
    wireshark.fill(wireshark.wait_window(EXPORT), "after.json")
    wireshark.wait_window(EXPORTED)
    wireshark.quit_cleanly()


def stop(wireshark):
    """Presses the button beside the progress bar, or where that will be: its place in the status
    bar depends on the version."""
    size = wireshark.desktop.geometry(wireshark.window)
    for x in range(size["WIDTH"] * 47 // 100, size["WIDTH"] * 66 // 100, 10):
        wireshark.desktop.click(wireshark.window, x, size["HEIGHT"] - 12)


def test_stopped(start, home, large):
    """What was not gone over is not passed over in silence, and not exported."""
    wireshark = start("-r", large.name)
    wireshark.main(large.name)
    wireshark.menu("Suspect Hosts")
    window = wireshark.wait_window(REPORT)
    wait_for("the pass to be stopped", lambda: (
        stop(wireshark) or "Going over the packets" not in wireshark.shown(window)))
    assert "Partial" in wireshark.text(window)
    assert 0 < wireshark.packets(window) < PACKETS

    wireshark.menu("Export Host Graph…")
    wireshark.fill(wireshark.wait_window(EXPORT), "stopped.json")
    wait_for("the pass to be stopped", lambda: (
        stop(wireshark) or wireshark.desktop.titled(MESSAGE)))
    wireshark.message("Nothing was exported")
    assert not list(home.work.glob("*.json*")) and not wireshark.desktop.titled(EXPORTED)

    # The next pass is a whole one.
    wireshark.press(window, "Refresh")
    wait_for("all packets", lambda: wireshark.packets(window) == PACKETS)
    assert "Partial" not in wireshark.text(window)
    wireshark.quit_cleanly()


def test_quitting_meanwhile(start, large):
    """Wireshark refuses to end before the pass has; it ends after."""
    wireshark = start("-r", large.name)
    wireshark.main(large.name)
    wireshark.menu("Suspect Hosts")
    window = wireshark.wait_window(REPORT)
    wireshark.desktop.activate(wireshark.window)
    wireshark.desktop.key("ctrl+q")
    wait_for("all packets", lambda: wireshark.packets(window) == PACKETS)
    wireshark.quit_cleanly()
