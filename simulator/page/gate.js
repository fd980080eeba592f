// What stands in place of the text box before the first word and while blocked.

import { h, icon } from "./dom.js";
import { linkOf } from "./invite.js";
import { t } from "./words.js";

/** The bar to start or to unblock; null when the person can write. */
export function gateOf(phone, person) {
  if (person.blocked) {
    return h("div", { class: "gate" }, h("p", { class: "quiet" }, t("blockedHint")),
      h("button", { type: "button", class: "pill strong wide-button", onclick: () => phone.set({ blocked: false }) }, t("unblock")));
  }
  if (person.started) return null;
  const invite = linkOf(person);
  const start = h("button", { type: "button", class: `pill wide-button ${invite ? "plain" : "strong"}`, onclick: () => phone.begin("") }, t(invite ? "startBare" : "start"));
  const link = invite && h("button", { type: "button", class: "pill strong wide-button", onclick: () => phone.openInvite() }, icon("link"), invite.label);
  return h("div", { class: "gate" }, h("p", { class: "quiet" }, t(invite ? "linkHint" : "startHint")), link, start);
}
