"""What is typed at Telnet prompts: user names are told, and nothing else that is typed.

SPDX-License-Identifier: GPL-2.0-or-later
"""
import json
import pathlib
import re
import subprocess
import sys

import pytest

GENERATE = pathlib.Path(__file__).resolve().parents[1] / "generate"
sys.path.insert(0, str(GENERATE))
import typed  # noqa: E402


@pytest.fixture(scope="module")
def made(installed_tshark):
    """(capture, truth)"""
    capture, truth = (installed_tshark.folder / f"typed.{kind}" for kind in ("pcapng", "json"))
    subprocess.run([sys.executable, str(GENERATE / "typed.py"), str(capture), str(truth)], check=True)
    return capture, json.loads(truth.read_text())


def users(record):
    """{client: [user, ...]}"""
    found = {}
    for finding in record["findings"]:
        if finding["rule"] == "cleartext-login":
            found.setdefault(finding["host"], []).extend(
                re.findall(r'as user "([^"]*)"', finding["evidence"]))
    return found


@pytest.fixture(scope="module")
def told(installed_tshark, made):
    return installed_tshark.json(made[0])


@pytest.mark.parametrize("name", typed.SCENES)
def test_user_names(made, told, name):
    scene = made[1]["scenes"][name]
    expected = [scene["user"]] if scene["user"] else []
    assert users(told).get(scene["client"], []) == expected


def test_nothing_else_that_was_typed(tshark, made):
    capture, truth = made
    files = ["a.json", "a.ndjson", "a.html", "a.graphml", "a.csv"]
    hosts = [f"suspect={scene['client']}" for scene in truth["scenes"].values()]
    done = tshark.hostgraph(capture, "top=0", *hosts, *(f"export={file}" for file in files))
    texts = [done.out] + [path.read_text("utf-8") for path in tshark.work.iterdir() if path.is_file()]
    assert len(texts) > len(files)
    for secret in truth["secrets"]:
        assert not [text[:60] for text in texts if secret in text], secret
