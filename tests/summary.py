#!/usr/bin/python3
"""Adds up what the stages of tests/run.sh found.

    summary.py RESULTS

RESULTS/stages has a line `STATUS NAME` for each stage, in which STATUS is its exit status. A stage that
wrote RESULTS/NAME.xml (JUnit, from pytest or ctest) counts with each of its tests, any other as one
test. A stage that failed though all of its tests passed counts as one failure more: it did not run
to its end. Prints the failures, then one line with the sums; exits 1 when anything failed.
SPDX-License-Identifier: GPL-2.0-or-later
"""
import pathlib
import re
import sys
import xml.etree.ElementTree as ElementTree

TAP = re.compile(r"^\s*(not ok|ok) \d+ (?:- )?(.*?)(# SKIP.*)?$", re.MULTILINE)


def cases(file):
    """(name, "passed" | "failed" | "skipped") of each test; a program that speaks TAP has several."""
    for case in ElementTree.parse(file).getroot().iter("testcase"):
        # ctest gives the name twice.
        name = "/".join(dict.fromkeys(filter(None, (case.get("classname"), case.get("name")))))
        kinds = {child.tag for child in case}
        status = ("failed" if kinds & {"failure", "error"} or case.get("status") == "fail" else
                  "skipped" if "skipped" in kinds else "passed")
        lines = TAP.findall(case.findtext("system-out") or "")
        for verdict, test, skip in lines:
            yield f"{name}: {test}", ("failed" if verdict == "not ok" else
                                      "skipped" if skip else "passed")
        if not lines or (status == "failed" and all(line[0] == "ok" for line in lines)):
            yield name, status


def main(results):
    counts = dict.fromkeys(("passed", "failed", "skipped"), 0)
    stages = (results / "stages").read_text().splitlines()
    for stage in stages:
        status, name = stage.split(" ", 1)
        file = results / f"{name}.xml"
        found = []
        if file.exists():
            try:
                found = list(cases(file))
            except ElementTree.ParseError:
                status = "1"
        failed = any(kind == "failed" for _, kind in found)
        if status != "0" and not failed:
            found.append(("stopped with status " + status, "failed"))
        elif not found:
            # An empty file of results is a stage that tested nothing.
            found.append(("", "failed" if file.exists() else "passed"))
        for test, kind in found:
            counts[kind] += 1
            if kind != "passed":
                print(f"{kind}: {name}{': ' if test else ''}{test}")
    print(", ".join(f"{number} {kind}" for kind, number in counts.items()))
    return 1 if counts["failed"] or not stages else 0


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    sys.exit(main(pathlib.Path(sys.argv[1])))
