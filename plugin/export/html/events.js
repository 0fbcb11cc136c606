// events.js - what parts of the page tell each other
// SPDX-License-Identifier: GPL-2.0-or-later
hg.events = (function () {
  const listeners = new Map();
  return {
    // "select", "flags", "time", "view", "theme", "layout"
    on(name, listener) {
      if (!listeners.has(name)) listeners.set(name, []);
      listeners.get(name).push(listener);
    },
    tell(name, detail) {
      for (const listener of listeners.get(name) || []) listener(detail);
    },
  };
})();

// What is shown just now. `time`: seconds since base, or null for the whole capture.
hg.state = {selected: -1, hovered: null, time: null, layout: "force"};
