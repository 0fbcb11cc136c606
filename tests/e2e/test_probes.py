"""Probes that begin no connection (FIN, NULL, Xmas, ACK, window, Maimon, SYN-ACK scans, fragments) are
attempts of who sent them, in whatever order they and their answers are stored; the rest of connections
whose start was not captured, which looks like them, is not.

SPDX-License-Identifier: GPL-2.0-or-later
"""
import pathlib
import sqlite3
import struct
import sys

import pytest

GENERATE = pathlib.Path(__file__).resolve().parents[1] / "generate"
sys.path.insert(0, str(GENERATE))

import payload  # noqa: E402
import wire  # noqa: E402
from lan import MS, SECOND, Connection, Host, Lan  # noqa: E402

START = 1767607200 * SECOND
URG = 0x20
PORTS = 40
STATES = "SELECT sum(attempts), sum(established), sum(refused), sum(unanswered), sum(midstream) FROM services"
# What nmap and hping3 send; whether a segment has an acknowledgement number.
KINDS = {"fin": wire.FIN, "null": 0, "xmas": wire.FIN | wire.PSH | URG, "ack": wire.ACK,
         "maimon": wire.FIN | wire.ACK, "syn-ack": wire.SYN | wire.ACK}


def net(six):
    return "fd00:40::" if six else "10.40.0."


def host(number, six=False):
    return Host("", f"{net(six)}{number:x}" if six else f"{net(six)}{number}", f"02:00:0a:28:00:{number:02x}")


def segment(lan, time, source, target, sport, dport, flags, seq=777, ack=12345, data=b""):
    lan.packet(time, source, target, wire.TCP, wire.tcp(
        source.address, target.address, sport, dport, seq, ack if flags & wire.ACK else 0, flags, data))


def rst(lan, time, source, target, sport, dport, flags, ack=12345):
    """How RFC 9293, section 3.10.7.1, has a closed port answer."""
    if flags & wire.ACK:
        segment(lan, time, target, source, dport, sport, wire.RST, ack)
    else:
        length = 1 if flags & (wire.SYN | wire.FIN) else 0
        segment(lan, time, target, source, dport, sport, wire.RST | wire.ACK, 0, 777 + length)


def icmp_error(lan, time, source, target, sport, dport, flags):
    """Type 3, code 13 (ICMPv6 1, 1): a firewall says no, quoting the segment."""
    quoted = wire.tcp(source.address, target.address, sport, dport, 777, 12345, flags)
    _, packet = wire.network(source.address, target.address, wire.TCP, quoted)
    if len(source.address) == 4:
        message, protocol = wire.icmp(3, 13, bytes(4), packet), wire.ICMP
    else:
        message = wire.icmpv6(target.address, source.address, 1, 1, bytes(4), packet)
        protocol = wire.ICMPV6
    lan.packet(time, target, source, protocol, message)


def nothing(*_):
    pass


ANSWERS = {"rst": rst, "icmp": icmp_error, "nothing": nothing}


def scan(flags, answer, six=False, sport=51000, step=0, count=PORTS, begin=1):
    """(frames, scanner): a scan of ports of one host; before it the two ping each other."""
    lan, scanner, target = Lan(None, 1), host(10, six), host(11, six)
    if not six:
        lan.ping(START, scanner, target, 1)
    for i in range(count):
        time = START + (i + 10) * 50 * MS
        segment(lan, time, scanner, target, sport + i * step, begin + i, flags)
        answer(lan, time + MS, scanner, target, sport + i * step, begin + i, flags)
    return lan.in_order(), scanner


def in_order(frames):
    return frames


def answers_stored_first(frames):
    """Two after two; the ping stays as it is."""
    head, rest = frames[:len(frames) % (2 * PORTS)], frames[len(frames) % (2 * PORTS):]
    return head + [rest[i ^ 1] for i in range(len(rest))]


def answers_stamped_first(frames):
    """By 2 ms, in the order of times."""
    head, rest = frames[:len(frames) % (2 * PORTS)], frames[len(frames) % (2 * PORTS):]
    return head + sorted((time - 3 * MS if i % 2 else time, frame)
                         for i, (time, frame) in enumerate(rest))


