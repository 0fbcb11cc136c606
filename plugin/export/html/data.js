// data.js - the record of the page: hosts, edges, services, findings (html/record.h has its form)
// SPDX-License-Identifier: GPL-2.0-or-later
hg.data = (function () {
  const record = JSON.parse(document.getElementById("record").textContent);
  const {nodes, edges, services, graph, protocols, findings, traces, activity} = record;
  const numbers = (list) => Float64Array.from(list, Number);
  const seconds = (list) => Float64Array.from(list, (ns) => ns === null ? NaN : Number(ns) / 1e9);
  const UNICAST = new Set(["internal", "external", "link-local", "loopback"]);

  const hostCount = nodes.id.length;
  const edgeCount = edges.source.length;
  const hosts = {
    id: nodes.id, name: nodes.name, kind: nodes.kind, scope: nodes.scope, roles: nodes.roles,
    macs: nodes.macs, vlans: nodes.vlans, score: nodes.score, suspect: nodes.suspect, filter: nodes.filter,
    rules: nodes.rules, peers: nodes.peers,
    device: Int32Array.from(nodes.device), // the host that stands for the machine
    packetsSent: numbers(nodes.packets_sent), packetsReceived: numbers(nodes.packets_received),
    bytesSent: numbers(nodes.bytes_sent), bytesReceived: numbers(nodes.bytes_received),
    first: seconds(nodes.first), last: seconds(nodes.last),
    firstFrame: nodes.first_frame, lastFrame: nodes.last_frame,
    bytes: new Float64Array(hostCount), packets: new Float64Array(hostCount),
    unicast: Uint8Array.from(nodes.scope, (scope) => UNICAST.has(scope) ? 1 : 0),
  };
  for (let i = 0; i < hostCount; i++) {
    hosts.bytes[i] = hosts.bytesSent[i] + hosts.bytesReceived[i];
    hosts.packets[i] = hosts.packetsSent[i] + hosts.packetsReceived[i];
  }

  const links = {
    source: Int32Array.from(edges.source), target: Int32Array.from(edges.target),
    packets: numbers(edges.packets), bytes: numbers(edges.bytes),
    first: seconds(edges.first), last: seconds(edges.last),
    firstFrame: edges.first_frame, lastFrame: edges.last_frame,
    protocols: edges.protocols, ports: edges.ports, initiated: edges.initiated,
    tunnel: Uint8Array.from(edges.kind, (kind) => kind === "tunnel" ? 1 : 0), tunnels: edges.tunnels,
    vlans: edges.vlans,
  };

  // Items by host: those of host h are list[start[h]] up to start[h + 1].
  function index(keys) {
    const start = new Int32Array(hostCount + 1);
    for (const key of keys) start[key + 1]++;
    for (let h = 0; h < hostCount; h++) start[h + 1] += start[h];
    const next = start.slice();
    const list = new Int32Array(keys.length);
    for (let i = 0; i < keys.length; i++) list[next[keys[i]]++] = i;
    return (host) => list.subarray(start[host], start[host + 1]);
  }

  const from = index(links.source);
  const to = index(links.target);
  const place = new Map(hosts.id.map((id, i) => [id, i]));

  // All hosts that are addresses of one machine, the one that stands for it among them.
  const machines = new Map();
  for (let h = 0; h < hostCount; h++) {
    if (hosts.device[h] === h) continue;
    if (!machines.has(hosts.device[h])) machines.set(hosts.device[h], [hosts.device[h]]);
    machines.get(hosts.device[h]).push(h);
  }
  const machine = (host) => machines.get(hosts.device[host]) || [host];

  // The edge the other way round, or -1.
  const reverse = (edge) => {
    const back = from(links.target[edge]).find((e) => links.target[e] === links.source[edge]);
    return back === undefined ? -1 : back;
  };

  const findingsOf = new Map();
  for (const finding of findings) {
    finding.place = place.get(finding.host);
    if (!findingsOf.has(finding.place)) findingsOf.set(finding.place, []);
    findingsOf.get(finding.place).push(finding);
  }

  // Adds counts [key, packets, ...] to the packets of each key.
  function addCounts(sums, counts) {
    for (let k = 0; k < counts.length; k += 2) sums.set(counts[k], (sums.get(counts[k]) || 0) + counts[k + 1]);
  }

  const timed = graph.packets > graph.packets_without_time; // some packet has a time
  // Its keys, most packets first.
  const busiestFirst = (sums) => [...sums].sort((a, b) => b[1] - a[1]).map(([key]) => key);

  const duration = graph.first === null ? 0 : Math.max(0, graph.last - graph.first);
  let end = 0;
  for (let i = 0; i < hostCount; i++) if (hosts.last[i] > end) end = hosts.last[i];

  // Behind those that packets show stand protocols that only the first bytes of connections tell.
  const shownProtocols = protocols.filter((p) => p.packets > 0);

  return {
    graph, protocols, shownProtocols, findings, traces, activity, hosts, machine, links, hostCount, edgeCount, from, to, reverse,
    addCounts, busiestFirst, timed,
    base: Number(graph.base), // seconds; for showing, not for comparing
    end: Math.max(end, duration), // seconds since base
    services: {...services, clientOf: index(services.client), serverOf: index(services.server)},
    contacts: record.contacts,
    host: (id) => place.has(id) ? place.get(id) : -1,
    findingsOf: (host) => findingsOf.get(host) || [],
    protocolName: (i) => protocols[i].name || "(none)",
  };
})();
