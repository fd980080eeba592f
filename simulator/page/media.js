// Photos, voices, videos, files and places inside a bubble.

import { h, icon, iconButton } from "./dom.js";
import { t } from "./words.js";

/** 1536 -> "1.5 KB". */
export function sizeOf(bytes) {
  if (!bytes) return "";
  if (bytes < 1024) return `${bytes} B`;
  if (bytes < 1024 * 1024) return `${(bytes / 1024).toFixed(1)} KB`;
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

/** Where the bytes of a file are. */
export const addressOf = (file) => file.url || `/sim/files/${encodeURIComponent(file.file_id)}`;

function photo(message, sheets) {
  const src = addressOf(message.file);
  const open = () => sheets.open({ title: t("photo"), full: true, content: h("div", { class: "viewer" }, h("img", { src, alt: message.caption || t("photo") })) });
  const image = h("img", { src, alt: message.caption || t("photo"), loading: "lazy", decoding: "async" });
  image.addEventListener("error", () => image.closest("button")?.classList.add("broken"));
  const { width, height } = message.file;
  if (width > 40 && height > 40) fit(image, width, height);
  return h("button", { type: "button", class: "photo", "aria-label": t("openPhoto"), onclick: open }, image);
}

/** Keep the picture's place before it is there: at most 272 wide and 320 high, never a thin strip. */
function fit(image, width, height) {
  const ratio = Math.min(2.4, Math.max(0.6, width / height));
  const wide = Math.round(Math.min(272, 320 * ratio));
  image.style.width = `${wide}px`;
  image.style.aspectRatio = String(ratio);
}

const minutes = (seconds) => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;

/** Thirty bars of a voice that look the same each time for the same file. */
function bars(seed) {
  let x = [...String(seed)].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) >>> 0, 7);
  return Array.from({ length: 28 }, () => {
    x = (x * 1103515245 + 12345) >>> 0;
    return h("i", { class: `b${(x >> 16) % 6}` });
  });
}

function voice(message) {
  const audio = h("audio", { src: addressOf(message.file), preload: "metadata" });
  const time = h("span", { class: "time" }, message.file.duration ? minutes(message.file.duration) : "");
  const wave = h("span", { class: "wave", "aria-hidden": "true" }, bars(message.file.file_id));
  const button = iconButton("play", t("play"), () => (audio.paused ? audio.play().catch(() => {}) : audio.pause()), { class: "round strong" });
  const sign = (name, word) => () => { button.replaceChildren(icon(name)); button.setAttribute("aria-label", t(word)); };
  audio.addEventListener("play", sign("pause", "pauseVoice"));
  audio.addEventListener("pause", sign("play", "play"));
  audio.addEventListener("loadedmetadata", () => { if (Number.isFinite(audio.duration)) time.textContent = minutes(audio.duration); });
  audio.addEventListener("timeupdate", () => {
    const done = audio.duration ? audio.currentTime / audio.duration : 0;
    [...wave.children].forEach((bar, n) => bar.classList.toggle("on", !audio.paused && n / wave.children.length < done));
  });
  return h("div", { class: "voice" }, button, wave, time, audio);
}

const video = (message) => h("video", { src: addressOf(message.file), controls: true, preload: "metadata", playsinline: true, "aria-label": t("video") });

function documentBox(message) {
  const { name, size } = message.file;
  return h("a", { class: "file", href: addressOf(message.file), download: name || "file", "aria-label": `${t("save")} ${name || t("document")}` },
    h("span", { class: "round strong" }, icon("file")),
    h("span", { class: "two" }, h("span", { class: "label" }, name || t("document")), h("span", { class: "soon" }, sizeOf(size))));
}

/** A little drawn map: no tiles from anywhere. */
function place(message) {
  const at = message.location || message;
  const known = at.latitude !== undefined && at.latitude !== null;
  const words = known ? `${Number(at.latitude).toFixed(5)}, ${Number(at.longitude).toFixed(5)}` : "";
  return h("div", { class: "place" },
    h("div", { class: "map", role: "img", "aria-label": `${t("location")} ${words}` }, h("span", { class: "stick" }, icon("pin"))),
    h("div", { class: "coords" }, words || t("location")));
}

function poll(message) {
  const data = message.poll || {};
  const total = data.total_voter_count || 0;
  const option = (one) => h("li", {}, h("span", {}, one.text ?? String(one)), h("span", { class: "soon" }, total ? `${Math.round((100 * (one.voter_count || 0)) / total)}%` : ""));
  return h("div", { class: "poll" }, h("strong", {}, data.question || message.text || t("poll")), h("ul", { class: "plain-list" }, (data.options || []).map(option)));
}

function contact(message) {
  const data = message.contact || {};
  const name = [data.first_name, data.last_name].filter(Boolean).join(" ") || t("contact");
  return h("div", { class: "file" }, h("span", { class: "round strong" }, icon("person")),
    h("span", { class: "two" }, h("span", { class: "label" }, name), h("span", { class: "soon" }, data.phone_number || "")));
}

const isImage = (file) => /^image\//.test(file.mime || "");

/** The picture, sound, file or place of a message, or null; it carries the name of its file. */
export function mediaOf(message, sheets) {
  const made = drawn(message, sheets);
  if (made && message.file) made.dataset.file = message.file.file_id;
  return made;
}

function drawn(message, sheets) {
  const { kind, file } = message;
  if (kind === "location" || kind === "venue") return place(message);
  if (kind === "poll") return poll(message);
  if (kind === "contact") return contact(message);
  if (!file) return null;
  if (kind === "photo") return photo(message, sheets);
  if (kind === "sticker") return isImage(file) ? h("img", { class: "sticker", src: addressOf(file), alt: t("sticker") }) : documentBox(message);
  if (kind === "voice" || kind === "audio") return voice(message);
  if (kind === "video") return video(message);
  return documentBox(message);
}

/** One line about a message, for quotes and pins. */
export function shortOf(message) {
  const words = (message.text || message.caption || plain(message.html)).replace(/\s+/g, " ").trim();
  const kind = message.kind && message.kind !== "text" && message.kind !== "service" ? `[${t(message.kind)}] ` : "";
  return (kind + words).slice(0, 90) || "…";
}

function plain(html) {
  const template = document.createElement("template");
  template.innerHTML = html || "";
  return template.content.textContent;
}
