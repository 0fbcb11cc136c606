"""Who takes control of others, in generated captures: the finding's filter selects the packets that do so,
by tshark's own fields, and what computers of a domain ask each other all day is none of it.

SPDX-License-Identifier: GPL-2.0-or-later
"""
import sys

import pytest

from conftest import ROOT

sys.path.insert(0, str(ROOT / "tests" / "generate"))
import scene  # noqa: E402
import scenes  # noqa: E402

CALL = "dcerpc.pkt_type == 0 && "
SERVICES = CALL + "svcctl.opnum in {12, 19}"
SHARES = 'smb2.cmd == 3 && smb2.flags.response == 0 && smb2.tree contains "ADMIN$"'
PROGRAMS = 'smb2.cmd == 5 && smb2.flags.response == 0 && smb2.filename contains ".exe" && ' \
    'smb2.create.disposition != 1'
ACTS = {
    "remote-control": f"({SERVICES}) || ({SHARES}) || ({PROGRAMS})",
    "remote-control-chain": f"({SERVICES}) || ({SHARES}) || ({PROGRAMS})",
    "wmi-exec": CALL + "dcerpc.opnum == 24 && tcp.dstport == 49155",
    "task-exec": CALL + "taskschedulerservice.opnum in {1, 12}",
    "eternal-blue": "smb.cmd == 0xa0 && smb.flags.response == 0",
}


def make(tshark, kind, seed):
    path = tshark.folder / f"{kind}-{seed}.pcap"
    truth = scene.make(scenes.KINDS, kind, seed, path)
    path.chmod(0o644)
    return path, truth


def frames(tshark, capture, wanted):
    return [int(number) for number, in
            tshark.fields(capture, "frame.number", before=("-2", "-Y", wanted))]


@pytest.mark.parametrize("seed", (1, 2))
@pytest.mark.parametrize("kind", ACTS)
def test_filter_selects_the_acts(tshark, kind, seed):
    capture, truth = make(tshark, kind, seed)
    findings = tshark.json(capture, "rule=lateral-movement")["findings"]
    actors = {host for hosts, _ in truth.suspects for host in hosts}
    assert {finding["host"] for finding in findings} == actors
    for finding in findings:
        wanted = frames(tshark, capture, f"ip.src == {finding['host']} && ({ACTS[kind]})")
        assert wanted and frames(tshark, capture, finding["filter"]) == wanted
        assert set(finding["frames"]) <= set(wanted)
        assert (finding["first_frame"], finding["last_frame"]) == (wanted[0], wanted[-1])


@pytest.mark.parametrize("seed", (1, 2, 3))
def test_hops_are_named(tshark, seed):
    """The second says who came before, in a frame of that one; the first does not."""
    capture, truth = make(tshark, "remote-control-chain", seed)
    first, second = (hosts[0] for hosts, _ in truth.suspects)
    told = {finding["host"]: finding["evidence"]
            for finding in tshark.json(capture, "rule=lateral-movement")["findings"]}
    assert "before, in frame" not in told[first]
    frame = told[second].partition("before, in frame ")[2].partition(",")[0]
    assert int(frame) in frames(tshark, capture, f"ip.src == {first} && ip.dst == {second}")


@pytest.mark.parametrize("seed", (1, 2, 3))
def test_a_domain_is_let_be(tshark, seed):
    """SYSVOL, pipes of the domain controller, a print server's registry, a share for programs."""
    capture, _ = make(tshark, "domain-morning", seed)
    for protocol in ("lsarpc", "samr", "winreg", "spoolss", 'smb2.filename contains "setup.exe"'):
        assert frames(tshark, capture, protocol), protocol
    assert tshark.json(capture, "rule=lateral-movement")["findings"] == []


@pytest.mark.parametrize("seed", (1, 2, 3))
def test_who_only_looks_is_weak(tshark, seed):
    """Services, registry, disks and WMI of everybody are looked at: that many shares for administrators
    are told, and make no suspect."""
    capture, _ = make(tshark, "inventory", seed)
    finding, = tshark.json(capture, "rule=lateral-movement")["findings"]
    wanted = frames(tshark, capture, 'smb2.cmd == 3 && smb2.flags.response == 0 && '
                                     'smb2.tree contains "C$" && !(smb2.tree contains "IPC$")')
    assert frames(tshark, capture, finding["filter"]) == wanted
    assert not any(node["suspect"] for node in tshark.json(capture)["nodes"])


def test_allow_list(tshark):
    """What exempts a host that may do this."""
    capture, truth = make(tshark, "wmi-exec", 1)
    (host,), _ = truth.suspects[0]
    tshark.write("administrators", f"{host} rule=lateral-movement\n")
    record = tshark.json(capture, "allow=administrators")
    assert not any(finding["rule"] == "lateral-movement" for finding in record["findings"])
