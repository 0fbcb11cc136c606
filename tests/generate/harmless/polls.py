"""Who asks by the clock, and means no harm: keep-alives of NAT devices, time pools, signatures, pings of monitors.

SPDX-License-Identifier: GPL-2.0-or-later
"""
import struct

import payload
import wire
from lan import SECOND


def txt(text):
    return bytes([len(text)]) + text


def ask(scene, time, host, name, data, kind):
    question, answer = payload.dns(scene.random.getrandbits(16), name, data, kind)
    scene.lan.ask(time, host, scene.resolver, 53, question, answer)


def names_by_the_clock(scene):
    """A telephone keeps its mapping open, a thermostat asks for a time pool whose addresses change, a virus scanner
    for the version of its signatures, which changes once or twice."""
    phone, thermostat, scanner = (scene.member(name) for name in ("phone", "thermostat", "scanner"))
    for time in scene.times(60, 30, 0.01):
        ask(scene, time, phone, "sip.voice-provider.com", scene.outside().address, payload.DNS_A)
    for time in scene.times(40, 64, 0.01):
        ask(scene, time, thermostat, "2.pool.ntp.org", scene.outside().address, payload.DNS_A)
    for number, time in enumerate(scene.times(24, 3600, 0.01)):
        ask(scene, time, scanner, "current.cvd.scanner.net",
            txt(b"0.103.2:%d:1767571200:1:90" % (26191 + number // 9)), 16)


def certificate_checks(scene):
    """A client waits until its TXT record is everywhere; mail servers look up senders' policies."""
    host = scene.desk()
    for number, time in enumerate(scene.times(30, 10, 0.02)):
        ask(scene, time, host, "_acme-challenge.shop.example", txt(b"old" if number < 20 else b"new"), 16)
    senders = [scene.site_name() for _ in range(6)]
    for time in scene.times(80, 9, 0.9):
        name = scene.random.choice(senders)
        ask(scene, time, scene.mail, name, txt(b"v=spf1 include:%s -all" % name.encode()), 16)


def pings_outside(scene):
    """Monitors: iputils, Windows, fping, go-ping and Blackbox exporter, each to a host outside, and the gateway."""
    programs = (
        lambda time: struct.pack("<QQ", time // SECOND, time % SECOND) + bytes(range(16, 56)),
        lambda _: (b"abcdefghijklmnopqrstuvw" * 2)[:32],
        lambda time: struct.pack("<QQ", time // SECOND, time % SECOND) + bytes(40),
        lambda time: struct.pack(">Q", time) + scene.random.randbytes(16),
        lambda _: b"Prometheus Blackbox Exporter",
        lambda _: b"Data Buffer of a network performance monitor",
    )
    for program in programs:
        host = scene.desk()
        for target in (scene.outside(), scene.gateway):
            for number, time in enumerate(scene.times(60, scene.random.choice((5, 10, 30)), 0.01)):
                data = program(time)
                scene.lan.packet(time, host, target, wire.ICMP, wire.echo(False, 7, number, data))
                scene.lan.packet(time + scene.lan.between(0.001, 0.02), target, host, wire.ICMP,
                                 wire.echo(True, 7, number, data))


KINDS = {"names-by-the-clock": names_by_the_clock, "certificate-checks": certificate_checks,
         "pings-outside": pings_outside}
