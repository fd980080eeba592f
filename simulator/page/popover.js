// A small panel that belongs to a button of the top bar. On a small screen it lies at the bottom.

import { h } from "./dom.js";

/** Open a panel below `button` (again: close it). `build(close)` gives its content. */
export function togglePanel(button, label, build) {
  if (button.getAttribute("aria-expanded") === "true") return;
  const panel = h("div", { class: "panel", popover: "auto", role: "dialog", "aria-label": label });
  const close = () => panel.hidePopover();
  panel.append(build(close));
  document.body.append(panel);
  panel.addEventListener("toggle", (event) => {
    const open = event.newState === "open";
    button.setAttribute("aria-expanded", String(open));
    if (open) return;
    if (panel.contains(document.activeElement) || document.activeElement === document.body) button.focus();
    setTimeout(() => panel.remove(), 0);
  });
  panel.showPopover();
  place(panel, button);
  (panel.querySelector("[autofocus]") || panel.querySelector("button, input"))?.focus({ preventScroll: true });
}

function place(panel, button) {
  if (matchMedia("(max-width: 700px)").matches) return;
  const box = button.getBoundingClientRect();
  const width = panel.offsetWidth;
  const left = Math.min(Math.max(12, box.right - width), innerWidth - width - 12);
  panel.style.left = `${left}px`;
  panel.style.top = `${box.bottom + 8}px`;
}

let noteTimer = 0;

/** A short note at the foot of the page, for what does not belong to one phone. */
export function note(text) {
  let el = document.querySelector(".note");
  if (!el) document.body.append((el = h("div", { class: "note", role: "status" })));
  el.textContent = text;
  el.classList.add("on");
  clearTimeout(noteTimer);
  noteTimer = setTimeout(() => el.classList.remove("on"), 3500);
}
