// contacts.js - the contact log, decoded; times exact to the nanosecond
// SPDX-License-Identifier: GPL-2.0-or-later
hg.contacts = (function () {
  const {contacts, links} = hg.data;
  const count = contacts.time.length;
  const time = new BigInt64Array(count); // ns since base
  const seconds = new Float64Array(count); // the same, for showing
  const frame = new Float64Array(count);
  const edge = new Int32Array(count);
  const payload = new Uint8Array(count);
  let now = 0n;
  let number = 0;
  for (let i = 0; i < count; i++) {
    now += BigInt(contacts.time[i]);
    number += contacts.frame[i];
    time[i] = now;
    seconds[i] = Number(now) / 1e9;
    frame[i] = number;
    edge[i] = contacts.edge[i] >> 1;
    payload[i] = contacts.edge[i] & 1;
  }

  // The first place whose time is not before `ns` (BigInt).
  function lowerBound(ns) {
    let low = 0;
    let high = count;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (time[middle] < ns) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  return {
    count, time, seconds, frame, edge, payload, protocol: contacts.protocol, lowerBound,
    merged: contacts.merged, cut: contacts.cut, carrying: contacts.carrying,
    source: (i) => links.source[edge[i]],
    target: (i) => links.target[edge[i]],
  };
})();
