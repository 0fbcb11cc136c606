"""Wireshark's other programs that load plugins, sharkd and rawshark: they give what they give without
the plugin, and know its fields. Both come with wireshark-common on Debian.

SPDX-License-Identifier: GPL-2.0-or-later
"""
import json
import shutil
import subprocess

import pytest

from tshark import BUILD, ROOT

GENERATE = ROOT / "tests/generate"
MARKED = 'hostgraph.suspect && hostgraph.finding == "port-scan"'


def needs(program):
    return pytest.mark.skipif(shutil.which(program) is None,
                              reason=f"this Wireshark was packaged without {program}")


@pytest.fixture
def office(tshark):
    path = tshark.work / "office.pcapng"
    subprocess.run(["/usr/bin/python3", GENERATE / "office.py", path], check=True,
                   stdout=subprocess.DEVNULL)
    return path


@pytest.fixture
def hostile(tshark):
    path = tshark.work / "hostile.pcapng"
    subprocess.run(["/usr/bin/python3", GENERATE / "hostile.py", path], check=True)
    return path


@pytest.fixture
def run(tshark, tmp_path_factory):
    """run(program, argument, ..., text, plugin=True): what it printed; its status is 0."""
    without = tshark.folder / "without"
    if not without.exists():
        subprocess.run([ROOT / "tests/plugins.sh", without], check=True)

    def start(*command, text, plugin=True):
        environment = dict(tshark.environment)
        if not plugin:
            environment["WIRESHARK_PLUGIN_DIR"] = str(without)
        done = subprocess.run([*tshark.become, *map(str, command)], input=text, cwd=tshark.work,
                              env=environment, capture_output=True, timeout=120)
        assert done.returncode == 0, done
        assert b"ostgraph" not in done.stderr.replace(bytes(tshark.folder), b""), done.stderr
        return done.stdout

    return start


def sharkd(run, *requests, plugin=True):
    """The answers to requests (method, {parameter: value}), in their order."""
    lines = [json.dumps({"jsonrpc": "2.0", "id": number, "method": method, "params": parameters})
             for number, (method, parameters) in enumerate(requests, 1)]
    lines.append(json.dumps({"jsonrpc": "2.0", "id": len(requests) + 1, "method": "bye"}))
    printed = run("sharkd", "-", text="\n".join(lines + [""]).encode(), plugin=plugin)
    answers = [json.loads(line) for line in printed.splitlines() if line.strip()]
    assert [answer["id"] for answer in answers] == list(range(1, len(lines) + 1)), printed
    return answers[:-1]


def numbers(answer):
    return [int(frame["num"]) for frame in answer["result"]]


@needs("sharkd")
@pytest.mark.parametrize("name", ["office", "hostile"])
def test_sharkd_as_without_the_plugin(run, request, name):
    path = request.getfixturevalue(name)
    requests = [("load", {"file": str(path)}), ("status", {}), ("analyse", {}), ("frames", {}),
                ("frames", {"filter": "arp || dns"}), ("frame", {"frame": 9, "proto": True}),
                ("tap", {"tap0": "conv:IPv4", "tap1": "endpt:IPv4", "tap2": "expert"})]
    answers = sharkd(run, *requests)
    assert len(numbers(answers[3])) == answers[1]["result"]["frames"] > 9
    assert without_trees(answers) == without_trees(sharkd(run, *requests, plugin=False))


def without_trees(answers):
    """The numbers of subtrees ("e") count what protocols registered before; all else stays."""
    def strip(value):
        if isinstance(value, dict):
            return {key: strip(each) for key, each in value.items() if key != "e"}
        return [strip(each) for each in value] if isinstance(value, list) else value

    return strip(answers)


@needs("sharkd")
def test_sharkd_marks(run, tshark, office):
    """As tshark does in its second pass; again after the file was loaded again."""
    expected = [int(number) for number in tshark(
        "-2", "-r", office, "-o", "hostgraph.mark:TRUE", "-Y", MARKED, "-T", "fields", "-e",
        "frame.number").out.split()]
    load = ("load", {"file": str(office)})
    # sharkd remembers what a filter gave, also for the next file: it is spelled anew each time.
    first, second, third = (("frames", {"filter": "(" * deep + MARKED + ")" * deep})
                            for deep in range(3))
    answers = sharkd(run, load, first, ("setconf", {"name": "hostgraph.mark", "value": "TRUE"}),
                     load, second, load, third, ("frame", {"frame": expected[0], "proto": True}))
    assert numbers(answers[1]) == []
    assert numbers(answers[4]) == numbers(answers[6]) == expected != []
    tree = next(each for each in answers[7]["result"]["tree"] if each.get("f") == "hostgraph")
    assert any(each["f"].startswith("hostgraph.suspect == ") for each in tree["n"])


@needs("sharkd")
def test_sharkd_is_asked_for_what_is_not_there(run, office):
    load, bad = ("load", {"file": str(office)}), "hostgraph.no.such"
    answers = sharkd(run, ("frames", {"filter": "hostgraph.suspect"}),
                     ("load", {"file": f"{office}.missing"}), load, ("frames", {"filter": bad}),
                     ("tap", {"tap0": "stat:hostgraph"}),
                     ("tap", {"tap0": "nstat:hostgraph-table,hosts"}), ("status", {}))
    assert all("error" in answers[number] for number in (1, 3, 4, 5)), answers
    assert answers[6]["result"]["frames"] > 0


@needs("rawshark")
@pytest.mark.parametrize("name", ["office", "hostile"])
def test_rawshark_as_without_the_plugin(run, tshark, request, name):
    path = request.getfixturevalue(name)
    subprocess.run(["editcap", "-F", "pcap", path, tshark.folder / "raw.pcap"], check=True)
    data = (tshark.folder / "raw.pcap").read_bytes()
    command = ["rawshark", "-s", "-r", "-", "-d", "encap:1", "-F", "ip.src", "-F", "frame.len",
               "-R", "tcp"]
    expected = run(*command, text=data, plugin=False)
    assert len(expected.splitlines()) > 10
    assert run(*command, text=data) == expected
    # One pass, so nothing is marked; the fields are known.
    assert run(*command, "-o", "hostgraph.mark:TRUE", text=data) == expected
    marked = run(*command[:-1], "hostgraph.suspect", "-o", "hostgraph.mark:TRUE", text=data)
    assert len(marked.splitlines()) == len(expected.splitlines())
    assert not [line for line in marked.splitlines()[1:] if line.split()[-2] != b"0"]


def test_no_lua_is_needed():
    """Wireshark may be built without: nothing of it is asked for."""
    needed = subprocess.run(["nm", "-D", "--undefined-only",
                             BUILD / "plugin/wireshark/hostgraph.so"],
                            capture_output=True, text=True, check=True).stdout
    assert "funnel_get_funnel_ops" in needed
    assert "lua" not in needed.lower()
