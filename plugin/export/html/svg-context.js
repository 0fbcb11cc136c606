// svg-context.js - what draw.js asks of a canvas, written as SVG
// SPDX-License-Identifier: GPL-2.0-or-later
hg.newSvgContext = function (width, height) {
  const parts = [];
  const ruler = document.createElement("canvas").getContext("2d");
  const round = (n) => String(Math.round(n * 100) / 100);
  const escape = (text) => String(text).replace(/[&<>"']/g, (c) => "&#" + c.charCodeAt(0) + ";")
    // eslint-disable-next-line no-control-regex
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "");
  const ANCHOR = {left: "start", center: "middle", right: "end"};
  const BASELINE = {top: "0.8em", middle: "0.35em"};
  let path = [];
  let dashes = [];
  let turn = "";
  let saved = "";

  const context = {
    globalAlpha: 1, lineWidth: 1, strokeStyle: "#000", fillStyle: "#000", font: "12px sans-serif",
    textAlign: "left", textBaseline: "top", lineCap: "butt", lineJoin: "round",
    beginPath() { path = []; },
    moveTo(x, y) { path.push("M" + round(x) + " " + round(y)); },
    lineTo(x, y) { path.push("L" + round(x) + " " + round(y)); },
    quadraticCurveTo(cx, cy, x, y) { path.push(`Q${round(cx)} ${round(cy)} ${round(x)} ${round(y)}`); },
    closePath() { path.push("Z"); },
    setLineDash(lengths) { dashes = lengths; },
    // Only whole circles are drawn.
    arc(x, y, r) {
      const d = round(2 * r);
      path.push(`M${round(x + r)} ${round(y)}a${round(r)} ${round(r)} 0 1 1 -${d} 0` +
        `a${round(r)} ${round(r)} 0 1 1 ${d} 0Z`);
    },
    paint(fill, stroke) {
      if (!path.length) return;
      parts.push(`<path d="${path.join("")}" fill="${escape(fill)}" stroke="${escape(stroke)}"` +
        (stroke === "none" ? "" : ` stroke-width="${round(context.lineWidth)}"` +
          (dashes.length ? ` stroke-dasharray="${dashes.map(round).join(" ")}"` : "")) +
        (context.globalAlpha < 1 ? ` opacity="${round(context.globalAlpha)}"` : "") + "/>");
    },
    fill() { context.paint(context.fillStyle, "none"); },
    stroke() { context.paint("none", context.strokeStyle); },
    fillRect(x, y, w, h) {
      parts.push(`<rect x="${round(x)}" y="${round(y)}" width="${round(w)}" height="${round(h)}" ` +
        `fill="${escape(context.fillStyle)}"/>`);
    },
    write(text, x, y, paint) {
      const size = parseFloat(/([\d.]+)px/.exec(context.font)[1]);
      parts.push(`<text x="${round(x)}" y="${round(y)}" dy="${BASELINE[context.textBaseline] || "0"}" ` +
        `font-size="${size}"${/bold/.test(context.font) ? ' font-weight="bold"' : /italic/.test(context.font) ? ' font-style="italic"' : ""} ` +
        `text-anchor="${ANCHOR[context.textAlign]}"${turn} ${paint}` +
        (context.globalAlpha < 1 ? ` opacity="${round(context.globalAlpha)}"` : "") +
        ` xml:space="preserve">${escape(text)}</text>`);
    },
    fillText(text, x, y) { context.write(text, x, y, `fill="${escape(context.fillStyle)}"`); },
    strokeText(text, x, y) {
      context.write(text, x, y, `fill="none" stroke="${escape(context.strokeStyle)}" ` +
        `stroke-width="${round(context.lineWidth)}" stroke-linejoin="round" aria-hidden="true"`);
    },
    measureText(text) {
      ruler.font = context.font;
      return ruler.measureText(text);
    },
    save() { saved = turn; },
    restore() { turn = saved; },
    translate(x, y) { turn = ` transform="translate(${round(x)} ${round(y)})"`; },
    rotate(angle) { turn = turn.replace(/"$/, ` rotate(${round(angle * 180 / Math.PI)})"`); },
    toString() {
      return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" ` +
        `viewBox="0 0 ${width} ${height}" font-family="sans-serif">\n<title>` +
        `${escape(hg.data.graph.capture || "Host map")}</title>\n${parts.join("\n")}\n</svg>\n`;
    },
  };
  return context;
};
