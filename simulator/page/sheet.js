// What slides over a phone's screen: sheets from below, alerts in the middle, toasts at the foot.

import { h, icon, iconButton } from "./dom.js";
import { t } from "./words.js";

const FOCUSABLE = "button:not([disabled]), a[href], input, textarea, select, iframe, [tabindex='0']";

export class Sheets {
  /** `screen` holds everything; `body` is made inert while a sheet is open. */
  constructor(screen, body) {
    Object.assign(this, { screen, body, current: null });
    this.toasts = h("div", { class: "toasts", role: "status" });
    screen.append(this.toasts);
  }

  /** Open a sheet; one at a time. Options: title, content, full (covers the screen), kind ("alert"), tools, onclose. */
  open({ title, content, full = false, kind = "", tools = [], onclose = null, focus = null }) {
    this.close();
    const back = document.activeElement;
    const close = () => this.close();
    const scrim = h("div", { class: "scrim", onclick: close });
    const head = kind === "alert" ? null : h("div", { class: "sheethead" }, h("h3", {}, title || ""), tools, iconButton("close", t("close"), close));
    const box = h("div", { class: `sheet ${full ? "full" : ""} ${kind}`, role: kind === "alert" ? "alertdialog" : "dialog", "aria-modal": "true", "aria-label": title || t("more"), tabindex: "-1" },
      head, h("div", { class: "sheetbody" }, content));
    box.addEventListener("keydown", (event) => {
      if (event.key === "Escape") { event.stopPropagation(); this.close(); }
    });
    const layer = h("div", { class: "layer" }, scrim, box);
    this.screen.append(layer);
    this.body.inert = true;
    this.current = { layer, back, onclose };
    (focus || box.querySelector(".sheetbody")?.querySelector(FOCUSABLE) || box).focus({ preventScroll: true });
    return close;
  }

  close() {
    if (!this.current) return;
    const { layer, back, onclose } = this.current;
    this.current = null;
    layer.remove();
    this.body.inert = false;
    if (back?.isConnected && this.screen.contains(back)) back.focus({ preventScroll: true });
    onclose?.();
  }

  /** A box in the middle that must be put away by hand (show_alert). */
  alert(text) {
    const ok = h("button", { type: "button", class: "pill strong", onclick: () => this.close() }, t("ok"));
    this.open({ title: t("bot"), kind: "alert", content: [h("p", { class: "said" }, text), ok], focus: ok });
  }

  /** A line that goes by itself. */
  toast(text) {
    const el = h("div", { class: "toast" }, text);
    this.toasts.append(el);
    setTimeout(() => el.classList.add("gone"), 2600 + Math.min(3000, text.length * 40));
    setTimeout(() => el.remove(), 3200 + Math.min(3000, text.length * 40));
  }

  /** A sheet with a list of deeds: [{icon, label, sub, danger, act}]. */
  choose(title, deeds, above = null) {
    const line = (deed) => h("li", {}, h("button", { type: "button", class: `deed ${deed.danger ? "danger" : ""}`, onclick: () => { this.close(); deed.act(); } },
      icon(deed.icon), h("span", { class: "two" }, h("span", { class: "label" }, deed.label), deed.sub ? h("span", { class: "soon" }, deed.sub) : null)));
    this.open({ title, content: [above, h("ul", { class: "deeds" }, deeds.filter(Boolean).map(line))] });
  }
}
