"""Who is told an address in a request and connects to it, because the protocol is made so.

SPDX-License-Identifier: GPL-2.0-or-later
"""
import payload
from lan import SECOND, Connection


def active_ftp(scene):
    """RFC 959 and RFC 2428: the client says where it listens, the server connects from port 20."""
    server = scene.outside("ftp.example.net")
    for number, time in enumerate(scene.times(6, 60, 0.9)):
        host, port = scene.random.choice(scene.desks), 50000 + number
        control = Connection(scene.lan, time, host, server, 21)
        control.server(b"220 ready\r\n").client(b"USER anonymous\r\n").server(b"331 go on\r\n")
        control.client(b"PASS guest@\r\n").server(b"230 logged in\r\n")
        if number % 2:
            control.client(b"EPRT |1|%s|%d|\r\n" % (host.text.encode(), port))
        else:
            control.client(b"PORT %s,%d,%d\r\n" % (host.text.replace(".", ",").encode(), port >> 8, port & 255))
        control.server(b"200 ok\r\n").client(b"LIST\r\n").server(b"150 here it comes\r\n")
        Connection(scene.lan, control.time, server, host, port, sport=20).client(b"-rw-r--r-- a.txt\r\n").close()
        control.server(b"226 done\r\n").close()


def calls(scene):
    """SIP over TCP (RFC 3261), whose caller is called back over another connection, and MSRP (RFC 4975)."""
    phones = scene.random.sample(scene.desks, 4)
    for number, time in enumerate(scene.times(8, 45, 0.9)):
        caller, callee = scene.random.sample(phones, 2)
        invite = (b"INVITE sip:x@%s SIP/2.0\r\nVia: SIP/2.0/TCP %s:5060\r\nContact: <sip:y@%s:5060>\r\n\r\nc=IN IP4 %s\r\n"
                  b"m=message 2855 TCP/MSRP *\r\na=path:msrp://%s:2855/s%d;tcp\r\n" % (
                      (callee.text.encode(),) + (caller.text.encode(),) * 4 + (number,)))
        connection = Connection(scene.lan, time, caller, callee, 5060).client(invite)
        back = Connection(scene.lan, connection.time + SECOND, callee, caller, 5060)
        back.client(b"SIP/2.0 200 OK\r\n\r\n").close()
        Connection(scene.lan, back.time + SECOND, callee, caller, 2855).client(b"MSRP a SEND\r\n").close()
        connection.close()


def home_devices(scene):
    """UPnP: who subscribes to events says where to (GENA), and a television is told what to play (DLNA)."""
    television, player = scene.member("television"), scene.desk()
    for number, time in enumerate(scene.times(5, 90, 0.5)):
        host = scene.random.choice(scene.desks)
        connection = Connection(scene.lan, time, host, television, 49152)
        connection.client(b"SUBSCRIBE /event HTTP/1.1\r\nHOST: %s:49152\r\nCALLBACK: <http://%s:%d/notify>\r\n"
                          b"NT: upnp:event\r\nTIMEOUT: Second-300\r\n\r\n" % (
                              television.text.encode(), host.text.encode(), 5000 + number))
        connection.server(b"HTTP/1.1 200 OK\r\nSID: uuid:1\r\n\r\n").close()
        Connection(scene.lan, connection.time + SECOND, television, host, 5000 + number).client(
            b"NOTIFY /notify HTTP/1.1\r\n\r\n").server(payload.http_ok(b"")).close()
    body = (b"<?xml version=\"1.0\"?><s:Envelope><s:Body><u:SetAVTransportURI xmlns:u=\"urn:schemas-upnp-org:service:"
            b"AVTransport:1\"><CurrentURI>http://%s:8200/1.mp4</CurrentURI></u:SetAVTransportURI>" % player.text.encode())
    connection = Connection(scene.lan, scene.at(200), scene.desk(), television, 49152)
    connection.client(b"POST /control HTTP/1.1\r\nHOST: %s\r\nSOAPACTION: \"urn:schemas-upnp-org:service:AVTransport:1"
                      b"#SetAVTransportURI\"\r\nContent-Length: %d\r\n\r\n" % (television.text.encode(), len(body)) + body)
    connection.server(payload.http_ok(b"")).close()
    Connection(scene.lan, connection.time + SECOND, television, player, 8200).client(
        payload.http_get(player.text.encode(), b"/1.mp4")).server(payload.http_ok(bytes(90000))).close()


