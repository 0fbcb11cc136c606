// main.js - puts the page together
// SPDX-License-Identifier: GPL-2.0-or-later
hg.setLayout = function (name) {
  hg.state.layout = name;
  for (const button of hg.byId("layouts").children) {
    button.setAttribute("aria-checked", String(button.dataset.layout === name));
  }
  hg.events.tell("layout", name);
};

(function () {
  const {el, format} = hg;
  const {graph} = hg.data;

  function head() {
    hg.byId("capture-name").textContent = format.cut(graph.capture || "Host map", 80);
    hg.byId("capture-facts").textContent = [format.plural(hg.data.hostCount, "host"),
      format.plural(graph.packets, "packet"), format.span(hg.data.end)].join(", ");
  }

  function layoutButtons() {
    hg.replace(hg.byId("layouts"), ["force", "circle", "rings"].map((name) => el("button", {type: "button",
      role: "radio",
      "data-layout": name, title: "Layout (" + hg.layouts[name].key + ")", onclick: () => hg.setLayout(name)},
    hg.layouts[name].title)));
  }

  // The report's width: with the pointer, or arrow keys on the bar.
  function splitter() {
    const bar = hg.byId("splitter");
    const set = (width) => {
      const most = document.body.clientWidth - 320;
      hg.byId("page").style.setProperty("--panel", Math.max(320, Math.min(most, width)) + "px");
    };
    bar.addEventListener("pointerdown", (event) => {
      bar.setPointerCapture(event.pointerId);
      bar.onpointermove = (move) => set(document.body.clientWidth - move.clientX);
      bar.onpointerup = () => {
        bar.onpointermove = null;
        if (hg.tabs.current() === "timeline") hg.tabs.refresh();
      };
    });
    bar.addEventListener("keydown", (event) => {
      const step = {ArrowLeft: 40, ArrowRight: -40}[event.key];
      if (step) set(hg.byId("panel").clientWidth + step);
      if (step) event.stopPropagation();
    });
  }

  // What tests may look at and do; nothing in the page uses it.
  function hook() {
    window.hostgraph = {
      state: hg.state, data: hg.data, story: hg.story, trace: hg.trace, contacts: hg.contacts, view: hg.view,
      replay: hg.replay, map: hg.map, select: hg.select, setLayout: hg.setLayout, filters: hg.filters,
      groups: hg.groups, theme: hg.theme, search: hg.search, tables: hg.tables, exportImage: hg.exportImage,
        tabs: hg.tabs,
      readyAt: performance.now(),
    };
  }

  head();
  layoutButtons();
  for (const part of ["tabs", "legend", "filterBox", "search", "hover", "replay", "exportImage",
    "keyboard"]) hg[part].init();
  hg.theme.init();
  hg.byId("fit").addEventListener("click", () => hg.map.fit());
  hg.byId("zoom-in").addEventListener("click", () => hg.map.zoomBy(1.4));
  hg.byId("zoom-out").addEventListener("click", () => hg.map.zoomBy(1 / 1.4));
  splitter();
  hg.map.init();
  hg.story.reset();
  hg.view.rebuild();
  hg.setLayout("force");
  hg.tabs.open("summary");
  hook();
})();
