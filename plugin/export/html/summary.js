// summary.js - the capture in a minute
// SPDX-License-Identifier: GPL-2.0-or-later
hg.summary = (function () {
  const {el, format} = hg;
  const {graph, hosts, hostCount, edgeCount} = hg.data;

  const fact = (value, what) => el("div", {class: "fact"}, el("b", {}, value), el("span", {}, what));

  function story() {
    const flagged = hg.story.flagged();
    if (!flagged.length) {
      return el("p", {class: "empty"},
        "No host is red-flagged. Click a host on the map and flag it to see whom it could " +
        "have reached.");
    }
    const reached = hg.story.order().length;
    // A machine is contacted once, whatever addresses it has.
    const contacted = new Set(hosts.device.filter((device, h) => hg.story.role(h, null) === "contacted")).size;
    return el("div", {}, el("p", {}, el("b", {}, format.plural(flagged.length, "host")), " red-flagged. ",
      flagged.length === 1 ? "It" : "They", " contacted ", el("b", {}, format.count(contacted)),
        " and could have reached ",
      el("b", {}, format.count(reached)),
        " in the order in which packets were sent; plain connections, blind to time, would say ",
      format.count(hg.trace.untimed(flagged)), "."),
    el("ul", {class: "flagged"}, flagged.slice(0, 15).map((h) => el("li", {}, hg.hostButton(h, true),
      el("span", {class: "muted"}, [...new Set(hg.data.findingsOf(h).filter((f) => f.kind === "suspicion")
        .map((f) => f.title))].join(", ") || "flagged by hand"),
      hosts.score[h] > 0 ? el("b", {class: "score"}, String(Math.round(hosts.score[h]))) : null)),
    flagged.length > 15 ? el("li", {class: "muted"}, "and " + format.count(flagged.length - 15) + " more") : null),
    el("p", {class: "buttons"}, el("button", {type: "button", onclick: () => hg.replay.play()},
      "Replay how it spread"),
      isAsComputed() ? null :
        el("button", {type: "button", onclick: () => hg.story.reset()}, "Back to the suspects found")));
  }

  function isAsComputed() {
    const found = hosts.suspect.reduce((sum, s) => sum + (s ? 1 : 0), 0);
    return found === hg.story.flags.size && [...hg.story.flags].every(([h, at]) => hosts.suspect[h] && at === null);
  }

  const bar = (name, share, text) => el("li", {}, el("span", {class: "name"}, name),
    el("span", {class: "track"}, el("span", {style: {width: share * 100 + "%"}})), el("span", {class: "number"},
      text));

  function topProtocols() {
    const total = Math.max(1, graph.packets);
    return el("ul", {class: "bars"}, hg.data.shownProtocols.slice(0, 6).map((p, i) =>
      bar(hg.data.protocolName(i), p.packets / total, format.percent(p.packets / total))));
  }

  function busiest() {
    const order = hosts.id.map((id, h) => h).sort((a, b) => hosts.bytes[b] - hosts.bytes[a] || a - b).slice(0, 6);
    return el("ul", {class: "bars"}, order.map((h) =>
      bar(hg.hostButton(h, true), hosts.bytes[h] / Math.max(1, hosts.bytes[order[0]]),
        format.bytes(hosts.bytes[h]))));
  }

  // Kinds of what was found in the clear or done to somebody, with the number of hosts.
  function exposures() {
    const kinds = new Map();
    for (const finding of hg.data.findings) {
      if (finding.kind === "suspicion") continue;
      if (!kinds.has(finding.title)) kinds.set(finding.title, new Set());
      kinds.get(finding.title).add(finding.host);
    }
    if (!kinds.size) return el("p", {class: "muted"}, "None found.");
    return el("p", {}, [...kinds].map(([title, set], i) => [i ? ", " : "", title + " ", el("span", {class: "muted"},
      "(" + format.plural(set.size, "host") + ")")]).flat());
  }

  function notes() {
    const list = [];
    if (graph.partial) list.push("The packets were cut off: the reading of the capture was stopped.");
    if (graph.filter) list.push("Only packets that this display filter lets through: " + graph.filter);
    if (graph.switched_off.length) list.push("Rules switched off: " + graph.switched_off.join(", ") + ".");
    if (Number(graph.copies)) {
      list.push(`${format.count(graph.copies)} of ${format.count(graph.packets)} frames are copies of others: packets and ` +
        "bytes count them, nothing else does.");
    }
    if (graph.duplicates === "keep") list.push("Copies of packets were not looked for (duplicates=keep).");
    for (const cap of graph.caps) list.push(`Limit ${cap.name} (${format.count(cap.limit)}) was hit: ${cap.what} (${format.count(cap.left_out)} left out).`);
    for (const id of graph.unseen) list.push(`${id} was asked for, but no packet shows it.`);
    if (hg.contacts.merged) {
      list.push("Tracing in this page: of long exchanges between two hosts only the first and last packets are kept. " +
        "Who is reached, in how many hops, when and by which frame stays exact; only where a flag is set from a time " +
        "within such an exchange of its own host, that first hop may show the exchange's last frame.");
    }
    if (hg.contacts.cut) {
      list.push(`Tracing in this page ends at ${format.moment(hg.contacts.seconds[hg.contacts.count - 1])}: later ` +
        "contacts did not fit.");
    }
    return list;
  }

  function notAssessed() {
    if (!graph.not_assessed.length) return null;
    return el("details", {}, el("summary", {}, "Not assessed: " + format.plural(graph.not_assessed.length, "rule")),
      el("ul", {}, graph.not_assessed.map((gap) => el("li", {}, el("b", {}, gap.rule), ": " + gap.why))));
  }

  // The lists of the comparison, a table each; a row's members are its columns.
  function comparison() {
    if (!graph.baseline) return [];
    const lists = Object.entries(graph.baseline).filter(([, list]) => Array.isArray(list));
    const words = (name) => name.replaceAll("_", " ");
    const cell = (value) => Array.isArray(value) ? value.join(", ") : String(value);
    const table = (list) => el("table", {},
      el("thead", {}, el("tr", {}, Object.keys(list[0]).map((name) => el("th", {}, words(name))))),
      el("tbody", {}, list.map((row) => el("tr", {}, Object.values(row).map((value) => el("td", {}, cell(value)))))));
    return [el("h2", {}, "Against the baseline"), ...lists.map(([name, list]) => list.length ?
      el("details", {}, el("summary", {}, `${words(name)}: ${format.count(list.length)}`),
        el("div", {class: "scroll"}, table(list))) :
      el("p", {class: "muted"}, `${words(name)}: none`))];
  }

  function suppressed() {
    if (!graph.suppressed.length) return null;
    return el("details", {},
      el("summary", {}, "Suppressed by allow lists: " + format.plural(graph.suppressed.length, "finding")),
      el("ul", {}, graph.suppressed.map((one) => el("li", {}, el("b", {}, `${one.host} ${one.rule}`),
        `: ${one.evidence} (${one.entry}, line ${one.line} of ${one.file})`))));
  }

  // Neighbours of which nothing but their address is known can be many.
  function home() {
    const most = 12;
    const words = graph.home.slice(0, most).map((one) => `${one.network} (${one.why})`);
    if (graph.home.length > most) words.push(`and ${format.count(graph.home.length - most)} more`);
    if (graph.home_unknown) words.push(graph.home_unknown);
    return words.length ? el("p", {class: "muted"}, "Home: " + words.join(", ")) : null;
  }

  function show() {
    const list = notes();
    return el("div", {class: "summary"},
      el("div", {class: "fact-row"},
        fact(format.count(hostCount), "hosts"), fact(format.count(edgeCount), "edges"),
        fact(format.count(graph.packets), "packets"), fact(format.bytes(graph.bytes), "on the wire"),
        fact(format.span(hg.data.end), "long")),
      graph.packets === 0 ? el("p", {class: "empty"}, "The capture holds no packets.") :
        !hg.data.timed ? el("p", {class: "empty"}, "The packets have no times.") :
        el("p", {class: "muted"}, format.moment(0) + " to " + format.moment(hg.data.end)),
      home(),
      el("h2", {}, "Red-flagged hosts"), story(),
      ...comparison(),
      el("h2", {}, "Exposures"), exposures(),
      el("h2", {}, "Busiest hosts"), busiest(),
      el("h2", {}, "Protocols, by packets"), topProtocols(),
      list.length || graph.not_assessed.length || graph.suppressed.length ? el("h2", {}, "Notes") : null,
      el("ul", {class: "notes"}, list.map((text) => el("li", {}, text))), suppressed(), notAssessed(),
      el("p", {class: "muted small-print"},
        `${graph.generator}, layer=${graph.layer}. "Could have reached" means: packets went ` +
        "that way in that order. It does not mean that anything was passed on."));
  }

  return {show};
})();
