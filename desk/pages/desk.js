// The desk works without this: it brings Telegram's colours, live pieces, quiet forms, and the way into the Mini App.
"use strict";

const root = document.documentElement;
root.classList.add("js");

// ---- inside Telegram -------------------------------------------------------------------------------------------

const COLOURS = { bg_color: "--card", secondary_bg_color: "--bg", text_color: "--ink", link_color: "--accent", button_color: "--accent", button_text_color: "--on-accent" };

function light(colour) {
  const [r, g, b] = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
  return 0.3 * r + 0.59 * g + 0.11 * b;
}

function dress(colours) {
  if (!colours || !/^#[0-9a-f]{6}$/i.test(colours.bg_color || "")) return;
  root.dataset.theme = light(colours.bg_color) < 128 ? "dark" : "light";
  for (const [name, variable] of Object.entries(COLOURS))
    if (/^#[0-9a-f]{6}$/i.test(colours[name] || "")) root.style.setProperty(variable, colours[name]);
  if (colours.button_color) root.style.setProperty("--accent", colours.button_color);
}

function post(type, data = {}) {
  const message = JSON.stringify({ eventType: type, eventData: data });
  if (window.TelegramWebviewProxy) window.TelegramWebviewProxy.postEvent(type, JSON.stringify(data));
  else if (window.external && "notify" in window.external) window.external.notify(message);
  else if (window.parent !== window) window.parent.postMessage(message, "*");
}

function kept() {
  try { return JSON.parse(sessionStorage.getItem("theme") || "null"); } catch { return null; }
}

function keep(colours) {
  try { sessionStorage.setItem("theme", JSON.stringify(colours)); } catch { /* only for this page then */ }
}

window.Telegram = window.Telegram || { WebView: { receiveEvent: hear } }; // where the apps of Telegram call us
function hear(type, data) {
  if (type !== "theme_changed" || !data?.theme_params) return;
  keep(data.theme_params);
  dress(data.theme_params);
}
window.addEventListener("message", (event) => {
  if (event.source !== window.parent || typeof event.data !== "string") return;
  try {
    const said = JSON.parse(event.data);
    hear(said.eventType, said.eventData);
  } catch { /* not for us */ }
});

const behind = new URLSearchParams(location.hash.slice(1));
if (behind.has("tgWebAppThemeParams")) {
  try {
    const colours = JSON.parse(behind.get("tgWebAppThemeParams"));
    keep(colours);
  } catch { /* then the system's colours */ }
}
const inApp = "app" in root.dataset || behind.has("tgWebAppData") || location.pathname === "/desk/app";
if (inApp) dress(kept());

function enterApp() {
  const form = document.getElementById("init");
  if (!form) return;
  const data = behind.get("tgWebAppData");
  history.replaceState(null, "", location.pathname); // what signs people in must not stay in the address
  post("web_app_ready");
  post("web_app_expand");
  if (!data) {
    for (const hint of document.querySelectorAll("#opening .soft")) hint.hidden = false;
    return;
  }
  form.elements.init.value = data;
  form.submit();
}

// ---- pieces that change ------------------------------------------------------------------------------------------

const csrf = () => document.querySelector('meta[name="csrf"]')?.content || "";
const piece = () => document.getElementById("piece");
const CALM = 4000;
let waiting = false, fetching = false;

/** Whether somebody is writing in the piece: then it is left alone for now. */
function isBusy() {
  const at = document.activeElement;
  if (piece()?.querySelector("dialog[open]")) return true;
  return Boolean(at && piece()?.contains(at) && /^(INPUT|TEXTAREA|SELECT)$/.test(at.tagName)) || Boolean(piece()?.querySelector("[data-typed]"));
}

async function refresh() {
  if (isBusy() || fetching) { waiting = true; return; }
  waiting = false;
  fetching = true;
  try {
    const answer = await fetch(location.href, { headers: { "Desk-Piece": "1" }, cache: "no-store", credentials: "same-origin" });
    if (answer.status === 401 || answer.status === 403) return location.reload();
    if (answer.ok && !isBusy()) put(await answer.text());
  } catch { /* the next change brings it */ } finally { fetching = false; }
}

function put(html) {
  const box = piece();
  const before = document.createElement("template");
  before.innerHTML = html;
  if (box.dataset.shown === html) return;
  const open = new Set([...box.querySelectorAll("details[open][id]")].map((each) => each.id));
  const focus = box.contains(document.activeElement) ? document.activeElement.id : "";
  const shifted = [...box.querySelectorAll(".scroll")].map((each) => each.scrollLeft);
  box.innerHTML = html;
  box.dataset.shown = html;
  for (const each of box.querySelectorAll("details[id]")) if (open.has(each.id)) each.open = true;
  [...box.querySelectorAll(".scroll")].forEach((each, at) => { each.scrollLeft = shifted[at] || 0; });
  if (focus) document.getElementById(focus)?.focus();
  box.dispatchEvent(new CustomEvent("desk:piece", { bubbles: true }));
}

function listen() {
  const topics = piece()?.dataset.live;
  if (!topics || !window.EventSource) return;
  let source = null, timer = 0, last = 0;
  const open = () => {
    if (source) return;
    source = new EventSource(`/desk/events?topics=${encodeURIComponent(topics)}`);
    source.addEventListener("changed", () => { // many changes at once, such as a class checking in, are fetched together
      clearTimeout(timer);
      timer = setTimeout(() => { last = Date.now(); refresh(); }, Math.max(150 + Math.random() * 350, last + CALM - Date.now()));
    });
    source.addEventListener("over", () => { source.close(); location.reload(); });
  };
  const shut = () => { source?.close(); source = null; };
  document.addEventListener("visibilitychange", () => { if (document.hidden) shut(); else { open(); refresh(); } });
  window.addEventListener("pagehide", shut);
  setInterval(() => { if (!document.hidden) refresh(); }, 120000);
  document.addEventListener("focusout", () => setTimeout(() => { if (waiting) refresh(); }, 400));
  open();
}

// ---- forms ---------------------------------------------------------------------------------------------------------

let toastTimer = 0;
function toast(words) {
  const box = document.getElementById("toast");
  if (!box) return;
  box.textContent = words;
  box.hidden = !words;
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => { box.hidden = true; }, 6000);
}

/** Do a form's deed without leaving the page: the toast says what became of it, the piece is fetched anew. */
async function quietly(form, button) {
  const body = new FormData(form);
  if (button?.name) body.append(button.name, button.value);
  const answer = await fetch(form.getAttribute("action"), { method: "POST", body, headers: { "Desk-Piece": "1", "Desk-Csrf": csrf() }, credentials: "same-origin" });
  if (answer.status === 401) return location.reload();
  const said = await answer.json().catch(() => ({}));
  toast(said.toast || "");
  if (answer.ok) {
    for (const typed of form.querySelectorAll("[data-typed]")) delete typed.dataset.typed;
    form.dispatchEvent(new CustomEvent("desk:done", { bubbles: true, detail: said }));
    if (said.to && form.dataset.quiet === "go") location.assign(said.to);
    else { document.activeElement?.blur?.(); await refresh(); }
  }
  return answer.ok;
}

document.addEventListener("submit", async (event) => {
  const form = event.target, button = event.submitter;
  if (form.dataset.confirm && !window.confirm(form.dataset.confirm)) return event.preventDefault();
  if (form.dataset.sent) return event.preventDefault(); // a double click sends once
  form.dataset.sent = "1";
  setTimeout(() => { delete form.dataset.sent; }, 4000);
  if (!("quiet" in form.dataset)) return;
  event.preventDefault();
  form.classList.add("busy");
  try { await quietly(form, button); } finally { form.classList.remove("busy"); delete form.dataset.sent; }
});
document.addEventListener("input", (event) => { if (event.target.matches("#piece textarea, #piece input:not([type=checkbox], [type=radio])")) event.target.dataset.typed = "1"; });
document.addEventListener("change", (event) => { if ("send" in event.target.dataset) event.target.form.requestSubmit(); });
window.addEventListener("pageshow", () => { for (const form of document.querySelectorAll("[data-sent]")) delete form.dataset.sent; });

window.desk = { refresh, toast, quietly, csrf };

function start() {
  enterApp();
  listen();
  const box = document.getElementById("toast");
  if (box && !box.hidden) toast(box.textContent);
  if (inApp) { post("web_app_ready"); post("web_app_request_theme"); }
  document.querySelector("body > nav a[aria-current]")?.scrollIntoView({ inline: "center", block: "nearest" });
}
if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
else start();
