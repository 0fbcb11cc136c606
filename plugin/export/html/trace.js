// trace.js - who could have been reached, or could have reached: the same walk as analysis/trace.c
//
// Times are BigInt nanoseconds since the first packet of the capture; null: from the beginning
// (forward), from the end (backward).
// SPDX-License-Identifier: GPL-2.0-or-later
hg.trace = (function () {
  const {contacts} = hg;
  const {links, hosts, hostCount} = hg.data;

  // What is reached together with an address: the IP addresses of its machine, or, of a MAC, it alone.
  const isMac = (host) => hosts.kind[host] === "mac";
  const standing = (host) => isMac(host) ? host : hosts.device[host];
  const machines = new Array(hostCount); // by host, once somebody asks
  const machine = (host) => machines[host] ||
    (machines[host] = isMac(host) ? [host] : hg.data.machine(host).filter((address) => !isMac(address)));

  function newResult() {
    return {
      // Of each machine the address that was reached, in that order. What follows is the same for all
      // addresses of a machine.
      order: [],
      hops: new Int32Array(hostCount).fill(-1), // 0: a start
      contact: new Int32Array(hostCount).fill(-1), // by which it was reached
      via: new Int32Array(hostCount).fill(-1),
      loaded: new Uint8Array(hostCount), // some chain exists whose every hop carries payload
    };
  }

  function passOn(result, i, from, to) {
    if (result.hops[from] < 0 || standing(from) === standing(to)) return;
    if (result.hops[to] < 0) {
      for (const address of machine(to)) {
        result.hops[address] = result.hops[from] + 1;
        result.contact[address] = i;
        result.via[address] = from;
      }
      result.order.push(to);
    }
    if (contacts.payload[i] && result.loaded[from] && !result.loaded[to])
      for (const address of machine(to)) result.loaded[address] = 1;
  }

  function begin(result, host) {
    if (!hosts.unicast[host]) return;
    for (const address of machine(host)) {
      if (result.hops[address] < 0) result.hops[address] = 0;
      result.loaded[address] = 1;
    }
  }

  // starts: [{host, at}]; several starts make one story, each from its own time on.
  function forward(starts) {
    const result = newResult();
    const waiting = starts.map(({host, at}) => ({host, from: at === null ? 0 : contacts.lowerBound(at)}))
      .sort((a, b) => a.from - b.from);
    let next = 0;
    let i = waiting.length ? waiting[0].from : contacts.count;
    for (; i < contacts.count; i++) {
      while (next < waiting.length && waiting[next].from <= i) begin(result, waiting[next++].host);
      const edge = contacts.edge[i];
      passOn(result, i, links.source[edge], links.target[edge]);
    }
    for (; next < waiting.length; next++) begin(result, waiting[next].host);
    return result;
  }

  function backward(host, at) {
    const result = newResult();
    begin(result, host);
    let i = at === null ? contacts.count : contacts.lowerBound(at + 1n);
    while (i-- > 0) {
      const edge = contacts.edge[i];
      passOn(result, i, links.target[edge], links.source[edge]);
    }
    return result;
  }

  // How many machines plain reachability, blind to time, would name.
  function untimed(starts) {
    const seen = new Uint8Array(hostCount); // by device
    const queue = []; // addresses
    let count = 0;
    const add = (host) => {
      if (seen[standing(host)] || !hosts.unicast[host]) return;
      seen[standing(host)] = 1;
      queue.push(...machine(host));
      count++;
    };
    starts.forEach(add);
    const given = count;
    for (let k = 0; k < queue.length; k++) for (const edge of hg.data.from(queue[k])) add(links.target[edge]);
    return count - given;
  }

  return {forward, backward, untimed};
})();
