"""The page traces as the C code does: both run on the same packets, for many hosts and times.

SPDX-License-Identifier: GPL-2.0-or-later
"""
import collections
import re

import pytest

import browser
import pages
from conftest import ROOT, real

pytestmark = browser.needs_chromium
chromium = browser.chromium

REAL = ["scan_syn_nmap.pcapng", "lan_mixed_1kxun.pcap", "worm_wannacry_smb_s256.pcapng", "newdevice_week2.pcap",
        "lan_netbeui_ipx_win98.pcap", "ipv6_http.pcap"]

TRACE = """
const [id, direction, at] = arguments;
const {data, contacts, trace} = hostgraph;
const host = data.host(id);
const when = at === null ? null : BigInt(at);
const r = direction === "forward" ? trace.forward([{host, at: when}]) : trace.backward(host, when);
return {reached: r.order.map((h) => ({host: data.hosts.id[h], hops: r.hops[h], frame: contacts.frame[r.contact[h]],
  via: data.hosts.id[r.via[h]], protocol: data.protocols[contacts.protocol[r.contact[h]]].name,
  payload: Boolean(r.loaded[h])})), untimed: trace.untimed([host])};
"""
FACTS = ("host", "hops", "frame", "via", "protocol", "payload")


def nanoseconds(text):
    seconds, _, rest = text.partition(".")
    return int(seconds) * 10**9 + int(rest.ljust(9, "0"))


def compare_traces(chromium, record, asked, base, same=None):
    """`asked`: pairs of host and time (epoch seconds as text), as they were given to trace=."""
    compared = 0
    traces = collections.defaultdict(list)
    for trace in record["traces"]:
        traces[trace["host"], trace["direction"]].append(trace)
    for host, at in asked:
        for direction in ("forward", "backward"):
            expected = traces[host, direction].pop(0)
            since = None if at is None else str(nanoseconds(at) - base)
            got = chromium.js(TRACE, host, direction, since)
            reached = [{fact: r[fact] for fact in FACTS} for r in expected["reached"]]
            (same or exactly)(got["reached"], reached, host)
            if direction == "forward":
                assert got["untimed"] == expected["untimed_count"]
            compared += len(reached)
    assert compared > len(asked), "next to nothing was reached"


def exactly(got, expected, host):
    assert got == expected, host


