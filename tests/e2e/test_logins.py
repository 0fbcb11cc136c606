"""Logins that servers turn down: counted as often as they are, by nobody but who tried, and selected by
the finding's filter.

SPDX-License-Identifier: GPL-2.0-or-later
"""
import json
import pathlib
import re
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


# Where the password is sent as it is, and whose login it is. A store says whose, and of the password one class of
# sixteen, the same each time; over Telnet it is typed, and for VNC nobody is named.
TOLD = {"ftp": "FTP password-X\troot", "pop": "POP password-X\tbob", "imap": "IMAP password-X\tbob",
        "smtp": "SMTP password-X\tbob", "http": "HTTP password-X\tbob", "telnet": "TELNET\tbob",
        "ldap": "LDAP password-X\tcn=bob", "kerberos": "KRB5\tbob", "smb2": "SMB\tbob", "smb1": "SMB\tbob",
        "mysql": "MySQL\tbob", "pgsql": "PGSQL", "tds": "TDS\tbob", "vnc": "VNC"}


@pytest.mark.parametrize("kind", logins.KINDS)
def test_whose_logins_they_are(tshark, made, kind):
    capture, truth = made(kind)
    rows = tshark.rows(capture, "SELECT subject, sum(packets) FROM observations WHERE kind = 'login-failure'"
                                " GROUP BY subject", ())
    assert [(re.sub("password-[a-p]", "password-X", subject), count) for subject, count in rows] == \
        [(TOLD[kind], truth["failures"])]


@pytest.mark.parametrize("kind", logins.KINDS)
def test_one_user_is_a_weak_sign(tshark, made, kind):
    """With one password, or one that is not told; nobody is named over some protocols."""
    capture, truth = made(kind)
    record = tshark.json(capture, "rule=brute-force")
    suspects = [node["id"] for node in record["nodes"] if node["suspect"]]
    assert suspects == ([] if "\t" in TOLD[kind] else [truth["client"]])
    finding, = record["findings"]
    assert ("an outdated password" in finding["evidence"]) == ("\t" in TOLD[kind])


@pytest.mark.parametrize("kind", logins.KINDS)
def test_answers_only(tshark, made, kind):
    """Where only the server's side was captured, less is known, and still nobody else to blame."""
    capture, truth = made(kind)
    answers = tshark.work / "answers.pcapng"
    done = tshark("-r", capture, "-Y", f"ip.src == {truth['server']}", "-w", answers)
    assert done.status == 0, done
    for finding in tshark.json(answers, "rule=brute-force")["findings"]:
        assert finding["host"] == truth["client"]
        assert finding["measured"] <= truth["failures"]
