"""Fixtures of the tests in Wireshark's own window.

SPDX-License-Identifier: GPL-2.0-or-later
"""
import pathlib
import re
import shutil
import subprocess
import sys

import pytest

sys.path[:0] = [str(pathlib.Path(__file__).parent), str(pathlib.Path(__file__).parents[1])]
from desktop import Desktop  # noqa: E402
from wireshark import PLUGIN, ROOT, SCREENSHOTS, Home, Wireshark  # noqa: E402

TOOLS = ("wireshark", "tshark", "Xvfb", "openbox", "xdotool", "xprop", "xclip", "import")


@pytest.fixture(scope="session")
def desktop():
    missing = [tool for tool in TOOLS if shutil.which(tool) is None]
    assert not missing, f"not installed: {' '.join(missing)}"
    assert PLUGIN.exists(), f"{PLUGIN} is not built"
    SCREENSHOTS.mkdir(exist_ok=True)
    screen = Desktop()
    yield screen
    screen.stop()


@pytest.fixture
def home():
    folder = Home()
    yield folder
    folder.remove()


@pytest.fixture
def start(desktop, home, request):
    """start(option, ...): Wireshark in a fresh home. Whatever is still running at the end of the
    test is killed; a picture of the screen stays of a test that failed."""
    running = []

    def run(*options, **more):
        running.append(Wireshark(desktop, home, *options, **more))
        return running[-1]

    yield run
    if getattr(request.node, "failed", False):
        name = re.sub(r"\W+", "-", request.node.name)
        desktop.screenshot(SCREENSHOTS / f"failed-{name}.png")
        for each in running:
            if not each.log.closed:
                print("Its status:", each.process.poll())
                print(each.errors())
    for each in running:
        each.kill()


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    outcome = yield
    if call.when == "call":
        item.failed = outcome.get_result().failed


@pytest.fixture(scope="session")
def generated(tmp_path_factory):
    """generated("office"): the path of a capture made by tests/generate/office.py; further words
    are its arguments."""
    folder = tmp_path_factory.mktemp("captures")
    made = {}

    def make(name, *options, kind=()):
        path = folder / f"{'-'.join([name, *kind])}.pcapng"
        if path not in made:
            subprocess.run(["/usr/bin/python3", ROOT / "tests/generate" / f"{name}.py", *kind, path,
                            *options], check=True, stdout=subprocess.DEVNULL)
            made[path] = True
        return path

    return make


@pytest.fixture
def sweep(home, generated):
    """A small capture in the work folder: 37 packets, one suspect with one strong finding."""
    return home.copy(generated("small", kind=["ping-sweep"]), "sweep.pcapng")
