// Things to send without looking for a file: a painted picture, a voice, a text file.

import { dayLabel, virtualNow, wall } from "./store.js";
import { language } from "./words.js";
import { voiceFile } from "./voice.js";

const SKIES = [["#f6dcc0", "#e9a98a", "#8a5a5c"], ["#cfe3e6", "#8fb7bd", "#3c6b6b"], ["#f3e7c8", "#d8b56a", "#6e6a3c"], ["#d9d6ea", "#9d94c4", "#4b4a7a"]];
const random = (from, to) => from + Math.random() * (to - from);

function hill(ctx, width, height, base, colour, alpha) {
  const [a, b, c] = [random(0.6, 1.4), random(2, 4), random(0, 6)];
  ctx.globalAlpha = alpha;
  ctx.fillStyle = colour;
  ctx.beginPath();
  ctx.moveTo(0, height);
  for (let x = 0; x <= width; x += 8) {
    const wave = Math.sin((x / width) * Math.PI * a + c) * 0.6 + Math.sin((x / width) * Math.PI * b + c) * 0.25;
    ctx.lineTo(x, height * base - wave * height * 0.12);
  }
  ctx.lineTo(width, height);
  ctx.fill();
  ctx.globalAlpha = 1;
}

const FORMS = [[960, 720], [720, 960], [960, 640], [840, 840]];

/** A little landscape with the class's time in the corner, as a JPEG. */
export async function samplePhoto() {
  const [width, height] = FORMS[Math.floor(Math.random() * FORMS.length)];
  const canvas = Object.assign(document.createElement("canvas"), { width, height });
  const ctx = canvas.getContext("2d");
  const [light, middle, dark] = SKIES[Math.floor(Math.random() * SKIES.length)];
  const sky = ctx.createLinearGradient(0, 0, 0, height);
  sky.addColorStop(0, middle);
  sky.addColorStop(0.6, light);
  ctx.fillStyle = sky;
  ctx.fillRect(0, 0, width, height);
  ctx.fillStyle = "#fff8ec";
  ctx.beginPath();
  ctx.arc(random(0.2, 0.8) * width, random(130, 260), 58, 0, Math.PI * 2);
  ctx.fill();
  [[0.58, 0.35], [0.7, 0.6], [0.84, 1]].forEach(([base, alpha]) => hill(ctx, width, height, base, dark, alpha));
  const now = virtualNow();
  ctx.font = "600 30px sans-serif";
  ctx.fillStyle = "rgba(255,255,255,.85)";
  ctx.fillText(`${dayLabel(now)}  ${wall(now).hm}`, 32, height - 32);
  const blob = await new Promise((done) => { canvas.toBlob(done, "image/jpeg", 0.85); });
  return new File([blob], "photo.jpg", { type: "image/jpeg" });
}

/** A short voice message. */
export const sampleVoice = () => Promise.resolve(voiceFile());

/** A small text file. */
export function sampleDocument() {
  const zh = language() === "zh";
  const words = zh ? "示例文件\n这是一份用来试发的文字文件。\n" : "Sample file\nA few words to try sending a file.\n";
  return Promise.resolve(new File([words], zh ? "示例.txt" : "sample.txt", { type: "text/plain" }));
}
