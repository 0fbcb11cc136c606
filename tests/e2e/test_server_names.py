"""Names of servers by TLS are those that tshark's dissector shows, however the ClientHello is sent.

SPDX-License-Identifier: GPL-2.0-or-later
"""
import pathlib
import sqlite3
import subprocess
import sys

import pytest
from conftest import captures

GENERATE = pathlib.Path(__file__).resolve().parents[1] / "generate"
TLS = 2  # among the sources of the store's names
# The names that hostile.py sends have separators of lists and lines in them.
SEPARATOR = "\x1c"


def stored(tshark, path, *options, **more):
    """{(address, name)} in the store."""
    done = tshark.hostgraph(path, "text=no", "layer=net", "export=names.sqlite", *options, **more)
    assert (tshark.work / "names.sqlite").exists(), done
    with sqlite3.connect(tshark.work / "names.sqlite") as store:
        rows = store.execute("SELECT address, name FROM names WHERE sources & ?", (TLS,)).fetchall()
    tshark.clear()
    return set(rows)


def shown(tshark, path):
    """The same as tshark dissects it."""
    done = tshark("-n", "-r", path, "-Y", "tls.handshake.extensions_server_name", "-T", "fields",
                  "-E", f"aggregator={SEPARATOR}", "-e", "_ws.col.Destination",
                  "-e", "tls.handshake.extensions_server_name")
    lines = [line.split("\t", 1) for line in done.out.split("\n")[:-1]]
    names = {(address, name.split(SEPARATOR)[0]) for address, name in lines}
    return {(address, name) for address, name in names if name}


@pytest.mark.parametrize("name", captures())
def test_real_captures(tshark, capture, name):
    path = capture(name)
    assert stored(tshark, path) == shown(tshark, path)


@pytest.mark.parametrize("columns", [None, '"Info","%i"', '"No.","%m"'])
def test_hellos(tshark, installed_tshark, columns):
    """In one segment, in several, behind other words; with the columns that tell, and without."""
    path = installed_tshark.folder / "hellos.pcapng"
    subprocess.run([sys.executable, GENERATE / "small.py", "hellos", path], check=True)
    before = ["-o", f"gui.column.format:{columns}"] if columns else []
    names = stored(tshark, path, before=before)
    assert names == shown(tshark, path)
    assert {name for _, name in names} == {"w0.example", "w1.example", "w2.example", "w3.example",
                                           "mail.example", "tagged.example"}


def test_hostile_names(tshark, installed_tshark):
    """As the dissector shows them, but for characters that are not to be printed."""
    path = installed_tshark.folder / "hostile.pcapng"
    subprocess.run([sys.executable, GENERATE / "hostile.py", path], check=True)
    names, theirs = stored(tshark, path), shown(tshark, path)
    assert {address for address, _ in names} == {address for address, _ in theirs}
    # tshark writes some of those characters with a backslash.
    plain = {(address, name) for address, name in theirs
             if name.isprintable() and "\\" not in name}
    assert len(plain) > 20
    assert plain <= names
