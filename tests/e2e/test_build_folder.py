"""What the scripts do to build folders: what the user set there stays, nothing tests an older build, and
the source may lie in whatever folder. cmake only configures here; building is left out.

SPDX-License-Identifier: GPL-2.0-or-later
"""
import json
import os
import pathlib
import re
import shutil
import subprocess

import pytest

from conftest import ROOT

# Before the real cmake: one that configures, but builds nothing and fails to.
CMAKE = """\
#!/bin/sh
[ "$1" != --build ] || { echo "this build fails"; exit 1; }
exec %s "$@"
"""


@pytest.fixture
def cannot_build(tmp_path):
    """Environment in which every build fails."""
    folder = tmp_path / "bin"
    folder.mkdir()
    (folder / "cmake").write_text(CMAKE % shutil.which("cmake"))
    (folder / "cmake").chmod(0o755)
    return {**os.environ, "PATH": f"{folder}:{os.environ['PATH']}", "HOSTGRAPH_BUILD": str(tmp_path / "build")}


def configure(source, build, *options):
    subprocess.run(["cmake", "-S", source, "-B", build, *options], check=True, capture_output=True)


def cache(build):
    """{variable: value}"""
    text = (build / "CMakeCache.txt").read_text()
    return dict(re.findall(r"^([A-Za-z_0-9]+):\w+=(.*)$", text, re.M))


def compiled(build):
    """{source: command}"""
    return {entry["file"]: entry["command"] for entry in json.loads((build / "compile_commands.json").read_text())}


def sources(source, build):
    """Relative to the source's folder; none that is generated."""
    paths = (pathlib.Path(file) for file in compiled(build))
    return {path.relative_to(source) for path in paths if source in path.parents and build not in path.parents}


def test_what_was_set_stays(tmp_path, cannot_build):
    """Configured by hand, with another generator and another name of the compiler, then by both scripts."""
    build = tmp_path / "build"
    d3 = tmp_path / "own d3.min.js"
    d3.write_text("d3")
    (tmp_path / "LICENSE").write_text("free")
    configure(ROOT, build, "-G", "Ninja Multi-Config", "-DCMAKE_C_FLAGS=-DOWN_FLAG", f"-DHOSTGRAPH_D3={d3}",
              "-DCMAKE_BUILD_TYPE=Debug", "-DOWN_VARIABLE=kept")
    before = cache(build)
    for script in (["packaging/try.sh"], ["tests/run.sh", "build_gcc"], ["packaging/try.sh"]):
        done = subprocess.run([ROOT / script[0], *script[1:]], env=cannot_build, capture_output=True, text=True)
        assert done.returncode == 1 and "this build fails" in done.stdout + done.stderr, done
        after = cache(build)
        for name in ("CMAKE_C_FLAGS", "HOSTGRAPH_D3", "CMAKE_BUILD_TYPE", "OWN_VARIABLE", "CMAKE_GENERATOR",
                     "CMAKE_C_COMPILER"):
            assert after[name] == before[name], (script, name)
    # -Werror is on from the first run of the tests, and stays on.
    commands = compiled(build)
    assert commands
    assert [file for file in commands if "-DOWN_FLAG" not in commands[file] or "-Werror" not in commands[file]] == []


def test_failed_build_is_not_tested(tmp_path, cannot_build):
    """What was built before lies there still."""
    done = subprocess.run([ROOT / "tests/run.sh", "e2e", "unit"], env=cannot_build, capture_output=True, text=True)
    assert done.returncode == 1
    lines = done.stdout.splitlines()
    assert lines[-1] == "0 passed, 3 failed, 0 skipped"
    assert {"failed: unit: not run: build_gcc failed", "failed: e2e: not run: build_gcc failed"} <= set(lines)


def test_brackets_and_blanks(tmp_path):
    """The same sources are found as anywhere else."""
    source = tmp_path / "a [b] c" / "hostgraph"
    for name in ("CMakeLists.txt", "cmake", "packaging", "plugin", "tests"):
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        source.mkdir(parents=True, exist_ok=True)
        copy(ROOT / name, source / name)
    configure(source, source / "build", "-G", "Ninja")
    configure(ROOT, tmp_path / "plain", "-G", "Ninja")
    plain = sources(ROOT, tmp_path / "plain")
    assert len(plain) > 100
    assert sources(source, source / "build") == plain
