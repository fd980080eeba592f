// Reading with the keyboard: J and K go on and back, Y reads, S stars, R answers; a photo opens large over the page.
"use strict";
const articles = () => [...document.querySelectorAll("article.log")];
let at = null;

function go(step) {
  const all = articles();
  if (!all.length) return;
  const now = all.findIndex((each) => each.id === at);
  const next = all[Math.min(all.length - 1, Math.max(0, now < 0 ? 0 : now + step))];
  at = next.id;
  next.focus({ preventScroll: true });
  next.scrollIntoView({ block: "start", behavior: "instant" });
  window.scrollBy(0, -64);
}

const current = () => document.getElementById(at) || articles()[0];
const press = (kind) => current()?.querySelector(`.${kind}`)?.click();

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input:not([type=checkbox], [type=radio]), textarea, select")) {
    if (event.key === "Escape") event.target.blur?.();
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) event.target.form?.requestSubmit();
    return;
  }
  const key = event.key.toLowerCase();
  if (key === "j") go(1);
  else if (key === "k") go(-1);
  else if (key === "y") press("do-read");
  else if (key === "s") press("do-star");
  else if (key === "r") {
    const box = current()?.querySelector(".do-reply");
    if (!box) return;
    box.open = true;
    box.querySelector("textarea")?.focus();
  } else return;
  event.preventDefault();
});

// A log that was read goes from the list of what waits: stay where one was.
let order = [];
document.addEventListener("submit", () => { order = articles().map((each) => each.id); }, true);
document.addEventListener("desk:piece", () => {
  if (!at || document.getElementById(at)) return;
  const left = new Set(articles().map((each) => each.id));
  const after = order.slice(order.indexOf(at) + 1).find((id) => left.has(id));
  at = after || articles()[0]?.id || null;
  document.getElementById(at)?.focus({ preventScroll: true });
  document.getElementById(at)?.scrollIntoView({ block: "nearest" });
});

document.addEventListener("click", (event) => {
  const link = event.target.closest("a.photo");
  if (!link || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  let box = document.getElementById("enlarged");
  if (!box) {
    box = document.createElement("dialog");
    box.id = "enlarged";
    box.append(document.createElement("img"));
    box.addEventListener("click", () => box.close());
    document.body.append(box);
  }
  const small = link.querySelector("img"), large = box.querySelector("img");
  large.src = link.href;
  large.alt = small.alt;
  box.showModal();
});
