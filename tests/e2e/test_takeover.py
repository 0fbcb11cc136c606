"""Failed logins and remote administration in real captures: tshark's own fields tell which.

SPDX-License-Identifier: GPL-2.0-or-later
"""
import pytest

from conftest import real


def found(tshark, capture, rule, host):
    (one,) = [finding for finding in tshark.json(real(capture), f"rule={rule}")["findings"]
              if finding["host"] == host]
    return one


def frames(tshark, capture, display_filter):
    return {int(number) for (number,) in
            tshark.fields(real(capture), "frame.number", before=("-2", "-Y", display_filter))}


def test_ftp_failures(tshark):
    """As many as there are 530s behind a password, and the filter selects those."""
    finding = found(tshark, "brute_ftp.pcap", "brute-force", "192.168.56.1")
    refused = frames(tshark, "brute_ftp.pcap", "ftp.response.code == 530")
    assert finding["measured"] == len(refused) >= 20
    assert frames(tshark, "brute_ftp.pcap", finding["filter"]) == refused
    assert finding["peers"] == ["192.168.56.101"]


def test_psexec(tshark):
    finding = found(tshark, "lateral_psexec.pcap", "lateral-movement", "192.168.1.46")
    wanted = frames(tshark, "lateral_psexec.pcap",
                    "dcerpc.pkt_type == 0 && svcctl.opnum in {12, 19, 24, 31} || "
                    "smb2.cmd == 5 && smb2.flags.response == 0 && smb2.filename contains \"PSEXESVC\" || "
                    "smb2.cmd == 3 && smb2.flags.response == 0 && smb2.tree contains \"ADMIN$\"")
    selected = frames(tshark, "lateral_psexec.pcap", finding["filter"])
    assert wanted and selected == wanted
    assert set(finding["frames"]) <= selected
    assert finding["peers"] == ["192.168.1.195"]


@pytest.mark.parametrize("actor", ("192.168.116.149", "192.168.116.138"))
def test_worm(tshark, actor):
    capture = "worm_wannacry_smb_s256.pcapng"
    finding = found(tshark, capture, "lateral-movement", actor)
    wanted = frames(tshark, capture,
                    f"ip.src == {actor} && smb.flags.response == 0 && !tcp.analysis.retransmission && "
                    "(smb.trans2.cmd == 0x0e || smb.cmd == 0xa0 && smb.nt.function == 0)")
    assert wanted and frames(tshark, capture, finding["filter"]) == wanted


def test_worm_hops(tshark):
    """The one that was infected names the frame in which it was."""
    finding = found(tshark, "worm_wannacry_smb_s256.pcapng", "lateral-movement", "192.168.116.138")
    assert "192.168.116.149 had done the like to it" in finding["evidence"]


def test_victims_are_not_blamed(tshark):
    for capture, victim in (("lateral_psexec.pcap", "192.168.1.195"),
                            ("exploit_eternalblue_s256.pcapng", "192.168.198.203"),
                            ("worm_wannacry_smb_s256.pcapng", "192.168.116.172")):
        record = tshark.json(real(capture))
        (node,) = [node for node in record["nodes"] if node["id"] == victim]
        assert not node["suspect"], capture
