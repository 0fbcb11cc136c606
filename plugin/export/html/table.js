// table.js - tables to sort and filter; rows are made as they are needed
//
// columns: [{name, title, value(item), show(item), number, bar, wide}]; value is sorted by, show (a
// node or text, default the value) is seen; bar(item): share of 1 to be drawn behind the number.
// SPDX-License-Identifier: GPL-2.0-or-later
hg.newTable = function ({label, columns, items, text, pick, isPicked, sortBy, note}) {
  const {el, format} = hg;
  const PAGE = 100;
  let order = items.slice();
  let column = columns.find((c) => c.name === sortBy) || columns[0];
  let down = Boolean(column.number);
  let words = "";
  let shown = PAGE;
  let texts = null;

  const body = el("tbody");
  const more = el("button", {type: "button", class: "more", onclick: () => {
    shown += PAGE * 5;
    draw();
  }});
  const status = el("span", {class: "muted", role: "status"});
  const field = el("input", {type: "search", placeholder: "Filter this table", "aria-label": "Filter " + label,
    spellcheck: "false", oninput: () => {
      words = field.value.trim().toLowerCase();
      shown = PAGE;
      arrange();
    }});

  function arrange() {
    if (words && !texts) texts = new Map(items.map((item) => [item, text(item).toLowerCase()]));
    const kept = words ? items.filter((item) => texts.get(item).includes(words)) : items.slice();
    const places = new Map(items.map((item, i) => [item, i]));
    const keys = new Map(kept.map((item) => [item, column.value(item)]));
    order = kept.sort((a, b) => {
      const x = keys.get(a);
      const y = keys.get(b);
      const way = column.number ? x - y : x < y ? -1 : x > y ? 1 : 0;
      return (down ? -way : way) || places.get(a) - places.get(b);
    });
    draw();
  }

  function cell(c, item) {
    const content = c.show ? c.show(item) : String(c.value(item));
    const share = c.bar ? c.bar(item) : 0;
    const bar = c.bar ? el("span", {class: "bar", "aria-hidden": "true",
      style: {width: Math.max(0, Math.min(100, share * 100)) + "%"}}) : null;
    return el("td", {class: (c.number ? "number" : "") + (c.bar ? " with-bar" : "") + (c.wide ? " wide" : "")},
      bar, el("span", {}, content));
  }

  function row(item) {
    return el("tr", {tabindex: pick ? "0" : null, "aria-selected": isPicked && isPicked(item) ? "true" : null,
      onclick: pick ? () => pick(item) : null,
      onkeydown: pick ? (event) => { if (event.key === "Enter") pick(item); } : null},
    columns.map((c) => cell(c, item)));
  }

  function draw() {
    hg.replace(body, order.slice(0, shown).map(row));
    more.hidden = order.length <= shown;
    more.textContent = "Show more (" + format.count(order.length - shown) + " left)";
    status.textContent = words ? format.count(order.length) + " of " + format.count(items.length) :
      format.count(items.length);
    for (const c of columns) c.head.setAttribute("aria-sort",
      c !== column ? "none" : down ? "descending" : "ascending");
  }

  function sort(c) {
    down = c === column ? !down : Boolean(c.number);
    column = c;
    shown = PAGE;
    arrange();
  }

  for (const c of columns) {
    c.head = el("th", {scope: "col", class: c.number ? "number" : null, "data-column": c.name},
      el("button", {type: "button", onclick: () => sort(c)}, c.title));
  }
  const element = el("div", {class: "table-box"},
    el("div", {class: "table-tools"}, field, status),
    note ? el("p", {class: "muted"}, note) : null,
    el("div", {class: "scroll"}, el("table", {"aria-label": label},
      el("thead", {}, el("tr", {}, columns.map((c) => c.head))), body)), more);
  arrange();
  return {element, refresh: draw, order: () => order};
};
