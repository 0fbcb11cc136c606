// timeline.js - when a suspect and its peers spoke: a lane for each peer
// SPDX-License-Identifier: GPL-2.0-or-later
hg.timeline = (function () {
  const {el, svg, format} = hg;
  const {hosts} = hg.data;
  const {contacts} = hg;
  const MOST = 40; // lanes
  const BINS = 240;
  const LANE = 20;
  const LEFT = 132;

  const subject = () => hg.state.selected >= 0 ? hg.state.selected : hg.story.flagged().find((h) => hosts.unicast[h]);

  // peer -> {peer, first, count, sent, got}: which bins have packets to it and from it.
  function lanes(host) {
    const result = new Map();
    const scale = hg.data.end > 0 ? BINS / hg.data.end : 0;
    for (let i = 0; i < contacts.count; i++) {
      const source = contacts.source(i);
      const target = contacts.target(i);
      if (source !== host && target !== host) continue;
      const peer = source === host ? target : source;
      if (!result.has(peer)) {
        result.set(peer, {peer, first: contacts.seconds[i], count: 0, sent: new Uint8Array(BINS),
          got: new Uint8Array(BINS)});
      }
      const lane = result.get(peer);
      const bin = Math.max(0, Math.min(BINS - 1, Math.floor(contacts.seconds[i] * scale)));
      lane[source === host ? "sent" : "got"][bin] = 1;
      lane.count++;
    }
    return [...result.values()].sort((a, b) => a.first - b.first);
  }

  // Neighbouring bins become one mark.
  function marks(bins, y, height, name, unit) {
    const list = [];
    for (let i = 0; i < BINS; i++) {
      if (!bins[i]) continue;
      const from = i;
      while (i + 1 < BINS && bins[i + 1]) i++;
      list.push(svg("rect", {class: name, x: LEFT + from * unit, y, width: Math.max(2, (i + 1 - from) * unit),
        height}));
    }
    return list;
  }

  // At most five, at steps that people count in.
  function ticks(end) {
    const steps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400, 43200, 86400];
    const step = steps.find((s) => end / s <= 5);
    return step && end > 1 ? d3.range(0, end, step) : d3.ticks(0, end, 4);
  }

  function axis(unit, bottom) {
    const end = Math.max(hg.data.end, 1e-9);
    return ticks(end).map((t) => {
      const x = LEFT + t / end * BINS * unit;
      return [svg("line", {class: "tick", x1: x, x2: x, y1: 18, y2: bottom}),
        svg("text", {class: "axis", x, y: 12, "text-anchor": "middle"}, t === 0 ? "0" : "+" + format.span(t))];
    });
  }

  function lane(one, i, unit) {
    const y = 24 + i * LANE;
    const role = hg.story.role(one.peer, null);
    const label = svg("text", {class: "lane role-" + role, x: LEFT - 8, y: y + 11, "text-anchor": "end",
      tabindex: 0,
      onclick: () => hg.select(one.peer)}, format.cut(hosts.id[one.peer], 19),
    svg("title", {}, hosts.id[one.peer] + (hosts.name[one.peer] ? " " + format.cut(hosts.name[one.peer],
      80) : "") + ": " +
      format.plural(one.count, "packet") + ", first " + format.since(one.first)));
    return [svg("line", {class: "rule", x1: LEFT, x2: LEFT + BINS * unit, y1: y + 17, y2: y + 17}), label,
      marks(one.sent, y + 1, 7, "sent", unit), marks(one.got, y + 9, 7, "got", unit)].flat();
  }

  function show() {
    const host = subject();
    if (host === undefined) return el("p", {class: "empty"},
      "Flag or select a host to see when it spoke with whom.");
    const all = lanes(host);
    const list = all.slice(0, MOST);
    const wide = Math.max(420, hg.byId("panel-body").clientWidth - 40);
    const unit = (wide - LEFT - 24) / BINS;
    const bottom = 24 + list.length * LANE;
    return el("div", {class: "timeline"}, el("h2", {}, hg.hostButton(host, true)),
      el("p", {class: "muted"}, "A lane for each peer, in the order of first contact.",
        el("span", {class: "key sent"}), "sent by it", el("span", {class: "key got"}), "received",
        all.length > MOST ? `. The first ${MOST} of ${format.count(all.length)} peers.` : ""),
      svg("svg", {width: wide, height: bottom + 6, role: "img", "aria-label": "Contacts of " + hosts.id[host] +
        " over time"},
        axis(unit, bottom).flat(), list.map((one, i) => lane(one, i, unit)).flat()),
      all.length === 0 ? el("p", {class: "empty"}, "It spoke with nobody that can be traced.") : null);
  }

  return {show, subject, lanes};
})();