def write(tshark, frames):
    path = tshark.folder / "probes.pcapng"
    wire.write_pcapng(path, frames)
    return path


def states(tshark, path):
    """Of TCP: attempts, established, refused, unanswered, start not captured."""
    return tshark.rows(path, f"{STATES} WHERE transport = 'tcp'", ())[0]


def suspects(record):
    return {node["id"] for node in record["nodes"] if node["suspect"]}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("answer", ANSWERS)
@pytest.mark.parametrize("six", [False, True], ids=["ipv4", "ipv6"])
def test_scan(tshark, kind, answer, six):
    frames, scanner = scan(KINDS[kind], ANSWERS[answer], six)
    path = write(tshark, frames)
    failed = (0, PORTS) if answer == "nothing" else (PORTS, 0)
    assert states(tshark, path) == (PORTS, 0, *failed, 0)
    record = tshark.json(path, "rule=port-scan")
    assert suspects(record) == {scanner.text}
    finding = record["findings"][0]
    assert finding["measured"] == PORTS
    # The filter selects the probes, nothing else
    selected = tshark("-r", path, "-Y", finding["filter"], "-T", "fields", "-e", "frame.number").out
    probes = tshark("-r", path, "-Y", "tcp.srcport == 51000 && !icmp && !icmpv6", "-T", "fields", "-e",
                    "frame.number").out
    assert selected == probes and len(selected.split()) == PORTS


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("answer", ["rst", "icmp"])
@pytest.mark.parametrize("order", [answers_stored_first, answers_stamped_first])
def test_any_order(tshark, kind, answer, order):
    frames, scanner = scan(KINDS[kind], ANSWERS[answer])
    path = write(tshark, order(frames))
    assert states(tshark, path) == (PORTS, 0, PORTS, 0, 0)
    assert suspects(tshark.json(path, "rule=port-scan")) == {scanner.text}


@pytest.mark.parametrize("kind", KINDS)
def test_other_tools(tshark, kind):
    """hping3 takes another port for each segment, scapy port 20 for all."""
    for sport, step in (2000, 1), (20, 0):
        frames, scanner = scan(KINDS[kind], rst, sport=sport, step=step)
        path = write(tshark, frames)
        assert states(tshark, path) == (PORTS, 0, PORTS, 0, 0)
        assert suspects(tshark.json(path, "rule=port-scan")) == {scanner.text}


@pytest.mark.parametrize("kind", KINDS)
def test_hosts(tshark, kind):
    """One port of many hosts, of which few are there."""
    lan, scanner = Lan(None, 3), host(10)
    lan.ping(START, scanner, host(11), 1)
    for i in range(40):
        segment(lan, START + i * 50 * MS, scanner, host(100 + i), 51000, 445, KINDS[kind])
        if i % 10 == 0:
            rst(lan, START + i * 50 * MS + MS, scanner, host(100 + i), 51000, 445, KINDS[kind])
    path = write(tshark, lan.in_order())
    assert states(tshark, path) == (40, 0, 4, 36, 0)
    record = tshark.json(path, "rule=address-scan")
    assert suspects(record) == {scanner.text}
    selected = tshark("-r", path, "-Y", record["findings"][0]["filter"], "-T", "fields", "-e",
                      "frame.number").out
    assert len(selected.split()) == 40


def test_retransmitted(tshark):
    """nmap sends again what nothing answers, from the next port."""
    lan, scanner, target = Lan(None, 1), host(10), host(11)
    for i in range(PORTS):
        for again in range(2):
            segment(lan, START + i * 50 * MS + again * SECOND, scanner, target, 51000 + again, 1 + i,
                    wire.ACK)
    path = write(tshark, lan.in_order())
    assert states(tshark, path) == (2 * PORTS, 0, 0, 2 * PORTS, 0)


