#!/usr/bin/python3
"""Captures of one office each in which one thing more goes on, an attack or what may look like one.

    scenes.py KIND SEED CAPTURE [TRUTH]      writes pcap, and JSON that says who is to blame
    scenes.py                                lists the kinds

SPDX-License-Identifier: GPL-2.0-or-later
"""
import dataclasses
import importlib
import json
import pathlib
import pkgutil
import sys

import scene

FOLDER = pathlib.Path(__file__).parent


def kinds_of(package):
    """{name: function}, file by file."""
    return {name: kind for module in pkgutil.iter_modules([str(FOLDER / package)])
            for name, kind in importlib.import_module(f"{package}.{module.name}").KINDS.items()}


ATTACKS, HARMLESS = kinds_of("attacks"), kinds_of("harmless")
KINDS = {**ATTACKS, **HARMLESS}


def main(kind, seed, capture, truth=None):
    found = scene.make(KINDS, kind, int(seed), capture)
    if truth is not None:
        with open(truth, "w", encoding="utf-8") as file:
            json.dump(dataclasses.asdict(found), file, indent=2, sort_keys=True)
            file.write("\n")


if __name__ == "__main__":
    if len(sys.argv) not in (4, 5) or sys.argv[1] not in KINDS:
        sys.exit(f"{__doc__}\nAttacks: {' '.join(ATTACKS)}\nHarmless: {' '.join(HARMLESS)}")
    main(*sys.argv[1:])
