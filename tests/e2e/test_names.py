"""DNS and ICMP echoes: what is observed is what tshark shows, who is blamed, and that the filter
selects what the finding speaks of.

SPDX-License-Identifier: GPL-2.0-or-later
"""
import collections
import json
import pathlib
import re
import subprocess
import sys

import pytest

GENERATE = pathlib.Path(__file__).resolve().parents[1] / "generate"
RULES = ["rule=dns-tunnel", "rule=dga", "rule=icmp-tunnel"]
GUILTY = ["tunnel", "binary", "bare", "generated", "echoes"]
REAL = ["dns_mdns.pcap", "dns_tunnel_dnscat.pcap", "c2_empire_lan.pcap", "tunnel_vxlan.pcap",
        "tunnel_6in4.pcap", "dns_axfr.pcapng", "pppoe_pap.pcap", "tunnel_icmp.pcap"]


@pytest.fixture
def made(installed_tshark):
    """(capture, truth) of a kind."""
    def make(kind):
        capture = installed_tshark.folder / f"{kind}.pcapng"
        truth = installed_tshark.folder / f"{kind}.json"
        subprocess.run([sys.executable, str(GENERATE / "names.py"), kind, str(capture), str(truth)],
                       check=True)
        return capture, json.loads(truth.read_text())
    return make


def observed(tshark, capture, *options, **more):
    """{(kind, actor, peer, subject): (times, bytes)} from the store, of copies, too, as tshark shows them."""
    rows = tshark.rows(
        capture, "SELECT kind, actor, peer, subject, packets, bytes FROM observations "
        "WHERE kind IN ('dns-query', 'dns-answer', 'echo')", (), "duplicates=keep", *options, **more)
    return {row[:4]: row[4:] for row in rows}


def frames(tshark, capture, wanted):
    done = tshark("-n", "-r", capture, "-Y", wanted, "-T", "fields", "-e", "frame.number")
    assert done.status == 0, done
    return [int(line) for line in done.out.split()]


def shown(tshark, capture):
    """{(is an answer, source, name): messages}, as tshark dissects them. What an ICMP error quotes is
    nobody's question."""
    done = tshark("-n", "-r", capture, "-Y", "dns && !mdns && !llmnr && !icmp && !icmpv6 && "
                  "dns.flags.opcode == 0", "-T", "fields", "-e", "dns.flags.response",
                  "-e", "_ws.col.Source", "-e", "dns.qry.name")
    rows = [line.split("\t") for line in done.out.split("\n") if line]
    return collections.Counter((row[0] in ("1", "True"), row[1], name.lower())
                               for row in rows for name in row[2].split(",") if name)


@pytest.mark.parametrize("name", REAL)
def test_names_are_those_of_tshark(tshark, capture, name):
    path = capture(name)
    ours = collections.Counter()
    for (kind, actor, _, subject), (times, _) in observed(tshark, path, "layer=auto").items():
        if kind != "echo":
            ours[kind == "dns-answer", actor, subject.split(" ")[-1]] += times
    assert ours == shown(tshark, path)


@pytest.mark.parametrize("name", REAL)
def test_echoes_are_those_of_tshark(tshark, capture, name):
    path = capture(name)
    ours = collections.Counter()
    for (kind, actor, peer, subject), (times, size) in observed(tshark, path).items():
        if kind == "echo":
            ours[actor, peer, subject.split(" ")[0]] += times
    done = tshark("-n", "-r", path, "-Y", "icmp.type in {0, 8} || icmpv6.type in {128, 129}", "-T",
                  "fields", "-e", "_ws.col.Source", "-e", "_ws.col.Destination", "-e", "icmp.type",
                  "-e", "icmpv6.type")
    rows = [line.split("\t") for line in done.out.split("\n") if line]
    theirs = collections.Counter((row[0], row[1], "request" if row[2] == "8" or row[3] == "128" else
                                  "reply") for row in rows)
    assert ours == theirs


def test_types_codes_and_sizes(tshark, made):
    seen = observed(tshark, made("generated")[0])
    assert seen["dns-query", "10.50.0.10", "10.50.0.53", "A www.example.org"] == (1, 33)
    assert seen["dns-answer", "10.50.0.53", "10.50.0.10", "NOERROR A www.example.org"] == (1, 49)
    assert sum(times for (kind, _, _, subject), (times, _) in seen.items()
               if kind == "dns-answer" and re.match("NXDOMAIN A [a-z]{12}.com$", subject)) == 80


