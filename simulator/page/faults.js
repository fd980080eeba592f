// Switches that give the bot's network some trouble.

import { api } from "./api.js";
import { fill, h, iconButton } from "./dom.js";
import { note } from "./popover.js";
import { t } from "./words.js";

const KINDS = ["close", "accept_close", "accept_stall", "slow", "429", "500", "502", "504", "refuse", "duplicate", "reorder", "poison"];
const METHODS = ["sendMessage", "editMessageText", "answerCallbackQuery", "getUpdates", "getFile", "sendPhoto", "sendDocument"];
const choice = { method: "", times: "1" };

/** The view in the drawer. */
export function faultsView() {
  const active = h("div", { class: "faultlist" });
  const view = h("div", { class: "faults" }, h("p", { class: "quiet" }, t("faultsHint")), fields(),
    h("div", { class: "faultgrid" }, KINDS.map((kind) => faultButton(kind, active))), h("h3", {}, t("active")), active);
  refresh(active);
  return view;
}

function fields() {
  const option = (value, text, chosen) => h("option", { value, selected: value === chosen }, text);
  const method = h("select", { onchange: () => { choice.method = method.value; } },
    option("", t("allMethods"), choice.method), METHODS.map((name) => option(name, name, choice.method)));
  const times = h("select", { onchange: () => { choice.times = times.value; } },
    option("1", t("once"), choice.times), option("3", t("thrice"), choice.times), option("", t("always"), choice.times));
  return h("div", { class: "line" },
    h("label", { class: "grow" }, h("span", {}, t("faultMethod")), method), h("label", { class: "grow" }, h("span", {}, t("times")), times));
}

function faultButton(kind, active) {
  return h("button", { type: "button", class: "fault", onclick: () => change(active, (faults) => [...faults, made(kind)]) },
    h("b", {}, t(`f_${kind}`)), h("span", { class: "soon" }, t(`f_${kind}_d`)));
}

function made(kind) {
  const fault = { kind };
  if (choice.method) fault.method = choice.method;
  if (choice.times) fault.times = Number(choice.times);
  if (kind === "429") fault.retry_after = 3;
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
  const line = (fault, index) => h("li", {}, h("span", { class: "two grow" }, h("b", {}, t(`f_${fault.kind}`)),
    h("span", { class: "soon" }, [fault.method || t("allMethods"), fault.times ? t("left", { n: fault.times }) : t("always")].join(" · "))),
  iconButton("close", t("removeFault"), () => change(active, (all) => all.filter((_, n) => n !== index))));
  fill(active, h("ul", { class: "plain-list" }, faults.map(line)),
    h("button", { type: "button", class: "pill strong wide-button", onclick: () => change(active, () => []) }, t("clear")));
}
