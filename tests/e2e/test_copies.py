"""A packet counts once: what was captured twice gives the findings and connections of what was captured once,
while packets stay those of the packet list; and what was sent twice stays two packets.

SPDX-License-Identifier: GPL-2.0-or-later
"""
import ipaddress
import re
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
def told(tshark):
    """told(frames): what hostgraph says of them."""
    def tell(frames, *options):
        path = tshark.folder / "copies.pcap"
        writer = wire.PcapWriter(path)
        for time, frame in frames:
            writer.add(time, frame)
        writer.close()
        path.chmod(0o644)
        record = tshark.json(path, *options)
        return {**record, **record["graph"]}
    return tell


def findings(record, way=""):
    """What does not depend on the numbers of frames, nor, in an exposure, on the packet list's packets of a
    protocol. Broadcasts that count twice are in the sum of all packets that a host sent."""
    sums = "volume-outlier" if is_unidentified(way) else None
    return sorted((one["host"], one["rule"], one["kind"], one["strength"], tuple(sorted(one["peers"])),
                   re.sub(r"frames? \d+( to \d+)?|\d+ packets \(\d+ bytes\)", "*", one["evidence"]))
                  for one in record["findings"] if one["rule"] != sums)


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


def groups(frames):
    return sum(frame[0] & 1 for _, frame in frames)


def unproven(way, frames, twice):
    """Copies that may count as packets: of broadcasts without an identification of their own, where none
    that are proved are near, and of what follows one that came only once."""
    if way in ("lossy", "half"):
        frames, twice = ([one for one in made if one[1][12:14] == b"\x08\x06"] for made in (frames, twice))
    elif not is_unidentified(way):
        return 0
    return int(1.02 * (groups(twice) - groups(frames))) + 1


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


def ways_through(frames):
    """Both sides of a router, of a translator, of a firewall that changes numbers."""
    return {
        "routed": copied.routed(frames),
        "translated": copied.translated(frames, is_inside, PUBLIC),
        "other ports": copied.translated(frames, is_inside, PUBLIC, ports=1000),
        "not a hop": copied.translated(frames, is_inside, PUBLIC, ttl=0),
        "renumbered": copied.renumbered(frames, is_inside),
        "renumbered by a bridge": copied.renumbered(frames, is_inside, moved=False),
    }


def attempts(record, source):
    """Of connections, by server and port: what the two sides of a device must not count twice."""
    return sorted((edge["target"], edge["initiated"]) for edge in record["edges"]
                  if edge["source"] == source and edge["initiated"])
