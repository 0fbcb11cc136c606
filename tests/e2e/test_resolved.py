"""Names that the capture file carries: hosts are called what Wireshark calls them, where it is asked to.

SPDX-License-Identifier: GPL-2.0-or-later
"""
import ipaddress
import re
import struct
import sys
from pathlib import Path

import pytest

from conftest import real

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "generate"))
import wire  # noqa: E402

NAMES = {"10.0.0.1": "alpha.example", "10.0.0.2": "=cmd|' /C calc'!A0 <b>beta</b>",
         "2001:db8::1": "six.example", "10.9.9.9": "nobody.example"}


def resolution_block(names):
    """A name resolution block of pcapng: records of an address and its name."""
    body = b""
    for address, name in names.items():
        packed = ipaddress.ip_address(address).packed
        record = packed + name.encode() + b"\0"
        body += struct.pack("<HH", 1 if len(packed) == 4 else 2, len(record))
        body += record + bytes(-len(record) % 4)
    body += struct.pack("<HH", 0, 0)
    length = struct.pack("<I", 12 + len(body))
    return struct.pack("<I", 4) + length + body + length


@pytest.fixture(scope="module")
def capture(installed_tshark):
    """Names stand behind the packets, as Wireshark writes them."""
    path = installed_tshark.folder / "names.pcapng"
    macs = bytes.fromhex("020000000002020000000001")
    four = [ipaddress.ip_address(f"10.0.0.{n}").packed for n in (1, 2, 3)]
    six = [ipaddress.ip_address(f"2001:db8::{n}").packed for n in (1, 2)]

    def packet(source, target):
        datagram = wire.udp(source, target, 4000, 4001, b"x" * 8)
        if len(source) == 4:
            head = struct.pack("!BBHHHBBH4s4s", 0x45, 0, 20 + len(datagram), 1, 0, 64, 17, 0, source, target)
            return macs + b"\x08\x00" + head + datagram
        return macs + b"\x86\xdd" + struct.pack("!IHBB", 6 << 28, len(datagram), 17, 64) + source + target + datagram

    frames = [packet(four[0], four[1]), packet(four[1], four[2]), packet(six[0], six[1])]
    wire.write_pcapng(path, [(10**18 + i * 10**9, frame) for i, frame in enumerate(frames)])
    with open(path, "ab") as file:
        file.write(resolution_block(NAMES))
    path.chmod(0o644)
    return path


def named(tshark, path, *before, options=()):
    record = tshark.json(path, *options, before=before)
    return {node["id"]: node["name"] for node in record["nodes"] if node["name"]}


def known_to_tshark(tshark, path, *before):
    """What tshark itself gathers: address and name a line. With -N n it is what it calls hosts then, and
    later versions leave out those of whom no packet is; without, all that the file says."""
    lines = tshark("-q", *before, "-r", path, "-z", "hosts").out.splitlines()
    return dict(line.split("\t", 1) for line in lines if re.match(r"[0-9a-f.:]+\t", line))


def test_names_as_shown(tshark, capture):
    said = known_to_tshark(tshark, capture)
    assert {address: said[address] for address in NAMES} == NAMES
    wanted = known_to_tshark(tshark, capture, "-N", "n")
    hosts = {node["id"] for node in tshark.json(capture)["nodes"]}
    expected = {host: name for host, name in wanted.items() if host in hosts}
    assert named(tshark, capture, "-N", "n") == expected and len(expected) == 3


def test_only_where_asked(tshark, capture):
    """Without -N n Wireshark shows addresses, and the same capture gives the same everywhere."""
    assert named(tshark, capture) == {} == named(tshark, capture, "-n")
    assert named(tshark, capture, "-N", "n", options=("evidence=no",)) == {}


def test_by_protocol(tshark, capture):
    """The last packet being none of those asked for changes nothing."""
    assert named(tshark, capture, "-N", "n", options=("filter=ip",)) == {
        address: NAMES[address] for address in ("10.0.0.1", "10.0.0.2")}


def test_lists_know_them(tshark, capture):
    tshark.write("deny.txt", "alpha.example\n")
    record = tshark.json(capture, "deny=deny.txt", "rule=deny-list", before=("-N", "n"))
    assert [finding["host"] for finding in record["findings"]] == ["10.0.0.1"]


def test_real_capture(tshark):
    path = real("many_interfaces_nrb.pcapng")
    wanted = known_to_tshark(tshark, path, "-N", "n")
    shown = named(tshark, path, "-N", "n")
    assert "192.168.1.1" in shown
    # Several names of one address: tshark lists the last one that it learned.
    assert all(shown[host] == wanted[host] for host in shown if host in wanted)
    assert set(wanted) & {node["id"] for node in tshark.json(path)["nodes"]} <= set(shown)
