"""Which protocol a connection is of is told by its first bytes, whatever the port; what packets are counted as stays
what the packet list shows.

SPDX-License-Identifier: GPL-2.0-or-later
"""
import collections
import json
import random
import re
import sqlite3
import sys

import pytest

from conftest import ROOT

sys.path.insert(0, str(ROOT / "tests" / "generate"))
import first_segments  # noqa: E402
import wire  # noqa: E402
from first_segments import CLIENT, DIALOGUES, ONE_SIDED, SERVER  # noqa: E402
from lan import SECOND, Connection, Host, Lan  # noqa: E402

START = 1767607200 * SECOND
# Nobody's, and those of protocols whose dissectors take what comes.
PORTS = (4022, 443, 80, 25, 23, 110, 22, 21, 6667, 993)
SPOKEN = "SELECT p.name FROM connections c JOIN protocols p ON p.protocol = c.spoken ORDER BY c.first_frame"


def ends(six=False):
    net = "2001:db8:77::" if six else "10.77.0."
    return Host("client", net + "10", "02:00:0a:4d:00:0a"), Host("server", net + "20", "02:00:0a:4d:00:14")


def write(tshark, frames, name="first.pcapng"):
    path = tshark.folder / name
    wire.write_pcapng(path, frames)
    path.chmod(0o644)
    return path


def side_of(frame):
    return CLIENT if frame[6:12] == b"\x02\x00\x0a\x4d\x00\x0a" else SERVER


def has_payload(frame):
    at = 54 if frame[12:14] == b"\x86\xdd" else 34
    length = int.from_bytes(frame[18:20], "big") + 40 if at == 54 else int.from_bytes(frame[16:18], "big")
    return 14 + length > at + (frame[at + 12] >> 4) * 4


def is_called(name, expected):
    """Wireshark, where it shows the protocol, knows its version, too."""
    return name == expected or (name.startswith(expected) and expected in ("TLS", "SSH", "HTTP", "SMB"))


def joined(talks):
    """Connections one after the other: [(time, frame)]."""
    return [(time + number * 60 * SECOND, frame) for number, frames in enumerate(talks) for time, frame in frames]


def wrong(capture, tshark, expected):
    """What connections, in the order of the capture, are called instead of what is expected."""
    found = [row[0] for row in tshark.rows(capture, SPOKEN, ())]
    assert len(found) == len(expected)
    return [(what, name) for what, name in zip(expected, found) if not is_called(name, what)]


def ported(dialogue, number, port=4022, six=False, segment=1460):
    """The same from a port of its own."""
    lan, (client, server) = Lan(None, 7 + number), ends(six)
    client.next_port = 50000 + number
    connection = Connection(lan, START, client, server, port)
    connection.segment = segment
    for side, message in dialogue:
        connection.send(side, message)
    connection.close()
    return lan.in_order()


def each(change=lambda frames: frames, names=tuple(DIALOGUES), **more):
    """One connection of each, as the capture has them."""
    return joined(change(ported(DIALOGUES[name], number, **more)) for number, name in enumerate(names))


@pytest.mark.parametrize("six", [False, True], ids=["ipv4", "ipv6"])
def test_whatever_the_port(tshark, six):
    cases = [(name, port) for name in DIALOGUES for port in PORTS]
    frames = joined(ported(DIALOGUES[name], number, port, six) for number, (name, port) in enumerate(cases))
    assert wrong(write(tshark, frames), tshark, [name for name, _ in cases]) == []


def test_others(tshark):
    frames = joined(ported(dialogue, number) for number, dialogue in enumerate(first_segments.OTHERS.values()))
    found = [row[0] for row in tshark.rows(write(tshark, frames), SPOKEN, ())]
    assert len(found) == len(first_segments.OTHERS) and not set(found) & set(DIALOGUES)


@pytest.mark.parametrize("side", [CLIENT, SERVER], ids=["client", "server"])
def test_one_direction(tshark, side):
    names = [name for name in DIALOGUES if (name, side) not in ONE_SIDED]
    frames = each(lambda frames: [entry for entry in frames if side_of(entry[1]) == side], names)
    assert wrong(write(tshark, frames), tshark, names) == []


