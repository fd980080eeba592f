// Writing a notice: marks by buttons, and the copy beside the form follows what is typed.
"use strict";
const form = document.getElementById("compose"), text = document.getElementById("text");
const tools = form.querySelector(".tools");
tools.hidden = false;

function put(before, after = "", inside = "") {
  const { selectionStart: from, selectionEnd: to, value } = text;
  const words = value.slice(from, to) || inside;
  text.setRangeText(before + words + after, from, to, "end");
  text.setSelectionRange(from + before.length, from + before.length + words.length);
  text.focus();
  text.dispatchEvent(new Event("input", { bubbles: true }));
}

tools.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  if (button.dataset.mark) put(button.dataset.mark, button.dataset.mark, button.getAttribute("aria-label"));
  else put("[", "](https://)", button.dataset.link);
});
tools.querySelector("select").addEventListener("change", (event) => {
  if (event.target.value) put(event.target.value);
  event.target.value = "";
});

let timer = 0, turn = 0, dirty = false;
async function look() {
  const mine = ++turn;
  const answer = await fetch(form.dataset.look, {
    method: "POST", body: new FormData(form), headers: { "Desk-Piece": "1", "Desk-Csrf": desk.csrf() }, credentials: "same-origin",
  }).catch(() => null);
  if (!answer || mine !== turn) return;
  if (answer.ok) document.getElementById("piece").innerHTML = await answer.text();
  else desk.toast((await answer.json().catch(() => ({}))).toast || "");
}
function later(event) {
  if (event.target.id === "blank") return;
  dirty = true;
  clearTimeout(timer);
  timer = setTimeout(look, 400);
}
form.addEventListener("input", later);
form.addEventListener("change", later);
form.addEventListener("submit", () => { dirty = false; });
window.addEventListener("beforeunload", (event) => { if (dirty) event.preventDefault(); });
