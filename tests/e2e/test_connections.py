"""The export of connections: its sums are those of tshark's tables of conversations, its Community IDs are
those of Wireshark, its states are Zeek's; hostile texts, nothing at all, other layers.

SPDX-License-Identifier: GPL-2.0-or-later
"""
import collections
import csv
import json
import pathlib
import re
import sqlite3
import sys

import pytest

from conftest import captures, real

GENERATE = pathlib.Path(__file__).resolve().parents[1] / "generate"
sys.path.insert(0, str(GENERATE))

import payload  # noqa: E402
import wire  # noqa: E402
from lan import MS, SECOND, Connection, Host, Lan, refused, unanswered  # noqa: E402

START = 1767607200 * SECOND
UNITS = {"bytes": 1, "kB": 10**3, "MB": 10**6, "GB": 10**9}
COLUMNS = ["start", "duration", "client", "client_port", "server", "server_port", "transport", "protocol",
           "conn_state", "client_packets", "client_bytes", "client_payload", "server_packets", "server_bytes",
           "server_payload", "community_id", "vlan", "first_frame", "last_frame"]


def rows_of(path):
    with open(path, newline="", encoding="utf-8") as file:
        reader = csv.DictReader(file)
        rows = list(reader)
    assert reader.fieldnames == COLUMNS
    return rows


def lines_of(path):
    """The objects of the lines, the capture's first."""
    capture, *rest = [json.loads(line, parse_constant=pytest.fail) for line in path.read_text("utf-8").splitlines()]
    assert capture["event"]["dataset"] == "hostgraph.capture"
    assert {line["event"]["dataset"] for line in rest} <= {"hostgraph.connection"}
    return rest


def cell(name, value):
    """A value of ndjson as the csv has it."""
    if value is None:
        return ""
    return f"{value:.9f}" if name == "duration" else str(value)


def exported(tshark, capture, *options, before=()):
    """Rows of the csv; those of ndjson say the same."""
    done = tshark.hostgraph(capture, "text=no", *options, "export=x.conn.csv", "export=x.conn.ndjson", before=before)
    rows = rows_of(tshark.work / "x.conn.csv")
    lines = lines_of(tshark.work / "x.conn.ndjson")
    assert [{name: cell(name, line["hostgraph"][name]) for name in COLUMNS} for line in lines] == [
        {name: text.removeprefix("'") for name, text in row.items()} for row in rows]
    for line, row in zip(lines, rows):
        assert [line["source"]["address"], str(line["source"]["port"]), str(line["source"]["bytes"])] == [
            row[name].removeprefix("'") for name in ("client", "client_port", "client_bytes")]
        assert str(line["destination"]["packets"]) == row["server_packets"]
        assert line["network"].get("community_id", "") == row["community_id"]
        assert line["event"].get("start", "") == line.get("@timestamp", "") == row["start"]
        assert line["event"].get("duration") == (round(float(row["duration"]) * 1e9) if row["duration"] else None)
    return rows, done


# --- against tshark ---

def number(words, at):
    """A number and, for bytes, its unit: (value, unit), and the place after it."""
    value = int(words[at].replace(",", ""))
    unit = UNITS.get(words[at + 1])
    return (value, unit or 1), at + (2 if unit else 1)


def table(text, title):
    """{(a, b): [packets b to a, bytes, packets a to b, bytes]}, the ends as (address, port)."""
    found = {}
    part = re.search(rf"^{title} Conversations\n(.*?)^====", text, re.M | re.S)
    for line in part.group(1).split("\n") if part else ():
        words = line.split()
        if len(words) > 3 and words[1] == "<->":
            ends = tuple(tuple(words[i].rsplit(":", 1)) for i in (0, 2))
            at, shown = 3, []
            while len(shown) < 4:
                value, at = number(words, at)
                shown.append(value)
            found.setdefault(ends, []).append(shown)
    return found


def agrees(exact, parts):
    """Whether parts that are cut to their units add up to this."""
    least = sum(value * unit for value, unit in parts)
    return least <= exact <= least + sum(unit - 1 for _, unit in parts)


def quotes(icmp, icmpv6):
    """Whether an ICMP message quotes another packet's header."""
    return icmp.split(",")[0] in {"3", "4", "5", "11", "12"} or (icmpv6 and int(icmpv6.split(",")[0]) < 128)


