// filters.js - which edges and hosts the map may show
// SPDX-License-Identifier: GPL-2.0-or-later
hg.filters = (function () {
  const {hosts, links, protocols, edgeCount} = hg.data;
  const now = {protocols: new Set(), scopes: new Set(), bytes: 0}; // empty sets: all

  const passesScope = (host) => now.scopes.size === 0 || now.scopes.has(hosts.scope[host]);

  function passesProtocol(edge) {
    if (now.protocols.size === 0) return true;
    const spoken = links.protocols[edge];
    for (let k = 0; k < spoken.length; k += 2) if (now.protocols.has(spoken[k])) return true;
    return false;
  }

  // Edges that pass all filters.
  function edges() {
    const result = [];
    for (let e = 0; e < edgeCount; e++) {
      if (links.bytes[e] >= now.bytes && passesScope(links.source[e]) && passesScope(links.target[e]) &&
          passesProtocol(e)) result.push(e);
    }
    return result;
  }

  const isOn = () => now.protocols.size > 0 || now.scopes.size > 0 || now.bytes > 0;

  function set(change) {
    Object.assign(now, change);
    hg.view.rebuild();
  }

  const scopes = [...new Set(hosts.scope)].sort();

  return {now, edges, set, isOn, passesScope, scopes,
    clear: () => set({protocols: new Set(), scopes: new Set(), bytes: 0}),
    protocolPlaces: () => protocols.map((p, i) => i)};
})();
