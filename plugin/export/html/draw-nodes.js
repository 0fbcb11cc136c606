// draw-nodes.js - colour by role, size by traffic, shape by scope, a number for the hops
// SPDX-License-Identifier: GPL-2.0-or-later
hg.drawNodes = (function () {
  const RANK = {other: 0, reached: 1, contacted: 2, suspect: 3};

  function ring(context, scene, node, point, extra, colour, width) {
    context.beginPath();
    hg.shapes.trace(context, hg.shapes.ofNode(node), point.x, point.y, scene.radius(node) + extra);
    context.lineWidth = width;
    context.strokeStyle = colour;
    context.stroke();
  }

  function body(context, scene, node, role) {
    const point = scene.point(node);
    context.beginPath();
    hg.shapes.trace(context, hg.shapes.ofNode(node), point.x, point.y, scene.radius(node));
    context.fillStyle = scene.colours[role];
    context.fill();
    context.lineWidth = role === "other" ? 1 : Math.min(1.5, scene.radius(node) / 3.5);
    context.strokeStyle = scene.colours[role === "other" ? "paper" : "outline"];
    context.stroke();
    if (role === "suspect") ring(context, scene, node, point, 4, scene.colours.suspect, 2);
  }

  function hopNumber(context, scene, node) {
    if (node.host < 0 || scene.radius(node) < 6.5) return;
    const hops = hg.story.hops(node.host, scene.time);
    if (hops < 1 || hg.story.flags.has(node.host)) return;
    const point = scene.point(node);
    context.font = "bold " + Math.round(Math.min(12, scene.radius(node) * 1.3)) + "px " + scene.colours.font;
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.fillStyle = "#1a1a1a"; // on orange and yellow, dark or light page alike
    context.fillText(String(hops), point.x, point.y + 0.5);
  }

  return function (context, scene) {
    const list = scene.nodes.filter((node) => scene.isVisible(node))
      .map((node) => ({node, role: scene.role(node)}))
      .sort((a, b) => RANK[a.role] - RANK[b.role] || b.node.radius - a.node.radius);
    for (const {node, role} of list) {
      context.globalAlpha = scene.focus && !scene.isNear(node) ? 0.25 : 1;
      body(context, scene, node, role);
      if (role === "reached") hopNumber(context, scene, node);
    }
    context.globalAlpha = 1;
    for (const node of [scene.selected, scene.hovered]) {
      if (node && scene.isVisible(node)) {
        ring(context, scene, node, scene.point(node), 7, scene.colours.select, node === scene.selected ? 3 : 2);
      }
    }
    return list;
  };
})();
