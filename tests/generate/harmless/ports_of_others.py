"""Services on ports of others that people use, and JSON-RPC that is not a miner's.

SPDX-License-Identifier: GPL-2.0-or-later
"""
from functools import partial

import ssh
import stratum
from attacks.ports_of_others import PORTS, rdp_login
from lan import Connection


def whenever(scene, count):
    """Moments that follow no clock."""
    return [scene.at(seconds) for seconds in sorted(scene.random.expovariate(1 / 150) for _ in range(count))]


def shell(scene):
    """Administrators at work over SSH, on a port that somebody chose."""
    server, port = scene.inside(), scene.random.choice(PORTS)
    for host in (scene.desk(), scene.desk()):
        for time in scene.times(scene.random.randint(4, 10), 60):
            ssh.work(scene.lan, time, host, server, scene.random.randint(5, 20), 1, port=port)


def desktop(scene):
    """Remote desktops, opened for a while each."""
    server, port = scene.inside(), scene.random.choice(PORTS[:4])
    host = scene.desk()
    for time in whenever(scene, scene.random.randint(21, 30)):
        rdp_login(scene.lan, time, host, server, port, refused=False)


def transfer(scene):
    """Machines put what they scanned on a server of FTP, each time with a login of its own."""
    host, server, port = scene.desk(), scene.inside(), scene.random.choice((2121, 8021, 50021))
    for time in whenever(scene, scene.random.randint(21, 35)):
        connection = Connection(scene.lan, time, host, server, port).server(b"220 ProFTPD Server ready\r\n")
        connection.client(b"USER scanner\r\n").server(b"331 Password required\r\n")
        connection.client(b"PASS right\r\n").server(b"230 Logged in\r\n")
        connection.client(b"CWD /none\r\n").server(b"550 No such directory\r\n")
        connection.client(b"QUIT\r\n").server(b"221 Bye\r\n").close()


def wallet(connection, scene):
    """Electrum."""
    for number, method in enumerate(("server.version", "blockchain.headers.subscribe", "blockchain.estimatefee",
                                     "blockchain.scripthash.subscribe", "mempool.get_fee_histogram")):
        connection.client(stratum.packed(jsonrpc="2.0", id=number, method=method, params=["electrum/4.5.4", "1.4"]))
        connection.server(stratum.packed(jsonrpc="2.0", id=number, result={"hex": stratum.digits(scene.random, 160)}))


def player(connection, scene):
    """Kodi."""
    for number in range(6):
        connection.client(stratum.packed(jsonrpc="2.0", id=number, method="Player.GetActivePlayers"))
        connection.server(stratum.packed(jsonrpc="2.0", id=number, result=[{"playerid": 1, "type": "video"}]))
    connection.server(stratum.packed(jsonrpc="2.0", method="Application.OnVolumeChanged", params={"data": {}}))


def appliance(connection, scene):
    """A program's own protocol, with logins and jobs that are none of a pool's."""
    connection.client(stratum.packed(id=1, jsonrpc="2.0", method="login",
                                     params={"user": "scanner", "pass": "x", "agent": "scan/2.1"}))
    connection.server(stratum.packed(id=1, jsonrpc="2.0", result={"session": stratum.digits(scene.random, 32)}))
    for number in range(4):
        connection.server(stratum.packed(jsonrpc="2.0", method="job", params={"job_id": number, "target": "tray 2"}))
        connection.client(stratum.packed(jsonrpc="2.0", method="submit", params={"job_id": number, "result": "done"}))


def bulb(connection, scene):
    """A lamp on the network."""
    for number in range(8):
        connection.client(stratum.packed(id=number, method="set_bright", params=[scene.random.randint(1, 100)]) + b"\r\n")
        connection.server(stratum.packed(id=number, result=["ok"]) + b"\r\n")


def json_rpc(scene, program, port, outside=False):
    host, server = scene.desk(), scene.outside() if outside else scene.inside()
    for time in scene.times(scene.random.randint(2, 6), 90):
        connection = Connection(scene.lan, time, host, server, port)
        program(connection, scene)
        scene.at(scene.since(connection.close()))


KINDS = {
    "ssh-other-port": shell, "rdp-other-port": desktop, "ftp-other-port": transfer,
    "json-rpc-wallet": partial(json_rpc, program=wallet, port=50001, outside=True),
    "json-rpc-player": partial(json_rpc, program=player, port=9090),
    "json-rpc-appliance": partial(json_rpc, program=appliance, port=3333),
    "json-rpc-bulb": partial(json_rpc, program=bulb, port=55443),
}