@pytest.mark.parametrize("kind", ["fin", "ack", "syn-ack"])
def test_added_in_pieces(tshark, kind):
    """A scan that is spread over two captures says the same in one store as in one capture, also where
    neither half proves it."""
    frames, _ = scan(KINDS[kind], rst, count=16)
    for name, part in ("a", frames[:18]), ("b", frames[18:]), ("whole", frames):
        wire.write_pcapng(tshark.folder / f"{name}.pcapng", part)
        done = tshark.hostgraph(tshark.folder / f"{name}.pcapng", "text=no", "append=yes",
                                f"export={'whole' if name == 'whole' else 'pieces'}.sqlite")
        assert done.status == 0, done
    assert tables(tshark.work / "pieces.sqlite") == tables(tshark.work / "whole.sqlite")
    with sqlite3.connect(tshark.work / "pieces.sqlite") as store:
        assert store.execute(f"{STATES} WHERE transport = 'tcp'").fetchone() == (16, 0, 16, 0, 0)


def tables(path):
    columns = "client, server, transport, port, attempts, established, refused, unanswered, midstream"
    with sqlite3.connect(path) as store:
        return [store.execute(f"SELECT {columns} FROM services ORDER BY 1, 2, 3, 4").fetchall(),
                store.execute("SELECT outcome, client, a_port, b_port, a_seen, b_seen, begun FROM"
                              " connections ORDER BY first_frame").fetchall()]


# --- what looks like a probe ---

def office(seed):
    """Connections from before the capture: the frames from their middle on."""
    lan, clients, servers = Lan(None, seed), [host(20 + i) for i in range(4)], [host(40 + i) for i in range(30)]
    return lan, clients, servers


