// slider.js - replays the capture: edges appear as they happen, the trace spreads hop by hop
// SPDX-License-Identifier: GPL-2.0-or-later
hg.replay = (function () {
  const {contacts, format, svg} = hg;
  const {hosts, end} = hg.data;
  const slider = hg.byId("slider");
  const STEPS = Number(slider.max);
  const SPEEDS = [["slow", 60], ["normal", 25], ["fast", 8]]; // s for the whole capture
  let playing = false;
  let last = 0; // of the animation's clock, ms
  let share = 1; // place of the slider, 0 to 1
  let eventsOf = null; // edge -> seconds of its contacts

  const byPackets = () => hg.byId("skip-quiet").checked && contacts.count > 1;

  // Slider to seconds and back: by time, or by packets so that silence takes no time.
  function toTime(part) {
    if (!byPackets()) return part * end;
    return contacts.seconds[Math.min(contacts.count - 1, Math.floor(part * (contacts.count - 1)))];
  }
  function toShare(seconds) {
    if (!byPackets()) return end > 0 ? seconds / end : 1;
    return contacts.lowerBound(BigInt(Math.round(seconds * 1e9))) / (contacts.count - 1);
  }

  function indexEvents() {
    eventsOf = new Map();
    for (let i = 0; i < contacts.count; i++) {
      const edge = contacts.edge[i];
      if (!eventsOf.has(edge)) eventsOf.set(edge, []);
      eventsOf.get(edge).push(contacts.seconds[i]);
    }
  }

  // Whether the edge carried a packet after `from` up to `to`.
  function isActive(edge, from, to) {
    if (!eventsOf) indexEvents();
    const times = eventsOf.get(edge);
    if (!times) return hg.data.links.first[edge] > from && hg.data.links.first[edge] <= to;
    let low = 0;
    let high = times.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (times[middle] <= from) low = middle + 1;
      else high = middle;
    }
    return low < times.length && times[low] <= to;
  }

  // Hops of the trace in the order in which they happen.
  function hopTimes() {
    return hg.story.order().filter((h) => !hg.story.flags.has(h))
      .map((host) => ({host, at: hg.story.reachedAt(host), contact: hg.story.result().contact[host]}));
  }

  function describe(hop) {
    const {host, contact} = hop;
    return `${format.since(hop.at)}, frame ${contacts.frame[contact]}: ${hosts.id[hg.story.via(host)]} \u2192 ` +
      `${hosts.id[host]} (${hg.data.protocolName(contacts.protocol[contact])}), ` +
      `hop ${hg.story.hops(host, null)}`;
  }

  function showNow() {
    const {time} = hg.state;
    const hops = hopTimes();
    const done = time === null ? hops : hops.filter((hop) => hop.at <= time);
    hg.byId("clock").textContent = time === null ? "Whole capture, " + format.span(end) :
      format.clock(time) + "  " + format.since(time);
    const latest = done[done.length - 1];
    hg.byId("step").textContent = !hops.length ? "" : time === null ?
      format.plural(hops.length, "host") + " could have been reached" :
      `${format.count(done.length)} of ${format.count(hops.length)} reached` + (latest ? ". Last: " +
        describe(latest) : "");
    slider.value = String(Math.round(share * STEPS));
    slider.setAttribute("aria-valuetext", hg.byId("clock").textContent);
    hg.byId("next-hop").disabled = !hops.length;
  }

  function setTime(seconds, part) {
    hg.state.time = seconds;
    share = seconds === null ? 1 : Math.max(0, Math.min(1, part === undefined ? toShare(seconds) : part));
    showNow();
    hg.events.tell("time", seconds);
  }

  function setShare(wanted) {
    const part = Math.max(0, Math.min(1, wanted));
    setTime(part >= 1 ? null : toTime(part), part);
  }

  function setPlaying(on) {
    playing = on;
    hg.byId("play").setAttribute("aria-label", on ? "Pause" : "Play");
    hg.byId("play").classList.toggle("playing", on);
    if (on) {
      last = performance.now();
      requestAnimationFrame(tick);
    }
  }

  function tick(now) {
    if (!playing) return;
    const length = Number(hg.byId("speed").value);
    const next = share + Math.max(0, Math.min(200, now - last)) / 1000 / length;
    last = now;
    if (next >= 1) {
      setPlaying(false);
      setTime(null);
      return;
    }
    setShare(next);
    requestAnimationFrame(tick);
  }

  function play() {
    if (hg.state.time === null) setShare(0);
    setPlaying(true);
  }
  const pause = () => setPlaying(false);
  const toggle = () => playing ? pause() : play();

  // On to the next host reached; from the end back to the first.
  function nextHop() {
    pause();
    const hops = hopTimes();
    if (!hops.length) return;
    const next = hg.state.time === null ? hops[0] : hops.find((hop) => hop.at > hg.state.time);
    if (next) setTime(next.at);
    else setTime(null);
  }

  function drawTrack() {
    const box = hg.byId("activity");
    const counts = hg.data.activity;
    const most = Math.log1p(Math.max(1, ...counts));
    const bars = counts.map((n, i) => {
      const high = Math.log1p(n) / most * 24;
      return n ? svg("rect", {x: i / counts.length * 1000, y: 26 - high, width: 1000 / counts.length, height: high,
        class: "activity"}) : null;
    });
    const hops = hopTimes().slice(0, 2000).map(({host, at}) => svg("rect", {x: toShare(at) * 1000 - 1, y: 0,
      width: 2,
      height: 26, class: "hop fill-" + hg.story.role(host, null)}));
    hg.replace(box, byPackets() ? [] : bars, hops);
    box.setAttribute("viewBox", "0 0 1000 26");
    box.setAttribute("preserveAspectRatio", "none");
  }

  function init() {
    const speed = hg.byId("speed");
    hg.replace(speed, SPEEDS.map(([name, seconds]) => hg.el("option", {value: seconds,
      selected: name === "normal"}, name)));
    const quiet = hg.data.activity.filter((n) => n === 0).length;
    hg.byId("skip-quiet").checked = quiet > hg.data.activity.length * 0.9 && contacts.count > 1;
    slider.addEventListener("input", () => { pause(); setShare(Number(slider.value) / STEPS); });
    hg.byId("play").addEventListener("click", toggle);
    hg.byId("to-start").addEventListener("click", () => { pause(); setShare(0); });
    hg.byId("to-end").addEventListener("click", () => { pause(); setTime(null); });
    hg.byId("next-hop").addEventListener("click", nextHop);
    hg.byId("skip-quiet").addEventListener("change", () => { setTime(hg.state.time); drawTrack(); });
    hg.events.on("flags", () => { drawTrack(); showNow(); });
    slider.disabled = end <= 0;
    hg.byId("play").disabled = end <= 0;
  }

  return {init, isActive, play, pause, toggle, nextHop, setTime, setShare, isPlaying: () => playing};
})();
