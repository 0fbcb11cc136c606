"""Connections do not depend on the order in which packets are stored, nor on which of two clocks stamped
them: the same exchanges, in order, stored the other way round, stamped the other way round, and with
one side only.

SPDX-License-Identifier: GPL-2.0-or-later
"""
import pathlib
import sys

import pytest

GENERATE = pathlib.Path(__file__).resolve().parents[1] / "generate"
sys.path.insert(0, str(GENERATE))

import payload  # noqa: E402
import wire  # noqa: E402
from lan import MS, SECOND, Connection, Host, Lan, refused  # noqa: E402

START = 1767607200 * SECOND
CONNECTIONS, PORTS = 12, 60
OPENED = "SELECT port, attempts, established, refused, unanswered, midstream, client.id " \
         "FROM services JOIN hosts AS client ON client.host = services.client ORDER BY port"


def hosts(six):
    net = "fd00:40::" if six else "10.40.0."
    return Host("a", net + "10", "02:00:0a:28:00:0a"), Host("b", net + "11", "02:00:0a:28:00:0b")


def answered(six):
    """(frames, client, server): connections that are established and closed."""
    lan, (client, server) = Lan(None, 1), hosts(six)
    for i in range(CONNECTIONS):
        connection = Connection(lan, START + i * 5 * SECOND, client, server, 80)
        connection.client(payload.http_get(b"b.example"))
        connection.server(payload.http_ok(b"<p>hello</p>")).close()
    return lan.in_order(), client, server


def refusals(six):
    """The same: ports that refuse, tried within a minute."""
    lan, (client, server) = Lan(None, 2), hosts(six)
    for i in range(PORTS):
        refused(lan, START + i * SECOND, client, server, 1000 + i)
    return lan.in_order(), client, server


def flags(frame):
    """TCP flags: behind Ethernet and IPv4 or IPv6 without options."""
    return frame[(34 if frame[12:14] == b"\x08\x00" else 54) + 13]


def in_order(frames):
    return frames


def stored_first(frames):
    """Each SYN-ACK or RST stands before its SYN, with the right times."""
    frames = list(frames)
    for i in [i for i, (_, frame) in enumerate(frames) if flags(frame) == wire.SYN]:
        frames[i], frames[i + 1] = frames[i + 1], frames[i]
    return frames


def stamped_first(frames, early=2 * MS):
    """Each SYN-ACK or RST was stamped before its SYN, by another clock; in the order of times."""
    return sorted((frames[i - 1][0] - early if i and flags(frames[i - 1][1]) == wire.SYN else time, frame)
                  for i, (time, frame) in enumerate(frames))


def write(tshark, frames):
    """In the order given, whatever the times."""
    path = tshark.folder / "order.pcapng"
    wire.write_pcapng(path, frames)
    return path


@pytest.mark.parametrize("six", [False, True], ids=["ipv4", "ipv6"])
@pytest.mark.parametrize("order", [in_order, stored_first, stamped_first])
def test_established(tshark, order, six):
    frames, client, _ = answered(six)
    rows = tshark.rows(write(tshark, order(frames)), OPENED, ())
    assert rows == [(80, CONNECTIONS, CONNECTIONS, 0, 0, 0, client.text)]


@pytest.mark.parametrize("six", [False, True], ids=["ipv4", "ipv6"])
@pytest.mark.parametrize("order", [in_order, stored_first, stamped_first])
def test_refused(tshark, order, six):
    frames, client, _ = refusals(six)
    capture = write(tshark, order(frames))
    assert tshark.rows(capture, OPENED, ()) == [(1000 + i, 1, 0, 1, 0, 0, client.text)
                                                for i in range(PORTS)]
    record = tshark.json(capture, "rule=port-scan")
    assert {node["id"] for node in record["nodes"] if node["suspect"]} == {client.text}
    assert [finding["measured"] for finding in record["findings"]] == [PORTS]


@pytest.mark.parametrize("six", [False, True], ids=["ipv4", "ipv6"])
def test_servers_side_only(tshark, six):
    """A SYN-ACK of a server that goes on to send tells who began."""
    frames, client, server = answered(six)
    frames = [(time, frame) for time, frame in frames if frame[6:12] == server.mac]
    rows = tshark.rows(write(tshark, frames), OPENED, ())
    assert rows == [(80, CONNECTIONS, CONNECTIONS, 0, 0, 0, client.text)]


def test_backscatter(tshark):
    """SYN-ACKs alone can answer forged addresses: nobody is said to have begun."""
    frames, _, _ = answered(False)
    frames = [(time, frame) for time, frame in frames if flags(frame) == wire.SYN | wire.ACK]
    rows = tshark.rows(write(tshark, frames), OPENED, ())
    assert [row[1:6] for row in rows] == [(0, 0, 0, 0, CONNECTIONS)]


