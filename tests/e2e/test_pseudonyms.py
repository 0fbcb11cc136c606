"""pseudonyms=KEYFILE: nothing that could tell who somebody is leaves, in no format; all else does.

The bytes of every export are searched for every original address in all its spellings, and for
every name. What is known of the capture comes from its script, or from tshark.

SPDX-License-Identifier: GPL-2.0-or-later
"""
import collections
import ipaddress
import json
import os
import pathlib
import random
import re
import sqlite3
import subprocess

import pytest

from conftest import BUILD

REPLAY = BUILD / "tests" / "hostgraph-replay"
# What stands for everybody or nobody tells nothing.
NOBODY = {"0.0.0.0", "127.0.0.1", "255.255.255.255", "::", "::1", "ff:ff:ff:ff:ff:ff",
          "00:00:00:00:00:00"}
MAC = re.compile("(?:[0-9a-f]{2}:){5}[0-9a-f]{2}")


def formats():
    """All there are, from the help, each with its usual suffix."""
    shown = subprocess.run([REPLAY, "help"], capture_output=True, text=True, check=True).stdout
    listed = re.search(r"^Formats:\n((?: .*\n)+)", shown, re.M).group(1)
    entries = [" ".join(entry.split()) for entry in re.split(r"^  (?=\w)", listed, flags=re.M)]
    found = {entry.split()[0]: re.search(r"Suffix: \.(\w+(?:\.\w+)?)", entry).group(1)
             for entry in entries if entry}
    assert {"json", "text", "svg", "gexf"} <= set(found)
    return found


def exports(folder):
    return [f"format={name},export={folder}/out.{suffix}" for name, suffix in formats().items()]


def replay(folder, script, *options):
    """The bytes of every file and of the text report."""
    folder.mkdir(exist_ok=True)
    source = folder / "very-secret-capture.script"
    source.write_bytes(script)
    done = subprocess.run([REPLAY, ",".join([*options, *exports(folder)]), source],
                          capture_output=True, timeout=300)
    assert done.returncode == 0, done.stderr.decode()
    source.unlink()
    return collect(folder, done.stdout)


def collect(folder, report):
    files = {path.name: path.read_bytes() for path in folder.iterdir()
             if path.name.startswith("out.")}
    assert len(files) >= len(formats())
    files["report"] = report
    for name in [name for name in files if name.endswith(".sqlite")]:
        store = sqlite3.connect(folder / name)
        files[name + " as text"] = "\n".join(store.iterdump()).encode()
        store.close()
    return files


def spellings(address):
    """(Text, pattern), lower case: the pattern finds the address, and not one that only begins or
    ends like it; the text tells fast whether it is worth while."""
    if MAC.fullmatch(address):
        digits = address.replace(":", "")
        dotted = ".".join(digits[i:i + 4] for i in (0, 4, 8))
        return [(text, f"(?<![0-9a-f]){re.escape(text)}(?![0-9a-f])")
                for text in (address, address.replace(":", "-"), dotted, digits)]
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return [word(address)]
    texts = {str(ip), ip.exploded, ip.reverse_pointer.split(".i")[0]}
    if ip.version == 4:
        texts |= {".".join(reversed(str(ip).split("."))), ip.packed.hex(), str(int(ip))}
    else:
        texts |= {ip.packed.hex(), str(ip).replace(":", "-")}
    return [(text, rf"(?<![0-9a-f.:-]){re.escape(text)}(?![0-9a-f:-]|\.\d)") for text in texts]


def word(name):
    return name.lower(), rf"(?<![\w-]){re.escape(name.lower())}(?![\w-])"


def assert_absent(files, addresses, names):
    """None of them is anywhere."""
    patterns = [pattern for address in addresses for pattern in spellings(address.lower())]
    patterns += [word(name) for name in names if name]
    for path, content in files.items():
        text = content.decode("utf-8", "replace").lower()
        for literal, pattern in patterns:
            found = literal in text and re.search(pattern, text)
            assert not found, (path, pattern, text[max(found.start() - 80, 0):found.end() + 80])
        for address in addresses:  # not as bytes either; of IPv4 any four could be
            packed = bytes.fromhex(address.replace(":", "")) if MAC.fullmatch(address) else None
            assert packed is None or packed not in content, (path, address)


