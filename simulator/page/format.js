// Formatting while one types: signs around words as in Telegram's apps, keys for them, and a bar for fingers.

import { h, icon } from "./dom.js";
import { t } from "./words.js";

/** What each kind puts before and after the words; the server reads the same signs (parse_mode "typed"). */
const SIGNS = {
  bold: ["**", "**"], italic: ["__", "__"], underline: ["<u>", "</u>"], strikethrough: ["~~", "~~"],
  spoiler: ["||", "||"], code: ["`", "`"],
};
const KEYS = { b: "bold", i: "italic", u: "underline" };
const SHIFT_KEYS = { x: "strikethrough", p: "spoiler", m: "code" };
const ON_BAR = [["bold", "B"], ["italic", "I"], ["underline", "U"], ["strikethrough", "S"]];

/** Put letters in place of what is selected; Ctrl+Z takes it back. */
function type(box, letters) {
  box.focus();
  if (!document.execCommand("insertText", false, letters)) {
    box.setRangeText(letters, box.selectionStart, box.selectionEnd, "end");
    box.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

/** Put the signs of a kind around the selected words, or take them off when they are there. */
export function format(box, kind) {
  const [before, after] = SIGNS[kind];
  const { selectionStart: start, selectionEnd: end, value } = box;
  const words = value.slice(start, end);
  if (value.slice(0, start).endsWith(before) && value.slice(end).startsWith(after)) {
    box.setSelectionRange(start - before.length, end + after.length);
    type(box, words);
    box.setSelectionRange(start - before.length, end - before.length);
    return;
  }
  const lead = /^\s*/.exec(words)[0];
  const trail = words.trim() ? /\s*$/.exec(words)[0] : "";
  const kernel = words.slice(lead.length, words.length - trail.length);
  type(box, `${lead}${before}${kernel}${after}${trail}`);
  const at = start + lead.length + before.length;
  box.setSelectionRange(at, at + kernel.length);
}

/** Ask for an address and make a link of the selected words. */
export function makeLink(phone, box) {
  const [start, end] = [box.selectionStart, box.selectionEnd];
  const address = h("input", { type: "url", required: true, maxlength: 2000, placeholder: "https://", "aria-label": t("linkAddress"), value: "https://" });
  const submit = (event) => {
    event.preventDefault();
    phone.sheets.close();
    box.focus();
    box.setSelectionRange(start, end);
    const words = box.value.slice(start, end).trim() || address.value;
    type(box, `[${words}](${address.value.trim()})`);
  };
  phone.sheets.open({ title: t("makeLink"), focus: address, content: h("form", { class: "form", onsubmit: submit },
    h("label", {}, h("span", {}, t("linkAddress")), address), h("button", { class: "pill strong wide-button" }, t("ok"))) });
}

/** A key that formats (Ctrl+B, Ctrl+Shift+X …); true when it was one. */
export function formatKey(event, phone, box) {
  if (!(event.ctrlKey || event.metaKey) || event.altKey) return false;
  const key = event.key.toLowerCase();
  const kind = (event.shiftKey ? SHIFT_KEYS : KEYS)[key];
  if (!kind && (key !== "k" || event.shiftKey)) return false;
  event.preventDefault();
  if (kind) format(box, kind);
  else makeLink(phone, box);
  return true;
}

/** The bar over the text box; it comes when words are selected. */
export function formatBar(phone, boxOf) {
  const button = (kind, face) => h("button", { type: "button", class: `sign ${kind}`, "aria-label": t(kind), title: t(kind), onclick: () => format(boxOf(), kind) }, h("span", {}, face));
  const bar = h("div", { class: "formatbar", role: "toolbar", "aria-label": t("formatting"), hidden: true },
    ON_BAR.map(([kind, face]) => button(kind, face)),
    h("button", { type: "button", class: "sign", "aria-label": t("makeLink"), title: t("makeLink"), onclick: () => makeLink(phone, boxOf()) }, icon("link")));
  bar.addEventListener("pointerdown", (event) => event.preventDefault());     // the words stay selected
  return bar;
}

/** Whether a message is the person's own and has words to change. */
export const editable = (message, person) =>
  message.from?.id === person.id && !message.forward && ["text", "photo", "video", "document", "audio", "voice"].includes(message.kind);

/** A message's words with the signs that make its formatting, to be edited. */
export function typedOf(message) {
  const text = message.text || message.caption || "";
  const inserts = [];
  for (const [n, one] of (message.entities || []).entries()) {
    const [before, after] = one.type === "text_link" ? ["[", `](${one.url})`] : SIGNS[one.type] || [];
    if (!before) continue;
    inserts.push({ at: one.offset, letters: before, order: [1, -one.length, n] });
    inserts.push({ at: one.offset + one.length, letters: after, order: [0, one.length, -n] });
  }
  inserts.sort((a, b) => a.at - b.at || a.order[0] - b.order[0] || a.order[1] - b.order[1] || a.order[2] - b.order[2]);
  let out = "";
  let from = 0;
  for (const { at, letters } of inserts) { out += text.slice(from, at) + letters; from = at; }
  return out + text.slice(from);
}
