// One person's phone: its frame, its conversations and everything the person can do in them.

import { api } from "./api.js";
import { Chat } from "./chat.js";
import { Composer } from "./composer.js";
import { avatar, fill, h, icon, iconButton } from "./dom.js";
import { linkOf, markUsed } from "./invite.js";
import { actionsOf, phoneMenu } from "./menus.js";
import { bot, countUnread, groupOf, groupsOf, membersOf, store, tell } from "./store.js";
import { Sheets } from "./sheet.js";
import { Taps } from "./taps.js";
import { t } from "./words.js";

const TYPING_MS = 5000;

export class Phone {
  constructor(person) {
    Object.assign(this, { person, chats: new Map(), chat: null, taps: new Taps(this) });
    this.plate = h("div", { class: "plate" });
    this.header = h("header", { class: "chathead" });
    this.tabs = h("div", { class: "tabs", role: "group", hidden: true });
    this.banner = h("div", { class: "banner", role: "status", hidden: true });
    this.place = h("div", { class: "place-of-chat" });
    this.bottom = h("div", { class: "bottom" });
    const status = h("div", { class: "statusbar", "aria-hidden": "true" }, h("span", { class: "vtime" }), (this.net = h("span", { class: "signs" })));
    this.body = h("div", { class: "body" }, this.header, this.tabs, this.banner, this.place, this.bottom);
    this.screen = h("div", { class: "screen" }, status, this.body);
    this.sheets = new Sheets(this.screen, this.body);
    this.composer = new Composer(this);
    this.el = h("section", { class: "phone", data: { person: person.id } }, this.plate, h("div", { class: "case" }, this.screen));
    this.el.addEventListener("pointerdown", () => tell("touched", this.person.id));
    this.watch();
    new ResizeObserver(() => this.screen.style.setProperty("--foot", `${this.bottom.offsetHeight}px`)).observe(this.bottom);
    this.open(person.id);
  }

  // ---- showing --------------------------------------------------------------------------------------

  /** The person changed (offline, blocked, started, note …). */
  update(person) {
    const back = this.person.offline && !person.offline;
    const begun = !this.person.started && person.started;
    this.person = person;
    if (!this.chats.has(this.chat.id) || (this.chat.isGroup && !groupsOf(person.id).some((group) => group.id === this.chat.id))) this.open(person.id);
    this.show();
    if (back || begun) this.reload();
  }

  show() {
    const { person } = this;
    this.el.setAttribute("aria-label", t("phoneOf", { name: person.name }));
    this.el.classList.toggle("away", person.offline);
    fill(this.net, icon(person.offline ? "offline" : "signal"), icon("battery"));
    fill(this.plate, avatar(person.id, person.name), h("h2", {}, person.name), person.note ? h("span", { class: "chip" }, person.note) : null,
      person.offline ? h("span", { class: "chip warn" }, t("offline")) : null, person.blocked ? h("span", { class: "chip warn" }, t("blocked")) : null);
    this.banner.hidden = !person.offline;
    fill(this.banner, icon("offline"), h("span", { class: "grow" }, t("offlineBanner")), h("button", { type: "button", class: "pill", onclick: () => this.set({ offline: false }) }, t("restore")));
    this.showHeader();
    this.showTabs();
    this.composer.show();
  }

  showHeader() {
    const group = this.chat.isGroup ? groupOf(this.chat.id) : null;
    const name = group ? group.title : this.chat.bot?.name || bot().name;
    const { person } = this;
    const whose = [t("phoneOf", { name: person.name }), person.note].filter(Boolean).join(" · ");
    const idle = group ? t("members", { n: membersOf(group).length }) : t("bot");
    const line = this.chat.typing ? h("span", { class: "sub typing" }, this.chat.typing)
      : h("span", { class: "sub" }, h("span", { class: "idle" }, idle), h("span", { class: "whose" }, whose));
    fill(this.header, avatar(group ? group.id : bot().id, name, "bot"), h("div", { class: "two grow" }, h("span", { class: "label" }, name), line),
      iconButton("more", t("more"), () => phoneMenu(this), { class: "round menu", "aria-haspopup": "dialog" }));
  }

  showTabs() {
    const groups = groupsOf(this.person.id);
    this.tabs.hidden = !groups.length;
    const tab = (id, name) => {
      const unread = this.chats.get(id)?.unread || 0;
      return h("button", { type: "button", class: "tab", "aria-pressed": String(this.chat.id === id), onclick: () => this.open(id) },
        name, unread ? h("span", { class: "badge" }, String(unread), h("span", { class: "sr" }, t("unread", { n: unread }))) : null);
    };
    fill(this.tabs, tab(this.person.id, bot().name), groups.map((group) => tab(group.id, group.title)));
  }

