"""One address in several network segments: two machines where the capture shows it, else one.

SPDX-License-Identifier: GPL-2.0-or-later
"""
import collections
import pathlib
import sys

import pytest

TESTS = pathlib.Path(__file__).resolve().parents[1]
sys.path.insert(0, str(TESTS / "generate"))

import segments  # noqa: E402


@pytest.fixture
def scene(installed_tshark):
    def make(kind):
        path = installed_tshark.folder / f"{kind}.pcapng"
        segments.write_scene(path, kind)
        return path
    return make


def shown(tshark, path, display_filter=None):
    """{address: packets sent}, as tshark's Source column counts them."""
    only = ("-Y", display_filter) if display_filter else ()
    done = tshark("-n", "-r", path, *only, "-T", "fields", "-e", "_ws.col.Source")
    return collections.Counter(line for line in done.out.split("\n") if line)


def address_of(host):
    return host.split(" (")[0]


@pytest.mark.parametrize("kind", segments.SCENES)
def test_hosts(tshark, scene, kind):
    path = scene(kind)
    nodes = tshark.json(path)["nodes"]
    ids = collections.Counter(address_of(node["id"]) for node in nodes)
    ips = [node["id"] for node in nodes if node["kind"] in ("ipv4", "ipv6")
           and not node["id"].startswith("192.0.2.")]
    assert len(set(node["id"] for node in nodes)) == len(nodes)
    assert {ids[address_of(host)] for host in ips} == {2 if kind in segments.TWO else 1}, ips
    sent = collections.Counter()
    for node in nodes:
        sent[address_of(node["id"])] += node["packets_sent"]
    assert {host: count for host, count in sent.items() if count} == shown(tshark, path)


@pytest.mark.parametrize("kind", segments.TWO)
def test_traces_do_not_cross(tshark, scene, kind):
    path = scene(kind)
    nodes = [node["id"] for node in tshark.json(path)["nodes"] if "(" in node["id"]]
    traces = tshark.json(path, f"trace={address_of(nodes[0])}")["traces"]
    assert {trace["host"] for trace in traces} == {
        host for host in nodes if address_of(host) == address_of(nodes[0])}
    for trace in traces:
        segment = trace["host"].split(" (")[1]
        assert trace["reached"]
        for reached in trace["reached"]:
            assert reached["host"].endswith(segment)


@pytest.mark.parametrize("kind", segments.SCENES)
def test_no_spoofing(tshark, scene, kind):
    assert not tshark.json(scene(kind))["findings"]


@pytest.mark.parametrize("kind", segments.TWO)
def test_filters(tshark, scene, kind):
    """The map's filter of a host selects its packets and nobody else's."""
    path = scene(kind)
    for host, sent, name, display_filter in tshark.rows(
            path, "SELECT h.id, h.sent_packets, s.name, s.filter FROM hosts h "
            "JOIN segments s USING (segment) WHERE h.segment > 0", ()):
        assert host.endswith(f" ({name})")
        assert shown(tshark, path, display_filter)[address_of(host)] == sent


# Of scenes in which a frame may be taken for one of another segment: {segment: display filter}, by what
# was sent.
SEEN = {
    "interfaces-of-one-name": {f"interface eth0 #{n}": f"frame.interface_id == {n}" for n in (1, 2)},
    "interfaces-without-names": {f"interface {n}": f"frame.interface_id == {n}" for n in (1, 2)},
    "sections": {"untagged": "frame.section_number == 1",
                 "section 2, interface 0": "frame.section_number == 2"},
    "sections-second": {"interface 1": "frame.section_number == 1",
                        "section 2, interface 1": "frame.section_number == 2"},
    "tunnel-ports": {"VLAN 10": "vlan.id == 10", "VLAN 20": "vlan.id == 20"},
    "tunnel-ends": {"untagged": "!vlan", "VLAN 20": "vlan"},
    "ip-in-ip": {"untagged": "!(ip.addr == 192.0.2.1 || ipv6)",
                 "IP in IP": "ip.addr == 192.0.2.1 || ipv6"},
    "ip-in-ip-ipv6": {"untagged": "!(ip || ipv6.addr == 2001:db8:ff::1)",
                      "IP in IP": "ip || ipv6.addr == 2001:db8:ff::1"},
}


@pytest.mark.parametrize("kind", SEEN)
def test_segments(tshark, scene, kind):
    """Which there are, and each one's filter selects its frames and no other."""
    def frames(display_filter):
        done = tshark("-n", "-r", path, "-Y", display_filter, "-T", "fields", "-e", "frame.number")
        assert done.status == 0, done
        return done.out

    path = scene(kind)
    seen = dict(tshark.rows(path, "SELECT name, filter FROM segments WHERE name <> 'unknown segment'", ()))
    assert seen.keys() == SEEN[kind].keys()
    for name, expected in SEEN[kind].items():
        assert frames(seen[name]) == frames(expected) != "", name


@pytest.mark.parametrize("kind", segments.SCENES)
def test_stored(tshark, scene, kind):
    """What is stored and loaded is the same, and added to itself has the same hosts."""
    path = scene(kind)
    nodes = {node["id"] for node in tshark.json(path)["nodes"]}
    rows = tshark.rows(path, "SELECT id FROM hosts", ())
    assert {row[0] for row in rows} == nodes
