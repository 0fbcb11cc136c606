"""info=full: whole Info texts for who asks for them, and every output says so; by default neither.

SPDX-License-Identifier: GPL-2.0-or-later
"""
import csv
import json
import pathlib
import re
import sqlite3
import sys
import xml.etree.ElementTree

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "generate"))
import wire  # noqa: E402
from lan import SECOND, Connection, Host, Lan  # noqa: E402

SUFFIXES = ("json", "ndjson", "cyjs", "html", "graphml", "gexf", "svg", "dot", "csv", "txt", "sqlite", "conn.csv",
            "conn.ndjson")
FTP, POP = b"open-sesame-ftp", b"open-sesame-pop"
SAYS = "full: they may hold passwords and other secrets"


@pytest.fixture(scope="module")
def capture(installed_tshark):
    """The password is in the first packet of the client's side, whose Info text is kept."""
    lan = Lan(Host("gateway", "10.70.0.1", "02:00:0a:46:00:01"), seed=70)
    client = Host("client", "10.70.0.10", "02:00:0a:46:00:0a")
    server = Host("server", "10.70.0.11", "02:00:0a:46:00:0b")
    time = Connection(lan, 1767607200 * SECOND, client, server, 21).client(b"PASS " + FTP + b"\r\n").close()
    Connection(lan, time, client, server, 110).client(b"PASS " + POP + b"\r\n").close()
    path = installed_tshark.folder / "passwords.pcapng"
    wire.write_pcapng(path, lan.in_order())
    return path


def run(tshark, path, *options, **more):
    """What tshark printed, and {name: bytes} of all exports."""
    done = tshark.hostgraph(path, "suspect=10.70.0.10", *options,
                            *[f"export=x.{suffix}" for suffix in SUFFIXES], **more)
    return done, {name: (tshark.work / name).read_bytes() for name in tshark.files() if name.startswith("x.")}



def marks(tshark, files):
    """{name: whether it says that Info texts are whole}, each read as its readers do."""
    def record(name):
        return json.loads(files[name])

    with sqlite3.connect(tshark.work / "x.sqlite") as store:
        meta = store.execute("SELECT value FROM meta WHERE key = 'info'").fetchall()
    page = files["x.html"].decode()
    data = re.search(r'<script type="application/json" id="record">(.*?)</script>', page, re.S)[1]
    gexf = xml.etree.ElementTree.fromstring(files["x.gexf"])
    svg = xml.etree.ElementTree.fromstring(files["x.svg"])
    capture_line = lambda name: json.loads(files[name].splitlines()[0])["hostgraph"]
    rows = {name: list(csv.DictReader(files[name].decode().splitlines()))
            for name in ("x.hosts.csv", "x.edges.csv", "x.conn.csv")}
    return {
        "x.json": record("x.json")["graph"].get("info") == "full",
        "x.ndjson": capture_line("x.ndjson").get("info") == "full",
        "x.conn.ndjson": capture_line("x.conn.ndjson").get("info") == "full",
        "x.cyjs": record("x.cyjs")["data"].get("info") == "full",
        "x.html": 'id="info-texts"' in page and SAYS in page and json.loads(data)["graph"].get("info") == "full",
        "x.graphml": SAYS in files["x.graphml"].decode().partition("<graphml")[0],
        "x.gexf": SAYS in gexf.find(".//{*}description").text,
        "x.svg": any(SAYS in (text.text or "") for text in svg.iter("{http://www.w3.org/2000/svg}text")),
        "x.dot": SAYS in files["x.dot"].decode().partition("digraph")[0],
        **{name: all(row.get("info_texts") == "full" for row in table) for name, table in rows.items()},
        "x.txt": f"Info texts     {SAYS}" in files["x.txt"].decode(),
        "x.sqlite": meta == [("full",)],
    }


