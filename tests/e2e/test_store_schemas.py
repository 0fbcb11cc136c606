"""Stores that older versions wrote live on: they are added to and compared with, and stay as they are
until they are written.

SPDX-License-Identifier: GPL-2.0-or-later
"""
import pathlib
import sqlite3
import subprocess
import sys

import pytest

TESTS = pathlib.Path(__file__).resolve().parents[1]
SCHEMAS = sorted((TESTS / "unit/export/store/schemas").glob("*.sql"))


@pytest.fixture(scope="module")
def captures(installed_tshark):
    """Those of which the older stores were written, and one that is not in them."""
    folder = installed_tshark.folder
    paths = [folder / name for name in ("schemas-first.pcapng", "schemas-second.pcapng", "schemas-new.pcapng")]
    subprocess.run([sys.executable, TESTS / "generate/stored.py", *paths[:2]], check=True)
    subprocess.run([sys.executable, TESTS / "generate/small.py", "ping-sweep", paths[2]], check=True)
    for path in paths:
        path.chmod(0o644)
    return paths


@pytest.fixture(params=SCHEMAS, ids=lambda path: f"schema-{path.stem}")
def older(tshark, request):
    """A store as it was written then; tshark may replace it."""
    built = tshark.folder / "older.sqlite"
    built.unlink(missing_ok=True)
    with sqlite3.connect(built) as store:
        store.executescript(request.param.read_text(encoding="utf-8"))
    store.close()
    path = tshark.work / "old.sqlite"
    tshark.write(path.name, "")
    path.write_bytes(built.read_bytes())
    return path


def packets(tshark, *paths):
    return sum(len(tshark.fields(path, "frame.number")) for path in paths)


def test_baseline(tshark, captures, older):
    """All that the capture shows is known, and nothing of what another one shows."""
    before = older.read_bytes()
    first, second, new = captures
    same = tshark.json(first, "baseline=old.sqlite")["graph"]["baseline"]
    assert same["new_hosts"] == same["new_macs"] == same["new_services"] == []
    assert same["packets"] == packets(tshark, first, second)
    other = tshark.json(new, "baseline=old.sqlite")["graph"]["baseline"]
    assert {host["host"] for host in other["new_hosts"]} == {
        address for row in tshark.fields(new, "ip.src", "ip.dst") for address in row}
    assert older.read_bytes() == before


def test_append(tshark, captures, older):
    done = tshark.hostgraph(captures[2], "append=yes", "export=old.sqlite")
    assert done.status == 0, done
    (line,) = done.err.splitlines()  # an older store tells none of its packets
    assert "overlap in time from 2026-01-05T10:00:00" in line and "may count twice" in line
    with sqlite3.connect(f"file:{older}?mode=ro", uri=True) as store:
        assert store.execute("PRAGMA user_version").fetchone()[0] > int(SCHEMAS[-1].stem)
        assert store.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert store.execute("SELECT sum(packets) FROM captures").fetchone()[0] == packets(tshark, *captures)
        assert store.execute("SELECT count(*) FROM captures").fetchone()[0] == 3
    assert tshark.files() == ["old.sqlite"]


def test_newer(tshark, captures, older):
    with sqlite3.connect(older) as store:
        store.execute("PRAGMA user_version = 99")
    store.close()
    before = older.read_bytes()
    for options in (("append=yes", "export=old.sqlite"), ("baseline=old.sqlite",)):
        done = tshark.hostgraph(captures[2], *options)
        (line,) = done.err.splitlines()
        assert done.status == 1 and "its schema is 99" in line and "reads 1 to" in line
    assert older.read_bytes() == before
