"""Which networks are one's own: what the user says, what the capture shows, and what is made of it.

SPDX-License-Identifier: GPL-2.0-or-later
"""
import ipaddress
import pathlib
import re
import sqlite3
import subprocess
import sys

import pytest

GENERATE = pathlib.Path(__file__).resolve().parents[1] / "generate"
UNKNOWN = "no network is known as one's own; name yours with home=NETWORK"
NEED_HOME = {"exfiltration", "failed-callback", "lateral-movement", "mail-spray", "odd-port", "volume-outlier"}
SIX = "2001:db8:c::"
DROP = {"192.0.2": "203.0.113.90", SIX: "2001:db8:d209::90", "10.20.30": "203.0.113.90"}


@pytest.fixture(scope="session")
def campus(installed_tshark):
    made = {}

    def make(kind, network="192.0.2"):
        path = installed_tshark.folder / f"campus-{kind}-{network.replace(':', '_')}.pcap"
        if path not in made:
            subprocess.run([sys.executable, GENERATE / "campus.py", kind, path, network], check=True)
            made[path] = True
        return path
    return make


def sent_by(record, rule):
    return {finding["host"] for finding in record["findings"] if finding["rule"] == rule}


def scopes(record):
    return {node["id"]: node["scope"] for node in record["nodes"]}


def why_not(record):
    return {entry["rule"]: entry["why"] for entry in record["graph"]["not_assessed"]}


def home(record):
    return {one["network"]: one["why"] for one in record["graph"]["home"]}


def upload(network):
    return {f"{network}7" if ":" in network else f"{network}.7"}


def check_known(record, network, inside):
    """`inside`: the networks whose hosts, and no others, are internal."""
    networks = [ipaddress.ip_network(text) for text in inside]
    for address, scope in scopes(record).items():
        if re.fullmatch("(..:){5}..", address) or ipaddress.ip_address(address).is_link_local:
            continue
        ip = ipaddress.ip_address(address)
        if ip.is_multicast or address == "255.255.255.255":
            continue
        assert scope == ("internal" if any(ip in one for one in networks) else "external"), address
    assert sent_by(record, "exfiltration") == upload(network)
    assert record["graph"]["home_known"] is True
    assert UNKNOWN not in why_not(record).values()


# --- the capture alone ---

@pytest.mark.parametrize("kind, network", [("bare", "192.0.2"), ("bare", SIX), ("uplink", "192.0.2")])
def test_nothing_is_known(tshark, campus, kind, network):
    record = tshark.json(campus(kind, network))
    if kind == "bare":
        assert "internal" not in scopes(record).values()
    assert record["graph"]["home_known"] is False
    assert home(record) == {}
    assert {rule for rule, why in why_not(record).items() if why == UNKNOWN} >= NEED_HOME
    assert not NEED_HOME & {one["rule"] for one in record["findings"]}
    report = tshark.hostgraph(campus(kind, network)).out
    assert f"Home           {UNKNOWN}\n" in report


def test_private(tshark, campus):
    record = tshark.json(campus("bare", "10.20.30"))
    check_known(record, "10.20.30", ["10.0.0.0/8"])
    assert home(record) == {"10.0.0.0/8": "private"}
    assert "Home           10.0.0.0/8 (private)\n" in tshark.hostgraph(campus("bare", "10.20.30")).out


def test_arp(tshark, campus):
    """Machines .7 and .20 to .34 ask for .1, and it asks for them: what they take for their link."""
    record = tshark.json(campus("arp"))
    check_known(record, "192.0.2", ["192.0.2.0/26"])
    assert list(home(record)) == ["192.0.2.0/26"]
    assert "by ARP" in home(record)["192.0.2.0/26"]


def test_leases(tshark, campus):
    record = tshark.json(campus("dhcp"))
    check_known(record, "192.0.2", ["192.0.2.0/24"])
    assert home(record) == {"192.0.2.0/24": "DHCP lease of 192.0.2.1, mask 255.255.255.0"}
    assert record["graph"]["home"][0]["frame"] == 1


@pytest.mark.parametrize("kind, why", [("advertised", "router advertisement of fe80::1"),
                                       ("arp", "2001:db8:c::1 is a neighbour on the captured link")])
def test_ipv6(tshark, campus, kind, why):
    record = tshark.json(campus(kind, SIX))
    check_known(record, SIX, [f"{SIX}/64"])
    known = home(record)[f"{SIX}/64"]
    assert known == why or kind == "arp" and known.endswith("is a neighbour on the captured link")


@pytest.mark.parametrize("kind", ["proxied", "proxied_one"])
def test_proxy_arp(tshark, campus, kind):
    """Whatever the gateway answers for, far servers stay far; who asks is at home."""
    record = tshark.json(campus(kind))
    asking = [7, *range(20, 35)] if kind == "proxied" else [7]
    check_known(record, "192.0.2", [f"192.0.2.{n}" for n in asking])
    assert scopes(record)["203.0.113.90"] == "external"


def test_without_evidence(tshark, campus):
    record = tshark.json(campus("arp"), "evidence=no")
    assert record["graph"]["home_known"] is False


# --- the user ---

