"""The benchmark of detection can fail: it counts what is missed and whom the report wrongs.

SPDX-License-Identifier: GPL-2.0-or-later
"""
import json
import os
import subprocess
import sys

import pytest

from conftest import BUILD, ROOT

HEADER = "# a comment\ncapture\tsuspects\trule\talso_ok\tlevel\toptions\n"


@pytest.fixture(scope="module")
def folder(installed_tshark):
    folder = installed_tshark.folder / "detection"
    folder.mkdir()
    folder.chmod(0o755)
    subprocess.run([sys.executable, ROOT / "tests/generate/office.py", folder / "office.pcapng",
                    folder / "truth.json"], check=True)
    return folder


@pytest.fixture(scope="module")
def suspects(folder):
    return json.loads((folder / "truth.json").read_text())["suspects"]


def detection(folder, *rows):
    (folder / "truth.tsv").write_text(HEADER + "".join("\t".join(row) + "\n" for row in rows))
    return subprocess.run([ROOT / "tests/bench/detection", folder / "truth.tsv"], text=True,
                          capture_output=True, env={**os.environ, "HOSTGRAPH_BUILD": str(BUILD)})


def row(suspects, rules, also="-", level="must", capture="office.pcapng", options=""):
    return capture, ",".join(suspects) or "-", ",".join(rules) or "-", also, level, options


def test_all_is_found(folder, suspects):
    rules = [rule for some in suspects.values() for rule in some]
    done = detection(folder, row(suspects, rules))
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Recall on must: 1.000 (2 of 2). False suspects: 0" in done.stdout


def test_other_rules_do_not_count(folder, suspects):
    done = detection(folder, row(suspects, ["mail-spray"]))
    assert done.returncode == 1
    assert "Recall on must: 0.000 (0 of 2). False suspects: 0" in done.stdout


def test_false_suspects_count(folder, suspects):
    one, other = suspects
    assert detection(folder, row([one], suspects[one], also=other)).returncode == 0
    for listed, count in ([one], 1), ([], 2):
        done = detection(folder, row(listed, suspects[one]))
        assert done.returncode == 1
        assert f"False suspects: {count}" in done.stdout


def test_stretch_is_told_apart(folder, suspects):
    done = detection(folder, row(suspects, ["mail-spray"], level="stretch"))
    assert done.returncode == 0
    assert "Recall on must: none wanted" in done.stdout


def test_what_is_missing_is_said(folder):
    done = detection(folder, row([], [], capture="gone.pcap"))
    assert done.returncode == 2 and "gone.pcap: no such capture" in done.stderr
    done = subprocess.run([ROOT / "tests/bench/detection", folder / "gone.tsv"], text=True,
                          capture_output=True)
    assert done.returncode == 2 and "gone.tsv" in done.stderr


def test_a_run_that_fails_is_no_success(folder):
    done = detection(folder, row([], [], options="rule=no-such-rule"))
    assert done.returncode == 1 and "no-such-rule" in done.stdout
