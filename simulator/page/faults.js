// Switches that give the bot's network some trouble.

import { api } from "./api.js";
import { fill, h, iconButton } from "./dom.js";
import { note } from "./popover.js";
import { groupOf, personOf, store } from "./store.js";
import { t } from "./words.js";

const KINDS = ["close", "accept_close", "accept_stall", "slow", "429", "flood", "block", "vanish", "500", "502", "504", "refuse", "duplicate", "reorder", "poison"];
const METHODS = ["sendMessage", "editMessageText", "deleteMessage", "answerCallbackQuery", "getUpdates", "getFile", "sendPhoto", "sendMediaGroup", "sendDocument", "sendVoice", "editMessageCaption", "pinChatMessage"];
const LATER = ["0", "3", "10", "23"];
const HOUR = 3600;
const choice = { method: "", times: "1", chat: "", after: "0" };

/** The view in the drawer. */
export function faultsView() {
  const active = h("div", { class: "faultlist" });
  const view = h("div", { class: "faults" }, h("p", { class: "quiet" }, t("faultsHint")), fields(),
    h("div", { class: "faultgrid" }, KINDS.map((kind) => faultButton(kind, active))), h("h3", {}, t("active")), active);
  refresh(active);
  return view;
}

function select(name, word, options) {
  const option = ([value, text]) => h("option", { value, selected: value === choice[name] }, text);
  const el = h("select", { onchange: () => { choice[name] = el.value; } }, options.map(option));
  return h("label", { class: "grow" }, h("span", {}, t(word)), el);
}

function fields() {
  const chats = [...store.people, ...store.groups].map((one) => [String(one.id), one.name || one.title]);
  return h("div", { class: "faultfields" },
    select("method", "faultMethod", [["", t("allMethods")], ...METHODS.map((name) => [name, name])]),
    select("chat", "faultChat", [["", t("allChats")], ...chats]),
    select("times", "times", [["1", t("once")], ["3", t("thrice")], ["", t("always")]]),
    select("after", "faultAfter", LATER.map((n) => [n, n === "0" ? t("atOnce") : t("afterCalls", { n })])));
}

function faultButton(kind, active) {
  return h("button", { type: "button", class: "fault", onclick: () => change(active, (faults) => [...faults, made(kind)]) },
    h("b", {}, t(`f_${kind}`)), h("span", { class: "soon" }, t(`f_${kind}_d`)));
}

function made(kind) {
  const fault = { kind };
  if (choice.method) fault.method = choice.method;
  if (choice.times) fault.times = Number(choice.times);
  if (choice.chat) fault.chat = Number(choice.chat);
  if (choice.after !== "0") fault.after = Number(choice.after);
  if (kind === "429") fault.retry_after = 3;
  if (kind === "flood") Object.assign(fault, { retry_after: HOUR, times: null });
  return fault;
}

async function change(active, how) {
  try {
    await api.setFaults(how(await api.faults()));
    await refresh(active);
  } catch (error) {
    note(t("failed", { why: error.message || t("noServer") }));
  }
}

async function refresh(active) {
  let faults;
  try {
    faults = await api.faults();
  } catch {
    return;
  }
  if (!faults.length) {
    fill(active, h("p", { class: "quiet" }, t("none")));
    return;
  }
  const often = (fault) => (fault.kind === "flood" ? null : fault.times ? t("left", { n: fault.times }) : t("always"));
  const whose = (fault) => fault.chat && (personOf(fault.chat)?.name || groupOf(fault.chat)?.title || String(fault.chat));
  const wait = (fault) => fault.after && t("afterCalls", { n: fault.after });
  const line = (fault, index) => h("li", {}, h("span", { class: "two grow" }, h("b", {}, t(`f_${fault.kind}`)),
    h("span", { class: "soon" }, [fault.method || t("allMethods"), whose(fault), wait(fault), often(fault)].filter(Boolean).join(" · "))),
  iconButton("close", t("removeFault"), () => change(active, (all) => all.filter((_, n) => n !== index))));
  fill(active, h("ul", { class: "plain-list" }, faults.map(line)),
    h("button", { type: "button", class: "pill strong wide-button", onclick: () => change(active, () => []) }, t("clear")));
}
