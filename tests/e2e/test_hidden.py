"""No output has a character that nobody can see or that turns others around: all show its escape.

SPDX-License-Identifier: GPL-2.0-or-later
"""
import json
import pathlib
import re
import shutil
import sqlite3
import subprocess
import sys
import xml.etree.ElementTree

import pytest

from hidden import HIDDEN, shown

GENERATE = pathlib.Path(__file__).resolve().parents[1] / "generate"
NAME = "\u202efdp.hostile"  # of the capture
SUFFIXES = ("json", "ndjson", "cyjs", "html", "graphml", "gexf", "svg", "dot", "csv", "txt", "sqlite", "conn.csv",
            "conn.ndjson")
# The DNS name, TLS name, HTTP host and user of one pair, and those of the pair that asks for the escape.
RIGHT_TO_LEFT = "\u202eright-to-left"


def texts_of_json(value):
    if isinstance(value, dict):
        for key, member in value.items():
            yield key
            yield from texts_of_json(member)
    elif isinstance(value, list):
        for member in value:
            yield from texts_of_json(member)
    elif isinstance(value, str):
        yield value


def texts_of_store(path):
    """Of all columns of all tables."""
    with sqlite3.connect(path) as store:
        for (table,) in store.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            for row in store.execute(f'SELECT * FROM "{table}"'):
                yield from (cell for cell in row if isinstance(cell, str))


def texts(path):
    """All texts of a file as its reader gets them."""
    if path.suffix == ".sqlite":
        return list(texts_of_store(path))
    text = path.read_bytes().decode("utf-8")  # strictly
    found = [text]
    if path.suffix in (".json", ".cyjs"):
        found += texts_of_json(json.loads(text))
    elif path.suffix == ".ndjson":
        found += texts_of_json([json.loads(line) for line in text.splitlines()])
    elif path.suffix == ".html":
        data = re.findall(r'<script[^>]*type="application/json"[^>]*>(.*?)</script>', text, re.S)
        assert data
        found += texts_of_json([json.loads(part) for part in data])
    elif path.suffix in (".graphml", ".gexf", ".svg"):
        root = xml.etree.ElementTree.fromstring(text)
        found += [part for node in root.iter() for part in (*node.attrib.values(), node.text or "", node.tail or "")]
    return found


@pytest.fixture(scope="module")
def outputs(installed_tshark):
    """The folder of all exports, and what tshark printed."""
    work = installed_tshark.folder / "hidden"
    work.mkdir()
    capture = work / f"{NAME}.pcapng"
    subprocess.run([sys.executable, GENERATE / "hostile.py", capture], check=True)
    installed_tshark.clear()
    exports = [f"export=x.{suffix}" for suffix in SUFFIXES]
    done = installed_tshark.hostgraph(capture, "top=0", "suspect=10.66.1.21", "suspect=10.66.1.39", *exports)
    for path in installed_tshark.work.iterdir():
        shutil.copy(path, work / path.name)
    installed_tshark.clear()
    return work, done


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_no_export_has_one(outputs, suffix):
    folder, _ = outputs
    paths = sorted(folder.glob(f"x*.{suffix}"))
    assert paths
    for path in paths:
        found = texts(path)
        assert not [text for text in found if HIDDEN.search(text)], path
        # What stands there instead says what it was.
        if path.name not in ("x.edges.csv", "x.conn.csv"):
            assert [text for text in found if shown(RIGHT_TO_LEFT) in text.replace("\\\\", "\\")], path


def test_text_report(outputs):
    _, done = outputs
    assert done.status == 0, done
    assert shown(RIGHT_TO_LEFT) in done.out and f"{shown(NAME)}.pcapng" in done.out
    assert not HIDDEN.search(done.out) and not HIDDEN.search(done.err)


def test_the_store_keeps_what_it_was(outputs):
    """The user with the character and the one whose name is its escape are two, and known exactly."""
    folder, _ = outputs
    with sqlite3.connect(folder / "x.sqlite") as store:
        rows = store.execute("SELECT user, user_raw FROM logins WHERE user = ?", (shown(RIGHT_TO_LEFT),)).fetchall()
    users = {bytes.fromhex(raw).decode() if raw else user for user, raw in rows}
    assert users == {RIGHT_TO_LEFT, shown(RIGHT_TO_LEFT)}


@pytest.mark.parametrize("option", [f"export=missing/{NAME}.json", f"export=x.{NAME}", f"suspect=1.2.3.{NAME}",
                                    f"baseline={NAME}.sqlite", f"allow={NAME}", f"{NAME}=1"])
def test_no_message_has_one(outputs, tshark, option):
    folder, _ = outputs
    done = tshark.hostgraph(folder / f"{NAME}.pcapng", option)
    text = done.out + done.err
    assert shown(NAME) in text and not HIDDEN.search(text), done


def test_no_packet_field_has_one(outputs, tshark):
    folder, _ = outputs
    done = tshark("-2", "-o", "hostgraph.mark:TRUE", "-r", folder / f"{NAME}.pcapng", "-Y", "hostgraph.finding",
                  "-T", "fields", "-e", "hostgraph.finding.evidence", "-e", "hostgraph.suspect")
    assert done.out and not HIDDEN.search(done.out), done
