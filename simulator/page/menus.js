// The sheets of a phone: what can be done with a message, and what with the phone itself.

import { api } from "./api.js";
import { h } from "./dom.js";
import { editable } from "./format.js";
import { groupDeeds, newGroupSheet } from "./groupmenu.js";
import { linkOf } from "./invite.js";
import { shortOf } from "./media.js";
import { bot, groupOf, groupsOf, putFirst, store } from "./store.js";
import { t } from "./words.js";

const EMOJI = ["👍", "❤", "👏", "🔥", "🎉", "🙏"];

function reactionRow(phone, message, chat) {
  const react = (emoji) => async () => {
    phone.sheets.close();
    const done = await phone.attempt(() => api.react(phone.person.id, { chat: chat.id, message_id: message.message_id, emoji }));
    if (!done) return;
    const now = chat.find(message.message_id) || message;
    chat.change({ ...now, reactions: done.message?.reactions || [{ emoji }] });
  };
  return h("div", { class: "emojis", role: "group", "aria-label": t("react") },
    EMOJI.map((emoji) => h("button", { type: "button", class: "emoji", "aria-label": `${t("react")} ${emoji}`, onclick: react(emoji) }, emoji)));
}

/** The sheet for one message; an album is passed on, and taken away, as a whole. */
export function actionsOf(phone, message, chat) {
  const { person } = phone;
  const family = chat.family(message);
  const numbers = family.map((one) => one.message_id);
  const mine = message.from?.id === person.id;
  const spoken = family.find((one) => one.text || one.caption) || message;
  const words = spoken.text || spoken.caption || "";
  const toChange = editable(spoken, person) ? spoken : message;
  const pin = (on) => () => phone.attempt(() => api.pin(person.id, { chat: chat.id, message_id: message.message_id, on }));
  const remove = async () => {
    const done = await phone.attempt(() => api.remove(person.id, { chat: chat.id, message_ids: numbers }));
    if (done) chat.remove(numbers);
  };
  const deeds = [
    { icon: "reply", label: t("reply"), act: () => phone.composer.replyTo(message) },
    editable(toChange, person) && { icon: "edit", label: t("edit"), act: () => phone.composer.edit(toChange) },
    { icon: "forward", label: t("forward"), act: () => forwardSheet(phone, numbers, chat) },
    words && { icon: "copy", label: t("copyText"), act: () => phone.taps.copy(words) },
    { icon: "pinned", label: t(message.pinned ? "unpin" : "pin"), act: pin(!message.pinned) },
    mine && message.file && { icon: "offline", label: t("loseFile"), sub: t("loseFileSub"), act: () => loseFiles(phone, family) },
    (mine || !chat.isGroup) && { icon: "trash", label: t("remove"), danger: true, act: remove },
  ];
  const head = h("div", {}, h("p", { class: "excerpt" }, shortOf(spoken)), reactionRow(phone, message, chat));
  phone.sheets.choose(t("actions"), deeds, head);
}

/** Let a message's files vanish for bots: their file ids are refused from now on. */
async function loseFiles(phone, family) {
  const done = await phone.attempt(() => Promise.all(family.filter((one) => one.file).map((one) => api.loseFile(one.file.file_id))));
  if (done) phone.sheets.toast(t("fileLost"));
}

function forwardSheet(phone, numbers, chat) {
  const to = [{ id: phone.person.id, name: bot().name }, ...groupsOf(phone.person.id).map((group) => ({ id: group.id, name: group.title }))];
  const forward = (target) => async () => {
    phone.open(target);
    const body = { chat: target, message_ids: numbers, from_chat: chat.id };
    phone.took(await phone.attempt(() => api.forward(phone.person.id, body)), target);
  };
  phone.sheets.choose(t("forwardTo"), to.map((one) => ({ icon: one.id < 0 ? "group" : "person", label: one.name, act: forward(one.id) })));
}

/** The "…" menu of a phone: what can be done in the open group, then with the phone itself. */
export function phoneMenu(phone) {
  const { person, chat } = phone;
  const group = chat.isGroup ? groupOf(chat.id) : null;
  const inside = new Set(groupsOf(person.id).map((one) => one.id));
  const joining = store.groups.filter((one) => !inside.has(one.id))
    .map((one) => ({ icon: "group", label: t("joinGroup", { name: one.title }), act: () => phone.attempt(() => api.join(one.id, person.id)) }));
  const title = group ? group.title : [person.name, person.note].filter(Boolean).join(" · ");
  phone.sheets.choose(title, [
    ...(group ? groupDeeds(phone, group) : []),
    ...(group ? [] : [
      { icon: "group", label: t("makeGroup"), sub: t("makeGroupSub"), act: () => newGroupSheet(phone) },
      ...joining,
      { icon: person.offline ? "signal" : "offline", label: t(person.offline ? "goOnline" : "goOffline"), act: () => phone.set({ offline: !person.offline }) },
      { icon: person.blocked ? "check" : "block", label: t(person.blocked ? "unblock" : "block"), danger: !person.blocked, act: () => phone.set({ blocked: !person.blocked }) },
      linkOf(person) && person.started && { icon: "link", label: linkOf(person).label, act: () => phone.openInvite() },
      { icon: "left", label: t("putFirst"), act: () => putFirst(person.id) },
      { icon: "reload", label: t("reloadChat"), act: () => phone.reload() },
      { icon: "eye", label: t("hide"), act: () => phone.set({ shown: false }) },
    ]),
  ]);
}
