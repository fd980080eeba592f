// What a person can send besides words: pictures, voice, files, places.

import { h } from "./dom.js";
import { sampleDocument, samplePhoto, sampleVoice } from "./samples.js";
import { t } from "./words.js";

const PLACES = [[30.27415, 120.15515], [30.29341, 120.16142], [30.25961, 120.13026]];

/** Send files of one kind; several pictures, or several files, go as an album. `words`: caption, parse_mode, reply_to. */
export function sendFiles(phone, kind, files, words = {}) {
  const form = new FormData();
  const album = files.length > 1;
  form.set("kind", album ? "album" : kind);
  if (album && kind === "document") form.set("of", kind);
  for (const [name, value] of Object.entries(words)) if (value) form.set(name, value);
  files.forEach((file) => form.append("file", file, file.name));
  return phone.send(form);
}

function pickFiles(accept, multiple, then) {
  const input = h("input", { type: "file", accept, multiple, hidden: true, onchange: () => { then([...input.files]); input.remove(); }, oncancel: () => input.remove() });
  document.body.append(input);
  input.click();
}

/** The sheet with everything that can be sent. */
export function attachSheet(phone, composer) {
  const fromFile = (kind, accept, multiple) => () =>
    pickFiles(accept, multiple, (files) => { if (files.length) sendFiles(phone, kind, files, composer.takeWords()); });
  const sample = (kind, make, count = 1) => async () => {
    const files = await phone.attempt(() => Promise.all(Array.from({ length: count }, make)));
    if (files) sendFiles(phone, kind, files, composer.takeWords());
  };
  phone.sheets.choose(t("attach"), [
    { icon: "spark", label: t("photoSample"), sub: t("sampleSub"), act: sample("photo", samplePhoto) },
    { icon: "album", label: t("albumSample"), act: sample("photo", samplePhoto, 4) },
    { icon: "photo", label: t("photoFile"), sub: t("photoFileSub"), act: fromFile("photo", "image/*", true) },
    { icon: "mic", label: t("voiceSample"), act: sample("voice", sampleVoice) },
    { icon: "pin", label: t("location"), sub: t("locationSub"), act: () => shareLocation(phone, t("sendLocation")) },
    { icon: "file", label: t("docSample"), act: sample("document", sampleDocument) },
    { icon: "file", label: t("docFile"), sub: t("docFileSub"), act: fromFile("document", "", true) },
    { icon: "video", label: t("videoFile"), act: fromFile("video", "video/*", false) },
    { icon: "person", label: t("contact"), act: () => phone.send({ kind: "contact" }) },
  ], h("p", { class: "quiet" }, t("captionHint")));
}

/** Ask for a place and send it. */
export function shareLocation(phone, title) {
  const [latitude, longitude] = PLACES[Math.floor(Math.random() * PLACES.length)];
  const field = (word, value) => h("input", { type: "number", step: "any", required: true, value, "aria-label": t(word) });
  const lat = field("latitude", latitude);
  const lon = field("longitude", longitude);
  const submit = (event) => {
    event.preventDefault();
    phone.sheets.close();
    phone.send({ kind: "location", latitude: Number(lat.value), longitude: Number(lon.value) });
  };
  const go = h("button", { class: "pill strong wide-button" }, t("sendLocation"));
  phone.sheets.open({ title, focus: go, content: h("form", { class: "form", onsubmit: submit },
    h("div", { class: "line" }, h("label", { class: "grow" }, h("span", {}, t("latitude")), lat), h("label", { class: "grow" }, h("span", {}, t("longitude")), lon)), go) });
}
