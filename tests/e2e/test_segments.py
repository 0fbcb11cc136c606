"""One address in several network segments: two machines where the capture shows it, else one.

SPDX-License-Identifier: GPL-2.0-or-later
"""
import collections
import pathlib
import sqlite3
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


def test_ends_of_tunnels(tshark, scene):
    """They are where the tunnel goes through."""
    edges = tshark.json(scene("tunnels-in-vlans"))["edges"]
    assert {(edge["source"], edge["target"]) for edge in edges if edge["tunnels"]} == {
        (f"10.0.0.{a} (VLAN {number})", f"10.0.0.{b} (VLAN {number})")
        for number in (10, 20) for a, b in ((5, 1), (1, 5))}


@pytest.mark.parametrize("kind", segments.SCENES)
def test_stored(tshark, scene, kind):
    """What is stored and loaded is the same, and added to itself has the same hosts."""
    path = scene(kind)
    nodes = {node["id"] for node in tshark.json(path)["nodes"]}
    rows = tshark.rows(path, "SELECT id FROM hosts", ())
    assert {row[0] for row in rows} == nodes


# names of three interfaces, and what stands behind the addresses of the last two
HOSTILE = {
    "equal": ((b"eth0", b"ab", b"a\x01b"), {"interface ab", "interface ab #2"}),
    "hidden": ((b"eth0", "x\u202ey".encode(), b"x\\u202Ey"), {"interface x\\u202Ey", "interface x\\u202Ey #2"}),
    "nothing": ((b"eth0", b"\x01", b"\x02\x7f"), {"interface 1", "interface 2"}),
    "number": ((b"eth0", b"x #2", b"x"), {"interface x #2", "interface x"}),
    "markup": ((b"eth0", b"<b>&'\"", b"\x1b[2J\n;"), {"interface <b>&'\"", "interface [2J;"}),
    "long": ((b"eth0", b"x" * 5000, b"x" * 5000 + b"y"), None),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_interface_names(tshark, kind):
    """Whatever an interface is called: ids are unique, and the store that has them can be added to, where
    the same interfaces are the same segments."""
    names, expected = HOSTILE[kind]
    paths = [tshark.folder / f"hostile-{n}.pcapng" for n in (1, 2)]
    for n, path in enumerate(paths):
        segments.write(path, segments.interfaces(3), names, start=(1_767_600_000 + 1000 * n) * 10**9)
    ids = [node["id"] for node in tshark.json(paths[0])["nodes"]]
    shown_ = {host.split(" (", 1)[1][:-1] for host in ids if "(" in host}
    assert len(set(ids)) == len(ids) and len(shown_) == 3
    if expected:
        assert shown_ == {"untagged", *expected}
    for path in paths:
        done = tshark.hostgraph(path, "text=no", "append=yes", "export=x.sqlite")
        assert done.status == 0 and not done.err, done
        with sqlite3.connect(tshark.work / "x.sqlite") as store:
            assert {row for row, in store.execute("SELECT id FROM hosts")} == set(ids)
