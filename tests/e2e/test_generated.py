"""The generated captures are what they claim to be: judged by tshark alone, without the plugin.

SPDX-License-Identifier: GPL-2.0-or-later
"""
import collections
import json
import pathlib
import subprocess
import sys

import pytest

GENERATE = pathlib.Path(__file__).resolve().parents[1] / "generate"
sys.path.insert(0, str(GENERATE))
import hostile  # noqa: E402
import small  # noqa: E402

CHECKSUMS = [word for protocol in ("ip", "tcp", "udp")
             for word in ("-o", f"{protocol}.check_checksum:TRUE")]
FLAWS = "_ws.malformed || _ws.expert.severity >= error || " + " || ".join(
    f"{protocol}.checksum.status == bad" for protocol in ("ip", "tcp", "udp", "icmp", "icmpv6"))


def generate(program, *arguments):
    return subprocess.run([sys.executable, str(GENERATE / f"{program}.py"), *map(str, arguments)],
                          check=True, capture_output=True, text=True).stdout


def tshark(capture, *arguments):
    out = subprocess.run(["tshark", "-n", "-r", str(capture), *CHECKSUMS, *arguments], check=True,
                         capture_output=True).stdout
    # Not splitlines(): text in packets may hold what Python takes for the end of a line.
    return out.decode(errors="replace").rstrip("\n").split("\n") if out else []


def rows(capture, wanted, *fields):
    arguments = [word for field in fields for word in ("-e", field)]
    return [tuple(line.split("\t"))
            for line in tshark(capture, "-T", "fields", *arguments, "-Y", wanted)]


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    folder = tmp_path_factory.mktemp("office")
    generate("office", folder / "office.pcapng", folder / "truth.json")
    return folder / "office.pcapng", json.loads((folder / "truth.json").read_text())


def test_office_is_sound(office):
    assert tshark(office[0], "-Y", FLAWS) == []
    assert len(tshark(office[0])) == office[1]["packets"]


def test_flaws_are_seen(office, tmp_path):
    """Else no capture could fail to be sound: one byte of the first HTTP request is turned over."""
    broken = tmp_path / "broken.pcapng"
    whole = office[0].read_bytes()
    place = whole.index(b"GET / HTTP")
    broken.write_bytes(whole[:place] + b"P" + whole[place + 1:])
    assert len(tshark(broken, "-Y", FLAWS)) == 1


def test_office_is_the_same_each_time(office, tmp_path):
    generate("office", tmp_path / "again.pcapng")
    assert (tmp_path / "again.pcapng").read_bytes() == office[0].read_bytes()


def test_office_scan_is_there(office):
    capture, truth = office
    scanner = next(host for host, rules in truth["suspects"].items() if "port-scan" in rules)
    syns = rows(capture, f"ip.src == {scanner} && tcp.flags == 0x002", "ip.dst", "tcp.dstport")
    ports = {port for host, port in syns if host == truth["scan"]["scanned_host"]
             and int(port) >= 1000}
    nobody = {host for host, port in syns if host.startswith("10.20.8.")}
    assert len(ports) == truth["scan"]["scanned_ports"]
    assert len(nobody) == truth["scan"]["targets"]
    assert rows(capture, "ip.src == 10.20.8.0/24", "ip.src") == []


def test_office_beacon_is_regular(office):
    capture, truth = office
    beacon = truth["beacon"]
    times = [float(time) for time, in rows(
        capture, f"tcp.flags == 0x002 && ip.src == {beacon['client']} && ip.dst == "
        f"{beacon['server']} && tcp.dstport == {beacon['port']}", "frame.time_epoch")]
    assert len(times) == beacon["connections"]
    gaps = [after - before for before, after in zip(times, times[1:])]
    assert all(abs(gap - beacon["interval"]) <= 2 for gap in gaps)


def test_office_login_is_one(office):
    capture, truth = office
    login = truth["login"]
    found = rows(capture, 'ftp.request.command == "PASS"', "frame.number", "ip.src", "ip.dst",
                 "ftp.request.arg")
    assert found == [(str(login["frame"]), login["client"], login["server"], login["password"])]


def test_office_passes_on_in_time(office):
    """Brute force over the packets: who can have been reached from the first packet passed on?"""
    capture, truth = office
    trace = truth["pass_on"]
    packets = rows(capture, "ip && !(ip.dst == 224.0.0.0/4) && !(ip.dst == 255.255.255.255) && "
                   "!(ip.src == 0.0.0.0)", "frame.time_epoch", "frame.number", "ip.src", "ip.dst")
    reached = {}
    for time, frame, source, target in packets:
        if time < trace["at"]:
            continue
        if (source == trace["from"] or source in reached) and target != trace["from"]:
            reached.setdefault(target, (frame, time, source))
    for hop in trace["chain"]:
        assert reached[hop["host"]] == (str(hop["frame"]), hop["time"], hop["via"])
    ever = collections.deque([trace["from"]])
    untimed = set()
    peers = collections.defaultdict(set)
    for _, _, source, target in packets:
        peers[source].add(target)
    while ever:
        for target in peers[ever.popleft()] - untimed:
            untimed.add(target)
            ever.append(target)
    for host in trace["not_reached"]:
        assert host in untimed and host not in reached


def test_bulk_is_sound_and_seeded(tmp_path):
    facts = [generate("bulk", tmp_path / f"{turn}.pcap", 20000, 500) for turn in range(2)]
    assert facts[0] == facts[1]
    assert (tmp_path / "0.pcap").read_bytes() == (tmp_path / "1.pcap").read_bytes()
    assert tshark(tmp_path / "0.pcap", "-Y", FLAWS) == []
    ends = rows(tmp_path / "0.pcap", "ip", "ip.src", "ip.dst")
    assert len({host for pair in ends for host in pair}) == json.loads(facts[0])["ip_hosts"] == 500


@pytest.mark.parametrize("kind", small.KINDS)
def test_small_is_sound(kind, tmp_path):
    generate("small", kind, tmp_path / "small.pcapng")
    assert tshark(tmp_path / "small.pcapng", "-Y", FLAWS) == []
    assert tshark(tmp_path / "small.pcapng")


def test_hostile_text_arrives(tmp_path):
    """Wireshark reads every user name, whatever is in it."""
    generate("hostile", tmp_path / "hostile.pcapng")
    users = tshark(tmp_path / "hostile.pcapng", "-Y", 'ftp.request.command == "USER"')
    assert len(users) == len(hostile.TEXTS) + 1  # and the long one
    assert any("</script>" in line for line in users)
