// One message as the person sees it: the bubble, its foot with the time, and the buttons under it.

import { albumOf } from "./album.js";
import { drawBars } from "./bars.js";
import { avatar, h, icon, iconButton } from "./dom.js";
import { mediaOf, shortOf } from "./media.js";
import { safeHtml } from "./safe.js";
import { wall } from "./store.js";
import { t } from "./words.js";

const clockOf = (seconds) => wall(seconds * 1000).hm;

const timeOf = (seconds) => h("time", { datetime: new Date(seconds * 1000).toISOString() }, clockOf(seconds));

/** The time, and when it was edited: "09:41 · 已编辑 09:45", or "已编辑 09:41" within the same minute. */
function times(message, edited) {
  if (!edited) return [timeOf(message.date)];
  const mark = h("span", { class: "edited" }, t("edited"), " ", timeOf(edited));
  return clockOf(edited) === clockOf(message.date) ? [mark] : [timeOf(message.date), h("span", { "aria-hidden": "true" }, "·"), mark];
}

function foot(message, mine, members) {
  const spoken = [];
  const signs = [];
  if (message.silent && !mine) { signs.push(icon("mute")); spoken.push(t("silent")); }
  signs.push(...times(message, Math.max(0, ...members.map((one) => one.edit_date || 0))));
  if (mine) { signs.push(icon(message.pending ? "wait" : "check")); spoken.push(t(message.pending ? "pending" : "sent")); }
  return h("span", { class: "meta", title: spoken.join(" · ") || null }, signs, spoken.length ? h("span", { class: "sr" }, spoken.join("，")) : null);
}

function quote(message, chat) {
  const id = message.reply_to?.message_id ?? message.reply_to;
  const original = chat.find(id) || (typeof message.reply_to === "object" ? message.reply_to : null);
  return h("button", { type: "button", class: "quote", onclick: () => chat.reveal(id) },
    h("b", {}, original?.from?.name || t("goneMessage")), h("span", {}, original ? shortOf(original) : "…"));
}

function origin(message) {
  const { forward } = message;
  const name = typeof forward === "string" ? forward : forward.name || forward.from?.name || forward.sender_user_name || forward.sender_user?.first_name || "…";
  return h("div", { class: "forwarded" }, t("forwarded", { name }));
}

function words(message, phone) {
  const text = h("div", { class: "text" });
  text.append(drawBars(safeHtml(message.html)));
  for (const el of text.querySelectorAll(".spoiler, .tg-spoiler, tg-spoiler")) {
    el.classList.add("spoiler");
    el.setAttribute("role", "button");
    el.setAttribute("tabindex", "0");
    el.setAttribute("aria-label", t("spoiler"));
  }
  for (const el of text.querySelectorAll("blockquote[expandable], blockquote.expandable")) {
    el.classList.add("folded");
    el.setAttribute("role", "button");
    el.setAttribute("tabindex", "0");
    el.title = t("showAll");
  }
  text.addEventListener("click", (event) => press(event, phone));
  text.addEventListener("keydown", (event) => { if (event.key === "Enter" || event.key === " ") press(event, phone); });
  return text;
}

/** A tap on something inside the words: a command, a deep link, a hidden passage, a long quote. */
function press(event, phone) {
  const hit = event.target.closest("a, .spoiler, .folded, .unfolded, [data-command], .bot_command, code");
  if (!hit) return;
  if (hit.matches(".spoiler")) { hit.classList.remove("spoiler"); hit.removeAttribute("role"); hit.removeAttribute("aria-label"); }
  else if (hit.matches(".folded, .unfolded")) { hit.classList.toggle("folded"); hit.classList.toggle("unfolded"); }
  else if (hit.matches("[data-command], .bot_command")) { event.preventDefault(); phone.say(hit.dataset.command || hit.textContent); }
  else if (hit.matches("code")) phone.taps.copy(hit.textContent);
  else if (phone.taps.followLink(hit.href)) event.preventDefault();
}

