// legend.js - what colours, shapes, sizes and numbers on the map mean
// SPDX-License-Identifier: GPL-2.0-or-later
hg.legend = (function () {
  const {el} = hg;
  const box = hg.byId("legend");
  const SHAPES = [["circle", "internal", ["internal", "link-local"]], ["square", "external", ["external"]],
    ["triangle", "multicast, broadcast", ["multicast", "broadcast"]],
    ["diamond", "loopback, unspecified", ["loopback", "unspecified"]]];
  const PATHS = {circle: "M8 2.5a5.5 5.5 0 1 0 .01 0Z", square: "M3 3h10v10h-10Z", triangle: "M8 2l6.3 11h-12.6Z",
    diamond: "M8 1.5l6.5 6.5l-6.5 6.5l-6.5 -6.5Z", hexagon: "M14.5 8l-3.2 5.6h-6.6l-3.2 -5.6l3.2 -5.6h6.6Z"};

  const sign = (shape, role) => hg.svg("svg", {viewBox: "0 0 16 16", width: 15, height: 15, "aria-hidden": "true",
    class: "sign fill-" + role}, hg.svg("path", {d: PATHS[shape]}));

  function row(shape, role, text, count) {
    return el("li", {}, sign(shape, role), el("span", {}, text),
      count === undefined ? null : el("b", {}, hg.format.count(count)));
  }

  function show() {
    const counts = {suspect: 0, contacted: 0, reached: 0, other: 0};
    for (let h = 0; h < hg.data.hostCount; h++) counts[hg.story.role(h)]++;
    const scopes = new Set(hg.data.hosts.scope);
    const grouped = hg.view.nodes().some((node) => node.group);
    hg.replace(box, el("ul", {},
      row("circle", "suspect", "red-flagged", counts.suspect),
      row("circle", "contacted", "contacted by one", counts.contacted),
      row("circle", "reached", "could have been reached", counts.reached),
      row("circle", "other", "other hosts", counts.other)),
    el("ul", {},
      SHAPES.filter(([, , names]) => names.some((name) => scopes.has(name)))
        .map(([shape, text]) => row(shape, "none", text)),
      grouped ? row("hexagon", "none", "subnet, hosts together") : null),
    el("p", {}, "Size: traffic. Width: bytes. Arrow: to the receiver. Number: hops."));
  }

  function init() {
    for (const event of ["flags", "view", "time"]) hg.events.on(event, show);
  }

  return {init};
})();
