"""Generated attacks are found by a rule that speaks of them, and nobody is wronged; what harmless things
look like attacks are not taken for them. tests/bench/rates does this for many seeds.

SPDX-License-Identifier: GPL-2.0-or-later
"""
import os
import subprocess
import sys

import pytest

from conftest import BUILD, ROOT
from test_generated import FLAWS, tshark as plain_tshark

sys.path[:0] = [str(ROOT / "tests" / "generate"), str(ROOT / "tests" / "bench")]
import scene  # noqa: E402
import scenes  # noqa: E402
from verdict import Verdict  # noqa: E402

# What is beyond the thresholds, or cannot be told from what everybody does: packaging/detection.md.
NOT_FOUND = ("guess-ftp-5min", "guess-pop3-5min", "guess-ssh-60s", "guess-ssh-5min",
             "dns-tunnel-trickle", "dga-words", "exfiltration-small",
             *(f"{what}-flood{spoofed}-slow" for what in ("syn", "udp", "icmp")
               for spoofed in ("", "-spoofed")))
TAKEN_FOR_ATTACKS = ("telemetry-some", "telemetry-one", "cloud-backup-alone", "telemetry-by-address")
FOUND = [kind for kind in scenes.ATTACKS if kind not in NOT_FOUND
         and not kind.startswith("guess-") or kind.endswith("-10s")]
HARMLESS = [kind for kind in scenes.HARMLESS if kind not in TAKEN_FOR_ATTACKS]
# One kind a rule, for its filter.
OF_RULE = {"port-scan": "port-scan-1s", "address-scan": "syn-scan-1s", "arp-sweep": "arp-sweep-fast",
           "beacon": "beacon-10", "failed-callback": "failed-callback", "arp-spoof": "arp-spoof",
           "rogue-dhcp": "rogue-dhcp", "brute-force": "guess-ssh-10s", "dns-tunnel": "dns-tunnel-dnscat",
           "dga": "dga-letters", "icmp-tunnel": "icmp-tunnel", "mail-spray": "mail-spray-fast",
           "exfiltration": "exfiltration-pieces", "flood": "syn-flood", "odd-port": "unknown-protocol",
           "long-connection": "long-connection-1h", "lateral-movement": "remote-control",
           "odd-certificate": "self-signed", "called-back": "told-by-outside", "tor": "tor",
           "download": "download-lying", "bare-post": "post-address", "web-scan": "web-scan-fast",
           "injection": "inject-traversal", "mining": "mining-monero"}
ADDRESSES = ("eth.src", "eth.dst", "ip.src", "ip.dst", "arp.src.proto_ipv4", "arp.dst.proto_ipv4")
BROADCAST = "ff:ff:ff:ff:ff:ff"
MAX_PEERS = 50  # a finding names no more


@pytest.fixture(scope="module")
def made(installed_tshark):
    """(capture, truth, record) of a kind, each made once."""
    known = {}

    def make(kind, seed=1):
        if (kind, seed) not in known:
            path = installed_tshark.folder / f"{kind}-{seed}.pcap"
            truth = scene.make(scenes.KINDS, kind, seed, path)
            path.chmod(0o644)
            known[kind, seed] = path, truth, installed_tshark.json(path)
        return known[kind, seed]
    return make


def judge(truth, record):
    verdict = Verdict(record)
    for hosts, rules in truth.suspects:
        assert verdict.named_for(hosts, rules, truth.weak), (hosts, rules, dict(verdict.rules))
    allowed = {host for hosts, _ in truth.suspects for host in hosts} | set(truth.also_ok)
    assert [verdict.worded(host) for host in verdict.false(allowed)] == []
    for host, rules in truth.victims:
        assert host not in verdict.suspects
        if rules:
            assert [f for f in record["findings"] if f["kind"] == "victim" and f["host"] == host
                    and f["rule"] in rules]


@pytest.mark.parametrize("kind", FOUND)
def test_attack_is_found(made, kind):
    _, truth, record = made(kind)
    assert truth.suspects or truth.victims
    judge(truth, record)


@pytest.mark.parametrize("kind", HARMLESS)
def test_harmless_is_let_be(made, kind):
    _, truth, record = made(kind)
    assert not truth.suspects
    judge(truth, record)


def selected(tshark, capture, wanted):
    """{frame: addresses in it}"""
    return {int(row[0]): set(row[1:]) for row in tshark.fields(
        capture, "frame.number", *ADDRESSES, before=("-Y", wanted))}


@pytest.mark.parametrize("rule", OF_RULE)
def test_filter_selects_what_the_finding_speaks_of(installed_tshark, made, rule):
    capture, truth, record = made(OF_RULE[rule])
    accused = {host for hosts, _ in truth.suspects for host in hosts}
    findings = [f for f in record["findings"] if f["rule"] == rule and f["host"] in accused]
    assert findings
    for finding in findings:
        frames = selected(installed_tshark, capture, finding["filter"])
        assert set(finding["frames"]) <= set(frames)
        assert finding["first_frame"] in frames and finding["last_frame"] in frames
        # Nobody is there to name whom a sweep asks for.
        named = rule != "arp-sweep" and len(finding["peers"]) < MAX_PEERS
        macs = {node["id"]: node["macs"] for node in record["nodes"]}[finding["host"]]
        for addresses in frames.values():
            assert addresses & {finding["host"], *macs}
            if named and BROADCAST not in addresses:
                assert addresses & set(finding["peers"])


@pytest.mark.parametrize("kind", ["beacon-10", "remote-control", "jump-host", "renewals", "monitor",
                                  "wmi-exec", "task-exec", "eternal-blue", "domain-morning", "inventory",
                                  "download-address", "post-address", "web-scan-named", "inject-lookup",
                                  "update-day", "package-manager", "forum"])
def test_captures_are_sound_and_the_same_each_time(tmp_path, kind):
    paths = [tmp_path / name for name in ("one", "two")]
    for path in paths:
        subprocess.run([sys.executable, ROOT / "tests/generate/scenes.py", kind, "2", path], check=True)
    assert paths[0].read_bytes() == paths[1].read_bytes()
    assert plain_tshark(paths[0], "-Y", FLAWS) == []


def test_rates_are_printed():
    """Two of two that are found: Wilson's interval begins at 2 / (2 + 1.96^2)."""
    done = subprocess.run([ROOT / "tests/bench/rates", "-n", "2", "--kind", "port-scan-fast",
                           "--kind", "chat*"], text=True, capture_output=True,
                          env={**os.environ, "HOSTGRAPH_BUILD": str(BUILD)})
    assert done.returncode == 0, done.stderr
    rows = [[cell.strip() for cell in line.split("|")] for line in done.stdout.splitlines()]
    assert [row[3:5] for row in rows if row[1:2] == ["`port-scan-fast`"]] == [
        ["100% (34% to 100%)", "port-scan 2"]]
    assert [row[3] for row in rows if row[1:2] == ["`chatter`"]] == ["0% (0% to 66%)"]
