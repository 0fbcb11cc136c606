"""Names of servers by TLS and HTTP are those that tshark's dissectors show, however they are sent.

SPDX-License-Identifier: GPL-2.0-or-later
"""
import collections
import ipaddress
import pathlib
import subprocess
import sys

import pytest
from conftest import captures

GENERATE = pathlib.Path(__file__).resolve().parents[1] / "generate"
sys.path.insert(0, str(GENERATE))
import wire  # noqa: E402
from lan import SECOND, Connection, Host, Lan  # noqa: E402

TLS, HTTP = 2, 4  # among the sources of the store's names
# The names that hostile.py sends have separators of lists and lines in them.
SEPARATOR = "\x1c"


def stored(tshark, path, *options, source=TLS, **more):
    """{(address, name)} in the store."""
    return set(tshark.rows(path, "SELECT address, name FROM names WHERE sources & ?", (source,),
                           *options, "layer=net", **more))


def shown(tshark, path):
    """The same as tshark dissects it."""
    done = tshark("-n", "-r", path, "-Y", "tls.handshake.extensions_server_name", "-T", "fields",
                  "-E", f"aggregator={SEPARATOR}", "-e", "_ws.col.Destination",
                  "-e", "tls.handshake.extensions_server_name")
    lines = [line.split("\t", 1) for line in done.out.split("\n")[:-1]]
    names = {(address, name.split(SEPARATOR)[0]) for address, name in lines}
    return {(address, name) for address, name in names if name}


def is_address(text):
    try:
        return bool(ipaddress.ip_address(text))
    except ValueError:
        return False


def shown_by_http(tshark, path):
    """{(address, host)}: the Host of the first request in each frame, unless a proxy is asked."""
    done = tshark("-n", "-r", path, "-Y", "http.request.uri && http.host", "-T", "fields",
                  "-E", f"aggregator={SEPARATOR}", "-e", "frame.protocols", "-e", "ip.dst",
                  "-e", "ipv6.dst", "-e", "http.request.uri", "-e", "http.host")
    names = set()
    for line in done.out.split("\n")[:-1]:
        layers, ip, ip6, uri, host = line.split("\t")
        inner = [layer for layer in layers.split(":") if layer in ("ip", "ipv6")][-1]
        address = ipaddress.ip_address((ip if inner == "ip" else ip6).split(SEPARATOR)[-1])
        name = host.split(SEPARATOR)[0].split(":")[0]
        if (uri.startswith("/") and name and not host.startswith("[") and not is_address(name)
                and not address.is_multicast and str(address) != "255.255.255.255"):
            names.add((str(address), name))
    return names


@pytest.mark.parametrize("name", captures())
def test_real_captures(tshark, capture, name):
    path = capture(name)
    assert stored(tshark, path) == shown(tshark, path)


@pytest.mark.parametrize("name", captures())
def test_http_of_real_captures(tshark, capture, name):
    path = capture(name)
    assert stored(tshark, path, source=HTTP) == shown_by_http(tshark, path)


@pytest.mark.parametrize("columns", [None, '"Info","%i"', '"No.","%m"'])
def test_requests(tshark, installed_tshark, columns):
    """Plain ones, which are read from their bytes, and all others; the logins in them, too."""
    path = installed_tshark.folder / "requests.pcapng"
    subprocess.run([sys.executable, GENERATE / "small.py", "requests", path], check=True)
    before = ["-o", f"gui.column.format:{columns}"] if columns else []
    names = stored(tshark, path, source=HTTP, before=before)
    assert names == shown_by_http(tshark, path)
    assert {"w1.example", "folded.example", "first.example", "port.example", "login.example",
            "basic.example", "post.example", "piped.example", "outer.example", "tagged.example",
            "other-port.example"} <= {name for _, name in names}
    assert not {"inner.example", "proxied.example", "star.example"} & {name for _, name in names}
    report = tshark.hostgraph(path, before=before).out
    assert "anna" in report and "s3cret" not in report
    assert "bob" in report and "hunter2" not in report


