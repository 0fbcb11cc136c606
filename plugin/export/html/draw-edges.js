// draw-edges.js - edges bend to the right of their way, so that both directions of a pair show
//
// Edges of one look are drawn together, PIECE at a time: one by one they would be slow, and so would
// one path of thousands that cross each other. A draft has only the most
// telling DRAFT of them, straight.
// SPDX-License-Identifier: GPL-2.0-or-later
hg.drawEdges = (function () {
  const PIECE = 48;
  const DRAFT = 700;
  const DASHES = [6, 4]; // of tunnels: others' packets
  const ARROWS = 4000; // more edges than this have arrows only where they matter
  const FAR = 30; // more than an edge bends
  const WIDTHS = [1, 1.7, 2.6, 3.6, 5];

  // How an edge looks: its colour and how much it stands out (3 most).
  function look(edge, scene) {
    const focus = scene.focus;
    const touches = focus && (edge.source === focus || edge.target === focus);
    const from = scene.role(edge.source);
    const to = scene.role(edge.target);
    if (scene.time !== null && scene.recent(edge)) {
      return {colour: from === "other" ? "select" : from, rank: 3};
    }
    if (touches) return {colour: from === "suspect" ? "suspect" : "select", rank: 3};
    if (focus) return {colour: "edge", rank: 0};
    if (scene.spread(edge)) return {colour: to === "reached" ? "reached" : "contacted", rank: 2};
    if (from === "suspect") return {colour: "suspect", rank: 2};
    return {colour: "edge", rank: 1};
  }

  const ALPHA = [0.1, 0.3, 0.75, 0.95];

  function geometry(edge, scene) {
    const a = scene.point(edge.source);
    const b = scene.point(edge.target);
    const dx = b.x - a.x;
    const dy = b.y - a.y;
    const length = Math.hypot(dx, dy) || 1;
    const ux = dx / length;
    const uy = dy / length;
    const bend = edge.twoWay && !scene.draft ? Math.min(26, length * 0.09) : 0;
    const cx = (a.x + b.x) / 2 - uy * bend * 2;
    const cy = (a.y + b.y) / 2 + ux * bend * 2;
    const end = Math.min(scene.radius(edge.target) + 2, length / 2);
    // The tip, along the way in which the curve arrives.
    const tx = b.x - cx;
    const ty = b.y - cy;
    const t = Math.hypot(tx, ty) || 1;
    return {a, b, cx, cy, bend, tip: {x: b.x - tx / t * end, y: b.y - ty / t * end}, dx: tx / t, dy: ty / t,
      length};
  }

  function outside(a, b, scene) {
    const m = 30;
    return Math.max(a.x, b.x) < -m || Math.max(a.y, b.y) < -m || Math.min(a.x, b.x) > scene.width + m ||
      Math.min(a.y, b.y) > scene.height + m;
  }

  function addCurve(context, g) {
    context.moveTo(g.a.x, g.a.y);
    if (g.bend) context.quadraticCurveTo(g.cx, g.cy, g.tip.x, g.tip.y);
    else context.lineTo(g.tip.x, g.tip.y);
  }

  function addArrow(context, g, width) {
    const size = 4 + width * 1.6;
    if (g.length < size * 3) return;
    const {tip, dx, dy} = g;
    context.moveTo(tip.x, tip.y);
    context.lineTo(tip.x - dx * size - dy * size * 0.42, tip.y - dy * size + dx * size * 0.42);
    context.lineTo(tip.x - dx * size + dy * size * 0.42, tip.y - dy * size - dx * size * 0.42);
    context.closePath();
  }

  // Edges to be drawn by look: [{colour, rank, width, tunnel, edges}], the least telling first.
  function sort(scene) {
    const batches = new Map();
    for (const edge of scene.edges) {
      if (scene.time !== null && edge.first > scene.time) continue;
      const {colour, rank} = look(edge, scene);
      let width = 0;
      while (width < WIDTHS.length - 1 && edge.width > WIDTHS[width]) width++;
      const key = rank + colour + width + edge.tunnel;
      if (!batches.has(key)) {
        batches.set(key, {colour, rank, width: WIDTHS[width], tunnel: edge.tunnel, edges: []});
      }
      batches.get(key).edges.push(edge);
    }
    return [...batches.values()].sort((a, b) => a.rank - b.rank || a.width - b.width);
  }

  // The last `most` edges of the batches.
  function only(batches, most) {
    const result = [];
    for (const batch of batches.reverse()) {
      if (most <= 0) break;
      result.unshift({...batch, edges: batch.edges.slice(0, most)});
      most -= batch.edges.length;
    }
    return result;
  }

  function drawPiece(context, batch, edges, scene, arrows) {
    const tips = [];
    context.beginPath();
    for (const edge of edges) {
      const g = geometry(edge, scene);
      if (outside(g.a, g.b, scene)) continue;
      addCurve(context, g);
      if (arrows) tips.push(g);
    }
    context.setLineDash(batch.tunnel ? DASHES : []);
    context.stroke();
    context.setLineDash([]);
    if (!tips.length) return;
    context.beginPath();
    for (const g of tips) addArrow(context, g, batch.width * scene.edgeScale);
    context.fill();
  }

  function drawBatch(context, batch, scene, arrows, crowd) {
    // The more edges of a rank, the fainter and thinner each: else they would cover everything.
    const faint = Math.min(1, Math.sqrt(400 / crowd));
    context.globalAlpha = ALPHA[batch.rank] * (batch.rank === 3 ? 1 : Math.max(0.25, faint));
    context.lineWidth = batch.width * scene.edgeScale * (batch.rank === 3 ? 1 : Math.max(0.5, faint));
    context.strokeStyle = context.fillStyle = scene.colours[batch.colour];
    for (let i = 0; i < batch.edges.length; i += PIECE) {
      drawPiece(context, batch, batch.edges.slice(i, i + PIECE), scene, arrows);
    }
  }

  function toSegment(x, y, a, b) {
    const [dx, dy] = [b.x - a.x, b.y - a.y];
    const along = Math.max(0, Math.min(1, ((x - a.x) * dx + (y - a.y) * dy) / (dx * dx + dy * dy || 1)));
    return Math.hypot(a.x + along * dx - x, a.y + along * dy - y);
  }

  // How far a point of the picture is from the curve, or Infinity where that is far.
  function distance(edge, scene, x, y) {
    const {a, b, cx, cy, bend, tip} = geometry(edge, scene);
    if (x < Math.min(a.x, b.x) - FAR || x > Math.max(a.x, b.x) + FAR || y < Math.min(a.y, b.y) - FAR ||
      y > Math.max(a.y, b.y) + FAR) return Infinity;
    const pieces = bend ? 8 : 1;
    let least = Infinity;
    for (let i = 1, from = a; i <= pieces; i++) {
      const t = i / pieces;
      const at = (p, c, q) => (1 - t) * (1 - t) * p + 2 * t * (1 - t) * c + t * t * q;
      const to = {x: at(a.x, cx, tip.x), y: at(a.y, cy, tip.y)};
      least = Math.min(least, toSegment(x, y, from, to));
      from = to;
    }
    return least;
  }

  function draw(context, scene) {
    const many = scene.edges.length > ARROWS;
    const batches = scene.draft ? only(sort(scene), DRAFT) : sort(scene);
    context.lineCap = "butt";
    const crowds = [0, 0, 0, 0];
    for (const batch of batches) crowds[batch.rank] += batch.edges.length;
    for (const batch of batches) {
      const crowd = crowds[batch.rank];
      drawBatch(context, batch, scene, !scene.draft && (!many || (batch.rank >= 2 && crowd < 800)), crowd);
    }
    context.globalAlpha = 1;
  }

  return {draw, distance};
})();
