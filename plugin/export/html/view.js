// view.js - the graph as it is drawn: hosts or groups of them, and edges between them
// SPDX-License-Identifier: GPL-2.0-or-later
hg.view = (function () {
  const {hosts, links, hostCount} = hg.data;
  const MOST_EDGES = 25000;
  const places = new Map(); // key -> {x, y}: where a node was, so that it stays there
  let nodes = [];
  let edges = [];
  let nodeOf = new Int32Array(hostCount).fill(-1);
  let note = "";

  function newNode(key, host) {
    const before = places.get(key);
    return {key, host, members: [], bytes: 0, x: before ? before.x : NaN, y: before ? before.y : NaN,
      known: Boolean(before), radius: 0, first: Infinity, last: -Infinity, label: ""};
  }

  function addMember(node, host) {
    node.members.push(host);
    node.bytes += hosts.bytes[host];
    node.first = Math.min(node.first, hosts.first[host]);
    node.last = Math.max(node.last, hosts.last[host]);
  }

  function wantedHosts(passing) {
    const wanted = new Set();
    for (const e of passing) {
      wanted.add(links.source[e]);
      wanted.add(links.target[e]);
    }
    for (const host of hg.story.flags.keys()) wanted.add(host);
    if (hg.state.selected >= 0) wanted.add(hg.state.selected);
    if (!hg.filters.isOn()) for (let h = 0; h < hostCount; h++) wanted.add(h);
    return wanted;
  }

  function makeNodes(wanted) {
    const group = hg.groups.assign(wanted);
    const byKey = new Map();
    nodeOf = new Int32Array(hostCount).fill(-1);
    nodes = [];
    for (const host of [...wanted].sort((a, b) => a - b)) {
      const key = group[host] === null ? "host " + host : "group " + group[host];
      let node = byKey.get(key);
      if (!node) {
        node = newNode(key, group[host] === null ? host : -1);
        node.group = group[host];
        node.index = nodes.length;
        byKey.set(key, node);
        nodes.push(node);
      }
      nodeOf[host] = node.index;
      addMember(node, host);
    }
  }

  function makeEdges(passing) {
    const byEnds = new Map();
    for (const e of passing) {
      const source = nodes[nodeOf[links.source[e]]];
      const target = nodes[nodeOf[links.target[e]]];
      if (source === target) continue;
      const ends = source.index * nodes.length + target.index;
      let edge = byEnds.get(ends);
      if (!edge) {
        edge = {source, target, bytes: 0, packets: 0, first: Infinity, last: -Infinity, all: [],
          tunnel: true};
        byEnds.set(ends, edge);
      }
      edge.all.push(e);
      edge.tunnel = edge.tunnel && links.tunnel[e] === 1; // nothing but others' packets
      edge.bytes += links.bytes[e];
      edge.packets += links.packets[e];
      edge.first = Math.min(edge.first, links.first[e]);
      edge.last = Math.max(edge.last, links.last[e]);
    }
    edges = [...byEnds.values()];
    for (const edge of edges) {
      edge.twoWay = byEnds.has(edge.target.index * nodes.length + edge.source.index);
    }
    const all = edges.length;
    if (all > MOST_EDGES) {
      edges.sort((a, b) => b.bytes - a.bytes);
      edges.length = MOST_EDGES;
    }
    return all - edges.length;
  }

  // Sizes by traffic, on a scale of logarithms, squared so that the busy stand out.
  function measure() {
    const most = Math.log1p(Math.max(1, ...nodes.map((n) => n.bytes)));
    const least = Math.min(...nodes.map((n) => Math.log1p(n.bytes)));
    const room = nodes.length > 800 ? 0.6 : nodes.length > 200 ? 0.8 : 1;
    for (const node of nodes) {
      const share = most > least ? (Math.log1p(node.bytes) - least) / (most - least) : 0.5;
      node.radius = (4 + 12 * share * share) * room + (node.group ? 4 : 0);
    }
    let widest = 1;
    for (const edge of edges) widest = Math.max(widest, edge.bytes);
    for (const edge of edges) {
      const share = Math.log1p(edge.bytes) / Math.log1p(widest);
      edge.width = 0.7 + 3.8 * share ** 4;
    }
  }

  function label(node) {
    if (node.group) return node.group + " (" + hg.format.count(node.members.length) + ")";
    return hosts.id[node.host];
  }

  function describe(leftOut) {
    const grouped = nodes.filter((n) => n.group);
    const parts = [];
    if (grouped.length) {
      const members = grouped.reduce((sum, n) => sum + n.members.length, 0);
      parts.push(`${hg.format.count(hostCount)} hosts are too many to tell apart: ` +
        `${hg.format.count(members)} stand together in ${hg.format.plural(grouped.length, "subnet")}. ` +
        "Click one to expand it.");
    }
    if (leftOut) parts.push(`${hg.format.count(leftOut)} edges with the fewest bytes are not drawn.`);
    if (hg.filters.isOn()) {
      parts.push(`Filter on: ${hg.format.count(nodes.length)} of ${hg.format.count(hostCount)} hosts.`);
    }
    return parts.join(" ");
  }

  function remember() {
    for (const node of nodes) if (!Number.isNaN(node.x)) places.set(node.key, {x: node.x, y: node.y});
  }

  function rebuild() {
    remember();
    const passing = hg.filters.edges();
    makeNodes(wantedHosts(passing));
    const leftOut = makeEdges(passing);
    measure();
    for (const node of nodes) node.label = label(node);
    note = describe(leftOut);
    hg.events.tell("view");
  }

  // After a node's host was flagged, expanded, ... it must be there.
  function ensure(host) {
    if (nodeOf[host] < 0 || nodes[nodeOf[host]].group) rebuild();
  }

  // What a node is in the story: the most telling role of its members.
  function role(node, time) {
    if (node.host >= 0) return hg.story.role(node.host, time);
    const roles = new Set(node.members.map((h) => hg.story.role(h, time)));
    return ["suspect", "contacted", "reached"].find((r) => roles.has(r)) || "other";
  }

  return {rebuild, ensure, role, nodes: () => nodes, edges: () => edges, note: () => note,
    nodeOf: (host) => nodeOf[host] < 0 ? null : nodes[nodeOf[host]], forget: () => places.clear()};
})();
