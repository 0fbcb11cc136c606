"""What neighbours and routers say of IPv6 addresses is what tshark's dissector shows.

SPDX-License-Identifier: GPL-2.0-or-later
"""
import collections
import ipaddress
import pathlib
import struct
import subprocess
import sys

import pytest
from conftest import captures

GENERATE = pathlib.Path(__file__).resolve().parents[1] / "generate"
sys.path.insert(0, str(GENERATE))
import wire  # noqa: E402

SEPARATOR = "\x1c"
FIELDS = ("icmpv6.type", "eth.src", "ipv6.src", "ipv6.dst", "icmpv6.nd.ns.target_address",
          "icmpv6.nd.na.target_address", "icmpv6.opt.linkaddr")


def stored(tshark, path, **more):
    """{(kind, MAC, about, subject): how often} in the store."""
    rows = tshark.rows(path, "SELECT kind, actor, peer, subject, packets FROM observations "
                       "WHERE kind IN ('nd-solicitation', 'nd-advertisement')", (), **more)
    return {row[:4]: row[4] for row in rows}


def is_unicast(address):
    return not (address.is_multicast or address.is_unspecified)


def shown(tshark, path):
    """The same by tshark's fields."""
    done = tshark("-n", "-r", path, "-Y", "icmpv6.type in {135, 136} && !icmpv6.type in {1, 2, 3, 4} && ipv6.hlim == 255",
                  "-T", "fields", "-E", f"aggregator={SEPARATOR}",
                  *[word for field in FIELDS for word in ("-e", field)])
    seen = collections.Counter()
    for line in done.out.split("\n")[:-1]:
        values = (line.split("\t") + [""] * len(FIELDS))[:len(FIELDS)]
        kind, frame_mac, source, target, asked, claimed, option = (
            value.split(SEPARATOR)[0] for value in values)
        about, other = (claimed, target) if kind == "136" else (asked, source)
        mac = option or frame_mac
        if about and mac and is_unicast(ipaddress.ip_address(about)):
            subject = other if is_unicast(ipaddress.ip_address(other)) else ""
            seen["nd-advertisement" if kind == "136" else "nd-solicitation", mac,
                 str(ipaddress.ip_address(about)), subject] += 1
    return dict(seen)


@pytest.mark.parametrize("name", captures())
def test_real_captures(tshark, capture, name):
    path = capture(name)
    assert stored(tshark, path) == shown(tshark, path)


@pytest.fixture
def campus(installed_tshark):
    def make(kind, *network):
        path = installed_tshark.folder / "campus.pcap"
        subprocess.run([sys.executable, GENERATE / "campus.py", kind, path, *network], check=True)
        return path
    return make


@pytest.mark.parametrize("columns", [None, '"No.","%m"'])
def test_neighbours(tshark, campus, columns):
    path = campus("arp", "2001:db8:c::")
    before = ["-o", f"gui.column.format:{columns}"] if columns else []
    seen = stored(tshark, path, before=before)
    assert seen == shown(tshark, path)
    assert seen["nd-solicitation", "02:00:00:00:00:07", "2001:db8:c::1", "2001:db8:c::7"] == 1
    assert seen["nd-advertisement", "02:00:00:00:00:01", "2001:db8:c::1", "2001:db8:c::7"] == 1
    assert len(seen) == 64
    bindings = tshark.rows(path, "SELECT address, mac FROM bindings WHERE source = 'nd'", ())
    assert len(bindings) == 17 and ("2001:db8:c::7", "02:00:00:00:00:07") in bindings


def test_router(tshark, campus):
    """Prefixes that are on the link, of those that tshark shows: flag L, and not taken back."""
    path = campus("advertised", "2001:db8:c::")
    rows = tshark.fields(path, "ipv6.src", "icmpv6.opt.prefix", "icmpv6.opt.prefix.length",
                         "icmpv6.opt.prefix.flag.l", "icmpv6.opt.prefix.valid_lifetime")
    told = {row[:3] for row in rows if row[3] in ("1", "True") and row[4] != "0"}
    assert told == {("fe80::1", "2001:db8:c::", "64")}
    seen = tshark.rows(path, "SELECT actor, peer, subject FROM observations WHERE kind = 'router-prefix'", ())
    assert set(seen) == told


def behind_nothing(source, target, message, hops):
    return wire.ipv6(source, target, 58, message, hops)


def behind_options(source, target, message, hops):
    """A destination option of padding; the ICMPv6 header is not where it mostly is."""
    return wire.ipv6(source, target, 60, bytes([58, 0, 1, 4, 0, 0, 0, 0]) + message, hops)


@pytest.mark.parametrize("wrap", [behind_nothing, behind_options])
@pytest.mark.parametrize("before", [[], ["-2"]], ids=["one-pass", "two-passes"])
def test_from_beyond_the_link(tshark, wrap, before):
    """A router lowers the hop limit, so what has not 255 was not said by a neighbour (RFC 4861, 6.1, 7.1)."""
    frames, group = [], wire.ip("ff02::1")
    for number, hops in enumerate((255, 254, 64, 0, 255)):
        mac, own = wire.mac(f"02:00:00:00:00:{number:02}"), wire.ip(f"2001:db8:c::{number + 1}")
        router, prefix = wire.ip(f"fe80::{number + 1}"), wire.ip(f"2001:db8:{number + 1}::")
        said = [(own, 136, own + b"\2\1" + mac), (own, 135, wire.ip("2001:db8:c::ff") + b"\1\1" + mac),
                (router, 134, struct.pack("!IIBBBBIII", 0, 0, 3, 4, 64, 0xc0, 9000, 9000, 0) + prefix)]
        for source, kind, rest in said:
            message = wire.icmpv6(source, group, kind, 0, struct.pack("!I", 0x40000708), rest)
            frames.append(wire.ethernet(mac, wire.mac("33:33:00:00:00:01"), wire.ETH_IPV6,
                                        wrap(source, group, message, hops)))
    path = tshark.folder / "beyond.pcapng"
    wire.write_pcapng(path, [((1_767_600_000 + i) * 10**9, frame) for i, frame in enumerate(frames)])
    seen = stored(tshark, path, before=before)
    assert seen == shown(tshark, path)
    assert {(kind, address) for kind, _, address, _ in seen} == {
        ("nd-advertisement", "2001:db8:c::1"), ("nd-advertisement", "2001:db8:c::5"),
        ("nd-solicitation", "2001:db8:c::ff")}
    assert len(seen) == 4
    prefixes = tshark.rows(path, "SELECT peer FROM observations WHERE kind = 'router-prefix'", (), before=before)
    assert {prefix for prefix, in prefixes} == {"2001:db8:1::", "2001:db8:5::"}


def test_leases(tshark, campus):
    path = campus("dhcp")
    rows = tshark.fields(path, "dhcp.option.dhcp", "dhcp.option.dhcp_server_id", "dhcp.ip.your",
                         "dhcp.option.subnet_mask")
    told = {(server, address, str(ipaddress.ip_network(f"0.0.0.0/{mask}").prefixlen))
            for kind, server, address, mask in rows if kind == "5"}
    assert len(told) == 3
    seen = tshark.rows(path, "SELECT actor, peer, subject FROM observations WHERE kind = 'dhcp-lease'", ())
    assert set(seen) == told
