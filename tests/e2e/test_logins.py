"""Logins that servers turn down: counted as often as they are, by nobody but who tried, and selected by
the finding's filter.

SPDX-License-Identifier: GPL-2.0-or-later
"""
import json
import pathlib
import subprocess
import sys

import pytest

GENERATE = pathlib.Path(__file__).resolve().parents[1] / "generate"
sys.path.insert(0, str(GENERATE))
import logins  # noqa: E402


@pytest.fixture
def made(installed_tshark):
    """(capture, truth) of a kind."""
    def make(kind):
        capture = installed_tshark.folder / f"{kind}.pcapng"
        truth = installed_tshark.folder / f"{kind}.json"
        subprocess.run([sys.executable, str(GENERATE / "logins.py"), kind, str(capture), str(truth)],
                       check=True)
        return capture, json.loads(truth.read_text())
    return make


def frames(tshark, capture, wanted):
    return [int(number) for number, in
            tshark.fields(capture, "frame.number", before=("-Y", wanted))]


@pytest.mark.parametrize("kind", logins.KINDS)
def test_failures_are_counted(tshark, made, kind):
    capture, truth = made(kind)
    assert frames(tshark, capture, "_ws.malformed") == []
    failed = frames(tshark, capture, truth["packets"])
    assert len(failed) == truth["failures"]
    finding, = tshark.json(capture, "rule=brute-force")["findings"]
    assert (finding["host"], finding["peers"]) == (truth["client"], [truth["server"]])
    assert finding["measured"] == truth["failures"]
    assert frames(tshark, capture, finding["filter"]) == failed
    assert set(finding["frames"]) <= set(failed)
    assert (finding["first_frame"], finding["last_frame"]) == (failed[0], failed[-1])


@pytest.mark.parametrize("kind", logins.KINDS)
def test_one_more_is_asked_for(tshark, made, kind):
    """Who is told "no" to something else, or is asked to go on, adds nothing."""
    capture, truth = made(kind)
    record = tshark.json(capture, "rule=brute-force",
                         f"set=brute-force.attempts={truth['failures'] + 1}")
    assert record["findings"] == []


@pytest.mark.parametrize("kind", logins.KINDS)
def test_cut_short(tshark, made, kind):
    """With little kept of each packet there is less to see, and still nobody else to blame."""
    capture, truth = made(kind)
    cut = tshark.work / "cut.pcapng"
    done = tshark("-s", "90", capture, cut, program="editcap")
    assert done.status == 0, done
    for finding in tshark.json(cut, "rule=brute-force")["findings"]:
        assert finding["host"] == truth["client"]
        assert finding["measured"] <= truth["failures"]
