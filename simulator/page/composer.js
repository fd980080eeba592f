// The foot of a phone: text box, commands, attachments, reply keyboard; or the bar to start or unblock.

import { api } from "./api.js";
import { attachSheet, sendFiles, shareLocation } from "./attach.js";
import { fill, h, icon, iconButton } from "./dom.js";
import { editable, formatBar, formatKey, typedOf } from "./format.js";
import { gateOf } from "./gate.js";
import { isUsed, linkOf } from "./invite.js";
import { shortOf } from "./media.js";
import { openWebApp } from "./webapp.js";
import { t } from "./words.js";

export class Composer {
  constructor(phone) {
    this.phone = phone;
    this.chat = null;
  }

  /** Build the foot for a conversation. */
  bind(chat) {
    this.chat = chat;
    this.box = h("textarea", { rows: 1, class: "box", "aria-label": t("message"), enterkeyhint: "send", value: chat.draft,
      oninput: () => this.typed(), onkeydown: (event) => this.key(event), onpaste: (event) => this.paste(event),
      onselectionchange: () => this.selected(), onselect: () => this.selected(), onblur: () => this.selected() });
    this.format = formatBar(this.phone, () => this.box);
    this.formatToggle = iconButton("format", t("formatting"), () => this.toggleFormat(), { class: "round quiet formattoggle", "aria-expanded": "false" });
    this.formatToggle.addEventListener("pointerdown", (event) => event.preventDefault());
    this.menuPlace = h("span", { class: "menuplace" });
    this.keysToggle = iconButton("keys", t("showKeys"), () => this.toggleKeys(), { class: "round quiet" });
    this.commands = h("div", { class: "commands", role: "group", "aria-label": t("commands"), hidden: true });
    this.context = h("div", { class: "context", hidden: true });
    this.invite = h("button", { type: "button", class: "linkchip", hidden: true, onclick: () => this.phone.openInvite() });
    this.keys = h("div", { class: "keyboard", role: "group", "aria-label": t("keys"), hidden: true });
    this.form = h("form", { class: "composer", onsubmit: (event) => { event.preventDefault(); this.submit(); } },
      this.menuPlace, h("div", { class: "field" }, this.box, this.formatToggle, this.keysToggle),
      iconButton("attach", t("attach"), () => attachSheet(this.phone, this), { class: "round quiet" }),
      h("button", { type: "submit", class: "round strong send", "aria-label": t("send"), title: t("send") }, icon("send")));
    this.show();
    this.typed();
  }

  /** Draw what depends on person and chat. */
  show() {
    if (!this.chat || !this.form) return;
    const { person, bottom } = this.phone;
    const gate = this.chat.isGroup ? null : gateOf(this.phone, person);
    if (gate) {
      fill(bottom, gate);
      return;
    }
    if (this.form.parentElement !== bottom) fill(bottom, this.commands, this.format, this.invite, this.context, this.form, this.keys);
    this.showInvite();
    this.showMenuButton();
    this.showContext();
    this.showKeys();
  }

  showInvite() {
    const invite = linkOf(this.phone.person);
    this.invite.hidden = !invite || this.chat.isGroup || isUsed(this.phone.person);
    if (invite) fill(this.invite, icon("link"), invite.label);
  }

  showMenuButton() {
    const { menu, commands } = this.chat;
    const slim = this.box.value !== "";
    if (menu?.type === "web_app") {
      const button = h("button", { type: "button", class: `menubutton app ${slim ? "slim" : ""}`, title: menu.text, "aria-label": menu.text || t("openApp"), onclick: () => openWebApp(this.phone, menu.url ?? menu.web_app?.url, menu.text) },
        icon("window"), h("span", {}, menu.text || t("openApp")));
      fill(this.menuPlace, button);
    } else if (commands.length) {
      fill(this.menuPlace, h("button", { type: "button", class: "menubutton slim", title: t("menu"), "aria-label": t("commands"), onclick: () => this.toggleCommands() }, icon("menu")));
    } else fill(this.menuPlace);
  }

  showKeys() {
    const { keyboard } = this.chat;
    this.box.placeholder = keyboard?.placeholder || t("message");
    this.keysToggle.hidden = !keyboard;
    const open = Boolean(keyboard) && this.chat.keysOpen;
    this.keys.hidden = !open;
    fill(this.keysToggle, icon(open ? "down" : "keys"));
    this.keysToggle.setAttribute("aria-label", t(open ? "hideKeys" : "showKeys"));
    this.keysToggle.setAttribute("aria-expanded", String(open));
    this.keysToggle.title = t(open ? "hideKeys" : "showKeys");
    if (!keyboard) return fill(this.keys);
    const key = (one) => h("button", { type: "button", class: `bigkey ${one.style || ""}`, onclick: () => this.pressKey(one) },
      h("span", {}, one.text), one.request_location ? icon("pin") : one.web_app ? icon("window") : null);
    return fill(this.keys, keyboard.rows.map((row) => h("div", { class: "keyrow" }, row.map(key))));
  }

  pressKey(key) {
    if (this.chat.keyboard?.one_time) { this.chat.keysOpen = false; this.showKeys(); }
    if (key.request_location) return shareLocation(this.phone, t("shareLocation"));
    if (key.web_app) return openWebApp(this.phone, key.web_app.url, key.text);
    return this.phone.say(key.text);
  }

  toggleKeys() {
    this.chat.keysOpen = !this.chat.keysOpen;
    this.showKeys();
  }

