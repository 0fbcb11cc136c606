"""No secret gets out: planted by every protocol that has a login or a token, in every place where it can
stand, and looked for in everything that comes out, in all its forms.

Captures come from tests/generate/secrets: a case a protocol or a family of them. Its table protocols.tsv says
of protocols with logins or tokens how they are covered.
SPDX-License-Identifier: GPL-2.0-or-later
"""
import json
import re
import sqlite3
import sys

import pytest
from conftest import ROOT

GENERATE = ROOT / "tests" / "generate"
sys.path[:0] = [str(GENERATE / "secrets"), str(GENERATE)]
import forms  # noqa: E402
import planted  # noqa: E402
for module in sorted((GENERATE / "secrets").glob("planted_*.py")):
    __import__(module.stem)

FORMATS = ("html", "json", "ndjson", "graphml", "gexf", "cyjs", "dot", "svg", "csv", "txt", "sqlite")
NO_INFO = 'gui.column.format:"No.","%m","Source","%s","Destination","%d","Protocol","%p"'


# --- what comes out ---

def suspects(planting):
    """Options that red-flag every host, and trace what the first could have reached."""
    hosts = dict.fromkeys(host for secret in planting.secrets for host in secret.hosts)
    quoted = [host.replace(",", "\\,") for host in hosts]
    return [f"suspect={host}" for host in quoted] + [f"trace={quoted[0]}"]


def statistic(planting, name, *options):
    """The value of -z: all formats, and the report of all rows."""
    exports = [f"export={name}.{suffix}" for suffix in FORMATS]
    return ",".join(["hostgraph", "top=0", *options, *suspects(planting), *exports])


def texts_of(value):
    """All texts in what json holds."""
    if isinstance(value, dict):
        return [text for pair in value.items() for part in pair for text in texts_of(part)]
    if isinstance(value, list):
        return [text for part in value for text in texts_of(part)]
    return [value] if isinstance(value, str) else []


def decoded(path, content):
    """What stands in a file's escapes, records and cells."""
    if path.suffix == ".sqlite":
        store = sqlite3.connect(path)
        store.text_factory = bytes
        cells = [cell if isinstance(cell, bytes) else str(cell).encode()
                 for (table,) in store.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
                 for row in store.execute(f'SELECT * FROM "{table.decode()}"') for cell in row]
        store.close()
        return b"\n".join(cells)
    if path.suffix == ".html":
        content = re.search(rb'<script type="application/json" id="record">(.*?)</script>', content,
                            re.S).group(1)
    if path.suffix in (".html", ".json", ".cyjs", ".ndjson"):
        records = content.splitlines() if path.suffix == ".ndjson" else [content]
        return "\n".join(text for record in records for text in texts_of(json.loads(record))).encode()
    return b""


def files(tshark):
    """{name: bytes} of what this tshark has written, names and what they hold."""
    found = {"names of files": "\n".join(tshark.files()).encode()}
    for path in sorted(tshark.work.iterdir()):
        found[path.name] = path.read_bytes()
        found[path.name + ", decoded"] = decoded(path, found[path.name])
    tshark.clear()
    return found


def run(tshark, capture, *arguments):
    """(What it says, {name: bytes} of all else that comes out)."""
    tshark.clear()
    done = tshark("-r", capture, *arguments)
    assert done.status == 0, done
    return done.out, {"standard error": done.err.encode(), **files(tshark)}


def all_outputs(tshark, planting, capture, key):
    """({name: bytes}, protocols of each frame): everything, by few runs of tshark."""
    found = {}
    known = [word for option, entries in (("-d", planting.decode_as), ("-o", planting.preferences))
             for entry in entries for word in (option, entry)]

    def add(title, outputs):
        found.update({title + name: content for name, content in outputs.items()})

    text, plain = run(tshark, capture, *known, "-q", "-z", statistic(planting, "full"), "-z", statistic(
        planting, "blind", "evidence=no"), "-z", statistic(planting, "hidden", f"pseudonyms={key}"))
    add("", {"standard output": text.encode(), **plain})
    details, named = run(tshark, capture, *known, "-N", "n", "-2", "-o", "hostgraph.mark:TRUE", "-V", "-z",
                         statistic(planting, "full", "text=no"))
    # Of each packet's details those of hostgraph.
    trees = re.findall(r"^\[?Host Graph.*\n(?: .*\n)*", details, re.M)
    assert trees
    add("names on: ", {"fields of packets": "".join(trees).encode(), **named})
    rows, bare = run(tshark, capture, *known, "-n", "-o", NO_INFO, "-T", "fields", "-e", "frame.protocols", "-z",
                     statistic(planting, "full", "text=no"))
    add("no Info: ", bare)
    return found, [row.split(":") for row in rows.splitlines()]


def leaks(found, planting):
    """[(place, output, form)]"""
    place = {secret.text: f"{secret.layer}: {secret.place}" for secret in planting.secrets}
    return [(place[secret], name, form) for name, content in found.items()
            for secret, form in forms.search(content, place)]


# --- cases ---

@pytest.fixture(scope="session")
def key(installed_tshark):
    path = installed_tshark.folder / "secrets.key"
    path.write_bytes(b"thirty-two bytes of a secret....")
    path.chmod(0o644)
    return path


def write(tshark, planting):
    capture = tshark.folder / f"planted-{planting.name}.pcapng"
    planting.write(capture)
    capture.chmod(0o644)
    return capture


def not_dissected(planting, protocols):
    """Places where Wireshark does not see the protocol that they are about: neither in the first frame that
    holds the secret nor, for what it puts together, in a later one of the conversation."""
    frames = planting.in_order()
    assert len(protocols) == len(frames)
    seen = [set() for _ in planting.secrets]
    held = set()
    for names, (_, frame, tag) in zip(protocols, frames):
        secret = planting.secrets[tag]
        if tag not in held and any(form.encode() in frame for form in forms.forms(secret.text).values()):
            held.add(tag)
            seen[tag].clear()
        seen[tag].update(names)
    return [(secret.layer, secret.place, names) for secret, names in zip(planting.secrets, seen)
            if secret.layer not in names]


@pytest.mark.parametrize("name", planted.CASES)
def test_nothing_gets_out(tshark, key, name):
    planting = planted.planted(name)
    found, protocols = all_outputs(tshark, planting, write(tshark, planting), key)
    assert not_dissected(planting, protocols) == []
    places = {}
    for place, output, form in leaks(found, planting):
        places.setdefault(place, []).append(f"{output} ({form})")
    assert not places, "\n".join([f"{len(places)} of {len(planting.secrets)} places"] + [
        f"{place}: {len(where)} outputs: {', '.join(where[:4])}" for place, where in places.items()])
