// The folded drawer at the side: the journal of Bot API calls and the switches for faults.

import { api } from "./api.js";
import { faultsView } from "./faults.js";
import { fill, h, iconButton } from "./dom.js";
import { groupOf, on, personOf, wall } from "./store.js";
import { t } from "./words.js";

const KEEP = 500;
const SHOW = 150;

const drawer = document.getElementById("drawer");
const state = { tab: "calls", calls: [], last: 0, text: "", errors: false, polls: true, open: new Set(), due: false };
let list = null;
let count = null;

/** Open or fold the drawer. */
export function toggleDrawer() {
  drawer.hidden = !drawer.hidden;
  document.getElementById("drawer-button")?.setAttribute("aria-expanded", String(!drawer.hidden));
  document.body.classList.toggle("drawer-open", !drawer.hidden);
  if (drawer.hidden) document.getElementById("drawer-button")?.focus();
  else openDrawer();
}

async function openDrawer() {
  build();
  drawer.querySelector("button")?.focus();
  await catchUp();
}

/** Fetch the calls that were missed. */
export async function catchUp() {
  if (drawer.hidden) return;
  try {
    (await api.journal(state.last)).forEach(keep);
  } catch { /* the top bar says that the connection is lost */ }
  draw();
}

function keep(call) {
  if (!call || call.n === undefined || state.calls.some((one) => one.n === call.n)) return;
  state.calls.push(call);
  state.last = Math.max(state.last, call.n);
  if (state.calls.length > KEEP) state.calls.splice(0, state.calls.length - KEEP);
}

/** A call happened: shown at once when the drawer is open, else fetched later. */
function heard(call) {
  if (drawer.hidden) return;
  keep(call);
  if (state.due) return;
  state.due = true;
  setTimeout(() => { state.due = false; draw(); }, 200);
}

/** Build the drawer in the present language (if it is open). */
export function build() {
  if (drawer.hidden) return;
  const tab = (name, word) => h("button", { type: "button", class: "tab", "aria-pressed": String(state.tab === name), onclick: () => { state.tab = name; build(); draw(); } }, t(word));
  drawer.setAttribute("aria-label", t("drawer"));
  fill(drawer,
    h("div", { class: "drawerhead" }, h("div", { class: "tabs", role: "group", "aria-label": t("drawer") }, tab("calls", "calls"), tab("faults", "faults")),
      iconButton("close", t("close"), toggleDrawer)),
    state.tab === "faults" ? faultsView() : journalView());
}

function journalView() {
  const check = (name, word) => h("label", { class: "check" }, h("input", { type: "checkbox", checked: state[name], onchange: (event) => { state[name] = event.target.checked; draw(); } }), t(word));
  const search = h("input", { type: "search", placeholder: t("search"), "aria-label": t("search"), value: state.text, oninput: () => { state.text = search.value.toLowerCase(); draw(); } });
  list = h("ul", { class: "calls plain-list", tabindex: "0", "aria-label": t("calls") });
  count = h("span", { class: "quiet" });
  setTimeout(draw, 0);
  return h("div", { class: "journal" }, h("div", { class: "filters" }, search, h("div", { class: "line" }, check("errors", "onlyErrors"), check("polls", "hidePolls"), count)), list);
}

const failed = (call) => call.status !== 200;
const whose = (id) => personOf(id)?.name || groupOf(id)?.title || (id ? String(id) : "");

function wanted(call) {
  if (state.errors && !failed(call)) return false;
  if (state.polls && /^getupdates$/i.test(call.method)) return false;
  return !state.text || `${call.method} ${whose(call.chat_id)} ${call.status}`.toLowerCase().includes(state.text);
}

function draw() {
  if (drawer.hidden || state.tab !== "calls" || !list?.isConnected) return;
  const calls = state.calls.filter(wanted).slice(-SHOW).reverse();
  count.textContent = t("callCount", { n: state.calls.length ? state.last : 0 });
  fill(list, calls.length ? calls.map(line) : h("li", { class: "quiet" }, t("noCalls")));
}

const pretty = (value) => (typeof value === "string" ? value : JSON.stringify(value, null, 2));
const atOf = (at) => { const ms = typeof at === "number" ? at * 1000 : Date.parse(at); const part = wall(ms); return `${part.hm}:${part.seconds}`; };

function line(call) {
  const open = state.open.has(call.n);
  const toggle = () => { if (open) state.open.delete(call.n); else state.open.add(call.n); draw(); list.querySelector(`[data-n="${call.n}"]`)?.focus(); };
  const head = h("button", { type: "button", class: "callhead", "aria-expanded": String(open), data: { n: call.n }, onclick: toggle },
    h("span", { class: "at" }, atOf(call.at)), h("span", { class: "method" }, call.method), h("span", { class: "chatname" }, whose(call.chat_id)),
    h("span", { class: `status ${failed(call) ? "bad" : ""}` }, String(call.status)), h("span", { class: "ms" }, call.ms < 1000 ? `${Math.round(call.ms)} ms` : `${Math.round(call.ms / 1000)} s`));
  const body = open && h("div", { class: "callbody" },
    h("b", {}, t("params")), h("pre", { tabindex: "0" }, pretty(call.params)), h("b", {}, t("result")), h("pre", { tabindex: "0" }, pretty(call.result_summary)));
  return h("li", {}, head, body || null);
}

/** Follow the live calls. */
export function startDrawer() {
  on("call", heard);
  drawer.addEventListener("keydown", (event) => { if (event.key === "Escape") toggleDrawer(); });
}
