// What a tap on a phone does: buttons under messages, links, copying.

import { api } from "./api.js";
import { store } from "./store.js";
import { t } from "./words.js";
import { openWebApp } from "./webapp.js";

const SPIN_MS = 10000;

export class Taps {
  constructor(phone) {
    Object.assign(this, { phone, spinning: [] });
  }

  /** Tap an inline button. */
  press(button, message, chat, el) {
    const { phone } = this;
    if (button.callback_data !== undefined && button.callback_data !== null) {
      this.spin(el, chat.id, message.message_id);
      return phone.attempt(() => api.tap(phone.person.id, { chat: chat.id, message_id: message.message_id, data: button.callback_data }));
    }
    if (button.web_app) return openWebApp(phone, button.web_app.url, button.text);
    if (button.copy_text) return this.copy(button.copy_text.text ?? button.copy_text);
    if (button.url && !this.followLink(button.url)) window.open(button.url, "_blank", "noopener,noreferrer");
    return null;
  }

  spin(el, chat, message) {
    el.classList.add("spinning");
    this.spinning.push({ el, chat, message });
    setTimeout(() => el.classList.remove("spinning"), SPIN_MS);
  }

  /** Stop the little clocks: all, or those on one message. */
  stopSpin(chat, message) {
    const hit = (spin) => chat === undefined || (spin.chat === chat && spin.message === message);
    this.spinning.filter(hit).forEach((spin) => spin.el.classList.remove("spinning"));
    this.spinning = this.spinning.filter((spin) => !hit(spin));
  }

  /** Follow a link to this very bot inside the phone; false when it leads elsewhere. */
  followLink(url) {
    const payload = startOf(url);
    if (payload === null) return false;
    this.phone.open(this.phone.person.id);
    this.phone.begin(payload);
    return true;
  }

  async copy(text) {
    try {
      await navigator.clipboard.writeText(text);
      this.phone.sheets.toast(t("copied"));
    } catch {
      this.phone.sheets.toast(t("copyNot"));
    }
  }
}

/** The start parameter of a link to this bot ("" when it has none), or null for any other link. */
export function startOf(url) {
  let parsed;
  try {
    parsed = new URL(url);
  } catch {
    return null;
  }
  const name = parsed.hostname === "t.me" ? parsed.pathname.slice(1) : parsed.protocol === "tg:" ? parsed.searchParams.get("domain") : null;
  if (!name || !store.bots.some((one) => one.username.toLowerCase() === name.toLowerCase())) return null;
  return parsed.searchParams.get("start") || "";
}
