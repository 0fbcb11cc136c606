#!/usr/bin/python3
"""Fails when a source file uses one that stands above it, or when files use each other in a circle.

    layering.py SOURCE BUILD    SOURCE: the folder plugin/. BUILD: a build folder, for the calls
    layering.py --self-test     shows that each kind of violation is seen; needs a C compiler ($CC)

A file uses another one when it includes it, or when its object file lacks a symbol that the other's
object file defines. ORDER says which files it may use: those of its own room, of rooms further right,
and of floors further down. Two files that need each other are one file, or have a third below them.
SPDX-License-Identifier: GPL-2.0-or-later
"""
import collections
import json
import os
import pathlib
import re
import shlex
import subprocess
import sys
import tempfile
import textwrap

# One line a floor, top floor first (the only one that need not be built): its rooms (folders) in the
# order of use. Files that lie on the floor itself stand in brackets: (a b.c) are a.c, a.h and b.c, (*)
# all that are not named. A generated file that is not named lies where its first header does.
ORDER = """
wireshark: (plugin command_line process progress) windows marks capture_file tap (evidence_table)
           evidence reading dissection protocols (preferences option_text gui compat)
export:    request formats html svg text_report store (html_assets) report text files
analysis:  (*) rules lists baseline measures contract roles basics
tally:     merge services (*) tables memory copies types
"""


class Order:
    def __init__(self, text):
        self.floors, self.places = [], {}
        for line in re.sub(r"\n +", " ", text).strip().split("\n"):
            floor, rooms = line.split(":")
            for number, (group, room) in enumerate(re.findall(r"\(([^)]*)\)|(\S+)", rooms)):
                names = [f"{floor}/{name}" for name in (group.split() if group else [room + "/"])]
                self.places.update((name, (len(self.floors), number)) for name in names)
            self.floors.append(floor)

    def room(self, file):
        """Under which name the file has its place: "tally/tables/", "tally/packet", "tally/*"."""
        floor, *folders, _ = file.split("/")
        if folders:
            return f"{floor}/{folders[0]}/"
        return next((name for name in (file, file[:-2]) if name in self.places), f"{floor}/*")

    def place(self, file):
        return self.places.get(self.room(file))

    def allows(self, user, used):
        above, below = self.place(user), self.place(used)
        return None in (above, below) or above[0] < below[0] or \
            (above[0] == below[0] and above[1] <= below[1])


class Uses:
    """What uses what: edges {file: {file used: [how]}}; and which files have no object yet."""

    def __init__(self, source, build, order):
        self.source, self.build, self.order = source, build, order
        self.edges = collections.defaultdict(lambda: collections.defaultdict(list))
        self.files = {path.relative_to(source): path for path in sorted(source.glob("*/**/*.[ch]"))}
        self.commands = self.compile_commands()
        self.read_includes()
        self.read_calls()

    def compile_commands(self):
        """{file below the source folder: object}; adds the generated files. Of a file that is compiled
        for tests or fuzzers, too, the first object counts; objects of moved files are not listed."""
        objects = {}
        for entry in json.loads((self.build / "compile_commands.json").read_text()):
            file, words = pathlib.Path(entry["file"]), shlex.split(entry["command"])
            made = pathlib.Path(entry["directory"], words[words.index("-o") + 1])
            target = re.search(r"CMakeFiles/([^/]+)\.dir/", str(made)).group(1)
            floor = target.replace("hg_", "") if target != "hostgraph" else "wireshark"
            if self.source in file.parents:
                file = file.relative_to(self.source)
            elif self.build in file.parents and floor in self.order.floors:
                header = re.search(r'#include "(.*)/', file.read_text(encoding="utf-8"))
                named = f"{floor}/{file.stem}" in self.order.places
                place = pathlib.Path(header.group(1) if header and not named else floor, file.name)
                self.files[place] = file
                file = place
            if file in self.files:
                objects.setdefault(file, made)
        return objects

    def read_includes(self):
        for path, place in self.files.items():
            for number, line in enumerate(place.read_text(encoding="utf-8").split("\n"), 1):
                name = re.match(r'\s*#\s*include\s+"([^"]+)"', line)
                for folder in (path.parent, pathlib.Path()) if name else ():
                    used = pathlib.Path(os.path.normpath(folder / name.group(1)))
                    if used in self.files:
                        self.add(path, used, f"{path}:{number} includes {used}")
                        break

    def add(self, path, used, how):
        if path != used:
            self.edges[str(path)][str(used)].append(how)

    def read_calls(self):
        self.without_object = [path for path in self.files
                               if path.suffix == ".c" and path not in self.commands]
        defined, undefined = {}, []
        sources = {str(made): path for path, made in self.commands.items()}
        listing = subprocess.run(["nm", "-P", "-A", *sources], stdout=subprocess.PIPE, text=True)
        if listing.returncode != 0:
            sys.exit("Not all objects can be read: build first.")
        for line in listing.stdout.splitlines():
            made, symbol, kind = re.match(r"(.*): (\S+) (\S)", line).groups()
            if kind == "U":
                undefined.append((symbol, sources[made]))
            elif kind in "TDRBCGVW":
                defined[symbol] = sources[made]
        for symbol, path in undefined:
            if symbol in defined:
                self.add(path, defined[symbol], f"{path} uses {symbol} of {defined[symbol]}")


