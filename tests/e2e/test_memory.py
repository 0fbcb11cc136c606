"""valgrind finds neither a leak nor an error of ours in a run of tshark.

SPDX-License-Identifier: GPL-2.0-or-later
"""
import pathlib
import subprocess
import sys

import pytest

from valgrind import command, findings, ours

GENERATE = pathlib.Path(__file__).resolve().parents[1] / "generate"
sys.path.insert(0, str(GENERATE))
import together  # noqa: E402

EVERYTHING = ("export=a.json", "export=a.graphml", "export=a.dot", "export=a.csv",
              "suspect=10.20.0.27", "trace=10.20.0.24", "protocol=tcp", "protocol=smb2",
              "rule=-volume-outlier", "set=port-scan.ports=20", "filter=ip")


def valgrind(tshark, *arguments, program="tshark"):
    """(what the program left behind, what valgrind found)"""
    found = tshark.work / "valgrind.xml"
    first, *words = command(found)
    done = tshark(*words, program, *arguments, program=first)
    return done, findings(found)


@pytest.fixture
def office(tshark):
    path = tshark.work / "office.pcapng"
    subprocess.run([sys.executable, str(GENERATE / "office.py"), str(path)], check=True)
    return path


@pytest.mark.parametrize("options", [(), ("evidence=no",), EVERYTHING], ids=(
    "evidence", "no evidence", "everything"))
def test_tshark_run(tshark, office, options):
    done, stacks = valgrind(tshark, "-q", "-r", office, "-z", ",".join(("hostgraph", *options)))
    assert done.status == 0, done
    assert "10.20.0.24" in done.out
    assert ours(stacks) == {}


@pytest.mark.parametrize("how", ("taps", "first pass"))
def test_each_message(tshark, how):
    """Logins and remote control: all kinds of messages, and the same cut short."""
    whole, cut = tshark.work / "whole.pcapng", tshark.work / "cut.pcapng"
    for kind in together.KINDS:
        together.write(kind, tshark.work / f"{kind}.part", tshark.work / "truth")
    parts = sorted(tshark.work.glob("*.part"))
    for path in (*parts, tshark.work):
        path.chmod(0o777)
    assert tshark("-a", "-w", whole, *parts, program="mergecap").status == 0
    assert tshark("-s", "110", whole, cut, program="editcap").status == 0
    for capture in (whole, cut):
        words = ("-q", "-r", capture, "-z", "hostgraph") if how == "taps" else \
            ("-2", "-o", "hostgraph.mark:TRUE", "-q", "-r", capture)
        done, stacks = valgrind(tshark, *words)
        assert done.status == 0, done
        assert ours(stacks) == {}


def test_refused_option(tshark, office):
    done, stacks = valgrind(tshark, "-q", "-r", office, "-z", "hostgraph,suspect=10.0.0.1,nonsense")
    assert done.status == 1, done
    assert ours(stacks) == {}


def test_leaks_are_seen(tshark):
    """Else nothing above could fail: a program that leaks on purpose, as a plugin would."""
    source, library = tshark.work / "leak.c", tshark.work / "leaky.so"
    source.write_text("#include <stdlib.h>\nvoid leak(void);\n"
                      "void leak(void) { *(char volatile *)malloc(9) = 1; }\n")
    subprocess.run(["gcc", "-g", "-O0", "-shared", "-fPIC", "-o", library, source], check=True)
    main, program = tshark.work / "main.c", tshark.work / "leaky"
    main.write_text('#include <dlfcn.h>\nint main(int n, char **v) {\n'
                    '  void *so = dlopen(v[n - 1], RTLD_NOW);\n'
                    '  ((void (*)(void))dlsym(so, "leak"))();\n  return dlclose(so);\n}\n')
    subprocess.run(["gcc", "-g", "-o", program, main], check=True)
    done, stacks = valgrind(tshark, library, program=program)
    assert done.status == 0, done
    assert "Leak_DefinitelyLost" in ours(stacks, "leaky.so")