def skip_what_tshark_counts_otherwise(tshark, path):
    """The Community ID of each frame, of captures of whose packets tshark sees what hostgraph sees."""
    ids, names = {}, ("frame.number", "communityid", "ip.src", "ipv6.src", "icmp.type", "icmpv6.type", "_ws.short", "_ws.malformed")
    words = [word for name in names for word in ("-e", name)]
    for line in tshark("-n", "--enable-protocol", "communityid", "-r", path, "-T", "fields", *words).out.splitlines():
        frame, identifier, four, six, icmp, icmpv6, short, malformed = line.split("\t")
        headers = sum(len(text.split(",")) for text in (four, six) if text)
        if headers > 1 + bool(quotes(icmp, icmpv6)):
            pytest.skip("tunnels: tshark's tables count a packet once a header")
        if re.search(r"\b(TCP|UDP)\b", short + malformed):
            pytest.skip("headers are cut: tshark's tables leave out such packets")
        ids[frame] = identifier
    return ids


@pytest.mark.parametrize("name", captures())
def test_as_tshark_counts(tshark, name):
    """Packets and bytes each way of each pair of ends, as `conv,tcp` and `conv,udp` count them, copies, too;
    Community IDs as Wireshark's own."""
    path = real(name)
    ids = skip_what_tshark_counts_otherwise(tshark, path)
    exact = ["-o", "conv.machine_readable:TRUE"] if tshark.version >= (4, 6) else []
    text = tshark("-q", "-n", *exact, "-r", path, "-z", "conv,tcp", "-z", "conv,udp",
                  "-z", "hostgraph,text=no,layer=net,duplicates=keep,export=x.conn.csv").out
    counted = collections.defaultdict(lambda: [0, 0])
    for row in rows_of(tshark.work / "x.conn.csv"):
        assert row["community_id"] == ids[row["first_frame"]] != "", row
        ends = [(row[end].removeprefix("'"), row[end + "_port"]) for end in ("client", "server")]
        for (source, target), end in ((ends, "client"), (ends[::-1], "server")):
            sums = counted[row["transport"], source, target]
            sums[0] += int(row[end + "_packets"])
            sums[1] += int(row[end + "_bytes"])
    shown = collections.defaultdict(list)
    for transport in ("tcp", "udp"):
        for (a, b), entries in table(text, transport.upper()).items():
            shown[transport, b, a] += [(entry[0][0], entry[1]) for entry in entries]
            shown[transport, a, b] += [(entry[2][0], entry[3]) for entry in entries]
    ours = {key: sums[0] for key, sums in counted.items() if sums[0] and key[0] in ("tcp", "udp")}
    theirs = {key: sum(packets for packets, _ in entries) for key, entries in shown.items()}
    assert ours == {key: packets for key, packets in theirs.items() if packets}
    for key, entries in shown.items():
        assert agrees(counted[key][1], [size for _, size in entries]), key


# --- generated ---

def handshakes(lan, client, server):
    """One connection of each kind that Zeek tells apart, each on a server port of its own: {port: state}."""
    states = {}

    def send(port, *packets):
        """`packets`: (side, flags[, payload]); a client port and sequence numbers of their own."""
        sport, numbers, time = client.port(), [1000, 5000], START + len(states) * SECOND
        for side, flags, *data in packets:
            source, target = (client, server)[side], (client, server)[1 - side]
            ports = (sport, port) if side == 0 else (port, sport)
            data = data[0] if data else b""
            lan.packet(time, source, target, wire.TCP, wire.tcp(
                source.address, target.address, *ports, numbers[side], numbers[1 - side] if flags & wire.ACK else 0,
                flags, data))
            numbers[side] += len(data) + bool(flags & (wire.SYN | wire.FIN))
            time += MS

    syn, synack, ack = (0, wire.SYN), (1, wire.SYN | wire.ACK), (0, wire.ACK)
    data = [(0, wire.ACK | wire.PSH, b"question"), (1, wire.ACK | wire.PSH, b"answer")]
    fin = [(side, wire.FIN | wire.ACK) for side in (0, 1)]
    rst = [(side, wire.RST | wire.ACK) for side in (0, 1)]
    for state, packets in {
            "S0": [syn], "S1": [syn, synack, ack, *data], "SF": [syn, synack, ack, *data, *fin, ack],
            "S2": [syn, synack, ack, *data, fin[0]], "S3": [syn, synack, ack, *data, fin[1], ack],
            "RSTO": [syn, synack, ack, *data, rst[0]], "RSTR": [syn, synack, ack, *data, rst[1]],
            "RSTOS0": [syn, (0, wire.RST)], "RSTRH": [synack, (1, wire.RST)], "SH": [syn, fin[0]],
            "SHR": [synack, fin[1]], "OTH": data}.items():
        send(6000 + len(states), *packets)
        states[6000 + len(states)] = state
    refused(lan, START + 60 * SECOND, client, server, 7000)
    return {**states, 7000: "REJ"}