def pairing(real, shown):
    """Pseudonym by address. A frame is of one edge only, so it tells which edge is which."""
    edges = [{edge["first_frame"]: edge for edge in record["edges"]} for record in (real, shown)]
    assert edges[0].keys() == edges[1].keys() and len(edges[0]) == len(real["edges"])
    pairs = {}
    for frame, edge in edges[0].items():
        other = edges[1][frame]
        for end in ("source", "target"):
            assert pairs.setdefault(edge[end], other[end]) == other[end]
        for name in edge.keys() - {"source", "target"}:
            assert edge[name] == other[name], name
    assert len(set(pairs.values())) == len(pairs)
    return pairs


def check_pairs(real, pairs, shown):
    """Scopes and prefixes are kept, group and local bits, counts and findings, too."""
    nodes = [{node["id"]: node for node in record["nodes"]} for record in (real, shown)]
    assert len(nodes[0]) == len(nodes[1])
    for address, pseudonym in pairs.items():
        before, after = nodes[0][address], nodes[1][pseudonym]
        assert pairs[before["device"]] == after["device"]
        for name in before.keys() - {"id", "label", "name", "macs", "device"}:
            assert before[name] == after[name], (address, name)
        assert bool(before["name"]) == bool(after["name"])
        assert len(before["macs"]) == len(after["macs"])
        assert (address == pseudonym) == (address in NOBODY), address
    for version in (ipaddress.IPv4Address, ipaddress.IPv6Address):
        numbers = []
        for address, pseudonym in pairs.items():
            try:
                numbers.append((int(version(address)), int(version(pseudonym))))
            except ValueError:
                pass
        for n, one in enumerate(numbers):
            for other in numbers[:n]:
                assert (one[0] ^ other[0]).bit_length() == (one[1] ^ other[1]).bit_length()
    summary = lambda record: collections.Counter(
        (f["rule"], f["strength"], f["measured"], tuple(f["frames"]), len(f["peers"]))
        for f in record["findings"])
    assert summary(real) == summary(shown)
    assert [trace["untimed_count"] for trace in real["traces"]] == [
        trace["untimed_count"] for trace in shown["traces"]]


@pytest.fixture
def key(tmp_path):
    path = tmp_path / "key"
    path.write_bytes(b"thirty-two bytes of a secret....")
    path.chmod(0o644)
    return path


def traffic():
    """A script with a name, address or user in every place that has room for one; its addresses
    and names."""
    chance = random.Random(11)
    v4 = [f"10.77.{chance.randrange(3)}.{n}" for n in range(101, 131)] + [
        f"93.184.216.{n}" for n in range(130, 140)] + ["239.77.8.9", "169.254.77.9", "172.22.9.8"]
    v6 = [f"2001:db8:77::{n:x}:abcd" for n in range(0x100, 0x10a)] + ["fe80::77:12ff:fe34:5678"]
    macs = [f"3c:5a:b4:77:00:{n:02x}" for n in range(0x21, 0x2c)]
    others = ["node.seventy.seven", "4.1234.77"]
    names, lines = [], []
    for frame in range(600):
        family = chance.choice([v4, v4, v6, macs])
        source, target = chance.sample(family, 2)
        info = f'info="Who has {target}? Tell {source} secretinfo{frame}"'
        lines.append(f"{1700000000 + frame / 4} {source} {target} DNS udp={frame + 1024}:53 "
                     f"smac={chance.choice(macs)} len={60 + frame} {info}")
    for n, address in enumerate(v4[:20] + v6):
        names.append(f"workstation{n}.secretcorp.example")
        lines.append(f"name {address} {names[-1]} " + chance.choice(["dns", "dhcp", "http", "tls"]))
    for n, address in enumerate(v4[:5]):
        names.append(f"secretuser{n}")
        lines += [f"1700000200 {address} {v4[6]} FTP tcp=5000:21:PA payload=20",
                  f"login {address} {v4[6]} FTP {names[-1]}",
                  f"arp {macs[n]} {address} {v4[9]}"]
    lines += [f"{1700000300 + port} {v4[0]} {v4[1]} TCP tcp=4000:{port}:S seq={port}\n"
              f"{1700000300 + port}.1 {v4[1]} {v4[0]} TCP tcp={port}:4000:RA"
              for port in range(1, 101)]
    lines.append(f"1700000900 {others[0]} {others[1]} OTHER")
    return "\n".join(lines).encode(), v4 + v6 + macs + others, names


