// dom.js - elements; text from the capture goes in as text, never as markup
// SPDX-License-Identifier: GPL-2.0-or-later
const hg = {};

hg.byId = function (id) {
  return document.getElementById(id);
};

// el("button", {class: "x", onclick: f, "aria-label": "y"}, "text", child, [more]): null is skipped.
hg.el = function (tag, attributes, ...children) {
  return hg.fill(document.createElement(tag), attributes, children);
};

hg.svg = function (tag, attributes, ...children) {
  return hg.fill(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes, children);
};

hg.fill = function (element, attributes, children) {
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "style") Object.assign(element.style, value);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.flat(2).filter((child) => child !== null && child !== undefined));
  return element;
};

hg.replace = function (element, ...children) {
  element.replaceChildren(...children.flat(2).filter((child) => child !== null && child !== undefined));
};

// A text with a button that copies it.
hg.copyable = function (text, what) {
  const button = hg.el("button", {type: "button", class: "small", "aria-label": "Copy " + what,
    onclick: () => hg.copy(text, button)}, "Copy");
  return hg.el("div", {class: "copyable"}, hg.el("code", {}, text), button);
};

// From a file:// page the clipboard may be refused: then a selection does.
hg.copy = function (text, button) {
  const done = () => {
    button.textContent = "Copied";
    setTimeout(() => { button.textContent = "Copy"; }, 1500);
  };
  const byHand = () => {
    const area = hg.el("textarea", {class: "off-screen", "aria-hidden": "true"});
    area.value = text;
    document.body.append(area);
    area.select();
    if (document.execCommand("copy")) done();
    area.remove();
  };
  if (navigator.clipboard) navigator.clipboard.writeText(text).then(done, byHand);
  else byHand();
};