@pytest.mark.parametrize("net", ["10.40.0.", "fd00:40::"])
@pytest.mark.parametrize("options", [(), ("evidence=no",), ("layer=link",)], ids=lambda options: "".join(options) or "auto")
def test_states(tshark, net, options):
    """Zeek's states of handshakes as its manual describes them, with the numbers of tshark's fields."""
    lan = Lan(None, 3)
    client, server = Host("c", net + "10", "02:00:00:00:00:10"), Host("s", net + "11", "02:00:00:00:00:11")
    states = handshakes(lan, client, server)
    wire.write_pcapng(tshark.folder / "states.pcapng", lan.in_order())
    capture = tshark.folder / "states.pcapng"
    rows, _ = exported(tshark, capture, *options)
    assert {int(row["server_port"]): row["conn_state"] for row in rows} == states
    ends = ("02:00:00:00:00:10", "02:00:00:00:00:11") if "layer=link" in options else (client.text, server.text)
    assert {(row["client"], row["server"]) for row in rows} == {ends}
    assert all(bool(row["community_id"]) == ("layer=link" not in options) for row in rows)
    sums = collections.defaultdict(lambda: [0, 0, 0])
    times, frames = collections.defaultdict(list), collections.defaultdict(list)
    for frame, time, length, source, target, data in tshark.fields(
            capture, "frame.number", "frame.time_epoch", "frame.len", "tcp.srcport", "tcp.dstport", "tcp.len"):
        port = min(int(source), int(target))
        one = sums[port, "server" if int(source) == port else "client"]
        for i, value in enumerate((1, length, data)):
            one[i] += int(value)
        times[port].append(float(time))
        frames[port].append(int(frame))
    for row in rows:
        port = int(row["server_port"])
        for end in ("client", "server"):
            assert [int(row[f"{end}_{what}"]) for what in ("packets", "bytes", "payload")] == sums[port, end]
        assert float(row["duration"]) == pytest.approx(times[port][-1] - times[port][0], abs=1e-6)
        assert [int(row["first_frame"]), int(row["last_frame"])] == [frames[port][0], frames[port][-1]]
        assert re.fullmatch(r"2026-01-05T10:0\d:\d\d\.\d{9}Z", row["start"])
    assert [row["start"] for row in rows] == sorted(row["start"] for row in rows)


def test_exchanges(tshark):
    """UDP with and without an answer, an answer alone, pings: Zeek's states, ports and Community IDs."""
    lan = Lan(None, 4)
    a, b = Host("a", "192.168.0.89", "02:00:00:00:00:10"), Host("b", "192.168.0.1", "02:00:00:00:00:11")
    lan.ask(START, a, b, 53, b"q" * 30, b"a" * 60, sport=5000)
    lan.datagram(START + SECOND, a, b, 5001, 53, b"q" * 30)
    lan.datagram(START + 2 * SECOND, b, a, 53, 5002, b"a" * 60)
    for reply, source, target in ((False, a, b), (True, b, a)):
        lan.packet(START + (3 + reply) * SECOND, source, target, wire.ICMP, wire.echo(reply, 77, 1, b"ping"))
    wire.write_pcapng(tshark.folder / "exchanges.pcapng", lan.in_order())
    rows, _ = exported(tshark, tshark.folder / "exchanges.pcapng")
    assert [(row["transport"], row["client_port"], row["server_port"], row["conn_state"], row["client"])
            for row in rows] == [("udp", "5000", "53", "SF", a.text), ("udp", "5001", "53", "S0", a.text),
                                 ("udp", "5002", "53", "SHR", a.text), ("icmp", "8", "0", "OTH", a.text)]
    assert rows[3]["community_id"] == "1:X0snYXpgwiv9TZtqg64sgzUn6Dk="  # published for these two


def test_what_is_chosen(tshark):
    """Filters and protocols choose packets here as elsewhere; a cap is said, by the line of the capture too."""
    lan = Lan(None, 3)
    client, server = Host("c", "10.40.0.10", "02:00:00:00:00:10"), Host("s", "10.40.0.11", "02:00:00:00:00:11")
    handshakes(lan, client, server)
    lan.ask(START + 90 * SECOND, client, server, 53, *payload.dns(1, "x.example"))
    capture = tshark.folder / "chosen.pcapng"
    wire.write_pcapng(capture, lan.in_order())
    rows, _ = exported(tshark, capture, "protocol=DNS")
    assert {row["transport"] for row in rows} == {"udp"}
    done = tshark.hostgraph(capture, "text=no", "export=x.conn.csv", "filter=tcp.port == 7000")
    assert done.status == 0 and [row["conn_state"] for row in rows_of(tshark.work / "x.conn.csv")] == ["REJ"]
    rows, _ = exported(tshark, capture, "max-connections=3")
    assert len(rows) == 3
    capture_line = json.loads((tshark.work / "x.conn.ndjson").read_text("utf-8").splitlines()[0])
    assert [cap["name"] for cap in capture_line["hostgraph"]["caps"]] == ["max-connections"]


