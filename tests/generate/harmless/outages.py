"""What fails for everybody at some time: the way out, a network, and what a capture does not show.

SPDX-License-Identifier: GPL-2.0-or-later
"""
import payload
import wire
from lan import MS, SECOND, Connection, insist

WEB = (443, 443, 443, 80, 5222, 8883)


def visit(scene, time, client, server, port):
    """An answered connection, or one in vain while the server is out."""
    if scene.is_out(time):
        insist(scene.lan, time, client, server, port)
        if scene.random.random() < 0.5:
            visit(scene, time + 60 * SECOND, client, server, port)
        return
    connection = Connection(scene.lan, time, client, server, port)
    connection.client(payload.http_get(b"site", b"/")).server(payload.http_ok(b"x" * 900)).close()


def work_outside(scene, servers, begin, end):
    """Each of some desks goes to many of the servers, at times that follow no clock."""
    for host in scene.random.sample(scene.desks, scene.random.randint(4, 9)):
        for _ in range(scene.random.randint(25, 60)):
            visit(scene, scene.at(scene.random.uniform(begin, end)), host,
                  scene.random.choice(servers), 443)


def work_in_vain(scene, begin, end, others):
    """Meanwhile some of them also want what nobody wanted before, again and again some of it."""
    for host in scene.random.sample(scene.desks, 3):
        for server in others():
            visit(scene, scene.at(scene.random.uniform(begin, end)), host, server,
                  scene.random.choice(WEB))
        server = scene.outside()
        for time in scene.times(5, 30, 0.05, begin):
            visit(scene, time, host, server, 4444)


def uplink_outage(scene):
    """The way out is interrupted for minutes, and everybody goes on trying."""
    length = scene.random.randint(180, 900)
    begin = scene.random.randint(300, 900)
    servers = [scene.outside() for _ in range(scene.random.randint(20, 60))]
    scene.out(scene.at(begin), scene.at(begin + length))
    work_outside(scene, servers, 30, begin + length + scene.random.choice((300, 600)))
    work_in_vain(scene, begin + 10, begin + length - 15,
                 lambda: [scene.outside() for _ in range(scene.random.randint(15, 30))])


def uplink_outage_whole(scene):
    """The capture was made to find out why nothing works: nothing external ever answers."""
    length = scene.random.randint(300, 1200)
    scene.out(scene.at(0), scene.at(length + 300))
    work_outside(scene, [scene.outside() for _ in range(scene.random.randint(15, 60))], 5, length)


def network_outage(scene):
    """Another internal network cannot be reached for minutes."""
    length = scene.random.randint(180, 900)
    begin = scene.random.randint(300, 900)
    servers = scene.neighbours(scene.random.randint(60, 100))
    known, others = servers[:20], servers[20:]
    scene.out(scene.at(begin), scene.at(begin + length), external=False)
    work_outside(scene, known, 30, begin + length + scene.random.choice((300, 600)))
    for host in scene.random.sample(scene.desks, 3):
        for server in scene.random.sample(others, scene.random.randint(15, 30)):
            visit(scene, scene.at(scene.random.uniform(begin + 10, begin + length - 15)), host, server,
                  scene.random.choice(WEB))


# --- answers that the capture does not show ---

def from_outside(scene):
    """Whether a frame comes through the gateway to one of the office."""
    gateway, members = scene.gateway.mac, {host.address for host in scene.desks}
    return lambda frame: frame[6:12] == gateway and frame[12:14] == b"\x08\x00" and \
        frame[30:34] in members


def foreigners(scene):
    """Two hosts that are nobody's here talk to each other, both ways."""
    first, second = scene.outside(), scene.outside()
    for time in scene.times(15, 20):
        scene.lan.ask(time, first, second, 33000, b"question", b"answer", sport=33001)


def one_way_peers(scene):
    """A program sends datagrams to many hosts, all of which answer on a way that is not captured, as
    nothing is that comes from outside."""
    host, port = scene.desk(), scene.random.choice((3478, 27015, 6881, 51820))
    for time in scene.times(scene.random.randint(40, 120), scene.random.choice((0.2, 2, 10)), 0.5):
        scene.lan.datagram(time, host, scene.outside(), 40000, port, scene.random.randbytes(60))
    foreigners(scene)
    scene.lose(from_outside(scene))


def one_way_upload(scene):
    """A stream of datagrams that are acknowledged on a way that is not captured."""
    host, server = scene.desk(), scene.outside()
    time = scene.at(60)
    for n in range(scene.random.randint(3000, 6000)):
        scene.lan.datagram(time + n * MS // 3, host, server, 50000, 8443, bytes(120))
    foreigners(scene)
    scene.lose(from_outside(scene))


def only_syn(frame):
    return frame[12:14] == b"\x08\x00" and frame[23] == 6 and frame[47] & 0x3f == wire.SYN


def syn_only(scene):
    """A filter kept nothing but the SYNs of a download in many connections."""
    host, server = scene.desk(), scene.outside()
    time = scene.at(60)
    for n in range(scene.random.randint(900, 1500)):
        Connection(scene.lan, time + n * 3 * MS, host, server, 443).close()
    scene.lose(lambda frame: not only_syn(frame))


KINDS = {"uplink-outage": uplink_outage, "uplink-outage-whole": uplink_outage_whole,
         "network-outage": network_outage, "one-way-peers": one_way_peers,
         "one-way-upload": one_way_upload, "syn-only": syn_only}
