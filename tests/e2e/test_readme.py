"""The report that README.md shows is the one that tshark prints.

SPDX-License-Identifier: GPL-2.0-or-later
"""
import pathlib
import re
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[2]


def test_report_is_real(tshark):
    # office.pcapng, as README calls it, in the folder that tshark may read.
    capture = tshark.work / "office.pcapng"
    subprocess.run(["/usr/bin/python3", ROOT / "tests/generate/office.py", capture,
                    tshark.folder / "truth.json"], check=True, stdout=subprocess.DEVNULL)
    capture.chmod(0o644)
    printed = tshark.hostgraph("office.pcapng").out
    block = re.search(r"```report\n(.*?)```", (ROOT / "README.md").read_text(), re.S).group(1)
    parts = block.strip("\n").split("[...]\n")
    assert len(parts) > 3
    at = 0
    for part in parts:
        found = printed.find(part, at)
        assert found >= 0, f"not in the report (any more):\n{part}"
        at = found + len(part)
