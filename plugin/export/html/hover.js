// hover.js - the pointer over the map: facts of what lies under it, clicks, dragging
// SPDX-License-Identifier: GPL-2.0-or-later
hg.hover = (function () {
  const {hosts, links} = hg.data;
  const {el, format} = hg;
  const tip = hg.byId("tip");
  const canvas = hg.byId("map");
  let dragged = null;
  let pressed = null; // where the pointer went down

  const ROLE = {suspect: "red-flagged", contacted: "contacted by a flagged host",
    reached: "could have been reached", other: ""};

  function roleText(host) {
    const role = hg.story.role(host);
    const hops = hg.story.hops(host);
    if (role === "other") return "";
    return ROLE[role] + (role === "reached" && hops > 0 ? ", " + format.plural(hops, "hop") : "");
  }

  function facts(node) {
    if (node.group) {
      return [el("b", {}, node.group), el("div", {}, format.plural(node.members.length, "host") + ", " +
        format.bytes(node.bytes)), el("div", {class: "muted"}, "click to expand")];
    }
    const h = node.host;
    const lines = [el("b", {}, format.cut(hosts.id[h], 80))];
    if (hosts.name[h]) lines.push(el("div", {}, format.cut(hosts.name[h], 120)));
    lines.push(el("div", {}, hosts.scope[h], ", ", format.plural(hosts.peers[h], "peer")));
    lines.push(el("div", {}, "sent ", format.bytes(hosts.bytesSent[h]), ", received ",
      format.bytes(hosts.bytesReceived[h])));
    lines.push(el("div", {}, "seen ", format.since(hosts.first[h]), " to ", format.since(hosts.last[h])));
    if (hosts.score[h] > 0) lines.push(el("div", {}, "suspect score " + Math.round(hosts.score[h])));
    const role = roleText(h);
    if (role) lines.push(el("div", {class: "role-text"}, role));
    return lines;
  }

  const nameOf = (node) => node.group || hosts.id[node.host];

  function edgeFacts(edge) {
    const [protocols, ports] = [new Map(), new Map()];
    for (const e of edge.all) {
      hg.data.addCounts(protocols, links.protocols[e]);
      hg.data.addCounts(ports, links.ports[e]);
    }
    const lines = [el("b", {}, format.cut(nameOf(edge.source), 60) + " \u2192 " + format.cut(nameOf(edge.target), 60)),
      el("div", {}, format.plural(edge.packets, "packet") + ", " + format.bytes(edge.bytes)),
      el("div", {}, format.few(hg.data.busiestFirst(protocols).map(hg.data.protocolName), 5))];
    if (ports.size) lines.push(el("div", {}, "server ports " + format.few(hg.data.busiestFirst(ports), 5)));
    const vlans = [...new Set(edge.all.flatMap((e) => links.vlans[e]))];
    if (vlans.length) lines.push(el("div", {}, "VLAN " + format.few(vlans, 5)));
    return lines;
  }

  function show(lines, x, y) {
    hg.replace(tip, lines);
    tip.hidden = false;
    const area = canvas.getBoundingClientRect();
    const box = tip.getBoundingClientRect();
    tip.style.left = Math.max(4, Math.min(x + 16, area.width - box.width - 6)) + "px";
    tip.style.top = Math.max(4, Math.min(y + 16, area.height - box.height - 6)) + "px";
  }

  function hide() {
    tip.hidden = true;
  }

  function at(event) {
    const area = canvas.getBoundingClientRect();
    return {x: event.clientX - area.left, y: event.clientY - area.top};
  }

  function isOnNode(event) {
    if (event.clientX === undefined) return false;
    const {x, y} = at(event);
    return hg.map.nodeAt(x, y) !== null;
  }

  function move(event) {
    const {x, y} = at(event);
    if (dragged) {
      const layout = hg.layouts[hg.state.layout];
      const to = hg.map.toLayout(x, y);
      if (layout.drag) layout.drag(dragged, to.x, to.y);
      else Object.assign(dragged, to);
      hide();
      hg.map.redraw();
      return;
    }
    const node = event.buttons ? null : hg.map.nodeAt(x, y);
    if (node !== hg.state.hovered) {
      hg.state.hovered = node;
      canvas.style.cursor = node ? "pointer" : "";
      hg.map.redraw();
    }
    const edge = node || event.buttons ? null : hg.map.edgeAt(x, y);
    if (node) show(facts(node), x, y);
    else if (edge) show(edgeFacts(edge), x, y);
    else hide();
  }

  function down(event) {
    pressed = {x: event.clientX, y: event.clientY};
    if (event.button !== 0) return;
    const {x, y} = at(event);
    dragged = hg.map.nodeAt(x, y);
    if (dragged) canvas.setPointerCapture(event.pointerId);
  }

  function up(event) {
    const node = dragged;
    dragged = null;
    if (node && hg.layouts[hg.state.layout].drop) hg.layouts[hg.state.layout].drop(node);
    const still = pressed && Math.hypot(event.clientX - pressed.x, event.clientY - pressed.y) < 4;
    pressed = null;
    if (!still || event.button !== 0) return;
    if (node && node.group) hg.groups.expand(node.group);
    else hg.select(node ? node.host : -1);
  }

  function leave() {
    hide();
    hg.state.hovered = null;
    hg.map.redraw();
  }

  function init() {
    canvas.addEventListener("pointermove", move);
    canvas.addEventListener("pointerdown", down);
    canvas.addEventListener("pointerup", up);
    canvas.addEventListener("pointerleave", leave);
    hg.events.on("view", () => { hg.state.hovered = null; hide(); });
  }

  return {init, isOnNode, roleText};
})();
