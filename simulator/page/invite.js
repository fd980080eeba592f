// The personal link that waits on a phone: a chip until it was opened once, afterwards in the phone's menu.

import { t } from "./words.js";

const used = new Set();
const nameOf = (person) => `simulator.link.${person.id}.${linkOf(person)?.payload}`;

/** A person's link as {payload, label}; the server may also give it as an address. Null without one. */
export function linkOf(person) {
  const { link } = person;
  if (!link) return null;
  if (typeof link === "object") return { payload: link.payload || "", label: link.label || t("openLink") };
  return { payload: /[?&]start=([\w-]+)/.exec(link)?.[1] || "", label: t("openLink") };
}

/** Remember (in this browser) that a link was opened. */
export function markUsed(person) {
  used.add(nameOf(person));
  try { localStorage.setItem(nameOf(person), "1"); } catch { /* private mode */ }
}

/** Whether this person's link was opened already. */
export function isUsed(person) {
  if (used.has(nameOf(person))) return true;
  try { return localStorage.getItem(nameOf(person)) === "1"; } catch { return false; }
}

/** Notice that a message of the person was the opening of their link (perhaps in another browser). */
export function noticeUse(person, message) {
  const link = linkOf(person);
  if (link?.payload && message.from?.id === person.id && message.text === `/start ${link.payload}`) markUsed(person);
}
