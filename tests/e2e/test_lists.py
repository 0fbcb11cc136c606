"""allow= and deny=: what is suppressed and found is what the lists say, told apart by ipaddress.

SPDX-License-Identifier: GPL-2.0-or-later
"""
import ipaddress
import json
import pathlib
import sqlite3
import subprocess
import sys

import pytest

from conftest import real

GENERATE = pathlib.Path(__file__).resolve().parents[1] / "generate"


@pytest.fixture(scope="module")
def office(installed_tshark):
    """A generated capture with a scanner, a beacon, a cleartext login and a host that passes on."""
    path = installed_tshark.folder / "lists.pcapng"
    subprocess.run([sys.executable, GENERATE / "office.py", path], check=True, capture_output=True)
    path.chmod(0o644)
    return path


EVERYBODY = ("0.0.0.0/0", "::/0", "00:00:00:00:00:00/0")


def within(host, network):
    """Also hosts that are no IP addresses, which are in none."""
    try:
        return ipaddress.ip_address(host) in network
    except ValueError:
        return False


def suspects(record):
    return {node["id"] for node in record["nodes"] if node["suspect"]}


def test_allow_by_network(tshark, office):
    plain = tshark.json(office)
    some = sorted(host for host in suspects(plain) if "." in host)[0]
    network = ipaddress.ip_network(f"{some}/28", strict=False)
    tshark.write("allow.txt", f"# known\n{network}  # the servers\n")
    allowed = tshark.json(office, "allow=allow.txt")

    def of(finding):
        by_peers = "or by all of its peers" in " ".join(
            tshark("-z", "hostgraph,explain=" + finding["rule"]).out.split())
        return within(finding["host"], network) or (
            by_peers and finding["peers"] and len(finding["peers"]) < 50
            and all(within(peer, network) for peer in finding["peers"]))

    expected = [finding for finding in plain["findings"] if of(finding)]
    assert expected
    key = lambda finding: (finding["host"], finding["rule"], finding["first_frame"], finding["evidence"])
    assert sorted(map(key, allowed["graph"]["suppressed"])) == sorted(map(key, expected))
    assert [finding for finding in plain["findings"] if not of(finding)] == allowed["findings"]
    assert {(one["entry"], one["file"], one["line"]) for one in allowed["graph"]["suppressed"]} == {
        (str(network), "allow.txt", 2)}
    assert some not in suspects(allowed)


def test_allow_by_rule(tshark, office):
    plain = tshark.json(office)
    rules = {finding["rule"] for finding in plain["findings"]}
    for rule in rules:
        tshark.write("allow.txt", "".join(f"{all} rule={rule}\n" for all in EVERYBODY))
        allowed = tshark.json(office, "allow=allow.txt")
        assert {one["rule"] for one in allowed["graph"]["suppressed"]} == {rule}
        assert {finding["rule"] for finding in allowed["findings"]} == rules - {rule}


def test_every_format_names_them(tshark, office):
    tshark.write("allow.txt", "\n".join(EVERYBODY))
    done = tshark.hostgraph(office, "allow=allow.txt", "export=a.sqlite", "export=a.json",
                            "export=a.ndjson", "export=a.html")
    assert done.status == 0 and "No suspects." in done.out and "Suppressed by allow lists" in done.out
    wanted = json.loads((tshark.work / "a.json").read_text())["graph"]["suppressed"]
    assert wanted
    with sqlite3.connect(tshark.work / "a.sqlite") as store:
        rows = store.execute("SELECT rule, evidence, entry, file, line FROM suppressed").fetchall()
        assert store.execute("SELECT count(*) FROM findings").fetchone() == (0,)
    assert rows == [(one["rule"], one["evidence"], one["entry"], one["file"], one["line"])
                    for one in wanted]
    first = (tshark.work / "a.ndjson").read_text().splitlines()[0]
    assert json.loads(first)["hostgraph"]["suppressed"] == wanted
    assert '"suppressed":[{' in (tshark.work / "a.html").read_text()


def test_deny_by_address(tshark, office):
    """Who talks to a listed server: tshark's own SYNs, and what came back, tell."""
    rows = tshark.fields(office, "ip.src", "ip.dst", "tcp.flags.syn", "tcp.flags.ack")
    begun = {(source, target) for source, target, syn, ack in rows
             if syn in ("1", "True") and ack in ("0", "False")}
    nodes = tshark.json(office)["nodes"]
    outside = {node["id"] for node in nodes if node["scope"] == "external"}
    plain = {node["id"] for node in nodes if not node["roles"]}
    called = {server: {source for source, target in begun if target == server}
              for server in {target for _, target in begun} & outside}
    server, clients = sorted((server, some) for server, some in called.items() if some <= plain)[0]
    tshark.write("deny.txt", f"{server}\n")
    record = tshark.json(office, "deny=deny.txt", "rule=deny-list")
    found = {finding["host"]: finding for finding in record["findings"]}
    assert clients and clients <= set(found) <= clients | {server}
    for client in clients:
        frames = {int(number) for (number,) in tshark.fields(
            office, "frame.number", before=("-Y", found[client]["filter"]))}
        real = {int(number) for number, source, target in tshark.fields(
            office, "frame.number", "ip.src", "ip.dst") if {source, target} == {client, server}}
        assert frames == real
        assert set(found[client]["frames"]) <= real


