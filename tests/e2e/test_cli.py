"""tshark -z hostgraph: options, exit status, what is written and what is not.

SPDX-License-Identifier: GPL-2.0-or-later
"""
import collections
import json
import pathlib
import re
import subprocess
import sys

import pytest

from conftest import captures

GENERATE = pathlib.Path(__file__).resolve().parents[1] / "generate"
EXPORTS = ["o.json", "o.graphml", "o.dot", "o.csv", "o.txt"]
WRITTEN = ["o.dot", "o.edges.csv", "o.graphml", "o.hosts.csv", "o.json", "o.txt"]


@pytest.fixture(scope="session")
def office(installed_tshark):
    """A generated capture: these tests need no real one."""
    path = installed_tshark.folder / "office.pcapng"
    subprocess.run([sys.executable, GENERATE / "office.py", path, installed_tshark.folder / "truth"],
                   check=True, capture_output=True)
    path.chmod(0o644)
    return path


VALID = [
    [], ["text=no"], ["text=yes"], ["evidence=no"], ["evidence=yes"], ["layer=auto"], ["layer=net"],
    ["layer=link"], ["top=0"], ["top=5"], ["protocol=DNS"], ["protocol=dns", "protocol=TCP"],
    ["rule=port-scan"], ["rule=-beacon"], ["set=port-scan.ports=5"], ["suspect=10.0.0.1"],
    ["suspect=00:11:22:33:44:55"], ["suspect=fe80::1", "suspect=10.0.0.1"], ["trace=10.0.0.1"],
    ["trace=10.0.0.1@1700000000.25"], ["trace=10.0.0.1@2023-11-14T22:13:20Z"], ["progress=no"],
    ["max-hosts=10"], ["max-contacts=10"], ["export=a.json"], ["format=json", "export=a.xyz"],
    ["export=a.csv", "export=b.dot", "export=c.graphml"], [r"export=a\,b.json"],
    ["filter=tcp"], ["filter=ip.addr in {10.20.0.31, 10.20.0.32}"],
]


@pytest.mark.parametrize("options", VALID, ids=",".join)
def test_valid_options(tshark, office, options):
    done = tshark.hostgraph(office, *options)
    assert done.status == 0 and done.err == "", done
    assert ("hostgraph" in done.out) == ("text=no" not in options)
    if r"export=a\,b.json" in options:
        assert tshark.files() == ["a,b.json"]


# What is wrong, and what the message must name.
INVALID = [
    (["nonsense"], "nonsense"), (["nonsense=1"], "nonsense"), (["top=x"], "top"), (["top=-1"], "top"),
    (["top="], "top"), (["layer=physical"], "auto"), (["evidence=maybe"], "yes"), (["text=2"], "no"),
    (["progress=x"], "yes"), (["rule=nope"], "port-scan"), (["rule=-nope"], "port-scan"),
    (["set=nope.x=1"], "port-scan"), (["set=port-scan.nope=1"], "ports"),
    (["set=port-scan.ports=many"], "ports"), (["set=port-scan.ports=-5"], "ports"),
    (["set=port-scan"], "set"), (["suspect="], "suspect"), (["trace="], "trace"),
    (["trace=10.0.0.1@yesterday"], "ISO 8601"), (["max-hosts=no"], "max-hosts"),
    (["export="], "export"), (["export=a.nope"], "json"), (["export=nowhere/a.json"], "nowhere/a.json"),
    (["format=nope", "export=a"], "json"), (["format=json"], "export"),
    (["export=a.json", "export=a.json"], "a.json"), (["export=/etc"], "/etc"),
    (["export=/proc/x.json"], "/proc/x.json"), (["baseline=x"], "baseline"), (["allow=x"], "allow"),
    (["deny=x"], "deny"), (["explain=x"], "port-scan"), (["filter="], "filter"), (["filter=no.such.field"], "no.such.field"),
    (["filter=tcp &&"], "filter"), (["filter=tcp) || (udp"], "filter"),
]