def test_strange_messages(tshark, made):
    """Whatever makes sense is seen, wherever it comes in; what makes none is left out."""
    seen = observed(tshark, made("strange")[0])
    asked = {subject: times for (kind, _, _, subject), (times, _) in seen.items()
             if kind == "dns-query"}
    assert asked == {r"TXT a\.b.c\\d.\000\032e": 1, "TXT .": 1, "TYPE65399 www.example.org": 1,
                     "A tcp1.example.org": 1, "A tcp2.example.org": 1, "TXT whole.example.org": 1}
    assert {subject for kind, _, _, subject in seen if kind == "dns-answer"} == {
        "NOERROR A tcp1.example.org", "NOERROR A tcp2.example.org"}


def test_ordinary_pings_are_one(tshark, made):
    """Past the time stamp their data is the same, so that a long series is one observation."""
    seen = observed(tshark, made("ordinary")[0])
    to_far = {subject: (times, size) for (kind, _, peer, subject), (times, size) in seen.items()
              if kind == "echo" and peer == "203.0.113.9"}
    assert list(to_far.values()) == [(100, 5600)]


@pytest.mark.parametrize("kind", GUILTY + ["ordinary", "strange"])
def test_who_is_blamed(tshark, made, kind):
    capture, truth = made(kind)
    record = tshark.json(capture, *RULES)
    assert {node["id"] for node in record["nodes"] if node["suspect"]} == set(truth["suspects"])
    assert {finding["host"]: finding["rule"] for finding in record["findings"]} == truth["suspects"]


@pytest.mark.parametrize("kind", GUILTY)
def test_filter_selects_what_the_finding_speaks_of(tshark, made, kind):
    capture, truth = made(kind)
    finding, = tshark.json(capture, *RULES)["findings"]
    selected = frames(tshark, capture, finding["filter"])
    assert selected == frames(tshark, capture, truth["packets"])
    assert set(finding["frames"]) <= set(selected)
    assert (finding["first_frame"], finding["last_frame"]) == (selected[0], selected[-1])


@pytest.mark.parametrize("kind", GUILTY)
def test_without_evidence_nothing_is_assessed(tshark, made, kind):
    record = tshark.json(made(kind)[0], "evidence=no", *RULES)
    assert record["findings"] == []
    assert {"dns-tunnel", "dga", "icmp-tunnel"} <= {
        entry["rule"] for entry in record["graph"]["not_assessed"]}


def test_pseudonyms_hide_names_but_not_echoes(tshark, made):
    tshark.write("key", "a key for the test")
    record = tshark.json(made("tunnel")[0], "pseudonyms=key", *RULES)
    assert record["findings"] == []
    assert "pseudonyms hide the names" in {
        entry["why"] for entry in record["graph"]["not_assessed"] if entry["rule"] == "dns-tunnel"}
    assert "example" not in json.dumps(record)
    record = tshark.json(made("echoes")[0], "pseudonyms=key", *RULES)
    assert [finding["rule"] for finding in record["findings"]] == ["icmp-tunnel"]


@pytest.mark.parametrize("kind", GUILTY)
def test_two_passes_and_other_columns_see_the_same(tshark, made, kind):
    capture, _ = made(kind)
    once = observed(tshark, capture)
    assert once
    assert observed(tshark, capture, before=["-2"]) == once
    assert observed(tshark, capture, before=[
        "-o", 'gui.column.format:"No.","%m"']) == once


def test_truncated(tshark, made):
    """A capture that ends within a record."""
    whole = made("tunnel")[0].read_bytes()
    cut = tshark.work / "cut.pcapng"
    cut.write_bytes(whole[:len(whole) - 7])
    done = tshark.hostgraph(cut, *RULES)
    assert "DNS tunnel" in done.out, done


def test_little_of_each_packet(tshark, made, installed_tshark):
    """Of packets cut at 60 bytes no name is whole, and of echoes hardly more than the time is there:
    none is made up, and the report says so."""
    short = installed_tshark.folder / "short.pcapng"
    for kind, rules in (("tunnel", {"dns-tunnel", "dga"}), ("echoes", {"icmp-tunnel"})):
        subprocess.run(["editcap", "-s", "60", str(made(kind)[0]), str(short)], check=True)
        assert observed(tshark, short) == {}
        record = tshark.json(short, *RULES)
        assert {entry["rule"] for entry in record["graph"]["not_assessed"]
                if entry["why"].startswith("the capture shows ")} == rules


def test_known_by_their_mac(tshark, made):
    """The same hosts at the link layer, where far ones are behind the gateway's MAC."""
    for kind in ("tunnel", "echoes"):
        capture, truth = made(kind)
        finding, = tshark.json(capture, "layer=link", *RULES)["findings"]
        assert finding["host"] == "02:00:0a:32:00:0a"
        selected = frames(tshark, capture, finding["filter"])
        assert set(frames(tshark, capture, truth["packets"])) <= set(selected)
        assert (finding["first_frame"], finding["last_frame"]) == (selected[0], selected[-1])
