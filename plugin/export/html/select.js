// select.js - one host at a time is selected, wherever it was clicked
// SPDX-License-Identifier: GPL-2.0-or-later
hg.select = function (host) {
  if (host === hg.state.selected && host >= 0) {
    hg.tabs.open("host");
    return;
  }
  hg.state.selected = host;
  if (host >= 0) {
    hg.view.ensure(host);
    hg.map.centre(host);
  }
  hg.events.tell("select", host);
};

// A host as a button that selects it, with its colour in the story.
hg.hostButton = function (host, long) {
  const {hosts} = hg.data;
  if (host < 0) return hg.el("span", {class: "muted"}, "(unknown)");
  return hg.el("button", {type: "button", class: "host role-" + hg.story.role(host, null),
    title: hosts.name[host] ? hg.format.cut(hosts.name[host], 200) : null,
    onclick: (event) => {
      event.stopPropagation();
      hg.select(host);
    }}, hg.format.cut(hosts.id[host], 48), long && hosts.name[host] ?
      hg.el("small", {}, " " + hg.format.cut(hosts.name[host], 40)) : null);
};
