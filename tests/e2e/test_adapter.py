"""Nothing but the Wireshark adapter knows Wireshark: not in its sources, not in its objects, not when it runs.

SPDX-License-Identifier: GPL-2.0-or-later
"""
import pathlib
import re
import shutil
import subprocess

import pytest

from conftest import BUILD, ROOT

WIRESHARK_LIBRARIES = ("libwireshark", "libwiretap", "libwsutil")
# What a layer may include from this project: itself and what lies before it.
LAYERS = {"tally": {"tally"}, "analysis": {"tally", "analysis"},
          "export": {"tally", "analysis", "export"}}
FOREIGN = {"glib.h", "glib/gstdio.h", "glib-object.h", "gio/gio.h", "sqlite3.h"}
GENERATED = {"config.h", "html_assets.h"}
C_AND_POSIX = {f"{name}.h" for name in (
    "arpa/inet", "assert", "ctype", "errno", "fcntl", "float", "inttypes", "limits", "locale", "math",
    "netinet/in", "stdarg", "stdbool", "stddef", "stdint", "stdio", "stdlib", "string", "sys/socket",
    "sys/file", "sys/stat", "sys/types", "time", "unistd")}


def run(*command, **more):
    return subprocess.run([str(word) for word in command], check=True, text=True,
                          capture_output=True, **more).stdout


def linked(program):
    """Path of each shared library that a program loads, those of its libraries included."""
    return re.findall(r"=> (\S+)", run("ldd", program))


def symbols(kind, path, *options):
    lines = run("nm", *options, f"--{kind}-only", path).splitlines()
    return {line.split()[-1].split("@")[0] for line in lines if re.match(r"[0-9a-f ]* ?\w \S+$", line)}


@pytest.fixture(scope="module")
def wireshark_symbols():
    libraries = [path for path in linked(shutil.which("tshark"))
                 if pathlib.Path(path).name.startswith(WIRESHARK_LIBRARIES)]
    assert len(libraries) == len(WIRESHARK_LIBRARIES)
    found = set().union(*(symbols("defined", path, "-D") for path in libraries))
    assert {"col_get_text", "wtap_open_offline", "report_failure"} <= found
    return found


@pytest.mark.parametrize("layer", LAYERS)
def test_objects_reference_no_wireshark_symbol(layer, wireshark_symbols):
    library = BUILD / "plugin" / f"libhg_{layer}.a"
    needed = symbols("undefined", library)
    assert any(name.startswith("g_") for name in needed), "nm sees nothing"
    assert needed & wireshark_symbols == set()


def test_the_door_itself_does(wireshark_symbols):
    """Else the test above could not fail."""
    plugin = BUILD / "plugin" / "wireshark" / "hostgraph.so"
    assert "register_tap_listener" in symbols("undefined", plugin, "-D") & wireshark_symbols


@pytest.mark.parametrize("layer", LAYERS)
def test_sources_include_only_layers_before_them(layer):
    files = sorted((ROOT / "plugin" / layer).rglob("*.[ch]"))
    assert files
    wrong = []
    for file in files:
        for quote, name in re.findall(r'^\s*#\s*include\s*([<"])([^>"]+)', file.read_text(), re.M):
            if quote == "<":
                right = name in FOREIGN | C_AND_POSIX
            elif name in GENERATED or (file.parent / name).exists():
                right = ".." not in name
            else:
                right = name.split("/")[0] in LAYERS[layer] and (ROOT / "plugin" / name).exists()
            if not right:
                wrong.append(f"{file.relative_to(ROOT)}: {name}")
    assert wrong == []


def test_replay_runs_without_wireshark():
    program = BUILD / "tests" / "hostgraph-replay"
    names = [pathlib.Path(path).name for path in linked(program)]
    assert any(name.startswith("libglib") for name in names), "ldd sees nothing"
    assert [name for name in names if name.startswith(WIRESHARK_LIBRARIES)] == []
    script = "1.5 10.0.0.1 10.0.0.2 UDP udp=1000:2000 len=60\n"
    report = run(program, "text=yes", "-", input=script)
    assert "10.0.0.1" in report and "10.0.0.2" in report
