// One conversation on one phone: its messages in order, and how it scrolls.

import { api } from "./api.js";
import { drawBars } from "./bars.js";
import { bubble } from "./bubble.js";
import { fill, h, icon } from "./dom.js";
import { editable } from "./format.js";
import { noticeUse } from "./invite.js";
import { shortOf } from "./media.js";
import { dayTitle, wall } from "./store.js";
import { t } from "./words.js";

/** Put a row in another's place; its pictures or sound and the focus stay as they are. */
function swap(old, row) {
  const before = [...old.querySelectorAll("[data-file]")];
  const focused = [...old.querySelectorAll("button, a")].indexOf(document.activeElement);
  for (const after of row.querySelectorAll("[data-file]")) {
    const same = before.find((one) => one.dataset.file === after.dataset.file && one.className === after.className);
    if (same) after.replaceWith(same);
  }
  old.replaceWith(row);
  if (focused >= 0) row.querySelectorAll("button, a")[focused]?.focus({ preventScroll: true });
}

const PAGE = 50;
const KEEP = 400;            // rows kept while the newest are being looked at

export class Chat {
  /** `id` is the person's id for the private chat, or a group's id. */
  constructor(phone, id) {
    Object.assign(this, { phone, id, isGroup: id < 0, messages: new Map(), rows: new Map(), pins: new Map(), pinAt: 0, keyboard: null, keyboardTold: 0, commands: [], menu: null, bot: null });
    Object.assign(this, { draft: "", reply: null, editing: null, keysOpen: true, unread: 0, more: true, loading: null, stick: true, typing: "", top: 0, height: 0 });
    this.list = h("div", { class: "rows" });
    this.older = h("button", { type: "button", class: "older", hidden: true, onclick: () => this.loadOlder() }, t("older"));
    this.log = h("div", { class: "log", role: "log", tabindex: "0", "aria-live": "off" }, this.older, this.list);
    this.below = h("button", { type: "button", class: "below", hidden: true, onclick: () => this.toEnd(true) }, icon("down"), h("span", {}, t("newBelow")));
    this.pin = h("button", { type: "button", class: "pinned", hidden: true });
    this.el = h("div", { class: "chat" }, this.pin, this.log, this.below);
    this.log.addEventListener("scroll", () => this.scrolled(), { passive: true });
    new ResizeObserver(() => { if (this.stick) this.toEnd(); }).observe(this.list);
    new ResizeObserver(() => { if (this.stick) this.toEnd(); }).observe(this.log);
  }

  find(id) { return this.messages.get(Number(id)); }

  get ids() { return [...this.messages.keys()]; }

  /** Fetch the newest messages and everything around the chat; keeps what was already there in step. */
  async load() {
    const before = this.ids;             // what comes by event while we ask is newer than the answer
    const told = this.keyboardTold;
    const data = await api.chat(this.id, this.phone.person.id);
    if (told === this.keyboardTold) this.keyboard = data.keyboard || null;
    this.commands = data.commands || [];
    this.menu = data.menu_button || null;
    this.bot = data.bot || null;
    const came = new Set(data.messages.map((message) => message.message_id));
    const oldest = Math.min(...came);
    for (const id of before) if (!came.has(id) && (id >= oldest || !came.size)) this.drop(id);
    this.pins.clear();
    (data.pinned || []).forEach((message) => this.pins.set(message.message_id, message));
    data.messages.forEach((message) => this.put(message));
    this.more = data.messages.length >= PAGE;
    this.loaded = true;
    this.tidy();
  }

  async loadOlder() {
    if (this.loading || !this.more) return;
    this.loading = api.chat(this.id, this.phone.person.id, Math.min(...this.ids), PAGE);
    try {
      const data = await this.loading;
      const before = this.log.scrollHeight;
      data.messages.forEach((message) => this.put(message));
      this.more = data.messages.length >= PAGE;
      this.tidy();
      this.log.scrollTop += this.log.scrollHeight - before;
    } catch (error) {
      this.phone.complain(error);
    } finally {
      this.loading = null;
    }
  }

  /** Keep a message and draw its row (again). */
  put(message) {
    if (message.deleted) return this.drop(message.message_id);
    const id = Number(message.message_id);
    const known = this.messages.get(id);
    if (known && known.stamp > message.stamp) return this.rowOf(id);
    this.messages.set(id, message);
    noticeUse(this.phone.person, message);
    this.notePin(message);
    const row = this.draw(message);
    if (known && known.html !== message.html) row.classList.add("changed");
    return row;
  }

  /** The messages that stand in one bubble: those of an album, in order. */
  family(message) {
    if (!message.album) return [message];
    return [...this.messages.values()].filter((one) => one.album === message.album).sort((a, b) => a.message_id - b.message_id);
  }

  /** The row that shows a message; an album's is that of its first message. */
  rowOf(id) {
    const message = this.find(id);
    return message && this.rows.get(this.family(message)[0].message_id);
  }

  draw(message) {
    const [first, ...others] = this.family(message);
    for (const one of others) this.erase(one.message_id);
    const row = bubble(first, this.phone, this, [first, ...others]);
    const old = this.rows.get(first.message_id);
    this.rows.set(first.message_id, row);
    if (old) swap(old, row);
    else this.insert(row, first.message_id);
    return row;
  }

  erase(id) {
    this.rows.get(id)?.remove();
    this.rows.delete(id);
  }

  insert(row, id) {
    let after = this.list.lastElementChild;
    while (after && (after.dataset.id === undefined || Number(after.dataset.id) > id)) after = after.previousElementSibling;
    if (after) after.after(row);
    else this.list.prepend(row);
  }

