"""What people's computers do on a network: they get an address, look names up, read, send and copy.

SPDX-License-Identifier: GPL-2.0-or-later
"""
import payload
import smb
from lan import MS, SECOND, Connection, Host

EVERYONE = Host("broadcast", "255.255.255.255", "ff:ff:ff:ff:ff:ff")
MDNS_GROUP = Host("mdns", "224.0.0.251")


def lease(lan, time, host, server):
    """DHCP, from the first question to the acknowledgement."""
    transaction = lan.random.getrandbits(32)
    nowhere = Host("unspecified", "0.0.0.0", ":".join(f"{b:02x}" for b in host.mac))

    def say(source, kind, reply, **more):
        message = payload.dhcp(kind, transaction, host.mac, server.address, **more)
        ports = (67, 68) if reply else (68, 67)
        lan.datagram(time, source, EVERYONE, *ports, message)

    say(nowhere, 1, False, name=host.name.encode())
    time += 40 * MS
    say(server, 2, True, offered=host.address)
    time += 2 * MS
    say(nowhere, 3, False, asked=host.address, name=host.name.encode())
    time += 5 * MS
    say(server, 5, True, offered=host.address)


def clock(lan, time, host, server):
    lan.ask(time, host, server, 123, payload.ntp(False, time // SECOND),
            payload.ntp(True, time // SECOND), sport=123)


def lookup(lan, time, host, resolver, site):
    question, answer = payload.dns(lan.random.getrandbits(16), site.name, site.address)
    return lan.ask(time, host, resolver, 53, question, answer) + MS


def tls(lan, time, host, site, port=443, name=None):
    """A connection that data may follow on; `name`: what the client calls the server."""
    connection = Connection(lan, time, host, site, port)
    connection.client(payload.tls_client_hello(lan.random, (name or site.name).encode()))
    return connection.server(payload.tls_server_hello(lan.random))


def tls12(lan, time, host, site, certificates, port=443, name=None):
    """The same in TLS 1.2, in which the server's certificates show. `name`: None: the client names nobody."""
    connection = Connection(lan, time, host, site, port)
    connection.client(payload.tls12_client_hello(lan.random, name and name.encode()))
    connection.server(payload.tls12_server_hello(lan.random, certificates))
    connection.client(payload.tls12_client_finish(lan.random))
    return connection.server(payload.tls_data(lan.random, 20))


def browse(lan, time, host, resolver, site, most=20000):
    """A few pages of up to `most` bytes."""
    connection = tls(lan, lookup(lan, time, host, resolver, site), host, site)
    connection.client(payload.tls_data(lan.random, 64))
    for _ in range(lan.random.randint(1, 5)):
        connection.client(payload.tls_data(lan.random, lan.random.randint(200, 900)))
        connection.server(payload.tls_data(lan.random, lan.random.randint(800, most)))
        connection.wait(lan.random.uniform(0.05, 3))
    connection.close()


def browse_by_proxy(lan, time, host, proxy, name, pages=0):
    """A few pages, or so many, of a site that the proxy is asked for."""
    connection = Connection(lan, time, host, proxy, 3128)
    connection.client(b"CONNECT %s:443 HTTP/1.1\r\nHost: %s:443\r\n\r\n" % (name.encode(), name.encode()))
    connection.server(b"HTTP/1.1 200 Connection established\r\n\r\n")
    connection.client(payload.tls_client_hello(lan.random, name.encode()))
    connection.server(payload.tls_server_hello(lan.random))
    for _ in range(pages or lan.random.randint(1, 5)):
        connection.client(payload.tls_data(lan.random, 300 if pages else lan.random.randint(200, 900)))
        connection.server(payload.tls_data(lan.random, lan.random.randint(60, 3000)))
    connection.close()


def read_pages(lan, time, host, resolver, server, name):
    """Two pages of an internal web server, over plain HTTP."""
    time = lookup(lan, time, host, resolver, Host(name, server.text))
    connection = Connection(lan, time, host, server, 80)
    for path in (b"/", b"/news.html"):
        connection.client(payload.http_get(name.encode(), path))
        connection.server(payload.http_ok(payload.page(lan.random, 3000)))
        connection.wait(lan.random.uniform(0.1, 2))
    connection.close()


def send_mail(lan, time, source, server, text):
    connection = Connection(lan, time, source, server, 25)
    connection.server(b"220 mail.office.example ESMTP\r\n")
    for line, answer in ((b"EHLO " + source.name.encode(), b"250 mail.office.example"),
                         (b"MAIL FROM:<clerk@office.example>", b"250 2.1.0 Ok"),
                         (b"RCPT TO:<someone@partner.example>", b"250 2.1.5 Ok"),
                         (b"DATA", b"354 End data with <CR><LF>.<CR><LF>")):
        connection.client(line + b"\r\n").server(answer + b"\r\n")
    connection.client(b"From: clerk@office.example\r\nTo: someone@partner.example\r\n"
                      b"Subject: figures\r\n\r\n" + text + b"\r\n.\r\n")
    connection.server(b"250 2.0.0 Ok: queued\r\n").client(b"QUIT\r\n").server(b"221 2.0.0 Bye\r\n")
    connection.close()


def copy_file(lan, time, source, target, name, size, share="docs"):
    connection = Connection(lan, time, source, target, 445)
    smb.Session(connection).copy_to(f"\\\\{target.text}\\{share}", name, lan.random.randbytes(size))
    connection.close()
    return connection


def print_page(lan, time, host, printer):
    connection = Connection(lan, time, host, printer, 9100)
    connection.client(b"%!PS-Adobe-3.0\n" + lan.random.randbytes(6000)).close()


def arrive(lan, time, host, gateway, resolver):
    """`resolver` also hands out addresses and the time."""
    lease(lan, time, host, resolver)
    time = lan.resolve(time + SECOND, host, gateway)
    time = lan.resolve(time, host, resolver)
    clock(lan, time + SECOND, host, resolver)
    lan.datagram(time + 2 * SECOND, host, MDNS_GROUP, 5353, 5353,
                 payload.mdns("_ipp._tcp.local"))
