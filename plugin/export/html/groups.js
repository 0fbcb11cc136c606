// groups.js - large captures: whom to show one by one, and the rest by subnet
//
// Up to LIMIT hosts everybody is shown. Beyond it, first come flagged hosts, then whom they
// contacted or could have reached, then the busiest; the others stand together by subnet until
// somebody expands it.
// SPDX-License-Identifier: GPL-2.0-or-later
hg.groups = (function () {
  const {hosts, hostCount} = hg.data;
  const LIMIT = 2000;
  const AT_FIRST = 600; // shown one by one while others are grouped
  const MOST_GROUPS = 100;
  const EXPAND = 300; // hosts shown more at a time
  const expanded = new Map(); // group -> how many of its hosts are shown

  // Names of the subnets of a host from small to large; the last holds everything of its kind.
  function chain(host) {
    const id = hosts.id[host];
    const scope = hosts.scope[host];
    if (scope === "multicast" || scope === "broadcast") return [scope, scope, scope];
    if (hosts.kind[host] === "ipv4") {
      const part = id.split(".");
      return [part.slice(0, 3).join(".") + ".0/24", part.slice(0, 2).join(".") + ".0.0/16",
        part[0] + ".0.0.0/8"];
    }
    if (hosts.kind[host] === "ipv6") {
      const part = expand6(id);
      return [part.slice(0, 4).join(":") + "::/64", part.slice(0, 3).join(":") + "::/48",
        part.slice(0, 2).join(":") + "::/32"];
    }
    if (hosts.kind[host] === "mac") {
      const vendor = id.slice(0, 8) + " (vendor)";
      return [vendor, "MAC addresses", "MAC addresses"];
    }
    return ["other addresses", "other addresses", "other addresses"];
  }

  function expand6(id) {
    const [head, tail] = id.split("::");
    const left = head ? head.split(":") : [];
    if (tail === undefined) return left;
    const right = tail ? tail.split(":") : [];
    return left.concat(Array(Math.max(0, 8 - left.length - right.length)).fill("0"), right);
  }

  const subnet = (host) => chain(host)[0];

  // Everybody by importance: flagged, contacted, reached, then by bytes.
  function ranking() {
    const weight = {suspect: 3, contacted: 2, reached: 1, other: 0};
    const key = Array.from({length: hostCount}, (unused, h) => weight[hg.story.role(h, null)]);
    return Array.from({length: hostCount}, (unused, h) => h)
      .sort((a, b) => key[b] - key[a] || hosts.bytes[b] - hosts.bytes[a] || a - b);
  }

  // The small subnet for the largest of them; where there are too many, the others by larger ones.
  function naming(rest) {
    const largest = (level) => {
      const count = new Map();
      for (const host of rest) count.set(chain(host)[level], (count.get(chain(host)[level]) || 0) + 1);
      const order = [...count].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([name]) => name);
      return {own: new Set(order.slice(0, MOST_GROUPS)), all: order.length <= MOST_GROUPS};
    };
    const levels = [0, 1].map(largest);
    return (host) => {
      const names = chain(host);
      for (const level of [0, 1]) {
        if (levels[level].own.has(names[level])) return names[level] + (level && !levels[0].all ? ", rest" : "");
      }
      return names[2] + ", rest";
    };
  }

  // Host -> its group's name, or null where it is shown by itself. `wanted`: hosts to be shown.
  function assign(wanted) {
    const group = new Array(hostCount).fill(null);
    if (wanted.size <= LIMIT) return group;
    const order = ranking().filter((host) => wanted.has(host));
    const rest = order.slice(AT_FIRST);
    const nameOf = naming(rest);
    const taken = new Map();
    for (const host of rest) {
      const name = nameOf(host);
      const shown = taken.get(name) || 0;
      if (shown < (expanded.get(name) || 0)) taken.set(name, shown + 1);
      else if (host !== hg.state.selected) group[host] = name;
    }
    return group;
  }

  function expand(name) {
    expanded.set(name, (expanded.get(name) || 0) + EXPAND);
    hg.view.rebuild();
  }

  function collapse() {
    expanded.clear();
    hg.view.rebuild();
  }

  return {LIMIT, assign, expand, collapse, subnet, isExpanded: () => expanded.size > 0};
})();
