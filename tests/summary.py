#!/usr/bin/python3
"""Adds up what the stages of tests/run.sh found.

    summary.py RESULTS

RESULTS/stages has a line `STATUS NAME` for each stage, in which STATUS is its exit status, or a line
`- NAME REASON` for one that was not run, which counts as one failure. A stage that wrote RESULTS/NAME.xml
(JUnit, from pytest or ctest) counts with each of its tests, any other as one test. A stage that failed
though all of its tests passed counts as one failure more: it did not run to its end. Prints the failures,
for each reason to skip tests how many it struck, then one line with the sums; exits 1 when anything
failed. RESULTS/summary gets what is printed, RESULTS/counts a line `NAME PASSED FAILED SKIPPED` for each
stage.
SPDX-License-Identifier: GPL-2.0-or-later
"""
import collections
import pathlib
import re
import sys
import xml.etree.ElementTree as ElementTree

TAP = re.compile(r"^\s*(not ok|ok) \d+ (?:- )?(.*?)(# SKIP *(.*))?$", re.MULTILINE)
UNKNOWN = "no reason given"


def cases(file):
    """(name, "passed" | "failed" | "skipped", why it was skipped) of each test; a program that speaks TAP
    has several."""
    for case in ElementTree.parse(file).getroot().iter("testcase"):
        # ctest gives the name twice.
        name = "/".join(dict.fromkeys(filter(None, (case.get("classname"), case.get("name")))))
        kinds = {child.tag for child in case}
        status = ("failed" if kinds & {"failure", "error"} or case.get("status") == "fail" else
                  "skipped" if "skipped" in kinds else "passed")
        skipped = case.find("skipped")
        reason = (skipped.get("message") if skipped is not None else None) or UNKNOWN
        lines = TAP.findall(case.findtext("system-out") or "")
        for verdict, test, skip, why in lines:
            yield f"{name}: {test}", ("failed" if verdict == "not ok" else
                                      "skipped" if skip else "passed"), why or UNKNOWN
        if not lines or (status == "failed" and all(line[0] == "ok" for line in lines)):
            yield name, status, reason


def main(results):
    counts = collections.Counter()
    reasons = collections.Counter()
    stages = (results / "stages").read_text().splitlines()
    each, lines = [], []
    for stage in stages:
        status, name, *why = stage.split(" ", 2)
        file = results / f"{name}.xml"
        found = []
        if file.exists():
            try:
                found = list(cases(file))
            except ElementTree.ParseError:
                status = "1"
        failed = any(kind == "failed" for _, kind, _ in found)
        if status == "-":
            found = [("not run: " + "".join(why), "failed", "")]
        elif status != "0" and not failed:
            found.append(("stopped with status " + status, "failed", ""))
        elif not found:
            # An empty file of results is a stage that tested nothing.
            found.append(("", "failed" if file.exists() else "passed", ""))
        own = collections.Counter(kind for _, kind, _ in found)
        each.append(f"{name} {own['passed']} {own['failed']} {own['skipped']}\n")
        counts += own
        for test, kind, reason in found:
            if kind == "skipped":
                reasons[name, reason] += 1
            elif kind == "failed":
                lines.append(f"failed: {name}{': ' if test else ''}{test}")
    (results / "counts").write_text("".join(each))
    lines += [f"{number} skipped: {name}: {reason}" for (name, reason), number in reasons.items()]
    lines.append(", ".join(f"{counts[kind]} {kind}" for kind in ("passed", "failed", "skipped")))
    text = "\n".join(lines) + "\n"
    (results / "summary").write_text(text, encoding="utf-8")
    print(text, end="")
    return 1 if counts["failed"] or not stages else 0


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    sys.exit(main(pathlib.Path(sys.argv[1])))
