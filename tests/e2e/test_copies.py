"""A packet counts once: what was captured twice gives the findings and connections of what was captured once,
while packets stay those of the packet list; and what was sent twice stays two packets.

SPDX-License-Identifier: GPL-2.0-or-later
"""
import ipaddress
import re
import sqlite3
import sys

import pytest

from conftest import ROOT

sys.path.insert(0, str(ROOT / "tests" / "generate"))
import copied  # noqa: E402
import scene  # noqa: E402
import scenes  # noqa: E402
import wire  # noqa: E402
from copied import US  # noqa: E402
from lan import MS, SECOND  # noqa: E402

SCENES = ["port-scan-1s", "syn-scan-fast", "guess-ftp-10s", "guess-ssh-10s", "beacon-10", "exfiltration-pieces",
          "dns-tunnel-dnscat", "icmp-tunnel", "udp-scan-fast", "syn-flood", "dga-letters", "mail-spray-fast"]
PUBLIC = wire.ip("192.0.2.77")


def is_inside(address):
    return ipaddress.ip_address(address).is_private


@pytest.fixture(scope="module")
def single():
    """frames(kind): those of a scene, each made once."""
    known = {}

    def frames(kind):
        if kind not in known:
            made = scene.Scene(kind, 1)
            scenes.KINDS[kind](made)
            made.office()
            known[kind] = list(made.frames())
        return known[kind]
    return frames


@pytest.fixture
def written(tshark):
    """written(frames, link_type): the capture file."""
    def write(frames, link_type=1):
        path = tshark.folder / "copies.pcap"
        writer = wire.PcapWriter(path, link_type)
        for time, frame in frames:
            writer.add(time, frame)
        writer.close()
        path.chmod(0o644)
        return path
    return write


@pytest.fixture
def told(tshark, written):
    """told(frames, link_type): what hostgraph says of them."""
    def tell(frames, link_type=1, options=()):
        record = tshark.json(written(frames, link_type), *options)
        return {**record, **record["graph"]}
    return tell


def findings(record, way=""):
    """What does not depend on the numbers of frames, nor, in an exposure, on the packet list's packets of a
    protocol. What counts twice, for want of identifications, is in the sum of all packets that a host
    sent."""
    sums = ("volume-outlier", "icmp-tunnel") if is_unidentified(way) else ()
    return sorted((one["host"], one["rule"], one["kind"], one["strength"], tuple(sorted(one["peers"])),
                   re.sub(r"frames? \d+( to \d+)?|\d+ packets \(\d+ bytes\)", "*", one["evidence"]))
                  for one in record["findings"] if one["rule"] not in sums)


def is_unidentified(way):
    return way.endswith(("no idents", "one ident"))


def begun(record):
    return sorted((edge["source"], edge["target"], edge["initiated"]) for edge in record["edges"])


WAYS = {
    "mirrored": copied.mirrored,
    "mirrored, no idents": lambda frames: copied.mirrored(list(copied.without_idents(frames))),
    "mirrored, one ident": lambda frames: copied.mirrored(list(copied.constant_idents(frames))),
    "tagged": copied.tagged,
    "three times": lambda frames: copied.mirrored(frames, times=3),
    "later": lambda frames: copied.mirrored(frames, gap=700 * US),
    "lossy": lambda frames: copied.mirrored(frames, share=0.9),
    "half": lambda frames: copied.mirrored(frames, share=0.5),
}


def is_repeated(frame):
    """What senders repeat at once: ARP, ICMP, multicasts and broadcasts."""
    return frame[0] & 1 or frame[12:14] == b"\x08\x06" or frame[23] == wire.ICMP or frame[30] >= 224


def unproven(way, frames, twice):
    """Copies that may count as packets: of these without an identification of their own, where none that are
    proved are near, and of what follows one that came only once."""
    if way in ("lossy", "half"):
        frames, twice = ([one for one in made if one[1][12:14] == b"\x08\x06"] for made in (frames, twice))
    elif not is_unidentified(way):
        return 0
    more = sum(bool(is_repeated(frame)) for _, frame in twice) - sum(
        bool(is_repeated(frame)) for _, frame in frames)
    return int(1.02 * more) + 1


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("kind", SCENES)
def test_same_bytes(told, single, kind, way):
    frames = single(kind)
    twice = WAYS[way](frames)
    once, both = told(frames), told(twice)
    assert once["copies"] == 0
    assert both["packets"] == len(twice)
    more = len(twice) - len(frames)
    assert more - unproven(way, frames, twice) <= both["copies"] <= more
    assert findings(both, way) == findings(once, way) and begun(both) == begun(once)


THROUGH = {
    "routed": lambda frames: copied.routed(frames, is_inside),
    "translated": lambda frames: copied.translated(frames, is_inside, PUBLIC),
    "other ports": lambda frames: copied.translated(frames, is_inside, PUBLIC, ports=1000),
    "no hop": lambda frames: copied.translated(frames, is_inside, PUBLIC, ttl=0),
    "renumbered": lambda frames: copied.renumbered(frames, is_inside),
    "renumbered by a bridge": lambda frames: copied.renumbered(frames, is_inside, moved=False),
}


