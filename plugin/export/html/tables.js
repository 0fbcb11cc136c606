// tables.js - the tables of hosts, conversations and protocols
// SPDX-License-Identifier: GPL-2.0-or-later
hg.tables = (function () {
  const {hosts, links, protocols, hostCount, edgeCount} = hg.data;
  const {format} = hg;
  const tables = {};
  const mostOf = (list) => list.reduce((most, n) => Math.max(most, n), 1);
  const ROLES = {suspect: 3, contacted: 2, reached: 1, other: 0};
  const ROLE_NAMES = {suspect: "flagged", contacted: "contacted", reached: "reached", other: ""};

  function hostTable() {
    const most = mostOf(hosts.bytes);
    const role = (h) => hg.story.role(h, null);
    const roleName = (h) => {
      const hops = hg.story.hops(h, null);
      return ROLE_NAMES[role(h)] + (role(h) === "reached" && hops > 0 ? " " + hops : "");
    };
    return hg.newTable({
      label: "hosts", sortBy: "bytes", items: Array.from({length: hostCount}, (unused, h) => h),
      text: (h) => [hosts.id[h], hosts.name[h], hosts.scope[h], role(h), ...hosts.macs[h],
        ...hosts.roles[h]].join(" "),
      pick: (h) => hg.select(h), isPicked: (h) => h === hg.state.selected,
      columns: [
        {name: "host", title: "Host", value: (h) => h, number: false, wide: true, show: (h) => hg.hostButton(h,
          true)},
        {name: "bytes", title: "Bytes", number: true, value: (h) => hosts.bytes[h],
          show: (h) => format.bytes(hosts.bytes[h]), bar: (h) => hosts.bytes[h] / most},
        {name: "role", title: "Story", number: true, value: (h) => ROLES[role(h)] * 1000 - hg.story.hops(h, null),
          show: roleName},
        {name: "score", title: "Score", number: true, value: (h) => hosts.score[h],
          show: (h) => hosts.score[h] > 0 ? String(Math.round(hosts.score[h])) : ""},
        {name: "scope", title: "Scope", value: (h) => hosts.scope[h]},
        {name: "peers", title: "Peers", number: true, value: (h) => hosts.peers[h],
          show: (h) => format.count(hosts.peers[h])},
        {name: "packets", title: "Packets", number: true, value: (h) => hosts.packets[h],
          show: (h) => format.count(hosts.packets[h])},
        {name: "first", title: "First seen", number: true, value: (h) => hosts.first[h],
          show: (h) => format.since(hosts.first[h])},
      ],
    });
  }

  // Both directions of a pair are one row.
  function pairs() {
    const seen = new Map();
    const result = [];
    for (let e = 0; e < edgeCount; e++) {
      const [s, t] = [links.source[e], links.target[e]];
      const key = Math.min(s, t) * hostCount + Math.max(s, t);
      let pair = seen.get(key);
      if (!pair) {
        pair = {a: s, b: t, out: -1, back: -1, bytes: 0, packets: 0, first: Infinity, spoken: new Map(),
          ports: new Map()};
        seen.set(key, pair);
        result.push(pair);
      }
      if (pair.a === s) pair.out = e;
      else pair.back = e;
      pair.bytes += links.bytes[e];
      pair.packets += links.packets[e];
      pair.first = Math.min(pair.first, links.first[e]);
      hg.data.addCounts(pair.spoken, links.protocols[e]);
      hg.data.addCounts(pair.ports, links.ports[e]);
    }
    return result;
  }

  const spoken = (pair) => hg.data.busiestFirst(pair.spoken).map(hg.data.protocolName);
  const ports = (pair) => hg.data.busiestFirst(pair.ports);
  const bytesOf = (edge) => edge < 0 ? 0 : links.bytes[edge];

  function conversationTable() {
    const items = pairs();
    const most = mostOf(items.map((p) => p.bytes));
    return hg.newTable({
      label: "conversations", sortBy: "bytes", items,
      text: (p) => [hosts.id[p.a], hosts.name[p.a], hosts.id[p.b], hosts.name[p.b], ...spoken(p),
        ...ports(p)].join(" "),
      columns: [
        {name: "a", title: "A", value: (p) => p.a, show: (p) => hg.hostButton(p.a)},
        {name: "b", title: "B", value: (p) => p.b, show: (p) => hg.hostButton(p.b)},
        {name: "bytes", title: "Bytes", number: true, value: (p) => p.bytes, show: (p) => format.bytes(p.bytes),
          bar: (p) => p.bytes / most},
        {name: "protocols", title: "Protocols", value: (p) => spoken(p).join(" "), wide: true,
          show: (p) => format.few(spoken(p), 4)},
        {name: "ports", title: "Server ports", value: (p) => ports(p).join(" "), show: (p) => format.few(ports(p), 3)},
        {name: "packets", title: "Packets", number: true, value: (p) => p.packets,
          show: (p) => format.count(p.packets)},
        {name: "out", title: "A \u2192 B", number: true, value: (p) => bytesOf(p.out),
          show: (p) => format.bytes(bytesOf(p.out))},
        {name: "back", title: "B \u2192 A", number: true, value: (p) => bytesOf(p.back),
          show: (p) => format.bytes(bytesOf(p.back))},
        {name: "first", title: "First seen", number: true, value: (p) => p.first,
          show: (p) => format.since(p.first)},
      ],
    });
  }

  function protocolTable() {
    const packets = Math.max(1, hg.data.graph.packets);
    const bytes = Math.max(1, hg.data.graph.bytes);
    const toggle = (i) => {
      const chosen = new Set(hg.filters.now.protocols);
      if (!chosen.delete(i)) chosen.add(i);
      hg.filters.set({protocols: chosen});
      tables.protocols.refresh();
    };
    return hg.newTable({
      label: "protocols", sortBy: "packets", items: hg.data.shownProtocols.map((p, i) => i),
      text: (i) => hg.data.protocolName(i),
        note: "A click shows only that protocol on the map; another takes it back.",
      pick: toggle, isPicked: (i) => hg.filters.now.protocols.has(i),
      columns: [
        {name: "name", title: "Protocol", value: (i) => hg.data.protocolName(i), wide: true},
        {name: "packets", title: "Packets", number: true, value: (i) => protocols[i].packets,
          show: (i) => format.count(protocols[i].packets)},
        {name: "share", title: "Share", number: true, value: (i) => protocols[i].packets,
          show: (i) => format.percent(protocols[i].packets / packets), bar: (i) => protocols[i].packets / packets},
        {name: "bytes", title: "Bytes", number: true, value: (i) => protocols[i].bytes,
          show: (i) => format.bytes(protocols[i].bytes)},
        {name: "bytes-share", title: "Share", number: true, value: (i) => protocols[i].bytes,
          show: (i) => format.percent(protocols[i].bytes / bytes), bar: (i) => protocols[i].bytes / bytes},
      ],
    });
  }

  const MAKERS = {hosts: hostTable, conversations: conversationTable, protocols: protocolTable};

  // Made when first looked at.
  function show(name) {
    if (!tables[name]) tables[name] = MAKERS[name]();
    else tables[name].refresh();
    return tables[name].element;
  }

  return {show, get: (name) => tables[name]};
})();
