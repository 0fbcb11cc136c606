// export-image.js - the current view as an SVG or PNG file, with its legend
// SPDX-License-Identifier: GPL-2.0-or-later
hg.exportImage = (function () {
  const ROWS = [["suspect", "red-flagged"], ["contacted", "contacted by a flagged host"],
    ["reached", "could have been reached (number: hops)"], ["other", "other"]];

  function caption(scene) {
    const {graph} = hg.data;
    const at = hg.state.time === null ? "" : ", as of " + hg.format.since(hg.state.time);
    return (graph.capture ? graph.capture + ": " : "") + hg.format.plural(hg.data.hostCount, "host") + ", " +
      hg.format.plural(hg.data.edgeCount, "edge") + at + ". " + graph.generator;
  }

  function drawLegend(context, scene) {
    let y = scene.height - 22 * ROWS.length - 26;
    context.textAlign = "left";
    context.textBaseline = "middle";
    context.font = "12px " + scene.colours.font;
    for (const [role, text] of ROWS) {
      context.beginPath();
      context.arc(18, y, 6, 0, 2 * Math.PI);
      context.fillStyle = scene.colours[role];
      context.fill();
      context.lineWidth = 1;
      context.strokeStyle = scene.colours.outline;
      context.stroke();
      context.fillStyle = scene.colours.ink;
      context.fillText(text, 32, y);
      y += 20;
    }
    context.fillStyle = scene.colours.muted;
    context.fillText(caption(scene), 12, scene.height - 14);
  }

  function paint(context, draft) {
    const scene = hg.draw.newScene({...hg.map.frame(), draft});
    hg.draw.draw(context, scene);
    drawLegend(context, scene);
  }

  function svg() {
    const {width, height} = hg.map.frame();
    const context = hg.newSvgContext(width, height);
    paint(context);
    return context.toString();
  }

  // Twice as fine as the screen.
  function png(done) {
    const {width, height} = hg.map.frame();
    const canvas = document.createElement("canvas");
    canvas.width = width * 2;
    canvas.height = height * 2;
    const context = canvas.getContext("2d");
    context.scale(2, 2);
    paint(context);
    canvas.toBlob(done, "image/png");
  }

  function save(blob, suffix) {
    const name = (hg.data.graph.capture || "host-map").replace(/[^A-Za-z0-9._-]+/g, "_").replace(/^\.+/, "");
    const link = hg.el("a", {href: URL.createObjectURL(blob), download: (name || "host-map") + suffix});
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  }

  function init() {
    hg.byId("save-svg").addEventListener("click", () =>
      save(new Blob([svg()], {type: "image/svg+xml"}), ".svg"));
    hg.byId("save-png").addEventListener("click", () => png((blob) => save(blob, ".png")));
  }

  return {init, svg, png};
})();
