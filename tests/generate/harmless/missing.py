"""What is looked for all day and is not there: neighbours, servers, names.

SPDX-License-Identifier: GPL-2.0-or-later
"""
import activities
import wire
from attacks.scans import COMMON
from attacks.tunnels import NO_SUCH_NAME, ask
from lan import SECOND, Host, refused, unanswered
from words import pronounceable


def question(scene, time, asker, address):
    scene.lan.raw(time, wire.ethernet(asker.mac, wire.BROADCAST_MAC, wire.ETH_ARP, wire.arp(
        False, asker.mac, asker.address, bytes(6), Host("", address).address)))


def gone_neighbours(scene):
    """A desk that knows printers and computers of an office that has moved looks for them."""
    host = scene.desk()
    gone = scene.absent(scene.random.randint(26, 45))
    for time in scene.times(scene.random.randint(4, 10), scene.random.choice((600, 1800)), 0.2):
        for n, address in enumerate(gone):
            for again in range(3):
                question(scene, time + (n * 20 + again) * SECOND, host, address)
    scene.at(scene.since(time) + 20 * len(gone))


def gone_server(scene):
    """A server is no more; programs of a host look for what it served, each at its own pace."""
    host, server = scene.desk(), scene.random.choice((scene.inside(), scene.printer))
    silent = scene.random.random() < 0.5
    for port in scene.random.sample(COMMON, scene.random.randint(16, 24)):
        pause = scene.random.choice((120, 300, 900))
        for time in scene.times(scene.random.randint(4, 12), pause, 0.3,
                                scene.random.uniform(30, 7200)):
            (unanswered if silent else refused)(scene.lan, time, host, server, port)


def lease_checks(scene):
    """The DHCP server asks whether an address is free before it lends it; few who ask take it."""
    for time in scene.times(5, 600, 0.2):
        activities.lease(scene.lan, time, scene.random.choice(scene.desks), scene.resolver)
    for time, address in zip(scene.times(60, 120, 0.9), scene.absent(60)):
        question(scene, time, scene.resolver, address)


def blocked_names(scene):
    """The resolver says of advertisers and trackers that they do not exist; some look random."""
    for host in scene.random.sample(scene.desks, scene.random.randint(1, 4)):
        for time in scene.times(scene.random.randint(150, 400), scene.random.choice((20, 60)), 0.9):
            made = "".join(scene.random.choice("abcdefghijklmnopqrstuvwxyz0123456789")
                           for _ in range(scene.random.randint(8, 14)))
            label = made if scene.random.random() < 0.12 else \
                f"{pronounceable(scene.random)}{scene.random.choice(('ads', 'track', 'stat', ''))}"
            ask(scene, time, host, f"{label}{scene.random.choice(('.com', '.net', '.io'))}",
                failure=NO_SUCH_NAME)


KINDS = {"gone-neighbours": gone_neighbours, "gone-server": gone_server, "lease-checks": lease_checks,
         "blocked-names": blocked_names}
