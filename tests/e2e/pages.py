"""Scripts of packets for tests of the page, and what hostgraph-replay makes of them.

SPDX-License-Identifier: GPL-2.0-or-later
"""
import json
import random
import subprocess

from conftest import BUILD

START = 1767607200


def replay(folder, script, *options, name="page"):
    """Writes NAME.html and NAME.json; returns the page's path and the record."""
    (folder / f"{name}.txt").write_text(script, encoding="utf-8")
    page, record = folder / f"{name}.html", folder / f"{name}.json"
    subprocess.run([BUILD / "tests" / "hostgraph-replay",
                    ",".join(["text=no", f"export={page}", f"export={record}", *options]),
                    folder / f"{name}.txt"], check=True)
    return page, json.loads(record.read_text(encoding="utf-8"))


def moment(ns):
    return f"{START + ns // 10**9}.{ns % 10**9:09d}"


def scan(scanner, ns, count, net="10.9.9"):
    """A sweep that everybody would call one: unanswered SYNs to `count` addresses."""
    return [f"{moment(ns + n * 20_000_000)} {scanner} {net}.{n + 1} TCP tcp={40000 + n}:445:S seq={n}"
            for n in range(count)]


def crowd(hosts, pairs, packets=1, seed=1):
    """`pairs` pairs of `hosts` hosts, each way `packets` packets, and a scanner among them."""
    chance = random.Random(seed)
    names = [f"10.{n // 250 // 200 + 1}.{n // 250 % 200}.{n % 250 + 1}" for n in range(hosts)]
    # Everybody takes part; a few are busy.
    chosen = {(n, (n + 1) % hosts) for n in range(hosts)}
    while len(chosen) < pairs:
        a, b = int(hosts * chance.random() ** 3), chance.randrange(hosts)
        if a != b and (b, a) not in chosen:
            chosen.add((a, b))
    lines = []
    for a, b in sorted(chosen):
        for _ in range(packets):
            ns = chance.randrange(600 * 10**9)
            port = chance.randrange(30000, 60000)
            size = int(60 * 10 ** (chance.random() * 1.4))
            lines.append((ns, f"{names[a]} {names[b]} TLSv1.2 tcp={port}:443:PA len={size} payload={size}"))
            lines.append((ns + 500_000, f"{names[b]} {names[a]} TLSv1.2 tcp=443:{port}:PA len=1500 payload=1400"))
    lines.sort()
    # Its targets are hosts of the crowd.
    sweep = scan(names[hosts // 2], 60 * 10**9, 80, net="10.1.0")
    return "\n".join(sorted([f"{moment(ns)} {rest}" for ns, rest in lines] + sweep)) + "\n"
