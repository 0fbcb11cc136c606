"""Failed logins and remote control are read from what dissectors say in fields: whatever columns the user
has, in the first pass as in taps, and each message of a packet.

SPDX-License-Identifier: GPL-2.0-or-later
"""
import json
import pathlib
import sqlite3
import subprocess
import sys

import pytest

from conftest import captures

GENERATE = pathlib.Path(__file__).resolve().parents[1] / "generate"
sys.path.insert(0, str(GENERATE))
import logins  # noqa: E402
import scene  # noqa: E402
import scenes  # noqa: E402
import together  # noqa: E402

SCENES = ("remote-control", "wmi-exec", "task-exec", "eternal-blue", "spray-smb", "domain-morning")
COLUMNS = {"none": '"No.","%m","Time","%t"', "protocol": '"Protocol","%p"', "info": '"Info","%i"'}
# Of failed logins the protocol; whose they are is held against the truth in test_logins.py.
QUERY = """SELECT actor, peer, CASE kind WHEN 'login-failure'
                                THEN substr(subject, 1, instr(replace(subject, char(9), ' ') || ' ', ' ') - 1)
                                ELSE subject END, sum(packets) FROM observations
           WHERE kind IN ('login-failure', 'remote-control') GROUP BY 1, 2, 3 ORDER BY 1, 2, 3"""


def seen(tshark, capture, *before):
    """(who, to whom, what, how often)"""
    done = tshark.hostgraph(capture, "text=no", "export=seen.sqlite", before=before)
    path = tshark.work / "seen.sqlite"
    assert path.exists(), done
    with sqlite3.connect(path) as store:
        rows = store.execute(QUERY).fetchall()
    path.unlink()
    return rows


def suspects(tshark, capture, *before):
    """Of the marks, in a run of two passes."""
    done = tshark("-n", "-2", "-o", "hostgraph.mark:TRUE", *before, "-r", capture, "-T", "fields", "-E",
                  "occurrence=a", "-E", "aggregator=,", "-e", "hostgraph.suspect")
    assert done.status == 0, done
    return {host for host in done.out.replace("\n", ",").split(",") if host}


def marked_scores(tshark, capture):
    """{host: score} of all who sent something, by the marks of a run of two passes."""
    done = tshark("-n", "-2", "-o", "hostgraph.mark:TRUE", "-r", capture, "-T", "fields", "-e", "ip.src", "-e",
                  "hostgraph.src.score")
    return {host: float(text) for host, text in (line.split("\t") for line in done.out.splitlines())}


def generate(tshark, program, kind):
    path = tshark.folder / f"evidence-{kind}.pcapng"
    truth = tshark.folder / f"evidence-{kind}.json"
    subprocess.run([sys.executable, str(GENERATE / program), kind, str(path), str(truth)], check=True)
    path.chmod(0o644)
    return path, json.loads(truth.read_text())


def make_scene(tshark, kind):
    path = tshark.folder / f"evidence-{kind}.pcap"
    truth = scene.make(scenes.KINDS, kind, 1, path)
    path.chmod(0o644)
    return path, truth


@pytest.mark.parametrize("columns", [None, *COLUMNS])
@pytest.mark.parametrize("kind", together.KINDS)
def test_each_message_once(tshark, kind, columns):
    capture, truth = generate(tshark, "together.py", kind)
    malformed = tshark.fields(capture, "frame.number", before=("-Y", "_ws.malformed && !dcerpc"))
    assert malformed == []  # of the stubs of calls there is no truth
    before = ("-o", f"gui.column.format:{COLUMNS[columns]}") if columns else ()
    assert [list(row) for row in seen(tshark, capture, *before)] == truth


@pytest.mark.parametrize("kind", together.KINDS)
def test_cut_short(tshark, kind):
    """With less kept of each packet there is less to see, and nothing else."""
    capture, truth = generate(tshark, "together.py", kind)
    most = {tuple(row[:3]): row[3] for row in truth}
    for length in (60, 90, 110, 150, 200):
        cut = tshark.work / "cut.pcapng"
        assert tshark("-s", str(length), capture, cut, program="editcap").status == 0
        for *what, times in seen(tshark, cut):
            assert times <= most.get(tuple(what), 0), (length, what)


@pytest.mark.parametrize("columns", COLUMNS)
@pytest.mark.parametrize("kind", logins.KINDS)
def test_logins_without_columns(tshark, kind, columns):
    capture, truth = generate(tshark, "logins.py", kind)
    rows = seen(tshark, capture, "-o", f"gui.column.format:{COLUMNS[columns]}")
    assert [(actor, peer, times) for actor, peer, _, times in rows] == \
        [(truth["client"], truth["server"], truth["failures"])]


@pytest.mark.parametrize("columns", COLUMNS)
@pytest.mark.parametrize("kind", SCENES)
def test_control_without_columns(tshark, kind, columns):
    capture, truth = make_scene(tshark, kind)
    rows = seen(tshark, capture, "-o", f"gui.column.format:{COLUMNS[columns]}")
    assert rows == seen(tshark, capture)
    assert {actor for actor, *_ in rows} == {host for hosts, _ in truth.suspects for host in hosts}


@pytest.mark.parametrize("name", captures())
def test_captures_without_columns(tshark, capture, name):
    path = capture(name)
    assert seen(tshark, path, "-o", f"gui.column.format:{COLUMNS['none']}") == seen(tshark, path)


@pytest.mark.parametrize("kind", logins.KINDS)
def test_the_first_pass_sees_logins(tshark, kind):
    """And whose they are: one user again and again is a weak sign."""
    capture, truth = generate(tshark, "logins.py", kind)
    score = {node["id"]: node["score"] for node in tshark.json(capture)["nodes"]}
    assert score[truth["client"]] > 0
    assert marked_scores(tshark, capture) == {host: pytest.approx(score[host]) for host in score}


@pytest.mark.parametrize("kind", SCENES)
def test_the_first_pass_sees_control(tshark, kind):
    capture, truth = make_scene(tshark, kind)
    wanted = {node["id"] for node in tshark.json(capture)["nodes"] if node["suspect"]}
    assert {hosts[0] for hosts, _ in truth.suspects} <= wanted
    assert suspects(tshark, capture) == wanted


@pytest.mark.parametrize("kind", together.KINDS)
def test_the_first_pass_sees_each_message(tshark, kind):
    """As far as scores tell: they are those of the report."""
    capture, _ = generate(tshark, "together.py", kind)
    score = {node["id"]: node["score"] for node in tshark.json(capture)["nodes"]}
    assert marked_scores(tshark, capture) == {host: pytest.approx(score[host]) for host in score}


def test_unwatched_sequence_numbers(tshark):
    """Without Wireshark's analysis of TCP nothing tells what was sent again."""
    capture, truth = generate(tshark, "together.py", "ftp-again")
    (*who, times), = truth
    rows = seen(tshark, capture, "-o", "tcp.analyze_sequence_numbers:FALSE")
    assert [list(row[:3]) for row in rows] == [who] and rows[0][3] <= times + 1