def scanner_events(scene):
    """WS-Eventing (Windows' scanners and printers, ONVIF's cameras): where to send events stands in the request."""
    camera = scene.member("camera")
    for number, time in enumerate(scene.times(4, 60, 0.5)):
        host = scene.random.choice(scene.desks)
        body = b"<wse:NotifyTo><wsa:Address>http://%s:5357/%d</wsa:Address></wse:NotifyTo>" % (
            host.text.encode(), number)
        connection = Connection(scene.lan, time, host, camera, 80)
        connection.client(b"POST /event HTTP/1.1\r\nHost: %s\r\nContent-Length: %d\r\n\r\n" % (
            camera.text.encode(), len(body)) + body).server(payload.http_ok(b"")).close()
        Connection(scene.lan, connection.time + SECOND, camera, host, 5357).client(b"POST / HTTP/1.1\r\n\r\n").close()


def mail_with_ident(scene):
    """A mail server asks whom a connection belongs to (RFC 1413), and is greeted with an address literal."""
    for time in scene.times(6, 60, 0.9):
        host = scene.random.choice(scene.desks)
        connection = Connection(scene.lan, time, host, scene.mail, 25)
        connection.client(b"EHLO [%s]\r\n" % host.text.encode())
        Connection(scene.lan, time + SECOND, scene.mail, host, 113).client(b"50000, 25\r\n").close()
        connection.server(b"250 ok\r\n").close()


def proxy_by_address(scene):
    """A proxy is asked for addresses: CONNECT and absolute URIs."""
    server = scene.member("proxy")
    for number, time in enumerate(scene.times(12, 40, 0.9)):
        host, site = scene.random.choice(scene.desks), scene.outside()
        connection = Connection(scene.lan, time, host, server, 3128)
        target = site.text.encode()
        connection.client(b"CONNECT %s:443 HTTP/1.1\r\nHost: %s\r\n\r\n" % (target, target) if number % 2 else
                          b"GET http://%s/a HTTP/1.1\r\nHost: %s\r\n\r\n" % (target, target))
        Connection(scene.lan, connection.time, server, site, 443 if number % 2 else 80).client(b"GET /a").close()
        connection.server(payload.http_ok(b"")).close()


def behind_balancer(scene):
    """Servers are told who asked (X-Forwarded-For), then use databases; and monitors check what they know."""
    balancer, database = scene.member("balancer"), scene.member("database")
    Connection(scene.lan, scene.at(12), scene.intranet, database, 5432).client(bytes(40)).close()
    for time in scene.times(40, 10, 0.9):
        client = scene.outside()
        connection = Connection(scene.lan, time, balancer, scene.intranet, 80)
        connection.client(payload.http_get(b"shop.example", b"/", b"X-Forwarded-For: %s\r\nX-Backend: %s:5432\r\n" % (
            client.text.encode(), database.text.encode())))
        if scene.random.random() < 0.3:
            Connection(scene.lan, connection.time, scene.intranet, database, 5432).client(bytes(40)).close()
        connection.server(payload.http_ok(payload.page(scene.random, 900))).close()


def peers(scene):
    """Gnutella's handshake and BitTorrent's trackers: who listens where, and other peers to try."""
    host, tracker = scene.desk(), scene.outside()
    others = [scene.outside() for _ in range(12)]
    for number, time in enumerate(scene.times(8, 30, 0.5)):
        peer = others[number]
        tries = ",".join(f"{other.text}:6346" for other in others)
        connection = Connection(scene.lan, time, peer, host, 6346)
        connection.client(b"GNUTELLA CONNECT/0.6\r\nListen-IP: %s:6346\r\nX-Try: %s\r\n\r\n" % (
            peer.text.encode(), tries.encode())).server(b"GNUTELLA/0.6 200 OK\r\n\r\n").close()
        Connection(scene.lan, connection.time + SECOND, host, others[number + 1], 6346).client(
            b"GNUTELLA CONNECT/0.6\r\n\r\n").close()
    connection = Connection(scene.lan, scene.at(250), host, tracker, 6969)
    connection.client(payload.http_get(tracker.text.encode(), b"/announce?info_hash=%12%34&ip=" + host.text.encode() +
                                       b"&port=6881")).server(payload.http_ok(b"d8:intervali900ee")).close()
    Connection(scene.lan, connection.time + SECOND, tracker, host, 6881).client(b"\x13BitTorrent protocol").close()


KINDS = {"active-ftp": active_ftp, "sip-calls": calls, "home-devices": home_devices, "scanner-events": scanner_events,
         "mail-with-ident": mail_with_ident, "proxy-by-address": proxy_by_address,
         "behind-balancer": behind_balancer, "peers-that-tell": peers}
