"""A tshark that has the plugin just built, and the real captures; tests that need a capture skip where
it is absent.

SPDX-License-Identifier: GPL-2.0-or-later
"""
import pathlib
import re
import sys

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from tshark import BUILD, CAPTURES, ROOT, opened  # noqa: E402, F401


@pytest.fixture(scope="session")
def installed_tshark():
    with opened() as tshark:
        yield tshark


@pytest.fixture
def tshark(installed_tshark):
    installed_tshark.clear()
    yield installed_tshark
    installed_tshark.clear()


def captures():
    """Names of the real captures, for parametrize."""
    if not CAPTURES.is_dir():
        return []
    return sorted(path.name for path in CAPTURES.iterdir()
                  if re.search(r"\.(pcap|pcapng|cap)(\.gz)?$", path.name))


@pytest.fixture
def capture():
    """Path of a real capture by its name."""
    def find(name):
        path = CAPTURES / name
        if not path.exists():
            pytest.skip(f"no {path}")
        return path
    return find
