// layout-rings.js - flagged hosts in the middle, around them whom they contacted, then hop by hop
// whom they could have reached
// SPDX-License-Identifier: GPL-2.0-or-later
hg.layouts.rings = (function () {
  const STEP = 130; // between rings
  let rings = [];

  // Without flags the middle is the selected host, or the busiest, and its peers are around it.
  function byPeers(nodes) {
    const people = nodes.filter((node) => node.host >= 0 && hg.data.hosts.unicast[node.host]);
    const middle = people.find((node) => node.host === hg.state.selected) ||
      people.sort((a, b) => b.bytes - a.bytes)[0];
    const peers = new Set();
    for (const edge of hg.view.edges()) {
      if (edge.source === middle) peers.add(edge.target);
      if (edge.target === middle) peers.add(edge.source);
    }
    return (node) => node === middle ? 0 : peers.has(node) ? 1 : null;
  }

  // 0 flagged, 1 contacted, n could have been reached in n hops, null: neither.
  function level(node) {
    let least = Infinity;
    for (const host of node.members) {
      if (hg.story.flags.has(host)) return 0;
      const role = hg.story.role(host, null);
      if (role === "contacted") least = Math.min(least, 1);
      else if (role === "reached") least = Math.min(least, Math.max(2, hg.story.hops(host, null)));
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
    const room = (node) => 2 * node.radius + 14;
    const need = list.reduce((sum, node) => sum + room(node), 0);
    const radius = Math.max(inner, list.length > 1 || inner > 0 ? need / (2 * Math.PI) : 0);
    const wish = new Map(list.map((node) => [node, parentAngle(node, angles)]));
    const order = list.slice().sort((a, b) =>
      (wish.get(a) === null ? 9 : wish.get(a)) - (wish.get(b) === null ? 9 : wish.get(b)) ||
      a.members[0] - b.members[0]);
    // Each takes as much of the ring as it is wide; the first stands at its parent's angle or above.
    let at = (wish.get(order[0]) === null ? -Math.PI / 2 : wish.get(order[0])) - room(order[0]) / need * Math.PI;
    for (const node of order) {
      const share = room(node) / need * 2 * Math.PI;
      put(node, radius, at + share / 2, angles);
      at += share;
    }
    if (radius > 0) rings.push({radius, name});
    return radius;
  }

  function begin(nodes) {
    rings = [];
    const angles = new Map();
    const byLevel = new Map();
    const flagged = hg.story.flags.size > 0;
    const ringOf = flagged ? level : byPeers(nodes);
    for (const node of nodes) {
      const ring = ringOf(node);
      if (!byLevel.has(ring)) byLevel.set(ring, []);
      byLevel.get(ring).push(node);
    }
    const levels = [...byLevel.keys()].filter((ring) => ring !== null).sort((a, b) => a - b);
    let radius = 0;
    for (const ring of levels) {
      const list = byLevel.get(ring);
      const name = ring === 0 ? "" : ring === 1 ? (flagged ? "contacted" : "its peers") : ring + " hops";
      radius = spread(list, ring === 0 ? (list.length > 1 ? 40 : 0) : radius + Math.max(STEP, radius * 0.15),
        name, angles);
    }
    if (byLevel.has(null)) spreadRest(byLevel.get(null), radius + Math.max(STEP,
      radius * 0.15) * (levels.length ? 1.3 : 1), angles,
      flagged ? "not reached" : "others");
  }

  // The others, as many rings as they need.
  function spreadRest(list, from, angles, name) {
    const order = list.slice().sort((a, b) => a.members[0] - b.members[0]);
    let radius = from;
    let i = 0;
    while (i < order.length) {
      const room = Math.max(12, Math.floor(2 * Math.PI * radius / 26));
      const part = order.slice(i, i + room);
      part.forEach((node, k) => put(node, radius, -Math.PI / 2 + k / part.length * 2 * Math.PI, angles));
      rings.push({radius, name: i === 0 ? name : "", faint: true});
      i += room;
      radius += 46;
    }
  }

  return {title: "Rings", key: "3", begin, fixed: true, rings: () => rings};
})();
