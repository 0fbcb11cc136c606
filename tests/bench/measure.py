#!/usr/bin/python3
"""Runs each way over one capture by turns; prints medians of CPU time and peak memory, and ratios.

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


def run(command, output):
    """(CPU seconds, peak KiB) of one process."""
    with open(output, "wb") as out, open("errors", "wb") as errors:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=out, stderr=errors)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"{' '.join(command)}: status {process.returncode}\n"
                 + pathlib.Path("errors").read_text(errors="replace"))
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss


def measure(commands, capture):
    """CPU time adds up over the commands; memory is the most that one of them took."""
    cpu = memory = 0
    for command in commands:
        seconds, kib = run([word.replace("{capture}", capture) for word in command],
                           "packets.csv" if "fields" in command else "output")
        cpu += seconds
        memory = max(memory, kib)
    return cpu, memory


def main(capture, repeats, suite="cost"):
    ways, aim = SUITES[suite]
    yardstick = next(iter(ways))
    samples = {title: [] for title in ways}
    for _ in range(repeats):
        for title, commands in ways.items():
            samples[title].append(measure(commands, capture))
    medians = {title: [statistics.median(column) for column in zip(*rows)]
               for title, rows in samples.items()}
    cpu_base, memory_base = medians[yardstick]
    print(f"\n{'way':30} {'CPU s':>8} {'ratio':>7}  {'spread':>13} {'peak MiB':>9} {'ratio':>7}")
    for title, (cpu, memory) in medians.items():
        seconds = [row[0] for row in samples[title]]
        spread = f"{min(seconds):.1f}..{max(seconds):.1f}"
        print(f"{title:30} {cpu:8.2f} {cpu / cpu_base:7.2f}  {spread:>13} {memory / 1024:9.0f} "
              f"{memory / memory_base:7.2f}")
    print(f"\nMedians of {repeats} runs each, taken by turns. CPU: user and system time; ratio: to "
          f"\"{yardstick}\".\nAs aimed at: {aim}.")


if __name__ == "__main__":
    if not 3 <= len(sys.argv) <= 4 or sys.argv[3:] and sys.argv[3] not in SUITES:
        sys.exit(__doc__)
    main(sys.argv[1], int(sys.argv[2]), *sys.argv[3:])
