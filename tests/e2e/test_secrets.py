"""No secret gets out: planted by every protocol that has a login or a token, in every place where it can
stand, and looked for in everything that comes out, in all its forms.

Captures come from tests/generate/secrets: a case a protocol or a family of them. Its table protocols.tsv says
of protocols with logins or tokens how they are covered.
SPDX-License-Identifier: GPL-2.0-or-later
"""
import base64
import fnmatch
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

FORMATS = ("html", "json", "ndjson", "graphml", "gexf", "cyjs", "dot", "svg", "csv", "txt", "sqlite", "conn.csv",
           "conn.ndjson")
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
                 for (table,) in store.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
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


# --- what is covered ---

# Words in names of protocols that have logins, keep secrets, or carry what people write.
SPEAKS_OF_LOGINS = re.compile(
    "log-?[io]n|passw|authenti|credential|access control|account|chat|messenger|instant mess|e?mail|telnet|rlogin|"
    "terminal|shell|transfer protocol|sql|database|proxy|key (?:exchange|manage|distri)|session (?:init|announce)|"
    "remote (?:proc|desk|frame|proto)|directory|bind|secur", re.I)
HOW = re.compile("case ([a-z0-9-]+(?:,[a-z0-9-]+)*)|no place: .+|not planted: .+")


def table():
    """{protocol or pattern: how it is covered}"""
    lines = (GENERATE / "secrets" / "protocols.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    assert len(dict(rows)) == len(rows) and rows == sorted(rows)
    return dict(rows)


def test_the_table_is_that_of_the_cases():
    cases = {}
    for name in planted.CASES:
        for secret in planted.planted(name).secrets:
            cases.setdefault(secret.layer, set()).add(name)
    how = {protocol: HOW.fullmatch(text) for protocol, text in table().items()}
    assert [protocol for protocol, match in how.items() if match is None] == []
    assert {protocol: set(match[1].split(",")) for protocol, match in how.items() if match[1]} == cases


def test_every_protocol_with_a_login_is_in_the_table(tshark):
    known = table()
    listed = [line.split("\t")[:3] for line in tshark("-G", "protocols").out.splitlines()]
    assert len(listed) > 1000
    assert {short: name for name, _, short in listed
            if (SPEAKS_OF_LOGINS.search(name) or SPEAKS_OF_LOGINS.search(short)) and not any(
                fnmatch.fnmatchcase(short, pattern) for pattern in known)} == {}


def test_every_secret_is_unique():
    texts = [secret.text for name in planted.CASES for secret in planted.planted(name).secrets]
    assert len(set(texts)) == len(texts) and all(text.isalnum() and text.isascii() for text in texts)


# --- the search finds what is there ---

SECRET = planted.HEAD + "a1B2c3D4" + planted.TAIL
WRITTEN = {
    "plain": lambda s: s, "folded": str.lower, "upper": str.upper, "percent": lambda s: "".join(
        f"%{ord(c):x}" for c in s), "percent twice": lambda s: "".join(
        f"%25{ord(c):X}" for c in s), "hex": lambda s: s.encode().hex(), "HEX": lambda s: s.encode().hex().upper(),
    "colons": lambda s: s.encode().hex(":"), "utf-16-le": lambda s: s.encode("utf-16-le").decode("latin-1"),
    "utf-16-be": lambda s: s.encode("utf-16-be").decode("latin-1"),
    "escapes": lambda s: json.dumps(s.encode("utf-16-le").decode("latin-1")),
    "first half": lambda s: s[:8], "second half": lambda s: s[8:], "cut short": lambda s: s[:11],
    **{f"base64 at {lead}": lambda s, lead=lead: base64.b64encode(b"x" * lead + s.encode() + b"yz").decode()
       for lead in range(4)}}


@pytest.mark.parametrize("form", WRITTEN)
@pytest.mark.parametrize("around", [("", ""), ("PASS ", "\r\n"), ("aZ7", "7qZ"), ("\0", "\xff")])
def test_the_search_finds_each_form(form, around):
    content = around[0] + WRITTEN[form](SECRET) + around[1]
    others = [planted.HEAD + f"{n:08}" + planted.TAIL for n in range(20)]
    assert [secret for secret, _ in forms.search(content.encode("latin-1"), others + [SECRET])] == [SECRET]


@pytest.mark.parametrize("content", ["", "PASS ***", "Zq7", "v8x", SECRET[::-1], "Zq8wa1B2c3D4v8xJ"])
def test_the_search_finds_nothing_else(content):
    assert forms.search(content.encode(), [SECRET]) == []


def test_the_search_finds_what_may_get_out(tshark, key):
    """Names of hosts and users stand in every output but pseudonymised ones, and are found there, as they
    are and encoded."""
    planting = planted.Planting("markers")
    names, users = {}, {}
    for form in ("plain", "hex", "base64 at 0", "base64 at 1"):
        planting.tcp("http", 80, f"name: {form}", lambda s, form=form: (
            "GET / HTTP/1.1\r\nHost: %s.example\r\n\r\n" % WRITTEN[form](s.decode()).rstrip("=")).encode())
        names[f"http: name: {form}"] = form
        planting.tcp("ftp", 21, f"user: {form}", lambda s, form=form: (
            f"USER {WRITTEN[form](s.decode())}\r\n".encode()), planted.S(b"331 go on\r\n"), b"PASS x\r\n")
        users[f"ftp: user: {form}"] = form
    found, protocols = all_outputs(tshark, planting, write(tshark, planting), key)
    assert not_dissected(planting, protocols) == []
    assert b"Source score" in found["names on: fields of packets"]
    seen = {}
    for place, output, form in leaks(found, planting):
        assert "hidden" not in output and "names of files" not in output and "standard error" not in output
        seen.setdefault(place, {})[output] = form
    for place, form in names.items():
        for output in ["standard output"] + [f"full.{suffix}" for suffix in FORMATS if not suffix.endswith("csv")] + [
                "full.hosts.csv", "full.json, decoded", "full.html, decoded", "full.ndjson, decoded",
                "full.sqlite, decoded", "names on: full.json", "no Info: full.json"]:
            assert output in seen[place], (place, output)
    for place in users:
        for output in ("standard output", "full.json", "full.html", "full.ndjson", "full.txt", "full.sqlite"):
            assert output in seen[place], (place, output)
