// The virtual clock in the top bar: what time it is in class, and the buttons that move it.

import { api } from "./api.js";
import { fill, h, icon } from "./dom.js";
import { note, togglePanel } from "./popover.js";
import { comingMarks, dayLabel, howSoon, offsetOf, on, store, tell, virtualNow, wall } from "./store.js";
import { t } from "./words.js";

const SPEEDS = [[0, "pause", "pause"], [1, "play", "normal"], [60, "fast", "fast"]];
let parts = null;

async function move(body) {
  try {
    store.clock = await api.clock(body);
    tell("clock");
  } catch (error) {
    note(t("failed", { why: error.message || t("noServer") }));
  }
}

const speedButton = ([speed, sign, word]) =>
  h("button", { type: "button", class: "seg", data: { speed }, title: t(word), "aria-label": t(word), onclick: () => move({ speed }) },
    icon(sign), h("span", { class: "wide" }, speed === 60 ? "×60" : t(word)));

/** The clock's place in the top bar. */
export function clockFace() {
  const hm = h("span", { class: "hm" });
  const seconds = h("span", { class: "ss" });
  const day = h("span", { class: "day" });
  const face = h("div", { class: "face", role: "timer", "aria-label": t("clock"), "aria-live": "off" },
    h("span", { class: "time" }, hm, seconds), day);
  parts = { hm, seconds, day, face, speeds: [], next: [] };
  return face;
}

/** Pause, normal, fast. */
export function speedSwitch() {
  const group = h("div", { class: "segs", role: "group", "aria-label": t("speed") }, SPEEDS.map(speedButton));
  parts.speeds.push(group);
  return group;
}

/** The buttons +1 and +5 minutes. */
export function steps() {
  return [[60, "plus1"], [300, "plus5"]].map(([seconds, word]) =>
    h("button", { type: "button", class: "pill", onclick: () => move({ add_seconds: seconds }) }, t(word)));
}

/** The button that jumps to the next mark, with the mark on it. */
export function nextButton() {
  const label = h("span", { class: "label" });
  const when = h("span", { class: "when" });
  const button = h("button", { type: "button", class: "pill next", onclick: () => move({ to_next: true }) },
    icon("next"), h("span", { class: "two" }, when, label));
  parts.next.push({ button, label, when });
  return button;
}

/** The button that opens the list of what comes. */
export function marksButton() {
  const button = h("button", {
    type: "button", class: "round", "aria-label": t("marks"), title: t("marks"), "aria-expanded": "false", "aria-haspopup": "dialog",
    onclick: () => togglePanel(button, t("marks"), marksPanel),
  }, icon("down"));
  return button;
}

/** The list of coming marks and a field to set the time by hand. */
export function marksPanel(close) {
  const marks = comingMarks().slice(0, 10);
  const today = wall(virtualNow()).key;
  const line = (mark) => {
    const at = wall(mark.ms);
    const row = h("button", { type: "button", class: "mark", onclick: () => { move({ set: mark.at }); close(); } },
      h("span", { class: "at" }, at.hm), h("span", { class: "label" }, mark.label),
      h("span", { class: "soon" }, at.key === today ? howSoon(mark.ms) : dayLabel(mark.ms)));
    return h("li", {}, row);
  };
  return h("div", { class: "stackup" },
    h("h2", {}, t("marks")),
    marks.length ? h("ol", { class: "marks" }, marks.map(line)) : h("p", { class: "quiet" }, t("noNext")),
    setTimeForm(close));
}

function setTimeForm(close) {
  const here = wall(virtualNow());
  const input = h("input", { type: "datetime-local", value: `${here.key}T${here.hm}`, "aria-label": t("setTime"), required: true });
  const submit = (event) => {
    event.preventDefault();
    move({ set: `${input.value}:00${zone()}` });
    close();
  };
  return h("form", { class: "line", onsubmit: submit },
    h("label", { class: "grow" }, h("span", {}, t("setTime")), input), h("button", { class: "pill strong" }, t("set")));
}

function zone() {
  const minutes = offsetOf(store.clock.now);
  const two = (n) => String(n).padStart(2, "0");
  return `${minutes < 0 ? "-" : "+"}${two(Math.floor(Math.abs(minutes) / 60))}:${two(Math.abs(minutes) % 60)}`;
}

/** Write the time into the top bar and all phones; called several times a second. */
export function tick() {
  if (!parts) return;
  const ms = virtualNow();
  const at = wall(ms);
  set(parts.hm, at.hm);
  set(parts.seconds, `:${at.seconds}`);
  set(parts.day, dayLabel(ms));
  for (const el of document.querySelectorAll(".vtime")) set(el, at.hm);
  showNext();
}

function showNext() {
  const mark = comingMarks()[0];
  for (const { button, label, when } of parts.next) {
    button.disabled = !mark;
    set(label, mark ? mark.label : t("noNext"));
    set(when, mark ? `${t("next")} ${wall(mark.ms).hm}` : t("next"));
    const tip = mark ? `${t("next")}：${wall(mark.ms).hm} ${mark.label}（${howSoon(mark.ms)}）` : t("noNext");
    if (button.title !== tip) button.title = tip;
  }
}

function set(el, text) {
  if (el.textContent !== text) el.textContent = text;
}

function showSpeed() {
  for (const group of parts?.speeds || []) {
    for (const button of group.children) {
      button.setAttribute("aria-pressed", String(Number(button.dataset.speed) === store.clock.speed));
    }
  }
}

/** Begin to tick. */
export function startClock() {
  on("clock", () => { showSpeed(); tick(); });
  on("marks", tick);
  setInterval(tick, 250);
}

/** Show the present state once the top bar was built anew. */
export function refreshClock() {
  showSpeed();
  tick();
}

/** Forget the old top bar (before it is built anew in another language). */
export const dropClock = () => { parts = null; };

/** A panel for small screens: everything about the clock. */
export function clockPanel(close) {
  const panel = h("div", { class: "stackup" }, h("h2", {}, t("clock")), h("div", { class: "line" }, steps()), speedSwitch());
  const rest = marksPanel(close);
  setTimeout(refreshClock, 0);
  return fill(h("div", {}), panel, rest);
}
