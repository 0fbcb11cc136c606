// draw-labels.js - as many labels as fit without touching, the most telling first
// SPDX-License-Identifier: GPL-2.0-or-later
hg.drawLabels = (function () {
  const SIZE = 12;
  const MOST = 300;
  const LONGEST = 24; // on the circle
  const RANK = {other: 0, reached: 1, contacted: 2, suspect: 3};

  // Boxes that are taken, in squares of 64 pixels, so that a look-up stays short.
  function newBoard() {
    const squares = new Map();
    const each = (box, visit) => {
      for (let x = Math.floor(box.x / 64); x <= Math.floor((box.x + box.w) / 64); x++) {
        for (let y = Math.floor(box.y / 64); y <= Math.floor((box.y + box.h) / 64); y++) {
          if (visit(x + " " + y)) return true;
        }
      }
      return false;
    };
    const meet = (a, b) => a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
    return {
      isFree: (box) => !each(box, (key) => (squares.get(key) || []).some((other) => meet(box, other))),
      take: (box) => each(box, (key) => {
        if (!squares.has(key)) squares.set(key, []);
        squares.get(key).push(box);
        return false;
      }),
    };
  }

  function text(node, scene) {
    const name = node.host >= 0 ? hg.data.hosts.name[node.host] : "";
    const wide = scene.nodes.length <= 60 || node === scene.selected || node === scene.hovered;
    return hg.format.cut(node.label, scene.layout === "circle" ? LONGEST : 40) + (name && wide ? "  " +
      hg.format.cut(name, 26) : "");
  }

  function priority({node, role}, scene) {
    if (node === scene.selected || node === scene.hovered) return 1e9;
    const near = scene.focus && scene.isNear(node) ? 500 : 0;
    return RANK[role] * 100 + near + (node.group ? 50 : 0) + node.radius;
  }

  function write(context, scene, label, x, y) {
    context.lineWidth = 3.5;
    context.lineJoin = "round";
    context.strokeStyle = scene.colours.paper;
    context.strokeText(label, x, y);
    context.fillText(label, x, y);
  }

  // Beside the node: below, above, right or left, wherever there is room.
  function beside(context, scene, entry, board, label) {
    const {node} = entry;
    const point = scene.point(node);
    const w = context.measureText(label).width;
    const away = scene.radius(node) + (entry.role === "suspect" ? 8 : 4);
    const spots = [[point.x - w / 2, point.y + away], [point.x - w / 2, point.y - away - SIZE],
      [point.x + away + 2, point.y - SIZE / 2], [point.x - away - w - 2, point.y - SIZE / 2]];
    for (const [x, y] of spots) {
      const box = {x: x - 3, y: y - 2, w: w + 6, h: SIZE + 4};
      if (x < 2 || y < 2 || x + w > scene.width - 2 || y + SIZE > scene.height - 2) continue;
      if (!board.isFree(box)) continue;
      board.take(box);
      write(context, scene, label, x, y);
      return true;
    }
    // A flagged or selected host goes before all others, even over nodes.
    if (entry.role !== "suspect" && node !== scene.selected && node !== scene.hovered) return false;
    const [x, y] = spots[0];
    board.take({x: x - 3, y: y - 2, w: w + 6, h: SIZE + 4});
    write(context, scene, label, x, y);
    return true;
  }

  // On the circle labels point away from the middle.
  function outward(context, scene, entry, board, label) {
    const {node} = entry;
    const point = scene.point(node);
    const away = scene.radius(node) + (entry.role === "suspect" ? 9 : 5);
    const left = Math.cos(node.angle) < -0.001;
    // What would meet is the labels' height along the circle: measured equally far out for all.
    const side = parseFloat(/([\d.]+)px/.exec(context.font)[1]) * 0.9;
    const box = {x: point.x + 12 * Math.cos(node.angle) - side / 2,
      y: point.y + 12 * Math.sin(node.angle) - side / 2, w: side, h: side};
    if (!board.isFree(box)) return false;
    board.take(box);
    context.save();
    context.translate(point.x + away * Math.cos(node.angle), point.y + away * Math.sin(node.angle));
    context.rotate(left ? node.angle + Math.PI : node.angle);
    context.textAlign = left ? "right" : "left";
    context.textBaseline = "middle";
    write(context, scene, label, 0, 0);
    context.restore();
    return true;
  }

  // At the lower right of each ring, where nothing else may stand.
  function ringNames(context, scene, board) {
    const middle = scene.toScreen(0, 0);
    context.font = "italic 11px " + scene.colours.font;
    context.textAlign = "left";
    context.textBaseline = "top";
    context.fillStyle = scene.colours.muted;
    for (const ring of scene.rings) {
      if (!ring.name) continue;
      const radius = scene.toScreen(ring.radius, 0).x - middle.x;
      const w = context.measureText(ring.name).width;
      const x = middle.x + radius * Math.SQRT1_2 - w / 2;
      const y = middle.y + radius * Math.SQRT1_2 - 6;
      const box = {x: x - 3, y: y - 2, w: w + 6, h: 16};
      if (!board.isFree(box)) continue;
      board.take(box);
      write(context, scene, ring.name, x, y);
    }
  }

  return function (context, scene, list) {
    const board = newBoard();
    const radial = scene.layout === "circle";
    const entries = list.slice().sort((a, b) => priority(b, scene) - priority(a, scene));
    ringNames(context, scene, board);
    if (!radial) {
      for (const {node} of list) {
        const point = scene.point(node);
        const r = scene.radius(node) * 0.8;
        board.take({x: point.x - r, y: point.y - r, w: 2 * r, h: 2 * r});
      }
    }
    // Where the circle is full, smaller letters let everybody have a label.
    const small = radial ? Math.max(9, Math.min(SIZE, scene.spacing)) : SIZE;
    let drawn = 0;
    for (const entry of entries) {
      if (drawn >= (scene.draft ? MOST / 6 : MOST)) break;
      if (scene.focus && !scene.isNear(entry.node)) continue;
      context.font = (entry.role === "suspect" ? `bold ${SIZE}px ` : small.toFixed(1) + "px ") + scene.colours.font;
      context.textAlign = "left";
      context.textBaseline = "top";
      context.fillStyle = scene.colours[entry.role === "other" ? "muted" : "ink"];
      const label = text(entry.node, scene);
      if ((radial ? outward : beside)(context, scene, entry, board, label)) drawn++;
    }
  };
})();
