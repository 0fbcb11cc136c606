// tabs.js - the report beside the map, a page at a time
// SPDX-License-Identifier: GPL-2.0-or-later
hg.tabs = (function () {
  const {el} = hg;
  const body = hg.byId("panel-body");
  const count = (n) => n > 0 ? el("span", {class: "badge"}, hg.format.count(n)) : null;
  const PAGES = {
    summary: ["Summary", () => hg.summary.show()],
    suspects: ["Suspects", () => hg.findings.suspects(), () => count(hg.story.flags.size)],
    exposures: ["Exposures", () => hg.findings.exposures(), () => count(hg.findings.count("exposure", "victim"))],
    hosts: ["Hosts", () => hg.tables.show("hosts")],
    conversations: ["Conversations", () => hg.tables.show("conversations")],
    protocols: ["Protocols", () => hg.tables.show("protocols")],
    timeline: ["Timeline", () => hg.timeline.show()],
    host: ["Host", () => hg.hostPage.show()],
  };
  const buttons = {};
  const scrolled = {};
  let current = "summary";

  function show() {
    for (const [name, button] of Object.entries(buttons)) {
      const on = name === current;
      button.setAttribute("aria-selected", String(on));
      button.tabIndex = on ? 0 : -1;
      if (on) button.scrollIntoView({block: "nearest", inline: "nearest"});
      if (PAGES[name][2]) hg.replace(button, PAGES[name][0], PAGES[name][2]());
    }
    buttons.host.hidden = hg.state.selected < 0;
    body.setAttribute("aria-labelledby", "tab-" + current);
    body.dataset.page = current;
    hg.replace(body, PAGES[current][1]());
    body.scrollTop = scrolled[current] || 0;
  }

  function open(name) {
    scrolled[current] = body.scrollTop;
    current = name;
    show();
  }

  function refresh() {
    scrolled[current] = body.scrollTop;
    show();
  }

  function key(event) {
    const names = Object.keys(PAGES).filter((name) => !buttons[name].hidden);
    const step = {ArrowRight: 1, ArrowLeft: -1}[event.key];
    if (!step) return;
    const next = names[(names.indexOf(current) + step + names.length) % names.length];
    open(next);
    buttons[next].focus();
    event.preventDefault();
    event.stopPropagation();
  }

  function init() {
    const list = hg.byId("tabs");
    for (const [name, [title]] of Object.entries(PAGES)) {
      buttons[name] = el("button", {type: "button", role: "tab", id: "tab-" + name, "aria-controls": "panel-body",
        onclick: () => open(name)}, title);
      list.append(buttons[name]);
    }
    list.addEventListener("keydown", key);
    body.setAttribute("role", "tabpanel");
    hg.events.on("flags", refresh);
    hg.events.on("select", (host) => {
      if (host >= 0) {
        scrolled.host = 0;
        if (current === "hosts" || current === "timeline") refresh();
        else open("host");
      } else if (current === "host") open("summary");
      else refresh();
    });
  }

  return {init, open, refresh, current: () => current};
})();
