"""Scans that only the ICMP errors tell which refuse them, over IPv4 and IPv6, on private and public addresses, whole and
cut short; and in two stores one after the other.

SPDX-License-Identifier: GPL-2.0-or-later
"""
import pathlib
import sqlite3
import sys

import pytest

GENERATE = pathlib.Path(__file__).resolve().parents[1] / "generate"
sys.path.insert(0, str(GENERATE))

import payload  # noqa: E402
import wire  # noqa: E402
from lan import SECOND, Host, Lan  # noqa: E402

START = 1767607200 * SECOND
PAIRS = {"private": ("10.40.0.66", "10.40.0.2"), "public": ("198.51.100.66", "192.0.2.2"),
         "ipv6": ("2001:db8:66::1", "2001:db8:2::2"), "ipv6-local": ("fd00:40::66", "fd00:40::2")}
COUNT = 30


def error(source, target, protocol, quoted):
    """What `target` answers: UDP port or IP protocol unreachable."""
    _, packet = wire.network(source.address, target.address, protocol, quoted)
    if len(source.address) == 4:
        return wire.ICMP, wire.icmp(3, 3 if protocol == wire.UDP else 2, bytes(4), packet)
    kind, code = (1, 4) if protocol == wire.UDP else (4, 1)
    rest = bytes(4) if protocol == wire.UDP else (6).to_bytes(4, "big")
    return wire.ICMPV6, wire.icmpv6(target.address, source.address, kind, code, rest, packet)


def write(path, pair, what, count=COUNT, others=False, first=0):
    """Errors alone; `others`: and something that the scanner sent to somebody else."""
    scanner, target, third = Host("s", pair[0], "02:00:0a:28:00:42"), Host("t", pair[1], "02:00:0a:28:00:02"), \
        Host("o", pair[1][:-1] + "9", "02:00:0a:28:00:09")
    lan = Lan(None, 1)
    for i in range(first, count):
        protocol = wire.UDP if what == "ports" else 140 + i
        quoted = wire.udp(scanner.address, target.address, 40000, 100 + i, b"") if what == "ports" else b""
        lan.packet(START + i * SECOND, target, scanner, *error(scanner, target, protocol, quoted))
    if others:
        for i in range(3):
            question, answer = payload.dns(i, "www.example.org", bytes(4))
            lan.ask(START + i * SECOND, scanner, third, 53, question, answer)
    wire.write_pcapng(path, lan.in_order())
    path.chmod(0o644)


def suspects(record):
    return [node["id"] for node in record["nodes"] if node["suspect"]]


@pytest.mark.parametrize("what", ["ports", "protocols"])
@pytest.mark.parametrize("pair", PAIRS)
def test_errors_alone(tshark, pair, what):
    path = tshark.folder / f"quoted-{pair}-{what}.pcapng"
    write(path, PAIRS[pair], what)
    record = tshark.json(path)
    finding, = [finding for finding in record["findings"] if finding["rule"] == "port-scan"]
    assert (finding["host"], finding["peers"], finding["measured"]) == (PAIRS[pair][0], [PAIRS[pair][1]], COUNT)
    assert suspects(record) == [PAIRS[pair][0]]
    assert ("IP protocols" in finding["evidence"]) == (what == "protocols")
    frames = [int(number) for number, in tshark.fields(path, "frame.number", before=("-Y", finding["filter"]))]
    assert frames == list(range(1, COUNT + 1))


@pytest.mark.parametrize("pair", PAIRS)
def test_forged(tshark, pair):
    """Whose other packets were captured did not send these."""
    path = tshark.folder / f"forged-{pair}.pcapng"
    write(path, PAIRS[pair], "ports", others=True)
    assert not suspects(tshark.json(path))


@pytest.mark.parametrize("what", ["ports", "protocols"])
def test_cut_short(tshark, what):
    """Of 34 bytes no header that is quoted is left."""
    path, cut = tshark.folder / f"quoted-{what}.pcapng", tshark.work / "cut.pcapng"
    write(path, PAIRS["private"], what)
    for length, found in ((96, 1), (34, 0)):
        done = tshark("-s", length, path, cut, program="editcap")
        assert done.status == 0, done
        assert len(suspects(tshark.json(cut))) == found


def test_one_after_the_other(tshark):
    """Ten errors in one capture and twenty in the next are thirty in a store."""
    for name, first, count in (("one", 0, 10), ("two", 10, COUNT)):
        path = tshark.folder / f"{name}.pcapng"
        write(path, PAIRS["private"], "ports", count, first=first)
        done = tshark.hostgraph(path, "text=no", "append=yes", "export=both.sqlite")
        assert done.status == 0, done
    with sqlite3.connect(tshark.work / "both.sqlite") as store:
        evidence, = store.execute("SELECT evidence FROM findings WHERE rule = 'port-scan'").fetchone()
    assert "tried 30 ports" in evidence
