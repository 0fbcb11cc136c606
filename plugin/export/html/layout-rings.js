// layout-rings.js - flagged hosts in the middle, then ring by ring those a hop further
// SPDX-License-Identifier: GPL-2.0-or-later
hg.layouts.rings = (function () {
  const STEP = 130; // between rings
  let rings = [];

  // 0 flagged, n reached in n hops, null: not reached.
  function level(node) {
    let least = Infinity;
    for (const host of node.members) {
      if (hg.story.flags.has(host)) return 0;
      const hops = hg.story.hops(host, null);
      if (hops > 0) least = Math.min(least, hops);
      else if (hg.story.role(host, null) === "contacted") least = Math.min(least, 1);
    }
    return least === Infinity ? null : least;
  }

  // Each stands near the one through whom it was reached.
  function parentAngle(node, angles) {
    const via = node.host >= 0 ? hg.story.via(node.host) : -1;
    const parent = via >= 0 ? hg.view.nodeOf(via) : null;
    return parent && angles.has(parent) ? angles.get(parent) : null;
  }

  function put(node, radius, angle, angles) {
    node.goal = {x: radius * Math.cos(angle), y: radius * Math.sin(angle)};
    node.angle = angle;
    angles.set(node, angle);
  }

  function spread(list, inner, name, angles) {
    const need = list.reduce((sum, node) => sum + 2 * node.radius + 14, 0);
    const radius = Math.max(inner, list.length > 1 || inner > 0 ? need / (2 * Math.PI) : 0);
    const wish = new Map(list.map((node) => [node, parentAngle(node, angles)]));
    const order = list.slice().sort((a, b) =>
      (wish.get(a) === null ? 9 : wish.get(a)) - (wish.get(b) === null ? 9 : wish.get(b)) ||
      a.members[0] - b.members[0]);
    order.forEach((node, i) => put(node, radius, -Math.PI / 2 + i / order.length * 2 * Math.PI, angles));
    if (radius > 0) rings.push({radius, name});
    return radius;
  }

  function begin(nodes) {
    rings = [];
    const angles = new Map();
    const byLevel = new Map();
    for (const node of nodes) {
      const ring = level(node);
      if (!byLevel.has(ring)) byLevel.set(ring, []);
      byLevel.get(ring).push(node);
    }
    const levels = [...byLevel.keys()].filter((ring) => ring !== null).sort((a, b) => a - b);
    let radius = 0;
    for (const ring of levels) {
      const list = byLevel.get(ring);
      const name = ring === 0 ? "red-flagged" : ring === 1 ? "1 hop" : ring + " hops";
      radius = spread(list, ring === 0 ? (list.length > 1 ? 40 : 0) : radius + STEP, name, angles);
    }
    if (byLevel.has(null)) spreadRest(byLevel.get(null), radius + STEP * (levels.length ? 1.4 : 1), angles);
  }

  // The others, as many rings as they need.
  function spreadRest(list, from, angles) {
    const order = list.slice().sort((a, b) => a.members[0] - b.members[0]);
    let radius = from;
    let i = 0;
    while (i < order.length) {
      const room = Math.max(12, Math.floor(2 * Math.PI * radius / 26));
      const part = order.slice(i, i + room);
      part.forEach((node, k) => put(node, radius, -Math.PI / 2 + k / part.length * 2 * Math.PI, angles));
      rings.push({radius, name: i === 0 ? "not reached" : "", faint: true});
      i += room;
      radius += 46;
    }
  }

  return {title: "Rings", key: "3", begin, fixed: true, rings: () => rings};
})();
