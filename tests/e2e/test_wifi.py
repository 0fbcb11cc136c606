"""A Wi-Fi station is one host, in whichever role 802.11 names it: as the source of data, as the
transmitter (TA) or receiver (RA) of a control frame, as the network (BSSID). Wireshark has an address
type for each of them, and other versions have others.

SPDX-License-Identifier: GPL-2.0-or-later
"""
import collections
import pathlib
import re
import subprocess
import sys

import pytest

GENERATE = pathlib.Path(__file__).resolve().parents[1] / "generate"
ACCESS_POINT, *STATIONS = (f"02:00:0a:46:00:{n}" for n in ("01", "10", "11"))


@pytest.fixture(scope="module")
def wifi(installed_tshark):
    path = installed_tshark.folder / "wifi.pcapng"
    subprocess.run([sys.executable, GENERATE / "wifi.py", path], check=True)
    return path


def shown(tshark, path):
    """[(Source, Destination)] of tshark's columns. 4.0 writes a role behind the address of a control
    frame, "00:11:22:33:44:55 (RA)"."""
    rows = tshark.fields(path, "_ws.col.Source", "_ws.col.Destination")
    return [tuple(re.sub(r" \((?:RA|TA|BSSID)\)$", "", text) for text in row) for row in rows]


def sent_and_received(record):
    return {node["id"]: (node["packets_sent"], node["packets_received"]) for node in record["nodes"]}


def counted(rows):
    sent, received = (collections.Counter(ends) for ends in zip(*rows))
    return {host: (sent[host], received[host]) for host in (sent.keys() | received.keys()) - {""}}


def is_as_shown(tshark, path):
    rows, record = shown(tshark, path), tshark.json(path)
    edges = {(edge["source"], edge["target"]): edge["packets"] for edge in record["edges"]}
    assert sent_and_received(record) == counted(rows)
    assert edges == collections.Counter(row for row in rows if all(row))
    return record


def test_hosts_are_those_of_the_columns(tshark, wifi):
    record = is_as_shown(tshark, wifi)
    kinds = {node["id"]: node["kind"] for node in record["nodes"]}
    assert kinds == {**dict.fromkeys([ACCESS_POINT, *STATIONS, "ff:ff:ff:ff:ff:ff"], "mac"),
                     **dict.fromkeys(["10.70.0.16", "10.70.0.17", "10.70.0.80"], "ipv4")}
    # A station sends two management frames, a null frame and RTS, PS-Poll and BlockAckReq.
    assert all(sent_and_received(record)[station][0] == 6 for station in STATIONS)


def test_names_of_vendors_change_no_host(tshark, wifi):
    plain, resolved = (tshark.json(wifi, before=before) for before in (["-n"], ["-N", "m"]))
    assert sent_and_received(plain) == sent_and_received(resolved)


@pytest.mark.parametrize("name", ["wifi_wpa2.cap", "wifi_wpa_induction.pcap.gz"])
def test_real_captures(tshark, capture, name):
    is_as_shown(tshark, capture(name))