def test_nothing_original_is_left(tmp_path, key):
    script, addresses, names = traffic()
    asked = [f"suspect={addresses[0]}", f"trace={addresses[3]}@1700000050", "suspect=10.77.99.99"]
    files = replay(tmp_path / "shown", script, f"pseudonyms={key}", *asked)
    real = replay(tmp_path / "real", script, *asked)
    assert_absent(files, [*addresses, "10.77.99.99"],
                  [*names, "secretcorp", "secretuser", "very-secret-capture"])
    for content in files.values():
        assert b"secretinfo" not in content
    # The search does find what is there.
    for address in addresses:
        with pytest.raises(AssertionError):
            assert_absent({"out.json": real["out.json"]}, [address], [])
    records = [json.loads(one["out.json"]) for one in (real, files)]
    assert [record["graph"]["pseudonyms"] for record in records] == [False, True]
    pairs = pairing(*records)
    assert set(pairs) >= set(addresses) - {"172.22.9.8"}
    check_pairs(records[0], pairs, records[1])
    assert records[1]["graph"]["flagged"] == [pairs[addresses[0]]]
    assert len(records[1]["graph"]["unseen"]) == 1
    for record in records[1]["nodes"]:
        assert re.fullmatch("(host-[0-9a-f]{12})?", record["name"])
    assert b"pseudonyms" in files["out.svg"].lower() and b"Pseudonyms" in files["report"]


def test_interface_names(tmp_path, key):
    """The name of a capture interface tells where it was; the number of a VLAN or tunnel tells nobody."""
    lines = []
    for n, net in enumerate(("VLAN 4071", "interface secret-switch", "VLAN 4072, interface secret uplink 7",
                             "VNI 9913, interface 10.77.1.101")):
        lines += [f"{n + 1} 10.77.0.5 10.77.0.9 TCP tcp=400{n}:80:S smac=02:00:00:77:00:{n:02} net=\"{net}\"",
                  f"{n + 1}.5 10.77.0.9 10.77.0.5 TCP tcp=80:400{n}:SA smac=02:00:00:77:01:{n:02} net=\"{net}\""]
    script = "\n".join(lines).encode()
    real = replay(tmp_path / "real", script, "suspect=10.77.0.5")
    shown = replay(tmp_path / "shown", script, "suspect=10.77.0.5", f"pseudonyms={key}")
    for text in ("secret-switch", "secret uplink 7", "10.77.1.101"):
        assert text.encode() in real["out.json"]
    assert_absent(shown, ["10.77.0.5", "10.77.0.9", "10.77.1.101"],
                  ["secret-switch", "secret", "uplink"])
    ids = {node["id"] for node in json.loads(shown["out.json"])["nodes"]}
    assert len(ids) == 8 and sum("VLAN 4071)" in one for one in ids) == 2
    for pattern in (r"\(interface segment-[0-9a-f]{12}\)", r"\(VLAN 4072, interface segment-[0-9a-f]{12}\)",
                    r"\(VNI 9913, interface 10\.[0-9.]+\)"):
        assert sum(re.search(pattern, one) is not None for one in ids) == 2, (pattern, ids)
    assert b"secret" not in replay(tmp_path / "again", script, f"pseudonyms={key}")["out.sqlite"]


def test_same_key_same_pseudonyms(tmp_path, key):
    script, _, _ = traffic()
    other = tmp_path / "other"
    other.write_bytes(b"thirty-two bytes of a secret...!")
    first = replay(tmp_path / "a", script, f"pseudonyms={key}")
    second = replay(tmp_path / "b", script, f"pseudonyms={key}")
    third = replay(tmp_path / "c", script, f"pseudonyms={other}")
    assert first == second
    one, two = ({node["id"] for node in json.loads(files["out.json"])["nodes"]}
                for files in (first, third))
    assert len(one) == len(two) and not {a for a in one & two if a not in NOBODY}


def test_two_captures_fit_together(tmp_path, key):
    """The same host has the same pseudonym in another capture."""
    pseudonyms = []
    for n, script in enumerate((b"1 10.1.2.3 10.9.9.9 X", b"5 192.0.2.7 10.1.2.3 Y\n6 fe80::1 :: Z")):
        real = json.loads(replay(tmp_path / f"r{n}", script)["out.json"])
        shown = json.loads(replay(tmp_path / f"s{n}", script, f"pseudonyms={key}")["out.json"])
        pseudonyms.append(pairing(real, shown)["10.1.2.3"])
    assert pseudonyms[0] == pseudonyms[1] != "10.1.2.3" and pseudonyms[0].startswith("10.")


