"""Statistics > Host Graph > Export Host Graph...

SPDX-License-Identifier: GPL-2.0-or-later
"""
import json

import networkx
import pandas
import pytest

from desktop import wait_for
from wireshark import EXPORT, EXPORTED, REPLACE, REPORT, SCREENSHOTS


def export(wireshark, *values):
    """Fills the dialog in and waits for the word that it is done: the names of the files."""
    dialog = wireshark.wait_window(EXPORT)
    wireshark.fill(dialog, *values)
    window = wireshark.wait_window(EXPORTED)
    text = wireshark.text(window)
    wireshark.close_window(window)
    return text.splitlines()[2:]


def written_by_tshark(home, path, name, *options):
    target = home.work / f"tshark-{name}"
    home.tshark("-2", "-q", "-r", path.name, "-z",
                ",".join(["hostgraph", "text=no", f"export={target}", *options]))
    return target


def test_every_format_as_the_command_line_writes_it(start, home, generated):
    path = home.copy(generated("office"))
    wireshark = start("-r", path.name)
    wireshark.main(path.name)
    for name in ("a.json", "a.graphml", "a.dot"):
        wireshark.menu("Export Host Graph…")
        dialog = wireshark.wait_window(EXPORT)
        wireshark.desktop.screenshot(SCREENSHOTS / "export-dialog.png", dialog)
        assert export(wireshark, home.work / name, "10.20.0.24, 10.20.0.27") == [
            str(home.work / name)]
        expected = written_by_tshark(home, path, name, "suspect=10.20.0.24", "suspect=10.20.0.27")
        assert (home.work / name).read_bytes() == expected.read_bytes()
    graph = networkx.read_graphml(home.work / "a.graphml")
    data = json.loads((home.work / "a.json").read_text())
    assert graph.is_directed() and len(graph) == len(data["nodes"]) > 0
    total = int(home.tshark("-r", path.name, "-T", "fields", "-e", "frame.number").split()[-1])
    assert data["graph"]["packets"] == total
    assert {node["id"] for node in data["nodes"] if node["suspect"]} >= {"10.20.0.24", "10.20.0.27"}

    # Two files for one name; names beside the capture may be short.
    wireshark.menu("Export Host Graph…")
    assert export(wireshark, "b.csv") == [str(home.work / name)
                                          for name in ("b.hosts.csv", "b.edges.csv")]
    assert len(pandas.read_csv(home.work / "b.hosts.csv")) == len(graph)
    wireshark.quit_cleanly()


def test_offered_values(start, home, sweep):
    wireshark = start("-r", sweep.name, "-Y", "frame.number <= 10")
    wireshark.main(sweep.name)
    # Nothing changed: beside the capture, with the display filter in force.
    wireshark.menu("Export Host Graph…")
    assert export(wireshark) == [str(home.work / "sweep.graphml")]
    expected = written_by_tshark(home, sweep, "a.graphml", "filter=frame.number <= 10")
    assert (home.work / "sweep.graphml").read_bytes() == expected.read_bytes()
    # Folder, format and suspects are remembered.
    folder = home.work / "graphs, and more"
    folder.mkdir()
    home.give()
    wireshark.menu("Export Host Graph…")
    first = folder / "first.json"
    assert export(wireshark, first, "10.40.0.30", "") == [str(first)]
    wireshark.menu("Export Host Graph…")
    second = folder / "sweep.json"
    assert export(wireshark, None, None, "") == [str(second)]
    assert second.read_bytes() == first.read_bytes()
    assert json.loads(first.read_text())["graph"]["packets"] == 37
    # Of a format with a longer suffix, all of it.
    wireshark.menu("Export Host Graph…")
    assert export(wireshark, folder / "first.conn.csv", "10.40.0.30", "") == [str(folder / "first.conn.csv")]
    wireshark.menu("Export Host Graph…")
    assert export(wireshark, None, None, "") == [str(folder / "sweep.conn.csv")]
    assert [node["id"] for node in json.loads(first.read_text())["nodes"]
            if node["id"] == "10.40.0.30" and node["suspect"]]
    wireshark.quit_cleanly()


def test_old_files_are_replaced_only_when_the_user_says_so(start, home, sweep):
    old, other = home.work / "old.json", home.work / "other.json"
    old.write_text("precious")
    home.give()
    wireshark = start("-r", sweep.name)
    wireshark.main(sweep.name)
    wireshark.menu("Export Host Graph…")
    wireshark.fill(wireshark.wait_window(EXPORT), old)
    question = wireshark.wait_window(REPLACE)
    wireshark.desktop.screenshot(SCREENSHOTS / "replace.png", question)
    wireshark.close_window(question)
    assert old.read_text() == "precious"
    # Another name.
    wireshark.menu("Export Host Graph…")
    wireshark.fill(wireshark.wait_window(EXPORT), old)
    wireshark.fill(wireshark.wait_window(REPLACE), other)
    wireshark.close_window(wireshark.wait_window(EXPORTED))
    assert old.read_text() == "precious" and json.loads(other.read_text())["nodes"]
    # Yes.
    wireshark.menu("Export Host Graph…")
    wireshark.fill(wireshark.wait_window(EXPORT), old)
    wireshark.fill(wireshark.wait_window(REPLACE))
    wireshark.close_window(wireshark.wait_window(EXPORTED))
    assert old.read_bytes() == other.read_bytes()
    wireshark.quit_cleanly()


@pytest.mark.parametrize("values, message", [
    (("no-such-folder/a.json",), ".*no-such-folder"), (("a.unknown",), ".*unknown"),
    (("",), "No file was entered"), (("a.json", "", "no.such.field == 1"), ".*no.such.field"),
    (("a.json", "", "ip.src =="), ".*ip.src =="),
], ids=["folder", "format", "no name", "field", "filter"])
def test_errors_are_shown_and_nothing_is_written(start, home, sweep, values, message):
    wireshark = start("-r", sweep.name)
    wireshark.main(sweep.name)
    before = set(home.work.iterdir())
    wireshark.menu("Export Host Graph…")
    wireshark.fill(wireshark.wait_window(EXPORT), *values)
    wireshark.message(message)
    assert set(home.work.iterdir()) == before
    assert not wireshark.desktop.titled(EXPORTED)
    # And it can be tried again.
    wireshark.menu("Export Host Graph…")
    good = str(home.work / "good.json")
    assert export(wireshark, good, "10.40.0.10;10.9.9.9", "") == [
        good, "", "No packet shows 10.9.9.9."]
    wireshark.quit_cleanly()


def test_from_the_report_window(start, home, sweep):
    """The options of that window's report hold for its exports."""
    target = home.work / "from-window.json"
    wireshark = start("-r", sweep.name, "-z",
                      f"hostgraph,layer=link,export={target},suspect=02:00:0a:28:00:0a")
    wireshark.main(sweep.name)
    window = wireshark.wait_window(REPORT)
    wait_for("the report", lambda: "02:00:0a:28:00:17" in wireshark.text(window))
    assert not target.exists(), "drawing a window wrote a file"
    wireshark.press(window, "Export…")
    assert export(wireshark) == [str(target)]
    expected = written_by_tshark(home, sweep, "a.json", "layer=link",
                                 "suspect=02:00:0a:28:00:0a")
    assert target.read_bytes() == expected.read_bytes()
    wireshark.quit_cleanly()
