// search.js - finds hosts by address, name, MAC, role or "vlan 20"
// SPDX-License-Identifier: GPL-2.0-or-later
hg.search = (function () {
  const {hosts, hostCount} = hg.data;
  const MOST = 12;
  const field = hg.byId("search");
  const list = hg.byId("search-results");
  let found = [];
  let chosen = 0;

  // All that a host may be found by, made at the first search.
  let texts = null;
  const textOf = (h) => [hosts.id[h], hosts.name[h], ...hosts.macs[h], ...hosts.roles[h],
    ...hosts.vlans[h].map((vlan) => "vlan " + vlan)].join("\n").toLowerCase();

  // Hosts whose address begins so come first, then the busiest.
  function find(words) {
    const wanted = words.trim().toLowerCase();
    if (!wanted) return [];
    texts = texts || Array.from({length: hostCount}, (unused, h) => textOf(h));
    const rank = (h) => hosts.id[h].toLowerCase() === wanted ? 2 : texts[h].startsWith(wanted) ? 1 : 0;
    const hits = [];
    for (let h = 0; h < hostCount; h++) if (texts[h].includes(wanted)) hits.push(h);
    return hits.sort((a, b) => rank(b) - rank(a) || hosts.bytes[b] - hosts.bytes[a] || a - b);
  }

  function close() {
    list.hidden = true;
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
  }

  function pick(host) {
    close();
    field.value = hosts.id[host];
    hg.select(host);
  }

  function show() {
    const hits = found.slice(0, MOST);
    hg.replace(list, hits.map((h, i) => hg.el("li", {role: "option", id: "found-" + i,
      "aria-selected": i === chosen ? "true" : "false", onpointerdown: (event) => {
        event.preventDefault();
        pick(h);
      }}, hg.el("span", {class: "dot role-" + hg.story.role(h, null)}), hg.format.cut(hosts.id[h], 48),
      hosts.name[h] ? hg.el("small", {}, " " + hg.format.cut(hosts.name[h], 48)) : null)),
    found.length > MOST ? hg.el("li", {class: "muted"}, "and " + hg.format.count(found.length - MOST) + " more") :
      found.length === 0 ? hg.el("li", {class: "muted"}, "No host has that in its address, name or MAC") : null);
    list.hidden = field.value.trim() === "";
    field.setAttribute("aria-expanded", String(!list.hidden));
    if (hits.length) field.setAttribute("aria-activedescendant", "found-" + chosen);
  }

  function key(event) {
    const last = Math.min(found.length, MOST) - 1;
    if (event.key === "ArrowDown") chosen = Math.min(last, chosen + 1);
    else if (event.key === "ArrowUp") chosen = Math.max(0, chosen - 1);
    else if (event.key === "Enter" && found.length) return pick(found[chosen]);
    else if (event.key === "Escape") {
      close();
      field.blur();
      event.stopPropagation();
      return undefined;
    } else return undefined;
    event.preventDefault();
    return show();
  }

  function init() {
    field.addEventListener("input", () => {
      found = find(field.value);
      chosen = 0;
      show();
    });
    field.addEventListener("keydown", key);
    field.addEventListener("blur", close);
  }

  return {init, find, focus: () => { field.focus(); field.select(); }};
})();
