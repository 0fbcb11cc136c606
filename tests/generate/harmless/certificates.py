"""Certificates that nobody else signed, of servers that are what they say.

SPDX-License-Identifier: GPL-2.0-or-later
"""
from functools import partial

import activities
import payload
import x509
from lan import SECOND


def stream(scene, connection, minutes):
    """Somebody works through it: packets both ways all the time."""
    for _ in range(minutes * 6):
        connection.wait(scene.random.uniform(5, 12))
        for _ in range(scene.random.randint(3, 8)):
            connection.client(payload.tls_data(scene.random, scene.random.randint(60, 1300)))
            connection.server(payload.tls_data(scene.random, scene.random.randint(60, 6000)))
    scene.at(scene.since(connection.time))


def vpn_gateway(scene, datagrams):
    """A firm's VPN gateway made its certificate itself. Some change to datagrams (DTLS, ESP in UDP) after
    the handshake, others stay in TLS. Called by name or by address."""
    host = scene.desk()
    gateway = scene.outside(f"vpn.{scene.word()}-group.com")
    named = scene.random.random() < 0.5
    certificates = x509.self_signed(
        scene.random, gateway.name if named else scene.random.choice(("localhost", "vpn", "FGT60E4Q17001234")),
        3650, "Example Networks")
    connection = activities.tls12(scene.lan, scene.at(40), host, gateway, certificates,
                                  name=gateway.name if named else None)
    connection.client(payload.tls_data(scene.random, 400)).server(payload.tls_data(scene.random, 900))
    if not datagrams:
        stream(scene, connection, 12)
        return
    time, sport = connection.time, host.port()
    for _ in range(600):
        time += scene.lan.between(0.1, 2)
        size = scene.random.randint(60, 1300)
        scene.lan.ask(time, host, gateway, scene.random.choice((443, 443)), b"\x17\xfe\xfd" + bytes(8) + size.to_bytes(
            2, "big") + scene.random.randbytes(size), b"\x17\xfe\xfd" + bytes(8) + size.to_bytes(2, "big") +
            scene.random.randbytes(size), sport=sport)
    scene.at((time - scene.start) / SECOND)


def appliances(scene):
    """Routers, network disks, printers and cameras of the network, by address on 443."""
    for device in (scene.gateway, scene.printer, scene.files, scene.member("camera")):
        certificates = x509.self_signed(scene.random, scene.random.choice(("router", "localhost", "printer")),
                                        7300, "Vendor Inc.")
        for host in scene.random.sample(scene.desks, 3):
            for time in scene.times(scene.random.randint(1, 4), 100, 0.9):
                connection = activities.tls12(scene.lan, time, host, device, certificates)
                connection.client(payload.tls_data(scene.random, 300))
                connection.server(payload.tls_data(scene.random, 5000)).close()


def mail_servers(scene):
    """Mail servers of small firms and hobbyists: their own certificates, for ten years."""
    for port in (465, 993, 995, 465):
        server = scene.outside(f"mail.{scene.word()}-{scene.word()}.org")
        certificates = x509.self_signed(scene.random, "localhost.localdomain", 3650)
        for time in scene.times(scene.random.randint(2, 5), 120, 0.5):
            host = scene.mail if port == 465 else scene.random.choice(scene.desks)
            connection = activities.tls12(scene.lan, time, host, server, certificates, port)
            connection.client(payload.tls_data(scene.random, 2000)).server(
                payload.tls_data(scene.random, 90)).close()


def peers(scene):
    """Peer-to-peer software over TLS: each peer has a certificate of its own, some listen on 443."""
    host = scene.desk()
    for time in scene.times(scene.random.randint(15, 40), 12, 0.9):
        port = 443 if scene.random.random() < 0.08 else scene.random.randint(1025, 65000)
        certificates = x509.self_signed(scene.random, f"gtk-share/1.2.{scene.random.randrange(9)}", 365 * 30)
        connection = activities.tls12(scene.lan, time, host, scene.outside(), certificates, port)
        connection.client(payload.tls_data(scene.random, 300)).server(
            payload.tls_data(scene.random, scene.random.randint(90, 9000))).close()


def sloppy_sites(scene):
    """Web servers that do not send what stands between their certificate and its authority; the embedded
    server of a vendor's cloud whose certificates last for decades."""
    for days in (90, 365, 820):
        site = scene.outside(scene.site_name())
        certificates = x509.chain(scene.random, site.name, days)[:1]
        for time in scene.times(4, 90, 0.9):
            activities.tls12(scene.lan, time, scene.random.choice(scene.desks), site, certificates,
                             name=site.name).close()
    vendor = scene.outside("devices.camera-vendor.com")
    certificates = x509.chain(scene.random, "camera-vendor.com", 7300)[:1]
    for time in scene.times(3, 200, 0.9):
        activities.tls12(scene.lan, time, scene.printer, vendor, certificates, 8883, vendor.name).close()


def good_chains(scene):
    """Servers that still speak TLS 1.2, with the chains that authorities give."""
    for _ in range(8):
        site = scene.outside(scene.site_name())
        certificates = x509.chain(scene.random, site.name)
        for time in scene.times(3, 90, 0.9):
            activities.tls12(scene.lan, time, scene.random.choice(scene.desks), site, certificates,
                             name=site.name).close()


KINDS = {"vpn-gateway": partial(vpn_gateway, datagrams=True), "vpn-gateway-tls": partial(vpn_gateway, datagrams=False),
         "appliances": appliances, "mail-certificates": mail_servers, "peers-with-tls": peers,
         "sloppy-sites": sloppy_sites, "good-chains": good_chains}
