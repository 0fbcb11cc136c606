// theme.js - dark or light; the map takes its colours from the style sheet
// SPDX-License-Identifier: GPL-2.0-or-later
hg.theme = (function () {
  const root = document.documentElement;
  const NAMES = ["suspect", "contacted", "reached", "other", "ink", "muted", "paper", "line", "edge",
    "select", "outline"];
  let colours = {};

  function read() {
    const style = getComputedStyle(root);
    colours = {};
    for (const name of NAMES) colours[name] = style.getPropertyValue("--" + name).trim();
    colours.font = getComputedStyle(document.body).fontFamily;
  }

  function set(name) {
    root.dataset.theme = name;
    const button = hg.byId("theme");
    button.textContent = name === "dark" ? "Light" : "Dark";
    read();
    hg.events.tell("theme", name);
  }

  const toggle = () => set(root.dataset.theme === "dark" ? "light" : "dark");

  function init() {
    hg.byId("theme").addEventListener("click", toggle);
    set(matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
  }

  return {init, set, toggle, name: () => root.dataset.theme, colours: () => colours};
})();
