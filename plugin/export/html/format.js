// format.js - numbers and times for people
// SPDX-License-Identifier: GPL-2.0-or-later
hg.format = (function () {
  const count = (n) => String(n).replace(/\B(?=(\d{3})+(?!\d))/g, "\u202f");

  function bytes(n) {
    const units = ["B", "kB", "MB", "GB", "TB", "PB"];
    let unit = 0;
    while (n >= 1000 && unit < units.length - 1) {
      n /= 1000;
      unit++;
    }
    return (unit === 0 || n >= 100 ? Math.round(n) : n.toFixed(1)) + "\u202f" + units[unit];
  }

  // Seconds as a length of time.
  function span(seconds) {
    if (seconds < 0) return "\u2212" + span(-seconds);
    if (seconds < 0.0005) return (seconds * 1e6).toFixed(0) + " \u00b5s";
    if (seconds < 1) return (seconds * 1e3).toFixed(seconds < 0.01 ? 2 : 0) + " ms";
    if (seconds < 120) return seconds.toFixed(seconds < 10 ? 2 : 1) + " s";
    const whole = Math.round(seconds);
    const parts = [[Math.floor(whole / 86400), "d"], [Math.floor(whole / 3600) % 24, "h"],
      [Math.floor(whole / 60) % 60, "min"], [whole % 60, "s"]];
    const first = parts.findIndex(([n]) => n > 0);
    return parts.slice(first, first + 2).filter(([n]) => n > 0).map(([n, unit]) => n + " " + unit).join(" ");
  }

  // Seconds since the first packet, with as many decimals as help.
  const since = (seconds) => !hg.data.timed || Number.isNaN(seconds) ? "no time" :
    "+" + seconds.toFixed(seconds < 1000 ? 3 : 1) + " s";

  // Seconds since the first packet as a point in time, UTC.
  function moment(seconds) {
    const date = new Date((hg.data.base + seconds) * 1000);
    if (!hg.data.timed || Number.isNaN(date.getTime())) return since(seconds);
    return date.toISOString().replace("T", " ").replace("Z", " UTC");
  }

  const clock = (seconds) => {
    const text = moment(seconds);
    return text.endsWith("UTC") ? text.slice(11, 23) : text;
  };

  const percent = (share) => (share * 100).toFixed(share < 0.0995 && share > 0 ? 1 : 0) + "\u202f%";

  // "1 host", "2 hosts"
  const plural = (n, one, many) => count(n) + "\u00a0" + (n === 1 ? one : many || one + "s");

  // At most `length` characters.
  const cut = (text, length) =>
    text.length > length ? text.slice(0, length - 1) + "\u2026" : text;

  // The first few of a list, and how many there are besides.
  const few = (list, most) => cut(list.slice(0, most).join(", "), 40) +
    (list.length > most ? " +" + (list.length - most) : "");

  return {count, bytes, span, since, moment, clock, percent, plural, cut, few};
})();
