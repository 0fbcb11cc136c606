// map.js - the canvas: moves, zooms, lets the layout settle, and draws when something changed
// SPDX-License-Identifier: GPL-2.0-or-later
hg.map = (function () {
  const canvas = hg.byId("map");
  const context = canvas.getContext("2d");
  const BUDGET = 11; // ms of layout work a frame
  const HEAVY = 3000; // edges; with more, what moves is a draft, and all is drawn when it rests
  const REST = 180; // ms
  const MARGIN = {top: 64, right: 60, bottom: 40, left: 60};
  let width = 0;
  let height = 0;
  let transform = {x: 0, y: 0, k: 1};
  let zoom = null;
  let dirty = true;
  let moved = false; // by the user: then the view is not fitted any more
  let changedAt = -Infinity; // when something to be seen changed, ms
  let picture = null; // the last full picture of a heavy graph: {canvas, transform}
  let moving = null; // from where to where nodes of a fixed layout go
  let drawn = 0;
  let scene = null; // what was drawn last
  let settled = false;

  const layout = () => hg.layouts[hg.state.layout];
  const redraw = () => {
    dirty = true;
    picture = null;
    changedAt = performance.now();
  };
  const isHeavy = () => hg.view.edges().length > HEAVY;
  const calm = matchMedia("(prefers-reduced-motion: reduce)");

  // --- layouts ---

  function begin() {
    const nodes = hg.view.nodes();
    settled = false;
    layout().begin(nodes, hg.view.edges());
    moving = null;
    if (layout().fixed) {
      const known = nodes.some((node) => !Number.isNaN(node.x)) && !calm.matches;
      for (const node of nodes) {
        node.from = known && !Number.isNaN(node.x) ? {x: node.x, y: node.y} : node.goal;
        Object.assign(node, node.from);
      }
      moving = {since: performance.now(), length: known ? 450 : 0};
    } else if (nodes.length <= 400) {
      // Small graphs appear settled at once.
      const until = performance.now() + 350;
      while (performance.now() < until && layout().step(20));
    }
    if (!moved) fit(0);
    redraw();
  }

  function glide(now) {
    const share = moving.length ? Math.min(1, (now - moving.since) / moving.length) : 1;
    const eased = 1 - (1 - share) ** 3;
    for (const node of hg.view.nodes()) {
      node.x = node.from.x + (node.goal.x - node.from.x) * eased;
      node.y = node.from.y + (node.goal.y - node.from.y) * eased;
    }
    if (share >= 1) moving = null;
    return true;
  }

  // --- where on the screen ---

  function bounds() {
    let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
    for (const node of hg.view.nodes()) {
      left = Math.min(left, node.x);
      right = Math.max(right, node.x);
      top = Math.min(top, node.y);
      bottom = Math.max(bottom, node.y);
    }
    const rings = layout().rings ? layout().rings() : [];
    if (!rings.length) return {left, top, right, bottom};
    const reach = rings[rings.length - 1].radius;
    return {left: Math.min(left, -reach), top: Math.min(top, -reach), right: Math.max(right, reach),
      bottom: Math.max(bottom, reach)};
  }

  function fitting() {
    const {left, top, right, bottom} = bounds();
    if (!hg.view.nodes().length) return {x: width / 2, y: height / 2, k: 1};
    // On the circle labels point outwards.
    const longest = Math.min(24, Math.max(...hg.view.nodes().map((node) => node.label.length)));
    const room = hg.state.layout === "circle" ? longest * 12 - 30 : 0;
    const above = MARGIN.top + (hg.view.note() ? 44 : 0);
    const wide = Math.max(50, width - MARGIN.left - MARGIN.right - room);
    const high = Math.max(50, height - above - MARGIN.bottom - room);
    const k = Math.min(2.2, wide / Math.max(1, right - left), high / Math.max(1, bottom - top));
    return {k, x: width / 2 - k * (left + right) / 2,
      y: (height + above - MARGIN.bottom) / 2 - k * (top + bottom) / 2};
  }

  function setTransform(next, animate) {
    const target = d3.zoomIdentity.translate(next.x, next.y).scale(next.k);
    const selection = d3.select(canvas);
    const gentle = animate && !calm.matches;
    (gentle ? selection.transition().duration(animate) : selection).call(zoom.transform, target);
  }

  function fit(animate = 300) {
    moved = false;
    setTransform(fitting(), animate);
  }

  function centre(host) {
    const node = hg.view.nodeOf(host);
    if (!node || Number.isNaN(node.x)) return;
    const {x, y} = transform;
    const at = {x: node.x * transform.k + x, y: node.y * transform.k + y};
    if (at.x > 40 && at.y > 60 && at.x < width - 40 && at.y < height - 40) return;
    moved = true;
    setTransform({k: transform.k, x: width / 2 - node.x * transform.k, y: height / 2 - node.y * transform.k}, 300);
  }

  const zoomBy = (factor) => {
    moved = true;
    d3.select(canvas).transition().duration(calm.matches ? 0 : 150).call(zoom.scaleBy, factor);
  };
  const panBy = (dx, dy) => {
    moved = true;
    d3.select(canvas).call(zoom.translateBy, dx / transform.k, dy / transform.k);
  };

  // The node under a point of the canvas, or null.
  function nodeAt(x, y) {
    const scale = Math.min(1.8, Math.max(0.55, Math.sqrt(transform.k)));
    let best = null;
    let least = Infinity;
    for (const node of hg.view.nodes()) {
      if (hg.state.time !== null && node.first > hg.state.time) continue;
      const far = Math.hypot(node.x * transform.k + transform.x - x, node.y * transform.k + transform.y - y);
      if (far < node.radius * scale + 4 && far < least) {
        best = node;
        least = far;
      }
    }
    return best;
  }

  // The edge under a point of the canvas, or null. While the picture moves none is.
  function edgeAt(x, y) {
    let best = null;
    let least = 5;
    for (const edge of scene && !dirty ? scene.edges : []) {
      if (scene.time !== null && edge.first > scene.time) continue;
      const far = hg.drawEdges.distance(edge, scene, x, y);
      if (far < least) {
        best = edge;
        least = far;
      }
    }
    return best;
  }

  // --- the loop ---

  function resize() {
    const box = canvas.parentElement.getBoundingClientRect();
    const finer = window.devicePixelRatio || 1;
    width = Math.max(1, Math.round(box.width));
    height = Math.max(1, Math.round(box.height));
    canvas.width = width * finer;
    canvas.height = height * finer;
    zoom.extent([[0, 0], [width, height]]);
    if (!moved) fit(0);
    redraw();
  }

  function frame(now) {
    requestAnimationFrame(frame);
    let active = false;
    if (moving) active = glide(now);
    else if (!layout().fixed) active = layout().step(isHeavy() ? 2 * BUDGET : BUDGET);
    if (active && !moved) fit(0);
    if (!active && !settled) {
      settled = true;
      redraw();
    }
    if (!dirty && !active) return;
    paint(isHeavy() && (active || now - changedAt < REST));
  }

  // A draft is followed by the full picture when nothing has changed for a while.
  function paint(draft) {
    const finer = window.devicePixelRatio || 1;
    context.setTransform(finer, 0, 0, finer, 0, 0);
    dirty = draft;
    if (draft && picture) {
      showPicture();
      return;
    }
    scene = hg.draw.newScene({width, height, transform, draft});
    drawn = hg.draw.draw(context, scene);
    if (!draft && isHeavy()) {
      const copy = document.createElement("canvas");
      copy.width = canvas.width;
      copy.height = canvas.height;
      copy.getContext("2d").drawImage(canvas, 0, 0);
      picture = {canvas: copy, transform};
    }
  }

  // The last full picture, moved and scaled.
  function showPicture() {
    const k = transform.k / picture.transform.k;
    context.fillStyle = hg.theme.colours().paper;
    context.fillRect(0, 0, width, height);
    context.drawImage(picture.canvas, transform.x - picture.transform.x * k, transform.y - picture.transform.y * k,
      width * k, height * k);
  }

  function init() {
    zoom = d3.zoom().scaleExtent([0.02, 12])
      .filter(function () {
        const event = d3.event || arguments[0]; // d3 5 or later
        return !event.button && !(event.type !== "wheel" && hg.hover && hg.hover.isOnNode(event));
      })
      .on("zoom", function () {
        const event = d3.event || arguments[0];
        if (event.sourceEvent) moved = true;
        changedAt = performance.now();
        transform = event.transform;
        dirty = true;
      });
    d3.select(canvas).call(zoom).on("dblclick.zoom", null);
    new ResizeObserver(resize).observe(canvas.parentElement);
    resize();
    hg.events.on("view", begin);
    hg.events.on("theme", redraw);
    hg.events.on("time", redraw);
    hg.events.on("flags", () => hg.state.layout === "rings" ? begin() : redraw());
    hg.events.on("select", redraw);
    hg.events.on("layout", () => {
      moved = false;
      begin();
    });
    requestAnimationFrame(frame);
  }

  return {init, redraw, fit, centre, zoomBy, panBy, nodeAt, edgeAt, canvas, frame: () => ({width, height, transform}),
    isSettled: () => settled, drawn: () => drawn,
    toLayout: (x, y) => ({x: (x - transform.x) / transform.k, y: (y - transform.y) / transform.k})};
})();
