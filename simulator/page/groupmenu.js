// Groups from a phone: making one, and who is in it.

import { api } from "./api.js";
import { avatar, h } from "./dom.js";
import { bot, groupOf, membersOf, personOf, store } from "./store.js";
import { t } from "./words.js";

const botStanding = (group) => group.bots?.[bot().id] || "left";

/** What this person can do in a group that is open. */
export function groupDeeds(phone, group) {
  const { person } = phone;
  const deed = (name, body = {}) => () => phone.attempt(() => api.groupDeed(group.id, name, { person: person.id, ...body }));
  const standing = botStanding(group);
  const inside = standing !== "left" && standing !== "kicked";
  const runs = standing === "administrator";
  const outside = store.people.filter((one) => !membersOf(group).includes(one.id));
  return [
    !inside && { icon: "plus", label: t("addBot", { name: bot().name }), act: deed("add_bot", { bot: bot().id }) },
    inside && { icon: "star", label: t(runs ? "botNoAdmin" : "botAdmin"), sub: t(runs ? "botNoAdminSub" : "botAdminSub"), act: deed("promote", { bot: bot().id, admin: !runs }) },
    outside.length > 0 && { icon: "person", label: t("invite"), act: () => inviteSheet(phone, group, outside) },
    inside && { icon: "block", label: t("kickBot", { name: bot().name }), danger: true, act: deed("kick_bot", { bot: bot().id }) },
    { icon: "out", label: t("leaveGroup", { name: group.title }), danger: true, act: () => phone.attempt(() => api.leave(group.id, person.id)) },
    { icon: "trash", label: t("eraseGroup"), danger: true, act: deed("delete") },
  ].filter(Boolean);
}

function inviteSheet(phone, group, people) {
  phone.sheets.choose(t("invite"), people.map((one) => ({
    icon: "person", label: one.name, sub: one.note, act: () => phone.attempt(() => api.join(group.id, one.id)),
  })));
}

/** The form for a new group, made by this person. */
export function newGroupSheet(phone) {
  const me = phone.person.id;
  const title = h("input", { type: "text", required: true, maxlength: 60, autocomplete: "off", placeholder: t("groupTitle"), "aria-label": t("groupTitle") });
  const tick = (value, name, note, checked) => {
    const box = h("input", { type: "checkbox", role: "switch", checked, value, "aria-label": name });
    return h("li", {}, h("label", { class: "person" }, avatar(value, name, "small"),
      h("span", { class: "two grow" }, h("span", { class: "label" }, name), note ? h("span", { class: "soon" }, note) : null), box));
  };
  const others = store.people.filter((one) => one.id !== me);
  const list = h("ul", { class: "plain-list" }, tick(bot().id, bot().name, t("bot"), true), others.map((one) => tick(one.id, one.name, one.note, one.shown)));
  const submit = async (event) => {
    event.preventDefault();
    if (!title.value.trim()) return;
    const chosen = [...list.querySelectorAll("input:checked")].map((box) => Number(box.value));
    const members = [me, ...chosen.filter((id) => personOf(id))];
    const bots = store.bots.map((one) => one.id).filter((id) => chosen.includes(id));
    phone.sheets.close();
    const group = await phone.attempt(() => api.addGroup(title.value.trim(), members, bots));
    if (!group) return;
    if (!groupOf(group.id)) store.groups.push(group);
    phone.open(group.id);
  };
  phone.sheets.open({ title: t("newGroup"), focus: title, content: h("form", { class: "form", onsubmit: submit }, title, list,
    h("button", { class: "pill strong wide-button" }, t("create"))) });
}
