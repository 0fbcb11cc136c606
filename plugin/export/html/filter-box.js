// filter-box.js - choosing what the map shows: protocols, server ports, scopes, minimum traffic
// SPDX-License-Identifier: GPL-2.0-or-later
hg.filterBox = (function () {
  const {el, format} = hg;
  const {now, scopes, ports} = hg.filters;
  const box = hg.byId("filter-box");
  const button = hg.byId("filter-button");
  const SIZES = [0, 100, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9];

  const toggled = (set, item) => {
    const next = new Set(set);
    if (!next.delete(item)) next.add(item);
    return next;
  };

  const check = (text, on, change) => el("label", {class: "check"},
    el("input", {type: "checkbox", checked: on, onchange: change}), text);

  function show() {
    const size = Math.max(0, SIZES.indexOf(now.bytes));
    const sizeText = el("output", {}, now.bytes ? "at least " + format.bytes(now.bytes) : "any");
    hg.replace(box,
      el("fieldset", {}, el("legend", {}, "Bytes of an edge ", sizeText),
        el("input", {type: "range", min: 0, max: SIZES.length - 1, value: size, id: "filter-bytes",
          "aria-label": "Minimum bytes of an edge",
          oninput: (event) => { sizeText.textContent = SIZES[event.target.value] ? "at least " +
            format.bytes(SIZES[event.target.value]) : "any"; },
          onchange: (event) => hg.filters.set({bytes: SIZES[event.target.value]})})),
      el("fieldset", {}, el("legend", {}, "Scope (none: all)"), scopes.map((scope) =>
        check(scope, now.scopes.has(scope), () => hg.filters.set({scopes: toggled(now.scopes, scope)})))),
      el("fieldset", {}, el("legend", {}, "Protocol (none: all)"), el("div", {class: "scroll-y"},
        hg.data.shownProtocols.slice(0, 200).map((p, i) => check(hg.data.protocolName(i) + " (" +
          format.count(p.packets) + ")",
          now.protocols.has(i), () => hg.filters.set({protocols: toggled(now.protocols, i)}))))),
      el("fieldset", {}, el("legend", {}, "Server port (none: all)"), el("div", {class: "scroll-y"},
        ports.slice(0, 200).map(([port, packets]) => check(port + " (" + format.count(packets) + ")",
          now.ports.has(port), () => hg.filters.set({ports: toggled(now.ports, port)}))))),
      el("p", {class: "buttons"}, el("button", {type: "button", onclick: () => { hg.filters.clear(); show(); }},
        "Show all"),
        hg.groups.isExpanded() ? el("button", {type: "button", onclick: () => hg.groups.collapse()},
          "Close subnets") : null));
  }

  function toggle() {
    box.hidden = !box.hidden;
    button.setAttribute("aria-expanded", String(!box.hidden));
    if (!box.hidden) show();
  }

  function init() {
    button.addEventListener("click", toggle);
    hg.events.on("view", () => {
      button.classList.toggle("on", hg.filters.isOn());
      const note = hg.byId("map-note");
      note.textContent = hg.view.note();
      note.hidden = !hg.view.note();
    });
  }

  return {init, toggle, close: () => { if (!box.hidden) toggle(); }};
})();
