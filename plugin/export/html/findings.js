// findings.js - what rules found, with all that is needed to check it again
// SPDX-License-Identifier: GPL-2.0-or-later
hg.findings = (function () {
  const {el, format} = hg;
  const {hosts, findings} = hg.data;
  const number = (n) => Math.abs(n) >= 1000 || Number.isInteger(n) ? format.count(Math.round(n)) :
    String(Math.round(n * 1000) / 1000);

  function frames(finding) {
    const list = finding.frames.slice(0, 12).join(", ");
    const more = finding.frames.length > 12 ? ", \u2026" : "";
    if (!list) return null;
    return el("div", {}, el("dt", {}, "Frames"), el("dd", {}, list + more,
      finding.last_frame > finding.first_frame ?
      el("span", {class: "muted"}, ` (between ${finding.first_frame} and ${finding.last_frame})`) : null));
  }

  function card(finding, withHost) {
    return el("article", {class: "finding kind-" + finding.kind},
      el("h3", {}, finding.title, finding.kind === "suspicion" ?
        el("span", {class: "strength", title: "Strength of this finding: " + format.percent(finding.strength)},
          el("span", {style: {width: finding.strength * 100 + "%"}})) : null),
      withHost ? el("p", {}, hg.hostButton(finding.place, true)) : null,
      el("p", {}, finding.evidence),
      el("dl", {class: "facts"},
        el("div", {}, el("dt", {}, "Measured"), el("dd", {}, el("b", {}, number(finding.measured)),
          el("span", {class: "muted"}, " threshold " + number(finding.threshold)))),
        finding.attack.length ? el("div", {}, el("dt", {}, "ATT&CK"), el("dd", {},
          finding.attack.join(", "))) : null,
        frames(finding),
        finding.peers.length ? el("div", {}, el("dt", {}, "Peers"), el("dd", {class: "hosts"},
          finding.peers.slice(0, 12).map((id) => hg.hostButton(hg.data.host(id))),
          finding.peers.length > 12 ? el("span", {class: "muted"}, " +" +
            (finding.peers.length - 12)) : null)) : null,
        finding.clears_if ? el("div", {}, el("dt", {}, "Clears if"), el("dd", {}, finding.clears_if)) : null),
      finding.filter ? hg.copyable(finding.filter, "display filter") : null);
  }

  function flagButton(host) {
    const on = hg.story.flags.has(host);
    return el("button", {type: "button", class: "flag", "aria-pressed": String(on), onclick: () =>
      on ? hg.story.unflag(host) : hg.story.flag(host)}, on ? "Remove flag" : "Red-flag");
  }

  function suspect(host) {
    const list = hg.data.findingsOf(host).filter((f) => f.kind === "suspicion");
    const reach = hg.trace.forward([{host, at: null}]).order.length;
    return el("section", {class: "suspect"},
      el("header", {}, el("h2", {}, hg.hostButton(host, true)),
        el("span", {class: "score", title: "Suspect score of 100"}, String(Math.round(hosts.score[host]))),
          flagButton(host)),
      el("p", {class: "muted"}, "Could have reached " + format.plural(reach, "host") + "; seen " +
        format.since(hosts.first[host]) + " to " + format.since(hosts.last[host]) + "."),
      list.length ? list.map((f) => card(f)) : el("p", {}, "Flagged by hand: no rule found anything suspicious."));
  }

  function suspects() {
    const byScore = [...new Set([...hg.story.flagged(), ...findings.filter((f) => f.kind === "suspicion")
      .map((f) => f.place)])].sort((a, b) => hosts.score[b] - hosts.score[a] || a - b);
    const above = byScore.filter((h) => hosts.suspect[h] || hg.story.flags.has(h));
    const below = byScore.filter((h) => !above.includes(h));
    return el("div", {class: "cards"},
      above.length ? above.slice(0, 40).map(suspect) :
        el("p", {class: "empty"}, "No host scored 50 or more." + (hg.data.graph.not_assessed.length ?
          " That clears nobody: under Summary stands what was not assessed." : "")),
      above.length > 40 ? el("p", {class: "muted"}, format.count(above.length - 40) +
        " more: see the table of hosts.") : null,
      below.length ? el("details", {}, el("summary", {}, "Below the threshold: " + format.plural(below.length,
        "host")),
        below.slice(0, 40).map(suspect)) : null);
  }

  function exposures() {
    const groups = [["exposure", "Exposures", "Readable by anyone on the way. No suspicion against the host."],
      ["victim", "Acted upon", "Somebody did this to the host."]];
    const parts = groups.map(([kind, title, what]) => {
      const list = findings.filter((f) => f.kind === kind);
      if (!list.length) return null;
      return el("section", {}, el("h2", {}, title + " (" + format.count(list.length) + ")"), el("p",
        {class: "muted"}, what),
        list.slice(0, 100).map((f) => card(f, true)),
        list.length > 100 ? el("p", {class: "muted"}, "and " + format.count(list.length - 100) + " more") : null);
    }).filter(Boolean);
    return el("div", {class: "cards"}, parts.length ? parts :
      el("p", {class: "empty"}, "Nothing was found in the clear, and nobody was seen to be acted upon."));
  }

  return {card, suspects, exposures, flagButton,
    count: (...kinds) => findings.filter((f) => kinds.includes(f.kind)).length};
})();
