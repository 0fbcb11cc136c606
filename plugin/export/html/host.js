// host.js - all that is known of the selected host
// SPDX-License-Identifier: GPL-2.0-or-later
hg.hostPage = (function () {
  const {el, format} = hg;
  const {hosts, links, services} = hg.data;
  const MOST = 30;

  const line = (name, ...value) => el("div", {}, el("dt", {}, name), el("dd", {}, value));

  // The other addresses of the same machine.
  function also(h) {
    const others = hg.data.machine(h).filter((address) => address !== h);
    return others.length ? line("Also", others.slice(0, MOST).map((address) => el("div", {},
      hg.hostButton(address))), others.length > MOST ? "\u2026" : null) : null;
  }

  function facts(h) {
    return el("dl", {class: "facts"},
      hosts.name[h] ? line("Name", hosts.name[h]) : null,
      line("Scope", hosts.scope[h] + ", " + hosts.kind[h]),
      hosts.roles[h].length ? line("Roles", hosts.roles[h].join(", ")) : null,
      hosts.macs[h].length ? line("MAC", hosts.macs[h].slice(0, 6).join(", ") +
        (hosts.macs[h].length > 6 ? ", \u2026" : "")) : null,
      hosts.vlans[h].length ? line("VLAN", hosts.vlans[h].slice(0, 12).join(", ") +
        (hosts.vlans[h].length > 12 ? ", \u2026" : "")) : null,
      also(h),
      line("Sent", format.bytes(hosts.bytesSent[h]) + " in " + format.plural(hosts.packetsSent[h], "packet")),
      line("Received", format.bytes(hosts.bytesReceived[h]) + " in " + format.plural(hosts.packetsReceived[h],
        "packet")),
      line("Seen", format.moment(hosts.first[h]), el("br"), "to " + format.moment(hosts.last[h]),
        el("span", {class: "muted"}, ` frames ${hosts.firstFrame[h]} to ${hosts.lastFrame[h]}`)));
  }

  function flagTools(h) {
    if (!hosts.unicast[h]) return el("p", {class: "muted"}, "A " + hosts.scope[h] +
      " address is nobody: it cannot be flagged.");
    const on = hg.story.flags.has(h);
    const time = hg.state.time;
    return el("p", {class: "buttons"}, hg.findings.flagButton(h),
      el("button", {type: "button", id: "flag-only", onclick: () => hg.story.only(h)}, "Only this one"),
      !on && time !== null ? el("button", {type: "button", onclick: () =>
        hg.story.flag(h, BigInt(Math.round(time * 1e9)))}, "Flag from " + format.since(time)) : null);
  }

  // How it was reached from the flagged hosts: hop by hop.
  function chain(h) {
    const result = hg.story.result();
    if (hg.story.flags.has(h) || result.hops[h] < 1) return null;
    const steps = [];
    for (let at = h; result.hops[at] > 0 && steps.length < 50; at = result.via[at]) steps.unshift(at);
    return el("section", {}, el("h3", {}, "How it could have been reached"), el("ol", {class: "chain"},
      steps.map((at) => {
      const i = result.contact[at];
      return el("li", {}, hg.hostButton(result.via[at]), " \u2192 ", hg.hostButton(at),
        el("div", {class: "muted"}, `frame ${hg.contacts.frame[i]}, ${format.since(hg.contacts.seconds[i])}, ` +
          hg.data.protocolName(hg.contacts.protocol[i])));
    })), result.loaded[h] ? null : el("p", {class: "muted"},
      "No chain carried payload all the way: it was only touched."));
  }

  function reachTable(result, title, none) {
    const rows = result.order.slice(0, MOST);
    return el("details", {}, el("summary", {}, title + ": " + format.count(result.order.length)),
      rows.length === 0 ? el("p", {class: "muted"}, none) : el("div", {class: "scroll"}, el("table",
        {class: "plain"},
        el("thead", {}, el("tr", {}, ["Host", "Hops", "Via", "Time", "Frame", "Protocol"].map((t) => el("th",
          {scope: "col"}, t)))),
        el("tbody", {}, rows.map((to) => el("tr", {}, el("td", {}, hg.hostButton(to)), el("td",
          {class: "number"}, result.hops[to]),
          el("td", {}, hg.hostButton(result.via[to])), el("td", {class: "number"},
            format.since(hg.contacts.seconds[result.contact[to]])),
          el("td", {class: "number"}, hg.contacts.frame[result.contact[to]]),
          el("td", {}, hg.data.protocolName(hg.contacts.protocol[result.contact[to]]), result.loaded[to] ? "" :
            el("span", {class: "muted"}, " touched"))))))),
      result.order.length > MOST ? el("p", {class: "muted"}, "and " + format.count(result.order.length - MOST) +
        " more") : null);
  }

  function peers(h) {
    const sums = new Map();
    const add = (peer, e, key) => {
      if (!sums.has(peer)) sums.set(peer, {peer, out: 0, back: 0});
      sums.get(peer)[key] += links.bytes[e];
    };
    for (const e of hg.data.from(h)) add(links.target[e], e, "out");
    for (const e of hg.data.to(h)) add(links.source[e], e, "back");
    const list = [...sums.values()].sort((a, b) => b.out + b.back - a.out - a.back);
    return el("section", {}, el("h3", {}, format.plural(list.length, "peer")),
      el("div", {class: "scroll"}, el("table", {class: "plain"},
        el("thead", {}, el("tr", {}, ["Peer", "Sent to it", "Got from it"].map((t, i) => el("th", {scope: "col",
          class: i ? "number" : null}, t)))),
        el("tbody", {}, list.slice(0, MOST).map((p) => el("tr", {}, el("td", {}, hg.hostButton(p.peer, true)),
          el("td", {class: "number"}, format.bytes(p.out)), el("td", {class: "number"}, format.bytes(p.back))))))),
      list.length > MOST ? el("p", {class: "muted"}, "and " + format.count(list.length - MOST) +
        " more: see Conversations") : null);
  }

  function outcome(s) {
    const parts = [["established", "established"], ["refused", "refused"], ["unanswered", "unanswered"],
      ["midstream", "mid-stream"]]
      .filter(([key]) => services[key][s] > 0).map(([key, name]) => format.count(services[key][s]) + " " + name);
    return parts.join(", ");
  }

  function serviceTable(list, title, other) {
    if (!list.length) return null;
    const rows = [...list].sort((a, b) => services.bytes_out[b] +
      services.bytes_back[b] - services.bytes_out[a] - services.bytes_back[a]);
    return el("section", {}, el("h3", {}, title + " (" + format.count(list.length) + ")"), el("div",
      {class: "scroll"}, el("table", {class: "plain"},
      el("thead", {}, el("tr", {}, ["Host", "Service", "Connections"].map((t) => el("th", {scope: "col"}, t)))),
      el("tbody", {}, rows.slice(0, MOST).map((s) => el("tr", {}, el("td", {}, hg.hostButton(services[other][s])),
        el("td", {}, hg.data.protocolName(services.protocol[s]) + (services.port[s] ? " " +
          services.transport[s] + "/" + services.port[s] : "")),
        el("td", {}, outcome(s))))))),
    list.length > MOST ? el("p", {class: "muted"}, "and " + format.count(list.length - MOST) + " more") : null);
  }

  function show() {
    const h = hg.state.selected;
    if (h < 0) return el("p", {class: "empty"}, "Click a host on the map or in a table.");
    const list = hg.data.findingsOf(h);
    return el("div", {class: "cards host-page"},
      el("header", {}, el("h2", {}, el("span", {class: "dot role-" + hg.story.role(h, null)}), hosts.id[h]),
        hosts.score[h] > 0 ? el("span", {class: "score", title: "Suspect score of 100"},
          String(Math.round(hosts.score[h]))) : null,
        el("button", {type: "button", class: "close", "aria-label": "Close", onclick: () => hg.select(-1)},
          "\u00d7")),
      hg.hover.roleText(h) ? el("p", {class: "role-text"}, hg.hover.roleText(h)) : null,
      flagTools(h), facts(h), hosts.filter[h] ? hg.copyable(hosts.filter[h], "display filter") : null,
      list.map((f) => hg.findings.card(f)), chain(h),
      hosts.unicast[h] ? reachTable(hg.trace.forward([{host: h, at: null}]), "Could have reached",
        "Nobody.") : null,
      hosts.unicast[h] ? reachTable(hg.trace.backward(h, null), "Could have been reached by", "Nobody.") : null,
      peers(h), serviceTable(services.clientOf(h), "Services used", "server"),
      serviceTable(services.serverOf(h), "Services offered", "client"));
  }

  return {show};
})();
