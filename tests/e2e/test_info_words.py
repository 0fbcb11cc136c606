"""Words of the Info column that tell which frames are worth to be dissected again are the words of the
Wireshark that the tests run with: a reworded dissector fails here instead of losing evidence in silence.

For each row of the table (build/tests/hostgraph-evidence-page --words) every frame that its display filter
selects has the words in Info, as tshark shows it, and there are such frames in what is generated here.

SPDX-License-Identifier: GPL-2.0-or-later
"""
import pathlib
import subprocess
import sys

import pytest
from conftest import BUILD, ROOT, captures

sys.path.insert(0, str(ROOT / "tests" / "generate"))
import logins  # noqa: E402
import scene  # noqa: E402
import scenes  # noqa: E402
import worded  # noqa: E402

SCENES = ("remote-control", "wmi-exec", "task-exec", "eternal-blue", "web-browsing")
COLUMNS = '"Info","%i","Layers","%Cus:frame.protocols:0:R"'


def table():
    """(source, filter, words, whether Info shows only the last of several messages) of each row."""
    printed = subprocess.run([BUILD / "tests/hostgraph-evidence-page", "--words"], check=True,
                             capture_output=True, text=True).stdout
    rows = [line.split("\t") for line in printed.splitlines()]
    return [(source, wanted, [word for word in (first, second) if word], last == "last")
            for source, wanted, first, second, last in rows]


@pytest.fixture(scope="module")
def generated(installed_tshark):
    """A capture that holds frames of every row."""
    folder = installed_tshark.folder / "worded"
    folder.mkdir()
    for kind in logins.KINDS:
        logins.write(kind, folder / f"{kind}.pcapng", folder / f"{kind}.json")
    for kind in SCENES:
        if kind in scenes.KINDS:
            scene.make(scenes.KINDS, kind, 1, folder / f"{kind}.pcap")
    worded.write(folder / "worded.pcapng")
    together = folder / "together.pcapng"
    subprocess.run(["mergecap", "-w", together, *sorted(folder.glob("*.pcap*"))], check=True)
    folder.chmod(0o755)
    together.chmod(0o644)
    return together


def frames(tshark, path, wanted):
    """(Info, layers) of each frame."""
    done = tshark("-n", "-r", path, "-Y", wanted, "-T", "tabs", "-o", f"gui.column.format:{COLUMNS}")
    assert done.status == 0 or "The file" in done.err, done  # cut short or corrupt, not the filter
    return [(info, layers.split(":")) for info, _, layers in
            (line.rpartition("\t") for line in done.out.splitlines())]


def infos(tshark, path, wanted, source, last):
    """Info of the frames; where it shows only the last message, of those that hold one."""
    return [info for info, layers in frames(tshark, path, wanted)
            if not (last and layers.count(source) > 1)]


def missing(tshark, path):
    rows = table()
    found = frames(tshark, path, " || ".join(f"({wanted})" for _, wanted, _, _ in rows))
    layers = {layer for _, names in found for layer in names}
    return [f"{path.name}: {source}: {words} not in {info!r}"
            for source, wanted, words, last in rows if source in layers
            for info in infos(tshark, path, wanted, source, last)
            if not all(word in info for word in words)]


def test_generated(tshark, generated):
    assert missing(tshark, generated) == []


def test_every_row_has_frames(tshark, generated):
    empty = [(source, wanted) for source, wanted, _, last in table()
             if not infos(tshark, generated, wanted, source, last)]
    assert empty == []


@pytest.mark.parametrize("name", captures())
def test_real_captures(tshark, capture, name):
    assert missing(tshark, capture(name)) == []
