"""Servers that are busy: many talk to them, and some of what they do fails.

SPDX-License-Identifier: GPL-2.0-or-later
"""
import activities
import payload
import wire
from attacks.tunnels import NO_SUCH_NAME, ask
from lan import Connection, refused, unanswered
from words import pronounceable

MX = 15


def web_server(scene):
    """Strangers read pages; some hang up at once, some try a port that is closed."""
    server = scene.intranet
    for time in scene.times(scene.random.randint(80, 200), scene.random.choice((0.5, 3)), 0.9):
        visitor, fate = scene.outside(), scene.random.random()
        if fate < 0.05:
            unanswered(scene.lan, time, visitor, server, 80)
        elif fate < 0.1:
            refused(scene.lan, time, visitor, server, 8080)
        else:
            connection = Connection(scene.lan, time, visitor, server, 80)
            connection.client(payload.http_get(b"www.office.example"))
            connection.server(payload.http_ok(payload.page(scene.random, 4000))).close()


def mail_server(scene):
    """Takes mail from many servers and delivers to many; some of those are gone."""
    for time in scene.times(scene.random.randint(60, 120), scene.random.choice((1, 10)), 0.9):
        other, text = scene.outside(f"mx.{scene.word()}.net"), payload.page(scene.random, 700)
        if scene.random.random() < 0.5:
            activities.send_mail(scene.lan, time, other, scene.mail, text)
            continue
        ask(scene, time, scene.mail, f"{scene.word()}{scene.word()}.net", MX,
            b"\0\x0a" + payload.dns_name(other.name))
        if scene.random.random() < 0.2:
            unanswered(scene.lan, time + 10**7, scene.mail, other, 25)
        else:
            activities.send_mail(scene.lan, time + 10**7, scene.mail, other, text)


def resolver(scene):
    """Looks names up for everybody with the name servers of the world, of which some are silent."""
    servers = [scene.outside() for _ in range(scene.random.randint(60, 200))]
    dead = scene.random.sample(servers, len(servers) // 8)
    for time in scene.times(scene.random.randint(400, 900), scene.random.choice((0.2, 1)), 0.9):
        name = f"{scene.random.choice(('www', 'api', 'img', 'mail'))}.{pronounceable(scene.random)}" \
            f"{scene.random.choice(('.com', '.net', '.de', '.co.uk'))}"
        failure = NO_SUCH_NAME if scene.random.random() < 0.08 else 0
        answer = b"" if failure else scene.random.randbytes(4)
        client, upstream = scene.random.choice(scene.desks), scene.random.choice(servers)
        if upstream in dead:
            question, _ = payload.dns(scene.random.getrandbits(16), name)
            scene.lan.datagram(time, scene.resolver, upstream, scene.resolver.port(), 53, question)
        else:
            ask(scene, time, scene.resolver, name, answer=answer, failure=failure, server=upstream)
        ask(scene, time, client, name, answer=answer, failure=failure)


def nat_gateway(scene):
    """One address for thirty people of a branch office: many sites at once, some of them down, several
    clocks and mailboxes."""
    branch = scene.inside("branch")
    for time in scene.times(scene.random.randint(100, 200), scene.random.choice((0.5, 3)), 0.9):
        site, fate = scene.outside(scene.site_name()), scene.random.random()
        if fate < 0.06:
            unanswered(scene.lan, time, branch, site, 443)
        elif fate < 0.1:
            refused(scene.lan, time, branch, site, scene.random.choice((993, 5223, 8443)))
        else:
            activities.browse(scene.lan, time, branch, scene.resolver, site, 3000)


def proxy(scene):
    """Fetches for all desks; sites that are down fail it, not them."""
    server = scene.member("proxy")
    for time in scene.times(scene.random.randint(80, 150), scene.random.choice((1, 4)), 0.9):
        client, site = scene.random.choice(scene.desks), scene.outside(scene.site_name())
        connection = Connection(scene.lan, time, client, server, 3128)
        connection.client(b"CONNECT %s:443 HTTP/1.1\r\nHost: %s:443\r\n\r\n" % (
            site.name.encode(), site.name.encode()))
        if scene.random.random() < 0.12:
            unanswered(scene.lan, connection.time, server, site, 443)
            connection.server(b"HTTP/1.1 504 Gateway Timeout\r\nContent-Length: 0\r\n\r\n").close()
            continue
        connection.server(b"HTTP/1.1 200 Connection established\r\n\r\n")
        activities.tls(scene.lan, connection.time, server, site).close()
        connection.client(payload.tls_client_hello(scene.random, site.name.encode()))
        connection.server(payload.tls_server_hello(scene.random)).close()


def backscatter(scene):
    """Somebody floods a stranger in our name: answers to what nobody here sent."""
    stranger = scene.outside()
    for time in scene.times(scene.random.randint(300, 900), scene.random.choice((0.02, 0.3)), 0.9):
        host = scene.random.choice((scene.inside(), scene.inside(), *scene.desks))
        flags = wire.SYN | wire.ACK if scene.random.random() < 0.7 else wire.RST | wire.ACK
        scene.lan.packet(time, stranger, host, wire.TCP, wire.tcp(
            stranger.address, host.address, 443, scene.random.randrange(1024, 65536),
            scene.random.getrandbits(32), scene.random.getrandbits(32), flags))


KINDS = {"busy-web-server": web_server, "busy-mail-server": mail_server, "busy-resolver": resolver,
         "nat-gateway": nat_gateway, "proxy": proxy, "backscatter": backscatter}