const SIGNS = { url: "out", web_app: "window", copy_text: "copy" };

function inlineButton(button, message, phone, chat) {
  const kind = Object.keys(SIGNS).find((key) => button[key]);
  const el = h("button", { type: "button", class: `key ${button.style || ""}`, title: button.text, onclick: () => phone.taps.press(button, message, chat, el) },
    h("span", {}, button.text), kind ? icon(SIGNS[kind]) : null);
  return el;
}

function inlineKeyboard(message, phone, chat) {
  if (!message.inline_keyboard?.length) return null;
  const dense = (row) => (row.length > 6 ? "dense tight" : row.length > 4 ? "dense" : "");
  const most = Math.max(...message.inline_keyboard.map((row) => row.length));
  return h("div", { class: `inline ${most > 3 ? "broad" : ""}`, role: "group" },
    message.inline_keyboard.map((row) => h("div", { class: `keyrow ${dense(row)}` }, row.map((button) => inlineButton(button, message, phone, chat)))));
}

function reactions(message) {
  const list = (message.reactions || []).map((one) => one.emoji || one).filter(Boolean);
  return list.length ? h("div", { class: "reactions" }, list.map((emoji) => h("span", {}, emoji))) : null;
}

function serviceRow(message) {
  const { what, who, names } = message.service || {};
  const text = h("span", {}, what ? t(`service_${what}`, { who, names }) : message.text || "");
  return h("div", { class: "row service", data: { id: message.message_id } }, text);
}

/** What stands in the bubble between the head and the foot. */
function inside(message, phone, members) {
  if (members.length > 1) return albumOf(members, phone.sheets, (one) => words(one, phone));
  return [mediaOf(message, phone.sheets), message.html ? words(message, phone) : null];
}

const HOLD_MS = 500;

/** Do something when a finger rests on an element (where the browser has no long press of its own). */
function onHold(el, act) {
  let timer = 0;
  const stop = () => clearTimeout(timer);
  el.addEventListener("pointerdown", (event) => {
    stop();
    if (event.pointerType === "touch" && !event.target.closest("a")) timer = setTimeout(act, HOLD_MS);
  });
  ["pointerup", "pointercancel", "pointerleave"].forEach((name) => el.addEventListener(name, stop));
}

/** The row of a message in a chat, or of an album's `members`; a group adds name and face. */
export function bubble(message, phone, chat, members = [message]) {
  if (message.kind === "service") return serviceRow(message);
  const mine = message.from?.id === phone.person.id;
  const [media, text] = inside(message, phone, members);
  const others = chat.isGroup && !mine;
  const wordless = !message.html && !text?.length;
  const box = h("div", { class: `bubble kind-${message.kind || "text"} ${media ? "with-media" : ""} ${members.length > 1 ? "with-album" : ""} ${wordless ? "wordless" : ""}` },
    others ? h("div", { class: `name ink${Math.abs(message.from?.id || 0) % 8}` }, message.from?.name || "") : null,
    message.forward ? origin(message) : null,
    message.reply_to ? quote(message, chat) : null,
    media, text,
    foot(message, mine, members),
    iconButton("down", t("actions"), () => phone.showActions(message, chat), { class: "round act" }));
  box.addEventListener("contextmenu", (event) => {
    if (event.target.closest("a")) return;
    event.preventDefault();
    if (!phone.sheets.current) phone.showActions(message, chat);
  });
  onHold(box, () => { if (!phone.sheets.current) phone.showActions(message, chat); });
  return h("article", { class: `row ${mine ? "out" : "in"}`, data: { id: message.message_id, from: message.from?.id ?? "" },
    "aria-label": `${mine ? t("you") : message.from?.name || ""} ${clockOf(message.date)}` },
  others ? avatar(message.from?.id, message.from?.name, "small") : null,
  h("div", { class: "stack" }, box, reactions(message), inlineKeyboard(message, phone, chat)));
}
