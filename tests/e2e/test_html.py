"""The host map in a browser: what it shows and does, and that it keeps to itself.

SPDX-License-Identifier: GPL-2.0-or-later
"""
import base64
import xml.etree.ElementTree as ElementTree

import pytest

import browser
import pages

pytestmark = browser.needs_chromium
chromium = browser.chromium
Keys = browser.Keys


def story(folder):
    """A scanner, a chain of three hops, one hop that came too early, and a host that sends no payload."""
    say = lambda ns, a, b, more="udp=1000:2000 len=100 payload=58": f"{pages.moment(ns)} {a} {b} UDP {more}"
    s = 10**9
    lines = [
        say(1 * s, "10.0.0.3", "10.0.0.5"),  # before 10.0.0.3 could have been reached
        *pages.scan("10.0.0.1", 2 * s, 60),
        say(10 * s, "10.0.0.1", "10.0.0.2"), say(11 * s, "10.0.0.2", "10.0.0.1"),
        say(20 * s + 7, "10.0.0.2", "10.0.0.3"), say(30 * s, "10.0.0.3", "203.0.113.9"),
        say(40 * s, "10.0.0.3", "10.0.0.4", "tcp=5000:80:S len=60"),
        say(41 * s, "10.0.0.7", "10.0.0.8"), say(42 * s, "10.0.0.7", "224.0.0.251"),
        say(43 * s, "10.0.0.2", "224.0.0.251"), 'name 10.0.0.3 files.example dns',
    ]
    return pages.replay(folder, "\n".join(lines) + "\n", "suspect=10.0.0.1", name="story")


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    return story(tmp_path_factory.mktemp("story"))


def test_everybody_is_drawn_in_their_role(chromium, told):
    path, record = told
    chromium.open(path)
    assert chromium.js("return hostgraph.map.drawn()") == len(record["nodes"])
    assert chromium.js("return hostgraph.view.edges().length") == len(record["edges"])
    exported = {"suspect": "suspect", "contacted": "contacted", "reached": "reached", "none": "other"}
    assert browser.roles(chromium) == {node["id"]: exported[node["reach"]] for node in record["nodes"]}
    hops = chromium.js("return hostgraph.data.hosts.id.map((id, h) => [id, hostgraph.story.hops(h)])")
    forward = next(t for t in record["traces"] if t["direction"] == "forward")
    assert {id: n for id, n in hops if n > 0} == {r["host"]: r["hops"] for r in forward["reached"]}
    assert dict(hops)["10.0.0.5"] == -1  # spoken to too early
    chromium.assert_quiet(path)


def test_click_shows_the_suspect(chromium, told):
    path, record = told
    chromium.open(path).click_node("10.0.0.1")
    assert chromium.js("return hostgraph.state.selected") == chromium.host("10.0.0.1")
    text = chromium.text("#panel-body")
    findings = [f for f in record["findings"] if f["host"] == "10.0.0.1"]
    assert findings
    for finding in findings:
        assert finding["title"] in text and finding["evidence"] in text
        assert finding["filter"] in [code.text for code in chromium.all("#panel-body code")]
    assert "ip.addr == 10.0.0.1" in text
    assert "61 peers" in text.replace("\u00a0", " ")
    chromium.keys(Keys.ESCAPE)
    assert chromium.js("return hostgraph.state.selected") == -1
    chromium.assert_quiet(path)


def test_replay_goes_hop_by_hop(chromium, told):
    path, record = told
    chromium.open(path)
    chromium.find("#to-start").click()
    chromium.wait("return hostgraph.map.drawn() < hostgraph.data.hostCount")
    assert chromium.js("return hostgraph.map.drawn()") == 2  # the two of the first packet
    forward = next(t for t in record["traces"] if t["direction"] == "forward")
    for number, reached in enumerate(forward["reached"], 1):
        chromium.find("#next-hop").click()
        said = chromium.text("#step")
        assert f"frame {reached['frame']}:" in said
        assert f"{reached['via']} \u2192 {reached['host']} ({reached['protocol']}), hop {reached['hops']}" in said
        now = chromium.js("return hostgraph.data.hosts.id.filter((id, h) => hostgraph.story.hops(h) > 0)")
        assert sorted(now) == sorted(r["host"] for r in forward["reached"][:number])
    chromium.find("#next-hop").click()
    assert chromium.js("return hostgraph.state.time") is None
    chromium.assert_quiet(path)


def test_play_and_pause(chromium, told):
    path, _ = told
    chromium.open(path)
    chromium.js("document.getElementById('speed').value = '25'")  # it must not end before the click
    chromium.find("#play").click()
    first = chromium.wait("return hostgraph.state.time")
    chromium.wait("return hostgraph.state.time > arguments[0] + 1 && hostgraph.map.drawn() >= 2", first)
    chromium.find("#play").click()
    assert not chromium.js("return hostgraph.replay.isPlaying()")
    then = chromium.js("return hostgraph.state.time")
    drawn = chromium.js("return hostgraph.map.drawn()")
    assert chromium.js("return hostgraph.state.time") == then
    assert 2 <= drawn < chromium.js("return hostgraph.data.hostCount")
    chromium.js("document.getElementById('speed').value = '8'")
    chromium.find("#play").click()
    chromium.wait("return hostgraph.state.time === null")
    chromium.wait("return hostgraph.map.drawn() === hostgraph.data.hostCount")
    chromium.assert_quiet(path)


