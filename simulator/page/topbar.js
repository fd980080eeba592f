// The top bar and the strip of faces below it.

import { clockFace, clockPanel, dropClock, marksButton, nextButton, refreshClock, speedSwitch, steps } from "./clock.js";
import { toggleDrawer } from "./drawer.js";
import { avatar, fill, h, icon } from "./dom.js";
import { peoplePanel } from "./people.js";
import { togglePanel } from "./popover.js";
import { on, personOf, shownPeople, store, tell } from "./store.js";
import { language, setLanguage, t } from "./words.js";

const top = document.getElementById("top");
const strip = document.getElementById("strip");

function panelButton(sign, word, build, extra = "") {
  const button = h("button", {
    type: "button", class: `pill ${extra}`, "aria-expanded": "false", "aria-haspopup": "dialog", "aria-label": t(word), title: t(word),
    onclick: () => togglePanel(button, t(word), build),
  }, icon(sign), h("span", { class: "wide" }, t(word)));
  return button;
}

function languageButton() {
  return h("button", {
    type: "button", class: "pill plain", title: t("languageTip"), lang: language() === "zh" ? "en" : "zh-CN",
    onclick: () => { setLanguage(language() === "zh" ? "en" : "zh"); tell("language"); },
  }, t("language"));
}

function drawerButton() {
  return h("button", {
    type: "button", id: "drawer-button", class: "pill plain", "aria-expanded": "false", "aria-controls": "drawer", "aria-label": t("drawer"),
    title: t("drawer"), onclick: toggleDrawer,
  }, icon("log"), h("span", { class: "wide" }, t("journal")));
}

/** What a small screen hides behind one button: phones, journal, language. */
function morePanel(close) {
  const then = (act) => () => { close(); setTimeout(act, 0); };
  return h("div", { class: "stackup" },
    peoplePanel(close),
    h("div", { class: "line split" },
      h("button", { type: "button", class: "pill", onclick: then(toggleDrawer) }, icon("log"), t("drawer")), languageButton()));
}

/** Build the top bar in the present language. */
export function buildTop() {
  dropClock();
  const title = store.title || t("title");
  document.title = title;
  const face = clockFace();
  fill(top,
    h("h1", { class: "title" }, h("span", { class: "seal", "aria-hidden": "true" }, [...title][0]), h("span", { class: "name" }, title)),
    h("div", { class: "clockwork" }, face,
      h("div", { class: "desk-only group" }, speedSwitch(), steps()),
      h("div", { class: "group joined" }, nextButton(), h("span", { class: "desk-only" }, marksButton()))),
    h("div", { class: "tools desk-only" }, panelButton("phone", "phones", peoplePanel), languageButton(), drawerButton()),
    h("div", { class: "tools small-only" }, panelButton("wait", "clock", clockPanel, "square"), panelButton("menu", "more", morePanel, "square")),
    h("p", { class: "lost", role: "status", hidden: true }, ""));
  refreshClock();
}

/** Say in the top bar that the live connection is broken, or whole again. */
export function showLost(lost) {
  const el = top.querySelector(".lost");
  if (!el) return;
  el.hidden = !lost;
  el.textContent = lost ? t("lost") : "";
}

function face(person) {
  const unread = store.unread.get(person.id) || 0;
  const states = [person.offline && t("offline"), person.blocked && t("blocked"), unread && t("unread", { n: unread })].filter(Boolean);
  return h("button", {
    type: "button", class: "face-button", "aria-pressed": String(person.id === store.active), data: { person: person.id },
    "aria-label": [person.name, person.note, ...states].filter(Boolean).join("，"),
    onclick: () => tell("choose", person.id),
  },
  h("span", { class: "pic" }, avatar(person.id, person.name, person.offline ? "away" : ""),
    unread ? h("span", { class: "badge", "aria-hidden": "true" }, unread > 99 ? "99+" : String(unread)) : null,
    person.offline || person.blocked ? h("span", { class: "mini", "aria-hidden": "true" }, icon(person.blocked ? "block" : "offline")) : null),
  h("span", { class: "who", "aria-hidden": "true" }, person.name));
}

/** Build the strip of faces (on large screens it shows only when the phones do not fit side by side). */
export function buildStrip() {
  const people = shownPeople();
  const focused = document.activeElement?.closest?.(".face-button")?.dataset.person;
  strip.hidden = people.length < 2;
  strip.setAttribute("aria-label", t("phones"));
  fill(strip, people.map(face));
  if (focused) strip.querySelector(`[data-person="${focused}"]`)?.focus();
  strip.querySelector('[aria-pressed="true"]')?.scrollIntoView({ block: "nearest", inline: "nearest" });
}

/** Follow what changes. */
export function startTop() {
  on("people", buildStrip);
  on("unread", buildStrip);
  on("active", () => {
    if (!personOf(store.active)) return;
    buildStrip();
  });
}
