// The panel that puts phones on the table, puts them away, adds people and makes groups.

import { api } from "./api.js";
import { avatar, h, icon } from "./dom.js";
import { note } from "./popover.js";
import { membersOf, shownPeople, store, tell } from "./store.js";
import { language, t } from "./words.js";

async function attempt(deed) {
  try {
    return await deed();
  } catch (error) {
    note(t("failed", { why: error.message || t("noServer") }));
    return null;
  }
}

function personLine(person) {
  const box = h("input", {
    type: "checkbox", role: "switch", checked: person.shown, "aria-label": `${t("showPhone")}：${person.name}`,
    onchange: () => attempt(() => api.change(person.id, { shown: box.checked })),
  });
  return h("li", {}, h("label", { class: "person" },
    avatar(person.id, person.name),
    h("span", { class: "two grow" }, h("span", { class: "label" }, person.name), h("span", { class: "soon" }, person.note || "")),
    box));
}

function addForm(close) {
  const name = h("input", { type: "text", required: true, maxlength: 60, autocomplete: "off", placeholder: t("personName"), "aria-label": t("personName") });
  const role = h("input", { type: "text", maxlength: 40, autocomplete: "off", placeholder: t("personNote"), "aria-label": t("personNote") });
  const link = h("input", { type: "text", maxlength: 200, autocomplete: "off", inputmode: "url", placeholder: t("linkField"), "aria-label": t("linkField") });
  const submit = async (event) => {
    event.preventDefault();
    const person = { name: name.value.trim(), note: role.value.trim(), lang: language(), shown: true };
    if (link.value.trim()) person.link = link.value.trim();
    if (person.name && (await attempt(() => api.addPerson(person)))) close();
  };
  return h("details", { class: "fold" }, h("summary", {}, icon("plus"), t("addPerson")),
    h("form", { class: "form", onsubmit: submit }, name, role, link, h("button", { class: "pill strong" }, t("add"))));
}

function groupForm(close) {
  const title = h("input", { type: "text", required: true, maxlength: 60, autocomplete: "off", placeholder: t("groupTitle"), "aria-label": t("groupTitle") });
  const submit = async (event) => {
    event.preventDefault();
    const members = shownPeople().map((person) => person.id);
    if (title.value.trim() && (await attempt(() => api.addGroup(title.value.trim(), members, store.bots.map((one) => one.id))))) close();
  };
  return h("details", { class: "fold" }, h("summary", {}, icon("group"), t("newGroup")),
    h("form", { class: "form", onsubmit: submit }, title, h("p", { class: "quiet" }, t("groupHint")), h("button", { class: "pill strong" }, t("create"))));
}

/** A group; a tap opens it on a phone of one of its members. */
function groupLine(group, close) {
  const members = membersOf(group);
  const inside = shownPeople().filter((person) => members.includes(person.id));
  const reader = inside.find((person) => person.id === store.active) || inside[0];
  const open = () => { close(); tell("open", { person: reader.id, chat: group.id }); };
  return h("li", {}, h("button", { type: "button", class: "person wide-line", disabled: !reader, onclick: open }, avatar(group.id, group.title),
    h("span", { class: "two grow" }, h("span", { class: "label" }, group.title), h("span", { class: "soon" }, t("members", { n: members.length }))),
    reader ? h("span", { class: "soon" }, t("openOn", { name: reader.name })) : null));
}

/** Who has a phone on the table. */
export function peoplePanel(close) {
  return h("div", { class: "stackup" },
    h("h2", {}, t("phonesAre")),
    h("ul", { class: "plain-list scroll" }, store.people.map(personLine)),
    store.groups.length ? h("h2", {}, t("groups")) : null,
    store.groups.length ? h("ul", { class: "plain-list" }, store.groups.map((group) => groupLine(group, close))) : null,
    addForm(close), groupForm(close));
}
