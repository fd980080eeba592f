// An album: the pictures of several messages as one tidy grid, or its files one below the other.

import { h, icon } from "./dom.js";
import { addressOf, mediaOf } from "./media.js";
import { t } from "./words.js";

/** How many tiles stand in each row, by the number of pictures. */
const ROWS = { 2: [2], 3: [1, 2], 4: [2, 2], 5: [2, 3], 6: [3, 3], 7: [2, 2, 3], 8: [2, 3, 3], 9: [3, 3, 3], 10: [2, 4, 4] };

const isTile = (message) => message.kind === "photo" || message.kind === "video";

/** All pictures of an album one below the other, beginning with the one that was tapped. */
function look(members, first, sheets) {
  const picture = (message) => (message.kind === "video"
    ? h("video", { src: addressOf(message.file), controls: true, playsinline: true, data: { id: message.message_id } })
    : h("img", { src: addressOf(message.file), alt: message.caption || t("photo"), data: { id: message.message_id } }));
  const viewer = h("div", { class: "viewer many", tabindex: "0" }, members.map(picture));
  sheets.open({ title: t("albumOf", { n: members.length }), full: true, content: viewer });
  viewer.querySelector(`[data-id="${first.message_id}"]`)?.scrollIntoView({ block: "start" });
}

function tile(message, members, sheets) {
  const name = `${t("openPhoto")} ${members.indexOf(message) + 1}/${members.length}`;
  const open = () => look(members, message, sheets);
  const button = h("button", { type: "button", class: "tile", "aria-label": name, onclick: open, data: { id: message.message_id } });
  const data = { file: message.file.file_id };
  if (message.kind === "video") {
    button.append(h("video", { src: addressOf(message.file), preload: "metadata", muted: true, tabindex: "-1", data }), h("span", { class: "playsign" }, icon("play")));
    return button;
  }
  const image = h("img", { src: addressOf(message.file), alt: "", decoding: "async", data });
  image.addEventListener("error", () => image.closest("button")?.classList.add("broken"));
  button.append(image);
  return button;
}

function grid(members, sheets) {
  const rows = ROWS[members.length] || [members.length];
  let at = 0;
  return h("div", { class: "grid", role: "group", "aria-label": t("albumOf", { n: members.length }) }, rows.map((count) => {
    const row = members.slice(at, at + count);
    at += count;
    return h("div", { class: `gridrow of${count}` }, row.map((message) => tile(message, members, sheets)));
  }));
}

/** What an album shows; `words` draws the caption of one of its messages. Gives [the media, the words below it]. */
export function albumOf(members, sheets, words) {
  const spoken = members.filter((message) => message.html);
  if (members.every((message) => message.file && isTile(message))) return [grid(members, sheets), spoken.map(words)];
  const piece = (message) => h("div", { class: "piece" }, mediaOf(message, sheets), message.html ? words(message) : null);
  return [h("div", { class: "pieces" }, members.map(piece)), []];
}