def test_beyond_the_bound(tshark):
    """An answer stamped more than a second before is none."""
    frames, _, _ = refusals(False)
    rows = tshark.rows(write(tshark, stamped_first(frames[:2], 1001 * MS)), OPENED, ())
    assert [row[1:6] for row in rows] == [(1, 0, 0, 1, 1)]


# --- datagrams and pings ---

def asked(six, port, count):
    """Questions and answers over UDP, two after two, each from a port of its own."""
    lan, (client, server) = Lan(None, 3), hosts(six)
    for i in range(count):
        lan.ask(START + i * 5 * SECOND, client, server, port, b"question", b"answer")
    return lan.in_order(), client


def pings(six, count):
    lan, (client, server) = Lan(None, 4), hosts(six)
    for i in range(count):
        for reply in range(2):
            ends = (server, client) if reply else (client, server)
            message = wire.icmpv6(ends[0].address, ends[1].address, 128 + reply, 0, bytes([0, 1 + i, 0, 1]), b"data") \
                if six else wire.echo(reply, 1 + i, 1, b"data")
            lan.packet(START + i * 5 * SECOND + reply * MS, *ends, wire.ICMPV6 if six else wire.ICMP, message)
    return lan.in_order(), client


def undelivered(six, count):
    """A UDP scan: closed ports answer by an ICMP error that quotes the datagram."""
    lan, (client, server) = Lan(None, 5), hosts(six)
    for i in range(count):
        datagram = wire.udp(client.address, server.address, 40000, 2000 + i, b"probe")
        _, quoted = wire.network(client.address, server.address, wire.UDP, datagram)
        lan.packet(START + i * SECOND, client, server, wire.UDP, datagram)
        message = wire.icmpv6(server.address, client.address, 1, 4, bytes(4), quoted) if six else \
            wire.icmp(3, 3, bytes(4), quoted)
        lan.packet(START + i * SECOND + MS, server, client, wire.ICMPV6 if six else wire.ICMP, message)
    return lan.in_order(), client


def pairs(frames, order):
    """Two after two: in order, the second stored first, the second stamped first by 2 ms."""
    if order == "stored-first":
        return [frames[i ^ 1] for i in range(len(frames))]
    if order == "stamped-first":
        return sorted((frames[i - 1][0] - 2 * MS if i % 2 else time, frame)
                      for i, (time, frame) in enumerate(frames))
    return frames


ORDERS = ["in-order", "stored-first", "stamped-first"]


@pytest.mark.parametrize("six", [False, True], ids=["ipv4", "ipv6"])
@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("port", [53, 123, 1812, 3478, "ping"])
def test_asked(tshark, port, order, six):
    frames, client = pings(six, 12) if port == "ping" else asked(six, port, 12)
    rows = tshark.rows(write(tshark, pairs(frames, order)), OPENED, ())
    assert rows == [(0 if port == "ping" else port, 12, 12, 0, 0, 0, client.text)]


@pytest.mark.parametrize("six", [False, True], ids=["ipv4", "ipv6"])
@pytest.mark.parametrize("order", ["in-order", "stored-first"])
def test_asked_between_high_ports(tshark, order, six):
    """Only the times tell who asked."""
    frames, client = asked(six, 27015, 12)
    rows = tshark.rows(write(tshark, pairs(frames, order)), OPENED, ())
    assert rows == [(27015, 12, 12, 0, 0, 0, client.text)]


@pytest.mark.parametrize("order", ORDERS)
def test_symmetric_ports(tshark, order):
    """NTP from port 123 to 123: the first by time asks."""
    lan, (client, server) = Lan(None, 6), hosts(False)
    lan.ask(START, client, server, 123, b"question", b"answer", sport=123)
    rows = tshark.rows(write(tshark, pairs(lan.in_order(), order)), OPENED, ())
    assert rows == [(123, 1, 1, 0, 0, 0, (server if order == "stamped-first" else client).text)]


@pytest.mark.parametrize("six", [False, True], ids=["ipv4", "ipv6"])
@pytest.mark.parametrize("order", ORDERS)
def test_udp_scan(tshark, order, six):
    frames, client = undelivered(six, PORTS)
    capture = write(tshark, pairs(frames, order))
    assert tshark.rows(capture, OPENED, ()) == [(2000 + i, 1, 0, 1, 0, 0, client.text)
                                                for i in range(PORTS)]
    record = tshark.json(capture, "rule=port-scan")
    assert {node["id"] for node in record["nodes"] if node["suspect"]} == {client.text}


def test_answers_without_questions(tshark):
    """A RADIUS server to which nobody is seen to send began nothing."""
    frames, client = asked(False, 1812, 40)
    rows = tshark.rows(write(tshark, frames[1::2]), OPENED, ())
    assert rows == [(1812, 0, 0, 0, 0, 40, client.text)]