def questions(record, hosts, times):
    """Hosts from all over the list, each at several times: from none given to late."""
    nodes = [n for n in record["nodes"] if n["scope"] not in ("multicast", "broadcast", "unspecified")]
    chosen = nodes[::max(1, len(nodes) // hosts)][:hosts]
    first, last = record["graph"]["first"], record["graph"]["last"]
    for node in chosen:
        yield node["id"], None
        for n in range(1, times):
            yield node["id"], f"{first + (last - first) * n / times:.6f}"


def ask(asked):
    return [f"trace={host}" + ("" if at is None else f"@{at}") for host, at in asked]


@pytest.mark.parametrize("name", ["office", *REAL])
def test_traces_of_captures(chromium, tshark, name):
    if name == "office":
        capture = tshark.work / "office.pcapng"
        pages.subprocess.run(["/usr/bin/python3", ROOT / "tests" / "generate" / "office.py", capture], check=True)
    else:
        capture = real(name)
    record = tshark.json(capture)
    asked = list(questions(record, 25, 4))
    page = tshark.work / "page.html"
    # Both files in one run.
    done = tshark.hostgraph(capture, "text=no", f"export={page}", "export=record.json", *ask(asked))
    assert page.exists(), done
    record = pages.json.loads((tshark.work / "record.json").read_text(encoding="utf-8"))
    chromium.open(page)
    base = nanoseconds(chromium.js("return hostgraph.data.graph.base"))
    assert not chromium.js("return hostgraph.contacts.merged")
    compare_traces(chromium, record, asked, base)
    chromium.assert_quiet(page)


def bursts(packets):
    """Twelve hosts in long exchanges that change partners: more than the page holds one by one."""
    chance = pages.random.Random(7)
    lines, ns = [], 0
    while len(lines) < packets:
        a, b = chance.sample(range(1, 13), 2)
        for _ in range(chance.randrange(1, 400)):
            ns += chance.randrange(1, 2_000_000)
            x, y = (a, b) if chance.random() < 0.6 else (b, a)
            payload = chance.choice((0, 0, 700))
            lines.append(f"{pages.moment(ns)} 10.0.0.{x} 10.0.0.{y} TCP tcp=1:2:A len=760 payload={payload}")
    return "\n".join(lines) + "\n"


def test_traces_of_shortened_exchanges(chromium, tmp_path):
    script = bursts(110_000)
    _, record = pages.replay(tmp_path, script, name="first")
    asked = list(questions(record, 12, 6))
    path, record = pages.replay(tmp_path, script, *ask(asked))
    chromium.open(path)
    assert chromium.js("return hostgraph.contacts.merged && hostgraph.contacts.carrying") == script.count("\n")
    assert chromium.js("return hostgraph.contacts.count") < script.count("\n") / 5
    assert "first and last packets are kept" in chromium.text("#panel-body")

    def same(got, expected, host):
        """Who, in how many hops, by whom, with payload: the same. When: the same but for the first host's own."""
        facts = lambda list_: {r["host"]: (r["hops"], r["via"], r["payload"]) for r in list_}
        assert facts(got) == facts(expected)
        frames = {r["host"]: r["frame"] for r in expected}
        assert [r["host"] for r in got if r["frame"] != frames[r["host"]] and r["via"] != host] == []

    base = nanoseconds(chromium.js("return hostgraph.data.graph.base"))
    compare_traces(chromium, record, asked, base, same)
    compare_traces(chromium, {"traces": [t for t in record["traces"]]}, [asked[0]], base)  # no time given: exact
    chromium.assert_quiet(path)


def test_page_without_times(chromium, tmp_path):
    """Traces follow the order of the file, nothing is dated, and the page complains of nothing."""
    pairs = [(1, 2), (2, 3), (3, 4), (2, 1), (4, 5), (1, 6)]
    script = "\n".join(f"- 10.0.0.{a} 10.0.0.{b} TCP tcp=1:2:PA payload=9" for a, b in pairs)
    asked = [(f"10.0.0.{n}", None) for n in range(1, 7)]
    page, record = pages.replay(tmp_path, script, "suspect=10.0.0.1", *ask(asked), name="timeless")
    assert record["graph"]["first"] is None
    chromium.open(page)
    compare_traces(chromium, record, asked, 0)
    text = chromium.js("return document.body.innerText")
    assert "The packets have no times." in text and not re.search(r"\b(19|20)\d\d-\d\d-\d\d", text)
    chromium.assert_quiet(page)


def test_arp_is_no_contact(chromium, tmp_path):
    """As in the other exports: an ARP reply of a suspect's MAC contacts nobody."""
    suspect, asker, other = (f"02:00:00:00:00:{n:02x}" for n in (66, 9, 7))
    everybody = "ff:ff:ff:ff:ff:ff"
    script = f"""1 {asker} {everybody} ARP smac={asker}
arp {asker} 10.0.0.9 10.0.0.66
2 {suspect} {asker} ARP smac={suspect}
arp {suspect} 10.0.0.66 10.0.0.9 reply
3 {other} {everybody} ARP smac={other}
arp {other} 10.0.0.7 10.0.0.1
4 10.0.0.66 10.0.0.7 X udp=5000:5001 smac={suspect}
5 10.0.0.9 10.0.0.8 X udp=5000:5001 smac={asker}
"""
    page, record = pages.replay(tmp_path, script, "suspect=10.0.0.66", name="arp")
    chromium.open(page)
    chromium.js("hostgraph.story.only(hostgraph.data.host('10.0.0.66'))")
    roles = chromium.js("return hostgraph.data.hosts.id.map((id, h) => [id, hostgraph.story.role(h, null)])")
    assert dict(roles)["10.0.0.7"] == dict(roles)[other] == "contacted"
    assert dict(roles)["10.0.0.9"] == dict(roles)[asker] == "other"
    assert " It contacted 1 and " in chromium.text("#panel-body").replace("\u00a0", " ")  # with both its addresses
    assert {id_: {"other": "none"}.get(role, role) for id_, role in roles} == {
        node["id"]: node["reach"] for node in record["nodes"]}
    chromium.assert_quiet(page)
