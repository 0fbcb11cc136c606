"""Questions and answers of ARP are those that tshark's dissector shows, whatever carries them.

SPDX-License-Identifier: GPL-2.0-or-later
"""
import collections
import decimal
import ipaddress
import pathlib
import subprocess
import sys

import pytest
from conftest import captures

GENERATE = pathlib.Path(__file__).resolve().parents[1] / "generate"
SEPARATOR = "\x1c"
FIELDS = ("arp.opcode", "arp.src.hw_mac", "arp.src.proto_ipv4", "arp.dst.proto_ipv4", "frame.time_epoch")
AT_ONCE = decimal.Decimal("0.001")  # within which who says the same repeats it


def stored(tshark, path, *options, **more):
    """{(kind, MAC, about, subject): how often} in the store."""
    rows = tshark.rows(path, "SELECT kind, actor, peer, subject, packets FROM observations "
                       "WHERE kind IN ('arp-question', 'arp-reply', 'repeated-claim')", (), *options, **more)
    return {row[:4]: row[4] for row in rows}


def is_unicast(address):
    return not (address.is_multicast or address.is_unspecified
                or str(address) == "255.255.255.255" or address in ipaddress.ip_network("0.0.0.0/8"))


def shown(tshark, path):
    """The same by tshark's fields; of several messages in a frame the first."""
    done = tshark("-n", "-r", path, "-Y", "arp.src.hw_mac && arp.src.proto_ipv4", "-T", "fields",
                  "-E", f"aggregator={SEPARATOR}", *[word for field in FIELDS for word in ("-e", field)])
    seen, before = collections.Counter(), []
    for line in done.out.split("\n")[:-1]:
        code, mac, sender, target, time = (value.split(SEPARATOR)[0] for value in line.split("\t"))
        if code not in ("1", "2") or not target:
            continue
        time = decimal.Decimal(time)
        repeated = any(said == (code, sender, target) and by != mac and 0 < time - at <= AT_ONCE
                       for said, by, at in before[-16:])
        before.append(((code, sender, target), mac, time))
        about, other = (sender, target) if code == "2" else (target, sender)
        if repeated:
            if is_unicast(ipaddress.ip_address(sender)):
                seen["repeated-claim", mac, sender, "reply" if code == "2" else "question"] += 1
        elif is_unicast(ipaddress.ip_address(about)):
            subject = other if is_unicast(ipaddress.ip_address(other)) else ""
            seen["arp-reply" if code == "2" else "arp-question", mac, about, subject] += 1
    return dict(seen)


@pytest.mark.parametrize("name", captures())
def test_real_captures(tshark, capture, name):
    path = capture(name)
    assert stored(tshark, path) == shown(tshark, path)


@pytest.mark.parametrize("columns", [None, '"No.","%m"'])
def test_carriers(tshark, installed_tshark, columns):
    path = installed_tshark.folder / "arp.pcapng"
    subprocess.run([sys.executable, GENERATE / "small.py", "arp", path], check=True)
    before = ["-o", f"gui.column.format:{columns}"] if columns else []
    seen = stored(tshark, path, before=before)
    assert seen == shown(tshark, path)
    assert seen["arp-question", "02:00:0a:28:00:0a", "10.40.0.11", "10.40.0.10"] == 4
    assert sum(seen.values()) == 15


@pytest.mark.parametrize("length", [13, 20, 30, 41, 42, 45, 46])
def test_cut_off(tshark, installed_tshark, length):
    """Only the first bytes of each frame were captured: of a bare message 42 are whole."""
    whole, path = (installed_tshark.folder / name for name in ("whole.pcapng", "cut.pcapng"))
    subprocess.run([sys.executable, GENERATE / "small.py", "arp", whole], check=True)
    subprocess.run(["editcap", "-s", str(length), whole, path], check=True)
    seen = stored(tshark, path)
    assert seen == shown(tshark, path)
    assert bool(seen) == (length >= 42)
