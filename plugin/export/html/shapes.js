// shapes.js - a node's outline tells its scope
// SPDX-License-Identifier: GPL-2.0-or-later
hg.shapes = (function () {
  const OF_SCOPE = {internal: "circle", "link-local": "circle", external: "square", multicast: "triangle",
    broadcast: "triangle", loopback: "diamond", unspecified: "diamond"};

  const ofNode = (node) => node.group ? "hexagon" : OF_SCOPE[hg.data.hosts.scope[node.host]] || "circle";

  function polygon(context, x, y, radius, corners, turn) {
    for (let i = 0; i < corners; i++) {
      const angle = turn + i / corners * 2 * Math.PI;
      const px = x + radius * Math.cos(angle);
      const py = y + radius * Math.sin(angle);
      if (i === 0) context.moveTo(px, py);
      else context.lineTo(px, py);
    }
    context.closePath();
  }

  // Adds the outline to the path; all shapes look about as large as the circle.
  function trace(context, shape, x, y, radius) {
    switch (shape) {
      case "square": return polygon(context, x, y, radius * 1.25, 4, Math.PI / 4);
      case "triangle": return polygon(context, x, y, radius * 1.35, 3, -Math.PI / 2);
      case "diamond": return polygon(context, x, y, radius * 1.3, 4, 0);
      case "hexagon": return polygon(context, x, y, radius * 1.1, 6, 0);
      default:
        context.moveTo(x + radius, y);
        return context.arc(x, y, radius, 0, 2 * Math.PI);
    }
  }

  return {ofNode, trace};
})();