def without_first(frames):
    lost = next(i for i, (_, frame) in enumerate(frames) if has_payload(frame))
    return frames[:lost] + frames[lost + 1:]


def test_first_segment_lost(tshark):
    """The other side says it again, or what follows is of this protocol alone."""
    names = sorted(set(DIALOGUES) - {"HTTP", "MySQL", "LDAP", "RESP"})
    assert wrong(write(tshark, each(without_first, names)), tshark, names) == []


def test_from_the_middle(tshark):
    """Without the handshake, and so without anybody who is known to have begun."""
    assert wrong(write(tshark, each(lambda frames: frames[3:])), tshark, list(DIALOGUES)) == []


def swapped(frames):
    """The first two segments with payload came the other way round."""
    held = [i for i, (_, frame) in enumerate(frames) if has_payload(frame)][:2]
    if len(held) == 2:
        (one, first), (two, second) = (frames[i] for i in held)
        frames[held[0]], frames[held[1]] = (one, second), (two, first)
    return frames


def test_out_of_order(tshark):
    assert wrong(write(tshark, each(swapped, segment=300)), tshark, list(DIALOGUES)) == []


def test_cut_short(tshark):
    """With 96 bytes of each packet, a usual choice, 42 are left of the payload, over Ethernet and IPv4."""
    cut = tshark.work / "cut.pcapng"
    assert tshark("-s", "96", write(tshark, each()), cut, program="editcap").status == 0
    assert wrong(cut, tshark, list(DIALOGUES)) == []


def test_packets_stay_what_the_list_shows(tshark):
    cases = [(name, port) for name in DIALOGUES for port in (4022, 443, 23)]
    capture = write(tshark, joined(ported(DIALOGUES[name], number, port) for number, (name, port) in enumerate(cases)))
    shown = collections.Counter(column for column, in tshark.fields(capture, "_ws.col.Protocol"))
    assert dict(tshark.rows(capture, "SELECT name, packets FROM protocols WHERE packets > 0", ())) == shown


def test_the_page_knows_protocols_that_no_packet_shows(tshark):
    capture = write(tshark, each(names=("FTP", "Stratum", "TLS")))
    assert tshark.hostgraph(capture, "text=no", "export=page.html").status == 0
    page = (tshark.work / "page.html").read_text(encoding="utf-8")
    record = json.loads(re.search(r'<script[^>]*id="record"[^>]*>(.*?)</script>', page, re.S).group(1))
    names = [protocol["name"] for protocol in record["protocols"]]
    assert [names[i] for i in record["services"]["protocol"]] == ["FTP"]  # one service; the one of most packets
    assert {p["name"] for p in record["protocols"] if p["packets"] == 0} == {"FTP", "Stratum"}


def test_captures_that_are_parts(tshark):
    """Stored piece by piece, in any order, and loaded again: the same as at once."""
    names = ("SSH", "FTP", "Stratum", "RDP")
    frames = each(names=names, segment=60)
    pieces = [frames[i:i + 17] for i in range(0, len(frames), 17)]
    random.Random(3).shuffle(pieces)
    for number, piece in enumerate(pieces):
        done = tshark.hostgraph(write(tshark, piece, f"piece{number}.pcapng"), "text=no", "append=yes",
                                "export=pieces.sqlite")
        assert done.status == 0, done
    assert tshark.hostgraph(write(tshark, frames), "text=no", "export=whole.sqlite").status == 0
    for store in ("whole", "pieces"):
        with sqlite3.connect(tshark.work / f"{store}.sqlite") as database:
            found = [name for name, in database.execute(SPOKEN.replace("c.first_frame", "c.first_ns"))]
        assert [(what, name) for what, name in zip(names, found, strict=True) if not is_called(name, what)] == []


# --- what rules say of it ---

