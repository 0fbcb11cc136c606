"""Another configuration profile while windows are open.

SPDX-License-Identifier: GPL-2.0-or-later
"""
from desktop import wait_for
from wireshark import REPORT


def test_profile_change(start, home, sweep):
    """Its preferences hold for what is opened from then on; what is open goes on."""
    profile = home.path / ".config/wireshark/profiles/Other"
    profile.mkdir(parents=True)
    (profile / "preferences").write_text(
        "gui.update.enabled: FALSE\nhostgraph.layer: Link layer only\nhostgraph.mark: TRUE\n")
    home.give()
    wireshark = start("-r", sweep.name)
    wireshark.main(sweep.name)
    wireshark.menu("Suspect Hosts")
    window = wireshark.wait_window(REPORT)
    report = wireshark.text(window)
    wireshark.menu("Hosts")
    table = wireshark.wait_window("Host Graph: Hosts")
    wait_for("rows", lambda: wireshark.table(table))
    desktop = wireshark.desktop
    desktop.activate(wireshark.window)
    desktop.key("ctrl+shift+a")
    dialog, = wait_for("the profiles", lambda: desktop.titled("Configuration Profiles"))
    desktop.activate(dialog)
    desktop.click(dialog, 60, 75)
    desktop.key("Home", "Down")
    desktop.key("Return")
    wait_for("the dialog to close", lambda: not desktop.titled("Configuration Profiles"))
    wireshark.menu("Suspect Hosts")
    second = wireshark.wait_window(REPORT, count=2)
    wait_for("the report of the new profile", lambda: "link: hosts are" in wireshark.text(second))
    assert "auto: hosts are" in report
    wireshark.press(window, "Refresh")
    wait_for("the report", lambda: wireshark.text(window) == report)
    wireshark.quit_cleanly()