  /** Turn to a conversation. */
  open(id) {
    if (this.chat) this.composer.keep();
    const chat = this.chatOf(id);
    this.chat = chat;
    chat.unread = 0;
    if (this.visible && store.unread.get(this.person.id)) countUnread(this.person.id, 0);
    fill(this.place, chat.el);
    this.show();
    this.composer.bind(chat);
    if (!chat.loaded) this.loadChat(chat);
    else if (chat.stick) chat.toEnd();
  }

  chatOf(id) {
    if (!this.chats.has(id)) this.chats.set(id, new Chat(this, id));
    return this.chats.get(id);
  }

  async loadChat(chat) {
    try {
      await chat.load();
    } catch (error) {
      this.complain(error);
    }
    if (chat !== this.chat) return;
    this.showHeader();
    this.composer.show();
    if (chat.stick) chat.toEnd();
  }

  /** Fetch all conversations anew. */
  reload() {
    for (const chat of this.chats.values()) this.loadChat(chat);
  }

  /** Whether somebody can see this phone now. */
  get visible() {
    return this.inView && this.el.isConnected && document.visibilityState === "visible";
  }

  watch() {
    this.inView = false;
    new IntersectionObserver(([seen]) => {
      this.inView = seen.isIntersecting;
      if (this.visible && store.unread.get(this.person.id)) countUnread(this.person.id, 0);
    }, { threshold: 0.6 }).observe(this.el);
  }

  // ---- events ---------------------------------------------------------------------------------------

  receive(id, message) {
    const mine = message.from?.id === this.person.id;
    if (this.person.offline && !mine) return;             // it will be there when the phone is online again
    const chat = this.chatOf(id);
    if (mine && this.person.offline) message.pending = true;
    chat.typing = "";
    chat.receive(message);
    if (chat === this.chat) this.showHeader();
    if (mine || message.kind === "service") return;
    if (chat !== this.chat) { chat.unread += 1; this.showTabs(); }
    if (!this.visible || chat !== this.chat) countUnread(this.person.id);
  }

  change(id, message) {
    if (this.person.offline && message.from?.id !== this.person.id) return;
    this.taps.stopSpin(id, message.message_id);
    this.chats.get(id)?.change(message);
  }

  remove(id, ids) {
    if (!this.person.offline) this.chats.get(id)?.remove(ids);
  }

  setKeyboard(id, keyboard) {
    const chat = this.chatOf(id);
    chat.keyboard = keyboard;
    chat.keyboardTold += 1;
    if (keyboard) chat.keysOpen = true;
    if (chat === this.chat) this.composer.show();
  }

  setTyping(id, action) {
    const chat = this.chats.get(id);
    if (!chat || this.person.offline) return;
    const key = `typing_${action}`;
    chat.typing = t(key) === key ? t("typing") : t(key);
    if (chat === this.chat) this.showHeader();
    clearTimeout(chat.typingTimer);
    chat.typingTimer = setTimeout(() => { chat.typing = ""; if (chat === this.chat) this.showHeader(); }, TYPING_MS);
  }

  answered(text, alert) {
    this.taps.stopSpin();
    if (text && alert) this.sheets.alert(text);
    else if (text) this.sheets.toast(text);
  }

  // ---- deeds ----------------------------------------------------------------------------------------

  /** Do something on the server; a failure is told on this phone's screen. */
  async attempt(deed) {
    try {
      return await deed();
    } catch (error) {
      this.complain(error);
      return null;
    }
  }

  complain(error) {
    this.sheets.toast(t("failed", { why: error.message || t("noServer") }));
  }

  /** Take an act's answer in at once; its event may come before or after. */
  took(answer, id = this.chat.id) {
    const messages = answer?.messages || (answer?.message ? [answer.message] : []);
    for (const message of messages) if (message?.message_id && !this.chatOf(id).find(message.message_id)) this.receive(id, message);
    return answer;
  }

  /** Send a text; `more` may hold reply_to and parse_mode. */
  say(text, more = {}) {
    const chat = this.chat.id;
    return this.attempt(async () => this.took(await api.say(this.person.id, { chat, text, ...more }), chat));
  }

  send(body) {
    const chat = this.chat.id;
    if (body instanceof FormData) body.set("chat", chat);
    else body.chat = chat;
    return this.attempt(async () => this.took(await api.send(this.person.id, body), chat));
  }

  /** Open the personal link that waits on this phone. */
  openInvite() {
    markUsed(this.person);
    this.composer.show();
    this.open(this.person.id);
    return this.begin(linkOf(this.person).payload);
  }

  begin(payload) {
    return this.attempt(() => api.start(this.person.id, payload));
  }

  set(fields) {
    return this.attempt(() => api.change(this.person.id, fields));
  }

  showActions(message, chat) {
    actionsOf(this, message, chat);
  }
}