@pytest.mark.parametrize("options, inside", [
    (["home=192.0.2.0/24"], ["192.0.2.0/24"]),
    (["home=192.0.2.0/27", "home=192.0.2.32/27", "home=2001:db8::/32"], ["192.0.2.0/26"]),
    (["home=192.0.2.7"], ["192.0.2.7/32"]),
    (["home=private", "home=192.0.2.0/24"], ["192.0.2.0/24"]),
])
@pytest.mark.parametrize("kind", ["bare", "arp"])
def test_given(tshark, campus, options, inside, kind):
    record = tshark.json(campus(kind), *options)
    check_known(record, "192.0.2", inside)


def test_given_ipv6(tshark, campus):
    record = tshark.json(campus("bare", SIX), "home=2001:DB8:c:0::/64")
    check_known(record, SIX, [f"{SIX}/64"])
    assert home(record) == {f"{SIX}/64": "home="}


def test_replaces_private(tshark, campus):
    """Who names networks names all of them; "private" brings the private ranges back."""
    path = campus("bare", "10.20.30")
    foreign = tshark.json(path, "home=10.9.0.0/16")
    assert foreign["graph"]["home_known"] is False and not sent_by(foreign, "exfiltration")
    assert scopes(foreign)["10.20.30.7"] == "external"
    assert "10.9.0.0/16 (home=; no host of it is here); no network is known" in re.sub(
        r"\s+", " ", tshark.hostgraph(path, "home=10.9.0.0/16").out)
    both = tshark.json(path, "home=10.9.0.0/16", "home=private")
    check_known(both, "10.20.30", ["10.0.0.0/8"])


def test_preference(tshark, campus):
    path = campus("bare")
    for words in ("192.0.2.0/24", "198.18.0.0/15, 192.0.2.0/24", "private 192.0.2.0/24"):
        record = tshark.json(path, before=["-o", f"hostgraph.home:{words}"])
        check_known(record, "192.0.2", ["192.0.2.0/24"])
    record = tshark.json(path, "home=198.18.0.0/15", before=["-o", "hostgraph.home:192.0.2.0/24"])
    assert home(record) == {"198.18.0.0/15": "home="}
    done = tshark.hostgraph(path, before=["-o", "hostgraph.home:192.0.2.0/33"])
    assert done.status == 1 and "preferences: home=192.0.2.0/33: " in done.err


@pytest.mark.parametrize("value, why", [
    ("300.1.2.3/8", "neither an IP address"), ("10.0.0.0/33", "prefix length of 0 to 32"),
    ("2001:db8::/129", "prefix length of 0 to 128"), ("10.0.0.1/8", "bits beyond the prefix length"),
    ("2001:db8::1/64", "bits beyond the prefix length"), ("10.0.0.0/", "prefix length of 0 to 32"),
    ("campus", "neither an IP address"), ("02:00:00:00:00:00/24", "a MAC is no network"),
    ("10.0.0.0/8 192.0.2.0/24", "prefix length of 0 to 32"), ("/8", "neither an IP address"),
])
def test_wrong(tshark, campus, value, why):
    done = tshark.hostgraph(campus("bare"), "export=x.json", f"home={value}")
    assert done.status == 1 and not done.out and not tshark.files()
    lines = [line for line in done.err.splitlines() if "home=" in line]
    assert len(lines) == 1 and f"home={value}: " in lines[0] and why in lines[0]


def test_empty(tshark, campus):
    done = tshark.hostgraph(campus("bare"), "home=")
    assert done.status == 1 and "home= needs a value" in done.err


# --- where it goes ---

def test_store(tshark, campus):
    path = campus("bare")
    tshark.hostgraph(path, "text=no", "home=192.0.2.0/24", "home=198.18.0.0/15", "export=x.sqlite")
    tshark.hostgraph(path, "text=no", "export=x.sqlite", "append=yes", "filter=frame.number < 3")

    with sqlite3.connect(tshark.work / "x.sqlite") as store:
        meta = dict(store.execute("SELECT key, value FROM meta"))
        inside = {row[0] for row in store.execute("SELECT id FROM hosts WHERE scope = 'internal'")}
    assert meta["home"] == "192.0.2.0/24 198.18.0.0/15"
    assert inside and all(address.startswith("192.0.2.") for address in inside)


def test_baseline(tshark, campus):
    """The baseline was written without home=; what is inside is the same in both."""
    path = campus("bare")
    tshark.hostgraph(path, "text=no", "export=x.sqlite")
    record = tshark.json(path, "home=192.0.2.0/24", "baseline=x.sqlite")
    assert record["graph"]["home_known"] is True
    assert not {"unknown-device", "unusual"} & why_not(record).keys()
    assert not {one["rule"] for one in record["findings"]} & {"unknown-device", "unusual"}


@pytest.mark.parametrize("kind, options", [("arp", []), ("dhcp", []), ("bare", ["home=192.0.2.0/24"]),
                                           ("proxied", [])])
def test_pseudonyms(tshark, campus, kind, options):
    """Addresses change, scopes do not, and no network shows a real one."""
    path = campus(kind)
    tshark.write("key", "sixteen bytes or more")
    plain, hidden = tshark.json(path, *options), tshark.json(path, *options, "pseudonyms=key")
    for record in (plain, hidden):
        assert record["graph"]["home_known"] is True
    assert sorted(scopes(plain).values()) == sorted(scopes(hidden).values())
    assert len(home(plain)) == len(home(hidden))
    assert "192.0.2." not in str(hidden["graph"]["home"])
