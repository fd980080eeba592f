// Small helpers to build the page. Words of people only ever go in as text nodes.

/** Build an element: h("button", {class: "x", onclick: fn, "aria-label": "…"}, "text", child, …). */
export function h(tag, props = {}, ...kids) {
  const el = document.createElement(tag);
  for (const [key, value] of Object.entries(props || {})) {
    if (value === undefined || value === null || value === false) continue;
    if (key.startsWith("on")) el.addEventListener(key.slice(2), value);
    else if (key === "data") Object.assign(el.dataset, value);
    else if (key === "value" || key === "checked" || key === "disabled") el[key] = value;
    else el.setAttribute(key, value === true ? "" : value);
  }
  el.append(...kids.flat().filter((kid) => kid !== null && kid !== undefined && kid !== false));
  return el;
}

const SVG = "http://www.w3.org/2000/svg";

/** Each icon is a list of 24×24 stroke paths; a leading "!" fills the path. */
const PATHS = {
  send: ["!M4.2 19.6 20.5 12 4.2 4.4 6.3 10.9 14 12 6.3 13.1z"],
  attach: ["M20 11.5 12.3 19a5 5 0 0 1-7-7.1l7.9-7.7a3.4 3.4 0 0 1 4.8 4.8l-7.8 7.6a1.7 1.7 0 0 1-2.4-2.4l7-6.9"],
  keys: ["M3 7h18v11H3z", "M7 11h.01M12 11h.01M17 11h.01M8 15h8"],
  down: ["M6 9.5l6 6 6-6"],
  more: ["!M5 10.2a1.8 1.8 0 1 0 0 3.6 1.8 1.8 0 0 0 0-3.6zM12 10.2a1.8 1.8 0 1 0 0 3.6 1.8 1.8 0 0 0 0-3.6zM19 10.2a1.8 1.8 0 1 0 0 3.6 1.8 1.8 0 0 0 0-3.6z"],
  close: ["M6 6l12 12M18 6 6 18"],
  play: ["!M8 5.2v13.6L19 12z"],
  pause: ["!M7 5h3.6v14H7zM13.4 5H17v14h-3.6z"],
  fast: ["!M3.5 6v12l8-6zM12.5 6v12l8-6z"],
  next: ["!M5 5.2v13.6L15 12z", "M18.5 5v14"],
  plus: ["M12 5v14M5 12h14"],
  phone: ["M8 2.8h8a2 2 0 0 1 2 2v14.4a2 2 0 0 1-2 2H8a2 2 0 0 1-2-2V4.8a2 2 0 0 1 2-2z", "M11 18h2"],
  log: ["M5 4h14v16H5z", "M8.5 9h7M8.5 12.5h7M8.5 16h4"],
  offline: ["M3 3l18 18", "M8.2 12.7a6 6 0 0 1 2-1.2M5 9.3a10.6 10.6 0 0 1 2.7-1.8M12 6.5a10.7 10.7 0 0 1 7 2.8M15.8 12.7a6 6 0 0 0-.6-.5", "M12 17.5h.01"],
  signal: ["!M4 15h2.5v4H4zM8.5 12H11v7H8.5zM13 9h2.5v10H13zM17.5 5.5H20V19h-2.5z"],
  battery: ["M3 8.5h16v7H3z", "!M5 10.5h10v3H5zM20 10.5h1.5v3H20z"],
  block: ["M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17z", "M6.2 6.2l11.6 11.6"],
  photo: ["M4 5h16v14H4z", "M4 16l5-5 4 4 2.5-2.5L20 17", "M15.5 9.2h.01"],
  spark: ["M12 4v4M12 16v4M4 12h4M16 12h4M6.5 6.5l2.5 2.5M15 15l2.5 2.5M17.5 6.5 15 9M9 15l-2.5 2.5"],
  mic: ["M12 3.5a3 3 0 0 0-3 3v5a3 3 0 0 0 6 0v-5a3 3 0 0 0-3-3z", "M6 11.5a6 6 0 0 0 12 0M12 17.5V21"],
  video: ["M3.5 6.5h11v11h-11z", "M14.5 10.5l6-3.5v10l-6-3.5"],
  file: ["M6.5 3h7.5l4 4v14h-11.5z", "M14 3v4.5h4"],
  pin: ["M12 21s6.5-5.7 6.5-11a6.5 6.5 0 1 0-13 0c0 5.3 6.5 11 6.5 11z", "M12 7.7a2.3 2.3 0 1 0 0 4.6 2.3 2.3 0 0 0 0-4.6z"],
  person: ["M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8z", "M4.5 20.5c.6-4 3.6-6 7.5-6s6.9 2 7.5 6"],
  group: ["M9 5a3.3 3.3 0 1 0 0 6.6A3.3 3.3 0 0 0 9 5z", "M2.8 19c.5-3.3 2.9-5 6.2-5s5.7 1.7 6.2 5", "M15.5 5.3a3.2 3.2 0 0 1 0 6M17.5 14.3c2 .6 3.4 2.2 3.7 4.7"],
  reply: ["M10 6 4.5 11.5 10 17", "M5 11.5h8.5c3.5 0 6 2 6 6"],
  edit: ["M4.5 19.5l1-4L16 5l3 3L8.5 18.5z"],
  forward: ["M14 6l5.5 5.5L14 17", "M19 11.5h-8.5c-3.5 0-6 2-6 6"],
  trash: ["M5 7h14M9.5 7V4.5h5V7M7 7l1 13h8l1-13"],
  copy: ["M8.5 8.5h11v11h-11z", "M15.5 8.5v-4h-11v11h4"],
  link: ["M10 14l4-4", "M8.5 11 6 13.5a3.2 3.2 0 0 0 4.5 4.5l2.5-2.5M15.5 13l2.5-2.5A3.2 3.2 0 0 0 13.5 6L11 8.5"],
  out: ["M9 6.5h8.5V15M17.5 6.5 7 17"],
  window: ["M4 5h16v14H4z", "M4 9h16"],
  mute: ["M6.5 9.5a5.5 5.5 0 0 1 9.7-3.5M17.5 10v3.5l1.5 3H8M6.5 12v1.5l-1.5 3h2", "M4 4l16 16", "M10.5 19.5h3"],
  check: ["M5 12.5l4.5 4.5L19 7.5"],
  wait: ["M12 4.5a7.5 7.5 0 1 0 0 15 7.5 7.5 0 0 0 0-15z", "M12 8v4.3l2.5 1.7"],
  save: ["M12 4v11M7 10.5l5 5 5-5M5 20h14"],
  reload: ["M19 12a7 7 0 1 1-2.2-5.1M19 4v4.5h-4.5"],
  slash: ["M14.5 5 9.5 19"],
  left: ["M5 5v14M19 12H9M13 7.5 8.5 12l4.5 4.5"],
  menu: ["M4.5 7h15M4.5 12h15M4.5 17h15"],
  album: ["M7 4h13v11H7z", "M4 8v11h13", "M7 12.5l3.5-3.5 3 3 2-2 4.5 4"],
  format: ["M3.5 18 8 6l4.5 12M5 14h6", "M20.5 12.2v5.8M20.5 15a2.9 2.9 0 1 1-5.8 0 2.9 2.9 0 0 1 5.8 0z"],
  pinned: ["M9 4h6l-1 6 3.5 3.5h-11L10 10z", "M12 13.5V21"],
  star: ["M12 4l2.4 5 5.6.7-4.1 3.8 1.1 5.5-5-2.8-5 2.8 1.1-5.5L4 9.7 9.6 9z"],
  eye: ["M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12z", "M12 9.3a2.7 2.7 0 1 0 0 5.4 2.7 2.7 0 0 0 0-5.4z"],
};

/** An icon as an SVG element, hidden from screen readers (the button around it has the words). */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("focusable", "false");
  for (const d of PATHS[name] || []) {
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("d", d.replace("!", ""));
    if (d.startsWith("!")) path.setAttribute("class", "solid");
    svg.append(path);
  }
  return svg;
}

/** A round button that shows only an icon, with its name for screen readers and as a tip. */
export function iconButton(name, label, onclick, props = {}) {
  return h("button", { type: "button", class: "round", "aria-label": label, title: label, onclick, ...props }, icon(name));
}

const HUES = 8;

/** A round picture of a name: one letter on one of eight quiet colours that stays the same for the id. */
export function avatar(id, name, extra = "") {
  const word = (name || "?").trim();
  const letter = /^[\u3400-\u9fff]+$/.test(word) ? word.slice(-1) : [...word][0] || "?";
  return h("span", { class: `avatar hue${Math.abs(Number(id) || 0) % HUES} ${extra}`, "aria-hidden": "true" }, letter.toUpperCase());
}

/** Put new children into an element. */
export function fill(el, ...kids) {
  el.replaceChildren(...kids.flat().filter((kid) => kid !== null && kid !== undefined && kid !== false));
  return el;
}
