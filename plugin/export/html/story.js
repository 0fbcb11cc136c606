// story.js - red flags, and what follows from them: each host's role and hops
//
// Roles are those of the other exports: a flagged host is "suspect"; "contacted" got packets from
// one, not ARP alone; "reached" could have been reached through others; "other" is everybody else.
// SPDX-License-Identifier: GPL-2.0-or-later
hg.story = (function () {
  const {hosts, links, hostCount} = hg.data;
  const flags = new Map(); // host -> ns since base from which it counts (BigInt), or null
  const LEVELS = ["other", "reached", "contacted", "suspect"];
  const level = new Uint8Array(hostCount);
  const contactedAt = new Float64Array(hostCount); // seconds
  let result = null;

  // protocols: [protocol, packets, ...]
  const hasMoreThanArp = (edge) =>
    links.protocols[edge].some((protocol, k) => k % 2 === 0 && !hg.data.protocols[protocol].arp);

  function markContacted(host, at) {
    const since = at === null ? -Infinity : Number(at) / 1e9;
    for (const address of hg.data.machine(host)) for (const edge of hg.data.from(address)) {
      const to = links.target[edge];
      if (!hosts.unicast[to] || level[to] === 3 || links.last[edge] < since || !hasMoreThanArp(edge)) continue;
      const when = Math.min(contactedAt[to], Math.max(links.first[edge], since));
      for (const peer of hg.data.machine(to)) {
        level[peer] = 2;
        contactedAt[peer] = when;
      }
    }
  }

  function tell() {
    result = hg.trace.forward([...flags].map(([host, at]) => ({host, at})));
    level.fill(0);
    contactedAt.fill(Infinity);
    const mark = (host, as) => { for (const address of hg.data.machine(host)) level[address] = as; };
    for (const host of result.order) mark(host, 1);
    for (const host of flags.keys()) mark(host, 3);
    for (const [host, at] of flags) markContacted(host, at);
    hg.events.tell("flags");
  }

  function flag(host, at = null) {
    flags.set(host, at);
    tell();
  }

  function unflag(host) {
    flags.delete(host);
    tell();
  }

  // Only this host's story.
  function only(host, at = null) {
    flags.clear();
    flag(host, at);
  }

  function reset() {
    flags.clear();
    for (let i = 0; i < hostCount; i++) if (hosts.suspect[i]) flags.set(i, null);
    tell();
  }

  // When the trace got there; Infinity: never, -Infinity: it began there.
  function reachedAt(host) {
    if (!result || result.hops[host] < 0) return Infinity;
    return result.contact[host] < 0 ? -Infinity : hg.contacts.seconds[result.contact[host]];
  }

  // As it stands at `time` (null: in the end).
  function role(host, time = hg.state.time) {
    const now = LEVELS[level[host]];
    if (time === null || now === "suspect" || now === "other") return now;
    if (now === "contacted" && contactedAt[host] <= time) return now;
    return reachedAt(host) <= time ? "reached" : "other";
  }

  function hops(host, time = hg.state.time) {
    if (!result || result.hops[host] < 0 || (time !== null && reachedAt(host) > time)) return -1;
    return result.hops[host];
  }

  return {flags, flag, unflag, only, reset, role, hops, reachedAt, order: () => result.order,
    result: () => result, via: (host) => result.via[host],
    flagged: () => [...flags.keys()].sort((a, b) => hosts.score[b] - hosts.score[a] || a - b)};
})();
