// keyboard.js - keys, and the help that lists them
// SPDX-License-Identifier: GPL-2.0-or-later
hg.keyboard = (function () {
  const {el} = hg;
  const pan = (dx, dy) => () => hg.map.panBy(dx, dy);

  // The next or previous host by traffic.
  function step(by) {
    const order = hg.view.nodes().filter((node) => node.host >= 0).sort((a, b) => b.bytes - a.bytes);
    if (!order.length) return;
    const at = order.findIndex((node) => node.host === hg.state.selected);
    hg.select(order[(at + by + order.length) % order.length].host);
  }

  const KEYS = [
    [["/"], "find a host", () => hg.search.focus()],
    [["ArrowLeft"], "", pan(60, 0)], [["ArrowRight"], "", pan(-60, 0)],
    [["ArrowUp"], "", pan(0, 60)], [["ArrowDown"], "move the map", pan(0, -60)],
    [["+", "="], "zoom in", () => hg.map.zoomBy(1.4)], [["-"], "zoom out", () => hg.map.zoomBy(1 / 1.4)],
    [["0"], "show all", () => hg.map.fit()],
    [["1"], "layout: force", () => hg.setLayout("force")], [["2"], "layout: circle", () => hg.setLayout("circle")],
    [["3"], "layout: rings around the flagged", () => hg.setLayout("rings")],
    [["]"], "next host by traffic", () => step(1)], [["["], "previous host", () => step(-1)],
    [["f"], "flag the selected host, or remove its flag", flag],
    [[" "], "play or pause the replay", () => hg.replay.toggle()], [["n"], "on to the next hop",
      () => hg.replay.nextHop()],
    [["Home"], "to the first packet", () => hg.replay.setShare(0)], [["End"], "the whole capture",
      () => hg.replay.setTime(null)],
    [["t"], "dark or light", () => hg.theme.toggle()],
    [["Escape"], "select nothing", () => { hg.filterBox.close(); hg.select(-1); }],
    [["?"], "this help", help],
  ];
  const SHOWN = {ArrowDown: "arrows", " ": "space"};

  function flag() {
    const h = hg.state.selected;
    if (h < 0 || !hg.data.hosts.unicast[h]) return;
    if (hg.story.flags.has(h)) hg.story.unflag(h);
    else hg.story.flag(h);
  }

  function help() {
    const box = hg.byId("help-box");
    if (box.open) return box.close();
    hg.replace(box, el("h2", {}, "Keys"), el("dl", {class: "keys"}, KEYS.filter(([, what]) => what).map(([keys,
      what]) =>
      el("div", {}, el("dt", {}, el("kbd", {}, SHOWN[keys[0]] || keys[0])), el("dd", {}, what)))),
    el("h2", {}, "How to read it"),
    el("p", {}, "A trace follows packets in the order in which they were sent: whoever got one from a host that could have been " +
      "reached before could have been reached, too. Flag any host to see its trace."),
    el("p", {}, "This page holds all its data and loads nothing; its own policy forbids it."),
    el("details", {}, el("summary", {}, "Licence of d3"), el("pre", {}, hg.byId("d3-licence").textContent)),
    el("form", {method: "dialog", class: "buttons"}, el("button", {type: "button", autofocus: true,
      onclick: () => box.close()}, "Close")));
    return box.showModal();
  }

  function key(event) {
    const {target} = event;
    if (event.ctrlKey || event.metaKey || event.altKey || hg.byId("help-box").open) return;
    if (/^(INPUT|SELECT|TEXTAREA)$/.test(target.tagName) && event.key !== "Escape") return;
    if (/^(BUTTON|SUMMARY|TR)$/.test(target.tagName) && [" ", "Enter"].includes(event.key)) return;
    const found = KEYS.find(([keys]) => keys.includes(event.key) || keys.includes(event.key.toLowerCase()));
    // In the report arrows and Home scroll.
    if (!found || (target.closest && target.closest("#panel") && /^(Arrow|Home|End)/.test(event.key))) return;
    event.preventDefault();
    found[2]();
  }

  function init() {
    document.addEventListener("keydown", key);
    hg.byId("help").addEventListener("click", help);
  }

  return {init};
})();
