"""Statistics > Host Graph > Save as Baseline... and Compare with Baseline...

SPDX-License-Identifier: GPL-2.0-or-later
"""
from desktop import wait_for
from wireshark import FORMS, REPORT

SAVED = r"^Wireshark · Baseline Saved$"


def test_saved_then_compared_with(start, home, generated, sweep):
    known, other = home.copy(generated("office")), sweep
    wireshark = start("-r", known.name, "-Y", "frame.number < 5")
    wireshark.main(known.name)
    # Beside the capture, and all of it, whatever the display filter is.
    wireshark.menu("Save as Baseline…")
    wireshark.fill(wireshark.wait_window(FORMS["Save as Baseline…"]))
    window = wireshark.wait_window(SAVED)
    total = home.tshark("-r", known.name, "-T", "fields", "-e", "frame.number").split()[-1]
    text = wireshark.text(window)
    assert text.startswith(f"{total} packets, ") and str(home.work / "baseline.sqlite") in text
    wireshark.close_window(window)
    # Offered from then on, for the next file, too.
    wireshark.close_file()
    wireshark.open_file(other)
    wireshark.menu("Compare with Baseline…")
    wireshark.fill(wireshark.wait_window(FORMS["Compare with Baseline…"]))
    window = wireshark.wait_window(REPORT)
    expected = home.tshark("-2", "-q", "-r", other.name, "-z",
                           f"hostgraph,baseline={home.work / 'baseline.sqlite'}").strip()
    wait_for("the report", lambda: wireshark.text(window) == expected)
    wireshark.close_window(window)
    # What is no baseline is said.
    (home.work / "no.sqlite").write_text("nothing")
    home.give()
    for name in ("no.sqlite", "missing.sqlite"):
        wireshark.menu("Compare with Baseline…")
        wireshark.fill(wireshark.wait_window(FORMS["Compare with Baseline…"]), name)
        wireshark.message(f".*{name}")
    assert not wireshark.desktop.titled(REPORT)
    # Another capture is added.
    wireshark.menu("Save as Baseline…")
    wireshark.fill(wireshark.wait_window(FORMS["Save as Baseline…"]))
    wireshark.close_window(wireshark.wait_window(SAVED))
    wireshark.menu("Compare with Baseline…")
    wireshark.fill(wireshark.wait_window(FORMS["Compare with Baseline…"]))
    window = wireshark.wait_window(REPORT)
    wait_for("another report", lambda: wireshark.text(window) not in ("", expected))
    wireshark.quit_cleanly()