@pytest.mark.parametrize("options, named", INVALID, ids=lambda value: ",".join(value)
                         if isinstance(value, list) else "")
def test_invalid_options(tshark, office, options, named):
    done = tshark.hostgraph(office, *options, *(["export=other.json"] if "filter" not in options[0]
                                                and "format=json" not in options else []))
    assert done.status == 1, done
    lines = done.err.splitlines()
    assert len(lines) == 1 and lines[0].startswith("tshark: hostgraph: ") and named in lines[0], done
    assert done.out == "" and tshark.files() == []


def test_errors_come_before_the_first_packet(tshark, office):
    """Without -q tshark prints packets as it reads them."""
    done = tshark("-r", office, "-z", "hostgraph,top=x")
    assert done.status == 1 and done.out == ""


@pytest.mark.parametrize("argument", ["hostgraphx", "hostgraph.", "hostgraph export=x.json"])
def test_a_longer_name_is_not_ours(tshark, office, argument):
    """tshark compares names of statistics up to their end only."""
    done = tshark("-q", "-r", office, "-z", argument)
    assert done.status == 1 and "tshark: " in done.err and tshark.files() == []


def test_help(tshark, office):
    done = tshark.hostgraph(office, "help")
    assert done.status == 0 and done.err == ""
    for word in ("export=", "suspect=", "trace=", "baseline=", "allow=", "deny=", "layer=", "protocol=",
                 "rule=", "set=", "top=", "evidence=", "info=", "text=", "progress=", "filter=", "max-hosts=",
                 "graphml", "json", "dot", "csv", "port-scan", "address-scan", "beacon",
                 "volume-outlier", "cleartext-login", "cleartext-protocol"):
        assert word in done.out, word
    assert max(map(len, done.out.splitlines())) <= 100


def test_missing_capture_is_tsharks_own_affair(tshark):
    with_us = tshark("-q", "-r", "missing.pcap", "-z", "hostgraph,export=a.json")
    without = tshark("-q", "-r", "missing.pcap", "-z", "conv,ip")
    assert (with_us.status, with_us.err) == (without.status, without.err)
    assert with_us.status != 0 and tshark.files() == []


def test_filter_takes_the_rest(tshark, office):
    everything = tshark.json(office)
    tcp = tshark.hostgraph(office, "text=no", "export=tcp.json",
                           "filter=tcp && tcp.port in {80, 443}")
    assert tcp.status == 0, tcp
    record = json.loads((tshark.work / "tcp.json").read_text())
    counted = tshark("-n", "-r", office, "-Y", "tcp && tcp.port in {80, 443}").out.count("\n")
    assert 0 < record["graph"]["packets"] == counted < everything["graph"]["packets"]


def test_two_passes(tshark, office):
    """Dissectors know more in the second pass, so protocols may differ; hosts may not."""
    once, twice = tshark.json(office), tshark.json(office, before=["-2"])
    counts = ("id", "packets_sent", "packets_received", "bytes_sent", "bytes_received", "first_frame")
    assert [[node[key] for key in counts] for node in once["nodes"]] == \
        [[node[key] for key in counts] for node in twice["nodes"]]
    for options, record in ((["-2"], twice), ([], once)):
        columns = tshark("-n", *options, "-r", office, "-o", 'gui.column.format:"P","%p"').out
        assert {entry["name"]: entry["packets"] for entry in record["protocols"]} == \
            collections.Counter(line.strip() for line in columns.split("\n")[:-1])


def test_read_filter_of_two_passes(tshark, office):
    counted = tshark("-n", "-r", office, "-Y", "dns").out.count("\n")
    record = tshark.json(office, before=["-2", "-R", "dns"])
    assert record["graph"]["packets"] == counted > 0