def circles(edges):
    """A shortest circle of each knot (files that all reach each other), the first node once more at
    its end."""
    def reach(start):
        """{node that can be reached: the one before it on a shortest way}"""
        before, queue = {}, collections.deque([start])
        while queue:
            node = queue.popleft()
            for after in sorted(edges.get(node, ())):
                if after not in before:
                    before[after] = node
                    queue.append(after)
        return before

    def circle(start):
        nodes = [start, reached[start][start]]
        while nodes[-1] != start:
            nodes.append(reached[start][nodes[-1]])
        return nodes[::-1]

    reached, seen = {node: reach(node) for node in sorted(edges)}, set()
    for node in sorted(edges):
        if node in reached[node] and node not in seen:
            knot = [other for other in sorted(edges)
                    if other in reached[node] and node in reached[other]]
            seen.update(knot)
            yield min(map(circle, knot), key=len)


def violations(order, uses):
    nowhere = {order.room(file): file for file in map(str, uses.files) if order.place(file) is None}
    for room, file in nowhere.items():
        yield f"no place in the order: {room} ({file})"
    for path in uses.without_object:
        if path.parts[0] != order.floors[0]:
            yield f"not built, so its calls cannot be read: {path}"
    rooms = collections.defaultdict(lambda: collections.defaultdict(list))
    for user, all_used in sorted(uses.edges.items()):
        told = set()
        for used, how in sorted(all_used.items(), reverse=True):  # a.h before a.c, which it is for
            if not order.allows(user, used) and used[:-2] not in told:
                yield f"wrong way: {how[0]}"
                told.add(used[:-2])
            if order.room(user) != order.room(used):
                rooms[order.room(user)][order.room(used)] += how
    for what, edges in (("files", uses.edges), ("rooms", rooms)):
        for circle in circles(edges):
            steps = "; ".join(edges[a][b][0] for a, b in zip(circle, circle[1:]))
            yield f"circle of {what}: {' -> '.join(circle)}: {steps}"


def check(text, source, build):
    """(lines of violations, line about what was looked at)"""
    order = Order(text)
    uses = Uses(source.resolve(), build.resolve(), order)
    count = sum(map(len, uses.edges.values()))
    told = f"{len(uses.files)} files, {count} uses of each other"
    missing = [path for path in uses.without_object if path.parts[0] == order.floors[0]]
    if missing:
        told += f"; {order.floors[0]}: {len(missing)} files not built, only their includes were checked"
    return list(violations(order, uses)), told