@pytest.mark.parametrize("columns", [None, '"Info","%i"', '"No.","%m"'])
def test_hellos(tshark, installed_tshark, columns):
    """In one segment, in several, behind other words; with the columns that tell, and without."""
    path = installed_tshark.folder / "hellos.pcapng"
    subprocess.run([sys.executable, GENERATE / "small.py", "hellos", path], check=True)
    before = ["-o", f"gui.column.format:{columns}"] if columns else []
    names = stored(tshark, path, before=before)
    assert names == shown(tshark, path)
    assert {name for _, name in names} == {"w0.example", "w1.example", "w2.example", "w3.example",
                                           "mail.example", "tagged.example"}


def test_hostile_names(tshark, installed_tshark):
    """As the dissector shows them, but for characters that are not to be printed."""
    path = installed_tshark.folder / "hostile.pcapng"
    subprocess.run([sys.executable, GENERATE / "hostile.py", path], check=True)
    names, theirs = stored(tshark, path), shown(tshark, path)
    assert {address for address, _ in names} == {address for address, _ in theirs}
    # tshark writes some of those characters with a backslash.
    plain = {(address, name) for address, name in theirs
             if name.isprintable() and "\\" not in name}
    assert len(plain) > 20
    assert plain <= names


# --- who calls whom by which name, and when ---

def called(tshark, path, kind, *options):
    """{(client, server, name): in how many seconds of the clock}"""
    return {row[:3]: row[3] for row in tshark.rows(
        path, "SELECT actor, peer, subject, count(*) FROM observations WHERE kind = ? GROUP BY 1, 2, 3",
        (kind,), *options)}


@pytest.mark.parametrize("kind", ["beacon-name-0", "beacon-name-ipv6"])
def test_calls(tshark, installed_tshark, kind):
    """Each second in which the dissectors show a name between two hosts."""
    path = installed_tshark.folder / f"calls-{kind}.pcap"
    subprocess.run([sys.executable, GENERATE / "scenes.py", kind, "1", path], check=True)
    expected = {}
    for time, ip, ip6, to, to6, name, host in tshark.fields(
            path, "frame.time_epoch", "ip.src", "ipv6.src", "ip.dst", "ipv6.dst",
            "tls.handshake.extensions_server_name", "http.host"):
        if name or host:
            expected.setdefault((ip or ip6, to or to6, (name or host).lower()), set()).add(int(float(time)))
    assert expected
    assert called(tshark, path, "server-name") == {key: len(seconds) for key, seconds in expected.items()}
    assert not called(tshark, path, "proxy-request")


# RFC 9112, 3.2: authority-form (CONNECT) and absolute-form go to proxies; the others do not.
TARGETS = {
    b"CONNECT C2.Example:443": "c2.example",
    b"CONNECT c2.example.:8443": "c2.example",
    b"CONNECT 203.0.113.9:443": "203.0.113.9",
    b"CONNECT [2001:db8::9]:443": "2001:db8::9",
    b"GET http://plain.example/a?b=http://other.example/": "plain.example",
    b"GET http://user@login.example:8080/": "login.example",
    b"GET http://[2001:db8::8]:80/": "2001:db8::8",
    b"POST HTTP://UPPER.example": "upper.example",
    b"GET /?to=http://inside.example/": None,
    b"OPTIONS *": None,
}


@pytest.mark.parametrize("client, proxy", [("10.0.0.5", "10.0.0.8"), ("2001:db8::5", "2001:db8::53")])
def test_proxy_requests(tshark, installed_tshark, client, proxy):
    path = installed_tshark.folder / "proxied.pcap"
    lan = Lan(Host("gateway", "10.0.0.1", "02:00:00:00:00:01"), 1)
    ends = (Host("client", client, "02:00:00:00:00:05"), Host("proxy", proxy, "02:00:00:00:00:08"))
    for number, target in enumerate(TARGETS):
        connection = Connection(lan, 1767571200 * SECOND + number * 10 * SECOND, *ends, 3128)
        connection.client(target + b" HTTP/1.1\r\nHost: host.example\r\n\r\n")
        connection.server(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n").close()
    writer = wire.PcapWriter(path)
    for time, frame in lan.in_order():
        writer.add(time, frame)
    writer.close()
    expected = collections.Counter((client, proxy, name) for name in TARGETS.values() if name)
    assert called(tshark, path, "proxy-request") == expected
    assert set(called(tshark, path, "server-name")) == {(client, proxy, "host.example")}