# In these no connection lacks its first packet. One that begins with an answer counts on the side where the
# answer came first, which of a translator is the outer one.
WHOLE = ("port-scan-1s", "guess-ssh-10s", "dns-tunnel-dnscat", "exfiltration-pieces")


@pytest.mark.parametrize("way", THROUGH)
@pytest.mark.parametrize("kind", WHOLE)
def test_both_sides(told, single, kind, way):
    """Of a router, a translator, a firewall that changes the numbers: what the inner side shows."""
    frames = single(kind)
    twice = THROUGH[way](frames)
    once, both = told(frames), told(twice)
    assert both["packets"] == len(twice) > len(frames)
    assert both["copies"] == len(twice) - len(frames)
    # A machine whose address also comes by the router's MAC is not linked to its own MAC, which is a host of
    # its own then.
    assert [one for one in findings(both) if ":" not in one[0]] == findings(once)
    assert [edge for edge in begun(both) if edge[2]] == [edge for edge in begun(once) if edge[2]]


def assert_halved(once, twice):
    """All packets of the second came twice."""
    assert once["copies"] == 0
    assert twice["packets"] == 2 * once["packets"] and twice["copies"] == once["packets"]
    assert findings(twice) == findings(once) and begun(twice) == begun(once)


@pytest.mark.parametrize("gap", (4 * US, 300 * US))
@pytest.mark.parametrize("kind", WHOLE)
def test_ipv6(told, single, kind, gap):
    frames = list(copied.as_ipv6(single(kind), is_inside))
    once, both = told(frames), told(copied.mirrored(frames, gap))
    assert once["copies"] == 0
    # ACKs before the first segment with data within a second are not told from those that are sent twice.
    assert 0.99 * len(frames) < both["copies"] <= len(frames)
    assert findings(both, "no idents") == findings(once, "no idents") and begun(both) == begun(once)


@pytest.mark.parametrize("kind", ("port-scan-1s", "guess-ftp-10s"))
def test_loopback(told, single, kind):
    frames = list(copied.cooked(single(kind)))
    assert_halved(told(frames[::2], 113), told(frames, 113))


def test_keep(tshark, told, written, single):
    """As if it were said of each packet that it is one: what hostgraph did before it knew copies."""
    frames = copied.mirrored(single("port-scan-1s"))
    skipped, kept = told(frames), told(frames, options=["duplicates=keep"])
    assert skipped["duplicates"] == "skip" and kept["duplicates"] == "keep"
    assert kept["copies"] == 0 and skipped["copies"] == len(frames) // 2
    assert kept["packets"] == skipped["packets"] == len(frames)
    for record, copies in (skipped, len(frames) // 2), (kept, 0):
        # Broadcasts have one host that sends them; a node is there for either end.
        assert sum(node["copies_sent"] for node in record["nodes"]) == copies
        assert sum(node["copies_received"] for node in record["nodes"]) == copies
        assert sum(edge["copies"] for edge in record["edges"]) == copies
    path = written(frames)
    assert tshark.json(path, before=["-o", "hostgraph.duplicates:keep"])["graph"]["copies"] == 0
    assert f"{len(frames) // 2} of {len(frames)} frames are copies" in \
        re.sub(r"\s+", " ", tshark.hostgraph(path).out)
    assert "not looked for" in tshark.hostgraph(path, "duplicates=keep").out
    assert "Copies" not in tshark.hostgraph(written(single("port-scan-1s"))).out


def test_bad_value(tshark, written, single):
    done = tshark.hostgraph(written(single("port-scan-1s")), "duplicates=some", "export=x.json")
    assert done.status != 0 and not done.out and not (tshark.work / "x.json").exists()
    assert len([line for line in done.err.splitlines() if "duplicates" in line]) == 1
    assert "valid are skip and keep" in done.err


def test_store(tshark, written, single):
    """A store keeps the copies, and captures that are added to it add theirs."""
    frames = copied.mirrored(single("port-scan-1s"))
    middle = next(i for i in range(len(frames) // 2, len(frames))
                  if frames[i][0] - frames[i - 1][0] > SECOND)
    for part in frames[:middle], frames[middle:]:
        done = tshark.hostgraph(written(part), "text=no", "append=yes", "export=parts.sqlite")
        assert done.status == 0, done
    tshark.hostgraph(written(frames), "text=no", "export=whole.sqlite")
    rows = {}
    for name in "parts", "whole":
        with sqlite3.connect(tshark.work / f"{name}.sqlite") as store:
            assert store.execute("SELECT sum(copies), sum(copies + packets) FROM captures").fetchone() == (
                len(frames) // 2, len(frames) * 3 // 2)
            rows[name] = sorted(store.execute(
                "SELECT a, b, ab_copies, ab_copied_bytes, ba_copies, ba_copied_bytes FROM conversations"), key=repr)
            assert store.execute("SELECT sum(ab_copies + ba_copies), sum(ab_copied_bytes + ba_copied_bytes)"
                                 " FROM conversations").fetchone() == (
                len(frames) // 2, sum(len(frame) for _, frame in frames) // 2)
    assert rows["parts"] == rows["whole"]
