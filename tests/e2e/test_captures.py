"""captures.txt names every real capture, so that tests are counted that cannot run for want of one.

SPDX-License-Identifier: GPL-2.0-or-later
"""
import re

import pytest

from conftest import CAPTURES, captures


def test_every_capture_is_named():
    """One that the folder has and the list does not would not be tested; one that its manifest has no
    more would be skipped for ever."""
    assert captures() == sorted(set(captures()))
    if not CAPTURES.is_dir():
        pytest.skip(f"no captures in {CAPTURES} (HOSTGRAPH_CAPTURES)")
    found = {path.name for path in CAPTURES.iterdir()
             if re.search(r"\.(pcap|pcapng|cap)(\.gz)?$", path.name)}
    manifest = CAPTURES / "MANIFEST.tsv"
    if manifest.exists():
        found |= {line.split("\t")[0] for line in manifest.read_text(encoding="utf-8").splitlines()[1:]}
        assert set(captures()) <= found
    assert found <= set(captures())
