// The sheets of a phone: what can be done with a message, and what with the phone itself.

import { api } from "./api.js";
import { h } from "./dom.js";
import { linkOf } from "./invite.js";
import { shortOf } from "./media.js";
import { bot, groupsOf, putFirst, store } from "./store.js";
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

/** The sheet for one message. */
export function actionsOf(phone, message, chat) {
  const mine = message.from?.id === phone.person.id;
  const words = message.text || message.caption || "";
  const ids = { chat: chat.id, message_id: message.message_id };
  const deeds = [
    { icon: "reply", label: t("reply"), act: () => phone.composer.replyTo(message) },
    mine && message.kind === "text" && { icon: "edit", label: t("edit"), act: () => phone.composer.edit(message) },
    { icon: "forward", label: t("forward"), act: () => forwardSheet(phone, message, chat) },
    words && { icon: "copy", label: t("copyText"), act: () => phone.copy(words) },
    mine && { icon: "trash", label: t("remove"), danger: true, act: () => phone.attempt(async () => {
      await api.remove(phone.person.id, ids);
      chat.remove([message.message_id]);
    }) },
  ];
  const head = h("div", {}, h("p", { class: "excerpt" }, shortOf(message)), reactionRow(phone, message, chat));
  phone.sheets.choose(t("actions"), deeds, head);
}

function forwardSheet(phone, message, chat) {
  const to = [{ id: phone.person.id, name: bot().name }, ...groupsOf(phone.person.id).map((group) => ({ id: group.id, name: group.title }))];
  const forward = (target) => async () => {
    phone.open(target);
    const body = { chat: target, message_id: message.message_id, from_chat: chat.id };
    phone.took(await phone.attempt(() => api.forward(phone.person.id, body)), target);
  };
  phone.sheets.choose(t("forwardTo"), to.map((one) => ({ icon: one.id < 0 ? "group" : "person", label: one.name, act: forward(one.id) })));
}

/** The "…" menu of a phone. */
export function phoneMenu(phone) {
  const { person } = phone;
  const inside = new Set(groupsOf(person.id).map((group) => group.id));
  const membership = store.groups.map((group) => (inside.has(group.id)
    ? { icon: "group", label: t("leaveGroup", { name: group.title }), act: () => phone.attempt(() => api.leave(group.id, person.id)) }
    : { icon: "group", label: t("joinGroup", { name: group.title }), act: () => phone.attempt(() => api.join(group.id, person.id)) }));
  phone.sheets.choose([person.name, person.note].filter(Boolean).join(" · "), [
    { icon: person.offline ? "signal" : "offline", label: t(person.offline ? "goOnline" : "goOffline"), act: () => phone.set({ offline: !person.offline }) },
    { icon: person.blocked ? "check" : "block", label: t(person.blocked ? "unblock" : "block"), danger: !person.blocked, act: () => phone.set({ blocked: !person.blocked }) },
    linkOf(person) && person.started && { icon: "link", label: linkOf(person).label, act: () => phone.openInvite() },
    ...membership,
    { icon: "left", label: t("putFirst"), act: () => putFirst(person.id) },
    { icon: "reload", label: t("reloadChat"), act: () => phone.reload() },
    { icon: "eye", label: t("hide"), act: () => phone.set({ shown: false }) },
  ]);
}
