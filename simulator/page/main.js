// The page of phones: puts everything together and follows the server's live events.

import { api, listen } from "./api.js";
import { startClock } from "./clock.js";
import { h } from "./dom.js";
import { build as buildDrawer, catchUp, startDrawer } from "./drawer.js";
import { Phone } from "./phone.js";
import { membersOf, on, personOf, countUnread, groupOf, rememberOrder, shownPeople, store, tell } from "./store.js";
import { buildStrip, buildTop, showLost, startTop } from "./topbar.js";
import { rememberedLanguage, setLanguage, t } from "./words.js";

const floor = document.getElementById("phones");
const phones = new Map();

/** Put the phones of the shown people on the table, in order. */
function layOut() {
  const people = shownPeople();
  for (const [id, phone] of phones) {
    if (people.some((person) => person.id === id)) continue;
    phone.el.remove();
    phones.delete(id);
  }
  people.forEach((person) => {
    if (phones.has(person.id)) phones.get(person.id).update(person);
    else phones.set(person.id, new Phone(person));
  });
  const inOrder = people.map((person) => phones.get(person.id).el);
  if (inOrder.some((el, n) => floor.children[n] !== el) || floor.children.length !== inOrder.length) floor.replaceChildren(...inOrder);
  if (!people.length) floor.replaceChildren(welcome());
  fit();
  if (!people.some((person) => person.id === store.active)) choose(people[0]?.id || 0);
  else markActive();
}

const welcome = () => h("div", { class: "welcome" }, h("h2", {}, t("welcome")), h("p", {}, store.bots.length ? t("welcomeHint") : t("noBot")));

/** Make one phone the active one: the only one on a small screen, scrolled to on a large one. */
function choose(id, scroll = false) {
  store.active = id;
  try { sessionStorage.setItem("simulator.active", String(id)); } catch { /* private mode */ }
  markActive();
  if (store.unread.get(id)) countUnread(id, 0);
  if (scroll) phones.get(id)?.el.scrollIntoView({ behavior: "smooth", block: "nearest", inline: "center" });
  const chat = phones.get(id)?.chat;
  if (chat?.stick) chat.toEnd();
}

/** Show the strip of faces on a large screen only when the phones do not all fit. */
function fit() {
  document.body.classList.toggle("crowded", floor.scrollWidth > floor.clientWidth + 4);
}

function markActive() {
  for (const [id, phone] of phones) phone.el.classList.toggle("active", id === store.active);
  tell("active");
}

/** Whose phones a chat is seen on. */
const audience = (chat) => (chat > 0 ? [chat] : membersOf(groupOf(chat) || {}));

function toAudience(chat, deed, missed = null) {
  for (const id of audience(chat)) {
    if (phones.has(id)) deed(phones.get(id));
    else if (missed && personOf(id)) missed(id);
  }
}

const HEAR = {
  message: ({ chat, message }) => toAudience(chat, (phone) => phone.receive(chat, message), (id) => { if (message.from?.id !== id) countUnread(id); }),
  edit: ({ chat, message }) => toAudience(chat, (phone) => phone.change(chat, message)),
  delete: ({ chat, message_ids: ids }) => toAudience(chat, (phone) => phone.remove(chat, ids)),
  keyboard: ({ chat, person, keyboard }) => phones.get(person)?.setKeyboard(chat ?? person, keyboard),
  toast: ({ person, text, alert }) => phones.get(person)?.answered(text, alert),
  typing: ({ chat, action }) => toAudience(chat, (phone) => phone.setTyping(chat, action)),
  people: ({ people }) => { store.people = people; layOut(); tell("people"); },
  groups: ({ groups }) => { store.groups = groups; layOut(); },
  clock: ({ clock }) => { store.clock = clock; tell("clock"); },
  marks: ({ marks }) => { store.marks = marks; tell("marks"); },
  call: (event) => tell("call", event.call || event),
  chat: ({ chat }) => toAudience(chat, (phone) => { if (phone.chats.has(chat)) phone.loadChat(phone.chats.get(chat)); }),
};

function hear(event) {
  HEAR[event.type]?.(event);
}

let booted = false;

/** Fetch everything anew: at the start and after each break of the connection. */
async function sync() {
  const state = await api.state();
  const bots = JSON.stringify(store.bots);
  Object.assign(store, { bots: state.bots, people: state.people, groups: state.groups, marks: state.marks || [], clock: state.clock });
  if (!booted || state.title !== store.title || bots !== JSON.stringify(state.bots)) {
    store.title = state.title;
    buildTop();
  }
  layOut();
  buildStrip();
  tell("clock");
  if (booted) phones.forEach((phone) => phone.reload());
  booted = true;
  catchUp();
}

function rebuild() {
  buildTop();
  phones.forEach((phone) => phone.composer.keep());
  phones.clear();
  floor.replaceChildren();
  layOut();
  buildStrip();
  buildDrawer();
}

function start() {
  setLanguage(rememberedLanguage());
  try { store.active = Number(sessionStorage.getItem("simulator.active")) || 0; } catch { /* private mode */ }
  rememberOrder();
  startClock();
  new ResizeObserver(fit).observe(floor);
  startTop();
  startDrawer();
  on("choose", (id) => choose(id, true));
  on("open", ({ person, chat }) => { choose(person, true); phones.get(person)?.open(chat); });
  on("touched", (id) => { if (id !== store.active) choose(id); });
  on("order", () => { layOut(); buildStrip(); choose(store.first[0], true); });
  on("language", rebuild);
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "visible" && store.unread.get(store.active)) countUnread(store.active, 0); });
  listen(hear, () => sync().then(() => showLost(false)).catch(() => showLost(true)), () => showLost(true));
}

start();