  // ---- commands -------------------------------------------------------------------------------------

  toggleCommands() {
    if (this.commands.hidden) this.showCommands(this.chat.commands);
    else this.commands.hidden = true;
    this.commands.querySelector("button")?.focus();
  }

  showCommands(list) {
    this.commands.hidden = !list.length;
    fill(this.commands, list.map((one) => h("button", { type: "button", class: "command", onclick: () => this.pickCommand(one), onkeydown: (event) => this.walk(event) },
      h("b", {}, `/${one.command}`), h("span", {}, one.description))));
  }

  pickCommand(one) {
    this.clear();
    this.commands.hidden = true;
    this.box.focus();
    this.phone.say(`/${one.command}`);
  }

  walk(event) {
    const step = { ArrowDown: "nextElementSibling", ArrowUp: "previousElementSibling" }[event.key];
    if (event.key === "Escape") { this.commands.hidden = true; this.box.focus(); }
    if (!step) return;
    event.preventDefault();
    (event.target[step] || this.box).focus();
  }

  // ---- the text box ---------------------------------------------------------------------------------

  typed() {
    const { value } = this.box;
    const typing = /^\/(\w*)$/.exec(value);
    this.showCommands(typing ? this.chat.commands.filter((one) => one.command.startsWith(typing[1].toLowerCase())) : []);
    this.form.classList.toggle("filled", value.trim() !== "");
    if (!value.trim()) this.keepFormat(false);
    this.menuPlace.firstElementChild?.classList.toggle("slim", value !== "" || !this.menuPlace.querySelector(".app"));
    this.box.style.height = "auto";
    if (value) this.box.style.height = `${Math.min(this.box.scrollHeight, 132)}px`;
  }

  /** The bar for formatting: there while words are selected, or until it is put away. */
  selected() {
    const { selectionStart: start, selectionEnd: end } = this.box;
    this.format.hidden = !(this.formatKept || (document.activeElement === this.box && start !== end));
  }

  toggleFormat() {
    this.keepFormat(!this.formatKept);
    this.box.focus();
  }

  keepFormat(on) {
    this.formatKept = on;
    this.formatToggle.setAttribute("aria-expanded", String(on));
    this.selected();
  }

  key(event) {
    if (event.isComposing || event.keyCode === 229) return;            // still choosing a Chinese word
    if (formatKey(event, this.phone, this.box)) return;
    if (event.key === "Enter" && !event.shiftKey) { event.preventDefault(); this.submit(); }
    else if (event.key === "Escape") { this.commands.hidden = true; this.drop(); }
    else if (event.key === "ArrowDown" && !this.commands.hidden) { event.preventDefault(); this.commands.querySelector("button")?.focus(); }
    else if (event.key === "ArrowUp" && !this.box.value) {
      const own = this.chat.lastOwn();
      if (own) { event.preventDefault(); this.edit(own); }
    }
  }

  paste(event) {
    const files = [...(event.clipboardData?.files || [])];
    if (!files.length) return;
    event.preventDefault();
    const image = files.every((file) => file.type.startsWith("image/"));
    sendFiles(this.phone, image ? "photo" : "document", files, this.takeWords());
  }

  async submit() {
    const text = this.box.value.trim();
    const { reply, editing } = this.chat;
    if (!text && !(editing && editing.kind !== "text")) return;
    this.clear();
    if (editing) {
      const body = { chat: this.chat.id, message_id: editing.message_id, text, parse_mode: "typed" };
      const answer = await this.phone.attempt(() => api.edit(this.phone.person.id, body));
      if (answer?.message) this.phone.chatOf(body.chat).change(answer.message);
    } else {
      const sent = await this.phone.say(text, { reply_to: reply?.message_id, parse_mode: "typed" });
      if (!sent && !this.box.value) { this.box.value = text; this.typed(); }
    }
  }

  /** The words in the box and what they reply to, taken out to go with a picture or file. */
  takeWords() {
    const words = { caption: this.box.value.trim(), parse_mode: "typed", reply_to: this.chat.reply?.message_id };
    this.clear();
    return words;
  }

  clear() {
    this.box.value = "";
    this.drop();
    this.typed();
  }

  /** Keep what was typed for when this conversation is opened again. */
  keep() {
    if (this.chat && this.box) this.chat.draft = this.box.value;
  }

  // ---- replying and editing -------------------------------------------------------------------------

  replyTo(message) {
    Object.assign(this.chat, { reply: message, editing: null });
    this.showContext();
    this.box.focus();
  }

  edit(message) {
    if (!editable(message, this.phone.person)) return;
    Object.assign(this.chat, { reply: null, editing: message });
    this.box.value = typedOf(message);
    this.typed();
    this.showContext();
    this.box.focus();
  }

  drop() {
    if (this.chat.editing && this.box.value === typedOf(this.chat.editing)) this.box.value = "";
    Object.assign(this.chat, { reply: null, editing: null });
    this.showContext();
  }

  showContext() {
    const message = this.chat.editing || this.chat.reply;
    this.context.hidden = !message;
    if (!message) return;
    const title = this.chat.editing ? t("editing") : t("replyingTo", { name: message.from?.name || "" });
    fill(this.context, icon(this.chat.editing ? "edit" : "reply"), h("span", { class: "two grow" }, h("b", {}, title), h("span", { class: "soon" }, shortOf(message))),
      iconButton("close", t("cancel"), () => { this.drop(); this.typed(); this.box.focus(); }, { class: "round quiet" }));
  }
}
