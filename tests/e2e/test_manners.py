"""What is read of certificates, requests, answers and pings is what tshark's dissectors show, in both passes.

SPDX-License-Identifier: GPL-2.0-or-later
"""
import collections
import sys

import pytest

from conftest import ROOT, captures

sys.path.insert(0, str(ROOT / "tests" / "generate"))
import scene  # noqa: E402
import scenes  # noqa: E402


@pytest.fixture(scope="module")
def made(installed_tshark):
    def make(kind, seed=1):
        path = installed_tshark.folder / f"manners-{kind}-{seed}.pcap"
        truth = scene.make(scenes.KINDS, kind, seed, path)
        path.chmod(0o644)
        return path, truth
    return make


def observed(tshark, path, kind):
    return tshark.rows(path, "SELECT actor, peer, subject, packets FROM observations WHERE kind = ?", (kind,))


def shown_certificates(tshark, path):
    """{(client, server, port): {whether a chain is of one}}"""
    shown = collections.defaultdict(set)
    for ip, ip6, to, to6, port, chain, first in tshark.fields(
            path, "ip.src", "ipv6.src", "ip.dst", "ipv6.dst", "tcp.srcport",
            "tls.handshake.certificates_length", "tls.handshake.certificate_length"):
        if chain and first:
            shown[to or to6, ip or ip6, int(port)].add(int(chain) == int(first) + 3)
    return shown


def read_certificates(tshark, path):
    read = collections.defaultdict(set)
    for client, server, subject, _ in observed(tshark, path, "certificate"):
        words = subject.split("\t")[0].split()
        read[client, server, int(words[0])].add("alone" in words)
    return read


@pytest.mark.parametrize("kind", ["good-chains", "self-signed", "self-signed-ipv6", "peers-with-tls", "sloppy-sites"])
def test_certificates_of_scenes(tshark, made, kind):
    path, _ = made(kind)
    read, shown = read_certificates(tshark, path), shown_certificates(tshark, path)
    assert shown and {key: read[key] for key in shown} == shown


@pytest.mark.parametrize("name", captures())
def test_certificates_of_real_captures(tshark, capture, name):
    """Where the dissector shows a chain, too; where segments were lost it does not."""
    path = capture(name)
    read, shown = read_certificates(tshark, path), shown_certificates(tshark, path)
    both = read.keys() & shown.keys()
    assert {key: read[key] for key in both} == {key: shown[key] for key in both}
    if name == "c2_asyncrat.pcap":
        assert read["192.168.100.20", "186.169.47.11", 7084] == {True}


def test_lost_segments_hide_nothing(tshark, made):
    """The first segment is enough, where no dissector can put the chain together."""
    path, truth = made("self-signed-lost", 2)
    clients = {client for client, _, _ in read_certificates(tshark, path)}
    assert set(truth.suspects[0][0]) <= clients
    assert not set(truth.suspects[0][0]) & {client for client, _, _ in shown_certificates(tshark, path)}


@pytest.mark.parametrize("kind", ["dns-polls-20", "dns-polls-null", "dns-polls-cname", "certificate-checks"])
def test_answers_with_data(tshark, made, kind):
    """In how many seconds of the clock a name was answered."""
    path, _ = made(kind)
    shown = collections.defaultdict(set)
    for time, client, name, response, asked in tshark.fields(
            path, "frame.time_epoch", "ip.dst", "dns.qry.name", "dns.flags.response", "dns.qry.type"):
        if response in ("1", "True") and asked in ("5", "10", "15", "16"):
            shown[client, name.lower()].add(int(float(time)))
    read = collections.Counter((client, subject.split("\t")[1])
                               for client, _, subject, _ in observed(tshark, path, "dns-data"))
    assert shown and read == {key: len(seconds) for key, seconds in shown.items()}


def test_nothing_of_a_request_but_the_address(tshark, made):
    path, truth = made("told-by-outside", 3)
    rows = observed(tshark, path, "address-in-request")
    assert rows and all(subject.replace("\t", " ").replace(".", "").replace(" ", "").isdigit()
                        for _, _, subject, _ in rows)
    assert {host for _, host, _, _ in rows} == set(truth.suspects[0][0])


@pytest.mark.parametrize("kind", ["told-by-outside", "self-signed", "ping-polls-20"])
def test_marks_know_it_too(tshark, made, kind):
    """They have no taps, but a tree."""
    path, _ = made(kind)
    suspects = {node["id"] for node in tshark.json(path)["nodes"] if node["suspect"]}
    done = tshark("-n", "-2", "-o", "hostgraph.mark:TRUE", "-r", path, "-T", "fields", "-E", "occurrence=a",
                  "-E", "aggregator=,", "-e", "hostgraph.suspect")
    assert suspects and {host for host in done.out.replace("\n", ",").split(",") if host} == suspects


def test_remote_control_is_told_and_blames_nobody(tshark, made):
    path, _ = made("remote-support")
    record = tshark.json(path)
    told = {finding["evidence"].split()[2].rstrip(":") for finding in record["findings"] if finding["rule"] == "remote-tool"}
    assert told == {"AnyDesk", "TeamViewer", "RDP"}
    assert not [node for node in record["nodes"] if node["suspect"]]
