"""Data carried in names and in pings, and names that a generator made up.

SPDX-License-Identifier: GPL-2.0-or-later
"""
import base64
from functools import partial

import payload
import wire
from lan import MS
from words import pronounceable

A, CNAME, NULL, MX, TXT = 1, 5, 10, 15, 16
NO_SUCH_NAME = 3


def ask(scene, time, client, name, kind=A, answer=b"", failure=0, server=None):
    """One question; `answer`: the data of its record."""
    question, reply = payload.dns(scene.random.getrandbits(16), name, answer or None, kind, failure)
    return scene.lan.ask(time, client, server or scene.resolver, 53, question, reply)


def tunnel(scene, encode, kinds, gap, least, most):
    """Through the resolver, which passes it on, or straight to the far end."""
    client = scene.desk()
    far = scene.outside()
    domain = f"{scene.random.choice('tuvx')}{scene.random.randrange(9)}.{scene.word()}{scene.word()}.com"
    direct = scene.random.random() < 0.3
    shown = not direct and scene.random.random() < 0.5  # the capture shows what the resolver asks
    for time in scene.times(scene.random.randint(least, most), gap, 0.5):
        labels = [label.encode() for label in domain.split(".")]
        name = encode(scene.random) + labels
        kind = scene.random.choice(kinds)
        back = b"" if kind == A else scene.random.randbytes(scene.random.randint(20, 120))
        if kind == TXT:
            back = bytes([len(back)]) + back
        elif kind in (CNAME, MX):
            back = b"\0\x0a" * (kind == MX) + payload.dns_name(encode(scene.random) + labels)
        elif kind == A:
            back = scene.random.randbytes(4)
        if shown:
            ask(scene, time + MS, scene.resolver, name, kind, back, server=far)
        ask(scene, time, client, name, kind, back, server=far if direct else None)
    scene.suspect(client, "dns-tunnel")


def base32(random):
    """As iodine: one to three full labels."""
    text = base64.b32encode(random.randbytes(random.choice((30, 60, 100)))).rstrip(b"=").lower()
    return [text[i:i + 57] for i in range(0, len(text), 57)]


def hexadecimal(random):
    """As dnscat2: counters in front, then up to 60 digits a label."""
    text = random.randbytes(random.choice((9, 17, 40))).hex().encode()
    return [text[i:i + 60] for i in range(0, len(text), 60)]


def generated(scene, name, least_gap, most_gap):
    """Names of which none exists, as many as a day's worth of a generator."""
    infected = scene.desk()
    gap = scene.random.uniform(least_gap, most_gap)
    for time in scene.times(scene.random.randint(60, 300), gap, 0.5):
        ask(scene, time, infected, name(scene.random), failure=NO_SUCH_NAME)
    scene.suspect(infected, "dga")


def letters(random):
    length = random.randint(9, 20)
    alphabet = random.choice(("abcdefghijklmnopqrstuvwxyz", "abcdefghijklmnopqrstuvwxyz0123456789"))
    return "".join(random.choice(alphabet) for _ in range(length)) + random.choice(
        (".com", ".net", ".org", ".info", ".biz", ".ru", ".top"))


def hex_names(random):
    return random.randbytes(random.randint(6, 12)).hex() + random.choice((".com", ".net", ".info"))


def words(random):
    """Two dictionary words, as suppobox and matsnu make."""
    return pronounceable(random) + pronounceable(random) + random.choice((".com", ".net", ".ru"))


def icmp_tunnel(scene, gap, least, most, sizes):
    """Packets in echo data both ways; the answers are no echoes of what was asked."""
    client, far = scene.desk(), scene.outside()
    ident = scene.random.getrandbits(16)
    count = scene.random.randint(least, most)
    for sequence, time in enumerate(scene.times(count, gap, 0.5)):
        scene.lan.packet(time, client, far, wire.ICMP, wire.echo(
            False, ident, sequence, scene.random.randbytes(scene.random.choice(sizes))))
        scene.lan.packet(time + 20 * MS, far, client, wire.ICMP, wire.echo(
            True, ident, sequence, scene.random.randbytes(scene.random.choice(sizes))))
    scene.suspect(client, "icmp-tunnel")


KINDS = {
    "dns-tunnel-iodine": partial(tunnel, encode=base32, kinds=(NULL, TXT), gap=0.05, least=300,
                                 most=900),
    "dns-tunnel-dnscat": partial(tunnel, encode=hexadecimal, kinds=(TXT, CNAME, MX), gap=1, least=150,
                                 most=500),
    "dns-tunnel-slow": partial(tunnel, encode=hexadecimal, kinds=(TXT, CNAME, A), gap=45, least=120,
                               most=250),
    "dns-tunnel-trickle": partial(tunnel, encode=hexadecimal, kinds=(A,), gap=300, least=40, most=80),
    "dga-letters": partial(generated, name=letters, least_gap=0.2, most_gap=5),
    "dga-hex": partial(generated, name=hex_names, least_gap=0.2, most_gap=5),
    "dga-words": partial(generated, name=words, least_gap=0.2, most_gap=5),
    "dga-slow": partial(generated, name=letters, least_gap=120, most_gap=600),
    "icmp-tunnel": partial(icmp_tunnel, gap=0.1, least=60, most=500, sizes=(84, 300, 1000, 1400)),
    "icmp-tunnel-shell": partial(icmp_tunnel, gap=5, least=40, most=120, sizes=(0, 8, 40, 200)),
}