def closes_idle(lan, clients, servers):
    """A browser closes what it left idle; some servers have forgotten the connection."""
    for i, server in enumerate(servers * 2):
        port = clients[0].port()
        segment(lan, START + i * MS, clients[0], server, port, 443, wire.FIN | wire.ACK)
        if i % 2:
            segment(lan, START + i * MS + MS // 2, server, clients[0], 443, port, wire.RST)


def server_restarts(lan, clients, servers):
    """Its clients go on, or ask whether it is there."""
    for i in range(60):
        client = clients[i % 4]
        port = client.port()
        data = b"query" if i % 2 else b""
        segment(lan, START + i * MS, client, servers[0], port, 5432, wire.ACK | wire.PSH, data=data)
        segment(lan, START + i * MS + MS // 2, servers[0], client, 5432, port, wire.RST)


def keep_alives(lan, clients, servers):
    """A server asks clients that are gone."""
    for i in range(60):
        port = clients[i % 4].port()
        segment(lan, START + i * MS, servers[0], clients[i % 4], 443, port, wire.ACK)
        segment(lan, START + i * MS + MS // 2, clients[i % 4], servers[0], port, 443, wire.RST)


def load_balancer(lan, clients, servers):
    """A firewall or load balancer ends idle connections on both sides."""
    for i in range(60):
        port = clients[i % 4].port()
        segment(lan, START + i * MS, servers[0], clients[i % 4], 443, port, wire.RST)
        segment(lan, START + i * MS, clients[i % 4], servers[0], port, 443, wire.RST | wire.ACK, 9)


def backscatter(lan, clients, servers):
    """A victim answers SYNs that bear a client's address, which knows nothing of them."""
    for i in range(400):
        port = 1 + (i * 7919) % 65535
        segment(lan, START + i * MS, servers[0], clients[0], 80, port, wire.SYN | wire.ACK)
        segment(lan, START + i * MS + MS // 2, clients[0], servers[0], port, 80, wire.RST)


def backscatter_to_many(lan, clients, servers):
    for i in range(400):
        target = Host("", f"10.40.{1 + i // 200}.{1 + i % 200}", "02:00:0a:28:00:fe")
        segment(lan, START + i * MS, servers[0], target, 80, 1 + (i * 7919) % 65535, wire.SYN | wire.ACK)


def half_closed(lan, clients, servers):
    for i in range(60):
        port = clients[1].port()
        segment(lan, START + i * MS, servers[1], clients[1], 25, port, wire.FIN | wire.ACK)
        segment(lan, START + i * MS + MS // 2, clients[1], servers[1], port, 25, wire.RST)


def one_side(lan, clients, servers):
    """Acknowledgements of downloads: the servers' side was not captured."""
    for i, server in enumerate(servers):
        port = clients[2].port()
        for k in range(3):
            segment(lan, START + (i * 3 + k) * MS, clients[2], server, port, 443, wire.ACK, 777, 12345 + k * 1460)


HARMLESS = [closes_idle, server_restarts, keep_alives, load_balancer, backscatter, backscatter_to_many,
            half_closed, one_side]


@pytest.mark.parametrize("activity", HARMLESS, ids=lambda activity: activity.__name__)
@pytest.mark.parametrize("talk", [False, True], ids=["alone", "among-others"])
def test_rest_of_connections(tshark, activity, talk):
    lan, clients, servers = office(4)
    activity(lan, clients, servers)
    before = len(lan.frames)
    if talk:
        for i in range(10):
            Connection(lan, START + i * SECOND, clients[3], servers[2], 80).client(
                payload.http_get(b"b.example")).server(payload.http_ok(b"<p>hello</p>")).close()
    assert before > 0
    path = write(tshark, lan.in_order())
    assert states(tshark, path)[:4] == ((10, 10, 0, 0) if talk else (0, 0, 0, 0))
    assert suspects(tshark.json(path)) == set()


# --- fragments ---

def fragments(frame, size, ident):
    """An Ethernet frame with IPv4 in fragments of `size` bytes (a multiple of 8)."""
    link, header = frame[:14], frame[14:34]
    data = frame[34:14 + struct.unpack("!H", frame[16:18])[0]]
    out = []
    for at in range(0, len(data), size):
        piece = data[at:at + size]
        more = 0x2000 if at + size < len(data) else 0
        head = header[:2] + struct.pack("!HHH", 20 + len(piece), ident, more | at // 8) + header[8:10] + \
            bytes(2) + header[12:]
        head = head[:10] + struct.pack("!H", wire.checksum(head)) + head[12:]
        out.append((link + head + piece).ljust(60, b"\0"))
    return out


def fragmented(frames, keep=lambda number: True):
    """All TCP from the scanner as nmap -f sends it: 8 bytes a fragment."""
    out = []
    for i, (time, frame) in enumerate(frames):
        if frame[23] != wire.TCP or frame[29] != 10:  # from 10.40.0.10
            out.append((time, frame))
            continue
        out += [(time, piece) for number, piece in enumerate(fragments(frame, 8, i)) if keep(number)]
    return out


@pytest.mark.parametrize("kind", ["syn", "xmas", "ack"])
def test_fragmented_scan(tshark, kind):
    frames, scanner = scan(KINDS.get(kind, wire.SYN), rst)
    path = write(tshark, fragmented(frames))
    assert states(tshark, path) == (PORTS, 0, PORTS, 0, 0)
    assert suspects(tshark.json(path, "rule=port-scan")) == {scanner.text}


@pytest.mark.parametrize("keep", [lambda n: n > 0, lambda n: n == 0, lambda n: n == 1],
                         ids=["without-the-first", "the-first", "the-second"])
def test_stray_fragments(tshark, keep):
    """They have no ports, or no flags: no connection."""
    frames, _ = scan(wire.SYN, nothing)
    path = write(tshark, fragmented(frames, keep))
    assert states(tshark, path) == (None, None, None, None, None)
    assert suspects(tshark.json(path)) == set()


def test_stray_fragments_not_reassembled(tshark):
    """The first 8 bytes of TCP have ports, but no flags: they are no NULL scan."""
    frames, _ = scan(wire.SYN, rst, count=5)
    path = write(tshark, fragmented(frames, lambda number: number == 0))
    rows = tshark.rows(path, f"{STATES} WHERE transport = 'tcp'", (), before=["-o", "ip.defragment:FALSE"])
    assert rows[0][:4] == (0, 0, 0, 0)
