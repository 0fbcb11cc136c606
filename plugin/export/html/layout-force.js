// layout-force.js - hosts that talk attract each other; settled bit by bit, so that nothing freezes
// SPDX-License-Identifier: GPL-2.0-or-later
hg.layouts = hg.layouts || {};
hg.layouts.force = (function () {
  let simulation = null;

  // Once for each pair, whichever way it talks.
  function pairs(edges) {
    const seen = new Set();
    const result = [];
    for (const {source, target} of edges) {
      const key = Math.min(source.index, target.index) + " " + Math.max(source.index, target.index);
      if (seen.has(key)) continue;
      seen.add(key);
      result.push({source: source.index, target: target.index});
    }
    return result;
  }

  // Newcomers begin near a neighbour that has its place already, else on a spiral.
  function place(nodes, edges) {
    const neighbour = new Map();
    for (const {source, target} of edges) {
      if (source.known) neighbour.set(target, source);
      if (target.known) neighbour.set(source, target);
    }
    nodes.forEach((node, i) => {
      if (!Number.isNaN(node.x)) return;
      const near = neighbour.get(node);
      const angle = i * 2.399963; // the golden angle
      const far = near ? 30 : 12 * Math.sqrt(i + 0.5);
      node.x = (near ? near.x : 0) + far * Math.cos(angle);
      node.y = (near ? near.y : 0) + far * Math.sin(angle);
    });
  }

  function begin(nodes, edges) {
    place(nodes, edges);
    // 1: a handful of hosts, which have room; 0: hundreds
    const room = Math.max(0, 1 - nodes.length / 250);
    const links = pairs(edges);
    const degree = new Map();
    for (const l of links) {
      degree.set(l.source, (degree.get(l.source) || 0) + 1);
      degree.set(l.target, (degree.get(l.target) || 0) + 1);
    }
    const least = (l) => Math.min(degree.get(l.source.index), degree.get(l.target.index));
    simulation = d3.forceSimulation(nodes).stop()
      .force("link", d3.forceLink(links).distance((l) => 50 + 60 * room + 5 * Math.sqrt(least(l)))
        .strength((l) => 0.8 / least(l)))
      .force("charge", d3.forceManyBody().strength(-150 - 450 * room).distanceMax(900).theta(1))
      .force("collide", d3.forceCollide((n) => n.radius + 4 + 12 * room).iterations(1))
      .force("x", d3.forceX().strength(0.06 - 0.01 * room))
      .force("y", d3.forceY().strength(0.08))
      .alphaDecay(nodes.length > 800 ? 0.04 : 0.025).alphaMin(0.01);
    if (nodes.length && nodes.every((n) => n.known)) simulation.alpha(0.3);
  }

  // Works for at most `ms`; false when it has settled.
  function step(ms) {
    if (!simulation || simulation.alpha() < simulation.alphaMin()) return false;
    const until = performance.now() + ms;
    do simulation.tick();
    while (performance.now() < until && simulation.alpha() >= simulation.alphaMin());
    return true;
  }

  function drag(node, x, y) {
    node.x = node.fx = x;
    node.y = node.fy = y;
    if (simulation) simulation.alpha(Math.max(simulation.alpha(), 0.15));
  }

  function drop(node) {
    node.fx = node.fy = null;
  }

  return {title: "Force", key: "1", begin, step, drag, drop, fixed: false};
})();
