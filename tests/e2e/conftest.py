"""A tshark that has the plugin just built, and the real captures. captures.txt names them, so that the
same tests are there with and without their folder: a test of a capture that is absent is skipped, and
says why.

SPDX-License-Identifier: GPL-2.0-or-later
"""
import pathlib
import sys

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from tshark import BUILD, CAPTURES, CASES, ROOT, opened  # noqa: E402, F401


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
    return pathlib.Path(__file__).with_name("captures.txt").read_text().split()


def real(name):
    """Path of a real capture; skips the test where it is absent."""
    assert name in captures(), f"captures.txt does not name {name}"
    if not CAPTURES.is_dir():
        pytest.skip(f"no captures in {CAPTURES} (HOSTGRAPH_CAPTURES)")
    if not (CAPTURES / name).exists():
        pytest.skip(f"no {name} in {CAPTURES} (HOSTGRAPH_CAPTURES)")
    return CAPTURES / name


@pytest.fixture
def capture():
    """capture(name): the path of a real capture."""
    return real


def case_of(name):
    """Path of the small capture of a case, named without its suffix; skips the test where it is absent."""
    found = list(CASES.glob(f"{name}.pcap*"))
    if not found:
        pytest.skip(f"no {name} in {CASES} (HOSTGRAPH_CAPTURES)")
    return found[0]


@pytest.fixture(scope="session")
def case():
    """case(name): the path of the small capture of a case."""
    return case_of
