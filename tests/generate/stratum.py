"""Stratum: what miners and pools say, in the dialects of Bitcoin, Monero and Ethereum, as their programs do.

SPDX-License-Identifier: GPL-2.0-or-later
"""
import json


def line(**message):
    return json.dumps(message).encode() + b"\n"


def packed(**message):
    """Without blanks, as most programs write it."""
    return json.dumps(message, separators=(",", ":")).encode() + b"\n"


def digits(random, count):
    return f"{random.getrandbits(4 * count):0{count}x}"


class Bitcoin:
    """cpuminer, cgminer, bfgminer."""

    def __init__(self, random):
        self.random = random

    def begin(self):
        """(who sends: 0 the miner, what)"""
        yield 0, line(id=1, method="mining.subscribe", params=[self.random.choice(("cpuminer/2.5.1", "cgminer/4.12.1"))])
        yield 1, line(id=1, result=[[["mining.set_difficulty", "b4b6"], ["mining.notify", "ae68"]], "08000002", 4],
                      error=None)
        yield 0, line(params=["worker.1", "x"], id=2, method="mining.authorize")
        yield 1, line(id=2, result=True, error=None) + line(id=None, method="mining.set_difficulty", params=[512])
        yield from self.job()

    def job(self):
        yield 1, line(id=None, method="mining.notify", params=[
            digits(self.random, 4), digits(self.random, 64), digits(self.random, 120), digits(self.random, 80),
            [digits(self.random, 64) for _ in range(self.random.randint(1, 10))], "20000000", "17034219",
            digits(self.random, 8), True])

    def share(self):
        yield 0, line(params=["worker.1", digits(self.random, 4), "00000000", digits(self.random, 8),
                              digits(self.random, 8)], id=4, method="mining.submit")
        yield 1, line(id=4, result=True, error=None)


class Monero:
    """XMRig, xmr-stak."""

    def __init__(self, random):
        self.random = random
        self.wallet = "4" + "".join(random.choices("123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijk", k=94))

    def work(self):
        return {"blob": digits(self.random, 152), "job_id": digits(self.random, 16), "target": "b88d0600",
                "height": 3061000, "seed_hash": digits(self.random, 64), "algo": "rx/0"}

    def begin(self):
        yield 0, packed(id=1, jsonrpc="2.0", method="login", params={
            "login": self.wallet, "pass": "x", "agent": "XMRig/6.21.0 (Linux x86_64) libuv/1.44.2 gcc/11.2.0",
            "algo": ["rx/0", "cn/r", "gr"]})
        yield 1, packed(id=1, jsonrpc="2.0", error=None, result={"id": digits(self.random, 16), "job": self.work(),
                                                                "status": "OK"})

    def job(self):
        yield 1, packed(jsonrpc="2.0", method="job", params=self.work())

    def share(self):
        yield 0, packed(id=2, jsonrpc="2.0", method="submit", params={
            "id": digits(self.random, 16), "job_id": digits(self.random, 16), "nonce": digits(self.random, 8),
            "result": digits(self.random, 64)})
        yield 1, packed(id=2, jsonrpc="2.0", error=None, result={"status": "OK"})


class Ethereum:
    """ethminer, Claymore's: EthProxy."""

    def __init__(self, random):
        self.random = random

    def begin(self):
        yield 0, packed(worker="eth1.0", jsonrpc="2.0", params=["0x" + digits(self.random, 40) + ".rig", "x"], id=2,
                        method="eth_submitLogin")
        yield 1, packed(id=2, jsonrpc="2.0", result=True)
        yield 0, packed(worker="", jsonrpc="2.0", params=[], id=3, method="eth_getWork")
        yield from self.job()

    def job(self):
        yield 1, packed(id=0, jsonrpc="2.0", result=["0x" + digits(self.random, 64) for _ in range(3)])

    def share(self):
        yield 0, packed(id=4, jsonrpc="2.0", method="eth_submitWork", params=["0x" + digits(self.random, 16)])
        yield 1, packed(id=4, jsonrpc="2.0", result=True)


DIALECTS = {"bitcoin": Bitcoin, "monero": Monero, "ethereum": Ethereum}


def say(connection, messages):
    for side, message in messages:
        connection.send(side, message)
    return connection