def test_stores_of_other_keys_stay_apart(tmp_path, key):
    """To a store with pseudonyms only the same pseudonyms are added, so no original gets in."""
    other = tmp_path / "other"
    other.write_bytes(b"0" * 32)
    store = tmp_path / "lan.sqlite"
    source = tmp_path / "script"

    def add(script, *options):
        source.write_bytes(script)
        return subprocess.run([REPLAY, ",".join(["text=no", *options, f"export={store}",
                                                 "append=yes"]), source], capture_output=True)

    def hosts():
        database = sqlite3.connect(store)
        found = {text for (text,) in database.execute("SELECT id FROM hosts")}
        database.close()
        return found

    assert add(b"1 10.1.2.3 10.9.9.9 X", f"pseudonyms={key}").returncode == 0
    before = hosts()
    for options in ([], [f"pseudonyms={other}"]):
        done = add(b"2 10.1.2.3 10.9.9.8 X", *options)
        assert done.returncode == 1 and b"pseudonyms" in done.stderr and done.stderr.count(b"\n") == 1
    assert hosts() == before
    assert add(b"2 10.1.2.3 10.9.9.8 X", f"pseudonyms={key}").returncode == 0
    assert before < hosts() and len(hosts()) == 3 and not hosts() & {"10.1.2.3", "10.9.9.9", "10.9.9.8"}


@pytest.mark.parametrize("content, reason", [
    (None, "No such file"), (b"", "16 bytes"), (b"fifteen bytes..", "16 bytes"),
    ("folder", "directory"), ("/dev/zero", "1 MiB")])
def test_bad_keys(tmp_path, content, reason):
    """One line, before the first packet, and nothing is written."""
    path = tmp_path / "key"
    if content == "folder":
        path.mkdir()
    elif isinstance(content, str):
        path = pathlib.Path(content)
    elif content is not None:
        path.write_bytes(content)
    done = subprocess.run([REPLAY, f"pseudonyms={path},export={tmp_path}/x.json", "-"],
                          input=b"nonsense", capture_output=True)
    assert done.returncode == 1 and not done.stdout
    error = done.stderr.decode()
    assert error.startswith("hostgraph: pseudonyms=") and reason in error, error
    assert error.count("\n") == 1 and not (tmp_path / "x.json").exists()


def originals(tshark, capture, real):
    """Addresses and names of a capture, by tshark and by the plain record."""
    names = {"dns.qry.name", "dns.a", "http.host", "tls.handshake.extensions_server_name",
             "dhcp.option.hostname", "ftp.request.arg"}
    fields = ["ip.src", "ip.dst", "ipv6.src", "ipv6.dst", "eth.src", "eth.dst", *sorted(names)]
    rows = tshark.fields(capture, *fields)
    addresses = {cell.lower() for row in rows for cell in row[:6] if cell}
    called = {cell for row in rows for cell in row[6:] if len(cell) > 5}
    for node in real["nodes"]:
        addresses |= {node["id"], *node["macs"]}
        called |= {node["name"]}
    return {a for a in addresses if a not in NOBODY and len(a) > 5}, {n for n in called if n}


@pytest.mark.parametrize("name", [
    "scan_syn_nmap.pcapng", "lan_mixed_1kxun.pcap", "p2p_gnutella.pcap", "cred_ftp_tickedoff.pcapng",
    "arp_spoof_mitm.pcapng", "dns_mdns.pcap", "ipv6_http.pcap", "wifi_wpa_induction.pcap.gz",
    "lan_netbeui_ipx_win98.pcap", "usb_usbmon_synthetic.pcap", "mail_smtp_attachment.pcapng"])
def test_real_captures(tshark, capture, name, key, tmp_path):
    path = capture(name)
    real = tshark.json(path)
    tshark.clear()
    secret = tshark.work / "key"
    secret.write_bytes(key.read_bytes())
    os.chmod(secret, 0o644)
    done = tshark.hostgraph(path, f"pseudonyms={secret}", *exports("."))
    assert done.status == 0, done
    files = collect(tshark.work, done.out.encode())
    shown = json.loads(files["out.json"])
    pairs = pairing(real, shown)
    check_pairs(real, pairs, shown)
    addresses, called = originals(tshark, path, real)
    # By chance a pseudonym can be what somebody else is called; and the page has words of its own.
    given = {node["id"] for node in shown["nodes"]} | {
        mac for node in shown["nodes"] for mac in node["macs"]}
    assert len(addresses & given) <= len(addresses) // 50
    own = b"\n".join(replay(tmp_path / "empty", b"").values()).decode("utf-8", "replace").lower()
    assert_absent(files, addresses - given,
                  {n for n in called if not re.search(word(n)[1], own)} | {path.name})
