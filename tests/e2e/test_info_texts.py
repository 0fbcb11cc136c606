"""What is kept of the Info text of every protocol that Wireshark can put into the Protocol column.

    tshark -G protocols | cut -f 2,3 | build/tests/hostgraph-evidence-page --info

prints the list for the Wireshark at hand. Here each of them has a treatment, and those that are kept whole are those
that packaging/evidence.md names; every other one is shortened, or nothing is kept of it.

SPDX-License-Identifier: GPL-2.0-or-later
"""
import re
import subprocess

import pytest
from conftest import BUILD, ROOT, captures

SECRET = "Zq7secretK9"
# In the words of dissectors, and of somebody who wants to get a secret through.
WORDINGS = (SECRET, f"x {SECRET}", f"Request: {SECRET}", f"C: {SECRET}", f"user={SECRET}", f"GET /?{SECRET} HTTP/1.1",
            f"Login: {SECRET}", f"Data: {SECRET}", f"[{SECRET}]", f"\"{SECRET}\"", f"(x='{SECRET}')",
            f"HTTP/1.1 200 {SECRET}", f"GET http://u:{SECRET}@h/ HTTP/1.1", f"Request, Path: \\{SECRET}",
            f"Response, Error: {SECRET}", f"5 > 6 {SECRET}")
TREATMENTS = {"nothing", "whole", "ports", "label", "status", "command", "request"}
# A label is made of words that a dissector writes first: what it shows there is no secret where a policy says label.
FIRST_WORDS = {"label", "status"}
# (frame, what is kept of its Info text)
FIRST_PACKETS = """
    SELECT ab_first_frame, ab_info FROM conversation_protocols WHERE ab_packets > 0
    UNION ALL SELECT ba_first_frame, ba_info FROM conversation_protocols WHERE ba_packets > 0"""


def kept(lines):
    """(protocol, treatment, text) of each (protocol, info)."""
    text = "".join(f"{protocol}\t{info}\n" for protocol, info in lines)
    printed = subprocess.run([BUILD / "tests/hostgraph-evidence-page", "--info"], input=text, check=True,
                             capture_output=True, text=True).stdout
    return [tuple(line.split("\t")) for line in printed.splitlines()]


@pytest.fixture(scope="module")
def protocols(installed_tshark):
    """Short names, as dissectors put them into the column, and their long names."""
    lines = [line.split("\t") for line in installed_tshark("-G", "protocols").out.splitlines()]
    names = sorted({line[1] for line in lines if len(line) > 1})
    assert len(names) > 1000
    return names


def documented():
    """{column: treatment} of the page; "*" stands for any end."""
    page = (ROOT / "packaging/evidence.md").read_text(encoding="utf-8")
    return dict(re.findall(r"^- Info of `(.+)`: (\w+)$", page, re.M))


def page_says(page, protocol):
    if protocol in page:
        return page[protocol]
    fits = [column for column in page if column.endswith("*") and protocol.startswith(column[:-1])]
    return page[max(fits, key=len)] if fits else "nothing"


def test_every_protocol_has_a_treatment(protocols):
    page = documented()
    assert set(page.values()) <= TREATMENTS - {"nothing"}
    for protocol, treatment, _ in kept([(name, "x") for name in protocols]):
        assert treatment == page_says(page, protocol), protocol


@pytest.mark.parametrize("wording", WORDINGS)
def test_no_protocol_but_those_kept_whole_lets_it_out(protocols, wording):
    for protocol, treatment, text in kept([(name, wording) for name in protocols]):
        if treatment == "whole" or (treatment in FIRST_WORDS and wording.startswith((SECRET, "x "))):
            continue
        assert SECRET not in text, (protocol, treatment, text)


def test_what_happened_is_still_said(tshark, capture):
    """Of the texts of first packets in all real captures, 95 of 100 still say something."""
    said, all_texts = 0, 0
    for name in captures():
        path = capture(name)
        done = tshark("-n", "-r", path, "-T", "tabs", "-o", 'gui.column.format:"No.","%m","Info","%i"')
        shown = {int(number): info.strip() for number, _, info in
                 (line.strip().partition("\t") for line in done.out.splitlines())}
        kept_texts = [text for frame, text in tshark.rows(path, FIRST_PACKETS, ()) if shown[frame]]
        all_texts += len(kept_texts)
        said += sum(map(bool, kept_texts))
    assert said >= 0.95 * all_texts, (said, all_texts)