  /** Forget a message; `seen` lets its row fade before it goes. */
  drop(id, seen = false) {
    const message = this.find(id);
    const row = this.rows.get(Number(id));
    this.messages.delete(Number(id));
    this.pins.delete(Number(id));
    if (row && seen) {
      this.rows.delete(Number(id));
      delete row.dataset.id;
      row.classList.add("leaving");
      setTimeout(() => row.remove(), 180);
    } else this.erase(Number(id));
    const rest = message?.album ? this.family(message) : [];
    if (rest.length) this.draw(rest[0]);
  }

  /** A new message came while the page was open. */
  receive(message) {
    const fresh = !this.messages.has(message.message_id);
    const row = this.put(message);
    if (fresh && row) row.classList.add("fresh");
    if (this.stick && this.messages.size > KEEP) this.forget();
    this.tidy();
    const mine = message.from?.id === this.phone.person.id;
    if ((mine && fresh) || this.stick) this.toEnd();
    else if (fresh) this.below.hidden = false;
  }

  forget() {
    this.ids.sort((a, b) => a - b).slice(0, KEEP / 4).forEach((id) => this.drop(id));
    this.more = true;
  }

  /** A message was edited. */
  change(message) {
    if (this.messages.has(message.message_id)) this.put(message);
    else this.notePin(message);
    this.tidy();
    if (this.stick) this.toEnd();
  }

  remove(ids) {
    ids.forEach((id) => this.drop(id, true));
    this.tidy();
  }

  /** Day titles, runs of one sender, albums, the pinned line: worked out from the rows in order. */
  tidy() {
    this.list.querySelectorAll(".daytitle, .nothing, .firststeps").forEach((el) => el.remove());
    let day = "";
    let before = null;
    const ordered = this.ids.sort((a, b) => a - b);
    for (const id of ordered) {
      const message = this.messages.get(id);
      const row = this.rows.get(id);
      if (!row) continue;                // drawn with the first message of its album
      const here = wall(message.date * 1000).key;
      if (here !== day) row.before(h("div", { class: "daytitle" }, h("span", {}, dayTitle(message.date * 1000))));
      const run = before && here === day && before.dataset.from === row.dataset.from && !row.matches(".service") && !before.matches(".service");
      row.classList.toggle("run", Boolean(run));
      day = here;
      before = row;
    }
    if (!ordered.length) this.list.append(this.nothing());
    this.older.hidden = !this.more || !ordered.length;
    this.showPinned();
  }

  /** What stands in an empty conversation: for a newcomer, what to do. */
  nothing() {
    const { person } = this.phone;
    if (this.isGroup || person.started) return h("p", { class: "nothing" }, t("empty"));
    return h("div", { class: "firststeps" }, h("h3", {}, t("phoneOf", { name: person.name })),
      h("ol", {}, ["step1", "step2", "step3"].map((word) => h("li", {}, h("span", {}, t(word))))));
  }

  notePin(message) {
    if (message.pinned) this.pins.set(message.message_id, message);
    else this.pins.delete(message.message_id);
  }

  /** The line at the top: the newest pinned message; each tap goes to it, then shows the one before. */
  showPinned() {
    const pinned = [...this.pins.values()].sort((a, b) => b.message_id - a.message_id);
    this.pin.hidden = !pinned.length;
    if (!pinned.length) return;
    this.pinAt %= pinned.length;
    const message = pinned[this.pinAt];
    const title = pinned.length > 1 ? `${t("pinned")} ${this.pinAt + 1}/${pinned.length}` : t("pinned");
    fill(this.pin, h("span", { class: "two grow" }, h("b", {}, title), drawBars(h("span", { class: "soon" }, shortOf(message)))), icon("pinned"));
    this.pin.onclick = () => { this.reveal(message.message_id); this.pinAt += 1; this.showPinned(); };
  }

  /** Scroll to a message, fetching what lies before if it must be, and let it shine. */
  async reveal(id) {
    for (let least = Infinity; !this.rowOf(id) && this.more && this.ids.length; ) {
      if (Math.min(...this.ids) >= least) break;
      least = Math.min(...this.ids);
      await this.loadOlder();
    }
    const row = this.rowOf(id);
    if (!row) return;
    this.stick = false;
    row.scrollIntoView({ block: "center" });
    row.classList.remove("flash");
    requestAnimationFrame(() => row.classList.add("flash"));
  }

  scrolled() {
    const { scrollTop, scrollHeight, clientHeight } = this.log;
    // Only a hand that scrolls up lets go of the end; a chat that grew meanwhile does not.
    if (scrollHeight - scrollTop - clientHeight < 40) this.stick = true;
    else if (scrollTop < this.top - 2 && scrollHeight >= this.height) this.stick = false;
    Object.assign(this, { top: scrollTop, height: scrollHeight });
    if (this.stick) this.below.hidden = true;
    if (scrollTop < 40 && this.more && this.loaded && scrollHeight > clientHeight) this.loadOlder();
  }

  toEnd(smooth = false) {
    this.stick = true;
    this.below.hidden = true;
    this.log.scrollTo({ top: this.log.scrollHeight, behavior: smooth ? "smooth" : "instant" });
  }

  /** The newest message of the person's own that can be edited (for Arrow-Up). */
  lastOwn() {
    return [...this.messages.values()].sort((a, b) => b.message_id - a.message_id).find((message) => editable(message, this.phone.person));
  }
}
