"""Who mines for a pool, in three dialects of Stratum, on ports of all kinds.

SPDX-License-Identifier: GPL-2.0-or-later
"""
from functools import partial

import stratum
from lan import Connection

PORTS = (3333, 4444, 5555, 14444, 45700, 80, 443, 8080, 25, 21, 1080)


def ports_of(frame):
    """Source and destination, of IPv4 over Ethernet without options."""
    return int.from_bytes(frame[34:36], "big"), int.from_bytes(frame[36:38], "big")


def payload_of(frame):
    return frame[14 + 20 + (frame[46] >> 4) * 4:] if frame[12:14] == b"\x08\x00" and frame[23] == 6 else b""


def mine(scene, dialect, cut=None):
    """A few hours of jobs and shares, shortened. `cut`: what the capture lacks: the "start" of the connection, what the
    "miner" or the "pool" sends, or what was said "first"."""
    miner, pool = scene.desk(), scene.outside()
    port = scene.random.choice(PORTS)
    program = stratum.DIALECTS[dialect](scene.random)
    connection = Connection(scene.lan, scene.at(30), miner, pool, port)
    begun = connection.time
    stratum.say(connection, program.begin())
    said = connection.time
    for _ in range(scene.random.randint(4, 20)):
        connection.wait(scene.random.uniform(2, 40))
        stratum.say(connection, program.share() if scene.random.random() < 0.3 else program.job())
    scene.at(scene.since(connection.time))
    own = connection.ports[0]
    if cut in ("miner", "pool"):
        scene.lose(lambda frame: ports_of(frame) == ((own, port) if cut == "miner" else (port, own)))
    if cut == "first":
        first = next(data for _, data in program.begin())[:20]
        scene.lose(lambda frame: own in ports_of(frame) and payload_of(frame)[:20] == first)
    if cut == "start":
        scene.lan.frames = [entry for entry in scene.lan.frames
                            if not (begun - 10**9 <= entry[0] < said and own in ports_of(entry[2]))]
    scene.suspect(miner, "mining")


KINDS = {
    **{f"mining-{dialect}": partial(mine, dialect=dialect) for dialect in stratum.DIALECTS},
    **{f"mining-without-{cut}": partial(mine, dialect="bitcoin", cut=cut) for cut in ("miner", "pool", "first", "start")},
    **{f"mining-monero-without-{cut}": partial(mine, dialect="monero", cut=cut)
       for cut in ("miner", "pool", "first", "start")},
}