def test_deny_by_role(tshark, office):
    """A mail server delivers for others: then the listed one stands in the report, with its peer."""
    nodes = {node["id"]: node for node in tshark.json(office)["nodes"]}
    pairs = sorted({(source, target) for source, target in tshark.fields(
        office, "ip.src", "ip.dst", before=("-Y", "tcp.dstport == 25 && tcp.flags.syn == 1"))
        if "mail-server" in nodes[source]["roles"] and nodes[target]["scope"] == "external"})
    assert pairs
    source, target = pairs[0]
    tshark.write("deny.txt", target)
    found = {finding["host"]: finding for finding in tshark.json(
        office, "deny=deny.txt", "rule=deny-list")["findings"]}
    assert source not in found and source in found[target]["peers"]


def test_deny_by_domain(tshark, office):
    rows = tshark.fields(office, "frame.number", "ip.src", "dns.qry.name", "dns.flags.response",
                         before=("-Y", "dns && !mdns && !llmnr"))
    asked = sorted({name for _, _, name, response in rows if response in ("0", "False")})
    assert asked
    domain = ".".join(asked[0].split(".")[-2:])
    askers = {source for _, source, name, response in rows if response in ("0", "False")
              and (name == domain or name.endswith("." + domain))}
    tshark.write("deny.txt", f"{domain}\n")
    record = tshark.json(office, "deny=deny.txt", "rule=deny-list")
    assert askers & {finding["host"] for finding in record["findings"]}
    for finding in record["findings"]:
        assert domain in finding["evidence"]


BAD = [("10.0.0.5/8", "line 1"), ("ok.example\n10.0.0.999", "line 2"), ("a b", "line 1"),
       ("\n\n10.0.0.1 rule=nope", "line 3"), ("<img src=x onerror=alert(1)>", "line 1"),
       ("=cmd|'/C calc'!A0", "line 1"), ("\x1b[31m", "line 1")]


@pytest.mark.parametrize("text, place", BAD)
@pytest.mark.parametrize("option", ("allow", "deny"))
def test_bad_list(tshark, office, option, text, place):
    tshark.write("list.txt", text)
    done = tshark.hostgraph(office, f"{option}=list.txt", "export=a.json")
    assert done.status == 1 and done.out == ""
    (line,) = done.err.splitlines()
    assert f"{option}=list.txt" in line and place in line and "\x1b" not in line
    assert tshark.files() == ["list.txt"]
    tshark.clear()


@pytest.mark.parametrize("name", ("nowhere.txt", "."))
def test_unreadable_list(tshark, office, name):
    done = tshark.hostgraph(office, f"allow={name}")
    assert done.status == 1 and f"allow={name}" in done.err and len(done.err.splitlines()) == 1


def verdicts(record):
    """What a list did, without telling to whom."""
    return (sorted((one["rule"], one["line"], one["first_frame"])
                   for one in record["graph"]["suppressed"]),
            sorted((one["rule"], one["first_frame"], one["last_frame"], one["measured"])
                   for one in record["findings"]))


def test_with_pseudonyms(tshark, office):
    """The same verdicts, and neither list nor file is told."""
    nodes = tshark.json(office)["nodes"]
    named = next(node for node in nodes if node["suspect"])["id"]
    vendor = next(mac for node in nodes for mac in node["macs"] if node["id"] == named)[:9] + "00:00:00/24"
    site = next(node["name"] for node in nodes if node["scope"] == "external" and node["name"])
    lines = {"network": f"{ipaddress.ip_network(named + '/30', strict=False)}\n",
             "rule": f"0.0.0.0/0 rule=beacon\n{named} rule=port-scan\n", "vendor": vendor, "site": site}
    tshark.write("key", "0123456789abcdef0123456789abcdef")
    some = 0
    for what, text in lines.items():
        tshark.write("secretlist.txt", text)
        for option in ("allow", "deny") if what != "rule" else ("allow",):
            choice = f"{option}=secretlist.txt"
            # Rules that read names cannot be assessed under pseudonyms.
            rules = ("rule=-dns-tunnel", "rule=-dga", "rule=-cleartext-login")
            real = tshark.json(office, choice, *rules)
            hidden = tshark.json(office, choice, "pseudonyms=key", *rules)
            if option == "allow" or what != "site":  # who asked for it is in names alone
                assert verdicts(real) == verdicts(hidden), (what, option)
            some += len(real["graph"]["suppressed"])
            told = json.dumps(hidden)
            assert named not in told and site not in told and "secretlist" not in told
            assert vendor[:8] not in told
    assert some > 3


def test_explain(tshark):
    done = tshark("-z", "hostgraph,explain=port-scan")
    assert done.status == 0 and done.out.startswith("## port-scan\n")
    for word in ("T1046", "Zeek", "set=port-scan.ports=15", "Cleared when"):
        assert word in done.out
    page = pathlib.Path(__file__).resolve().parents[2] / "packaging" / "rules.md"
    assert tshark("-z", "hostgraph,explain=all").out == page.read_text(encoding="utf-8")


def test_allow_by_mac(tshark):
    capture = real("arp_spoof_mitm.pcapng")
    assert "00:25:b3:bf:91:ee" in suspects(tshark.json(capture))
    tshark.write("allow.txt", "00:25:B3:BF:91:EE\n")
    record = tshark.json(capture, "allow=allow.txt")
    assert suspects(record) == set() and record["graph"]["suppressed"]