# --- self-test ---

TREE = {"up/root.c": '#include "low/host.h"\nint root(void) { return host(); }',
        "up/room/a.h": "int a(void);",
        "up/room/a.c": '#include "a.h"\n#include "up/den/b.h"\nint a(void) { return b(); }',
        "up/den/b.h": "#pragma once\nint b(void);",
        "up/den/b.c": '#include "b.h"\nint b(void) { return 1; }',
        "low/host.h": "int host(void);", "low/host.c": "int host(void) { return 1; }"}
SELF_TESTS = [  # what is added to the tree, the lines expected
    ({}, []),
    ({"low/host.c": '#include "up/room/a.h"\nint host(void) { return 1; }'},
     ["wrong way: low/host.c:1 includes up/room/a.h"]),
    ({"up/den/b.c": "int root(void);\nint b(void) { return root(); }"},
     ["wrong way: up/den/b.c uses root of up/root.c"]),
    ({"up/den/c.h": '#include "b.h"', "up/den/b.h": '#pragma once\n#include "c.h"\nint b(void);'},
     ["circle of files: up/den/b.h -> up/den/c.h -> up/den/b.h: up/den/b.h:2 includes up/den/c.h; "
      "up/den/c.h:1 includes up/den/b.h"]),
    ({"up/den/c.c": "int b(void);\nint c(void) { return b(); }",
      "up/den/b.c": "int c(void);\nint b(void) { return c(); }"},
     ["circle of files: up/den/b.c -> up/den/c.c -> up/den/b.c: up/den/b.c uses c of up/den/c.c; "
      "up/den/c.c uses b of up/den/b.c"]),
    ({"up/den/c.c": "int a(void);\nint c(void) { return a(); }"},
     ["wrong way: up/den/c.c uses a of up/room/a.c",
      "circle of rooms: up/den/ -> up/room/ -> up/den/: up/den/c.c uses a of up/room/a.c; "
      "up/room/a.c:2 includes up/den/b.h"]),
    ({"up/attic/c.h": ""}, ["no place in the order: up/attic/ (up/attic/c.h)"]),
    ({"up/attic.h": ""}, ["no place in the order: up/* (up/attic.h)"]),
    ({"tower/a.h": ""}, ["no place in the order: tower/* (tower/a.h)"]),
]


def build_tree(folder, tree):
    """Writes and compiles the sources, and says so as CMake does."""
    commands = []
    for path, text in tree.items():
        file = folder / "source" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text + "\n")
    for number, file in enumerate(sorted((folder / "source").rglob("*.c"))):
        made = folder / "CMakeFiles" / "hg_x.dir" / f"{number}.o"
        made.parent.mkdir(parents=True, exist_ok=True)
        command = [os.environ.get("CC", "cc"), f"-I{folder / 'source'}", "-o", str(made), "-c",
                   str(file)]
        subprocess.run(command, check=True)
        commands.append({"directory": str(folder), "file": str(file),
                         "command": shlex.join(command)})
    (folder / "compile_commands.json").write_text(json.dumps(commands))


def self_test():
    for added, expected in SELF_TESTS:
        with tempfile.TemporaryDirectory(prefix="layering test ") as name:
            folder = pathlib.Path(name)
            build_tree(folder, {**TREE, **added})
            found, _ = check("up:  (root)  room\n     den\nlow: (*)", folder / "source", folder)
            assert found == expected, "\n".join([f"{added}: expected", *expected, "got", *found])
    print(f"{len(SELF_TESTS)} small trees give the lines expected")


def main(arguments):
    if arguments == ["--self-test"]:
        return self_test()
    if len(arguments) != 2:
        sys.exit(textwrap.dedent(__doc__))
    lines, told = check(ORDER, *map(pathlib.Path, arguments))
    print(*lines, told, sep="\n")
    return sys.exit(1 if lines else 0)


if __name__ == "__main__":
    main(sys.argv[1:])
