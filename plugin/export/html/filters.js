// filters.js - which edges and hosts the map may show
// SPDX-License-Identifier: GPL-2.0-or-later
hg.filters = (function () {
  const {hosts, links, edgeCount} = hg.data;
  const NOTHING = {protocols: new Set(), ports: new Set(), scopes: new Set(), bytes: 0}; // empty sets: all
  const now = {...NOTHING};

  const passesScope = (host) => now.scopes.size === 0 || now.scopes.has(hosts.scope[host]);

  // Whether one of the counts [key, packets, ...] of an edge is wanted.
  function passes(wanted, counts) {
    if (wanted.size === 0) return true;
    for (let k = 0; k < counts.length; k += 2) if (wanted.has(counts[k])) return true;
    return false;
  }

  // Edges that pass all filters.
  function edges() {
    const result = [];
    for (let e = 0; e < edgeCount; e++) {
      if (links.bytes[e] >= now.bytes && passesScope(links.source[e]) && passesScope(links.target[e]) &&
          passes(now.protocols, links.protocols[e]) && passes(now.ports, links.ports[e])) result.push(e);
    }
    return result;
  }

  const isOn = () => now.protocols.size > 0 || now.ports.size > 0 || now.scopes.size > 0 || now.bytes > 0;

  function set(change) {
    Object.assign(now, change);
    hg.view.rebuild();
  }

  const scopes = [...new Set(hosts.scope)].sort();

  // Server ports with their packets, most first: [["443/tcp", 812], ...].
  function ports() {
    const sums = new Map();
    for (const counts of links.ports) hg.data.addCounts(sums, counts);
    return [...sums].sort((a, b) => b[1] - a[1]);
  }

  return {now, edges, set, isOn, passesScope, scopes,
    ports: ports(), clear: () => set(NOTHING),
    protocolPlaces: () => hg.data.shownProtocols.map((p, i) => i)};
})();