@pytest.mark.parametrize("option, said", [
    ("duplicates=skip", "1 of 3 frames are copies of others"), ("duplicates=keep", "not looked for")])
def test_copies_are_said(chromium, tmp_path, option, said):
    copy = " copy" if option == "duplicates=skip" else ""
    script = f"1 10.0.0.1 10.0.0.2 X udp=1:2\n1.001 10.0.0.1 10.0.0.2 X udp=1:2{copy}\n2 10.0.0.2 10.0.0.1 X udp=2:1\n"
    page, record = pages.replay(tmp_path, script, option, name="copies")
    assert record["graph"]["copies"] == bool(copy)
    chromium.open(page)
    assert said in chromium.text("#panel-body").replace("\u00a0", " ")
    chromium.assert_quiet(page)


def test_search_and_flag_another_host(chromium, told, tmp_path):
    path, _ = told
    chromium.open(path).find("#search").send_keys("FILES.exam")
    assert [li.text.split()[0] for li in chromium.all("#search-results li")] == ["10.0.0.3"]
    chromium.find("#search").send_keys(Keys.ENTER)
    assert chromium.js("return hostgraph.state.selected") == chromium.host("10.0.0.3")
    chromium.find("#flag-only").click()
    now = browser.roles(chromium)
    assert {id for id, role in now.items() if role == "suspect"} == {"10.0.0.3"}
    assert {id for id, role in now.items() if role == "contacted"} == {"10.0.0.4", "10.0.0.5", "203.0.113.9"}
    assert "reached" not in now.values()
    chromium.keys("f")
    assert "suspect" not in browser.roles(chromium).values()
    chromium.find("#tab-summary").click()
    chromium.js("document.activeElement.blur(); hostgraph.story.reset()")
    assert browser.roles(chromium)["10.0.0.1"] == "suspect"
    chromium.assert_quiet(path)


def test_tables_sort_and_filter(chromium, told):
    path, record = told
    chromium.open(path).find("#tab-hosts").click()
    column = lambda n: [cell.text for cell in chromium.all(f"#panel-body tbody td:nth-child({n})")]
    expected = sorted(record["nodes"], key=lambda n: -n["bytes_sent"] - n["bytes_received"])
    assert column(1)[0].split()[0] == expected[0]["id"]
    chromium.find("th[data-column=peers] button").click()
    peers = [int(text) for text in column(6)]
    assert peers == sorted((n["peers"] for n in record["nodes"]), reverse=True)
    assert chromium.find("th[data-column=peers]").get_attribute("aria-sort") == "descending"
    chromium.find("th[data-column=peers] button").click()
    assert [int(text) for text in column(6)] == peers[::-1]
    chromium.find("#panel-body input[type=search]").send_keys("10.9.9.")
    assert len(column(1)) == 60
    chromium.assert_quiet(path)


def test_the_odd_port(chromium, tmp_path):
    """Forty clients of one server and one odd path: the page knows it by its server port."""
    lines = [f"{pages.moment(n * 10**9)} 10.3.0.{n + 1} 10.9.0.1 TLSv1.2 tcp={40000 + n}:443:S seq={n}" for n in range(40)]
    lines.append(f"{pages.moment(50 * 10**9)} 10.3.0.7 10.1.0.9 RDP tcp=50000:3389:S seq=1")
    path, _ = pages.replay(tmp_path, "\n".join(lines) + "\n")
    chromium.open(path).find("#tab-conversations").click()
    chromium.find("#panel-body input[type=search]").send_keys("3389/tcp")
    row = chromium.find("#panel-body tbody tr").text
    assert len(chromium.all("#panel-body tbody tr")) == 1 and "10.3.0.7" in row and "10.1.0.9" in row
    # Under the pointer, on the map.
    middle = """const edge = hostgraph.view.edges().find((edge) => hostgraph.data.hosts.id[edge.target.host] === "10.1.0.9");
        const [a, b] = [edge.source.at, edge.target.at];
        const at = {clientX: (a.x + b.x) / 2, clientY: (a.y + b.y) / 2};
        const area = document.getElementById("map").getBoundingClientRect();
        document.getElementById("map").dispatchEvent(new PointerEvent("pointermove", {
          clientX: area.left + at.clientX, clientY: area.top + at.clientY}));
        const tip = document.getElementById("tip");
        return tip.hidden ? "" : tip.textContent;"""
    chromium.wait("return hostgraph.map.isSettled()")
    chromium.wait("const say = () => { " + middle + " }; return say().includes('3389/tcp')")
    assert "10.3.0.7 \u2192 10.1.0.9" in chromium.js(middle)
    chromium.find("#filter-button").click()
    next(label for label in chromium.all("#filter-box label") if label.text == "3389/tcp (1)").find_element(
        "tag name", "input").click()
    assert chromium.js("return hostgraph.view.edges().map((edge) => [edge.source, edge.target].map((node) => "
                       "hostgraph.data.hosts.id[node.host]))") == [["10.3.0.7", "10.1.0.9"]]
    next(button for button in chromium.all("#filter-box button") if button.text == "Show all").click()
    assert chromium.js("return hostgraph.view.edges().length") == 41
    chromium.assert_quiet(path)


