"""User names are told, and nothing else that is typed or sent where one could stand: at Telnet prompts, in mail
protocols, FTP, forms and addresses.

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
import named  # noqa: E402
import typed  # noqa: E402

KINDS = {"typed": typed.SCENES, "named": named.SCENES}
NOT_KNOWN = "with a user name that is not known"
ONE_BY_ONE = "set=cleartext-login.logins=1000000"


@pytest.fixture(scope="module")
def made(installed_tshark):
    """{kind: (capture, truth)}"""
    answer = {}
    for kind in KINDS:
        capture, truth = (installed_tshark.folder / f"{kind}.{end}" for end in ("pcapng", "json"))
        subprocess.run([sys.executable, str(GENERATE / f"{kind}.py"), str(capture), str(truth)], check=True)
        answer[kind] = capture, json.loads(truth.read_text())
    return answer


def users_of(record):
    """{client: [user, ...]}, "" for one that is not known."""
    found = {}
    for finding in record["findings"]:
        if finding["rule"] == "cleartext-login":
            found.setdefault(finding["host"], []).extend(
                re.findall(r'as user "([^"]*)"', finding["evidence"]) + [""] * (NOT_KNOWN in finding["evidence"]))
    return found


@pytest.fixture(scope="module")
def told(installed_tshark, made):
    return {kind: users_of(installed_tshark.json(capture, ONE_BY_ONE)) for kind, (capture, _) in made.items()}


@pytest.mark.parametrize("kind, name", [(kind, name) for kind, names in KINDS.items() for name in names])
def test_user_names(made, told, kind, name):
    scene = made[kind][1]["scenes"][name]
    assert told[kind].get(scene["client"], []) == scene["users"]


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_else(tshark, made, kind):
    """However much of the hosts is shown; their Info texts are another matter, and left out."""
    capture, truth = made[kind]
    files = ["a.json", "a.ndjson", "a.html", "a.graphml", "a.csv"]
    done = tshark.hostgraph(capture, "top=0", *(f"export={file}" for file in files))
    texts = [done.out] + [(tshark.work / file).read_text("utf-8") for file in files if (tshark.work / file).exists()]
    assert len(texts) >= len(files)
    for secret in truth["secrets"]:
        assert not [text for text in texts if secret in text], secret
