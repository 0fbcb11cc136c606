// draw.js - one picture of the view, on a canvas or into an SVG (svg-context.js)
// SPDX-License-Identifier: GPL-2.0-or-later
hg.draw = (function () {
  // All that drawing needs to know. `transform`: {x, y, k} from layout to picture.
  function newScene({width, height, transform, draft}) {
    const {state} = hg;
    const nodes = hg.view.nodes();
    const scale = Math.min(1.8, Math.max(0.55, Math.sqrt(transform.k)));
    const selected = state.selected >= 0 ? hg.view.nodeOf(state.selected) : null;
    const focus = state.hovered || selected;
    const near = new Set(focus ? [focus] : []);
    for (const edge of focus ? hg.view.edges() : []) {
      if (edge.source === focus) near.add(edge.target);
      if (edge.target === focus) near.add(edge.source);
    }
    // On the circle neighbours must not cover each other.
    const spacing = state.layout === "circle" ? hg.layouts.circle.spacing * transform.k : Infinity;
    const most = Math.max(2, spacing * 0.5);
    const roles = new Map();
    const window = Math.max(hg.data.end * 0.012, 1e-6); // what counts as just now, s
    const scene = {
      width, height, draft, nodes, selected, focus, hovered: state.hovered, time: state.time,
      layout: state.layout, spacing, edges: hg.view.edges(), colours: hg.theme.colours(),
      edgeScale: nodes.length > 400 ? 0.6 : Math.min(1.2, Math.max(0.7, Math.sqrt(transform.k))),
      rings: hg.layouts[state.layout].rings ? hg.layouts[state.layout].rings() : [],
      toScreen: (x, y) => ({x: x * transform.k + transform.x, y: y * transform.k + transform.y}),
      point: (node) => node.at,
      radius: (node) => Math.min(node.radius * scale, most),
      role(node) {
        if (!roles.has(node)) roles.set(node, hg.view.role(node, state.time));
        return roles.get(node);
      },
      isNear: (node) => near.has(node),
      isVisible: (node) => state.time === null || node.first <= state.time,
      // The edge on which a trace went from host to host.
      spread(edge) {
        const host = edge.target.host;
        return host >= 0 && edge.source.host >= 0 && hg.story.via(host) === edge.source.host &&
          hg.story.hops(host, state.time) > 0;
      },
      recent: (edge) => edge.last >= state.time - window && edge.all.some((e) =>
        hg.replay && hg.replay.isActive(e, state.time - window, state.time)),
    };
    for (const node of nodes) node.at = scene.toScreen(node.x, node.y);
    return scene;
  }

  function drawRings(context, scene) {
    const middle = scene.toScreen(0, 0);
    for (const ring of scene.rings) {
      const edge = scene.toScreen(ring.radius, 0);
      context.beginPath();
      context.arc(middle.x, middle.y, edge.x - middle.x, 0, 2 * Math.PI);
      context.globalAlpha = ring.faint ? 0.5 : 1;
      context.lineWidth = 1;
      context.strokeStyle = scene.colours.line;
      context.stroke();
      context.globalAlpha = 1;
    }
  }

  function draw(context, scene) {
    context.fillStyle = scene.colours.paper;
    context.fillRect(0, 0, scene.width, scene.height);
    drawRings(context, scene);
    hg.drawEdges.draw(context, scene);
    const list = hg.drawNodes(context, scene);
    hg.drawLabels(context, scene, list);
    return list.length;
  }

  return {newScene, draw};
})();