def test_nothing(tshark):
    wire.write_pcapng(tshark.folder / "nothing.pcapng", [])
    rows, done = exported(tshark, tshark.folder / "nothing.pcapng")
    assert rows == [] and done.status == 0


def test_without_times(tshark, case):
    """What has no times has neither start nor duration, in the view neither."""
    rows, _ = exported(tshark, case("no_times"), "export=x.sqlite")
    assert rows and {(row["start"], row["duration"]) for row in rows} == {("", "")}
    assert {row["conn_state"] for row in rows} <= {"SF", "OTH"}
    with sqlite3.connect(tshark.work / "x.sqlite") as store:
        assert set(store.execute("SELECT first, last, duration FROM connection_list")) == {(None, None, None)}


def test_pseudonyms(tshark):
    """The Community ID is that of the addresses shown: it tells nothing of the real ones."""
    lan = Lan(None, 6)
    a, b = Host("a", "10.0.0.5", "02:00:00:00:00:10"), Host("b", "10.0.0.6", "02:00:00:00:00:11")
    Connection(lan, START, a, b, 443).client(b"x").server(b"y").close()
    capture = tshark.folder / "pseudonyms.pcapng"
    wire.write_pcapng(capture, lan.in_order())
    (real_row,), _ = exported(tshark, capture)
    tshark.write("key", "sixteen bytes or more, for nobody")
    (row,), _ = exported(tshark, capture, "pseudonyms=key")
    assert row["client"] not in (a.text, b.text) and row["community_id"] != real_row["community_id"]
    twin = Lan(None, 6)
    c, d = (Host(end, row[end], host.mac.hex(":")) for end, host in (("client", a), ("server", b)))
    Connection(twin, START, c, d, 443).client(b"x").server(b"y").close()
    wire.write_pcapng(capture, twin.in_order())
    (same,), _ = exported(tshark, capture)
    assert (same["client"], same["server"], same["community_id"]) == (row["client"], row["server"], row["community_id"])


def test_names_of_formats(tshark):
    """The longest suffix decides; format= goes before."""
    lan = Lan(None, 3)
    unanswered(lan, START, Host("a", "10.0.0.5", "02:00:00:00:00:10"), Host("b", "10.0.0.6", "02:00:00:00:00:11"), 80)
    capture = tshark.folder / "formats.pcapng"
    wire.write_pcapng(capture, lan.in_order())
    done = tshark.hostgraph(capture, "text=no", "export=a.csv", "export=a.Conn.CSV", "export=b.conn.jsonl",
                            "format=conn.csv", "export=c.txt", "format=csv", "export=d.conn.csv")
    assert done.status == 0 and tshark.files() == [
        "a.Conn.CSV", "a.edges.csv", "a.hosts.csv", "b.conn.jsonl", "c.txt", "d.conn.edges.csv", "d.conn.hosts.csv"]
    assert rows_of(tshark.work / "c.txt") == rows_of(tshark.work / "a.Conn.CSV")
    done = tshark.hostgraph(capture, "format=conn", "export=c.txt")
    assert done.status == 1 and "conn.csv, conn.ndjson" in done.err and len(done.err.splitlines()) == 1


# --- the store ---

def test_view(tshark):
    """connection_list has what the csv has, under the same names."""
    lan = Lan(None, 3)
    a, b = Host("b", "10.40.0.20", "02:00:00:00:00:10"), Host("s", "10.40.0.11", "02:00:00:00:00:11")
    handshakes(lan, a, b)  # the client is b of the conversation
    lan.packet(START + 99 * SECOND + 7, a, b, wire.ICMP, wire.echo(False, 77, 1, b"ping"))
    wire.write_pcapng(tshark.folder / "view.pcapng", lan.in_order())
    done = tshark.hostgraph(tshark.folder / "view.pcapng", "text=no", "export=x.conn.csv", "export=x.sqlite")
    assert done.status == 0, done
    rows = rows_of(tshark.work / "x.conn.csv")
    names = [name for name in COLUMNS if name not in ("start", "duration", "community_id")]
    with sqlite3.connect(tshark.work / "x.sqlite") as store:
        found = store.execute(f"SELECT first, duration, {', '.join(names)}, last FROM connection_list "
                              "ORDER BY first, first_frame").fetchall()
    assert [tuple(map(str, row[2:-1])) for row in found] == [tuple(row[name] for name in names) for row in rows]
    assert [row[0] for row in found] == [row["start"] for row in rows]
    assert [row[1] for row in found] == [float(row["duration"]) for row in rows]
    assert found[-1][-1] == rows[-1]["start"] and rows[-1]["start"].endswith(".000000007Z")
    assert {len(row[-1]) for row in found} == {30}
