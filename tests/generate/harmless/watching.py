"""Who asks others again and again because that is its task.

SPDX-License-Identifier: GPL-2.0-or-later
"""
import activities
import payload
import ssh
import wire
from attacks.tunnels import NO_SUCH_NAME, ask
from lan import MS, SECOND, Connection, refused, unanswered

PTR = 12


def snmp(reply, request):
    """sysUpTime, community "public"."""
    value = b"\x43\x03\x12\x34\x56" if reply else b"\x05\x00"
    oid = b"\x06\x08\x2b\x06\x01\x02\x01\x01\x03\x00"
    bind = b"\x30" + bytes([len(oid + value)]) + oid + value
    binds = b"\x30" + bytes([len(bind)]) + bind
    pdu = b"\x02\x02" + request.to_bytes(2, "big") + b"\x02\x01\x00\x02\x01\x00" + binds
    body = b"\x02\x01\x01\x04\x06public" + (b"\xa2" if reply else b"\xa0") + bytes([len(pdu)]) + pdu
    return b"\x30" + bytes([len(body)]) + body


def monitor(scene):
    """Every minute or five: pings and SNMP of hosts on two networks, the web of some; a few are down."""
    watcher = scene.member("monitor")
    hosts = scene.neighbours(scene.random.randint(30, 90)) + [scene.files, scene.mail, scene.printer]
    down = scene.random.sample(hosts, scene.random.randint(1, len(hosts) // 8))
    web = scene.random.sample(hosts, 10)
    pause = scene.random.choice((60, 300))
    for turn in range(6):
        for n, host in enumerate(hosts):
            time = scene.at(30 + turn * pause + n * pause / len(hosts) / 2)
            poll(scene, time, watcher, host, turn, host in down, host in web)


def poll(scene, time, watcher, host, turn, down, web):
    lan, data = scene.lan, bytes(range(56))
    lan.packet(time, watcher, host, wire.ICMP, wire.echo(False, 7, turn, data))
    if down:
        lan.datagram(time + MS, watcher, host, watcher.port(), 161, snmp(False, turn))
        if web:
            unanswered(lan, time + 2 * MS, watcher, host, 80)
        return
    lan.packet(time + MS // 2, host, watcher, wire.ICMP, wire.echo(True, 7, turn, data))
    lan.ask(time + MS, watcher, host, 161, snmp(False, turn), snmp(True, turn))
    if web:
        connection = Connection(lan, time + 30 * MS, watcher, host, 80)
        connection.client(payload.http_get(b"health", b"/health"))
        connection.server(payload.http_ok(b"ok")).close()


def jump_host(scene):
    """An administrator goes from one host to several servers, by SSH, and types."""
    admin, jump = scene.desk(), scene.member("jump")
    servers = scene.neighbours(scene.random.randint(4, 12))
    for time in scene.times(len(servers), 100, 0.9):
        ssh.work(scene.lan, time, admin, jump, scene.random.randint(10, 20), 3)
        ssh.work(scene.lan, time + 5 * SECOND, jump, servers.pop(), scene.random.randint(10, 20), 3)
    # A password that was mistyped twice.
    ssh.fail(scene.lan, scene.at(100), admin, jump, 2)


def automation(scene):
    """A deployment tool that logs in to many servers for a moment each, with a key."""
    tool = scene.member("deploy")
    servers = scene.neighbours(scene.random.randint(8, 40))
    for time in scene.times(len(servers), scene.random.choice((1, 5)), 0.5):
        ssh.work(scene.lan, time, tool, servers.pop(), scene.random.randint(4, 12), 0.2)


def reverse_lookups(scene):
    """A log server wants the names of addresses; many have none."""
    server = scene.member("logs")
    for time in scene.times(scene.random.randint(150, 500), scene.random.choice((0.1, 1)), 0.9):
        address = scene.outside().text.split(".")
        name = ".".join(reversed(address)) + ".in-addr.arpa"
        known = scene.random.random() < 0.5
        ask(scene, time, server, name, PTR, payload.dns_name(f"host{address[-1]}.isp.net") if known
            else b"", 0 if known else NO_SUCH_NAME)


def block_lists(scene):
    """A mail server asks whether senders are known for spam; mostly they are not."""
    for time in scene.times(scene.random.randint(100, 400), scene.random.choice((0.3, 2)), 0.9):
        sender = scene.outside()
        name = ".".join(reversed(sender.text.split(".")))
        for zone in ("zen.spamhaus.org", "bl.spamcop.net"):
            listed = scene.random.random() < 0.1
            ask(scene, time, scene.mail, f"{name}.{zone}", answer=b"\x7f\0\0\x02" if listed else b"",
                failure=0 if listed else NO_SUCH_NAME)
    activities.send_mail(scene.lan, scene.at(50), scene.outside("mx.other.net"), scene.mail,
                         payload.page(scene.random, 700))


def reputation(scene):
    """A virus scanner asks for files by their hashes, below its maker's domain."""
    zone = scene.random.choice(("avqs.mcafee.com", "sophosxl.net"))
    hosts = scene.random.sample(scene.desks, scene.random.randint(1, 6))
    for time in scene.times(scene.random.randint(80, 300), scene.random.choice((0.5, 5)), 0.9):
        digest = scene.random.randbytes(scene.random.choice((13, 16, 20))).hex()
        ask(scene, time, scene.random.choice(hosts), f"{digest}.{zone}", answer=b"\x7f\0\0\x01")


def delivery_names(scene):
    """Sites are fetched from delivery networks, whose host names are made by machines."""
    for time in scene.times(scene.random.randint(100, 300), scene.random.choice((1, 5)), 0.9):
        label = "".join(scene.random.choice("abcdefghijklmnopqrstuvwxyz0123456789") for _ in range(14))
        name = scene.random.choice((
            f"d{label[:13]}.cloudfront.net", f"{label}.ssl.cf{label[0]}.rackcdn.com",
            f"e{scene.random.randrange(10000)}.a.akamaiedge.net", f"rr4---sn-{label[:8]}.googlevideo.com"))
        ask(scene, time, scene.random.choice(scene.desks), name, answer=scene.random.randbytes(4))


def back_off(scene):
    """A server that somebody uses is down; the program waits longer each time."""
    host = scene.desk()
    server = scene.random.choice((scene.outside(), scene.inside()))
    port = scene.random.choice((443, 8443, 5000, 22))
    silent = scene.random.random() < 0.5
    pause, seconds = scene.random.uniform(1, 5), 60
    for _ in range(scene.random.randint(8, 12)):
        (unanswered if silent else refused)(scene.lan, scene.at(seconds), host, server, port)
        seconds += pause
        pause = min(pause * 2, 600) * scene.random.uniform(0.9, 1.1)


KINDS = {"monitor": monitor, "jump-host": jump_host, "automation": automation,
         "reverse-lookups": reverse_lookups, "block-lists": block_lists, "reputation": reputation,
         "delivery-names": delivery_names, "back-off": back_off}