def test_by_default_nothing_is_whole(tshark, capture):
    done, files = run(tshark, capture)
    assert done.status == 0, done
    assert not any(marks(tshark, files).values())
    for password in (FTP, POP):
        assert password.decode() not in done.out
        assert not [name for name, content in files.items() if password in content]
    tshark.clear()
    asked, same = run(tshark, capture, "info=safe")
    assert same == files and asked.out == done.out


@pytest.mark.parametrize("before, options", [((), ("info=full",)), (("-o", "hostgraph.info:full"), ()),
                                             (("-2",), ("info=full",))])
def test_full(tshark, capture, before, options):
    done, files = run(tshark, capture, *options, before=before)
    assert done.status == 0, done
    assert [name for name, said in marks(tshark, files).items() if not said] == []
    assert set(marks(tshark, files)) == set(files)
    assert f"Info texts     {SAYS}" in done.out
    for password in (FTP, POP):
        assert password.decode() in done.out
        assert {name for name, content in files.items() if password in content} == {"x.txt", "x.sqlite"}


def test_the_command_line_overrides_the_preference(tshark, capture):
    done, files = run(tshark, capture, "info=safe", before=["-o", "hostgraph.info:full"])
    assert done.status == 0 and not any(marks(tshark, files).values()), done
    assert FTP not in files["x.sqlite"]


@pytest.mark.parametrize("before, options", [((), ("info=full",)), (("-o", "hostgraph.info:full"), ())])
def test_not_with_pseudonyms(tshark, capture, before, options):
    """Refused in one line, and nothing is written."""
    tshark.write("key", "a key of sixteen bytes or more\n")
    done, files = run(tshark, capture, "pseudonyms=key", *options, before=before)
    assert done.status == 1 and done.out == "" and files == {}, done
    lines = [line for line in done.err.splitlines() if "hostgraph" in line]
    assert len(lines) == 1 and "info=full" in lines[0] and "pseudonyms=" in lines[0], done
    fine, files = run(tshark, capture, "pseudonyms=key", "info=safe", before=before)
    assert fine.status == 0 and not any(marks(tshark, files).values()), fine


def test_bad_value(tshark, capture):
    done = tshark.hostgraph(capture, "info=loud", "export=x.json")
    assert done.status == 1 and "info=loud: valid are safe and full" in done.err and tshark.files() == []


def test_without_evidence_there_is_no_info(tshark, capture):
    done, files = run(tshark, capture, "info=full", "evidence=no")
    assert done.status == 0 and not any(marks(tshark, files).values()), done
    assert not [name for name, content in files.items() if FTP in content]


def test_a_store_remembers(tshark, capture):
    """Added to, it stays marked. Under pseudonyms a baseline like that has no Info text to show."""
    def add(days, *options):
        """Again, at another time: else it would be the capture that the store has."""
        later = tshark.work / f"later-{days}.pcapng"
        done = tshark("-r", capture, "-w", tshark.work / "raw.pcapng")
        assert done.status == 0, done
        done = tshark("-t", str(days * 86400), "raw.pcapng", later.name, program="editcap")
        assert done.status == 0, done
        done = tshark.hostgraph(later.name, "text=no", "append=yes", "export=all.sqlite", *options)
        assert done.status == 0, done
        with sqlite3.connect(tshark.work / "all.sqlite") as store:
            return store.execute("SELECT value FROM meta WHERE key = 'info'").fetchall()

    assert add(0) == []
    assert add(1, "info=full") == [("full",)]
    assert add(2) == [("full",)]
    tshark.write("key", "a key of sixteen bytes or more\n")
    done, files = run(tshark, capture, "baseline=all.sqlite", "pseudonyms=key")
    assert done.status == 0 and not any(marks(tshark, files).values()), done
    assert not [name for name, content in files.items() if FTP in content or POP in content]
    refused = tshark.hostgraph(capture, "text=no", "append=yes", "export=all.sqlite", "pseudonyms=key")
    assert refused.status == 1 and "pseudonyms=(none)" in refused.err, refused