def test_filters(chromium, told):
    path, record = told
    chromium.open(path).find("#filter-button").click()
    names = [protocol["name"] for protocol in record["protocols"]]
    label = next(l for l in chromium.all("#filter-box label") if l.text.startswith("UDP"))
    label.click()
    assert chromium.js("return [...hostgraph.filters.now.protocols]") == [names.index("UDP")]
    edges = [e for e in record["edges"] if "UDP" in e["protocols"]]
    left = {e["source"] for e in edges} | {e["target"] for e in edges}
    chromium.wait("return hostgraph.map.drawn() === arguments[0]", len(left))
    label = next(l for l in chromium.all("#filter-box label") if l.text == "external")
    label.click()  # both ends external: only the flagged host stays
    chromium.wait("return hostgraph.map.drawn() === 1")
    chromium.js("hostgraph.filters.set({protocols: new Set(), scopes: new Set(), bytes: 110})")
    edges = [e for e in record["edges"] if e["bytes"] >= 110]
    left = {e["source"] for e in edges} | {e["target"] for e in edges} | {"10.0.0.1"}
    chromium.wait("return hostgraph.map.drawn() === arguments[0]", len(left))
    chromium.assert_quiet(path)


def test_layouts_themes_and_keys(chromium, told):
    path, record = told
    chromium.open(path)
    circle = "return hostgraph.view.nodes().map((n) => Math.hypot(n.x, n.y))"
    chromium.keys("2")
    chromium.wait("return hostgraph.map.isSettled() && hostgraph.state.layout === 'circle'")
    far = chromium.wait(f"const far = (() => {{ {circle} }})(); "
                        "return Math.max(...far) - Math.min(...far) < 0.01 && far")
    assert len(far) == len(record["nodes"]) and far[0] > 100
    chromium.keys("3")
    ring = "const n = hostgraph.view.nodeOf(hostgraph.data.host(arguments[0])); return Math.hypot(n.x, n.y)"
    chromium.wait("return hostgraph.state.layout === 'rings' && hostgraph.map.isSettled()")
    distances = [chromium.js(ring, f"10.0.0.{n}") for n in (1, 2, 3, 4, 7)]
    assert distances[0] < 1 and distances == sorted(distances) and len(set(distances)) == 5
    dark = chromium.js("return hostgraph.theme.name()")
    chromium.keys("t")
    assert chromium.js("return hostgraph.theme.name()") != dark
    chromium.keys("]")
    assert chromium.js("return hostgraph.data.hosts.id[hostgraph.state.selected]") == "10.0.0.1"
    chromium.keys("?")
    assert "Mike Bostock" in chromium.text("#help-box")
    chromium.keys(Keys.ESCAPE)
    chromium.assert_quiet(path)


def test_pictures(chromium, told):
    path, record = told
    chromium.open(path)
    svg = ElementTree.fromstring(chromium.js("return hostgraph.exportImage.svg()"))
    texts = [element.text for element in svg.iter("{http://www.w3.org/2000/svg}text")]
    assert "10.0.0.1" in " ".join(texts) and "red-flagged" in texts
    assert {element.tag.split("}")[1] for element in svg.iter()} == {"svg", "title", "rect", "path", "text"}
    png = base64.b64decode(chromium.driver.execute_async_script("""
        const done = arguments[arguments.length - 1];
        hostgraph.exportImage.png((blob) => blob.arrayBuffer().then((buffer) =>
          done(btoa(Array.from(new Uint8Array(buffer), (b) => String.fromCharCode(b)).join("")))));"""))
    width = chromium.js("return hostgraph.map.frame().width")
    assert png[:8] == b"\x89PNG\r\n\x1a\n" and int.from_bytes(png[16:20], "big") == 2 * width
    chromium.assert_quiet(path)


def test_policy_forbids_to_load(chromium, told):
    """Else the check that nothing was loaded could not fail."""
    path, _ = told
    chromium.open(path)
    chromium.js("fetch('http://127.0.0.1:9/x').catch(() => {}); const i = new Image(); i.src = 'http://127.0.0.1:9/y';"
                "const s = document.createElement('script'); s.textContent = 'window.harm = 1'; document.body.append(s);")
    chromium.wait("return true")
    said = "\n".join(chromium.complaints())
    for directive in ("connect-src", "img-src", "script-src"):
        assert directive in said
    assert chromium.js("return window.harm") is None
