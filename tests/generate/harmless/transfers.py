"""Much data that is meant to go where it goes: backups, updates, calls, peers, tunnels.

SPDX-License-Identifier: GPL-2.0-or-later
"""
import activities
import payload
import wire
from attacks.outward import MIB, OFFLOADED, upload
from lan import MS, Connection, Host, refused, unanswered


def backup(scene):
    """At night servers and desks copy to the file server."""
    for host in (scene.mail, scene.intranet, scene.desk(), scene.desk()):
        upload(scene, scene.at(60 + scene.random.random() * 200), host, scene.files,
               int(scene.random.uniform(3, 12) * MIB), scene.random.choice((873, 22000)))


def cloud_backup(scene):
    """Everybody's files go to a service, some MiB from each."""
    service = [scene.outside("backup.cloud-storage.com") for _ in range(3)]
    for host in scene.random.sample(scene.desks, 8):
        server = scene.random.choice(service)
        time = activities.lookup(scene.lan, scene.at(60 + scene.random.random() * 300), host,
                                 scene.resolver, server)
        upload(scene, time, host, server, int(scene.random.uniform(1, 8) * MIB))


def cloud_backup_alone(scene):
    """Only the file server is backed up to the cloud: much, to one server that nobody else uses."""
    server = scene.outside("eu1.backup-service.com")
    time = activities.lookup(scene.lan, scene.at(60), scene.files, scene.resolver, server)
    upload(scene, time, scene.files, server, int(scene.random.uniform(12, 40) * MIB))


def updates(scene):
    """All desks fetch the same from a delivery network, at once."""
    servers = [scene.outside("update.software-vendor.com") for _ in range(4)]
    for host in scene.desks:
        server = scene.random.choice(servers)
        time = scene.at(60 + scene.random.random() * 30)
        time = activities.lookup(scene.lan, time, host, scene.resolver, server)
        connection = activities.tls(scene.lan, time, host, server)
        connection.segment = OFFLOADED // 2
        connection.client(payload.tls_data(scene.random, 400))
        connection.server(scene.random.randbytes(int(scene.random.uniform(0.3, 1.2) * MIB))).close()


def big_datagrams(scene):
    """A camera sends pictures in datagrams of up to 60 KiB, more than a thousand fragments a second; nobody
    answers."""
    camera, recorder = scene.member("camera"), scene.files
    size = scene.random.choice((8192, 32768, 60000))
    for time in scene.times(scene.random.randint(3, 6) * 60000 // size + 40, size / 1480 / 2500, 0.3):
        scene.lan.fragments(time, camera, recorder, wire.UDP, wire.udp(
            camera.address, recorder.address, 50004, 5004, scene.random.randbytes(size)))


def file_server_by_udp(scene):
    """NFS of old: a read of 32 KiB is answered in 22 fragments; as fast as the disk reads."""
    desk = scene.desk()
    for time in scene.times(scene.random.randint(60, 150), 0.015, 0.3):
        scene.lan.datagram(time, desk, scene.files, 900, 2049, bytes(120))
        scene.lan.fragments(time + MS, scene.files, desk, wire.UDP, wire.udp(
            scene.files.address, desk.address, 2049, 900, scene.random.randbytes(32768)))


def video_call(scene):
    """Two desks in a conference: media by UDP both ways, through a relay of the provider."""
    relay = scene.outside("relay.conference.com")
    for host in (scene.desk(), scene.desk()):
        sport, base = host.port(), scene.random.uniform(40, 80)
        activities.browse(scene.lan, scene.at(base - 5), host, scene.resolver,
                          scene.outside("conference.com"), 3000)
        for n in range(scene.random.randint(800, 1500)):
            data = b"\x90\x60" + n.to_bytes(2, "big") + scene.random.randbytes(
                scene.random.choice((100, 160, 900, 1100)))
            time = scene.at(base + n * 0.03 + scene.random.random() * 0.01)
            scene.lan.datagram(time, host, relay, sport, 3481, data)
            scene.lan.datagram(time + 5 * MS, relay, host, 3481, sport, data)


def peer_to_peer(scene):
    """Asks many peers, each on a port of its own; half of them have gone."""
    host = scene.desk()
    for time in scene.times(scene.random.randint(80, 200), 1, 0.9):
        peer, port = scene.outside(), scene.random.randrange(10000, 65000)
        fate = scene.random.random()
        if fate < 0.35:
            unanswered(scene.lan, time, host, peer, port)
        elif fate < 0.5:
            refused(scene.lan, time, host, peer, port)
        elif fate < 0.8:
            scene.lan.ask(time, host, peer, port, b"d1:ad2:id20:" + scene.random.randbytes(20) +
                          b"e1:q4:ping1:t2:aa1:y1:qe", b"d1:rd2:id20:" + scene.random.randbytes(20) +
                          b"e1:t2:aa1:y1:re", sport=51413)
        else:
            connection = Connection(scene.lan, time, host, peer, port)
            hello = b"\x13BitTorrent protocol" + bytes(8) + scene.random.randbytes(40)
            connection.client(hello).server(hello)
            connection.send(scene.random.randrange(2), scene.random.randbytes(20000)).close()


def vpn(scene):
    """A tunnel to the headquarters that stays open, and carries what it carries."""
    host, gate = scene.desk(), scene.outside("vpn.headquarters.com")
    port = scene.random.choice((1194, 51820, 4500))
    sport = host.port()
    head = {1194: b"\x48\0\0\0", 51820: b"\x04\0\0\0", 4500: b"\x12\x34\x56\x78"}[port]
    for time in scene.times(scene.random.randint(300, 900), scene.random.choice((0.5, 5)), 0.9):
        data = head + scene.random.randbytes(scene.random.choice((60, 100, 400, 1300)))
        if scene.random.random() < 0.5:
            scene.lan.datagram(time, host, gate, sport, port, data)
        else:
            scene.lan.datagram(time, gate, host, port, sport, data)
    scene.lan.datagram(scene.at(15), host, gate, sport, port, head + bytes(60))


def chatter(scene):
    """Everybody announces itself and looks for printers and players, by multicast."""
    groups = ((Host("mdns", "224.0.0.251"), 5353, payload.mdns("_airplay._tcp.local")),
              (Host("ssdp", "239.255.255.250"), 1900,
               b'M-SEARCH * HTTP/1.1\r\nHOST: 239.255.255.250:1900\r\nMAN: "ssdp:discover"\r\n'
               b"MX: 1\r\nST: ssdp:all\r\n\r\n"),
              (Host("llmnr", "224.0.0.252"), 5355, payload.dns(7, "wpad")[0]))
    for time in scene.times(scene.random.randint(300, 600), 1, 0.9):
        group, port, data = scene.random.choice(groups)
        host = scene.random.choice([*scene.desks, scene.printer])
        sport = host.port() if port != 5353 else 5353
        scene.lan.datagram(time, host, group, sport, port, data)
        if port == 1900:
            scene.lan.datagram(time + MS, scene.printer, host, 1900, sport,
                               b"HTTP/1.1 200 OK\r\nST: upnp:rootdevice\r\n\r\n")


KINDS = {"backup": backup, "big-datagrams": big_datagrams, "nfs-by-udp": file_server_by_udp,
         "cloud-backup": cloud_backup, "cloud-backup-alone": cloud_backup_alone, "updates": updates, "video-call": video_call,
         "peer-to-peer": peer_to_peer, "vpn": vpn, "chatter": chatter}