def test_same_bytes_twice(tshark, office):
    runs = []
    for _ in range(2):
        done = tshark.hostgraph(office, *(f"export={name}" for name in EXPORTS), "top=0")
        assert done.status == 0, done
        assert tshark.files() == WRITTEN
        runs.append([done.out] + [(tshark.work / name).read_bytes() for name in WRITTEN])
        tshark.clear()
    assert runs[0] == runs[1]
    assert all(runs[0])


def test_several_reports_at_once(tshark, office):
    """They, and other taps, do not disturb each other."""
    arguments = [["text=no", "export=a.json"], ["text=no", "layer=link", "export=b.json"],
                 ["text=no", "evidence=no", "export=c.json"],
                 ["text=no", "export=d.json", "filter=udp"]]
    taps = [word for options in arguments for word in ("-z", ",".join(["hostgraph", *options]))]
    done = tshark("-q", "-r", office, *taps, "-z", "io,phs")
    assert done.status == 0 and "Protocol Hierarchy" in done.out, done
    together = [(tshark.work / f"{name}.json").read_bytes() for name in "abd"]
    for name, options, expected in zip("abd", [arguments[0], arguments[1], arguments[3]], together):
        tshark.clear()
        tshark.hostgraph(office, *options)
        assert (tshark.work / f"{name}.json").read_bytes() == expected


def test_progress(tshark, office):
    done = tshark.hostgraph(office, "progress=yes", "text=no")
    assert done.status == 0 and done.out == ""
    assert "\n" not in done.err and (done.err == "" or done.err.endswith("\r\x1b[K"))
    assert tshark.hostgraph(office, "progress=no").err == ""


# --- writing fails ---

def test_disk_full_at_the_end(tshark, office):
    """The file size limit strikes when the export is written: whose fault it was is said, nothing is
    left behind, other taps print, and the exit status tells."""
    tshark.write("old.json", "precious")
    done = tshark("-q", "-r", office, "-z", "hostgraph,text=no,export=old.json,export=small.dot",
                  "-z", "io,phs", shell='trap "" XFSZ; ulimit -f 1; exec "$@"')
    assert done.status != 0
    assert "old.json" in done.err and "File too large" in done.err, done
    assert "Protocol Hierarchy" in done.out
    assert (tshark.work / "old.json").read_text() == "precious"
    assert tshark.files() in (["old.json"], ["old.json", "small.dot"])


def test_standard_output_full(tshark, office):
    with open("/dev/full", "wb") as full:
        done = tshark.hostgraph(office, "export=a.json", stdout=full)
    assert done.status != 0 and "No space left on device" in done.err, done
    json.loads((tshark.work / "a.json").read_text())


def test_write_failure_keeps_tsharks_own_status(tshark, capture):
    path = capture("truncated_mid_packet.pcap")
    done = tshark("-q", "-r", path, "-z", "hostgraph,text=no,export=a.json",
                  shell='trap "" XFSZ; ulimit -f 1; exec "$@"')
    assert done.status == tshark("-q", "-r", path, "-z", "conv,ip").status != 0
    assert "a.json" in done.err and "cut short" in done.err


# --- captures that are not as they should be ---

@pytest.mark.parametrize("name", captures())
def test_exit_status_is_tsharks_own(tshark, capture, name):
    path = capture(name)
    alone = tshark("-q", "-r", path, "-z", "conv,ip")
    done = tshark.hostgraph(path)
    assert (done.status, done.err) == (alone.status, alone.err)
    assert "Packets" in done.out
    too_long = [line for line in done.out.splitlines() if len(line) > 100 and "Filter" not in line]
    assert too_long == []


@pytest.mark.parametrize("name, sound, packets", [
    ("empty.pcap", True, 0), ("truncated_mid_packet.pcap", False, 202),
    ("corrupt_record_length.pcap", False, 120), ("snaplen68.pcap", True, 1793),
    ("usb_usbmon_synthetic.pcap", True, 40), ("wifi_wpa2.cap", True, 499),
    ("lan_netbeui_ipx_win98.pcap", True, 220)])
