"""ARP that is none of the sender's doing: bridges, routers of many, and what a switch keeps from a capture.

SPDX-License-Identifier: GPL-2.0-or-later
"""
import wire
from lan import SECOND, Host

MICROSECOND = 1000


def question(scene, time, mac, sender, asked, whom=wire.BROADCAST_MAC):
    scene.lan.raw(time, wire.ethernet(mac, whom, wire.ETH_ARP, wire.arp(
        False, mac, sender.address, bytes(6), asked.address)))


def answer(scene, time, mac, claimed, asker):
    scene.lan.raw(time, wire.ethernet(mac, asker.mac, wire.ETH_ARP, wire.arp(
        True, mac, claimed.address, asker.mac, asker.address)))


def bridge(scene):
    """A Wi-Fi bridge passes on what its guests send to others and to everybody with its own MAC, some
    microseconds later; the capture holds both. What guests send each other it leaves alone."""
    repeater = scene.member("bridge")
    guests = [scene.desk() for _ in range(scene.random.randint(2, 5))]

    def delay():
        return scene.random.randint(20, 900) * MICROSECOND

    def among_guests(time, whom):
        """One looks for another; whom it knows it asks directly whether it is still there."""
        one, another = scene.random.sample(guests, 2)
        if whom == wire.BROADCAST_MAC:
            question(scene, time, one.mac, one, another)
            question(scene, time + delay(), repeater.mac, one, another)
        else:
            question(scene, time, one.mac, one, another, another.mac)
        answer(scene, time + SECOND // 1000, another.mac, another, one)

    for time in scene.times(scene.random.randint(10, 40), scene.random.choice((5, 15)), 0.5):
        among_guests(time - SECOND // 3, scene.random.choice((wire.BROADCAST_MAC, None, None)))
        guest, other = scene.random.choice(guests), scene.random.choice((scene.gateway, scene.files))
        question(scene, time, guest.mac, guest, other)
        question(scene, time + delay(), repeater.mac, guest, other)
        time += SECOND // 5
        question(scene, time, other.mac, other, guest)
        time += SECOND // 1000
        answer(scene, time, guest.mac, guest, other)
        answer(scene, time + delay(), repeater.mac, guest, other)


def head_end(scene):
    """A provider's router looks for its subscribers in several networks, under an address in each; some
    are there."""
    router = scene.member("router")
    networks = scene.random.sample(range(1, 250), scene.random.randint(3, 9))
    senders = [Host("", f"10.77.{net}.1", "02:77:00:00:00:01") for net in networks]
    heard = scene.random.random() < 0.5
    for time in scene.times(scene.random.randint(200, 500), scene.random.choice((0.05, 0.3)), 0.8):
        sender = scene.random.choice(senders)
        last = scene.random.randint(2, 254)
        asked = Host("", f"{sender.text.rsplit('.', 1)[0]}.{last}", f"02:78:00:00:{sender.address[2]:02x}:{last:02x}")
        question(scene, time, router.mac, sender, asked)
        if last % 4 == 0 and heard:
            answer(scene, time + SECOND // 100, asked.mac, asked,
                   Host("", sender.text, ":".join(f"{byte:02x}" for byte in router.mac)))


def behind_switch(scene):
    """The capture holds what is broadcast and no replies: a router looks for the hosts of its network."""
    host = scene.member("router")
    for time, last in zip(scene.times(200, scene.random.choice((0.05, 0.2)), 0.8),
                          scene.random.sample(range(2, 254), 200)):
        question(scene, time, host.mac, host, Host("", f"{scene.network}.{last}"))
    scene.lose(lambda frame: frame[:6] != wire.BROADCAST_MAC)


KINDS = {"arp-bridge": bridge, "arp-head-end": head_end, "arp-behind-switch": behind_switch}