def guessed(service, port, count=25):
    """`count` logins that are refused, each under a name of its own, in the clear."""
    lan = Lan(None, 9)
    for number in range(count):
        user = b"user%d" % number
        connection = Connection(lan, START + number * 20 * SECOND, *ends(), port)  # from the same port each time
        if service == "FTP":
            connection.server(b"220 ready\r\n").client(b"USER %s\r\n" % user).server(b"331 Which password?\r\n")
            connection.client(b"PASS secret-word\r\n").server(b"530 No.\r\n")
        elif service == "POP":
            connection.server(b"+OK hello\r\n").client(b"USER %s\r\n" % user).server(b"+OK\r\n")
            connection.client(b"PASS secret-word\r\n").server(b"-ERR no\r\n")
        else:
            connection.server(b"* OK hello\r\n").client(b'a1 LOGIN "%s" "secret-word"\r\n' % user)
            connection.server(b"a1 NO\r\n")
        connection.close()
    return lan.in_order()


@pytest.mark.parametrize("port", [4022, 443, 80])
@pytest.mark.parametrize("service", ["FTP", "POP", "IMAP"])
def test_refused_logins(tshark, service, port):
    capture = write(tshark, guessed(service, port))
    client, server = ends()
    record = tshark.json(capture, "rule=brute-force,rule=cleartext-login,rule=cleartext-protocol")
    by_rule = collections.defaultdict(list)
    for finding in record["findings"]:
        by_rule[finding["rule"]].append(finding)
    guesses, = by_rule["brute-force"]
    assert (guesses["host"], guesses["peers"], guesses["measured"]) == (client.text, [server.text], 25)
    assert "25 names" in guesses["evidence"] or "user0" in guesses["evidence"]
    logins, = by_rule["cleartext-login"]
    assert f"unencrypted {service}" in logins["evidence"] and "25 users" in logins["evidence"]
    exposed, = by_rule["cleartext-protocol"]
    assert f"unencrypted {service} with" in exposed["evidence"]
    assert exposed["host"] == client.text
    assert exposed["measured"] == record["graph"]["packets"]
    for finding in (guesses, logins, exposed):
        selected = {int(number) for number, in tshark.fields(capture, "frame.number", before=("-Y", finding["filter"]))}
        assert set(finding["frames"]) <= selected
    assert "secret-word" not in str(record)


def test_a_login_sent_again_counts_once(tshark):
    frames = [(time + again, frame) for time, frame in guessed("FTP", 4022)
              for again in range(2 if has_payload(frame) else 1)]
    record = tshark.json(write(tshark, frames), "rule=brute-force", "duplicates=keep")
    assert [finding["measured"] for finding in record["findings"]] == [25]


def test_encrypted_on_a_port_of_telnet(tshark):
    """Nobody can read SSH, wherever it is spoken."""
    record = tshark.json(write(tshark, ported(DIALOGUES["SSH"], 0, 23)), "rule=cleartext-protocol")
    assert record["findings"] == []
    record = tshark.json(write(tshark, ported(DIALOGUES["TELNET"], 0, 23)), "rule=cleartext-protocol")
    assert ["unencrypted TELNET" in finding["evidence"] for finding in record["findings"]] == [True]


def test_guessing_over_ssh_on_port_902(tshark, capture):
    finding, = tshark.json(capture("brute_ssh_odd_port.pcap"), "rule=brute-force")["findings"]
    assert (finding["host"], finding["peers"]) == ("147.32.80.40", ["147.32.80.37"])
    assert "SSH logins" in finding["evidence"]


@pytest.mark.parametrize("six", [False, True], ids=["ipv4", "ipv6"])
@pytest.mark.parametrize("port", [3333, 443, 25])
def test_mining(tshark, port, six):
    capture = write(tshark, ported(DIALOGUES["Stratum"], 0, port, six))
    client, server = ends(six)
    finding, = tshark.json(capture, "rule=mining")["findings"]
    assert (finding["host"], finding["peers"], finding["measured"]) == (client.text, [server.text], 1)
    assert f"port {port}" in finding["evidence"] and "cgminer" not in finding["evidence"]
    assert tshark.json(capture, "rule=mining", "set=mining.connections=2")["findings"] == []


def test_raw_sequence_numbers(tshark):
    """A preference of Wireshark's that users have: nothing is a start then, and nothing breaks."""
    capture = write(tshark, ported(DIALOGUES["SSH"], 0))
    done = tshark.hostgraph(capture, "text=no", "export=raw.json",
                            before=("-o", "tcp.relative_sequence_numbers:FALSE"))
    assert done.status == 0, done