def test_odd_captures(tshark, capture, name, sound, packets):
    done = tshark.hostgraph(capture(name), "export=a.json")
    assert (done.status == 0) == sound, done
    assert re.search(rf"^ +Packets +{packets}$", done.out, re.M), done
    record = json.loads((tshark.work / "a.json").read_text())
    assert record["graph"]["packets"] == packets
    assert bool(record["nodes"]) == (packets > 0)


def test_bytes_are_those_on_the_wire(tshark, capture):
    path = capture("snaplen68.pcap")
    rows = tshark.fields(path, "frame.len", "frame.cap_len")
    assert sum(int(row[1]) for row in rows) < sum(int(row[0]) for row in rows)
    assert tshark.json(path)["graph"]["bytes"] == sum(int(row[0]) for row in rows)


# --- secrets ---

SECRETS = {
    "cred_ftp_tickedoff.pcapng": ["p@ssw0rd"],
    "cred_http_basic.pcap": ["fail2", "dGVzdDpmYWlsMg"],
    "cred_http_form.pcapng": ["=password", "=admin"],
    "cred_imap_login.pcap": ["pfres"],
    "cred_pop3.pcap": ["pippozzo", "napier", "AGRpZ2l0YWxpbnZlc3RpZ2F0b3JAbmV0d29ya3NpbXMuY29t"],
    "cred_telnet.pcap": ["faakkee"],
    "brute_ftp.pcap": ["PASS 1", "PASS 2"],
    "pppoe_pap.pcap": ["Password='cisco'"],
}


@pytest.mark.parametrize("name", SECRETS)
def test_no_password_anywhere(tshark, capture, name):
    path = capture(name)
    hosts = [node["id"] for node in tshark.json(path)["nodes"]]
    flagged = [f"suspect={host}" for host in hosts[:10]]
    done = tshark.hostgraph(path, "top=0", *flagged, *(f"export={file}" for file in EXPORTS))
    texts = [done.out] + [(tshark.work / file).read_text("utf-8") for file in WRITTEN]
    for secret in SECRETS[name]:
        assert not [text for text in texts if secret in text], secret


def test_redaction_is_what_keeps_it_out(tshark, capture):
    """The packet list shows the password, so the test above can fail."""
    path = capture("cred_ftp_tickedoff.pcapng")
    assert "PASS p@ssw0rd" in tshark("-n", "-r", path).out
    report = tshark.hostgraph(path, "suspect=172.16.16.128", "top=0", "filter=frame.number == 7").out
    assert "Request: PASS ..." in report


@pytest.mark.parametrize("name, protocol, user, client, frame", [
    ("cred_ftp_tickedoff.pcapng", "FTP", "salesxfer", "172.16.16.128", 7),
    ("cred_http_basic.pcap", "HTTP", "test", "192.168.0.4", 4),
    ("cred_http_form.pcapng", "HTTP", "admin", "10.2.2.101", 28),
    ("cred_imap_login.pcap", "IMAP", "samir", "10.40.4.2", 11),
    ("cred_pop3.pcap", "POP", "cicciopernacchio@mail.com", "143.225.229.181", 10),
    ("cred_pop3.pcap", "POP", "digitalinvestigator@networksims.com", "192.168.0.4", 56),
    ("cred_telnet.pcap", "Telnet", "fake", "192.168.0.2", 31),
    ("pppoe_pap.pcap", "PPP PAP", "cisco", "cc:05:0e:88:00:00", 11)])
def test_logins_are_exposures(tshark, capture, name, protocol, user, client, frame):
    findings = [finding for finding in tshark.json(capture(name))["findings"]
                if finding["rule"] == "cleartext-login" and finding["host"] == client]
    assert any(frame in finding["frames"] and user in finding["evidence"]
               and protocol in finding["evidence"] for finding in findings), findings
    assert {finding["kind"] for finding in findings} == {"exposure"}
