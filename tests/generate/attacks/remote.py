"""Who takes over other computers: remote control by service, and worms that hop.

SPDX-License-Identifier: GPL-2.0-or-later
"""
from functools import partial

import smb
import wire
import smb1
from dcerpc import EXEC_METHOD, TASKS, WBEM_SERVICES, Pipe, Port, ServiceControl
from lan import SECOND, Connection, Host, unanswered
from scene import mac_text


def take_over(scene, time, attacker, target, size=20000):
    """A program is copied to the administrators' share, made a service, and started; answers when."""
    name = scene.random.choice(("PSEXESVC", "winexesvc", scene.word().upper()))
    connection = Connection(scene.lan, time, attacker, target, 445)
    session = smb.Session(connection)
    session.copy_to(f"\\\\{target.text}\\ADMIN$", f"{name}.exe", scene.random.randbytes(size))
    ServiceControl(session, target.text).run(name, f"%SystemRoot%\\{name}.exe")
    return connection.close()


def remote_control(scene, chained):
    """One host runs programs on several others; if `chained`, one of these goes on in the same way."""
    attacker = scene.desk()
    targets = [scene.desk() for _ in range(scene.random.randint(2, 5))]
    for time, target in zip(scene.times(len(targets), 60, 0.8), targets):
        take_over(scene, time, attacker, target)
    scene.suspect(attacker, "lateral-movement")
    if chained:
        for time in scene.times(2, 40, 0.5, scene.length + 60):
            take_over(scene, time, targets[0], scene.desk())
        scene.suspect(targets[0], "lateral-movement")
    for target in targets[chained:]:
        scene.victim(target)


def by_wmi(scene, time, attacker, target):
    """The arguments are encrypted, as they are on a network."""
    connection = Connection(scene.lan, time, attacker, target, 49155)
    calls = Port(connection, WBEM_SERVICES)
    for _ in range(2):
        calls.ask_sealed(EXEC_METHOD, scene.random.randbytes(200), scene.random.randbytes(100))
    return connection.close()


def by_task(scene, time, attacker, target):
    """atexec: a task is registered, run and deleted; its arguments are encrypted, too."""
    connection = Connection(scene.lan, time, attacker, target, 445)
    session = smb.Session(connection)
    session.log_in()
    pipe = Pipe(session, target.text, "atsvc", TASKS)
    for operation in (1, 12, 13):
        pipe.ask(operation, scene.random.randbytes(120), scene.random.randbytes(40))
    return connection.close()


def other_means(scene, control):
    attacker = scene.desk()
    targets = [scene.desk() for _ in range(scene.random.randint(1, 4))]
    for time, target in zip(scene.times(len(targets), 60, 0.8), targets):
        control(scene, time, attacker, target)
        scene.victim(target)
    scene.suspect(attacker, "lateral-movement")


def eternal_blue(scene):
    """The exploit itself; nobody asks for the backdoor before or after."""
    attacker, target = scene.desk(), scene.desk()
    connection = Connection(scene.lan, scene.at(scene.random.uniform(30, 60)), attacker, target, 445)
    smb1.overflow(connection, scene.random)
    connection.close()
    scene.suspect(attacker, "lateral-movement")
    scene.victim(target)


def look_around(scene, begin, host, gap, count):
    """Port 445 of neighbours that are not there (asked for in vain by ARP) and of another network."""
    lan, random = scene.lan, scene.random
    absent = [Host("nobody", address) for address in scene.absent(count // 3)]
    seconds = begin
    for target in random.sample(absent + scene.neighbours(count - len(absent)), count):
        if target.text.startswith(scene.network + "."):
            lan.raw(scene.at(seconds), wire.ethernet(
                host.mac, wire.BROADCAST_MAC, wire.ETH_ARP,
                wire.arp(False, host.mac, host.address, bytes(6), target.address)))
        else:
            unanswered(lan, scene.at(seconds), host, target, 445)
        seconds += gap * random.uniform(0.5, 1.5)
    return seconds


def worm(scene, gap):
    """Each victim does what was done to it: it looks around, finds a neighbour, and passes itself on."""
    chain = [scene.desk() for _ in range(scene.random.randint(3, 5))]
    begin = scene.random.uniform(60, 90)
    for host, victim in zip(chain, chain[1:]):
        found = look_around(scene, begin, host, gap, scene.random.randint(45, 90))
        scene.lan.resolve(scene.at(found), host, victim)
        end = take_over(scene, scene.at(found) + SECOND, host, victim, 40000)
        begin = scene.since(end) + scene.random.uniform(2, 30)
        scene.suspect((host, mac_text(host)), "address-scan", "lateral-movement", "arp-sweep")
    scene.excuse(chain[-1])


KINDS = {"wmi-exec": partial(other_means, control=by_wmi),
         "task-exec": partial(other_means, control=by_task), "eternal-blue": eternal_blue,
         "remote-control": partial(remote_control, chained=False),
         "remote-control-chain": partial(remote_control, chained=True),
         "worm-fast": partial(worm, gap=0.2), "worm-slow": partial(worm, gap=10)}
