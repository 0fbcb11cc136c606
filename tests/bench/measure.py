#!/usr/bin/python3
"""Runs each way over one capture beside a yardstick; prints CPU time, peak memory, and ratios.

The two of a pair run at the same time on one processor: it gives them turns of milliseconds, so that
what a busy machine's neighbours do to caches and clock strikes both alike. Runs one after the other
differ by far more than what is measured here.

    measure.py CAPTURE REPEATS [SUITE]      cost (default): statistics; marks: fields of packets

SPDX-License-Identifier: GPL-2.0-or-later
"""
import os
import pathlib
import statistics
import subprocess
import sys

ARTICLE = str(pathlib.Path(__file__).with_name("article.py"))
PACKET_LIST = [word for field in ("frame.number", "frame.time_relative", "_ws.col.Source",
                                 "_ws.col.Destination", "_ws.col.Protocol", "frame.len",
                                 "_ws.col.Info") for word in ("-e", field)]


def statistic(*taps):
    return [["tshark", "-n", "-q", "-r", "{capture}"] + [w for tap in taps for w in ("-z", tap)]]


def two_passes(*options, before=()):
    return [[*before, "tshark", "-n", "-2", *options, "-r", "{capture}", "-T", "fields", "-e", "frame.number",
             "-e", "ip.src"]]


# Title, and the commands that it takes one after another; the first is the yardstick.
COST = {
    # Fibre Channel conversations: dissection without trees or columns, and a tap never called.
    "a tap that asks for nothing": statistic("conv,fc"),
    # Without text and exports nothing is analysed: what is measured is the tally.
    "hostgraph, full evidence": statistic("hostgraph,text=no"),
    "hostgraph, evidence=no": statistic("hostgraph,text=no,evidence=no"),
    "hostgraph, analysis and report": statistic("hostgraph"),
    "conv,ip": statistic("conv,ip"),
    "conv,ip endpoints,ip io,phs": statistic("conv,ip", "endpoints,ip", "io,phs"),
    "packet list + pandas + networkx": [
        ["tshark", "-n", "-r", "{capture}", "-T", "fields", *PACKET_LIST],
        ["/usr/bin/python3", ARTICLE, "packets.csv"]],
}
MARKS = {
    "two passes without the plugin": two_passes(before=("env", "WIRESHARK_PLUGIN_DIR=../without")),
    "marks off": two_passes(),
    "marks on": two_passes("-o", "hostgraph.mark:TRUE"),
}
SUITES = {
    "cost": (COST, "full evidence at most 1.25, evidence=no at most 1.08, memory at most 1.10"),
    "marks": (MARKS, "marks off less than 1.01, marks on less than 1.15"),
}


class Way:
    """The commands of a way, each of them when the one before has ended."""

    def __init__(self, commands, capture, folder):
        self.commands = [[word.replace("{capture}", capture) for word in command]
                         for command in commands]
        self.folder = pathlib.Path(folder)
        self.folder.mkdir(exist_ok=True)
        self.cpu = self.memory = 0  # seconds over all commands; KiB, the most that one took
        self.start()

    def start(self):
        output = "packets.csv" if "fields" in self.commands[0] else "output"
        with open(self.folder / output, "wb") as out, open(self.folder / "errors", "wb") as errors:
            self.process = subprocess.Popen(self.commands[0], stdin=subprocess.DEVNULL, stdout=out,
                                            stderr=errors, cwd=self.folder)

    def ended(self, status, usage):
        """What the running command came to; TRUE: it was the last one."""
        self.process.returncode = os.waitstatus_to_exitcode(status)
        if self.process.returncode != 0:
            sys.exit(f"{' '.join(self.commands[0])}: status {self.process.returncode}\n"
                     + (self.folder / "errors").read_text(errors="replace"))
        self.cpu += usage.ru_utime + usage.ru_stime
        self.memory = max(self.memory, usage.ru_maxrss)
        self.commands.pop(0)
        if self.commands:
            self.start()
        return not self.commands


def side_by_side(pair, capture):
    """[(CPU seconds, peak KiB)] of two ways that run at the same time."""
    ways = [Way(commands, capture, f"way{i}") for i, commands in enumerate(pair)]
    running = list(ways)
    try:
        while running:
            pid, status, usage = os.wait4(-1, 0)
            way = next(way for way in running if way.process.pid == pid)
            if way.ended(status, usage):
                running.remove(way)
    finally:  # one of the two failed: the other must not go on alone
        for way in running:
            way.process.kill()
            way.process.wait()
    return [(way.cpu, way.memory) for way in ways]


def middle_half(values):
    if len(values) < 2:
        return ""
    low, _, high = statistics.quantiles(values, n=4, method="inclusive")
    return f"{low:.2f}..{high:.2f}"


def line(title, ways, yardsticks):
    """`ways`, `yardsticks`: (CPU seconds, peak KiB) of each round."""
    cpu, memory = ([way[i] / yardstick[i] for way, yardstick in zip(ways, yardsticks)]
                   for i in (0, 1))
    seconds, kib = (statistics.median(column) for column in zip(*ways))
    return (f"{title:30} {seconds:8.2f} {statistics.median(cpu):7.2f}  {middle_half(cpu):>13} "
            f"{kib / 1024:9.0f} {statistics.median(memory):7.2f}")


def main(capture, repeats, suite="cost"):
    ways, aim = SUITES[suite]
    yardstick = next(iter(ways))
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})  # for all that is run, too
    pairs = {title: [] for title in ways}
    for _ in range(repeats):
        for title, samples in pairs.items():
            samples.append(side_by_side((ways[yardstick], ways[title]), capture))
    print(f"\n{'way':30} {'CPU s':>8} {'ratio':>7}  {'middle half':>13} {'peak MiB':>9} {'ratio':>7}")
    for title, samples in pairs.items():
        yardsticks, rows = zip(*samples)
        print(line(title, rows, yardsticks))
    print(f"\nMedians of {repeats} pairs each. CPU: user and system time; ratio: to \"{yardstick}\" beside "
          f"it; middle half: of these\nratios. As aimed at: {aim}.")


if __name__ == "__main__":
    if not 3 <= len(sys.argv) <= 4 or sys.argv[3:] and sys.argv[3] not in SUITES:
        sys.exit(__doc__)
    main(sys.argv[1], int(sys.argv[2]), *sys.argv[3:])
