"""Who lies to the neighbours on the link.

SPDX-License-Identifier: GPL-2.0-or-later
"""
from functools import partial

import activities
import payload
import wire
from lan import MS, Connection, Host
from scene import mac_text


def say(scene, time, liar, about, told):
    """`liar` tells `told`, unasked, that `about` is at its MAC."""
    scene.lan.raw(time, wire.ethernet(liar.mac, told.mac, wire.ETH_ARP, wire.arp(
        True, liar.mac, about.address, told.mac, told.address)))


def arp_spoof(scene, both):
    """A victim is told that the gateway is elsewhere; if `both`, the gateway is told of the victim,
    and what comes back goes the same way. Then what the victim sends passes through the liar."""
    liar, victim = scene.desk(), scene.desk()
    gap = scene.random.choice((1, 2, 10))
    begin = scene.random.uniform(60, 120)
    scene.lan.resolve(scene.at(30), liar, scene.gateway)
    scene.lan.resolve(scene.at(31), liar, victim)
    for time in scene.times(scene.random.randint(20, 60), gap, 0.02, begin):
        say(scene, time, liar, scene.gateway, victim)
        if both:
            say(scene, time + MS, liar, victim, scene.gateway)
    for n in range(3):
        site = scene.random.choice(scene.sites)
        diverted = Host(site.name, site.text, mac_text(liar))
        connection = Connection(scene.lan, scene.at(begin + 5 + n), victim, diverted, 80)
        connection.client(payload.http_get(site.name.encode()))
        connection.server(payload.http_ok(payload.page(scene.random, 2000))).close()
    scene.suspect((liar, mac_text(liar)), "arp-spoof")
    scene.victim(victim)


def rogue_dhcp(scene):
    """A desk answers those who ask for an address, faster than the server, and calls itself the
    gateway."""
    rogue = scene.desk()
    for time in scene.times(scene.random.randint(2, 8), 40, 0.5):
        client = scene.member("new")
        activities.lease(scene.lan, time, client, scene.resolver)
        for after, kind in ((20 * MS, 2), (44 * MS, 5)):
            message = payload.dhcp(kind, 0x1234, client.mac, rogue.address, offered=client.address,
                                   router=rogue.address)
            scene.lan.datagram(time + after, rogue, activities.EVERYONE, 67, 68, message)
    scene.suspect((rogue, mac_text(rogue)), "rogue-dhcp")


KINDS = {"arp-spoof": partial(arp_spoof, both=True), "arp-spoof-one-way": partial(arp_spoof, both=False),
         "rogue-dhcp": rogue_dhcp}
